//! Keys made, lost, changed and shared, beside small ledgers.

use std::path::{Path, PathBuf};

use gainsay_custody::keyring::{self, told};
use gainsay_custody::{Keyring, Secret};
use tempfile::TempDir;

use super::{Locked, accounts, manage, pseudonyms, ring, write};
use crate::custody::{Asked, state};
use crate::decide::{By, Decision, Known, Register};
use crate::{Input, clock, keep, rebuild};

const REPORT: &str = concat!(
    r#"{"id":"wire-1","published":"2014-06-04","publisher":"Euphrates Wire","title":"Bridge falls","text":"#,
    r#""Islamic State fighters captured the Siyasiyeh bridge on Tuesday, activists said."}"#,
);

fn ledger(folder: &TempDir, name: &str) -> PathBuf {
    let (path, reports) = (folder.path().join(name), folder.path().join("reports.jsonl"));
    std::fs::write(&reports, REPORT).unwrap();
    keep::init(&path, "amal").unwrap();
    keep::add(&path, &[Input::from_arg(&reports)], "amal", &mut |_| {}).unwrap();
    path
}

fn sound(path: &Path) {
    assert_eq!(rebuild::verify(path).unwrap().faults, []);
}

#[test]
fn a_ledger_is_made_with_keys_that_sign_it_from_its_first_entry() {
    let folder = tempfile::tempdir().unwrap();
    let path = ledger(&folder, "l.gpkg");
    let told = told(&keyring::path(&path)).unwrap().unwrap();
    assert_eq!((told.name.as_str(), told.sealed), ("amal", false));
    let lines: Vec<_> = super::read(&path).unwrap().lines().collect::<Result<_, _>>().unwrap();
    let key = told.public.to_string();
    assert!(lines.len() > 3 && lines.iter().all(|line| line.key.as_deref() == Some(&key)));
    assert_eq!(manage::show(&path).unwrap().added, Some(2));
    sound(&path);
    // A ledger that cannot be made leaves no keys behind.
    assert!(keep::init(&folder.path().join("none/l.gpkg"), "amal").is_err());
    let text = folder.path().join("text");
    std::fs::write(&text, "a text").unwrap();
    assert!(keep::init(&text, "amal").is_err() && write(&text, "amal").is_err());
    assert!(!keyring::path(&text).exists());
}

#[test]
fn keys_that_are_taken_away_while_they_are_held_are_put_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = ledger(&folder, "l.gpkg");
    let key = manage::show(&path).unwrap().key;
    std::fs::remove_file(keyring::path(&path)).unwrap();
    write(&path, "amal").unwrap().close().unwrap();
    assert_eq!(manage::show(&path).unwrap().key, key);
}

#[test]
fn the_next_key_is_vouched_for_and_pseudonyms_stay() {
    let folder = tempfile::tempdir().unwrap();
    let path = ledger(&folder, "l.gpkg");
    let salt = pseudonyms(&path).unwrap();
    let (old, new) = manage::next(&path, "amal", "yearly").unwrap();
    let lines = manage::list(&path).unwrap();
    assert_eq!(lines[0].why.as_deref(), Some("yearly"));
    assert_eq!(
        (&lines[1].id, lines[1].vouched_by.as_ref(), lines[1].retired),
        (&new.id, Some(&old.id), None)
    );
    assert_eq!(pseudonyms(&path).unwrap(), salt);
    keep::add(&path, &[Input::from_arg(folder.path().join("reports.jsonl"))], "amal", &mut |_| {}).unwrap();
    assert!(manage::retire(&path, "amal", &new.id, "x").unwrap_err().to_string().contains("key new"));
    assert!(manage::retire(&path, "amal", &old.id, "x").unwrap_err().to_string().contains("was retired by"));
    assert!(manage::retire(&path, "amal", "beef", "x").unwrap_err().to_string().contains("no key"));
    sound(&path);
}

#[test]
fn a_change_of_keys_that_was_cut_short_is_ended_or_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = ledger(&folder, "l.gpkg");
    let file = keyring::path(&path);
    let before = Keyring::clone(&*ring(&path, None).unwrap());
    let next = Secret::new().unwrap();
    let both = Keyring { next: Some(next.clone()), ..before.clone() };
    // Cut short before the log was told of it.
    both.write(&file, None).unwrap();
    assert_eq!(ring(&path, None).unwrap().signing.public(), before.signing.public());
    assert!(Keyring::read(&file, None).unwrap().unwrap().next.is_none());
    // And after.
    let mut open = write(&path, "amal").unwrap();
    open.next_key("amal", clock::now().unwrap(), &next.public(), "amal", "").unwrap();
    open.close().unwrap();
    both.write(&file, None).unwrap();
    assert_eq!(ring(&path, None).unwrap().signing.public(), next.public());
    assert_eq!(told(&file).unwrap().unwrap().public, next.public());
    assert!(write(&path, "amal").unwrap().signer().unwrap().is_some());
    sound(&path);
}

#[test]
fn half_a_file_of_keys_is_taken_away_by_whoever_comes_next() {
    let folder = tempfile::tempdir().unwrap();
    let path = ledger(&folder, "l.gpkg");
    // Under another name nobody holds the keys yet.
    let other = folder.path().join("m.gpkg");
    std::fs::copy(&path, &other).unwrap();
    std::fs::copy(keyring::path(&path), keyring::path(&other)).unwrap();
    let half = keyring::half(&keyring::path(&other));
    std::fs::write(&half, "{").unwrap();
    write(&other, "amal").unwrap();
    assert!(!half.exists());
}

