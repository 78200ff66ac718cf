//! Answers made beforehand say what the command line says, on the example reports.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use gainsay_model::{Control, Date, Policy};
use gainsay_weigh::{Ask, Weighed, control, holdings, sieges, tally};

use super::{Answers, Order, make};
use crate::shelf::Shelf;
use crate::{Input, keep};

/// A ledger of the example reports with its answers, made once.
fn example() -> (PathBuf, Shelf) {
    static MADE: std::sync::OnceLock<(tempfile::TempDir, PathBuf)> = std::sync::OnceLock::new();
    let (_, path) = MADE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("examples.gpkg");
        let reports = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/deir-ez-zor/reports");
        keep::init(&path, "test").unwrap();
        keep::add(&path, &[Input::Path(reports)], "test", &mut |_| {}).unwrap();
        make(&path, false, &mut |_| {}).unwrap();
        (folder, path)
    });
    (path.clone(), Shelf::open(path).unwrap())
}

fn day(day: &str) -> Date {
    day.parse().unwrap()
}

/// Asks of many sorts.
fn asks(weighed: &Weighed) -> Vec<Ask> {
    let mut asks = vec![Ask::default()];
    for place in
        ["deir-ez-zor-governorate", "deir-ez-zor-city", "al-qusour", "syria", "iraq", "siyasiyeh-bridge"]
    {
        let here = Ask { place: vec![place.to_owned()], ..Ask::default() };
        asks.push(here.clone());
        asks.push(Ask { from: Some(day("2014-06-01")), to: Some(day("2014-06-30")), ..here.clone() });
        asks.push(Ask { known_by: Some(day("2014-07-01")), ..here.clone() });
        asks.push(Ask { to: Some(day("2015-12-31")), ..here });
    }
    for actor in ["islamic-state", "syrian-army", "syrian-government"] {
        asks.push(Ask { actor: vec![actor.to_owned()], ..Ask::default() });
    }
    for source in weighed.sources.iter().step_by(7) {
        asks.push(Ask { source: vec![source.id.clone()], ..Ask::default() });
        asks.push(Ask { according_to: vec![source.id.clone()], ..Ask::default() });
    }
    asks
}

#[test]
fn lists_hold_what_the_whole_lets_through() {
    let (path, shelf) = example();
    let (answers, weighed) = (Answers::open(&path).unwrap(), shelf.weigh(None));
    for ask in asks(&weighed) {
        let found: BTreeSet<String> = answers.claims(&ask, (0, 100_000)).unwrap().into_iter().collect();
        let wanted: BTreeSet<String> =
            weighed.claims(&ask).into_iter().map(|claim| claim.id.clone()).collect();
        assert_eq!(found, wanted, "{ask:?}");
        assert_eq!(answers.count_claims(&ask).unwrap(), wanted.len() as u64);
        let events =
            answers.events(&Ask { known_by: None, ..ask.clone() }, Order::Day, (0, 100_000)).unwrap();
        let found: BTreeSet<String> = events.into_iter().map(|line| line.event.id).collect();
        let wanted = weighed.events(&Ask { known_by: None, ..ask.clone() });
        for event in wanted {
            assert!(found.contains(&event.id), "{} {ask:?}", event.id);
        }
    }
}

#[test]
fn a_part_tallies_as_the_whole() {
    let (path, shelf) = example();
    let (answers, weighed) = (Answers::open(&path).unwrap(), shelf.weigh(None));
    for ask in asks(&weighed).into_iter().filter(|ask| ask.known_by.is_none()) {
        let part = answers.part(&ask).unwrap();
        let part = part.weighed();
        assert_eq!(tally(&part, &ask, Policy::Ucdp), tally(&weighed, &ask, Policy::Ucdp), "{ask:?}");
        // What lasts has a history: it is asked of a part of all days.
        if ask.from.is_none() && ask.to.is_none() && ask.actor.is_empty() {
            assert_eq!(sieges(&part, &ask), sieges(&weighed, &ask), "{ask:?}");
            assert_eq!(holdings(&part, &ask), holdings(&weighed, &ask), "{ask:?}");
        }
    }
}

