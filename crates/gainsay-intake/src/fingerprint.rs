//! What of a text is compared to find copies of it: hashes of runs of words, thinned out.
//!
//! Weighing never sees a text; it is handed these. Runs of [`RUN`] words are hashed, and of every [`WINDOW`] hashes
//! in a row the least is kept (winnowing: Schleimer, Wilkerson and Aiken, SIGMOD 2003): two texts that share
//! `RUN + WINDOW - 1` words in a row share a hash, wherever in them the words stand.

/// Words in a run.
const RUN: usize = 5;
/// Runs of which one is kept.
const WINDOW: usize = 4;

/// The fingerprint of a text: sorted hashes; none for a text of fewer words than a run.
pub fn fingerprint(text: &str) -> Vec<u64> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let runs: Vec<u64> = words.windows(RUN).map(hash).collect();
    let mut kept: Vec<u64> = match runs.len() {
        0 => Vec::new(),
        n if n < WINDOW => runs.iter().min().copied().into_iter().collect(),
        _ => runs.windows(WINDOW).filter_map(|window| window.iter().min().copied()).collect(),
    };
    kept.sort_unstable();
    kept.dedup();
    kept
}

/// FNV-1a of the words (Fowler, Noll and Vo), mixed so that the least of several is no matter of the first word
/// (the finaliser of `MurmurHash3`, Appleby 2011).
fn hash(words: &[String]) -> u64 {
    let bytes = words.iter().flat_map(|word| word.bytes().chain([b' ']));
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let mut hash = bytes.fold(0xcbf2_9ce4_8422_2325, step);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The bridge changed hands after a night of fighting for which neither side would give its \
                        losses. By noon they were searching cars at its eastern end, said two drivers.";

    #[test]
    fn case_marks_and_what_stands_around_change_little() {
        let (a, b) = (fingerprint(TEXT), fingerprint(&format!("(A Wire) - {}", TEXT.to_uppercase())));
        let shared = a.iter().filter(|hash| b.contains(hash)).count();
        assert!(shared * 10 >= a.len() * 9, "{shared} of {}", a.len());
    }

    #[test]
    fn another_text_shares_nothing_and_a_short_one_has_none() {
        let other =
            fingerprint("Planes struck a market in the north of the town, killing nine, residents said.");
        assert!(fingerprint(TEXT).iter().all(|hash| !other.contains(hash)));
        assert!(fingerprint("Four words are short").is_empty());
    }
}