#[test]
fn two_ledgers_have_two_keys_and_two_sets_of_pseudonyms() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (ledger(&folder, "a.gpkg"), ledger(&folder, "b.gpkg"));
    assert_ne!(manage::show(&a).unwrap().key, manage::show(&b).unwrap().key);
    assert_ne!(pseudonyms(&a).unwrap(), pseudonyms(&b).unwrap());
    let spelled = folder.path().join(".").join("a.gpkg");
    assert_eq!(pseudonyms(&a).unwrap(), pseudonyms(&spelled).unwrap());
    // What pseudonyms are made from is neither in the file of keys nor in the ledger.
    let text = std::fs::read_to_string(keyring::path(&a)).unwrap();
    assert!(!text.contains(&pseudonyms(&a).unwrap()));
    assert!(manage::is_strange(&a, &manage::show(&b).unwrap().key).unwrap());
}

#[test]
fn where_no_keys_can_be_written_pseudonyms_are_of_this_run_and_nothing_is_signed() {
    let folder = tempfile::tempdir().unwrap();
    let path = ledger(&folder, "l.gpkg");
    // There is no room in the name for the file of keys.
    let long = folder.path().join("l".repeat(247));
    std::fs::copy(&path, &long).unwrap();
    let salt = pseudonyms(&long).unwrap();
    assert_eq!((salt.len(), pseudonyms(&long).unwrap()), (64, salt));
    let refused = write(&long, "amal").unwrap_err().to_string();
    assert!(refused.contains("cannot write") && refused.contains(".keys"), "{refused}");
}

#[test]
fn a_copy_is_sealed_and_takes_no_files_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = ledger(&folder, "l.gpkg");
    let copy = folder.path().join("copy");
    assert!(manage::backup(&path, "amal", &copy, "short").is_err());
    manage::backup(&path, "amal", &copy, "river stones").unwrap();
    assert!(manage::backup(&path, "amal", &copy, "river stones").is_err());
    let held = Keyring::read(&copy, Some("river stones")).unwrap().unwrap();
    assert_eq!(held.pseudonyms, ring(&path, None).unwrap().pseudonyms);
    assert!(Keyring::read(&copy, None).is_err());
}

#[test]
fn accounts_sign_by_their_own_keys_and_the_ledgers_vouches_for_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = ledger(&folder, "l.gpkg");
    let (one, two) = (Locked::new("river stones").unwrap(), Locked::new("salt wind").unwrap());
    assert!(one.open("huda", "salt wind").is_err());
    let (huda, samir) = (one.open("huda", "river stones").unwrap(), two.open("samir", "salt wind").unwrap());
    let register = Register::open(&path).unwrap();
    let known = Known { roles: &|_| Ok(Vec::new()), event_of: &|_| None };
    let claim = crate::shelf::Shelf::open(&path).unwrap().claims[0].id.clone();
    let decide = |signing, name, decision| {
        let by = By { name, why: "", seen: u64::MAX, signs: signing };
        register.decide(by, &[decision], &known).map_err(|refused| format!("{refused:?}"))
    };
    decide(Some(&huda), "huda", Decision::Confirm { claim: claim.clone() }).unwrap();
    let last = decide(Some(&samir), "samir", Decision::Reject { claim: claim.clone() }).unwrap();
    decide(None, "amal", Decision::Undo { entry: last[0] }).unwrap();
    let ledger = super::read(&path).unwrap();
    let lines: Vec<_> = ledger.lines().collect::<Result<_, _>>().unwrap();
    let of = |by: &str| {
        let keys = lines.iter().filter(|line| line.by == by && line.action == "decision");
        keys.map(|line| line.key.clone().unwrap()).collect::<Vec<_>>()
    };
    let operator = manage::show(&path).unwrap();
    assert_eq!(of("huda"), [huda.public().to_string()]);
    assert_eq!(of("samir"), [samir.public().to_string()]);
    assert_eq!(of("amal"), std::slice::from_ref(&operator.key));
    let vouched = manage::list(&path).unwrap();
    assert_eq!(vouched.len(), 3);
    assert!(vouched[1..].iter().all(|line| line.vouched_by.as_ref() == Some(&operator.id)));
    // Whoever left signs no more; a key that signed nothing is not told of.
    assert!(accounts::retire(&path, "amal", None, one.public(), "left").unwrap().is_some());
    assert_eq!(accounts::retire(&path, "amal", None, one.public(), "left").unwrap(), None);
    assert_eq!(accounts::retire(&path, "amal", None, Locked::new("x").unwrap().public(), "").unwrap(), None);
    let refused = decide(Some(&huda), "huda", Decision::Confirm { claim: claim.clone() }).unwrap_err();
    assert!(refused.contains("was retired"), "{refused}");
    let remarks = || state(&path, &Asked::default()).unwrap().remarks.join(" ");
    assert!(!remarks().contains("bear the name"), "{}", remarks());
    // The operator can decide in another's name, and not unseen.
    let entry = decide(None, "samir", Decision::Confirm { claim }).unwrap()[0];
    assert!(remarks().contains(&format!("entries {entry} bear the name samir")), "{}", remarks());
    sound(&path);
}

#[test]
fn a_locked_key_changes_its_password_and_nothing_else() {
    let locked = Locked::new("river stones").unwrap();
    let again = locked.again("river stones", "salt wind").unwrap();
    assert_eq!(again.public(), locked.public());
    assert!(again.open("x", "river stones").is_err() && locked.again("salt wind", "y").is_err());
    let written = serde_json::to_string(&again).unwrap();
    let secret = again.open("x", "salt wind").unwrap();
    assert!(!format!("{secret:?}").is_empty() && written.contains(again.public()));
    // A public key of somebody else's beside it is found out.
    let strange = written.replace(again.public(), Locked::new("z").unwrap().public());
    let strange: Locked = serde_json::from_str(&strange).unwrap();
    assert!(strange.open("x", "salt wind").is_err());
}
