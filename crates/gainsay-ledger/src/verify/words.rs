//! The word index: it says what the reports say, finds it, and holds nothing else.
//!
//! How many leaves it has, and which, depends on how it grew, so it is not compared byte by byte: the words of the reports
//! are indexed once more, in memory, and what the two indexes say is compared. The layout of the index's own tables is that
//! of SQLite's `fts5_index.c` (its opening comment).

use std::collections::BTreeSet;

use rusqlite::types::ToSqlOutput;
use rusqlite::{Connection, OptionalExtension};

use super::Seen;
use super::derived::REBUILD;
use crate::digest::digest;
use crate::pack::FieldHash;

pub(super) fn check(conn: &Connection, seen: &mut Seen) -> rusqlite::Result<()> {
    let again = again(conn)?;
    if said(conn).ok() != Some(said(&again)?) || sizes(conn).ok() != Some(sizes(&again)?) {
        let what = format!("does not fit the reports' words; {REBUILD}");
        seen.fault("report_text", None, what, None);
    } else if !found(conn).unwrap_or(false) {
        seen.fault("report_text", None, format!("does not find words that it holds; {REBUILD}"), None);
    }
    if !used(conn).unwrap_or(false) {
        seen.fault(
            "report_text",
            None,
            format!("holds leaves that it does not use, or misses some; {REBUILD}"),
            None,
        );
    }
    Ok(())
}

/// An index in memory over the words of the reports.
fn again(conn: &Connection) -> rusqlite::Result<Connection> {
    let again = Connection::open_in_memory()?;
    again.execute_batch(
        "CREATE VIRTUAL TABLE report_text USING fts5(title, text, content='', tokenize=\"unicode61 remove_diacritics 2\");
         BEGIN;",
    )?;
    {
        let mut insert = again.prepare("INSERT INTO report_text(rowid, title, text) VALUES (?1, ?2, ?3)")?;
        let mut rows = conn.prepare("SELECT fid, title, text FROM reports ORDER BY fid")?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            insert.execute([row.get_ref(0)?, row.get_ref(1)?, row.get_ref(2)?].map(ToSqlOutput::Borrowed))?;
        }
    }
    again.execute_batch("COMMIT;")?;
    Ok(again)
}

/// A hash over every word of an index and where it stands.
fn said(conn: &Connection) -> rusqlite::Result<String> {
    conn.execute_batch(
        "DROP TABLE IF EXISTS temp.words;
         CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, report_text, instance);",
    )?;
    let mut hash = FieldHash::new("gainsay-words/1");
    {
        let mut rows = conn.prepare("SELECT term, doc, col, offset FROM temp.words")?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            hash.field(row.get_ref(0)?.as_bytes()?);
            hash.field(&row.get::<_, i64>(1)?.to_be_bytes());
            hash.field(row.get_ref(2)?.as_bytes()?);
            hash.field(&row.get::<_, i64>(3)?.to_be_bytes());
        }
    }
    conn.execute_batch("DROP TABLE temp.words;")?;
    Ok(hash.finish())
}

/// Whether every word that is read from end to end is also found when it is looked for.
fn found(conn: &Connection) -> rusqlite::Result<bool> {
    conn.execute_batch(
        "DROP TABLE IF EXISTS temp.terms;
         CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, report_text, row);",
    )?;
    let all = {
        let mut terms = conn.prepare("SELECT term, doc, cnt FROM temp.terms")?;
        let mut one = conn.prepare("SELECT doc, cnt FROM temp.terms WHERE term = ?1")?;
        let mut terms = terms.query([])?;
        let mut all = true;
        while let Some(row) = terms.next()? {
            let told: (i64, i64) = (row.get(1)?, row.get(2)?);
            let sought = one
                .query_row([ToSqlOutput::Borrowed(row.get_ref(0)?)], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            all &= sought == Some(told);
        }
        all
    };
    conn.execute_batch("DROP TABLE temp.terms;")?;
    Ok(all)
}

/// A hash over what ranking needs of an index beside its words: how long each report is, and all of them; and its settings.
fn sizes(conn: &Connection) -> rusqlite::Result<String> {
    digest(
        conn,
        &[
            "SELECT id, sz FROM main.report_text_docsize ORDER BY id",
            // The totals stand in the first row.
            "SELECT block FROM main.report_text_data WHERE id = 1",
            "SELECT k, v FROM main.report_text_config ORDER BY k",
        ],
    )
}

/// Whether every leaf belongs to a segment that the index's structure names (the row numbers of leaves say to which), and the
/// index over the leaves leads to each.
fn used(conn: &Connection) -> rusqlite::Result<bool> {
    let structure: Vec<u8> =
        conn.query_row("SELECT block FROM main.report_text_data WHERE id = 10", [], |row| row.get(0))?;
    let Some(segments) = segments(&structure) else { return Ok(false) };
    let named = |id: i64, page: i64| {
        segments.iter().any(|(segment, first, last)| *segment == id && (*first..=*last).contains(&page))
    };
    // The leaves on which a word begins, and those that the index over them leads to, are the same.
    let (mut begun, mut led) = (BTreeSet::new(), BTreeSet::new());
    let mut leaves = conn.prepare("SELECT id, block FROM main.report_text_data WHERE id NOT IN (1, 10)")?;
    let mut leaves = leaves.query([])?;
    while let Some(row) = leaves.next()? {
        // 31 bits of page, 5 of height, one that marks an index of row numbers, then the segment.
        let (id, block) = (row.get::<_, i64>(0)?, row.get_ref(1)?.as_blob()?);
        let (segment, page) = (id >> 37, id & 0x7fff_ffff);
        if !named(segment, page) {
            return Ok(false);
        }
        // Behind the words, whose length stands in the third and fourth byte, is where each one begins.
        let words = block.get(2..4).map_or(0, |size| usize::from(size[0]) << 8 | usize::from(size[1]));
        if id >> 31 & 0x3f == 0 && words < block.len() {
            begun.insert((segment, page));
        }
    }
    let mut terms = conn.prepare("SELECT segid, pgno FROM main.report_text_idx")?;
    let mut terms = terms.query([])?;
    while let Some(row) = terms.next()? {
        if !led.insert((row.get(0)?, row.get::<_, i64>(1)? >> 1)) {
            return Ok(false);
        }
    }
    Ok(begun == led)
}

/// The segments of a structure: number, first and last page. `None` where it is none that this version's index writes.
fn segments(structure: &[u8]) -> Option<Vec<(i64, i64, i64)>> {
    // Four bytes of the settings' counter; the newer form, which we do not write, has a mark of four more.
    let mut rest = structure.get(4..).filter(|rest| rest.first() != Some(&0xff))?;
    let mut number = || -> Option<i64> {
        let mut value: i64 = 0;
        for at in 0..8 {
            let byte = *rest.get(at)?;
            value = value << 7 | i64::from(byte & 0x7f);
            if byte < 0x80 {
                rest = &rest[at + 1..];
                return Some(value);
            }
        }
        None
    };
    let (levels, _segments, _writes) = (number()?, number()?, number()?);
    let mut segments = Vec::new();
    for _ in 0..levels {
        let (_merging, count) = (number()?, number()?);
        for _ in 0..count {
            segments.push((number()?, number()?, number()?));
        }
    }
    Some(segments)
}
