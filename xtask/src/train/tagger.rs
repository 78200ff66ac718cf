//! Training of the tagger and the lemmatiser.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::reading::{Upos, Xpos};
use gainsay_read::tag::TagModel;
use gainsay_read::tag::features::{Look, features, lower, titled};
use gainsay_read::tag::lemma::{LONGEST, Lemmatiser, Script, ending_keys, known_key, whole_key};
use gainsay_read::tag::table::Table;
use gainsay_read::tag::weights::text_hash;

use super::augment::Random;
use super::conllu::Tree;
use super::perceptron::{Perceptron, Rows, coarse, mean};

/// A word must be this frequent for the dictionary to say which tags it may have.
const FREQUENT: usize = 5;

/// Of a thousand words, so many are learned as if the word itself were unknown, and so many others with some of
/// their features missing, so that spelling and neighbours learn to do without.
const FORGOTTEN: usize = 120;

/// Averaged weights are multiplied by this and rounded.
const SCALE: i64 = 24;

/// The mean of all members is divided by this and rounded, as far as tags and trees do not suffer.
const COARSER: i16 = 6;

/// A model and its weights, as they are written.
pub struct Trained {
    pub model: TagModel,
    pub rows: Rows,
}

/// Trains `members` taggers on `trees` for `rounds` passes each, and takes the mean of their weights; those below
/// `least` are left out.
pub fn train(trees: &[&Tree], rounds: usize, (members, least): (usize, i64), random: &mut Random) -> Trained {
    let mut model = TagModel { labels: labels(trees), ..TagModel::default() };
    model.classes = classes(trees, &model.labels);
    model.lemmatiser = lemmatiser(trees, &model.labels);
    let sentences: Vec<(Vec<Look>, u32, Vec<u32>)> = trees
        .iter()
        .map(|tree| {
            let mut low = String::new();
            let looks = tree
                .words
                .iter()
                .map(|word| Look::of(&word.form, &mut low, |hash| model.class(hash)))
                .collect();
            let gold = tree.words.iter().map(|word| label_of(&model.labels, word.upos, word.xpos)).collect();
            (looks, titled(tree.words.iter().map(|word| word.form.as_str())), gold)
        })
        .collect();
    let found: Vec<Rows> = (0..members)
        .map(|_| member(&sentences, model.labels.len(), rounds, random).average(SCALE, 1))
        .collect();
    let rows = coarse(mean(&found, least), COARSER);
    model.weights = Table::build(&rows);
    Trained { model, rows }
}

/// One tagger, trained from left to right on its own earlier tags.
fn member(
    sentences: &[(Vec<Look>, u32, Vec<u32>)],
    labels: usize,
    rounds: usize,
    random: &mut Random,
) -> Perceptron {
    let mut perceptron = Perceptron::new();
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let (mut keys, mut scores, mut blurred) = (Vec::new(), vec![0; labels], Vec::new());
    for _ in 0..rounds {
        random.shuffle(&mut order);
        for &index in &order {
            let (looks, titled, gold) = &sentences[index];
            let (mut last, mut before) = (u32::MAX, u32::MAX);
            for (at, &gold) in gold.iter().enumerate() {
                let chance = random.below(1000);
                if chance < FORGOTTEN {
                    blurred.clone_from(looks);
                    blurred[at] = Look { form: 2, low: 2, class: 0, ..looks[at] };
                    features(&blurred, at, last, before, *titled, &mut keys);
                } else {
                    features(looks, at, last, before, *titled, &mut keys);
                }
                if (FORGOTTEN..2 * FORGOTTEN).contains(&chance) {
                    keys.retain(|_| random.below(100) < 85);
                }
                scores.fill(0);
                perceptron.score(&keys, &mut scores);
                let best = (0..scores.len())
                    .fold(0, |best, label| if scores[label] > scores[best] { label } else { best });
                if best != gold as usize {
                    perceptron.update(&keys, gold as usize, 1);
                    perceptron.update(&keys, best, -1);
                }
                perceptron.step += 1;
                (before, last) = (last, best as u32);
            }
        }
    }
    perceptron
}

/// The pairs of tags that occur more than now and then.
fn labels(trees: &[&Tree]) -> Vec<(Upos, Xpos)> {
    let mut counts: BTreeMap<(Upos, Xpos), usize> = BTreeMap::new();
    for word in trees.iter().flat_map(|tree| &tree.words) {
        *counts.entry((word.upos, word.xpos)).or_default() += 1;
    }
    let mut kept: Vec<_> = counts.into_iter().filter(|&(_, count)| count >= 4).collect();
    kept.sort_by_key(|&(pair, count)| (std::cmp::Reverse(count), pair));
    kept.into_iter().map(|(pair, _)| pair).take(255).collect()
}

