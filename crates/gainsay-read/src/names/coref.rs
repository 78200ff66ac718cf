//! "they", "the group", "the city", "the bridge": the name that a pronoun or definite noun stands for.
//!
//! Walks back over the names before it, nearest first, subjects before others, and takes the first that fits in
//! class and, for places, in kind. After Lappin and Leass 1994 (salience by recency and subject position), much cut
//! down.

use std::collections::BTreeMap;

use gainsay_lexicon::Words;
use gainsay_lexicon::codebook::CuePos;
use gainsay_model::{Name, NameClass, Rel};

use crate::tree::Tree;

/// How many sentences back an antecedent may stand.
const REACH: usize = 4;

pub(super) fn coref(tree: &Tree, words: &Words, names: &mut [Name]) {
    // The last place of each kind so far: the city that "the city" is, however long ago it was named.
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for at in 0..names.len() {
        if let Some(before) = at.checked_sub(1)
            && let Some(kind) = kind_of(words, &names[before])
        {
            places.insert(kind, before);
        }
        if !names[at].entities.is_empty() || names[at].rule == "names.unknown" {
            continue;
        }
        let name = &names[at];
        let lemma = tree.lemma(name.head);
        let pronoun = name.rule == "names.pronoun";
        let definite = name.tokens.start.checked_sub(1).is_some_and(|before| {
            matches!(tree.lower(before).as_str(), "the" | "this" | "that" | "its" | "both")
        }) && name.tokens.len() == 1;
        let found = match name.class {
            NameClass::Place if definite && !PARTS.contains(&lemma) => place(words, lemma, &places),
            NameClass::Place if lemma == "side" && of_country(tree, words, name) => {
                crossing(tree, words, names, at)
            }
            NameClass::Actor | NameClass::Unknown
                if (definite && GROUPS.contains(&lemma) || pronoun) && speaks(tree, words, name.head) =>
            {
                speaker(tree, names, at).or_else(|| side(tree, names, at, pronoun))
            }
            NameClass::Actor if definite && GROUPS.contains(&lemma) => side(tree, names, at, false),
            NameClass::Unknown if pronoun => side(tree, names, at, true),
            NameClass::Person if pronoun => person(tree, names, at),
            _ => None,
        };
        if let Some(antecedent) = found {
            names[at].antecedent = Some(antecedent);
            names[at].entities = names[antecedent].entities.clone();
            if pronoun || names[at].class == NameClass::Actor {
                names[at].class = names[antecedent].class;
            }
            names[at].rule = "names.coref".into();
        }
    }
}

/// Nouns that need a name to be anyone.
const GROUPS: &[&str] = &[
    "group",
    "organization",
    "organisation",
    "coalition",
    "militant",
    "extremist",
    "jihadist",
    "insurgent",
    "faction",
    "militia",
    "alliance",
    "terrorist",
    "movement",
];

/// Nouns for parts of places: they stand for themselves.
const PARTS: &[&str] = &[
    "area",
    "region",
    "country",
    "border",
    "side",
    "part",
    "site",
    "territory",
    "building",
    "road",
    "hospital",
    "school",
    "mosque",
    "front",
    "frontline",
    "position",
    "checkpoint",
    "outskirts",
    "countryside",
    "river",
    "square",
    "street",
    "building",
    "base",
];

/// The names before one, nearest first, as far back as an antecedent may stand.
fn candidates<'a>(tree: &'a Tree, names: &'a [Name], at: usize) -> impl Iterator<Item = usize> + 'a {
    let here = tree.sentence(names[at].head);
    (0..at).rev().take_while(move |&other| here - tree.sentence(names[other].head) <= REACH)
}

/// What kind of place a name names.
fn kind_of<'w>(words: &'w Words, name: &Name) -> Option<&'w str> {
    let entity = name.entities.first().filter(|_| name.class == NameClass::Place)?;
    words.gazetteer.place(&entity.id).map(|place| place.kind.as_str())
}

/// The place named last that a noun fits: a city once named is "the city" until another is.
fn place(words: &Words, lemma: &str, places: &BTreeMap<&str, usize>) -> Option<usize> {
    let kinds = words.codebook.places.get(lemma)?;
    kinds.iter().filter_map(|kind| places.get(kind.as_str())).max().copied()
}

/// "the Syrian side": a country's adjective before it.
fn of_country(tree: &Tree, words: &Words, name: &Name) -> bool {
    name.tokens.len() == 2 && words.codebook.demonyms.contains_key(tree.word(name.tokens.start))
}

/// The crossing named last.
fn crossing(tree: &Tree, words: &Words, names: &[Name], at: usize) -> Option<usize> {
    candidates(tree, names, at).find(|&other| {
        let entity = names[other].entities.first();
        entity
            .and_then(|entity| words.gazetteer.place(&entity.id))
            .is_some_and(|place| place.kind == "crossing")
    })
}

/// Whether a word is the subject of a verb of saying.
fn speaks(tree: &Tree, words: &Words, head: usize) -> bool {
    let cue = |verb: usize| words.codebook.cue(tree.lemma(verb), CuePos::Verb).is_some();
    tree.rel(head) == Rel::Nsubj && tree.head(head).is_some_and(cue)
}

/// Who spoke last, of those whose business it is to report.
fn speaker(tree: &Tree, names: &[Name], at: usize) -> Option<usize> {
    candidates(tree, names, at)
        .find(|&other| names[other].class == NameClass::Source && !names[other].entities.is_empty())
}

fn side(tree: &Tree, names: &[Name], at: usize, pronoun: bool) -> Option<usize> {
    let here = tree.sentence(names[at].head);
    let fits = |&other: &usize| {
        let name = &names[other];
        matches!(name.class, NameClass::Actor | NameClass::Source)
            && (!name.entities.is_empty() || pronoun && name.rule == "names.noun")
    };
    let subject =
        |&other: &usize| matches!(tree.rel(names[other].head), Rel::Nsubj | Rel::NsubjPass | Rel::OblAgent);
    // In the same sentence the nearest subject; then the subject of the nearest sentence that has one; then anyone.
    let all: Vec<usize> = candidates(tree, names, at).filter(fits).collect();
    let same = all.iter().copied().filter(|&other| tree.sentence(names[other].head) == here);
    let same_subject = same.clone().rfind(subject);
    let before = all.iter().copied().filter(|&other| tree.sentence(names[other].head) < here);
    let nearest = before.clone().next().map(|other| tree.sentence(names[other].head));
    let subject_before =
        before.clone().find(|other| subject(other) && Some(tree.sentence(names[*other].head)) == nearest);
    match pronoun {
        true => same_subject.or(subject_before).or_else(|| all.first().copied()),
        false => subject_before.or_else(|| all.first().copied()),
    }
}

fn person(tree: &Tree, names: &[Name], at: usize) -> Option<usize> {
    let fits = |&other: &usize| names[other].class == NameClass::Person && names[other].antecedent.is_none();
    candidates(tree, names, at).find(fits)
}
