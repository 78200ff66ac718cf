//! Reports that were removed leave a signed word that they were, and nothing else.

use std::fs;
use std::path::Path;

use gainsay_ledger::{Action, ClaimFilter, Ledger, NewReading, NewReport, Trust};
use serde_json::json;

use crate::samples::{at, beside, claim, derived, report};
use crate::signing::{held, note, signed};
use crate::tampering::tamper;

/// A report that names a witness in all that it has.
fn witness() -> NewReport {
    let mut report = report(1, 2);
    report.report.id = "hadi-halabi-testimony".to_owned();
    report.report.text = format!("{} Hadi Halabi of Zahra Street saw it.", report.report.text);
    report.report.title = Some("Hadi Halabi speaks".to_owned());
    report.report.url = Some("https://example.org/hadi-halabi/zahra".to_owned());
    report.report.author = Some("Rim Sabbagh".to_owned());
    report.raw = report.report.text.clone().into_bytes();
    report.raw_name = "hadi-halabi.html".to_owned();
    report.beside = beside();
    report.beside[0].bytes = b"hadi-halabi.html of Zahra Street".repeat(9);
    let mut claims = vec![claim(&report.report.id, 0), claim(&report.report.id, 1)];
    claims[0].source[0].mention = "Hadi Halabi".to_owned();
    report.claims = claims;
    report
}

/// What must not be found anywhere once the witness is gone.
const SECRETS: [&str; 5] = ["Hadi", "hadi-halabi", "Zahra", "Sabbagh", "halabi"];

/// The ledger's bytes, and those of all that lies beside it.
fn all_bytes(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap());
    let read = |file: fs::DirEntry| {
        (file.file_name().to_string_lossy().into_owned(), fs::read(file.path()).unwrap())
    };
    files.map(read).collect()
}

fn holds(bytes: &[u8], sought: &[u8]) -> bool {
    bytes.windows(sought.len()).any(|window| window == sought)
}

fn faults(path: &Path) -> Vec<String> {
    Ledger::open_read_only(path).unwrap().verify().unwrap().iter().map(ToString::to_string).collect()
}

