//! Sparse linear models over hashed features, held and summed in integers.
//!
//! A feature is a 32-bit hash; it owns a row of (label, weight) pairs. A linear model's score of a label is the
//! sum over the features seen. Sums of integers do not depend on the machine or on the order of the features, so
//! one text gets one reading everywhere.

/// Mixes one more part into the hash of a feature (multiplicative hashing, Knuth 1973, §6.4).
#[inline(always)]
pub fn mix(hash: u64, part: u32) -> u64 {
    (hash.rotate_left(23) ^ u64::from(part)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The key of a finished hash; never 0, which marks an empty slot.
#[inline(always)]
pub fn key(hash: u64) -> u32 {
    ((hash ^ (hash >> 29)) >> 16) as u32 | 1
}

/// The hash of some text.
pub fn text_hash(text: &str) -> u32 {
    let mut hash = 0x51_7C_C1_B7u64;
    for chunk in text.as_bytes().chunks(4) {
        let part = chunk.iter().fold(chunk.len() as u32, |part, &byte| (part << 8) ^ u32::from(byte));
        hash = mix(hash, part);
    }
    key(hash)
}

/// The weights of one model.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    /// Open addressing; 0 where empty, else the key without its last bit, how many pairs the row has, and where it
    /// starts: 31, 9 and 24 bits.
    slots: Vec<u64>,
    /// Rows one after another: label in the high byte, weight in the low one. A weight beyond one byte is spread
    /// over several pairs of the same label.
    rows: Vec<u16>,
    /// One bit for every key modulo their number: most features of a text are unknown to the model, and this small
    /// table says so without a walk to the large one (Bloom 1970, with one hash).
    known: Vec<u64>,
    /// How far a key is shifted to give its slot.
    shift: u32,
    labels: usize,
}

/// The most pairs of one row.
const LONGEST_ROW: usize = (1 << 9) - 1;
/// The most pairs of all rows.
const MOST_PAIRS: usize = 1 << 24;

/// Space that [`Weights::score`] uses again and again.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// Keys that may be known, with what stands in their first slot.
    slots: Vec<(u32, u64)>,
    /// Slots of keys that are known, with the first pairs of their rows.
    rows: Vec<(u64, u16)>,
}

impl Weights {
    /// How many labels it tells apart.
    pub fn labels(&self) -> usize {
        self.labels
    }

    /// The slot of `key`, whose first slot is `slot`; 0 where there is none.
    #[inline(always)]
    fn find(&self, key: u32, mut slot: u64) -> u64 {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = (key >> self.shift) as usize;
        while (slot >> 33) as u32 != key >> 1 && slot != 0 {
            at += 1;
            slot = self.slots.get(at & mask).copied().unwrap_or(0);
        }
        slot
    }

    /// Adds the rows of `keys` to `scores`, which holds one sum for each label.
    ///
    /// `scratch` is space to work in. The tables are larger than any cache, so each step is done for all keys
    /// before the next: the loads of one step do not wait for each other.
    pub fn score(&self, keys: &[u32], scratch: &mut Places, scores: &mut [i32]) {
        let Places { slots, rows } = scratch;
        slots.clear();
        let mask = self.slots.len().wrapping_sub(1);
        let known_mask = self.known.len().wrapping_sub(1);
        for &key in keys {
            let bit = (key >> 1) as usize;
            let bits = self.known.get((bit >> 6) & known_mask).copied().unwrap_or(0);
            if bits >> (bit & 63) & 1 != 0 {
                slots.push((key, 0));
            }
        }
        for (key, slot) in slots.iter_mut() {
            *slot = self.slots.get((*key >> self.shift) as usize & mask).copied().unwrap_or(0);
        }
        rows.clear();
        rows.extend(
            slots.iter().map(|&(key, slot)| (self.find(key, slot), 0)).filter(|&(slot, _)| slot != 0),
        );
        for (slot, pair) in rows.iter_mut() {
            *pair = self.rows.get(*slot as usize & (MOST_PAIRS - 1)).copied().unwrap_or(0);
        }
        let mut add = |pair: u16| {
            if let Some(sum) = scores.get_mut(usize::from(pair >> 8)) {
                *sum += i32::from(pair as i8);
            }
        };
        for &(slot, pair) in rows.iter() {
            let start = slot as usize & (MOST_PAIRS - 1);
            let length = (slot >> 24) as usize & LONGEST_ROW;
            add(pair);
            self.rows.get(start + 1..start + length).unwrap_or(&[]).iter().for_each(|&pair| add(pair));
        }
    }

