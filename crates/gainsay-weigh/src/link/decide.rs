//! What people have decided of names: that two entities are one, or are not, and whom a mention means.
//!
//! **Takes** decisions in the order they were made; of two on one pair or one mention the later counts, so that every
//! one can be undone by another.
//! **Gives** for each entity the one it counts as, and for a mention the entity that was decided. Entities joined in
//! a ring are one; one that was joined and then parted is itself again, and so is all that hung on it.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{Claim, ClaimId, EntityId, Slot};

use crate::corpus::Names;

/// What somebody has decided; undone by its opposite.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decision {
    /// Two entities are one.
    Merge(EntityId, EntityId),
    /// Two entities are not one.
    Split(EntityId, EntityId),
    /// Two claims are about one event.
    OneEvent(ClaimId, ClaimId),
    /// Two claims are not about one event.
    TwoEvents(ClaimId, ClaimId),
    /// These words in this slot mean this entity, in one claim or in a whole report; none takes the word back.
    Link {
        /// Where.
        of: Whose,
        /// As what: actor, target, place or source; another slot has no effect.
        slot: Slot,
        /// The words, as the claim has them.
        mention: String,
        /// The entity, whether or not the lists know it.
        id: Option<EntityId>,
    },
}

/// Where a decision on a mention holds; what is decided for a claim goes before what is for its report.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// In one claim.
    Claim(ClaimId),
    /// In all claims of a report.
    Report(String),
}

/// Pairs on which the last decision joins, and those on which it parts.
pub(crate) struct Decided<'d> {
    pub(crate) joined: Vec<(&'d str, &'d str)>,
    pub(crate) parted: Vec<(&'d str, &'d str)>,
}

/// The last word on each pair of entities (`events` false) or of claims.
pub(crate) fn decided(decisions: &[Decision], events: bool) -> Decided<'_> {
    let mut last: BTreeMap<(&str, &str), bool> = BTreeMap::new();
    for decision in decisions {
        let (a, b, joins, of_events) = match decision {
            Decision::Merge(a, b) => (a, b, true, false),
            Decision::Split(a, b) => (a, b, false, false),
            Decision::OneEvent(a, b) => (a, b, true, true),
            Decision::TwoEvents(a, b) => (a, b, false, true),
            Decision::Link { .. } => continue,
        };
        if of_events == events && a != b {
            last.insert((a.min(b), a.max(b)), joins);
        }
    }
    let of =
        |wanted: bool| last.iter().filter(|(_, joins)| **joins == wanted).map(|(pair, _)| *pair).collect();
    Decided { joined: of(true), parted: of(false) }
}

/// The last word on each mention.
#[derive(Debug, Default)]
pub(super) struct Stated<'d> {
    claims: BTreeMap<(&'d str, Slot, &'d str), &'d str>,
    reports: BTreeMap<(&'d str, Slot, &'d str), &'d str>,
}

impl<'d> Stated<'d> {
    pub(super) fn of(decisions: &'d [Decision]) -> Stated<'d> {
        let mut stated = Stated::default();
        for decision in decisions {
            let Decision::Link { of, slot, mention, id } = decision else { continue };
            let (all, whose) = match of {
                Whose::Claim(id) => (&mut stated.claims, id),
                Whose::Report(id) => (&mut stated.reports, id),
            };
            let key = (whose.as_str(), *slot, mention.as_str());
            match id.as_deref().map(str::trim).filter(|id| !id.is_empty()) {
                Some(id) => all.insert(key, id),
                None => all.remove(&key),
            };
        }
        stated
    }

    /// The entity that was decided for these words of the claim.
    pub(super) fn for_words(&self, claim: &Claim, slot: Slot, mention: &str) -> Option<&'d str> {
        if self.claims.is_empty() && self.reports.is_empty() {
            return None;
        }
        let own = self.claims.get(&(claim.id.as_str(), slot, mention));
        own.or_else(|| self.reports.get(&(claim.document.as_str(), slot, mention))).copied()
    }
}

/// For each entity that counts as another, that other: of those joined one that the word lists know, then the
/// least by id.
///
/// `likely` are names nobody knows that count as one; they join first, unless a decision parts the two.
pub(crate) fn renamed(
    names: &Names,
    likely: &[(EntityId, EntityId)],
    decisions: &[Decision],
) -> BTreeMap<EntityId, EntityId> {
    let Decided { joined, parted } = decided(decisions, false);
    let likely = likely.iter().map(|(a, b)| (a.as_str(), b.as_str()));
    let likely = likely.filter(|(a, b)| !parted.contains(&(*a.min(b), *a.max(b))));
    let joined: Vec<(&str, &str)> = likely.chain(joined).collect();
    let known_ids: BTreeSet<&str> = joined.iter().flat_map(|(a, b)| [*a, *b]).collect();
    let mut group: BTreeMap<&str, &str> = BTreeMap::new();
    let top = |group: &BTreeMap<&str, &str>, id: &str| -> String {
        let mut at = id;
        while let Some(next) = group.get(at).filter(|next| **next != at) {
            at = next;
        }
        at.to_string()
    };
    for (a, b) in &joined {
        let (x, y) = (top(&group, a), top(&group, b));
        if x == y {
            continue;
        }
        let known = |id: &str| names.gazetteer.place(id).is_some() || names.lexicon.name(id) != id;
        let keep = if (!known(&x), &x) <= (!known(&y), &y) { &x } else { &y };
        let find = |id: &str| known_ids.get(id).copied();
        if let (Some(from), Some(to)) = (find(if *keep == x { &y } else { &x }), find(keep)) {
            group.insert(from, to);
        }
    }
    let all = joined.iter().flat_map(|(a, b)| [*a, *b]);
    let renamed = all.map(|id| (id.to_string(), top(&group, id)));
    renamed.filter(|(id, counts_as)| id != counts_as).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use gainsay_lexicon::{Gazetteer, Lexicon, NameIndex};

    fn merged(decisions: &[Decision]) -> Vec<(String, String)> {
        let (lexicon, gazetteer) = (Lexicon::default(), Gazetteer::default());
        let index = NameIndex::of(&lexicon, &gazetteer);
        let names = Names { lexicon: &lexicon, gazetteer: &gazetteer, index: &index };
        renamed(&names, &[], decisions).into_iter().collect()
    }

    fn merge(a: &str, b: &str) -> Decision {
        Decision::Merge(a.into(), b.into())
    }

    #[test]
    fn a_ring_of_merges_is_one_entity() {
        let ring = [merge("a", "b"), merge("b", "c"), merge("c", "a"), merge("d", "d")];
        let pair = |a: &str, b: &str| (a.to_string(), b.to_string());
        assert_eq!(merged(&ring), [pair("b", "a"), pair("c", "a")]);
    }

    #[test]
    fn what_was_merged_and_split_is_itself_again() {
        let split = Decision::Split("b".into(), "a".into());
        assert_eq!(merged(&[merge("a", "b"), split.clone()]), []);
        assert_eq!(merged(&[merge("a", "b"), split, merge("a", "b")]).len(), 1);
    }
}
