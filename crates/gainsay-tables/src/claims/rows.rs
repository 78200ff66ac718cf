//! Columns to claims.

use std::ops::Range;

use arrow_array::RecordBatch;
use arrow_schema::Schema;
use gainsay_model::{
    Claim, Count, Cut, Date, Degree, EntityRef, Evidence, Filler, Ground, Group, Interval, Kind, Measure,
    Scope, Slot, Status, Warning,
};

use super::NEEDED;
use crate::Error;
use crate::cells::{Column, Written, day_of};
use crate::schema::{FORMAT, FORMAT_KEY};

/// That the columns which every table of claims has are there.
pub(super) fn check(schema: &Schema, subject: &str) -> Result<(), Error> {
    let format = schema.metadata().get(FORMAT_KEY).and_then(|format| format.parse::<u32>().ok());
    if format.is_some_and(|format| format > FORMAT) {
        return Err(Error::new(subject, "the table was written by a newer gainsay; update this one"));
    }
    let Some(lacks) = NEEDED.iter().find(|name| schema.column_with_name(name).is_none()) else {
        return Ok(());
    };
    let has: Vec<&str> = schema.fields().iter().take(8).map(|field| field.name().as_str()).collect();
    let what = format!(
        "no column \"{lacks}\" (there are: {}); claims have document, kind and evidence",
        has.join(", ")
    );
    Err(Error::new(subject, what))
}

pub(super) fn rows(
    batch: &RecordBatch,
    subject: &str,
    first: usize,
) -> Result<Vec<Result<Claim, Warning>>, Error> {
    check(batch.schema_ref(), subject)?;
    let column = |name: &str| {
        let array = batch.column_by_name(name)?.clone();
        Some(Column { array, subject: subject.to_owned(), path: name.to_owned() })
    };
    let length = batch.num_rows();
    let texts = |name: &str| -> Result<Vec<Option<String>>, Error> {
        let Some(column) = column(name) else { return Ok(vec![None; length]) };
        Ok(column.texts()?.into_iter().map(|text| text.map(str::to_owned)).collect())
    };
    let fillers = |name: &str| match column(name) {
        Some(column) => fillers(&column),
        None => Ok(vec![Vec::new(); length]),
    };
    let (mut ids, mut documents, kinds) = (texts("id")?, texts("document")?, texts("kind")?);
    let (statuses, degrees) = (texts("status")?, texts("degree")?);
    let (mut means, mut parts_of, mut readers) = (texts("means")?, texts("part_of")?, texts("reader")?);
    let mut evidences = match column("evidence") {
        Some(column) => evidence(&column)?,
        None => Vec::new(),
    };
    let (mut actors, mut targets) = (fillers("actor")?, fillers("target")?);
    let (mut places, mut sources) = (fillers("place")?, fillers("source")?);
    let mut times = column("time").map_or_else(|| Ok(none(length)), |column| time(&column))?;
    let mut counts = column("count").map_or_else(|| Ok(none(length)), |column| count(&column))?;
    let unverified = column("unverified").map_or_else(|| Ok(vec![None; length]), |column| column.yes())?;
    let mut cuts = column("cut").map_or_else(|| Ok(empty(length)), |column| cut(&column))?;
    let mut grounds = column("grounds").map_or_else(|| Ok(empty(length)), |column| ground(&column))?;

    let mut claim = |row: usize| -> Result<Claim, String> {
        let document = documents[row].take().filter(|id| !id.is_empty());
        Ok(Claim {
            id: ids[row].take().unwrap_or_default(),
            document: document.ok_or("the claim names no report; fill the column \"document\"")?,
            kind: word("kind", kinds[row].as_deref(), Kind::parse)?
                .ok_or("the claim has no kind; fill the column")?,
            evidence: std::mem::replace(&mut evidences[row], Ok(Vec::new()))?,
            status: word("status", statuses[row].as_deref(), Status::parse)?.unwrap_or(Status::Asserted),
            actor: std::mem::take(&mut actors[row]),
            target: std::mem::take(&mut targets[row]),
            place: std::mem::take(&mut places[row]),
            time: std::mem::replace(&mut times[row], Ok(None))?,
            count: std::mem::replace(&mut counts[row], Ok(None))?,
            source: std::mem::take(&mut sources[row]),
            degree: word("degree", degrees[row].as_deref(), Degree::parse)?,
            unverified: unverified[row].unwrap_or(false),
            means: means[row].take(),
            cut: std::mem::replace(&mut cuts[row], Ok(Vec::new()))?,
            part_of: parts_of[row].take(),
            reader: readers[row].take().unwrap_or_default(),
            grounds: std::mem::replace(&mut grounds[row], Ok(Vec::new()))?,
        })
    };
    let row = |row: usize| {
        let warning = |message| Warning { subject: subject.to_owned(), line: Some(first + row), message };
        claim(row).map_err(warning)
    };
    Ok((0..length).map(row).collect())
}

