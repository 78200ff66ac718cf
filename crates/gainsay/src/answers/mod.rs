//! Answers made beforehand, for a desk that must answer at once, in little memory, over any number of claims.
//!
//! **Takes** a ledger. [`make`] weighs all of it and writes what it will be asked for into a file beside it.
//! **Gives** lists and pages from that file, and a [`Part`] of the ledger for everything else that `gainsay::ask` answers.
//! **Never** weighs in a request. What was decided or added since is in the answers once they are made again.
//!
//! As known on an earlier day, a part holds what had been said by then, named and joined as all claims are today; the
//! command line weighs what was known then anew. A test holds the two against each other on the example reports.

mod ask;
mod lines;
mod lists;
mod make;
mod months;
mod pages;
mod part;
mod standing;
mod summary;
mod ways;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use gainsay_ledger::Ledger;
use gainsay_ledger::answers::AnswersFile;
use gainsay_lexicon::Words;
use gainsay_weigh::grade::Letters;

use crate::decide::Decided;
use crate::named::Name;
use crate::veil::PrivateNames;
use crate::{Error, keys};

pub use gainsay_ledger::answers::Order;
pub use lists::{Chain, EventDot, EventLine, ShortStand, StepLine};
pub use make::make;
pub use months::MonthLine;
pub use pages::ReportLine;
pub use part::Part;
pub use standing::{FigureLine, Own, StandLine};
pub use summary::Summary;
pub use ways::WayLine;

/// Under which name the private persons are kept.
const PRIVATE: &str = "private";
/// By which rules they were found.
const RULES: &str = "private by";

/// So many connections wait to be used again.
const IDLE: usize = 8;

/// The answers over one ledger as it stood at one entry of its log.
pub struct Answers {
    ledger: PathBuf,
    entry: u64,
    summary: Summary,
    files: Mutex<Vec<AnswersFile>>,
    ledgers: Mutex<Vec<Ledger>>,
    /// Places and actors of the word lists that claims name: those that a wider place or a whole can stand for.
    places: Vec<String>,
    parties: Vec<String>,
    /// Names that were asked for.
    names: Mutex<HashMap<String, Name>>,
    decided: Arc<Decided>,
    letters: Letters,
    words: &'static Words,
}

/// Where the answers over a ledger are kept: beside it.
pub fn path_of(ledger: &Path) -> PathBuf {
    let mut name = ledger.file_name().unwrap_or_default().to_owned();
    name.push(".answers");
    ledger.with_file_name(name)
}

impl Answers {
    /// Opens the answers over a ledger; makes them where there are none, or where they are another ledger's. They may be
    /// older than the ledger: see [`Answers::is_fresh`].
    ///
    /// # Errors
    /// When the ledger cannot be read, or answers cannot be written.
    pub fn open(ledger: &Path) -> Result<Answers, Error> {
        if let Some(answers) = Answers::open_made(ledger)? {
            return Ok(answers);
        }
        make(ledger, false, &mut |_| {})?;
        Answers::open_made(ledger)?.ok_or_else(|| {
            let path = path_of(ledger);
            Error::wrong(format!("{}: the answers that were just made cannot be read", path.display()))
        })
    }

    /// Opens the answers over a ledger; `None` where there are none of this ledger.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn open_made(path: &Path) -> Result<Option<Answers>, Error> {
        let ledger = keys::read(path)?;
        let Some(file) = AnswersFile::open(&path_of(path))? else { return Ok(None) };
        let of = file.meta("ledger")?;
        // Private persons whom this version finds may be shown in answers that another made.
        let rules = file.made(RULES)?.and_then(|rules| serde_json::from_str::<String>(&rules).ok());
        if rules.is_none_or(|rules| rules != crate::veil::rules()) {
            return Ok(None);
        }
        let entry = file.meta("entry")?.and_then(|entry| entry.parse().ok());
        let (Some(entry), true) = (entry, of == Some(make::first_hash(&ledger)?)) else { return Ok(None) };
        // Answers over a log that went further than this one's are of a ledger that was put back.
        if entry > ledger.head()?.seq {
            return Ok(None);
        }
        let list = |name: &str| -> Result<Vec<String>, Error> {
            let json = file.made(name)?.unwrap_or_default();
            Ok(serde_json::from_str(&json).unwrap_or_default())
        };
        let decided = Decided::of(&ledger)?;
        Ok(Some(Answers {
            ledger: path.to_owned(),
            entry,
            summary: serde_json::from_str(&file.made("summary")?.unwrap_or_default()).unwrap_or_default(),
            places: list("places")?,
            parties: list("parties")?,
            names: Mutex::default(),
            letters: decided.letters(),
            decided: Arc::new(decided),
            files: Mutex::new(vec![file]),
            ledgers: Mutex::new(vec![ledger]),
            words: crate::words::of(path)?,
        }))
    }

    /// The ledger that they are over.
    pub fn ledger(&self) -> &Path {
        &self.ledger
    }

    /// The log entry that they are made up to.
    pub fn entry(&self) -> u64 {
        self.entry
    }

    /// Whether the log has not grown since they were made.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn is_fresh(&self) -> Result<bool, Error> {
        Ok(self.with_ledger(|ledger| Ok(ledger.head()?.seq))? == self.entry)
    }

    /// What they are made of.
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    /// The private persons that the ledger names.
    ///
    /// # Errors
    /// When the answers cannot be read.
    pub fn private_names(&self) -> Result<PrivateNames, Error> {
        let line = self.with_file(|file| Ok(file.made(PRIVATE)?))?;
        line.map_or_else(|| Err(self.unreadable()), |line| self.parse(&line))
    }

    /// The word lists that names are looked up in.
    pub fn words(&self) -> &'static Words {
        self.words
    }

    /// Gives up connections that wait to be used again.
    pub fn close(&self) {
        while take(&self.ledgers).is_some() {}
        while take(&self.files).is_some() {}
    }

    /// Uses one of the connections to the ledger, for reading.
    ///
    /// # Errors
    /// Those of the work, and when the ledger cannot be opened.
    pub fn with_ledger<T>(&self, work: impl FnOnce(&Ledger) -> Result<T, Error>) -> Result<T, Error> {
        let idle = take(&self.ledgers);
        let ledger = match idle {
            Some(ledger) => ledger,
            None => Ledger::open_read_only(&self.ledger)?,
        };
        let done = work(&ledger);
        put(&self.ledgers, ledger);
        done
    }

    /// Uses one of the connections to the answers.
    fn with_file<T>(&self, work: impl FnOnce(&AnswersFile) -> Result<T, Error>) -> Result<T, Error> {
        let file = match take(&self.files) {
            Some(file) => file,
            None => AnswersFile::open(&path_of(&self.ledger))?.ok_or_else(|| {
                Error::wrong(format!(
                    "{}: the answers are gone; they are made anew",
                    path_of(&self.ledger).display()
                ))
            })?,
        };
        let done = work(&file);
        put(&self.files, file);
        done
    }
}

fn take<T>(idle: &Mutex<Vec<T>>) -> Option<T> {
    idle.lock().unwrap_or_else(std::sync::PoisonError::into_inner).pop()
}

fn put<T>(idle: &Mutex<Vec<T>>, one: T) {
    let mut idle = idle.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if idle.len() < IDLE {
        idle.push(one);
    }
}
