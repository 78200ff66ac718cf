//! The entries that a mention may stand for, each with what its spelling alone speaks for it.
//!
//! Looked up once for each wording of a run and kept: reports say the same names over and over.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use gainsay_lexicon::fold::is_arabic;
use gainsay_lexicon::{NameKind, NameRef, fold};
use gainsay_model::{EntityId, Slot};

use super::many;
use super::mention::{self, Parts};
use super::name;
use super::points::points;
use crate::corpus::Names;
use crate::table::rules;

/// What a mention is asked for as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Role {
    /// Who did it, or to whom.
    Party,
    /// Where.
    Place,
    /// By whose word.
    Source,
}

impl Role {
    /// As what a slot asks for its mentions.
    pub(super) fn of(slot: Slot) -> Role {
        match slot {
            Slot::Place => Role::Place,
            Slot::Source => Role::Source,
            _ => Role::Party,
        }
    }

    /// The lists in which it may stand.
    pub(super) fn kinds(self) -> &'static [NameKind] {
        match self {
            Role::Party => &[NameKind::Actor, NameKind::Person],
            Role::Place => &[NameKind::Place],
            Role::Source => &[NameKind::Source, NameKind::Person, NameKind::Actor],
        }
    }
}

/// By what a mention was linked, before anything beside it was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By<'a> {
    /// Its name, or a name without its nouns, is listed.
    Name,
    /// It is a listed phrase.
    Phrase,
    /// It is spelled like this listed name.
    Spelling(&'a str),
    /// It is a part of the entry, which alone is named.
    PartOf,
    /// Somebody who speaks for the entry.
    Office,
}

/// One entry that may be meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Candidate<'a> {
    pub(super) id: &'a str,
    /// What the spelling speaks for it.
    pub(super) points: i32,
    pub(super) by: By<'a>,
}

/// What a mention may mean.
#[derive(Clone, Debug, Default)]
pub(super) struct Meant<'a> {
    /// Best first, then by id.
    pub(super) candidates: Vec<Candidate<'a>>,
    /// Places said beside the name to hold it.
    pub(super) outer: Vec<&'a str>,
    /// The one that is meant whatever stands in the report, as a place in `candidates`.
    pub(super) clear: Option<usize>,
    /// The id made of its letters, for where nothing decides. Empty for a mention without letters.
    pub(super) own: EntityId,
}

/// How many spellings are weighed by what stands beside them.
const MOST: usize = 12;

/// Mentions looked up so far.
pub(super) struct Lookup<'a, 'm> {
    names: Names<'a>,
    known: HashMap<(Role, &'m str), Arc<Meant<'a>>>,
}

impl<'a, 'm> Lookup<'a, 'm> {
    pub(super) fn new(names: Names<'a>) -> Lookup<'a, 'm> {
        Lookup { names, known: HashMap::new() }
    }

