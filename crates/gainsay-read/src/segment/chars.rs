//! Which characters make words, which part them, and how a text is walked.

/// Whether `c` may stand inside a word: letters and digits of any script, marks that combine with them, the
/// underscore, and the joiners that Persian and Arabic words are written with.
pub(super) fn wordy(c: char) -> bool {
    c.is_alphanumeric()
        || c == '_'
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}')
        || matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{20d0}'..='\u{20ff}')
}

/// Whether `c` shows nothing and so parts words: white space, control characters, marks of direction.
pub(super) fn blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || c == '\u{feff}'
}

/// Whether `c` is an apostrophe as typed, typeset or mistyped.
pub(super) fn apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '`' | '´' | 'ʼ')
}

/// Whether `c` joins the parts of a hyphenated word.
pub(super) fn hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Whether `c` ends a line, and with it a paragraph.
pub(super) fn line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The character that starts at byte `at`.
pub(super) fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..).and_then(|rest| rest.chars().next())
}

/// The character that ends just before byte `at`.
pub(super) fn char_before(text: &str, at: usize) -> Option<char> {
    text.get(..at).and_then(|rest| rest.chars().next_back())
}

/// The first byte at or after `at` whose character fails `test`, but not past `end`.
pub(super) fn run(text: &str, at: usize, end: usize, test: impl Fn(char) -> bool) -> usize {
    let Some(rest) = text.get(at..end) else { return at };
    rest.char_indices().find(|&(_, c)| !test(c)).map_or(end, |(offset, _)| at + offset)
}
