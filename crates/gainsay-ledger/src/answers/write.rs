//! Writes a file of answers: under another name, whole, and then into its place.

use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use gainsay_model::Date;
use rusqlite::{Connection, params};

use super::{AnswerRows, AnswersFile, ClaimRow, HeldRow, LAYOUT, number};
use crate::Error;
use crate::cipher::{Key, key_beside, unlock};
use crate::readings::capped;

/// Spans of more days than this are looked through one by one.
pub(super) const SHORT: i32 = 31;

/// Indexes that are quicker made once their tables are full: of events, claims, disputes.
pub(super) const INDEXES: [&str; 3] = [
    "CREATE INDEX events_by_killed ON events(killed, n);",
    "CREATE INDEX claims_by_report ON claims(report); CREATE INDEX claims_by_event ON claims(event);",
    "CREATE INDEX disputes_by_event ON disputes(event);",
];

/// Numbers of ids, given as they come.
#[derive(Default)]
struct Ids(HashMap<String, i64>);

impl Ids {
    fn of(&mut self, id: &str) -> i64 {
        match self.0.get(id) {
            Some(&e) => e,
            None => {
                let e = self.0.len() as i64 + 1;
                self.0.insert(id.to_owned(), e);
                e
            }
        }
    }
}

/// A row of `claims_of` and its like: role, entity, span, first day, number, last day.
type Of = (u8, u32, u8, i32, u32, i32);

impl AnswersFile {
    /// Writes answers over the ledger whose log begins with `ledger`, as it stood at `entry`, and puts them in the place
    /// of those at `path`. `claims` are taken one by one, in the order of the days they were said.
    ///
    /// # Errors
    /// When the folder cannot be written or the disk is full; what was at `path` is then still there.
    pub fn write(
        path: &Path,
        ledger: &str,
        entry: u64,
        rows: AnswerRows,
        claims: impl Iterator<Item = ClaimRow>,
    ) -> Result<(), Error> {
        let beside = beside(path);
        clear(path);
        let io = |error| Error::io(path, error);
        let key = key_beside(path)?;
        let held = File::create(&beside).map_err(io)?;
        // A file system that knows no locks is no reason to refuse work.
        let _ = held.try_lock();
        let written = fill(&beside, key.as_ref(), ledger, entry, rows, claims)
            .map_err(|error| Error::sql(&beside, error))
            .and_then(|()| held.sync_all().and_then(|()| std::fs::rename(&beside, path)).map_err(io));
        if written.is_err() {
            let _ = std::fs::remove_file(&beside);
        }
        written
    }
}

/// The name under which answers are written: one for each process.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    path.with_file_name(name)
}

