//! Own sentences about incidents in Latin America: what is proposed for them. Which proposals are given, the weights say.

use serde_json::json;

use super::filler::{SLOTS, Slot};
use super::*;

/// Types with the fillers proposed for each slot.
fn proposed(text: &str) -> Vec<(&'static str, Vec<(Slot, String)>)> {
    let reader = Reader::load().expect("the lists load");
    let message = json!({"id": "own", "text": text.to_lowercase(), "raw_text": "LIMA, 9 AUG 89 (EFE) --"});
    reader
        .read(&message, |message, deeds| {
            let fillers = |template: &template::Template| {
                let slots = SLOTS.iter().zip(&template.fillers);
                slots.flat_map(|(slot, list)| list.iter().map(|one| (*slot, one.text.clone()))).collect()
            };
            templates(message, &reader.nouns, deeds)
                .iter()
                .map(|one| (one.kind.as_str(), fillers(one)))
                .collect()
        })
        .expect("a message")
}

fn holds(text: &str, kind: &str, wanted: &[(Slot, &str)]) {
    let found = proposed(text);
    let Some((_, fillers)) = found.iter().find(|(other, _)| *other == kind) else {
        panic!("no {kind} in {text:?}: {found:?}");
    };
    for (slot, words) in wanted {
        assert!(fillers.contains(&(*slot, (*words).to_string())), "no {slot:?} {words:?} in {fillers:?}");
    }
}

#[test]
fn a_kidnapping_names_victim_and_group() {
    holds(
        "Guerrillas of the FMLN yesterday kidnapped Mayor Ernesto Quintanilla Paz in San Miguel.",
        "kidnapping",
        &[(Slot::PerpInd, "guerrillas"), (Slot::PerpOrg, "fmln"), (Slot::Victim, "ernesto quintanilla paz")],
    );
}

#[test]
fn a_dynamited_thing_is_a_target() {
    holds(
        "Shining Path terrorists dynamited the telephone exchange of the town on Monday.",
        "bombing",
        &[
            (Slot::PerpInd, "terrorists"),
            (Slot::PerpOrg, "shining path"),
            (Slot::Target, "telephone exchange"),
        ],
    );
}

#[test]
fn weapons_and_unidentified_men_come_from_the_sentence() {
    holds(
        "A powerful bomb exploded in front of the Banco Sol building. Unidentified men had left the bomb there.",
        "bombing",
        &[(Slot::Weapon, "powerful bomb"), (Slot::PerpInd, "unidentified men")],
    );
}

#[test]
fn a_murder_in_the_passive_and_a_surname_alone() {
    holds(
        "Judge Rosario Villalta Mena was murdered today by two gunmen. Villalta was on her way home.",
        "attack",
        &[(Slot::Victim, "rosario villalta mena"), (Slot::PerpInd, "gunmen")],
    );
}

#[test]
fn fighting_between_soldiers_and_rebels_is_no_incident() {
    assert_eq!(proposed("Seven soldiers and four guerrillas were killed in clashes near Usulutan."), []);
}

#[test]
fn the_named_dead_are_casualty_rows() {
    let reader = Reader::load().expect("the lists load");
    let text = "unidentified men murdered priest anselmo cordero rivas and wounded three peasants.";
    let rows = reader
        .read(&json!({"id": "own", "text": text}), |message, deeds| {
            let told: Vec<&Deed> = deeds.iter().collect();
            casualties::casualties(message, &reader.nouns, &told, &[])
        })
        .expect("a message");
    assert!(
        rows.contains(&json!({"effects": ["DEATH"], "number": "1", "who": ["anselmo cordero rivas"]})),
        "{rows:?}"
    );
    assert!(rows.contains(&json!({"effects": ["INJURY"], "number": "3", "who": ["peasants"]})), "{rows:?}");
}

#[test]
fn the_dateline_dates_the_message() {
    assert_eq!(dateline("LIMA, 9 AUG 89 (EFE) -- [TEXT] NOTHING"), Some("1989-08-09".into()));
    assert_eq!(dateline("LIMA -- THREE DEAD"), None);
}
