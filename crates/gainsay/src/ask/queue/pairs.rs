//! Pairs that are likely one: events, and names.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::Measure;
use gainsay_weigh::{NameOffer, Offer};

use super::effect::{Change, Effect, Standing, difference, figures, joined, measured, stretch};
use super::{Draft, QueueItem, Settle};
use crate::decide::Decision;

/// Pairs of events that are likely one.
pub(super) fn events(standing: &Standing) -> impl Iterator<Item = QueueItem> {
    standing.weighed.offers.iter().filter_map(|offer| event_pair(standing, offer))
}

/// Joining and leaving apart are equally likely at 0 points; a point is a fifth of a natural logarithm of odds, which
/// is five hundredths of likelihood there.
fn doubt(points: i32) -> i64 {
    (50 + 5 * i64::from(points)).clamp(10, 95)
}

fn event_pair(standing: &Standing, offer: &Offer) -> Option<QueueItem> {
    let weighed = standing.weighed;
    let event = |claim: &String| {
        let id = weighed.event_of.get(claim)?;
        standing.events.get(id.as_str()).copied()
    };
    let (one, other) = (event(&offer.a)?, event(&offer.b)?);
    let (counts, before, after) = joined(&standing.what_if, one, other);
    let mut changes =
        vec![Change { what: "two events".to_owned(), of: one.id.clone(), weight: 1, ..Change::default() }];
    changes.extend(standing.tolls(one, &before, &after));
    let others = counts.into_iter().filter(|((measure, _), _)| *measure != Measure::Killed);
    changes.extend(others.map(|((measure, group), (before, after))| Change {
        what: "count".to_owned(),
        of: one.id.clone(),
        count: Some(format!("{measure} {group}")),
        before: figures(&before),
        after: figures(&after),
        weight: measured(measure, difference(&before, &after)),
        ..Change::default()
    }));
    let told = offer.reasons.iter().filter(|(_, points)| *points != 0);
    let (a, b) = (offer.a.clone(), offer.b.clone());
    let settle = vec![
        Settle::new("one", vec![Decision::OneEvent { a: a.clone(), b: b.clone() }]),
        Settle::new("two", vec![Decision::TwoEvents { a: a.clone(), b: b.clone() }]),
    ];
    let draft = Draft {
        what: "same event".to_owned(),
        doubt: doubt(offer.score),
        effect: Effect::of(weighed, changes),
        reasons: told.map(|(reason, points)| format!("{reason} ({points:+})")).collect(),
        events: vec![one.id.clone(), other.id.clone()],
        claims: vec![a.clone(), b.clone()],
        entities: Vec::new(),
        settle,
    };
    Some(draft.item(standing, [a.as_str(), b.as_str()]))
}

/// Names that no list holds and that are likely one.
pub(super) fn names(standing: &Standing) -> Vec<QueueItem> {
    let offers = &standing.weighed.name_offers;
    let wanted: BTreeSet<&str> =
        offers.iter().flat_map(|offer| [offer.a.as_str(), offer.b.as_str()]).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let told = told(standing, &wanted);
    offers.iter().map(|offer| name_pair(standing, offer, &told)).collect()
}

/// Answers that name an entity: how many, and how heavily they weigh.
type Told<'w> = BTreeMap<&'w str, (u64, u64)>;

fn told<'w>(standing: &'w Standing, wanted: &BTreeSet<&'w str>) -> Told<'w> {
    let mut told = Told::new();
    let mut note = |ids: BTreeSet<&'w str>, weight: u64| {
        for id in ids.into_iter().filter(|id| wanted.contains(id)) {
            let (answers, all) = told.entry(id).or_default();
            (*answers, *all) = (*answers + 1, *all + weight);
        }
    };
    for event in &standing.weighed.events {
        let ids = event.actors.iter().chain(&event.targets).chain(&event.place).chain(&event.roots);
        note(ids.map(String::as_str).collect(), 1);
    }
    for holding in &standing.holdings {
        let ids = holding.holders.iter().chain([&holding.place]);
        note(ids.map(String::as_str).collect(), stretch(Some(holding.from), holding.to));
    }
    for siege in &standing.sieges {
        let ids = siege.besiegers.iter().chain([&siege.place]);
        note(ids.map(String::as_str).collect(), stretch(siege.from, siege.to));
    }
    told
}

fn name_pair(standing: &Standing, offer: &NameOffer, told: &Told) -> QueueItem {
    let of = |id: &str| told.get(id).copied().unwrap_or_default();
    // The name that fewer answers bear would give way.
    let lesser = if of(&offer.a).0 < of(&offer.b).0 { &offer.a } else { &offer.b };
    let (answers, weight) = of(lesser);
    let change = Change {
        what: "name".to_owned(),
        of: lesser.clone(),
        many: answers,
        weight: weight.max(1),
        ..Change::default()
    };
    let (a, b) = (offer.a.clone(), offer.b.clone());
    let settle = vec![
        Settle::new("merge", vec![Decision::Merge { a: a.clone(), b: b.clone() }]),
        Settle::new("split", vec![Decision::Split { a: a.clone(), b: b.clone() }]),
    ];
    let draft = Draft {
        what: "same name".to_owned(),
        // Offered from 100 points, joined from 350 on.
        doubt: (50 + i64::from(offer.score) / 8).clamp(10, 95),
        effect: Effect::of(standing.weighed, vec![change]),
        reasons: offer.reasons.iter().map(|reason| format!("{a}, {b}: {reason}")).collect(),
        events: Vec::new(),
        claims: Vec::new(),
        entities: vec![a.clone(), b.clone()],
        settle,
    };
    draft.item(standing, [a.as_str(), b.as_str()])
}
