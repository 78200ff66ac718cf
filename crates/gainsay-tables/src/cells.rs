//! The cells of a column, whatever Arrow type they were written in: text, whole number, yes or no, day, list, row.
//!
//! **Takes** an array and where it stands. **Gives** one cell for each row, `None` for null, or what is wrong with
//! the column's type. **Never** copies a text.

use std::ops::Range;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Date64Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type,
    Int64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, StructArray};
use arrow_schema::{DataType, TimeUnit};
use gainsay_model::Date;

use crate::Error;

/// A column, or a part of one, with what messages call it.
#[derive(Clone)]
pub(crate) struct Column {
    pub(crate) array: ArrayRef,
    /// The file, or what the table is called.
    pub(crate) subject: String,
    /// `time.start`.
    pub(crate) path: String,
}

/// A cell of a column that may hold days or texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written<'a> {
    /// A day.
    Day(Date),
    /// A moment or day outside of the years that are known.
    OutOfBounds,
    /// Text, as it stands.
    Text(&'a str),
}

impl Column {
    fn wrong(&self, wanted: &str) -> Error {
        Error::new(
            &self.subject,
            format!("column \"{}\" holds {}, not {wanted}; write it so", self.path, self.array.data_type()),
        )
    }

    /// Texts.
    pub(crate) fn texts(&self) -> Result<Vec<Option<&str>>, Error> {
        texts(self.array.as_ref()).ok_or_else(|| self.wrong("text"))
    }

    /// Texts, or whole numbers as text: ids are often numbers.
    pub(crate) fn ids(&self) -> Result<Vec<Option<String>>, Error> {
        if let Some(texts) = texts(self.array.as_ref()) {
            return Ok(texts.into_iter().map(|text| text.map(str::to_owned)).collect());
        }
        let wholes = self.wholes().map_err(|_| self.wrong("text or whole numbers"))?;
        wholes
            .into_iter()
            .map(|cell| cell.transpose().map(|number| number.map(|number| number.to_string())))
            .collect()
    }

    /// Whole numbers; a number with a fraction is an error of its cell.
    #[allow(clippy::type_complexity)]
    pub(crate) fn wholes(&self) -> Result<Vec<Option<Result<i64, Error>>>, Error> {
        let array = self.array.as_ref();
        macro_rules! each {
            ($($case:pat => $of:ty),*) => {
                match array.data_type() {
                    DataType::Null => Some(vec![None; array.len()]),
                    $($case => Some(primitives::<$of, _>(array, |number| i64::try_from(number).ok())),)*
                    DataType::Float32 => Some(primitives::<Float32Type, _>(array, |number| from_float(f64::from(number)))),
                    DataType::Float64 => Some(primitives::<Float64Type, _>(array, from_float)),
                    _ => None,
                }
            };
        }
        let cells = each!(
            DataType::Int8 => Int8Type, DataType::Int16 => Int16Type, DataType::Int32 => Int32Type,
            DataType::Int64 => Int64Type, DataType::UInt8 => UInt8Type, DataType::UInt16 => UInt16Type,
            DataType::UInt32 => UInt32Type, DataType::UInt64 => UInt64Type
        );
        let cells = cells.ok_or_else(|| self.wrong("whole numbers"))?;
        let fault = || {
            Error::new(
                &self.subject,
                format!("column \"{}\" holds a number that is not whole, or too large", self.path),
            )
        };
        Ok(cells.into_iter().map(|cell| cell.map(|number: Option<i64>| number.ok_or_else(fault))).collect())
    }

    /// Yes or no.
    pub(crate) fn yes(&self) -> Result<Vec<Option<bool>>, Error> {
        match self.array.data_type() {
            DataType::Null => Ok(vec![None; self.array.len()]),
            DataType::Boolean => Ok(self.array.as_boolean().iter().collect()),
            _ => Err(self.wrong("true and false")),
        }
    }

