//! Names and phrases of the lists, found in any usual spelling; the longest wins.

use std::ops::Range;

use gainsay_lexicon::codebook::{CuePos, TriggerPos};
use gainsay_lexicon::{NameKind, NameRef, Words, fold};
use gainsay_model::{EntityRef, Name, NameClass, Part, Rel, Sentence, TokenId, Upos, Xpos};

use super::{Found, head_of};
use crate::many;
use crate::tree::Tree;

/// Longest name in tokens.
const LONGEST: usize = 9;

pub(super) fn lexical(tree: &Tree, words: &Words, found: &mut Found) {
    let keys: Vec<String> = (0..tree.tokens.len()).map(|id| fold::key_of_part(tree.word(id))).collect();
    let some = |sentences: &[Sentence]| -> Vec<Name> {
        let read = sentences.iter().filter(|sentence| sentence.part != Part::Furniture);
        read.flat_map(|sentence| listed(tree, words, &keys, sentence.tokens.clone())).collect()
    };
    many::parts(tree.sentences, some).into_iter().flatten().for_each(|name| found.add(name));
}

/// The listed names of a sentence.
fn listed(tree: &Tree, words: &Words, keys: &[String], tokens: Range<TokenId>) -> Vec<Name> {
    let (mut at, mut names) = (tokens.start, Vec::new());
    while at < tokens.end {
        let longest = tokens.end.min(at + LONGEST);
        match (at + 1..=longest).rev().find_map(|end| name_at(tree, words, keys, at, end)) {
            Some(name) => {
                at = name.tokens.end;
                names.push(name);
            }
            None => at += 1,
        }
    }
    names
}

fn name_at(tree: &Tree, words: &Words, keys: &[String], start: usize, end: usize) -> Option<Name> {
    let first = tree.word(start);
    let last = tree.word(end - 1);
    if !first.chars().any(char::is_alphanumeric) || !last.chars().any(char::is_alphanumeric) {
        return None;
    }
    let led = last == "led" && end - start >= 3 && tree.word(end - 2) == "-";
    let noun = last.len() > 3 && last.chars().all(char::is_lowercase);
    let closes = led || noun || starts_name(last) || last.chars().all(|c| c.is_ascii_digit());
    let opens = !keys[start].is_empty()
        || first.contains('-')
        || matches!(first, "Al" | "El" | "Ar" | "Ad" | "Ash" | "Az" | "Ez" | "AL");
    let whole = end - start == 1 || opens && !keys[end - 1].is_empty();
    if starts_name(first)
        && whole
        && (end - start == 1 || closes)
        && let Some((entities, rule)) = proper(tree, words, keys, start, end)
        && !(end - start == 1 && is_phrase(tree, words, start, &entities))
    {
        return Some(name(tree, words, start, end, entities, rule));
    }
    // "military base": an adjective stands for nobody.
    if end - start == 1 && tree.tokens[start].upos == Upos::Adj && tree.rel(start) == Rel::Amod {
        return None;
    }
    let phrase = phrase(tree, start, end);
    let entries = words.index.phrase(&phrase.0);
    let entries = if entries.is_empty() { words.index.phrase(&phrase.1) } else { entries };
    (!entries.is_empty()).then(|| name(tree, words, start, end, entries.iter().collect(), "names.phrase"))
}

/// "Monitor: …", a headline's first word: a phrase that stands for somebody, where no name is written just so.
fn is_phrase(tree: &Tree, words: &Words, id: usize, entities: &[&NameRef]) -> bool {
    let word = tree.word(id);
    let written = entities.iter().any(|entry| entry.written.eq_ignore_ascii_case(word));
    !written && !words.index.phrase(&word.to_lowercase()).is_empty()
}

