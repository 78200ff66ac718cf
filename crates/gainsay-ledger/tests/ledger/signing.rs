//! Entries are signed, keys come and go, checkpoints and stamps are kept.

use std::path::{Path, PathBuf};

use gainsay_custody::Secret;
use gainsay_custody::note::Note;
use gainsay_ledger::{Action, Held, Ledger, Signer, hold};
use serde_json::json;
use tempfile::TempDir;
use zeroize::Zeroizing;

use crate::samples::{at, beside, report};

/// The key that grows from this number.
pub fn signer(seed: u8) -> Signer {
    Signer { secret: Secret::from_seed([seed; 32]), salts: Zeroizing::new([9; 32]) }
}

/// A new ledger whose log is signed, in a folder of its own.
pub fn signed() -> (TempDir, PathBuf, Ledger) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("signed.gpkg");
    held(&path, 1);
    let ledger = Ledger::create(&path, "tester", at(0)).unwrap();
    (folder, path, ledger)
}

/// From now on this key signs what is written into a ledger.
pub fn held(path: &Path, seed: u8) {
    hold(path, move || Ok(Held { signer: Some(signer(seed)), cipher: None }));
}

/// A note of where a log stands, signed by key number 1 so many seconds into January 2020.
pub fn note(ledger: &Ledger, second: i64) -> String {
    let first = ledger.entry(1).unwrap().unwrap().hash;
    let head = ledger.head().unwrap();
    Note::new(&first, head.seq, &head.hash, &at(second).to_string(), &signer(1).secret).unwrap().text()
}

#[test]
fn every_entry_is_signed_and_the_key_is_told_of_first() {
    let (_folder, path, mut ledger) = signed();
    let mut reports = [report(1, 2), report(2, 1)];
    reports[0].beside = beside();
    ledger.add(&reports).unwrap();
    ledger.decide("amal", at(9), Action::Decision, &json!({"claim": "report-1-0000"})).unwrap();
    let key = signer(1).secret.public();
    let log: Vec<_> = ledger.log().map(Result::unwrap).collect();
    assert!(log.iter().all(|entry| entry.key == Some(key.to_string()) && entry.signature.is_some()));
    assert_eq!((log[0].action, log[1].action), (Action::LedgerCreated, Action::KeyAdded));
    assert_eq!(log[1].payload, json!({"key": key.to_string(), "name": "tester"}));
    assert_eq!(log.iter().filter(|entry| entry.action == Action::KeyAdded).count(), 1);
    assert_eq!(ledger.verify().unwrap(), []);
    let keys = ledger.keys().unwrap();
    assert_eq!(keys.len(), 1);
    assert_eq!((keys[0].key, keys[0].added, &keys[0].vouched_by), (key, 2, &None));
    drop(ledger);
    // The same keys and the same reports give the same log.
    let (_other, _path, mut again) = signed();
    again.add(&reports).unwrap();
    again.decide("amal", at(9), Action::Decision, &json!({"claim": "report-1-0000"})).unwrap();
    assert_eq!(again.head().unwrap(), Ledger::open_read_only(path).unwrap().head().unwrap());
}

#[test]
fn an_unsigned_ledger_is_signed_from_its_first_key_on() {
    let (_folder, path, mut ledger) = crate::samples::ledger();
    ledger.add(&[report(1, 1)]).unwrap();
    held(&path, 1);
    ledger.add(&[report(2, 1)]).unwrap();
    let actions: Vec<_> = ledger.log().map(|entry| entry.unwrap().action).collect();
    assert_eq!(
        actions,
        [
            Action::LedgerCreated,
            Action::ReportAdded,
            Action::ClaimsRead,
            Action::KeyAdded,
            Action::ReportAdded,
            Action::ClaimsRead
        ]
    );
    assert_eq!(ledger.verify().unwrap(), []);
    // Without a key nothing more is written.
    hold(&path, || Ok(Held::default()));
    let error = ledger.add(&[report(3, 1)]).unwrap_err();
    assert!(error.is_refused() && error.to_string().contains("no key to sign by"), "{error}");
    hold(&path, || Err("the passphrase does not fit".to_owned()));
    assert!(ledger.add(&[report(3, 1)]).unwrap_err().to_string().contains("passphrase"));
    assert_eq!(ledger.counts().unwrap().0, 2);
}

