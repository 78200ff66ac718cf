//! Removing reports: a source is in danger, and what it said must be found no more.
//!
//! What the ledger itself holds goes (`gainsay_ledger::Ledger::remove`), and so do the answers beside it. Of copies that
//! lie elsewhere nothing is known but what is told here; they are named, and left to whoever removes.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use gainsay_ledger::{ClaimFilter, Ledger, Removed};
use gainsay_model::Claim;
use gainsay_weigh::slug;

use crate::decide::{Decided, Decision, Proposals};
use crate::names::{Role, listed};
use crate::shelf::Shelf;
use crate::{Error, answers, clock, keys};

/// No file beside a ledger is looked through further than this, in bytes.
const MOST_BYTES: u64 = 256 << 20;

/// A title or address shorter than this is too common to be looked for.
const SHORTEST: usize = 12;

/// What was removed, and what is still to be done by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// What went.
    pub removed: Removed,
    /// Where it may still be found, a line each.
    pub left: Vec<String>,
}

/// Removes reports with all that tells of them, weighs the rest anew, and says where they may still be found.
///
/// # Errors
/// When no reason is given, there is no report of one of these ids, or the ledger cannot be written; nothing is removed
/// then. When the rest cannot be weighed; that may be done later.
pub fn remove(path: &Path, ids: &[String], why: &str, by: &str) -> Result<Done, Error> {
    if why.trim().is_empty() {
        return Err(Error::input("say why: it is what the log keeps of it".to_owned()));
    }
    let mut ledger = keys::write(path, by)?;
    let mut marks = Vec::new();
    for id in ids {
        let Some(stored) = ledger.report(id)? else {
            return Err(Error::input(format!("no report `{id}`; nothing was removed")));
        };
        let phrases = [stored.report.title, stored.report.url].into_iter().flatten();
        marks.extend(phrases.filter(|text| text.len() >= SHORTEST));
        marks.push(id.clone());
    }
    let own: Vec<&str> = ids.iter().map(String::as_str).collect();
    let named = named_by(&ledger, &own)?;
    let mut left = Vec::new();
    // Answers go first, lest they outlive what was removed where this is cut short; whoever asks next makes them again.
    let made = answers::path_of(path);
    if let Err(error) = fs::remove_file(&made)
        && error.kind() != std::io::ErrorKind::NotFound
    {
        left.push(format!(
            "{}: cannot be removed ({error}); it holds what was weighed before",
            made.display()
        ));
    }
    let removed = ledger.remove(by, clock::now()?, &own, &named, why)?;
    left.extend(removed.traces.iter().map(|traces| format!("{}: {traces}", path.display())));
    let same = removed.twins.iter().map(|id| format!("`{id}` has the same text and stays"));
    left.extend(same);
    left.extend(removed.near.iter().map(|id| format!("`{id}` is nearly the same text and stays")));
    left.extend(beside(path, &marks));
    left.extend(exports(path));
    if ledger.is_stale()? {
        let derived = Shelf::of(&ledger)?.derived();
        ledger.write_derived(&derived)?;
    }
    ledger.close()?;
    Ok(Done { removed, left })
}

/// Whom somebody decided on, no word list knows, and nobody names but these reports: their ids are made of their names.
fn named_by(ledger: &Ledger, reports: &[&str]) -> Result<Vec<String>, Error> {
    let decided = Decided::of(ledger)?;
    let proposed = Proposals::of(ledger, &decided)?;
    let decisions = decided.entries.iter().map(|entry| &entry.decision);
    let decisions = decisions.chain(proposed.all.iter().flat_map(|proposal| &proposal.decisions));
    let mut named: BTreeSet<&str> = decisions.flat_map(entities).collect();
    let words = crate::words::of(ledger.path())?;
    named.retain(|id| !Role::ALL.iter().any(|role| listed(id, *role, words)));
    if named.is_empty() {
        return Ok(Vec::new());
    }
    let (mut theirs, mut others) = (BTreeSet::new(), BTreeSet::new());
    for report in reports {
        for reading in ledger.readings_of(report)? {
            let claims = reading.lines.lines().filter_map(|line| serde_json::from_str::<Claim>(line).ok());
            claims.for_each(|claim| names_in(&claim, &mut theirs));
        }
    }
    for claim in ledger.claims(&ClaimFilter::default())? {
        if !reports.contains(&claim.document.as_str()) {
            names_in(&claim, &mut others);
        }
    }
    for row in ledger.report_rows()? {
        let said = if reports.contains(&row.id.as_str()) { &mut theirs } else { &mut others };
        said.extend(row.publisher.iter().map(|name| slug(name)));
        said.extend(row.head.iter().filter_map(|head| head.credited.as_deref()).map(slug));
    }
    let alone = |id: &&str| theirs.contains(*id) && !others.contains(*id);
    Ok(named.into_iter().filter(alone).map(str::to_owned).collect())
}

/// Whom or what a decision is on, but for claims and reports.
fn entities(decision: &Decision) -> Vec<&str> {
    match decision {
        Decision::Merge { a, b } | Decision::Split { a, b } => vec![a, b],
        Decision::Rate { source, .. } => vec![source],
        Decision::Link { id, .. } => vec![id],
        _ => Vec::new(),
    }
}

/// The ids that a claim's names come to.
fn names_in(claim: &Claim, ids: &mut BTreeSet<String>) {
    let fillers = [&claim.actor, &claim.target, &claim.place, &claim.source];
    for filler in fillers.into_iter().flatten() {
        ids.extend([slug(&filler.mention), slug(filler.name())]);
        ids.extend(filler.id().map(str::to_owned));
    }
}

/// Files beside the ledger that are copies of it, or in which an id, a title or an address still stands.
fn beside(ledger: &Path, marks: &[String]) -> Vec<String> {
    let folder = ledger.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = ledger.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.sort();
    let mut told = Vec::new();
    for file in files {
        let own = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some(ending) = own.strip_prefix(name.as_str()).filter(|ending| ending.starts_with('.')) else {
            continue;
        };
        let shown = file.display();
        if ending.starts_with(".schema-") {
            told.push(format!("{shown} is a copy of the ledger as it was; it holds what was removed"));
        } else if ending != ".keys" && names(&file, marks) {
            told.push(format!("{shown} still names what was removed"));
        }
    }
    told
}

fn names(file: &Path, marks: &[String]) -> bool {
    let fits = |meta: fs::Metadata| meta.is_file() && meta.len() <= MOST_BYTES;
    let Some(bytes) =
        fs::metadata(file).ok().filter(|meta| fits(meta.clone())).and_then(|_| fs::read(file).ok())
    else {
        return false;
    };
    let text = String::from_utf8_lossy(&bytes);
    marks.iter().any(|mark| text.contains(mark.as_str()))
}

/// What was taken out at the desk, as its audit tells.
fn exports(ledger: &Path) -> Option<String> {
    let mut audit = ledger.as_os_str().to_owned();
    audit.push(".audit");
    let text = fs::read_to_string(PathBuf::from(audit)).ok()?;
    let taken = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).ok()?;
        (line["what"] == "export").then(|| line["at"].as_str().unwrap_or_default().to_owned())
    };
    let days: Vec<String> = text.lines().filter_map(taken).collect();
    let last = days.iter().max()?.split('T').next().unwrap_or_default().to_owned();
    let times = match days.len() {
        1 => "once".to_owned(),
        n => format!("{n} times"),
    };
    Some(format!(
        "the desk's audit tells that something was taken out {times}, last on {last}: such copies may hold it"
    ))
}
