//! Adding reports, reading again, deciding, asking.

use gainsay_ledger::{Action, ClaimFilter, Ledger, NewReading, NewReport};
use gainsay_model::{Date, Kind};
use serde_json::json;

use crate::samples::{at, beside, claim, ledger, report};

#[test]
fn what_is_added_comes_back() {
    let (_folder, path, mut ledger) = ledger();
    let batch: Vec<NewReport> = (1..=10).map(|n| report(n, 3)).collect();
    let added = ledger.add(&batch).unwrap();
    assert_eq!(added.added.len(), 10);
    assert_eq!((added.unchanged.len(), added.refused.len(), added.notes.len()), (0, 0, 0));
    ledger.close().unwrap();

    let ledger = Ledger::open_read_only(path).unwrap();
    let stored = ledger.reports().unwrap();
    for (new, stored) in batch.iter().zip(&stored) {
        assert_eq!(new.report, stored.report);
        assert_eq!((&new.by, new.at), (&stored.by, stored.at));
        assert_eq!(ledger.raw(&new.report.id).unwrap().unwrap(), new.raw);
        assert_eq!(ledger.claims(&ClaimFilter::of_report(&new.report.id)).unwrap(), new.claims);
    }
    assert_eq!(ledger.report("report-3").unwrap().unwrap(), stored[2]);
    assert_eq!(ledger.report("report-99").unwrap(), None);
    assert_eq!(ledger.raw("report-99").unwrap(), None);
    assert_eq!(ledger.counts().unwrap(), (10, 30));
    assert_eq!(ledger.verify().unwrap(), []);
}

#[test]
fn what_lies_beside_a_report_is_kept_with_it() {
    let (_folder, path, mut ledger) = ledger();
    let mut with = report(1, 1);
    with.beside = beside();
    ledger.add(&[with, report(2, 1)]).unwrap();
    ledger.close().unwrap();
    let ledger = Ledger::open_read_only(path).unwrap();
    assert_eq!(ledger.beside("report-1").unwrap(), beside());
    assert_eq!(ledger.beside("report-2").unwrap(), []);
    assert_eq!(ledger.beside("report-99").unwrap(), []);
    assert_eq!(ledger.verify().unwrap(), []);
    let entry = ledger.entry(2).unwrap().unwrap();
    assert_eq!(entry.payload["beside"][1]["state"], "agrees");
    assert!(ledger.entry(4).unwrap().unwrap().payload.get("beside").is_none());
}

#[test]
fn an_empty_report_and_one_that_nobody_read_are_kept() {
    let (_folder, _path, mut ledger) = ledger();
    let mut empty = report(1, 0);
    (empty.report.text, empty.raw, empty.reader) = (String::new(), Vec::new(), String::new());
    empty.report.title = None;
    ledger.add(&[empty]).unwrap();
    assert_eq!(ledger.raw("report-1").unwrap().unwrap(), b"");
    assert_eq!(ledger.head().unwrap().seq, 2);
    assert_eq!(ledger.verify().unwrap(), []);
}

#[test]
fn adding_again_changes_nothing() {
    let (_folder, path, mut ledger) = ledger();
    let batch: Vec<NewReport> = (1..=5).map(|n| report(n, 2)).collect();
    ledger.add(&batch).unwrap();
    let before = (ledger.content_digest().unwrap(), ledger.head().unwrap(), std::fs::read(&path).unwrap());
    let later: Vec<NewReport> = batch.iter().cloned().map(|new| NewReport { at: at(9999), ..new }).collect();
    let added = ledger.add(&later).unwrap();
    assert_eq!((added.added.len(), added.unchanged.len()), (0, 5));
    let after = (ledger.content_digest().unwrap(), ledger.head().unwrap(), std::fs::read(&path).unwrap());
    assert!(before == after);
    assert!(ledger.holds(&batch[0].report).unwrap());
    assert!(!ledger.holds(&report(77, 0).report).unwrap());
}