    /// Days: dates, moments, or texts. A moment with a time zone counts there if the zone is an offset (`+03:00`), and
    /// in UTC if it is a name: there is no table of zones here.
    pub(crate) fn days(&self) -> Result<Vec<Option<Written<'_>>>, Error> {
        const DAY: i64 = 86_400;
        let array = self.array.as_ref();
        let of_seconds = |seconds: i64| seconds.div_euclid(DAY);
        let days = match array.data_type() {
            DataType::Null => return Ok(vec![None; array.len()]),
            DataType::Date32 => primitives::<Date32Type, _>(array, i64::from),
            DataType::Date64 => {
                primitives::<Date64Type, _>(array, |moment| of_seconds(moment.div_euclid(1_000)))
            }
            DataType::Timestamp(unit, zone) => {
                let offset = zone.as_deref().and_then(offset_seconds).unwrap_or(0);
                let day = |per_second: i64| {
                    move |moment: i64| of_seconds(moment.div_euclid(per_second).saturating_add(offset))
                };
                match unit {
                    TimeUnit::Second => primitives::<TimestampSecondType, _>(array, day(1)),
                    TimeUnit::Millisecond => primitives::<TimestampMillisecondType, _>(array, day(1_000)),
                    TimeUnit::Microsecond => primitives::<TimestampMicrosecondType, _>(array, day(1_000_000)),
                    TimeUnit::Nanosecond => {
                        primitives::<TimestampNanosecondType, _>(array, day(1_000_000_000))
                    }
                }
            }
            _ => {
                let texts = texts(array)
                    .ok_or_else(|| self.wrong("days (date, timestamp, or text like 2016-01-18)"))?;
                return Ok(texts.into_iter().map(|text| text.map(Written::Text)).collect());
            }
        };
        let written = |days: i64| date_of(days).map_or(Written::OutOfBounds, Written::Day);
        Ok(days.into_iter().map(|day| day.map(written)).collect())
    }

    /// For each row, where its items lie in the column of all items.
    #[allow(clippy::type_complexity)]
    pub(crate) fn lists(&self) -> Result<(Vec<Option<Range<usize>>>, Column), Error> {
        let array = self.array.as_ref();
        let among = |row: usize, range: Range<usize>| (!array.is_null(row)).then_some(range);
        let all = 0..array.len();
        let (ranges, items) = match array.data_type() {
            DataType::List(_) => {
                let lists = array.as_list::<i32>();
                let at = |row: usize| lists.offsets()[row] as usize;
                (all.map(|row| among(row, at(row)..at(row + 1))).collect(), lists.values().clone())
            }
            DataType::LargeList(_) => {
                let lists = array.as_list::<i64>();
                let at = |row: usize| lists.offsets()[row] as usize;
                (all.map(|row| among(row, at(row)..at(row + 1))).collect(), lists.values().clone())
            }
            DataType::FixedSizeList(_, size) => {
                let (lists, size) = (array.as_fixed_size_list(), usize::try_from(*size).unwrap_or_default());
                let at = |row: usize| row * size..(row + 1) * size;
                (all.map(|row| among(row, at(row))).collect(), lists.values().clone())
            }
            DataType::Null => (vec![None; array.len()], self.array.clone()),
            _ => return Err(self.wrong("lists")),
        };
        Ok((ranges, Column { array: items, ..self.clone() }))
    }

    /// The rows of a column of rows; `None` where it is nothing but nulls.
    pub(crate) fn row(&self) -> Result<Option<Row<'_>>, Error> {
        match self.array.data_type() {
            DataType::Null => Ok(None),
            DataType::Struct(_) => Ok(Some(Row { column: self, parts: self.array.as_struct() })),
            _ => Err(self.wrong("rows of named values")),
        }
    }
}

/// A column of rows.
pub(crate) struct Row<'a> {
    column: &'a Column,
    parts: &'a StructArray,
}

