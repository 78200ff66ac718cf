//! Whatever is changed behind the ledger's back, `verify` says so.

use std::fs;
use std::path::{Path, PathBuf};

use gainsay_ledger::{Ledger, NewReading};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::samples::{at, beside, claim, derived, ledger, report};

fn filled() -> (TempDir, PathBuf) {
    let (folder, path, mut ledger) = ledger();
    let mut reports: Vec<_> = (1..=4).map(|n| report(n, 3)).collect();
    reports[0].beside = beside();
    ledger.add(&reports).unwrap();
    let reading = NewReading {
        report: "report-2".to_owned(),
        reader: "gainsay 0.2.0".to_owned(),
        claims: vec![claim("report-2", 9)],
        by: "tester".to_owned(),
        at: at(60),
    };
    ledger.replace_claims(&[reading]).unwrap();
    ledger.write_derived(&derived()).unwrap();
    assert_eq!(ledger.verify().unwrap(), []);
    (folder, path)
}

/// Changes the file as somebody who knows SQL would: without the triggers, which are put back after.
pub fn tamper(path: &Path, sql: &str) {
    let conn = Connection::open(path).unwrap();
    let triggers = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'";
    let triggers: Vec<(String, String)> = conn
        .prepare(triggers)
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    conn.execute_batch("PRAGMA foreign_keys = OFF;").unwrap();
    for (name, _) in &triggers {
        conn.execute_batch(&format!("DROP TRIGGER {name};")).unwrap();
    }
    conn.execute_batch(sql).unwrap();
    for (_, sql) in &triggers {
        conn.execute_batch(sql).unwrap();
    }
}

fn faults(path: &Path) -> Vec<String> {
    Ledger::open_read_only(path).unwrap().verify().unwrap().iter().map(ToString::to_string).collect()
}

