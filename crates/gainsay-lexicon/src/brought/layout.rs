//! How a list of places lies in its file: a head, then sections of bytes.
//!
//! All numbers are little-endian. The head is [`MAGIC`], the version, and for each section its tag, where it begins,
//! how long it is and the CRC-32 of its bytes; last the CRC-32 of the head itself. Nothing in the file points anywhere
//! but into the section it says, and whoever reads it checks every number against the section's length.

use std::io::{Read, Seek, SeekFrom, Write};
use std::ops::Range;

/// What a list of places begins with.
pub const MAGIC: [u8; 16] = *b"gainsay places\r\n";

/// The version written, and the only one read: a list can always be imported anew.
pub const VERSION: u32 = 1;

/// The sections, in the order in which they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Ids and names, one row's after another's.
    Texts,
    /// Records of [`super::record::SIZE`] bytes, a row each.
    Records,
    /// Names by the hash of their key, 16 bytes each, sorted.
    Names,
    /// Where in `Names` each bucket of hashes begins, 4 bytes each.
    NameBuckets,
    /// Ids by their hash, 16 bytes each, sorted.
    Ids,
    /// Where in `Ids` each bucket begins.
    IdBuckets,
    /// Boundaries.
    Shapes,
    /// JSON: how many rows, which kinds, which ids outside the list are pointed to.
    About,
}

/// All sections.
pub const SECTIONS: [Section; 8] = [
    Section::Texts,
    Section::Records,
    Section::Names,
    Section::NameBuckets,
    Section::Ids,
    Section::IdBuckets,
    Section::Shapes,
    Section::About,
];

/// Bytes of the head.
const HEAD: usize = MAGIC.len() + 8 + SECTIONS.len() * 24 + 4;

/// Writes sections one after the other, then the head.
pub struct Writer<'w, W> {
    to: &'w mut W,
    written: Vec<(u64, u64, u32)>,
    open: Option<(u64, u64, crc32fast::Hasher)>,
    at: u64,
}

impl<'w, W: Write + Seek> Writer<'w, W> {
    /// Begins a file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(to: &'w mut W) -> std::io::Result<Writer<'w, W>> {
        to.write_all(&[0; HEAD])?;
        Ok(Writer { to, written: Vec::new(), open: None, at: HEAD as u64 })
    }

    /// Adds bytes to the section that is being written.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn put(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        let at = self.at;
        let (_, length, crc) = self.open.get_or_insert_with(|| (at, 0, crc32fast::Hasher::new()));
        *length += bytes.len() as u64;
        crc.update(bytes);
        self.at += bytes.len() as u64;
        self.to.write_all(bytes)
    }

    /// Ends a section; the next bytes belong to the next one of [`SECTIONS`].
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn end(&mut self) -> std::io::Result<()> {
        self.put(&[])?;
        if let Some((from, length, crc)) = self.open.take() {
            self.written.push((from, length, crc.finalize()));
        }
        Ok(())
    }

    /// Writes the head. The file is whole only when this has returned.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(self) -> std::io::Result<u64> {
        let mut head = MAGIC.to_vec();
        head.extend(VERSION.to_le_bytes());
        head.extend((SECTIONS.len() as u32).to_le_bytes());
        for (n, (from, length, crc)) in self.written.iter().enumerate() {
            head.extend((n as u32).to_le_bytes());
            head.extend(from.to_le_bytes());
            head.extend(length.to_le_bytes());
            head.extend(crc.to_le_bytes());
        }
        let crc = crc32fast::hash(&head);
        head.extend(crc.to_le_bytes());
        debug_assert_eq!(head.len(), HEAD);
        self.to.seek(SeekFrom::Start(0))?;
        self.to.write_all(&head)?;
        self.to.flush()?;
        Ok(self.at)
    }
}

/// Where the sections lie.
#[derive(Debug, Clone)]
pub struct Layout(Vec<(Range<usize>, u32)>);

impl Layout {
    /// Reads the head of a file of so many bytes.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn of(bytes: &[u8]) -> Result<Layout, String> {
        let head = bytes.get(..HEAD).ok_or("is cut short")?;
        if head[..MAGIC.len()] != MAGIC {
            return Err("is no list of places that gainsay made".into());
        }
        let number = |at: usize| u32::from_le_bytes(head[at..at + 4].try_into().unwrap_or_default());
        let long = |at: usize| u64::from_le_bytes(head[at..at + 8].try_into().unwrap_or_default());
        let version = number(MAGIC.len());
        if version != VERSION {
            return Err(format!(
                "is of version {version}, this gainsay reads {VERSION}; add it again from its source"
            ));
        }
        if crc32fast::hash(&head[..HEAD - 4]) != number(HEAD - 4)
            || number(MAGIC.len() + 4) as usize != SECTIONS.len()
        {
            return Err("is damaged: its head".into());
        }
        let mut sections = Vec::with_capacity(SECTIONS.len());
        for (n, section) in SECTIONS.iter().enumerate() {
            let at = MAGIC.len() + 8 + n * 24;
            let (from, length) = (long(at + 4), long(at + 12));
            let end = from.checked_add(length).filter(|end| *end <= bytes.len() as u64);
            match end {
                Some(end) if number(at) as usize == n && from >= HEAD as u64 => {
                    sections.push((from as usize..end as usize, number(at + 20)));
                }
                _ => return Err(format!("is cut short or damaged: section {section:?}")),
            }
        }
        Ok(Layout(sections))
    }

    /// The bytes of a section.
    pub fn bytes<'b>(&self, bytes: &'b [u8], section: Section) -> &'b [u8] {
        self.0.get(section as usize).and_then(|(range, _)| bytes.get(range.clone())).unwrap_or_default()
    }

    /// Reads a file from its beginning and holds every section against its checksum, by reading and not by mapping:
    /// the file's pages do not count as this program's memory then.
    ///
    /// # Errors
    /// Which section is damaged, in words; or that the file cannot be read.
    pub fn check(&self, mut from: impl Read + Seek) -> Result<(), String> {
        let mut buffer = vec![0; 1 << 20];
        for (n, (range, expected)) in self.0.iter().enumerate() {
            from.seek(SeekFrom::Start(range.start as u64))
                .map_err(|error| format!("cannot be read: {error}"))?;
            let (mut left, mut crc) = (range.len(), crc32fast::Hasher::new());
            while left > 0 {
                let part = left.min(buffer.len());
                from.read_exact(&mut buffer[..part]).map_err(|error| format!("cannot be read: {error}"))?;
                crc.update(&buffer[..part]);
                left -= part;
            }
            if crc.finalize() != *expected {
                return Err(format!("is damaged: section {:?}", SECTIONS[n]));
            }
        }
        Ok(())
    }
}
