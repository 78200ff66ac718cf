//! The statement of verification: what was checked of a ledger, how, and what was found; made to lie in a court bundle.

mod shown;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use gainsay_custody::{Note, Public, hex};
use gainsay_ledger::{Checkpoint, Covered, Fault, Ledger, LedgerKey, LogLine, Stamp, Trust, Verified};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::second;
use super::stamp::{Examined, Means, examine};
use crate::rebuild::weighed_again;
use crate::steps::Work;
use crate::{Error, clock};

/// The program and its version.
const TOOL: &str = concat!("gainsay ", env!("CARGO_PKG_VERSION"));

/// What is to be checked beyond the ledger itself.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Published notes, each with the file that it came from.
    pub notes: Vec<(String, String)>,
    /// Keys that are trusted, as 64 digits or as the 16 of an id; where there are any, every other key has to be vouched
    /// for by one of them.
    pub trust: Vec<String>,
    /// By what time stamps are checked.
    pub means: Means,
}

/// What was checked and found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Statement {
    /// The program that checked, and its version.
    pub tool: String,
    /// When it was checked, by this computer's clock.
    pub checked_at: String,
    /// The ledger's file.
    pub file: String,
    /// Its size in bytes.
    pub size: u64,
    /// SHA-256 of the whole file, as it lay on the disk when it had been checked.
    pub sha256: String,
    /// The hash of the first entry, by which notes name the ledger.
    pub ledger: Option<String>,
    /// The number of the last entry.
    pub entries: u64,
    /// Its hash.
    pub head: Option<String>,
    /// When the first and the last entry were written, by the clock of whoever wrote them.
    pub period: Option<(String, String)>,
    /// How many reports.
    pub reports: u64,
    /// How many readings of them.
    pub readings: u64,
    /// How many claims the newest of these hold.
    pub claims: u64,
    /// The keys that the log was told of.
    pub keys: Vec<KeyLine>,
    /// Entries that bear no signature, as numbers and ranges.
    pub unsigned: Vec<String>,
    /// Entries whose particulars were removed together with a report, as numbers and ranges.
    pub removed: Vec<String>,
    /// Checkpoints, with the stamps on each.
    pub checkpoints: Vec<CheckpointLine>,
    /// What was found of each published note, in one line.
    pub notes: Vec<String>,
    /// What is worth knowing and no fault.
    pub remarks: Vec<String>,
    /// What is wrong.
    pub faults: Vec<FaultLine>,
    /// Whether reports were added that have not been weighed yet.
    pub stale: bool,
}

/// A key that the log was told of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeyLine {
    /// The first 16 digits of the SHA-256 of the key.
    pub id: String,
    /// The public key.
    pub key: String,
    /// Whose it is, as the log says.
    pub name: String,
    /// The entry that added it.
    pub added: u64,
    /// When.
    pub at: String,
    /// The id of the key that vouched for it; none where it vouched for itself.
    pub vouched_by: Option<String>,
    /// The entry that retired it, and why.
    pub retired: Option<(u64, String)>,
    /// How many entries it signed.
    pub signed: u64,
    /// Whether it is trusted or leads to one that is; none where nobody said whom to trust.
    pub trusted: Option<bool>,
}

/// A checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CheckpointLine {
    /// The entry that records it.
    pub entry: u64,
    /// The entry up to which it speaks.
    pub of: u64,
    /// That entry's hash.
    pub hash: String,
    /// When it was made, as its note says.
    pub at: String,
    /// SHA-256 of the note.
    pub note_sha256: String,
    /// The id of the key that signed it.
    pub key: Option<String>,
    /// Whether its note is as it was signed, and the ledger as it says.
    pub sound: bool,
    /// What timestamp services answered.
    pub stamps: Vec<StampLine>,
}

/// An answer of a timestamp service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StampLine {
    /// The entry that records it.
    pub entry: u64,
    /// `rfc3161` or `opentimestamps`.
    pub kind: String,
    /// The time that it proves: none where its signature was not found good, or leads to nobody who is trusted.
    pub time: Option<String>,
    /// What it says, and what was checked.
    pub told: String,
    /// SHA-256 of the answer.
    pub sha256: String,
}

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FaultLine {
    /// The table.
    pub table: String,
    /// The row.
    pub row: Option<String>,
    /// What is wrong.
    pub what: String,
    /// The entry that says how it should be.
    pub since: Option<u64>,
    /// What the checkpoints say of that entry.
    pub covered: Option<String>,
}