#[test]
fn every_change_is_told_of() {
    let cases = [
        // Reports.
        (
            "UPDATE reports SET text = replace(text, 'killed', 'filled') WHERE fid = 1",
            "reports `report-1`: changed: text_sha256 (bound by log entry 2)",
        ),
        ("UPDATE reports SET text_sha256 = 'x' WHERE fid = 1", "reports `report-1`: changed: text_sha256"),
        (
            "UPDATE reports SET raw = CAST(substr(raw, 1, length(raw) - 4) || x'00ff00ff' AS BLOB) WHERE fid = 1",
            "reports `report-1`: ",
        ),
        (
            "UPDATE reports SET raw = x'' WHERE fid = 1",
            "reports `report-1`: its raw bytes changed: they do not unpack",
        ),
        ("UPDATE reports SET raw_size = -1 WHERE fid = 1", "reports `report-1`: cannot be read"),
        ("UPDATE reports SET raw_size = 1 << 60 WHERE fid = 1", "reports `report-1`: its raw bytes changed"),
        (
            "UPDATE reports SET published = '2015-01-01' WHERE fid = 1",
            "reports `report-1`: changed: published",
        ),
        ("UPDATE reports SET published = 'whenever' WHERE fid = 1", "reports `report-1`: cannot be read"),
        ("UPDATE reports SET author = NULL WHERE fid = 1", "reports `report-1`: changed: author"),
        ("UPDATE reports SET author = 'Another' WHERE fid = 2", "reports `report-2`: changed: author"),
        ("UPDATE reports SET publisher = NULL WHERE fid = 1", "reports `report-1`: changed: publisher"),
        ("UPDATE reports SET guessed = '[]' WHERE fid = 1", "reports `report-1`: changed: guessed"),
        ("UPDATE reports SET added_by = 'another' WHERE fid = 1", "reports `report-1`: changed: added_by"),
        (
            "UPDATE reports SET added_at = '2020-01-01T00:00:01+00:00' WHERE fid = 1",
            "reports `report-1`: changed: added_at",
        ),
        ("UPDATE reports SET id = 'renamed' WHERE fid = 1", "reports `renamed`: changed: report"),
        ("DELETE FROM reports WHERE fid = 4", "reports `report-4`: is missing (bound by log entry 8)"),
        ("DELETE FROM reports WHERE fid = 2", "reports `report-2`: is missing (bound by log entry 4)"),
        ("UPDATE reports SET fid = fid + 10", "reports `report-1`: is row 11, but number 1 of those added"),
        ("UPDATE reports SET published = '20160102' WHERE fid = 1", "reports `report-1`: cannot be read"),
        (
            "INSERT INTO reports SELECT 5, 'new', title, publisher, published, url, language, guessed, text, text_sha256, raw, raw_sha256, raw_size, raw_name, tool, added_by, added_at, 10, author FROM reports WHERE fid = 1",
            "reports `new`: no log entry says that it was added",
        ),
        (
            "UPDATE reports SET entry = -entry WHERE fid < 3; UPDATE reports SET entry = CASE entry WHEN -2 THEN 4 ELSE 2 END WHERE fid < 3",
            "reports `report-2`: changed: report",
        ),
        // What lay beside a report.
        (
            "UPDATE beside SET state = 'agrees' WHERE fid = 1",
            "reports `report-1`: changed: beside (bound by log entry 2)",
        ),
        ("UPDATE beside SET told = 'Nothing.' WHERE fid = 2", "reports `report-1`: changed: beside"),
        ("UPDATE beside SET of_file = 'x' WHERE fid = 2", "reports `report-1`: changed: beside"),
        (
            "UPDATE beside SET bytes = x'00' WHERE fid = 1",
            "reports `report-1`: what lay beside it cannot be read",
        ),
        (
            "UPDATE beside SET bytes_sha256 = 'x' WHERE fid = 1",
            "reports `report-1`: what lay beside it cannot",
        ),
        ("DELETE FROM beside WHERE fid = 2", "reports `report-1`: changed: beside"),
        ("DELETE FROM beside", "reports `report-1`: changed: beside"),
        (
            "UPDATE beside SET report = 'report-2' WHERE fid = 1",
            "beside `1`: `a.sha256` lay beside no report",
        ),
        (
            "INSERT INTO beside SELECT 9, 'report-2', name, of_file, state, told, bytes, bytes_sha256, bytes_size, 4 FROM beside WHERE fid = 1",
            "reports `report-2`: changed: beside",
        ),
        ("UPDATE beside SET fid = fid + 10", "reports `report-1`: changed: beside"),
        (
            "UPDATE beside SET bytes = CAST(bytes || x'502a4d1800000000' AS BLOB) WHERE fid = 1",
            "reports `report-1`: changed: beside",
        ),
        // Readings and claims.
        ("UPDATE readings SET lines = x'00' WHERE entry = 3", "readings `3`: its claims changed"),
        (
            "UPDATE readings SET lines = (SELECT lines FROM readings WHERE entry = 7), lines_size = (SELECT lines_size FROM readings WHERE entry = 7) WHERE entry = 3",
            "readings `3`: changed: lines_sha256",
        ),
        ("UPDATE readings SET reader = 'a person' WHERE entry = 3", "readings `3`: changed: reader"),
        ("UPDATE readings SET reader_name = 'x' WHERE entry = 3", "readings `3`: changed: reader_name"),
        ("UPDATE readings SET claims = 2 WHERE entry = 3", "readings `3`: changed: claims"),
        ("DELETE FROM readings WHERE entry = 5", "readings `report-2`: is missing (bound by log entry 5)"),
        (
            "INSERT INTO readings SELECT 2, report, reader, 'other', claims, lines, lines_sha256, lines_size FROM readings WHERE entry = 3",
            "readings `2`: no log entry says that it was read",
        ),
        (
            "UPDATE claims SET json = replace(json, '\"low\":1', '\"low\":7')",
            "claims `report-1-0001`: changed",
        ),
        ("UPDATE claims SET low = 7 WHERE id = 'report-1-0001'", "claims `report-1-0001`: changed"),
        (
            "UPDATE claims SET published = '2001-01-01' WHERE id = 'report-1-0001'",
            "claims `report-1-0001`: changed",
        ),
        ("DELETE FROM claims WHERE id = 'report-1-0002'", "claims `report-1-0002`: is missing"),
        (
            "INSERT INTO claims SELECT NULL, id, report, kind, status, published, time_start, time_end, place, measure, low, high, reader, 5, position, json FROM claims WHERE reading = 3",
            "claims: 3 more than were read",
        ),
        // The log.
        (
            "UPDATE log SET payload = replace(payload, 'Headline 1', 'Headline 2') WHERE seq = 2",
            "log `2`: changed: its hash does not fit it",
        ),
        ("UPDATE log SET by = 'another' WHERE seq = 1", "log `1`: changed"),
        ("UPDATE log SET at = '2021-01-01T00:00:00Z' WHERE seq = 3", "log `3`: changed"),
        ("UPDATE log SET hash = prev WHERE seq = 3", "log `4`: does not continue the entry before"),
        ("UPDATE log SET action = 'decision' WHERE seq = 3", "readings `3`: no log entry says"),
        ("DELETE FROM log WHERE seq = 4", "log `5`: follows entry 3: what stood between is missing"),
        ("DELETE FROM log WHERE seq = 10", "log: ends at entry 9, but meta notes 10"),
        ("DELETE FROM log WHERE seq = 1", "log `2`: follows entry 0"),
        ("DELETE FROM log", "log: is empty"),
        (
            "UPDATE log SET seq = 99 WHERE seq = 4; UPDATE log SET seq = 4 WHERE seq = 5; UPDATE log SET seq = 5 WHERE seq = 99",
            "log `4`: does not continue",
        ),
        (
            "INSERT INTO log SELECT 11, at, by, action, payload, hash, hash, payload_sha256, salt, key, signature FROM log WHERE seq = 10",
            "log `11`: changed",
        ),
        ("UPDATE meta SET value = 'x' WHERE key = 'log_head'", "log: ends at entry 10"),
        ("INSERT INTO meta VALUES ('x', 'y')", "meta `x`: is no note of gainsay's"),
        ("INSERT INTO meta VALUES ('words_entry', '2')", "meta `words_entry`: is not the last entry that"),
        ("UPDATE log SET payload = '' WHERE seq = 2", "log `2`: its particulars are missing, and no entry"),
        ("UPDATE log SET payload = '', salt = NULL WHERE seq = 2", "log `2`: its particulars are missing"),
        ("UPDATE log SET salt = 'ab' WHERE seq = 2", "log `2`: changed"),
        ("UPDATE log SET payload_sha256 = NULL, salt = NULL WHERE seq = 2", "log `2`: changed"),
        // What is derived, and the file.
        ("UPDATE events SET killed_best = 136", "meta `derived_digest`: heads, places, events"),
        ("UPDATE heads SET credited = 'AFP'", "meta `derived_digest`: heads, places, events"),
        ("DELETE FROM holdings", "meta `derived_digest`: heads, places, events"),
        ("UPDATE places SET geom = x'4750' WHERE id = 'ayyash'", "places `ayyash`: its geometry is no point"),
        ("INSERT INTO report_text(report_text) VALUES ('delete-all')", "report_text: does not fit"),
        ("INSERT INTO report_text(rowid, title, text) VALUES (9, 'a', 'b')", "report_text: does not fit"),
        ("UPDATE report_text_docsize SET sz = x'0101' WHERE id = 2", "report_text: does not fit"),
        ("UPDATE report_text_data SET block = x'040101' WHERE id = 1", "report_text: does not fit"),
        ("INSERT INTO report_text_config VALUES ('pgsz', 100)", "report_text: does not fit"),
        ("DELETE FROM report_text_idx", "report_text: holds leaves that it does not use, or misses some"),
        ("UPDATE report_text_idx SET pgno = pgno + 2", "report_text: "),
        (
            "INSERT INTO report_text_idx VALUES (77, x'30', 2)",
            "report_text: holds leaves that it does not use",
        ),
        (
            "INSERT INTO report_text_data VALUES (77 << 37, x'00')",
            "report_text: holds leaves that it does not",
        ),
        ("DELETE FROM report_text_data WHERE id = 1", "report_text: does not fit"),
        ("UPDATE claims SET fid = 100 - fid", "claims `report-1-0001`: changed"),
        ("UPDATE events SET fid = fid + 1 WHERE fid = 2", "meta `derived_digest`: heads, places, events"),
        (
            "UPDATE gpkg_contents SET min_x = 1 WHERE table_name = 'places'",
            "meta `derived_digest`: heads, places, events",
        ),
        (
            "UPDATE meta SET value = 'x' WHERE key = 'derived_head'",
            "meta `derived_head`: is the hash of no entry",
        ),
        (
            "CREATE TRIGGER sly AFTER INSERT ON reports BEGIN DELETE FROM events; END",
            "file `sly`: a trigger on reports that gainsay did not make",
        ),
        ("DROP INDEX reports_by_text", "file `reports_by_text`: is missing"),
        ("ALTER TABLE reports ADD COLUMN more TEXT", "file `reports`: was defined anew"),
        ("PRAGMA user_version = 3", "file: user_version is 3, not 10300"),
        ("DELETE FROM gpkg_contents WHERE table_name = 'log'", "gpkg_contents `log`: is missing or changed"),
        (
            "UPDATE gpkg_contents SET description = 'x' WHERE table_name = 'log'",
            "gpkg_contents `log`: is missing or changed",
        ),
        (
            "UPDATE gpkg_contents SET last_change = '2021-01-01T00:00:00.000Z' WHERE table_name = 'reports'",
            "gpkg_contents `reports`: is missing or changed",
        ),
        (
            "INSERT INTO gpkg_extensions VALUES ('log', 'by', 'x', 'x', 'read-write')",
            "gpkg_extensions `log`: is a row that gainsay did not write",
        ),
        (
            "UPDATE gpkg_extensions SET definition = 'x'",
            "gpkg_extensions `gainsay_ledger`: is missing or changed",
        ),
        ("UPDATE gpkg_geometry_columns SET m = 1", "gpkg_geometry_columns `events`: is missing or changed"),
        (
            "UPDATE gpkg_spatial_ref_sys SET definition = 'x' WHERE srs_id = 4326",
            "gpkg_spatial_ref_sys `4326`: is missing or changed",
        ),
    ];
    let (_folder, path) = filled();
    let sound = fs::read(&path).unwrap();
    for (sql, expected) in cases {
        fs::write(&path, &sound).unwrap();
        tamper(&path, sql);
        let faults = faults(&path);
        assert!(
            faults.iter().any(|fault| fault.starts_with(expected)),
            "{sql}\n  expected {expected}\n  got {faults:#?}"
        );
    }
}

