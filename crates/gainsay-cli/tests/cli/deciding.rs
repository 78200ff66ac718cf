//! Decisions from the command line: each changes what hangs on it, is kept with who and why, and can be undone.

use serde_json::{Value, json};

use crate::desk::{Desk, all};

/// The claim of a report, by kind.
fn claim(desk: &Desk, report: &str, kind: &str) -> Value {
    let lines = desk.lines(&["claims", "--report", report, "--kind", kind]);
    assert_eq!(lines.len(), 1, "{lines:#?}");
    lines[0].clone()
}

fn id(claim: &Value) -> &str {
    claim["id"].as_str().unwrap()
}

#[test]
fn a_rejected_claim_is_shown_and_weighs_nothing_until_that_is_undone() {
    let desk = Desk::with_ledger();
    let before = desk.lines(&["tally", "--place", "deir-ez-zor-city"]);
    let toll = claim(&desk, "sana-1", "casualties");
    desk.ok(&["set", id(&toll), "rejected", "--why", "misread"]);
    let after = claim(&desk, "sana-1", "casualties");
    assert_eq!((after["decided"].as_str(), &after["event"]), (Some("rejected"), &Value::Null));
    let sources = |lines: &[Value]| -> Vec<String> {
        let tallied = lines.iter().flat_map(|line| line["by_source"].as_array().unwrap().clone());
        tallied.map(|one| one["root"].as_str().unwrap().to_owned()).collect()
    };
    assert!(sources(&before).contains(&"sana".to_owned()));
    assert!(!sources(&desk.lines(&["tally", "--place", "deir-ez-zor-city"])).contains(&"sana".to_owned()));
    let taken = desk.lines(&["decisions"]);
    assert_eq!((taken[0]["by"].as_str(), taken[0]["why"].as_str()), (Some("tester"), Some("misread")));
    let entry = taken[0]["entry"].to_string();
    desk.ok(&["undo", &entry]);
    assert_eq!(desk.lines(&["tally", "--place", "deir-ez-zor-city"]), before);
    assert_eq!(claim(&desk, "sana-1", "casualties")["decided"], Value::Null);
    // Undoing what undid brings it back.
    let undone = desk.lines(&["decisions"])[1]["entry"].to_string();
    desk.ok(&["undo", &undone]);
    assert_eq!(claim(&desk, "sana-1", "casualties")["decided"], "rejected");
    assert!(desk.refused(&["undo", &undone]).contains("is undone already"));
    desk.ok(&["verify"]);
}

#[test]
fn a_corrected_claim_is_weighed_as_corrected_and_the_reading_stays() {
    let desk = Desk::with_ledger();
    let toll = claim(&desk, "sana-1", "casualties");
    let out = desk.ok(&["set", id(&toll), "count=killed 17..19", "place=al-qusour", "--by", "a coder"]);
    assert!(out.contains("corrected: count="), "{out}");
    let after = claim(&desk, "sana-1", "casualties");
    assert_eq!(after["decided"], "corrected");
    assert_eq!(after["place_id"], json!(["al-qusour"]));
    let lines = desk.lines(&["tally", "--place", "al-qusour"]);
    assert!(lines.iter().any(|line| line["low"] == 17 && line["high"] == 19), "{lines:#?}");
    let why = desk.ok(&["why", id(&toll)]);
    assert!(why.contains("a coder: ") && why.contains("decided      corrected"), "{why}");
    // From the log alone all of it comes out the same.
    let before = desk.lines(&["events"]);
    desk.ok(&["rebuild", "--quiet"]);
    assert_eq!(desk.lines(&["events"]), before);
    desk.ok(&["verify"]);
}

#[test]
fn what_people_join_is_one_and_what_they_part_is_two() {
    let desk = Desk::with_ledger();
    let (a, b) = (claim(&desk, "wire-1", "capture"), claim(&desk, "desk-1", "capture"));
    assert_eq!(a["event"], b["event"]);
    desk.ok(&["split", id(&a), id(&b), "--why", "two bridges"]);
    let (x, y) = (claim(&desk, "wire-1", "capture"), claim(&desk, "desk-1", "capture"));
    assert_ne!(x["event"], y["event"]);
    desk.ok(&["merge", x["event"].as_str().unwrap(), y["event"].as_str().unwrap()]);
    assert_eq!(claim(&desk, "wire-1", "capture")["event"], claim(&desk, "desk-1", "capture")["event"]);
}

