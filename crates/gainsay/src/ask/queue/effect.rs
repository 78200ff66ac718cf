//! What published answers would change, and how heavily that weighs.
//!
//! Weights, in one unit so that items can be ordered: a dead person more or less in a toll 1, one wounded or held a
//! quarter, a hundred displaced, besieged or in need 1, of all else ten 1; ten days of a place's holding or siege 1 (a quarter of it where no list holds the place), an event that comes or goes 1, a dispute 2, an answer that would bear another name 1.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use gainsay_model::{Claim, Date, Event, Holding, HoldingState, Measure, Siege, Toll};
use gainsay_weigh::{Ask, Counted, Weighed, WhatIf};
use serde::{Deserialize, Serialize};

use crate::shelf::Shelf;

/// So many changes are told one by one; the others are counted.
const TOLD: usize = 6;

/// Days of a holding or siege that weigh as much as one dead person.
const DAYS: i64 = 10;

/// A holding or siege weighs as one of so many days at most.
const LONGEST: i64 = 730;

/// An event with more claims than this rests on none of them.
const MANY: usize = 16;

/// What would change in published answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    /// How many answers.
    pub answers: u64,
    /// How heavily, in the units of the module.
    pub weight: u64,
    /// In words, the heaviest first.
    pub text: String,
    /// The heaviest of them.
    pub changes: Vec<Change>,
}

/// One answer that would change.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// `toll`, `count`, `event`, `two events`, `holding`, `siege`, `dispute`, `name`.
    pub what: String,
    /// The event, place or entity whose answer it is.
    pub of: String,
    /// What is counted of whom, for a count: `killed civilians`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<String>,
    /// Low, best and high as they stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<[Option<u64>; 3]>,
    /// Low, best and high as they would be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<[Option<u64>; 3]>,
    /// How sure a holding is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<HoldingState>,
    /// How sure it would be; `unknown` where nobody else tells of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state_after: Option<HoldingState>,
    /// First day of a holding or siege.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Its last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// How many such answers, where they are told together; 0 for one.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub many: u64,
    /// How heavily it weighs.
    pub weight: u64,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde asks so.
fn is_zero(many: &u64) -> bool {
    *many == 0
}

impl Effect {
    /// Of these changes, the heaviest told first.
    pub(super) fn of(weighed: &Weighed, mut changes: Vec<Change>) -> Effect {
        changes.sort_by(|a, b| {
            b.weight.cmp(&a.weight).then_with(|| (&a.what, &a.of, &a.count).cmp(&(&b.what, &b.of, &b.count)))
        });
        let answers = changes.iter().map(|change| change.many.max(1)).sum();
        let weight = changes.iter().map(|change| change.weight).fold(0, u64::saturating_add);
        let mut told: Vec<String> = changes.iter().take(TOLD).map(|change| change.text(weighed)).collect();
        let rest: u64 = changes.iter().skip(TOLD).map(|change| change.many.max(1)).sum();
        if rest > 0 {
            told.push(format!("and {rest} more"));
        }
        changes.truncate(TOLD);
        Effect { answers, weight, text: told.join("; "), changes }
    }
}

impl Change {
    fn text(&self, weighed: &Weighed) -> String {
        let figures = |of: Option<[Option<u64>; 3]>| of.map_or_else(|| "none".to_owned(), range);
        let days = || match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => format!(" on {from}"),
            (Some(from), Some(to)) => format!(" from {from} to {to}"),
            (Some(from), None) => format!(" since {from}"),
            (None, Some(to)) => format!(" until {to}"),
            (None, None) => String::new(),
        };
        let name = || weighed.name(&self.of);
        match self.what.as_str() {
            "toll" => {
                format!("dead of {}: {} instead of {}", self.of, figures(self.after), figures(self.before))
            }
            "count" => {
                let (of, count) = (&self.of, self.count.as_deref().unwrap_or_default());
                format!("{count} of {of}: {} instead of {}", figures(self.after), figures(self.before))
            }
            "two events" => format!("{} and another event would be one", self.of),
            "event" => format!("{} is told by nothing else", self.of),
            "holding" => match self.state_after {
                Some(HoldingState::Unknown) | None => {
                    format!("who holds {}{} is told by nothing else", name(), days())
                }
                Some(after) => {
                    let before = self.state.map_or("", HoldingState::as_str);
                    format!("{}{} would be {} instead of {before}", name(), days(), after.as_str())
                }
            },
            "siege" => format!("the siege of {}{} is told by nothing else", name(), days()),
            "dispute" => format!("a dispute about {} would be none", self.of),
            _ => format!("{} answers would name another than {}", self.many.max(1), name()),
        }
    }
}

