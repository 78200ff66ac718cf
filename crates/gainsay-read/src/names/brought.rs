//! Names that no built-in list knows and a list that the user brought does: which of its places is meant, if any.
//!
//! A list of the whole world bears nearly every word as some place's name, so a name alone decides little. It must be
//! capitalised and stand where a place stands; then the report decides: the countries and provinces it names, how near
//! the place lies to others it tells of, how it is written, and how prominent the place is. Where two places are
//! nearly as likely, neither is taken.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_lexicon::brought::km;
use gainsay_lexicon::{Borne, Words};
use gainsay_model::{EntityRef, Name, NameClass, Rel};

use super::lexical::{LOCATIVE, ordinary};
use super::place::kinds_beside;
use crate::tree::Tree;

/// What a place needs to be taken, in points; see [`points`].
const ENOUGH: i32 = 60;

/// What a place needs where its name does not stand as a place's does, but as what was entered, taken or struck.
const PLENTY: i32 = 85;

/// How far ahead of the next it must be.
const LEAD: i32 = 10;

/// What names that were found so say they were found by.
const RULE: &str = "names.brought";

/// How often names that were decided may help to decide others.
const ROUNDS: usize = 4;

/// How many countries are looked into for small places.
const COUNTRIES: usize = 4;

/// Names the places of brought lists; changes nothing where there are no lists.
pub(super) fn brought(tree: &Tree, words: &Words, names: &mut [Name]) {
    if words.gazetteer.brought.is_empty() {
        return;
    }
    let mut open: Vec<usize> = (0..names.len()).filter(|at| may_be_place(tree, words, &names[*at])).collect();
    for _ in 0..ROUNDS {
        if open.is_empty() {
            return;
        }
        let context = Context::of(tree, words, names);
        // Once a name is known for a place's, it is wherever the report writes it.
        let known: BTreeMap<&str, EntityRef> = names
            .iter()
            .filter(|name| name.rule == RULE)
            .filter_map(|name| Some((name.span.of(tree.text), name.entities.first()?.clone())))
            .collect();
        let one = |name: &Name| {
            let known = known.get(name.span.of(tree.text)).cloned();
            known.or_else(|| context.choose(tree, words, name))
        };
        let found: Vec<(usize, EntityRef)> =
            open.iter().filter_map(|&at| Some((at, one(&names[at])?))).collect();
        if found.is_empty() {
            return;
        }
        for (at, entity) in found {
            open.retain(|other| *other != at);
            let name = &mut names[at];
            name.class = NameClass::Place;
            name.entities = vec![entity];
            name.rule = RULE.into();
        }
    }
}

/// Whether a list bears a name in its very letters: then it is no slip for another.
pub(super) fn bears_exactly(words: &Words, surface: &str) -> bool {
    words.gazetteer.bearing(surface, &[]).iter().any(|found| found.exact && found.is_settlement())
}

/// Whether a name nobody knows may be a place's: by where it stands.
fn may_be_place(tree: &Tree, words: &Words, name: &Name) -> bool {
    let single = name.tokens.len() == 1;
    name.rule == "names.unknown"
        && name.entities.is_empty()
        && !(single && ordinary(tree, words, name.tokens.start))
        && match name.class {
            // A word that also stands at the head of a sentence, or for a thing, needs its preposition.
            NameClass::Place => !single || located(tree, words, name) || named_as_place(tree, name),
            NameClass::Unknown => located(tree, words, name) || is_object(tree, name),
            _ => false,
        }
}

/// Whether something was done to it: "entered X", "X was shelled".
fn is_object(tree: &Tree, name: &Name) -> bool {
    let up = tree.head(name.head).filter(|_| tree.rel(name.head) == Rel::Conj).unwrap_or(name.head);
    matches!(tree.rel(up), Rel::Obj | Rel::NsubjPass) && named_as_place(tree, name)
}

/// Whether it stands where a place does: after a preposition of place, beside a noun for places, in a list of such
/// names, or as the place that a report is dated from.
fn located(tree: &Tree, words: &Words, name: &Name) -> bool {
    let case =
        |id: usize| tree.case(id).is_some_and(|case| LOCATIVE.contains(&case.as_str()) && case != "of");
    let listed = tree.head(name.head).filter(|_| tree.rel(name.head) == Rel::Conj);
    case(name.head)
        || listed.is_some_and(case)
        || kinds_beside(tree, words, name).is_some()
        || dateline(tree, name)
}

/// "KHARKIV, March 14" and "KHARKIV (Wire) -" at the head of a sentence.
fn dateline(tree: &Tree, name: &Name) -> bool {
    let starts = tree.sentences[tree.sentence(name.head)].tokens.start == name.tokens.start;
    let capitals = tree.text[name.span.start..name.span.end].chars().all(|c| !c.is_lowercase());
    let next = tree.tokens.get(name.tokens.end).map(|_| tree.word(name.tokens.end));
    starts && capitals && matches!(next, Some("," | "(" | "-" | "–" | "—"))
}

/// Whether it stands in the middle of a sentence: its capital is its own.
fn named_as_place(tree: &Tree, name: &Name) -> bool {
    tree.sentences[tree.sentence(name.head)].tokens.start < name.tokens.start
}

