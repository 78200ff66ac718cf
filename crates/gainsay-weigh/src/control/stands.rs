//! Who is said to hold each place, over both times at once: when it was so, and by when that had been said.
//!
//! A [`Stand`] is what [`control`](super::control) answers for a place on every day of one stretch, asked as known on
//! any day of another, so that a map of any day as known on any other is found by looking it up.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{Date, Degree, EntityId, HoldingState};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::HoldingPolicy;
use super::evidence::{self, Told};
use super::span::{self, Span};
use super::state::{State, state};
use crate::days::{known_days, shift};
use crate::roots::Camps;
use crate::{Ask, Weighed};

/// What is known of one place's holder over a stretch of days, as known over another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stand {
    /// The place.
    pub place: EntityId,
    /// Only by the word of this source; by all where none is named.
    pub according_to: Option<EntityId>,
    /// First day of which it holds.
    pub from: Date,
    /// Last day; `None` while it lasts.
    pub to: Option<Date>,
    /// First day on which it was known so. The last day of the calendar where it rests on what was said on no known
    /// day, and so is known only as known today.
    pub known_from: Date,
    /// Last day on which it was known so; `None` while it is.
    pub known_to: Option<Date>,
    /// How sure.
    pub state: HoldingState,
    /// Who.
    pub holders: Vec<EntityId>,
    /// How much.
    pub degree: Option<Degree>,
    /// Since when, where that is known of all holders.
    pub since: Option<Date>,
    /// Stretches of which somebody speaks, merged, in order: the newest evidence on a day is the last of their days not
    /// after it.
    pub spoken: Vec<(Date, Date)>,
    /// The claims behind it.
    pub claims: Vec<String>,
}

impl Stand {
    /// Days between the newest evidence and a day.
    pub fn age_days(&self, at: Date) -> Option<i64> {
        let newest = self.spoken.iter().rev().find(|(from, _)| *from <= at).map(|(_, to)| (*to).min(at));
        newest.map(|newest| crate::days::between(newest, at))
    }
}

/// What stands on one day as known on one, without its stretches.
#[derive(Clone, PartialEq)]
struct Row {
    from: Date,
    to: Option<Date>,
    state: HoldingState,
    holders: Vec<EntityId>,
    degree: Option<Degree>,
    since: Option<Date>,
    spoken: Vec<(Date, Date)>,
    claims: Vec<String>,
}

/// Every stand, by place, then by all voices and by each source that speaks of the place.
pub fn stands(weighed: &Weighed) -> Vec<Stand> {
    let camps = Camps::new(weighed.corpus.names);
    let told: Vec<(EntityId, Told)> = evidence::told(weighed, &Ask::default()).into_iter().collect();
    let of = |(place, told): (EntityId, Told)| {
        let told = telling(weighed, &camps, told);
        let mut by_source: BTreeMap<EntityId, Told> = BTreeMap::new();
        for (&at, item) in told.items.iter().map(|item| (&item.at, item)) {
            for source in weighed.said_according_to(at) {
                by_source.entry(source).or_default().items.push(item.clone());
            }
        }
        for &at in &told.fights {
            for source in weighed.said_according_to(at) {
                by_source.entry(source).or_default().fights.push(at);
            }
        }
        let mut found = over_both(weighed, &camps, &place, None, told);
        for (source, told) in by_source.into_iter().filter(|(_, told)| !told.items.is_empty()) {
            found.extend(over_both(weighed, &camps, &place, Some(source), told));
        }
        found
    };
    told.into_par_iter().flat_map_iter(of).collect()
}

/// Only fights of which a party itself speaks say that it is still there.
fn telling(weighed: &Weighed, camps: &Camps, mut told: Told) -> Told {
    told.fights.retain(|&at| {
        let said = &weighed.said[at];
        let mut parties = said.link.actors.iter().chain(&said.link.targets);
        parties.any(|party| said.voice.roots.iter().any(|root| camps.belongs(root, party)))
    });
    told
}

