//! What no metadata said: looked for in the text itself, and marked as guessed.

use gainsay_model::{Field, Report, Warning};

use crate::{dateline, language, outlet};

/// Longest first line that may be a title, in characters.
const LONGEST_TITLE: usize = 150;

/// Fills the fields that are still empty from the text, and lists them in `guessed`, sorted. The text is not touched.
pub(crate) fn fill(report: &mut Report) {
    let text = report.text.as_str();
    if report.published.is_none() && set(&mut report.published, dateline::published(text)) {
        report.guessed.push(Field::Published);
    }
    if report.publisher.is_none() && set(&mut report.publisher, outlet::of_text(text)) {
        report.guessed.push(Field::Publisher);
    }
    if report.title.is_none() && set(&mut report.title, title(text)) {
        report.guessed.push(Field::Title);
    }
    if report.language.is_none() && set(&mut report.language, language::guess(text)) {
        report.guessed.push(Field::Language);
    }
    report.guessed.sort();
    report.guessed.dedup();
}

fn set<T>(field: &mut Option<T>, value: Option<T>) -> bool {
    *field = value;
    field.is_some()
}

/// The first line, if it reads as a headline: short, without a final stop, a blank line after it. Lines that only
/// say how long the reading takes, or the date, are passed over.
fn title(text: &str) -> Option<String> {
    let mut lines = text.lines().skip_while(|line| line.trim().is_empty());
    for _ in 0..3 {
        let line = lines.next()?.trim();
        let next_is_blank = lines.next().is_some_and(|next| next.trim().is_empty());
        let bare = line.trim_start_matches('#').trim().trim_matches('*');
        let stops = bare.ends_with(['.', ':', ';', ',', '۔']) && !bare.ends_with("...");
        let is_furniture = crate::furniture::is_phrase(bare) || dateline::is_date_line(bare);
        if next_is_blank && is_furniture {
            while lines.clone().next().is_some_and(|line| line.trim().is_empty()) {
                lines.next();
            }
            continue;
        }
        let fits = next_is_blank && !stops && !bare.is_empty() && bare.chars().count() < LONGEST_TITLE;
        let something_follows = lines.any(|line| !line.trim().is_empty());
        return (fits && something_follows).then(|| bare.to_owned());
    }
    None
}

/// One line for a report that has no date and whose text gives none, for whoever wants to tell of it: what a
/// report says of "yesterday" cannot be placed.
pub fn undated(report: &Report) -> Option<Warning> {
    report.published.is_none().then(|| Warning {
        subject: report.id.clone(),
        line: None,
        message: "the report has no date, so days that it names by weekday or \"yesterday\" stay open; add \
                  \"published\""
            .to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_is_short_and_stands_alone() {
        for (text, expected) in [
            ("Rebels retreat\n\nThey left at dawn.", Some("Rebels retreat")),
            ("# Rebels retreat\n\nThey left.", Some("Rebels retreat")),
            ("3 min read\n\nRebels retreat\n\nThey left.", Some("Rebels retreat")),
            ("23 June 2014\n\n\nRebels retreat\n\nThey left.", Some("Rebels retreat")),
            ("They left at dawn.\n\nMore.", None),
            ("Rebels retreat\nThey left.", None),
            ("Rebels retreat", None),
            ("", None),
        ] {
            assert_eq!(title(text).as_deref(), expected, "{text}");
        }
        assert_eq!(title(&format!("{}\n\nx", "a ".repeat(80))), None);
    }
}
