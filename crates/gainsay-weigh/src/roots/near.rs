//! Reports whose texts are nearly one, by their fingerprints.
//!
//! Candidates share one of the least hashes of their fingerprints (bottom-k sketch: Broder 1997, "On the
//! resemblance and containment of documents"); each candidate is then verified on the whole fingerprints. A copy
//! may be shortened and bear another head; a report that only quotes a wire's lines is no copy of it.

use std::collections::BTreeMap;

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

/// Fingerprints of the originals met so far.
#[derive(Default)]
pub(super) struct Near<'h> {
    by_hash: BTreeMap<u64, Vec<&'h str>>,
    fingerprints: BTreeMap<&'h str, &'h [u64]>,
}

impl<'h> Near<'h> {
    /// The earlier report that this one copies, the likest first, then the earliest met; where there is none, this
    /// one is an original for those that come.
    pub(super) fn original(&mut self, id: &'h str, fingerprint: &'h [u64]) -> Option<&'h str> {
        if fingerprint.len() < LEAST {
            return None;
        }
        let sketch = &fingerprint[..SKETCH.min(fingerprint.len())];
        let mut candidates: Vec<&str> = Vec::new();
        for other in sketch.iter().filter_map(|hash| self.by_hash.get(hash)).flatten() {
            if !candidates.contains(other) {
                candidates.push(other);
            }
        }
        let mut best: Option<(usize, &str)> = None;
        for other in candidates {
            let theirs = self.fingerprints.get(other).copied().unwrap_or_default();
            let shared = common(fingerprint, theirs);
            let (shorter, longer) =
                (fingerprint.len().min(theirs.len()), fingerprint.len().max(theirs.len()));
            let copied = shared * 100 >= shorter * OF_SHORTER && shared * 100 >= longer * OF_LONGER;
            if copied && best.is_none_or(|(most, _)| shared > most) {
                best = Some((shared, other));
            }
        }
        if best.is_none() {
            self.fingerprints.insert(id, fingerprint);
            for hash in sketch {
                let list = self.by_hash.entry(*hash).or_default();
                if list.len() < MOST {
                    list.push(id);
                }
            }
        }
        best.map(|(_, id)| id)
    }
}

/// How many numbers two sorted lists share.
fn common(a: &[u64], b: &[u64]) -> usize {
    let (mut x, mut y, mut shared) = (0, 0, 0);
    while let (Some(ours), Some(theirs)) = (a.get(x), b.get(y)) {
        shared += usize::from(ours == theirs);
        x += usize::from(ours <= theirs);
        y += usize::from(theirs <= ours);
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;

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