impl Row<'_> {
    /// The part of this name, if there is one.
    pub(crate) fn part(&self, name: &str) -> Option<Column> {
        let array = self.parts.column_by_name(name)?.clone();
        Some(Column {
            array,
            subject: self.column.subject.clone(),
            path: format!("{}.{name}", self.column.path),
        })
    }

    /// The part of this name.
    pub(crate) fn needed(&self, name: &str) -> Result<Column, Error> {
        let missing = || {
            let fault = format!("column \"{}\" has no \"{name}\" in it; add it", self.column.path);
            Error::new(&self.column.subject, fault)
        };
        self.part(name).ok_or_else(missing)
    }

    /// Whether the row is there.
    pub(crate) fn holds(&self, row: usize) -> bool {
        !self.parts.is_null(row)
    }
}

fn texts(array: &dyn Array) -> Option<Vec<Option<&str>>> {
    Some(match array.data_type() {
        DataType::Null => vec![None; array.len()],
        DataType::Utf8 => array.as_string::<i32>().iter().collect(),
        DataType::LargeUtf8 => array.as_string::<i64>().iter().collect(),
        DataType::Utf8View => array.as_string_view().iter().collect(),
        DataType::Dictionary(_, _) => {
            let dictionary = array.as_any_dictionary_opt()?;
            let values = texts(dictionary.values().as_ref())?;
            let keys = dictionary.normalized_keys().into_iter().enumerate();
            // Under a null key any number may stand.
            let value = |(row, key): (usize, usize)| {
                if array.is_null(row) { None } else { values.get(key).copied().flatten() }
            };
            keys.map(value).collect()
        }
        _ => return None,
    })
}

fn primitives<T: ArrowPrimitiveType, U>(array: &dyn Array, of: impl Fn(T::Native) -> U) -> Vec<Option<U>> {
    array.as_primitive::<T>().iter().map(|cell| cell.map(&of)).collect()
}

fn from_float(number: f64) -> Option<i64> {
    // Above 2^53 not every whole number is a float, and what stands there may be another one.
    (number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0).then_some(number as i64)
}

/// Seconds east of UTC of a zone written as an offset: `+03:00`, `-0530`, `Z`.
fn offset_seconds(zone: &str) -> Option<i64> {
    let (sign, rest) = match zone.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let digits = rest.replace(':', "");
    let (hours, minutes) = digits.split_at_checked(2)?;
    let minutes = if minutes.is_empty() { 0 } else { minutes.parse::<i64>().ok()? };
    Some(sign * (hours.parse::<i64>().ok()? * 3_600 + minutes * 60))
}

/// Arrow's days are counted from 1970-01-01.
const EPOCH: Date = Date::constant(1970, 1, 1);

pub(crate) fn days_since_epoch(day: Date) -> i32 {
    // Years have four digits: some three million days, whose difference is always to be had.
    EPOCH.until(day).map_or(0, |span| span.get_days())
}

fn date_of(days: i64) -> Option<Date> {
    EPOCH.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// A day written as `2016-01-18`.
pub(crate) fn day_of(text: &str) -> Option<Date> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_both_ways() {
        for day in ["1970-01-01", "2014-06-03", "1969-12-31", "-009999-01-01", "9999-12-31"] {
            let day = day_of(day).unwrap();
            assert_eq!(date_of(i64::from(days_since_epoch(day))), Some(day));
        }
        assert_eq!(days_since_epoch(day_of("2014-06-03").unwrap()), 16_224);
        assert_eq!((date_of(i64::MAX), date_of(10_000_000)), (None, None));
    }

    #[test]
    fn offsets_are_zones_and_names_are_not() {
        assert_eq!(offset_seconds("+03:00"), Some(10_800));
        assert_eq!(offset_seconds("-0530"), Some(-19_800));
        assert_eq!(offset_seconds("+02"), Some(7_200));
        assert_eq!(offset_seconds("Asia/Damascus"), None);
    }
}