/// Lines as sets: the map's order is its own.
fn lines(lines: Vec<Control>) -> BTreeSet<String> {
    lines.iter().map(|line| format!("{line:?}")).collect()
}

#[test]
fn the_map_says_what_control_says() {
    let (path, shelf) = example();
    let (answers, weighed) = (Answers::open(&path).unwrap(), shelf.weigh(None));
    for at in
        ["2014-05-12", "2014-06-03", "2014-06-20", "2014-07-15", "2015-01-20", "2016-01-17", "2016-09-30"]
    {
        let at = day(at);
        assert_eq!(
            lines(answers.control(at, None, None).unwrap()),
            lines(control(&weighed, &Ask::default(), at))
        );
        for source in weighed.sources.iter().step_by(5) {
            let by = Ask { according_to: vec![source.id.clone()], ..Ask::default() };
            let found = answers.control(at, None, Some(&source.id)).unwrap();
            assert_eq!(lines(found), lines(control(&weighed, &by, at)), "{} {at}", source.id);
        }
    }
}

/// What was known on a day is weighed anew by the command line; the map keeps the links and joins of today. On the example
/// reports both say the same of who holds what.
#[test]
fn what_was_known_on_a_day_is_what_weighing_then_says() {
    let (path, shelf) = example();
    let answers = Answers::open(&path).unwrap();
    let who = |lines: Vec<Control>| -> BTreeSet<String> {
        lines.iter().map(|line| format!("{} {:?} {:?}", line.place, line.state, line.holders)).collect()
    };
    let (mut same, mut other) = (0, Vec::new());
    for known in ["2014-06-19", "2014-07-10", "2015-06-01", "2016-01-20"] {
        let known = day(known);
        let then = shelf.weigh(Some(known));
        for at in ["2014-06-03", "2014-06-18", "2015-01-20", "2016-01-17"] {
            let at = day(at);
            let found = who(answers.control(at, Some(known), None).unwrap());
            let wanted = who(control(&then, &Ask::default(), at));
            same += found.intersection(&wanted).count();
            other.extend(
                found.symmetric_difference(&wanted).map(|line| format!("{at} known {known}: {line}")),
            );
        }
    }
    assert!(other.is_empty(), "{same} the same, but {other:#?}");
    assert!(same > 20, "{same}");
}

#[test]
fn answers_of_another_ledger_are_not_taken() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (folder.path().join("a.gpkg"), folder.path().join("b.gpkg"));
    for path in [&a, &b] {
        keep::init(path, path.file_name().unwrap().to_str().unwrap()).unwrap();
        make(path, true, &mut |_| {}).unwrap();
        assert!(Answers::open_made(path).unwrap().unwrap().is_fresh().unwrap());
    }
    std::fs::copy(super::path_of(&a), super::path_of(&b)).unwrap();
    assert!(Answers::open_made(&b).unwrap().is_none());
    std::fs::write(super::path_of(&b), b"no answers at all").unwrap();
    assert!(Answers::open_made(&b).unwrap().is_none());
    assert_eq!(Answers::open(&b).unwrap().entry(), 2);
}

#[test]
fn what_a_killed_run_left_beside_answers_is_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    keep::init(&path, "a").unwrap();
    let left = |writer: &str| folder.path().join(format!("a.gpkg.answers.{writer}.new"));
    // One that nobody writes any more, one that somebody does, and a file of another name.
    for writer in ["1", "2", "notes"] {
        std::fs::write(left(writer), "half of").unwrap();
    }
    let held = std::fs::File::open(left("2")).unwrap();
    held.lock().unwrap();
    make(&path, true, &mut |_| {}).unwrap();
    assert_eq!(["1", "2", "notes"].map(|writer| left(writer).exists()), [false, true, true]);
}
