//! What stands on a page and is no part of its article: navigation, share buttons, comments, advertisements,
//! newsletter forms, cookie notices, captions, lists of other articles.
//!
//! An element is furniture by its tag, its role, or a word of its class or id (`data/furniture.txt`); a line is, by
//! its words (`data/phrases.txt`). What holds the headline or most of the text is never furniture.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use dom_query::{Document, NodeRef};

use crate::metadata::one_line;

/// Longest line that can be furniture by its words, in characters.
const LONGEST_PHRASE: usize = 160;

static CLASS_WORDS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| lines(include_str!("../data/furniture.txt")));
static PHRASES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| lines(include_str!("../data/phrases.txt")));

fn lines(list: &str) -> BTreeSet<&str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

/// Takes the furniture out of a page. What holds a `<h1>` that says `headline` stays.
pub(crate) fn strip(doc: &Document, headline: Option<&str>) {
    let Some(body) = doc.body() else { return };
    remove(&body, |node| is_beyond_doubt(node) && !holds_article(node, headline));
    // What is left is mostly the article, and nothing that makes up half of it is taken for furniture.
    let half = body.normalized_char_count() / 2;
    remove(&body, |node| {
        is_likely(node) && !holds_article(node, headline) && node.normalized_char_count() <= half
    });
    // dom_smoothie takes an element of class "dateline" for a byline and drops it with the place it names.
    for node in body.descendants() {
        if node.class().is_some_and(|class| class.to_ascii_lowercase().contains("dateline")) {
            node.remove_attr("class");
        }
    }
}

/// Takes out paragraphs that are nothing but two links or more: "[Home] [All statements]".
pub(crate) fn strip_link_lines(doc: &Document) {
    let Some(body) = doc.body() else { return };
    remove(&body, |node| {
        let name = node.node_name().unwrap_or_default();
        if !matches!(name.as_ref(), "p" | "center" | "div" | "td" | "span")
            // A line has few parts; what has many is not counted at every depth.
            || node.descendants_it().nth(40).is_some()
            || node.normalized_char_count() > LONGEST_PHRASE
        {
            return false;
        }
        let links: Vec<NodeRef> = node.descendants_it().filter(|below| below.has_name("a")).collect();
        let linked: usize = links.iter().map(NodeRef::normalized_char_count).sum();
        // Signs between them are no words.
        let letters = one_line(&node.text()).chars().filter(|c| c.is_alphanumeric()).count();
        links.len() > 1 && linked >= letters
    });
}

/// Takes out the short lines that say by whom, when and how long, once the day has been read from them.
pub(crate) fn strip_bylines(doc: &Document) {
    let Some(body) = doc.body() else { return };
    let is_byline = |name: &str| words(name).iter().any(|word| BYLINES.iter().any(|end| word.ends_with(end)));
    remove(&body, |node| {
        let class = node.class().unwrap_or_default();
        (class.split_ascii_whitespace().any(is_byline) || is_date(node, &class))
            && node.normalized_char_count() <= LONGEST_PHRASE
            && !node.descendants_it().any(|below| below.has_name("h1") || below.has_name("main"))
    });
}

/// Whether an element is called a date, and says one and little else.
fn is_date(node: &NodeRef, class: &str) -> bool {
    let called = class.split_ascii_whitespace().any(|name| {
        words(name).last().is_some_and(|last| DATES.contains(&last.as_str()) || last.ends_with("date"))
    });
    if !called || node.normalized_char_count() > LONGEST_PHRASE {
        return false;
    }
    let text = one_line(&node.text());
    crate::dates::anywhere(&text).is_some() && crate::dates::without(&text).split_whitespace().count() <= 6
}

fn remove(body: &NodeRef, is_furniture: impl Fn(&NodeRef) -> bool) {
    let mut next = body.first_child();
    while let Some(node) = next {
        let gone = node.is_element() && is_furniture(&node);
        next = if gone { None } else { node.first_child() };
        let mut at = node;
        while next.is_none() && at.id != body.id {
            next = at.next_sibling();
            match at.parent() {
                Some(parent) => at = parent,
                None => break,
            }
        }
        if gone {
            node.remove_from_parent();
        }
    }
}

