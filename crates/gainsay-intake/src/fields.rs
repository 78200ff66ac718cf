//! A report's fields as they were written, in a JSON line, in a row of a table: what they mean is the same everywhere.

use gainsay_model::{Field, Report};

use crate::{dates, guess, hidden, language};

/// A report's fields as somebody wrote them, all of them text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// Its id.
    pub id: Option<String>,
    /// The text.
    pub text: Option<String>,
    /// The day, in any of the ways in which people write it.
    pub published: Option<String>,
    /// The outlet.
    pub publisher: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// The language, as any tag (`en-GB`).
    pub language: Option<String>,
    /// Which of these were guessed already, by whoever wrote them.
    pub guessed: Vec<Field>,
}

impl Fields {
    /// The report, and what is wrong with its date if anything is; what is missing is looked for in the text. `spare`
    /// is its id where it has none.
    ///
    /// # Errors
    /// No text, or nothing but blanks: what is wrong and what to do, in one sentence.
    pub fn report(self, spare: impl FnOnce() -> String) -> Result<(Report, Option<String>), String> {
        let id = self.id.filter(|id| !hidden::is_blank(id)).unwrap_or_else(spare);
        let Some(text) = self.text else {
            return Err("the report has no field \"text\"; add it".to_owned());
        };
        if hidden::is_blank(&text) {
            return Err("the report's text is empty; add it or take the report out".to_owned());
        }
        let mut report = Report {
            id,
            text,
            published: None,
            publisher: filled(self.publisher),
            author: filled(self.author),
            title: filled(self.title),
            url: filled(self.url),
            language: filled(self.language).map(|tag| language::primary(&tag)),
            guessed: self.guessed,
        };
        let mut complaint = None;
        if let Some(written) = filled(self.published) {
            if let Some(date) = dates::iso(&written) {
                report.published = Some(date);
            } else if let Some(date) = dates::anywhere(&written) {
                report.published = Some(date);
                report.guessed.push(Field::Published);
            } else {
                // What begins with no digit may be anything, also somebody's name: it is not said again.
                let own = written.starts_with(|c: char| c.is_ascii_digit());
                let own = if own { format!(" \"{}\"", shorten(&written)) } else { String::new() };
                complaint =
                    Some(format!("report {}: its date{own} is no day; write it as 2016-01-18", report.id));
            }
        }
        guess::fill(&mut report);
        Ok((report, complaint))
    }

    /// As [`Fields::report`], with the characters that no screen shows taken out of words ([`crate::unhide`]); of what
    /// is wrong with the date and what was taken out the first is told.
    ///
    /// # Errors
    /// As [`Fields::report`].
    pub fn seen(self, spare: impl FnOnce() -> String) -> Result<(Report, Option<String>), String> {
        let (mut report, complaint) = self.report(spare)?;
        let hidden = hidden::unhide(&mut report).map(|what| format!("report {}: {what}", report.id));
        Ok((report, complaint.or(hidden)))
    }
}

fn filled(value: Option<String>) -> Option<String> {
    value.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

fn shorten(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
