//! What a ledger's log says of its lists, and whether they are still so.

use std::path::Path;

use gainsay_ledger::{Action, Fault, Ledger, LogEntry};
use serde_json::{Value, json};

use super::folder::{Manifest, hash_of};
use super::{Where, change, folder_of};
use crate::{Error, clock, keys};

/// Opens the ledger that lists are to be bound to, before anything is changed.
pub(super) fn open(to: Where<'_>) -> Result<Option<Ledger>, Error> {
    match to {
        Where::Ledger(ledger, by) => {
            change::end(ledger)?;
            Ok(Some(keys::write(ledger, by)?))
        }
        Where::Folder(_) => Ok(None),
    }
}

/// Tells the log of a change, with all lists that there are then.
pub(super) fn tell(
    ledger: &mut Ledger,
    by: &str,
    did: &str,
    name: &str,
    (manifest, sha256): &(Manifest, String),
) -> Result<(), Error> {
    let lists: Vec<Value> = manifest
        .lists
        .iter()
        .map(|list| {
            json!({
                "name": list.name, "holds": list.holds, "file": list.file, "sha256": list.sha256, "rows": list.rows,
                "licence": list.licence, "origin": list.origin,
            })
        })
        .collect();
    let payload = json!({ "words": { "did": did, "list": name, "manifest_sha256": sha256, "lists": lists } });
    ledger.decide(by, clock::now()?, Action::LexiconChanged, &payload)?;
    Ok(())
}

/// The SHA-256 of the manifest that the log binds; `None` where it binds none.
pub(super) fn manifest(ledger: &Ledger) -> Result<Option<String>, Error> {
    let entry = ledger.words_entry()?;
    Ok(entry.and_then(|entry| entry.payload["words"]["manifest_sha256"].as_str().map(str::to_owned)))
}

/// The lists that the log says there are, with the entry that says so.
fn said(ledger: &Ledger) -> Result<Option<(LogEntry, Vec<Value>)>, Error> {
    let entry = ledger.words_entry()?;
    Ok(entry.map(|entry| {
        let lists = entry.payload["words"]["lists"].as_array().cloned().unwrap_or_default();
        (entry, lists)
    }))
}

/// What is to be said to whoever opens a ledger whose lists are not those that its log binds, in one line; nothing
/// where they are, or there are none.
///
/// # Errors
/// When the ledger cannot be read.
pub fn note(path: &Path) -> Result<Option<String>, Error> {
    change::end(path)?;
    let folder = folder_of(path);
    let ledger = keys::read(path)?;
    let said = said(&ledger)?;
    let there = Manifest::of(&folder)?;
    let names = |lists: &[Value]| -> String {
        lists.iter().filter_map(|list| list["name"].as_str()).collect::<Vec<_>>().join("`, `")
    };
    Ok(match (said, there) {
        (Some((entry, lists)), None) if !lists.is_empty() => Some(format!(
            "the ledger's own lists (`{}`, log entry {}) are not beside it in {}: reading and linking go on without them",
            names(&lists),
            entry.seq,
            folder.display()
        )),
        (Some((entry, _)), Some((_, sha256)))
            if entry.payload["words"]["manifest_sha256"] != sha256.as_str() =>
        {
            Some(format!(
                "the lists in {} are not those that log entry {} binds; `gainsay verify` says which",
                folder.display(),
                entry.seq
            ))
        }
        (None, Some((manifest, _))) if !manifest.lists.is_empty() => Some(format!(
            "the lists in {} are not bound by the ledger's log; add them again so that it tells of them",
            folder.display()
        )),
        _ => None,
    })
}

/// What is not as the log says of the lists: missing, changed, or told of nowhere. Reads every byte of them.
///
/// # Errors
/// When the ledger cannot be read.
pub fn faults(path: &Path) -> Result<Vec<Fault>, Error> {
    change::end(path)?;
    let folder = folder_of(path);
    let ledger = keys::read(path)?;
    let mut faults = Vec::new();
    let mut fault = |row: &str, what: String, since: Option<u64>| {
        faults.push(Fault { table: "words".into(), row: Some(row.to_owned()), what, since, covered: None });
    };
    let said = said(&ledger)?;
    let since = said.as_ref().map(|(entry, _)| entry.seq);
    let lists = said.map(|(_, lists)| lists).unwrap_or_default();
    for list in &lists {
        let text = |key: &str| list[key].as_str().unwrap_or_default();
        let file = folder.join(Path::new(text("file")).file_name().unwrap_or_default());
        match hash_of(&file) {
            Ok((hash, _)) if hash == text("sha256") => {}
            Ok(_) => fault(text("name"), format!("{} was changed", file.display()), since),
            Err(_) => fault(text("name"), format!("{} is missing", file.display()), since),
        }
    }
    match Manifest::of(&folder) {
        Ok(Some((manifest, _))) => {
            for list in &manifest.lists {
                let own = |other: &&Value| {
                    other["name"] == list.name.as_str() && other["sha256"] == list.sha256.as_str()
                };
                if lists.iter().find(own).is_none() {
                    fault(&list.name, "is a list that the log does not tell of".into(), since);
                }
            }
            for list in &lists {
                let name = list["name"].as_str().unwrap_or_default();
                if !manifest.lists.iter().any(|own| own.name == name) {
                    fault(name, "is not in the folder's manifest".into(), since);
                }
            }
        }
        Ok(None) => {}
        Err(error) => fault(super::folder::MANIFEST, error.to_string(), since),
    }
    Ok(faults)
}

/// What the log says was done when all reports were read with the words there are.
pub(super) const READ_AGAIN: &str = "read again";

/// The entry by which the words changed last, where reports were not read again since.
pub(super) fn changed(ledger: &Ledger) -> Result<Option<u64>, Error> {
    let entry = ledger.words_entry()?;
    Ok(entry.filter(|entry| entry.payload["words"]["did"] != READ_AGAIN).map(|entry| entry.seq))
}

/// How many reports were last read before the words changed.
///
/// # Errors
/// When the ledger cannot be read.
pub fn older(path: &Path) -> Result<usize, Error> {
    let ledger = keys::read(path)?;
    match changed(&ledger)? {
        Some(entry) => Ok(ledger.read_before(super::again::OURS, entry)?.len()),
        None => Ok(0),
    }
}
