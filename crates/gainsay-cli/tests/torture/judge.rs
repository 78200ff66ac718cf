//! Says whether what a command left behind is whole: as it was before, or as it is after, and nothing between.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::commands::Job;
use crate::place::{Files, Place, Ran};
use crate::shim;
use crate::state::{self, All, Log};

/// What a command does when nothing disturbs it.
pub struct Undisturbed {
    /// The command.
    pub job: &'static Job,
    /// The folder before.
    pub before: Files,
    /// And after.
    pub after: Files,
    /// And once more after what can be made again was: where the command added to the log, and it can be made.
    rebuilt: Option<Files>,
    log_before: Log,
    log_after: Log,
    /// Files that come out the same each time.
    steady: BTreeSet<String>,
    /// How long it runs.
    pub length: Duration,
    /// How often it changes the folder.
    pub changes: usize,
}

/// What a disturbed command left behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// Nothing had been done yet.
    Before,
    /// Some of it, in whole steps.
    Between,
    /// All of it.
    After,
}

/// A command begun, with what it is to read already typed.
pub fn begin(job: &Job, command: &mut Command) -> Child {
    let piped = if job.typed.is_empty() { Stdio::null() } else { Stdio::piped() };
    let mut child = command.stdin(piped).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    if let Some(mut stdin) = child.stdin.take() {
        let _ = stdin.write_all(job.typed.as_bytes());
    }
    child
}

fn whole(job: &Job, place: &Place) -> Ran {
    let child = begin(job, &mut place.command(&job.typed()));
    Ran::of(&child.wait_with_output().unwrap())
}

impl Undisturbed {
    /// Runs it three times: to see how long it takes, how often it writes, and what comes out the same.
    pub fn of(job: &'static Job) -> Undisturbed {
        let place = Place::filled();
        let before = place.files();
        let log_before = state::log(&place.path(job.ledger));
        let run = || {
            place.put(&before);
            let begun = Instant::now();
            let ran = whole(job, &place);
            assert_eq!(ran.code, Some(0), "{}: {ran:?}", job.name);
            assert!(ran.out.contains(job.done), "{}: {ran:?}", job.name);
            (place.files(), begun.elapsed())
        };
        let ((once, _), (after, length)) = (run(), run());
        let steady = after.keys().filter(|name| once.get(*name) == after.get(*name)).cloned().collect();
        let log_after = state::log(&place.path(job.ledger));
        let grew = log_after.len() > log_before.len();
        let rebuilds = grew && place.run(&["--ledger", job.ledger, "rebuild"]).code == Some(0);
        let rebuilt = rebuilds.then(|| place.files());
        place.put(&before);
        let elsewhere = tempfile::tempdir().unwrap();
        let told = elsewhere.path().join("told");
        let mut command = place.command(&job.typed());
        shim::counts(&mut command, place.folder(), &told);
        begin(job, &mut command).wait_with_output().unwrap();
        let changes = std::fs::read_to_string(told).unwrap().trim().parse().unwrap();
        assert!(changes > 0, "{} writes nothing", job.name);
        Undisturbed { job, before, after, rebuilt, log_before, log_after, steady, length, changes }
    }

    /// Checks what is left, in a place where the command came to an end of some sort.
    ///
    /// `alive` says that the program ended by itself: then nothing of its own may lie about.
    ///
    /// # Errors
    /// What is not whole.
    pub fn check(&self, place: &Place, ran: &Ran, alive: bool) -> Result<Left, String> {
        let said_done = !self.job.done.is_empty() && ran.out.contains(self.job.done);
        let acknowledged = ran.code == Some(0) || said_done;
        // What was taken in is told of before it is noted beside the ledger that it was.
        let of_log_alone = self.job.name == "watch" && ran.code != Some(0);
        let first = place.files();
        // The next who comes only checks.
        let ledger = place.path(self.job.ledger);
        let begun = ledger.exists() && ledger.metadata().is_ok_and(|meta| meta.len() > 0);
        if begun {
            let verified = place.run(&["--ledger", self.job.ledger, "verify"]);
            if verified.code != Some(0) && !self.is_older(&verified) && !self.is_not_begun(&verified) {
                return Err(format!("verify says: {verified:?}"));
            }
        }
        let log = state::log(&ledger);
        let grown = self.grown(&log)?;
        if begun && state::half_batches(&ledger) > 0 {
            return Err("a report without its reading".to_owned());
        }
        let made = self.made(place)?;
        let all = log.len() == self.log_after.len() && !made.contains(&false);
        let left = match () {
            () if grown && all && self.derived(&ledger) != Some(false) => Left::After,
            () if log.len() == self.log_before.len() && !made.contains(&true) => Left::Before,
            () => Left::Between,
        };
        let kept = left == Left::After || of_log_alone && log.len() == self.log_after.len();
        if acknowledged && !kept {
            return Err(format!("it said that it was done, and is not: {ran:?}"));
        }
        if alive {
            let mut strays = strays(&first, &[&self.before, &self.after]);
            // What could not be taken back on a full disk stays written down until somebody opens the ledger, as now.
            let journal = format!("{}-journal", self.job.ledger);
            strays.retain(|name| *name != journal || place.path(name).exists());
            if !strays.is_empty() {
                return Err(format!("left lying about: {strays:?}"));
            }
        }
        Ok(left)
    }