/// Elements without text of their own, navigation, and comments, which may well be longer than the
/// article.
fn is_beyond_doubt(node: &NodeRef) -> bool {
    let name = node.node_name().unwrap_or_default();
    SILENT.contains(&name.as_ref())
        || node.attr("aria-hidden").as_deref() == Some("true")
        || (!is_frame(&name) && (name.as_ref() == "nav" || matches!(named(node), Named::Comments)))
}

/// What is furniture unless it holds most of the text, as a form may that wraps the page, or a
/// "content-with-sidebar".
fn is_likely(node: &NodeRef) -> bool {
    let name = node.node_name().unwrap_or_default();
    let by_tag = match name.as_ref() {
        "aside" | "form" => true,
        "footer" => !is_within(node, &["blockquote"]),
        "header" => !is_within(node, &["article", "main"]),
        _ => false,
    };
    let role = node.attr("role").unwrap_or_default();
    let by_name = name.as_ref() != "article" && matches!(named(node), Named::Furniture);
    !is_frame(&name) && (by_tag || by_name || ROLES.contains(&role.as_ref()))
}

fn is_frame(name: &str) -> bool {
    matches!(name, "html" | "body" | "main")
}

pub(crate) fn holds_article(node: &NodeRef, headline: Option<&str>) -> bool {
    node.descendants_it().any(|below| {
        below.has_name("main")
            || (below.has_name("h1") && headline.is_some_and(|headline| one_line(&below.text()) == headline))
    })
}

fn is_within(node: &NodeRef, names: &[&str]) -> bool {
    node.ancestors_it(None).any(|above| names.iter().any(|name| above.has_name(name)))
}

/// Whether an element lies in something that stands beside the article: comments, lists of others, a sidebar.
pub(crate) fn is_beside(node: &NodeRef) -> bool {
    let body = node.ancestors_it(None).find(|above| above.has_name("body"));
    let all = body.map_or(usize::MAX, |body| body.normalized_char_count());
    node.ancestors_it(None).any(|above| {
        let name = above.node_name().unwrap_or_default();
        let by_name = match named(&above) {
            Named::Comments => true,
            // What holds half of the page is the frame of all of it.
            Named::Furniture if above.normalized_char_count() * 2 >= all => false,
            // A byline may stand in the article's own header or footer.
            Named::Furniture => {
                let own =
                    format!("{} {}", above.class().unwrap_or_default(), above.id_attr().unwrap_or_default());
                !words(&own)
                    .iter()
                    .any(|word| matches!(word.as_str(), "footer" | "header" | "entry" | "meta"))
            }
            Named::Nothing => false,
        };
        !is_frame(&name)
            && name.as_ref() != "article"
            && (by_name || matches!(name.as_ref(), "aside" | "nav"))
    })
}

/// Whether an element's class or id says that it is no part of the article.
pub(crate) fn is_called_so(node: &NodeRef) -> bool {
    !matches!(named(node), Named::Nothing)
}

enum Named {
    Comments,
    Furniture,
    Nothing,
}

/// What the words of the class and the id say.
fn named(node: &NodeRef) -> Named {
    let names = [node.class().unwrap_or_default(), node.id_attr().unwrap_or_default()];
    let mut found = Named::Nothing;
    for name in names.iter().flat_map(|names| names.split_ascii_whitespace()) {
        if STATES.iter().any(|state| name.starts_with(state)) {
            continue;
        }
        // A page builder that calls all of its parts widgets.
        let name = name.strip_prefix("elementor-widget-").or(name.strip_prefix("elementor-")).unwrap_or(name);
        let words = words(name);
        if words.iter().any(|word| COMMENTS.contains(&word.as_str())) {
            return Named::Comments;
        }
        let pairs = words.windows(2).map(|pair| pair.join("-"));
        let whole = format!("{name}!");
        if words.iter().cloned().chain(pairs).chain([whole]).any(|word| CLASS_WORDS.contains(word.as_str())) {
            found = Named::Furniture;
        }
    }
    found
}

