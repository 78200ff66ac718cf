//! The log: numbered without a gap, each entry as its hash says, each bound to the one before.

use rusqlite::Connection;

use super::Faults;
use super::signatures::Signatures;
use crate::line::{BEFORE_THE_FIRST, LogLine};
use crate::{Action, migrate};

pub(super) fn check(conn: &Connection, faults: &mut Faults) -> rusqlite::Result<()> {
    let mut rows = conn.prepare("SELECT * FROM log ORDER BY seq")?;
    let mut rows = rows.query([])?;
    let (mut last, mut prev) = (0, BEFORE_THE_FIRST.to_owned());
    let mut signatures = Signatures::default();
    while let Some(row) = rows.next()? {
        let seq: i64 = row.get(0)?;
        let name = seq.to_string();
        let mut fault = |what: String| faults.add("log", Some(&name), what, Some(seq));
        if seq != last + 1 {
            fault(format!("follows entry {last}: what stood between is missing"));
        }
        last = seq;
        let line = match LogLine::read(row) {
            Ok(line) => line,
            Err(error) => {
                fault(format!("cannot be read: {error}"));
                prev.clear();
                continue;
            }
        };
        if line.computed() != line.hash || !line.payload_fits() {
            fault("changed: its hash does not fit it".to_owned());
        }
        if line.prev != prev {
            fault("does not continue the entry before: one was removed, inserted or moved".to_owned());
        }
        prev.clone_from(&line.hash);
        signatures.take(&line, faults);
        let mut fault = |what: String| faults.add("log", Some(&name), what, Some(seq));
        match line.entry() {
            Err(what) => fault(what),
            Ok(entry) if (entry.action == Action::LedgerCreated) != (entry.seq == 1) => {
                fault(format!("the first entry, and no other, is `{}`", Action::LedgerCreated));
            }
            Ok(_) => {}
        }
    }
    signatures.check(faults);
    if last == 0 {
        faults.add("log", None, "is empty", None);
    }
    let noted = (migrate::meta(conn, "log_count")?, migrate::meta(conn, "log_head")?);
    if noted != (Some(last.to_string()), Some(prev)) {
        let count = noted.0.unwrap_or_else(|| "nothing".to_owned());
        faults.add(
            "log",
            None,
            format!("ends at entry {last}, but meta notes {count} or another hash"),
            Some(last),
        );
    }
    Ok(())
}
