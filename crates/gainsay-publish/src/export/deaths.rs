//! The dead of an event, in all and by side, from the figures of a policy.

use std::collections::BTreeSet;

use gainsay_model::{Event, Measure, Tally};

use super::input::Export;
use super::sides::Party;

/// Low, best and high; what nobody says is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Dead {
    /// Least.
    pub low: Option<u64>,
    /// Best.
    pub best: Option<u64>,
    /// Greatest.
    pub high: Option<u64>,
}

impl Dead {
    /// Whether at least one death is said, as the least, the best or the greatest.
    pub fn any(&self) -> bool {
        [self.low, self.best, self.high].iter().flatten().any(|count| *count > 0)
    }
}

/// The dead of one group.
pub(super) fn group(tallies: &[&Tally], group: &str) -> Dead {
    let found = tallies.iter().find(|tally| tally.measure == Measure::Killed && tally.group == group);
    found.map_or(Dead::default(), |tally| Dead { low: tally.low, best: tally.best, high: tally.high })
}

/// All dead of an event: the figure for all, or where nobody gives one the least that groups apart from each other
/// come to.
pub(super) fn all(event: &Event, tallies: &[&Tally]) -> Dead {
    let all = group(tallies, "all");
    if all.any() {
        return all;
    }
    let own = Dead { low: event.killed.low, best: event.killed.best, high: event.killed.high };
    if own.any() {
        return own;
    }
    // Sides and civilians are apart from each other; children and women are among civilians, combatants on a side.
    let apart = |name: &str| name == "civilians" || name.ends_with("-side");
    let mut sum = Dead::default();
    for tally in tallies.iter().filter(|tally| tally.measure == Measure::Killed && apart(&tally.group)) {
        let add = |a: Option<u64>, b: Option<u64>| match (a, b) {
            (Some(a), Some(b)) => Some(a.saturating_add(b)),
            (a, b) => a.or(b),
        };
        let best = tally.best.or(tally.low);
        sum.low = add(sum.low, tally.low);
        sum.best = add(sum.best, best);
        sum.high = add(sum.high, tally.high.or(best));
    }
    if sum.any() {
        return sum;
    }
    // Groups of whom one is part of another: the greatest holds the others.
    tallies
        .iter()
        .filter(|tally| tally.measure == Measure::Killed)
        .map(|tally| Dead { low: tally.low, best: tally.best, high: tally.high })
        .max_by_key(|dead| (dead.best, dead.high, dead.low))
        .unwrap_or_default()
}

/// The best figure for the dead of a party's side; `None` where nobody gives one, or the other party is on it too.
pub(super) fn of_side(
    export: &Export,
    tallies: &[&Tally],
    own: Option<&Party>,
    other: Option<&Party>,
) -> Option<u64> {
    let side = |party: &Party| export.words.lexicon.side(&party.id).map(str::to_owned);
    let mine = side(own?)?;
    if other.and_then(side).is_some_and(|other| other == mine) {
        return None;
    }
    let dead = group(tallies, &format!("{mine}-side"));
    dead.best.or(dead.low)
}

/// The greatest figure for the dead of a party's side.
pub(super) fn most_of_side(export: &Export, tallies: &[&Tally], own: Option<&Party>) -> Option<u64> {
    let side = export.words.lexicon.side(&own?.id)?;
    let dead = group(tallies, &format!("{side}-side"));
    dead.high.or(dead.best)
}

/// Events whose dead are counted in an event that they are part of and that is written too.
pub(super) fn counted_elsewhere<'e>(
    events: &'e [Event],
    written: &dyn Fn(&Event) -> bool,
) -> BTreeSet<&'e str> {
    let wholes: BTreeSet<&str> =
        events.iter().filter(|event| written(event)).map(|event| event.id.as_str()).collect();
    let part = |event: &&Event| event.part_of.as_deref().is_some_and(|whole| wholes.contains(whole));
    events.iter().filter(part).map(|event| event.id.as_str()).collect()
}
