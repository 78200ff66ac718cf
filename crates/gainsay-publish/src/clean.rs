//! Text of reports made harmless: no control characters, no signs that turn the direction of writing.

/// One line of text without control characters and without the signs that override or embed a direction (Unicode
/// Bidirectional Algorithm, explicit formatting): with them a report could show 51 where it says 15.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' | '\u{85}' => out.push(' '),
            c if turns(c) => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// The same with its lines kept: lists and tables are read by them.
pub(crate) fn clean_lines(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(clean).collect();
    lines.join("\n")
}

/// Signs without a picture that turn or hide what stands after them.
fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// A finished brief without any sign that turns the direction of writing, wherever it may have come from.
pub(crate) fn seal(mut written: String) -> String {
    written.retain(|c| !turns(c) && (c == '\n' || !c.is_control()));
    written
}

/// Text for Markdown: nothing in it is markup, a link, a mention or HTML.
pub(crate) fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // A word joiner on either side: programs that show Markdown make links of addresses and mentions.
            '@' => out.push_str("\u{2060}@\u{2060}"),
            ':' if ["http", "https", "ftp"].iter().any(|scheme| ends_with(&out, scheme)) => {
                out.push_str("\\:")
            }
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '+' | '!' | '|' | '~' | '$' | '^'
            | '=' => {
                out.push('\\');
                out.push(c);
            }
            '.' if ends_with(&out, "www") || ends_with_number(&out) => out.push_str("\\."),
            ')' if ends_with_number(&out) => out.push_str("\\)"),
            '-' if out.is_empty() => out.push_str("\\-"),
            c => out.push(c),
        }
    }
    out
}

/// Whether the text so far ends so, case aside.
fn ends_with(out: &str, tail: &str) -> bool {
    let from = out.len().wrapping_sub(tail.len());
    out.get(from..).is_some_and(|end| end.eq_ignore_ascii_case(tail))
}

/// Whether the text so far is nothing but a number: "3." at the head of a line starts a list.
fn ends_with_number(out: &str) -> bool {
    !out.is_empty() && out.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_and_controls_go() {
        assert_eq!(clean("a\u{202e}51\u{202c}\u{7}b\r\nc"), "a51b  c");
        assert_eq!(clean("دير الزور"), "دير الزور");
    }

    #[test]
    fn markdown_is_text() {
        for (raw, safe) in [
            ("[x](http://e.org)", "\\[x\\](http\\://e.org)"),
            ("<b>*a*</b>", "&lt;b&gt;\\*a\\*&lt;/b&gt;"),
            ("www.e.org", "www\\.e.org"),
            ("a | b", "a \\| b"),
            ("1. one", "1\\. one"),
            ("@here", "\u{2060}@\u{2060}here"),
        ] {
            assert_eq!(markdown(raw), safe);
        }
    }
}
