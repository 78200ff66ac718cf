//! A plain text file to a report. The text stays as it is, but for line ends.

use gainsay_model::Report;

use crate::decode::{self, Refusal};
use crate::formats::{Format, Reading};
use crate::guess;

/// Plain text; all that is nothing else.
pub(crate) const FORMAT: Format = Format {
    name: "text",
    extensions: &["txt", "md"],
    media: &["text/plain", "text/markdown"],
    begins: |_| true,
    read: Reading::One(|raw| read(&decode::plain(raw)?)),
};

/// The report; its id is for the caller to give.
///
/// # Errors
/// A text of nothing but white space.
pub(crate) fn read(text: &str) -> Result<Report, Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::new("the file is empty; fill it or take it out"));
    }
    let mut report = bare(unix_lines(text));
    guess::fill(&mut report);
    Ok(report)
}

/// A report with nothing but its text.
pub(crate) fn bare(text: String) -> Report {
    Report {
        id: String::new(),
        text,
        published: None,
        publisher: None,
        author: None,
        title: None,
        url: None,
        language: None,
        guessed: Vec::new(),
    }
}

/// CRLF to LF; a lone CR stays.
pub(crate) fn unix_lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}