    /// Goes on to the end, and compares with what is there when nothing disturbs.
    ///
    /// # Errors
    /// What differs.
    pub fn go_on(&self, place: &Place, left: Left) -> Result<(), String> {
        // An account that is there is not made once more: what may lack is its line in the audit.
        if self.job.name == "account" && left == Left::Between {
            return Ok(());
        }
        // A decision that is in the log is not taken once more: what hangs on it is made anew.
        let logged = state::log(&place.path(self.job.ledger)).len() == self.log_after.len();
        let taken = logged && self.log_before.len() < self.log_after.len() && !self.job.again();
        let ran = match () {
            () if left == Left::After || taken && self.rebuilt.is_none() => None,
            () if taken => Some(place.run(&["--ledger", self.job.ledger, "rebuild"])),
            () => Some(whole(self.job, place)),
        };
        if let Some(ran) = ran.filter(|ran| ran.code != Some(0)) {
            return Err(format!("it cannot go on: {ran:?}"));
        }
        let log = state::log(&place.path(self.job.ledger));
        if !self.grown(&log)? || log.len() != self.log_after.len() {
            return Err(format!("{} entries in the end, not {}", log.len(), self.log_after.len()));
        }
        let files = place.files();
        let rebuilt = self.rebuilt.as_ref().filter(|_| taken && left != Left::After);
        let after = rebuilt.unwrap_or(&self.after);
        // Had it been told that it was done, nobody would come again to tidy up.
        let strays = strays(&files, &[&self.after]);
        if left != Left::After && !strays.is_empty() {
            return Err(format!("left lying about in the end: {strays:?}"));
        }
        for (name, bytes) in after {
            let Some(found) = files.get(name) else { return Err(format!("{name} is not there in the end")) };
            if found != bytes && self.steady.contains(name) && !is_ledger(name) {
                return Err(format!("{name} is another in the end"));
            }
            if found != bytes && self.steady.contains(name) {
                let reference = Place::empty();
                reference.write("x.gpkg", bytes);
                let read = |path: &Path| {
                    let mut all = state::all(path);
                    // How the index of words is parted tells what was done one after the other; what it finds is compared.
                    all.iter_mut().for_each(|all| drop(all.remove("report_text_idx")));
                    all
                };
                let (wanted, found) = (read(&reference.path("x.gpkg")), read(&place.path(name)));
                if wanted != found {
                    return Err(format!("{name} holds other rows in the end: {}", differ(wanted, found)));
                }
            }
        }
        Ok(())
    }

    /// Whether the log is the one before, with none or some of what the command adds; its hashes are compared where
    /// they come out the same each time.
    fn grown(&self, log: &Log) -> Result<bool, String> {
        let hashes = self.steady.contains(self.job.ledger) || self.log_before == self.log_after;
        let same = |(found, wanted): (&(i64, String, String), &(i64, String, String))| {
            found.1 == wanted.1 && (!hashes || found.2 == wanted.2)
        };
        if log.len() < self.log_before.len() {
            return Err(format!("the log has {} entries of {}", log.len(), self.log_before.len()));
        }
        if log.len() > self.log_after.len() || !log.iter().zip(&self.log_after).all(same) {
            return Err(format!("the log is another: {log:?}"));
        }
        Ok(true)
    }

