//! What may be seen at a terminal: words that come from reports, ledgers and names of files never steer it.
//!
//! **Takes** what is written, to a terminal or elsewhere. **Gives** it on; to a terminal without control characters but
//! line feed and tab, and without what turns writing round. **Never** changes a byte that goes to a file or a pipe.

use std::fmt::Write as _;
use std::io::{self, Write};

/// Whether a character steers a terminal, or turns the writing after it round.
fn steers(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// Words in one line, without what would steer a terminal.
pub fn plain(text: &str) -> String {
    text.chars().map(|c| if steers(c) { ' ' } else { c }).collect()
}

/// JSON that means the same and holds nothing that steers: such characters stand in its strings alone, and are spelled out.
pub fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match steers(c) {
            true => write!(out, "\\u{:04x}", u32::from(c)).expect("a text takes it"),
            false => out.push(c),
        }
    }
    out
}

/// A way out: to a terminal, or elsewhere.
pub struct Shown<W> {
    to: W,
    terminal: bool,
    /// The beginning of a character whose end has not come yet.
    rest: Vec<u8>,
}

impl<W: Write> Shown<W> {
    /// Writes to `to`, which is a terminal or not.
    pub fn new(to: W, terminal: bool) -> Shown<W> {
        Shown { to, terminal, rest: Vec::new() }
    }

    fn show(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.rest.extend_from_slice(bytes);
        // What no next byte can make whole is no text; a character has at most four.
        let whole = match std::str::from_utf8(&self.rest) {
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            _ => self.rest.len(),
        };
        let text = String::from_utf8_lossy(&self.rest[..whole]);
        let keeps = |c: &char| matches!(c, '\n' | '\t') || !steers(*c);
        let shown: String = text.chars().map(|c| if keeps(&c) { c } else { ' ' }).collect();
        self.rest.drain(..whole);
        self.to.write_all(shown.as_bytes())
    }
}

impl<W: Write> Write for Shown<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.terminal {
            return self.to.write(bytes);
        }
        self.show(bytes).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &str = "a\u{1b}[31mred\u{9b}2J\u{202e}b\u{7f}\r\u{2028}\tقصف\n";

    fn written(terminal: bool, step: usize) -> Vec<u8> {
        let mut out = Shown::new(Vec::new(), terminal);
        HOSTILE.as_bytes().chunks(step).for_each(|part| out.write_all(part).unwrap());
        out.to
    }

    #[test]
    fn a_terminal_is_not_steered_however_the_bytes_come() {
        for step in [1, 2, 3, 1000] {
            assert_eq!(String::from_utf8(written(true, step)).unwrap(), "a [31mred 2J b   \tقصف\n");
            assert_eq!(written(false, step), HOSTILE.as_bytes(), "elsewhere nothing is changed");
        }
        let mut out = Shown::new(Vec::new(), true);
        out.write_all(b"no\xff\x1btext").unwrap();
        assert_eq!(out.to, "no\u{fffd} text".as_bytes());
        assert_eq!(plain(HOSTILE), "a [31mred 2J b    قصف ");
    }

    #[test]
    fn json_means_the_same() {
        let json = serde_json::to_string(HOSTILE).unwrap();
        let spelled = escaped(&json);
        assert!(!spelled.chars().any(steers), "{spelled}");
        assert_eq!(serde_json::from_str::<String>(&spelled).unwrap(), HOSTILE);
    }
}
