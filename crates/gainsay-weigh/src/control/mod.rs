//! Who is said to hold a place, on a day or from day to day.
//!
//! **Takes** a weighed corpus and what is asked.
//! **Gives** a [`Control`] for each place asked about and each place within it that has evidence of its own, and
//! [`Holding`]s over time.
//! **Never** takes silence for a change, looks back beyond what a claim says, or takes a side's own word as more
//! than a claim.
//!
//! The rules (after ISW 2015, control of terrain: its layers of assessed and claimed control):
//! - a capture holds from its day; a control claim from the first day it names, or the day it was first said;
//! - who withdraws held the place until that day, and who loses it until the day before;
//! - what somebody else is later said to hold or take ends a holding, unless the loser still speaks of it as
//!   theirs and no other voice confirms the change: then both are said to hold it;
//! - *held*: the losing side says so, or two independent voices of which one is not the holder's own;
//!   *claimed*: less than that; *contested*: several sides, or parts of it by several; *unknown*: nobody says;
//! - voices count over the whole stretch without a change, so that what was so on the 18th and still on the 23rd
//!   was so on the 20th by both;
//! - a place takes its holder from one that contains it only where all of that is said to be held;
//! - a place that no list holds is shown under the governorate that the reports which name it tell most of.
//!
//! Under [`HoldingPolicy::Acled`] a change is a change at any one source's word, and the newest word stands.

mod evidence;
mod span;
mod stands;
mod state;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{Control, Date, Degree, EntityId, Holding, HoldingState};
use rayon::prelude::*;

use crate::days::{between, shift};
use crate::roots::Camps;
use crate::{Ask, Weighed};

use span::Span;
pub use stands::{Stand, stands};
use state::{State, state};

/// What it takes for a place to change hands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum HoldingPolicy {
    /// The loser's own word or two independent voices; a gainer's word alone is a claim.
    #[default]
    Voices,
    /// Any one source's word, and the newest stands, as in ACLED's coding of changes of territory (Raleigh, Linke,
    /// Hegre and Karlsen 2010, J. Peace Research 47(5); codebook, "Government regains territory" and "Non-state
    /// actor overtakes territory"): fighting alone changes nothing.
    Acled,
}

/// Who holds each place asked about on a day; every place with evidence on that day, where none is asked about.
pub fn control(weighed: &Weighed, ask: &Ask, at: Date) -> Vec<Control> {
    control_by(weighed, ask, at, HoldingPolicy::default())
}

/// As [`control`], under a policy.
pub fn control_by(weighed: &Weighed, ask: &Ask, at: Date, policy: HoldingPolicy) -> Vec<Control> {
    if let Some(day) = ask.known_by {
        let lines = control_by(&weighed.known_by(day), &Ask { known_by: None, ..ask.clone() }, at, policy);
        return lines.into_iter().map(|line| Control { known_by: Some(day), ..line }).collect();
    }
    let spans = spans(weighed, ask, policy);
    let gazetteer = weighed.corpus.names.gazetteer;
    let inside = |place: &str| ask.place.iter().any(|outer| gazetteer.within(place, outer));
    // A place that no list holds ("the western suburbs") lies in what the reports that name it tell most of.
    let told_inside = |place: &EntityId, spans: &[Span]| {
        let mut items = spans.iter().flat_map(|span| &span.items).peekable();
        gazetteer.place(place).is_none()
            && items.peek().is_some()
            && items.all(|item| {
                let home = weighed.homes.get(weighed.said[item.at].link.claim.document.as_str());
                home.is_some_and(|home| inside(home))
            })
    };
    let within: BTreeSet<&EntityId> = spans
        .iter()
        .filter(|(place, spans)| ask.place.is_empty() || inside(place) || told_inside(place, spans))
        .map(|(place, _)| place)
        .collect();
    let mut lines: Vec<Control> = Vec::new();
    for place in &ask.place {
        let own = answer(weighed, ask, &spans, place, at, policy);
        lines.push(
            own.or_else(|| inherit(weighed, ask, &spans, place, at, policy))
                .unwrap_or_else(|| unknown(weighed, ask, place, at)),
        );
    }
    let others = within.into_iter().filter(|place| !ask.place.contains(place));
    lines.extend(others.filter_map(|place| answer(weighed, ask, &spans, place, at, policy)));
    lines
}

/// Who held what from when to when, by place and day.
pub fn holdings(weighed: &Weighed, ask: &Ask) -> Vec<Holding> {
    if let Some(day) = ask.known_by {
        return holdings(&weighed.known_by(day), &Ask { known_by: None, ..ask.clone() });
    }
    let gazetteer = weighed.corpus.names.gazetteer;
    let asked = |place: &EntityId| {
        ask.place.is_empty() || ask.place.iter().any(|outer| gazetteer.within(place, outer))
    };
    let camps = Camps::new(weighed.corpus.names);
    let mut found: Vec<Holding> = Vec::new();
    for (place, spans) in spans(weighed, ask, HoldingPolicy::Voices).iter().filter(|(place, _)| asked(place))
    {
        let starts = spans.iter().map(|span| span.from);
        let ends = spans.iter().filter_map(|span| span.to).map(|to| shift(to, 1));
        let turns: Vec<Date> = starts.chain(ends).collect::<BTreeSet<_>>().into_iter().collect();
        for (n, &from) in turns.iter().enumerate() {
            let Some(state) = state(weighed, &camps, spans, from, HoldingPolicy::Voices) else { continue };
            let to = turns.get(n + 1).map(|&next| shift(next, -1));
            let line = Holding {
                place: place.clone(),
                state: state.state,
                holders: state.holders,
                degree: state.degree,
                from,
                to,
                claims: state.claims,
            };
            match found.last_mut().filter(|last| last.to.is_some_and(|to| shift(to, 1) == line.from)) {
                Some(last)
                    if (&last.place, last.state, &last.holders, last.degree)
                        == (&line.place, line.state, &line.holders, line.degree) =>
                {
                    last.to = line.to;
                    last.claims.extend(line.claims);
                    last.claims.sort();
                    last.claims.dedup();
                }
                _ => found.push(line),
            }
        }
    }
    let days = |holding: &Holding| crate::days::Days::new(holding.from, holding.to.unwrap_or(Date::MAX));
    found.retain(|holding| ask.in_period(Some(days(holding))));
    found
}

