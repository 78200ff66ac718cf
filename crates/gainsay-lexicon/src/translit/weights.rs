//! The weights of letters against letters, from `data/translit`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::align::{NEVER, Weigh};
use super::letters::{COUNT, Class, Letter, class, is_arabic, letter, plain};
use super::parts::{LONGEST, Parts};
use crate::table::{Row, TableError, rows};

/// Weights of single letters that no row names, by their classes and by whether they are one letter but for its marks.
pub const CLASSES: usize = Class::ALL.len() * Class::ALL.len() * 2;

/// A weight that the table leaves out.
const ABSENT: i16 = i16::MIN;

/// What every step of an alignment weighs, in hundredths of a natural logarithm of odds: 100 makes it 2.7 times as
/// likely that two spellings are of one name.
#[derive(Debug, Clone)]
pub struct Weights {
    /// The runs that have weights.
    pub parts: Parts,
    /// Letter against letter.
    letters: Vec<i16>,
    /// Run against run, [`ABSENT`] where they have no weight together.
    table: Vec<i16>,
    /// For each run the first letters of the runs that it has weights with, a bit for each.
    partners: Vec<u128>,
    /// The first letter of each run.
    first: Vec<Letter>,
    /// Words that names bear or leave out, such as the words for a village or a district.
    words: BTreeMap<Vec<Letter>, i32>,
    /// Any other word that is left out, and what each of its letters adds.
    other_word: (i32, i32),
    /// Before the first letter: both in Latin script, one in Arabic, both in Arabic.
    outset: [i32; 3],
}

/// The place of a pair of single letters, 0 for none, in the table of classes.
pub fn class_of(a: Letter, b: Letter) -> usize {
    let (first, second) = (class(a).min(class(b)), class(a).max(class(b)));
    let same = a != 0 && plain(a) == plain(b);
    (first as usize * Class::ALL.len() + second as usize) * 2 + usize::from(same)
}

/// How the table writes a pair of classes; empty for a place of the table that no pair has.
pub fn class_name(at: usize) -> (&'static str, &'static str) {
    let (pair, same) = (at / 2, at % 2 == 1);
    let (first, second) = (pair / Class::ALL.len(), pair % Class::ALL.len());
    match same {
        // One letter has one class: the other places of the table stay empty.
        true if first != second || first == 0 => ("", ""),
        true => (Class::ALL[first].1, "="),
        false => (Class::ALL[first].1, Class::ALL[second].1),
    }
}

/// How the table writes what stands before the first letter.
pub const OUTSETS: [(&str, &str); 3] =
    [("<latin>", "<latin>"), ("<arabic>", "<latin>"), ("<arabic>", "<arabic>")];

/// How the table of words writes any other word, and each of its letters.
pub const OTHER_WORD: [&str; 2] = ["<word>", "<letter>"];

