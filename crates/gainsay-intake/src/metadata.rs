//! What a page says of itself: title, outlet, day, language, address.
//!
//! The head and the structured data first ([`declared`]), then what the page shows ([`shown`]). Never from a
//! copyright line.

use dom_query::{Document, NodeRef};
use gainsay_model::Field;
use jiff::civil::Date;
use serde_json::Value;

use crate::{author, dateline, dates, furniture, outlet};

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Metadata {
    /// The headline.
    pub title: Option<String>,
    /// The outlet.
    pub publisher: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The day.
    pub published: Option<Date>,
    /// The language tag as it stands.
    pub language: Option<String>,
    /// The page's own address.
    pub url: Option<String>,
    /// Which of these no metadata says.
    pub guessed: Vec<Field>,
}

/// Reads the head, the structured data and the headline.
pub(crate) fn declared(doc: &Document) -> Metadata {
    let metas = metas(doc);
    let meta = |names: &[&str]| {
        names
            .iter()
            .find_map(|name| metas.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()))
    };
    let linked = LinkedData::of(doc);

    let title_tag = text_of(doc, "title");
    let page_title =
        meta(&["og:title", "twitter:title", "dc.title"]).or(linked.headline).or_else(|| title_tag.clone());
    let title = marked_title(doc, title_tag.as_deref()).or_else(|| title(doc, page_title));

    let mut guessed = Vec::new();
    let mut publisher = meta(&["og:site_name", "application-name", "dc.publisher", "article:publisher"])
        .filter(|name| !is_address(name));
    publisher =
        publisher.or(linked.publisher).or_else(|| marked_publisher(doc)).or_else(|| meta(&["publisher"]));
    publisher = publisher.filter(|name| !is_address(name));
    if publisher.is_none()
        && let Some(tail) = title_tag.as_deref().and_then(|title_tag| tail(title_tag, title.as_deref()))
    {
        publisher = Some(tail);
        guessed.push(Field::Publisher);
    }

    let published = meta(PUBLISHED)
        .and_then(|day| day_of(&day))
        .or_else(|| linked.published.and_then(|day| day_of(&day)))
        .or_else(|| originally(doc))
        .or_else(|| marked_day(doc));
    let author = author::of(doc, &metas, linked.author, publisher.as_deref());
    if author.as_ref().is_some_and(|(_, guess)| *guess) {
        guessed.push(Field::Author);
    }
    let author = author.map(|(name, _)| name);
    let language = attribute(doc, "html[lang]", "lang")
        .or_else(|| attribute(doc, "html", "xml:lang"))
        .or_else(|| meta(&["content-language", "og:locale", "language"]))
        .or(linked.language);
    let url = attribute(doc, r#"link[rel="canonical"]"#, "href").or_else(|| meta(&["og:url"])).or(linked.url);
    Metadata { title, publisher, author, published, language, url, guessed }
}

/// The headline that publishing systems mark, where there is one and the page's title has it too: on blogs the `<h1>`
/// is often the blog's own name.
fn marked_title(doc: &Document, title_tag: Option<&str>) -> Option<String> {
    let page_title = title_tag?.to_lowercase();
    [r#"[itemprop~="headline"]"#, ".entry-title", ".post-title", ".p-name"].iter().find_map(|selector| {
        let found = doc.select(selector);
        let [node] = found.nodes() else { return None };
        let text = filled(Some(&node.text()))?;
        (!node.has_name("meta") && page_title.contains(&text.to_lowercase())).then_some(text)
    })
}

