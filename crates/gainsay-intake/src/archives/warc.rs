//! Web archives: each page, PDF or text that was captured is a report, with its address and, as a guess where it tells
//! no day itself, the day of its capture.
//!
//! **Takes** records of types `response`, `resource` and `conversion`. **Gives** one report each; its raw bytes are
//! the record's payload: what came behind the server's head, as it came. What is no report (pictures, redirects,
//! pages that were not found, revisits) is counted in one note, what cannot be read is told once for each reason.

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::records::{Next, Record, Records};
use super::{Contents, http, short_hash, shown};
use crate::batch::{Batch, stem};
use crate::dates;
use crate::formats::{self, Format, Reading};
use crate::source::Source;

/// A web archive.
pub(crate) const FORMAT: Format = Format {
    name: "WARC",
    extensions: &["warc"],
    media: &["application/warc"],
    begins: |head| super::records::begins(head),
    read: Reading::Stream(read),
};

/// Longest part of an address that goes into an id, in characters.
const MAX_SLUG: usize = 80;

/// After how many records of a wrong length an archive is given up: each may cost a search through
/// [`MAX_FILE_BYTES`](crate::MAX_FILE_BYTES).
const MAX_WRONG: usize = 200;

/// How many reasons are told apart.
const MAX_REASONS: usize = 50;

fn read(reader: &mut dyn BufRead, source: &Source, batch: &mut Batch) {
    let Some(mut contents) = Contents::of(source, batch) else { return };
    let mut records = Records::of(reader);
    let mut met = Met {
        source,
        counts: BTreeMap::new(),
        refused: BTreeMap::new(),
        payloads: BTreeSet::new(),
        taken: 0,
    };
    let mut wrong = 0;
    loop {
        match records.next() {
            Ok(Next::End) => break,
            Ok(_) if contents.is_over(batch) => break,
            Ok(Next::Wrong(_)) if source.is_told_above() => {}
            Ok(Next::Wrong(_)) if wrong == MAX_WRONG => {
                batch.warn(
                    source,
                    None,
                    format!("more than {MAX_WRONG} records are wrong; the rest was not read"),
                );
                break;
            }
            Ok(Next::Wrong(address)) => {
                wrong += 1;
                let at = address.unwrap_or_else(|| format!("record {}", contents.entries));
                met.refuse(&at, "its length is wrong, or it is no record; what follows it was read");
            }
            Ok(Next::Record(record)) => met.record(record, contents.entries, batch),
            Err(error) => {
                batch.failed(source, &error);
                break;
            }
        }
    }
    contents.taken = met.taken;
    contents.told = !met.counts.is_empty() || !met.refused.is_empty();
    met.close(batch);
    contents.close(batch);
}

/// What has been met in one web archive.
struct Met<'a> {
    source: &'a Source,
    /// How many records were passed over, by what they are.
    counts: BTreeMap<&'static str, u64>,
    /// What was refused, by reason: how many, and the first of them.
    refused: BTreeMap<String, (u64, String)>,
    /// Address and bytes of what was taken, by their hashes.
    payloads: BTreeSet<u64>,
    /// How many reports were read, or tried to be.
    taken: u64,
}

impl Met<'_> {
    fn record(&mut self, record: Record, number: u64, batch: &mut Batch) {
        let kind = record.field("warc-type").unwrap_or_default().to_ascii_lowercase();
        match kind.as_str() {
            "response" | "resource" | "conversion" => {}
            "revisit" => return self.count("revisits"),
            // About the archive, and about other records.
            _ => return,
        }
        let address = record.field("warc-target-uri").unwrap_or_default();
        let address = address.trim_start_matches('<').trim_end_matches('>').to_owned();
        let at = if address.is_empty() { format!("record {number}") } else { shown(&address) };
        let captured = record.field("warc-date").and_then(dates::iso);
        let media = http::essence(record.field("content-type").unwrap_or_default());
        let Some(block) = record.block else { return self.count("too large") };
        let answer = http::answer(&block);
        let (media, payload, body) = match &answer {
            _ if kind != "response" => (media, &block[..], Ok(block.clone())),
            Some(answer) => match answer.status {
                200..=299 => {
                    let media = answer.media.clone().unwrap_or_default();
                    if !is_read(&media, &address, answer.payload) {
                        return self.count("pictures, scripts and other kinds that are not read");
                    }
                    (media, answer.payload, answer.body(self.source))
                }
                300..=399 => return self.count("redirects"),
                _ => return self.count("not found or refused by the server"),
            },
            // Answers of DNS and the like.
            None if !media.starts_with("application/http") => return self.count("no pages"),
            None => return self.refuse(&at, "holds no answer of a server"),
        };
        let body = match body {
            Ok(body) => body,
            Err(why) => return self.refuse(&at, &why),
        };
        if body.trim_ascii().is_empty() {
            return self.count("empty pages");
        }
        let Some(format) = format_of(&media, &address, &body) else {
            return self.count("pictures, scripts and other kinds that are not read");
        };
        let mut hashed = Sha256::new();
        hashed.update(&address);
        hashed.update([0]);
        hashed.update(payload);
        if !self.payloads.insert(short_hash(&hashed.finalize())) {
            return self.count("captured again, unchanged");
        }
        self.taken += 1;
        let mut inner = self.source.entry(&at);
        inner.given.url = Some(address.clone()).filter(|address| !address.is_empty());
        inner.given.captured = captured;
        inner.given.id = Some(id_of(&address, captured, &self.source.name, number));
        match format.read {
            Reading::One(read) => match read(&body) {
                Ok(report) => batch.one(report, payload.to_vec(), &inner),
                Err(why) if why.message.contains("holds no text") => self.count("pages without text"),
                Err(why) => self.refuse(&at, &format!("{}: {}", format.name, why.message)),
            },
            Reading::Many(read) => read(&body, &inner, batch),
            Reading::Stream(read) => read(&mut &body[..], &inner, batch),
        }
    }

    fn count(&mut self, what: &'static str) {
        *self.counts.entry(what).or_default() += 1;
    }

    fn refuse(&mut self, at: &str, why: &str) {
        let why = if self.refused.len() < MAX_REASONS || self.refused.contains_key(why) {
            why
        } else {
            "cannot be read, for another reason than those told"
        };
        let (count, _) = self.refused.entry(why.to_owned()).or_insert_with(|| (0, at.to_owned()));
        *count += 1;
    }

    fn close(self, batch: &mut Batch) {
        for (why, (count, first)) in self.refused {
            let more = if count > 1 { format!(" ({} more like it)", count - 1) } else { String::new() };
            batch.warn(self.source, None, format!("{first}: {why}{more}"));
        }
        if !self.counts.is_empty() {
            let told: Vec<String> =
                self.counts.iter().map(|(what, count)| format!("{count} {what}")).collect();
            batch.note(self.source, format!("records passed over: {}", told.join(", ")));
        }
    }
}

