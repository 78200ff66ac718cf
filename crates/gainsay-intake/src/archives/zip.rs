//! Zip archives, entry by entry in the order of their directory; and web archives in zips (WACZ).
//!
//! A zip is read from its end, so one that does not lie on the disk by itself is held in memory, up to the bound of
//! other files.

use std::borrow::Cow;
use std::io::{BufRead, Cursor, ErrorKind, Read, Seek};

use zip::read::Config;
use zip::result::{ZipError, ZipResult};
use zip::unstable::read::ZipIterable;
use zip::{CompressionMethod, ZipReadOptions};

use super::{Contents, Passed, shown};
use crate::batch::Batch;
use crate::formats::{Format, Reading};
use crate::limits::{MAX_FILE_BYTES, mebibytes};
use crate::source::{Source, Unpacked};
use crate::walk::unreadable;

/// A zip archive.
pub(crate) const FORMAT: Format = Format {
    name: "zip",
    extensions: &["zip"],
    media: &["application/zip", "application/x-zip-compressed"],
    begins: |head| head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06"),
    read: Reading::Stream(|reader, source, batch| read(reader, source, batch, &|_| true)),
};

/// A web archive in a zip: its records lie below `archive/`, the rest is about them
/// (<https://specs.webrecorder.net/wacz/1.1.1/>).
pub(crate) const WACZ: Format = Format {
    name: "WACZ",
    extensions: &["wacz"],
    media: &["application/wacz", "application/wacz+zip"],
    begins: |_| false,
    read: Reading::Stream(|reader, source, batch| {
        read(reader, source, batch, &|name| name.starts_with("archive/"))
    }),
};

fn read(reader: &mut dyn BufRead, source: &Source, batch: &mut Batch, wanted: &dyn Fn(&str) -> bool) {
    let Some(mut contents) = Contents::of(source, batch) else { return };
    let read = match &source.path {
        Some(path) => match batch.open(path) {
            Ok(file) => entries(file, &mut contents, batch, wanted),
            Err(error) => return batch.warn(source, None, unreadable("file", &error)),
        },
        None => {
            let mut whole = Vec::new();
            match reader.take(MAX_FILE_BYTES + 1).read_to_end(&mut whole) {
                Err(error) => return batch.failed(source, &error),
                Ok(_) if whole.len() as u64 > MAX_FILE_BYTES => {
                    let most = mebibytes(MAX_FILE_BYTES);
                    let message =
                        "a zip that is no file of its own (in an archive, or from a pipe) is read up to";
                    return batch.warn(
                        source,
                        None,
                        format!("{message} {most}; save it and give it by itself"),
                    );
                }
                Ok(_) => entries(Cursor::new(whole), &mut contents, batch, wanted),
            }
        }
    };
    if let Err(error) = read
        && !source.is_told_above()
    {
        contents.told = true;
        let message = format!("is no zip that can be read to its end ({}); get the file again", why(&error));
        batch.warn(source, None, message);
    }
    contents.close(batch);
}

/// Reads every wanted entry. One that is broken costs a line and no other entry.
fn entries(
    reader: impl Read + Seek,
    contents: &mut Contents<'_>,
    batch: &mut Batch,
    wanted: &dyn Fn(&str) -> bool,
) -> ZipResult<()> {
    let mut archive = ZipIterable::try_new(reader, Config::default())?;
    let files = archive.files()?;
    while let Some(entry) = files.next() {
        let entry = entry?;
        if contents.is_over(batch) {
            break;
        }
        // Names without the mark of UTF-8 are often UTF-8 all the same; else they are of the old DOS code page.
        let raw = entry.name_raw().to_vec();
        let name = match std::str::from_utf8(&raw) {
            Ok(name) => name.to_owned(),
            Err(_) => {
                entry.name().map_or_else(|_| String::from_utf8_lossy(&raw).into_owned(), Cow::into_owned)
            }
        };
        if entry.is_dir() || !wanted(&name) {
            continue;
        }
        if entry.is_symlink() {
            contents.pass(Passed::NoFile, &name);
            continue;
        }
        if !contents.takes(name.as_bytes()) {
            continue;
        }
        if entry.encrypted() {
            contents.pass(Passed::Encrypted, &name);
            continue;
        }
        let inner = contents.source.entry(&shown(&name));
        let packed = matches!(entry.compression(), CompressionMethod::Stored);
        match entry.with_reader(files.reader_mut(), ZipReadOptions::new()) {
            Ok(mut file) if packed => batch.entry(&mut file, &inner),
            Ok(file) => batch.entry(&mut Unpacked::new(file, contents.source), &inner),
            Err(error) => {
                let message =
                    format!("cannot be unpacked ({}); unpack it and give what is inside", why(&error));
                batch.warn(&inner, None, message);
            }
        }
    }
    Ok(())
}

/// What is wrong with a zip, in a few words.
pub(crate) fn why(error: &ZipError) -> String {
    match error {
        ZipError::InvalidArchive(what) => format!("invalid: {}", shown(what)),
        ZipError::UnsupportedArchive(what) => format!("not supported: {what}"),
        ZipError::CompressionMethodNotSupported(number) => format!("compressed by method {number}"),
        ZipError::Io(error) if error.kind() == ErrorKind::UnexpectedEof => "it breaks off".to_owned(),
        other => shown(&other.to_string()),
    }
}
