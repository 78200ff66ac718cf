//! Capitalised words that no list knows: near-misses of listed names, and new names classed by their context.

use std::ops::Range;

use gainsay_lexicon::{NameKind, Words};
use gainsay_model::{EntityRef, Name, NameClass, Part, Rel, Sentence, TokenId, Upos};

use super::brought::bears_exactly;
use super::learned::features::Sight;
use super::learned::{MentionClass, NameModel};
use super::lexical::{CALENDAR, LOCATIVE, ordinary, speaks, starts_name};
use super::{Found, head_of};
use crate::many;
use crate::tree::Tree;

pub(super) fn unknown(tree: &Tree, words: &Words, found: &mut Found) {
    let before: &Found = found;
    let some = |sentences: &[Sentence]| -> Vec<Name> {
        let read = sentences.iter().filter(|sentence| sentence.part != Part::Furniture);
        read.flat_map(|sentence| unlisted(tree, words, before, sentence.tokens.clone())).collect()
    };
    let names = many::parts(tree.sentences, some);
    names.into_iter().flatten().for_each(|name| found.add(name));
}

/// The names of a sentence that no list knows.
fn unlisted(tree: &Tree, words: &Words, found: &Found, tokens: Range<TokenId>) -> Vec<Name> {
    // What the model sees, made ready once there is a name to class.
    let mut sight: Option<Sight> = None;
    let (mut at, mut names) = (tokens.start, Vec::new());
    while at < tokens.end {
        if !opens(tree, words, found, at) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < tokens.end && found.free(end) && continues(tree, end) {
            end += 1;
        }
        while end > at + 1 && !starts_name(tree.word(end - 1)) {
            end -= 1;
        }
        let model = NameModel::builtin();
        let sight = sight.get_or_insert_with(|| Sight::of(tree, words, &model.sorts, found, tokens.clone()));
        let mention = |head: usize| model.class_of(sight, head - tokens.start);
        names.extend(name(tree, words, at, end, &mention));
        at = end;
    }
    names
}

fn opens(tree: &Tree, words: &Words, found: &Found, at: usize) -> bool {
    let token = &tree.tokens[at];
    let word = tree.word(at);
    found.free(at)
        && starts_name(word)
        && word.chars().filter(|c| c.is_alphabetic()).count() > 1
        && (token.upos == Upos::Propn
            || word.starts_with(['#', '@'])
            || word.contains('-') && token.upos != Upos::Adj)
        && !(ordinary(tree, words, at) && tree.sentences[tree.sentence(at)].tokens.start == at)
        && !words.codebook.demonyms.contains_key(word)
        && !CALENDAR.contains(&token.lemma.to_lowercase().as_str())
}

fn continues(tree: &Tree, at: usize) -> bool {
    let token = &tree.tokens[at];
    let glue =
        matches!(tree.word(at), "bin" | "ibn" | "abu" | "-" | "of" | "al" | "el" | "de" | "the" | "and");
    if glue {
        // Glue only between two capitalised words, and "of" only inside a name of a body.
        return tree
            .tokens
            .get(at + 1)
            .is_some_and(|next| next.upos == Upos::Propn && starts_name(tree.word(at + 1)))
            && !matches!(tree.word(at), "of" | "the" | "and");
    }
    starts_name(tree.word(at))
        && token.upos == Upos::Propn
        && !CALENDAR.contains(&token.lemma.to_lowercase().as_str())
}

fn name(
    tree: &Tree,
    words: &Words,
    start: usize,
    end: usize,
    mention: &dyn Fn(usize) -> Option<MentionClass>,
) -> Option<Name> {
    let head = head_of(tree, start..end);
    let span = tree.tokens[start].span.cover(tree.tokens[end - 1].span);
    let surface = span.of(tree.text);
    let letters = surface.chars().filter(|c| c.is_alphabetic()).count();
    // A misspelling: one letter away, two in a long name.
    let distance = match letters {
        0..=5 => 0,
        6..=8 => 1,
        _ => 2,
    };
    let context = learned(tree, words, head, class(tree, words, start, end, head), mention);
    // Only a name of the kind that the context asks for is taken.
    let listed = matches!(context, NameClass::Place | NameClass::Actor | NameClass::Source);
    let elsewhere = context == NameClass::Place && bears_exactly(words, surface);
    if listed && distance > 0 && end - start <= 3 && !elsewhere {
        let near = words.index.near(surface, distance);
        let kinds = |kind: NameKind| match kind {
            NameKind::Place => context == NameClass::Place,
            NameKind::Actor => context == NameClass::Actor,
            NameKind::Source => context == NameClass::Source,
            NameKind::Person => false,
        };
        if let [one] = near.as_slice()
            && kinds(one.kind)
        {
            let name = match one.kind {
                NameKind::Place => words.gazetteer.name(&one.id),
                _ => words.lexicon.name(&one.id),
            };
            let entity = EntityRef { id: one.id.clone(), name: name.to_string() };
            return Some(Name {
                span,
                tokens: start..end,
                head,
                class: context,
                entities: vec![entity],
                antecedent: None,
                rule: "names.near".into(),
            });
        }
    }
    Some(Name {
        span,
        tokens: start..end,
        head,
        class: context,
        entities: Vec::new(),
        antecedent: None,
        rule: "names.unknown".into(),
    })
}

