//! The search for the best states, and the model that this build carries.

use gainsay_lexicon::Words;

use super::states::*;
use super::{MAGIC, NameModel, mentions};
use crate::testing::reading;

const PERSON: MentionClass = MentionClass::Person;

/// Scores in which these states are worth ten for words 0, 1, ….
fn scores(states: &[usize]) -> Vec<i32> {
    let mut scores = vec![0; states.len() * STATES];
    states.iter().enumerate().for_each(|(at, &state)| scores[at * STATES + state] = 10);
    scores
}

#[test]
fn every_state_has_one_class_and_standing() {
    for own in 1..STATES {
        let (class, standing) = of_state(own).expect("a state of a mention");
        assert_eq!(state(class, standing), own);
        assert_eq!(MentionClass::parse(class.as_str()), Some(class));
    }
    assert_eq!(of_state(OUTSIDE), None);
}

#[test]
fn the_best_states_are_found_and_spell_mentions() {
    let steps = vec![0; STATES * STATES];
    let wanted = [
        OUTSIDE,
        state(PERSON, Standing::First),
        state(PERSON, Standing::Last),
        state(MentionClass::Location, Standing::Alone),
    ];
    let found = best(&scores(&wanted), &steps);
    assert_eq!(found, wanted);
    assert_eq!(runs(&found), [(1, 3, PERSON), (3, 4, MentionClass::Location)]);
}

#[test]
fn what_begins_must_end_and_what_ends_must_begin() {
    let steps = vec![0; STATES * STATES];
    // The last word of a mention that never began, the first of one that never ends.
    let broken = [state(PERSON, Standing::Last), state(PERSON, Standing::First)];
    let found = best(&scores(&broken), &steps);
    let fits = found.windows(2).all(|pair| may_follow(pair[0], pair[1]));
    assert!(may_begin(found[0]) && may_end(found[1]) && fits, "{found:?}");
    assert!(best(&[], &steps).is_empty());
}

#[test]
fn sums_through_a_state_are_highest_on_the_best_way() {
    let mut steps = vec![0; STATES * STATES];
    steps[state(PERSON, Standing::Last) * STATES] = 7;
    let wanted = [state(PERSON, Standing::First), state(PERSON, Standing::Last), OUTSIDE];
    let sums = through(&scores(&wanted), &steps);
    for (row, &state) in sums.chunks(STATES).zip(&wanted) {
        assert_eq!(row[state], 37);
        assert_eq!(row.iter().max(), Some(&37));
    }
}

#[test]
fn a_model_is_read_as_it_was_written() {
    let mut model = NameModel { steps: vec![0; STATES * STATES], ..NameModel::default() };
    model.steps[3] = -300;
    model.sorts.0 = vec![(5, 2), (900, 1)];
    let bytes = model.encode(&[(9, vec![(1, 200), (40, -3)])]);
    let read = NameModel::decode(&bytes).expect("a whole model");
    assert_eq!((read.steps, read.sorts.0), (model.steps, model.sorts.0));
    assert!(NameModel::decode(&bytes[..bytes.len() - 1]).is_none());
    assert!(NameModel::decode(&bytes[MAGIC.len()..]).is_none());
}

#[test]
fn the_built_in_model_tells_people_from_places_and_bodies() {
    let text = "President Karim Dalloul met the Red Cross in Geneva on Monday.";
    let reading = reading("2016-03-15", text);
    let found = mentions(text, &reading.sentences, &reading.tokens, Words::builtin(), NameModel::builtin());
    let found: Vec<(&str, &str)> =
        found.iter().map(|mention| (mention.span.of(text), mention.class.as_str())).collect();
    let expected = [
        ("President Karim Dalloul", "Person"),
        ("the Red Cross", "Organisation"),
        ("Geneva", "Location"),
        ("Monday", "Temporal"),
    ];
    assert_eq!(found, expected);
}