/// Whether a payload may be a report, by its media type and address; told before it is unpacked.
fn is_read(media: &str, address: &str, payload: &[u8]) -> bool {
    let unsaid = matches!(media, "" | "application/octet-stream" | "binary/octet-stream");
    formats::of_media(media, payload).is_some()
        || payload.starts_with(b"%PDF-")
        || (unsaid && formats::is_named(path_of(address)))
}

/// The format of a body: what its media type says, unless that is silent or the bytes are plainly something else.
fn format_of(media: &str, address: &str, body: &[u8]) -> Option<&'static Format> {
    let head = &body[..body.len().min(formats::HEAD)];
    let format = match formats::of_media(media, head) {
        _ if head.starts_with(b"%PDF-") => Some(formats::nameless(head)),
        Some(format) => Some(format),
        None => formats::named(path_of(address), head),
    };
    // What pages load in the background is JSON, too, and seldom a report.
    let holds_text = |format: &Format| {
        !format.extensions.iter().any(|extension| extension.starts_with("json") || *extension == "ndjson")
            || body.windows(6).any(|window| window == b"\"text\"")
    };
    format.filter(|format| holds_text(format))
}

/// The path of an address, without what is asked of it.
fn path_of(address: &str) -> &str {
    let path = address.split_once("://").map_or(address, |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or(path);
    // A host alone has no path: `example.org` is no file of type `.org`.
    path.find('/').map_or("", |at| &path[at..])
}

/// An id that tells page and capture: `euphrates-wire.example-2016-01-18-siege-2016-01-19`.
fn id_of(address: &str, captured: Option<Date>, name: &str, number: u64) -> String {
    let bare = address.split_once("://").map_or(address, |(_, rest)| rest);
    let bare = bare.strip_prefix("www.").unwrap_or(bare);
    let mut slug = String::new();
    for char in bare.chars() {
        if char.is_alphanumeric() || char == '.' {
            slug.extend(char.to_lowercase());
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let whole = slug.trim_matches(['-', '.']);
    let mut slug: String = whole.chars().take(MAX_SLUG).collect();
    if slug.len() < whole.len() {
        // Enough to tell long addresses apart.
        slug.push_str(&format!("-{:08x}", short_hash(address.as_bytes()) >> 32));
    }
    if slug.is_empty() {
        slug = format!("{}-{number}", stem(name));
    }
    captured.map_or(slug.clone(), |day| format!("{slug}-{day}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn ids_tell_page_and_capture() {
        let day = Some(date(2016, 1, 19));
        for (address, expected) in [
            (
                "http://www.euphrates-wire.example/2016/01/18/siege/",
                "euphrates-wire.example-2016-01-18-siege-2016-01-19",
            ),
            ("https://a.example/?p=12", "a.example-p-12-2016-01-19"),
            ("", "x-7-2016-01-19"),
        ] {
            assert_eq!(id_of(address, day, "b/x.warc", 7), expected);
        }
        let long = format!("http://a.example/{}", "x".repeat(300));
        assert!(id_of(&long, day, "x", 1) != id_of(&format!("{long}y"), day, "x", 1));
        assert!(id_of(&long, day, "x", 1).len() < 120);
    }

    #[test]
    fn paths_of_addresses() {
        for (address, path) in [("http://a.org/b.pdf?x=1", "/b.pdf"), ("http://a.txt", ""), ("a", "")] {
            assert_eq!(path_of(address), path);
        }
    }
}
