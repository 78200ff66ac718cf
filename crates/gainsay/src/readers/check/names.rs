//! Whether a name stands in the words it was read from, or follows from them.
//!
//! A mention stands in the evidence by its letters or by those of another spelling, or the lists know the same entry
//! under other words there. A name that is not there must stand in the report before the evidence ends, and the evidence
//! must hold a pronoun or a bare noun that can stand for it; a source need only be named by then. A canonical name must be
//! one that the lists know the mention by, or be named in the report by then.

use std::collections::BTreeSet;
use std::ops::Range;

use gainsay_lexicon::{NameKind, fold};
use gainsay_model::{EntityRef, Filler, Slot};

use super::super::line::{Named, short};
use super::super::words::{Place, Told};
use super::{Held, Shown};

/// Words that stand for whoever or whatever was named before.
const PRONOUNS: &[&str] = &[
    "they", "them", "their", "theirs", "it", "its", "he", "him", "his", "she", "her", "hers", "we", "us",
    "our", "who", "whose", "which", "هم", "هو", "هي",
];

/// Words that stand for a place that was named before.
const THERE: &[&str] = &["here", "there", "where", "it", "its", "which", "هناك", "هنا"];

/// Nouns for groups, beside the codebook's nouns for forces and people.
const GROUPS: &[&str] =
    &["side", "faction", "authority", "party", "alliance", "body", "organisation", "organization"];

impl Shown<'_> {
    /// The filler as it is kept, and the words that bear it out.
    ///
    /// # Errors
    /// Why it does not follow from the words.
    pub(super) fn filler(&self, slot: Slot, named: &Named) -> Result<(Filler, Option<Place>), String> {
        let held = self.held;
        let among: Vec<Range<usize>> = self.spans(slot).map(|span| held.told.between(span)).collect();
        let before = 0..among.iter().map(|words| words.end).max().unwrap_or(0);
        let (mention, place) = self.mention(slot, &named.names, &among, &before)?;
        if named.names.len() == 1 && is_pronoun(mention) {
            return Err(format!(
                "{slot} “{}” is a pronoun; give the name it stands for beside it",
                short(mention)
            ));
        }
        let known = held.known(slot, mention, place.as_ref());
        let mut entity: Option<EntityRef> = None;
        let mut better: Option<&str> = None;
        for name in named.names.iter().filter(|name| *name != mention) {
            let ids = held.follows(slot, name, mention, &known, &before)?;
            better = better.or(Some(name));
            if let (None, [id]) = (&entity, ids.iter().collect::<Vec<_>>().as_slice()) {
                entity = held.entity(id);
            }
        }
        if let Some(id) = &named.id {
            let all = named.names.iter().flat_map(|name| held.whole(slot, name));
            let all: BTreeSet<String> = all.chain(known.iter().cloned()).collect();
            match held.entity(id) {
                Some(given) if all.contains(id) => entity = Some(given),
                Some(given) => {
                    let (name, mention) = (given.name, short(mention));
                    return Err(format!("{slot} “{mention}” is not a name of {name} (`{id}`) in the lists"));
                }
                // An id of another list: the words are linked when they are weighed.
                None => {}
            }
        }
        // "The group" without anybody the lists know says nothing: the name it stands for does.
        let mention = better.filter(|_| entity.is_none() && !is_name(mention)).unwrap_or(mention);
        Ok((Filler { mention: mention.to_owned(), entity }, place))
    }

    /// The first of the names that stands in the words, or is stood for there; and where.
    fn mention<'n>(
        &self,
        slot: Slot,
        names: &'n [String],
        among: &[Range<usize>],
        before: &Range<usize>,
    ) -> Result<(&'n str, Option<Place>), String> {
        let held = self.held;
        for name in names {
            let ids = held.whole(slot, name);
            let stands =
                |words: &Range<usize>| held.told.find(name, words).or_else(|| held.told.named(&ids, words));
            if let Some(place) = among.iter().find_map(stands) {
                return Ok((name, Some(place)));
            }
        }
        for name in names.iter().filter(|name| !is_pronoun(name)) {
            let Some(earlier) = held.earlier(slot, name, before) else { continue };
            if slot == Slot::Source {
                return Ok((name, earlier));
            }
            let stand_in = among.iter().find_map(|words| held.stand_in(slot, words));
            return match stand_in {
                Some(place) => Ok((name, Some(place))),
                None => Err(format!(
                    "{slot} “{}” is named before, but nothing in the evidence stands for it; quote the words that do, too",
                    short(name)
                )),
            };
        }
        Err(format!("{slot} “{}” stands neither in the evidence nor before it", short(&names[0])))
    }
}

