//! Who says what: one idea a test.

use crate::testing::reading;

/// Checks who is said to say what; `source | content` a line.
fn check(text: &str, expected: &str) {
    let reading = reading("2016-03-15", text);
    let said = reading.attributions.iter().map(|said| {
        let who: Vec<&str> = said.source.iter().map(|span| span.of(text)).collect();
        let what: Vec<&str> = said.content.iter().map(|span| span.of(text)).collect();
        format!("{} | {}", who.join(" + "), what.join(" … "))
    });
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(said.collect::<Vec<_>>(), expected, "in {text:?}");
}

#[test]
fn the_clause_after_said_is_what_is_said() {
    check("Activists said that shells hit the market.", "Activists | that shells hit the market.");
}

#[test]
fn a_cue_may_close_the_sentence() {
    check("Shells hit the market on Monday, activists said.", "activists | Shells hit the market on Monday,");
}

#[test]
fn a_closing_cue_needs_no_comma() {
    check(
        "At least five people were killed in the raids a monitoring group said.",
        "monitoring group | At least five people were killed in the raids a",
    );
}

#[test]
fn according_to_speaks_for_its_sentence() {
    check("Shells hit the market, according to SANA.", "SANA | Shells hit the market, … .");
}

#[test]
fn a_chain_has_its_inner_source_inside_the_outer_one() {
    let text = "SANA reported that the foreign ministry said the rebels attacked the convoy.";
    let reading = reading("2016-03-15", text);
    let inner =
        reading.attributions.iter().find(|said| said.within.is_some()).expect("one stands inside the other");
    assert_eq!(inner.source[0].of(text), "foreign ministry");
    assert_eq!(reading.attributions[inner.within.unwrap_or_default()].source[0].of(text), "SANA");
}

#[test]
fn what_could_not_be_confirmed_is_marked() {
    let reading = reading(
        "2016-03-15",
        "Activists claimed that the army shelled the town, a charge that could not be verified.",
    );
    assert!(reading.attributions.iter().any(|said| said.unverified));
}

#[test]
fn what_could_be_confirmed_is_not_marked() {
    let reading = reading(
        "2016-03-15",
        "Activists said that the army shelled the town, and the deaths could be confirmed.",
    );
    assert!(reading.attributions.iter().all(|said| !said.unverified));
}
