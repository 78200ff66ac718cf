//! A saved feed (RSS, Atom, JSON Feed) to reports, one an entry.
//!
//! **Takes** the bytes of the feed, read by `feed-rs`. **Gives** a report for each entry, oldest format first: its full
//! content before its summary, without tags; the feed's title as outlet. **Never** asks the net for what an entry only
//! points to.

use feed_rs::model::{Entry, Feed, Person};
use feed_rs::parser::Builder;

use crate::batch::{Batch, Source, stem};
use crate::fields::Fields;
use crate::formats::{Format, Reading};
use crate::handover::{Handover, filled, print, slug};
use crate::{dates, decode, html, record};

/// Most entries that are read of one feed; what feeds hold in earnest is some tens.
const MAX_ENTRIES: usize = 100_000;

/// A saved feed.
pub(crate) const FORMAT: Format = Format {
    name: "a feed",
    extensions: &["rss", "atom", "xml", "rdf"],
    media: &[
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/xml",
        "text/xml",
    ],
    begins: is_feed,
    read: Reading::Many(read),
};

/// Hands over every entry of the feed, and a warning for every one that cannot be read.
pub(crate) fn read(raw: &[u8], source: &Source, batch: &mut Batch) {
    let name = source.name.as_str();
    let mut to = Handover { source, batch };
    let utf16;
    let bytes = match decode::utf16(raw) {
        None => raw,
        Some(Ok(text)) => {
            // What it declares is no longer so.
            utf16 = text.split_once("?>").map_or(text.clone(), |(_, rest)| rest.to_owned());
            utf16.as_bytes()
        }
        Some(Err(why)) => return to.warn(why.line, why.message),
    };
    let (feed, cut) = match parsed(bytes) {
        Ok(feed) => (feed, false),
        Err(why) => match closed(bytes).and_then(|whole| parsed(&whole).ok()) {
            Some(feed) if !feed.entries.is_empty() => (feed, true),
            _ => return to.warn(None, refused(bytes, &why)),
        },
    };
    if feed.entries.is_empty() {
        return to.warn(None, "the feed has no entry; take it out, or save it again once it has one");
    }
    let pieces = pieces(bytes);
    let own_pieces = pieces.len() == feed.entries.len() || (cut && pieces.len() > feed.entries.len());
    let about = About::of(&feed);
    for (n, entry) in feed.entries.into_iter().take(MAX_ENTRIES).enumerate() {
        let piece = pieces.get(n).filter(|_| own_pieces);
        let line = piece.map(|piece| 1 + bytes[..piece.start].iter().filter(|byte| **byte == b'\n').count());
        let whole = piece.map_or(raw, |piece| &bytes[piece.clone()]);
        match about.said(entry, stem(name)) {
            Ok(said) => {
                // By its words, so that it keeps its id when newer entries stand before it.
                let print = print(said.text.as_deref().unwrap_or_default());
                to.give(said, whole, &(n + 1).to_string(), line, || format!("{}-{print}", stem(name)));
            }
            Err(message) => to.warn(line, message),
        }
    }
    if cut {
        to.warn(
            None,
            "the feed is cut off; the entries before the cut were taken; save it again for the rest",
        );
    }
}

/// Whether bytes open as a feed does.
pub(crate) fn is_feed(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&head[..head.len().min(2048)]).to_ascii_lowercase();
    let head = head.trim_start_matches('\u{FEFF}').trim_start();
    head.starts_with('<')
        && ["<rss", "<feed", "<rdf:rdf"].iter().any(|tag| head.contains(tag))
        && !head.contains("<html")
}

fn parsed(bytes: &[u8]) -> Result<Feed, String> {
    let day = |written: &str| {
        // The day as written, in its own zone; the hour is not asked for.
        let day = dates::iso(written).or_else(|| dates::anywhere(written))?;
        format!("{day}T00:00:00Z").parse().ok()
    };
    let parser = Builder::new().timestamp_parser(day).id_generator(|_, _, _| String::new()).build();
    parser.parse(bytes).map_err(|error| error.to_string())
}

