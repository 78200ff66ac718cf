//! Claims from prose: one idea a test.

use crate::testing::claims;

/// Checks that reading `text`, published on 15 March 2016 (a Tuesday), gives exactly these claims.
fn check(text: &str, expected: &str) {
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let found = claims("2016-03-15", text);
    assert_eq!(found.lines().collect::<Vec<_>>(), expected, "in {text:?}");
}

#[test]
fn a_strike_and_its_dead_are_two_claims_that_share_doer_and_place() {
    check(
        "Russian warplanes bombed the town of Douma on Monday, killing 12 civilians.",
        "airstrike russian-aerospace-forces @ douma; 2016-03-14
         casualties russian-aerospace-forces > \"civilians\" @ douma; 2016-03-14; 12 killed",
    );
}

#[test]
fn the_passive_names_the_doer_after_by() {
    check(
        "Palmyra was captured by the Islamic State on Sunday.",
        "capture islamic-state @ palmyra; 2016-03-13",
    );
}

#[test]
fn total_and_parts_each_get_a_number() {
    check(
        "At least 20 people, including four children, were killed in shelling of Homs on Monday.",
        "shelling @ homs-city; 2016-03-14
         casualties > \"people\" @ homs-city; 2016-03-14; 20- killed
         casualties > \"children\" @ homs-city; 2016-03-14; 4 killed",
    );
}

#[test]
fn dead_and_wounded_are_apart() {
    check(
        "A car bomb in Azaz killed six people and wounded 25.",
        "bombing @ azaz
         casualties > \"people\" @ azaz; 6 killed
         casualties @ azaz; 25 injured",
    );
}

#[test]
fn a_hyphen_says_who_holds_a_place() {
    check("Smoke rose over the ISIS-held town of Manbij.", "control islamic-state @ manbij");
}

#[test]
fn saying_is_no_acting() {
    check(
        "The Observatory said the Islamic State attacked the Free Syrian Army in Aleppo.",
        "attack islamic-state > free-syrian-army @ aleppo-city; by syrian-observatory-for-human-rights",
    );
}

#[test]
fn a_denial_is_kept_as_denied() {
    check(
        "Russia denied that its aircraft bombed the hospital in Maarat al-Numan.",
        "airstrike[denied] russia @ maarat-al-numan; by russia",
    );
}

#[test]
fn may_is_possible_and_tried_is_intended() {
    check(
        "The Free Syrian Army may attack the Islamic State.",
        "attack[possible] free-syrian-army > islamic-state",
    );
    check(
        "Rebels tried to capture Morek on Monday.",
        "capture[intended] syrian-opposition @ morek; 2016-03-14",
    );
}

#[test]
fn never_is_denied() {
    check(
        "The Islamic State never attacked the Free Syrian Army.",
        "attack[denied] islamic-state > free-syrian-army",
    );
}

#[test]
fn nobody_is_invented_as_killer() {
    check("Twelve civilians were killed in Raqqa.", "casualties > \"civilians\" @ raqqa-city; 12 killed");
}

#[test]
fn demands_and_condemnations_are_no_claims() {
    check("The foreign minister called for an immediate meeting of the Security Council.", "");
}

#[test]
fn a_report_in_another_language_gives_a_warning_and_no_claims() {
    let report = gainsay_model::Report {
        id: "r".into(),
        text: "Les forces du régime ont bombardé la ville.".into(),
        published: None,
        publisher: None,
        author: None,
        title: None,
        url: None,
        language: Some("fr".into()),
        guessed: Vec::new(),
    };
    let reading = crate::read(&report, gainsay_lexicon::Words::builtin());
    assert!(reading.claims.is_empty() && reading.warnings.len() == 1);
}

#[test]
fn evidence_and_grounds_lie_in_the_text() {
    let text = "في دير الزور: ISIS fighters shelled al-Joura on Monday, killing “at least five” people — activists said. 🙂";
    let reading = crate::testing::reading("2016-03-15", text);
    let letters: Vec<char> = text.chars().collect();
    assert!(!reading.claims.is_empty());
    for claim in &reading.claims {
        for evidence in &claim.evidence {
            assert_eq!(letters[evidence.start..evidence.end].iter().collect::<String>(), evidence.exact);
        }
        assert!(claim.grounds.iter().all(|ground| ground.start < ground.end && ground.end <= letters.len()));
    }
}

#[test]
fn nothing_in_a_text_makes_the_reading_fail() {
    for text in [
        "",
        " ",
        "\n\n\n",
        "\u{0}\u{1}\u{202e}",
        "((((((",
        "killed killed killed killed",
        "of by of by",
        "9".repeat(400).as_str(),
        "السلام عليكم",
        "Z̴a̷l̶g̵o̷ killed 5",
    ] {
        crate::testing::reading("2016-03-15", text);
        crate::testing::reading("not a day", text);
    }
}