    /// Looks up all mentions of a list, which is most of the work of linking, on all cores.
    pub(super) fn ahead(&mut self, mentions: impl Iterator<Item = (Role, &'m str)>) {
        let mut seen: HashSet<(Role, &str)> = HashSet::new();
        let wanted: Vec<(Role, &str)> = mentions.filter(|one| seen.insert(*one)).collect();
        let names = self.names;
        let found = many::map(&wanted, |(role, mention)| Arc::new(meant(&names, *role, mention)));
        self.known.extend(wanted.into_iter().zip(found));
    }

    /// What the mention may mean.
    pub(super) fn meant(&mut self, role: Role, mention: &'m str) -> Arc<Meant<'a>> {
        if let Some(meant) = self.known.get(&(role, mention)) {
            return Arc::clone(meant);
        }
        let meant = Arc::new(meant(&self.names, role, mention));
        self.known.insert((role, mention), Arc::clone(&meant));
        meant
    }
}

fn meant<'a>(names: &Names<'a>, role: Role, mention: &str) -> Meant<'a> {
    let mut meant = Meant { own: name::slug(mention), ..Meant::default() };
    match role {
        Role::Place => place(names, mention, &mut meant),
        Role::Party => party(names, mention, &mut meant),
        Role::Source => source(names, mention, &mut meant),
    }
    meant
}

/// All entries of these lists that bear the name or that the phrase stands for.
pub(super) fn listed<'a>(names: &Names<'a>, name: &str, kinds: &[NameKind]) -> Vec<Candidate<'a>> {
    let phrase = name.to_lowercase();
    let phrase = phrase.strip_prefix("the ").unwrap_or(&phrase);
    // A common noun ("area") folds to many a name and bears none of them.
    let proper = !name.chars().any(char::is_lowercase) || name.chars().any(char::is_uppercase);
    // So does one that begins a sentence ("Men said").
    let proper = proper && !rules().unnamed.contains(&phrase);
    let named = if proper { names.index.find(name) } else { &[] };
    let of = |found: &'a [NameRef], by: By<'a>, points: i32| {
        found.iter().filter(|found| kinds.contains(&found.kind)).map(move |found| Candidate {
            id: &found.id,
            points,
            by,
        })
    };
    let mut all: Vec<Candidate> = of(named, By::Name, points().of("name", "listed")).collect();
    all.extend(of(names.index.phrase(phrase), By::Phrase, points().of("name", "phrase")));
    all.sort_by_key(|one| (one.id, -one.points));
    all.dedup_by_key(|one| one.id);
    all
}

/// Whether a place is one that holds others of its name: a city shares its name with its district and governorate.
fn wide(names: &Names, id: &str) -> bool {
    let kind = names.gazetteer.place(id).map_or("", |place| place.kind.as_str());
    matches!(kind, "country" | "governorate" | "province" | "district")
}

/// The one that is meant wherever it stands: the only one, or of nested places of one name the inmost that is no
/// district or governorate: plainly named, it is the city.
pub(super) fn clear(names: &Names, candidates: &[Candidate]) -> Option<usize> {
    if let [_] = candidates {
        return Some(0);
    }
    let inner: Vec<usize> = (0..candidates.len()).filter(|&at| !wide(names, candidates[at].id)).collect();
    let [at] = inner[..] else { return None };
    let id = candidates[at].id;
    let nested =
        |outer: &Candidate| outer.id == id || names.gazetteer.within(id, outer.id) || wide(names, outer.id);
    candidates.iter().all(nested).then_some(at)
}

fn place<'a>(names: &Names<'a>, mention: &str, meant: &mut Meant<'a>) {
    meant.candidates = listed(names, mention, &[NameKind::Place]);
    if !meant.candidates.is_empty() {
        meant.clear = clear(names, &meant.candidates);
        return;
    }
    let Parts { name, kinds, of, outer } = mention::place(mention);
    if !outer.is_empty() {
        // What holds it may itself be held: "X in Y, Z".
        let mut holder = Meant::default();
        place(names, outer, &mut holder);
        let sure = holder.clear.map(|at| holder.candidates[at]);
        meant.outer = match sure.filter(|sure| !matches!(sure.by, By::PartOf)) {
            Some(sure) => vec![sure.id],
            None => holder.candidates.iter().filter(|one| one.by == By::Name).map(|one| one.id).collect(),
        };
    }
    let fits = |id: &str| {
        let kind = names.gazetteer.place(id).map_or("", |place| place.kind.as_str());
        kinds.is_empty() || kinds.contains(&kind)
    };
    if mention::proper(name) {
        let all = listed(names, name, &[NameKind::Place]);
        let fitting: Vec<Candidate> = all.iter().copied().filter(|one| fits(one.id)).collect();
        let part = of && fitting.is_empty();
        meant.candidates = if fitting.is_empty() { all } else { fitting };
        if part {
            meant.candidates.iter_mut().for_each(|one| one.by = By::PartOf);
        }
        if meant.candidates.is_empty() {
            meant.candidates = side_by_side(names, name, &mut meant.outer);
        }
        if !meant.candidates.is_empty() {
            meant.clear = clear(names, &meant.candidates)
                .filter(|_| meant.outer.is_empty() || meant.candidates.len() == 1);
            return;
        }
        meant.own = name::slug(name);
        let brought = brought(names, name, fits);
        let exact = brought.first().is_some_and(|one| one.points > points().of("brought", "folded"));
        meant.candidates = if exact { brought } else { spelled(names, name, fits) };
        if meant.candidates.is_empty() && !exact {
            meant.candidates = self::brought(names, name, fits);
        }
    } else if let [holder] = meant.outer[..] {
        meant.candidates =
            vec![Candidate { id: holder, points: points().of("name", "phrase"), by: By::PartOf }];
        meant.clear = Some(0);
    }
}