#[test]
fn entities_that_are_joined_answer_as_one() {
    let desk = Desk::with_ledger();
    let holders = |desk: &Desk| {
        desk.lines(&["control", "--at", "2014-06-10", "--place", "al-qusour"])[0]["holders"].clone()
    };
    assert_eq!(holders(&desk), json!(["syrian-army"]));
    desk.ok(&["merge", "Euphrates Wire", "North Desk"]);
    assert_eq!(all(&desk.lines(&["decisions"]), "decision"), ["merge"]);
    let roots: Vec<Value> =
        desk.lines(&["claims", "--kind", "control"]).iter().map(|line| line["roots"].clone()).collect();
    assert_eq!(roots, [json!(["euphrates-wire"])]);
}

#[test]
fn words_mean_whom_people_say_they_mean() {
    let desk = Desk::with_ledger();
    let held = claim(&desk, "desk-1", "control");
    let mention = held["place"][0][0].as_str().unwrap();
    let holders = |place: &str| {
        let lines = desk.lines(&["control", "--at", "2014-06-10", "--place", place]);
        lines.iter().find(|line| line["place"] == place).unwrap()["state"].clone()
    };
    assert_eq!(holders("ayyash"), "unknown");
    desk.ok(&["link", "desk-1", mention, "ayyash", "--why", "the other quarter of that name"]);
    assert_eq!((holders("ayyash"), holders("al-qusour")), (json!("claimed"), json!("unknown")));
    assert!(desk.ok(&["why", id(&held)]).contains(&format!("“{mention}” is ayyash")));
    let entry = desk.lines(&["decisions"])[0]["entry"].to_string();
    desk.ok(&["undo", &entry]);
    assert_eq!((holders("ayyash"), holders("al-qusour")), (json!("unknown"), json!("claimed")));
    assert!(desk.refused(&["link", "desk-1", "nobody", "ayyash"]).contains("names nobody"));
}

#[test]
fn a_rated_source_bears_its_letter() {
    let desk = Desk::with_ledger();
    desk.ok(&["set", "SOHR", "letter=b", "since=2013-01-01", "--why", "often checked"]);
    let sources = desk.lines(&["sources", "--source", "SOHR"]);
    let letter = |id: &str| sources.iter().find(|source| source["id"] == id).unwrap()["letter"].clone();
    assert_eq!(letter("syrian-observatory-for-human-rights"), "B");
    let toll = claim(&desk, "wire-1", "casualties");
    let why: Value = serde_json::from_str(&desk.ok(&["why", id(&toll), "--format", "jsonl"])).unwrap();
    assert!(why["claim"]["rating"].as_str().unwrap().starts_with('B'), "{why:#}");
}

#[test]
fn what_cannot_be_decided_is_one_line_and_nothing_is() {
    let desk = Desk::with_ledger();
    let toll = claim(&desk, "sana-1", "casualties");
    let toll = id(&toll);
    for (args, line) in [
        (vec!["set", "nothing", "rejected"], "no source is called `nothing`"),
        (vec!["set", toll, "perhaps"], "`perhaps` is nothing a claim can be"),
        (vec!["set", toll, "count=many"], "give what and how many"),
        (vec!["set", toll, "colour=red"], "a claim has no such slot"),
        (vec!["set", toll, "place=Nowhereville"], "no place is called `Nowhereville`"),
        (vec!["set", "SANA", "letter=X"], "`X` is no letter from A to F"),
        (vec!["merge", "ypg", "raqqa"], "of different sorts"),
        (vec!["merge", toll, "sana"], "is none"),
        (vec!["merge", toll, toll], "is given twice"),
        (vec!["undo", "1"], "log entry 1 is no decision"),
    ] {
        let err = desk.refused(&args);
        assert!(err.contains(line) && err.trim_end().lines().count() == 1, "{args:?}: {err}");
    }
    assert!(desk.lines(&["decisions"]).is_empty());
}

#[test]
fn review_offers_what_to_type() {
    let desk = Desk::with_ledger();
    let mut typed = std::collections::BTreeSet::new();
    for line in desk.lines(&["review"]) {
        for command in line["settle"].as_array().unwrap() {
            // Of each sort of item and command one will do.
            let verb = command.as_str().unwrap().split(' ').find(|word| *word != "gainsay").unwrap();
            if !typed.insert((line["what"].to_string(), verb.to_owned())) {
                continue;
            }
            // Quoted words stand at every other place between quotes.
            let command = command.as_str().unwrap();
            let pieces = command.split('\'').enumerate();
            let words: Vec<&str> = pieces
                .flat_map(
                    |(n, piece)| if n % 2 == 1 { vec![piece] } else { piece.split_whitespace().collect() },
                )
                .skip(1)
                .collect();
            let other = Desk::with_ledger();
            other.ok(&words);
        }
    }
}