#[test]
fn no_byte_of_it_stays_and_the_chain_is_whole() {
    let (folder, path, mut ledger) = signed();
    let witness = witness();
    ledger.add(&[report(2, 2), witness.clone(), report(3, 2)]).unwrap();
    let mut other = report(4, 1);
    other.report.text = witness.report.text.replace("Hadi Halabi of Zahra Street", "Somebody");
    ledger.add(&[other]).unwrap();
    // Read again, so that the first reading's claims lie in free pages; and decided upon.
    let mut again = claim("hadi-halabi-testimony", 7);
    again.target[0].mention = "Hadi".to_owned();
    let reading = NewReading {
        report: "hadi-halabi-testimony".to_owned(),
        reader: "gainsay 0.2.0".to_owned(),
        claims: vec![again],
        by: "tester".to_owned(),
        at: at(50),
    };
    ledger.replace_claims(&[reading]).unwrap();
    let decided = [
        json!({"confirm": {"claim": "hadi-halabi-testimony-0007"}, "why": "Hadi told us"}),
        json!({"confirm": {"claim": "report-2-0000"}, "why": "fits hadi-halabi-testimony."}),
        json!({"confirm": {"claim": "report-2-0001"}, "why": "nothing to do with it"}),
        json!({"undoes": 12, "why": "Zahra Street is elsewhere"}),
    ];
    let entries = ledger.decide_all("amal", at(51), Action::Decision, &decided).unwrap();
    assert_eq!(entries, [12, 13, 14, 15]);
    let mut layers = derived();
    layers.events[0].claims = vec!["hadi-halabi-testimony-0000".to_owned()];
    layers.heads[0].report = "report-2".to_owned();
    ledger.write_derived(&layers).unwrap();
    let head = ledger.head().unwrap();
    let text = note(&ledger, 60);
    ledger.put_checkpoint("tester", at(60), head.seq, &head.hash, &text).unwrap();
    let frame: Vec<u8> = {
        let conn = rusqlite::Connection::open(&path).unwrap();
        let sql = "SELECT raw FROM reports WHERE id = 'hadi-halabi-testimony'";
        conn.query_row(sql, [], |row| row.get(0)).unwrap()
    };
    assert!(all_bytes(folder.path()).iter().any(|(_, bytes)| holds(bytes, &frame)));

    let removed =
        ledger.remove("tester", at(70), &["hadi-halabi-testimony"], &[], "a person is in danger").unwrap();
    assert_eq!((removed.reports, removed.entries, removed.decisions), (1, 6, 3));
    assert_eq!((&removed.traces, &removed.twins), (&None, &vec![]));
    assert_eq!(removed.entry, 17);
    for (name, bytes) in all_bytes(folder.path()) {
        for secret in SECRETS {
            assert!(!holds(&bytes, secret.as_bytes()), "{secret} in {name}");
        }
        assert!(!holds(&bytes, &frame) && !holds(&bytes, &frame[..40]), "the packed bytes in {name}");
    }
    let verified = ledger.verified(&Trust::default()).unwrap();
    assert_eq!(verified.faults, []);
    assert_eq!((verified.removed, verified.reports, verified.entries), (6, 3, 17));
    assert!(verified.checkpoints[0].sound, "the checkpoint before it holds still");
    // What stays is as it was: what was done, by whom, when, and the hash.
    let entry = ledger.entry(12).unwrap().unwrap();
    assert!(entry.removed && entry.payload.is_null() && entry.by == "amal" && entry.at == at(51));
    let told = ledger.entry(17).unwrap().unwrap();
    let own: Vec<u64> = told.payload["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["entry"].as_u64().unwrap())
        .collect();
    assert_eq!(own, [5, 6, 11, 12, 13, 15]);
    assert_eq!(told.payload["entries"][3]["hash"], entry.hash.as_str());
    // The others are there, and weighing goes on.
    assert_eq!(ledger.counts().unwrap(), (3, 5));
    assert_eq!(ledger.entries_of(Action::Decision).unwrap().len(), 1);
    assert!(
        ledger
            .claims(&ClaimFilter::default())
            .unwrap()
            .iter()
            .all(|claim| claim.document.starts_with("report-"))
    );
    assert!(ledger.is_stale().unwrap());
    ledger.write_derived(&derived()).unwrap();
    ledger.add(&[report(5, 1)]).unwrap();
    assert_eq!(ledger.verify().unwrap(), []);
    drop(ledger);
    assert_eq!(faults(&path), Vec::<String>::new());
}

#[test]
fn decisions_on_whom_nothing_else_names_go_too() {
    let (_folder, _path, mut ledger) = signed();
    ledger.add(&[witness(), report(2, 2)]).unwrap();
    let decided = [
        json!({"decision": "rate", "source": "hadi", "letter": "B", "why": ""}),
        json!({"decision": "merge", "a": "amal", "b": "hadi", "why": ""}),
        json!({"decision": "rate", "source": "amal", "letter": "B", "why": "not as hadi is"}),
    ];
    let entries = ledger.decide_all("amal", at(51), Action::Decision, &decided).unwrap();
    let named = ["hadi".to_owned()];
    let removed = ledger.remove("tester", at(70), &["hadi-halabi-testimony"], &named, "in danger").unwrap();
    assert_eq!(removed.decisions, 2);
    let gone = |entry: u64| ledger.entry(entry).unwrap().unwrap().removed;
    assert_eq!(entries.into_iter().map(gone).collect::<Vec<_>>(), [true, true, false]);
    assert_eq!(ledger.verify().unwrap(), []);
}

#[test]
fn it_goes_from_a_ledger_that_others_have_open_too() {
    let (folder, path, mut ledger) = signed();
    ledger.add(&[witness(), report(2, 2)]).unwrap();
    let shared = Ledger::share(&path).unwrap();
    let reader = Ledger::open_read_only(&path).unwrap();
    assert_eq!(reader.counts().unwrap().0, 2);
    let removed = ledger.remove("tester", at(70), &["hadi-halabi-testimony"], &[], "in danger").unwrap();
    assert_eq!(removed.traces, None);
    assert_eq!(reader.counts().unwrap().0, 1);
    let nowhere = || {
        for (name, bytes) in all_bytes(folder.path()) {
            assert!(SECRETS.iter().all(|secret| !holds(&bytes, secret.as_bytes())), "{name}");
        }
    };
    nowhere();
    drop((reader, shared, ledger));
    nowhere();
    assert_eq!(faults(&path), Vec::<String>::new());
}

#[test]
fn a_removal_that_was_cut_short_is_swept_when_the_ledger_is_next_opened() {
    let (folder, path, mut ledger) = signed();
    ledger.add(&[witness(), report(2, 2)]).unwrap();
    ledger.remove("tester", at(70), &["hadi-halabi-testimony"], &[], "in danger").unwrap();
    drop(ledger);
    // Free pages as they are where the program was killed before the file was written anew.
    let conn = rusqlite::Connection::open(&path).unwrap();
    conn.execute_batch(
        "PRAGMA secure_delete = OFF; INSERT INTO meta VALUES ('sweep', '7');
         CREATE TABLE scrap AS SELECT hex(randomblob(9000)) || 'Hadi Halabi' AS text; DROP TABLE scrap;",
    )
    .unwrap();
    drop(conn);
    assert!(all_bytes(folder.path()).iter().any(|(_, bytes)| holds(bytes, b"Hadi Halabi")));
    assert_eq!(faults(&path), Vec::<String>::new());
    drop(Ledger::open(&path).unwrap());
    assert!(!all_bytes(folder.path()).iter().any(|(_, bytes)| holds(bytes, b"Hadi Halabi")));
    assert_eq!(faults(&path), Vec::<String>::new());
}

#[test]
fn what_a_power_cut_left_behind_the_last_page_goes_when_the_ledger_is_next_opened() {
    let (folder, path, mut ledger) = signed();
    ledger.add(&[witness(), report(2, 2)]).unwrap();
    ledger.remove("tester", at(70), &["hadi-halabi-testimony"], &[], "in danger").unwrap();
    drop(ledger);
    for length in [5000, 4096 * 3] {
        let mut bytes = fs::read(&path).unwrap();
        bytes.extend(b"Hadi Halabi".iter().cycle().take(length));
        fs::write(&path, bytes).unwrap();
        assert_eq!(faults(&path), [format!("file: {length} bytes stand behind its last page")]);
        drop(Ledger::open(&path).unwrap());
        assert!(!all_bytes(folder.path()).iter().any(|(_, bytes)| holds(bytes, b"Hadi Halabi")));
        assert_eq!(faults(&path), Vec::<String>::new());
    }
}

#[test]
fn what_was_removed_is_known_again() {
    let (_folder, path, mut ledger) = signed();
    ledger.add(&[witness(), report(2, 1)]).unwrap();
    ledger.remove("tester", at(70), &["hadi-halabi-testimony"], &[], "in danger").unwrap();
    // The same text under another name, and the same bytes with another text taken from them.
    let mut renamed = witness();
    renamed.report.id = "other".to_owned();
    renamed.claims.clear();
    renamed.reader = String::new();
    let mut taken_anew = renamed.clone();
    taken_anew.report.id = "anew".to_owned();
    taken_anew.report.text.push('.');
    let added = ledger.add(&[renamed.clone(), taken_anew, report(3, 1)]).unwrap();
    assert_eq!(added.added, ["report-3"]);
    assert_eq!(added.refused.len(), 2);
    let told = added.refused[0].to_string();
    assert!(told.contains("was removed from this ledger") && told.contains("--again"), "{told}");
    ledger.take_again();
    assert_eq!(ledger.add(&[renamed]).unwrap().added, ["other"]);
    assert_eq!(ledger.verify().unwrap(), []);
    // Without the secret nothing tells that it is this text.
    let payload = ledger.entries_of(Action::ReportRemoved).unwrap()[0].payload.to_string();
    let plain = gainsay_ledger::text_hash(&witness().report.text);
    assert!(!payload.contains(&plain));
    drop(ledger);
    assert_eq!(faults(&path), Vec::<String>::new());
}

#[test]
fn copies_that_stay_are_told_of() {
    let (_folder, _path, mut ledger) = signed();
    let mut twin = report(1, 1);
    twin.report.id = "twin".to_owned();
    twin.claims.clear();
    ledger.add(&[report(1, 1), twin, report(2, 1), report(3, 1)]).unwrap();
    let mut layers = derived();
    let head = |id: &str, fingerprint: &[u64]| gainsay_ledger::TextHead {
        report: id.to_owned(),
        fingerprint: fingerprint.to_vec(),
        ..Default::default()
    };
    layers.heads =
        vec![head("report-1", &[1, 2, 3]), head("report-2", &[2, 3, 9]), head("report-3", &[3, 7, 8])];
    ledger.write_derived(&layers).unwrap();
    let removed = ledger.remove("tester", at(9), &["report-1"], &[], "x").unwrap();
    assert_eq!((removed.twins, removed.near), (vec!["twin".to_owned()], vec!["report-2".to_owned()]));
}

#[test]
fn nothing_is_removed_by_half() {
    let (_folder, path, mut ledger) = signed();
    ledger.add(&[report(1, 1), report(2, 1)]).unwrap();
    let before = ledger.content_digest().unwrap();
    let error = ledger.remove("tester", at(9), &["report-1", "no-such"], &[], "x").unwrap_err();
    assert!(error.is_refused() && error.to_string().contains("no report `no-such`"), "{error}");
    assert!(ledger.remove("tester", at(9), &[], &[], "x").unwrap_err().is_refused());
    assert_eq!(ledger.content_digest().unwrap(), before);
    drop(ledger);
    // Nobody removes without a key.
    let (_other, _path, mut unsigned) = crate::samples::ledger();
    unsigned.add(&[report(1, 1)]).unwrap();
    assert!(unsigned.remove("tester", at(9), &["report-1"], &[], "x").unwrap_err().is_refused());
    assert_eq!(faults(&path), Vec::<String>::new());
}

#[test]
fn reports_of_older_ledgers_are_removed_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.gpkg");
    let ledgers = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ledgers");
    fs::copy(ledgers.join("schema-3.gpkg"), &path).unwrap();
    held(&path, 1);
    let mut ledger = Ledger::open(&path).unwrap();
    ledger.remove("tester", at(90), &["report-1"], &[], "in danger").unwrap();
    let log: Vec<_> = ledger.log().map(Result::unwrap).collect();
    let emptied: Vec<u64> = log.iter().filter(|entry| entry.removed).map(|entry| entry.seq).collect();
    assert_eq!(emptied, [2, 3, 10]);
    assert_eq!(ledger.verify().unwrap(), []);
    drop(ledger);
    // Its hash can no longer be made; what is left of the entry is bound by the word that it was removed.
    let sound = fs::read(&path).unwrap();
    for sql in
        ["UPDATE log SET by = 'x' WHERE seq = 2", "UPDATE log SET at = '2019-01-01T00:00:00Z' WHERE seq = 3"]
    {
        fs::write(&path, &sound).unwrap();
        tamper(&path, sql);
        let faults = faults(&path);
        assert!(faults.iter().any(|fault| fault.contains("whose removal entry 12 tells of")), "{faults:#?}");
    }
}