impl Weights {
    /// The weights that come with gainsay.
    ///
    /// # Panics
    /// Never in a released build: a test loads them.
    pub fn builtin() -> &'static Weights {
        static WEIGHTS: OnceLock<Weights> = OnceLock::new();
        WEIGHTS.get_or_init(|| {
            let letters = include_str!("../../data/translit/letters.tsv");
            let words = include_str!("../../data/translit/words.tsv");
            Weights::load(letters, words).unwrap_or_else(|error| panic!("{error}"))
        })
    }

    /// Weights from the text of both tables.
    ///
    /// # Errors
    /// A row that holds an unknown letter, a run of more than three, or no whole number.
    pub fn load(letters: &str, words: &str) -> Result<Weights, TableError> {
        let mut parts = Parts::default();
        let mut classes = vec![ABSENT; CLASSES];
        let mut pairs: Vec<(u16, u16, i16)> = Vec::new();
        let mut outset = [0; 3];
        for row in rows("letters.tsv", letters)? {
            let (a, b, weight) = (row.get("a"), row.get("b"), weight(&row)?);
            if let Some(at) = OUTSETS.iter().position(|names| *names == (a, b)) {
                outset[at] = i32::from(weight);
            } else if a.starts_with('<') || b.starts_with('<') || b == "=" {
                let at = (0..CLASSES).find(|&at| class_name(at) == (a, b));
                classes[at.ok_or_else(|| row.error(format!("no classes {a} and {b}")))?] = weight;
            } else {
                let (a, b) = (parts.add(&run(&row, a)?), parts.add(&run(&row, b)?));
                pairs.push((a, b, weight));
            }
        }
        let width = parts.len();
        let mut table = vec![ABSENT; width * width];
        for a in 0..COUNT {
            for b in usize::from(a == 0)..COUNT {
                table[a * width + b] = classes[class_of(a as Letter, b as Letter)];
            }
        }
        let first = parts.first_letters();
        let mut partners = vec![0u128; width];
        for (a, b, weight) in pairs {
            for (one, other) in [(usize::from(a), usize::from(b)), (usize::from(b), usize::from(a))] {
                table[one * width + other] = weight;
                partners[one] |= 1 << first[other];
            }
        }
        let row = |at: usize| &table[at * width..at * width + COUNT];
        let letters = (0..COUNT).flat_map(row).copied().collect();
        let mut weights = Weights {
            parts,
            letters,
            table,
            partners,
            first,
            words: BTreeMap::new(),
            other_word: (0, 0),
            outset,
        };
        for row in rows("words.tsv", words)? {
            let weight = i32::from(weight(&row)?);
            match row.get("word") {
                word if word == OTHER_WORD[0] => weights.other_word.0 = weight,
                word if word == OTHER_WORD[1] => weights.other_word.1 = weight,
                word => {
                    weights.words.insert(spelled(&row, word)?, weight);
                }
            }
        }
        Ok(weights)
    }

    /// What stands before the first letter of two names.
    pub fn outset(&self, a: &[Letter], b: &[Letter]) -> i32 {
        self.outset[usize::from(is_arabic(a)) + usize::from(is_arabic(b))]
    }
}

impl Weigh for Weights {
    fn pair(&self, a: u16, b: u16) -> i32 {
        let (a, b) = (usize::from(a), usize::from(b));
        let weight = if a < COUNT && b < COUNT {
            self.letters[a * COUNT + b]
        } else if self.partners[a] >> self.first[b] & 1 == 0 {
            // Most runs meet no partner: the bits are at hand, the large table is not.
            ABSENT
        } else {
            self.table[a * self.first.len() + b]
        };
        if weight == ABSENT { NEVER } else { i32::from(weight) }
    }

    fn word(&self, word: &[Letter]) -> i32 {
        // A number that one name has and the other lacks tells them apart: "Brigade 93".
        if let Some(&digit) = word.iter().find(|&&letter| class(letter) == Class::Digit) {
            return i32::from(self.letters[usize::from(digit)]);
        }
        let other = || self.other_word.0 + self.other_word.1 * word.len() as i32;
        self.words.get(word).copied().unwrap_or_else(other)
    }
}

fn weight(row: &Row) -> Result<i16, TableError> {
    let cell = row.get("weight");
    cell.parse().map_err(|_| row.error(format!("weight {cell:?} is no whole number from -32000 to 32000")))
}

/// A run as the table writes it: letters, `-` for none.
fn run(row: &Row, written: &str) -> Result<Vec<Letter>, TableError> {
    match written {
        "-" => Ok(Vec::new()),
        _ if written.chars().count() > LONGEST => Err(row.error(format!("more than {LONGEST} letters"))),
        _ => spelled(row, written),
    }
}

fn spelled(row: &Row, written: &str) -> Result<Vec<Letter>, TableError> {
    let letters: Option<Vec<Letter>> = written.chars().map(letter).collect();
    letters
        .ok_or_else(|| row.error(format!("{written:?} has a letter that translit/letters.rs does not know")))
}

// A letter has a bit among a run's partners.
const _: () = assert!(COUNT <= 128);
