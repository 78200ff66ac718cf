//! What lay beside a report's file: kept with the report, and bound by the entry of the log that added it.

use gainsay_model::{Beside, Checked};
use rusqlite::types::Type;
use rusqlite::{Connection, Row, params};
use serde_json::{Value, json};

use crate::pack::{compress, decompress, sha256};
use crate::{Error, Ledger};

const SELECT: &str = "SELECT name, of_file, state, told, bytes, bytes_size, bytes_sha256, fid FROM beside WHERE entry = ?1 ORDER BY fid";

/// One of them as it is stored.
pub(crate) struct Packed {
    pub(crate) beside: Beside,
    frame: Vec<u8>,
    row: i64,
}

/// How much the log says of them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// All but how they are stored, as entries from before schema 4 have it.
    Plain,
    /// Row and packed bytes, too.
    Whole,
}

/// The form in which an entry tells of them.
pub(crate) fn form(payload: &Value) -> Form {
    match payload["beside"][0].get("row") {
        Some(_) => Form::Whole,
        None => Form::Plain,
    }
}

/// What the log says of them: all but their bytes, of which it has the hash; nothing where there are none.
pub(crate) fn payload(packed: &[Packed], form: Form) -> Option<Value> {
    let one = |Packed { beside, frame, row }: &Packed| {
        let mut one = json!({
            "name": beside.name,
            "of": beside.of,
            "state": beside.state,
            "told": beside.told,
            "sha256": sha256(&beside.bytes),
            "size": beside.bytes.len(),
        });
        if form == Form::Whole {
            one["stored_sha256"] = json!(sha256(frame));
            one["row"] = json!(row);
        }
        one
    };
    (!packed.is_empty()).then(|| packed.iter().map(one).collect())
}

/// Those of one report, as they will be stored by the next [`put`].
pub(crate) fn pack(conn: &Connection, beside: &[Beside]) -> rusqlite::Result<Vec<Packed>> {
    if beside.is_empty() {
        return Ok(Vec::new());
    }
    let last: i64 =
        conn.prepare_cached("SELECT coalesce(max(fid), 0) FROM beside")?.query_row([], |row| row.get(0))?;
    let one = |(row, beside): (i64, &Beside)| {
        let frame = compress(&beside.bytes)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
        Ok(Packed { beside: beside.clone(), frame, row })
    };
    (last + 1..).zip(beside).map(one).collect()
}

/// Writes those of one report, which `entry` added.
pub(crate) fn put(conn: &Connection, report: &str, entry: i64, packed: &[Packed]) -> rusqlite::Result<()> {
    for Packed { beside, frame, row } in packed {
        conn.prepare_cached(
            "INSERT INTO beside (fid, report, name, of_file, state, told, bytes, bytes_sha256, bytes_size, entry)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            row,
            report,
            beside.name,
            beside.of,
            beside.state.as_str(),
            beside.told,
            frame,
            sha256(&beside.bytes),
            beside.bytes.len() as i64,
            entry
        ])?;
    }
    Ok(())
}

/// Those that an entry of the log added, in order; whether each one's own hash fits is looked at, too.
pub(crate) fn of_entry(conn: &Connection, entry: i64) -> rusqlite::Result<Vec<Packed>> {
    conn.prepare_cached(SELECT)?.query_map([entry], read)?.collect()
}

fn read(row: &Row<'_>) -> rusqlite::Result<Packed> {
    let wrong = |column: usize, what: &str| {
        rusqlite::Error::FromSqlConversionFailure(column, Type::Text, what.into())
    };
    let state: String = row.get(2)?;
    let frame: Vec<u8> = row.get(4)?;
    let size = u64::try_from(row.get::<_, i64>(5)?).map_err(|_| wrong(5, "a negative size"))?;
    let bytes = decompress(&frame, size).map_err(|error| wrong(4, &error.to_string()))?;
    if sha256(&bytes) != row.get::<_, String>(6)? {
        return Err(wrong(6, "its hash is of other bytes"));
    }
    let beside = Beside {
        name: row.get(0)?,
        of: row.get(1)?,
        bytes,
        state: Checked::parse(&state).ok_or_else(|| wrong(2, "an unknown state"))?,
        told: row.get(3)?,
    };
    Ok(Packed { beside, frame, row: row.get(7)? })
}

impl Ledger {
    /// What lay beside the file that a report came in, in order; nothing for a report that is not there.
    ///
    /// # Errors
    /// When the file cannot be read or a row is damaged.
    pub fn beside(&self, report: &str) -> Result<Vec<Beside>, Error> {
        let read = || {
            let entry = self.conn.prepare_cached("SELECT entry FROM reports WHERE id = ?1")?;
            let mut entry = entry;
            let mut rows = entry.query([report])?;
            match rows.next()? {
                Some(row) => {
                    let packed = of_entry(&self.conn, row.get(0)?)?;
                    Ok(packed.into_iter().map(|packed| packed.beside).collect())
                }
                None => Ok(Vec::new()),
            }
        };
        read().map_err(|error| self.sql(error))
    }
}
