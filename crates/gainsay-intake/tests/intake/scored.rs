//! How well pages are read: every page of `tests/pages` that has a `.json` of what a careful reader takes from it.
//!
//! Paragraphs are right where they are the same but for white space; F1 is over those of a page, and the mean over the
//! pages. A field is right where it is the same. `cargo test -p gainsay-intake scored -- --nocapture` prints the table.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::take;

/// What a careful reader takes from a page.
#[derive(Deserialize)]
struct Gold {
    title: Option<String>,
    publisher: Option<String>,
    published: Option<String>,
    author: Option<String>,
    language: Option<String>,
    /// The paragraphs of its text.
    text: Vec<String>,
    /// Sentences of the page that are no part of its article.
    furniture: Vec<String>,
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many of the paragraphs are the same, each counted once.
fn same(found: &[String], gold: &[String]) -> usize {
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    gold.iter().for_each(|paragraph| *left.entry(paragraph).or_default() += 1);
    found
        .iter()
        .filter(|paragraph| match left.get_mut(paragraph.as_str()) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        })
        .count()
}

#[test]
fn pages_are_scored() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .expect("a folder")
        .flatten()
        .filter_map(|entry| entry.file_name().to_string_lossy().strip_suffix(".json").map(str::to_owned))
        .collect();
    names.sort();
    assert!(names.len() >= 24, "{} pages", names.len());
    let (mut f1s, mut leaks) = (0.0, 0);
    let mut right: BTreeMap<&str, usize> = BTreeMap::new();
    println!("{:24} {:>5} {:>9}  what is not as it should be", "page", "F1", "furniture");
    for name in &names {
        let gold = fs::read_to_string(folder.join(format!("{name}.json"))).expect("an expectation");
        let gold: Gold = serde_json::from_str(&gold).expect("an expectation");
        let (taken, warnings) = take(&[&folder.join(format!("{name}.html"))]);
        assert_eq!(warnings, [], "{name}");
        let report = &taken[0].report;
        let found: Vec<String> = report.text.split("\n\n").map(folded).collect();
        let wanted: Vec<String> = gold.text.iter().map(|paragraph| folded(paragraph)).collect();
        let hits = same(&found, &wanted) as f64;
        let f1 = 2.0 * hits / (found.len() + wanted.len()) as f64;
        f1s += f1;
        let leaked: Vec<&String> =
            gold.furniture.iter().filter(|words| folded(&report.text).contains(&folded(words))).collect();
        leaks += leaked.len();
        let fields = [
            ("title", &report.title, &gold.title),
            ("outlet", &report.publisher, &gold.publisher),
            ("date", &report.published.map(|day| day.to_string()), &gold.published),
            ("author", &report.author, &gold.author),
            ("language", &report.language, &gold.language),
        ];
        let mut wrong = String::new();
        for (field, found, gold) in fields {
            match found == gold {
                true => *right.entry(field).or_default() += 1,
                false => wrong += &format!(" {field}={:?}", found.as_deref().unwrap_or("none")),
            }
        }
        println!("{name:24} {f1:5.2} {:>9} {wrong}", leaked.len());
        let missing: Vec<&String> = wanted.iter().filter(|paragraph| !found.contains(paragraph)).collect();
        let more: Vec<&String> = found.iter().filter(|paragraph| !wanted.contains(paragraph)).collect();
        missing.iter().for_each(|paragraph| println!("    missing: {paragraph}"));
        more.iter().for_each(|paragraph| println!("    more: {paragraph}"));
    }
    let (pages, of) = (names.len() as f64, names.len());
    println!("mean F1 {:.3}, {leaks} sentences of furniture; of {of} pages right: {right:?}", f1s / pages);
    assert!(f1s / pages >= 0.97, "paragraphs");
    assert!(leaks <= 2, "{leaks} sentences of furniture");
    for (field, least) in [("title", of), ("outlet", of), ("language", of), ("date", of), ("author", of - 1)]
    {
        let right = right.get(field).copied().unwrap_or_default();
        assert!(right >= least, "{field}: {right} of {of} right, at least {least}");
    }
}
