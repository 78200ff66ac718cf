//! Answers made beforehand, for a desk that must answer at once.

mod summary;

use std::path::Path;
use std::sync::Arc;

use gainsay_weigh::{Ask, Weighed};

use crate::Error;
use crate::shelf::Shelf;

pub use summary::Summary;

/// The answers over one ledger as it stood at one entry of its log.
pub struct Answers {
    shelf: Arc<Shelf>,
    entry: u64,
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
        let ledger = gainsay_ledger::Ledger::open_read_only(ledger)?;
        let entry = ledger.head()?.seq;
        Ok(Answers { shelf: Arc::new(Shelf::of(&ledger)?), entry })
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
