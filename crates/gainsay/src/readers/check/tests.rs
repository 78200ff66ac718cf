//! Each rule both ways: what follows is taken with the words that bear it out, what does not is refused with the reason.

use gainsay_lexicon::Words;
use gainsay_model::{Claim, Report};
use serde_json::{Value, json};

use super::super::line::handed;
use super::Held;

const TEXT: &str = "Badia Dispatch, January 19 – Islamic State fighters seized al-Baghiliyah on Saturday, as reported by \
    the Syrian Observatory for Human Rights. The group killed at least 46 people in the town, among them a child, it said. \
    Syrian warplanes dropped barrel bombs on Deir Ezzor the next day. Activists spoke of dozens wounded. \
    The report could not be independently confirmed.";

fn report(text: &str, published: &str) -> Report {
    serde_json::from_value(
        json!({"id": "d", "text": text, "published": published, "title": "Raid near Ayyash",
        "language": "en"}),
    )
    .unwrap()
}

fn check_in(report: &Report, line: Value) -> Result<Claim, String> {
    let held = Held::of(report, Words::builtin());
    held.check(&handed(&line)?, "tester@1").map(|(claim, _)| claim)
}

/// A claim on these words with these values beside.
fn check(exact: &str, values: Value) -> Result<Claim, String> {
    let mut line = json!({"document": "d", "kind": "attack", "evidence": [exact]});
    for (field, value) in values.as_object().unwrap() {
        line[field] = value.clone();
    }
    check_in(&report(TEXT, "2016-01-19"), line)
}

fn words(claim: &Claim, slot: &str, text: &str) -> Vec<(String, String)> {
    let of = claim.grounds.iter().filter(|ground| ground.slot.as_str() == slot);
    let letters: Vec<char> = text.chars().collect();
    of.map(|ground| (letters[ground.start..ground.end].iter().collect(), ground.rule.clone())).collect()
}

const FIRST: &str = "Islamic State fighters seized al-Baghiliyah on Saturday";
const SECOND: &str = "The group killed at least 46 people in the town, among them a child, it said.";
const THIRD: &str = "Syrian warplanes dropped barrel bombs on Deir Ezzor the next day.";

#[test]
fn a_mention_in_the_evidence_is_taken_with_its_words() {
    let claim = check(FIRST, json!({"actor": ["Islamic State"], "place": ["Al-Baghiliyeh"]})).unwrap();
    assert_eq!(words(&claim, "actor", TEXT), [("Islamic State".into(), "readers.stands".into())]);
    assert_eq!(words(&claim, "place", TEXT), [("Baghiliyah".into(), "readers.spelling".into())]);
    assert_eq!(claim.actor[0].mention, "Islamic State");
}

#[test]
fn another_name_of_the_same_entry_is_taken() {
    let claim = check(FIRST, json!({"actor": ["Daesh"]})).unwrap();
    assert_eq!(words(&claim, "actor", TEXT)[0].1, "readers.lexicon");
    let claim = check(FIRST, json!({"actor": [["Islamic State fighters", "ISIL"]]})).unwrap();
    assert_eq!(claim.actor[0].id(), Some("islamic-state"));
}

#[test]
fn what_nobody_named_is_refused() {
    let why = check(FIRST, json!({"actor": ["Nusra Front"]})).unwrap_err();
    assert_eq!(why, "actor “Nusra Front” stands neither in the evidence nor before it");
    // Named only behind the evidence.
    let why = check(FIRST, json!({"place": ["Deir Ezzor"]})).unwrap_err();
    assert!(why.contains("neither in the evidence nor before it"), "{why}");
    let why = check(FIRST, json!({"actor": [["Islamic State fighters", "Nusra Front"]]})).unwrap_err();
    assert!(why.contains("is not “Nusra Front” in the lists"), "{why}");
    let why = check(FIRST, json!({"actor": [["fighters", "Nusra Front"]]})).unwrap_err();
    assert!(why.contains("not known to be “Nusra Front”"), "{why}");
}

