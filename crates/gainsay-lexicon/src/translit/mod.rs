//! One name under any romanisation, or in Arabic script: how likely two spellings are of one name.
//!
//! [`letters`] cuts names into letters, [`align`] finds the best way to read the one as the other, and
//! [`Weights`] say what each step is worth: that q stands for k, that a short vowel is not written, that -ah, -a,
//! -eh and -e are one ending. The weights are learned from pairs of spellings by `cargo xtask train translit`, as a
//! log-linear model over the best alignment, after the stochastic edit distance of Ristad and Yianilos (1998), but
//! trained to tell same from different (McCallum, Bellare and Pereira 2005) and kept as whole numbers in
//! `data/translit`, where a user may read and change them.

pub mod align;
pub mod bones;
pub mod letters;
pub mod parts;
pub mod weights;

use align::{Weigh, align};
pub use bones::Bones;
use parts::Cut;
pub use weights::Weights;

/// How far one foreign consonant takes a name from another, in hundredths; see [`Spelled::distance`].
pub const LETTER: i32 = 250;

/// A name made ready to be compared.
#[derive(Debug, Clone)]
pub struct Spelled {
    cut: Cut,
    /// Its weight against itself, letter by letter.
    own: i32,
}

impl Spelled {
    /// A name in any script.
    pub fn of(name: &str) -> Spelled {
        Spelled::from_letters(letters::spell(name))
    }

    /// A name that [`letters::spell`] has spelled.
    pub fn from_letters(letters: Vec<letters::Letter>) -> Spelled {
        let weights = Weights::builtin();
        let cut = weights.parts.cut(letters);
        let own = cut.runs.iter().map(|runs| weights.pair(runs[0], runs[0])).sum();
        Spelled { cut, own }
    }

    /// Its letters.
    pub fn letters(&self) -> &[letters::Letter] {
        &self.cut.letters
    }

    /// Hundredths of the natural logarithm of the odds that both are spellings of one name, against a name that
    /// was chosen for being near: above 0 they rather are.
    pub fn alike(&self, other: &Spelled) -> i32 {
        self.against(other).0
    }

    /// How much less alike the two are than each is to itself, in hundredths, never negative: habits of spelling
    /// cost little or nothing, another consonant about [`LETTER`].
    pub fn distance(&self, other: &Spelled) -> i32 {
        self.against(other).1
    }

    /// [`Spelled::alike`] and [`Spelled::distance`] at once.
    pub fn against(&self, other: &Spelled) -> (i32, i32) {
        let weights = Weights::builtin();
        let together = align(weights, &self.cut, &other.cut, None);
        let outset = weights.outset(&self.cut.letters, &other.cut.letters);
        (outset + together, ((self.own + other.own) / 2 - together).max(0))
    }
}

#[cfg(test)]
mod tests;
