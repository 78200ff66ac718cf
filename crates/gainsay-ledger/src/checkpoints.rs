//! Checkpoints of the log and what timestamp services answered to them: kept for good, each bound by the entry of the log
//! that records it.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::{Value, json};

use crate::pack::{second, sha256};
use crate::{Action, Error, Ledger, geopackage};

/// No answer of a timestamp service is longer than this, in bytes: those known are below 20 KB.
const MOST_BYTES: usize = 1 << 20;

/// A signed note of where the log stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The entry that it is of.
    pub seq: u64,
    /// That entry's hash.
    pub hash: String,
    /// The note, letter for letter as it was signed.
    pub note: String,
    /// The entry that records it.
    pub entry: u64,
    /// When it was made.
    pub at: Timestamp,
}

/// What a timestamp service answered to a checkpoint's note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The entry that records the checkpoint.
    pub checkpoint: u64,
    /// `rfc3161` or `opentimestamps`.
    pub kind: String,
    /// The answer.
    pub bytes: Vec<u8>,
    /// SHA-256 of the answer, 64 hexadecimal digits.
    pub sha256: String,
    /// What it says, in one line.
    pub told: String,
    /// The entry that records it.
    pub entry: u64,
    /// When it was put in.
    pub at: Timestamp,
}

/// What the log says of a checkpoint.
pub(crate) fn checkpoint_payload(seq: u64, hash: &str, note: &str) -> Value {
    json!({ "seq": seq, "hash": hash, "note_sha256": sha256(note.as_bytes()) })
}

/// What the log says of a stamp.
pub(crate) fn stamp_payload(checkpoint: u64, kind: &str, bytes: &[u8], told: &str) -> Value {
    json!({ "checkpoint": checkpoint, "kind": kind, "sha256": sha256(bytes), "told": told })
}

impl Ledger {
    /// Keeps a signed note which says that entry `seq` has this hash; gives the number of the entry that records it. On
    /// the disk when it returns.
    ///
    /// # Errors
    /// When the log has no such entry with that hash, there is no key to sign by, the disk is full, or another program
    /// has held the ledger for 5 s.
    pub fn put_checkpoint(
        &mut self,
        by: &str,
        at: Timestamp,
        seq: u64,
        hash: &str,
        note: &str,
    ) -> Result<u64, Error> {
        self.write(|pen, path| {
            let sql = |error| Error::sql(path, error);
            let there = hash_of(pen.conn, seq).map_err(sql)?;
            if there.as_deref() != Some(hash) {
                return Err(Error::refused(path, format!("the log has no entry {seq} with the hash {hash}")));
            }
            let write = || {
                let payload = checkpoint_payload(seq, hash, note);
                let entry = pen.append(at, by, Action::Checkpoint, &payload)?;
                pen.conn.execute(
                    "INSERT INTO checkpoints (seq, hash, note, entry) VALUES (?1, ?2, ?3, ?4)",
                    params![seq as i64, hash, note, entry],
                )?;
                geopackage::touch(pen.conn, &["checkpoints"], &second(at))?;
                Ok(entry as u64)
            };
            write().map_err(sql)
        })
    }

    /// Keeps what a timestamp service answered to the checkpoint that an entry records; gives the number of the entry
    /// that records the answer. On the disk when it returns.
    ///
    /// # Errors
    /// When there is no such checkpoint, the answer is longer than 1 MB, there is no key to sign by, the disk is full, or
    /// another program has held the ledger for 5 s.
    pub fn put_stamp(
        &mut self,
        by: &str,
        at: Timestamp,
        checkpoint: u64,
        kind: &str,
        bytes: &[u8],
        told: &str,
    ) -> Result<u64, Error> {
        if bytes.len() > MOST_BYTES {
            return Err(Error::refused(&self.path, "longer than any answer of a timestamp service: 1 MB"));
        }
        self.write(|pen, path| {
            let sql = |error| Error::sql(path, error);
            let fid: Option<i64> = pen
                .conn
                .query_row("SELECT fid FROM checkpoints WHERE entry = ?1", [checkpoint as i64], |row| {
                    row.get(0)
                })
                .optional()
                .map_err(sql)?;
            let Some(fid) = fid else {
                return Err(Error::refused(path, format!("no entry {checkpoint} records a checkpoint")));
            };
            let write = || {
                let payload = stamp_payload(checkpoint, kind, bytes, told);
                let entry = pen.append(at, by, Action::Stamped, &payload)?;
                pen.conn.execute(
                    "INSERT INTO stamps (checkpoint, kind, bytes, sha256, told, entry)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                    params![fid, kind, bytes, sha256(bytes), told, entry],
                )?;
                geopackage::touch(pen.conn, &["stamps"], &second(at))?;
                Ok(entry as u64)
            };
            write().map_err(sql)
        })
    }

    /// All checkpoints, in order.
    ///
    /// # Errors
    /// When the file cannot be read or what it holds cannot be so.
    pub fn checkpoints(&self) -> Result<Vec<Checkpoint>, Error> {
        let read = || {
            let mut rows = self.conn.prepare(
                "SELECT checkpoints.seq, checkpoints.hash, note, entry, at FROM checkpoints
                 JOIN log ON log.seq = entry ORDER BY entry",
            )?;
            rows.query_map([], checkpoint)?.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| self.sql(error))
    }

    /// All that timestamp services answered, in order.
    ///
    /// # Errors
    /// When the file cannot be read or what it holds cannot be so.
    pub fn stamps(&self) -> Result<Vec<Stamp>, Error> {
        let read = || {
            let mut rows = self.conn.prepare(
                "SELECT checkpoints.entry, kind, bytes, sha256, told, stamps.entry, at FROM stamps
                 JOIN checkpoints ON checkpoints.fid = checkpoint JOIN log ON log.seq = stamps.entry
                 ORDER BY stamps.entry",
            )?;
            rows.query_map([], stamp)?.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| self.sql(error))
    }
}

/// The hash of an entry of the log.
pub(crate) fn hash_of(conn: &Connection, seq: u64) -> rusqlite::Result<Option<String>> {
    conn.prepare_cached("SELECT hash FROM log WHERE seq = ?1")?
        .query_row([i64::try_from(seq).unwrap_or(i64::MAX)], |row| row.get(0))
        .optional()
}

fn checkpoint(row: &Row<'_>) -> rusqlite::Result<Checkpoint> {
    Ok(Checkpoint {
        seq: row.get::<_, i64>(0)?.unsigned_abs(),
        hash: row.get(1)?,
        note: row.get(2)?,
        entry: row.get::<_, i64>(3)?.unsigned_abs(),
        at: time(row, 4)?,
    })
}

fn stamp(row: &Row<'_>) -> rusqlite::Result<Stamp> {
    Ok(Stamp {
        checkpoint: row.get::<_, i64>(0)?.unsigned_abs(),
        kind: row.get(1)?,
        bytes: row.get(2)?,
        sha256: row.get(3)?,
        told: row.get(4)?,
        entry: row.get::<_, i64>(5)?.unsigned_abs(),
        at: time(row, 6)?,
    })
}

fn time(row: &Row<'_>, column: usize) -> rusqlite::Result<Timestamp> {
    let text: String = row.get(column)?;
    let wrong = |error: jiff::Error| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(error))
    };
    text.parse().map_err(wrong)
}
