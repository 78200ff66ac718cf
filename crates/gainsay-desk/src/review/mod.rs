//! People at work on the ledger together: what they decided, and who looks at what.
//!
//! **Takes** decisions from handlers, and signs of life from pages.
//! **Gives** the decisions in force, what lies over older answers, and the queue without what is settled.
//! **Never** lets two write at once.

mod index;
mod watching;

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use gainsay::answers::Answers;
use gainsay::decide::Register;

pub use index::{Rows, Wanted};
pub use watching::Watching;

/// What a desk keeps for those who decide.
pub struct Review {
    /// Decisions and proposals.
    pub register: Register,
    /// Who looks at which item.
    pub watching: Watching,
    rows: Mutex<Option<Arc<Rows>>>,
}

impl Review {
    /// That of a ledger.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn of(ledger: &Path) -> Result<Review, gainsay::Error> {
        let register = Register::open(ledger)?;
        Ok(Review { register, watching: Watching::default(), rows: Mutex::new(None) })
    }

    /// Reads the queue of answers that are about to be taken up, so that nobody waits for it later.
    ///
    /// # Errors
    /// When the answers cannot be read.
    pub fn read(answers: &Answers) -> Result<Rows, gainsay::Error> {
        Rows::of(answers)
    }

    /// Keeps what was read of answers that were taken up.
    pub fn keep(&self, rows: Rows) {
        *self.rows.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(rows));
    }

    /// The items of the queue in short; made once for each making of the answers.
    ///
    /// # Errors
    /// When the answers cannot be read.
    pub fn rows(&self, answers: &Answers) -> Result<Arc<Rows>, gainsay::Error> {
        // Whoever comes second waits for the first instead of doing it again.
        let mut held = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(rows) = held.as_ref().filter(|rows| rows.entry == answers.entry()) {
            return Ok(rows.clone());
        }
        let rows = Arc::new(Rows::of(answers)?);
        *held = Some(rows.clone());
        Ok(rows)
    }
}