#[test]
fn one_id_with_two_texts_is_refused_and_the_rest_goes_on() {
    let (_folder, _path, mut ledger) = ledger();
    ledger.add(&[report(1, 1)]).unwrap();
    let mut other = report(1, 1);
    other.report.text.push('!');
    other.raw_name = "elsewhere.html".to_owned();
    let added = ledger.add(&[other, report(2, 1)]).unwrap();
    assert_eq!(added.added, ["report-2"]);
    assert_eq!(
        added.refused[0].to_string(),
        "report-1: `elsewhere.html` has the id of `report-1.html`, which is in the ledger with another text; give one \
         of them another id"
    );
    assert_eq!(ledger.verify().unwrap(), []);
}

#[test]
fn copies_and_other_metadata_are_noted() {
    let (_folder, _path, mut ledger) = ledger();
    let mut copy = report(1, 1);
    copy.report.id = "copy".to_owned();
    copy.claims[0].document = "copy".to_owned();
    let mut renamed = report(1, 1);
    renamed.report.title = Some("Another headline".to_owned());
    let added = ledger.add(&[report(1, 1), copy, renamed]).unwrap();
    assert_eq!((added.added.len(), added.unchanged.len()), (2, 1));
    let notes: Vec<String> = added.notes.iter().map(ToString::to_string).collect();
    assert_eq!(
        notes,
        [
            "copy: has the same text as `report-1`; both are kept",
            "report-1: is there already with other metadata (title); kept as first added",
        ]
    );
}

#[test]
fn claims_of_another_document_and_reports_without_id_are_refused() {
    let (_folder, _path, mut ledger) = ledger();
    let mut stray = report(1, 1);
    stray.claims[0].document = "another".to_owned();
    let mut nameless = report(2, 0);
    nameless.report.id = String::new();
    let added = ledger.add(&[stray, nameless]).unwrap();
    assert_eq!(added.refused.len(), 2);
    assert_eq!(added.refused[1].to_string(), "report-2.html: has no id; give it one");
    assert_eq!(ledger.counts().unwrap(), (0, 0));
}

#[test]
fn a_newer_reading_supersedes_an_older_one_by_the_same_reader() {
    let (_folder, _path, mut ledger) = ledger();
    ledger.add(&[report(1, 3), report(2, 1)]).unwrap();
    let reading = |reader: &str, index: usize| {
        let mut claim = claim("report-1", index);
        claim.reader = reader.to_owned();
        let (report, reader) = ("report-1".to_owned(), reader.to_owned());
        NewReading { report, reader, claims: vec![claim], by: "tester".to_owned(), at: at(50) }
    };
    let ids = |ledger: &Ledger, filter: ClaimFilter| -> Vec<String> {
        ledger.claims(&filter).unwrap().into_iter().map(|claim| claim.id).collect()
    };
    assert_eq!(ledger.replace_claims(&[reading("gainsay 0.2.0", 7)]).unwrap(), 1);
    assert_eq!(ids(&ledger, ClaimFilter::of_report("report-1")), ["report-1-0007"]);
    // Another reader's claims stand beside them.
    assert_eq!(ledger.replace_claims(&[reading("a person", 8)]).unwrap(), 1);
    assert_eq!(ids(&ledger, ClaimFilter::of_report("report-1")), ["report-1-0007", "report-1-0008"]);
    let persons = ClaimFilter { reader: Some("a person".to_owned()), ..ClaimFilter::default() };
    assert_eq!(ids(&ledger, persons), ["report-1-0008"]);
    // The same again changes nothing.
    let head = ledger.head().unwrap();
    assert_eq!(ledger.replace_claims(&[reading("gainsay 0.2.0", 7), reading("a person", 8)]).unwrap(), 0);
    assert_eq!(ledger.head().unwrap(), head);
    assert_eq!(ledger.verify().unwrap(), []);

    let mut lost = reading("gainsay 0.3.0", 1);
    lost.report = "no-such".to_owned();
    assert!(ledger.replace_claims(&[reading("gainsay 0.3.0", 1), lost]).unwrap_err().is_refused());
    assert_eq!(ledger.head().unwrap(), head);
}

