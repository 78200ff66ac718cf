//! Several readers of one report: one claim with two readers, two versions side by side, and nobody heard twice.

use gainsay_model::{Measure, Policy, Slot};
use gainsay_weigh::readers::{SideBySide, side_by_side};
use gainsay_weigh::{Ask, Corpus, tally, weigh};

use crate::kit::Case;

const OWN: &str = "@ r | 2016-01-19 | reuters
    casualties | actor=islamic-state | place=ayyash | on=2016-01-16 | killed=50 | by=monitor-a | at=0 | reader=gainsay 0.1.0";

fn sided(table: &str) -> (Case, SideBySide) {
    decided(table, &[])
}

fn decided(table: &str, confirmed: &[&str]) -> (Case, SideBySide) {
    let case = Case::new(table);
    let sides = side_by_side(case.claims.clone(), &[], &|id| confirmed.contains(&id), case.names());
    (case, sides)
}

fn standing(sides: &SideBySide) -> Vec<&str> {
    sides.standing.iter().map(|claim| claim.id.as_str()).collect()
}

/// What lies beside, of what, and the slots that differ.
fn beside(sides: &SideBySide) -> Vec<(&str, Option<&str>, Vec<Slot>)> {
    let one = |one: &gainsay_weigh::readers::Beside| one.differs.iter().map(|differs| differs.slot).collect();
    sides.beside.iter().map(|side| (side.claim.id.as_str(), side.of.as_deref(), one(side))).collect()
}

#[test]
fn two_readers_who_say_the_same_are_one_claim() {
    let (case, sides) = sided(&format!(
        "{OWN}
        casualties | actor=Daesh | place=Ayyash | on=2016-01-16 | killed=50 | by=Monitor A | at=10 | reader=model@1"
    ));
    assert_eq!(standing(&sides), ["r-000"]);
    assert_eq!(beside(&sides), [("r-001", Some("r-000"), vec![])]);
    let weighed = weigh(&Corpus::new(&case.reports, &sides.standing, case.names()));
    assert_eq!(weighed.events.len(), 1);
    assert_eq!(weighed.events[0].roots, ["monitor-a"]);
    let tallies = tally(&weighed, &Ask::default(), Policy::BySource);
    assert_eq!(tallies[0].by_source.len(), 1);
    assert_eq!(tallies[0].by_source[0].claims, ["r-000"]);
}

#[test]
fn readers_who_differ_lie_side_by_side_and_make_no_dispute() {
    let (case, sides) = sided(&format!(
        "{OWN}
        casualties | actor=islamic-state | place=ayyash | on=2016-01-16 | killed=65 | by=monitor-a | at=10 | reader=model@1"
    ));
    assert_eq!(beside(&sides), [("r-001", Some("r-000"), vec![Slot::Count])]);
    let differs = &sides.beside[0].differs[0];
    assert_eq!((differs.stands.as_str(), differs.beside.as_str()), ("50", "65"));
    let weighed = weigh(&Corpus::new(&case.reports, &sides.standing, case.names()));
    assert!(weighed.disputes.is_empty());
    let killed = &tally(&weighed, &Ask::default(), Policy::Ucdp)[0];
    assert_eq!((killed.measure, killed.low, killed.high), (Measure::Killed, Some(50), Some(50)));
}

#[test]
fn a_person_s_reading_stands_over_a_machine_s() {
    let (_, sides) = sided(&format!(
        "{OWN}
        casualties | actor=islamic-state | place=ayyash | on=2016-01-16 | killed=65 | at=10 | reader=person:alia@1
        casualties | actor=islamic-state | place=ayyash | on=2016-01-16 | killed=70 | at=10 | reader=model@1"
    ));
    assert_eq!(standing(&sides), ["r-001"]);
    let slots = vec![Slot::Source, Slot::Count];
    assert_eq!(
        beside(&sides),
        [("r-000", Some("r-001"), slots), ("r-002", Some("r-001"), vec![Slot::Count])]
    );
}

#[test]
fn a_reading_that_somebody_confirmed_is_a_person_s() {
    let table = format!(
        "{OWN}\ncasualties | actor=islamic-state | place=ayyash | killed=65 | at=10 | reader=model@1"
    );
    assert_eq!(standing(&sided(&table).1), ["r-000"]);
    let (_, sides) = decided(&table, &["r-001"]);
    assert_eq!(standing(&sides), ["r-001"]);
    assert_eq!(sides.beside[0].of.as_deref(), Some("r-001"));
}