/// Takes away what runs that were killed left beside answers. Who still writes holds a lock on it.
fn clear(path: &Path) {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned() + ".";
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let found = entry.file_name().to_string_lossy().into_owned();
        let writer = found.strip_prefix(&name).and_then(|rest| rest.strip_suffix(".new"));
        if writer.is_some_and(|writer| writer.parse::<u32>().is_ok())
            && File::open(entry.path()).is_ok_and(|left| left.try_lock().is_ok())
        {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

fn fill(
    path: &Path,
    key: Option<&Key>,
    ledger: &str,
    entry: u64,
    rows: AnswerRows,
    claims: impl Iterator<Item = ClaimRow>,
) -> rusqlite::Result<()> {
    let mut conn = Connection::open(path)?;
    match key {
        Some(key) => unlock(&conn, key)?,
        // Encrypted pages are of the length that every reader expects.
        None => conn.execute_batch("PRAGMA page_size = 8192;")?,
    }
    // Nobody reads it before it is whole, and it can be made again: nothing is synced on the way.
    conn.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -64000;
         PRAGMA temp_store = MEMORY;",
    )?;
    restrict(path);
    let tx = conn.transaction()?;
    tx.execute_batch(include_str!("../../schema/answers.sql"))?;
    let mut ids = Ids::default();
    let events = put_events(&tx, &mut ids, &rows)?;
    let numbers = put_claims(&tx, &mut ids, &events, claims)?;
    put_disputes(&tx, &mut ids, &events, &numbers, &rows)?;
    drop(numbers);
    put_held(&tx, &mut ids, "stands", &rows.stands)?;
    put_held(&tx, &mut ids, "sieges", &rows.sieges)?;
    for (n, line) in rows.lines.iter().enumerate() {
        tx.prepare_cached("INSERT INTO lines VALUES (?1, ?2, ?3, ?4, ?5)")?.execute(params![
            line.role as u8,
            n as i64,
            ids.of(&line.id),
            capped(line.claims),
            line.json
        ])?;
    }
    for (n, item) in rows.queue.iter().enumerate() {
        tx.prepare_cached("INSERT INTO queue VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![n as i64, item.id, item.what, item.json])?;
        for event in &item.events {
            tx.prepare_cached("INSERT OR IGNORE INTO queue_of VALUES (?1, ?2)")?
                .execute(params![event, n as i64])?;
        }
    }
    for (place, claims, events) in &rows.counts {
        tx.prepare_cached("INSERT INTO counts VALUES (?1, ?2, ?3)")?.execute(params![
            ids.of(place),
            capped(*claims),
            capped(*events)
        ])?;
    }
    let mut reports: Vec<_> = rows.reports.iter().collect();
    reports.sort_by(|a, b| (a.said, &a.id).cmp(&(b.said, &b.id)));
    for (n, report) in reports.into_iter().enumerate() {
        tx.prepare_cached("INSERT INTO reports VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?.execute(params![
            n as i64,
            report.id,
            report.said.map(number),
            report.publisher,
            report.language,
            report.json
        ])?;
    }
    for (name, json) in &rows.made {
        tx.prepare_cached("INSERT INTO made VALUES (?1, ?2)")?.execute(params![name, json])?;
    }
    let mut known: Vec<(String, i64)> = ids.0.into_iter().collect();
    known.sort_by_key(|(_, e)| *e);
    for (id, e) in known {
        tx.prepare_cached("INSERT INTO entities VALUES (?1, ?2)")?.execute(params![e, id])?;
    }
    for (key, value) in [("layout", LAYOUT), ("ledger", ledger), ("entry", &entry.to_string())] {
        tx.prepare_cached("INSERT INTO meta VALUES (?1, ?2)")?.execute([key, value])?;
    }
    tx.commit()?;
    conn.execute_batch("ANALYZE;")?;
    conn.close().map_err(|(_, error)| error)
}

/// Only who made it reads it: it holds what the ledger holds.
fn restrict(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let _ = std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600));
    }
    #[cfg(not(unix))]
    let _ = path;
}

/// Writes events, the earliest first; gives their numbers.
fn put_events(conn: &Connection, ids: &mut Ids, rows: &AnswerRows) -> rusqlite::Result<HashMap<String, i64>> {
    let mut events: Vec<_> = rows.events.iter().collect();
    events.sort_by(|a, b| (a.days, &a.id).cmp(&(b.days, &b.id)));
    let (mut numbers, mut all) = (HashMap::with_capacity(events.len()), Vec::new());
    for (n, event) in events.into_iter().enumerate() {
        conn.prepare_cached("INSERT INTO events VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")?.execute(
            params![
                n as i64,
                event.id,
                event.kind,
                capped(event.killed),
                capped(event.roots),
                event.said.map(number),
                event.disputed,
                event.json,
                event.steps,
                event.dot
            ],
        )?;
        of(&mut all, ids, n, event.days, &event.of);
        numbers.insert(event.id.clone(), n as i64);
    }
    put_of(conn, "events_of", all)?;
    conn.execute_batch(INDEXES[0])?;
    Ok(numbers)
}

