//! Where and when: voices that put one event at places, or on days, that cannot both be.
//!
//! A quarter and its city agree, and so do a day and a span that holds it.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{Dispute, DisputeKind, EntityId, Status, Subject};

use super::{dispute, each_event, side};
use crate::Weighed;
use crate::days::Days;
use crate::table::rules;

/// So many versions of one event are compared; more say nothing new.
const MOST: usize = 100;

/// Disputes over where events happened.
pub(super) fn place(weighed: &Weighed) -> Vec<Dispute> {
    let gazetteer = weighed.corpus.names.gazetteer;
    let here = |at: usize| -> Option<BTreeSet<EntityId>> {
        let link = &weighed.said[at].link;
        let known = link.places.iter().filter(|place| !link.home && gazetteer.place(place).is_some());
        let places: BTreeSet<EntityId> = known.cloned().collect();
        (!places.is_empty()).then_some(places)
    };
    let nested = |a: &EntityId, b: &EntityId| gazetteer.within(a, b) || gazetteer.within(b, a);
    let agree =
        |a: &BTreeSet<EntityId>, b: &BTreeSet<EntityId>| a.iter().any(|x| b.iter().any(|y| nested(x, y)));
    let value = |places: &BTreeSet<EntityId>| places.iter().cloned().collect::<Vec<_>>().join(" + ");
    versions(weighed, DisputeKind::Place, here, agree, value)
}

/// Disputes over when events happened; what has no day of its own has none here.
pub(super) fn time(weighed: &Weighed) -> Vec<Dispute> {
    let value = |days: &Days| match days.is_day() {
        true => days.from.to_string(),
        false => format!("{}..{}", days.from, days.to),
    };
    versions(weighed, DisputeKind::Time, |at| weighed.said[at].link.when, |a, b| a.overlaps(*b), value)
}

/// Versions of each event that no other voice's version agrees with, by the kinds in `data/disputes.tsv`.
fn versions<V: Ord + Clone + Send>(
    weighed: &Weighed,
    kind: DisputeKind,
    of: impl Fn(usize) -> Option<V> + Sync,
    agree: impl Fn(&V, &V) -> bool + Sync,
    value: impl Fn(&V) -> String + Sync,
) -> Vec<Dispute> {
    each_event(weighed, |event, members| {
        let mut versions: BTreeMap<V, Vec<usize>> = BTreeMap::new();
        for &at in members {
            let claim = weighed.said[at].link.claim;
            let told = claim.status == Status::Asserted && rules().disputed(kind, "told", claim.kind);
            if let Some(version) = of(at).filter(|_| told) {
                versions.entry(version).or_default().push(at);
            }
        }
        let versions: Vec<(V, Vec<usize>)> = versions.into_iter().take(MOST).collect();
        let roots = |claims: &[usize]| -> BTreeSet<&EntityId> {
            claims.iter().flat_map(|&at| &weighed.said[at].voice.roots).collect()
        };
        // A voice that gives several versions, one of which another voice gives too, is against nobody.
        let rival = |(ours, claims): &&(V, Vec<usize>)| {
            let mine = roots(claims);
            let own = || versions.iter().filter(|(_, claims)| !roots(claims).is_disjoint(&mine));
            versions.iter().any(|(theirs, others)| {
                roots(others).is_disjoint(&mine)
                    && !agree(ours, theirs)
                    && own().all(|(version, _)| !agree(version, theirs))
            })
        };
        let rivals: Vec<&(V, Vec<usize>)> = versions.iter().filter(rival).collect();
        (rivals.len() > 1).then(|| {
            let sides = rivals
                .into_iter()
                .map(|(v, claims)| side(weighed, value(v), claims.iter().copied()))
                .collect();
            let about = Subject { event: Some(event.id.clone()), ..Subject::default() };
            dispute(format!("{}-{}", kind.as_str(), event.id), kind, about, sides)
        })
    })
}
