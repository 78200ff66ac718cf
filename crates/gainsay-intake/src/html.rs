//! A page to a report: metadata, then the main text without furniture.
//!
//! The main text is found by `dom_smoothie`. Furniture is stripped before it, since it keeps comments and share
//! buttons that stand close to the text, and after it, by their words.

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};
use gainsay_model::{Field, Report};

use crate::decode::Refusal;
use crate::formats::{Format, Reading};
use crate::limits::MAX_REFERENCES;
use crate::metadata::one_line;
use crate::{
    author, dateline, dates, decode, formats, furniture, guess, language, metadata, prose, scripts, sections,
    text, tree, unseen,
};

/// Below this many characters, dom_smoothie tries again with a looser policy. Its own 500 would let navigation and
/// comments into short notices.
const CHAR_THRESHOLD: usize = 100;

/// A page of the web.
pub(crate) const FORMAT: Format = Format {
    name: "page",
    extensions: &["html", "htm"],
    media: &["text/html", "application/xhtml+xml"],
    begins,
    read: Reading::One(|raw| read(&decode::page(raw)?)),
};

/// Whether bytes begin like a page.
pub(crate) fn begins(head: &[u8]) -> bool {
    const TAGS: &[&str] = &[
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<article",
        "<main",
        "<div",
        "<p>",
        "<!--",
        "<meta",
        "<h1",
    ];
    let head = formats::bare(head);
    let head = String::from_utf8_lossy(&head[..head.len().min(1024)]).to_ascii_lowercase();
    TAGS.iter().any(|tag| head.starts_with(tag)) || (head.starts_with("<?xml") && head.contains("<html"))
}

/// The report; its id is for the caller to give.
///
/// # Errors
/// A page without text, or one whose tags are beyond [bounds](tree::tree).
pub(crate) fn read(page: &str) -> Result<Report, Refusal> {
    let scripts::Emptied { page, styles } = scripts::emptied(page);
    let again =
        |wrong: String| Refusal::new(format!("{wrong}; save the page again from a browser, or as .txt"));
    let doc = tree::tree(&page).map_err(again)?;
    if let Some(wrong) = crowded(&doc) {
        return Err(Refusal::new(format!("{wrong}; save it as .txt")));
    }
    unseen::strip(&doc, &styles, true).map_err(again)?;
    // What the head and the structured data say.
    let mut found = metadata::declared(&doc);
    // What is no part of the article goes, and then the page shows its own date.
    furniture::strip(&doc, found.title.as_deref());
    sections::strip(&doc, found.title.as_deref());
    metadata::shown(&doc, &mut found);
    furniture::strip_bylines(&doc);
    furniture::strip_link_lines(&doc);
    isolate(&doc, found.title.as_deref());
    let standfirst = standfirst(&doc, found.title.as_deref());
    if let Some(title) = &found.title {
        remove_headline(&doc, title);
    }
    let text = trimmed(main_text(doc), standfirst, &mut found);
    if text.is_empty() {
        return Err(Refusal::new("the page holds no text; save it again once it has loaded, or as .txt"));
    }
    let mut report = Report {
        published: found.published,
        publisher: found.publisher,
        author: found.author,
        title: found.title,
        url: found.url,
        language: found.language.map(|tag| language::primary(&tag)),
        guessed: found.guessed,
        ..text::bare(text)
    };
    let untitled = report.title.is_none();
    guess::fill(&mut report);
    if untitled && report.title.is_some() && !report.guessed.contains(&Field::Title) {
        report.guessed.push(Field::Title);
    }
    Ok(report)
}

/// The text of a piece of HTML that is the article and nothing else, as feeds and exports carry it.
///
/// # Errors
/// One whose tags are beyond [bounds](tree::tree).
pub(crate) fn fragment(piece: &str) -> Result<String, Refusal> {
    let scripts::Emptied { page: piece, styles } = scripts::emptied(piece);
    let alone = |wrong: String| Refusal::new(format!("{wrong}; give its text alone"));
    let doc = tree::tree(&piece).map_err(alone)?;
    if let Some(wrong) = crowded(&doc) {
        return Err(Refusal::new(format!("{wrong}; give its text alone")));
    }
    unseen::strip(&doc, &styles, false).map_err(alone)?;
    furniture::strip(&doc, None);
    Ok(doc.body().map(|body| prose::of(&body)).unwrap_or_default())
}

