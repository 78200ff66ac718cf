//! The runs of one to three letters that have a weight, as a trie: every prefix has a number.

use super::letters::{COUNT, EDGE, Letter};

/// The longest run that has a weight of its own.
pub const LONGEST: usize = 3;

/// No such run.
pub const NO_PART: u16 = u16::MAX;

/// Runs of letters and their numbers; 0 is the empty run, a single letter has its own number.
#[derive(Debug, Clone)]
pub struct Parts {
    /// For each run and each letter, the run with this letter behind it.
    next: Vec<u16>,
}

/// A name, and for each of its letters the runs that begin there.
#[derive(Debug, Clone)]
pub struct Cut {
    /// Its letters.
    pub letters: Vec<Letter>,
    /// At each letter the runs of one, two and three letters, [`NO_PART`] where none has a weight.
    pub runs: Vec<[u16; LONGEST]>,
    /// At each letter where the next word begins, if a word begins here.
    pub word_end: Vec<Option<u16>>,
}

impl Default for Parts {
    fn default() -> Parts {
        let mut parts = Parts { next: vec![NO_PART; COUNT * COUNT] };
        for letter in 1..COUNT {
            parts.next[letter] = letter as u16;
        }
        parts
    }
}

impl Parts {
    /// How many runs there are, the empty one and prefixes of longer ones too.
    pub fn len(&self) -> usize {
        self.next.len() / COUNT
    }

    /// Whether there is none: never.
    pub fn is_empty(&self) -> bool {
        self.next.is_empty()
    }

    /// The number of a run of at most [`LONGEST`] letters; [`NO_PART`] if it has none.
    pub fn get(&self, letters: &[Letter]) -> u16 {
        letters.iter().fold(0, |part, &letter| self.step(part, letter))
    }

    fn step(&self, part: u16, letter: Letter) -> u16 {
        match part {
            NO_PART => NO_PART,
            part => self.next[usize::from(part) * COUNT + usize::from(letter)],
        }
    }

    /// The number of a run, made if there is none yet.
    pub fn add(&mut self, letters: &[Letter]) -> u16 {
        let mut part = 0;
        for &letter in letters {
            let mut next = self.step(part, letter);
            if next == NO_PART {
                next = self.len() as u16;
                self.next.resize(self.next.len() + COUNT, NO_PART);
                self.next[usize::from(part) * COUNT + usize::from(letter)] = next;
            }
            part = next;
        }
        part
    }

    /// The first letter of every run; 0 for the empty one.
    pub fn first_letters(&self) -> Vec<Letter> {
        let mut first: Vec<Letter> = vec![0; self.len()];
        // A run has a higher number than what it begins with.
        for part in 0..self.len() {
            for letter in 1..COUNT {
                let next = self.next[part * COUNT + letter];
                if next != NO_PART {
                    first[usize::from(next)] = if part == 0 { letter as Letter } else { first[part] };
                }
            }
        }
        first
    }

    /// Cuts a name.
    pub fn cut(&self, letters: Vec<Letter>) -> Cut {
        let runs = (0..letters.len()).map(|at| {
            let mut part = 0;
            std::array::from_fn(|length| {
                part = letters.get(at + length).map_or(NO_PART, |&letter| self.step(part, letter));
                part
            })
        });
        let runs = runs.collect();
        let mut word_end = vec![None; letters.len() + 1];
        let mut end = None;
        for at in (1..letters.len()).rev() {
            if letters[at] == EDGE {
                end = Some(at as u16 + 1);
            }
            if letters[at - 1] == EDGE {
                word_end[at] = end;
            }
        }
        Cut { letters, runs, word_end }
    }
}