#[test]
fn rebuilding_mends_all_that_is_derived() {
    let (_folder, path) = filled();
    tamper(
        &path,
        "DELETE FROM claims WHERE position = 1; UPDATE claims SET low = 8; DROP TABLE events; DELETE FROM sources;
         INSERT INTO report_text(report_text) VALUES ('delete-all'); DELETE FROM gpkg_geometry_columns;",
    );
    assert!(faults(&path).len() > 4);
    let mut ledger = Ledger::open(&path).unwrap();
    ledger.rebuild().unwrap();
    assert_eq!(ledger.verify().unwrap(), []);
    ledger.write_derived(&derived()).unwrap();
    assert_eq!(ledger.verify().unwrap(), []);
}

#[test]
fn a_removed_trigger_is_told_of() {
    let (_folder, path) = filled();
    Connection::open(&path).unwrap().execute_batch("DROP TRIGGER log_never_updated").unwrap();
    assert_eq!(faults(&path), ["file `log_never_updated`: is missing"]);
}

#[test]
fn the_file_itself_forbids_changes() {
    let (_folder, path) = filled();
    let conn = Connection::open(&path).unwrap();
    for sql in [
        "UPDATE log SET by = 'x'",
        "DELETE FROM log",
        "INSERT INTO log SELECT 12, at, by, action, payload, prev, hash, payload_sha256, salt, key, signature FROM log WHERE seq = 10",
        "INSERT OR REPLACE INTO log SELECT * FROM log WHERE seq = 3",
        "UPDATE reports SET text = ''",
        "DELETE FROM reports",
        "INSERT OR REPLACE INTO reports SELECT * FROM reports WHERE fid = 1",
        "UPDATE readings SET reader = 'x'",
        "DELETE FROM readings",
        "INSERT OR REPLACE INTO readings SELECT * FROM readings",
        "UPDATE beside SET state = 'agrees'",
        "DELETE FROM beside",
        "INSERT OR REPLACE INTO beside SELECT * FROM beside",
    ] {
        let error = conn.execute(sql, []).unwrap_err().to_string();
        assert!(
            ["append-only", "are never", "is never"].iter().any(|why| error.contains(why)),
            "{sql}: {error}"
        );
    }
    assert_eq!(faults(&path), Vec::<String>::new());
}

