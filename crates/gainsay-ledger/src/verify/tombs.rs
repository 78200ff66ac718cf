//! What was removed, as the log tells: which entries lost their particulars, and by which entry.

use std::collections::BTreeMap;

use rusqlite::Connection;
use serde_json::Value;

use super::Seen;
use crate::line::LogLine;
use crate::remove::EMPTIED;

/// One entry that lost its particulars.
pub(super) struct Tomb {
    /// Its hash.
    pub(super) hash: String,
    /// What binds the rest of it, in an entry of form 1.
    pub(super) rest: Option<String>,
    /// The entry that tells of it.
    pub(super) told: u64,
}

pub(super) type Tombs = BTreeMap<u64, Tomb>;

/// Whether the entries that tell of this are what was written shows when the chain is checked.
pub(super) fn read(conn: &Connection, seen: &mut Seen) -> rusqlite::Result<()> {
    let mut rows = conn.prepare("SELECT * FROM log WHERE action = 'report-removed' ORDER BY seq")?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        // What cannot be read is told of there, too.
        let Ok(line) = LogLine::read(row) else { continue };
        let row = line.seq.to_string();
        let payload: Value = serde_json::from_str(&line.payload).unwrap_or(Value::Null);
        if line.key.is_none() {
            seen.fault("log", Some(&row), "tells of a removal and is not signed", Some(line.seq as i64));
        }
        for one in payload["entries"].as_array().into_iter().flatten() {
            let (Some(entry), Some(hash)) = (one["entry"].as_u64(), one["hash"].as_str()) else { continue };
            let rest = one["rest"].as_str().map(str::to_owned);
            if entry < line.seq {
                let tomb = Tomb { hash: hash.to_owned(), rest, told: line.seq };
                seen.tombs.entry(entry).or_insert(tomb);
            }
        }
    }
    Ok(())
}

/// What is wrong with an entry's hash, its particulars and what the log tells of their removal; `None` where nothing is.
pub(super) fn wrong(line: &LogLine, tomb: Option<&Tomb>) -> Option<String> {
    let fits = line.computed() == line.hash && line.payload_fits();
    match (line.is_removed(), tomb) {
        (false, None) => (!fits).then(|| "changed: its hash does not fit it".to_owned()),
        (false, Some(tomb)) => Some(format!(
            "its particulars are there, though entry {} tells that they were removed",
            tomb.told
        )),
        (true, None) => {
            Some("its particulars are missing, and no entry tells that they were removed".to_owned())
        }
        // Who holds a key could else take back what retired another, and say that a report was removed.
        (true, Some(tomb)) if !EMPTIED.contains(&line.action.as_str()) => Some(format!(
            "its particulars are missing; entry {} tells that they were removed, but no removal takes those of `{}`",
            tomb.told, line.action
        )),
        (true, Some(tomb)) => {
            let fits = match &line.payload_sha256 {
                Some(_) => fits,
                None => tomb.rest.as_deref() == Some(line.rest().as_str()) && line.salt.is_none(),
            };
            (!fits || tomb.hash != line.hash)
                .then(|| format!("changed: it is not the entry whose removal entry {} tells of", tomb.told))
        }
    }
}
