//! What is done to a signed ledger with checkpoints behind its back is found, with the row and the checkpoint that seals
//! how it should be.

use std::fs;
use std::path::{Path, PathBuf};

use gainsay_custody::Secret;
use gainsay_ledger::{Action, Covered, Ledger, Trust, Verified};
use serde_json::json;
use tempfile::TempDir;

use crate::samples::{at, beside, derived, report};
use crate::signing::{held, note, signed, signer};
use crate::tampering::tamper;

/// Entries: 1 and 2 the beginning, 3 to 6 two reports, 7 a checkpoint of 6, 8 a stamp, 9 and 10 a third report.
fn sealed() -> (TempDir, PathBuf) {
    let (folder, path, mut ledger) = signed();
    let mut reports = [report(1, 2), report(2, 1), report(3, 1)];
    reports[0].beside = beside();
    ledger.add(&reports[..2]).unwrap();
    let (head, text) = (ledger.head().unwrap(), note(&ledger, 86_400));
    let entry = ledger.put_checkpoint("tester", at(86_400), head.seq, &head.hash, &text).unwrap();
    ledger.put_stamp("tester", at(86_401), entry, "opentimestamps", b"an answer", "pending").unwrap();
    ledger.add(&reports[2..]).unwrap();
    ledger.write_derived(&derived()).unwrap();
    let verified = ledger.verified(&Trust::default()).unwrap();
    assert_eq!(verified.faults, []);
    assert_eq!((verified.entries, verified.unsigned, verified.stamps), (10, 0, 1));
    assert_eq!((verified.reports, verified.readings, verified.claims), (3, 3, 4));
    assert!(verified.checkpoints.len() == 1 && verified.checkpoints[0].sound);
    assert_eq!((verified.unvouched, verified.foreign, verified.weighed), (vec![], vec![], Some(true)));
    (folder, path)
}

fn verified(path: &Path, trust: &Trust) -> Verified {
    Ledger::open_read_only(path).unwrap().verified(trust).unwrap()
}

fn faults(path: &Path) -> Vec<String> {
    verified(path, &Trust::default()).faults.iter().map(ToString::to_string).collect()
}

/// Gives an entry, and all after it, hashes that fit again, as anybody could; signatures are left as they are.
fn rehash(path: &Path, from: i64) {
    let script = format!(
        "import sqlite3, hashlib\n\
         def fields(*parts):\n\
         \x20   hash = hashlib.sha256()\n\
         \x20   for part in parts:\n\
         \x20       hash.update(len(part).to_bytes(8, 'big') + part)\n\
         \x20   return hash.hexdigest()\n\
         base = sqlite3.connect({path:?})\n\
         triggers = base.execute(\"SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'\").fetchall()\n\
         for name, _ in triggers: base.execute('DROP TRIGGER ' + name)\n\
         prev = base.execute('SELECT hash FROM log WHERE seq = ?', [{from} - 1]).fetchone()[0]\n\
         for seq, at, by, action, payload, salt in base.execute(\n\
         \x20   'SELECT seq, at, by, action, payload, salt FROM log WHERE seq >= ? ORDER BY seq', [{from}]).fetchall():\n\
         \x20   inner = fields(b'gainsay-payload/1', salt.encode(), payload.encode())\n\
         \x20   hash = fields(b'gainsay-log/2', prev.encode(), seq.to_bytes(8, 'big'), at.encode(), by.encode(), action.encode(), inner.encode())\n\
         \x20   base.execute('UPDATE log SET prev = ?, hash = ?, payload_sha256 = ? WHERE seq = ?', [prev, hash, inner, seq])\n\
         \x20   prev = hash\n\
         base.execute(\"UPDATE meta SET value = ? WHERE key = 'log_head'\", [prev])\n\
         base.execute(\"UPDATE meta SET value = (SELECT max(seq) FROM log) WHERE key = 'log_count'\")\n\
         for _, sql in triggers: base.execute(sql)\n\
         base.commit()\n",
        path = path.display().to_string(),
    );
    let done = std::process::Command::new("python3").args(["-c", &script]).status().expect("python3 runs");
    assert!(done.success());
}

