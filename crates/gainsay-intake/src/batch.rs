//! One batch: every input to its reader, ids kept apart, each outcome handed on.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use gainsay_model::{Report, Warning};

use crate::limits::{MAX_FILE_BYTES, mebibytes};
use crate::walk::{Found, Kind, Walk, unreadable, warn};
use crate::{Intake, decode, html, json, jsonl, text};

/// A batch under way.
pub(crate) struct Batch<'a> {
    walk: Walk,
    ids: BTreeSet<String>,
    each: &'a mut dyn FnMut(Result<Intake, Warning>),
}

impl<'a> Batch<'a> {
    /// A batch that hands everything to `each`.
    pub fn new(each: &'a mut dyn FnMut(Result<Intake, Warning>)) -> Batch<'a> {
        Batch { walk: Walk::default(), ids: BTreeSet::new(), each }
    }

    /// Everything at or below a path.
    pub fn path(&mut self, path: &Path) {
        let mut walk = std::mem::take(&mut self.walk);
        walk.input(path, &mut |found| match found {
            Ok(found) => self.found(&found),
            Err(warning) => (self.each)(Err(warning)),
        });
        self.walk = walk;
    }

    fn found(&mut self, found: &Found) {
        let subject = found.path.display().to_string();
        let file = match File::open(&found.path) {
            Ok(file) => file,
            Err(error) => return (self.each)(Err(warn(&found.path, unreadable("file", &error)))),
        };
        let size = file.metadata().map_or(0, |meta| meta.len());
        let mut reader = BufReader::with_capacity(1 << 16, file);
        match found.kind {
            Kind::Lines => self.lines(&mut reader, &found.name, &subject),
            Kind::Pipe => self.stream(&mut reader, &found.name, &subject),
            _ if size > MAX_FILE_BYTES => (self.each)(Err(warn(&found.path, too_large(size)))),
            kind => self.whole(&mut reader, kind, &found.name, &subject),
        }
    }

    /// A stream without an extension: how it begins decides how it is read.
    pub fn stream(&mut self, reader: &mut dyn BufRead, name: &str, subject: &str) {
        let kind = match reader.fill_buf() {
            Ok(head) => kind_of(head),
            Err(error) => return self.warn(subject, None, unreadable("input", &error)),
        };
        match kind {
            Kind::Lines => self.lines(reader, name, subject),
            kind => self.whole(reader, kind, name, subject),
        }
    }

    fn lines(&mut self, reader: &mut dyn BufRead, name: &str, subject: &str) {
        let Batch { ids, each, .. } = self;
        jsonl::read(reader, name, subject, &mut |taken| {
            if let Ok(intake) = &taken {
                ids.insert(intake.report.id.clone());
            }
            each(taken);
        });
    }

    fn whole(&mut self, reader: &mut dyn BufRead, kind: Kind, name: &str, subject: &str) {
        let mut raw = Vec::new();
        if let Err(error) = reader.take(MAX_FILE_BYTES + 1).read_to_end(&mut raw) {
            return self.warn(subject, None, unreadable("file", &error));
        }
        if raw.len() as u64 > MAX_FILE_BYTES {
            return self.warn(subject, None, too_large(raw.len() as u64));
        }
        if raw.iter().all(u8::is_ascii_whitespace) {
            return self.warn(subject, None, "the file is empty; fill it or take it out".to_owned());
        }
        if kind == Kind::Json {
            let Batch { ids, each, .. } = self;
            return json::read(&raw, name, subject, &mut |taken| {
                if let Ok(intake) = &taken {
                    ids.insert(intake.report.id.clone());
                }
                each(taken);
            });
        }
        let read = match kind {
            Kind::Html => decode::page(&raw).and_then(|page| html::read(&page)),
            _ => decode::plain(&raw).and_then(|plain| text::read(&plain)),
        };
        match read {
            Ok(report) => {
                let report = Report { id: self.unique(stem(name)), ..report };
                (self.each)(Ok(Intake { report, raw, raw_name: name.to_owned() }));
            }
            Err(why) => self.warn(subject, why.line, why.message),
        }
    }

    /// The stem, or `stem-2`, `stem-3` … where the batch has it already.
    fn unique(&mut self, stem: &str) -> String {
        let mut id = stem.to_owned();
        let mut number = 1;
        while !self.ids.insert(id.clone()) {
            number += 1;
            id = format!("{stem}-{number}");
        }
        id
    }

    fn warn(&mut self, subject: &str, line: Option<usize>, message: String) {
        (self.each)(Err(Warning { subject: subject.to_owned(), line, message }));
    }
}

/// A file's name without its folders and its last extension.
pub(crate) fn stem(name: &str) -> &str {
    let file = name.rsplit('/').next().unwrap_or(name);
    match file.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => file,
    }
}

fn kind_of(head: &[u8]) -> Kind {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    match head {
        // An object that is laid out over several lines.
        [b'{', b'\n' | b'\r', ..] => Kind::Json,
        [b'{', b'\\', ..] => Kind::Text,
        [b'{', ..] => Kind::Lines,
        [b'[', rest @ ..] if rest.trim_ascii_start().starts_with(b"{") => Kind::Json,
        _ if looks_like_a_page(head) => Kind::Html,
        _ => Kind::Text,
    }
}

fn looks_like_a_page(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&head[..head.len().min(1024)]).to_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<body", "<article", "<main", "<div", "<p>", "<!--", "<meta", "<h1"]
        .iter()
        .any(|tag| head.starts_with(tag))
        || (head.starts_with("<?xml") && head.contains("<html"))
}

fn too_large(size: u64) -> String {
    let (size, most) = (mebibytes(size), mebibytes(MAX_FILE_BYTES));
    format!("too large: {size} of at most {most}; split it, or give its reports as .jsonl, which is streamed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_known_by_how_it_begins() {
        for (head, kind) in [
            ("{\"id\": 1}\n{", Kind::Lines),
            ("\u{FEFF} { \"text\": \"\"}", Kind::Lines),
            ("{\n  \"id\": 1", Kind::Json),
            ("[\n {\"id\": 1}", Kind::Json),
            ("[…] said", Kind::Text),
            ("<!DOCTYPE html>", Kind::Html),
            ("\n<HTML lang=ar>", Kind::Html),
            ("<3 in all", Kind::Text),
            ("BEIRUT", Kind::Text),
            ("", Kind::Text),
        ] {
            assert_eq!(kind_of(head.as_bytes()), kind, "{head}");
        }
    }

    #[test]
    fn stems() {
        for (name, expected) in [("a/b.c.txt", "b.c"), ("stdin", "stdin"), (".txt", ".txt")] {
            assert_eq!(stem(name), expected);
        }
    }
}
