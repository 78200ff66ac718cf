//! Every format that is read: what it is called, how it begins, how it is read. One line a format.
//!
//! Where several formats share an extension, the first of them that the bytes begin like is taken, and the last of
//! them where none is: so the plain ones stand behind the peculiar ones. What comes without a name (standard input, a
//! pipe) is the first format that it begins like, else text.

use std::io::BufRead;

use gainsay_model::Report;

use crate::archives::{gz, tar, warc, zip};
use crate::batch::Batch;
use crate::decode::Refusal;
use crate::documents::{docx, mail, mbox, odt, pdf};
use crate::source::Source;
use crate::{feed, html, json, jsonl, parquet, posts, table, text, whatsapp};

/// What intake reads, as messages name it.
pub const ACCEPTED: &str = ".txt, .md, .html, .htm, .xml, .rss, .atom, .rdf, .jsonl, .ndjson, .json, .js, .csv, \
                            .tsv, .tab, .parquet, .pdf, .docx, .odt, .ott, .eml, .mbox, .mbx, .gz, .tgz, .tar, .zip, .warc, .wacz";

/// How many bytes of the beginning [`Format::begins`] is shown.
pub(crate) const HEAD: usize = 4096;

/// A format.
#[derive(Debug)]
pub(crate) struct Format {
    /// What messages call it.
    pub name: &'static str,
    /// The extensions of its files, in lower case, without the stop.
    pub extensions: &'static [&'static str],
    /// Its media types, as mail and the web name them.
    pub media: &'static [&'static str],
    /// Whether bytes that begin so are of this format; at most [`HEAD`] of them are shown.
    pub begins: fn(&[u8]) -> bool,
    /// How it is read.
    pub read: Reading,
}

/// How a format is read.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Reading {
    /// One report from the whole input, which is held to [`MAX_FILE_BYTES`](crate::MAX_FILE_BYTES) and is not empty.
    /// Its id is the input's name.
    One(fn(&[u8]) -> Result<Report, Refusal>),
    /// Any number from the whole input, held as above.
    Many(fn(&[u8], &Source, &mut Batch)),
    /// Streamed; the reader sees to its own bounds.
    Stream(fn(&mut dyn BufRead, &Source, &mut Batch)),
}

/// All formats, peculiar ones before plain ones.
pub(crate) const FORMATS: &[Format] = &[
    gz::FORMAT,
    tar::FORMAT,
    pdf::FORMAT,
    docx::FORMAT,
    odt::FORMAT,
    zip::FORMAT,
    zip::WACZ,
    warc::FORMAT,
    json::FORMAT,
    jsonl::FORMAT,
    mbox::FORMAT,
    mail::FORMAT,
    posts::FORMAT,
    feed::FORMAT,
    html::FORMAT,
    table::FORMAT,
    parquet::FORMAT,
    whatsapp::FORMAT,
    text::FORMAT,
];

/// Whether any format has files called like this one.
pub(crate) fn is_named(name: &str) -> bool {
    FORMATS.iter().any(|format| format.is_called(name))
}

/// The format of an input called `name` that begins with `head`; none where no format has such names.
pub(crate) fn named(name: &str, head: &[u8]) -> Option<&'static Format> {
    let called = || FORMATS.iter().filter(|format| format.is_called(name));
    called().find(|format| (format.begins)(head)).or_else(|| called().next_back())
}

/// The format of an input without a name.
pub(crate) fn nameless(head: &[u8]) -> &'static Format {
    FORMATS.iter().find(|format| (format.begins)(head)).unwrap_or(&text::FORMAT)
}

/// The format of a media type, of those that share it the one that the bytes begin like.
pub(crate) fn of_media(media: &str, head: &[u8]) -> Option<&'static Format> {
    let typed = || FORMATS.iter().filter(|format| format.media.contains(&media));
    typed().find(|format| (format.begins)(head)).or_else(|| typed().next_back())
}

impl Format {
    fn is_called(&self, name: &str) -> bool {
        extension(name).is_some_and(|extension| self.extensions.contains(&extension.as_str()))
    }
}

/// The last extension of a name, in lower case.
fn extension(name: &str) -> Option<String> {
    let file = name.rsplit('/').next().unwrap_or(name);
    let (stem, extension) = file.rsplit_once('.')?;
    (!stem.is_empty()).then(|| extension.to_ascii_lowercase())
}

/// The beginning without a byte order mark and white space.
pub(crate) fn bare(head: &[u8]) -> &[u8] {
    head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_known_by_how_it_begins() {
        for (head, name) in [
            ("{\"id\": 1}\n{", "JSON lines"),
            ("\u{FEFF} { \"text\": \"\"}", "JSON lines"),
            ("{\n  \"id\": 1", "JSON"),
            ("[\n {\"id\": 1}", "JSON"),
            ("[…] said", "text"),
            ("{\\rtf1", "text"),
            ("<!DOCTYPE html>", "page"),
            ("\n<HTML lang=ar>", "page"),
            ("<3 in all", "text"),
            ("BEIRUT", "text"),
            ("<?xml version=\"1.0\"?>\n<rss version=\"2.0\">", "a feed"),
            ("id;Date;Full text\n1;", "a table"),
            ("Text, date and place are said below.", "text"),
            ("window.YTD.tweets.part0 = [", "X's archive"),
            ("18/01/2016, 09:15 - A: x\n18/01/2016, 09:16 - B: y\n", "a WhatsApp chat"),
            ("", "text"),
        ] {
            assert_eq!(nameless(head.as_bytes()).name, name, "{head}");
        }
    }

    #[test]
    fn the_name_goes_before_the_beginning() {
        for (name, head, expected) in [
            ("a/b.HTML", "{\"id\": 1}", Some("page")),
            ("a.json", "{\"id\": 1}\n{", Some("JSON")),
            ("a.txt", "<html>", Some("text")),
            ("a.txt", "[18/01/2016, 09:15:32] A: x\n", Some("a WhatsApp chat")),
            ("a.b/LICENSE", "<html>", None),
            (".txt", "x", None),
        ] {
            assert_eq!(named(name, head.as_bytes()).map(|format| format.name), expected, "{name}");
            assert_eq!(is_named(name), expected.is_some());
        }
    }

    #[test]
    fn messages_name_every_extension() {
        let mut told: Vec<&str> = ACCEPTED.split(", ").map(|one| one.trim_start_matches('.')).collect();
        let mut known: Vec<&str> = FORMATS.iter().flat_map(|format| format.extensions).copied().collect();
        told.sort_unstable();
        known.sort_unstable();
        known.dedup();
        assert_eq!(told, known);
    }
}
