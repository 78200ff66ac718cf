//! Names in running text: one idea a test.

use crate::testing::reading;

/// Checks which names are found, but for weapons and the like, and whom they stand for; `words = id` a line, `?` for
/// nobody known.
fn check(text: &str, expected: &str) {
    let reading = reading("2016-03-15", text);
    let name = |name: &gainsay_model::Name| {
        format!("{} = {}", name.span.of(text), name.entities.first().map_or("?", |entity| &entity.id))
    };
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let thing = |name: &&gainsay_model::Name| name.rule == "names.materiel" || name.rule == "names.people";
    let found: Vec<String> = reading.names.iter().filter(|name| !thing(name)).map(name).collect();
    assert_eq!(found, expected, "in {text:?}");
}

#[test]
fn one_city_under_many_spellings() {
    for name in ["Deir ez-Zor", "Deir e-Zor", "Deir Ezzour", "#Deir_Ezzor", "Deir al-Zor", "دير الزور"]
    {
        check(&format!("Shells fell in {name}."), &format!("{name} = deir-ez-zor-city"));
    }
}

#[test]
fn the_noun_beside_it_tells_province_from_city() {
    check("Shells fell in Deir ez-Zor province.", "Deir ez-Zor = deir-ez-zor-governorate\nprovince = ?");
    check("Shells fell in the city of Homs.", "city = ?\nHoms = homs-city");
}

#[test]
fn a_side_named_before_a_force() {
    check("Regime warplanes hit Douma.", "Regime warplanes = syrian-air-force\nDouma = douma");
    check("Turkish forces left.", "Turkish forces = turkish-army");
}

#[test]
fn definite_nouns_stand_for_what_was_named() {
    check(
        "The Islamic State entered Manbij. The group shelled the city.",
        "Islamic State = islamic-state
         Manbij = manbij
         group = islamic-state
         city = manbij",
    );
}

#[test]
fn a_misspelt_name_is_found() {
    check("Shells fell in al-Bukalaml.", "al-Bukalaml = al-bukamal");
}

#[test]
fn months_and_ordinary_words_are_no_places() {
    check("In June the City was quiet.", "City = ?");
}

#[test]
fn things_among_the_names_leave_antecedents_right() {
    let reading = reading(
        "2016-03-15",
        "Barrel bombs hurt the Syrian economy. The Islamic State entered Manbij. The group left.",
    );
    let group =
        reading.names.iter().find(|name| name.antecedent.is_some()).expect("\"the group\" stands for a name");
    let antecedent = &reading.names[group.antecedent.expect("an antecedent")];
    assert_eq!(antecedent.entities[0].id, "islamic-state");
    let classes: Vec<gainsay_model::NameClass> = reading.names.iter().map(|name| name.class).collect();
    assert!(classes.contains(&gainsay_model::NameClass::Weapon), "{classes:?}");
    assert!(classes.contains(&gainsay_model::NameClass::Nationality), "{classes:?}");
}
