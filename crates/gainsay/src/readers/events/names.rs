//! Names in tables of events to entries of the lists: actors as coders write them, sources by their publishers, places by
//! name and by how near they lie.

use gainsay_lexicon::brought::km;
use gainsay_lexicon::{NameKind, Place, Words};
use gainsay_model::{EntityRef, Filler};

/// How far a place of the gazetteer may lie from a row's point to be the one it names, in kilometres: coordinates of
/// either are of a place's middle, or nearly.
const NEAR_KM: f64 = 25.0;

/// The same for districts, governorates and countries, whose middles nobody agrees on.
const REGION_KM: f64 = 250.0;

/// Words that tables put behind a place's name, and that are none of it.
const PLACE_NOUNS: &[&str] = &[
    "town",
    "city",
    "village",
    "governorate",
    "province",
    "district",
    "subdistrict",
    "sub-district",
    "neighborhood",
    "neighbourhood",
    "camp",
    "area",
    "region",
    "municipality",
];

/// Words that publishers' names end in, and that reports leave out.
const OFFICE_NOUNS: &[&str] =
    &["News", "Agency", "Newswire", "Limited", "Ltd", "Inc", "Online", "Website", "English"];

/// Words by which coders say that they do not know who.
const NOBODY: &[&str] =
    &["unknown", "unidentified", "undisclosed source", "unclear", "n/a", "na", "-", "none"];

/// An actor as a table writes it: "Military Forces of Syria (2000-)", "IS", "Government of Iraq".
pub fn actor(written: &str, lists: &Words) -> Option<Filler> {
    let written = written.trim();
    if written.is_empty() || NOBODY.contains(&written.to_lowercase().as_str()) {
        return None;
    }
    let bare = bare(written);
    let mut names = vec![bare.to_owned()];
    // Codes of states: "Government of X", "Military Forces of X" are X's government and army.
    for (head, tail) in [
        ("Government of ", " government"),
        ("Military Forces of ", " army"),
        ("Police Forces of ", " police"),
    ] {
        if let Some(state) = bare.strip_prefix(head) {
            let is = |(_, entry): &(&String, &gainsay_lexicon::codebook::Demonym)| {
                let place = entry.place.as_deref().and_then(|id| lists.gazetteer.place(id));
                place.is_some_and(|place| place.name == state)
            };
            names.extend(lists.codebook.demonyms.iter().filter(is).map(|(word, _)| format!("{word}{tail}")));
            names.push(state.to_owned());
        }
    }
    let find = |name: &String| {
        let id = one(name, &[NameKind::Actor], lists)?;
        lists.lexicon.actor(&id).map(|actor| EntityRef { id: actor.id.clone(), name: actor.name.clone() })
    };
    Some(Filler { mention: written.to_owned(), entity: names.iter().find_map(find) })
}

/// The one entry of a name: of several those that are written so. A name that fits several is left to weighing.
fn one(name: &str, kinds: &[NameKind], lists: &Words) -> Option<String> {
    let found = || lists.index.find(name).iter().filter(|found| kinds.contains(&found.kind));
    let only = |found: Vec<&str>| match found.as_slice() {
        [first, rest @ ..] if rest.iter().all(|other| other == first) => Some((*first).to_owned()),
        _ => None,
    };
    let written = found().filter(|found| found.written.eq_ignore_ascii_case(name));
    only(written.map(|found| found.id.as_str()).collect())
        .or_else(|| only(found().map(|found| found.id.as_str()).collect()))
}

/// Whether a table's name for a party is of civilians.
pub fn civilians(written: &str) -> bool {
    let bare = bare(written).to_lowercase();
    ["civilian", "civilians", "protesters"].contains(&bare.as_str())
}

/// A name without what stands in brackets behind it.
fn bare(written: &str) -> &str {
    let cut = written.find('(').filter(|at| *at > 0).unwrap_or(written.len());
    written[..cut].trim()
}

/// Sources in a field that parts them by semicolons, each once, at most so many: more say nothing of whose word it is.
pub fn sources(written: &str, most: usize, lists: &Words) -> Vec<Filler> {
    let mut found: Vec<Filler> = Vec::new();
    for part in written.split([';', '\n', '|']).map(str::trim).filter(|part| !part.is_empty()) {
        if part.chars().count() > 200 || NOBODY.contains(&part.to_lowercase().as_str()) {
            continue;
        }
        let filler = Filler { mention: part.to_owned(), entity: source(part, lists) };
        let same = |known: &Filler| match (known.id(), filler.id()) {
            (Some(a), Some(b)) => a == b,
            _ => known.mention == filler.mention,
        };
        if !found.iter().any(same) && found.len() < most {
            found.push(filler);
        }
    }
    found
}

/// The entry of a source's name, also without what publishers put behind it.
fn source(name: &str, lists: &Words) -> Option<EntityRef> {
    let mut words: Vec<&str> = bare(name).split_whitespace().collect();
    while !words.is_empty() {
        let written = words.join(" ");
        let of = |kind: NameKind| one(&written, &[kind], lists);
        if let Some(id) =
            of(NameKind::Source).or_else(|| of(NameKind::Actor)).or_else(|| of(NameKind::Person))
        {
            return Some(EntityRef { name: lists.lexicon.name(&id).to_owned(), id });
        }
        if !words.pop().is_some_and(|last| OFFICE_NOUNS.contains(&last)) {
            return None;
        }
    }
    None
}

