//! What of an `add`'s inputs was read elsewhere, and taking it in after the reports.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use gainsay_intake::{A_CLAIM, Input};
use gainsay_ledger::Ledger;
use gainsay_model::Warning;

use super::events::{self, Table};
use super::{Taken, take};
use crate::keep::Summary;
use crate::{Error, clock};

/// What is said of inputs that were read elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Elsewhere {
    /// Who read claims that name no reader: NAME@VERSION.
    pub reader: Option<String>,
    /// The inputs hold claims and nothing else.
    pub claims: bool,
    /// The inputs are tables of events: `ged`, `acled`, or the file of a map of their columns.
    pub events: Option<String>,
    /// What was removed from the ledger is taken in again.
    pub again: bool,
}

/// Inputs by what they hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parted {
    /// Reports, and maybe claims among them.
    pub reports: Vec<Input>,
    /// Claims and nothing else.
    pub claims: Vec<PathBuf>,
    /// Tables of events.
    pub events: Vec<(PathBuf, Table)>,
}

impl Elsewhere {
    /// Parts the inputs.
    ///
    /// # Errors
    /// When the reader that was named is none, or what can only be read twice is a pipe.
    pub fn part(&self, inputs: &[Input]) -> Result<Parted, Error> {
        if let Some(reader) = &self.reader {
            super::reader(reader).map_err(Error::input)?;
        }
        let events = self.events.as_deref().map(Table::named).transpose()?;
        let mut parted = Parted::default();
        for input in inputs {
            match input {
                Input::Path(path) if self.claims && path.is_dir() => {
                    let what = format!(
                        "{}: a folder, where a file of claims is wanted; give its files",
                        path.display()
                    );
                    return Err(Error::input(what));
                }
                Input::Path(path) if self.events.is_some() && !path.is_file() => {
                    return Err(Error::input(format!(
                        "{}: no file; give the files of the tables",
                        path.display()
                    )));
                }
                Input::Stdin if self.events.is_some() => {
                    return Err(Error::input(
                        "standard input: tables of events are read from files; write it to one",
                    ));
                }
                Input::Path(path) if self.claims => parted.claims.push(path.clone()),
                Input::Stdin if self.claims => {
                    return Err(Error::input(
                        "standard input: claims are read from files; write them to one",
                    ));
                }
                Input::Path(path) if let Some(table) = events.clone().or_else(|| Table::of(path)) => {
                    parted.events.push((path.clone(), table));
                }
                Input::Path(path) if super::files::holds_claims(path) => parted.claims.push(path.clone()),
                input => parted.reports.push(input.clone()),
            }
        }
        Ok(parted)
    }

    /// Takes in what was read elsewhere. The reports are in the ledger already; files in which intake met claims are gone
    /// through again for these.
    ///
    /// # Errors
    /// When the ledger cannot be read or written; what was written before stays.
    pub fn take(
        &self,
        ledger: &mut Ledger,
        parted: &Parted,
        by: &str,
        summary: &mut Summary,
        progress: &mut dyn FnMut(&Summary),
    ) -> Result<(), Error> {
        let met: BTreeSet<PathBuf> = summary
            .refused
            .iter()
            .filter(|warning| warning.message == A_CLAIM && is_file(warning))
            .map(|warning| PathBuf::from(&warning.subject))
            .collect();
        summary.refused.retain(|warning| warning.message != A_CLAIM || !is_file(warning));
        let files = parted
            .claims
            .iter()
            .map(|path| (path.clone(), true))
            .chain(met.into_iter().map(|path| (path, false)));
        let at = clock::now()?;
        for (path, table) in &parted.events {
            events::take(ledger, (path, table), (by, at), summary, progress)?;
        }
        for (path, alone) in files {
            let mut taken = Taken::default();
            let before = summary.clone();
            let done =
                take(ledger, &path, (self.reader.as_deref(), alone), (by, at), &mut taken, &mut |taken| {
                    progress(&Summary { claims: before.claims + taken.claims, ..before.clone() });
                });
            summary.claims += taken.claims;
            summary.claims_unchanged += taken.unchanged;
            taken.refused.sort_by_key(|warning| warning.line);
            summary.refused.extend(taken.refused);
            summary.notes.extend(taken.notes);
            done?;
        }
        Ok(())
    }
}

/// Whether a warning is about a file that can be gone through again.
fn is_file(warning: &Warning) -> bool {
    Path::new(&warning.subject).is_file()
}
