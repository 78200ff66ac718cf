//! A place of a brought list as its file keeps it: a record of fixed width, and its texts.
//!
//! **Takes** what a format's reader found of a place. **Gives** bytes, and of bytes the place again.
//! **Never** trusts a length it reads.

use crate::fold;

/// Bytes of a record: where its texts begin (8), latitude and longitude in ten-millionths of a degree (4 each), what
/// contains it (4), which built-in place it is (4), population (4), country (2), kind (1), rank (1).
pub const SIZE: usize = 32;

/// The longest name that is kept, in bytes; longer ones are no names.
const LONGEST: usize = 300;

/// Longest key under which a name is listed, in bytes.
const LONGEST_KEY: usize = 80;

/// The bit that tells an id outside the list from a row of it.
const OUTSIDE: u32 = 1 << 31;

/// What contains a place, or which other it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Points {
    /// Nothing that is known.
    #[default]
    Nowhere,
    /// A row of the same list.
    Row(u32),
    /// An id outside the list, by its place among the ids that the list points to.
    Outside(u32),
}

impl Points {
    fn number(self) -> u32 {
        match self {
            Points::Nowhere => 0,
            Points::Row(row) => (row + 1) & !OUTSIDE,
            Points::Outside(id) => id | OUTSIDE,
        }
    }

    fn of(number: u32) -> Points {
        match number {
            0 => Points::Nowhere,
            number if number & OUTSIDE != 0 => Points::Outside(number & !OUTSIDE),
            number => Points::Row(number - 1),
        }
    }
}

/// A place to be written.
#[derive(Debug, Clone, Default)]
pub struct NewPlace<'a> {
    /// Readable and stable.
    pub id: &'a str,
    /// OCHA P-code; empty where it has none.
    pub pcode: &'a str,
    /// Canonical name.
    pub name: &'a str,
    /// Other names.
    pub names: &'a [&'a str],
    /// Its kind, as a place in the list of kinds.
    pub kind: u8,
    /// How prominent, 0 to 255; see [`super::classes`].
    pub rank: u8,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// What contains it.
    pub parent: Points,
    /// The place outside the list that it is, if it is one: its names are then that place's.
    pub same: Points,
    /// How many live there; 0 where unknown.
    pub population: u32,
    /// ISO 3166 code of its country, two capital letters, or zeros.
    pub country: [u8; 2],
}

/// Rows made ready to be written, counted from one of a list's rows on.
#[derive(Debug, Default)]
pub struct Rows {
    /// Number of the first.
    pub first: u32,
    /// How many.
    pub count: u32,
    /// Records, texts counted from the first of these.
    pub records: Vec<u8>,
    /// Texts.
    pub texts: Vec<u8>,
    /// Names by hash.
    pub names: Vec<u128>,
    /// Ids by hash.
    pub ids: Vec<u128>,
}

impl Rows {
    /// None yet; the first will have this number.
    pub fn from(first: u32) -> Rows {
        Rows { first, ..Rows::default() }
    }

    /// Adds a place. `keys` are the keys of its names ([`keys`]).
    pub fn put(&mut self, place: &NewPlace, keys: &[String]) {
        let row = self.first + self.count;
        let degrees = |value: f64| ((value * 1e7).round() as i32).to_le_bytes();
        self.records.extend((self.texts.len() as u64).to_le_bytes());
        self.records.extend(degrees(place.lat));
        self.records.extend(degrees(place.lon));
        self.records.extend(place.parent.number().to_le_bytes());
        self.records.extend(place.same.number().to_le_bytes());
        self.records.extend(place.population.to_le_bytes());
        self.records.extend(place.country);
        self.records.extend([place.kind, place.rank]);
        for text in [place.id, place.pcode, place.name] {
            put(&mut self.texts, text);
        }
        let others = || place.names.iter().filter(|name| name.len() <= LONGEST).take(usize::from(u16::MAX));
        self.texts.extend((others().count() as u16).to_le_bytes());
        others().for_each(|name| put(&mut self.texts, name));
        for key in keys {
            self.names.push(entry(hash(key), place.rank, place.country, row));
        }
        self.ids.push(u128::from(hash(place.id)) << 64 | u128::from(row));
        self.count += 1;
    }
}

fn put(texts: &mut Vec<u8>, text: &str) {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    texts.extend((end as u16).to_le_bytes());
    texts.extend(&text.as_bytes()[..end]);
}

/// The keys that names are listed under, each once; long ones under none.
pub fn keys<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let short = names.into_iter().filter(|name| name.len() <= LONGEST);
    let mut keys: Vec<String> = short.map(fold::key).collect();
    keys.retain(|key| !key.is_empty() && key.len() <= LONGEST_KEY);
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// A name in the sorted list of names: equal keys lie together, the most prominent place first.
pub fn entry(hash: u64, rank: u8, country: [u8; 2], row: u32) -> u128 {
    let country = u16::from_be_bytes(country);
    u128::from(hash) << 64 | u128::from(255 - rank) << 56 | u128::from(country) << 40 | u128::from(row)
}

