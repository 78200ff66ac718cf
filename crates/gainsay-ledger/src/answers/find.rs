//! Finds claims, events and disputes by what is asked.

use gainsay_model::Date;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params_from_iter};

use super::write::SHORT;
use super::{AnswersFile, Role, number};
use crate::Error;

/// First and last day asked about; either end may be open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Days {
    /// First.
    pub from: Option<Date>,
    /// Last.
    pub to: Option<Date>,
}

/// What is asked: lists of ids, each with all that counts as what was asked for; an empty list asks nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    /// By role; all of these must be met.
    pub of: Vec<(Role, Vec<String>)>,
    /// Days of the matter.
    pub days: Days,
    /// Of this report.
    pub report: Option<String>,
    /// Of this event.
    pub event: Option<String>,
    /// Of this kind.
    pub kind: Option<String>,
    /// Said by this day.
    pub known_by: Option<Date>,
}

/// Claims that were found, as they were weighed, with their events and disputes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// Encoded claims, in the order of their ids.
    pub kept: Vec<Vec<u8>>,
    /// Events, as JSON.
    pub events: Vec<String>,
    /// Disputes, as JSON.
    pub disputes: Vec<String>,
}

/// A condition with its values.
pub(super) struct Condition {
    pub(super) sql: String,
    pub(super) values: Vec<Value>,
}

impl AnswersFile {
    /// The claims that are asked for, all claims of their events, the totals they are parts of, and the disputes that
    /// any of these stands in, where these are wanted too.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn part(&self, wanted: &Wanted, disputes: bool) -> Result<Found, Error> {
        let read = || -> rusqlite::Result<Found> {
            let Condition { sql, values } = self.claims_wanted(wanted)?;
            let mut asked =
                self.conn.prepare_cached(&format!("SELECT n, event, part_of FROM claims WHERE {sql}"))?;
            let (mut numbers, mut events, mut totals): (Vec<i64>, Vec<i64>, Vec<String>) = Default::default();
            let mut rows = asked.query(params_from_iter(values))?;
            while let Some(row) = rows.next()? {
                numbers.push(row.get(0)?);
                events.extend(row.get::<_, Option<i64>>(1)?);
                totals.extend(row.get::<_, Option<String>>(2)?);
            }
            events.sort_unstable();
            events.dedup();
            let mut also = self.conn.prepare_cached(
                "SELECT n FROM claims WHERE event IN (SELECT value FROM json_each(?1))
                 UNION SELECT n FROM claims WHERE id IN (SELECT value FROM json_each(?2))",
            )?;
            let also = also.query_map([list(&events), list(&totals)], |row| row.get(0))?;
            numbers.extend(also.collect::<rusqlite::Result<Vec<i64>>>()?);
            numbers.sort_unstable();
            numbers.dedup();
            let numbers = list(&numbers);
            Ok(Found {
                kept: self.column(
                    "SELECT kept FROM claims WHERE n IN (SELECT value FROM json_each(?1)) ORDER BY id",
                    &numbers,
                )?,
                events: self.column(
                    "SELECT json FROM events WHERE n IN (SELECT value FROM json_each(?1))",
                    &list(&events),
                )?,
                disputes: if disputes {
                    self.column(
                        "SELECT json FROM disputes WHERE n IN
                         (SELECT dispute FROM disputed WHERE claim IN (SELECT value FROM json_each(?1)))",
                        &numbers,
                    )?
                } else {
                    Vec::new()
                },
            })
        };
        read().map_err(|error| self.sql(error))
    }

    /// Claims by their ids, as they were weighed, in the order of these ids; those that were not weighed are left out.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn kept(&self, ids: &[String]) -> Result<Vec<Vec<u8>>, Error> {
        let sql = "SELECT kept FROM claims WHERE id IN (SELECT value FROM json_each(?1)) ORDER BY id";
        self.column(sql, &list(ids)).map_err(|error| self.sql(error))
    }

    /// One column of what a list of numbers finds.
    pub(super) fn column<T: rusqlite::types::FromSql>(
        &self,
        sql: &str,
        numbers: &str,
    ) -> rusqlite::Result<Vec<T>> {
        let mut rows = self.conn.prepare_cached(sql)?;
        rows.query_map([numbers], |row| row.get(0))?.collect()
    }

    /// The condition on `claims` that what is asked comes to.
    pub(super) fn claims_wanted(&self, wanted: &Wanted) -> rusqlite::Result<Condition> {
        let mut condition = self.wanted("claims_of", wanted)?;
        if let Some(report) = &wanted.report {
            condition.and("report = ?", [report.clone().into()]);
        }
        if let Some(event) = &wanted.event {
            condition.and("event = (SELECT n FROM events WHERE id = ?)", [event.clone().into()]);
        }
        if let Some(kind) = &wanted.kind {
            condition.and("kind = ?", [kind.clone().into()]);
        }
        if let Some(day) = wanted.known_by {
            condition.and("said <= ?", [number(day).into()]);
        }
        Ok(condition)
    }

    /// The condition on numbers that roles and days come to, by one of the tables `…_of`.
    pub(super) fn wanted(&self, table: &str, wanted: &Wanted) -> rusqlite::Result<Condition> {
        let mut condition = Condition { sql: "TRUE".to_owned(), values: Vec::new() };
        let Days { from, to } = wanted.days;
        let timed = from.is_some() || to.is_some();
        // Days are looked at together with the first role, or alone where there is none.
        let alone = wanted.of.is_empty() && timed;
        let roles = wanted.of.iter().map(|(role, ids)| (*role as u8, Some(ids)));
        let mut timed = timed;
        for (role, ids) in roles.chain(alone.then_some((0, None))) {
            let numbers = match ids {
                Some(ids) => list(&self.numbers(ids)?),
                None => "[0]".to_owned(),
            };
            let one = format!(
                "SELECT n FROM {table} WHERE role = {role} AND e IN (SELECT value FROM json_each(?))"
            );
            let (sql, values): (String, Vec<Value>) = match std::mem::take(&mut timed) {
                true => {
                    let (first, last) = (from.map_or(i32::MIN, number), to.map_or(i32::MAX, number));
                    let short = format!("{one} AND span = 0 AND day_from BETWEEN ? AND ? AND day_to >= ?");
                    let long = format!("{one} AND span = 1 AND day_from <= ? AND day_to >= ?");
                    let mut values: Vec<Value> = vec![numbers.clone().into()];
                    values.extend([first.saturating_sub(SHORT), last, first].map(Value::from));
                    values.push(numbers.into());
                    values.extend([last, first].map(Value::from));
                    (format!("n IN ({short} UNION ALL {long})"), values)
                }
                false => (format!("n IN ({one})"), vec![numbers.into()]),
            };
            condition.and(&sql, values);
        }
        Ok(condition)
    }

    /// The numbers of ids; those that nobody names have none.
    pub(super) fn numbers(&self, ids: &[String]) -> rusqlite::Result<Vec<i64>> {
        let mut rows = self.conn.prepare_cached("SELECT e FROM entities WHERE id = ?1")?;
        let found = ids.iter().map(|id| rows.query_row([id], |row| row.get(0)).optional());
        found.filter_map(Result::transpose).collect()
    }
}

impl Condition {
    pub(super) fn and(&mut self, sql: &str, values: impl IntoIterator<Item = Value>) {
        self.sql += " AND ";
        self.sql += sql;
        self.values.extend(values);
    }
}

/// A list as JSON, for `json_each`.
pub(super) fn list<T: serde::Serialize>(items: &[T]) -> String {
    serde_json::to_string(items).expect("numbers and texts are written as JSON")
}