/// One line on what stands there in a feed's place.
fn refused(bytes: &[u8], why: &str) -> String {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    if head.contains("<html") || head.contains("<!doctype html") {
        return match html::feed_of(&String::from_utf8_lossy(bytes)) {
            Some(feed) => format!("is an HTML page and no feed; its feed is {feed}"),
            None => {
                "is an HTML page and no feed; give the address of the feed itself, or name the file .html"
                    .to_owned()
            }
        };
    }
    let why: String = why.chars().map(|c| if c.is_control() { ' ' } else { c }).take(120).collect();
    format!("no feed of RSS, Atom or JSON Feed ({why}); save it again from its own address")
}

/// What the feed says of all its entries.
struct About {
    outlet: Option<String>,
    authors: Option<String>,
    language: Option<String>,
    host: Option<String>,
}

impl About {
    fn of(feed: &Feed) -> About {
        let link = feed.links.iter().find(|link| link.rel.as_deref() != Some("self")).or(feed.links.first());
        About {
            outlet: feed.title.as_ref().and_then(|title| line(&title.content)),
            authors: names(&feed.authors),
            language: feed.language.clone(),
            host: link.and_then(|link| host(&link.href)),
        }
    }

    fn said(&self, entry: Entry, stem: &str) -> Result<Fields, String> {
        let body = entry.content.and_then(|content| content.body);
        let candidates = [body, entry.summary.map(|summary| summary.content)];
        let mut text = String::new();
        for candidate in candidates.into_iter().flatten() {
            text = prose(candidate)?;
            if !text.is_empty() {
                break;
            }
        }
        let title = entry.title.as_ref().and_then(|title| line(&title.content));
        if text.is_empty() {
            // A ticker gives headlines and nothing else.
            text = title.clone().unwrap_or_default();
        }
        let link = entry.links.iter().find(|link| matches!(link.rel.as_deref(), None | Some("alternate")));
        let url = link.or(entry.links.first()).map(|link| link.href.clone()).filter(|url| is_web(url));
        let guid = filled(Some(entry.id));
        let id = match guid {
            Some(guid) if guid.contains(':') => Some(guid),
            Some(guid) => {
                let home = self.host.clone().unwrap_or_else(|| slug(stem));
                Some(format!("{home}/{guid}"))
            }
            None => url.clone(),
        };
        let guid_url = id.clone().filter(|id| is_web(id));
        let published = entry.published.or(entry.updated).map(|at| at.date_naive().to_string());
        Ok(Fields {
            id,
            text: Some(text),
            published,
            publisher: self.outlet.clone(),
            author: names(&entry.authors).or_else(|| self.authors.clone()),
            title,
            url: url.or(guid_url),
            language: entry.language.or_else(|| self.language.clone()),
            guessed: Vec::new(),
        })
    }
}

/// Text without tags, in paragraphs.
fn prose(body: String) -> Result<String, String> {
    // Summaries are often escaped twice over.
    let body = if !body.contains('<') && body.contains("&lt;") { html::unescaped(&body) } else { body };
    let text = if body.contains('<') || body.contains('&') {
        html::fragment(&body).map_err(|why| why.message)?
    } else {
        record::unmarked(body)?
    };
    Ok(text.trim().to_owned())
}

/// A headline: one line without tags.
fn line(written: &str) -> Option<String> {
    let text = if written.contains(['<', '&']) {
        html::fragment(written).unwrap_or_default()
    } else {
        written.to_owned()
    };
    filled(Some(text.split_whitespace().collect::<Vec<_>>().join(" ")))
}

/// Who wrote it; addresses of e-mail are left out.
fn names(people: &[Person]) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for person in people {
        let written = person.name.as_deref().unwrap_or_default();
        let name = match written.split_once('(') {
            // "desk@example.org (A. Writer)"
            Some((address, name)) if address.contains('@') => name.trim_end_matches(')').trim(),
            _ => written.trim(),
        };
        if !name.is_empty()
            && !name.contains('@')
            && name != "unknown"
            && !names.iter().any(|own| own == name)
        {
            names.push(name.to_owned());
        }
    }
    (!names.is_empty()).then(|| names.join(", "))
}

