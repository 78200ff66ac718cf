//! The parts of an office document, which is a zip of XML files, and what it says of itself.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipReadOptions;
use zip::read::Config;
use zip::result::ZipResult;
use zip::unstable::read::ZipIterable;

use super::Properties;
use super::flow::resolve;
use crate::archives::zip::why;
use crate::dates;
use crate::decode::{self, Refusal};
use crate::limits::{MAX_FILE_BYTES, mebibytes};

/// How many files of a document are looked at.
const MAX_PARTS: usize = 10_000;

/// The named parts of a document that are there, in the order of the names.
///
/// # Errors
/// No zip, or one that is damaged or locked; a part that is larger than what is held.
pub(super) fn parts(raw: &[u8], names: &[&str]) -> Result<Vec<Option<String>>, Refusal> {
    let broken = |error: &zip::result::ZipError| {
        Refusal::new(format!("is no document that can be read ({}); save it again", why(error)))
    };
    let mut found = vec![None; names.len()];
    let mut archive =
        ZipIterable::try_new(Cursor::new(raw), Config::default()).map_err(|error| broken(&error))?;
    let files = archive.files().map_err(|error| broken(&error))?;
    for _ in 0..MAX_PARTS {
        let Some(entry) = files.next() else { break };
        let entry = entry.map_err(|error| broken(&error))?;
        let name = entry.name_raw().to_vec();
        let Some(place) = names.iter().position(|one| one.as_bytes() == name) else { continue };
        if entry.encrypted() {
            return Err(Refusal::new("is locked with a password; save it without one"));
        }
        let mut bytes = Vec::new();
        let read: ZipResult<usize> = entry
            .with_reader(files.reader_mut(), ZipReadOptions::new())
            .and_then(|file| Ok(file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes)?));
        read.map_err(|error| broken(&error))?;
        if bytes.len() as u64 > MAX_FILE_BYTES {
            let most = mebibytes(MAX_FILE_BYTES);
            return Err(Refusal::new(format!("unpacks to more than {most} of text; give its text as .txt")));
        }
        let text = decode::plain(&bytes).map_err(|why| Refusal::new(why.message))?;
        found[place] = Some(text.into_owned());
    }
    Ok(found)
}

/// What the part says that keeps the properties, in the elements of Dublin Core and OpenDocument.
pub(super) fn properties(part: &str) -> Properties {
    let mut said = Properties::default();
    let mut reader = Reader::from_str(part);
    reader.config_mut().check_end_names = false;
    let (mut name, mut value) = (String::new(), String::new());
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                name = local(tag.name().as_ref()).to_owned();
                value.clear();
            }
            Ok(Event::Text(text)) => value.push_str(&text),
            Ok(Event::GeneralRef(reference)) => value.extend(resolve(&reference)),
            Ok(Event::End(_)) => {
                let filled =
                    || Some(value.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|v| !v.is_empty());
                match name.as_str() {
                    "title" => said.title = filled().or(said.title),
                    "creator" | "initial-creator" => said.author = said.author.or_else(filled),
                    "created" | "creation-date" => said.made = dates::iso(&value).or(said.made),
                    "date" if said.made.is_none() => said.made = dates::iso(&value),
                    "language" => said.language = filled().or(said.language),
                    _ => {}
                }
                name.clear();
            }
            Ok(Event::Eof) | Err(_) => return said,
            Ok(_) => {}
        }
    }
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}