/// The outlet in the page's microdata.
fn marked_publisher(doc: &Document) -> Option<String> {
    let found = doc.select(r#"[itemprop~="publisher"] [itemprop~="name"]"#);
    let node = found.nodes().first()?;
    filled(node.attr("content").as_deref()).or_else(|| filled(Some(&node.text())))
}

/// The day of the article in the marks of publishing systems (hAtom, h-entry), in its own part of the page.
fn marked_day(doc: &Document) -> Option<Date> {
    let marks = [
        ("time.entry-date[datetime]", "datetime"),
        ("time.published[datetime]", "datetime"),
        ("abbr.published[title]", "title"),
        (".dt-published[datetime]", "datetime"),
    ];
    marks.iter().find_map(|(selector, name)| {
        let found = doc.select(selector);
        let node = found.nodes().iter().take(20).find(|node| !furniture::is_beside(node))?;
        day_of(&node.attr(name)?)
    })
}

/// The day behind "Originally published", where a page lists both that and when it was put there.
fn originally(doc: &Document) -> Option<Date> {
    let terms = doc.select("dt");
    let term =
        terms.nodes().iter().find(|node| one_line(&node.text()).to_lowercase().starts_with("original"))?;
    let value = term.next_element_sibling().filter(|value| value.has_name("dd"))?;
    let time = value.descendants_it().find_map(|node| node.attr("datetime"));
    time.and_then(|time| day_of(&time)).or_else(|| dates::anywhere(&one_line(&value.text())))
}

/// Adds the day that the page shows, where its head says none: `<time datetime>`, else a short element whose class
/// speaks of a date, which is then taken out. Wants a page without furniture, since comments have their dates too.
pub(crate) fn shown(doc: &Document, metadata: &mut Metadata) {
    if metadata.published.is_some() {
        return;
    }
    let dated = [
        (r#"[itemprop~="datePublished"]"#, "content"),
        (r#"[itemprop~="datePublished"]"#, "datetime"),
        ("time[pubdate]", "datetime"),
        ("article time[datetime]", "datetime"),
        ("main time[datetime]", "datetime"),
        ("time[datetime]", "datetime"),
    ];
    metadata.published = dated.iter().find_map(|(selector, name)| day_of(&attribute(doc, selector, name)?));
    if metadata.published.is_none()
        && let Some(day) = day_under_headline(doc, metadata.title.as_deref())
    {
        metadata.published = Some(day);
        metadata.guessed.push(Field::Published);
    }
    if metadata.published.is_none()
        && let Some((node, day)) =
            doc.body().and_then(|body| body.descendants_it().find_map(|node| Some((node, day_shown(&node)?))))
    {
        metadata.published = Some(day);
        metadata.guessed.push(Field::Published);
        // A line that says nothing else is metadata now.
        if dateline::is_date_line(&one_line(&node.text())) {
            node.remove_from_parent();
        }
    }
}

/// The day on a line of its own close behind the headline, whatever it is called; the line is taken out.
fn day_under_headline(doc: &Document, headline: Option<&str>) -> Option<Date> {
    let headline = headline?;
    let body = doc.body()?;
    // Gathered first: the tree is locked while it is walked.
    let all = body.descendants();
    let at = all.iter().position(|node| node.has_name("h1") && one_line(&node.text()) == headline)?;
    let node = all[at + 1..].iter().take(24).find(|node| {
        node.is_element() && node.element_children().is_empty() && {
            let text = one_line(&node.text());
            text.chars().count() <= 40
                && dates::anywhere(&text).is_some()
                && dates::without(&text).split_whitespace().count() <= 2
        }
    })?;
    let day = dates::anywhere(&one_line(&node.text()));
    node.remove_from_parent();
    day
}

/// Longest line that tells when and by whom and nothing else, in characters.
const SHORT: usize = 160;

/// The day in a short element that is called date, time, byline and the like.
fn day_shown(node: &NodeRef) -> Option<Date> {
    if !node.is_element() {
        return None;
    }
    let name =
        format!("{} {}", node.class().unwrap_or_default(), node.id_attr().unwrap_or_default()).to_lowercase();
    let is_time = node.has_name("time");
    let speaks =
        ["date", "byline", "meta", "posted", "published", "time"].iter().any(|word| name.contains(word));
    if !(is_time || speaks) || name.contains("updated") || name.contains("modified") {
        return None;
    }
    let text = one_line(&node.text());
    if text.chars().count() > SHORT {
        return None;
    }
    let told = dateline::published(&text);
    let named_date =
        !["updated", "modified", "©", "copyright"].iter().any(|word| text.to_lowercase().contains(word));
    told.or_else(|| named_date.then(|| dates::anywhere(&text))?)
}

fn day_of(written: &str) -> Option<Date> {
    dates::iso(written).or_else(|| dates::anywhere(written))
}

/// The names of meta elements that give the day, best first.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "publisheddate",
    "datepublished",
    "parsely-pub-date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.created",
    "date",
];

/// Name and content of every `<meta>` of the page, names in lower case.
fn metas(doc: &Document) -> Vec<(String, String)> {
    let mut metas = Vec::new();
    for node in doc.select("meta[content]").nodes() {
        let Some(content) = filled(node.attr("content").as_deref()) else { continue };
        for name in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(key) = node.attr(name) {
                metas.push((key.trim().to_lowercase(), content.clone()));
            }
        }
    }
    metas
}

/// The headline: the `<h1>` that the page's title also has; else the title; else the only `<h1>`.
fn title(doc: &Document, page_title: Option<String>) -> Option<String> {
    let headings: Vec<String> =
        doc.select("h1").nodes().iter().filter_map(|node| filled(Some(&node.text()))).collect();
    let Some(page_title) = page_title else { return headings.into_iter().next() };
    let in_title = |heading: &&String| {
        let (heading, page_title) = (heading.to_lowercase(), page_title.to_lowercase());
        page_title.starts_with(&heading) || heading.starts_with(&page_title)
    };
    if let Some(heading) = headings.iter().find(in_title) {
        return Some(heading.clone());
    }
    if let [heading] = headings.as_slice()
        && heading.split_whitespace().count() > 3
    {
        return Some(heading.clone());
    }
    Some(outlet::split_title(&page_title).map_or(page_title.clone(), |(headline, _)| headline.to_owned()))
}

/// The outlet behind the headline in `<title>`.
fn tail(title_tag: &str, headline: Option<&str>) -> Option<String> {
    if let Some(rest) = headline.and_then(|headline| title_tag.strip_prefix(headline)) {
        let name =
            rest.trim_start_matches(|char: char| char.is_whitespace() || "|-–—:»•".contains(char)).trim();
        // "Section | Outlet" after the headline: the outlet comes last.
        let name = name.rsplit(" | ").next().unwrap_or(name);
        if rest != name && !name.is_empty() && name.split_whitespace().count() <= 6 {
            return Some(name.to_owned());
        }
    }
    // "Outlet: headline"
    if let Some(name) = headline.and_then(|headline| title_tag.strip_suffix(headline)) {
        let name = name.trim_end().trim_end_matches(['|', '-', '–', '—', ':', '»', '•']).trim();
        if !name.is_empty() && name.split_whitespace().count() <= 6 {
            return Some(name.to_owned());
        }
    }
    outlet::split_title(title_tag).map(|(_, name)| name.to_owned())
}

fn is_address(name: &str) -> bool {
    name.contains("://") || name.starts_with("www.")
}

fn text_of(doc: &Document, selector: &str) -> Option<String> {
    filled(Some(&doc.select(selector).nodes().first()?.text()))
}

fn attribute(doc: &Document, selector: &str, name: &str) -> Option<String> {
    doc.select(selector).nodes().iter().find_map(|node| filled(node.attr(name).as_deref()))
}

fn filled(text: Option<&str>) -> Option<String> {
    text.map(one_line).filter(|text| !text.is_empty())
}

/// All white space to single blanks, none at the ends.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the page's JSON-LD says of its article.
#[derive(Default)]
struct LinkedData {
    headline: Option<String>,
    publisher: Option<String>,
    published: Option<String>,
    author: Option<String>,
    language: Option<String>,
    url: Option<String>,
}

impl LinkedData {
    fn of(doc: &Document) -> LinkedData {
        let mut found = LinkedData::default();
        for node in doc.select(r#"script[type="application/ld+json"]"#).nodes() {
            if let Ok(value) = serde_json::from_str::<Value>(&node.text()) {
                found.collect(&value);
            }
        }
        found
    }

    fn collect(&mut self, value: &Value) {
        match value {
            Value::Array(values) => values.iter().for_each(|value| self.collect(value)),
            Value::Object(object) => {
                if is_article(&value["@type"]) {
                    let text = |name: &str| filled(object.get(name).and_then(named));
                    let set = |field: &mut Option<String>, value: Option<String>| {
                        if field.is_none() {
                            *field = value;
                        }
                    };
                    set(&mut self.headline, text("headline"));
                    set(&mut self.publisher, text("publisher"));
                    set(&mut self.published, text("datePublished"));
                    set(&mut self.author, object.get("author").and_then(people));
                    set(&mut self.language, text("inLanguage"));
                    set(&mut self.url, filled(object.get("url").and_then(Value::as_str)));
                }
                if let Some(graph) = object.get("@graph") {
                    self.collect(graph);
                }
            }
            _ => {}
        }
    }
}

/// A text, the `name` of an object, or either of an array's first element.
fn named(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        Value::Object(object) => object.get("name").and_then(Value::as_str),
        Value::Array(values) => values.first().and_then(named),
        _ => None,
    }
}

/// The names of persons, one or several; bodies are no authors.
fn people(value: &Value) -> Option<String> {
    match value {
        Value::String(name) => filled(Some(name)),
        Value::Object(object) => match object.get("@type").and_then(Value::as_str) {
            Some("Organization" | "NewsMediaOrganization") => None,
            _ => object.get("name").and_then(people),
        },
        Value::Array(many) => {
            let mut names: Vec<String> =
                many.iter().filter(|one| !one.is_array()).filter_map(people).collect();
            names.dedup();
            (!names.is_empty()).then(|| names.join(", "))
        }
        _ => None,
    }
}

fn is_article(kind: &Value) -> bool {
    let article = |kind: &Value| {
        kind.as_str().is_some_and(|kind| {
            ["Article", "BlogPosting", "Report", "Posting"].iter().any(|end| kind.ends_with(end))
        })
    };
    article(kind) || kind.as_array().is_some_and(|kinds| kinds.iter().any(article))
}