    /// Whether all tables of the ledger, those that can be made again too, are as after; nothing is said where they come
    /// out otherwise each time.
    fn derived(&self, ledger: &Path) -> Option<bool> {
        if !self.steady.contains(self.job.ledger) {
            return None;
        }
        let reference = Place::empty();
        reference.write("x.gpkg", self.after.get(self.job.ledger)?);
        Some(state::all(&reference.path("x.gpkg")) == state::all(ledger))
    }

    /// What became of the files beside the ledger that the command changes: whether any is as after, and any as before.
    fn made(&self, place: &Place) -> Result<BTreeSet<bool>, String> {
        let files = place.files();
        let mut left = BTreeSet::new();
        let tops: BTreeSet<&str> =
            self.before.keys().chain(self.after.keys()).map(|name| top(name)).collect();
        for top in tops {
            let of = |files: &Files| -> Files {
                // What a list of words lies in counts for nothing until the manifest names it.
                let named = |name: &str| !top.ends_with(".words") || name.ends_with("words.json");
                let inside = |name: &&String| crate::judge::top(name) == top && named(name);
                files.iter().filter(|(name, _)| inside(name)).map(|(n, b)| (n.clone(), b.clone())).collect()
            };
            let (before, after, found) = (of(&self.before), of(&self.after), of(&files));
            if is_ledger(top) && top == self.job.ledger {
                continue;
            }
            // A copy made before a migration is of no use but whole.
            let steady = after.keys().all(|name| self.steady.contains(name));
            match () {
                () if before == after && found == before => {}
                () if found == before => drop(left.insert(false)),
                () if found == after => drop(left.insert(true)),
                // A file that was made and not written yet holds nothing by halves.
                () if before.is_empty() && found.values().all(Vec::is_empty) => drop(left.insert(false)),
                () if steady => return Err(format!("{top} is half there")),
                () if found.is_empty() => return Err(format!("{top} is gone")),
                () => {
                    for (name, bytes) in &found {
                        if !bytes.is_empty() || !after.contains_key(name) {
                            sound(&place.path(name), bytes).map_err(|what| format!("{name}: {what}"))?;
                        }
                    }
                    left.insert(found != before);
                }
            }
        }
        Ok(left)
    }

    /// A ledger of an older schema that was not brought up to date yet says so.
    fn is_older(&self, verified: &Ran) -> bool {
        self.job.ledger.starts_with("schema-") && verified.code == Some(2) && verified.err.contains("older")
    }

    /// A ledger whose making was cut short is none.
    fn is_not_begun(&self, verified: &Ran) -> bool {
        self.log_before.is_empty() && verified.code == Some(2) && verified.err.contains("empty file")
    }
}

/// A file of another make each time is at least what it is meant to be.
fn sound(path: &Path, bytes: &[u8]) -> Result<(), String> {
    if bytes.starts_with(b"SQLite format 3\0") {
        let conn = Connection::open(path).map_err(|error| error.to_string())?;
        let checked: String = conn
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .map_err(|error| error.to_string())?;
        return if checked == "ok" { Ok(()) } else { Err(checked) };
    }
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    let one = serde_json::from_str::<serde_json::Value>(text).is_ok();
    let lines = || text.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok());
    if one || (text.ends_with('\n') && lines()) { Ok(()) } else { Err("is half there".to_owned()) }
}

fn is_ledger(name: &str) -> bool {
    name.ends_with(".gpkg")
}

fn top(name: &str) -> &str {
    name.split('/').next().unwrap_or(name)
}

/// Files that none of these has.
fn strays(files: &Files, known: &[&Files]) -> Vec<String> {
    files.keys().filter(|name| known.iter().all(|known| !known.contains_key(*name))).cloned().collect()
}

/// The first row in which two ledgers differ.
pub fn differ(wanted: Option<All>, found: Option<All>) -> String {
    let (Some(wanted), Some(found)) = (wanted, found) else { return "one cannot be read".to_owned() };
    for (table, rows) in &wanted {
        let empty = Vec::new();
        let there = found.get(table).unwrap_or(&empty);
        let short = |row: Option<&Vec<String>>| format!("{row:?}").chars().take(300).collect::<String>();
        if let Some(row) = rows.iter().find(|row| !there.contains(row)) {
            return format!("{table} lacks {}", short(Some(row)));
        }
        if rows.len() != there.len() {
            return format!("{table} has {} rows, not {}", there.len(), rows.len());
        }
    }
    let more: Vec<&String> = found.keys().filter(|table| !wanted.contains_key(*table)).collect();
    format!("more tables: {more:?}")
}
