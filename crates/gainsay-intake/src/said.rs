//! What a source says of one report, part by part, and the report that comes of it.
//!
//! **Takes** the parts as they were written, by whatever reader. **Gives** the report, its gaps filled from its own
//! text. **Never** changes the text.

use gainsay_model::{Field, Report};

use crate::batch::{Batch, Source};
use crate::{Intake, dates, guess, language, text};

/// The parts of one report as they were written; what is blank counts as missing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Said {
    /// Its id.
    pub id: Option<String>,
    /// Its text.
    pub text: String,
    /// The day, in any writing.
    pub published: Option<String>,
    /// The outlet.
    pub publisher: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// The language tag.
    pub language: Option<String>,
    /// Which of these the reader had to guess.
    pub guessed: Vec<Field>,
}

impl Said {
    /// The report, and what is wrong with its date if anything is. `spare` is its id where it has none.
    ///
    /// # Errors
    /// No text.
    pub fn report(self, spare: impl FnOnce() -> String) -> Result<(Report, Option<String>), String> {
        if self.text.trim().is_empty() {
            return Err("the report's text is empty; add it or take the report out".to_owned());
        }
        let mut report = Report {
            id: filled(self.id).unwrap_or_else(spare),
            publisher: filled(self.publisher),
            author: filled(self.author),
            title: filled(self.title),
            url: filled(self.url),
            language: filled(self.language).map(|tag| language::primary(&tag)),
            guessed: self.guessed,
            ..text::bare(self.text)
        };
        let mut complaint = None;
        if let Some(written) = filled(self.published) {
            if let Some(date) = dates::iso(&written) {
                report.published = Some(date);
            } else if let Some(date) = dates::anywhere(&written) {
                report.published = Some(date);
                report.guessed.push(Field::Published);
            } else {
                complaint = Some(format!(
                    "report {}: its date \"{}\" is no day; write it as 2016-01-18",
                    report.id,
                    shorten(&written)
                ));
            }
        }
        guess::fill(&mut report);
        Ok((report, complaint))
    }
}

/// Where the reports of one file go, and what is wrong with any.
pub(crate) struct Handover<'a, 'b> {
    /// The file.
    pub source: &'a Source,
    /// Who takes them.
    pub batch: &'a mut Batch<'b>,
}

impl Handover<'_, '_> {
    /// Hands over one report of several in the file: `raw` is its own part of the bytes, `mark` tells it from the
    /// others (a line's number, a message's).
    pub fn give(
        &mut self,
        said: Said,
        raw: &[u8],
        mark: &str,
        line: Option<usize>,
        spare: impl FnOnce() -> String,
    ) {
        match said.report(spare) {
            Ok((report, complaint)) => {
                let raw_name = format!("{}:{mark}", self.source.name);
                self.batch.hand(Ok(Intake::new(report, raw, raw_name)));
                if let Some(complaint) = complaint {
                    self.warn(line, complaint);
                }
            }
            Err(message) => self.warn(line, message),
        }
    }

    /// Tells what cannot be read.
    pub fn warn(&mut self, line: Option<usize>, message: impl Into<String>) {
        self.batch.warn(self.source, line, message);
    }
}

/// What is not blank, without blanks at its ends.
pub(crate) fn filled(value: Option<String>) -> Option<String> {
    value.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// A name as part of an id: small letters and digits of any script, dashes between.
pub(crate) fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').chars().take(60).collect()
}

fn shorten(text: &str) -> String {
    let mut short: String = text.chars().take(40).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().count() > 40 {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_parts_of_ids() {
        assert_eq!(slug("Deir ez-Zor | News!"), "deir-ez-zor-news");
        assert_eq!(slug("الفرات برس"), "الفرات-برس");
        assert_eq!(slug("— —"), "");
    }
}
