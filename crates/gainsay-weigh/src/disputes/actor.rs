//! Who did it: voices that name doers of one event who are not one side.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{Dispute, DisputeKind, EntityId, Status, Subject};

use super::{dispute, each_event, side};
use crate::Weighed;
use crate::roots::Camps;
use crate::table::rules;

/// So many versions of one event are compared; more say nothing new.
const MOST: usize = 100;

/// Disputes over who did it.
pub(super) fn actor(weighed: &Weighed) -> Vec<Dispute> {
    let camps = Camps::new(weighed.corpus.names);
    each_event(weighed, |event, members| {
        let mut versions: BTreeMap<Vec<&EntityId>, Vec<usize>> = BTreeMap::new();
        for &at in members {
            let link = &weighed.said[at].link;
            let directed = rules().disputed(DisputeKind::Actor, "doer", link.claim.kind);
            if directed && link.claim.status == Status::Asserted && !link.actors.is_empty() {
                let doers: BTreeSet<&EntityId> = link.actors.iter().collect();
                versions.entry(doers.into_iter().collect()).or_default().push(at);
            }
        }
        let versions: Vec<(Vec<&EntityId>, Vec<usize>)> = versions.into_iter().take(MOST).collect();
        let roots = |claims: &[usize]| -> BTreeSet<&EntityId> {
            claims.iter().flat_map(|&at| &weighed.said[at].voice.roots).collect()
        };
        let rival = |(doers, claims): &(Vec<&EntityId>, Vec<usize>)| {
            versions.iter().any(|(others, theirs)| {
                let meet = doers.iter().any(|a| others.iter().any(|b| camps.one_side(a, b)));
                !meet && roots(claims).is_disjoint(&roots(theirs))
            })
        };
        let rivals: Vec<&(Vec<&EntityId>, Vec<usize>)> =
            versions.iter().filter(|version| rival(version)).collect();
        (rivals.len() > 1).then(|| {
            let value =
                |doers: &[&EntityId]| doers.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(" + ");
            let sides = rivals
                .into_iter()
                .map(|(doers, claims)| side(weighed, value(doers), claims.iter().copied()))
                .collect();
            let about = Subject { event: Some(event.id.clone()), ..Subject::default() };
            dispute(format!("actor-{}", event.id), DisputeKind::Actor, about, sides)
        })
    })
}
