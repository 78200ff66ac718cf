//! Documents as people write and send them: office files, PDF, mail.
//!
//! What they say of themselves (title, author, the day they were made) is often left over from another document, so
//! all of it counts as guessed, and a day in the text goes before it.

pub(crate) mod docx;
pub(crate) mod mail;
pub(crate) mod mbox;
pub(crate) mod odt;
pub(crate) mod pdf;

mod flow;
mod parts;

use gainsay_model::{Field, Report};
use jiff::civil::Date;

use crate::decode::Refusal;
use crate::{guess, language, text};

/// What a document says of itself.
#[derive(Debug, Default)]
pub(crate) struct Properties {
    pub title: Option<String>,
    pub author: Option<String>,
    pub made: Option<Date>,
    pub language: Option<String>,
}

/// A report of a document's text.
///
/// # Errors
/// No text.
fn report(text: &str, said: Properties) -> Result<Report, Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::new("the document holds no text; give its text as .txt"));
    }
    let mut report = text::bare(text.trim_matches('\n').to_owned());
    let mut guessed = |known: bool, field: Field| {
        if known {
            report.guessed.push(field);
        }
    };
    let title = said.title.filter(|title| is_title(title));
    let author = said.author.filter(|author| is_author(author));
    guessed(title.is_some(), Field::Title);
    guessed(author.is_some(), Field::Author);
    (report.title, report.author) = (title, author);
    report.language = said.language.map(|tag| language::primary(&tag)).filter(|tag| !tag.is_empty());
    // A template's language says nothing of the text that somebody wrote into it.
    if let Some(told) = language::guess(text) {
        report.language = Some(told);
        report.guessed.push(Field::Language);
    }
    guess::fill(&mut report);
    if let (None, Some(day)) = (report.published, said.made) {
        report.published = Some(day);
        report.guessed.push(Field::Published);
    }
    report.guessed.sort();
    report.guessed.dedup();
    Ok(report)
}

/// Whether a property may be a headline, and is not what a program wrote there.
fn is_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    let ends = [".doc", ".docx", ".odt", ".pdf", ".rtf", ".indd", ".qxd", ".txt", ".html"];
    let begins =
        ["microsoft word", "untitled", "document", "unknown", "slide 1", "powerpoint", "print", "about:"];
    title.split_whitespace().count() > 1
        && title.chars().count() < 300
        && !ends.iter().any(|end| lower.ends_with(end))
        && !begins.iter().any(|begin| lower.starts_with(begin))
}

/// Whether a property may name whoever wrote it, and not the account that it was written from.
fn is_author(author: &str) -> bool {
    let lower = author.to_lowercase();
    author.split_whitespace().count() > 1
        && author.chars().count() < 100
        && !["windows", "user", "admin", "microsoft", "office", "owner"]
            .iter()
            .any(|word| lower.contains(word))
}
