//! Makes the file of a list of places out of rows, however many.
//!
//! **Takes** rows in order, and scratch files. **Gives** the file, and what it holds.
//! **Never** holds all rows in memory: texts go to the file at once, records wait in a scratch file, names and ids are
//! sorted in runs.

use std::io::{Read, Seek, SeekFrom, Write};

use serde::{Deserialize, Serialize};

use super::layout::Writer;
use super::record::{Rows, SIZE};
use super::shapes::Shapes;
use super::sort::{RUN, Scratch, ScratchFile, Sorter};

/// What a list says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// How many places.
    pub rows: u32,
    /// How many names, by their keys.
    pub names: u32,
    /// How many bits of a name's hash tell its bucket.
    pub name_bits: u32,
    /// How many bits of an id's hash tell its bucket.
    pub id_bits: u32,
    /// Kinds, as records number them.
    pub kinds: Vec<String>,
    /// Ids outside the list, as records number them.
    pub outside: Vec<String>,
}

/// Why a list could not be made.
#[derive(Debug)]
pub enum Failed {
    /// The disk refused.
    Disk(std::io::Error),
    /// Two rows have one id: the rows' numbers.
    Twice(u32, u32),
    /// More rows or names than a list may have.
    TooMany,
}

impl From<std::io::Error> for Failed {
    fn from(error: std::io::Error) -> Failed {
        Failed::Disk(error)
    }
}

/// A list being made.
pub struct Builder<'s, 'w, W> {
    writer: Writer<'w, W>,
    records: std::io::BufWriter<Box<dyn ScratchFile>>,
    names: Sorter<'s>,
    ids: Sorter<'s>,
    texts: u64,
    rows: u32,
    entries: u64,
}

impl<'s, 'w, W: Write + Seek> Builder<'s, 'w, W> {
    /// An empty one.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn new(to: &'w mut W, scratch: &'s dyn Scratch) -> std::io::Result<Builder<'s, 'w, W>> {
        Ok(Builder {
            writer: Writer::new(to)?,
            records: std::io::BufWriter::with_capacity(1 << 20, scratch.file()?),
            names: Sorter::new(scratch, RUN),
            ids: Sorter::new(scratch, RUN / 4),
            texts: 0,
            rows: 0,
            entries: 0,
        })
    }

    /// How many rows there are so far: the number of the next.
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// Adds rows, whose first has the number [`Builder::rows`].
    ///
    /// # Errors
    /// When the disk refuses or there are too many.
    pub fn put(&mut self, mut rows: Rows) -> Result<(), Failed> {
        debug_assert_eq!(rows.first, self.rows);
        for record in rows.records.chunks_exact_mut(SIZE) {
            if let Some(start) = record.first_chunk_mut::<8>() {
                *start = (u64::from_le_bytes(*start) + self.texts).to_le_bytes();
            }
        }
        self.records.write_all(&rows.records)?;
        self.writer.put(&rows.texts)?;
        self.names.extend(&rows.names)?;
        self.ids.extend(&rows.ids)?;
        self.texts += rows.texts.len() as u64;
        self.entries += rows.names.len() as u64;
        self.rows =
            self.rows.checked_add(rows.count).filter(|rows| *rows < 1 << 30).ok_or(Failed::TooMany)?;
        if self.entries >= u64::from(u32::MAX) { Err(Failed::TooMany) } else { Ok(()) }
    }

    /// Lists rows that were put already under further names ([`super::record::entry`]).
    ///
    /// # Errors
    /// When the disk refuses or there are too many.
    pub fn names(&mut self, entries: &[u128]) -> Result<(), Failed> {
        self.names.extend(entries)?;
        self.entries += entries.len() as u64;
        if self.entries >= u64::from(u32::MAX) { Err(Failed::TooMany) } else { Ok(()) }
    }

    /// Writes the rest of the file. Its length, and what it holds. `progress` is told which part of that is done.
    ///
    /// # Errors
    /// When the disk refuses, or an id is given twice.
    pub fn finish(
        mut self,
        kinds: Vec<String>,
        outside: Vec<String>,
        shapes: &Shapes,
        progress: &mut dyn FnMut(f64),
    ) -> Result<(u64, About), Failed> {
        self.writer.end()?;
        let mut records = self.records.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        records.seek(SeekFrom::Start(0))?;
        let mut buffer = vec![0; 1 << 20];
        loop {
            let read = records.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            self.writer.put(&buffer[..read])?;
        }
        self.writer.end()?;
        drop(records);
        let name_bits = bits(self.entries);
        let (mut done, all) = (0_u64, (self.entries + u64::from(self.rows)).max(1) as f64);
        let mut step = || {
            done += 1;
            if done.is_multiple_of(1 << 16) {
                progress(done as f64 / all);
            }
        };
        let names = sorted(&mut self.writer, self.names, name_bits, |_, _| {
            step();
            Ok(())
        })?;
        let id_bits = bits(u64::from(self.rows));
        let mut twice = None;
        sorted(&mut self.writer, self.ids, id_bits, |last, next| {
            step();
            if last >> 64 == next >> 64 {
                twice.get_or_insert((last as u32, next as u32));
            }
            Ok(())
        })?;
        if let Some((a, b)) = twice {
            return Err(Failed::Twice(a.min(b), a.max(b)));
        }
        self.writer.put(&shapes.bytes())?;
        self.writer.end()?;
        let about = About { rows: self.rows, names, name_bits, id_bits, kinds, outside };
        self.writer.put(&serde_json::to_vec(&about).map_err(std::io::Error::other)?)?;
        self.writer.end()?;
        Ok((self.writer.finish()?, about))
    }
}

/// Buckets of about eight entries.
fn bits(entries: u64) -> u32 {
    (entries / 8).max(1).ilog2().clamp(1, 26)
}

/// Writes the entries of a sorter as one section and their buckets as the next; how many there are.
fn sorted<W: Write + Seek>(
    writer: &mut Writer<W>,
    sorter: Sorter,
    bits: u32,
    mut pair: impl FnMut(u128, u128) -> std::io::Result<()>,
) -> std::io::Result<u32> {
    let mut starts: Vec<u32> = Vec::with_capacity((1 << bits) + 1);
    let (mut count, mut last) = (0_u32, None);
    let mut out: Vec<u8> = Vec::with_capacity(1 << 20);
    sorter.finish(|entry| {
        let bucket = (entry >> (128 - bits)) as usize;
        while starts.len() <= bucket {
            starts.push(count);
        }
        if let Some(last) = last.replace(entry) {
            pair(last, entry)?;
        }
        count += 1;
        out.extend(entry.to_le_bytes());
        if out.len() >= 1 << 20 {
            writer.put(&out)?;
            out.clear();
        }
        Ok(())
    })?;
    writer.put(&out)?;
    writer.end()?;
    starts.resize((1 << bits) + 1, count);
    for part in starts.chunks(1 << 16) {
        let bytes: Vec<u8> = part.iter().flat_map(|start| start.to_le_bytes()).collect();
        writer.put(&bytes)?;
    }
    writer.end()?;
    Ok(count)
}
