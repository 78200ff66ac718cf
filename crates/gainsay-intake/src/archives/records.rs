//! A web archive to its records (ISO 28500, WARC 1.0 and 1.1): heads parsed, lengths held against what is there.
//!
//! By hand, and not by the crate `warc`: that one stops at the first record whose length is wrong, and holds heads and
//! bodies of any length.

use std::io::{self, BufRead, Cursor, Read};

use crate::limits::MAX_FILE_BYTES;

/// Longest head of a record, in bytes.
const MAX_HEAD_BYTES: usize = 64 << 10;

/// A record.
pub(super) struct Record {
    /// Its head: names in lower case, values as they stand.
    head: Vec<(String, String)>,
    /// Its block; none where that is larger than what is held.
    pub block: Option<Vec<u8>>,
}

impl Record {
    /// The value of a named field.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.head.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// What comes next.
pub(super) enum Next {
    Record(Record),
    /// A record whose length is not what is there, or something that is no record, with its address.
    Wrong(Option<String>),
    End,
}

/// The records of a stream, one after another.
pub(super) struct Records<'a> {
    /// What was read too far.
    again: Cursor<Vec<u8>>,
    reader: &'a mut dyn BufRead,
    line: Vec<u8>,
}

impl<'a> Records<'a> {
    /// Those of `reader`.
    pub fn of(reader: &'a mut dyn BufRead) -> Records<'a> {
        Records { again: Cursor::default(), reader, line: Vec::new() }
    }

    /// The next record.
    ///
    /// # Errors
    /// Where the stream cannot be read.
    pub fn next(&mut self) -> io::Result<Next> {
        let mut skipped = false;
        loop {
            if !self.line()? {
                return Ok(if skipped { Next::Wrong(None) } else { Next::End });
            }
            if begins(&self.line) {
                break;
            }
            skipped |= !self.line.trim_ascii().is_empty();
        }
        if skipped {
            // The one that begins here comes next.
            let line = std::mem::take(&mut self.line);
            self.again_first(line);
            return Ok(Next::Wrong(None));
        }
        let Some(head) = self.head()? else { return Ok(Next::Wrong(None)) };
        let mut record = Record { head, block: None };
        let address = record.field("warc-target-uri").map(str::to_owned);
        let Some(length) =
            record.field("content-length").and_then(|length| length.trim().parse::<u64>().ok())
        else {
            return Ok(Next::Wrong(address));
        };
        if length > MAX_FILE_BYTES {
            return Ok(if self.skip(length)? { Next::Record(record) } else { Next::Wrong(address) });
        }
        let mut block = Vec::new();
        self.take(length, &mut block)?;
        if block.len() as u64 == length && self.parted()? {
            record.block = Some(block);
            return Ok(Next::Record(record));
        }
        // Somewhere in what was taken for this block, or behind it, the next record begins.
        self.again_first(block);
        self.on_to_the_next_record()?;
        Ok(Next::Wrong(address))
    }

    /// Whether two line ends follow, as behind every block; they are read.
    fn parted(&mut self) -> io::Result<bool> {
        let mut first = Vec::new();
        for _ in 0..2 {
            // At the very end, some writers leave them out.
            if !self.line()? {
                return Ok(true);
            }
            // Two that differ are half of what stands there.
            if !matches!(&self.line[..], b"\r\n" | b"\n") || !(first.is_empty() || first == self.line) {
                let line = std::mem::take(&mut self.line);
                self.again_first(line);
                return Ok(false);
            }
            first.clone_from(&self.line);
        }
        Ok(true)
    }

    /// The lines up to an empty one, folded lines joined.
    fn head(&mut self) -> io::Result<Option<Vec<(String, String)>>> {
        let mut head: Vec<(String, String)> = Vec::new();
        let mut bytes = 0;
        while self.line()? {
            bytes += self.line.len();
            if bytes > MAX_HEAD_BYTES {
                return Ok(None);
            }
            let line = String::from_utf8_lossy(&self.line);
            let line = line.trim_end_matches(['\r', '\n']);
            if line.is_empty() {
                return Ok(Some(head));
            }
            if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = head.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((name, value)) = line.split_once(':') {
                head.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
        Ok(Some(head))
    }

    /// Passes over a block that is not held; whether it was as long as it says, and a record or the end follows.
    fn skip(&mut self, length: u64) -> io::Result<bool> {
        let mut left = length;
        let mut blank = false;
        while left > 0 {
            if !self.line()? {
                return Ok(false);
            }
            if blank && begins(&self.line) {
                let line = std::mem::take(&mut self.line);
                self.again_first(line);
                return Ok(false);
            }
            blank = self.line.trim_ascii().is_empty();
            let read = self.line.len() as u64;
            if read > left {
                let behind = self.line.split_off(usize::try_from(left).unwrap_or(0));
                self.again_first(behind);
            }
            left = left.saturating_sub(read);
        }
        self.parted()
    }

    fn on_to_the_next_record(&mut self) -> io::Result<()> {
        while self.line()? {
            if begins(&self.line) {
                let line = std::mem::take(&mut self.line);
                self.again_first(line);
                break;
            }
        }
        Ok(())
    }

    /// Reads up to `length` bytes.
    fn take(&mut self, length: u64, into: &mut Vec<u8>) -> io::Result<()> {
        (&mut self.again).take(length).read_to_end(into)?;
        let left = length.saturating_sub(into.len() as u64);
        (&mut *self.reader).take(left).read_to_end(into)?;
        Ok(())
    }

    /// The next line with its end, or the next piece of one that is too long; whether there is any.
    fn line(&mut self) -> io::Result<bool> {
        self.line.clear();
        (&mut self.again).take(MAX_HEAD_BYTES as u64).read_until(b'\n', &mut self.line)?;
        if !self.line.ends_with(b"\n") {
            let left = MAX_HEAD_BYTES.saturating_sub(self.line.len()) as u64;
            (&mut *self.reader).take(left).read_until(b'\n', &mut self.line)?;
        }
        Ok(!self.line.is_empty())
    }

    /// Puts bytes before all that is still to come.
    fn again_first(&mut self, mut bytes: Vec<u8>) {
        let at = usize::try_from(self.again.position()).unwrap_or(0);
        bytes.extend_from_slice(self.again.get_ref().get(at..).unwrap_or_default());
        self.again = Cursor::new(bytes);
    }
}

/// Whether a line is the first of a record.
pub(super) fn begins(line: &[u8]) -> bool {
    line.starts_with(b"WARC/1.") || line.starts_with(b"WARC/0.1")
}
