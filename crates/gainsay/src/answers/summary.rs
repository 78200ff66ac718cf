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
    /// What they are made of.
    pub fn summary(&self) -> Summary {
        let shelf = &self.shelf;
        let said = || shelf.heads.iter().filter_map(|head| head.published);
        let times = || shelf.claims.iter().filter_map(|claim| claim.time.as_ref());
        Summary {
            reports: shelf.heads.len(),
            claims: shelf.claims.len(),
            first: times().filter_map(|time| time.start).min(),
            last: times().filter_map(|time| time.end.or(time.start)).max(),
            said_first: said().min(),
            said_last: said().max(),
            entry: self.entry,
        }
    }
}
