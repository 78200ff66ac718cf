//! The coded row: one idea a test.

use gainsay_lexicon::Words;

/// Checks the row of a text: `admin1 actor means civilians/combatants/children/women`.
fn check(text: &str, expected: &str) {
    let report = gainsay_model::Report {
        id: "r".into(),
        text: text.into(),
        published: "2016-03-15".parse().ok(),
        publisher: None,
        author: None,
        title: None,
        url: None,
        language: None,
        guessed: Vec::new(),
    };
    let reading = crate::read(&report, Words::builtin());
    let row = super::code(&report, &reading, Words::builtin());
    let or = |value: Option<String>| value.unwrap_or("-".into());
    let killed = row.killed;
    let found = format!(
        "{} {} {} {}/{}/{}/{}",
        or(row.admin1),
        or(row.actor),
        or(row.means),
        killed.civilians,
        killed.combatants,
        killed.children,
        killed.women
    );
    assert_eq!(found, expected, "in {text:?}");
}

#[test]
fn the_first_deaths_are_the_main_event() {
    check(
        "Regime barrel bombs killed 11 civilians, among them three children, in al-Bab on Monday. More than 200,000 people have died in the war.",
        "SY02 syrian-government barrel_bomb 11/0/3/0",
    );
}

#[test]
fn fighters_are_counted_apart() {
    check(
        "A suicide bomber of the Nusra Front killed 25 soldiers in Aleppo on Monday.",
        "SY02 al-nusra-front suicide_bomb 0/25/0/0",
    );
}

#[test]
fn a_report_without_violence_gives_an_empty_row() {
    check("The minister opened a school.", "- - - 0/0/0/0");
}
