//! Claims that make no sense: an answer that says what it leaves out, never a crash, never a silent drop.

use std::collections::BTreeSet;

use gainsay_model::{Measure, Policy};
use gainsay_weigh::access::{Network, access};
use gainsay_weigh::bias::unbiased;
use gainsay_weigh::judge::review_order;
use gainsay_weigh::{
    Ask, HoldingPolicy, LeftOut, control, control_by, displacement, holdings, left_out_of_control,
    left_out_of_tally, need, sieges, tally, ties, victims,
};

use crate::kit::{Case, day};

fn reasons(lines: &[LeftOut]) -> Vec<(&str, Vec<&str>)> {
    lines.iter().map(|line| (line.reason, line.claims.iter().map(String::as_str).collect())).collect()
}

#[test]
fn a_tally_says_which_figures_it_does_not_count_and_why() {
    let case = Case::new(
        "@ a | 2016-03-02 | Monitor A
         casualties | place=p | on=2016-03-01 | killed=5
         casualties | place=p | on=2016-03-01 | killed=2 | part=1
         casualties | place=p | on=2016-03-01 | killed=7 | status=possible
         casualties | place=p | on=2015-01-01..2016-03-01 | killed=900
         casualties | place=p | on=9999-12-31 | killed=8
         casualties | place=p | on=0000-01-01 | killed=9
         @ b | ? | Monitor B
         casualties | place=p | killed=6
         @ c | 2016-03-02 | Reuters
         detention | on=2016-03-01 | detained=4",
    );
    let weighed = case.weigh();
    let ask = Ask {
        place: vec!["p".into()],
        from: Some(day("2016-03-01")),
        to: Some(day("2016-03-31")),
        ..Ask::default()
    };
    assert_eq!(
        reasons(&left_out_of_tally(&weighed, &ask)),
        [
            ("without a day, nor one on which it was said", vec!["b-006"]),
            ("on a day that no report can mean", vec!["a-004", "a-005"]),
            ("of days that lie only partly in the period", vec!["a-003"]),
            ("denied, possible or intended", vec!["a-002"]),
            ("a part of a total that is counted", vec!["a-001"]),
            ("without a place", vec!["c-007"]),
        ]
    );
    let counted: BTreeSet<String> = tally(&weighed, &ask, Policy::Ucdp)
        .into_iter()
        .flat_map(|line| line.by_source.into_iter().flat_map(|by| by.claims))
        .collect();
    assert_eq!(counted.into_iter().collect::<Vec<_>>(), ["a-000"]);
    let early = Ask { known_by: Some(day("2016-03-01")), ..ask };
    assert!(left_out_of_tally(&weighed, &early).is_empty(), "nothing had been said");
}

#[test]
fn an_answer_on_holders_says_what_it_cannot_use_and_impossible_days_hold_nothing() {
    let case = Case::new(
        "@ a | 2016-03-02 | Monitor A
         capture | actor=islamic-state | on=2016-03-01
         capture | place=p | on=2016-03-01
         control | actor=ypg | place=p | on=-009999-01-01..9999-12-31
         capture | actor=ypg | place=p | on=2016-03-01 | status=intended
         @ b | ? |
         control | actor=ypg | place=p",
    );
    let weighed = case.weigh();
    assert_eq!(
        reasons(&left_out_of_control(&weighed, &Ask::default())),
        [
            ("without a day, nor one on which it was said", vec!["b-004"]),
            ("on a day that no report can mean", vec!["a-002"]),
            ("denied, possible or intended", vec!["a-003"]),
            ("without a place", vec!["a-000"]),
            ("without an actor", vec!["a-001"]),
        ]
    );
    let ask = Ask { place: vec!["p".into()], ..Ask::default() };
    assert!(control(&weighed, &ask, day("2016-03-05"))[0].holders.is_empty());
}