#[test]
fn a_noun_stands_for_what_was_named_before_it() {
    let claim = check(
        SECOND,
        json!({"actor": [["the group", "Islamic State"]], "place": [["the town", "al-Baghiliyah"]]}),
    );
    let claim = claim.unwrap();
    assert_eq!((claim.actor[0].mention.as_str(), claim.actor[0].id()), ("the group", Some("islamic-state")));
    // The name alone: a word of the evidence stands for it.
    let claim = check(SECOND, json!({"actor": ["Islamic State"], "place": ["al-Baghiliyah"]})).unwrap();
    assert_eq!(words(&claim, "place", TEXT), [("town".into(), "readers.antecedent".into())]);
    // Nothing in the evidence stands for a place.
    let short = "Activists spoke of dozens wounded.";
    let why = check(short, json!({"place": ["al-Baghiliyah"]})).unwrap_err();
    assert!(why.contains("is named before, but nothing in the evidence stands for it"), "{why}");
    // Unless the words are quoted for it.
    let own =
        json!({"place": ["al-Baghiliyah"], "grounds": [{"slot": "place", "exact": "seized al-Baghiliyah"}]});
    assert!(check(short, own).is_ok());
    // The headline is before all.
    assert!(check(SECOND, json!({"place": ["Ayyash"]})).is_ok());
    let why = check(SECOND, json!({"actor": ["it"]})).unwrap_err();
    assert!(why.contains("is a pronoun"), "{why}");
}

#[test]
fn a_noun_that_the_lists_do_not_know_bears_the_name_it_stands_for() {
    let text = "The Lions of Furat Brigade came at dawn. The group took the bridge.";
    let line = |actor: Value| json!({"document": "d", "kind": "capture", "evidence": ["The group took the bridge."], "actor": [actor]});
    let report = report(text, "2016-01-19");
    let claim = check_in(&report, line(json!(["the group", "Lions of Furat Brigade"]))).unwrap();
    assert_eq!((claim.actor[0].mention.as_str(), claim.actor[0].id()), ("Lions of Furat Brigade", None));
    assert!(check_in(&report, line(json!(["the group", "Hawks of Furat Brigade"]))).is_err());
}

#[test]
fn an_id_must_be_one_of_the_words() {
    assert!(check(FIRST, json!({"actor": ["Islamic State"], "actor_id": ["islamic-state"]})).is_ok());
    let why = check(FIRST, json!({"actor": ["Islamic State"], "actor_id": ["hezbollah"]})).unwrap_err();
    assert!(why.contains("(`hezbollah`) in the lists"), "{why}");
    // Somebody else's ids say nothing here.
    let claim = check(FIRST, json!({"actor": ["Islamic State"], "actor_id": ["Q2429253"]})).unwrap();
    assert_eq!(claim.actor[0].id(), None);
}

#[test]
fn a_source_is_named_by_then() {
    let source = json!({"source": ["Syrian Observatory for Human Rights"]});
    assert!(check(SECOND, source).is_ok());
    assert!(check(SECOND, json!({"source": ["SOHR"]})).is_ok());
    let why = check(SECOND, json!({"source": ["Activists"]})).unwrap_err();
    assert!(why.contains("source “Activists” stands neither"), "{why}");
}

#[test]
fn days_follow_from_the_words_and_the_report_s_date() {
    let day =
        |exact: &str, start: &str, end: &str| check(exact, json!({"time": {"start": start, "end": end}}));
    let claim = day(FIRST, "2016-01-16", "2016-01-16").unwrap();
    assert_eq!(words(&claim, "time", TEXT)[0].1, "readers.times");
    // From a day that is named to the day it was said.
    assert!(day(FIRST, "2016-01-16", "2016-01-19").is_ok());
    let why = day(FIRST, "2016-01-15", "2016-01-15").unwrap_err();
    assert!(why.contains("does not follow: the evidence means 2016-01-16"), "{why}");
    assert!(why.ends_with("the report is of 2016-01-19"), "{why}");
    // No words, but the day it was said.
    assert!(day(SECOND, "2016-01-19", "2016-01-19").is_ok());
    assert!(day(SECOND, "2016-01-16", "2016-01-16").unwrap_err().contains("names no day"));
    assert!(check(FIRST, json!({"time": {"start": "2016-01-16", "end": null}})).is_ok());
    assert!(check(FIRST, json!({"time": {"start": "2016-01-12", "end": null}})).is_err());
}