/// How coarsely a row names its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// A town, village or point.
    Point,
    /// A district, governorate or country.
    Region,
}

/// The place that a row names, of the gazetteer where one of that name lies near its point; else a place of its own, by
/// its name.
pub fn place(written: &str, lon_lat: Option<(f64, f64)>, grain: Grain, lists: &Words) -> Option<Filler> {
    let written = written.trim();
    let mut words: Vec<&str> = bare(written).split_whitespace().collect();
    if words.is_empty() || NOBODY.contains(&written.to_lowercase().as_str()) {
        return None;
    }
    let regions = ["governorate", "district", "country"];
    let fits = |place: &&Place| (grain == Grain::Region) == regions.contains(&place.kind.as_str());
    let most = if grain == Grain::Region { REGION_KM } else { NEAR_KM };
    let mut found: Option<&Place> = None;
    while found.is_none() && !words.is_empty() {
        let name = words.join(" ");
        let index = &lists.index;
        let listed = index.find(&name).iter().collect::<Vec<_>>();
        let listed = if listed.is_empty() && lon_lat.is_some() { index.near(&name, 2) } else { listed };
        let gazetteer = &lists.gazetteer;
        let brought = gazetteer.bearing(&name, &[]);
        let places = listed
            .into_iter()
            .filter(|found| found.kind == NameKind::Place)
            .filter_map(|found| gazetteer.place(&found.id))
            .chain(brought.iter().filter_map(|borne| gazetteer.found(borne)))
            .filter(fits);
        found = match lon_lat {
            Some(at) => places
                .map(|place| (km((at.1, at.0), (place.lat, place.lon)), place))
                .filter(|(far, place)| *far <= if place.kind == "country" { f64::MAX } else { most })
                .min_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.id.cmp(&b.1.id)))
                .map(|(_, place)| place),
            None => {
                let mut places: Vec<&Place> = places.collect();
                places.dedup_by_key(|place| &place.id);
                if let [place] = places.as_slice() { Some(*place) } else { None }
            }
        };
        if !words.pop().is_some_and(|last| PLACE_NOUNS.contains(&last.to_lowercase().as_str())) {
            break;
        }
    }
    let entity = found.map(|place| EntityRef { id: place.id.clone(), name: place.name.clone() });
    Some(Filler { mention: written.to_owned(), entity })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(filler: Option<Filler>) -> Option<String> {
        filler.and_then(|filler| filler.entity).map(|entity| entity.id)
    }

    #[test]
    fn actors_are_known_as_coders_write_them() {
        let lists = Words::builtin();
        for (written, expected) in [
            ("IS", Some("islamic-state")),
            ("Islamic State (Syria)", Some("islamic-state")),
            ("Government of Syria", Some("syrian-government")),
            ("Military Forces of Syria (2000-)", Some("syrian-army")),
            ("Military Forces of Iraq (2014-)", Some("iraqi-army")),
            ("Lions of Nowhere", None),
        ] {
            assert_eq!(id(actor(written, lists)).as_deref(), expected, "{written}");
        }
        assert_eq!(actor("Unknown", lists), None);
        assert!(civilians("Civilians (Syria)") && !civilians("Civil Defence"));
    }

    #[test]
    fn sources_are_known_without_their_company_s_words() {
        let lists = Words::builtin();
        let found = sources("Reuters News;Agence France Presse; SOHR\nReuters;Undisclosed Source", 8, lists);
        let ids: Vec<Option<&str>> = found.iter().map(Filler::id).collect();
        let full = sources("Syrian Observatory for Human Rights", 8, lists);
        assert_eq!(full[0].id(), Some("syrian-observatory-for-human-rights"));
        assert_eq!(ids, [Some("reuters"), Some("afp"), Some("syrian-observatory-for-human-rights")]);
    }

    #[test]
    fn places_are_known_by_name_and_nearness() {
        let lists = Words::builtin();
        let of = |name: &str, at, grain| id(place(name, at, grain, lists));
        assert_eq!(
            of("Deir ez-Zor city", Some((40.14, 35.33)), Grain::Point).as_deref(),
            Some("deir-ez-zor-city")
        );
        assert_eq!(
            of("Dayr az Zawr", Some((40.14, 35.33)), Grain::Point).as_deref(),
            Some("deir-ez-zor-city")
        );
        // The name without the point is another place.
        assert_eq!(of("Deir ez-Zor city", Some((36.2, 33.5)), Grain::Point), None);
        let region = of("Deir ez-Zor governorate", Some((40.2, 35.0)), Grain::Region);
        assert_eq!(region.as_deref(), Some("deir-ez-zor-governorate"));
        assert_eq!(
            place("Nowhere farm", Some((40.14, 35.33)), Grain::Point, lists).unwrap().mention,
            "Nowhere farm"
        );
    }
}