/// What may be wrong with one cell, in words.
type Cells<T> = Vec<Result<T, String>>;

fn none<T>(length: usize) -> Cells<Option<T>> {
    (0..length).map(|_| Ok(None)).collect()
}

fn empty<T>(length: usize) -> Cells<Vec<T>> {
    (0..length).map(|_| Ok(Vec::new())).collect()
}

fn word<T>(name: &str, text: Option<&str>, parse: fn(&str) -> Option<T>) -> Result<Option<T>, String> {
    let unknown = |text: &str| {
        // As with days: only a plain word is said again.
        let plain = text.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'_' | b'-'));
        let shown: String =
            if plain { text.chars().take(40).collect() } else { "what is written".to_owned() };
        format!("\"{shown}\" is no word for {name}; write one of those of the claims format")
    };
    text.map(|text| parse(text).ok_or_else(|| unknown(text))).transpose()
}

fn fillers(column: &Column) -> Result<Vec<Vec<Filler>>, Error> {
    let (ranges, items) = column.lists()?;
    let fillers: Vec<Option<Filler>> = if let Ok(texts) = items.texts() {
        let filler = |text: &str| Filler { mention: text.to_owned(), entity: None };
        texts.into_iter().map(|text| text.map(filler)).collect()
    } else if let Some(row) = items.row()? {
        let mention = row.needed("mention")?;
        let (name, id) = (row.part("name"), row.part("id"));
        let names = name.as_ref().map(Column::texts).transpose()?;
        let ids = id.as_ref().map(Column::texts).transpose()?;
        let filler = |(at, mention): (usize, Option<&str>)| {
            let mention = mention.filter(|_| row.holds(at))?;
            let part = |texts: &Option<Vec<Option<&str>>>| {
                texts.as_ref().and_then(|texts| texts[at]).map(str::to_owned)
            };
            let entity = part(&ids)
                .map(|id| EntityRef { name: part(&names).unwrap_or_else(|| mention.to_owned()), id });
            Some(Filler { mention: mention.to_owned(), entity })
        };
        mention.texts()?.into_iter().enumerate().map(filler).collect()
    } else {
        Vec::new()
    };
    let of = |range: Option<Range<usize>>| {
        range.and_then(|range| fillers.get(range)).unwrap_or_default().iter().flatten().cloned().collect()
    };
    Ok(ranges.into_iter().map(of).collect())
}

/// The items of each row, put together by `of`.
fn items<T>(ranges: Vec<Option<Range<usize>>>, of: impl Fn(usize) -> Result<T, String>) -> Cells<Vec<T>> {
    ranges.into_iter().map(|range| range.into_iter().flatten().map(&of).collect()).collect()
}

fn offset(column: &str, cell: &Option<Result<i64, Error>>) -> Result<usize, String> {
    let missing = || format!("column \"{column}\" holds no offset; count code points from 0");
    cell.as_ref()
        .and_then(|cell| cell.as_ref().ok())
        .and_then(|&at| usize::try_from(at).ok())
        .ok_or_else(missing)
}

fn evidence(column: &Column) -> Result<Cells<Vec<Evidence>>, Error> {
    let (ranges, all) = column.lists()?;
    let Some(row) = all.row()? else { return Ok(empty(ranges.len())) };
    let (starts, ends) = (row.needed("start")?.wholes()?, row.needed("end")?.wholes()?);
    let exact = row.needed("exact")?;
    let exact = exact.texts()?;
    Ok(items(ranges, |at| {
        Ok(Evidence {
            start: offset("evidence.start", &starts[at])?,
            end: offset("evidence.end", &ends[at])?,
            exact: exact[at].ok_or("evidence without its words; fill \"evidence.exact\"")?.to_owned(),
        })
    }))
}

