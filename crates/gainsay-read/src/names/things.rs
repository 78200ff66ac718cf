//! Weapons, what carries them, and nationalities: named for whoever looks at the names; no claim is made of them.
//!
//! They come in once all claims are read, so that "warplanes", which may stand for those who fly them where they
//! act, stay a party to every claim.

use std::collections::BTreeMap;
use std::ops::Range;

use gainsay_lexicon::Words;
use gainsay_lexicon::codebook::Materiel;
use gainsay_model::{Name, NameClass, Part, Rel, Sentence, Token, TokenId, Upos};

use super::head_of;
use crate::tree::Tree;

/// Longest name of a thing in the lists, in tokens.
const LONGEST: usize = 7;

/// `names`, in which bare nouns for weapons and what carries them are called that, with those things and
/// nationalities added that no name covers.
pub fn with_things(
    text: &str,
    sentences: &[Sentence],
    tokens: &[Token],
    names: Vec<Name>,
    words: &Words,
) -> Vec<Name> {
    let tree = Tree::of(text, sentences, tokens);
    // Each with its place among the names as they were.
    let mut all: Vec<(Option<usize>, Name)> =
        names.into_iter().enumerate().map(|(at, name)| (Some(at), bare(&tree, words, name))).collect();
    let mut taken = vec![None; tokens.len()];
    all.iter().enumerate().for_each(|(id, (_, name))| taken[name.tokens.clone()].fill(Some(id)));
    let mut things = Vec::new();
    for sentence in sentences.iter().filter(|sentence| sentence.part != Part::Furniture) {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            // A thing may take the place of names that stand for nothing known: "Grad", "rockets".
            let open = |run: &Range<TokenId>| {
                taken[run.clone()].iter().flatten().all(|&id: &usize| {
                    let name = &all[id].1;
                    let inside = run.start <= name.tokens.start && name.tokens.end <= run.end;
                    inside && name.antecedent.is_none() && yields(name)
                })
            };
            let longest = sentence.tokens.end.min(at + LONGEST);
            let mut runs = (at + 1..=longest).rev().map(|end| at..end).filter(open);
            let thing = runs.find_map(|run| thing(&tree, words, run));
            let thing =
                thing.or_else(|| Some(at..at + 1).filter(open).and_then(|_| people(&tree, words, at)));
            match thing {
                Some(name) => {
                    at = name.tokens.end;
                    things.push((None, name));
                }
                None => at += 1,
            }
        }
    }
    for (_, thing) in &things {
        taken[thing.tokens.clone()].fill(Some(usize::MAX));
    }
    let mut id = 0;
    all.retain(|(_, name)| {
        id += 1;
        taken[name.tokens.start] == Some(id - 1)
    });
    all.extend(things);
    all.sort_by_key(|(_, name)| (name.tokens.start, name.tokens.end));
    let moved: BTreeMap<usize, usize> =
        all.iter().enumerate().filter_map(|(now, (before, _))| Some(((*before)?, now))).collect();
    let antecedent = |before: usize| moved.get(&before).copied();
    all.into_iter()
        .map(|(_, name)| Name { antecedent: name.antecedent.and_then(antecedent), ..name })
        .collect()
}

/// Whether a name gives way to a thing that covers it: one that no list knows, or a bare noun for a thing.
fn yields(name: &Name) -> bool {
    let thing = matches!(name.class, NameClass::Weapon | NameClass::Platform);
    name.entities.is_empty() && (thing || name.rule == "names.unknown")
}

/// A bare noun taken for a side ("tanks") is called what it is.
fn bare(tree: &Tree, words: &Words, mut name: Name) -> Name {
    let lemma = tree.lemma(name.head);
    if name.rule == "names.noun"
        && name.class == NameClass::Actor
        && name.antecedent.is_none()
        && !words.codebook.people.contains_key(lemma)
        && let Some(materiel) = words.codebook.materiel.get(lemma)
    {
        name.class = class(*materiel);
    }
    name
}

fn class(materiel: Materiel) -> NameClass {
    match materiel {
        Materiel::Weapon => NameClass::Weapon,
        Materiel::Platform => NameClass::Platform,
    }
}

/// Whether a word may be the last of a thing's name.
pub(super) fn ends(tree: &Tree, words: &Words, id: TokenId) -> bool {
    let all = &words.codebook.materiel_ends;
    let part = |word: &str| word.rsplit('-').next().is_some_and(|word| all.contains(word));
    tree.word(id).starts_with(char::is_alphanumeric)
        && (part(&tree.lemma(id).to_lowercase()) || part(&tree.lower(id)))
}

/// The class of a thing of war that these words are a name of.
pub(super) fn materiel(tree: &Tree, words: &Words, run: Range<TokenId>) -> Option<Materiel> {
    let last = run.end - 1;
    if !ends(tree, words, last) {
        return None;
    }
    let text = tree.text[tree.tokens[run.start].span.start..tree.tokens[last].span.end].to_lowercase();
    let cut = text.len().checked_sub(tree.lower(last).len())?;
    let lemma = format!("{}{}", text.get(..cut)?, tree.lemma(last).to_lowercase());
    let list = &words.codebook.materiel;
    list.get(&lemma).or_else(|| list.get(&text)).copied()
}

fn thing(tree: &Tree, words: &Words, run: Range<TokenId>) -> Option<Name> {
    let last = run.end - 1;
    let nominal = matches!(tree.tokens[last].upos, Upos::Noun | Upos::Propn);
    // "bombers" may be those who bomb.
    if !nominal || run.len() == 1 && words.codebook.people.contains_key(tree.lemma(last)) {
        return None;
    }
    let class = class(materiel(tree, words, run.clone())?);
    Some(name(tree, run, class, "names.materiel"))
}

/// "Syrian", "Kurds".
fn people(tree: &Tree, words: &Words, id: TokenId) -> Option<Name> {
    let word = tree.word(id).replace('’', "'");
    let fits = matches!(tree.tokens[id].upos, Upos::Adj | Upos::Noun | Upos::Propn);
    let named = matches!(tree.rel(id), Rel::Flat | Rel::FlatForeign);
    (fits && !named && words.codebook.peoples.contains(&word))
        .then(|| name(tree, id..id + 1, NameClass::Nationality, "names.people"))
}

fn name(tree: &Tree, tokens: Range<TokenId>, class: NameClass, rule: &'static str) -> Name {
    Name {
        span: tree.tokens[tokens.start].span.cover(tree.tokens[tokens.end - 1].span),
        head: head_of(tree, tokens.clone()),
        tokens,
        class,
        entities: Vec::new(),
        antecedent: None,
        rule: rule.into(),
    }
}