    /// Builds a model of `labels` labels from rows of (label, weight) sorted by key.
    pub fn build(labels: usize, features: &[(u32, Vec<(u8, i16)>)]) -> Weights {
        let mut weights = Weights::empty(labels, features.len());
        for (key, row) in features {
            let start = weights.rows.len();
            row.iter().for_each(|&(label, weight)| weights.push(label, weight));
            weights.close(*key, start);
        }
        weights
    }

    fn empty(labels: usize, features: usize) -> Weights {
        let size = (features + features / 8 + 1).next_power_of_two().max(2);
        let known = vec![0; (size / 4).clamp(1, 1 << 18)];
        Weights { slots: vec![0; size], rows: vec![0], known, shift: 32 - size.trailing_zeros(), labels }
    }

    fn push(&mut self, label: u8, weight: i16) {
        let mut rest = weight;
        while rest != 0 {
            let part = rest.clamp(-127, 127);
            self.rows.push(u16::from(label) << 8 | u16::from(part as i8 as u8));
            rest -= part;
        }
    }

    /// Enters the row that begins at `start` under `key`.
    fn close(&mut self, key: u32, start: usize) {
        let length = self.rows.len() - start;
        if length == 0 || length > LONGEST_ROW || self.rows.len() > MOST_PAIRS {
            self.rows.truncate(start);
            return;
        }
        let bit = (key >> 1) as usize;
        let at = (bit >> 6) & (self.known.len() - 1);
        if let Some(bits) = self.known.get_mut(at) {
            *bits |= 1 << (bit & 63);
        }
        let mask = self.slots.len() - 1;
        let mut at = (key >> self.shift) as usize & mask;
        while self.slots.get(at).is_some_and(|&slot| slot != 0) {
            at = (at + 1) & mask;
        }
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = u64::from(key >> 1) << 33 | (length as u64) << 24 | start as u64;
        }
    }

    /// Writes `features`, sorted by key, as [`Weights::decode`] reads them.
    pub fn encode(labels: usize, features: &[(u32, Vec<(u8, i16)>)], out: &mut Vec<u8>) {
        put(out, labels as u32);
        put(out, features.len() as u32);
        let mut last = 0;
        for (key, row) in features {
            put(out, key - last);
            last = *key;
            put(out, row.len() as u32);
            for &(label, weight) in row {
                out.push(label);
                put(out, (i32::from(weight) << 1 ^ i32::from(weight) >> 31) as u32);
            }
        }
    }

    /// Reads a model back, from the front of `bytes`, which it moves on; `None` where they are cut short.
    pub fn decode(bytes: &mut &[u8]) -> Option<Weights> {
        let labels = take(bytes)? as usize;
        let count = take(bytes)? as usize;
        let mut weights = Weights::empty(labels, count.min(bytes.len()));
        weights.rows.reserve(bytes.len() / 2);
        let mut key = 0u32;
        for _ in 0..count {
            key = key.wrapping_add(take(bytes)?);
            let start = weights.rows.len();
            for _ in 0..take(bytes)? {
                let (&label, rest) = bytes.split_first()?;
                *bytes = rest;
                let zigzag = take(bytes)?;
                weights.push(label, ((zigzag >> 1) as i32 ^ -((zigzag & 1) as i32)) as i16);
            }
            weights.close(key, start);
        }
        Some(weights)
    }
}

/// Writes a number in groups of seven bits, low group first (LEB128).
pub fn put(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Reads a number that [`put`] wrote and moves `bytes` on; `None` at their end.
pub fn take(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0u32;
    for shift in (0..35).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(byte & 0x7F).checked_shl(shift)?;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

/// Writes a piece of text with its length.
pub fn put_text(out: &mut Vec<u8>, text: &str) {
    put(out, text.len() as u32);
    out.extend_from_slice(text.as_bytes());
}

/// Reads a piece of text that [`put_text`] wrote; `None` where it is cut short.
pub fn take_text(bytes: &mut &[u8]) -> Option<String> {
    let length = take(bytes)? as usize;
    let (text, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    String::from_utf8(text.to_vec()).ok()
}