#[test]
fn numbers_follow_with_the_bounds_of_the_guidelines() {
    let count = |exact: &str, low: Value, high: Value| {
        check(exact, json!({"kind": "casualties", "count": {"what": "killed", "low": low, "high": high}}))
    };
    let claim = count(SECOND, json!(46), Value::Null).unwrap();
    assert_eq!(words(&claim, "count", TEXT), [("at least 46".into(), "readers.amounts".into())]);
    assert!(count(SECOND, json!(1), json!(1)).is_ok());
    let why = count(SECOND, json!(46), json!(46)).unwrap_err();
    assert_eq!(why, "its count 46 does not follow: the evidence gives 46 or more, 1");
    assert!(count(SECOND, json!(300), Value::Null).is_err());
    assert!(count(FIRST, json!(46), Value::Null).unwrap_err().contains("gives no number"));
    let wounded = "Activists spoke of dozens wounded.";
    assert!(count(wounded, json!(24), json!(99)).is_ok());
    assert!(count(wounded, json!(12), json!(12)).is_err());
}

#[test]
fn means_and_doubt_are_said_by_the_words() {
    assert!(check(THIRD, json!({"kind": "airstrike", "means": "barrel_bomb"})).is_ok());
    assert!(
        check(SECOND, json!({"means": "barrel_bomb"})).unwrap_err().contains("not named in the evidence")
    );
    assert!(check(THIRD, json!({"means": "laser"})).unwrap_err().contains("no means is called `laser`"));
    assert!(check(THIRD, json!({"unverified": true})).is_ok());
    let sure = report("Rebels took the bridge.", "2016-01-19");
    let line = json!({"document": "d", "kind": "capture", "evidence": ["Rebels took the bridge."], "unverified": true});
    assert!(check_in(&sure, line).unwrap_err().contains("could not be confirmed"));
}

#[test]
fn other_languages_are_held_to_their_letters_and_digits() {
    let text = "قتل ٥٠ مدنيا في دير الزور في ١٨ كانون الثاني 2016، بحسب المرصد السوري لحقوق الإنسان.";
    let mut report = report(text, "2016-01-19");
    report.language = Some("ar".into());
    let line = |values: Value| {
        let mut line = json!({"document": "d", "kind": "casualties", "evidence": [text]});
        for (field, value) in values.as_object().unwrap() {
            line[field] = value.clone();
        }
        line
    };
    let check = |values: Value| check_in(&report, line(values));
    assert!(
        check(json!({"place": [["دير الزور", "Deir ez-Zor"]], "source": ["المرصد السوري لحقوق الإنسان"]}))
            .is_ok()
    );
    assert!(check(json!({"place": ["Deir ez-Zor"]})).is_ok());
    assert!(check(json!({"place": ["Aleppo"]})).is_err());
    assert!(check(json!({"count": {"what": "killed", "low": 50, "high": 50}})).is_ok());
    assert!(check(json!({"count": {"what": "killed", "low": 51, "high": 51}})).is_err());
    assert!(check(json!({"time": "2016-01-18"})).is_ok());
    assert!(check(json!({"time": "2016-01-17"})).is_err());
}

#[test]
fn what_gainsay_reads_itself_follows_from_its_own_words() {
    let report = report(TEXT, "2016-01-19");
    let read = crate::extract::read(&report, Words::builtin());
    assert!(read.claims.len() >= 4);
    for claim in &read.claims {
        let mut line = serde_json::to_value(claim).unwrap();
        if !claim.grounds.iter().any(|ground| ground.slot == gainsay_model::Slot::Time) {
            // A day that is carried over from another sentence stands in no words that the claim names.
            line["time"] = Value::Null;
        }
        let checked = check_in(&report, line);
        assert!(checked.is_ok(), "{:?} of {}", checked, serde_json::to_string(claim).unwrap());
    }
}