/// What such a number says: the hash, the rank, the country, the row.
pub fn named(entry: u128) -> (u64, u8, [u8; 2], u32) {
    let country = (entry >> 40) as u16;
    ((entry >> 64) as u64, 255 - (entry >> 56) as u8, country.to_be_bytes(), entry as u32)
}

/// FNV-1a (Fowler, Noll, Vo 1991) with the finalizer of MurmurHash3 (Appleby 2011): the same on every machine.
pub fn hash(text: &str) -> u64 {
    let fnv = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mixed = (fnv ^ fnv >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let mixed = (mixed ^ mixed >> 33).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    mixed ^ mixed >> 33
}

/// A record read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Record {
    /// Where its texts begin.
    pub texts: u64,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// What contains it.
    pub parent: Points,
    /// The place outside the list that it is.
    pub same: Points,
    /// How many live there; 0 where unknown.
    pub population: u32,
    /// ISO 3166 code of its country.
    pub country: [u8; 2],
    /// Its kind.
    pub kind: u8,
    /// How prominent.
    pub rank: u8,
}

impl Record {
    /// The record that these bytes are, if they are enough.
    pub fn of(bytes: &[u8]) -> Option<Record> {
        let bytes: &[u8; SIZE] = bytes.get(..SIZE)?.try_into().ok()?;
        let four = |at: usize| <[u8; 4]>::try_from(&bytes[at..at + 4]).unwrap_or_default();
        Some(Record {
            texts: u64::from_le_bytes(bytes[..8].try_into().ok()?),
            lat: f64::from(i32::from_le_bytes(four(8))) / 1e7,
            lon: f64::from(i32::from_le_bytes(four(12))) / 1e7,
            parent: Points::of(u32::from_le_bytes(four(16))),
            same: Points::of(u32::from_le_bytes(four(20))),
            population: u32::from_le_bytes(four(24)),
            country: [bytes[28], bytes[29]],
            kind: bytes[30],
            rank: bytes[31],
        })
    }
}

/// The texts of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Texts<'b> {
    /// Its id.
    pub id: &'b str,
    /// Its P-code; empty where it has none.
    pub pcode: &'b str,
    /// Its name.
    pub name: &'b str,
    /// Its other names.
    pub names: Vec<&'b str>,
}

impl<'b> Texts<'b> {
    /// Reads them; `None` where the bytes are no texts.
    pub fn of(bytes: &'b [u8]) -> Option<Texts<'b>> {
        let mut rest = bytes;
        let [id, pcode, name] = [take(&mut rest)?, take(&mut rest)?, take(&mut rest)?];
        let count = number(&mut rest)?;
        let names = (0..count).map(|_| take(&mut rest)).collect::<Option<Vec<&str>>>()?;
        Some(Texts { id, pcode, name, names })
    }

    /// The id alone.
    pub fn id(mut bytes: &'b [u8]) -> Option<&'b str> {
        take(&mut bytes)
    }
}

fn number(bytes: &mut &[u8]) -> Option<usize> {
    let (length, rest) = bytes.split_first_chunk::<2>()?;
    *bytes = rest;
    Some(usize::from(u16::from_le_bytes(*length)))
}

fn take<'b>(bytes: &mut &'b [u8]) -> Option<&'b str> {
    let length = number(bytes)?;
    let (text, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    std::str::from_utf8(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_comes_back_as_it_was_written() {
        let place = NewPlace {
            id: "gn-7",
            pcode: "XX01",
            name: "Qasr",
            names: &["قصر", "Kasr"],
            kind: 3,
            rank: 90,
            lat: -33.123_456_7,
            lon: 179.999_999_9,
            parent: Points::Row(0),
            same: Points::Outside(12),
            population: 4000,
            country: *b"SY",
        };
        let mut rows = Rows::from(5);
        let keys = keys(["Qasr", "قصر", "Kasr"]);
        assert_eq!(keys.len(), 2, "Qasr and Kasr are one key");
        rows.put(&NewPlace::default(), &[]);
        rows.put(&place, &keys);
        let record = Record::of(&rows.records[SIZE..]).unwrap();
        assert_eq!((record.parent, record.same), (Points::Row(0), Points::Outside(12)));
        assert!((record.lat - place.lat).abs() < 1e-7 && (record.lon - place.lon).abs() < 1e-7);
        assert_eq!((record.country, record.kind, record.rank, record.population), (*b"SY", 3, 90, 4000));
        let texts = Texts::of(&rows.texts[record.texts as usize..]).unwrap();
        assert_eq!(texts, Texts { id: "gn-7", pcode: "XX01", name: "Qasr", names: vec!["قصر", "Kasr"] });
        assert_eq!(named(rows.names[0]).1, 90);
        assert_eq!(named(rows.names[1]).2, *b"SY");
        assert_eq!(named(rows.names[1]).3, 6);
    }

    #[test]
    fn cut_bytes_are_no_texts() {
        let mut rows = Rows::from(0);
        rows.put(&NewPlace { id: "a", name: "Alpha", names: &["Beta"], ..NewPlace::default() }, &[]);
        for end in 0..rows.texts.len() {
            assert_eq!(Texts::of(&rows.texts[..end]), None, "{end}");
        }
        assert_eq!(Record::of(&rows.records[..SIZE - 1]), None);
    }
}
