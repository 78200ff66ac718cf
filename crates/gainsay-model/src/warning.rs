//! What could not be read, and where.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// One thing a pass or an input could not deal with; the rest went on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// The file, or the report's id.
    pub subject: String,
    /// The line, counted from 1, where there is one.
    pub line: Option<usize>,
    /// What is wrong and what to do about it, in one sentence.
    pub message: String,
}

impl std::fmt::Display for Warning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (subject, message) = (one_line(&self.subject), one_line(&self.message));
        match self.line {
            Some(line) => write!(f, "{subject}:{line}: {message}"),
            None => write!(f, "{subject}: {message}"),
        }
    }
}

/// Words of others as they may stand in one line on a terminal: without control characters, by which a report or a file's
/// name could write lines of its own or move the cursor, and without signs that turn the direction of writing (Unicode
/// Standard Annex 9, explicit formatting).
pub fn one_line(text: &str) -> Cow<'_, str> {
    let breaks = |c: char| matches!(c, '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
    };
    if !text.contains(|c| breaks(c) || hidden(c)) {
        return Cow::Borrowed(text);
    }
    let plain = text.chars().map(|c| if breaks(c) { ' ' } else { c });
    Cow::Owned(plain.filter(|c| !hidden(*c)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_warning_is_one_line_whatever_it_quotes() {
        let warning = Warning {
            subject: "a\u{1b}[2J.txt".into(),
            line: Some(3),
            message: "its date \"20\n6 18\u{202e}t\" is no day".into(),
        };
        assert_eq!(warning.to_string(), "a[2J.txt:3: its date \"20 6 18t\" is no day");
        assert!(matches!(one_line("“Deir ez-Zor”, سقط الجسر"), Cow::Borrowed(_)));
    }
}