/// `50`, `50–60–65`, `50–60 or more`.
fn range([low, best, high]: [Option<u64>; 3]) -> String {
    let mut ends: Vec<String> = [low, best, high].iter().flatten().map(u64::to_string).collect();
    ends.dedup();
    match (ends.is_empty(), high) {
        (true, _) => "none".to_owned(),
        (false, Some(_)) => ends.join("–"),
        (false, None) => format!("{} or more", ends.join("–")),
    }
}

/// How heavily a stretch of days weighs.
pub(super) fn stretch(from: Option<Date>, to: Option<Date>) -> u64 {
    let days = match (from, to) {
        (Some(from), Some(to)) => days_between(from, to) + 1,
        // It lasts until something else is heard.
        (Some(_), None) => LONGEST / 2,
        _ => DAYS,
    };
    (days.clamp(1, LONGEST) as u64).div_ceil(DAYS as u64)
}

/// Days from one to the other.
fn days_between(from: Date, to: Date) -> i64 {
    let span = from.until(to).ok();
    span.map_or(0, |span| i64::from(span.get_days()))
}

/// How heavily a change of a count weighs: by its best figure, or its greatest where there is none.
pub(super) fn difference(before: &Toll, after: &Toll) -> u64 {
    let point = |toll: &Toll| toll.best.or(toll.high).or(toll.low).unwrap_or(0);
    let ends = |toll: &Toll| (toll.low, toll.high);
    match point(before).abs_diff(point(after)) {
        0 if ends(before) != ends(after) => 1,
        0 => 0,
        many => many,
    }
}

/// How heavily such a change of a count of this measure weighs.
pub(super) fn measured(measure: Measure, difference: u64) -> u64 {
    let of_one_dead = match measure {
        Measure::Killed => 1,
        Measure::Injured | Measure::Casualties | Measure::Detained => 4,
        Measure::Displaced | Measure::InNeed | Measure::Besieged => 100,
        Measure::Strikes | Measure::Fighters | Measure::Weapons | Measure::Destroyed => 10,
    };
    difference.div_ceil(of_one_dead)
}

/// Low, best and high; none of a count that nobody gives.
pub(super) fn figures(toll: &Toll) -> Option<[Option<u64>; 3]> {
    let all = [toll.low, toll.best, toll.high];
    all.iter().any(Option::is_some).then_some(all)
}

/// The answers as they stand, by what carries them.
pub(super) struct Standing<'w, 'a> {
    pub(super) weighed: &'w Weighed<'a>,
    pub(super) what_if: WhatIf<'w, 'a>,
    pub(super) holdings: Vec<Holding>,
    pub(super) sieges: Vec<Siege>,
    /// What was last decided of each claim.
    pub(super) decided: BTreeMap<&'w str, &'static str>,
    pub(super) events: HashMap<&'w str, &'w Event>,
    pub(super) claims: HashMap<&'w str, &'w Claim>,
    /// Disputes by their event.
    disputes: HashMap<&'w str, u64>,
}

impl<'w, 'a> Standing<'w, 'a> {
    pub(super) fn of(shelf: &'w Shelf, weighed: &'w Weighed<'a>) -> Standing<'w, 'a> {
        let mut disputes: HashMap<&str, u64> = HashMap::new();
        for event in weighed.disputes.iter().filter_map(|dispute| dispute.about.event.as_deref()) {
            *disputes.entry(event).or_default() += 1;
        }
        Standing {
            weighed,
            what_if: weighed.what_if(),
            holdings: gainsay_weigh::holdings(weighed, &Ask::default()),
            sieges: gainsay_weigh::sieges(weighed, &Ask::default()),
            decided: shelf.decided.of_claims(),
            events: weighed.events.iter().map(|event| (event.id.as_str(), event)).collect(),
            claims: shelf.claims.iter().map(|claim| (claim.id.as_str(), claim)).collect(),
            disputes,
        }
    }

