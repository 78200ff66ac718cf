//! What is joined, what is only offered, what people decide, and what stays a copy.

use gainsay_model::{DisputeKind, Filler};
use gainsay_weigh::{Corpus, Decision, Weighed, weigh};

use crate::kit::Case;

fn events(weighed: &Weighed) -> Vec<usize> {
    weighed.events.iter().map(|event| event.claims.len()).collect()
}

/// Two reports of one strike that say too little to be joined without a word more.
const UNSURE: &str = "
@ a | 2016-03-01 | Reuters
airstrike | place=p | on=2016-03-01
attack | place=p | on=2016-03-01
@ b | 2016-03-02 | AFP
attack | actor=ypg | place=deir-ez-zor-governorate | on=2016-02-29..2016-03-02";

#[test]
fn what_is_likely_but_unsure_is_offered_with_its_reasons() {
    let case = Case::new(
        "@ a | 2014-06-23 | Syria Direct
         allegiance | actor=Mohsen | target=islamic-state | place=deir-ez-zor-city | on=2014-06-18 | by=Wisam al-Arab
         @ b | 2014-06-18 | Levant Dispatch
         allegiance | actor=rebel commanders | target=islamic-state | place=deir-ez-zor-city | on=2014-06-18 | by=activists",
    );
    let weighed = case.weigh();
    assert_eq!(weighed.events.len(), 2, "one man is not four");
    assert_eq!(weighed.offers.len(), 1);
    let offer = &weighed.offers[0];
    assert_eq!((&*offer.a, &*offer.b), ("a-000", "b-001"));
    assert_eq!(offer.score, offer.reasons.iter().map(|(_, points)| points).sum::<i32>());
    assert!(
        offer.reasons.iter().any(|(reason, points)| *reason == "they tell of one day" && *points > 0),
        "{:?}",
        offer.reasons
    );
}

#[test]
fn people_join_and_part_events_and_the_last_word_counts() {
    let case = Case::new(UNSURE);
    let weigh_with = |decisions: &[Decision]| {
        let corpus = Corpus { decisions, ..Corpus::new(&case.reports, &case.claims, case.names()) };
        events(&weigh(&corpus))
    };
    let one = Decision::OneEvent("a-000".into(), "b-002".into());
    let two = Decision::TwoEvents("b-002".into(), "a-000".into());
    assert_eq!(weigh_with(&[]).len(), 2);
    assert_eq!(weigh_with(std::slice::from_ref(&one)), [3]);
    assert_eq!(weigh_with(&[one.clone(), two.clone()]).len(), 2);
    assert_eq!(weigh_with(&[two, one]), [3]);
}

#[test]
fn events_that_people_have_parted_are_not_joined_again() {
    let case = Case::new(
        "@ a | 2016-03-01 | Reuters
         airstrike | actor=ypg | place=p | on=2016-03-01
         @ b | 2016-03-01 | AFP
         airstrike | actor=ypg | place=p | on=2016-03-01",
    );
    assert_eq!(events(&case.weigh()), [2]);
    let decisions = [Decision::TwoEvents("a-000".into(), "b-001".into())];
    let corpus = Corpus { decisions: &decisions, ..Corpus::new(&case.reports, &case.claims, case.names()) };
    let weighed = weigh(&corpus);
    assert_eq!(events(&weighed), [1, 1]);
    assert!(weighed.offers.is_empty(), "nor offered");
}

#[test]
fn a_merge_of_entities_is_undone_by_a_split() {
    let mut case = Case::new(
        "@ a | 2016-03-01 | Reuters
         shelling | actor=ypg | place=p | on=2016-03-01
         @ b | 2016-03-01 | AFP
         shelling | actor=The Lions | place=p | on=2016-03-01",
    );
    case.claims[1].actor = vec![Filler { mention: "The Lions".into(), entity: None }];
    let actors = |decisions: &[Decision]| {
        let corpus = Corpus { decisions, ..Corpus::new(&case.reports, &case.claims, case.names()) };
        weigh(&corpus).events.iter().flat_map(|event| event.actors.clone()).collect::<Vec<_>>()
    };
    let merge = Decision::Merge("lions".into(), "ypg".into());
    assert_eq!(actors(&[]), ["lions", "ypg"]);
    assert_eq!(actors(std::slice::from_ref(&merge)), ["ypg"], "the name that the lists know stays");
    assert_eq!(actors(&[merge, Decision::Split("ypg".into(), "lions".into())]), ["lions", "ypg"]);
}

