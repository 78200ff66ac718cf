//! What an item of the queue says would change does change, once it is decided so.

use std::path::{Path, PathBuf};

use gainsay::ask::{Change, QueueItem, queue};
use gainsay::decide::{By, Decision, Known, Register};
use gainsay::model::{Event, Holding, HoldingState, Siege};
use gainsay::names::Role;
use gainsay::shelf::Shelf;
use gainsay::{Input, keep};

/// So many items are decided on, each on a copy of its own.
const TRIED: usize = 24;

/// The answers that items speak of.
struct Stands {
    events: Vec<Event>,
    holdings: Vec<Holding>,
    sieges: Vec<Siege>,
}

fn stands(ledger: &Path) -> Stands {
    let shelf = Shelf::open(ledger).unwrap();
    let weighed = shelf.weigh(None);
    let ask = gainsay::ask::Ask::default();
    Stands {
        holdings: gainsay::ask::holdings(&weighed, &ask),
        sieges: gainsay::ask::sieges(&weighed, &ask),
        events: weighed.events,
    }
}

/// Decides on a copy of the ledger, and weighs.
fn decided(ledger: &Path, copy: &Path, decisions: &[Decision]) -> Stands {
    std::fs::copy(ledger, copy).unwrap();
    let register = Register::open(copy).unwrap();
    let known = Known { roles: &|_| Ok(Role::ALL.to_vec()), event_of: &|_| None };
    register.decide(By { name: "tester", why: "", seen: 0, signs: None }, decisions, &known).unwrap();
    stands(copy)
}

fn examples() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("ledger.gpkg");
    let reports = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/deir-ez-zor/reports");
    keep::init(&ledger, "tester").unwrap();
    keep::add(&ledger, &[Input::from_arg(reports)], "tester", &mut |_| {}).unwrap();
    (folder, ledger)
}

fn figures(event: &Event) -> [Option<u64>; 3] {
    [event.killed.low, event.killed.best, event.killed.high]
}

/// Whether the change came about; nothing where it is not of a sort that is looked at here.
fn came(change: &Change, before: &Stands, after: &Stands) -> Option<bool> {
    match change.what.as_str() {
        "toll" => {
            let event = after.events.iter().find(|event| event.id == change.of)?;
            Some(
                Some(figures(event)) == change.after || figures(event) == [None; 3] && change.after.is_none(),
            )
        }
        // Another event may take its id, which is made of day, kind and place.
        "event" => Some(after.events.len() < before.events.len()),
        "holding" => {
            let of = |all: &[Holding]| -> Vec<(HoldingState, Vec<String>)> {
                let here = all.iter().filter(|one| one.place == change.of);
                let days = here.filter(|one| {
                    Some(one.from) <= change.from && one.to.is_none_or(|to| Some(to) >= change.from)
                });
                days.map(|one| (one.state, one.holders.clone())).collect()
            };
            Some(of(&before.holdings) != of(&after.holdings))
        }
        "siege" => {
            let there = |all: &[Siege]| {
                all.iter().any(|one| one.place == change.of && one.from == change.from && one.to == change.to)
            };
            Some(there(&before.sieges) && !there(&after.sieges))
        }
        _ => None,
    }
}

#[test]
fn what_rests_on_a_claim_alone_goes_with_it() {
    let (folder, ledger) = examples();
    let shelf = Shelf::open(&ledger).unwrap();
    let items = queue(&shelf, &shelf.weigh(None));
    let (before, copy) = (stands(&ledger), folder.path().join("copy.gpkg"));
    let claims: Vec<&QueueItem> = items.iter().filter(|item| item.what == "claim").collect();
    // The heaviest, and some of all others.
    let some = claims.iter().step_by((claims.len() / TRIED).max(1)).chain(claims.iter().take(TRIED / 2));
    let (mut looked, mut wrong) = (0, Vec::new());
    for item in some {
        let reject = item.settle.iter().find(|way| way.key == "reject").unwrap();
        let after = decided(&ledger, &copy, &reject.decisions);
        for change in &item.effect.changes {
            match came(change, &before, &after) {
                Some(true) => looked += 1,
                Some(false) => wrong.push((item.claims.clone(), change.clone())),
                None => {}
            }
        }
    }
    assert!(looked > TRIED, "{looked}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn two_events_joined_come_to_the_toll_that_was_foretold() {
    let (folder, ledger) = examples();
    let shelf = Shelf::open(&ledger).unwrap();
    let items = queue(&shelf, &shelf.weigh(None));
    let copy = folder.path().join("copy.gpkg");
    let pairs: Vec<&QueueItem> = items.iter().filter(|item| item.what == "same event").collect();
    assert!(!pairs.is_empty());
    for item in pairs {
        let one = item.settle.iter().find(|way| way.key == "one").unwrap();
        let after = decided(&ledger, &copy, &one.decisions);
        let joined = |event: &&Event| item.claims.iter().all(|claim| event.claims.contains(claim));
        let event = after.events.iter().find(joined).expect("one event");
        if let Some(toll) = item.effect.changes.iter().find(|change| change.what == "toll") {
            assert_eq!(Some(figures(event)), toll.after, "{item:#?}");
        }
        let two = item.settle.iter().find(|way| way.key == "two").unwrap();
        let after = decided(&ledger, &copy, &two.decisions);
        assert!(!after.events.iter().any(|event| joined(&event)));
    }
}

#[test]
fn the_queue_is_in_one_order_and_its_ids_are_of_what_they_are_about() {
    let (_folder, ledger) = examples();
    let shelf = Shelf::open(&ledger).unwrap();
    let items = queue(&shelf, &shelf.weigh(None));
    assert_eq!(items, queue(&shelf, &shelf.weigh(None)));
    assert!(items.windows(2).all(|two| two[0].score >= two[1].score));
    let ids: std::collections::BTreeSet<&str> = items.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(ids.len(), items.len());
    for item in &items {
        assert_eq!(item.score, item.effect.weight as i64 * i64::from(item.doubt), "{item:#?}");
        assert!(item.effect.answers > 0 && !item.effect.text.is_empty(), "{item:#?}");
        assert!(!item.settle.is_empty() && item.doubt <= 100, "{item:#?}");
    }
}
