//! Weights laid out to be summed fast.
//!
//! What counts is how much memory a sum touches, for the weights of a parser are larger than the nearer caches.
//! Nine features in ten speak for or against three labels at most; those weights stand in the slot of the key. Those
//! that speak of more have a row elsewhere, and the few that speak of many, which are those met most often, a row
//! with a weight for every label, which is added as a vector.

use super::weights::take;

/// The most labels of a model.
pub const LANES: usize = 104;

/// The sums of all labels; those from [`LANES`] on are no labels.
pub type Sums = [i16; 128];

/// No sums yet.
pub const NO_SUMS: Sums = [0; 128];

/// The most weights that a slot holds.
const FEW: usize = 3;
/// The most weights that a row of pairs holds.
const SOME: usize = 8;
/// In place of a label: the slot holds the number of a row of pairs.
const PAIRS: u16 = 126;
/// In place of a label: the slot holds the number of a full row.
const FULL: u16 = 127;

/// The low half of a key, which is odd, or 0 where empty; then pairs of label (the high seven bits) and weight.
///
/// The place of a slot tells the high half. One that had to move on from its place may be taken for that of another
/// key with the same low half, a little further; that is as rare as two features with the same hash.
type Slot = [u16; 1 + FEW];

/// The weights of one model.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// One bit for every key modulo their number: most features of a text are unknown to the model, and this small
    /// table says so without a walk to the large one (Bloom 1970, with one hash).
    known: Vec<u64>,
    /// Open addressing by the high bits of the key.
    slots: Vec<Slot>,
    /// How far a key is shifted to give its slot.
    shift: u32,
    /// Rows of pairs.
    pairs: Vec<[u16; SOME]>,
    /// Rows with a weight for every label.
    full: Vec<[i16; LANES]>,
}

/// The least and the most that a weight in a pair may be: nine bits, as a label takes seven.
const WEIGHTS: std::ops::RangeInclusive<i16> = -256..=255;

/// The most keys of one sum.
pub const MOST_KEYS: usize = 256;

/// Space that [`Table::add`] uses again and again.
#[derive(Clone, Debug)]
pub struct Found {
    keys: [u32; MOST_KEYS],
    slots: [Slot; MOST_KEYS],
    pairs: Vec<u32>,
    rows: [[u16; SOME]; MOST_KEYS],
    full: Vec<u32>,
}

impl Default for Found {
    fn default() -> Found {
        Found {
            keys: [0; MOST_KEYS],
            slots: [Slot::default(); MOST_KEYS],
            pairs: Vec::new(),
            rows: [[0; SOME]; MOST_KEYS],
            full: Vec::new(),
        }
    }
}

/// Adds weights to the sums of their labels.
#[inline(always)]
fn add(pairs: &[u16], sums: &mut Sums) {
    for &pair in pairs {
        let sum = &mut sums[usize::from(pair >> 9)];
        *sum = sum.saturating_add((pair << 7) as i16 >> 7);
    }
}

impl Table {
    /// Adds the weights of `keys`, no more than [`MOST_KEYS`], to `sums`.
    ///
    /// Each step is done for all keys before the next, so that the loads of one step do not wait for each other.
    pub fn add(&self, keys: &[u32], found: &mut Found, sums: &mut Sums) {
        let Found { keys: known, slots, pairs, rows, full } = found;
        let (known_mask, mask) = (self.known.len().wrapping_sub(1), self.slots.len().wrapping_sub(1));
        let mut count = 0;
        for &key in keys.iter().take(MOST_KEYS) {
            let bit = (key >> 1) as usize;
            let bits = self.known.get((bit >> 6) & known_mask).copied().unwrap_or(0);
            known[count & (MOST_KEYS - 1)] = key;
            count += (bits >> (bit & 63) & 1) as usize;
        }
        let known = known.get(..count).unwrap_or(&[]);
        for (slot, &key) in slots.iter_mut().zip(known) {
            *slot = self.slots.get((key >> self.shift) as usize & mask).copied().unwrap_or_default();
        }
        pairs.clear();
        full.clear();
        for (&slot, &key) in slots.iter().zip(known) {
            let (mut slot, mut at) = (slot, (key >> self.shift) as usize);
            while slot[0] != key as u16 && slot[0] != 0 {
                at += 1;
                slot = self.slots.get(at & mask).copied().unwrap_or_default();
            }
            let number = u32::from(slot[2]) << 16 | u32::from(slot[3]);
            match slot[1] >> 9 {
                _ if slot[0] == 0 => {}
                FULL => full.push(number),
                PAIRS => pairs.push(number),
                _ => add(&slot[1..], sums),
            }
        }
        for (row, &number) in rows.iter_mut().zip(pairs.iter()) {
            *row = self.pairs.get(number as usize).copied().unwrap_or_default();
        }
        rows.iter().take(pairs.len()).for_each(|row| add(row, sums));
        for &number in full.iter() {
            let Some(row) = self.full.get(number as usize) else { break };
            for (sum, &weight) in sums.iter_mut().zip(row) {
                *sum = sum.saturating_add(weight);
            }
        }
    }