impl std::fmt::Display for FaultLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let FaultLine { table, row, what, since, covered } = self;
        let row = row.as_ref().map(|row| format!(" `{row}`")).unwrap_or_default();
        write!(f, "{table}{row}: {what}")?;
        if let Some(since) = since {
            write!(f, " (bound by log entry {since})")?;
        }
        covered.as_ref().map_or(Ok(()), |covered| write!(f, "; {covered}"))
    }
}

/// Checks a ledger, and what is asked beside. Writes nothing.
///
/// # Errors
/// When the file is no ledger or cannot be read at all, or a note is none. What is found wrong is no error.
pub fn state(path: &Path, asked: &Asked) -> Result<Statement, Error> {
    let checked_at = second(clock::now()?);
    for (file, text) in &asked.notes {
        Note::parse(text).map_err(|error| Error::input(format!("{file}: {error}")))?;
    }
    let ledger = crate::keys::read(path)?;
    let _work = Work::begin("verifying", "every hash");
    let (trusted, strange) = trusted(&ledger.keys().unwrap_or_default(), &asked.trust);
    let notes = asked.notes.iter().map(|(_, text)| text.clone()).collect();
    let mut found = ledger.verified(&Trust { keys: trusted, notes })?;
    let again = weighed_again(&ledger, &mut found);
    let fault = |table: &str, row: Option<String>, what: String, since| Fault {
        table: table.to_owned(),
        row,
        what,
        since,
        covered: None,
    };
    for key in strange {
        found.faults.push(fault("log", Some(key), "a key that is trusted signed nothing here".into(), None));
    }
    found.faults.extend(crate::words::faults(path)?);
    let mut log = LogSeen::default();
    for line in ledger.lines() {
        match line {
            Ok(line) => log.take(line),
            // Told of by the ledger's own check.
            Err(_) => break,
        }
    }
    let stamps = stamped(&ledger, &asked.means)?;
    for (number, one, wrong) in
        stamps.iter().filter_map(|(number, one)| Some((number, one, one.1.wrong.as_ref()?)))
    {
        found.faults.push(fault("stamps", Some(number.to_string()), wrong.clone(), Some(one.0.entry)));
    }
    let faults: Vec<FaultLine> =
        found.faults.iter().map(|fault| FaultLine::of(fault, &found, &asked.notes)).collect();
    let stale = ledger.is_stale().unwrap_or(false);
    let checkpoints = checkpoints(&ledger, &found, &stamps);
    // Closed before the file is read as bytes: that would drop the locks that SQLite holds on it.
    drop(ledger);
    let (size, sha256) = file_hash(path)?;
    Ok(Statement {
        tool: TOOL.to_owned(),
        checked_at,
        file: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        size,
        sha256,
        entries: found.entries,
        head: found.head.as_ref().map(|head| head.hash.clone()),
        period: log.period.clone(),
        reports: found.reports,
        readings: found.readings,
        claims: found.claims,
        keys: keys(&found, &log, !asked.trust.is_empty()),
        unsigned: ranges(&log.unsigned),
        removed: ranges(&log.removed),
        checkpoints,
        notes: notes_said(&found, &asked.notes),
        remarks: [remarks(&found, !asked.trust.is_empty(), again), log.strange_names(&found.keys)].concat(),
        ledger: found.ledger,
        faults,
        stale,
    })
}

/// What one walk through the log shows.
#[derive(Default)]
struct LogSeen {
    period: Option<(String, String)>,
    unsigned: Vec<u64>,
    removed: Vec<u64>,
    by_key: BTreeMap<String, u64>,
    /// Entries by the name that they bear and the key that signed them.
    signed: BTreeMap<(String, String), Vec<u64>>,
}

impl LogSeen {
    fn take(&mut self, line: LogLine) {
        if line.is_removed() {
            self.removed.push(line.seq);
        }
        match line.key {
            Some(key) => {
                *self.by_key.entry(key.clone()).or_default() += 1;
                self.signed.entry((line.by, key)).or_default().push(line.seq);
            }
            None => self.unsigned.push(line.seq),
        }
        let first = self.period.take().map_or_else(|| line.at.clone(), |(first, _)| first);
        self.period = Some((first, line.at));
    }