#[test]
fn claims_are_found_by_what_they_are() {
    let (_folder, _path, mut ledger) = ledger();
    ledger.add(&(1..=13).map(|n| report(n, 3)).collect::<Vec<_>>()).unwrap();
    let count = |filter: ClaimFilter| ledger.claims(&filter).unwrap().len();
    assert_eq!(count(ClaimFilter::default()), 39);
    assert_eq!(count(ClaimFilter { kinds: vec![Kind::Capture, Kind::Siege], ..Default::default() }), 26);
    // Reports 6 and 13 have no date.
    let known_by = Some(Date::constant(2016, 1, 10));
    assert_eq!(count(ClaimFilter { known_by, ..Default::default() }), 8 * 3);
    assert_eq!(ledger.claim("report-2-0001").unwrap().unwrap(), claim("report-2", 1));
    assert_eq!(ledger.claim("no-such").unwrap(), None);
}

#[test]
fn words_are_found_in_titles_and_texts() {
    let (_folder, _path, mut ledger) = ledger();
    ledger.add(&(1..=4).map(|n| report(n, 0)).collect::<Vec<_>>()).unwrap();
    assert_eq!(ledger.search("headline 3").unwrap(), ["report-3"]);
    assert_eq!(ledger.search("الزور").unwrap().len(), 4);
    assert_eq!(ledger.search("AND \"( killed").unwrap().len(), 0);
    assert_eq!(ledger.search("  ").unwrap().len(), 0);
}

#[test]
fn decisions_are_logged_in_order() {
    let (_folder, path, mut ledger) = ledger();
    ledger.add(&[report(1, 1)]).unwrap();
    let payload = json!({ "confirm": "report-1-0000", "note": "منطقة" });
    assert_eq!(ledger.decide("somebody", at(5), Action::Decision, &payload).unwrap(), 4);
    let error = ledger.decide("somebody", at(5), Action::ReportAdded, &payload).unwrap_err();
    assert!(error.is_refused());
    assert_eq!(
        error.to_string(),
        format!("{}: only the ledger itself may record `report-added`", path.display())
    );
    let log: Vec<_> = ledger.log().map(Result::unwrap).collect();
    let actions: Vec<&str> = log.iter().map(|entry| entry.action.as_str()).collect();
    assert_eq!(actions, ["ledger-created", "report-added", "claims-read", "decision"]);
    assert_eq!((&log[3].by[..], log[3].at, &log[3].payload), ("somebody", at(5), &payload));
    assert!(log.windows(2).all(|pair| pair[0].hash == pair[1].prev));
    assert_eq!(ledger.head().unwrap().hash, log[3].hash);
}

#[test]
fn what_was_looked_at_is_decided_on_only_while_the_log_ends_there() {
    let (_folder, path, mut ledger) = ledger();
    ledger.add(&[report(1, 1)]).unwrap();
    let payload = [json!({ "confirm": "report-1-0000" }), json!({ "confirm": "report-1-0001" })];
    let last = ledger.head().unwrap().seq;
    // Another program is quicker.
    let mut other = Ledger::open(&path).unwrap();
    other.decide("other", at(5), Action::Decision, &payload[0]).unwrap();
    assert_eq!(ledger.decide_after(last, "me", at(6), Action::Decision, &payload).unwrap(), None);
    assert_eq!(ledger.head().unwrap().seq, last + 1);
    let now = last + 1;
    let written = ledger.decide_after(now, "me", at(6), Action::Proposal, &payload).unwrap();
    assert_eq!(written, Some(vec![now + 1, now + 2]));
    assert!(ledger.decide_after(now + 2, "me", at(6), Action::ReportAdded, &payload).is_err());
    let after: Vec<u64> = ledger.log_after(last).map(|entry| entry.unwrap().seq).collect();
    assert_eq!(after, [now, now + 1, now + 2]);
    assert_eq!(ledger.log_after(now + 2).count(), 0);
    assert_eq!(ledger.entry(now).unwrap().unwrap().by, "other");
    assert_eq!(ledger.entry(now + 3).unwrap(), None);
    assert_eq!(ledger.entry(u64::MAX).unwrap(), None);
    assert_eq!(
        (ledger.has_report("report-1").unwrap(), ledger.has_report("report-9").unwrap()),
        (true, false)
    );
    assert_eq!(ledger.verify().unwrap(), []);
}

#[test]
fn a_long_log_is_read_to_its_end() {
    let (_folder, _path, mut ledger) = ledger();
    ledger.add(&(0..300).map(|n| report(n, 0)).collect::<Vec<_>>()).unwrap();
    assert!(ledger.log().map(|entry| entry.unwrap().seq).eq(1..=601));
}
