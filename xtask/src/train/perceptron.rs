//! The averaged perceptron (Freund and Schapire 1999; Collins 2002), in integers, so that a training can be
//! repeated to the last bit.

/// Weights as they are written: the rows of features, sorted by key.
pub type Rows = Vec<(u32, Vec<(u8, i16)>)>;

/// The mean of several models, those of its weights that are smaller than `least` left out. The sum of linear
/// models is one linear model, so this is a committee at the price of one.
pub fn mean(members: &[Rows], least: i64) -> Rows {
    let flat = |rows: &Rows| -> Vec<(u32, u8, i64)> {
        rows.iter().flat_map(|(key, row)| row.iter().map(|&(label, w)| (*key, label, i64::from(w)))).collect()
    };
    let mut all: Vec<(u32, u8, i64)> = members.iter().flat_map(flat).collect();
    all.sort_unstable_by_key(|&(key, label, _)| (key, label));
    let count = members.len().max(1) as i64;
    let mut made: Rows = Vec::new();
    for same in all.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let sum: i64 = same.iter().map(|one| one.2).sum();
        let weight = (2 * sum + sum.signum() * count) / (2 * count);
        let (key, label, _) = same[0];
        if weight.abs() < least {
            continue;
        }
        if made.last().is_none_or(|(last, _)| *last != key) {
            made.push((key, Vec::new()));
        }
        if let Some((_, row)) = made.last_mut() {
            row.push((label, weight.clamp(-32_000, 32_000) as i16));
        }
    }
    made
}

/// Where the weights of a feature stand.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    /// 0 where the slot is empty.
    key: u32,
    /// Its first weight.
    start: u32,
    /// How many labels have a weight.
    len: u8,
    /// How many may have one before the row has to move.
    room: u8,
}

/// The weight of one label under one feature.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    weight: i16,
    label: u8,
}

/// How many counters there are: so many that few features share one.
const SEEN: usize = 1 << 28;

/// Weights in training.
///
/// The sum of each weight's changes, each times the step at which it was made, is kept apart, as only changes need
/// it: the mean of a weight over all steps is the weight less that sum over the number of steps (Daumé 2006, §2.4).
#[derive(Debug, Default)]
pub struct Perceptron {
    /// Open addressing by the high bits of the key.
    slots: Vec<Slot>,
    filled: usize,
    /// The rows; one that outgrows its room moves to the end.
    entries: Vec<Entry>,
    /// For each of the entries, the sum of its changes times their steps.
    sums: Vec<i64>,
    /// How often each feature was met beforehand, by the high bits of its key; empty where nothing was counted.
    seen: Vec<u8>,
    /// A feature met less often than this gets no weights.
    least_seen: u8,
    /// Space for [`Perceptron::score`].
    found: Vec<(u32, u8)>,
    /// How many updates there have been.
    pub step: u32,
}

/// Divides all weights by `coarser` and rounds them: small numbers take less room, in the file and in memory.
pub fn coarse(mut rows: Rows, coarser: i16) -> Rows {
    for (_, row) in &mut rows {
        row.iter_mut()
            .for_each(|(_, weight)| *weight = (2 * *weight + weight.signum() * coarser) / (2 * coarser));
        row.retain(|&(_, weight)| weight != 0);
    }
    rows.retain(|(_, row)| !row.is_empty());
    rows
}

impl Perceptron {
    pub fn new() -> Perceptron {
        Perceptron { slots: vec![Slot::default(); 1 << 20], step: 1, ..Perceptron::default() }
    }

    /// From now on only features that were [counted](Perceptron::count) at least `least` times get weights.
    pub fn only_seen(&mut self, least: u8) {
        (self.seen, self.least_seen) = (vec![0; SEEN], least);
    }

    /// Counts features.
    pub fn count(&mut self, keys: &[u32]) {
        for &key in keys {
            if let Some(seen) = self.seen.get_mut(key as usize >> 4) {
                *seen = seen.saturating_add(1);
            }
        }
    }

