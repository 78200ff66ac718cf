//! The lists load, hang together and lie where they say.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

/// The files that hold places, in the order of their names.
const GAZETTEER: [(&str, &str); 4] = [
    ("admin.tsv", include_str!("../data/gazetteer/admin.tsv")),
    ("iraq.tsv", include_str!("../data/gazetteer/iraq.tsv")),
    ("neighbours.tsv", include_str!("../data/gazetteer/neighbours.tsv")),
    ("syria.tsv", include_str!("../data/gazetteer/syria.tsv")),
];

const LEXICON: [(&str, &str); 3] = [
    ("actors.tsv", include_str!("../data/lexicon/actors.tsv")),
    ("people.tsv", include_str!("../data/lexicon/people.tsv")),
    ("sources.tsv", include_str!("../data/lexicon/sources.tsv")),
];

#[test]
fn every_list_loads() {
    let words = Words::load().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(words.codebook.kinds.len(), gainsay_model::Kind::ALL.len());
    assert!(words.lexicon.actors.len() >= 150 && words.lexicon.sources.len() >= 150);
    let in_syria = words.gazetteer.places.keys().filter(|id| words.gazetteer.within(id, "syria")).count();
    assert!(in_syria >= 350 + 14, "{in_syria} places in Syria");
}

#[test]
fn lists_are_sorted_by_id_and_say_their_licence() {
    for (file, text) in GAZETTEER.into_iter().chain(LEXICON) {
        assert!(text.starts_with('#') && text.to_lowercase().contains("licence"), "{file} has no head");
        let ids: Vec<&str> = table::rows(file, text).unwrap().iter().map(|row| row.get("id")).collect();
        for pair in ids.windows(2) {
            assert!(pair[0].as_bytes() < pair[1].as_bytes(), "{file}: {} stands before {}", pair[0], pair[1]);
        }
        for id in ids {
            let fits = id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
            assert!(fits && !id.is_empty(), "{file}: id {id:?}");
        }
    }
}

#[test]
fn every_place_has_its_parents_and_lies_in_their_boxes() {
    let gazetteer = Gazetteer::load().unwrap();
    for place in gazetteer.places.values() {
        assert!(
            place.parent.as_ref().is_none_or(|parent| gazetteer.places.contains_key(parent)),
            "{} is an orphan",
            place.id
        );
        for outer in gazetteer.ancestors(&place.id) {
            let Some([west, south, east, north]) = outer.extent else { continue };
            let inside = (west..=east).contains(&place.lon) && (south..=north).contains(&place.lat);
            assert!(inside, "{} lies outside {}", place.id, outer.id);
        }
    }
}

#[test]
fn the_governorates_bear_their_p_codes() {
    let gazetteer = Gazetteer::load().unwrap();
    let codes: BTreeSet<String> = gazetteer
        .places
        .values()
        .filter(|place| place.kind == "governorate" && place.parent.as_deref() == Some("syria"))
        .filter_map(|place| place.pcode.clone())
        .collect();
    let expected: BTreeSet<String> = (1..=14).map(|n| format!("SY{n:02}")).collect();
    assert_eq!(codes, expected);
    for place in gazetteer.places.values().filter(|place| place.kind == "district") {
        let own = place.pcode.as_deref().unwrap_or_default();
        let home = gazetteer.governorate(&place.id).and_then(|home| home.pcode.clone()).unwrap_or_default();
        assert!(own.starts_with(&home), "{}: {own} is not in {home}", place.id);
    }
}

#[test]
fn whatever_an_entry_points_to_exists() {
    let lexicon = Lexicon::load().unwrap();
    for actor in lexicon.actors.values() {
        for other in [&actor.part_of, &actor.follows].into_iter().flatten() {
            assert!(lexicon.actors.contains_key(other), "{} points to {other}", actor.id);
        }
    }
    let owners = lexicon.sources.values().map(|source| (&source.id, &source.belongs_to));
    for (id, owner) in owners.chain(lexicon.people.values().map(|person| (&person.id, &person.belongs_to))) {
        let known =
            |owner: &String| lexicon.actors.contains_key(owner) || lexicon.sources.contains_key(owner);
        assert!(owner.as_ref().is_none_or(known), "{id} belongs to {owner:?}");
    }
}

#[test]
fn no_name_stands_for_two_actors_or_two_sources() {
    let lexicon = Lexicon::load().unwrap();
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for actor in lexicon.actors.values() {
        for name in actor.names.iter().chain(&actor.phrases) {
            let other = seen.insert(name.to_lowercase(), &actor.id).filter(|other| *other != actor.id);
            assert_eq!(other, None, "{name:?} stands for {} too", actor.id);
        }
    }
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for source in lexicon.sources.values() {
        for name in source.names.iter().chain(&source.phrases) {
            let other = seen.insert(name.to_lowercase(), &source.id).filter(|other| *other != source.id);
            assert_eq!(other, None, "{name:?} stands for {} too", source.id);
        }
    }
}

#[test]
fn the_things_the_project_began_with_are_found_under_their_names() {
    let words = Words::builtin();
    let known: &[(&str, &[&str])] = &[
        (
            "deir-ez-zor-city",
            &[
                "Deir e-Zor",
                "Deir Ezzour",
                "Deir ez-Zor",
                "Deir e-Zour",
                "#Deir_Ezzor",
                "Deir al-Zor",
                "دير الزور",
            ],
        ),
        ("al-qusour", &["al-Qusour", "Qusour"]),
        ("al-joura", &["al-Joura", "al-Jora"]),
        ("al-hawiqa", &["al-Hawika", "Huweiqa", "al-Hawiqa", "Hawiqa"]),
        ("siyasiyeh-bridge", &["a-Siyasiya Bridge", "al-Siyasiya crossing", "Political Security Bridge"]),
        ("al-bukamal", &["Abu Kamal", "al-Bukamal"]),
        (
            "islamic-state",
            &["ISIS", "IISIS", "ISIL", "Islamic State of Iraq and as-Sham", "Islamic State", "Daesh"],
        ),
        ("syrian-government", &["Assad regime", "Syrian regime"]),
        ("al-nusra-front", &["Jabhat a-Nusra", "#Nusra", "Jabhat al-Nusra", "a-Nusra"]),
        ("syrian-observatory-for-human-rights", &["the Observatory", "SOHR"]),
    ];
    for (id, names) in known {
        for name in *names {
            assert!(words.index.find(name).iter().any(|entry| entry.id == *id), "{name} is not {id}");
        }
    }
}
