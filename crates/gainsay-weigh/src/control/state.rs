//! What the stretches at one place come to on a day.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{ClaimId, Date, Degree, EntityId, HoldingState};

use super::HoldingPolicy;
use super::evidence::Act;
use super::span::{Span, held};
use crate::Weighed;
use crate::roots::Camps;

/// Who holds a place on a day, and by what.
pub(super) struct State {
    /// How sure.
    pub(super) state: HoldingState,
    /// Who, sorted.
    pub(super) holders: Vec<EntityId>,
    /// How much of it.
    pub(super) degree: Option<Degree>,
    /// Since when, where that is known of all holders.
    pub(super) since: Option<Date>,
    /// The newest day not after the day asked about of which anybody speaks.
    pub(super) newest: Option<Date>,
    /// The claims behind it.
    pub(super) claims: Vec<ClaimId>,
}

/// The state on a day; `None` where nobody is said to hold the place.
pub(super) fn state(
    weighed: &Weighed,
    camps: &Camps,
    spans: &[Span],
    at: Date,
    policy: HoldingPolicy,
) -> Option<State> {
    let mut now: Vec<&Span> = spans.iter().filter(|span| span.covers(at)).collect();
    if policy == HoldingPolicy::Acled {
        let newest = now.iter().map(|span| newest_word(span, at)).max();
        now.retain(|span| Some(newest_word(span, at)) == newest);
    }
    if now.is_empty() {
        return None;
    }
    let degree = |span: &Span| {
        span.items
            .iter()
            .rev()
            .filter(|item| item.days.from <= at || item.act == Act::Holds)
            .find_map(|item| item.degree)
    };
    let degrees: Vec<Option<Degree>> = now.iter().map(|span| degree(span)).collect();
    let several = now.iter().enumerate().any(|(n, a)| now[n + 1..].iter().any(|b| against(camps, a, b)));
    let denied =
        || now.iter().flat_map(|span| &span.denied).filter(|(_, day)| *day <= at).map(|(claim, _)| *claim);
    let fought = policy == HoldingPolicy::Voices
        && (degrees.contains(&Some(Degree::Contested)) || denied().next().is_some());
    let sure = policy == HoldingPolicy::Acled || now.iter().any(|span| sure(weighed, camps, span));
    let state = match (several || fought, sure) {
        (true, _) => HoldingState::Contested,
        (_, true) => HoldingState::Held,
        (_, false) => HoldingState::Claimed,
    };
    let least = |a: Degree, b: Degree| if a == Degree::Full { b } else { a };
    let items = || now.iter().flat_map(|span| &span.items);
    let claims: BTreeSet<&str> = items()
        .map(|item| item.at)
        .chain(now.iter().flat_map(|span| span.left.iter().copied()))
        .chain(denied())
        .map(|at| weighed.said[at].id())
        .collect();
    let since = now.iter().map(|span| Some(span.from).filter(|_| span.began)).collect::<Option<Vec<Date>>>();
    let mut holders: Vec<EntityId> = now.iter().map(|span| holder(weighed, span)).collect();
    holders.sort();
    holders.dedup();
    Some(State {
        state,
        holders,
        degree: degrees
            .iter()
            .flatten()
            .copied()
            .reduce(least)
            .filter(|least| *least != Degree::Full || degrees.iter().all(Option::is_some)),
        since: since.and_then(|since| since.into_iter().max()),
        newest: items().map(|item| item.days.to.min(at).max(item.days.from)).filter(|day| *day <= at).max(),
        claims: claims.into_iter().map(ClaimId::from).collect(),
    })
}

/// The newest day not after this one on which somebody says outright that the party takes or holds the place.
fn newest_word(span: &Span, at: Date) -> Option<Date> {
    let outright = span.items.iter().filter(|item| matches!(item.act, Act::Gains | Act::Holds));
    outright.map(|item| item.days.from).filter(|day| *day <= at).max()
}

/// Whether two stretches cannot both be: their holders are not one side, and no claim names them together.
pub(super) fn against(camps: &Camps, a: &Span, b: &Span) -> bool {
    if camps.one_side(&a.items[0].actor, &b.items[0].actor) {
        return false;
    }
    let claims: BTreeSet<usize> =
        a.items.iter().filter(|item| item.act != Act::Held).map(|item| item.at).collect();
    !b.items.iter().any(|item| item.act != Act::Held && claims.contains(&item.at))
}

/// Whether a stretch is held, not only claimed: by all who speak of it while nothing changed.
fn sure(weighed: &Weighed, camps: &Camps, span: &Span) -> bool {
    let voices = |at: usize| &weighed.said[at].voice.roots;
    let roots =
        span.items.iter().flat_map(|item| voices(item.at)).chain(span.left.iter().flat_map(|&at| voices(at)));
    held(camps, roots.collect(), &span.items[0].actor, span.losers.iter().map(String::as_str))
}

/// The name most voices give the holder: the part or the whole; then the first by its id.
pub(super) fn holder(weighed: &Weighed, span: &Span) -> EntityId {
    let mut named: BTreeMap<&EntityId, BTreeSet<&EntityId>> = BTreeMap::new();
    for item in &span.items {
        named.entry(&item.actor).or_default().extend(&weighed.said[item.at].voice.roots);
    }
    let most = named.into_iter().max_by(|a, b| a.1.len().cmp(&b.1.len()).then(b.0.cmp(a.0)));
    most.map(|(actor, _)| actor.clone()).unwrap_or_default()
}
