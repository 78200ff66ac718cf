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

/// The weight of one label under one feature.
#[derive(Clone, Copy, Debug)]
struct Entry {
    label: u8,
    weight: i32,
    /// Sum of the weight over all steps up to `since`.
    sum: i64,
    since: u32,
}

/// How many counters there are: so many that few features share one.
const SEEN: usize = 1 << 28;

/// Weights in training.
#[derive(Debug, Default)]
pub struct Perceptron {
    /// Open addressing: number of the row and one; 0 where empty.
    slots: Vec<u32>,
    rows: Vec<(u32, Vec<Entry>)>,
    /// How often each feature was met beforehand, by the high bits of its key; empty where nothing was counted.
    seen: Vec<u8>,
    /// A feature met less often than this gets no weights.
    least_seen: u8,
    /// How many updates there have been.
    pub step: u32,
}

impl Perceptron {
    pub fn new() -> Perceptron {
        Perceptron { slots: vec![0; 1 << 20], step: 1, ..Perceptron::default() }
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

    #[inline]
    fn find(&self, key: u32) -> Result<usize, usize> {
        let mask = self.slots.len() - 1;
        let mut at = (key >> (32 - self.slots.len().trailing_zeros())) as usize & mask;
        loop {
            match self.slots[at] {
                0 => return Err(at),
                row if self.rows[row as usize - 1].0 == key => return Ok(row as usize - 1),
                _ => at = (at + 1) & mask,
            }
        }
    }

    /// Adds the weights of `keys` to `scores`.
    pub fn score(&self, keys: &[u32], scores: &mut [i32]) {
        for &key in keys {
            if let Ok(row) = self.find(key) {
                for entry in &self.rows[row].1 {
                    scores[usize::from(entry.label)] += entry.weight;
                }
            }
        }
    }

    /// Moves the weights of one label under `keys` by `by`.
    pub fn update(&mut self, keys: &[u32], label: usize, by: i32) {
        let step = self.step;
        for &key in keys {
            let row = match self.find(key) {
                Ok(row) => row,
                Err(_) if self.seen.get(key as usize >> 4).is_some_and(|&seen| seen < self.least_seen) => {
                    continue;
                }
                Err(slot) => {
                    self.rows.push((key, Vec::new()));
                    self.slots[slot] = self.rows.len() as u32;
                    let row = self.rows.len() - 1;
                    if self.rows.len() * 2 > self.slots.len() {
                        self.grow();
                    }
                    row
                }
            };
            let entries = &mut self.rows[row].1;
            match entries.iter_mut().find(|entry| usize::from(entry.label) == label) {
                Some(entry) => {
                    entry.sum += i64::from(entry.weight) * i64::from(step - entry.since);
                    entry.since = step;
                    entry.weight += by;
                }
                None => entries.push(Entry { label: label as u8, weight: by, sum: 0, since: step }),
            }
        }
    }

    fn grow(&mut self) {
        let size = self.slots.len() * 2;
        self.slots = vec![0; size];
        for index in 0..self.rows.len() {
            if let Err(slot) = self.find(self.rows[index].0) {
                self.slots[slot] = index as u32 + 1;
            }
        }
    }

    /// The averaged weights times `scale`, those smaller than `least` left out; sorted by key.
    pub fn average(&self, scale: i64, least: i64) -> Rows {
        let mut made: Rows = Vec::new();
        for (key, entries) in &self.rows {
            let mut row: Vec<(u8, i16)> = Vec::new();
            for entry in entries {
                let sum = entry.sum + i64::from(entry.weight) * i64::from(self.step - entry.since);
                let scaled = i128::from(sum) * i128::from(scale) * 2 / i128::from(self.step);
                let weight = ((scaled + scaled.signum()) / 2) as i64;
                if weight.abs() >= least {
                    row.push((entry.label, weight.clamp(-32_000, 32_000) as i16));
                }
            }
            row.sort_unstable();
            if !row.is_empty() {
                made.push((*key, row));
            }
        }
        made.sort_unstable_by_key(|(key, _)| *key);
        made
    }
}
