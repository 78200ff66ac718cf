//! Web and mail addresses, names of files and newsgroups: one word each.

use super::chars::blank;

/// Where a web or mail address that starts at `at` ends.
pub(super) fn address(text: &str, at: usize, end: usize) -> Option<usize> {
    let rest = text.get(at..end)?;
    let head = rest.as_bytes().first()?;
    if !head.is_ascii_alphanumeric() {
        return None;
    }
    let web = ["http://", "https://", "ftp://", "www."]
        .iter()
        .any(|start| rest.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start)));
    // A mail address is looked for over a bounded stretch, so that a long run of letters costs no more than once.
    let mut stop = at;
    let mut sign = false;
    for (count, (offset, c)) in rest.char_indices().enumerate() {
        let fits = if web {
            !blank(c) && !matches!(c, '"' | '<' | '>' | '”' | '“')
        } else {
            c.is_ascii_alphanumeric() || matches!(c, '@' | '.' | '_' | '-' | '+')
        };
        if !fits || (!web && count > 80) {
            break;
        }
        sign |= c == '@';
        stop = at + offset + c.len_utf8();
        // Most words are neither: give up at the first eight letters without a sign of an address.
        if !web && !sign && count > 40 {
            return None;
        }
    }
    let body = text.get(at..stop)?;
    let trimmed = body.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '’', '…', '*', '-']);
    let mail =
        sign && trimmed.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    let bare = !web && !mail && bare_site(trimmed);
    (web && trimmed.len() > 4 || mail || bare).then_some(at + trimmed.len())
}

/// Whether `body` is a site named without its scheme: `SyriaDirect.org`.
fn bare_site(body: &str) -> bool {
    let Some((name, end)) = body.rsplit_once('.') else { return false };
    let lower = name.bytes().any(|b| b.is_ascii_lowercase());
    name.len() > 2
        && !name.contains("..")
        && !name.contains('@')
        && (lower
            && matches!(end, "com" | "org" | "net" | "info" | "gov" | "edu" | "tv" | "uk" | "sy" | "iq")
            || matches!(
                end,
                "doc" | "docx" | "pdf" | "htm" | "html" | "xls" | "jpg" | "jpeg" | "png" | "txt" | "mp4"
            )
            || name.contains('.') && body.bytes().all(|b| b.is_ascii_lowercase() || b == b'.' || b == b'-'))
}
