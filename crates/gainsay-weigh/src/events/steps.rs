//! What was known of each event from day to day.

use std::collections::BTreeSet;

use gainsay_model::{Date, EntityId, Measure, Status, Toll};
use rayon::prelude::*;

use super::toll;
use crate::Weighed;
use crate::roots::Camps;

/// The dead of an event as they were known from one day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// From which day on; the last of the calendar for what was said on no known day.
    pub day: Date,
    /// Least credible, most credible and greatest credible under `ucdp/1`.
    pub killed: [Option<u64>; 3],
    /// Independent voices that had told of the event.
    pub roots: usize,
}

impl Weighed<'_> {
    /// What was known of each event, in their order, from day to day: a step whenever its dead or its voices change.
    pub fn steps(&self) -> Vec<Vec<Step>> {
        let camps = Camps::new(self.corpus.names);
        self.members.par_iter().map(|members| self.steps_of(&camps, members)).collect()
    }

    fn steps_of(&self, camps: &Camps, members: &[usize]) -> Vec<Step> {
        let said = |at: usize| self.said[at].link.said.unwrap_or(Date::MAX);
        let asserted =
            || members.iter().copied().filter(|&at| self.said[at].link.claim.status == Status::Asserted);
        let days: BTreeSet<Date> = asserted().map(said).collect();
        let mut steps: Vec<Step> = Vec::new();
        for day in days {
            let known: Vec<usize> = asserted().filter(|&at| said(at) <= day).collect();
            let Toll { low, best, high, .. } = toll(camps, &self.said, &self.by_id, &known, Measure::Killed);
            let roots: BTreeSet<&EntityId> =
                known.iter().flat_map(|&at| &self.said[at].voice.roots).collect();
            let step = Step { day, killed: [low, best, high], roots: roots.len() };
            if steps.last().is_none_or(|last| (last.killed, last.roots) != (step.killed, step.roots)) {
                steps.push(step);
            }
        }
        steps
    }
}
