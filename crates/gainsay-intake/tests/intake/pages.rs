//! Each page of `tests/pages` against the `.expected` file beside it: metadata, a line of dashes, the text.

use std::fmt::Write;
use std::path::Path;

use gainsay_model::Report;

use super::take;

fn rendered(report: &Report) -> String {
    let show = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
    let published = report.published.map_or("-".to_owned(), |day| day.to_string());
    let guessed: Vec<String> =
        report.guessed.iter().map(|field| format!("{field:?}").to_lowercase()).collect();
    let guessed = if guessed.is_empty() { "-".to_owned() } else { guessed.join(" ") };
    let mut out = String::new();
    for (name, value) in [
        ("title", show(&report.title)),
        ("publisher", show(&report.publisher)),
        ("published", published),
        ("language", show(&report.language)),
        ("url", show(&report.url)),
        ("guessed", guessed),
    ] {
        writeln!(out, "{name}: {value}").expect("writing to a string");
    }
    out + "---\n" + &report.text + "\n"
}

fn check(name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let expected = std::fs::read_to_string(folder.join(format!("{name}.expected"))).expect("an expectation");
    let (taken, warnings) = take(&[&folder.join(format!("{name}.html"))]);
    assert_eq!(warnings, []);
    assert_eq!(taken[0].report.id, name);
    let found = rendered(&taken[0].report);
    assert!(found == expected, "found:\n{found}\nexpected:\n{expected}");
}

#[test]
fn an_article_with_metadata() {
    check("article");
}

#[test]
fn div_soup_without_metadata() {
    check("div-soup");
}

#[test]
fn comments_longer_than_the_notice() {
    check("comments");
}

#[test]
fn a_live_blog_keeps_the_headings_of_its_updates() {
    check("live-blog");
}

#[test]
fn arabic_from_right_to_left() {
    check("arabic");
}
