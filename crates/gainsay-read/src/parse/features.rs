//! What the parser looks at before it moves.
//!
//! The templates are those of Zhang and Nivre (2011), carried over to arc-hybrid, with dictionary forms and
//! neighbours in the text added.

use crate::tag::weights::{key, mix};

use super::state::{NONE, State};

/// What of one word the features use.
#[derive(Clone, Copy, Debug, Default)]
pub struct Word {
    /// Hash of the word in small letters.
    pub form: u32,
    /// Hash of the dictionary form.
    pub lemma: u32,
    /// Both tags, as one number.
    pub tag: u32,
    /// Universal tag.
    pub upos: u32,
    /// Hash of the last three letters.
    pub ending: u32,
    /// Whether a blank stands before it, and whether its first letter is a capital.
    pub look: u32,
}

/// Stands for a word that is not there.
const MISSING: Word = Word { form: 3, lemma: 3, tag: 3_000, upos: 3_000, ending: 3, look: 4 };
/// Stands for the root.
const ROOT: Word = Word { form: 5, lemma: 5, tag: 5_000, upos: 5_000, ending: 5, look: 5 };

/// Features of the words on the stack that stay as they are as long as the top of the stack is the same.
pub const HELD: u8 = 1;
/// Features of the words not yet read, which stay as they are until the next one is.
pub const AHEAD: u8 = 2;
/// All other features.
pub const OTHER: u8 = 4;
/// All features.
pub const ALL: u8 = HELD | AHEAD | OTHER;

