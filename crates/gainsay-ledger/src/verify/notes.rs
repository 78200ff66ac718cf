//! Checkpoints and stamps: each as the entry that records it says, each note by its own signature, and the log as the notes
//! say, those in the ledger and those that were kept elsewhere.

use gainsay_custody::note::Note;
use rusqlite::{Connection, Row};

use super::{Checked, Seen, bound};
use crate::Action;
use crate::checkpoints::{checkpoint_payload, hash_of, stamp_payload};

pub(super) fn check(conn: &Connection, seen: &mut Seen, elsewhere: &[String]) -> rusqlite::Result<()> {
    checkpoints(conn, seen)?;
    stamps(conn, seen)?;
    bound::missing(conn, "checkpoints", Action::Checkpoint, seen)?;
    bound::missing(conn, "stamps", Action::Stamped, seen)?;
    for (number, text) in elsewhere.iter().enumerate() {
        let name = (number + 1).to_string();
        let read = read(conn, text, None, seen)?;
        let since = read.note.as_ref().and_then(|note| i64::try_from(note.entry).ok());
        for what in &read.wrong {
            seen.fault("note", Some(&name), what, since);
        }
        if let Some(note) = &read.note {
            seen.verified.checkpoints.push(checked(note, None, read.genuine, read.wrong.is_empty()));
        }
    }
    Ok(())
}

/// A note, and what is wrong with it.
struct Read {
    note: Option<Note>,
    genuine: bool,
    wrong: Vec<String>,
}

/// Holds a note to the log, as it stood at entry `until`.
fn read(conn: &Connection, text: &str, until: Option<u64>, seen: &Seen) -> rusqlite::Result<Read> {
    let note = match Note::parse(text) {
        Ok(note) => note,
        Err(error) => {
            return Ok(Read { note: None, genuine: false, wrong: vec![format!("changed: {error}")] });
        }
    };
    let mut wrong = Vec::new();
    if seen.verified.ledger.as_ref() != Some(&note.ledger) {
        wrong.push("is a note of another ledger".to_owned());
    }
    match hash_of(conn, note.entry)? {
        None => wrong.push(format!("says that the log has an entry {}; its end was cut off", note.entry)),
        Some(hash) if hash != note.hash => {
            wrong.push(format!("says that entry {} has another hash; the log was made anew", note.entry));
        }
        Some(_) => {}
    }
    let known = seen.verified.keys.iter().find(|known| known.key == note.key);
    match known {
        None => {
            wrong.push(format!("is signed by the key {}, which the log was not told of", note.key.id()));
        }
        Some(known) => {
            if let (Some((entry, _)), Some(until)) = (&known.retired, until)
                && *entry < until
            {
                wrong.push(format!("is signed by the key {}, which entry {entry} retired", note.key.id()));
            }
        }
    }
    Ok(Read { note: Some(note), genuine: known.is_some(), wrong })
}

fn checked(note: &Note, entry: Option<u64>, genuine: bool, sound: bool) -> Checked {
    Checked { seq: note.entry, entry, at: note.at.clone(), key: Some(note.key), genuine, sound }
}

fn checkpoints(conn: &Connection, seen: &mut Seen) -> rusqlite::Result<()> {
    let mut rows = conn.prepare("SELECT fid, seq, hash, note, entry FROM checkpoints ORDER BY entry")?;
    let mut rows = rows.query([])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        count += 1;
        let Some((fid, entry)) = bound_row("checkpoints", row, 4, count, seen) else { continue };
        let cells =
            || -> rusqlite::Result<(i64, String, String)> { Ok((row.get(1)?, row.get(2)?, row.get(3)?)) };
        let (seq, hash, text) = match cells() {
            Ok(cells) => cells,
            Err(error) => {
                seen.fault("checkpoints", Some(&fid), format!("cannot be read: {error}"), Some(entry));
                continue;
            }
        };
        let payload = checkpoint_payload(seq.unsigned_abs(), &hash, &text);
        let mut wrong = bound::unlike(conn, entry, Action::Checkpoint, &payload)?;
        let read = read(conn, &text, u64::try_from(entry).ok(), seen)?;
        wrong.extend(read.wrong.iter().cloned());
        if let Some(note) = &read.note {
            if (i64::try_from(note.entry).ok(), &note.hash) != (Some(seq), &hash) {
                wrong.push("its note is of another entry".to_owned());
            }
            let entry = u64::try_from(entry).ok();
            seen.verified.checkpoints.push(checked(note, entry, read.genuine, wrong.is_empty()));
        } else {
            let (seq, entry) = (seq.unsigned_abs(), u64::try_from(entry).ok());
            let unsound = Checked { seq, entry, at: String::new(), key: None, genuine: false, sound: false };
            seen.verified.checkpoints.push(unsound);
        }
        for what in wrong {
            seen.fault("checkpoints", Some(&fid), what, Some(entry));
        }
    }
    Ok(())
}

fn stamps(conn: &Connection, seen: &mut Seen) -> rusqlite::Result<()> {
    let mut rows = conn.prepare(
        "SELECT fid, kind, bytes, sha256, told, stamps.entry,
             (SELECT checkpoints.entry FROM checkpoints WHERE checkpoints.fid = stamps.checkpoint)
         FROM stamps ORDER BY stamps.entry",
    )?;
    let mut rows = rows.query([])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        count += 1;
        seen.verified.stamps += 1;
        let Some((fid, entry)) = bound_row("stamps", row, 5, count, seen) else { continue };
        let cells = || -> rusqlite::Result<(String, Vec<u8>, String, String, i64)> {
            Ok((row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(6)?))
        };
        let (kind, bytes, sha256, told, checkpoint) = match cells() {
            Ok(cells) => cells,
            Err(error) => {
                seen.fault("stamps", Some(&fid), format!("cannot be read: {error}"), Some(entry));
                continue;
            }
        };
        let payload = stamp_payload(checkpoint.unsigned_abs(), &kind, &bytes, &told);
        let mut wrong = bound::unlike(conn, entry, Action::Stamped, &payload)?;
        if wrong.is_empty() && payload["sha256"] != sha256.as_str() {
            wrong.push("changed: sha256".to_owned());
        }
        for what in wrong {
            seen.fault("stamps", Some(&fid), what, Some(entry));
        }
    }
    Ok(())
}

/// A row's number and entry; what is wrong with the number is told of.
fn bound_row(table: &str, row: &Row<'_>, entry: usize, count: i64, seen: &mut Seen) -> Option<(String, i64)> {
    let numbers = || -> rusqlite::Result<(i64, i64)> { Ok((row.get(0)?, row.get(entry)?)) };
    match numbers() {
        Ok((fid, entry)) => {
            let name = fid.to_string();
            if fid != count {
                let what = format!("is number {count}: one was removed, inserted or moved");
                seen.fault(table, Some(&name), what, Some(entry));
            }
            Some((name, entry))
        }
        Err(error) => {
            seen.fault(table, None, format!("a row cannot be read: {error}"), None);
            None
        }
    }
}