    /// Entries in the name of somebody who has a key of their own, signed by another's.
    fn strange_names(&self, keys: &[LedgerKey]) -> Vec<String> {
        let told = |((by, key), entries): (&(String, String), &Vec<u64>)| {
            let signer = keys.iter().find(|known| known.key.to_string() == *key)?;
            let own = keys.iter().find(|known| known.name == *by)?;
            // Before they had a key others signed for them.
            let entries: Vec<u64> = entries.iter().copied().filter(|entry| *entry > own.added).collect();
            (signer.name != *by && !entries.is_empty()).then(|| {
                format!(
                    "Log entries {} bear the name {by}, who has a key of their own, and are signed by the key {} of {}.",
                    ranges(&entries).join(", "),
                    signer.key.id(),
                    signer.name
                )
            })
        };
        self.signed.iter().filter_map(told).collect()
    }
}

/// The keys that were typed, in full or by their ids; and what of them the log does not know.
fn trusted(known: &[LedgerKey], typed: &[String]) -> (Vec<Public>, Vec<String>) {
    let (mut found, mut strange) = (Vec::new(), Vec::new());
    for one in typed {
        let one = one.trim().to_ascii_lowercase();
        match known.iter().find(|key| key.key.to_string() == one || key.key.id() == one) {
            Some(key) => found.push(key.key),
            None => strange.push(one),
        }
    }
    // None of them is known: nobody is trusted, and not everybody.
    if found.is_empty() && !strange.is_empty() {
        found.push(Public::from_bytes([0; 32]));
    }
    (found, strange)
}

fn keys(found: &Verified, log: &LogSeen, asked: bool) -> Vec<KeyLine> {
    let line = |key: &LedgerKey| KeyLine {
        id: key.key.id(),
        key: key.key.to_string(),
        name: key.name.clone(),
        added: key.added,
        at: second(key.at),
        vouched_by: key.vouched_by.map(|by| by.id()),
        retired: key.retired.clone(),
        signed: log.by_key.get(&key.key.to_string()).copied().unwrap_or_default(),
        trusted: asked.then(|| !found.unvouched.contains(&key.key)),
    };
    found.keys.iter().map(line).collect()
}

/// What is worth knowing and no fault.
fn remarks(found: &Verified, asked: bool, again: Option<String>) -> Vec<String> {
    let mut remarks = Vec::new();
    for key in found.keys.iter().filter(|key| !asked && found.unvouched.contains(&key.key)) {
        let (id, name, added) = (key.key.id(), &key.name, key.added);
        remarks.push(format!("Nobody vouches for the key {id} of {name}, which entry {added} added."));
    }
    if !found.foreign.is_empty() {
        remarks.push(format!("Another program added, and nothing here binds: {}.", found.foreign.join(", ")));
    }
    remarks.extend(again.map(|then| {
        format!("What was weighed (events, disputes, holdings, sources) is not signed by a key that counts, {then}.")
    }));
    remarks
}

/// An answer of a timestamp service, looked at again, with the number of its row.
type Looked = (usize, (Stamp, Examined));

fn stamped(ledger: &Ledger, means: &Means) -> Result<Vec<Looked>, Error> {
    let checkpoints = ledger.checkpoints().unwrap_or_default();
    let look = |stamp: Stamp| {
        let of = checkpoints.iter().find(|one| one.entry == stamp.checkpoint);
        let note: [u8; 32] = Sha256::digest(of.map(|one| one.note.as_bytes()).unwrap_or_default()).into();
        let examined = examine(&note, &stamp.kind, &stamp.bytes, means);
        (stamp, examined)
    };
    Ok((1..).zip(ledger.stamps().unwrap_or_default().into_iter().map(look)).collect())
}

/// The checkpoints in the ledger, each with its stamps.
fn checkpoints(ledger: &Ledger, found: &Verified, stamps: &[Looked]) -> Vec<CheckpointLine> {
    let line = |one: Checkpoint| {
        let checked = found.checkpoints.iter().find(|checked| checked.entry == Some(one.entry));
        let stamps =
            stamps.iter().map(|(_, looked)| looked).filter(|(stamp, _)| stamp.checkpoint == one.entry);
        CheckpointLine {
            entry: one.entry,
            of: one.seq,
            hash: one.hash,
            at: checked.map(|checked| checked.at.clone()).unwrap_or_default(),
            note_sha256: hex::sha256(one.note.as_bytes()),
            key: checked.and_then(|checked| checked.key).map(|key| key.id()),
            sound: checked.is_some_and(|checked| checked.sound),
            stamps: stamps
                .map(|(stamp, examined)| StampLine {
                    entry: stamp.entry,
                    kind: stamp.kind.clone(),
                    time: examined.time.clone(),
                    told: examined.told.clone(),
                    sha256: stamp.sha256.clone(),
                })
                .collect(),
        }
    };
    ledger.checkpoints().unwrap_or_default().into_iter().map(line).collect()
}