/// Whether a word may begin or end a proper name.
pub(super) fn starts_name(word: &str) -> bool {
    let mut letters = word.trim_start_matches(['#', '@', '“', '"', '\'', '‘']).chars();
    let first = letters.next().unwrap_or(' ');
    let article = |prefix: &str| {
        word.strip_prefix(prefix)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_uppercase() || c == '-' || c == '’'))
    };
    first.is_uppercase()
        || ('\u{600}'..='\u{6ff}').contains(&first)
        || word.split_once('-').is_some_and(|(_, rest)| rest.starts_with(char::is_uppercase))
        || article("al")
        || article("el")
}

fn proper<'w>(
    tree: &Tree,
    words: &'w Words,
    keys: &[String],
    start: usize,
    end: usize,
) -> Option<(Vec<&'w NameRef>, &'static str)> {
    let surface = &tree.text[tree.tokens[start].span.start..tree.tokens[end - 1].span.end];
    let key = keys[start..end].concat();
    let ordinary = end - start == 1 && ordinary(tree, words, start);
    let calendar = end - start == 1 && CALENDAR.contains(&surface.to_lowercase().as_str());
    let fits = |entry: &&NameRef| {
        fits(tree, entry, surface, start, end)
            && (!ordinary || entry.written.eq_ignore_ascii_case(surface) && entry.kind != NameKind::Place)
            // "Jan 17" is no day of JaN.
            && (!calendar || entry.written == surface)
    };
    let mut exact: Vec<&NameRef> = words.index.by_key(&key).iter().filter(fits).collect();
    if !exact.is_empty() {
        // Where a well-known name is written just so in the lists, others that merely fold alike are not meant
        // (Iraq, Arak); quarters and villages share their names, and their other spellings, with each other.
        let known = |entry: &&NameRef| {
            let kind = words.gazetteer.place(&entry.id).map_or("", |place| place.kind.as_str());
            entry.written.eq_ignore_ascii_case(surface)
                && (entry.kind != NameKind::Place || matches!(kind, "country" | "governorate" | "city"))
        };
        if exact.iter().any(known) {
            exact.retain(|entry| entry.written.eq_ignore_ascii_case(surface));
        }
        return Some((exact, "names.list"));
    }
    // A possessive whose apostrophe was lost: "Syrias", "Assads".
    let bare =
        tree.word(end - 1).strip_suffix('s').filter(|bare| bare.chars().count() > 3 && !bare.ends_with('s'));
    if let Some(bare) = bare {
        let key = keys[start..end - 1].concat() + &fold::key_of_part(bare);
        let entries: Vec<&NameRef> = words.index.by_key(&key).iter().filter(fits).collect();
        if !entries.is_empty() {
            return Some((entries, "names.lost-apostrophe"));
        }
    }
    None
}

/// Whether a name is written in capitals only: "IS", "U.S.", "SANA".
pub(super) fn is_abbreviation(written: &str) -> bool {
    let letters = || written.chars().filter(|c| c.is_alphabetic());
    letters().count() <= 5 && letters().all(char::is_uppercase)
}

/// Words that begin with a capital in headlines and dates and name nothing, though a name may fold to them ("City",
/// "June", "Iraqi").
pub(super) fn ordinary(tree: &Tree, words: &Words, id: usize) -> bool {
    let lemma = tree.lemma(id).to_lowercase();
    // A plural taken for a name keeps its ending as a lemma.
    let singular = lemma.strip_suffix('s').unwrap_or(&lemma);
    let book = &words.codebook;
    let listed = |lemma: &str| {
        CALENDAR.contains(&lemma)
            || book.places.contains_key(lemma)
            || book.people.contains_key(lemma)
            || book.forces.contains(lemma)
            || book.arms.contains(lemma)
            || book.means.contains_key(lemma)
            || !book.frames(lemma, TriggerPos::Noun).is_empty()
            || !book.frames(lemma, TriggerPos::Verb).is_empty()
    };
    let people = book.demonyms.contains_key(tree.word(id)) || book.peoples.contains(tree.word(id));
    people || listed(&lemma) || listed(singular)
}