/// What a report says of where it tells from.
struct Context {
    /// Codes of the countries it names or tells of, the most told of first.
    countries: Vec<[u8; 2]>,
    /// Ids of the provinces and districts that it names.
    holders: BTreeSet<String>,
    /// Where the places lie that it names without doubt.
    points: Vec<(f64, f64)>,
}

impl Context {
    fn of(tree: &Tree, words: &Words, names: &[Name]) -> Context {
        let gazetteer = &words.gazetteer;
        let mut told: BTreeMap<[u8; 2], usize> = BTreeMap::new();
        let (mut holders, mut points) = (BTreeSet::new(), Vec::new());
        let code = |id: &str| -> Option<[u8; 2]> {
            let place = gazetteer.place(id)?;
            let outer = || gazetteer.ancestors(id).into_iter().find(|outer| outer.kind == "country");
            let country = if place.kind == "country" { Some(place) } else { outer() };
            <[u8; 2]>::try_from(country?.pcode.as_deref()?.as_bytes()).ok()
        };
        for name in names.iter().filter(|name| name.class == NameClass::Place) {
            let Some(entity) = name.entities.first() else { continue };
            let Some(place) = gazetteer.place(&entity.id) else { continue };
            if let Some(code) = code(&entity.id) {
                *told.entry(code).or_default() += 2;
            }
            match place.kind.as_str() {
                "country" => {}
                "governorate" | "district" | "region" => _ = holders.insert(entity.id.clone()),
                _ => points.push((place.lat, place.lon)),
            }
        }
        for id in 0..tree.tokens.len() {
            let demonym = words.codebook.demonyms.get(tree.word(id));
            if let Some(code) = demonym.and_then(|demonym| code(demonym.place.as_deref()?)) {
                *told.entry(code).or_default() += 1;
            }
        }
        let mut countries: Vec<([u8; 2], usize)> = told.into_iter().collect();
        countries.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), *code));
        let countries = countries.into_iter().map(|(code, _)| code).collect();
        Context { countries, holders, points }
    }

    /// The place that a name means; none where nothing, or more than one, is likely enough.
    fn choose(&self, tree: &Tree, words: &Words, name: &Name) -> Option<EntityRef> {
        let surface = name.span.of(tree.text).trim_start_matches(['#', '@']);
        let countries = &self.countries[..self.countries.len().min(COUNTRIES)];
        let kinds = kinds_beside(tree, words, name);
        let all = words.gazetteer.bearing(surface, countries);
        let located = located(tree, words, name);
        let enough = if located || name.class == NameClass::Place { ENOUGH } else { PLENTY };
        let mut scored: Vec<(i32, &Borne)> = all
            .iter()
            .map(|one| (self.points(words, one, kinds.as_deref(), located), one))
            .filter(|(points, _)| *points >= enough - LEAD)
            .collect();
        scored.sort_by_key(|(points, _)| std::cmp::Reverse(*points));
        let (best, first) = *scored.first().filter(|(best, _)| *best >= enough)?;
        // A province of the same name that contains it is no other place.
        let inside: BTreeSet<&str> = words.gazetteer.around(first).into_iter().collect();
        let holds =
            |other: &Borne| words.gazetteer.around(other).first().is_some_and(|id| inside.contains(id));
        let rival = scored[1..].iter().find(|(_, other)| !holds(other));
        if rival.is_some_and(|(next, _)| best - next < LEAD) {
            return None;
        }
        let place = words.gazetteer.found(first)?;
        Some(EntityRef { id: place.id.clone(), name: place.name.clone() })
    }

    /// What speaks for a place, in points: how it is written 30, its country 30 and against another one 40, a province
    /// that the report names 25, how near it lies to other places up to 25, the noun beside it 20 or against it 30, a
    /// preposition of place 10, its prominence up to 31; against what is hardly ever told of 20.
    fn points(&self, words: &Words, one: &Borne, kinds: Option<&[String]>, located: bool) -> i32 {
        let mut points = i32::from(one.rank) / 8;
        if one.exact {
            points += 30;
        }
        if located {
            points += 10;
        }
        let around = words.gazetteer.around(one);
        let inside = self.countries.contains(&one.country);
        points += match (inside, self.countries.is_empty()) {
            (true, _) => 30,
            (false, false) => -40,
            (false, true) => 0,
        };
        if around.iter().skip(1).any(|id| self.holders.contains(*id)) {
            points += 25;
        }
        let nearest = self.points.iter().map(|at| km(*at, one.lat_lon())).fold(f64::INFINITY, f64::min);
        points += match nearest {
            ..=30.0 => 25,
            ..=100.0 => 15,
            ..=300.0 => 5,
            _ => 0,
        };
        points += match kinds {
            Some(kinds) if kinds.iter().any(|kind| kind == one.kind) => 20,
            Some(_) => -30,
            // Plainly named, it is the town and not what is governed from it.
            None if one.is_settlement() => 5,
            None => -5,
        };
        if one.rank < 50 {
            points -= 20;
        }
        points
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};
    use std::sync::Arc;

    use gainsay_lexicon::brought::geonames::{Dump, Dumps, import};
    use gainsay_lexicon::brought::plain::Outside;
    use gainsay_lexicon::brought::same::Same;
    use gainsay_lexicon::brought::sort::InMemory;
    use gainsay_lexicon::{Brought, Words, brought::PlaceList};

    struct Text(String);

    impl Dump for Text {
        fn name(&self) -> &str {
            "test.txt"
        }

        fn read(
            &self,
            with: &mut dyn FnMut(&mut (dyn Read + Send)) -> std::io::Result<()>,
        ) -> std::io::Result<()> {
            with(&mut self.0.as_bytes())
        }
    }

    /// Name, where it lies, class, codes, inhabitants; numbered from 1.
    type Row = (&'static str, (f64, f64), &'static str, &'static str, u32);

    const ROWS: [Row; 12] = [
        ("Kharkiv", (49.98, 36.25), "P\tPPLA", "UA\t\t07\t", 1_430_885),
        ("Kharkiv Oblast", (49.5, 36.5), "A\tADM1", "UA\t\t07\t", 2_700_000),
        ("Izium", (49.21, 37.25), "P\tPPL", "UA\t\t07\t", 50_000),
        ("Balakliya", (49.46, 36.86), "P\tPPL", "UA\t\t07\t", 26_000),
        ("Novoselivka", (49.25, 37.20), "P\tPPL", "UA\t\t07\t", 400),
        ("Novoselivka", (47.25, 33.20), "P\tPPL", "UA\t\t08\t", 300),
        ("Reading", (51.45, -0.97), "P\tPPL", "GB\t\tENG\t", 200_000),
        ("Of", (40.95, 40.30), "P\tPPL", "TR\t\t61\t", 20_000),
        ("Monday", (5.0, 5.0), "P\tPPL", "NG\t\t1\t", 900_000),
        ("Smith", (40.0, -100.0), "P\tPPL", "US\t\tNE\t", 5_000),
        ("Cherry Creek", (39.0, -104.0), "H\tSTM", "US\t\tCO\t", 0),
        ("Marra", (12.9, 24.2), "P\tPPL", "SD\t\t1\t", 300),
    ];

    fn words() -> Words {
        let mut dump = String::new();
        for (n, (name, (lat, lon), class, codes, people)) in ROWS.iter().enumerate() {
            dump += &format!(
                "{}\t{name}\t{name}\t\t{lat}\t{lon}\t{class}\t{codes}\t\t\t{people}\t\t1\tx\t2020-01-01\n",
                n + 1
            );
        }
        let mut words = Words::load().unwrap();
        let same = Same::of(&words.gazetteer);
        let mut file = Cursor::new(Vec::new());
        let dumps = Dumps { places: &Text(dump), alternates: None, codes: Vec::new() };
        let outside = Outside::of(&words.gazetteer, &same);
        import(&dumps, &same, outside, &InMemory, &mut file, &mut |_, _| {}).unwrap();
        let list = PlaceList::open("test", Arc::new(file.into_inner())).unwrap();
        words.gazetteer.brought = Brought::of(vec![list]);
        words
    }

    /// Names with the ids that they were given, those of brought lists alone.
    fn found(words: &Words, text: &str) -> Vec<(String, String)> {
        let report = crate::testing::report("2022-03-14", text);
        let reading = crate::read(&report, words);
        let own = reading
            .names
            .iter()
            .filter(|name| name.entities.first().is_some_and(|one| one.id.starts_with("gn-")));
        own.map(|name| (name.span.of(text).to_owned(), name.entities[0].id.clone())).collect()
    }

    #[test]
    fn places_of_a_list_are_read_where_the_report_is_told_from_their_country() {
        let words = words();
        let text = "Russian warplanes bombed Izium on Monday, killing 12 civilians, Ukrainian officials said. \
            Shelling killed three people in Balakliya. Fighters entered Novoselivka, a village near Izium.";
        let found = found(&words, text);
        let of = |name: &str| found.iter().find(|(own, _)| own == name).map(|(_, id)| id.as_str());
        assert_eq!(of("Balakliya"), Some("gn-4"), "{found:?}");
        assert_eq!(of("Izium"), Some("gn-3"), "{found:?}");
        assert_eq!(of("Novoselivka"), Some("gn-5"), "the one nearby: {found:?}");
        assert_eq!(of("Monday"), None);
    }

    #[test]
    fn words_that_are_some_places_name_are_no_places() {
        let words = words();
        for text in [
            "Of the 12 wounded, three died in Aleppo on Monday.",
            "Reading the statement in Damascus, the spokesman said that five fighters were killed.",
            "Smith told reporters in Raqqa that the army had shelled the town.",
            "A resident of Cherry Creek said that shells fell on Homs.",
            "Fighters of the Marra brigade entered Idlib.",
        ] {
            assert_eq!(found(&words, text), [], "{text}");
        }
    }

    #[test]
    fn without_lists_nothing_changes() {
        let text = "Shelling killed three people in Balakliya, Ukraine.";
        assert_eq!(found(Words::builtin(), text), []);
    }
}