/// "Atareb Aleppo Province": a place and what holds it, one after the other.
fn side_by_side<'a>(names: &Names<'a>, name: &str, outer: &mut Vec<&'a str>) -> Vec<Candidate<'a>> {
    for (at, _) in name.rmatch_indices(' ') {
        let (inner, holder) = (&name[..at], &name[at + 1..]);
        let (mut inner, holder) =
            (listed(names, inner, &[NameKind::Place]), listed(names, holder, &[NameKind::Place]));
        inner.retain(|one| {
            holder.iter().any(|holder| holder.id != one.id && names.gazetteer.within(one.id, holder.id))
        });
        if !inner.is_empty() {
            *outer = holder.iter().map(|holder| holder.id).collect();
            return inner;
        }
    }
    Vec::new()
}

/// Places of the lists that the user brought. So many names are borne by some place of the world that a name is not
/// enough: they are weighed as spellings are, by what stands beside them.
fn brought<'a>(names: &Names<'a>, name: &str, fits: impl Fn(&str) -> bool) -> Vec<Candidate<'a>> {
    let points = points();
    let found = names.gazetteer.bearing(name, &[]);
    let exact = found.iter().any(|one| one.exact);
    let likely = found.iter().filter(|one| one.exact == exact).take(MOST);
    let all = likely.filter_map(|one| {
        let place = names.gazetteer.found(one).filter(|place| fits(&place.id))?;
        let own = match (one.exact, one.rank) {
            (true, PROMINENT..) => points.of("brought", "prominent"),
            (true, _) => points.of("brought", "exact"),
            (false, _) => points.of("brought", "folded"),
        };
        Some(Candidate { id: &place.id, points: own, by: By::Spelling(&place.name) })
    });
    let mut all: Vec<Candidate> = all.collect();
    all.sort_by_key(|one| (-one.points, one.id));
    all
}

/// The rank of a town of some ten thousand inhabitants.
const PROMINENT: u8 = 150;

/// Listed names that are spelled like this one, those alike enough to be weighed.
fn spelled<'a>(names: &Names<'a>, name: &str, fits: impl Fn(&str) -> bool) -> Vec<Candidate<'a>> {
    let arabic = is_arabic(name);
    let short = name.chars().filter(|c| c.is_alphanumeric()).count() < if arabic { 3 } else { 4 };
    if short {
        return Vec::new();
    }
    let letters = fold::key(name).chars().count();
    let wanted = |entry: &NameRef| {
        let long = arabic != is_arabic(&entry.written) || as_long(letters, &entry.written);
        entry.kind == NameKind::Place && fits(&entry.id) && long
    };
    let ranked = names.index.ranked(name, MOST, wanted).into_iter();
    let mut all: Vec<Candidate> = ranked
        .map(|(entry, points)| Candidate { id: &entry.id, points, by: By::Spelling(&entry.written) })
        .collect();
    let likely = points().of("bound", "near");
    if !all.is_empty() && all.iter().all(|one| one.points < likely) {
        // Slips of the pen, which no habit makes likely, the index takes for the name where nothing else is near.
        let slips = names.index.near(name, 2);
        let slip = |id: &str| slips.iter().any(|slip| slip.kind == NameKind::Place && slip.id == id);
        all.iter_mut().filter(|one| slip(one.id)).for_each(|one| one.points = likely);
    }
    all.retain(|one| one.points >= points().of("bound", "spelled"));
    all.sort_by_key(|one| (-one.points, one.id));
    all
}

