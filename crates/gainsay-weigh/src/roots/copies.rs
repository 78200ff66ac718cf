//! Reports that carry one text.
//!
//! Two reports are copies where the hash of their text is one; where their fingerprints are nearly one
//! ([`Near`]); or where the words their claims stand on are the same: at least three passages, or one long, and
//! four fifths of the shorter list. Of a group of copies the first published is the original, then the least id.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::EntityId;

use super::near::Near;
use crate::corpus::ReportHead;
use crate::link::Linked;

/// Passages shorter than this say too little to tell a copy (characters).
const TELLING: usize = 24;
/// One shared passage tells a copy if it is at least so long (characters).
const LONG: usize = 120;
/// So many shared passages tell a copy.
const SHARED: usize = 3;

/// An original and its outlet.
pub(super) struct Original {
    /// Its report id.
    pub(super) id: String,
    /// Who published it.
    pub(super) outlet: EntityId,
    /// Whom it credits.
    pub(super) credited: Option<EntityId>,
}

/// Which reports are copies of which.
pub(super) struct Copies {
    of: BTreeMap<String, Original>,
}

impl Copies {
    /// The original that this report copies; `None` for originals.
    pub(super) fn original(&self, report: &str) -> Option<&Original> {
        self.of.get(report)
    }
}

/// Finds copies among the reports that claims stand in.
pub(super) fn copies(heads: &BTreeMap<&str, &ReportHead>, linked: &[Linked]) -> Copies {
    let mut reports: BTreeMap<&str, (&Linked, BTreeSet<&str>)> = BTreeMap::new();
    for claim in linked {
        let words = claim.claim.evidence.iter().map(|evidence| evidence.exact.as_str());
        let words = words.filter(|words| words.chars().count() >= TELLING);
        reports.entry(&claim.claim.document).or_insert((claim, BTreeSet::new())).1.extend(words);
    }
    // Oldest first, so that each report is compared with the first that holds its passage, and no others.
    let mut order: Vec<&str> = reports.keys().copied().collect();
    let published = |id: &str| heads.get(id).and_then(|head| head.published);
    order.sort_by_key(|id| (published(id).is_none(), published(id), *id));
    let (mut by_hash, mut by_words): (BTreeMap<&str, &str>, BTreeMap<&str, &str>) = Default::default();
    let mut near = Near::default();
    let mut of: BTreeMap<String, Original> = BTreeMap::new();
    for id in order {
        let (claim, words) = &reports[id];
        let hash = heads.get(id).map_or("", |head| head.sha_text.as_str());
        let mut original =
            (!hash.is_empty()).then(|| *by_hash.entry(hash).or_insert(id)).filter(|first| *first != id);
        if original.is_none() {
            original = near.original(id, heads.get(id).map_or(&[], |head| head.fingerprint.as_slice()));
        }
        if original.is_none() {
            let mut shared: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
            for &passage in words {
                let first = *by_words.entry(passage).or_insert(id);
                if first != id {
                    let (n, longest) = shared.entry(first).or_default();
                    (*n, *longest) = (*n + 1, (*longest).max(passage.chars().count()));
                }
            }
            let copied = |(first, (n, longest)): &(&str, (usize, usize))| {
                let fewer = words.len().min(reports[first].1.len());
                (*n >= SHARED || *longest >= LONG) && n * 5 >= fewer * 4
            };
            original = shared.into_iter().filter(copied).max_by_key(|(_, (n, _))| *n).map(|(first, _)| first);
        }
        if let Some(first) = original {
            let original = match of.get(first) {
                Some(known) => Original {
                    id: known.id.clone(),
                    outlet: known.outlet.clone(),
                    credited: known.credited.clone(),
                },
                None => {
                    let (first_claim, _) = &reports[first];
                    Original {
                        id: first.to_string(),
                        outlet: first_claim.outlet.clone(),
                        credited: first_claim.credited.clone(),
                    }
                }
            };
            of.insert(claim.claim.document.clone(), original);
        }
    }
    Copies { of }
}
