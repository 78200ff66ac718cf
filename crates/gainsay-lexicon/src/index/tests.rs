//! Names under other spellings: found within the stated distance, and not beyond it.

use super::*;
use crate::Place;
use crate::fold;

/// Places of these names, without any other spelling; the name is the id.
fn index(names: &[&str]) -> NameIndex {
    let place = |name: &&str| {
        let place = Place {
            id: name.to_string(),
            name: name.to_string(),
            kind: "town".into(),
            parent: None,
            lat: 0.0,
            lon: 0.0,
            pcode: None,
            extent: None,
            names: Vec::new(),
        };
        (place.id.clone(), place)
    };
    NameIndex::of(
        &Lexicon::default(),
        &Gazetteer { places: names.iter().map(place).collect(), ..Gazetteer::default() },
    )
}

const PLACES: &[&str] = &[
    "al-Bukamal",
    "al-Hasakah",
    "al-Mayadin",
    "al-Qamishli",
    "al-Qusayr",
    "Abu al-Duhur",
    "Damascus",
    "Daraya",
    "Deir ez-Zor",
    "Hama",
    "Homs",
    "Jarabulus",
    "Khan Shaykhun",
    "Maarat al-Numan",
    "Manbij",
    "Raqqa",
    "Sarmada",
    "Sarmin",
    "Tripoli",
    "الباغوز",
    "القصور",
];

#[test]
fn other_habits_and_misspellings_of_latin_names_are_found() {
    let index = index(PLACES);
    let cases = [
        ("al-Bukalaml", "al-Bukamal"),
        ("Albukamal", "al-Bukamal"),
        ("Qameshly", "al-Qamishli"),
        ("Khan Cheikhoun", "Khan Shaykhun"),
        ("Xan Seyxun", "Khan Shaykhun"),
        ("#KhanSheikhoun", "Khan Shaykhun"),
        ("Abu Zuhour", "Abu al-Duhur"),
        ("Maaret el-Nouman", "Maarat al-Numan"),
        ("Ma3arrat al-Numan", "Maarat al-Numan"),
        ("Jerablous", "Jarabulus"),
        ("Menbidj", "Manbij"),
        ("Mayadeen", "al-Mayadin"),
    ];
    for (name, expected) in cases {
        let found: Vec<&str> = match index.find(name) {
            [] => index.near(name, 2).into_iter().map(|entry| entry.id.as_str()).collect(),
            exact => exact.iter().map(|entry| entry.id.as_str()).collect(),
        };
        assert_eq!(found, [expected], "{name}");
    }
}

#[test]
fn names_in_one_script_are_found_by_those_in_the_other() {
    let index = index(PLACES);
    let cases = [
        ("البوكمال", "al-Bukamal"),
        ("القامشلي", "al-Qamishli"),
        ("قامشلي", "al-Qamishli"),
        ("دير الزور", "Deir ez-Zor"),
        ("خان شيخون", "Khan Shaykhun"),
        ("معرة النعمان", "Maarat al-Numan"),
        ("جرابلس", "Jarabulus"),
        ("منبج", "Manbij"),
        ("الميادين", "al-Mayadin"),
        ("al-Baghouz", "الباغوز"),
        ("Baghuz", "الباغوز"),
    ];
    for (name, expected) in cases {
        let found: Vec<&str> = index.near(name, 2).into_iter().map(|entry| entry.id.as_str()).collect();
        assert_eq!(found, [expected], "{name}");
    }
}

#[test]
fn what_is_farther_or_unsure_is_not_found() {
    let index = index(PLACES);
    // Other consonants, other words, names too short to tell, exonyms, and Arabic letters that differ.
    for name in [
        "Rukban",
        "Nusayr",
        "Sham",
        "Ham",
        "Sarmas",
        "Rastan",
        "Kafr Nabl",
        "دمشق",
        "القصير",
        "طرطوس",
        "Damsarkho",
        "Khan al-Asal",
        "Brigade 93",
        "",
        "…",
        "#",
        "al",
    ] {
        let found: Vec<&str> = index.near(name, 2).into_iter().map(|entry| entry.id.as_str()).collect();
        let own = if name == "القصير" { &["al-Qusayr"][..] } else { &[] };
        assert_eq!(found, own, "{name}");
    }
    assert!(index.near("al-Bukalaml", 0).is_empty(), "no distance, no near name");
    assert!(index.near("Khan Shaykhun".repeat(9).as_str(), 2).is_empty(), "phrases are not compared");
}