fn ground(column: &Column) -> Result<Cells<Vec<Ground>>, Error> {
    let (ranges, all) = column.lists()?;
    let Some(row) = all.row()? else { return Ok(empty(ranges.len())) };
    let (slots, rules) = (row.needed("slot")?, row.needed("rule")?);
    let (slots, rules) = (slots.texts()?, rules.texts()?);
    let (starts, ends) = (row.needed("start")?.wholes()?, row.needed("end")?.wholes()?);
    Ok(items(ranges, |at| {
        Ok(Ground {
            slot: word("grounds.slot", slots[at], Slot::parse)?
                .ok_or("a ground without its slot; fill \"grounds.slot\"")?,
            start: offset("grounds.start", &starts[at])?,
            end: offset("grounds.end", &ends[at])?,
            rule: rules[at].unwrap_or_default().to_owned(),
        })
    }))
}

fn cut(column: &Column) -> Result<Cells<Vec<Cut>>, Error> {
    let (ranges, all) = column.lists()?;
    let texts = all.texts()?;
    let known = |at: usize| {
        word("cut", texts[at], Cut::parse)?.ok_or_else(|| "\"cut\" holds a null; take it out".to_owned())
    };
    Ok(items(ranges, known))
}

fn time(column: &Column) -> Result<Cells<Option<Interval>>, Error> {
    let Some(row) = column.row()? else { return Ok(none(column.array.len())) };
    let (start, end) = (row.part("start"), row.part("end"));
    let starts = start.as_ref().map(Column::days).transpose()?;
    let ends = end.as_ref().map(Column::days).transpose()?;
    let day = |days: &Option<Vec<Option<Written<'_>>>>, at: usize| -> Result<Option<Date>, String> {
        let no_day = |text: &str| {
            // What begins with no digit may be anything, also somebody's name: it is not said again.
            let own = text.starts_with(|c: char| c.is_ascii_digit()) || text == "a number";
            let own = if own { text.chars().take(40).collect() } else { "what is written".to_owned() };
            format!("\"{own}\" is no day; write it as 2016-01-18")
        };
        match days.as_ref().and_then(|days| days[at]) {
            None => Ok(None),
            Some(Written::Day(day)) => Ok(Some(day)),
            Some(Written::OutOfBounds) => Err(no_day("a number")),
            Some(Written::Text(text)) => day_of(text).map(Some).ok_or_else(|| no_day(text)),
        }
    };
    let interval = |at: usize| -> Result<Option<Interval>, String> {
        if !row.holds(at) {
            return Ok(None);
        }
        Ok(Some(Interval { start: day(&starts, at)?, end: day(&ends, at)? }))
    };
    Ok((0..column.array.len()).map(interval).collect())
}

fn count(column: &Column) -> Result<Cells<Option<Count>>, Error> {
    let Some(row) = column.row()? else { return Ok(none(column.array.len())) };
    let what = row.needed("what")?;
    let what = what.texts()?;
    let (low, high, group, scope) = (row.part("low"), row.part("high"), row.part("group"), row.part("scope"));
    let lows = low.as_ref().map(Column::wholes).transpose()?;
    let highs = high.as_ref().map(Column::wholes).transpose()?;
    let groups = group.as_ref().map(Column::texts).transpose()?;
    let scopes = scope.as_ref().map(Column::texts).transpose()?;
    type Wholes = Option<Vec<Option<Result<i64, Error>>>>;
    let figure = |cells: &Wholes, at: usize| -> Result<Option<u64>, String> {
        let below = || "a count below 0, or not whole; mend it".to_owned();
        match cells.as_ref().and_then(|cells| cells[at].as_ref()) {
            None => Ok(None),
            Some(Ok(number)) => u64::try_from(*number).map(Some).map_err(|_| below()),
            Some(Err(_)) => Err(below()),
        }
    };
    let count = |at: usize| -> Result<Option<Count>, String> {
        let Some(what) = word("count.what", what[at].filter(|_| row.holds(at)), Measure::parse)? else {
            return Ok(None);
        };
        let part =
            |texts: &Option<Vec<Option<&str>>>| texts.as_ref().and_then(|texts| texts[at]).map(str::to_owned);
        Ok(Some(Count {
            what,
            low: figure(&lows, at)?,
            high: figure(&highs, at)?,
            group: word("count.group", part(&groups).as_deref(), Group::parse)?,
            scope: word("count.scope", part(&scopes).as_deref(), Scope::parse)?,
        }))
    };
    Ok((0..column.array.len()).map(count).collect())
}
