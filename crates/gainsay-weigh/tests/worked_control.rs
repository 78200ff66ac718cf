//! The worked example of who holds a place: T13.

use gainsay_model::HoldingState;
use gainsay_weigh::{Ask, HoldingPolicy, control, control_by};

use crate::kit::{Case, day};

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

#[test]
fn t13_under_acled_the_gainers_word_is_enough_and_fighting_on_changes_nothing() {
    let case = Case::new(
        "@ a | 2016-08-01 | Voice of A
         capture | actor=side-a | place=p | on=2016-08-01
         @ b | 2016-08-02 | Voice of B
         clash | actor=side-b | target=side-a | place=p | on=2016-08-02
         @ c | 2016-08-04 | Voice of B
         withdrawal | actor=side-b | place=p | on=2016-08-04",
    );
    let weighed = case.weigh();
    let ask = Ask { place: vec!["p".into()], ..Ask::default() };
    let on = |text| {
        let line = &control_by(&weighed, &ask, day(text), HoldingPolicy::Acled)[0];
        (line.state, line.holders.join(" "))
    };
    assert_eq!(on("2016-07-31").1, "side-b");
    for text in ["2016-08-01", "2016-08-02", "2016-08-03", "2016-08-04"] {
        assert_eq!(on(text), (HoldingState::Held, "side-a".into()), "{text}");
    }
}

#[test]
fn what_is_inherited_says_from_where_and_how_old_it_is() {
    let case = Case::new(
        "@ a | 2016-03-01 | Monitor A
         control | actor=ypg | place=deir-ez-zor-city | on=2016-03-01 | degree=full
         @ b | 2016-03-02 | Monitor B
         control | actor=ypg | place=deir-ez-zor-city | on=2016-03-02 | degree=full",
    );
    let weighed = case.weigh();
    let ask = Ask { place: vec!["al-qusour".into()], ..Ask::default() };
    let line = &control(&weighed, &ask, day("2016-03-12"))[0];
    assert_eq!((line.state, line.age_days), (HoldingState::Held, Some(10)));
    assert_eq!(line.inherited_from.as_deref(), Some("deir-ez-zor-city"));
    // The other way round nothing is inherited: who holds a quarter need not hold the city.
    let ask = Ask { place: vec!["deir-ez-zor-governorate".into()], ..Ask::default() };
    assert_eq!(control(&weighed, &ask, day("2016-03-12"))[0].state, HoldingState::Unknown);
}