#[test]
fn what_another_machine_alone_reads_lies_beside_until_it_is_confirmed() {
    let table = format!("{OWN}\nwithdrawal | actor=islamic-state | place=mosul | at=9000 | reader=model@1");
    assert_eq!(beside(&sided(&table).1), [("r-001", None, vec![])]);
    assert_eq!(standing(&decided(&table, &["r-001"]).1), ["r-000", "r-001"]);
    // What a person alone reads stands, and gainsay's own stands beside a person's.
    let table = table.replace("model@1", "person:alia@1");
    assert_eq!(standing(&sided(&table).1), ["r-000", "r-001"]);
}

#[test]
fn where_nobody_else_reads_a_report_other_machines_answer_for_it() {
    let (_, sides) = sided(
        "@ r | 2016-01-19 | reuters
        casualties | place=ayyash | killed=50 | at=0 | reader=model-b@1
        casualties | place=ayyash | killed=60 | at=0 | reader=model-a@2
        capture | place=mosul | at=900 | reader=model-b@1",
    );
    assert_eq!(standing(&sides), ["r-001", "r-002"]);
    assert_eq!(beside(&sides), [("r-000", Some("r-001"), vec![Slot::Count])]);
}

#[test]
fn each_claim_stands_beside_the_one_most_like_it() {
    let (_, sides) = sided(
        "@ r | 2016-01-19 | reuters
        casualties | target=al-nusra-front | place=ayyash | killed=73 | at=0 | reader=gainsay 0.1.0
        casualties | target=ypg | place=ayyash | killed=43 | at=0 | reader=gainsay 0.1.0
        casualties | target=ypg | place=ayyash | killed=40 | at=0 | reader=model@1
        casualties | target=al-nusra-front | place=ayyash | killed=73 | at=0 | reader=model@1
        casualties | target=ypg | place=ayyash | injured=43 | at=0 | reader=model@1",
    );
    assert_eq!(
        beside(&sides),
        [
            ("r-002", Some("r-001"), vec![Slot::Count]),
            ("r-003", Some("r-000"), vec![]),
            ("r-004", None, vec![])
        ]
    );
}

#[test]
fn other_words_elsewhere_are_another_claim_and_another_kind_of_one_violence_is_not() {
    let (_, sides) = sided(
        "@ r | 2016-01-19 | reuters
        airstrike | actor=syrian-army | place=ayyash | at=0 | reader=gainsay 0.1.0
        attack | actor=syrian-army | place=ayyash | at=0 | reader=model@1
        airstrike | actor=syrian-army | place=ayyash | at=5000 | reader=model@1
        casualties | actor=syrian-army | place=ayyash | at=0 | reader=model@1",
    );
    assert_eq!(
        beside(&sides),
        [("r-001", Some("r-000"), vec![Slot::Kind]), ("r-002", None, vec![]), ("r-003", None, vec![])]
    );
}

#[test]
fn the_order_of_claims_changes_nothing_and_one_reader_stays_as_it_is() {
    let table = format!(
        "{OWN}
        casualties | actor=Daesh | place=Ayyash | on=2016-01-16 | killed=50 | at=10 | reader=model@1
        casualties | actor=Daesh | place=Ayyash | on=2016-01-16 | killed=55 | at=10 | reader=other@1"
    );
    let (case, sides) = sided(&table);
    let mut turned = case.claims.clone();
    turned.reverse();
    let mut again = side_by_side(turned, &[], &|_| false, case.names());
    again.standing.reverse();
    again.beside.reverse();
    assert_eq!(again, sides);
    let alone = Case::new(OWN);
    let sides = side_by_side(alone.claims.clone(), &[], &|_| false, alone.names());
    assert_eq!((sides.standing, sides.beside), (alone.claims.clone(), vec![]));
    // A claim of gainsay's that was rejected still shows that gainsay read the report.
    let (case, _) = sided(&table);
    let sides = side_by_side(case.claims[1..].to_vec(), &case.claims[..1], &|_| false, case.names());
    assert!(sides.standing.is_empty());
    assert_eq!(sides.beside.len(), 2);
}