#[test]
fn a_name_of_two_entries_gives_both_and_two_names_give_none() {
    let mut list = Gazetteer::default();
    for (id, name) in [("raqqa-city", "Raqqa"), ("raqqa-governorate", "Raqqa"), ("salamiyah", "Salamiyah")] {
        let place = Place {
            id: id.into(),
            name: name.into(),
            kind: "city".into(),
            parent: None,
            lat: 0.0,
            lon: 0.0,
            pcode: None,
            extent: None,
            names: if id == "salamiyah" { vec!["Salmiyat".into()] } else { Vec::new() },
        };
        list.places.insert(id.into(), place);
    }
    let index = NameIndex::of(&Lexicon::default(), &list);
    let ids = |name: &str| index.near(name, 2).into_iter().map(|entry| entry.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids("Selemiyeh"), ["salamiyah"], "two spellings of one place are no two places");
    assert_eq!(index.nearest("Rakkat", 5, |_| true).len(), 2);
    let two = super::tests::index(&["Dayr Hafr", "Dayr Hufr"]);
    assert!(two.near("Deir Hafer", 2).is_empty(), "either may be meant");
    assert_eq!(two.nearest("Deir Hafer", 5, |_| true).len(), 2, "both are offered");
}

#[test]
fn the_nearest_are_offered_in_order_and_no_more_than_asked_for() {
    let index = index(PLACES);
    let offered = index.nearest("Sarmine", 2, |_| true);
    let offered: Vec<&str> = offered.into_iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(offered, ["Sarmin", "Sarmada"]);
    assert!(index.nearest("Sarmine", 2, |entry| entry.kind == NameKind::Actor).is_empty());
    assert_ne!(fold::key("Sarmin"), fold::key("Sarmada"));
}

#[test]
fn candidates_are_those_whose_consonants_differ_by_no_more_than_asked() {
    let names =
        ["Manbij", "Mambij", "Marea", "Khirbat Manbij", "Qamishli"].map(crate::translit::letters::spell);
    let all = Candidates::of(names.iter().map(Vec::as_slice));
    let asked = crate::translit::letters::spell("Minbej");
    assert_eq!(all.near(&asked, 0, 9), [0]);
    assert_eq!(all.near(&asked, 1, 9), [0, 1]);
    assert_eq!(all.find(&asked, 9)[..2], [0, 1]);
    assert!(all.find(&asked, 9).contains(&3), "a name inside a longer one");
    assert_eq!(all.find(&asked, 1), [0]);
    assert!(Candidates::default().find(&asked, 9).is_empty());
}

#[test]
fn ranked_names_bear_their_odds_and_leave_out_other_names() {
    let index = index(PLACES);
    let ranked = index.ranked("Jerablous", 9, |_| true);
    assert_eq!(ranked[0].0.id, "Jarabulus");
    assert!(ranked[0].1 > 0, "{ranked:?}");
    assert!(ranked.windows(2).all(|pair| pair[0].1 >= pair[1].1 || pair[0].0.id != pair[1].0.id));
    assert!(index.ranked("Jerablous", 9, |entry| entry.kind == NameKind::Actor).is_empty());
    assert!(index.ranked("Xanthopolis", 9, |_| true).is_empty(), "other consonants");
    assert!(index.may_be_near("Jerablous", |_| true) && !index.may_be_near("Xanthopolis", |_| true));
    assert!(!index.may_be_near("Jerablous", |entry| entry.kind == NameKind::Actor));
}
