//! A page without its programs and styles: they hold signs that look like tags, and nothing of the text.

use std::borrow::Cow;

use crate::sheet::is_for_screens;
use crate::tree::attributes;

/// A page without its programs and styles.
pub(crate) struct Emptied<'p> {
    pub(crate) page: Cow<'p, str>,
    /// Its styles for screens, one behind the other.
    pub(crate) styles: String,
}

/// The page with nothing between the tags of its scripts and styles, but for structured data (JSON). What has no end is left.
///
/// A parser leaves them out as well, but what a page weighs is counted before it is parsed: so both see the same.
pub(crate) fn emptied(page: &str) -> Emptied<'_> {
    let (mut kept, mut styles) = (String::new(), String::new());
    // Styles for readers without scripts are for nobody else.
    let mut scriptless = false;
    // Up to here the page was copied, and up to here it was looked at.
    let (mut copied, mut at) = (0, 0);
    while let Some(found) = page.get(at..).and_then(|rest| rest.find('<')) {
        let open = at + found;
        let rest = &page[open + 1..];
        if rest.starts_with("!--") {
            // `<!-->` is a comment as well.
            match page[open + 2..].find("-->") {
                Some(end) => at = open + 2 + end + 3,
                None => break,
            }
            continue;
        }
        if let Some(name) = rest.strip_prefix('/') {
            scriptless &= !is_noscript(name);
        }
        scriptless |= is_noscript(rest);
        let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let name = &rest[..length];
        let Some(silent) = ["script", "style"].into_iter().find(|own| own.eq_ignore_ascii_case(name)) else {
            at = open + 1 + length;
            continue;
        };
        let (_, end) = attributes(&rest.as_bytes()[length..]);
        let Some(end) = end.map(|end| open + 1 + length + end).filter(|end| page.as_bytes()[*end] == b'>')
        else {
            break;
        };
        let data = silent == "script" && page[open..end].to_ascii_lowercase().contains("json");
        let Some(close) = closing(&page.as_bytes()[end..], silent.as_bytes()).map(|close| end + close) else {
            break;
        };
        if silent == "style" && !scriptless && is_for_screens(&page[open..end]) {
            styles.push_str(&page[end + 1..close]);
            styles.push('\n');
        }
        if !data {
            kept.push_str(&page[copied..=end]);
            copied = close;
        }
        at = close + 1;
    }
    if copied == 0 {
        return Emptied { page: Cow::Borrowed(page), styles };
    }
    kept.push_str(&page[copied..]);
    Emptied { page: Cow::Owned(kept), styles }
}

fn is_noscript(tag: &str) -> bool {
    tag.get(..8).is_some_and(|name| name.eq_ignore_ascii_case("noscript"))
}

/// Where an element's end tag begins.
fn closing(bytes: &[u8], name: &[u8]) -> Option<usize> {
    bytes
        .windows(name.len() + 2)
        .position(|tag| tag.starts_with(b"</") && tag[2..].eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_go_and_everything_else_stays() {
        for (page, left) in [
            ("<p>a</p>", "<p>a</p>"),
            ("<script>for(i=0;i<n;i++)</script><p>a", "<script></script><p>a"),
            ("<SCRIPT src='a>b'>x<y</Script >b", "<SCRIPT src='a>b'></Script >b"),
            ("<style>p<q{}</style>é<script>x</script>", "<style></style>é<script></script>"),
            (
                "<script type=\"application/ld+json\">{\"a\":\"<p>\"}</script>",
                "<script type=\"application/ld+json\">{\"a\":\"<p>\"}</script>",
            ),
            ("<!-- <script> --><p>a</p><script>x</script>", "<!-- <script> --><p>a</p><script></script>"),
            ("<!--><script>x</script>", "<!--><script></script>"),
            ("<script>never ends <p>a", "<script>never ends <p>a"),
            ("<script", "<script"),
            ("<", "<"),
        ] {
            assert_eq!(emptied(page).page, left, "{page}");
        }
    }

    #[test]
    fn styles_for_screens_are_kept_aside() {
        let page = "<style>a{}</style><style media=print>b{}</style><noscript><style>c{}</style></noscript>\
                    <STYLE media='screen' type=\"text/css\">d{}</STYLE><style type=text/x>e{}</style><!--<style>f{}</style>-->";
        assert_eq!(emptied(page).styles, "a{}\nd{}\n");
    }

    #[test]
    fn long_pages_are_gone_through_once() {
        for piece in ["<", "<script", "<script>", "<script></script>", "<!--", "<style a='", "<script\n"] {
            let page = piece.repeat(100_000);
            assert!(emptied(&page).page.len() <= page.len(), "{piece}");
        }
    }
}
