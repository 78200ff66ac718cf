//! Made reports of names whose truth is known.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use gainsay_lexicon::{Gazetteer, Lexicon, NameIndex, NameKind, Words, fold};
use gainsay_model::{Claim, Filler, Kind, Slot, Status};
use gainsay_weigh::Link;
use serde_json::json;

/// Made reports, the lists without what was taken out, and the truth.
pub struct Made {
    pub lexicon: Lexicon,
    pub gazetteer: Gazetteer,
    pub claims: Vec<Claim>,
    pub mentions: Vec<Mention>,
}

/// One mention.
pub struct Mention {
    /// Its claim, as a place in the list.
    claim: usize,
    slot: Slot,
    nth: usize,
    /// The words of the name, without what is said to hold it.
    name: String,
    /// The province that is said to hold it.
    parent: Option<String>,
    /// Which entity is meant.
    truth: String,
    /// How it is written.
    how: &'static str,
}

/// A small generator of numbers that are the same on every machine (SplitMix64: Steele, Lea and Flood 2014).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    fn percent(&mut self, share: u64) -> bool {
        self.next() % 100 < share
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// An entry with the names that stay in the lists and those that were taken out.
struct Entry {
    id: String,
    kept: Vec<String>,
    held: Vec<String>,
    /// It was taken out altogether.
    unlisted: bool,
}

/// Parts a list of names, the shown one first.
fn part(dice: &mut Dice, id: &str, name: &str, names: &[String], may_go: bool) -> Entry {
    let mut by_key: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for written in std::iter::once(name).chain(names.iter().map(String::as_str)) {
        let spellings = by_key.entry(fold::key(written)).or_default();
        if !spellings.iter().any(|own| own == written) {
            spellings.push(written.to_owned());
        }
    }
    let (shown, mut kept, mut held) = (fold::key(name), Vec::new(), Vec::new());
    for (key, spellings) in by_key {
        let out = key != shown && dice.percent(50);
        if out { &mut held } else { &mut kept }.extend(spellings);
    }
    Entry { id: id.to_owned(), kept, held, unlisted: may_go && dice.percent(8) }
}

/// Habits of romanisation: what one writer writes, and another.
const HABITS: [(&str, &str); 20] = [
    ("ou", "u"),
    ("u", "ou"),
    ("oo", "u"),
    ("i", "ee"),
    ("ee", "i"),
    ("q", "k"),
    ("q", "g"),
    ("ay", "ei"),
    ("ei", "ay"),
    ("sh", "ch"),
    ("j", "dj"),
    ("al-", "el-"),
    ("al-", "Al "),
    ("ah", "eh"),
    ("iya", "ieh"),
    ("aa", "a"),
    ("gh", "g"),
    ("dh", "d"),
    ("y", "i"),
    ("a", "e"),
];

/// How a writer writes an entry's name.
fn write(dice: &mut Dice, entry: &Entry) -> (String, &'static str) {
    let how = dice.below(100);
    let own: &[String] =
        if entry.unlisted && !entry.held.is_empty() && dice.percent(30) { &entry.held } else { &entry.kept };
    let name = dice.pick(own).clone();
    let unlisted = |how| if entry.unlisted { "of an entity in no list" } else { how };
    match how {
        45..75 if !entry.held.is_empty() => {
            (dice.pick(&entry.held).clone(), unlisted("a name taken out of the lists"))
        }
        75..87 if name.is_ascii() && name.len() >= 6 => (slip(dice, &name), unlisted("misspelled")),
        87.. if name.is_ascii() => (romanise(dice, &name), unlisted("romanised by another habit")),
        _ => (name, unlisted("as listed")),
    }
}

/// One letter left out, doubled, changed, or swapped with the next; never the first.
fn slip(dice: &mut Dice, name: &str) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let at = 1 + dice.below(letters.len() - 2);
    match dice.below(4) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 => letters[at] = *dice.pick(&['a', 'e', 'i', 'n', 'r', 's', 't', 'l']),
        _ => letters.swap(at, at + 1),
    }
    letters.into_iter().collect()
}

