//! The consonants of a name in either script, as few as stay the same in every romanisation.
//!
//! Vowels, glides, ayn, hamza, articles and a final h go, articles even where grown together with a word; kh and h, dh and d, th and t, gh and g, q and k, sh and ch,
//! emphatic and plain become one; doubled letters too. Up to sixteen letters of four bits make one number, so that
//! names can be looked up by it, and by it with a letter left out (deletion neighbourhoods: Mor and Fraenkel 1982).

use super::letters::{Letter, plain, written};

/// Consonants, four bits each, the first in the lowest; 0 where there is none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bones(pub u64);

/// The letters of [`Bones`], numbered from 1.
const KEPT: &str = "bcdfghjklmnrstz";

/// The most letters that are kept.
const MOST: u32 = 16;

impl Bones {
    /// The bones of a spelling, or of one word of it.
    pub fn of(letters: &[Letter]) -> Bones {
        let exact = |index: usize| letters.get(index).map_or(' ', |&letter| written(letter));
        let at = |index: usize| letters.get(index).map_or(' ', |&letter| written(plain(letter)));
        let mut bones = Bones::default();
        let (mut index, mut last) = (0, 0);
        while index < letters.len() {
            if index == 0 || at(index - 1) == '_' {
                index += grown_article(at(index), at(index + 1), at(index + 2));
            }
            // A dotted h is a letter of its own and makes no digraph.
            let (kept, step) = match (at(index), exact(index + 1)) {
                ('k', 'h') => ('h', 2),
                ('g', 'h') => ('g', 2),
                ('d', 'h') => ('d', 2),
                ('t', 'h') => ('t', 2),
                ('s' | 'c', 'h') => ('c', 2),
                ('d', 'j') => ('j', 2),
                ('p', 'h') => ('f', 2),
                ('h', '_' | ' ') | ('ه', '_' | ' ') => (' ', 1),
                (c, _) => (one(c), 1),
            };
            let number = KEPT.chars().position(|c| c == kept).map_or(0, |at| at as u64 + 1);
            if number != 0 && number != last && bones.len() < MOST {
                bones.0 |= number << (4 * bones.len());
                last = number;
            }
            index += step;
        }
        bones
    }

    /// How many consonants.
    pub fn len(self) -> u32 {
        (u64::BITS - self.0.leading_zeros()).div_ceil(4)
    }

    /// Whether the name has none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// With one consonant left out, each in turn.
    pub fn shorter(self) -> impl Iterator<Item = Bones> {
        (0..self.len()).map(move |at| {
            let below = self.0 & ((1u64 << (4 * at)) - 1);
            let above = if at + 1 < MOST { self.0 >> (4 * (at + 1)) } else { 0 };
            Bones(below | above << (4 * at))
        })
    }

    /// Consonants to change, add or leave out to make one the other (Levenshtein 1966).
    pub fn distance(self, other: Bones) -> u32 {
        let (n, m) = (self.len() as usize, other.len() as usize);
        let mut row: [u32; MOST as usize + 1] = std::array::from_fn(|at| at as u32);
        for i in 0..n {
            let own = self.0 >> (4 * i) & 15;
            let mut before = row[0];
            row[0] += 1;
            for j in 0..m {
                let changed = before + u32::from(own != other.0 >> (4 * j) & 15);
                before = row[j + 1];
                row[j + 1] = changed.min(before + 1).min(row[j] + 1);
            }
        }
        row[m]
    }
}

/// Length of an article that has grown together with its word: `Alqamishli`, `القامشلي`.
fn grown_article(first: char, second: char, third: char) -> usize {
    match (first, second) {
        ('ا', 'ل') if !matches!(third, ' ' | '_') => 2,
        ('a' | 'e', 'l') if !matches!(third, ' ' | '_' | 'a' | 'e' | 'i' | 'o' | 'u' | 'l') => 2,
        _ => 0,
    }
}

/// What a letter of either script leaves of itself; a space for nothing.
fn one(c: char) -> char {
    match c {
        'q' | 'c' | 'ق' | 'ك' | 'گ' => 'k',
        'x' | 'ح' | 'خ' | 'ه' => 'h',
        'v' | 'ف' | 'ڤ' => 'f',
        'p' | 'ب' | 'پ' => 'b',
        'ت' | 'ط' | 'ث' => 't',
        'ج' => 'j',
        'د' | 'ذ' | 'ض' => 'd',
        'ر' => 'r',
        'ز' | 'ظ' => 'z',
        'س' | 'ص' => 's',
        'ش' | 'چ' => 'c',
        'غ' | 'ڭ' => 'g',
        'ل' => 'l',
        'م' => 'm',
        'ن' => 'n',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::super::letters::spell;
    use super::*;

    fn bones(name: &str) -> String {
        let bones = Bones::of(&spell(name));
        (0..bones.len()).map(|at| KEPT.as_bytes()[(bones.0 >> (4 * at) & 15) as usize - 1] as char).collect()
    }

    #[test]
    fn both_scripts_leave_the_same_bones() {
        for (names, expected) in [
            (["al-Qusayr", "Kousseir", "Quṣayr", "قصير"], "ksr"),
            (["Khan Shaykhun", "Khān Shaykhūn", "Khan Cheikhoun", "خان شيخون"], "hnchn"),
            (["Raqqa", "Rakka", "ar-Raqqah", "رقة"], "rk"),
            (["Hasakah", "Hasake", "Ḥasaka", "حسكة"], "hsk"),
            (["Ghouta", "Ghuta", "Gouta", "الغوطة"], "gt"),
            (["al-Qamishli", "Alqamishli", "El-Kamishly", "القامشلي"], "kmcl"),
            (["Masḥah", "Masḩa", "Mas-ha", "مسحة"], "msh"),
            (["Aleppo", "Alep", "Ellep", "ألب"], "lb"),
        ] {
            for name in names {
                assert_eq!(bones(name), expected, "{name}");
            }
        }
    }

    #[test]
    fn sixteen_consonants_are_kept_and_one_can_be_left_out() {
        let long = Bones::of(&spell("bdfgjklmnrstzbdfgjklm"));
        assert_eq!(long.len(), 16);
        assert!(long.shorter().all(|bones| bones.len() == 15 && bones.distance(long) == 1));
        assert_eq!(long.distance(Bones::default()), 16);
        assert!(Bones::of(&spell("Aya")).is_empty());
        assert_eq!(Bones::of(&spell("Hama")).distance(Bones::of(&spell("Homs"))), 1);
    }
}
