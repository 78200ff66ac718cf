//! Answers made beforehand, for a desk that must answer at once.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use gainsay_weigh::{Ask, Weighed};

use crate::Error;
use crate::shelf::Shelf;
use crate::veil::PrivateNames;

/// The answers over one ledger as it stood at one entry of its log.
pub struct Answers {
    ledger: PathBuf,
    shelf: Arc<Shelf>,
}

/// The part of a ledger that an ask is about: claims, heads, and what weighing found of them.
pub struct Part {
    shelf: Arc<Shelf>,
}

impl Answers {
    /// Opens the answers over a ledger; makes them where there are none.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn open(ledger: &Path) -> Result<Answers, Error> {
        Ok(Answers { ledger: ledger.to_owned(), shelf: Arc::new(Shelf::open(ledger)?) })
    }

    /// The private persons that the ledger names.
    ///
    /// # Errors
    /// When the answers cannot be read.
    pub fn private_names(&self) -> Result<PrivateNames, Error> {
        PrivateNames::gather(&self.ledger, &self.shelf, None)
    }

    /// What an ask is about, with the events of its claims whole.
    ///
    /// # Errors
    /// When the answers cannot be read.
    pub fn part(&self, _ask: &Ask) -> Result<Part, Error> {
        Ok(Part { shelf: self.shelf.clone() })
    }
}

impl Part {
    /// The claims and heads of the part.
    pub fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// The part as it was weighed.
    pub fn weighed(&self) -> Weighed<'_> {
        self.shelf.weigh(None)
    }
}