fn is_web(url: &str) -> bool {
    url.starts_with("http://") || url.starts_with("https://")
}

fn host(url: &str) -> Option<String> {
    let host = url.split_once("://")?.1.split(['/', '?', '#']).next()?;
    filled(Some(host.trim_start_matches("www.").to_ascii_lowercase()))
}

/// Where each `<item>` or `<entry>` stands; in JSON, each element of `items`.
fn pieces(bytes: &[u8]) -> Vec<std::ops::Range<usize>> {
    let head = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    if head.starts_with(b"{") {
        return json_pieces(bytes).unwrap_or_default();
    }
    let mut found = Vec::new();
    let (mut at, mut open) = (0, None);
    while let Some(step) = bytes[at..].iter().position(|byte| *byte == b'<') {
        at += step;
        let rest = &bytes[at..];
        let skip = |mark: &[u8]| {
            rest.windows(mark.len()).position(|window| window == mark).map(|end| end + mark.len())
        };
        if rest.starts_with(b"<![CDATA[") {
            at += skip(b"]]>").unwrap_or(rest.len());
            continue;
        }
        if rest.starts_with(b"<!--") {
            at += skip(b"-->").unwrap_or(rest.len());
            continue;
        }
        if open.is_none() && (is_tag(rest, b"<item") || is_tag(rest, b"<entry")) {
            open = Some(at);
        } else if let Some(start) = open
            && (is_tag(rest, b"</item") || is_tag(rest, b"</entry"))
        {
            let end = at + rest.iter().position(|byte| *byte == b'>').map_or(rest.len(), |end| end + 1);
            found.push(start..end);
            open = None;
        }
        at += 1;
    }
    found
}

fn is_tag(rest: &[u8], tag: &[u8]) -> bool {
    rest.starts_with(tag)
        && rest.get(tag.len()).is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
}

fn json_pieces(bytes: &[u8]) -> Option<Vec<std::ops::Range<usize>>> {
    #[derive(serde::Deserialize)]
    struct Items<'a> {
        #[serde(borrow)]
        items: Vec<&'a serde_json::value::RawValue>,
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let items: Items = serde_json::from_str(text.trim_start_matches('\u{FEFF}')).ok()?;
    let place = |item: &&serde_json::value::RawValue| {
        let start = item.get().as_ptr() as usize - bytes.as_ptr() as usize;
        start..start + item.get().len()
    };
    Some(items.items.iter().map(place).collect())
}

/// A feed that was cut off, up to its last whole entry, closed again.
fn closed(bytes: &[u8]) -> Option<Vec<u8>> {
    let last = pieces(bytes).pop()?;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).into_owned();
    let end: &[u8] = match () {
        () if head.contains("<rss") => b"</channel></rss>",
        () if head.contains("<feed") => b"</feed>",
        () if head.contains("<rdf:RDF") => b"</rdf:RDF>",
        () => return None,
    };
    Some([&bytes[..last.end], end].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_cut_out_as_they_stood() {
        let feed = b"<rss><channel><!-- <item> --><item>\n<a/></item ><item x='1'><![CDATA[</item>]]></item>\
                     <items/></channel></rss>";
        let found: Vec<&[u8]> = pieces(feed).into_iter().map(|piece| &feed[piece]).collect();
        assert_eq!(found, [&b"<item>\n<a/></item >"[..], b"<item x='1'><![CDATA[</item>]]></item>"]);
    }

    #[test]
    fn writers_without_their_addresses() {
        let feed = "<feed xmlns='http://www.w3.org/2005/Atom'><author><name>desk@example.org (A. Writer)</name>\
                    </author><author><name>b@example.org</name></author><author><name>C. Writer</name></author></feed>";
        let people = parsed(feed.as_bytes()).unwrap().authors;
        assert_eq!(names(&people).as_deref(), Some("A. Writer, C. Writer"));
        assert_eq!(host("https://www.Furat.example/a?b").as_deref(), Some("furat.example"));
    }
}
