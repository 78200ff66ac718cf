//! New runs: neighbouring steps of the best alignments of one entity's spellings, taken together.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_lexicon::translit::align::{Step, align};
use gainsay_lexicon::translit::letters::Letter;
use gainsay_lexicon::translit::parts::LONGEST;

use super::data::{Data, Pair, Query};
use super::learner::Learner;

/// A run must be met in the names of so many entities.
const LEAST: usize = 8;

/// So must a word that is left out.
const LEAST_WORDS: usize = 4;

/// Where a new pair of runs was met, and the sum of the weights of its steps.
#[derive(Default)]
struct Met<'a> {
    entities: BTreeSet<&'a str>,
    sum: f32,
    times: usize,
}

/// Takes in every pair of runs and every left-out word that several entities show.
pub fn grow(learner: &mut Learner, data: &Data, pairs: &[&Pair], queries: &[&Query]) {
    let ids: Vec<String> = queries.iter().map(|query| query.place.to_string()).collect();
    let same = pairs.iter().filter(|pair| pair.same);
    let same = same.map(|pair| (&pair.names[0], &pair.names[1], pair.key.as_str()));
    let asked = queries.iter().zip(&ids);
    let asked = asked.map(|(query, id)| (&query.name, &data.places[query.place].name, id.as_str()));
    let mut runs: BTreeMap<(Vec<Letter>, Vec<Letter>), Met> = BTreeMap::new();
    let mut words: BTreeMap<Vec<Letter>, BTreeSet<&str>> = BTreeMap::new();
    let mut steps: Vec<Step> = Vec::new();
    for (a, b, entity) in same.chain(asked) {
        let (a, b) = (learner.parts.cut(a.clone()), learner.parts.cut(b.clone()));
        align(learner, &a, &b, Some(&mut steps));
        let run = |step: &Step| {
            (&a.letters[step.a..step.a + step.takes_a], &b.letters[step.b..step.b + step.takes_b])
        };
        for (at, first) in steps.iter().enumerate() {
            if first.word {
                let (one, other) = run(first);
                let word = if one.is_empty() { other } else { one };
                words.entry(word[..word.len() - 1].to_vec()).or_default().insert(entity);
            }
            let (mut takes_a, mut takes_b, mut sum, mut equal) = (0, 0, 0.0, true);
            for step in steps[at..].iter().take_while(|step| !step.word) {
                (takes_a, takes_b) = (takes_a + step.takes_a, takes_b + step.takes_b);
                if takes_a > LONGEST || takes_b > LONGEST {
                    break;
                }
                let (one, other) = run(step);
                sum += learner.weight(one, other).unwrap_or_default();
                equal &= one == other;
                let (one, other) =
                    (&a.letters[first.a..first.a + takes_a], &b.letters[first.b..first.b + takes_b]);
                if equal && takes_a > 1 {
                    continue;
                }
                let met = runs.entry((one.to_vec(), other.to_vec())).or_default();
                met.entities.insert(entity);
                met.sum += sum;
                met.times += 1;
            }
        }
    }
    for ((a, b), met) in runs {
        if met.entities.len() >= LEAST {
            learner.add_pair(&a, &b, met.sum / met.times as f32);
        }
    }
    for (word, entities) in words {
        if entities.len() >= LEAST_WORDS {
            learner.add_word(&word);
        }
    }
    learner.tabulate();
}
