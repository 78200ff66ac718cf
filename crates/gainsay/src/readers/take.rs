//! Taking claims that were handed in into a ledger: batch by batch, each in one transaction.
//!
//! One version of one reader adds to what it read of a report before; another version replaces it, as gainsay's own newer
//! readings replace its older ones. What was handed in before changes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;

use gainsay_ledger::{ClaimFilter, Ledger, NewReading, reader_name};
use gainsay_lexicon::Words;
use gainsay_model::{Claim, Report, Warning};
use jiff::Timestamp;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::check::Held;
use super::files::claims_in;
use super::line::{Handed, short};
use super::reader;
use crate::Error;

/// So many claims are checked and written at a time.
const BATCH: usize = 2_000;

/// How many hexadecimal digits of its hash stand in a claim's id.
const DIGITS: usize = 10;

/// What became of claims that were handed in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Claims that are new in the ledger.
    pub claims: usize,
    /// Claims that were there already.
    pub unchanged: usize,
    /// Claims that were not taken, and why.
    pub refused: Vec<Warning>,
    /// What is worth knowing of those that were.
    pub notes: Vec<Warning>,
}

/// A claim on its way in, and the line it came from.
struct Incoming {
    line: usize,
    reader: String,
    handed: Handed,
}

/// Takes the claims of one file into a ledger under their readers' names; those that name none are by `default`. `alone`
/// says that the file holds nothing but claims. What was told of to `progress` is on the disk.
///
/// # Errors
/// When the ledger cannot be read or written; batches that were written before stay.
pub fn take(
    ledger: &mut Ledger,
    path: &Path,
    (default, alone): (Option<&str>, bool),
    (by, at): (&str, Timestamp),
    taken: &mut Taken,
    progress: &mut dyn FnMut(&Taken),
) -> Result<(), Error> {
    let subject = path.display().to_string();
    let mut batch: Vec<Incoming> = Vec::new();
    let mut failed: Option<Error> = None;
    let mut flush = |batch: &mut Vec<Incoming>, taken: &mut Taken| -> ControlFlow<()> {
        match write(ledger, std::mem::take(batch), &subject, (by, at), taken) {
            Ok(()) => {
                progress(taken);
                ControlFlow::Continue(())
            }
            Err(error) => {
                failed = Some(error);
                ControlFlow::Break(())
            }
        }
    };
    let read = claims_in(path, alone, &mut |(line, claim)| {
        let incoming = claim.and_then(|handed| {
            let written = handed.reader.as_deref().or(default);
            let written = written
                .ok_or("nobody is named who read it; add --reader NAME@VERSION, or a field \"reader\"")?;
            Ok(Incoming { line, reader: reader(written)?, handed })
        });
        match incoming {
            Ok(incoming) => batch.push(incoming),
            Err(message) => {
                taken.refused.push(Warning { subject: subject.clone(), line: Some(line), message })
            }
        }
        if batch.len() < BATCH { ControlFlow::Continue(()) } else { flush(&mut batch, taken) }
    });
    if let Err(warning) = read {
        taken.refused.push(warning);
    }
    if !batch.is_empty() {
        let _ = flush(&mut batch, taken);
    }
    failed.map_or(Ok(()), Err)
}

/// Checks one batch on all cores, and writes it in one transaction.
fn write(
    ledger: &mut Ledger,
    batch: Vec<Incoming>,
    subject: &str,
    (by, at): (&str, Timestamp),
    taken: &mut Taken,
) -> Result<(), Error> {
    let warning =
        |line: usize, message: String| Warning { subject: subject.to_owned(), line: Some(line), message };
    let mut by_report: BTreeMap<String, Vec<Incoming>> = BTreeMap::new();
    for incoming in batch {
        by_report.entry(incoming.handed.document.clone()).or_default().push(incoming);
    }
    let mut work: Vec<(Report, Vec<Incoming>)> = Vec::with_capacity(by_report.len());
    let mut refused: Vec<Warning> = Vec::new();
    for (id, incoming) in by_report {
        match ledger.report(&id)? {
            Some(stored) => work.push((stored.report, incoming)),
            None => refused.extend(incoming.iter().map(|one| {
                warning(one.line, format!("no report `{}` is in the ledger; add it first", short(&id)))
            })),
        }
    }
    // What gainsay read there as it read it here is here already, inherited days and all.
    let mut own: BTreeMap<String, (String, BTreeSet<String>)> = BTreeMap::new();
    for (report, incoming) in &mut work {
        if incoming.iter().all(|one| one.handed.own.is_none()) {
            continue;
        }
        let known = standing(ledger, &report.id, "gainsay")?;
        let reader = known.first().map(|claim| claim.reader.clone()).unwrap_or_default();
        let (reader, says) =
            own.entry(report.id.clone()).or_insert_with(|| (reader, known.iter().map(says).collect()));
        incoming.retain(|one| {
            let same = one
                .handed
                .own
                .as_ref()
                .is_some_and(|claim| claim.reader == *reader && says.contains(&self::says(claim)));
            taken.unchanged += usize::from(same);
            !same
        });
    }
    let lists = crate::words::of(ledger.path())?;
    let checked: Vec<Checked> =
        work.into_par_iter().map(|(report, incoming)| check(&report, incoming, lists)).collect();
    let mut readings: Vec<NewReading> = Vec::new();
    for Checked { report, claims, failed, noted } in checked {
        refused.extend(failed.into_iter().map(|(line, message)| warning(line, message)));
        taken
            .notes
            .extend(noted.into_iter().map(|(line, note)| warning(line, format!("report {report}: {note}"))));
        for (reader, (lines, claims)) in claims {
            let before = standing(ledger, &report, &reader)?;
            match joined(before, claims, &reader) {
                Ok((claims, new)) => {
                    taken.unchanged += lines.len() - new;
                    taken.claims += new;
                    if new > 0 {
                        let (report, by) = (report.clone(), by.to_owned());
                        readings.push(NewReading { report, reader, claims, by, at });
                    }
                }
                Err(message) => refused.extend(lines.into_iter().map(|line| warning(line, message.clone()))),
            }
        }
    }
    refused.sort_by_key(|warning| warning.line);
    taken.refused.extend(refused);
    ledger.replace_claims(&readings)?;
    Ok(())
}

