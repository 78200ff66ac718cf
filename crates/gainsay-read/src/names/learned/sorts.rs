//! What sort of thing a noun usually is, as counted in a treebank whose noun phrases are labelled.

use crate::tag::weights::{put, take, text_hash};

/// Lemmas, hashed, with the number of their sort; sorted.
#[derive(Clone, Debug, Default)]
pub struct Sorts(pub Vec<(u32, u32)>);

impl Sorts {
    /// The sort of a lemma; 0 where it is not known.
    pub fn of(&self, lemma: &str) -> u32 {
        self.of_hash(text_hash(&lemma.to_lowercase()))
    }

    /// The sort of a lemma in small letters, by its hash.
    pub fn of_hash(&self, hash: u32) -> u32 {
        let at = self.0.binary_search_by_key(&hash, |&(lemma, _)| lemma);
        at.ok().and_then(|at| self.0.get(at)).map_or(0, |&(_, sort)| sort)
    }

    pub(super) fn encode(&self, out: &mut Vec<u8>) {
        put(out, self.0.len() as u32);
        let mut last = 0;
        for &(lemma, sort) in &self.0 {
            put(out, lemma - last);
            put(out, sort);
            last = lemma;
        }
    }

    pub(super) fn decode(bytes: &mut &[u8]) -> Option<Sorts> {
        let mut sorts = Vec::new();
        let mut lemma = 0u32;
        for _ in 0..take(bytes)? {
            lemma = lemma.wrapping_add(take(bytes)?);
            sorts.push((lemma, take(bytes)?));
        }
        Some(Sorts(sorts))
    }
}
