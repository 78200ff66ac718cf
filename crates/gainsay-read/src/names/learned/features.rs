//! What the model of mentions looks at: the word, its neighbours, the head of its phrase, and the word lists.

use std::ops::Range;

use gainsay_lexicon::Words;
use gainsay_lexicon::codebook::{CuePos, TriggerPos};
use gainsay_model::{NameClass, Rel, Upos};

use super::sorts::Sorts;
use crate::names::Found;
use crate::names::lexical::CALENDAR;
use crate::names::things::{ends, materiel};
use crate::tag::features::Look;
use crate::tag::weights::{key, mix, text_hash};
use crate::tree::Tree;

/// What of one word the features use; every field is a hash or a small number.
#[derive(Clone, Copy, Debug, Default)]
struct Facts {
    look: Look,
    lemma: u32,
    upos: u32,
    xpos: u32,
    rel: u32,
    /// Class of the listed name it belongs to and where in it the word stands; 0 for none.
    listed: u32,
    /// In which lists of the codebook it stands, a bit for each.
    lists: u32,
    /// What sort of thing the noun usually is, as learned from a treebank.
    sort: u32,
    /// The noun that heads its phrase, and the word that noun hangs on.
    noun: Option<usize>,
    above: Option<usize>,
    /// The preposition before its phrase.
    case: u32,
    /// The word its phrase opens with.
    opening: u32,
    /// 1 inside brackets, 2 inside quotation marks.
    enclosed: u32,
    /// Class of the thing of war it belongs to and where in its name the word stands; 0 for none.
    materiel: u32,
    /// Whether the words before and behind belong to the same phrase.
    joins: u32,
    /// What follows the phrase: the relation and the preposition of the first phrase that hangs on its noun.
    tail: u32,
    /// The noun of that phrase.
    tail_noun: Option<usize>,
}

/// One sentence made ready for [`Sight::features`].
#[derive(Debug, Default)]
pub struct Sight {
    facts: Vec<Facts>,
    start: usize,
}

impl Sight {
    /// Looks at the tokens of one sentence; `found` holds the names of the lists.
    pub(in crate::names) fn of(
        tree: &Tree,
        words: &Words,
        sorts: &Sorts,
        found: &Found,
        tokens: Range<usize>,
    ) -> Sight {
        let start = tokens.start;
        let mut low = String::new();
        let (mut brackets, mut quoted) = (0i32, false);
        let mut facts: Vec<Facts> = Vec::with_capacity(tokens.len());
        for id in tokens.clone() {
            let word = tree.word(id);
            let token = &tree.tokens[id];
            let look = Look::of(word, &mut low, |_| 0);
            match word {
                "(" | "[" => brackets += 1,
                ")" | "]" => brackets -= 1,
                "\"" | "“" | "”" | "‘" => quoted = !quoted,
                _ => {}
            }
            let lemma = token.lemma.to_lowercase();
            let content = matches!(
                token.upos,
                Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj | Upos::Adv | Upos::Num | Upos::X
            );
            facts.push(Facts {
                look,
                lemma: text_hash(&lemma),
                upos: token.upos as u32 + 1,
                xpos: token.xpos as u32 + 1,
                rel: token.rel as u32 + 1,
                listed: listed(found, id),
                lists: lists(words, &low, &lemma, content),
                sort: sorts.of_hash(text_hash(&lemma)),
                enclosed: u32::from(brackets > 0) | u32::from(quoted) << 1,
                ..Facts::default()
            });
        }
        let nouns: Vec<usize> = tokens.clone().map(|id| noun(tree, id, &tokens)).collect();
        // What is said of a phrase is looked up once, at its noun.
        let mut phrases: Vec<Option<Facts>> = vec![None; tokens.len()];
        for id in tokens.clone() {
            let noun = nouns[id - start];
            let phrase = *phrases[noun - start].get_or_insert_with(|| phrase(tree, noun, &tokens));
            let joined = |at: usize| nouns.get(at).is_some_and(|&other| other == noun);
            let at = id - start;
            let joins = u32::from(at > 0 && joined(at - 1)) | u32::from(joined(at + 1)) << 1;
            let own = &mut facts[at];
            *own = Facts {
                noun: phrase.noun,
                above: phrase.above,
                case: phrase.case,
                opening: phrase.opening,
                tail: phrase.tail,
                tail_noun: phrase.tail_noun,
                joins,
                ..*own
            };
        }
        let last: Vec<bool> = tokens.clone().map(|id| ends(tree, words, id)).collect();
        let mut at = tokens.start;
        while at < tokens.end {
            let longest = tokens.end.min(at + 5);
            let hit = (at + 1..=longest)
                .rev()
                .filter(|end| last[end - 1 - start])
                .find_map(|end| Some((end, materiel(tree, words, at..end)? as u32 + 1)));
            let end = hit.map_or(at + 1, |(end, _)| end);
            if let Some((_, class)) = hit {
                for id in at..end {
                    facts[id - start].materiel =
                        class << 2 | u32::from(id == at) | u32::from(id + 1 == end) << 1;
                }
            }
            at = end;
        }
        Sight { facts, start }
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.facts.len()
    }

