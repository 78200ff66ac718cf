//! The chain of one claim: from the page it stands on to the last who says it.

use std::collections::BTreeMap;
use std::sync::Arc;

use gainsay_model::EntityId;

use super::copies::Original;
use super::{Voice, altered};
use crate::corpus::Names;
use crate::link::Linked;
use crate::table::rules;

/// How a source speaks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// Passes on what others say: an agency, a paper.
    Carries,
    /// Speaks for itself, by name.
    Named,
    /// Speaks, but nobody says who it is: "activists".
    Unnamed,
}

/// The claim's chain; `copy` is the original of its report, where that is a copy.
///
/// Roots are the last speakers: named ones side by side each, unless one belongs to another, or is a witness whom
/// the words lists do not know and who passes on what another says; a source without a name stands for whoever
/// named it, `activists@reuters`, so that the activists of two papers stay two and of one wire in two papers one.
/// Where only carriers are cited it is the last of them; where nobody is, whoever wrote the report. What stands in a
/// copy and not in its original is the copy's own.
pub(super) fn chain(names: &Names, claim: &Linked, copy: Option<&Original>) -> Voice {
    let copy_of = copy.map(|original| original.id.clone());
    let altered = copy.is_some_and(|original| {
        original.outlet != claim.outlet && !altered::says(&original.tellings, claim.claim)
    });
    // What a copy adds or changes is its own: the original never said it.
    let copy = copy.filter(|_| !altered);
    let mut path: Vec<EntityId> = vec![claim.outlet.clone()];
    let push = |path: &mut Vec<EntityId>, id: &EntityId| {
        if path.last() != Some(id) {
            path.push(id.clone());
        }
    };
    if let Some(original) = copy {
        push(&mut path, &original.outlet);
    }
    if let Some(credited) = copy.map_or(claim.credited.as_ref(), |original| original.credited.as_ref()) {
        push(&mut path, credited);
    }
    let (mut named, mut unnamed): (Vec<(EntityId, bool)>, Option<EntityId>) = (Vec::new(), None);
    for (id, mention) in &claim.sources {
        match manner(names, id, mention) {
            Manner::Carries => push(&mut path, id),
            Manner::Named => {
                let owner = (owner(names, id), known(names, id));
                if !named.contains(&owner) {
                    named.push(owner);
                }
            }
            Manner::Unnamed => unnamed = Some(id.clone()),
        }
    }
    let all = named.clone();
    named.retain(|(wide, _)| !all.iter().any(|(narrow, _)| narrow != wide && belongs(names, narrow, wide)));
    let mut roots: Vec<EntityId> = Vec::new();
    let last_named = named.len().saturating_sub(1);
    for (n, (id, known)) in named.into_iter().enumerate() {
        match (n < last_named, known) {
            (true, false) => push(&mut path, &id),
            (false, _) if unnamed.is_some() => push(&mut path, &id),
            _ => roots.push(id),
        }
    }
    let last = path.last().cloned().unwrap_or_default();
    let own = roots.is_empty() && claim.sources.is_empty();
    match unnamed {
        Some(who) => roots.push(format!("{who}@{last}")),
        None if roots.is_empty() => roots.push(last),
        None => {}
    }
    roots.sort();
    let circular = circle(&path, &roots);
    let mut carriers = path;
    if circular.is_none() {
        carriers.retain(|id| !roots.contains(id));
    }
    // There is one of these for each claim.
    roots.shrink_to_fit();
    carriers.shrink_to_fit();
    Voice { roots, carriers, own, circular: circular.map(Arc::new), copy_of, altered }
}

/// Whether the lists of words know the source.
fn known(names: &Names, id: &str) -> bool {
    let lexicon = names.lexicon;
    lexicon.sources.contains_key(id) || lexicon.actors.contains_key(id) || lexicon.people.contains_key(id)
}

/// How a source speaks.
fn manner(names: &Names, id: &str, mention: &str) -> Manner {
    let rules = rules();
    if let Some(source) = names.lexicon.source(id) {
        return if rules.carriers.contains(&source.kind.as_str()) { Manner::Carries } else { Manner::Named };
    }
    if names.lexicon.actor(id).is_some() || names.lexicon.people.contains_key(id) {
        return Manner::Named;
    }
    match nameless(if mention.trim().is_empty() { id } else { mention }) {
        true => Manner::Unnamed,
        false => Manner::Named,
    }
}

/// Whether a mention is of a source without a name: it has no capital, or a noun like "activists", in lower case
/// or as its first word, and no name after that noun ("activist Jad al-Hussein" has one, "Aleppo Media Centre" is
/// one).
fn nameless(mention: &str) -> bool {
    if mention.contains(char::is_lowercase) && !mention.contains(char::is_uppercase) {
        return true;
    }
    let words: Vec<&str> = mention.split_whitespace().collect();
    let capital = |word: &str| word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    words.iter().enumerate().any(|(n, word)| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let listed = rules().unnamed.contains(&bare.to_lowercase().as_str()) && (n == 0 || !capital(word));
        listed && !words.get(n + 1).is_some_and(|next| capital(next))
    })
}

/// Whom a public figure speaks for; everybody else speaks for themselves.
fn owner(names: &Names, id: &str) -> EntityId {
    let person = names.lexicon.people.get(id).and_then(|person| person.belongs_to.clone());
    person.unwrap_or_else(|| id.to_string())
}

/// Whether `narrow` belongs to `wide`.
fn belongs(names: &Names, narrow: &str, wide: &str) -> bool {
    let owner = names.lexicon.sources.get(narrow).and_then(|source| source.belongs_to.as_deref());
    owner == Some(wide) || (narrow != wide && names.lexicon.wholes(narrow).contains(&wide))
}

/// The loop of a chain that comes back to where it has been, from there on; at least two long.
fn circle(path: &[EntityId], roots: &[EntityId]) -> Option<Vec<EntityId>> {
    let mut seen: BTreeMap<&EntityId, usize> = BTreeMap::new();
    for (at, id) in path.iter().chain(roots.iter().filter(|root| path.last() != Some(root))).enumerate() {
        if let Some(from) = seen.insert(id, at) {
            let circle: Vec<EntityId> = path[from..at.min(path.len())].to_vec();
            return Some(circle).filter(|circle| circle.len() > 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_nouns() {
        for mention in [
            "activists",
            "Activists in Aleppo",
            "local media activists",
            "FSA-linked sources",
            "UN officials",
            "ناشطون",
            "a source at the airport",
        ] {
            assert!(nameless(mention), "{mention}");
        }
        for mention in
            ["Aleppo Media Centre", "Doctors Without Borders", "activist Jad al-Hussein", "Wisam al-Arab"]
        {
            assert!(!nameless(mention), "{mention}");
        }
    }
}