/// Puts the keys of the features of `state` into `keys`; of all features, those of the given `PARTS`.
pub fn features<const PARTS: u8>(words: &[Word], state: &State, keys: &mut Vec<u32>) {
    keys.clear();
    let root = state.len();
    let word = |at: u16| {
        if usize::from(at) == root { &ROOT } else { words.get(usize::from(at)).unwrap_or(&MISSING) }
    };
    let ahead = |by: u16| if usize::from(state.next + by) <= root { state.next + by } else { NONE };
    let node = |at: u16| state.nodes.get(usize::from(at));
    let (i0, i1, i2) = (state.top(0), state.top(1), state.top(2));
    let (j0, j1, j2, j3) = (state.next, ahead(1), ahead(2), ahead(3));
    let (s0, s1, s2) = (word(i0), word(i1), word(i2));
    let (b0, b1, b2, b3) = (word(j0), word(j1), word(j2), word(j3));
    let mut seed = 0u64;
    macro_rules! add {
        ($which:expr; $($part:expr),+) => {{
            seed += 1 << 32;
            if PARTS & $which != 0 {
                let hash = seed;
                $(let hash = mix(hash, $part);)+
                keys.push(key(hash));
            }
        }};
    }
    let pair = |a: u32, b: u32| a.wrapping_mul(0x2545_F491) ^ b;

    // Single words.
    for (w, part) in [(s0, HELD), (s1, HELD), (b0, AHEAD), (b1, AHEAD)] {
        add!(part; w.form, w.tag);
        add!(part; w.form);
        add!(part; w.tag);
        add!(part; w.lemma, w.upos);
        add!(part; w.ending, w.tag);
    }
    add!(HELD; s2.form, s2.tag);
    add!(HELD; s2.tag);
    add!(AHEAD; b2.form, b2.tag);
    add!(AHEAD; b2.tag);

    // Pairs of words.
    for (a, b, part) in [(s0, b0, OTHER), (s1, s0, HELD), (s1, b0, OTHER)] {
        add!(part; a.form, b.form);
        add!(part; a.lemma, b.lemma);
        add!(part; a.form, a.tag, b.tag);
        add!(part; a.tag, b.form, b.tag);
        add!(part; a.tag, b.tag);
        add!(part; a.lemma, b.tag);
        add!(part; a.tag, b.lemma);
        add!(part; a.upos, b.upos, a.ending);
        add!(part; a.upos, b.upos, b.ending);
    }
    add!(AHEAD; b0.tag, b1.tag);
    add!(OTHER; s0.lemma, b1.tag);
    add!(OTHER; s0.tag, b1.lemma);
    add!(AHEAD; b0.lemma, b1.lemma);
    add!(OTHER; s0.lemma, s1.lemma, b0.lemma);

    // Three and four words.
    add!(AHEAD; b0.tag, b1.tag, b2.tag);
    add!(AHEAD; b1.tag, b2.tag, b3.tag);
    add!(OTHER; s0.tag, b0.tag, b1.tag);
    add!(OTHER; s1.tag, s0.tag, b0.tag);
    add!(HELD; s2.tag, s1.tag, s0.tag);
    add!(OTHER; s0.lemma, b0.tag, b1.tag);
    add!(OTHER; s0.tag, b0.lemma, b1.tag);
    add!(OTHER; s1.lemma, s0.tag, b0.tag);
    add!(OTHER; s1.tag, s0.lemma, b0.tag);
    add!(OTHER; s1.tag, s0.tag, b0.lemma);
    add!(OTHER; s0.upos, b0.upos, b1.upos, b2.upos);
    add!(OTHER; s1.upos, s0.upos, b0.upos, b1.upos);
    add!(OTHER; s2.upos, s1.upos, s0.upos, b0.upos);
    add!(OTHER; s1.tag, s0.tag, b0.tag, b1.tag);

    // Distances, and the marks between.
    let gap = |a: u16, b: u16| {
        if a == NONE || b == NONE {
            return 99;
        }
        match b.saturating_sub(a) {
            d @ 0..=4 => u32::from(d),
            5..=7 => 5,
            8..=12 => 6,
            13..=20 => 7,
            _ => 8,
        }
    };
    let (near, far) = (gap(i0, j0), gap(i1, i0));
    add!(OTHER; s0.form, near);
    add!(OTHER; s0.tag, near);
    add!(OTHER; b0.form, near);
    add!(OTHER; b0.tag, near);
    add!(OTHER; s0.tag, b0.tag, near);
    add!(HELD; s1.tag, s0.tag, far);
    add!(HELD; s1.lemma, far);
    add!(HELD; s0.lemma, far);
    add!(OTHER; s1.tag, s0.tag, b0.tag, far);

    // How many dependents, and by which relations.
    let none = (0u32, 0u32, 0u32, 0u32);
    let kids = |at: u16| {
        node(at).map_or(none, |n| {
            let fold = |bits: u64| (bits ^ bits >> 31) as u32;
            (u32::from(n.left_count), u32::from(n.right_count), fold(n.left_rels), fold(n.right_rels))
        })
    };
    let (k0, k1, kb) = (kids(i0), kids(i1), kids(j0));
    add!(OTHER; s0.form, k0.1);
    add!(OTHER; s0.tag, k0.1);
    add!(OTHER; s0.form, k0.0);
    add!(OTHER; s0.tag, k0.0);
    add!(HELD; s1.lemma, k1.1);
    add!(HELD; s1.tag, k1.1);
    add!(OTHER; b0.form, kb.0);
    add!(OTHER; b0.tag, kb.0);
    add!(OTHER; s0.lemma, k0.2);
    add!(OTHER; s0.tag, k0.2);
    add!(OTHER; s0.lemma, k0.3);
    add!(OTHER; s0.tag, k0.3);
    add!(HELD; s1.lemma, k1.3);
    add!(HELD; s1.tag, k1.3);
    add!(HELD; s1.lemma, k1.2);
    add!(HELD; s1.tag, k1.2);
    add!(OTHER; b0.lemma, kb.2);
    add!(OTHER; b0.tag, kb.2);
    add!(OTHER; s0.tag, b0.tag, k0.3, kb.2);
    add!(OTHER; s0.tag, b0.tag, k0.2, kb.2);
    add!(OTHER; s1.tag, s0.tag, k1.3, k0.2);
    add!(OTHER; s1.tag, s0.tag, k1.3, k0.3);

    // Dependents.
    let kid = |at: u16, right: bool, which: usize| {
        node(at).map_or(NONE, |n| if right { n.right[which] } else { n.left[which] })
    };
    let rel = |at: u16| node(at).map_or(99, |n| u32::from(n.rel));
    for (own, at, right, part) in [
        (s0, i0, false, OTHER),
        (s0, i0, true, OTHER),
        (s1, i1, false, HELD),
        (s1, i1, true, HELD),
        (b0, j0, false, OTHER),
    ] {
        let (c0, c1) = (kid(at, right, 0), kid(at, right, 1));
        let (w0, w1) = (word(c0), word(c1));
        add!(part; w0.form, rel(c0));
        add!(part; w0.tag, rel(c0));
        add!(part; w1.lemma, rel(c1));
        add!(part; w1.tag, rel(c1));
        add!(part; own.tag, w0.tag, w1.tag);
        add!(part; own.tag, rel(c0), rel(c1));
        add!(part; own.lemma, w0.lemma, rel(c0));
        add!(OTHER; s0.tag, b0.tag, w0.tag, rel(c0));
        add!(part; s1.tag, s0.tag, w0.tag, rel(c0));
        add!(OTHER; s0.lemma, b0.lemma, rel(c0));
    }

    // Neighbours in the text.
    let beside = |at: u16, right: bool| {
        if at == NONE {
            return &MISSING;
        }
        if right { word(at + 1) } else { at.checked_sub(1).map_or(&MISSING, word) }
    };
    let (before_s0, after_s0) = (beside(i0, false), beside(i0, true));
    let (before_b0, after_s1) = (beside(j0, false), beside(i1, true));
    add!(OTHER; s0.tag, before_s0.tag, b0.tag);
    add!(OTHER; s0.tag, after_s0.tag, b0.tag, before_b0.tag);
    add!(HELD; s1.tag, after_s1.tag, s0.tag, before_s0.tag);
    add!(OTHER; s1.tag, s0.tag, before_s0.tag, b0.tag);
    add!(OTHER; before_b0.form, s0.tag, b0.tag);
    add!(HELD; before_s0.form, s1.tag, s0.tag);
    add!(HELD; before_s0.lemma, s0.lemma);
    add!(OTHER; s0.look, b0.look, s0.tag, b0.tag);
    add!(HELD; s1.look, s0.look, s1.tag, s0.tag);
    add!(AHEAD; b0.look, b1.look, b0.tag, b1.tag);
    add!(OTHER; pair(s0.ending, b0.ending), s0.upos, b0.upos);
    add!(HELD; pair(s1.ending, s0.ending), s1.upos, s0.upos);
    add!(OTHER; state.stack.len().min(6) as u32, s0.tag, b0.tag);
}