#[test]
fn any_flipped_byte_is_told_of_or_harmless() {
    let (_folder, path) = filled();
    let sound = fs::read(&path).unwrap();
    let (content, layers) = {
        let ledger = Ledger::open_read_only(&path).unwrap();
        (ledger.content_digest().unwrap(), ledger.derived_digest().unwrap())
    };
    let mut told = 0;
    // A prime step reaches every part of the file: headers, trees, cells, free space.
    for at in (0..sound.len()).step_by(997) {
        let mut bytes = sound.clone();
        bytes[at] ^= 1 << (at % 8);
        fs::write(&path, &bytes).unwrap();
        let Ok(ledger) = Ledger::open_read_only(&path) else {
            told += 1;
            continue;
        };
        if !ledger.verify().unwrap().is_empty() {
            told += 1;
            continue;
        }
        let same = ledger.content_digest().unwrap() == content && ledger.derived_digest().unwrap() == layers;
        assert!(same, "byte {at} was changed and nobody said so");
    }
    assert!(told > 20, "only {told} of the flips were told of");
}

#[test]
fn a_file_cut_short_is_told_of() {
    let (_folder, path) = filled();
    let sound = fs::read(&path).unwrap();
    for keep in [100, 4096, sound.len() / 2, sound.len() - 4096] {
        fs::write(&path, &sound[..keep]).unwrap();
        let told = match Ledger::open_read_only(&path) {
            Err(_) => true,
            Ok(ledger) => !ledger.verify().unwrap().is_empty(),
        };
        assert!(told, "cut to {keep} bytes");
    }
}