/// What there is to say of published notes that the ledger is as they say.
fn notes_said(found: &Verified, notes: &[(String, String)]) -> Vec<String> {
    let elsewhere = found.checkpoints.iter().filter(|checked| checked.entry.is_none());
    let said = notes.iter().zip(elsewhere).filter(|(_, checked)| checked.sound).map(|((file, _), checked)| {
        let key = checked.key.and_then(|key| found.keys.iter().find(|known| known.key == key));
        let whose = key.map(|key| format!("{} ({})", key.key.id(), key.name)).unwrap_or_default();
        format!(
            "{file}: this is the ledger that the note of {} speaks of, unchanged up to entry {}; signed by the key {whose}",
            checked.at, checked.seq
        )
    });
    said.collect()
}

impl FaultLine {
    fn of(fault: &Fault, found: &Verified, notes: &[(String, String)]) -> FaultLine {
        let mut genuine: Vec<_> = found.checkpoints.iter().filter(|checked| checked.genuine).collect();
        genuine.sort_by_key(|checked| checked.seq);
        let first = |since: u64| genuine.iter().find(|checked| checked.seq >= since);
        let covered = match (&fault.covered, fault.since) {
            (Some(covered), _) => Some(covered.clone()),
            (None, Some(_)) if genuine.is_empty() => None,
            (None, Some(since)) => {
                let by = first(since).map(|checked| Covered::By(checked.seq, checked.at.clone()));
                Some(by.unwrap_or(Covered::Not))
            }
            (None, None) => None,
        };
        let file = |row: &String| {
            let number = row.parse::<usize>().ok()?.checked_sub(1)?;
            notes.get(number).filter(|_| fault.table == "note").map(|(file, _)| file.clone())
        };
        FaultLine {
            table: fault.table.clone(),
            row: fault.row.as_ref().map(|row| file(row).unwrap_or_else(|| row.clone())),
            what: fault.what.clone(),
            since: fault.since,
            covered: covered.map(|covered| match covered {
                Covered::By(entry, at) => {
                    let day = at.split('T').next().unwrap_or_default().to_owned();
                    format!("how it should be is sealed by the checkpoint of entry {entry}, {day}")
                }
                Covered::Not => "not covered by any checkpoint".to_owned(),
            }),
        }
    }
}

/// What the checkpoints say of an entry.
pub(super) fn covered(entry: u64, checkpoints: &[Checkpoint]) -> String {
    match checkpoints.iter().find(|one| one.seq >= entry) {
        Some(one) => format!("in the checkpoint of entry {}, {}", one.seq, second(one.at)),
        None => "in no checkpoint yet".to_owned(),
    }
}

/// Numbers in order, as numbers and ranges.
fn ranges(numbers: &[u64]) -> Vec<String> {
    let mut ranges: Vec<(u64, u64)> = Vec::new();
    for &number in numbers {
        match ranges.last_mut() {
            Some((_, to)) if *to + 1 == number => *to = number,
            _ => ranges.push((number, number)),
        }
    }
    ranges
        .iter()
        .map(|(from, to)| if from == to { from.to_string() } else { format!("{from}–{to}") })
        .collect()
}

fn file_hash(path: &Path) -> Result<(u64, String), Error> {
    let failed = |error| Error::io(format!("{}: cannot be read", path.display()), error);
    let mut file = File::open(path).map_err(failed)?;
    let (mut hash, mut size, mut buffer) = (Sha256::new(), 0, vec![0; 1 << 16]);
    loop {
        let read = file.read(&mut buffer).map_err(failed)?;
        if read == 0 {
            return Ok((size, hex::of(&hash.finalize())));
        }
        hash.update(&buffer[..read]);
        size += read as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_ranges() {
        assert_eq!(ranges(&[1, 2, 3, 5, 7, 8]), ["1–3", "5", "7–8"]);
        assert!(ranges(&[]).is_empty());
    }
}
