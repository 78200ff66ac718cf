//! Writes the weights as the tables that gainsay reads.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context;
use gainsay_lexicon::translit::letters::{Letter, written};
use gainsay_lexicon::translit::weights::{CLASSES, OTHER_WORD, OUTSETS, class_name};

use super::learner::{Learner, OUTSET, WORD};

const HEAD: &str = "# Licence: learned by `cargo xtask train translit` from spellings of places of GeoNames (CC BY 4.0) and of persons of\n# google/transliteration (Apache-2.0) and NETransliteration-COLING2018 (CC0-1.0); see DATA.md. May be edited by hand.\n# Weights are hundredths of a natural logarithm of odds: above 0 they speak for one name, below 0 against.\n";

/// Writes both tables.
///
/// # Errors
/// A folder that cannot be written to.
pub fn write(learner: &Learner, folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    for (name, text) in [("letters.tsv", letters(learner)), ("words.tsv", words(learner))] {
        let path = folder.join(name);
        std::fs::write(&path, text).with_context(|| path.display().to_string())?;
    }
    Ok(())
}

fn hundredths(weight: f32) -> i32 {
    (weight * 100.0).round() as i32
}

fn run(letters: &[Letter]) -> String {
    if letters.is_empty() { "-".into() } else { letters.iter().map(|&letter| written(letter)).collect() }
}

fn letters(learner: &Learner) -> String {
    let mut rows: Vec<(String, String, i32)> = Vec::new();
    for class in (0..CLASSES).filter(|&class| !class_name(class).0.is_empty() && class != 0) {
        let (a, b) = class_name(class);
        rows.push((a.into(), b.into(), hundredths(learner.weights[class])));
    }
    for (at, (a, b)) in OUTSETS.iter().enumerate() {
        rows.push(((*a).into(), (*b).into(), hundredths(learner.weights[OUTSET + at])));
    }
    for (a, b) in learner.pairs.keys() {
        let weight = learner.weight(a, b).unwrap_or_default();
        rows.push((run(a), run(b), hundredths(weight)));
    }
    rows.sort();
    let mut out = String::from(
        "# Which runs of letters stand for which, either way round, and how much that speaks for one name.\n",
    );
    out += HEAD;
    out += "# Letters: _ parts words, ^ is an article, - is nothing, capitals are long vowels and consonants with a dot below.\n";
    out += "# In <angles> are classes of letters, for pairs that no row names; = is the same letter, with or without marks.\n";
    out += "a\tb\tweight\n";
    for (a, b, weight) in rows {
        let _ = writeln!(out, "{a}\t{b}\t{weight}");
    }
    out
}

fn words(learner: &Learner) -> String {
    let other = |letters: usize| learner.weights[WORD] + learner.weights[WORD + 1] * letters as f32;
    let mut rows: Vec<(String, i32)> = vec![
        (OTHER_WORD[0].into(), hundredths(other(0))),
        (OTHER_WORD[1].into(), hundredths(other(1) - other(0))),
    ];
    for (word, &at) in &learner.words {
        rows.push((run(word), hundredths(other(word.len()) + learner.weights[at])));
    }
    rows.sort();
    let mut out = String::from("# Words that one spelling of a name bears and another leaves out.\n");
    out += HEAD;
    out += "# Letters as in letters.tsv; <word> is any other word, <letter> what each of its letters adds.\n";
    out += "word\tweight\n";
    for (word, weight) in rows {
        let _ = writeln!(out, "{word}\t{weight}");
    }
    out
}