#[test]
fn what_is_done_to_it_is_told_of_with_the_checkpoint_that_seals_it() {
    let first = "; how it should be is sealed by the checkpoint of entry 6, 2020-01-02";
    let none = "; not covered by any checkpoint";
    let cases = [
        (
            "UPDATE log SET key = upper(key) WHERE seq = 5",
            format!(
                "log `5`: bears half a signature, or one that cannot be read (bound by log entry 5){first}"
            ),
        ),
        (
            "UPDATE reports SET title = 'x' WHERE fid = 2",
            format!("reports `report-2`: changed: title (bound by log entry 5){first}"),
        ),
        (
            "UPDATE reports SET title = 'x' WHERE fid = 3",
            format!("reports `report-3`: changed: title (bound by log entry 9){none}"),
        ),
        (
            "DELETE FROM readings WHERE entry = 4",
            format!("readings `report-1`: is missing (bound by log entry 4){first}"),
        ),
        (
            "UPDATE log SET payload = replace(payload, 'Headline', 'Headlime') WHERE seq = 3",
            format!("log `3`: changed: its hash does not fit it (bound by log entry 3){first}"),
        ),
        // Signatures.
        (
            "UPDATE log SET signature = replace(signature, substr(signature, 9, 1), '0') WHERE seq = 5",
            format!("log `5`: changed: its signature does not fit it (bound by log entry 5){first}"),
        ),
        (
            "UPDATE log SET signature = (SELECT signature FROM log WHERE seq = 4) WHERE seq = 3",
            format!("log `3`: changed: its signature does not fit it (bound by log entry 3){first}"),
        ),
        (
            "UPDATE log SET key = NULL, signature = NULL WHERE seq = 9",
            format!("log `9`: its signature is missing (bound by log entry 9){none}"),
        ),
        (
            "UPDATE log SET key = NULL, signature = NULL WHERE seq = 1",
            format!("log `1`: its signature is missing (bound by log entry 1){first}"),
        ),
        (
            "UPDATE log SET signature = upper(signature) WHERE seq = 9",
            format!(
                "log `9`: bears half a signature, or one that cannot be read (bound by log entry 9){none}"
            ),
        ),
        ("UPDATE log SET key = NULL WHERE seq = 9", "log `9`: bears half a signature".to_owned()),
        (
            "UPDATE log SET key = replace(key, substr(key, 1, 4), '0123') WHERE seq = 9",
            "log `9`: is signed by the key ".to_owned(),
        ),
        // The order of entries.
        (
            "UPDATE log SET seq = 99 WHERE seq = 4; UPDATE log SET seq = 4 WHERE seq = 6; UPDATE log SET seq = 6 WHERE seq = 99",
            format!("log `4`: changed: its hash does not fit it (bound by log entry 4){first}"),
        ),
        (
            "DELETE FROM log WHERE seq = 9",
            format!("log `10`: follows entry 8: what stood between is missing (bound by log entry 10){none}"),
        ),
        (
            "INSERT INTO log SELECT 11, at, by, action, payload, hash, hash, payload_sha256, salt, key, signature FROM log WHERE seq = 10",
            format!("log `11`: changed: its hash does not fit it (bound by log entry 11){none}"),
        ),
        // Checkpoints and stamps.
        (
            "UPDATE checkpoints SET note = replace(note, '2020-01-02', '2019-01-02')",
            "checkpoints `1`: changed: note_sha256 (bound by log entry 7)".to_owned(),
        ),
        (
            "UPDATE checkpoints SET note = replace(note, '2020-01-02', '2019-01-02')",
            "checkpoints `1`: changed: the checkpoint note was changed".to_owned(),
        ),
        ("UPDATE checkpoints SET seq = 5", "checkpoints `1`: changed: seq (bound by".to_owned()),
        ("UPDATE checkpoints SET hash = 'x'", "checkpoints `1`: its note is of another entry".to_owned()),
        ("UPDATE checkpoints SET fid = 4", "checkpoints `4`: is number 1: one was removed".to_owned()),
        ("DELETE FROM checkpoints", "checkpoints: is missing (bound by log entry 7)".to_owned()),
        ("UPDATE stamps SET bytes = x'00'", "stamps `1`: changed: sha256 (bound by log entry 8)".to_owned()),
        ("UPDATE stamps SET sha256 = 'x'", "stamps `1`: changed: sha256".to_owned()),
        ("UPDATE stamps SET told = 'x'", "stamps `1`: changed: told".to_owned()),
        ("UPDATE stamps SET kind = 'rfc3161'", "stamps `1`: changed: kind".to_owned()),
        ("UPDATE stamps SET fid = 2", "stamps `2`: is number 1".to_owned()),
        ("DELETE FROM stamps", "stamps: is missing (bound by log entry 8)".to_owned()),
        // What was weighed.
        (
            "DELETE FROM meta WHERE key = 'derived_signature'",
            "meta `derived_signature`: bears half".to_owned(),
        ),
        (
            "UPDATE meta SET value = 'x' WHERE key = 'derived_digest'",
            "meta `derived_signature`: does not fit".to_owned(),
        ),
        (
            "UPDATE meta SET value = (SELECT hash FROM log WHERE seq = 6) WHERE key = 'derived_head'",
            "meta `derived_signature`: does not fit".to_owned(),
        ),
    ];
    let (_folder, path) = sealed();
    let sound = fs::read(&path).unwrap();
    for (sql, expected) in cases {
        fs::write(&path, &sound).unwrap();
        tamper(&path, sql);
        let faults = faults(&path);
        assert!(
            faults.iter().any(|fault| fault.starts_with(&expected)),
            "{sql}\n  expected {expected}\n  got {faults:#?}"
        );
    }
}

