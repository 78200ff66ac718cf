//! The worked examples T1, T3, T12 and T13.

use gainsay_model::{HoldingState, Measure, Policy};
use gainsay_weigh::{Ask, control, information, tally};

use crate::kit::{Case, day};

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
    let case = Case::new(
        "@ a | 2016-03-02 | Monitor A
         airstrike | actor=side-a | place=p | on=2016-03-01
         casualties | actor=side-a | place=p | on=2016-03-01 | killed=5
         @ b | 2016-03-02 | The Paper
         airstrike | actor=side-a | place=p | on=2016-03-01 | by=monitor-a
         casualties | actor=side-a | place=p | on=2016-03-01 | killed=3+ | by=monitor-a",
    );
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

#[test]
fn t12_three_papers_with_one_source_are_one_voice() {
    let case = Case::new(
        "@ a | 2016-03-02 | Reuters
         airstrike | actor=side-a | place=p | on=2016-03-01 | by=syrian-observatory-for-human-rights
         @ b | 2016-03-02 | AFP
         airstrike | actor=side-a | place=p | on=2016-03-01 | by=syrian-observatory-for-human-rights
         @ c | 2016-03-03 | The Paper
         airstrike | actor=side-a | place=p | on=2016-03-01 | by=Reuters, syrian-observatory-for-human-rights",
    );
    let weighed = case.weigh();
    assert_eq!(weighed.events.len(), 1);
    let event = &weighed.events[0];
    assert_eq!(event.roots, ["syrian-observatory-for-human-rights"]);
    assert_eq!(event.grade.occurrence, "weak");
    let number = information(event.roots.len(), 0, false);
    assert!((2..=3).contains(&number), "{number}");
    let observatory =
        weighed.sources.iter().find(|source| source.id == "syrian-observatory-for-human-rights").unwrap();
    assert_eq!(observatory.cited_by, ["afp", "reuters"]);
    let paper = weighed.sources.iter().find(|source| source.id == "paper").unwrap();
    assert_eq!(paper.cites, ["reuters"]);
}

#[test]
fn t13_a_gain_is_contested_until_the_loser_says_it_withdrew() {
    for target in ["", " | target=side-b"] {
        let case = Case::new(&format!(
            "@ a | 2016-08-01 | Voice of A
             capture | actor=side-a{target} | place=p | on=2016-08-01
             @ b | 2016-08-02 | Voice of B
             clash | actor=side-b | target=side-a | place=p | on=2016-08-02
             @ c | 2016-08-04 | Voice of B
             withdrawal | actor=side-b | place=p | on=2016-08-04"
        ));
        let weighed = case.weigh();
        let ask = Ask { place: vec!["p".into()], ..Ask::default() };
        let on = |text| {
            let lines = control(&weighed, &ask, day(text));
            assert_eq!(lines.len(), 1);
            (lines[0].state, lines[0].holders.join(" "))
        };
        assert_eq!(on("2016-07-31").1, "side-b");
        for text in ["2016-08-01", "2016-08-02", "2016-08-03"] {
            assert_eq!(on(text), (HoldingState::Contested, "side-a side-b".into()), "{text}");
        }
        assert_eq!(on("2016-08-04"), (HoldingState::Held, "side-a".into()));
        assert_eq!(on("2016-07-01").0, HoldingState::Unknown, "nothing is said of July");
        let early = Ask { known_by: Some(day("2016-08-01")), ..ask.clone() };
        let line = &control(&weighed, &early, day("2016-08-05"))[0];
        assert_eq!((line.state, &*line.holders), (HoldingState::Claimed, &["side-a".to_string()][..]));
    }
}
