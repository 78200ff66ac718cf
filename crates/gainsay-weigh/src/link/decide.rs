//! What people have decided of names: that two entities are one, or are not.
//!
//! **Takes** decisions in the order they were made; of two on one pair the later counts, so that every one can be
//! undone by another.
//! **Gives** for each entity the one it counts as. Entities joined in a ring are one; one that was joined and then
//! parted is itself again, and so is all that hung on it.

use std::collections::BTreeMap;

use gainsay_model::{ClaimId, EntityId};

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
        };
        if of_events == events && a != b {
            last.insert((a.min(b), a.max(b)), joins);
        }
    }
    let of =
        |wanted: bool| last.iter().filter(|(_, joins)| **joins == wanted).map(|(pair, _)| *pair).collect();
    Decided { joined: of(true), parted: of(false) }
}

/// For each entity that counts as another, that other: of those joined one that the word lists know, then the
/// least by id.
pub(crate) fn renamed(names: &Names, decisions: &[Decision]) -> BTreeMap<EntityId, EntityId> {
    let Decided { joined, .. } = decided(decisions, false);
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
        let find = |id: &str| joined.iter().flat_map(|(a, b)| [*a, *b]).find(|known| *known == id);
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
        renamed(&names, decisions).into_iter().collect()
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