    /// Whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    /// The first token.
    pub fn start(&self) -> usize {
        self.start
    }

    /// The keys of the features of word `at`.
    pub fn features(&self, at: usize, keys: &mut Vec<u32>) {
        const NONE: Facts = Facts {
            look: Look { form: 1, low: 1, shape: 1, prefixes: [1; 4], suffixes: [1; 5], class: 1 },
            lemma: 1,
            upos: 0,
            xpos: 0,
            rel: 0,
            listed: 0,
            lists: 0,
            sort: 0,
            noun: None,
            above: None,
            case: 1,
            opening: 1,
            enclosed: 0,
            materiel: 0,
            joins: 0,
            tail: 0,
            tail_noun: None,
        };
        keys.clear();
        let get = |index: Option<usize>| index.and_then(|index| self.facts.get(index)).unwrap_or(&NONE);
        let w = get(Some(at));
        let (p1, p2) = (get(at.checked_sub(1)), get(at.checked_sub(2)));
        let (n1, n2) = (get(Some(at + 1)), get(Some(at + 2)));
        let noun = get(w.noun);
        let above = get(w.above);
        // Before, at or after the noun; how far before.
        let side = w.noun.map_or(0, |noun| (noun as i64 - at as i64).clamp(-3, 4) + 4) as u32;
        let first = u32::from(at == 0);
        let mut seed = 0u32;
        let mut add = |a: u32, b: u32, c: u32| {
            seed += 1;
            keys.push(key(mix(mix(mix(u64::from(seed) << 32, a), b), c)));
        };
        add(0, 0, 0);
        add(w.look.form, 0, 0);
        add(w.look.low, 0, 0);
        add(w.lemma, w.upos, 0);
        add(w.look.shape, first, 0);
        for prefix in w.look.prefixes {
            add(prefix, 0, 0);
        }
        for suffix in w.look.suffixes {
            add(suffix, 0, 0);
        }
        add(p1.look.low, 0, 0);
        add(n1.look.low, 0, 0);
        add(p2.look.low, 0, 0);
        add(n2.look.low, 0, 0);
        add(p1.lemma, p1.upos, 0);
        add(n1.lemma, n1.upos, 0);
        add(p1.look.shape, w.look.shape, 0);
        add(w.look.shape, n1.look.shape, 0);
        add(p1.look.shape, w.look.shape, n1.look.shape);
        add(p1.look.low, w.look.low, 0);
        add(w.look.low, n1.look.low, 0);
        add(p1.look.low, w.look.low, n1.look.low);
        add(p1.look.low, n1.look.low, 0);
        add(p2.look.low, p1.look.low, 0);
        add(n1.look.low, n2.look.low, 0);
        add(p1.look.low, w.look.shape, 0);
        add(n1.look.low, w.look.shape, 0);
        add(p1.look.suffixes[2], n1.look.suffixes[2], 0);
        add(w.xpos, 0, 0);
        add(p1.xpos, 0, 0);
        add(n1.xpos, 0, 0);
        add(p1.xpos, w.xpos, 0);
        add(w.xpos, n1.xpos, 0);
        add(p2.xpos, p1.xpos, w.xpos);
        add(p1.xpos, w.xpos, n1.xpos);
        add(w.xpos, n1.xpos, n2.xpos);
        add(w.look.low, p1.xpos, 0);
        add(w.look.low, n1.xpos, 0);
        add(w.rel, w.upos, 0);
        add(w.rel, noun.lemma, 0);
        add(w.rel, w.look.low, 0);
        add(w.rel, p1.rel, n1.rel);
        // The head of the phrase.
        add(noun.lemma, side, 0);
        add(noun.lemma, side, w.opening);
        add(noun.lemma, w.rel, w.look.low);
        add(noun.sort, noun.upos, side);
        add(noun.lists, side, 0);
        add(noun.listed, side, w.rel);
        add(noun.look.shape, noun.upos, side);
        add(noun.look.suffixes[2], side, 0);
        add(noun.look.suffixes[3], side, 0);
        add(noun.rel, above.lemma, side);
        add(noun.rel, above.upos, side);
        add(noun.rel, w.case, above.lemma);
        add(noun.rel, w.case, side);
        add(w.case, noun.lemma, side);
        add(w.case, above.sort, noun.sort);
        add(w.case, above.lemma, w.look.low);
        add(w.case, above.lists, noun.lists);
        add(w.case, noun.listed, side);
        add(noun.sort, w.opening, side);
        add(noun.sort, noun.lists, w.xpos);
        add(w.opening, side, w.upos);
        // The lists.
        add(w.listed, 0, 0);
        add(p1.listed, w.listed, 0);
        add(w.listed, n1.listed, 0);
        add(w.listed, n1.look.low, 0);
        add(w.listed, p1.look.low, 0);
        add(w.listed, w.xpos, w.look.shape);
        add(w.lists, 0, 0);
        add(w.lists, p1.lists, 0);
        add(w.lists, n1.lists, 0);
        add(w.lists, p1.listed, 0);
        add(w.lists, n1.listed, 0);
        add(w.sort, w.upos, 0);
        add(w.sort, w.listed, w.lists);
        add(w.sort, p1.sort, 0);
        add(w.sort, n1.sort, 0);
        add(w.enclosed, w.look.shape, w.upos);
        add(w.materiel, w.upos, w.joins);
        add(w.materiel, p1.xpos, n1.xpos);
        add(noun.materiel, side, w.upos);
        add(p1.materiel, w.materiel, n1.materiel);
        // Where the phrase begins and ends, and what follows it.
        add(w.joins, w.upos, w.rel);
        add(w.joins, noun.sort, side);
        add(w.joins, noun.listed, noun.upos);
        add(w.joins, noun.lists, w.opening);
        add(w.joins, p1.look.low, n1.look.low);
        add(w.tail, noun.lemma, side);
        add(w.tail, noun.sort, side);
        let tail = get(w.tail_noun);
        add(w.tail, tail.lemma, side);
        add(w.tail, tail.sort, noun.sort);
        add(w.tail, tail.listed, noun.lists);
        add(w.case, above.sort, w.joins);
    }
}