fn romanise(dice: &mut Dice, name: &str) -> String {
    let mut name = name.to_owned();
    for _ in 0..2 {
        let fits: Vec<&(&str, &str)> = HABITS.iter().filter(|(from, _)| name.contains(from)).collect();
        if !fits.is_empty() {
            let (from, to) = dice.pick(&fits);
            name = name.replacen(from, to, 1);
        }
    }
    name
}

/// Kinds of place that are asked for.
const KINDS: [&str; 5] = ["camp", "city", "neighbourhood", "town", "village"];

impl Made {
    /// So many reports, by the lists.
    pub fn new(words: &Words, reports: usize, seed: u64) -> Made {
        let mut dice = Dice(seed);
        let (mut lexicon, mut gazetteer) = (Lexicon::load().unwrap_or_default(), Gazetteer::default());
        let (mut places, mut actors, mut sources) = (Vec::new(), Vec::new(), Vec::new());
        let parents: BTreeSet<&str> =
            words.gazetteer.places.values().filter_map(|place| place.parent.as_deref()).collect();
        for place in words.gazetteer.places.values() {
            let asked =
                KINDS.contains(&place.kind.as_str()) && words.gazetteer.governorate(&place.id).is_some();
            let mut place = place.clone();
            if asked {
                let may_go = !parents.contains(place.id.as_str());
                let entry = part(&mut dice, &place.id, &place.name, &place.names, may_go);
                place.names.clone_from(&entry.kept);
                places.push(entry);
            }
            if places.last().is_none_or(|last: &Entry| last.id != place.id || !last.unlisted) {
                gazetteer.places.insert(place.id.clone(), place);
            }
        }
        for actor in lexicon.actors.values_mut() {
            let entry = part(&mut dice, &actor.id, &actor.name, &actor.names, true);
            actor.names.clone_from(&entry.kept);
            actors.push(entry);
        }
        for source in lexicon.sources.values_mut() {
            let entry = part(&mut dice, &source.id, &source.name, &source.names, true);
            source.names.clone_from(&entry.kept);
            sources.push(entry);
        }
        for entry in actors.iter().filter(|entry| entry.unlisted) {
            lexicon.actors.remove(&entry.id);
        }
        for entry in sources.iter().filter(|entry| entry.unlisted) {
            lexicon.sources.remove(&entry.id);
        }
        let mut made = Made { lexicon, gazetteer, claims: Vec::new(), mentions: Vec::new() };
        let beside = Beside::new(words, &places);
        for n in 0..reports {
            made.report(&mut dice, n, words, (&places, &actors, &sources), &beside);
        }
        made
    }

    fn report(
        &mut self,
        dice: &mut Dice,
        n: usize,
        words: &Words,
        (places, actors, sources): (&[Entry], &[Entry], &[Entry]),
        beside: &Beside,
    ) {
        let first = if dice.percent(12) { *dice.pick(&beside.shared) } else { dice.below(places.len()) };
        let mut here = vec![first];
        for _ in 0..dice.below(3) {
            let near = &beside.near[first];
            here.push(if dice.percent(85) && !near.is_empty() {
                *dice.pick(near)
            } else {
                dice.below(places.len())
            });
        }
        let source = dice.pick(sources);
        for (m, at) in here.into_iter().enumerate() {
            let mut claim = blank(&format!("r{n:05}"), m);
            let place = &places[at];
            let (name, how) = write(dice, place);
            let parent = dice.percent(12).then(|| words.gazetteer.governorate(&place.id)).flatten();
            let text = match (parent, dice.percent(50)) {
                (None, _) => name.clone(),
                (Some(parent), true) => format!("{name}, {}", parent.name),
                (Some(parent), false) => format!("{name} in {}", parent.name),
            };
            let how =
                if parent.is_some() && how == "as listed" { "as listed, with its province" } else { how };
            let how = if how == "as listed" && beside.shared.contains(&at) {
                "as listed, borne by several places"
            } else {
                how
            };
            let parent = parent.map(|parent| parent.id.clone());
            self.put(&mut claim, Slot::Place, (text, name, parent), format!("place {}", place.id), how);
            if m < 2 {
                let actor = dice.pick(actors);
                let (name, how) = write(dice, actor);
                self.put(
                    &mut claim,
                    Slot::Actor,
                    (name.clone(), name, None),
                    format!("actor {}", actor.id),
                    how,
                );
            }
            if m == 0 {
                let (name, how) = write(dice, source);
                self.put(
                    &mut claim,
                    Slot::Source,
                    (name.clone(), name, None),
                    format!("source {}", source.id),
                    how,
                );
            }
            self.claims.push(claim);
        }
    }