    /// Disputes about an event.
    pub(super) fn disputes_of(&self, event: &str) -> u64 {
        self.disputes.get(event).copied().unwrap_or(0)
    }

    /// Tells `note` of every answer that one claim carries alone: what would change, were it rejected. Only of claims that
    /// are `wanted`.
    pub(super) fn carried(&'w self, wanted: &dyn Fn(&str) -> bool, note: &mut dyn FnMut(&'w str, Change)) {
        for holding in &self.holdings {
            for (claim, after) in self.holding_without(holding, wanted) {
                let weight = self.of_place(&holding.place, stretch(Some(holding.from), holding.to));
                let weight = if after == HoldingState::Unknown { weight } else { weight.div_ceil(2) };
                let change = Change {
                    what: "holding".to_owned(),
                    of: holding.place.clone(),
                    state: Some(holding.state),
                    state_after: Some(after),
                    from: Some(holding.from),
                    to: holding.to,
                    weight,
                    ..Change::default()
                };
                note(claim, change);
            }
        }
        for siege in &self.sieges {
            let tells = |id: &&String| {
                let claim = self.claims.get(id.as_str());
                claim.is_some_and(|claim| claim.kind == gainsay_model::Kind::Siege)
            };
            let mut telling = siege.claims.iter().filter(tells);
            let (Some(claim), None) = (telling.next(), telling.next()) else { continue };
            if wanted(claim) {
                let change = Change {
                    what: "siege".to_owned(),
                    of: siege.place.clone(),
                    from: siege.from,
                    to: siege.to,
                    weight: self.of_place(&siege.place, stretch(siege.from, siege.to)),
                    ..Change::default()
                };
                note(claim, change);
            }
        }
        for event in self.weighed.events.iter().filter(|event| event.claims.len() <= MANY) {
            for claim in event.claims.iter().filter(|claim| wanted(claim)) {
                if let Some(change) = self.event_without(event, claim) {
                    note(claim, change);
                }
            }
        }
    }

    /// What no list holds ("the highway") stands on no map, and weighs a quarter.
    fn of_place(&self, place: &str, weight: u64) -> u64 {
        if self.weighed.is_listed_place(place) { weight } else { weight.div_ceil(4) }
    }

    /// The claims without which a holding would be less sure, or nobody's, and what it would be.
    fn holding_without<'h>(
        &self,
        holding: &'h Holding,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Vec<(&'h str, HoldingState)> {
        match holding.claims.as_slice() {
            [only] if wanted(only) => vec![(only, HoldingState::Unknown)],
            [_] => Vec::new(),
            claims if holding.state == HoldingState::Held && claims.len() <= MANY => {
                let voices = |but: &str| -> usize {
                    let others = claims.iter().filter(|claim| *claim != but);
                    let roots = others.filter_map(|claim| self.weighed.roots.get(claim)).flatten();
                    roots.collect::<BTreeSet<_>>().len()
                };
                let all = voices("");
                let alone = |claim: &&String| all > 1 && wanted(claim) && voices(claim) == 1;
                claims.iter().filter(alone).map(|claim| (claim.as_str(), HoldingState::Claimed)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// What of an event would change without one of its claims.
    fn event_without(&self, event: &Event, claim: &str) -> Option<Change> {
        let counted = self.claims.get(claim).is_some_and(|claim| claim.count.is_some());
        if event.claims.len() == 1 {
            let toll = figures(&event.killed).filter(|_| counted);
            let weight = 1 + toll.map_or(0, |_| difference(&event.killed, &Toll::default()));
            let before = toll;
            return Some(Change {
                what: "event".to_owned(),
                of: event.id.clone(),
                before,
                weight,
                ..Change::default()
            });
        }
        if !counted {
            return None;
        }
        let others = || event.claims.iter().map(String::as_str).filter(|other| *other != claim);
        self.tolls(event, &event.killed, &self.what_if.killed(others()))
    }

    /// The change of an event's toll, if there is one.
    pub(super) fn tolls(&self, event: &Event, before: &Toll, after: &Toll) -> Option<Change> {
        let weight = difference(before, after);
        (weight > 0).then(|| Change {
            what: "toll".to_owned(),
            of: event.id.clone(),
            before: figures(before),
            after: figures(after),
            weight,
            ..Change::default()
        })
    }

    /// Where and when these events and claims are: at most a few places.
    pub(super) fn where_and_when(
        &self,
        events: &[String],
        claims: &[String],
    ) -> (Vec<String>, Option<Date>, Option<Date>) {
        const PLACES: usize = 8;
        let events: Vec<&Event> =
            events.iter().filter_map(|id| self.events.get(id.as_str()).copied()).collect();
        let claims: Vec<&Claim> =
            claims.iter().filter_map(|id| self.claims.get(id.as_str()).copied()).collect();
        let told = claims.iter().flat_map(|claim| &claim.place);
        let told = told.filter_map(|filler| filler.id()).map(str::to_owned);
        let mut places: Vec<String> = Vec::new();
        for place in events.iter().flat_map(|event| &event.place).cloned().chain(told) {
            if places.len() < PLACES && !places.contains(&place) {
                places.push(place);
            }
        }
        let times = || {
            let told = claims.iter().filter_map(|claim| claim.time);
            events.iter().map(|event| event.time).chain(told)
        };
        let days = || times().flat_map(|time| [time.start, time.end]).flatten();
        (places, days().min(), days().max())
    }
}

/// What would change in the counts of events, were they one.
pub(super) fn joined(
    what_if: &WhatIf,
    a: &Event,
    b: &Event,
) -> (BTreeMap<Counted, (Toll, Toll)>, Toll, Toll) {
    let ids = |event: &'_ Event| -> Vec<String> { event.claims.clone() };
    let (of_a, of_b) = (ids(a), ids(b));
    let all = || of_a.iter().chain(&of_b).map(String::as_str);
    let (counts_a, counts_b) =
        (what_if.counts(of_a.iter().map(String::as_str)), what_if.counts(of_b.iter().map(String::as_str)));
    let after = what_if.counts(all());
    let mut changed = BTreeMap::new();
    for (counted, toll) in &after {
        let before = match (counts_a.get(counted), counts_b.get(counted)) {
            (Some(a), Some(b)) => plus(a, b),
            _ => continue,
        };
        if difference(&before, toll) > 0 {
            changed.insert(counted.clone(), (before, toll.clone()));
        }
    }
    (changed, plus(&a.killed, &b.killed), what_if.killed(all()))
}

/// Two tolls of two events together.
fn plus(a: &Toll, b: &Toll) -> Toll {
    let add = |a: Option<u64>, b: Option<u64>| match (a, b) {
        (Some(a), Some(b)) => Some(a.saturating_add(b)),
        (a, b) => a.or(b),
    };
    Toll {
        low: add(a.low, b.low),
        best: add(a.best, b.best),
        high: add(a.high, b.high),
        policy: a.policy.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn toll(low: u64, best: u64, high: u64) -> Toll {
        Toll { low: Some(low), best: Some(best), high: Some(high), ..Toll::default() }
    }

    #[test]
    fn a_change_weighs_by_its_best_figure_and_never_nothing() {
        assert_eq!(difference(&toll(115, 115, 115), &toll(50, 50, 65)), 65);
        assert_eq!(difference(&toll(50, 50, 60), &toll(50, 50, 65)), 1);
        assert_eq!(difference(&toll(50, 50, 60), &toll(50, 50, 60)), 0);
        assert_eq!(difference(&toll(9, 9, 9), &Toll::default()), 9);
    }

    #[test]
    fn the_dead_weigh_more_than_those_who_fled() {
        assert_eq!(measured(Measure::Killed, 250), 250);
        assert_eq!(measured(Measure::Displaced, 250), 3);
        assert_eq!(measured(Measure::Displaced, 0), 0);
    }

    #[test]
    fn figures_read_as_people_write_them() {
        assert_eq!(range([Some(50), Some(50), Some(50)]), "50");
        assert_eq!(range([Some(50), Some(60), Some(65)]), "50–60–65");
        assert_eq!(range([Some(50), Some(50), None]), "50 or more");
        assert_eq!(range([None, None, None]), "none");
    }

    #[test]
    fn long_holdings_weigh_more_than_short_ones() {
        let day = |text: &str| Some(text.parse().unwrap());
        assert_eq!(stretch(day("2014-06-01"), day("2014-06-03")), 1);
        assert_eq!(stretch(day("2014-06-01"), day("2014-07-10")), 4);
        assert!(stretch(day("2014-06-01"), None) > 30);
    }
}
