//! The log: numbered without a gap, each entry as its hash says, each bound to the one before.

use rusqlite::Connection;

use super::signatures::Signatures;
use super::{Seen, tombs};
use crate::line::{BEFORE_THE_FIRST, LogLine};
use crate::{Action, Head, migrate};

pub(super) fn check(conn: &Connection, seen: &mut Seen) -> rusqlite::Result<()> {
    let weighed = migrate::meta(conn, "derived_head")?;
    let mut rows = conn.prepare("SELECT * FROM log ORDER BY seq")?;
    let mut rows = rows.query([])?;
    let (mut last, mut prev) = (0, BEFORE_THE_FIRST.to_owned());
    let mut words = None;
    let mut signatures = Signatures::default();
    while let Some(row) = rows.next()? {
        let seq: i64 = row.get(0)?;
        let name = seq.to_string();
        let fault = |seen: &mut Seen, what: String| seen.fault("log", Some(&name), what, Some(seq));
        seen.verified.entries += 1;
        if seq != last + 1 {
            fault(seen, format!("follows entry {last}: what stood between is missing"));
        }
        last = seq;
        let line = match LogLine::read(row) {
            Ok(line) => line,
            Err(error) => {
                fault(seen, format!("cannot be read: {error}"));
                prev.clear();
                continue;
            }
        };
        if let Some(what) = tombs::wrong(&line, seen.tombs.get(&line.seq)) {
            fault(seen, what);
        }
        if line.prev != prev {
            fault(seen, "does not continue the entry before: one was removed, inserted or moved".to_owned());
        }
        prev.clone_from(&line.hash);
        signatures.take(&line, seen);
        seen.verified.removed += u64::from(line.is_removed());
        if line.seq == 1 {
            seen.verified.ledger = Some(line.hash.clone());
        }
        if weighed.as_ref() == Some(&line.hash) {
            seen.weighed = Some(line.seq);
        }
        match line.entry() {
            Err(what) => fault(seen, what),
            Ok(entry) => {
                if (entry.action == Action::LedgerCreated) != (entry.seq == 1) {
                    fault(seen, format!("the first entry, and no other, is `{}`", Action::LedgerCreated));
                }
                if entry.action == Action::LexiconChanged {
                    words = Some(entry.seq.to_string());
                }
            }
        }
    }
    signatures.end(seen);
    if last == 0 {
        seen.fault("log", None, "is empty", None);
    } else {
        seen.verified.head = Some(Head { seq: last.unsigned_abs(), hash: prev.clone() });
    }
    let noted = (migrate::meta(conn, "log_count")?, migrate::meta(conn, "log_head")?);
    if noted != (Some(last.to_string()), Some(prev)) {
        let count = noted.0.unwrap_or_else(|| "nothing".to_owned());
        let what = format!("ends at entry {last}, but meta notes {count} or another hash");
        seen.fault("log", None, what, Some(last));
    }
    if migrate::meta(conn, "words_entry")? != words {
        let what = "is not the last entry that changed the words";
        seen.fault("meta", Some("words_entry"), what, words.and_then(|entry| entry.parse().ok()));
    }
    if weighed.is_some() && seen.weighed.is_none() {
        seen.fault("meta", Some("derived_head"), "is the hash of no entry of the log", None);
    }
    Ok(())
}
