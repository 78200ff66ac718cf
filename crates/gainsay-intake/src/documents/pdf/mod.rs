//! PDF with a text layer (ISO 32000-1): pages to pieces of text with their places, pieces to lines, lines to paragraphs.
//!
//! **Takes** one file. **Gives** one report; what repeats on every page (heads, feet, page numbers) is left out.
//! **Never** reads pictures: a scan has no text, and that is told. Files that are locked without any password are read,
//! as programs that show them do.

mod lines;
mod order;
mod pieces;

use std::panic::{AssertUnwindSafe, catch_unwind};

use gainsay_model::Report;
use jiff::civil::Date;
use lopdf::{DecompressError, Document, Error, LoadOptions, Object, decode_text_string};

use super::Properties;
use crate::dates;
use crate::decode::Refusal;
use crate::formats::{self, Format, Reading};

/// A PDF.
pub(crate) const FORMAT: Format = Format {
    name: "PDF",
    extensions: &["pdf"],
    media: &["application/pdf", "application/x-pdf"],
    begins,
    read: Reading::One(read),
};

/// What one stream may unpack to, in bytes. Texts of pages are some kilobytes, fonts' tables some hundred.
const MAX_STREAM: usize = 16 << 20;

/// What all pages together may unpack to, in bytes.
const MAX_CONTENT: usize = 256 << 20;

/// How many pages are read.
const MAX_PAGES: usize = 20_000;

/// Whether bytes begin like a PDF. Some programs put a few bytes before it (annex H.3); a text that quotes its mark
/// within a line is none.
fn begins(head: &[u8]) -> bool {
    let head = &head[..head.len().min(1024)];
    let begins_a_line =
        |at: usize| formats::bare(&head[..at]).is_empty() || matches!(head[at - 1], b'\n' | b'\r');
    head.windows(5).enumerate().any(|(at, window)| window == b"%PDF-" && begins_a_line(at))
}

fn read(raw: &[u8]) -> Result<Report, Refusal> {
    let start = raw[..raw.len().min(1024)].windows(5).position(|window| window == b"%PDF-");
    let Some(start) = start else {
        return Err(Refusal::new("is no PDF; call it what it is, or save its text as .txt"));
    };
    // The library takes care, but it is large, and files are made to break it.
    catch_unwind(AssertUnwindSafe(|| parsed(&raw[start..])))
        .unwrap_or_else(|_| Err(Refusal::new("is a PDF that cannot be read; save its text as .txt")))
}

fn parsed(raw: &[u8]) -> Result<Report, Refusal> {
    let options = LoadOptions::with_max_decompressed_size(MAX_STREAM);
    let mut document = Document::load_mem_with_options(raw, options).map_err(|error| refusal(&error))?;
    if document.is_encrypted() {
        return Err(locked());
    }
    let said = properties(&document);
    prefer_tables_of_letters(&mut document);
    let mut content = 0;
    let mut pages = Vec::new();
    let mut fonts = pieces::Fonts::default();
    let mut wordless = 0;
    for id in document.page_iter().take(MAX_PAGES) {
        let page = pieces::of(&document, id, &mut fonts, MAX_STREAM, &mut content)
            .map_err(|error| refusal(&error))?;
        if content > MAX_CONTENT {
            return Err(bomb());
        }
        wordless += page.wordless;
        pages.push(lines::of(page.pieces));
    }
    if pages.is_empty() {
        return Err(Refusal::new(
            "is a PDF without pages that can be read; save it again, or its text as .txt",
        ));
    }
    let text = lines::text(pages);
    if text.chars().filter(|char| char.is_alphanumeric()).count() == 0 {
        return Err(Refusal::new(if wordless > 0 {
            "its letters do not say what they stand for; it needs OCR: save the recognised text as .txt or .pdf"
        } else {
            "has no text, only pictures; it needs OCR: save the recognised text as .txt or .pdf"
        }));
    }
    super::report(&text, said)
}

/// Where a font has a table of what its codes stand for, that goes before the names of its letters, which are often
/// made up.
fn prefer_tables_of_letters(document: &mut Document) {
    for object in document.objects.values_mut() {
        if let Object::Dictionary(font) = object
            && font.has_type(b"Font")
            && font.has(b"ToUnicode")
        {
            font.remove(b"Encoding");
        }
    }
}

fn locked() -> Refusal {
    Refusal::new("is locked with a password; save it without one, or its text as .txt")
}