/// The claims of one report that follow from it, by reader, each reader with the lines they came from; and the others.
struct Checked {
    report: String,
    claims: BTreeMap<String, (Vec<usize>, Vec<Claim>)>,
    failed: Vec<(usize, String)>,
    noted: Vec<(usize, &'static str)>,
}

fn check(report: &Report, incoming: Vec<Incoming>, lists: &Words) -> Checked {
    let held = Held::of(report, lists);
    let mut checked =
        Checked { report: report.id.clone(), claims: BTreeMap::new(), failed: Vec::new(), noted: Vec::new() };
    // The ids they came with, so that a part finds its total.
    let mut known: BTreeMap<(String, String), String> = BTreeMap::new();
    let mut parts: Vec<(String, String, String)> = Vec::new();
    for Incoming { line, reader, handed } in incoming {
        match held.check(&handed, &reader) {
            Ok((claim, note)) => {
                checked.noted.extend(note.map(|note| (line, note)));
                let id = id(&claim);
                if let Some(own) = handed.id {
                    known.insert((reader.clone(), own), id.clone());
                }
                if let Some(total) = handed.part_of {
                    parts.push((reader.clone(), id.clone(), total));
                }
                let (lines, claims) = checked.claims.entry(reader).or_default();
                lines.push(line);
                claims.push(Claim { id, ..claim });
            }
            Err(why) => checked.failed.push((line, why)),
        }
    }
    for (reader, id, total) in parts {
        let total = known.get(&(reader.clone(), total)).filter(|total| **total != id);
        let claims = checked.claims.get_mut(&reader).map(|(_, claims)| claims);
        if let Some((total, claims)) = total.zip(claims) {
            claims
                .iter_mut()
                .filter(|claim| claim.id == id)
                .for_each(|claim| claim.part_of = Some(total.clone()));
        }
    }
    checked
}

/// What a reader of that name reads in a report, as the ledger has it.
fn standing(ledger: &Ledger, report: &str, reader: &str) -> Result<Vec<Claim>, Error> {
    let filter = ClaimFilter {
        report: Some(report.to_owned()),
        reader: Some(reader_name(reader).to_owned()),
        ..ClaimFilter::default()
    };
    Ok(ledger.claims(&filter)?)
}

/// The reading that is to stand, and how many of its claims are new.
fn joined(before: Vec<Claim>, claims: Vec<Claim>, reader: &str) -> Result<(Vec<Claim>, usize), String> {
    let ours = reader_name(reader) == "gainsay";
    if ours && !before.is_empty() {
        let same = |claim: &Claim| before.iter().any(|known| says(known) == says(claim));
        return match claims.iter().all(same) {
            true => Ok((before, 0)),
            false => {
                Err("gainsay has read this report itself; hand the claim in under another reader's name"
                    .into())
            }
        };
    }
    let mut kept: Vec<Claim> = before.into_iter().filter(|claim| claim.reader == reader).collect();
    let mut ids: BTreeSet<String> = kept.iter().map(|claim| claim.id.clone()).collect();
    let had = kept.len();
    kept.extend(claims.into_iter().filter(|claim| ids.insert(claim.id.clone())));
    let new = kept.len() - had;
    kept.sort_by(|a, b| (&a.evidence, &a.id).cmp(&(&b.evidence, &b.id)));
    Ok((kept, new))
}

/// What a claim says, without who read it and from which words each value comes.
fn says(claim: &Claim) -> String {
    let bare = Claim {
        id: String::new(),
        reader: String::new(),
        grounds: Vec::new(),
        part_of: None,
        ..claim.clone()
    };
    serde_json::to_string(&bare).expect("a claim has only string keys")
}

/// The id of a claim that was handed in: its report's, and a hash of who read what.
fn id(claim: &Claim) -> String {
    let mut hash = Sha256::new();
    hash.update(reader_name(&claim.reader).as_bytes());
    hash.update([0]);
    hash.update(says(claim).as_bytes());
    let mut digits: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    digits.truncate(DIGITS);
    format!("{}-{digits}", claim.document)
}
