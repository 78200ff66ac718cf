//! Whose word a word is: the party a source belongs to, and the side it leans to.

use std::borrow::Cow;
use std::collections::BTreeMap;

use gainsay_lexicon::NameKind;
use gainsay_model::EntityId;

use crate::corpus::Names;
use crate::link::slug;
use crate::table::rules;

/// How long a chain of belonging may be before it is taken for a loop.
const LONGEST: usize = 16;

/// Camps of sources, remembered.
///
/// A ministry and the state's agency are two sources of one camp: their agreement is not the agreement of
/// independent voices. Sources that belong to nobody are their own camp, whatever side they lean to.
pub(crate) struct Camps<'a> {
    names: Names<'a>,
}

impl<'a> Camps<'a> {
    /// Camps by these words.
    pub(crate) fn new(names: Names<'a>) -> Camps<'a> {
        Camps { names }
    }

    /// The outermost party the source belongs to; the source itself where it belongs to none.
    pub(crate) fn of(&self, id: &str) -> EntityId {
        let lexicon = self.names.lexicon;
        let mut at = self.answers_for(id);
        for _ in 0..LONGEST {
            let source = lexicon.sources.get(at).and_then(|source| source.belongs_to.as_deref());
            let person = || lexicon.people.get(at).and_then(|person| person.belongs_to.as_deref());
            match source.or_else(person).filter(|owner| *owner != at) {
                Some(owner) => at = owner,
                None => break,
            }
        }
        lexicon.wholes(at).last().map_or(at, |whole| whole).to_string()
    }

    /// Who answers for a root by name: of a source without a name the monitor, ministry or party medium that cites
    /// it; of one told to an independent wire or paper nobody but itself.
    pub(crate) fn answers_for<'i>(&self, root: &'i str) -> &'i str {
        let Some((_, by)) = root.split_once('@') else { return root };
        let source = self.names.lexicon.source(by);
        let carrier = source.is_some_and(|source| {
            source.belongs_to.is_none() && rules().carriers.contains(&source.kind.as_str())
        });
        let known = source.is_some() || self.names.lexicon.actor(by).is_some();
        if known && !carrier { by } else { root }
    }

    /// How many independent camps stand among these roots, each with its first root.
    pub(crate) fn among<'r>(
        &self,
        roots: impl IntoIterator<Item = &'r EntityId>,
    ) -> BTreeMap<EntityId, EntityId> {
        let mut camps: BTreeMap<EntityId, EntityId> = BTreeMap::new();
        for root in roots {
            let first = camps.entry(self.of(root)).or_insert_with(|| root.clone());
            if root < first {
                first.clone_from(root);
            }
        }
        camps
    }

    /// Whether a source is a party's own voice: it belongs to it, or is an unnamed source of its side ("rebel
    /// sources"). A monitor or paper that only leans to a side is not.
    pub(crate) fn belongs(&self, root: &str, party: &str) -> bool {
        let camp = self.of(root);
        if camp == self.of(party) || self.related(root, party) {
            return true;
        }
        // Bodies of one side's party count as its own: the Syrian army's word for Hezbollah's gain.
        let party_voice = root.contains('@') || self.names.lexicon.actor(&camp).is_some();
        party_voice && self.one_side(&camp, party) || root.contains('@') && self.one_side(root, party)
    }

    /// Whether two actors are one, or one a part of the other.
    pub(crate) fn related(&self, a: &str, b: &str) -> bool {
        let wholes = |part: &str, whole: &str| {
            self.names.lexicon.actor(part).is_some_and(|actor| actor.part_of.is_some())
                && self.names.lexicon.wholes(part).contains(&whole)
        };
        a == b || wholes(a, b) || wholes(b, a)
    }

    /// Whether the actor is on a known side of the fighting.
    #[cfg(test)]
    pub(crate) fn takes_side(&self, id: &str) -> bool {
        takes_side(&side_of(&self.names, id))
    }

    /// Whether two actors can be meant by one description: related, or on one side.
    pub(crate) fn one_side(&self, a: &str, b: &str) -> bool {
        if a == b {
            return true;
        }
        let ours = side_of(&self.names, a);
        takes_side(&ours) && ours == side_of(&self.names, b) || self.related(a, b)
    }
}

/// Whose side an actor or source is on; for a source without a name ("antigovernment activists") what its words
/// tell. Empty where unknown.
pub(crate) fn side(names: &Names, id: &str) -> String {
    side_of(names, id).into_owned()
}

fn side_of<'a>(names: &Names<'a>, id: &str) -> Cow<'a, str> {
    if let Some(side) = names.lexicon.side(id) {
        return Cow::Borrowed(side);
    }
    let Some((who, _)) = id.split_once('@') else {
        return Cow::Borrowed("");
    };
    let leans = |(word, _): &(&&str, &&str)| format!("-{who}-").contains(&format!("-{word}-"));
    if let Some((_, side)) = rules().leanings.iter().filter(leans).max_by_key(|(word, _)| word.len()) {
        return Cow::Borrowed(side);
    }
    let party = |word: &str| {
        let found = names
            .index
            .find(word)
            .iter()
            .find(|found| found.kind == NameKind::Actor && slug(&found.written) == word);
        found.and_then(|found| names.lexicon.side(&found.id))
    };
    Cow::Borrowed(who.split('-').filter(|word| word.len() > 2).find_map(party).unwrap_or(""))
}

/// Whether a side is one of those that fight, so that two who are on it are one side.
pub(crate) fn takes_side(side: &str) -> bool {
    !matches!(side, "" | "neutral" | "other")
}
