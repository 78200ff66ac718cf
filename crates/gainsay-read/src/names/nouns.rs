//! Bare nouns for people ("residents"), forces ("gunmen") and places ("the city"), where no name covers them.

use gainsay_lexicon::Words;
use gainsay_model::{Group, Name, NameClass, Part, Rel, Upos};

use super::Found;
use crate::tree::Tree;

pub(super) fn nouns(tree: &Tree, words: &Words, found: &mut Found) {
    for sentence in tree.sentences.iter().filter(|sentence| sentence.part != Part::Furniture) {
        for head in sentence.tokens.clone() {
            let token = &tree.tokens[head];
            if !found.free(head) {
                continue;
            }
            if token.upos == Upos::Pron {
                pronoun(tree, head, found);
                continue;
            }
            if !matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num)
                || (matches!(tree.rel(head), Rel::Compound | Rel::Amod) && !head_like(tree, head))
            {
                continue;
            }
            let lemma = token.lemma.as_str();
            // "staff member", "rescue worker": two words may say more than the last.
            let pair = head.checked_sub(1).map(|before| format!("{} {lemma}", tree.lemma(before)));
            let group = pair.and_then(|pair| words.codebook.people.get(&pair));
            let group = group.or_else(|| words.codebook.people.get(lemma));
            let class = match (group, words.codebook.places.contains_key(lemma)) {
                (Some(group), _) => {
                    let fighters = *group == Some(Group::Combatants) || words.codebook.forces.contains(lemma);
                    Some(if fighters { NameClass::Actor } else { NameClass::People })
                }
                (None, true) => Some(NameClass::Place),
                (None, false) if words.codebook.forces.contains(lemma) => Some(NameClass::Actor),
                (None, false) => None,
            };
            let Some(class) = class.filter(|_| token.upos != Upos::Adj || NOMINAL.contains(&lemma)) else {
                continue;
            };
            let tokens = phrase(tree, found, head);
            found.add(Name {
                span: tree.tokens[tokens.start].span.cover(tree.tokens[tokens.end - 1].span),
                tokens,
                head,
                class,
                entities: Vec::new(),
                antecedent: None,
                rule: "names.noun".into(),
            });
        }
    }
}

/// Adjectives that stand for people.
const NOMINAL: &[&str] = &["dead", "elderly", "injured", "wounded", "displaced", "civilian"];

/// A modifier by relation that still heads what is meant: a badly parsed subject.
fn head_like(tree: &Tree, id: usize) -> bool {
    tree.head(id).is_some_and(|head| head < id)
}

fn pronoun(tree: &Tree, id: usize, found: &mut Found) {
    let word = tree.lower(id);
    let class = match word.as_str() {
        "they" | "them" | "their" | "it" | "its" => NameClass::Unknown,
        "he" | "him" | "his" | "she" | "her" => NameClass::Person,
        _ => return,
    };
    found.add(Name {
        span: tree.tokens[id].span,
        tokens: id..id + 1,
        head: id,
        class,
        entities: Vec::new(),
        antecedent: None,
        rule: "names.pronoun".into(),
    });
}

/// The noun with the free adjectives and nouns before it, without determiner and number.
fn phrase(tree: &Tree, found: &Found, head: usize) -> std::ops::Range<usize> {
    let first = tree.sentences[tree.sentence(head)].tokens.start;
    let mut start = head;
    while start > first && found.free(start - 1) {
        let before = start - 1;
        let modifies = matches!(tree.rel(before), Rel::Amod | Rel::Compound | Rel::NmodDesc)
            && tree.head(before).is_some_and(|up| (before..=head).contains(&up));
        let hyphen = tree.word(before) == "-" && before > first;
        // "regime-held areas": who holds them is no part of where they are.
        if hyphen || tree.word(before.saturating_sub(1)) == "-" {
            break;
        }
        let calendar = super::lexical::CALENDAR.contains(&tree.lower(before).as_str());
        if !modifies || calendar || tree.tokens[before].upos == Upos::Num {
            break;
        }
        start = before;
    }
    while start < head && !tree.word(start).chars().any(char::is_alphanumeric) {
        start += 1;
    }
    start..head + 1
}