#[test]
fn hashes_made_anew_do_not_help_without_the_key() {
    let (_folder, path) = sealed();
    let sound = fs::read(&path).unwrap();
    for (sql, entry) in [
        ("UPDATE log SET by = 'another' WHERE seq = 5", 5),
        ("UPDATE log SET at = '2019-01-01T00:00:00Z' WHERE seq = 9", 9),
        ("UPDATE log SET payload = replace(payload, 'Headline', 'Headlime') WHERE seq = 3", 3),
    ] {
        fs::write(&path, &sound).unwrap();
        tamper(&path, sql);
        rehash(&path, entry);
        let faults = faults(&path);
        let expected = format!("log `{entry}`: changed: its signature does not fit it");
        assert!(faults.iter().any(|fault| fault.starts_with(&expected)), "{sql}: {faults:#?}");
        // The log reads well all the same: only signatures and the checkpoint tell.
        assert!(!faults.iter().any(|fault| fault.contains("its hash does not fit")), "{faults:#?}");
        let anew = faults.iter().any(|fault| fault.contains("says that entry 6 has another hash"));
        assert_eq!(anew, entry <= 6, "{faults:#?}");
    }
}

#[test]
fn an_entry_of_another_ledger_does_not_fit() {
    let (_folder, path) = sealed();
    let other = tempfile::tempdir().unwrap();
    let stranger = other.path().join("other.gpkg");
    held(&stranger, 1);
    let mut ledger = Ledger::create(&stranger, "tester", at(7)).unwrap();
    for _ in 0..9 {
        ledger.decide("amal", at(9), Action::Decision, &json!({"claim": "report-1-0000"})).unwrap();
    }
    drop(ledger);
    // The same key signed it: it is the chain that tells.
    tamper(
        &path,
        &format!(
            "ATTACH '{}' AS other; INSERT INTO log SELECT * FROM other.log WHERE seq = 11;
             UPDATE meta SET value = 11 WHERE key = 'log_count';
             UPDATE meta SET value = (SELECT hash FROM log WHERE seq = 11) WHERE key = 'log_head';",
            stranger.display()
        ),
    );
    let faults = faults(&path);
    assert!(
        faults.iter().any(|fault| fault.starts_with("log `11`: does not continue the entry before")),
        "{faults:#?}"
    );
}