#[test]
fn a_forged_removal_is_found() {
    let (_folder, path, mut ledger) = signed();
    ledger.add(&[report(1, 1), report(2, 1)]).unwrap();
    ledger.remove("tester", at(70), &["report-2"], &[], "x").unwrap();
    drop(ledger);
    let sound = fs::read(&path).unwrap();
    let cases = [
        // Emptied behind the ledger's back.
        (
            "UPDATE log SET payload = '', salt = NULL WHERE seq IN (3, 4); DELETE FROM claims WHERE report = 'report-1';
             DELETE FROM readings WHERE entry = 4; DELETE FROM reports WHERE entry = 3;",
            "log `3`: its particulars are missing, and no entry tells that they were removed",
        ),
        // The word on it made to name them, too.
        (
            "UPDATE log SET payload = replace(payload, '\"entry\":5', '\"entry\":3') WHERE seq = 7",
            "log `7`: changed: its hash does not fit it",
        ),
        (
            "UPDATE log SET payload = replace(payload, '\"entry\":5', '\"entry\":3') WHERE seq = 7",
            "log `3`: its particulars are there, though entry 7 tells that they were removed",
        ),
        (
            "UPDATE log SET payload = '{\"report\":\"report-2\"}' WHERE seq = 5",
            "log `5`: its particulars are there, though entry 7 tells that they were removed",
        ),
        ("UPDATE log SET key = NULL, signature = NULL WHERE seq = 7", "log `7`: tells of a removal and is not signed"),
        ("UPDATE log SET by = 'x' WHERE seq = 5", "log `5`: changed: it is not the entry whose removal entry 7"),
        (
            "INSERT INTO reports SELECT 2, 'report-2', title, publisher, published, url, language, guessed, text, text_sha256, raw, raw_sha256, raw_size, raw_name, tool, added_by, added_at, 5, author FROM reports",
            "reports `report-2`: is there, though the entry that added it lost its particulars",
        ),
    ];
    for (sql, expected) in cases {
        fs::write(&path, &sound).unwrap();
        tamper(&path, sql);
        let faults = faults(&path);
        assert!(faults.iter().any(|fault| fault.starts_with(expected)), "{sql}\n  {expected}\n  {faults:#?}");
    }
}