#[test]
fn keys_are_vouched_for_and_retired() {
    let (_folder, _path, mut ledger) = signed();
    let (one, two, three) = (signer(1), signer(2), signer(3));
    let public = |signer: &Signer| signer.secret.public();
    assert_eq!(ledger.add_key("tester", at(1), &public(&two), "amal").unwrap(), Some(3));
    assert_eq!(ledger.add_key("tester", at(1), &public(&two), "amal").unwrap(), None);
    ledger.sign_by(two.clone());
    ledger.decide("amal", at(2), Action::Decision, &json!({"claim": "c"})).unwrap();
    assert_eq!(ledger.entry(4).unwrap().unwrap().key, Some(public(&two).to_string()));
    // Another takes the place of amal's.
    assert_eq!(ledger.next_key("amal", at(3), &public(&three), "amal", "stolen laptop").unwrap(), 5);
    let refused = ledger.decide("amal", at(4), Action::Decision, &json!({})).unwrap_err().to_string();
    assert!(refused.contains("was retired by entry 6"), "{refused}");
    ledger.sign_by(three.clone());
    ledger.decide("amal", at(4), Action::Decision, &json!({"claim": "d"})).unwrap();
    let keys = ledger.keys().unwrap();
    let told: Vec<_> = keys.iter().map(|key| (key.key, key.vouched_by, key.retired.clone())).collect();
    assert_eq!(
        told,
        [
            (public(&one), None, None),
            (public(&two), Some(public(&one)), Some((6, "stolen laptop".to_owned()))),
            (public(&three), Some(public(&two)), None),
        ]
    );
    ledger.retire_key("amal", at(5), &public(&one), "left").unwrap();
    let last = ledger.retire_key("amal", at(6), &public(&three), "left").unwrap_err().to_string();
    assert!(last.contains("the last that may sign"), "{last}");
    assert!(ledger.retire_key("amal", at(6), &public(&signer(7)), "x").unwrap_err().is_refused());
    assert_eq!(ledger.verify().unwrap(), []);
    assert_eq!(ledger.head().unwrap().seq, 8);
}

#[test]
fn checkpoints_and_stamps_are_kept_and_change_no_answer() {
    let (_folder, _path, mut ledger) = signed();
    ledger.add(&[report(1, 2)]).unwrap();
    ledger.write_derived(&crate::samples::derived()).unwrap();
    let head = ledger.head().unwrap();
    let text = note(&ledger, 5);
    assert!(ledger.put_checkpoint("a", at(5), head.seq, "00", &text).unwrap_err().is_refused());
    let entry = ledger.put_checkpoint("a", at(5), head.seq, &head.hash, &text).unwrap();
    assert!(ledger.put_stamp("a", at(6), 1, "rfc3161", b"answer", "told").unwrap_err().is_refused());
    let long = vec![0; 2 << 20];
    assert!(ledger.put_stamp("a", at(6), entry, "rfc3161", &long, "told").unwrap_err().is_refused());
    let stamped = ledger.put_stamp("a", at(6), entry, "rfc3161", b"answer", "told").unwrap();
    let checkpoints = ledger.checkpoints().unwrap();
    assert_eq!(checkpoints.len(), 1);
    let one = &checkpoints[0];
    assert_eq!(
        (one.seq, one.hash.as_str(), one.note.as_str()),
        (head.seq, head.hash.as_str(), text.as_str())
    );
    assert_eq!((one.entry, one.at), (entry, at(5)));
    let stamps = ledger.stamps().unwrap();
    assert_eq!(stamps.len(), 1);
    let one = &stamps[0];
    assert_eq!((one.checkpoint, one.entry, one.bytes.as_slice()), (entry, stamped, &b"answer"[..]));
    assert_eq!(ledger.verify().unwrap(), []);
    assert!(!ledger.is_stale().unwrap(), "nothing that is weighed has changed");
}
