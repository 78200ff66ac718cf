//! Words of claims' evidence, as numbers to compare, and how telling each is.
//!
//! Claims carry the words they were read from; two reports of one happening share rare ones ("orphanage", "250
//! tons"). A word tells the more, the fewer texts it stands in (Spärck Jones 1972, J. Documentation 28(1)).

use std::collections::{BTreeMap, BTreeSet};

use super::text;
use crate::roots::Said;

/// No word tells more than one that stands in one text of so many doublings (bits).
const MOST_BITS: u32 = 7;
/// Endings that say nothing of what a word means, longest first.
const ENDINGS: [&str; 6] = ["ings", "ing", "ers", "ed", "es", "s"];
/// A word keeps at least so many letters.
const STEM: usize = 4;

/// How many texts each word stands in, and in how many texts all of them stand.
pub(super) struct Rarity {
    texts: u32,
    of: BTreeMap<u64, u32>,
}

impl Rarity {
    /// Counts the words of these claims, each once in each text.
    pub(super) fn of(said: &[Said], claims: &[usize]) -> Rarity {
        let mut seen: Vec<(&str, u64)> = Vec::new();
        for &at in claims {
            let text = text(&said[at]);
            seen.extend(words(&said[at]).map(|word| (text, word)));
        }
        seen.sort_unstable();
        seen.dedup();
        let texts = claims.iter().map(|&at| text(&said[at])).collect::<BTreeSet<_>>().len();
        let mut words: Vec<u64> = seen.into_iter().map(|(_, word)| word).collect();
        words.sort_unstable();
        let runs = words.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u32));
        Rarity { texts: texts as u32, of: runs.collect() }
    }

    /// How much a word tells: bits, 0 for one that stands in most texts.
    pub(super) fn bits(&self, word: u64) -> u32 {
        let texts = self.of.get(&word).copied().unwrap_or(1).max(1);
        (self.texts / texts).max(1).ilog2().min(MOST_BITS)
    }
}

/// The words a claim was read from, each as a number; some come twice.
pub(super) fn words<'s>(claim: &'s Said) -> impl Iterator<Item = u64> + 's {
    claim.link.claim.evidence.iter().flat_map(|evidence| {
        evidence.exact.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).filter_map(stem)
    })
}

/// A word without its ending, as a number (FNV-1a, Fowler, Noll and Vo); none for words of one or two letters.
fn stem(word: &str) -> Option<u64> {
    let word = word.to_lowercase();
    let digits = word.chars().all(|c| c.is_ascii_digit());
    if !digits && word.chars().count() < 3 {
        return None;
    }
    let bare = ENDINGS
        .iter()
        .find_map(|ending| word.strip_suffix(ending).filter(|bare| bare.chars().count() >= STEM))
        .unwrap_or(&word);
    let bare = bare.strip_suffix('e').filter(|bare| bare.chars().count() >= STEM).unwrap_or(bare);
    let hash = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    Some(bare.bytes().fold(0xcbf2_9ce4_8422_2325, hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_and_case_do_not_part_words() {
        assert_eq!(stem("Strikes"), stem("strike"));
        assert_eq!(stem("bombed"), stem("bombing"));
        assert_ne!(stem("tons"), stem("toll"));
        assert_eq!(stem("of"), None);
        assert!(stem("43").is_some());
    }
}
