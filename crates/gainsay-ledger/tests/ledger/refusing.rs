//! Files that are no ledgers, or none that this version may open: one clear line, and the file is not touched.

use std::path::Path;

use gainsay_ledger::{Error, Ledger};
use rusqlite::Connection;

use crate::samples::{at, ledger};

/// Opens the file both ways, makes sure that it is refused and not touched, and gives the error and its line.
fn refused(path: &Path) -> (Error, String) {
    let before = std::fs::read(path).ok();
    let error = Ledger::open(path).unwrap_err();
    assert_eq!(error.to_string(), Ledger::open_read_only(path).unwrap_err().to_string());
    assert_eq!(std::fs::read(path).ok(), before);
    let line = error.to_string();
    assert!(!line.contains('\n'));
    (error, line.replace(&format!("{}: ", path.display()), ""))
}

#[test]
fn no_file() {
    let folder = tempfile::tempdir().unwrap();
    let (error, line) = refused(&folder.path().join("x.gpkg"));
    assert!(error.is_no_such_file());
    assert_eq!(line, "no such file; make a ledger with `gainsay init`");
}

#[test]
fn an_empty_file_that_a_run_cut_short_left_becomes_the_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.gpkg");
    std::fs::write(&path, b"").unwrap();
    Ledger::create(&path, "a", at(0)).unwrap().close().unwrap();
    assert_eq!(Ledger::open(&path).unwrap().verify().unwrap(), []);
    assert!(Ledger::create(&path, "b", at(1)).unwrap_err().is_already_there());
    std::fs::write(&path, b"x").unwrap();
    assert!(Ledger::create(&path, "b", at(1)).unwrap_err().is_already_there());
}

#[test]
fn of_many_who_make_one_ledger_one_does() {
    let folder = tempfile::tempdir().unwrap();
    for round in 0..20 {
        let path = folder.path().join(format!("{round}.gpkg"));
        if round % 2 == 0 {
            std::fs::write(&path, b"").unwrap();
        }
        let makers: Vec<_> = (0..4)
            .map(|maker| {
                let path = path.clone();
                std::thread::spawn(move || {
                    Ledger::create(&path, &format!("maker {maker}"), at(0)).map(|_| maker)
                })
            })
            .collect();
        let made: Vec<_> = makers.into_iter().filter_map(|maker| maker.join().unwrap().ok()).collect();
        assert_eq!(made.len(), 1, "round {round}: {made:?}");
        let ledger = Ledger::open(&path).unwrap();
        assert_eq!(ledger.log().next().unwrap().unwrap().by, format!("maker {}", made[0]));
    }
}

#[test]
fn a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let (error, line) = refused(folder.path());
    assert!(error.is_not_a_ledger());
    assert_eq!(line, "not a gainsay ledger: a folder");
}

#[test]
fn files_of_other_kinds() {
    let zeros = vec![0; 5000];
    let cases: [(&[u8], &str); 4] = [
        (b"", "not a gainsay ledger: an empty file; `gainsay init` makes a ledger of it"),
        (b"id,text\n1,hello\n", "not a gainsay ledger: no SQLite file"),
        (b"SQLite format 3\0 and then nothing of the kind", "not a gainsay ledger: no SQLite file"),
        (&zeros, "not a gainsay ledger: no SQLite file"),
    ];
    for (bytes, expected) in cases {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.gpkg");
        std::fs::write(&path, bytes).unwrap();
        let (error, line) = refused(&path);
        assert!(error.is_not_a_ledger());
        assert_eq!(line, expected);
    }
}

#[test]
fn databases_of_others() {
    // Nothing is left beside the file either, but that SQLite keeps two files beside one with a write-ahead log.
    let cases = [
        ("CREATE TABLE t (x);", "not a gainsay ledger: an SQLite file of another program"),
        (
            "PRAGMA journal_mode = WAL; CREATE TABLE t (x);",
            "not a gainsay ledger: an SQLite file of another program",
        ),
        (
            "PRAGMA application_id = 0x47504B47; CREATE TABLE gpkg_contents (x);",
            "not a gainsay ledger: a GeoPackage of another program",
        ),
        (
            "PRAGMA application_id = 0x47504B47; CREATE TABLE meta (x); CREATE TABLE log (x);",
            "not a gainsay ledger: a GeoPackage of another program",
        ),
    ];
    for (sql, expected) in cases {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.gpkg");
        Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        let (error, line) = refused(&path);
        assert!(error.is_not_a_ledger());
        assert_eq!(line, expected);
        let files = std::fs::read_dir(folder.path()).unwrap().count();
        assert!(files == 1 || sql.contains("WAL"), "{sql} left something behind");
    }
}

#[test]
fn a_newer_ledger() {
    let (_folder, path, ledger) = ledger();
    ledger.close().unwrap();
    Connection::open(&path).unwrap().execute("UPDATE meta SET value = '7' WHERE key = 'schema'", []).unwrap();
    let (error, line) = refused(&path);
    assert!(error.is_newer());
    assert_eq!(line, "made by a newer gainsay (schema 7, this one reads up to 4); update gainsay");
}

#[test]
fn a_ledger_is_never_made_over_a_file() {
    let (_folder, path, ledger) = ledger();
    let before = ledger.content_digest().unwrap();
    let error = Ledger::create(&path, "another", at(1)).unwrap_err();
    assert!(error.is_already_there());
    assert_eq!(ledger.content_digest().unwrap(), before);
    let nowhere = path.with_file_name("no").join("x.gpkg");
    let error = Ledger::create(&nowhere, "another", at(1)).unwrap_err();
    let line = "the folder does not exist; make it first, or choose another";
    assert_eq!(error.to_string(), format!("{}: {line}", nowhere.display()));
}

#[test]
fn reading_only_changes_nothing() {
    let (_folder, path, ledger) = ledger();
    ledger.close().unwrap();
    let mut ledger = Ledger::open_read_only(&path).unwrap();
    let error = ledger.add(&[crate::samples::report(1, 1)]).unwrap_err();
    assert!(error.is_read_only());
    assert_eq!(ledger.verify().unwrap(), []);
}

#[test]
fn a_ledger_whose_making_was_cut_short_is_an_empty_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.gpkg");
    // Of the first pages some had reached the disk when the power went, the one with the header not; the journal of
    // before there was any page is whole.
    let mut pages = vec![0; 2 * 4096];
    pages[4096..].fill(13);
    std::fs::write(&path, pages).unwrap();
    let mut journal = vec![0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];
    for number in [0_u32, 0, 0, 512, 4096] {
        journal.extend(number.to_be_bytes());
    }
    journal.resize(512, 0);
    std::fs::write(format!("{}-journal", path.display()), journal).unwrap();
    let line = Ledger::open(&path).unwrap_err().to_string();
    assert!(line.contains("not a gainsay ledger: an empty file"), "{line}");
    assert_eq!(std::fs::metadata(&path).unwrap().len(), 0);
}
