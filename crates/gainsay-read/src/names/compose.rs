//! "regime warplanes", "Islamic State fighters", "Turkish forces": a side named before a noun for those who fight.

use gainsay_lexicon::Words;
use gainsay_model::{EntityRef, Name, NameClass, Part, Rel, Upos};

use super::Found;
use super::lexical::demonym;
use crate::tree::Tree;

pub(super) fn compose(tree: &Tree, words: &Words, found: &mut Found) {
    for sentence in tree.sentences.iter().filter(|sentence| sentence.part != Part::Furniture) {
        for head in sentence.tokens.clone() {
            if words.codebook.forces.contains(tree.lemma(head)) && tree.tokens[head].upos != Upos::Verb {
                compose_at(tree, words, head, found);
            }
        }
    }
}

fn compose_at(tree: &Tree, words: &Words, head: usize, found: &mut Found) {
    let first = tree.sentences[tree.sentence(head)].tokens.start;
    // A name or phrase that already covers the head may still be narrowed by a name before it.
    let own = found.at(head).cloned();
    let mut start = own.as_ref().map_or(head, |name| name.tokens.start);
    let end = own.as_ref().map_or(head + 1, |name| name.tokens.end);
    let own_head = own.as_ref().map_or(head, |name| name.head);
    let mut side: Option<(EntityRef, bool)> = None;
    // Walk back over the modifiers of the noun.
    while start > first {
        let before = start - 1;
        if let Some(name) = found.at(before) {
            let actor = match name.class {
                NameClass::Actor | NameClass::Person | NameClass::Source | NameClass::Unknown => {
                    name.entities.first().cloned()
                }
                NameClass::Place => country_actor(words, name.entities.first()),
                NameClass::People | NameClass::Weapon | NameClass::Platform | NameClass::Nationality => None,
            };
            let possessive = false;
            if !modifies(tree, name.head, own_head) {
                break;
            }
            side = actor.map(|actor| (actor, possessive)).or(side);
            start = name.tokens.start;
            continue;
        }
        let rel = tree.rel(before);
        let is_modifier =
            matches!(rel, Rel::Amod | Rel::Compound | Rel::NmodPoss | Rel::Flat | Rel::NmodDesc)
                || (rel == Rel::Punct && tree.word(before) == "-")
                || (tree.word(before) == "'s"
                    || tree.word(before) == "’s"
                    || tree.word(before) == "s"
                    || tree.word(before) == "’");
        if !is_modifier || tree.tokens[before].upos == Upos::Num {
            break;
        }
        if let Some(demonym) = demonym(tree, words, before)
            && side.is_none()
        {
            // "Syrian" before a noun of the state's own forces means the government's.
            let actor = demonym.actor.clone().or_else(|| {
                (tree.word(before) == "Syrian" && STATE_FORCES.contains(&tree.lemma(head)))
                    .then(|| "syrian-government".to_string())
            });
            side = actor.map(|id| (EntityRef { name: words.lexicon.name(&id).to_string(), id }, false));
        }
        start = before;
    }
    // Leave out a leading mark.
    while start < head && !tree.word(start).chars().any(char::is_alphanumeric) {
        start += 1;
    }
    // "X-backed", "X-led", "anti-X", "an X splinter group": whose friends, foes or past they are, not who they are.
    let other = (start..head).any(|id| {
        let word = tree.lower(id);
        matches!(
            word.as_str(),
            "backed"
                | "led"
                | "linked"
                | "supported"
                | "trained"
                | "allied"
                | "anti"
                | "pro"
                | "funded"
                | "splinter"
                | "offshoot"
                | "breakaway"
        ) || word.starts_with("anti-")
            || word.starts_with("pro-")
    });
    let entities = match (&own, side, other) {
        (Some(own), Some((side, _)), false) if own.rule == "names.phrase" => vec![side],
        (Some(_), _, _) => return,
        (None, Some((side, _)), false) => vec![side],
        _ => return,
    };
    found.add(Name {
        span: tree.tokens[start].span.cover(tree.tokens[end - 1].span),
        tokens: start..end,
        head: own_head,
        class: NameClass::Actor,
        entities,
        antecedent: None,
        rule: "names.side-before-force".into(),
    });
}

/// Whether `modifier` stands under `head` in the tree, within two steps.
fn modifies(tree: &Tree, modifier: usize, head: usize) -> bool {
    tree.head(modifier) == Some(head)
        || tree.head(modifier).and_then(|up| tree.head(up)) == Some(head)
        || modifier + 2 >= head && tree.head(modifier) == tree.head(head)
}

fn country_actor(words: &Words, place: Option<&EntityRef>) -> Option<EntityRef> {
    let place = place?;
    let actor = words.lexicon.actor(&place.id)?;
    Some(EntityRef { id: actor.id.clone(), name: actor.name.clone() })
}

/// Forces that only a state has.
const STATE_FORCES: &[&str] = &[
    "aircraft",
    "air force",
    "airforce",
    "army",
    "artillery",
    "government",
    "helicopter",
    "jet",
    "military",
    "plane",
    "regime",
    "troop",
    "warplane",
];
