//! What is weighed and written: back as it was, equal rows for equal input, made again after a rebuild.

use gainsay_ledger::{ClaimFilter, Derived, Ledger};

use crate::samples::{derived, ledger, report};

fn filled() -> (tempfile::TempDir, std::path::PathBuf, Ledger) {
    let (folder, path, mut ledger) = ledger();
    ledger.add(&(1..=5).map(|n| report(n, 3)).collect::<Vec<_>>()).unwrap();
    ledger.write_derived(&derived()).unwrap();
    (folder, path, ledger)
}

#[test]
fn what_is_weighed_comes_back() {
    let (_folder, _path, ledger) = filled();
    assert_eq!(ledger.events().unwrap(), derived().events);
    assert_eq!(ledger.disputes().unwrap(), derived().disputes);
    assert_eq!(ledger.sources().unwrap(), derived().sources);
    let rows = ledger.report_rows().unwrap();
    assert_eq!((rows[0].head.as_ref(), rows[1].head.as_ref()), (derived().heads.first(), None));
    assert_eq!(ledger.verify().unwrap(), []);
}

#[test]
fn equal_input_in_another_order_gives_equal_rows() {
    let (_folder, _path, mut ledger) = filled();
    let before = ledger.derived_digest().unwrap();
    let mut other = derived();
    other.events.reverse();
    other.places.reverse();
    ledger.write_derived(&other).unwrap();
    assert_eq!(ledger.derived_digest().unwrap(), before);
    ledger.write_derived(&Derived::default()).unwrap();
    assert_ne!(ledger.derived_digest().unwrap(), before);
}

#[test]
fn rebuilding_comes_out_the_same() {
    let (_folder, _path, mut ledger) = filled();
    let claims = ledger.claims(&ClaimFilter::default()).unwrap();
    let before = (ledger.content_digest().unwrap(), ledger.derived_digest().unwrap());
    ledger.rebuild().unwrap();
    assert!(ledger.events().unwrap().is_empty());
    assert!(ledger.is_stale().unwrap());
    assert_eq!(ledger.verify().unwrap(), []);
    ledger.write_derived(&derived()).unwrap();
    assert_eq!((ledger.content_digest().unwrap(), ledger.derived_digest().unwrap()), before);
    assert_eq!(ledger.claims(&ClaimFilter::default()).unwrap(), claims);
    assert_eq!(ledger.search("headline").unwrap().len(), 5);
    assert_eq!(ledger.verify().unwrap(), []);
}

#[test]
fn what_is_weighed_grows_stale_with_the_log() {
    let (_folder, _path, mut ledger) = filled();
    assert!(!ledger.is_stale().unwrap());
    ledger.add(&[report(1, 3)]).unwrap();
    assert!(!ledger.is_stale().unwrap());
    ledger.add(&[report(9, 3)]).unwrap();
    assert!(ledger.is_stale().unwrap());
}

#[test]
fn two_events_with_one_id_are_refused() {
    let (_folder, path, mut ledger) = filled();
    let before = ledger.derived_digest().unwrap();
    let mut twice = derived();
    twice.events[1].id = twice.events[0].id.clone();
    let error = ledger.write_derived(&twice).unwrap_err();
    let line = "two events with the id `2016-01-16-attack-al-qusour`";
    assert_eq!(error.to_string(), format!("{}: {line}", path.display()));
    assert_eq!(ledger.derived_digest().unwrap(), before);
}
