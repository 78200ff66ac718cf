//! Whether it happened: said by one voice, denied by another, of the same event and the same parties.

use std::collections::BTreeSet;

use gainsay_model::{Dispute, DisputeKind, EntityId, Status, Subject};

use super::{apart, dispute, each_event, side};
use crate::Weighed;
use crate::roots::{Camps, Said};
use crate::table::rules;

/// Disputes over whether events happened.
pub(super) fn occurrence(weighed: &Weighed) -> Vec<Dispute> {
    let camps = Camps::new(weighed.corpus.names);
    each_event(weighed, |event, members| {
        let of = |status: Status| -> Vec<usize> {
            let wanted = |at: &usize| {
                let claim = weighed.said[*at].link.claim;
                claim.status == status && rules().disputed(DisputeKind::Occurrence, "happens", claim.kind)
            };
            members.iter().copied().filter(wanted).collect()
        };
        let (denied, asserted) = (of(Status::Denied), of(Status::Asserted));
        if denied.is_empty() {
            return None;
        }
        let denying: BTreeSet<&EntityId> =
            denied.iter().flat_map(|&at| &weighed.said[at].voice.roots).collect();
        let gainsaid = |at: &usize| {
            let said = &weighed.said[*at];
            apart(&said.voice.roots, &denying)
                && denied.iter().take(MOST).any(|&no| one_deed(&camps, said, &weighed.said[no]))
        };
        let asserted: Vec<usize> = asserted.into_iter().filter(gainsaid).collect();
        if asserted.is_empty() {
            return None;
        }
        let sides = vec![side(weighed, "asserted".into(), asserted), side(weighed, "denied".into(), denied)];
        let about = Subject { event: Some(event.id.clone()), ..Subject::default() };
        Some(dispute(format!("occurrence-{}", event.id), DisputeKind::Occurrence, about, sides))
    })
}

/// So many denials of one event are compared; more say nothing new.
const MOST: usize = 100;

/// Whether a denial is of what the other claim says: one kind, and nobody named in it who is not in the other.
fn one_deed(camps: &Camps, yes: &Said, no: &Said) -> bool {
    let parties = |said: &Said| -> Vec<EntityId> {
        said.link.actors.iter().chain(&said.link.targets).cloned().collect()
    };
    let (theirs, ours) = (parties(yes), parties(no));
    let known =
        |party: &EntityId| theirs.is_empty() || theirs.iter().any(|other| camps.one_side(party, other));
    yes.link.claim.kind == no.link.claim.kind && ours.iter().all(known)
}