/// The class of an unknown name: what the model says of its head, where it takes that for a mention; else, and for
/// forces and bodies that are called so, what the rules say.
fn learned(
    tree: &Tree,
    words: &Words,
    head: usize,
    ruled: NameClass,
    mention: &dyn Fn(usize) -> Option<MentionClass>,
) -> NameClass {
    if matches!(ruled, NameClass::Actor | NameClass::Source) {
        return ruled;
    }
    match mention(head) {
        Some(MentionClass::Person) => NameClass::Person,
        Some(MentionClass::Location) => NameClass::Place,
        Some(MentionClass::Organisation) if speaks(tree, words, head) => NameClass::Source,
        // A body of which no more is known is no party to the conflict yet.
        Some(MentionClass::Organisation) => NameClass::Unknown,
        _ => ruled,
    }
}

/// What the words around an unknown name make of it.
fn class(tree: &Tree, words: &Words, start: usize, end: usize, head: usize) -> NameClass {
    let before = |n: usize| start.checked_sub(n).map(|id| tree.lower(id)).unwrap_or_default();
    let lemma = |id: usize| tree.tokens.get(id).map_or("", |token| token.lemma.as_str());
    let place_noun = |word: &str| words.codebook.places.contains_key(word);
    let last = tree.word(end - 1).to_lowercase();
    if ARMED.contains(&last.as_str()) || ARMED.iter().any(|word| tree.word(start).eq_ignore_ascii_case(word))
    {
        return NameClass::Actor;
    }
    if BODIES.contains(&last.as_str()) || before(1).ends_with("agency") {
        return NameClass::Source;
    }
    if place_noun(&last)
        || place_noun(lemma(end))
        || (before(1) == "of" && start >= 2 && place_noun(lemma(start - 2)))
    {
        return NameClass::Place;
    }
    let spoken = tree.head(head).is_some_and(|verb| {
        matches!(tree.rel(head), Rel::Nsubj)
            && words.codebook.cue(tree.lemma(verb), gainsay_lexicon::codebook::CuePos::Verb).is_some()
    });
    let titled = start > 0 && words.codebook.people.contains_key(lemma(start - 1))
        || TITLES.contains(&before(1).trim_end_matches('.'));
    if spoken || titled {
        return NameClass::Person;
    }
    if start > 0 && place_noun(lemma(start - 1)) {
        return NameClass::Place;
    }
    match tree.case(head) {
        Some(case) if case != "of" && case != "to" && LOCATIVE.contains(&case.as_str()) => NameClass::Place,
        _ => NameClass::Unknown,
    }
}

const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "dr",
    "gen",
    "general",
    "col",
    "colonel",
    "lt",
    "capt",
    "captain",
    "maj",
    "major",
    "sheikh",
    "president",
    "minister",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "activist",
    "commander",
    "leader",
    "secretary",
    "ambassador",
    "envoy",
    "director",
    "chief",
    "head",
    "journalist",
    "resident",
    "emir",
    "sgt",
];
const ARMED: &[&str] = &[
    "army",
    "battalion",
    "battalions",
    "brigade",
    "brigades",
    "division",
    "faction",
    "falcons",
    "fighters",
    "forces",
    "front",
    "harakat",
    "jabhat",
    "jaish",
    "jaysh",
    "jund",
    "katibat",
    "kataib",
    "legion",
    "liwa",
    "lions",
    "martyrs",
    "militia",
    "movement",
    "regiment",
    "union",
];
const BODIES: &[&str] = &[
    "agency",
    "center",
    "centre",
    "channel",
    "committee",
    "committees",
    "council",
    "network",
    "news",
    "newspaper",
    "observatory",
    "organization",
    "organisation",
    "press",
    "radio",
    "television",
    "times",
    "tv",
    "ministry",
    "commission",
    "office",
];
