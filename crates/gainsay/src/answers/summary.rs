//! What a ledger holds, in a few figures.

use gainsay_model::Date;

use super::Answers;

/// How much a ledger holds, and of which days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Reports.
    pub reports: usize,
    /// Claims that are weighed.
    pub claims: usize,
    /// First day that claims tell of.
    pub first: Option<Date>,
    /// Last day that claims tell of.
    pub last: Option<Date>,
    /// First day on which something was said.
    pub said_first: Option<Date>,
    /// Last day on which something was said.
    pub said_last: Option<Date>,
    /// The log entry that the answers are made up to.
    pub entry: u64,
}

impl Answers {
    /// What they are made of; nothing of a ledger that cannot be read now.
    pub fn summary(&self) -> Summary {
        let (reports, claims) = self.with_ledger(|ledger| Ok(ledger.counts()?)).unwrap_or_default();
        Summary {
            reports: reports as usize,
            claims: claims as usize,
            entry: self.entry,
            ..Summary::default()
        }
    }
}
