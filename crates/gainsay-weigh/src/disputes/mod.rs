//! Claims about one thing that cannot all be true, side by side; and revisions, which are no disputes.
//!
//! **Takes** claims with their voices, events, and stretches of control.
//! **Gives** disputes and revisions with readable ids, and the claims that misquote the voice they cite.
//! **Never** sets a part against its total, one group against another, a voice against itself, or copies against
//! each other; never takes a figure that rises for a dispute.
//!
//! A file a rule; which kinds of claim each looks at stands in `data/disputes.tsv`.

mod actor;
mod count;
mod holder;
mod occurrence;
mod place;
mod tie;

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{ClaimId, Dispute, DisputeKind, DisputeSide, Event, Subject};
use rayon::prelude::*;

use crate::Weighed;

/// Finds disputes and revisions, by id, and misquotes.
pub(crate) fn disputes(weighed: &Weighed) -> (Vec<Dispute>, Vec<ClaimId>) {
    let (mut found, misquotes) = count::count(weighed);
    found.extend(count::standing(weighed));
    found.extend(occurrence::occurrence(weighed));
    found.extend(actor::actor(weighed));
    found.extend(holder::holder(weighed));
    found.extend(place::place(weighed));
    found.extend(place::time(weighed));
    found.extend(tie::tie(weighed));
    number(&mut found);
    found.sort_by(|a, b| a.id.cmp(&b.id));
    (found, misquotes)
}

/// What each event gives, in the order of events.
fn each_event<T: Send>(
    weighed: &Weighed,
    of: impl Fn(&Event, &[usize]) -> Option<T> + Sync + Send,
) -> Vec<T> {
    let events = weighed.events.par_iter().zip(&weighed.members);
    events.filter_map(|(event, members)| of(event, members)).collect()
}

/// Numbers those that share an id from the second on, in the order of what they say.
fn number(found: &mut [Dispute]) {
    let sides = |dispute: &Dispute| -> Vec<_> {
        let side = |side: &DisputeSide| (side.value.clone(), side.roots.clone(), side.claims.clone());
        dispute.sides.iter().map(side).collect()
    };
    found.sort_by(|a, b| {
        let first = (&a.id, a.revision).cmp(&(&b.id, b.revision));
        first.then_with(|| sides(a).cmp(&sides(b)))
    });
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for dispute in found {
        let n = seen.entry(dispute.id.clone()).or_default();
        *n += 1;
        if *n > 1 {
            dispute.id = format!("{}-{n}", dispute.id);
        }
    }
}

/// One version: who says it, in which claims.
fn side(weighed: &Weighed, value: String, claims: impl IntoIterator<Item = usize>) -> DisputeSide {
    let claims: BTreeSet<usize> = claims.into_iter().collect();
    let mut sources: BTreeSet<&str> = BTreeSet::new();
    for &at in &claims {
        let said = &weighed.said[at];
        match said.link.sources.is_empty() {
            true => sources.extend(said.voice.roots.iter().map(String::as_str)),
            false => sources.extend(said.link.sources.iter().map(|(id, _)| id.as_str())),
        }
    }
    let roots: BTreeSet<&str> =
        claims.iter().flat_map(|&at| weighed.said[at].voice.roots.iter().map(String::as_str)).collect();
    DisputeSide {
        value,
        sources: sources.into_iter().map(String::from).collect(),
        roots: roots.into_iter().map(String::from).collect(),
        claims: claims.into_iter().map(|at| weighed.said[at].id().to_string()).collect(),
    }
}

/// A dispute without spread that is no revision.
fn dispute(id: String, kind: DisputeKind, about: Subject, sides: Vec<DisputeSide>) -> Dispute {
    Dispute { id, kind, about, sides, spread: None, revision: false }
}

/// Whether two sets of voices have none in common.
fn apart<'r>(a: impl IntoIterator<Item = &'r String>, b: &BTreeSet<&String>) -> bool {
    a.into_iter().all(|root| !b.contains(root))
}