/// Stretches over which parties are said to hold each place.
pub(crate) type Stretches = BTreeMap<EntityId, Vec<Span>>;

/// The stretches by those who are asked for; by all voices they are made once.
fn spans<'w>(weighed: &'w Weighed, ask: &Ask, policy: HoldingPolicy) -> Cow<'w, Stretches> {
    let make = |ask: &Ask| -> Stretches {
        let camps = Camps::new(weighed.corpus.names);
        let evidence = evidence::evidence(weighed, &camps, ask);
        let stretches = |items| span::spans(weighed, &camps, items, policy);
        evidence.into_par_iter().map(|(place, items)| (place, stretches(items))).collect()
    };
    let some = [&ask.source, &ask.according_to].iter().any(|voices| !voices.is_empty());
    if some || ask.report.is_some() || ask.event.is_some() || policy != HoldingPolicy::Voices {
        return Cow::Owned(make(ask));
    }
    Cow::Borrowed(weighed.held.get_or_init(|| make(&Ask::default())))
}

fn answer(
    weighed: &Weighed,
    ask: &Ask,
    spans: &BTreeMap<EntityId, Vec<Span>>,
    place: &EntityId,
    at: Date,
    policy: HoldingPolicy,
) -> Option<Control> {
    let camps = Camps::new(weighed.corpus.names);
    let State { state, holders, degree, since, newest, claims } =
        state(weighed, &camps, spans.get(place)?, at, policy)?;
    let age_days = newest.map(|newest| between(newest, at));
    Some(Control { state, holders, degree, since, age_days, claims, ..unknown(weighed, ask, place, at) })
}

/// The holder of the nearest place around this one of which all is said to be held.
fn inherit(
    weighed: &Weighed,
    ask: &Ask,
    spans: &BTreeMap<EntityId, Vec<Span>>,
    place: &EntityId,
    at: Date,
    policy: HoldingPolicy,
) -> Option<Control> {
    let around = weighed.corpus.names.gazetteer.ancestors(place);
    let whole = |outer: &gainsay_lexicon::Place| {
        let line = answer(weighed, ask, spans, &outer.id, at, policy)?;
        (line.degree == Some(Degree::Full) && line.state != HoldingState::Contested).then_some(line)
    };
    let line = around.into_iter().find_map(whole)?;
    let inherited_from = Some(line.place.clone());
    Some(Control { place: place.clone(), name: weighed.name(place), inherited_from, ..line })
}

fn unknown(weighed: &Weighed, ask: &Ask, place: &EntityId, at: Date) -> Control {
    Control {
        place: place.clone(),
        name: weighed.name(place),
        at,
        known_by: ask.known_by,
        according_to: ask.according_to.first().cloned(),
        state: HoldingState::Unknown,
        holders: Vec::new(),
        degree: None,
        since: None,
        age_days: None,
        inherited_from: None,
        claims: Vec::new(),
    }
}

/// Two stretches of one place, of sides that cannot both hold it, that share a day.
pub(crate) struct Rivals {
    /// The place.
    pub(crate) place: EntityId,
    /// The first day they share.
    pub(crate) from: Date,
    /// One holder, and the claims that say so.
    pub(crate) a: (EntityId, Vec<usize>),
    /// The other.
    pub(crate) b: (EntityId, Vec<usize>),
}

/// All rival stretches, by place and day. Parts of a place can be held by several, and are no rivals.
pub(crate) fn rivals(weighed: &Weighed) -> Vec<Rivals> {
    let camps = Camps::new(weighed.corpus.names);
    let mut found = Vec::new();
    for (place, spans) in spans(weighed, &Ask::default(), HoldingPolicy::Voices).iter() {
        let whole: Vec<&Span> =
            spans.iter().filter(|span| !span.items.iter().any(evidence::Item::partial)).collect();
        let told = |span: &Span| -> (EntityId, Vec<usize>) {
            (state::holder(weighed, span), span.items.iter().map(|item| item.at).collect())
        };
        for (n, a) in whole.iter().enumerate() {
            for b in whole[n + 1..].iter().take_while(|b| a.to.is_none_or(|to| b.from <= to)) {
                if state::against(&camps, a, b) {
                    found.push(Rivals {
                        place: place.clone(),
                        from: a.from.max(b.from),
                        a: told(a),
                        b: told(b),
                    });
                }
            }
        }
    }
    found
}
