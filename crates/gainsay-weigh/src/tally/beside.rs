//! What each voice says of an event's dead and wounded, beside what all of them come to.

use gainsay_model::{ClaimId, EntityId, Measure};
use rayon::prelude::*;

use super::{by_count, figures, ucdp};
use crate::Weighed;
use crate::roots::Camps;

/// One count of one event, of which at least two voices give a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct EventFigure {
    /// The event.
    pub event: String,
    /// Killed or injured.
    pub measure: Measure,
    /// Of whom.
    pub group: String,
    /// Least credible under `ucdp/1`.
    pub low: Option<u64>,
    /// Most credible.
    pub best: Option<u64>,
    /// Greatest credible.
    pub high: Option<u64>,
    /// Each voice's figure.
    pub voices: Vec<VoiceFigure>,
}

/// Who, at least, at most, and in which claims.
pub type VoiceFigure = (EntityId, Option<u64>, Option<u64>, Vec<ClaimId>);

/// All of them, by event, measure and group.
pub fn event_figures(weighed: &Weighed) -> Vec<EventFigure> {
    let camps = Camps::new(weighed.corpus.names);
    let of = |(event, members): (&gainsay_model::Event, &Vec<usize>)| {
        let counts = by_count(&weighed.said, &weighed.by_id, members.iter().copied());
        let harmed = counts
            .into_iter()
            .filter(|((measure, _), _)| matches!(measure, Measure::Killed | Measure::Injured));
        let figure = |((measure, group), claims): ((Measure, &str), Vec<usize>)| {
            let figures = figures(&camps, &weighed.said, &claims);
            if figures.len() < 2 {
                return None;
            }
            let all = ucdp(&camps, &figures);
            let ids =
                |claims: Vec<usize>| claims.iter().map(|&at| weighed.said[at].id().to_owned()).collect();
            let voices = figures
                .into_iter()
                .map(|figure| (figure.root, figure.range.low, figure.range.high, ids(figure.claims)))
                .collect();
            Some(EventFigure {
                event: event.id.clone(),
                measure,
                group: group.to_owned(),
                low: all.low,
                best: all.best,
                high: all.high,
                voices,
            })
        };
        harmed.filter_map(figure).collect::<Vec<EventFigure>>()
    };
    weighed.events.par_iter().zip(&weighed.members).flat_map_iter(of).collect()
}