/// Names of months and days, long and short, and other capitalised words that name nobody.
pub(crate) const CALENDAR: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "eid",
    "ramadan",
    "photo",
    "q",
    "a",
    "gmt",
    "sunni",
    "shia",
    "shiite",
    "alawite",
    "muslim",
    "christian",
    "islamist",
    "islamic",
];

/// Whether an entry may be meant by these words: an abbreviation must be written as one, a short or ordinary word
/// must be a name to the tagger.
fn fits(tree: &Tree, entry: &NameRef, surface: &str, start: usize, end: usize) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
    let written = letters(&entry.written);
    let abbreviation = is_abbreviation(&entry.written);
    let short = fold::key(&entry.written).chars().count() <= 3;
    let seen = letters(surface);
    if abbreviation {
        return seen.trim_end_matches('s') == written || seen == written;
    }
    // An abbreviation in the text does not stand for a name that merely folds to its letters.
    if seen.chars().count() <= 4
        && seen.chars().count() > 1
        && seen.chars().all(char::is_uppercase)
        && written != seen
    {
        return false;
    }
    if short && !fold::is_arabic(surface) && !seen.eq_ignore_ascii_case(&written) {
        return false;
    }
    // The later part of a longer name that no list knows ("Amro al-Dairi") is no place.
    let continues = tree.rel(start) == Rel::Flat
        && tree.head(start).is_some_and(|up| {
            up + 1 == start
                && tree.tokens[up].upos == Upos::Propn
                && !fold::key_of_part(tree.word(up)).is_empty()
        });
    if end - start == 1 && continues && entry.kind == NameKind::Place {
        return false;
    }
    // "Badia Monitor": the last word of a longer name that only folds to a listed one.
    let before =
        start.checked_sub(1).filter(|&id| tree.tokens[id].upos == Upos::Propn && starts_name(tree.word(id)));
    let run = before.is_some_and(|id| {
        tree.tokens[id].span.end + 1 == tree.tokens[start].span.start && tree.head(id) == Some(start)
    });
    if end - start == 1 && run && !entry.written.eq_ignore_ascii_case(surface) {
        return false;
    }
    if end - start == 1 {
        let token = &tree.tokens[start];
        let first = tree.sentences[tree.sentence(start)].tokens.start == start;
        let ordinary = !matches!(token.upos, Upos::Propn | Upos::Noun | Upos::Adj | Upos::X | Upos::Num);
        if ordinary && (first || short) {
            return false;
        }
    }
    true
}

/// The words as a phrase, lower case: as written, and with the last word's lemma.
fn phrase(tree: &Tree, start: usize, end: usize) -> (String, String) {
    let mut text = String::new();
    for id in start..end {
        let glued = id > start && tree.tokens[id - 1].span.end == tree.tokens[id].span.start;
        if id > start && !glued {
            text.push(' ');
        }
        text.push_str(&tree.lower(id).replace('’', "'"));
    }
    let cut = text.len() - tree.word(end - 1).len().min(text.len());
    let lemma = format!("{}{}", text.get(..cut).unwrap_or(""), tree.lemma(end - 1));
    (text, lemma)
}

fn name(
    tree: &Tree,
    words: &Words,
    start: usize,
    end: usize,
    mut entries: Vec<&NameRef>,
    rule: &'static str,
) -> Name {
    let head = head_of(tree, start..end);
    let class = class(tree, words, head, start, end, &entries);
    let wanted = |entry: &&NameRef| match class {
        NameClass::Place => entry.kind == NameKind::Place,
        NameClass::Actor => entry.kind == NameKind::Actor,
        NameClass::Source => entry.kind == NameKind::Source,
        NameClass::Person => entry.kind == NameKind::Person,
        _ => true,
    };
    entries.sort_by_key(|entry| !wanted(entry));
    let mut seen = std::collections::BTreeSet::new();
    entries.retain(|entry| seen.insert((entry.kind, &entry.id)));
    let entities =
        entries.into_iter().map(|entry| EntityRef { name: canonical(words, entry), id: entry.id.clone() });
    Name {
        span: tree.tokens[start].span.cover(tree.tokens[end - 1].span),
        tokens: start..end,
        head,
        class,
        entities: entities.collect(),
        antecedent: None,
        rule: rule.into(),
    }
}