    fn empty(features: usize) -> Table {
        // No fewer slots than tell the high half of a key: the slot holds the low half.
        let size = (features + features / 4 + 1).next_power_of_two().max(1 << 16);
        let known = vec![0; (size / 4).clamp(1, 1 << 16)];
        Table {
            known,
            slots: vec![Slot::default(); size],
            shift: 32 - size.trailing_zeros(),
            ..Table::default()
        }
    }

    /// Enters a feature with its row of (label, weight).
    fn enter(&mut self, key: u32, row: &[(u8, i16)]) {
        let bit = (key >> 1) as usize;
        let at = (bit >> 6) & (self.known.len() - 1);
        if let Some(bits) = self.known.get_mut(at) {
            *bits |= 1 << (bit & 63);
        }
        // An empty pair adds nothing to a sum that nobody reads, and not always to the same: each addition would
        // wait for the one before.
        let nowhere = |place: usize| LANES as u16 + ((key >> 1) as u16).wrapping_add(place as u16) % 16;
        let pair = |place: usize| match row.get(place) {
            Some(&(label, weight)) => u16::from(label) << 9 | weight as u16 & 0x1FF,
            None => nowhere(place) << 9,
        };
        let numbered =
            |mark: u16, number: usize| [key as u16, mark << 9, (number >> 16) as u16, number as u16];
        let narrow = row.iter().all(|(_, weight)| WEIGHTS.contains(weight));
        let slot = if narrow && row.len() <= FEW {
            [key as u16, pair(0), pair(1), pair(2)]
        } else if narrow && row.len() <= SOME {
            self.pairs.push(std::array::from_fn(pair));
            numbered(PAIRS, self.pairs.len() - 1)
        } else {
            let mut full = [0; LANES];
            for &(label, weight) in row {
                if let Some(place) = full.get_mut(usize::from(label)) {
                    *place = weight;
                }
            }
            self.full.push(full);
            numbered(FULL, self.full.len() - 1)
        };
        let mask = self.slots.len() - 1;
        let mut at = (key >> self.shift) as usize & mask;
        while self.slots.get(at).is_some_and(|slot| slot[0] != 0) {
            at = (at + 1) & mask;
        }
        if let Some(place) = self.slots.get_mut(at) {
            *place = slot;
        }
    }

    /// Builds a model from features, each with its key, which is odd, and its row of (label, weight).
    pub fn build(features: &[(u32, Vec<(u8, i16)>)]) -> Table {
        let mut table = Table::empty(features.len());
        features.iter().for_each(|(key, row)| table.enter(*key, row));
        table
    }

    /// Reads what [`Weights::encode`](super::weights::Weights::encode) wrote, from the front of `bytes`, which it
    /// moves on; `None` where they are cut short or have more than [`LANES`] labels.
    pub fn decode(bytes: &mut &[u8]) -> Option<Table> {
        let labels = take(bytes)? as usize;
        let count = take(bytes)? as usize;
        let mut table = Table::empty(count.min(bytes.len()));
        let (mut key, mut row) = (0u32, Vec::new());
        for _ in 0..count {
            key = key.wrapping_add(take(bytes)?);
            row.clear();
            for _ in 0..take(bytes)? {
                let (&label, rest) = bytes.split_first()?;
                *bytes = rest;
                let zigzag = take(bytes)?;
                row.push((label, ((zigzag >> 1) as i32 ^ -((zigzag & 1) as i32)) as i16));
            }
            table.enter(key, &row);
        }
        Some(table).filter(|_| labels <= LANES)
    }
}