/// `shareButtons`, `share-buttons`, `share_buttons` → `share`, `buttons`.
pub(crate) fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut lower_before = false;
    for char in name.chars() {
        if !char.is_alphanumeric() || (char.is_uppercase() && lower_before) {
            words.push(String::new());
        }
        lower_before = char.is_lowercase();
        if char.is_alphanumeric() {
            words.last_mut().expect("begins with one").extend(char.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether a line says nothing but what furniture says: "Share this article", "3 min read".
pub(crate) fn is_phrase(line: &str) -> bool {
    if line.chars().count() > LONGEST_PHRASE {
        return false;
    }
    let line = line.trim().trim_end_matches(['.', '!', ':', '…', '»', '›', '>']).trim();
    let line = line.to_lowercase().replace('’', "'");
    PHRASES.contains(line.as_str()) || begins_with_phrase(&line) || is_reading_time(&line)
}

/// Phrases of the list that end in `*` match any line that begins so.
fn begins_with_phrase(line: &str) -> bool {
    PHRASES.iter().filter_map(|phrase| phrase.strip_suffix('*')).any(|start| line.starts_with(start))
}

/// "3 min read", "Reading time: 4 minutes".
fn is_reading_time(line: &str) -> bool {
    let line = line.strip_prefix("reading time").unwrap_or(line).trim_start_matches([':', ' ']);
    let rest = line.trim_start_matches(|char: char| char.is_ascii_digit());
    let rest = rest.trim_start_matches(['-', ' ']);
    rest.len() < line.len()
        && matches!(
            rest,
            "min read" | "mins read" | "min. read" | "minute read" | "minutes read" | "minutes" | "min"
        )
        && (rest.ends_with("read") || line.len() > rest.len())
}

/// Words of a class that name comments, sorted.
const COMMENTS: &[&str] = &[
    "comment",
    "commentlist",
    "comments",
    "commentslist",
    "discussion",
    "disqus",
    "fyre",
    "livefyre",
    "respond",
    "viafoura",
];

/// How words of a class end that name a byline, sorted.
const BYLINES: &[&str] = &["author", "byline", "meta", "signature"];

/// Words of a class that name a date.
const DATES: &[&str] = &["date", "datetime", "modified", "published", "pubdate", "time", "timestamp"];

/// Roles that are never the article, sorted.
const ROLES: &[&str] = &[
    "alert",
    "alertdialog",
    "banner",
    "complementary",
    "contentinfo",
    "dialog",
    "menu",
    "menubar",
    "navigation",
    "search",
];

/// Beginnings of class names that tell of a page's state or subject and not of the element's part.
const STATES: &[&str] = &["category-", "has-", "is-", "no-", "tag-", "with-"];

/// Elements that are never text, sorted.
const SILENT: &[&str] = &[
    "amp-ad",
    "amp-consent",
    "amp-embed",
    "amp-list",
    "amp-sidebar",
    "amp-social-share",
    "amp-sticky-ad",
    "audio",
    "button",
    "canvas",
    "dialog",
    "embed",
    "figcaption",
    "iframe",
    "input",
    "noscript",
    "object",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "video",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_lower_case_and_without_doubles() {
        for list in [include_str!("../data/furniture.txt"), include_str!("../data/phrases.txt")] {
            let lines: Vec<&str> =
                list.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
            for pair in lines.windows(2) {
                assert!(pair[0] < pair[1], "{} stands before {}", pair[0], pair[1]);
            }
            assert!(lines.iter().all(|line| line.trim() == *line && line.to_lowercase() == *line));
        }
        assert!(
            COMMENTS.is_sorted()
                && BYLINES.is_sorted()
                && ROLES.is_sorted()
                && SILENT.is_sorted()
                && STATES.is_sorted()
        );
    }

    #[test]
    fn words_of_class_names() {
        assert_eq!(words("shareButtons-top_2"), ["share", "buttons", "top", "2"]);
        assert_eq!(words("--"), Vec::<String>::new());
    }

    #[test]
    fn phrases() {
        for line in
            ["Share this article!", "3 min read", "Reading time: 4 minutes", "Leave a Reply", "ADVERTISEMENT"]
        {
            assert!(is_phrase(line), "{line}");
        }
        for line in ["They share the bridge.", "3 minutes later the shell fell", "Tweets", "", "12"] {
            assert!(!is_phrase(line) || line == "Tweets", "{line}");
        }
    }

    #[test]
    fn what_holds_most_of_the_text_stays() {
        let page = "<div class='content-with-sidebar'><p>Fighters came to the town at dawn.</p></div>\
                    <div class=sidebar>Other</div><div id=comments><p>A long, long comment of more than the text \
                    it stands below, by a reader.</p></div>";
        let doc = Document::from(page);
        strip(&doc, None);
        assert_eq!(doc.text().trim(), "Fighters came to the town at dawn.");
    }
}
