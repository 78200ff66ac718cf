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

/// Puts the keys of the features of `state` into `keys`.
pub fn features(words: &[Word], state: &State, keys: &mut Vec<u32>) {
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
        ($($part:expr),+) => {{
            seed += 1 << 32;
            let hash = seed;
            $(let hash = mix(hash, $part);)+
            keys.push(key(hash));
        }};
    }
    // Distances in classes.
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
    // Of each word: how many dependents it has to the left and the right, and by which relations.
    let kids = |at: u16| {
        node(at).map_or((0, 0, 0, 0), |n| {
            let fold = |bits: u64| (bits ^ bits >> 31) as u32;
            (u32::from(n.left_count), u32::from(n.right_count), fold(n.left_rels), fold(n.right_rels))
        })
    };
    let (k0, k1, kb) = (kids(i0), kids(i1), kids(j0));
    // The outermost dependent on one side with its relation, and the one inside it.
    let rel = |at: u16| node(at).map_or(99, |n| u32::from(n.rel));
    let side = |at: u16, right: bool| {
        let [outer, inner] = node(at).map_or([NONE; 2], |n| if right { n.right } else { n.left });
        (word(outer), rel(outer), word(inner), rel(inner))
    };
    let (l0, l0r, l0x, l0xr) = side(i0, false);
    let (r0, r0r, r0x, r0xr) = side(i0, true);
    let (l1, l1r, l1x, l1xr) = side(i1, false);
    let (r1, r1r, r1x, r1xr) = side(i1, true);
    let (lb, lbr, lbx, lbxr) = side(j0, false);
    // Neighbours in the text.
    let beside = |at: u16, right: bool| {
        if at == NONE {
            return &MISSING;
        }
        if right { word(at + 1) } else { at.checked_sub(1).map_or(&MISSING, word) }
    };
    let before_s0 = beside(i0, false);
    let before_b0 = beside(j0, false);
    let after_s1 = beside(i1, true);

    // Single words.
    add!(s0.form, s0.tag);
    add!(s0.form);
    add!(s0.lemma, s0.upos);
    add!(s0.ending, s0.tag);
    add!(s1.tag);
    add!(s1.ending, s1.tag);
    add!(b0.tag);
    add!(b0.lemma, b0.upos);
    add!(b0.ending, b0.tag);
    add!(b1.form, b1.tag);
    add!(b1.tag);
    add!(b1.lemma, b1.upos);
    add!(b1.ending, b1.tag);
    add!(b2.form, b2.tag);

    // Pairs of words.
    add!(s0.form, s0.tag, b0.tag);
    add!(s0.tag, b0.tag);
    add!(s0.lemma, b0.tag);
    add!(s0.upos, b0.upos, s0.ending);
    add!(s1.lemma, s0.lemma);
    add!(s1.tag, s0.tag);
    add!(s1.tag, b0.form, b0.tag);
    add!(s1.tag, b0.lemma);
    add!(s1.upos, b0.upos, b0.ending);
    add!(b0.tag, b1.tag);
    add!(s0.lemma, b1.tag);
    add!(s0.tag, b1.lemma);
    add!(b0.lemma, b1.lemma);

    // Three and four words.
    add!(b0.tag, b1.tag, b2.tag);
    add!(b1.tag, b2.tag, b3.tag);
    add!(s1.tag, s0.tag, b0.tag);
    add!(s2.tag, s1.tag, s0.tag);
    add!(s0.lemma, b0.tag, b1.tag);
    add!(s0.upos, b0.upos, b1.upos, b2.upos);
    add!(s1.upos, s0.upos, b0.upos, b1.upos);
    add!(s2.upos, s1.upos, s0.upos, b0.upos);

    // Distances.
    add!(b0.tag, near);
    add!(s1.tag, s0.tag, far);

    // How many dependents, and by which relations.
    add!(s0.tag, k0.1);
    add!(s0.form, k0.0);
    add!(s0.tag, k0.0);
    add!(s1.lemma, k1.1);
    add!(s1.tag, k1.1);
    add!(b0.tag, kb.0);
    add!(s0.lemma, k0.2);
    add!(s0.tag, k0.2);
    add!(s0.tag, k0.3);
    add!(s1.lemma, k1.3);
    add!(s1.tag, k1.3);
    add!(s1.lemma, k1.2);
    add!(s1.tag, k1.2);
    add!(b0.tag, kb.2);
    add!(s0.tag, b0.tag, k0.3, kb.2);
    add!(s1.tag, s0.tag, k1.3, k0.2);
    add!(s1.tag, s0.tag, k1.3, k0.3);

    // Dependents: `l0` and `r0` are those of s0, `l1` and `r1` of s1, `lb` of b0.
    add!(l0.form, l0r);
    add!(l0.tag, l0r);
    add!(l0x.lemma, l0xr);
    add!(l0x.tag, l0xr);
    add!(s0.tag, l0.tag, l0x.tag);
    add!(s0.tag, l0r, l0xr);
    add!(s0.lemma, l0.lemma, l0r);
    add!(s0.tag, b0.tag, l0.tag, l0r);
    add!(s1.tag, s0.tag, l0.tag, l0r);
    add!(s0.tag, r0.tag, r0x.tag);
    add!(s0.tag, r0r, r0xr);
    add!(s0.tag, b0.tag, r0.tag, r0r);
    add!(s1.tag, s0.tag, r0.tag, r0r);
    add!(l1.form, l1r);
    add!(l1.tag, l1r);
    add!(s1.tag, l1.tag, l1x.tag);
    add!(s1.tag, l1r, l1xr);
    add!(s1.tag, s0.tag, l1.tag, l1r);
    add!(r1.form, r1r);
    add!(r1.tag, r1r);
    add!(r1x.lemma, r1xr);
    add!(r1x.tag, r1xr);
    add!(s1.tag, r1.tag, r1x.tag);
    add!(s1.tag, r1r, r1xr);
    add!(s1.lemma, r1.lemma, r1r);
    add!(s1.tag, s0.tag, r1.tag, r1r);
    add!(lb.form, lbr);
    add!(lb.tag, lbr);
    add!(lbx.lemma, lbxr);
    add!(lbx.tag, lbxr);
    add!(b0.tag, lb.tag, lbx.tag);
    add!(b0.tag, lbr, lbxr);
    add!(s0.tag, b0.tag, lb.tag, lbr);
    add!(s1.tag, s0.tag, lb.tag, lbr);

    // Neighbours in the text.
    add!(s1.tag, after_s1.tag, s0.tag, before_s0.tag);
    add!(before_b0.form, s0.tag, b0.tag);
    add!(before_s0.form, s1.tag, s0.tag);
    add!(before_s0.lemma, s0.lemma);
    add!(s0.look, b0.look, s0.tag, b0.tag);
    add!(b0.look, b1.look, b0.tag, b1.tag);
}
