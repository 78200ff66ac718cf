//! "they", "the group", "the city", "the bridge": the name that a pronoun or definite noun stands for.
//!
//! Walks back over the names before it, nearest first, subjects before others, and takes the first that fits in
//! class and, for places, in kind. After Lappin and Leass 1994 (salience by recency and subject position), much cut
//! down.

use std::collections::BTreeMap;

use gainsay_lexicon::Words;
use gainsay_lexicon::codebook::CuePos;
use gainsay_model::{Name, NameClass, Rel, Upos};

use crate::tree::Tree;

/// How many sentences back an antecedent may stand.
const REACH: usize = 4;

pub(super) fn coref(tree: &Tree, words: &Words, names: &mut [Name]) {
    // The last place of each kind so far: the city that "the city" is, however long ago it was named.
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut told: BTreeMap<String, usize> = BTreeMap::new();
    for at in 0..names.len() {
        if let Some(before) = at.checked_sub(1)
            && let Some(kind) = kind_of(words, &names[before])
        {
            let id = |name: &Name| name.entities.first().map(|entity| entity.id.clone()).unwrap_or_default();
            *told.entry(id(&names[before])).or_default() += 1;
            // A capital that is named in passing ("state media in Damascus") is not what the report is about.
            let passing = places.get(kind).is_some_and(|&old| {
                told[&id(&names[before])] == 1
                    && told[&id(&names[old])] > 2
                    && in_passing(tree, names[before].head)
            });
            if !passing {
                places.insert(kind, before);
            }
        }
        // "the jihadists" stand for themselves until a group of theirs has been named.
        let nobodys = generic(words, &names[at]);
        if (!names[at].entities.is_empty() && !nobodys) || names[at].rule == "names.unknown" {
            continue;
        }
        let name = &names[at];
        let lemma = tree.lemma(name.head);
        let pronoun = name.rule == "names.pronoun";
        let definite = name.tokens.start.checked_sub(1).is_some_and(|before| {
            matches!(tree.lower(before).as_str(), "the" | "this" | "that" | "its" | "both")
                && tree.tokens[before].upos != Upos::Sconj
        }) && name.tokens.len() == 1;
        let found = match name.class {
            NameClass::Place if definite && !PARTS.contains(&lemma) => place(words, lemma, &places),
            NameClass::Place if lemma == "side" && of_country(tree, words, name) => {
                crossing(tree, words, names, at)
            }
            NameClass::Actor | NameClass::Unknown
                if (definite && GROUPS.contains(&lemma) || pronoun) && speaks(tree, words, name.head) =>
            {
                speaker(tree, names, at).or_else(|| side(tree, words, names, at, pronoun))
            }
            NameClass::Actor if definite && nobodys => jihadists(words, names, at, lemma),
            NameClass::Actor if definite && GROUPS.contains(&lemma) => {
                group(tree, words, names, at).or_else(|| side(tree, words, names, at, false))
            }
            NameClass::Unknown if pronoun => side(tree, words, names, at, true),
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

/// Whether a name stands for fighters of nobody in particular.
fn generic(words: &Words, name: &Name) -> bool {
    let actor = name.entities.first().and_then(|entity| words.lexicon.actor(&entity.id));
    name.class == NameClass::Actor && actor.is_some_and(|actor| actor.kind == "generic")
}

/// "the jihadists", "the extremists": where all groups named before it that can be meant are one.
fn jihadists(words: &Words, names: &[Name], at: usize, lemma: &str) -> Option<usize> {
    if !matches!(lemma, "jihadist" | "extremist" | "terrorist" | "militant") {
        return None;
    }
    let mut found: Option<usize> = None;
    for other in (0..at).rev() {
        let Some(entity) = names[other].entities.first().filter(|_| names[other].class == NameClass::Actor)
        else {
            continue;
        };
        let Some(actor) = words.lexicon.actor(&entity.id) else { continue };
        if actor.kind == "generic" || !matches!(actor.side.as_str(), "islamic-state" | "jihadist") {
            continue;
        }
        match found.map(|found| &names[found].entities[0].id) {
            Some(id) if *id != entity.id => return None,
            _ => found = found.or(Some(other)),
        }
    }
    found
}

/// "the group": the armed group named last as a subject, or else at all; no tribe, army or state.
fn group(tree: &Tree, words: &Words, names: &[Name], at: usize) -> Option<usize> {
    if !matches!(tree.lemma(names[at].head), "group" | "organisation" | "organization" | "faction") {
        return None;
    }
    let armed = |&other: &usize| {
        let actor = names[other].entities.first().and_then(|entity| words.lexicon.actor(&entity.id));
        actor.is_some_and(|actor| matches!(actor.kind.as_str(), "armed-group" | "faction" | "militia"))
    };
    let subject =
        |&other: &usize| matches!(tree.rel(names[other].head), Rel::Nsubj | Rel::NsubjPass | Rel::OblAgent);
    let all: Vec<usize> = candidates(tree, names, at).filter(armed).collect();
    all.iter().copied().find(subject).or_else(|| all.first().copied())
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

/// Whether a place only says where somebody speaks from: "media in Damascus", "an official in Ankara".
fn in_passing(tree: &Tree, head: usize) -> bool {
    let up = tree.head(head).filter(|_| tree.rel(head) == Rel::Nmod);
    up.is_some_and(|up| matches!(tree.rel(up), Rel::Nsubj | Rel::NsubjPass | Rel::OblAgent | Rel::Obl))
        && tree.case(head).as_deref() == Some("in")
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

fn side(tree: &Tree, words: &Words, names: &[Name], at: usize, pronoun: bool) -> Option<usize> {
    let here = tree.sentence(names[at].head);
    let doer = tree.rel(names[at].head) == Rel::Nsubj && !speaks(tree, words, names[at].head);
    let fits = |&other: &usize| {
        let name = &names[other];
        // "They abducted 400": whoever reports it did not do it.
        let reports = name.class == NameClass::Source
            && pronoun
            && doer
            && name.entities.first().is_some_and(|entity| words.lexicon.actor(&entity.id).is_none());
        matches!(name.class, NameClass::Actor | NameClass::Source)
            && !reports
            && (!name.entities.is_empty() || pronoun && name.rule == "names.noun")
    };
    let subject =
        |&other: &usize| matches!(tree.rel(names[other].head), Rel::Nsubj | Rel::NsubjPass | Rel::OblAgent);
    // "ISIS, which has grown since it took the town": whom the clause around the pronoun describes.
    let sentence = tree.sentences[here].tokens.start;
    let which =
        (sentence..names[at].head).rev().find(|&id| matches!(tree.lower(id).as_str(), "which" | "who"));
    let described = which.filter(|_| pronoun).and_then(|which| {
        (0..at).rev().find(|&other| {
            fits(&other) && names[other].tokens.end + 1 == which && tree.word(which - 1) == ","
        })
    });
    if described.is_some() {
        return described;
    }
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
