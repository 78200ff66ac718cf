//! One document as it reached the desk.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What intake had to guess, because no metadata said it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// The date, read from the text's own dateline or the page.
    Published,
    /// The outlet.
    Publisher,
    /// Who wrote it, from the page's byline.
    Author,
    /// The title.
    Title,
    /// The language, from the letters and words.
    Language,
}

/// One document: article, post, statement, message. Offsets in claims count over `text`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Unique in a ledger: the id it came with, or the file's stem.
    pub id: String,
    /// The main text, exactly as claims point into it.
    pub text: String,
    /// The day it was said.
    #[serde(default)]
    pub published: Option<Date>,
    /// The outlet, as written.
    #[serde(default)]
    pub publisher: Option<String>,
    /// Who wrote it, as written: a source inside the outlet, and no outlet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// The headline.
    #[serde(default)]
    pub title: Option<String>,
    /// Where it was found.
    #[serde(default)]
    pub url: Option<String>,
    /// ISO 639-1 code.
    #[serde(default)]
    pub language: Option<String>,
    /// Which of the fields above were guessed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guessed: Vec<Field>,
}
