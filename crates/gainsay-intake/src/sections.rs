//! What a heading says of the part of a page below it: comments, lists of other articles.
//!
//! Where class names say nothing, as on pages of generated names, a heading "37 comments" or "Read next" still does.
//! What holds the headline or much of the text stays.

use dom_query::{Document, NodeRef};

use crate::furniture;
use crate::metadata::one_line;

/// Longest heading that is looked at, in characters.
const LONGEST: usize = 60;

/// Most such headings of a page: each costs a look at what it heads.
const MOST: usize = 100;

/// Headings of lists of other articles, sorted; in small letters.
const LISTS: &[&str] = &[
    "also in this section",
    "do not miss",
    "don't miss",
    "latest news",
    "latest publications",
    "latest stories",
    "lire aussi",
    "more for you",
    "more from this section",
    "more like this",
    "more stories",
    "more to read",
    "most popular",
    "most read",
    "most viewed",
    "other news",
    "read more",
    "read next",
    "recommended",
    "recommended for you",
    "recommended stories",
    "related",
    "related articles",
    "related content",
    "related coverage",
    "related news",
    "related posts",
    "related stories",
    "related topics",
    "see also",
    "services",
    "sur le même sujet",
    "trending",
    "trending now",
    "you may also like",
    "you might also like",
    "you might like",
    "à lire aussi",
    "другие новости",
    "материалы по теме",
    "новости по теме",
    "по теме",
    "читайте также",
    "читайте також",
    "اقرأ أيضا",
    "اقرأ أيضاً",
    "مقالات ذات صلة",
    "مواضيع ذات صلة",
];

/// Words that head comments, after or before their number, sorted.
const COMMENTS: &[&str] = &[
    "comment",
    "comments",
    "commentaires",
    "replies",
    "responses",
    "комментарии",
    "коментарі",
    "التعليقات",
    "تعليقات",
];

/// Takes out comments and lists of other articles that a heading tells of.
pub(crate) fn strip(doc: &Document, headline: Option<&str>) {
    let Some(body) = doc.body() else { return };
    let all = body.normalized_char_count();
    let mut found = 0;
    for node in body.descendants() {
        // What it lies in may be gone already.
        if !node.is_element()
            || !is_short_block(&node)
            || !node.ancestors_it(None).any(|above| above.id == body.id)
        {
            continue;
        }
        let text = one_line(&node.text()).to_lowercase();
        let text = text.trim_end_matches([':', '.', '…', '»', '>']).trim();
        if text.is_empty() || text.chars().count() > LONGEST {
            continue;
        }
        if found == MOST {
            break;
        }
        if heads_comments(text) {
            found += 1;
            let mut next = node.next_sibling();
            while let Some(sibling) = next {
                next = sibling.next_sibling();
                if !furniture::holds_article(&sibling, headline) {
                    sibling.remove_from_parent();
                }
            }
            node.remove_from_parent();
        } else if LISTS.contains(&text) {
            found += 1;
            let own = |part: &NodeRef| !furniture::holds_article(part, headline) && part.id != body.id;
            let part = |parent: &NodeRef| {
                own(parent) && parent.normalized_char_count() * 3 <= all * 2 && is_list(parent)
            };
            if let Some(parent) = node.parent().filter(part) {
                parent.remove_from_parent();
                continue;
            }
            let mut next = node.next_element_sibling();
            // "list of 3 items", for those who cannot see it.
            while let Some(label) =
                next.filter(|next| next.normalized_char_count() < 30 && next.element_children().is_empty())
            {
                next = label.next_element_sibling();
            }
            if let Some(list) = next.filter(|next| own(next) && is_list(next)) {
                list.remove_from_parent();
            }
            node.remove_from_parent();
        }
    }
}

fn is_short_block(node: &NodeRef) -> bool {
    let name = node.node_name().unwrap_or_default();
    matches!(name.as_ref(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "div" | "p" | "span" | "strong" | "b")
        && !node.element_children().iter().any(|child| {
            !matches!(child.node_name().as_deref(), Some("a" | "b" | "em" | "i" | "span" | "strong"))
        })
}

/// "37 comments", "Comments (41)", "2 comments:".
fn heads_comments(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_number = |word: &&str| {
        let bare = word.trim_matches(['(', ')']);
        !bare.is_empty() && bare.chars().all(|c| c.is_numeric() || matches!(c, ',' | '.'))
    };
    match words.as_slice() {
        [word] => COMMENTS.contains(word),
        [one, other] => {
            (is_number(one) && COMMENTS.contains(other)) || (COMMENTS.contains(one) && is_number(other))
        }
        _ => false,
    }
}

/// Whether a part of a page is a list of links, or of cards that begin with one.
fn is_list(part: &NodeRef) -> bool {
    let links: usize = part
        .descendants_it()
        .filter(|node| {
            node.has_name("a") || node.has_name("li") || node.has_name("h3") || node.has_name("h5")
        })
        .filter(|node| !node.ancestors_it(None).any(|above| above.has_name("a") || above.has_name("li")))
        .map(|node| node.normalized_char_count())
        .sum();
    links * 2 >= part.normalized_char_count() || part.normalized_char_count() < 200
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_comments() {
        for text in ["37 comments", "comments (41)", "comments", "2 comments", "التعليقات"] {
            assert!(heads_comments(text), "{text}");
        }
        for text in ["comments by the army", "two were killed", "no comment"] {
            assert!(!heads_comments(text), "{text}");
        }
    }

    #[test]
    fn a_list_goes_and_a_text_under_such_a_heading_stays() {
        let text =
            "Fighters came to the town at dawn and took the bridge, a resident said by telephone. ".repeat(4);
        let page = format!(
            "<body><div class=a1><p>{text}</p><div class=x><div>Read next</div><ul><li><a>Other news of the day</a></ul></div>\
             <h2>Related</h2><p>{text}</p></div><div class=q><h3>2 comments</h3><p>I was there.</p></div></body>"
        );
        let doc = Document::from(page);
        strip(&doc, None);
        let left = doc.text().to_string();
        assert!(!left.contains("Other news") && !left.contains("I was there"), "{left}");
        assert_eq!(left.matches("Fighters came").count(), 8);
    }
}
