//! Copies of sentences as damaged or styled as reports come: without commas and apostrophes, as headlines.

use gainsay_model::reading::{Upos, Xpos};

use super::conllu::Tree;

/// A small generator of pseudo-random numbers (xorshift64*, Vigna 2016), so that a training can be repeated.
#[derive(Clone, Debug)]
pub struct Random(pub u64);

impl Random {
    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize) % bound.max(1)
    }

    /// Shuffles (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

/// The sentences, and after them the damaged and restyled copies of some.
pub fn copies(trees: &[Tree], random: &mut Random) -> Vec<Tree> {
    let mut made = Vec::new();
    for tree in trees {
        let draw = random.below(100);
        let long = tree.words.len() > 4;
        if draw < 22 && long {
            made.push(unmarked(tree));
        } else if draw < 28 && long {
            made.push(headline(tree));
        } else if draw < 30 && long {
            let mut copy = tree.clone();
            copy.words.iter_mut().for_each(|word| word.form = word.form.to_uppercase());
            made.push(copy);
        }
    }
    made
}

/// Without commas and apostrophes, as many collections of texts have been stored.
fn unmarked(tree: &Tree) -> Tree {
    let mut copy = tree.clone();
    // A possessive ending goes with its noun: "Syrias".
    for at in 1..copy.words.len() {
        if copy.words[at].xpos == Xpos::Pos && copy.words[at].head == at - 1 {
            let tail: String = copy.words[at].form.chars().filter(|c| c.is_alphanumeric()).collect();
            copy.words[at - 1].form.push_str(&tail);
            copy.words[at].form.clear();
        }
    }
    copy.without(|word| word.form.is_empty() || matches!(word.form.as_str(), "," | "'" | "’" | "‘"));
    for word in &mut copy.words {
        if word.form.chars().count() > 1 {
            word.form.retain(|c| !matches!(c, '\'' | '’'));
        }
        if word.form.is_empty() {
            word.form.push('s');
        }
    }
    copy
}

/// With capitals, and without the stop at the end.
fn headline(tree: &Tree) -> Tree {
    let mut copy = tree.clone();
    let last = copy.words.len() - 1;
    for word in &mut copy.words {
        let small = matches!(word.upos, Upos::Adp | Upos::Det | Upos::Cconj | Upos::Part | Upos::Punct);
        if let Some(first) = word.form.chars().next().filter(|_| !small) {
            word.form = first.to_uppercase().chain(word.form.chars().skip(1)).collect();
        }
    }
    if copy.words[last].xpos == Xpos::Stop {
        copy.words[last].form.clear();
        copy.without(|word| word.form.is_empty());
        copy.words.iter_mut().filter(|word| word.form.is_empty()).for_each(|word| word.form.push('.'));
    }
    copy
}