/// What the words of one phrase have in common, by its noun.
fn phrase(tree: &Tree, noun: usize, tokens: &Range<usize>) -> Facts {
    let start = tokens.start;
    let inside = |child: &usize| tokens.contains(child);
    let case_of = |id: usize| tree.case(id).map_or(0, |case| text_hash(&case));
    let opening = tree.children(noun).iter().copied().find(inside).filter(|&child| child < noun);
    let tail = tree.children(noun).iter().copied().find(|child| *child > noun && inside(child));
    Facts {
        noun: Some(noun - start),
        above: tree.head(noun).filter(inside).map(|up| up - start),
        case: case_of(noun),
        opening: opening.map_or(0, |child| text_hash(&tree.lower(child))),
        tail: tail.map_or(0, |tail| key(mix(tree.rel(tail) as u64, case_of(tail)))),
        tail_noun: tail.map(|tail| tail - start),
        ..Facts::default()
    }
}

fn listed(found: &Found, id: usize) -> u32 {
    let Some(name) = found.at(id) else { return 0 };
    let class = match name.class {
        NameClass::Actor => 1,
        NameClass::Place => 2,
        NameClass::Source => 3,
        NameClass::Person => 4,
        _ => 5,
    };
    let tokens = &name.tokens;
    let place = u32::from(id == tokens.start) | u32::from(id + 1 == tokens.end) << 1;
    class << 3 | place << 1 | u32::from(name.rule == "names.phrase")
}

/// A bit for each list that holds the word or its lemma.
fn lists(words: &Words, low: &str, lemma: &str, content: bool) -> u32 {
    let book = &words.codebook;
    // Marks and little words stand in none of the lists but that of the calendar.
    if !content {
        return u32::from(CALENDAR.contains(&low)) << 7;
    }
    let mut capital = low.to_string();
    if let Some(first) = capital.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    let people = book.people.get(lemma);
    [
        people.is_some_and(Option::is_none),
        people.is_some_and(Option::is_some),
        book.forces.contains(lemma),
        book.places.contains_key(lemma),
        book.means.contains_key(lemma),
        book.arms.contains(lemma),
        book.demonyms.contains_key(&capital) || book.peoples.contains(&capital),
        CALENDAR.contains(&low),
        !book.frames(lemma, TriggerPos::Noun).is_empty(),
        book.cue(lemma, CuePos::Verb).is_some(),
    ]
    .iter()
    .enumerate()
    .fold(0, |bits, (at, &is)| bits | u32::from(is) << at)
}

/// The noun that heads the phrase of a word, or the word itself.
fn noun(tree: &Tree, id: usize, tokens: &Range<usize>) -> usize {
    let mut at = id;
    for _ in 0..6 {
        let inside = matches!(
            tree.rel(at),
            Rel::Det
                | Rel::DetPredet
                | Rel::Amod
                | Rel::Compound
                | Rel::Flat
                | Rel::FlatForeign
                | Rel::Nummod
                | Rel::NmodPoss
                | Rel::NmodDesc
                | Rel::NmodUnmarked
                | Rel::Case
                | Rel::Advmod
                | Rel::Goeswith
        ) || tree.rel(at) == Rel::Punct && tree.word(at) == "-";
        let up = tree.head(at).filter(|up| tokens.contains(up));
        match up {
            Some(up)
                if inside
                    && (tree.rel(at) != Rel::Advmod
                        || matches!(tree.tokens[up].upos, Upos::Adj | Upos::Num)) =>
            {
                at = up
            }
            _ => break,
        }
    }
    at
}