    fn put(
        &mut self,
        claim: &mut Claim,
        slot: Slot,
        (mention, name, parent): (String, String, Option<String>),
        truth: String,
        how: &'static str,
    ) {
        let fillers = match slot {
            Slot::Place => &mut claim.place,
            Slot::Source => &mut claim.source,
            _ => &mut claim.actor,
        };
        let (claim, nth) = (self.claims.len(), fillers.len());
        fillers.push(Filler { mention, entity: None });
        self.mentions.push(Mention { claim, slot, nth, name, parent, truth, how });
    }

    /// The entity that each mention means.
    pub fn truth(&self) -> Vec<String> {
        self.mentions.iter().map(|mention| mention.truth.clone()).collect()
    }

    /// How many entities are named.
    pub fn entities(&self) -> usize {
        self.mentions.iter().map(|mention| &mention.truth).collect::<BTreeSet<_>>().len()
    }

    /// What links say of each mention, as a cluster: what it is named as, and its id.
    pub fn answers(&self, links: &[Link]) -> Vec<String> {
        let by: BTreeMap<(&str, Slot, usize), &str> =
            links.iter().map(|link| ((link.claim.as_str(), link.slot, link.nth), link.id.as_str())).collect();
        let of = |(n, mention): (usize, &Mention)| {
            let key = (self.claims[mention.claim].id.as_str(), mention.slot, mention.nth);
            by.get(&key).map_or_else(|| format!("none {n}"), |id| format!("{} {id}", mention.slot))
        };
        self.mentions.iter().enumerate().map(of).collect()
    }

    /// By how they are written: how many mentions were linked to the entity meant, to another one, and to none.
    pub fn by_kind(&self, answers: &[String]) -> Vec<(&'static str, usize, usize, usize)> {
        let mut all: BTreeMap<&'static str, (usize, usize, usize)> = BTreeMap::new();
        for (mention, answer) in self.mentions.iter().zip(answers) {
            let counts = all.entry(mention.how).or_default();
            let id = answer.split_once(' ').map_or("", |(_, id)| id);
            let listed = self.gazetteer.place(id).is_some() || self.lexicon.name(id) != id;
            match mention.truth.split_once(' ').is_some_and(|(_, truth)| truth == id) {
                true => counts.0 += 1,
                false if listed => counts.1 += 1,
                false => counts.2 += 1,
            }
        }
        all.into_iter().map(|(how, (right, wrong, apart))| (how, right, wrong, apart)).collect()
    }

