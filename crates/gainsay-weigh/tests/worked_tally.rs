//! The worked examples of counting: T1 (Airwars) and T3 (UCDP).

use gainsay_model::{Measure, Policy, Tally};
use gainsay_weigh::{Ask, Weighed, tally};

use crate::kit::Case;

/// A monitor, and a paper that carries it and misquotes its figure.
const CARRIED: &str = "@ a | 2016-03-02 | Monitor A
     airstrike | actor=side-a | place=p | on=2016-03-01
     casualties | actor=side-a | place=p | on=2016-03-01 | killed=5
     @ b | 2016-03-02 | The Paper
     airstrike | actor=side-a | place=p | on=2016-03-01 | by=monitor-a
     casualties | actor=side-a | place=p | on=2016-03-01 | killed=3+ | by=monitor-a";

fn line(weighed: &Weighed, policy: Policy, measure: Measure) -> Tally {
    let lines = tally(weighed, &Ask::default(), policy);
    let mut of = lines.into_iter().filter(|line| line.measure == measure && line.group == "all");
    of.next().unwrap_or_else(|| panic!("no figure of {measure}"))
}

/// Four people killed are named; A and B are independent, and both name the same party.
#[test]
fn t1_airwars_ranges_start_at_the_dead_who_are_named() {
    let case = Case::new(
        "@ a | 2016-03-02 | Monitor A
         airstrike | actor=side-a | place=p | on=2016-03-01
         casualties | actor=side-a | place=p | on=2016-03-01 | killed=5
         casualties | actor=side-a | target=Ahmad al-Ali, Omar Hassan | place=p | on=2016-03-01 | killed=2
         @ b | 2016-03-02 | Monitor B
         airstrike | actor=side-a | place=p | on=2016-03-01
         casualties | actor=side-a | place=p | on=2016-03-01 | killed=3+
         casualties | target=Omar Hasan, Samir Taleb, Umm Khalid | place=p | on=2016-03-01 | killed=3
         @ c | 2016-03-02 | Reuters
         casualties | place=p | on=2016-03-01 | injured=24-99",
    );
    let weighed = case.weigh();
    assert_eq!(weighed.events.len(), 1, "{:#?}", weighed.events);
    let killed = line(&weighed, Policy::Airwars, Measure::Killed);
    assert_eq!((killed.low, killed.best, killed.high), (Some(4), None, Some(5)));
    assert_eq!(killed.rule, "raised to the dead who are named; graded fair");
    let wounded = line(&weighed, Policy::Airwars, Measure::Injured);
    assert_eq!((wounded.low, wounded.high), (Some(12), Some(24)), "dozens");
    let grade = &weighed.events[0].grade;
    assert_eq!((&*grade.occurrence, &*grade.attribution), ("fair", "fair"));
}

#[test]
fn t1_airwars_takes_a_carrier_for_no_voice() {
    let case = Case::new(CARRIED);
    let weighed = case.weigh();
    let killed = line(&weighed, Policy::Airwars, Measure::Killed);
    assert_eq!((killed.low, killed.high), (Some(5), Some(5)));
    assert_eq!(killed.rule, "one voice; graded weak");
    assert_eq!(weighed.misquotes, ["b-003"]);
}

#[test]
fn a_name_whose_death_is_denied_is_no_floor() {
    let case = Case::new(
        "@ a | 2016-03-02 | Monitor A
         casualties | actor=side-a | place=p | on=2016-03-01 | killed=1
         casualties | target=Ahmad al-Ali, Omar Hassan | place=p | on=2016-03-01 | killed=2
         @ b | 2016-03-02 | Monitor B
         casualties | target=Omar Hassan | place=p | on=2016-03-01 | killed=1 | status=denied",
    );
    let killed = line(&case.weigh(), Policy::Airwars, Measure::Killed);
    assert_eq!((killed.low, killed.high), (Some(1), Some(1)));
}

#[test]
fn acled_gives_one_number_the_most_conservative() {
    let case = Case::new(
        "@ a | 2016-03-02 | Monitor A
         casualties | place=p | on=2016-03-01 | killed=15
         @ b | 2016-03-02 | Monitor B
         casualties | place=p | on=2016-03-01 | killed=12
         casualties | place=p | on=2016-03-01 | injured=100-999",
    );
    let weighed = case.weigh();
    let killed = line(&weighed, Policy::Acled, Measure::Killed);
    assert_eq!((killed.low, killed.best, killed.high), (Some(12), Some(12), Some(12)));
    assert_eq!((&*killed.policy, &*killed.rule), ("acled/1", "the most conservative"));
    let wounded = line(&weighed, Policy::Acled, Measure::Injured);
    assert_eq!((wounded.best, &*wounded.rule), (Some(100), "one voice"), "hundreds");
}

#[test]
fn t1_ranges_and_grades_from_independent_voices() {
    let case = Case::new(
        "@ a | 2016-03-02 | Monitor A
         airstrike | actor=side-a | place=p | on=2016-03-01
         casualties | actor=side-a | place=p | on=2016-03-01 | killed=5
         @ b | 2016-03-02 | Monitor B
         airstrike | actor=side-a | place=p | on=2016-03-01
         casualties | actor=side-a | place=p | on=2016-03-01 | killed=3+
         @ c | 2016-03-02 | Reuters
         casualties | place=p | on=2016-03-01 | injured=24-99",
    );
    let weighed = case.weigh();
    assert_eq!(weighed.events.len(), 1, "{:#?}", weighed.events);
    let event = &weighed.events[0];
    assert_eq!((event.killed.low, event.killed.best, event.killed.high), (Some(3), Some(5), Some(5)));
    assert_eq!((event.injured.low, event.injured.high), (Some(24), Some(99)));
    assert_eq!((&*event.grade.occurrence, &*event.grade.attribution), ("fair", "fair"));
    assert!(weighed.disputes.is_empty());
}

#[test]
fn t1_a_carrier_that_misquotes_adds_nothing() {
    let case = Case::new(CARRIED);
    let weighed = case.weigh();
    let event = &weighed.events[0];
    assert_eq!((event.killed.low, event.killed.best, event.killed.high), (Some(5), Some(5), Some(5)));
    assert_eq!((&*event.grade.occurrence, &*event.grade.count), ("weak", "weak"));
    assert_eq!(event.roots, ["monitor-a"]);
    assert_eq!(weighed.misquotes, ["b-003"]);
    assert_eq!(event.claims.len(), 4, "the misquote stays");
}

#[test]
fn t3_ucdp_takes_the_low_of_a_tie() {
    let case = Case::new(
        "@ a | 2016-03-02 | State Agency
         casualties | place=p | on=2016-03-01 | killed=12
         @ b | 2016-03-02 | Monitor B
         casualties | place=p | on=2016-03-01 | killed=15
         @ c | 2016-03-02 | The Paper
         casualties | place=p | on=2016-03-01 | killed=12 | by=state-agency",
    );
    let weighed = case.weigh();
    let lines = tally(&weighed, &Ask::default(), Policy::Ucdp);
    assert_eq!(lines.len(), 1);
    let line = &lines[0];
    assert_eq!((line.measure, &*line.group), (Measure::Killed, "all"));
    assert_eq!((line.low, line.best, line.high), (Some(12), Some(12), Some(15)));
    assert_eq!(line.rule, "tie -> low");
    let roots: Vec<&str> = line.by_source.iter().map(|source| &*source.root).collect();
    assert_eq!(roots, ["monitor-b", "state-agency"]);
    assert_eq!(line.by_source[1].claims.len(), 2, "the paper's claim stands under the agency's");
}