#[test]
fn counts_that_are_too_great_to_add_stop_and_say_so() {
    let case = Case::new(
        "@ a | 2016-03-02 | Monitor A
         casualties | place=p | on=2016-03-01 | killed=18446744073709551615
         casualties | place=mosul | on=2016-02-01 | killed=1000000000000000000",
    );
    for policy in Policy::ALL {
        let lines = tally(&case.weigh(), &Ask::default(), *policy);
        let line = lines.iter().find(|line| line.measure == Measure::Killed).unwrap();
        assert_eq!(line.high, Some(u64::MAX), "{policy:?}");
        assert!(line.rule.ends_with("stops at the greatest number"), "{}", line.rule);
    }
    let billions = Case::new(
        "@ a | 2016-03-02 | Monitor A
         casualties | place=p | on=2016-03-01 | killed=1000000000000000000
         casualties | place=mosul | on=2016-02-01 | killed=1000000000000000000",
    );
    let line = &tally(&billions.weigh(), &Ask::default(), Policy::Ucdp)[0];
    assert_eq!(line.best, Some(2_000_000_000_000_000_000));
    assert!(!line.rule.contains("stops"), "what can be added is: {}", line.rule);
}

#[test]
fn ten_thousand_claims_on_one_event_are_all_weighed() {
    let mut table = String::new();
    for n in 0..5000 {
        table += &format!(
            "@ r{n:04} | 2016-03-{:02} | Outlet {n}
             airstrike | actor=side-a | place=p | on=2016-03-01
             casualties | place=p | on=2016-03-01 | killed={}\n",
            2 + n % 9,
            5 + n % 7
        );
    }
    let case = Case::new(&table);
    let weighed = case.weigh();
    assert_eq!(weighed.claims(&Ask::default()).len(), 10_000);
    for policy in Policy::ALL {
        let lines = tally(&weighed, &Ask::default(), *policy);
        let claims: usize = lines.iter().flat_map(|line| &line.by_source).map(|by| by.claims.len()).sum();
        assert!(claims >= 5000, "{policy:?}: {claims}");
    }
    let reviews = review_order(&weighed, &Ask::default());
    assert_eq!(reviews.iter().map(|review| &*review.what).collect::<Vec<_>>(), ["killed all"]);
}

#[test]
fn every_answer_takes_nonsense() {
    let case = Case::new(
        "@ a | 9999-12-31 | The Paper
         capture | actor=islamic-state | place=p | on=9999-12-31
         withdrawal | actor=syrian-army | place=p | on=-009999-01-01
         siege | on=-009999-01-01..9999-12-31 | place=p | cut=aid
         aid | place=p | on=9999-12-31
         obstruction | place=p | on=-009999-01-01
         destruction | target=siyasiyeh-bridge | on=-009999-01-01
         need | in_need=18446744073709551615 | on=..
         casualties | target=A B, C D, A B | place=p | killed=18446744073709551615 | on=2016-01-01
         casualties | place=p | killed=-7 | scope=cumulative
         allegiance | actor=ypg | target=ypg
         displacement | displaced=9-3
         @ b | ? |
         casualties | target=A B | place=p | killed=0
         clash",
    );
    let weighed = case.weigh();
    assert_eq!(weighed.claims(&Ask::default()).len(), case.claims.len(), "nothing is dropped");
    let network = Network::default();
    for on in ["-009999-01-01", "0000-01-01", "2016-01-01", "9999-12-31"] {
        let ask = Ask { place: vec!["p".into(), String::new()], ..Ask::default() };
        control_by(&weighed, &ask, day(on), HoldingPolicy::Acled);
        access(&weighed, &ask, &network, day(on));
        let period = Ask { from: Some(day(on)), to: Some(day(on)), ..ask };
        for policy in Policy::ALL {
            tally(&weighed, &period, *policy);
        }
        left_out_of_tally(&weighed, &period);
        left_out_of_control(&weighed, &period);
        unbiased(&weighed, &period);
        let told = [
            sieges(&weighed, &period).len(),
            need(&weighed, &period).len(),
            displacement(&weighed, &period).len(),
            holdings(&weighed, &period).len(),
            ties(&weighed, &period, &[], &[]).len(),
            victims(&weighed, &period).len(),
        ];
        assert!(told.iter().all(|lines| *lines <= case.claims.len()), "{told:?}");
    }
}