fn canonical(words: &Words, entry: &NameRef) -> String {
    match entry.kind {
        NameKind::Place => words.gazetteer.name(&entry.id).to_string(),
        _ => words.lexicon.name(&entry.id).to_string(),
    }
}

/// What a name of several kinds is here: a country after "in" is a place, before a verb an actor.
fn class(
    tree: &Tree,
    words: &Words,
    head: usize,
    start: usize,
    end: usize,
    entries: &[&NameRef],
) -> NameClass {
    let has = |kind: NameKind| entries.iter().any(|entry| entry.kind == kind);
    let country = entries.iter().any(|entry| {
        entry.kind == NameKind::Place
            && words.gazetteer.place(&entry.id).is_some_and(|place| place.kind == "country")
    });
    let located = tree.case(head).is_some_and(|case| LOCATIVE.contains(&case.as_str()));
    let noun = |id: usize| words.codebook.places.contains_key(tree.lemma(id));
    let beside_place_noun = (end < tree.tokens.len() && noun(end))
        || (start >= 2 && noun(start - 2) && tree.lower(start - 1) == "of");
    if has(NameKind::Place)
        && (has(NameKind::Actor) || has(NameKind::Source) || has(NameKind::Person) || country)
    {
        let acts =
            matches!(tree.rel(head), Rel::Nsubj | Rel::NsubjPass | Rel::OblAgent | Rel::Obj | Rel::Iobj)
                || (tree.rel(head) == Rel::Conj
                    && tree.head(head).is_some_and(|up| tree.rel(up) == Rel::Nsubj))
                || tree.case(head).as_deref() == Some("by");
        return match (located || beside_place_noun, acts || !country) {
            (false, true) if has(NameKind::Actor) => NameClass::Actor,
            (false, true) if has(NameKind::Source) && speaks(tree, words, head) => NameClass::Source,
            (false, true) if has(NameKind::Person) => NameClass::Person,
            _ => NameClass::Place,
        };
    }
    // A body that both acts and reports ("the United Nations") is whichever its place in the clause makes it.
    if has(NameKind::Actor) {
        return NameClass::Actor;
    }
    if has(NameKind::Source) {
        return NameClass::Source;
    }
    if has(NameKind::Person) { NameClass::Person } else { NameClass::Place }
}

/// Whether a word is the subject of a verb of saying, or whom "according to" names.
pub(super) fn speaks(tree: &Tree, words: &Words, head: usize) -> bool {
    let cue = |verb: usize| words.codebook.cue(tree.lemma(verb), CuePos::Verb).is_some();
    let told = tree.case(head).is_some_and(|case| case.starts_with("according") || case == "by");
    told || tree.rel(head) == Rel::Nsubj && tree.head(head).is_some_and(cue)
}

/// Prepositions after which a name is where, not who.
pub(super) const LOCATIVE: &[&str] = &[
    "across",
    "around",
    "at",
    "from",
    "in",
    "in and around",
    "inside",
    "into",
    "near",
    "of",
    "off",
    "outside",
    "over",
    "through",
    "throughout",
    "to",
    "toward",
    "towards",
    "within",
];

/// Whether the word is an adjective of a country ("Russian").
pub(super) fn demonym<'w>(
    tree: &Tree,
    words: &'w Words,
    id: usize,
) -> Option<&'w gainsay_lexicon::codebook::Demonym> {
    let word = tree.word(id);
    let fits = matches!(tree.tokens[id].upos, Upos::Adj | Upos::Propn | Upos::Noun)
        || matches!(tree.tokens[id].xpos, Xpos::Jj | Xpos::Nnp);
    words.codebook.demonyms.get(word).filter(|_| fits)
}