impl Held<'_> {
    /// Where a name stands up to there, if it does; in the headline it is nowhere in the text.
    fn earlier(&self, slot: Slot, name: &str, before: &Range<usize>) -> Option<Option<Place>> {
        let ids = self.whole(slot, name);
        let stands =
            |told: &Told, words: &Range<usize>| told.find(name, words).or_else(|| told.named(&ids, words));
        let text = stands(&self.told, before);
        let title = || self.title.as_ref().and_then(|title| stands(title, &title.all()));
        match text {
            Some(place) => Some(Some((place.0, "readers.antecedent"))),
            None => title().map(|_| None),
        }
    }

    /// A word of the evidence that can stand for what was named before.
    fn stand_in(&self, slot: Slot, words: &Range<usize>) -> Option<Place> {
        let book = &self.lists.codebook;
        let stands = |word: &str| {
            let one = singular(word);
            let is = |word: &str| match slot {
                Slot::Place => THERE.contains(&word) || book.places.contains_key(word),
                _ => {
                    PRONOUNS.contains(&word)
                        || GROUPS.contains(&word)
                        || book.forces.contains(word)
                        || book.people.contains_key(word)
                }
            };
            is(word) || is(&one)
        };
        let found = self.told.letters(words).find(|(word, _)| stands(word));
        found.map(|(_, span)| (span.clone(), "readers.antecedent"))
    }

    /// The entries that a whole name stands for.
    fn whole(&self, slot: Slot, name: &str) -> BTreeSet<String> {
        let index = &self.lists.index;
        let phrase = name.to_lowercase();
        let bare =
            ["the ", "an ", "a "].iter().find_map(|article| phrase.strip_prefix(article)).unwrap_or(&phrase);
        let of =
            |found: &gainsay_lexicon::NameRef| kinds(slot).contains(&found.kind).then(|| found.id.clone());
        let mut listed: BTreeSet<String> = index
            .find(name)
            .iter()
            .filter(|found| is_name(name) || found.written == name)
            .chain(index.phrase(bare))
            .filter_map(of)
            .collect();
        // Places of lists that the user brought.
        let gazetteer = &self.lists.gazetteer;
        if is_name(name) && kinds(slot).contains(&NameKind::Place) {
            let brought = gazetteer.bearing(name, &[]);
            listed.extend(
                brought.iter().filter_map(|borne| gazetteer.found(borne)).map(|place| place.id.clone()),
            );
        }
        match listed.is_empty() && is_name(name) {
            true => index.near(name, 1).into_iter().filter_map(of).collect(),
            false => listed,
        }
    }

    /// Whom the lists, and gainsay's own reading, know by a mention: itself, what it is made of, what these belong to.
    fn known(&self, slot: Slot, mention: &str, place: Option<&Place>) -> BTreeSet<String> {
        let told = Told::of(mention, self.lists);
        let mut ids = told.ids(&told.all(), kinds(slot));
        ids.extend(self.whole(slot, mention));
        if let Some((bytes, _)) = place {
            let names = self.reading.names.iter();
            let there = names.filter(|name| name.span.start < bytes.end && bytes.start < name.span.end);
            ids.extend(there.flat_map(|name| &name.entities).map(|entity| entity.id.clone()));
        }
        let outer: Vec<String> =
            ids.iter().flat_map(|id| self.lists.lexicon.wholes(id)).map(str::to_owned).collect();
        ids.extend(outer);
        ids
    }

    /// The entries that another name of a filler stands for.
    ///
    /// # Errors
    /// When nothing says that it is the mention's.
    fn follows(
        &self,
        slot: Slot,
        name: &str,
        mention: &str,
        known: &BTreeSet<String>,
        before: &Range<usize>,
    ) -> Result<BTreeSet<String>, String> {
        let ids = self.whole(slot, name);
        let outer = ids.iter().flat_map(|id| self.lists.lexicon.wholes(id));
        let own: BTreeSet<&str> = outer.chain(ids.iter().map(String::as_str)).collect();
        let shared: BTreeSet<String> = ids.iter().filter(|id| known.contains(*id)).cloned().collect();
        if !shared.is_empty() {
            return Ok(shared);
        }
        if own.iter().any(|id| known.contains(*id)) || fold::key(name) == fold::key(mention) {
            return Ok(ids);
        }
        let (name, mention) = (short(name), short(mention));
        // Two names of two entries are not one thing, wherever they stand.
        if is_name(&mention) && !self.whole(slot, &mention).is_empty() && !ids.is_empty() {
            return Err(format!("{slot} “{mention}” is not “{name}” in the lists"));
        }
        match self.earlier(slot, &name, before) {
            Some(_) => Ok(ids),
            None => Err(format!(
                "{slot} “{mention}” is not known to be “{name}”: the lists do not say so, and it is not named before"
            )),
        }
    }

    fn entity(&self, id: &str) -> Option<EntityRef> {
        let lexicon = &self.lists.lexicon;
        let listed = lexicon.actors.contains_key(id)
            || lexicon.sources.contains_key(id)
            || lexicon.people.contains_key(id);
        let place = self.lists.gazetteer.place(id).map(|place| place.name.clone());
        let name = place.or_else(|| listed.then(|| lexicon.name(id).to_owned()))?;
        Some(EntityRef { id: id.to_owned(), name })
    }
}

/// The lists in which a slot's names are looked up.
fn kinds(slot: Slot) -> &'static [NameKind] {
    match slot {
        Slot::Place => &[NameKind::Place],
        _ => &[NameKind::Actor, NameKind::Source, NameKind::Person, NameKind::Place],
    }
}

fn is_pronoun(mention: &str) -> bool {
    let word = mention.to_lowercase();
    // "US" is a country.
    if mention.chars().count() > 1 && !mention.chars().any(char::is_lowercase) && mention.is_ascii() {
        return false;
    }
    PRONOUNS.contains(&word.as_str()) || matches!(word.as_str(), "here" | "there" | "where")
}

/// Whether a mention is a name and no noun: it has a capital behind its article, or letters of a script without any.
fn is_name(mention: &str) -> bool {
    let words = mention
        .split_whitespace()
        .skip_while(|word| matches!(word.to_lowercase().as_str(), "the" | "a" | "an"));
    words.flat_map(str::chars).any(|c| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()))
}

/// A noun's singular, as far as the codebook's nouns need it.
fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("men") {
        return format!("{stem}man");
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return format!("{stem}y");
    }
    word.strip_suffix('s').unwrap_or(word).to_owned()
}
