//! What lay beside a report's file: kept with the report, and bound by the entry of the log that added it.

use gainsay_model::{Beside, Checked};
use rusqlite::types::Type;
use rusqlite::{Connection, Row, params};
use serde_json::{Value, json};

use crate::pack::{compress, decompress, sha256};
use crate::{Error, Ledger};

const SELECT: &str = "SELECT name, of_file, state, told, bytes, bytes_size, bytes_sha256, fid FROM beside WHERE entry = ?1 ORDER BY fid";

/// What the log says of them: all but their bytes, of which it has the hash.
pub(crate) fn payload(beside: &[Beside]) -> Value {
    let one = |one: &Beside| {
        json!({
            "name": one.name,
            "of": one.of,
            "state": one.state,
            "told": one.told,
            "sha256": sha256(&one.bytes),
            "size": one.bytes.len(),
        })
    };
    beside.iter().map(one).collect()
}

/// Writes those of one report, which `entry` added.
pub(crate) fn put(conn: &Connection, report: &str, entry: i64, beside: &[Beside]) -> rusqlite::Result<()> {
    for one in beside {
        let bytes =
            compress(&one.bytes).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
        conn.prepare_cached(
            "INSERT INTO beside (report, name, of_file, state, told, bytes, bytes_sha256, bytes_size, entry)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            report,
            one.name,
            one.of,
            one.state.as_str(),
            one.told,
            bytes,
            sha256(&one.bytes),
            one.bytes.len() as i64,
            entry
        ])?;
    }
    Ok(())
}

/// Those that an entry of the log added, in order; whether each one's own hash fits is looked at, too.
pub(crate) fn of_entry(conn: &Connection, entry: i64) -> rusqlite::Result<Vec<Beside>> {
    conn.prepare_cached(SELECT)?.query_map([entry], read)?.collect()
}

fn read(row: &Row<'_>) -> rusqlite::Result<Beside> {
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
    Ok(Beside {
        name: row.get(0)?,
        of: row.get(1)?,
        bytes,
        state: Checked::parse(&state).ok_or_else(|| wrong(2, "an unknown state"))?,
        told: row.get(3)?,
    })
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
                Some(row) => of_entry(&self.conn, row.get(0)?),
                None => Ok(Vec::new()),
            }
        };
        read().map_err(|error| self.sql(error))
    }
}