#[test]
fn a_shortened_text_under_another_head_is_a_copy() {
    let mut case = Case::new(
        "@ a | 2016-03-01 | Euphrates Wire
         shelling | actor=ypg | place=p | on=2016-03-01
         @ b | 2016-03-01 | Furat Today
         shelling | actor=ypg | place=p | on=2016-03-01
         @ c | 2016-03-01 | The Paper
         shelling | actor=ypg | place=p | on=2016-03-01",
    );
    case.reports[0].fingerprint = (0..100).collect();
    case.reports[1].fingerprint = (5..90).chain(500..505).collect();
    case.reports[2].fingerprint = (0..20).chain(1000..1080).collect();
    let weighed = case.weigh();
    assert_eq!(weighed.copy_of("b-001"), Some("a"));
    assert_eq!(weighed.copy_of("c-002"), None, "it only quotes");
    assert_eq!(weighed.events[0].roots, ["euphrates-wire", "paper"]);
}

#[test]
fn a_text_published_again_later_is_of_the_day_it_bears() {
    let mut case = Case::new(
        "@ a | 2016-03-01 | Reuters
         shelling | actor=ypg | place=p-market
         @ b | 2016-05-20 | The Paper
         shelling | actor=ypg | place=p-market",
    );
    assert_eq!(events(&case.weigh()).len(), 2);
    case.reports[1].dated = Some(crate::kit::day("2016-03-01"));
    assert_eq!(events(&case.weigh()), [2]);
}

#[test]
fn hundreds_and_four_hundred_abducted_are_one_event_of_two_voices() {
    let case = Case::new(
        "@ a | 2016-01-18 | Wall Street Journal
         attack | actor=islamic-state | place=deir-ez-zor-city | on=2016-01-16..2016-01-18
         detention | actor=islamic-state | target=civilians | group=civilians | detained=400+ | by=monitor-a
         detention | actor=islamic-state | target=civilians | group=civilians | place=al-baghiliya | detained=100-999 | by=dbss",
    );
    let weighed = case.weigh();
    let detention = weighed.events.iter().find(|event| event.id.contains("detention")).unwrap();
    assert_eq!(detention.claims.len(), 2);
    assert!(!weighed.disputes.iter().any(|dispute| dispute.kind == DisputeKind::Count));
}

#[test]
fn one_event_on_two_days_or_at_two_places_is_a_dispute() {
    let case = Case::new(
        "@ a | 2016-03-03 | Reuters
         airstrike | actor=ypg | place=p-market | on=2016-03-01
         @ b | 2016-03-03 | AFP
         airstrike | actor=ypg | place=al-qusour | on=2016-03-02",
    );
    let decisions = [Decision::OneEvent("a-000".into(), "b-001".into())];
    let corpus = Corpus { decisions: &decisions, ..Corpus::new(&case.reports, &case.claims, case.names()) };
    let weighed = weigh(&corpus);
    let of = |kind: DisputeKind| -> Vec<&str> {
        let found = weighed.disputes.iter().filter(|dispute| dispute.kind == kind);
        found.flat_map(|dispute| dispute.sides.iter().map(|side| &*side.value)).collect()
    };
    assert_eq!(of(DisputeKind::Time), ["2016-03-01", "2016-03-02"]);
    assert_eq!(of(DisputeKind::Place), ["al-qusour", "p-market"]);
}

#[test]
fn a_strike_lies_within_the_five_days_of_strikes_and_is_not_joined_to_them() {
    let case = Case::new(
        "@ a | 2016-03-06 | Reuters
         airstrike | actor=syrian-government | place=p | on=2016-03-01..2016-03-05
         casualties | actor=syrian-government | place=p | on=2016-03-01..2016-03-05 | killed=90
         @ b | 2016-03-04 | AFP
         airstrike | actor=syrian-government | place=p-market | on=2016-03-03
         casualties | actor=syrian-government | place=p-market | on=2016-03-03 | killed=12",
    );
    let weighed = case.weigh();
    let whole = |id: &str| {
        let event = weighed.events.iter().find(|event| event.claims.iter().any(|claim| claim == id));
        event.map(|event| (event.id.clone(), event.part_of.clone()))
    };
    let (long, none) = whole("a-000").unwrap();
    let (day, within) = whole("b-002").unwrap();
    assert_ne!(long, day);
    assert_eq!((none, within.as_deref()), (None, Some(&*long)));
    assert!(weighed.offers.is_empty(), "a part is not offered to its whole: {:?}", weighed.offers);
}
