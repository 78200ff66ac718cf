//! Where bytes come from: which file, which entry of which archive, and how much of it has been unpacked.
//!
//! **Never** unpacks anything to the disk: names of entries are names and nothing else.

use std::cell::Cell;
use std::io::{self, BufReader, Read};
use std::path::PathBuf;
use std::rc::Rc;

use jiff::civil::Date;

use crate::limits::{MAX_RATIO, UNPACKED_AT_LEAST};

/// Where the bytes come from that a format reads.
#[derive(Clone, Debug, Default)]
pub(crate) struct Source {
    /// What they are called: see [`Intake::raw_name`](crate::Intake::raw_name).
    pub name: String,
    /// What messages call them: the path as it was given, and the entry behind it.
    pub subject: String,
    /// The file on the disk, where they are the whole of one.
    pub path: Option<PathBuf>,
    /// How many archives they lie in.
    pub depth: usize,
    /// What the archive says of them.
    pub given: Given,
    /// How much the input that they come from may unpack to.
    pub ration: Rc<Ration>,
    /// Whether what they were compressed as broke off.
    pub cut: Rc<Cell<bool>>,
}

/// What an archive says of an entry.
#[derive(Clone, Debug, Default)]
pub(crate) struct Given {
    /// Its address.
    pub url: Option<String>,
    /// The day it was captured; as good a guess as any where the text tells no other.
    pub captured: Option<Date>,
    /// What its report should be called, where its name is none of its own.
    pub id: Option<String>,
}

impl Source {
    /// Something that is given from outside, of `size` bytes as far as is known.
    pub fn outer(name: String, subject: String, path: Option<PathBuf>, size: u64) -> Source {
        let ration = Rc::new(Ration { packed: Cell::new(size), ..Ration::default() });
        Source { name, subject, path, ration, ..Source::default() }
    }

    /// An entry of the archive that this is.
    pub fn entry(&self, name: &str) -> Source {
        Source {
            name: format!("{}/{name}", self.name),
            subject: format!("{}/{name}", self.subject),
            path: None,
            depth: self.depth + 1,
            given: Given::default(),
            ration: Rc::clone(&self.ration),
            cut: Rc::clone(&self.cut),
        }
    }

    /// Whether reading went wrong above, where it is told: nothing that follows from it needs another line.
    pub fn is_told_above(&self) -> bool {
        self.cut.get() || self.ration.burst.get()
    }
}

/// How much an input holds as it lies there, and how much was unpacked from it.
#[derive(Debug, Default)]
pub(crate) struct Ration {
    packed: Cell<u64>,
    unpacked: Cell<u64>,
    burst: Cell<bool>,
}

impl Ration {
    /// Whether more was unpacked than is allowed; nothing more is then.
    pub fn is_burst(&self) -> bool {
        self.burst.get()
    }

    /// Counts bytes that were unpacked.
    pub fn unpack(&self, bytes: u64) -> io::Result<()> {
        self.unpacked.set(self.unpacked.get().saturating_add(bytes));
        let most = UNPACKED_AT_LEAST.max(self.packed.get().saturating_mul(MAX_RATIO));
        if self.burst.get() || self.unpacked.get() > most {
            self.burst.set(true);
            return Err(io::Error::other("unpacks to too much"));
        }
        Ok(())
    }
}

/// Counts what comes in from outside without a known size.
pub(crate) struct Packed<R> {
    /// Where it comes from.
    pub inner: R,
    /// Where it is counted.
    pub ration: Rc<Ration>,
}

impl<R: Read> Read for Packed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.ration.packed.set(self.ration.packed.get().saturating_add(read as u64));
        Ok(read)
    }
}

/// Counts what a decoder unpacks, and ends where the ration does.
pub(crate) struct Unpacked<R> {
    inner: R,
    ration: Rc<Ration>,
}

impl<R: Read> Unpacked<R> {
    /// What `inner` unpacks, buffered.
    pub fn new(inner: R, source: &Source) -> BufReader<Unpacked<R>> {
        BufReader::with_capacity(1 << 16, Unpacked { inner, ration: Rc::clone(&source.ration) })
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.ration.unpack(read as u64)?;
        Ok(read)
    }
}