    /// The same for Splink, a record a line: names of mentions and of the lists, without articles and accents as its
    /// users prepare them, with what they are named as and the province: of a mention the one said to hold it, else the one its
    /// report's clearly listed names lie in.
    ///
    /// # Errors
    /// Never in practice: writing to a string.
    pub fn records(&self) -> anyhow::Result<String> {
        let index = NameIndex::of(&self.lexicon, &self.gazetteer);
        let sure = |name: &str| -> Option<&str> {
            let mut found = index.find(name).iter().filter(|found| found.kind == NameKind::Place);
            match (found.next(), found.next()) {
                (Some(one), None) => Some(self.gazetteer.governorate(&one.id)?.id.as_str()),
                _ => None,
            }
        };
        let mut told: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
        for mention in self.mentions.iter().filter(|mention| mention.slot == Slot::Place) {
            if let Some(home) = mention.parent.as_deref().or_else(|| sure(&mention.name)) {
                let document = self.claims[mention.claim].document.as_str();
                *told.entry(document).or_default().entry(home).or_default() += 1;
            }
        }
        let mut out = String::new();
        for (n, mention) in self.mentions.iter().enumerate() {
            let told = told.get(self.claims[mention.claim].document.as_str());
            let most = told.and_then(|told| told.iter().max_by_key(|(_, n)| **n)).map(|(id, _)| *id);
            let home = mention.parent.as_deref().or(most).filter(|_| mention.slot == Slot::Place);
            let record = json!({"id": format!("m{n:06}"), "name": mention.name, "kind": mention.slot, "province": home});
            writeln!(out, "{record}")?;
        }
        let mut list = |kind: Slot, id: &str, names: &[String], home: Option<&str>| -> anyhow::Result<()> {
            for (n, name) in names.iter().enumerate() {
                let record =
                    json!({"id": format!("{kind} {id}#{n}"), "name": name, "kind": kind, "province": home});
                writeln!(out, "{record}")?;
            }
            Ok(())
        };
        for place in self.gazetteer.places.values() {
            let home = self.gazetteer.governorate(&place.id).map(|home| home.id.as_str());
            list(Slot::Place, &place.id, &place.names, home)?;
        }
        for actor in self.lexicon.actors.values() {
            list(Slot::Actor, &actor.id, &actor.names, None)?;
        }
        for source in self.lexicon.sources.values() {
            list(Slot::Source, &source.id, &source.names, None)?;
        }
        Ok(out)
    }
}

/// Which places lie near which, and which share a name with another.
struct Beside {
    near: Vec<Vec<usize>>,
    shared: Vec<usize>,
}

impl Beside {
    fn new(words: &Words, places: &[Entry]) -> Beside {
        let home = |at: usize| words.gazetteer.governorate(&places[at].id).map(|home| home.id.as_str());
        let mut homes: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut named: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (at, place) in places.iter().enumerate() {
            homes.entry(home(at).unwrap_or_default()).or_default().push(at);
            for name in &place.kept {
                named.entry(fold::key(name)).or_default().insert(at);
            }
        }
        let others = |at: usize| {
            let here = home(at).and_then(|home| homes.get(home)).map_or(&[][..], Vec::as_slice);
            here.iter().copied().filter(|other| *other != at).collect()
        };
        let shared: BTreeSet<usize> = named.into_values().filter(|all| all.len() > 1).flatten().collect();
        Beside { near: (0..places.len()).map(others).collect(), shared: shared.into_iter().collect() }
    }
}

fn blank(document: &str, n: usize) -> Claim {
    Claim {
        id: format!("{document}-{n:02}"),
        document: document.to_owned(),
        kind: Kind::Clash,
        evidence: Vec::new(),
        status: Status::Asserted,
        actor: Vec::new(),
        target: Vec::new(),
        place: Vec::new(),
        time: None,
        count: None,
        source: Vec::new(),
        degree: None,
        unverified: false,
        means: None,
        cut: Vec::new(),
        part_of: None,
        reader: "made".to_owned(),
        grounds: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_taken_out_are_in_no_list_and_the_same_seed_makes_the_same() {
        let made = Made::new(Words::builtin(), 40, 3);
        let index = NameIndex::of(&made.lexicon, &made.gazetteer);
        let out = made.mentions.iter().filter(|mention| mention.how == "a name taken out of the lists");
        let mut asked = 0;
        for mention in out {
            let (_, truth) = mention.truth.split_once(' ').unwrap();
            assert!(index.find(&mention.name).iter().all(|found| found.id != truth), "{}", mention.name);
            asked += 1;
        }
        assert!(asked > 10);
        let again = Made::new(Words::builtin(), 40, 3);
        assert_eq!(again.claims, made.claims);
        assert_ne!(Made::new(Words::builtin(), 40, 4).claims, made.claims);
    }
}
