//! Who holds a place: stretches of two sides, by different voices, that share days.

use std::collections::BTreeSet;

use gainsay_model::{Dispute, DisputeKind, EntityId, Subject};

use super::{dispute, side};
use crate::Weighed;
use crate::control::{Rivals, rivals};

/// Disputes over who holds a place.
pub(super) fn holder(weighed: &Weighed) -> Vec<Dispute> {
    let mut found = Vec::new();
    for Rivals { place, from, a, b } in rivals(weighed) {
        let roots = |claims: &[usize]| -> BTreeSet<&EntityId> {
            claims.iter().flat_map(|&at| &weighed.said[at].voice.roots).collect()
        };
        if roots(&a.1) == roots(&b.1) {
            continue;
        }
        let sides = vec![side(weighed, a.0, a.1), side(weighed, b.0, b.1)];
        let about = Subject { place: Some(place.clone()), ..Subject::default() };
        found.push(dispute(format!("holder-{from}-{place}"), DisputeKind::Holder, about, sides));
    }
    found
}
