//! Words of claims' evidence, as numbers to compare, and how telling each is.
//!
//! Claims carry the words they were read from; two reports of one happening share rare ones ("orphanage", "250
//! tons"). A word tells the more, the fewer texts it stands in (Spärck Jones 1972, J. Documentation 28(1)). How
//! many that are is a table, so that a word tells the same in every ledger, however many reports are added to it.

use serde::{Deserialize, Serialize};

use crate::roots::Said;
use crate::table::rules;

/// A word that is not in the table tells so much (bits).
const RARE: u32 = 7;
/// Endings that say nothing of what a word means, longest first.
const ENDINGS: [&str; 6] = ["ings", "ing", "ers", "ed", "es", "s"];
/// A word keeps at least so many letters.
const STEM: usize = 4;

/// A word, as a number to compare, and how much it tells: bits, 0 for one that stands in most texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Word {
    pub(super) word: u64,
    pub(super) bits: u32,
}

/// The words a claim was read from; some come twice.
pub(super) fn words<'s>(claim: &'s Said) -> impl Iterator<Item = Word> + 's {
    claim.link.claim.evidence.iter().flat_map(|evidence| {
        evidence.exact.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).filter_map(word)
    })
}

/// A word without its ending; none for words of one or two letters.
fn word(written: &str) -> Option<Word> {
    let word = written.to_lowercase();
    let digits = word.chars().all(|c| c.is_ascii_digit());
    if !digits && word.chars().count() < 3 {
        return None;
    }
    let bare = ENDINGS
        .iter()
        .find_map(|ending| word.strip_suffix(ending).filter(|bare| bare.chars().count() >= STEM))
        .unwrap_or(&word);
    let bare = bare.strip_suffix('e').filter(|bare| bare.chars().count() >= STEM).unwrap_or(bare);
    Some(Word { word: number(bare), bits: rules().words.get(bare).copied().unwrap_or(RARE) })
}

/// A text as a number (FNV-1a, Fowler, Noll and Vo).
pub(super) fn number(text: &str) -> u64 {
    let hash = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_and_case_do_not_part_words() {
        let stem = |text: &str| word(text).map(|word| word.word);
        assert_eq!(stem("Strikes"), stem("strike"));
        assert_eq!(stem("bombed"), stem("bombing"));
        assert_ne!(stem("tons"), stem("toll"));
        assert_eq!(stem("of"), None);
        assert!(stem("43").is_some());
    }

    #[test]
    fn what_nobody_listed_tells_most() {
        let bits = |text: &str| word(text).map(|word| word.bits);
        assert_eq!(bits("the"), Some(0));
        assert_eq!(bits("orphanage"), Some(RARE));
        assert!(bits("airstrikes") < bits("chlorine"));
    }
}