/// Whether a name is about as long as one of so many letters of the same script: spellings leave out letters, not words.
fn as_long(letters: usize, written: &str) -> bool {
    // Folding a name takes away a few letters at most: most names need none to be too long or too short.
    let raw = written.chars().count();
    if raw + 2 < letters || raw > 3 * letters + 6 {
        return false;
    }
    let own = fold::key(written).chars().count();
    own.abs_diff(letters) <= 2.min(letters / 3)
}

/// Words of a name, articles aside.
fn words(name: &str) -> usize {
    name.split([' ', '-']).filter(|word| !fold::key_of_part(word).is_empty()).count()
}

fn party<'a>(names: &Names<'a>, mention: &str, meant: &mut Meant<'a>) {
    let kinds = Role::Party.kinds();
    meant.candidates = listed(names, mention, kinds);
    if meant.candidates.is_empty() {
        let name = mention::party(mention);
        if !name.is_empty() {
            meant.candidates = listed(names, name, kinds);
        }
    }
    if meant.candidates.is_empty() {
        meant.candidates = near(names, mention, kinds);
    }
    meant.clear = clear(names, &meant.candidates);
}

/// The entries of the one listed name that is clearly meant by this spelling.
fn near<'a>(names: &Names<'a>, name: &str, kinds: &[NameKind]) -> Vec<Candidate<'a>> {
    if !mention::proper(name) {
        return Vec::new();
    }
    let long = words(name);
    let wanted = |entry: &NameRef| kinds.contains(&entry.kind) && words(&entry.written) == long;
    if !names.index.may_be_near(name, wanted) {
        return Vec::new();
    }
    let points = points().of("bound", "near");
    let near = names.index.near(name, 2).into_iter();
    near.filter(|entry| wanted(entry))
        .map(|entry| Candidate { id: &entry.id, points, by: By::Spelling(&entry.written) })
        .collect()
}

/// A source, a person or an actor by name; somebody who speaks for one of them by that one's.
fn source<'a>(names: &Names<'a>, mention: &str, meant: &mut Meant<'a>) {
    let name = mention.trim();
    meant.own = name::slug(name);
    let voice = |name: &str| -> Option<Candidate<'a>> {
        Role::Source.kinds().iter().find_map(|kind| {
            let found = listed(names, name, &[*kind]);
            clear(names, &found).map(|at| found[at])
        })
    };
    let found = voice(name).or_else(|| {
        let whom = name::office_of(name)?;
        voice(whom).map(|voice| Candidate { by: By::Office, ..voice })
    });
    meant.candidates = match found {
        Some(found) => vec![found],
        None => near(names, name, Role::Source.kinds()),
    };
    meant.clear = (meant.candidates.len() == 1).then_some(0);
}

#[cfg(test)]
mod tests {
    use gainsay_lexicon::Words;

    use super::*;

    #[test]
    fn a_common_word_is_no_agency_that_sounds_like_it() {
        let names = Names::from(Words::builtin());
        let of = |mention| {
            let meant = meant(&names, Role::Source, mention);
            meant.candidates.iter().map(|one| one.id).collect::<Vec<_>>()
        };
        assert_eq!(of("Ma'an"), ["maan-news"]);
        for mention in ["Men", "Man", "men", "The man"] {
            assert!(of(mention).is_empty(), "{mention}: {:?}", of(mention));
        }
    }
}