fn bomb() -> Refusal {
    Refusal::new(
        "unpacks to more than PDFs of text do, as files that are made to fill a memory; save its text as .txt",
    )
}

fn refusal(error: &Error) -> Refusal {
    match error {
        Error::InvalidPassword | Error::Decryption(_) => locked(),
        Error::Decompress(DecompressError::MemoryLimitExceeded { .. }) => bomb(),
        error => {
            let said = error.to_string();
            let said: String = said.chars().filter(|char| !char.is_control()).take(100).collect();
            Refusal::new(format!(
                "is a PDF that is damaged ({said}); get the file again, or save its text as .txt"
            ))
        }
    }
}

/// What the file says of itself, in its list of properties or its XMP.
fn properties(document: &Document) -> Properties {
    let info = document.trailer.get(b"Info").ok().and_then(|info| match info {
        Object::Reference(id) => document.get_dictionary(*id).ok(),
        Object::Dictionary(info) => Some(info),
        _ => None,
    });
    let said = |key: &[u8]| {
        let text = decode_text_string(info?.get_deref(key, document).ok()?).ok()?;
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(text)
    };
    let xmp = xmp(document).unwrap_or_default();
    Properties {
        title: said(b"Title").or_else(|| inside(&xmp, "dc:title")),
        author: said(b"Author").or_else(|| inside(&xmp, "dc:creator")),
        made: said(b"CreationDate").and_then(|day| day_of(&day)).or_else(|| {
            inside(&xmp, "xmp:CreateDate")
                .or_else(|| attribute(&xmp, "xmp:CreateDate"))
                .and_then(|day| dates::iso(&day))
        }),
        language: None,
    }
}

/// `D:20160118093000+02'00'` (7.9.4).
fn day_of(written: &str) -> Option<Date> {
    let digits = written.strip_prefix("D:").unwrap_or(written);
    let part = |at: std::ops::Range<usize>| digits.get(at)?.parse().ok();
    let year = part(0..4)?;
    Date::new(year, part(4..6)? as i8, part(6..8)? as i8).ok().filter(|_| year > 1900)
}

fn xmp(document: &Document) -> Option<String> {
    let stream = document.catalog().ok()?.get_deref(b"Metadata", document).ok()?.as_stream().ok()?;
    let bytes = stream.get_plain_content_with_limit(MAX_STREAM).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// The text inside the first element of a name, without elements in it.
fn inside(xml: &str, name: &str) -> Option<String> {
    let (_, rest) = xml.split_once(&format!("<{name}"))?;
    let (_, rest) = rest.split_once('>')?;
    let (inside, _) = rest.split_once(&format!("</{name}>"))?;
    let text: String =
        inside.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    let text = text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

fn attribute(xml: &str, name: &str) -> Option<String> {
    let (_, rest) = xml.split_once(&format!("{name}=\""))?;
    rest.split_once('"').map(|(value, _)| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_text_that_quotes_the_mark_is_no_pdf() {
        assert!(begins(b"%PDF-1.5") && begins(b"\xef\xbb\xbf%PDF-1.5") && begins(b"junk\r\n%PDF-1.4"));
        assert!(!begins(br#"{"text":"Shells fell.","published":"yesterday 9%PDF-1.5"}"#));
        assert!(!begins("{\"published\":\"١%PDF-1.5\"}".as_bytes()) && !begins(b"text"));
    }

    #[test]
    fn days_as_they_stand_in_files() {
        assert_eq!(day_of("D:20160118093000+02'00'"), Some(date(2016, 1, 18)));
        assert_eq!(day_of("20160118"), Some(date(2016, 1, 18)));
        for none in ["", "D:2016", "D:20161340", "D:00010101", "Monday", "D:2016é118"] {
            assert_eq!(day_of(none), None, "{none}");
        }
    }

    #[test]
    fn what_xmp_says() {
        let xml = "<x><dc:title><rdf:Alt><rdf:li xml:lang=\"x\">A &amp; B</rdf:li></rdf:Alt></dc:title><y xmp:CreateDate=\"2016\"/>";
        assert_eq!(inside(xml, "dc:title").as_deref(), Some("A & B"));
        assert_eq!(attribute(xml, "xmp:CreateDate").as_deref(), Some("2016"));
        assert_eq!(inside(xml, "dc:creator"), None);
    }
}