/// Writes claims; gives the numbers of their ids.
fn put_claims(
    conn: &Connection,
    ids: &mut Ids,
    events: &HashMap<String, i64>,
    claims: impl Iterator<Item = ClaimRow>,
) -> rusqlite::Result<HashMap<String, i64>> {
    let (mut numbers, mut all) = (HashMap::new(), Vec::new());
    for (n, claim) in claims.enumerate() {
        conn.prepare_cached("INSERT INTO claims VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?.execute(
            params![
                n as i64,
                claim.id,
                claim.report,
                claim.event.as_ref().and_then(|event| events.get(event)),
                claim.part_of,
                claim.kind,
                claim.said.map(number),
                claim.kept
            ],
        )?;
        of(&mut all, ids, n, claim.days, &claim.of);
        numbers.insert(claim.id, n as i64);
    }
    put_of(conn, "claims_of", all)?;
    conn.execute_batch(INDEXES[1])?;
    Ok(numbers)
}

fn put_disputes(
    conn: &Connection,
    ids: &mut Ids,
    events: &HashMap<String, i64>,
    claims: &HashMap<String, i64>,
    rows: &AnswerRows,
) -> rusqlite::Result<()> {
    let mut disputes: Vec<_> = rows.disputes.iter().collect();
    disputes.sort_by(|a, b| (a.days, &a.id).cmp(&(b.days, &b.id)));
    let (mut all, mut disputed) = (Vec::new(), Vec::new());
    for (n, dispute) in disputes.into_iter().enumerate() {
        conn.prepare_cached("INSERT INTO disputes VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?.execute(params![
            n as i64,
            dispute.id,
            dispute.kind,
            dispute.revision,
            dispute.event.as_ref().and_then(|event| events.get(event)),
            dispute.json
        ])?;
        of(&mut all, ids, n, dispute.days, &dispute.of);
        disputed
            .extend(dispute.claims.iter().filter_map(|id| claims.get(id)).map(|&claim| (claim, n as i64)));
    }
    put_of(conn, "disputes_of", all)?;
    disputed.sort_unstable();
    disputed.dedup();
    for (claim, dispute) in disputed {
        conn.prepare_cached("INSERT INTO disputed VALUES (?1, ?2)")?.execute([claim, dispute])?;
    }
    conn.execute_batch(INDEXES[2])
}

/// The rows by which one thing is found: of everything, and of each entity in its roles.
fn of(all: &mut Vec<Of>, ids: &mut Ids, n: usize, days: Option<(Date, Date)>, of: &[Vec<String>; 4]) {
    let (span, from, to) = match days.map(|(from, to)| (number(from), number(to))) {
        Some((from, to)) => (u8::from(to.saturating_sub(from) > SHORT), from, to),
        None => (2, 0, 0),
    };
    let n = u32::try_from(n).unwrap_or(u32::MAX);
    all.push((0, 0, span, from, n, to));
    for (role, list) in (1..).zip(of) {
        all.extend(list.iter().map(|id| (role, ids.of(id) as u32, span, from, n, to)));
    }
}

fn put_of(conn: &Connection, table: &str, mut all: Vec<Of>) -> rusqlite::Result<()> {
    all.sort_unstable();
    all.dedup();
    let mut insert = conn.prepare(&format!("INSERT INTO {table} VALUES (?1, ?2, ?3, ?4, ?5, ?6)"))?;
    for (role, e, span, from, n, to) in all {
        insert.execute(params![role, e, span, from, n, to])?;
    }
    Ok(())
}

fn put_held(conn: &Connection, ids: &mut Ids, table: &str, rows: &[HeldRow]) -> rusqlite::Result<()> {
    for (n, row) in rows.iter().enumerate() {
        let by = row.according_to.as_ref().map_or(0, |by| ids.of(by));
        let days = row.spoken.iter().flat_map(|(from, to)| [number(*from), number(*to)]);
        let spoken: Vec<u8> = days.flat_map(i32::to_be_bytes).collect();
        conn.prepare_cached(&format!("INSERT INTO {table} VALUES (?1, ?2, ?3, ?4, ?5, ?6)"))?
            .execute(params![n as i64, by, ids.of(&row.place), row.json, row.short, spoken])?;
        let end = |day: Option<Date>| day.map_or(i32::MAX, number);
        conn.prepare_cached(&format!("INSERT INTO {table}_at VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)"))?
            .execute(params![
                n as i64,
                row.from.map_or(i32::MIN, number),
                end(row.to),
                number(row.known_from),
                end(row.known_to),
                by
            ])?;
    }
    Ok(())
}
