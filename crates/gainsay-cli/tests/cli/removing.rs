//! `remove`: a report goes with all that tells of it; the rest is weighed on, and the ledger verifies.

use crate::desk::{Desk, REPORTS};

#[test]
fn a_report_goes_and_the_rest_stays() {
    let desk = Desk::with_ledger();
    let claims = desk.lines(&["claims", "--report", "sana-1"]);
    let claim = claims[0]["id"].as_str().unwrap();
    desk.ok(&["set", claim, "confirmed", "--why", "the witness of sana-1 rang"]);
    desk.ok(&["checkpoint", "-o", "note.txt"]);
    desk.write("gainsay.gpkg.schema-3", "an older copy");
    desk.write("gainsay.gpkg.watch", r#"{"pages":{"sana-1":true}}"#);
    let ran = desk.run(&["remove", "sana-1", "--why", "a person is in danger"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out.starts_with(
            "1 report removed; 3 entries of the log lost their particulars, 1 of them decisions"
        ),
        "{}",
        ran.out
    );
    for told in [
        "gainsay.gpkg.schema-3 is a copy of the ledger",
        "gainsay.gpkg.watch still names",
        "a desk that is open",
    ] {
        assert!(ran.err.contains(told), "{told}: {}", ran.err);
    }
    let bytes = std::fs::read(desk.path("gainsay.gpkg")).unwrap();
    for gone in ["sana-1", "under siege by the Islamic State", "rang"] {
        assert!(!bytes.windows(gone.len()).any(|window| window == gone.as_bytes()), "{gone}");
    }
    // What was weighed is weighed anew, without it; the older checkpoint holds still.
    assert!(desk.refused(&["claims", "--report", "sana-1"]).contains("no report in the ledger has the id"));
    assert!(desk.lines(&["events"]).iter().all(|event| !event.to_string().contains("sana")));
    let sound = desk.ok(&["verify", "--checkpoint", "note.txt"]);
    assert!(sound.starts_with("sound: 3 reports, "), "{sound}");
    assert!(desk.ok(&["decisions"]).lines().count() <= 1);
    desk.ok(&["rebuild"]);
    desk.ok(&["verify"]);
}

#[test]
fn decisions_on_a_source_that_nobody_else_names_go_with_its_report() {
    let desk = Desk::with_ledger();
    let report = |id: &str, who: &str| {
        format!(
            r#"{{"id":"{id}","published":"2014-06-06","publisher":"Euphrates Wire","title":"What was seen","text":"12 civilians were killed in the city of Deir ez-Zor on 3 June 2014, according to {who}."}}"#
        ) + "\n"
    };
    let all = [("w-1", "Marwan Qaddour"), ("w-2", "Fulan Halabi"), ("w-3", "Fulan Halabi")];
    desk.write("w.jsonl", all.map(|(id, who)| report(id, who)).concat());
    desk.run(&["add", "w.jsonl"]);
    desk.ok(&["set", "marwan-qaddour", "letter=B", "--why", "known to us"]);
    desk.ok(&["set", "fulan-halabi", "letter=B", "--why", "known too"]);
    desk.ok(&["merge", "marwan-qaddour", "fulan-halabi"]);
    let ran = desk.run(&["remove", "w-1", "w-2", "--why", "a person is in danger"]);
    assert!(
        ran.out.contains("6 entries of the log lost their particulars, 2 of them decisions"),
        "{}",
        ran.out
    );
    let bytes = std::fs::read(desk.path("gainsay.gpkg")).unwrap();
    assert!(!String::from_utf8_lossy(&bytes).to_lowercase().contains("qaddour"));
    // Another report names the other one still.
    let decided = desk.ok(&["decisions"]);
    assert!(decided.contains("known too") && !decided.contains("known to us"), "{decided}");
    desk.ok(&["verify"]);
}

#[test]
fn what_was_removed_is_taken_in_again_only_if_it_is_asked_for() {
    let desk = Desk::with_ledger();
    desk.run(&["remove", "sana-1", "--why", "x"]);
    desk.write("reports.jsonl", REPORTS);
    let ran = desk.run(&["add", "reports.jsonl"]);
    assert!(ran.out.starts_with("0 reports added, 3 already there, 1 refused"), "{}", ran.out);
    assert!(ran.err.contains("was removed from this ledger"), "{}", ran.err);
    assert!(desk.ok(&["add", "--again", "reports.jsonl"]).starts_with("1 reports added, 3 already there"));
    assert!(desk.ok(&["verify"]).starts_with("sound: 4 reports"));
}

#[test]
fn what_cannot_be_removed_is_said_and_nothing_is_changed() {
    let desk = Desk::with_ledger();
    let before = desk.ok(&["verify"]);
    assert!(desk.refused(&["remove", "sana-1", "no-such", "--why", "x"]).contains("no report `no-such`"));
    assert!(desk.refused(&["remove", "sana-1", "--why", " "]).contains("say why"));
    assert_eq!(desk.ok(&["verify"]), before);
}
