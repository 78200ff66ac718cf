//! What was known of each event from day to day.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{Date, EntityId, Event, Measure, Status, Toll};
use rayon::prelude::*;

use super::toll;
use crate::roots::Camps;
use crate::{Ask, Weighed};

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

    /// What those whom an ask lets through say of the dead of each event: least, most and greatest credible; of events of
    /// which they say nothing there is none.
    pub fn tolls(&self, ask: &Ask) -> BTreeMap<String, [Option<u64>; 3]> {
        let camps = Camps::new(self.corpus.names);
        let of = |(event, members): (&Event, &Vec<usize>)| {
            let told: Vec<usize> = members
                .iter()
                .copied()
                .filter(|&at| self.said[at].link.claim.status == Status::Asserted && ask.lets(self, at))
                .collect();
            let Toll { low, best, high, .. } = toll(&camps, &self.said, &self.by_id, &told, Measure::Killed);
            low.or(best).or(high).map(|_| (event.id.clone(), [low, best, high]))
        };
        self.events.iter().zip(&self.members).filter_map(of).collect()
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
