//! A made-up ledger as a file, for the desk to be measured on: `bench desk-ledger SIZE FILE`.
//!
//! Reports have their texts, claims stand in readings, and what is derived of texts (rows of claims, words, heads) is
//! there. Events and disputes are not: the ledger says so itself, as one does that was added to and not weighed yet.

use std::path::Path;

use anyhow::{Context, bail};
use gainsay_ledger::{Derived, Ledger, NewReport, TextHead};
use gainsay_lexicon::Words;
use gainsay_model::{Claim, Report};
use jiff::Timestamp;

use crate::made::{Made, World};
use crate::weigh::{SEED, SIZES};

/// Who is said to have read the reports.
const READER: &str = "made 1";
/// Who is said to have added them.
const BY: &str = "bench";
/// When they are said to have been added: 2020-01-01, in seconds since 1970.
const AT: i64 = 1_577_836_800;
/// Reports in a transaction.
const BATCH: usize = 4_000;
/// Words of a report's first sentence that are its title.
const TITLE_WORDS: usize = 10;

/// Makes a ledger of a size ("10k", "100k", "1m" claims) at a path.
///
/// # Errors
/// When the size is not known, or the file is there already or cannot be written.
pub fn make(size: &str, path: &Path) -> anyhow::Result<()> {
    let Some(&(_, wanted)) = SIZES.iter().find(|(name, _)| *name == size) else {
        bail!("unknown size: {size}; see bench/README.md");
    };
    let at = Timestamp::from_second(AT)?;
    let mut world = World::new(Words::builtin(), SEED);
    let mut ledger = Ledger::create(path, BY, at)?;
    let (mut batch, mut heads) = (Vec::with_capacity(BATCH), Vec::new());
    let (mut reports, mut claims) = (0, 0);
    while claims < wanted {
        if batch.len() == BATCH {
            ledger.add(&std::mem::take(&mut batch))?;
            eprintln!("{reports} reports, {claims} claims");
        }
        let made = world.report();
        (reports, claims) = (reports + 1, claims + made.claims.len());
        heads.push(TextHead {
            report: made.head.id.clone(),
            credited: made.head.credited.clone(),
            dated: made.head.dated,
            fingerprint: made.head.fingerprint.clone(),
        });
        batch.push(new_report(made, at));
    }
    // Heads first: what the ledger is weighed from then ends before the last reports, and it says that it is stale.
    ledger.write_derived(&Derived { heads, ..Derived::default() })?;
    ledger.add(&batch)?;
    ledger.close().with_context(|| path.display().to_string())?;
    println!("{reports} reports, {claims} claims: {}", path.display());
    Ok(())
}

/// The report as intake and reading would hand it to the ledger.
fn new_report(made: Made, at: Timestamp) -> NewReport {
    let Made { head, text, claims, .. } = made;
    let title: Vec<&str> = text.split_whitespace().take(TITLE_WORDS).collect();
    let claims = claims.into_iter().map(|claim| Claim { reader: READER.to_owned(), ..claim }).collect();
    NewReport {
        raw: text.clone().into_bytes(),
        raw_name: format!("{}.txt", head.id),
        beside: Vec::new(),
        report: Report {
            id: head.id,
            title: Some(title.join(" ")),
            text,
            published: head.published,
            publisher: head.publisher,
            author: None,
            url: None,
            language: Some("en".to_owned()),
            guessed: Vec::new(),
        },
        tool: READER.to_owned(),
        reader: READER.to_owned(),
        claims,
        by: BY.to_owned(),
        at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_made_ledger_is_sound_and_says_that_it_was_not_weighed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("made.gpkg");
        make("10k", &path).unwrap();
        let ledger = Ledger::open_read_only(&path).unwrap();
        assert_eq!(ledger.verify().unwrap(), []);
        assert!(ledger.is_stale().unwrap());
        assert!(ledger.counts().unwrap().1 >= 10_000);
        assert!(ledger.report_rows().unwrap().iter().all(|row| row.head.is_some()));
        assert!(make("11k", &path).is_err());
        assert!(make("10k", &path).is_err());
    }
}
