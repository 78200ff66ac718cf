//! What a count would be if other claims stood behind it: events joined, parted, or without one of their claims.
//!
//! **Takes** a weighed corpus and a choice of its claims.
//! **Gives** the figures of these claims as if they alone told of one event.
//! **Never** weighs anything anew: who stands behind each claim stays as it is.

use std::collections::BTreeMap;

use gainsay_model::{Measure, Policy, Status, Toll};

use crate::Weighed;
use crate::events;
use crate::roots::Camps;
use crate::tally::{by_count, figures, ucdp};

/// What is counted, and of whom.
pub type Counted = (Measure, String);

/// Counts over any choice of claims.
pub struct WhatIf<'w, 'a> {
    weighed: &'w Weighed<'a>,
    camps: Camps<'a>,
}

impl<'a> Weighed<'a> {
    /// To ask what counts would be under other claims.
    pub fn what_if(&self) -> WhatIf<'_, 'a> {
        WhatIf { weighed: self, camps: Camps::new(self.corpus.names) }
    }
}

impl WhatIf<'_, '_> {
    /// Low, best and high (UCDP) by what is counted, were these the claims of one event. Ids of no claim count nothing.
    pub fn counts<'c>(&self, claims: impl IntoIterator<Item = &'c str>) -> BTreeMap<Counted, Toll> {
        let weighed = self.weighed;
        let claims = self.asserted(claims);
        let counts = by_count(&weighed.said, &weighed.by_id, claims.iter().copied());
        let toll = |claims: &[usize]| {
            let made = ucdp(&self.camps, &figures(&self.camps, &weighed.said, claims));
            Toll { low: made.low, best: made.best, high: made.high, policy: Policy::Ucdp.as_str().into() }
        };
        counts
            .into_iter()
            .map(|((measure, group), claims)| ((measure, group.to_owned()), toll(&claims)))
            .collect()
    }

    /// The dead, were these the claims of one event: as an event's own toll is made.
    pub fn killed<'c>(&self, claims: impl IntoIterator<Item = &'c str>) -> Toll {
        let weighed = self.weighed;
        events::toll(&self.camps, &weighed.said, &weighed.by_id, &self.asserted(claims), Measure::Killed)
    }

    fn asserted<'c>(&self, claims: impl IntoIterator<Item = &'c str>) -> Vec<usize> {
        let weighed = self.weighed;
        let known = claims.into_iter().filter_map(|id| weighed.by_id.get(id).copied());
        let mut asserted: Vec<usize> =
            known.filter(|&at| weighed.said[at].link.claim.status == Status::Asserted).collect();
        asserted.sort_unstable();
        asserted.dedup();
        asserted
    }
}
