//! Reports whose texts are nearly one, by their fingerprints.
//!
//! Candidates share one of the least hashes of their fingerprints (bottom-k sketch: Broder 1997, "On the
//! resemblance and containment of documents"); each candidate is then verified on the whole fingerprints. A copy
//! may be shortened and bear another head; a report that only quotes a wire's lines is no copy of it.

use std::collections::HashMap;

/// So many of the least hashes of a fingerprint find candidates.
const SKETCH: usize = 16;
/// So many originals are kept for each hash; more are a common phrase.
const MOST: usize = 16;
/// Of the shorter fingerprint so many in a hundred must be in the longer one.
const OF_SHORTER: usize = 80;
/// Of the longer fingerprint so many in a hundred must be in the shorter one.
const OF_LONGER: usize = 50;
/// Fingerprints with fewer hashes say too little.
const LEAST: usize = 12;

/// The hashes by which a fingerprint is looked up; none of one that says too little.
pub(super) fn sketch(fingerprint: &[u64]) -> &[u64] {
    if fingerprint.len() < LEAST { &[] } else { &fingerprint[..SKETCH.min(fingerprint.len())] }
}

/// Fingerprints of the originals met so far.
#[derive(Default)]
pub(super) struct Near<'h> {
    originals: Vec<(&'h str, &'h [u64])>,
    /// The last original met with each hash, as a place in `met`.
    last: HashMap<u64, u32>,
    /// An original, and the one met before it with the same hash.
    met: Vec<(u32, Option<u32>)>,
}

impl<'h> Near<'h> {
    /// The earlier report that this one copies, the likest first, then the earliest met; where there is none, this
    /// one is an original for those that come.
    pub(super) fn original(&mut self, id: &'h str, fingerprint: &'h [u64]) -> Option<&'h str> {
        let sketch = sketch(fingerprint);
        if sketch.is_empty() {
            return None;
        }
        let mut candidates: Vec<u32> = Vec::new();
        let mut with_hash = Vec::new();
        for hash in sketch {
            self.with(*hash, &mut with_hash);
            for other in with_hash.iter().rev() {
                if !candidates.contains(other) {
                    candidates.push(*other);
                }
            }
        }
        let mut best: Option<(usize, &str)> = None;
        for other in candidates {
            let (other, theirs) = self.originals[other as usize];
            let (shorter, longer) =
                (fingerprint.len().min(theirs.len()), fingerprint.len().max(theirs.len()));
            let least = (shorter * OF_SHORTER).max(longer * OF_LONGER).div_ceil(100);
            if let Some(shared) = common(fingerprint, theirs, least)
                && best.is_none_or(|(most, _)| shared > most)
            {
                best = Some((shared, other));
            }
        }
        if best.is_none() {
            self.keep(id, fingerprint, sketch);
        }
        best.map(|(_, id)| id)
    }

    /// Originals with a hash, the last met first.
    fn with(&self, hash: u64, found: &mut Vec<u32>) {
        found.clear();
        let mut at = self.last.get(&hash).copied();
        while let Some((original, before)) = at.and_then(|at| self.met.get(at as usize)) {
            found.push(*original);
            at = *before;
        }
    }

    fn keep(&mut self, id: &'h str, fingerprint: &'h [u64], sketch: &[u64]) {
        let number = u32::try_from(self.originals.len()).unwrap_or(u32::MAX);
        self.originals.push((id, fingerprint));
        let mut known = Vec::new();
        for hash in sketch {
            self.with(*hash, &mut known);
            if known.len() < MOST {
                let place = u32::try_from(self.met.len()).unwrap_or(u32::MAX);
                let before = self.last.insert(*hash, place);
                self.met.push((number, before));
            }
        }
    }
}

/// How many numbers two sorted lists share, if they share so many at least: most candidates do not, which is plain
/// long before the end of their lists.
fn common(a: &[u64], b: &[u64], least: usize) -> Option<usize> {
    let (mut x, mut y, mut shared) = (0, 0, 0);
    while let (Some(ours), Some(theirs)) = (a.get(x), b.get(y)) {
        if shared + (a.len() - x).min(b.len() - y) < least {
            return None;
        }
        shared += usize::from(ours == theirs);
        x += usize::from(ours <= theirs);
        y += usize::from(theirs <= ours);
    }
    (shared >= least).then_some(shared)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_common_are_counted_where_they_are_enough() {
        let (evens, threes): (Vec<u64>, Vec<u64>) =
            ((0..60).step_by(2).collect(), (0..60).step_by(3).collect());
        assert_eq!(common(&evens, &threes, 0), Some(10));
        assert_eq!(common(&evens, &threes, 10), Some(10));
        assert_eq!(common(&evens, &threes, 11), None);
        assert_eq!(common(&evens, &[], 0), Some(0));
    }

    #[test]
    fn a_shortened_text_is_a_copy_and_a_quoted_line_is_none() {
        let (long, short): (Vec<u64>, Vec<u64>) = ((0..100).collect(), (10..80).chain(900..910).collect());
        let quoting: Vec<u64> = (90..100).chain(2000..2090).collect();
        let mut near = Near::default();
        assert_eq!(near.original("a", &long), None);
        assert_eq!(near.original("b", &short), Some("a"));
        assert_eq!(near.original("c", &quoting), None);
        assert_eq!(near.original("d", &long[..5]), None, "too short to tell");
    }
}
