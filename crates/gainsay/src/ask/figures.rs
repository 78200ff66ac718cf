//! `events`, `disputes`, `tally`, `control`, `access`, `sieges`, `ties`, `displacement`, `needs`: what weighing makes of claims.
//!
//! Where a name fits several entities all are answered, told apart by their ids.

use gainsay_model::{Control, Date, Dispute, EntityId, Event, Holding, Measure, Policy, Siege, Tally, Tie};
use gainsay_weigh::access::{Network, WayIn};
use gainsay_weigh::bias::Unbiased;
use gainsay_weigh::{Ask, HoldingPolicy, LeftOut, Point, Weighed};

/// Events of which the ask lets through a claim, by id.
pub fn events(weighed: &Weighed, ask: &Ask) -> Vec<Event> {
    weighed.events(ask).into_iter().cloned().collect()
}

/// Disputes of which the ask lets through a claim, by id.
pub fn disputes(weighed: &Weighed, ask: &Ask) -> Vec<Dispute> {
    weighed.disputes(ask).into_iter().cloned().collect()
}

/// Counts by source and under a policy: of one measure and group where these are given, for each place asked about.
pub fn tally(
    weighed: &Weighed,
    ask: &Ask,
    policy: Policy,
    measure: Option<Measure>,
    group: Option<&str>,
) -> Vec<Tally> {
    let of = |ask: &Ask| gainsay_weigh::tally(weighed, ask, policy);
    let tallies = each(&ask.place, |place| of(&Ask { place, ..ask.clone() }));
    let wanted = |tally: &Tally| {
        measure.is_none_or(|measure| measure == tally.measure)
            && group.is_none_or(|group| group == tally.group)
    };
    tallies.into_iter().filter(wanted).collect()
}

/// Who holds each place asked about on a day, by each source asked about.
pub fn control(weighed: &Weighed, ask: &Ask, at: Date) -> Vec<Control> {
    control_by(weighed, ask, at, HoldingPolicy::default())
}

/// As [`control`], by what a policy takes for a change of hands.
pub fn control_by(weighed: &Weighed, ask: &Ask, at: Date, policy: HoldingPolicy) -> Vec<Control> {
    each(&ask.according_to, |according_to| {
        gainsay_weigh::control_by(weighed, &Ask { according_to, ..ask.clone() }, at, policy)
    })
}

/// Who held each place asked about from when to when.
pub fn holdings(weighed: &Weighed, ask: &Ask) -> Vec<Holding> {
    gainsay_weigh::holdings(weighed, ask)
}

/// Which ways lead into each place asked about on a day, and through whose hands.
pub fn access(weighed: &Weighed, ask: &Ask, network: &Network, at: Date) -> Vec<WayIn> {
    gainsay_weigh::access::access(weighed, ask, network, at)
}

/// Who is cut off, by whom, from when to when.
pub fn sieges(weighed: &Weighed, ask: &Ask) -> Vec<Siege> {
    gainsay_weigh::sieges(weighed, ask)
}

/// How any of these actors stood to any of those, over time.
pub fn ties(weighed: &Weighed, ask: &Ask, a: &[EntityId], b: &[EntityId]) -> Vec<Tie> {
    gainsay_weigh::ties(weighed, ask, a, b)
}

/// Who fled, by each voice.
pub fn displacement(weighed: &Weighed, ask: &Ask) -> Vec<Point> {
    gainsay_weigh::displacement(weighed, ask)
}

/// How many are in need or live under siege, by each voice.
pub fn needs(weighed: &Weighed, ask: &Ask) -> Vec<Point> {
    gainsay_weigh::need(weighed, ask)
}

/// Long running totals freed of what their sources' leanings explain; short ones give nothing.
pub fn unbiased(weighed: &Weighed, ask: &Ask) -> Vec<Unbiased> {
    gainsay_weigh::bias::unbiased(weighed, ask)
}

/// Claims with figures that no tally asked for counts, by reason.
pub fn left_out_of_tally(weighed: &Weighed, ask: &Ask) -> Vec<LeftOut> {
    gainsay_weigh::left_out_of_tally(weighed, ask)
}

/// Claims about who holds what that no answer uses, by reason.
pub fn left_out_of_control(weighed: &Weighed, ask: &Ask) -> Vec<LeftOut> {
    gainsay_weigh::left_out_of_control(weighed, ask)
}

/// The answers for each id by itself, or for none where none is given; each line once.
fn each<T: PartialEq>(ids: &[EntityId], answer: impl Fn(Vec<EntityId>) -> Vec<T>) -> Vec<T> {
    if ids.len() < 2 {
        return answer(ids.to_vec());
    }
    let mut lines = Vec::new();
    for line in ids.iter().flat_map(|id| answer(vec![id.clone()])) {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}