/// Whether a text comes with tags: it begins with one of a page's, or holds an end of one.
pub(crate) fn is_marked_up(text: &str) -> bool {
    let head = text.trim_start();
    let opens = head
        .strip_prefix('<')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!'));
    opens && head.contains('>')
        || ["</p>", "</a>", "</b>", "</i>", "</em>", "</div>", "</strong>", "<br>", "<br/>", "<br />"]
            .iter()
            .any(|tag| text.contains(tag))
}

/// The address of the feed that a page names in its head, as it is written there.
pub(crate) fn feed_of(page: &str) -> Option<String> {
    let doc = tree::tree(&scripts::emptied(page).page).ok()?;
    let feeds = r#"link[type="application/rss+xml"], link[type="application/atom+xml"]"#;
    let address = doc.select(feeds).nodes().iter().find_map(|link| link.attr("href"))?;
    let fits = !address.is_empty()
        && address.len() < 300
        && !address.contains(|c: char| c.is_whitespace() || c.is_control());
    fits.then(|| address.to_string())
}

/// Text with its character references written out (`&amp;`, `&#39;`), tags and all.
pub(crate) fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    // Only references are for the parser: what else it would read as a tag stays text.
    Document::fragment(text.replace('<', "&lt;")).text().to_string()
}

/// The words under a headline that sum the article up, where they are called so: they are often left out of what is
/// marked as its body.
fn standfirst(doc: &Document, headline: Option<&str>) -> Option<String> {
    let (body, headline) = (doc.body()?, headline?);
    let mut behind =
        body.descendants_it().skip_while(|node| !(node.has_name("h1") && one_line(&node.text()) == headline));
    behind.by_ref().take(60).find_map(|node| {
        let called = node.is_element()
            && node.class().is_some_and(|class| {
                class.split_ascii_whitespace().any(|name| {
                    furniture::words(name).iter().any(|word| STANDFIRSTS.contains(&word.as_str()))
                })
            });
        let text = one_line(&node.text());
        (called && (30..=600).contains(&text.chars().count())).then_some(text)
    })
}

/// Words of a class that name what sums an article up.
const STANDFIRSTS: [&str; 11] = [
    "chapo",
    "deck",
    "dek",
    "desc",
    "lead",
    "lede",
    "standfirst",
    "subhead",
    "subheadline",
    "subtitle",
    "summary",
];

/// The text with its standfirst, and without the headline, the byline and the date that it may open with.
fn trimmed(text: String, standfirst: Option<String>, found: &mut metadata::Metadata) -> String {
    let mut paragraphs: Vec<&str> = text.split("\n\n").collect();
    let (title, author) = (found.title.clone().unwrap_or_default(), found.author.clone());
    let title = title.as_str();
    let is_head = |paragraph: &str| {
        let line = one_line(paragraph);
        let rest = line.strip_prefix(title).filter(|_| !title.is_empty()).map(str::trim);
        rest.is_some_and(|rest| rest.is_empty() || dateline::is_date_line(rest))
            || author.as_deref().is_some_and(|author| author::is_byline(&line, author))
    };
    let mut heads = Vec::new();
    // Never all of it: a report may be its headline and no more.
    for _ in 0..3 {
        let head = paragraphs.iter().take(3).position(|paragraph| is_head(paragraph));
        match head {
            Some(at) if paragraphs.len() > 1 => heads.push(paragraphs.remove(at)),
            _ => break,
        }
    }
    // The day that stood there is known now.
    if found.published.is_none()
        && let Some(day) =
            heads.iter().find_map(|head| dates::anywhere(head.strip_prefix(title).unwrap_or(head)))
    {
        found.published = Some(day);
        found.guessed.push(Field::Published);
    }
    let standfirst = standfirst.filter(|words| !one_line(&text).contains(words.as_str()) && !text.is_empty());
    standfirst.iter().map(String::as_str).chain(paragraphs).collect::<Vec<_>>().join("\n\n")
}

