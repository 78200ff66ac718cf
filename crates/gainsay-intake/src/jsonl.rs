//! JSON lines of reports, streamed: one line is held at a time, however large the file.

use std::io::{BufRead, Read};

use crate::batch::{Batch, stem};
use crate::formats::{self, Format, Reading};
use crate::limits::{MAX_FILE_BYTES, MAX_LINE_BYTES, mebibytes};
use crate::source::Source;
use crate::walk::unreadable;
use crate::{Intake, decode, record};

/// How much of the file is looked at to tell a binary from text, in bytes.
const SNIFFED: usize = 4096;

/// A report a line.
pub(crate) const FORMAT: Format = Format {
    name: "JSON lines",
    extensions: &["jsonl", "ndjson"],
    media: &["application/jsonl", "application/x-ndjson"],
    begins,
    read: Reading::Stream(read),
};

/// Whether bytes begin like an object on a line of its own, and not like rich text.
pub(crate) fn begins(head: &[u8]) -> bool {
    !matches!(formats::bare(head), [b'{', b'\n' | b'\r' | b'\\', ..]) && formats::bare(head).starts_with(b"{")
}

/// Hands over the report of every line, and a warning for every line that cannot be read. Blank lines are skipped.
pub(crate) fn read(reader: &mut dyn BufRead, source: &Source, batch: &mut Batch) {
    let (marked, refused) = match reader.fill_buf() {
        Ok(head) => (
            matches!(head, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]),
            decode::binary(&head[..head.len().min(SNIFFED)]),
        ),
        Err(error) => return batch.failed(source, &error),
    };
    if marked {
        return match utf16(reader) {
            Ok(text) => read(&mut text.as_bytes(), source, batch),
            Err(message) => batch.warn(source, None, message),
        };
    }
    if let Some(why) = refused {
        return batch.warn(source, why.line, why.message);
    }

    let columns = batch.columns();
    let mut line = Vec::new();
    let (mut number, mut filled) = (0, 0);
    loop {
        number += 1;
        match next_line(reader, &mut line) {
            Ok(Next::Line) => {}
            Ok(Next::TooLong) => {
                filled += 1;
                let most = mebibytes(MAX_LINE_BYTES as u64);
                batch.warn(source, Some(number), format!("the line is longer than {most}; split its report"));
                continue;
            }
            Ok(Next::End) => break,
            Err(error) => return batch.failed(source, &error),
        }
        let mut bytes = line.strip_suffix(b"\n").unwrap_or(&line);
        bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
        if number == 1 {
            bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        }
        if bytes.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        filled += 1;
        let json = match std::str::from_utf8(bytes) {
            Ok(json) => json,
            Err(error) => {
                let why = decode::not_utf8(bytes, error.valid_up_to(), "save the file as UTF-8");
                batch.warn(source, Some(number), why.message.replace("(byte", "(in this line, byte"));
                continue;
            }
        };
        match record::report(json, &columns, || format!("{}-{number}", stem(&source.name))) {
            Ok((report, complaint)) => {
                let raw_name = format!("{}:{number}", source.name);
                batch.hand(Ok(Intake::new(report, bytes, raw_name)));
                if let Some(message) = complaint {
                    batch.warn(source, Some(number), message);
                }
            }
            // Where an archive broke off, which is told of it.
            Err(_) if !line.ends_with(b"\n") && source.is_told_above() => {}
            Err(message) => batch.warn(source, Some(number), message),
        }
    }
    if filled == 0 && !source.is_told_above() {
        batch.warn(source, None, "the file is empty; fill it or take it out");
    }
}

enum Next {
    Line,
    TooLong,
    End,
}

/// Reads up to and with the next line end; of a line that is too long, nothing is kept.
fn next_line(reader: &mut dyn BufRead, line: &mut Vec<u8>) -> std::io::Result<Next> {
    line.clear();
    let read = (&mut *reader).take(MAX_LINE_BYTES as u64 + 1).read_until(b'\n', line)?;
    if read == 0 {
        return Ok(Next::End);
    }
    if read <= MAX_LINE_BYTES || line.ends_with(b"\n") {
        return Ok(Next::Line);
    }
    *line = Vec::new();
    loop {
        let (used, done) = {
            let buffer = match reader.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            match buffer.iter().position(|&byte| byte == b'\n') {
                Some(at) => (at + 1, true),
                None => (buffer.len(), buffer.is_empty()),
            }
        };
        reader.consume(used);
        if done {
            return Ok(Next::TooLong);
        }
    }
}

/// UTF-16 is decoded whole, so it is held to the bound of other files.
fn utf16(reader: &mut dyn BufRead) -> Result<String, String> {
    let mut bytes = Vec::new();
    reader.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(|error| unreadable("file", &error))?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(format!(
            "UTF-16 of more than {}; save it as UTF-8, which is streamed",
            mebibytes(MAX_FILE_BYTES)
        ));
    }
    decode::plain(&bytes).map(|text| text.into_owned()).map_err(|why| why.message)
}
