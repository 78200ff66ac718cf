//! One list of places as it is looked up: bytes of a file, usually mapped.
//!
//! **Takes** bytes. **Gives** rows by id and by name, in a few steps each whatever the number of rows.
//! **Never** reads beyond a section, whatever the bytes say: a damaged list answers too little, and is told by its
//! checksums.

use std::sync::Arc;

use super::build::About;
use super::layout::{Layout, Section};
use super::record::{Record, SIZE, Texts, hash, named};
use super::shapes::Shapes;

/// Bytes that a list is looked up in.
pub type Bytes = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// A list of places.
pub struct PlaceList {
    /// What it is called.
    pub name: String,
    /// What it says of itself.
    pub about: About,
    /// Boundaries of its places.
    pub shapes: Shapes,
    layout: Layout,
    bytes: Bytes,
}

/// A row that bears a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Its number.
    pub row: u32,
    /// How prominent it is.
    pub rank: u8,
    /// ISO 3166 code of its country.
    pub country: [u8; 2],
}

impl PlaceList {
    /// Opens a list. Checksums are not held against the bytes here ([`Layout::check`]), lengths are.
    ///
    /// # Errors
    /// What is wrong with it, in words that follow its name.
    pub fn open(name: &str, bytes: Bytes) -> Result<PlaceList, String> {
        let all: &[u8] = (*bytes).as_ref();
        let layout = Layout::of(all)?;
        let of = |section: Section| layout.bytes(all, section);
        let about: About =
            serde_json::from_slice(of(Section::About)).map_err(|_| "is damaged: what it says of itself")?;
        let buckets = |bits: u32| (1_usize << bits.min(31)) * 4 + 4;
        let fits = of(Section::Records).len() == about.rows as usize * SIZE
            && of(Section::Ids).len() == about.rows as usize * 16
            && of(Section::Names).len() == about.names as usize * 16
            && (1..=26).contains(&about.name_bits)
            && (1..=26).contains(&about.id_bits)
            && of(Section::NameBuckets).len() == buckets(about.name_bits)
            && of(Section::IdBuckets).len() == buckets(about.id_bits);
        if !fits {
            return Err("is damaged: its sections are not as long as it says".into());
        }
        let shapes = Shapes::of(of(Section::Shapes)).ok_or("is damaged: its boundaries")?;
        Ok(PlaceList { name: name.to_owned(), about, shapes, layout, bytes })
    }

    /// Where its sections lie, to hold them against their checksums.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    fn section(&self, section: Section) -> &[u8] {
        self.layout.bytes((*self.bytes).as_ref(), section)
    }

    /// A row's record.
    pub fn record(&self, row: u32) -> Option<Record> {
        Record::of(self.section(Section::Records).get(row as usize * SIZE..)?)
    }

    /// A row's texts.
    pub fn texts(&self, record: &Record) -> Option<Texts<'_>> {
        Texts::of(self.section(Section::Texts).get(usize::try_from(record.texts).ok()?..)?)
    }

    /// A row's id.
    pub fn id(&self, row: u32) -> Option<&str> {
        let texts = usize::try_from(self.record(row)?.texts).ok()?;
        Texts::id(self.section(Section::Texts).get(texts..)?)
    }

    /// The kind of a record.
    pub fn kind(&self, record: &Record) -> &str {
        self.about.kinds.get(usize::from(record.kind)).map_or("area", String::as_str)
    }

    /// The row with this id.
    pub fn row(&self, id: &str) -> Option<u32> {
        let hash = hash(id);
        let found = self.entries(Section::Ids, Section::IdBuckets, self.about.id_bits, hash);
        found.map(|entry| entry as u32).find(|row| self.id(*row) == Some(id))
    }

    /// The rows that bear a name of this key, the most prominent first.
    pub fn bearing(&self, key: &str) -> impl Iterator<Item = Hit> {
        let found = self.entries(Section::Names, Section::NameBuckets, self.about.name_bits, hash(key));
        found.map(|entry| {
            let (_, rank, country, row) = named(entry);
            Hit { row, rank, country }
        })
    }

    /// The entries of a sorted section that have this hash, in order.
    fn entries(
        &self,
        section: Section,
        buckets: Section,
        bits: u32,
        hash: u64,
    ) -> impl Iterator<Item = u128> {
        let (all, buckets) =
            (self.section(section).as_chunks::<16>().0, self.section(buckets).as_chunks::<4>().0);
        let at = (hash >> (64 - bits)) as usize;
        let edge = |at: usize| buckets.get(at).map_or(0, |bytes| u32::from_le_bytes(*bytes) as usize);
        let bucket = all.get(edge(at)..edge(at + 1)).unwrap_or_default();
        let own = move |entry: &[u8; 16]| (u128::from_le_bytes(*entry) >> 64) as u64;
        let from = bucket.partition_point(|entry| own(entry) < hash);
        bucket[from..]
            .iter()
            .take_while(move |entry| own(entry) == hash)
            .map(|entry| u128::from_le_bytes(*entry))
    }
}

impl std::fmt::Debug for PlaceList {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PlaceList")
            .field("name", &self.name)
            .field("rows", &self.about.rows)
            .finish_non_exhaustive()
    }
}