#[test]
fn a_log_cut_short_is_found_by_a_note_kept_elsewhere() {
    let (_folder, path) = sealed();
    let kept = {
        let mut ledger = Ledger::open(&path).unwrap();
        let (head, text) = (ledger.head().unwrap(), note(&ledger, 90_000));
        ledger.put_checkpoint("tester", at(90_000), head.seq, &head.hash, &text).unwrap();
        text
    };
    let trust = Trust { notes: vec![kept.clone()], ..Trust::default() };
    let whole = verified(&path, &trust);
    assert_eq!(whole.faults, []);
    assert!(whole.checkpoints.len() == 3 && whole.checkpoints[2].entry.is_none());
    // Whoever cuts it leaves nothing behind that tells of the end.
    tamper(
        &path,
        "DELETE FROM checkpoints WHERE entry > 8; DELETE FROM reports WHERE entry > 8;
         DELETE FROM readings WHERE entry > 8; DELETE FROM log WHERE seq > 8;
         UPDATE meta SET value = 8 WHERE key = 'log_count';
         UPDATE meta SET value = (SELECT hash FROM log WHERE seq = 8) WHERE key = 'log_head';
         DELETE FROM claims WHERE reading > 8; INSERT INTO report_text(report_text) VALUES ('rebuild');
         DELETE FROM meta WHERE key LIKE 'derived%'; DELETE FROM places; DELETE FROM events; DELETE FROM heads;
         DELETE FROM holdings; DELETE FROM disputes; DELETE FROM sources;
         UPDATE gpkg_contents SET last_change = (SELECT at FROM log WHERE seq = 8) WHERE table_name = 'log';",
    );
    let mut ledger = Ledger::open(&path).unwrap();
    ledger.rebuild().unwrap();
    drop(ledger);
    assert_eq!(faults(&path), Vec::<String>::new());
    let found = verified(&path, &trust).faults;
    assert_eq!(found.len(), 1);
    let told = found[0].to_string();
    assert!(told.starts_with("note `1`: says that the log has an entry 10; its end was cut off"), "{told}");
    // The note itself says until when it was whole.
    assert_eq!(found[0].covered, Some(Covered::By(10, at(90_000).to_string())));
    // A note of another ledger, and a changed one.
    let (_other, _path, other) = signed();
    let trust = Trust { notes: vec![note(&other, 1), kept.replace("entry 10", "entry 9")], ..trust };
    let found: Vec<_> = verified(&path, &trust).faults.iter().map(ToString::to_string).collect();
    // The same key at the same second makes the same beginning: only its end differs.
    assert!(found.iter().any(|fault| fault.starts_with("note `2`: changed: ")), "{found:#?}");
}

#[test]
fn keys_are_told_of_and_held_to_those_trusted() {
    let (_folder, path) = sealed();
    let key = |seed| signer(seed).secret.public();
    let trust =
        |keys: &[u8]| Trust { keys: keys.iter().map(|seed| key(*seed)).collect(), ..Trust::default() };
    assert_eq!(verified(&path, &trust(&[1])).faults, []);
    let found: Vec<_> = verified(&path, &trust(&[8])).faults.iter().map(ToString::to_string).collect();
    assert!(found.len() == 1 && found[0].starts_with("log `2`: adds the key "), "{found:#?}");
    // Another comes by itself; one is vouched for.
    held(&path, 2);
    let mut ledger = Ledger::open(&path).unwrap();
    ledger.decide("rami", at(5), Action::Decision, &json!({"claim": "x"})).unwrap();
    ledger.sign_by(signer(1));
    ledger.add_key("tester", at(6), &key(3), "amal").unwrap();
    drop(ledger);
    let plain = verified(&path, &Trust::default());
    assert_eq!((plain.faults, plain.unvouched), (vec![], vec![key(2)]));
    let found = verified(&path, &trust(&[1]));
    assert_eq!((found.faults.len(), found.unvouched), (1, vec![key(2)]));
    assert!(found.faults[0].what.contains("none of these vouched for it"));
    assert_eq!(verified(&path, &trust(&[1, 2])).faults, []);
}