    /// The slot of `key`, or that which it would go to.
    #[inline]
    fn find(&self, key: u32) -> Result<usize, usize> {
        let mask = self.slots.len() - 1;
        let mut at = (key >> (32 - self.slots.len().trailing_zeros())) as usize & mask;
        loop {
            match self.slots[at].key {
                0 => return Err(at),
                found if found == key => return Ok(at),
                _ => at = (at + 1) & mask,
            }
        }
    }

    /// Adds the weights of `keys` to `scores`.
    pub fn score(&mut self, keys: &[u32], scores: &mut [i32]) {
        // All slots before any row, so that no load waits for another.
        let mut found = std::mem::take(&mut self.found);
        found.clear();
        found.extend(keys.iter().filter_map(|&key| {
            let slot = &self.slots[self.find(key).ok()?];
            Some((slot.start, slot.len))
        }));
        for &(start, len) in &found {
            for entry in &self.entries[start as usize..start as usize + usize::from(len)] {
                scores[usize::from(entry.label)] += i32::from(entry.weight);
            }
        }
        self.found = found;
    }

    /// Moves the weights of one label under `keys` by `by`.
    pub fn update(&mut self, keys: &[u32], label: usize, by: i16) {
        for &key in keys {
            let at = match self.find(key) {
                Ok(at) => at,
                Err(_) if self.seen.get(key as usize >> 4).is_some_and(|&seen| seen < self.least_seen) => {
                    continue;
                }
                Err(mut at) => {
                    if self.filled * 2 > self.slots.len() {
                        self.grow();
                        at = self.find(key).unwrap_or_else(|at| at);
                    }
                    self.filled += 1;
                    self.slots[at].key = key;
                    at
                }
            };
            let entry = self.entry(at, label as u8);
            self.entries[entry].weight += by;
            self.sums[entry] += i64::from(by) * i64::from(self.step);
        }
    }

    /// Where the weight of `label` in the row of a slot stands.
    fn entry(&mut self, at: usize, label: u8) -> usize {
        let Slot { start, len, room, .. } = self.slots[at];
        let (start, len) = (start as usize, usize::from(len));
        let row = &self.entries[start..start + len];
        if let Some(place) = row.iter().position(|entry| entry.label == label) {
            return start + place;
        }
        let mut start = start;
        if len == usize::from(room) {
            let moved = self.entries.len();
            let room = (2 * len).clamp(2, 255);
            self.entries.extend_from_within(start..start + len);
            self.entries.resize(moved + room, Entry::default());
            self.sums.extend_from_within(start..start + len);
            self.sums.resize(moved + room, 0);
            start = moved;
            (self.slots[at].start, self.slots[at].room) = (moved as u32, room as u8);
        }
        self.slots[at].len += 1;
        self.entries[start + len].label = label;
        start + len
    }

    fn grow(&mut self) {
        let size = self.slots.len() * 2;
        let slots = std::mem::replace(&mut self.slots, vec![Slot::default(); size]);
        for slot in slots.into_iter().filter(|slot| slot.key != 0) {
            if let Err(at) = self.find(slot.key) {
                self.slots[at] = slot;
            }
        }
    }

    /// The averaged weights times `scale`, those smaller than `least` left out; sorted by key.
    pub fn average(&self, scale: i64, least: i64) -> Rows {
        let mut made: Rows = Vec::new();
        let step = i128::from(self.step);
        for slot in self.slots.iter().filter(|slot| slot.key != 0) {
            let mut row: Vec<(u8, i16)> = Vec::new();
            for at in slot.start as usize..slot.start as usize + usize::from(slot.len) {
                let entry = self.entries[at];
                let sum = i128::from(entry.weight) * step - i128::from(self.sums[at]);
                let scaled = sum * i128::from(scale) * 2 / step;
                let weight = ((scaled + scaled.signum()) / 2) as i64;
                if weight.abs() >= least {
                    row.push((entry.label, weight.clamp(-32_000, 32_000) as i16));
                }
            }
            row.sort_unstable();
            if !row.is_empty() {
                made.push((slot.key, row));
            }
        }
        made.sort_unstable_by_key(|(key, _)| *key);
        made
    }
}