/// The label of a pair of tags, or of the most frequent pair with the same universal tag.
fn label_of(labels: &[(Upos, Xpos)], upos: Upos, xpos: Xpos) -> u32 {
    let exact = labels.iter().position(|&pair| pair == (upos, xpos));
    exact.or_else(|| labels.iter().position(|pair| pair.0 == upos)).unwrap_or(0) as u32
}

/// Which labels a frequent word may have, as the number of a class.
fn classes(trees: &[&Tree], labels: &[(Upos, Xpos)]) -> Vec<(u32, u32)> {
    let mut seen: BTreeMap<u32, BTreeMap<u32, usize>> = BTreeMap::new();
    let mut low = String::new();
    for word in trees.iter().flat_map(|tree| &tree.words) {
        lower(&word.form, &mut low);
        *seen
            .entry(text_hash(&low))
            .or_default()
            .entry(label_of(labels, word.upos, word.xpos))
            .or_default() += 1;
    }
    let mut numbers: BTreeMap<Vec<u32>, u32> = BTreeMap::new();
    let mut found = Vec::new();
    for (word, counts) in seen {
        let total: usize = counts.values().sum();
        if total < FREQUENT {
            continue;
        }
        let set: Vec<u32> =
            counts.iter().filter(|&(_, &count)| count * 20 >= total).map(|(&label, _)| label).collect();
        let next = numbers.len() as u32 + 2;
        found.push((word, *numbers.entry(set).or_insert(next)));
    }
    found
}

/// Learns the scripts.
fn lemmatiser(trees: &[&Tree], labels: &[(Upos, Xpos)]) -> Lemmatiser {
    let mut words: BTreeMap<(u32, String), BTreeMap<Script, usize>> = BTreeMap::new();
    for word in trees.iter().flat_map(|tree| &tree.words).filter(|word| word.lemma != "_") {
        let low: String = word.form.chars().flat_map(char::to_lowercase).collect();
        let label = label_of(labels, word.upos, word.xpos);
        let script = Script::between(&word.form, &word.lemma);
        *words.entry((label, low)).or_default().entry(script).or_default() += 1;
    }
    // Ending by ending: how many different words want which script; a frequent word counts no more than a rare one.
    let mut endings: Vec<BTreeMap<u32, BTreeMap<&Script, usize>>> = vec![BTreeMap::new(); LONGEST + 1];
    for ((label, low), scripts) in &words {
        for (length, key) in ending_keys(*label, low).enumerate() {
            for (script, count) in scripts {
                *endings[length].entry(key).or_default().entry(script).or_default() +=
                    1 + usize::from(*count > 2);
            }
        }
    }
    let mut numbers: BTreeMap<Script, u16> = BTreeMap::new();
    let mut by_key: BTreeMap<u32, u16> = BTreeMap::new();
    let mut number = |script: &Script| {
        let next = numbers.len() as u16;
        *numbers.entry(script.clone()).or_insert(next)
    };
    for ((label, low), scripts) in &words {
        let mut current = None;
        for (length, key) in ending_keys(*label, low).enumerate() {
            let Some(counts) = endings[length].get(&key) else { continue };
            let Some((script, count)) =
                counts.iter().max_by_key(|&(script, count)| (*count, std::cmp::Reverse(script)))
            else {
                continue;
            };
            let known = by_key.contains_key(&key);
            let news = current != Some(*script) && (*count >= 3 || length == 0);
            if !known && news {
                by_key.insert(key, number(script));
            }
            if known || news {
                current = Some(*script);
            }
        }
        let best = scripts
            .iter()
            .max_by_key(|&(script, count)| (*count, std::cmp::Reverse(script)))
            .map(|(script, _)| script);
        if let Some(best) = best.filter(|best| current != Some(*best)) {
            by_key.insert(whole_key(*label, low), number(best));
        }
    }
    let mut scripts = vec![Script { lower: true, cut: 0, add: String::new() }; numbers.len()];
    for (script, number) in numbers {
        scripts[usize::from(number)] = script;
    }
    let known: BTreeSet<u32> = trees
        .iter()
        .flat_map(|tree| &tree.words)
        .filter(|word| matches!(word.upos, Upos::Verb | Upos::Noun))
        .map(|word| known_key(word.upos, &word.lemma))
        .collect();
    Lemmatiser::build(scripts, &by_key, &known)
}