#[test]
fn nobody_removes_the_word_that_retired_a_key() {
    let (_folder, path) = sealed();
    let mut ledger = Ledger::open(&path).unwrap();
    ledger.add_key("tester", at(90_000), &signer(2).secret.public(), "huda").unwrap();
    let entry = ledger.retire_key("tester", at(90_001), &signer(2).secret.public(), "stolen").unwrap();
    ledger.remove("tester", at(90_002), &["report-3"], &[], "x").unwrap();
    drop(ledger);
    // As somebody does who has one of the ledger's keys: the word on a removal names this entry too, and is signed.
    let log: Vec<_> = Ledger::open_read_only(&path).unwrap().lines().map(Result::unwrap).collect();
    let told = log.last().unwrap();
    let own = format!(r#"{{"entry":{entry},"hash":"{}"}},"#, log[entry as usize - 1].hash);
    let payload = told.payload.replacen(r#""entries":["#, &format!(r#""entries":[{own}"#), 1);
    assert_ne!(payload, told.payload);
    tamper(&path, &format!("UPDATE log SET payload = '{payload}' WHERE seq = {}", told.seq));
    tamper(&path, &format!("UPDATE log SET payload = '', salt = NULL WHERE seq = {entry}"));
    rehash(&path, told.seq as i64);
    let hash = Ledger::open_read_only(&path).unwrap().head().unwrap().hash;
    let signature: String =
        signer(1).secret.sign("log", hash.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    tamper(&path, &format!("UPDATE log SET signature = '{signature}' WHERE seq = {}", told.seq));
    let found = faults(&path);
    let expected = format!("log `{entry}`: its particulars are missing; entry {} tells", told.seq);
    assert!(found.iter().any(|fault| fault.starts_with(&expected)), "{found:#?}");
}

#[test]
fn a_retired_key_that_signs_is_found() {
    let (_folder, path) = sealed();
    let mut ledger = Ledger::open(&path).unwrap();
    let next = signer(2);
    ledger.next_key("tester", at(9), &next.secret.public(), "tester", "lost").unwrap();
    ledger.sign_by(next);
    ledger.decide("tester", at(9), Action::Decision, &json!({"claim": "x"})).unwrap();
    let head = ledger.head().unwrap();
    drop(ledger);
    assert_eq!(faults(&path), Vec::<String>::new());
    // Whoever found the old key writes one more entry, hashes and all, by its own hand.
    let forged = forge(&path, &head.hash, head.seq + 1, &signer(1).secret);
    tamper(&path, &forged);
    let faults = faults(&path);
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert!(faults[0].starts_with("log `14`: is signed by the key "), "{faults:#?}");
    assert!(faults[0].contains("which entry 12 retired"), "{faults:#?}");
}

/// The SQL that adds a decision to the end, well hashed and signed by a key.
fn forge(path: &Path, prev: &str, seq: u64, key: &Secret) -> String {
    use sha2::{Digest, Sha256};
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let fields = |fields: &[&[u8]]| {
        let mut hash = Sha256::new();
        for field in fields {
            hash.update((field.len() as u64).to_be_bytes());
            hash.update(field);
        }
        hex(&hash.finalize())
    };
    let (at, payload, salt) = ("2020-01-01T00:00:09Z", r#"{"claim":"y"}"#, "00ff");
    let inner = fields(&[b"gainsay-payload/1", salt.as_bytes(), payload.as_bytes()]);
    let hash = fields(&[
        b"gainsay-log/2",
        prev.as_bytes(),
        &seq.to_be_bytes(),
        at.as_bytes(),
        b"tester",
        b"decision",
        inner.as_bytes(),
    ]);
    let (public, signature) = (key.public(), hex(&key.sign("log", hash.as_bytes())));
    assert!(path.exists());
    format!(
        "INSERT INTO log VALUES ({seq}, '{at}', 'tester', 'decision', '{payload}', '{prev}', '{hash}', '{inner}', '{salt}',
             '{public}', '{signature}');
         UPDATE meta SET value = {seq} WHERE key = 'log_count'; UPDATE meta SET value = '{hash}' WHERE key = 'log_head';
         UPDATE gpkg_contents SET last_change = '2020-01-01T00:00:09.000Z' WHERE table_name = 'log';"
    )
}

#[test]
fn what_other_programs_add_is_told_of_and_no_fault() {
    let (_folder, path) = sealed();
    tamper(
        &path,
        "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_name TEXT);
         CREATE VIEW seen AS SELECT id FROM events; ANALYZE;
         INSERT INTO gpkg_contents (table_name, data_type, last_change) VALUES ('layer_styles', 'attributes', '2020-01-01T00:00:00.000Z');",
    );
    let verified = verified(&path, &Trust::default());
    assert_eq!(verified.faults, []);
    for told in
        ["table `layer_styles`", "view `seen`", "row `layer_styles` of gpkg_contents", "table `sqlite_stat1`"]
    {
        assert!(verified.foreign.iter().any(|foreign| foreign == told), "{told}: {:?}", verified.foreign);
    }
}

#[test]
fn what_was_weighed_without_a_key_is_said_to_be_unsigned() {
    let (_folder, path) = sealed();
    tamper(&path, "DELETE FROM meta WHERE key IN ('derived_signature', 'derived_key')");
    let verified = verified(&path, &Trust::default());
    assert_eq!((verified.faults, verified.weighed), (vec![], Some(false)));
}

#[test]
fn what_was_weighed_is_not_signed_by_a_key_that_is_retired() {
    let (_folder, path) = sealed();
    let mut ledger = Ledger::open(&path).unwrap();
    ledger.next_key("tester", at(90_000), &signer(2).secret.public(), "tester", "stolen").unwrap();
    let verified = ledger.verified(&Trust::default()).unwrap();
    assert_eq!((verified.faults, verified.weighed), (vec![], Some(false)));
}

#[test]
fn what_was_weighed_is_held_to_what_is_weighed_again() {
    let (_folder, path) = sealed();
    let again = Ledger::open_read_only(&path).unwrap();
    assert_eq!(again.differs_from(&derived()).unwrap(), []);
    tamper(
        &path,
        "UPDATE events SET killed_best = 41 WHERE rowid = 1; DELETE FROM sources; UPDATE gpkg_contents SET min_x = 1
         WHERE table_name = 'events'; INSERT INTO disputes SELECT 99, 'x', kind, event, place, spread, revision, json FROM disputes LIMIT 1",
    );
    let found = Ledger::open_read_only(&path).unwrap().differs_from(&derived()).unwrap();
    let told: Vec<String> = found.iter().map(ToString::to_string).collect();
    let event = &derived().events[0].id;
    assert!(
        told[0].starts_with(&format!("events `{event}`: is not as it is weighed from the log")),
        "{told:#?}"
    );
    for part in ["disputes `x`: is weighed from nothing", "sources `", "gpkg_contents `events`"] {
        assert!(told.iter().any(|fault| fault.starts_with(part)), "{part}: {told:#?}");
    }
}

#[test]
fn bytes_behind_the_last_page_are_found() {
    let (_folder, path) = sealed();
    let mut bytes = fs::read(&path).unwrap();
    bytes.extend([7; 5000]);
    fs::write(&path, bytes).unwrap();
    assert_eq!(faults(&path), ["file: 5000 bytes stand behind its last page"]);
}