/// Where one `<article>` holds the headline and a good part of the text, the rest of the page goes.
fn isolate(doc: &Document, headline: Option<&str>) {
    let (Some(body), Some(headline)) = (doc.body(), headline) else { return };
    let articles = doc.select("article");
    let outer: Vec<&NodeRef> = articles
        .nodes()
        .iter()
        .filter(|node| !node.ancestors_it(None).any(|above| above.has_name("article")))
        .collect();
    let [article] = outer.as_slice() else { return };
    // What follows the page's only article is no part of it.
    if article.normalized_char_count() * 2 >= body.normalized_char_count() {
        let mut at = **article;
        while at.id != body.id {
            while let Some(next) = at.next_sibling() {
                next.remove_from_parent();
            }
            match at.parent() {
                Some(parent) => at = parent,
                None => break,
            }
        }
    }
    let is_headline = |node: NodeRef| node.has_name("h1") && one_line(&node.text()) == headline;
    let holds_headline = article.descendants_it().any(is_headline);
    if holds_headline && article.normalized_char_count() * 3 >= body.normalized_char_count() {
        article.remove_from_parent();
        body.remove_children();
        body.append_child(*article);
    }
}

/// The text of the article: what dom_smoothie finds, or the page's one marked article body where it lost half of it.
fn main_text(doc: Document) -> String {
    let marked = marked_body(&doc).map(|body| prose::of(&body)).unwrap_or_default();
    let all = doc.body().map(|body| prose::of(&body)).unwrap_or_default();
    let config = Config { char_threshold: CHAR_THRESHOLD, disable_json_ld: true, ..Config::default() };
    let extracted = Readability::with_document(doc, None, Some(config))
        .and_then(|mut readability| readability.parse())
        .map(|article| prose::of(&Document::fragment(article.content).root()))
        .unwrap_or_default();
    let size = |text: &str| text.chars().filter(|char| !char.is_whitespace()).count();
    let best = if size(&marked) > 2 * size(&extracted) { marked } else { extracted };
    if best.is_empty() { all } else { best }
}

/// The element that is marked as the article's body, if there is exactly one.
fn marked_body(doc: &Document) -> Option<NodeRef<'_>> {
    [r#"[itemprop~="articleBody"]"#, "article", "main"].iter().find_map(|selector| {
        let found = doc.try_select(selector)?;
        (found.length() == 1).then(|| found.nodes().first().copied())?
    })
}

/// The headline is the report's title; the text does not say it again.
fn remove_headline(doc: &Document, title: &str) {
    for node in doc.select("h1").nodes() {
        if one_line(&node.text()) == title {
            node.remove_from_parent();
        }
    }
}

/// Whether pieces of a page's text are beyond the bound on signs that HTML writes as references.
fn crowded(doc: &Document) -> Option<String> {
    let root = doc.root();
    let texts = root.descendants_it().filter(NodeRef::is_text);
    let cost: usize = texts
        .map(|node| {
            let text = node.text();
            text.bytes().filter(|byte| matches!(byte, b'&' | b'<' | b'>')).count().saturating_mul(text.len())
        })
        .fold(0, usize::saturating_add);
    (cost > MAX_REFERENCES).then(|| "too many of its signs are written as references (`&amp;`)".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_without_text_is_refused() {
        for page in
            ["<html><body></body></html>", "<script>x()</script>", "<nav>Home</nav>", "<img src=a>", ""]
        {
            assert!(read(page).unwrap_err().message.contains("no text"), "{page}");
        }
    }

    #[test]
    fn signs_that_take_the_square_of_their_number_are_refused() {
        let wrong = read(&format!("<p>{}", "&amp;".repeat(300_000))).unwrap_err();
        assert!(wrong.message.contains("references"), "{}", wrong.message);
        let fine = read(&format!("<p>{}</p>", "Salt &amp; bread came to the town. ".repeat(100)));
        assert!(fine.unwrap().text.contains("Salt & bread"));
    }

    #[test]
    fn signs_in_scripts_are_no_tags() {
        let script = "<script>for(i=0;i<n;i++){if(a<b)x()}</script>".repeat(2000);
        let page =
            format!("<html><head>{script}</head><body><article><p>Shells fell.</p></article></body></html>");
        assert_eq!(read(&page).unwrap().text, "Shells fell.");
    }
}
