//! What a ledger holds, in a few figures.

use gainsay_model::Date;
use gainsay_weigh::Weighed;
use serde::{Deserialize, Serialize};

use crate::shelf::Shelf;

/// Of so many events one may be told of days long before the others without being the first.
const STRAY: usize = 200;

/// How much a ledger holds, and of which days.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Reports.
    pub reports: usize,
    /// Claims that are weighed.
    pub claims: usize,
    /// The day from which on events are told of; a few that lie before most others are not looked at.
    pub first: Option<Date>,
    /// The last day on which an event is said to have been, not after the last report.
    pub last: Option<Date>,
    /// First day on which something was said.
    pub said_first: Option<Date>,
    /// Last day on which something was said.
    pub said_last: Option<Date>,
    /// The log entry that the answers are made up to.
    pub entry: u64,
}

impl Summary {
    /// What a ledger holds at an entry of its log.
    pub(super) fn of(shelf: &Shelf, weighed: &Weighed, entry: u64) -> Summary {
        let said = || shelf.heads.iter().filter_map(|head| head.published);
        let said_last = said().max();
        let mut starts: Vec<Date> = weighed.events.iter().filter_map(|event| event.time.start).collect();
        starts.sort_unstable();
        let ends = weighed.events.iter().filter_map(|event| event.time.end);
        Summary {
            reports: shelf.heads.len(),
            claims: shelf.claims.len(),
            first: starts.get(starts.len() / STRAY).copied(),
            last: ends.filter(|end| said_last.is_none_or(|said| *end <= said)).max(),
            said_first: said().min(),
            said_last,
            entry,
        }
    }
}