/// The stands of one place by one source or all: the rows as known on each day on which something new was said.
fn over_both(
    weighed: &Weighed,
    camps: &Camps,
    place: &EntityId,
    according_to: Option<EntityId>,
    told: Told,
) -> Vec<Stand> {
    let said = |at: usize| weighed.said[at].link.said.unwrap_or(Date::MAX);
    let days: BTreeSet<Date> =
        told.items.iter().map(|item| said(item.at)).chain(told.fights.iter().map(|&at| said(at))).collect();
    let mut open: Vec<(Date, Row)> = Vec::new();
    let mut found = Vec::new();
    let mut close = |known_from: Date, known_to: Option<Date>, row: Row| {
        found.push(Stand {
            place: place.clone(),
            according_to: according_to.clone(),
            from: row.from,
            to: row.to,
            known_from,
            known_to,
            state: row.state,
            holders: row.holders,
            degree: row.degree,
            since: row.since,
            spoken: row.spoken,
            claims: row.claims,
        });
    };
    for day in known_days(days, told.items.len() + told.fights.len()) {
        let known = Told {
            items: told.items.iter().filter(|item| said(item.at) <= day).cloned().collect(),
            fights: told.fights.iter().copied().filter(|&at| said(at) <= day).collect(),
        };
        let spans = span::spans(weighed, camps, known.settled(weighed, camps), HoldingPolicy::Voices);
        let mut rows = rows(weighed, camps, &spans);
        let mut stay = Vec::with_capacity(rows.len());
        for (known_from, row) in open {
            match rows.iter().position(|new| *new == row) {
                Some(n) => stay.push((known_from, rows.swap_remove(n))),
                None => close(known_from, Some(shift(day, -1)), row),
            }
        }
        stay.extend(rows.into_iter().map(|row| (day, row)));
        open = stay;
    }
    open.into_iter().for_each(|(known_from, row)| close(known_from, None, row));
    found.sort_by_key(|stand| (stand.from, stand.known_from));
    found
}

/// What stands from day to day over these stretches.
fn rows(weighed: &Weighed, camps: &Camps, spans: &[Span]) -> Vec<Row> {
    // Days on which an answer can change: ends of stretches, words on how much is held, denials.
    let mut turns: BTreeSet<Date> = BTreeSet::new();
    for span in spans {
        turns.insert(span.from);
        turns.extend(span.to.map(|to| shift(to, 1)));
        let inside = |day: &Date| span.covers(*day);
        turns.extend(
            span.items.iter().filter(|item| item.degree.is_some()).map(|item| item.days.from).filter(inside),
        );
        turns.extend(span.denied.iter().map(|(_, day)| *day).filter(inside));
    }
    let turns: Vec<Date> = turns.into_iter().collect();
    let mut rows: Vec<Row> = Vec::new();
    for (n, &from) in turns.iter().enumerate() {
        let Some(now) = state(weighed, camps, spans, from, HoldingPolicy::Voices) else { continue };
        let State { state, holders, degree, since, newest: _, claims } = now;
        let to = turns.get(n + 1).map(|&next| shift(next, -1));
        let spoken = spoken(spans.iter().filter(|span| span.covers(from)));
        let row = Row { from, to, state, holders, degree, since, spoken, claims };
        match rows.last_mut() {
            Some(last) if last.to == Some(shift(from, -1)) && alike(last, &row) => last.to = row.to,
            _ => rows.push(row),
        }
    }
    rows
}

/// Whether two rows differ in their days alone.
fn alike(a: &Row, b: &Row) -> bool {
    let key = |row: &Row| (row.state, row.degree, row.since);
    key(a) == key(b) && a.holders == b.holders && a.spoken == b.spoken && a.claims == b.claims
}

/// The days of which statements of these stretches speak, merged.
fn spoken<'s>(spans: impl Iterator<Item = &'s Span>) -> Vec<(Date, Date)> {
    let mut days: Vec<(Date, Date)> =
        spans.flat_map(|span| &span.items).map(|item| (item.days.from, item.days.to)).collect();
    days.sort_unstable();
    let mut merged: Vec<(Date, Date)> = Vec::new();
    for (from, to) in days {
        match merged.last_mut() {
            Some((_, end)) if from <= *end => *end = (*end).max(to),
            _ => merged.push((from, to)),
        }
    }
    merged
}
