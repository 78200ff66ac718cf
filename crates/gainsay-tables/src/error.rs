//! What is wrong with a table, in one line: which file, which column, what to do about it.

/// Why a table could not be read or written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{subject}: {message}")]
pub struct Error {
    /// The file, or what the table is called.
    pub subject: String,
    /// What is wrong and what to do, in one sentence.
    pub message: String,
}

impl Error {
    /// An error about `subject`.
    pub fn new(subject: impl Into<String>, message: impl Into<String>) -> Error {
        Error { subject: subject.into(), message: one_line(&message.into()) }
    }
}

/// Messages of libraries may have several lines, and be long.
fn one_line(message: &str) -> String {
    const MOST: usize = 400;
    let line = message.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= MOST { line } else { line.chars().take(MOST).chain(['…']).collect() }
}
