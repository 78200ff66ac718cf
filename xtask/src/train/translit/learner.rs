//! The weights while they are learned: a log-linear model over the best alignment.
//!
//! Pairs are told apart by logistic regression, a query's place from its nearest rivals by a softmax, both over the
//! weight of the best alignment; each step adds its gradient by AdaGrad (Duchi, Hazan and Singer 2011) and is drawn
//! back to the seed. Weights are means over the last rounds.

use std::collections::BTreeMap;

use gainsay_lexicon::translit::align::{NEVER, Step, Weigh, align};
use gainsay_lexicon::translit::letters::{COUNT, Letter, is_arabic};
use gainsay_lexicon::translit::parts::{Cut, Parts};
use gainsay_lexicon::translit::weights::{CLASSES, class_of};

use super::data::{Data, Query};
use super::{grow, measure, seed};
use crate::train::augment::Random;

/// Thousandths of a natural logarithm: what alignments are computed in.
const SCALE: f32 = 1000.0;

const ROUNDS: usize = 12;
/// Rounds before which new runs are taken in.
const GROW: [usize; 2] = [1, 3];
/// Rounds before which a query's rivals are chosen anew.
const RIVAL_ROUNDS: [usize; 3] = [1, 5, 9];
const RIVALS: usize = 8;
/// Rounds whose weights are averaged.
const AVERAGED: usize = 4;
const RATE: f32 = 0.08;
/// How strongly a weight is drawn back to where it began; classes a tenth.
const DRAW: f32 = 0.002;

/// Where the parameters lie that are no pair of runs.
pub const RUNS: usize = CLASSES;
/// Any other word, and each of its letters.
pub const WORD: usize = CLASSES + 1;
/// The three outsets.
pub const OUTSET: usize = CLASSES + 3;
const FIRST_PAIR: usize = CLASSES + 6;

/// Weights and how they came to be.
pub struct Learner {
    /// The runs that have weights.
    pub parts: Parts,
    /// For each pair of runs its parameter; 0 for none.
    table: Vec<u32>,
    /// The pairs of runs that have one.
    pub pairs: BTreeMap<(Vec<Letter>, Vec<Letter>), usize>,
    /// Words that have one.
    pub words: BTreeMap<Vec<Letter>, usize>,
    /// The parameters, in natural logarithms.
    pub weights: Vec<f32>,
    began: Vec<f32>,
    squares: Vec<f32>,
}

impl Weigh for Learner {
    fn pair(&self, a: u16, b: u16) -> i32 {
        let own = self.table[usize::from(a) * self.parts.len() + usize::from(b)] as usize;
        let single = usize::from(a) < COUNT && usize::from(b) < COUNT;
        let class = if single { class_of(a as Letter, b as Letter) } else { RUNS };
        match own {
            0 if !single => NEVER,
            0 => (self.weights[class] * SCALE) as i32,
            own => ((self.weights[own] + self.weights[class]) * SCALE) as i32,
        }
    }

    fn word(&self, word: &[Letter]) -> i32 {
        let own = self.words.get(word).map_or(0.0, |&at| self.weights[at]);
        ((self.weights[WORD] + self.weights[WORD + 1] * word.len() as f32 + own) * SCALE) as i32
    }
}

impl Learner {
    /// The weights of `seed`.
    ///
    /// # Errors
    /// Never: a seed is a list of ours.
    pub fn seeded() -> anyhow::Result<Learner> {
        let mut weights = vec![0.0; FIRST_PAIR];
        for a in 0..COUNT {
            for b in 0..COUNT {
                weights[class_of(a as Letter, b as Letter)] = seed::class_weight(a as Letter, b as Letter);
            }
        }
        (weights[WORD], weights[WORD + 1]) = seed::WORD;
        let mut learner = Learner {
            parts: Parts::default(),
            table: Vec::new(),
            pairs: BTreeMap::new(),
            words: BTreeMap::new(),
            began: weights.clone(),
            squares: vec![SQUARE; weights.len()],
            weights,
        };
        for (a, b) in seed::pairs(seed::LATIN) {
            let single = a.len() == 1 && b.len() == 1;
            learner.add_pair(&a, &b, if single { 0.0 } else { seed::WEIGHTS[0] });
        }
        for (a, b) in seed::pairs(seed::ARABIC) {
            // An article that is left out speaks neither for nor against.
            learner.add_pair(&a, &b, if b.is_empty() { 0.0 } else { seed::WEIGHTS[1] });
            if let [one] = b[..] {
                seed::marked(one).for_each(|marked| learner.add_pair(&a, &[marked], seed::WEIGHTS[1]));
            }
        }
        for (a, b) in seed::doubled() {
            learner.add_pair(&a, &b, seed::WEIGHTS[0]);
        }
        for (a, b) in seed::pairs(seed::WITHIN_ARABIC) {
            learner.add_pair(&a, &b, seed::WEIGHTS[2]);
        }
        learner.tabulate();
        Ok(learner)
    }

    /// A pair of runs whose whole weight, class and all, begins as given.
    pub fn add_pair(&mut self, a: &[Letter], b: &[Letter], weight: f32) {
        let key = ordered(a, b);
        if !self.pairs.contains_key(&key) {
            let own = weight - self.weights[class_of_runs(a, b)];
            self.pairs.insert(key, self.weights.len());
            self.add(own);
        }
    }

    /// A word with a weight of its own.
    pub fn add_word(&mut self, word: &[Letter]) {
        if !self.words.contains_key(word) {
            self.words.insert(word.to_vec(), self.weights.len());
            self.add(0.0);
        }
    }

    fn add(&mut self, weight: f32) {
        self.weights.push(weight);
        self.began.push(weight);
        self.squares.push(SQUARE);
    }

    /// Numbers the runs after pairs were added; names must be cut anew.
    pub fn tabulate(&mut self) {
        self.parts = Parts::default();
        let numbered: Vec<(usize, usize, usize)> = self
            .pairs
            .iter()
            .map(|((a, b), &at)| (self.parts.add(a).into(), self.parts.add(b).into(), at))
            .collect();
        let width = self.parts.len();
        self.table = vec![0; width * width];
        for (a, b, at) in numbered {
            self.table[a * width + b] = at as u32;
            self.table[b * width + a] = at as u32;
        }
    }

    /// The weight of two runs; `None` where they have none together.
    pub fn weight(&self, a: &[Letter], b: &[Letter]) -> Option<f32> {
        let own = self.pairs.get(&ordered(a, b)).map(|&at| self.weights[at]);
        let single = a.len() <= 1 && b.len() <= 1;
        if own.is_none() && !single {
            None
        } else {
            Some(own.unwrap_or_default() + self.weights[class_of_runs(a, b)])
        }
    }

    /// Natural logarithm of the odds that two names are one.
    pub fn alike(&self, a: &Cut, b: &Cut, steps: Option<&mut Vec<Step>>) -> f32 {
        align(self, a, b, steps) as f32 / SCALE + self.weights[outset(a, b)]
    }

    /// Every parameter that an alignment uses, and how often.
    fn features(&self, a: &Cut, b: &Cut, steps: &[Step], mut each: impl FnMut(usize, f32)) {
        each(outset(a, b), 1.0);
        for step in steps {
            let run_a = &a.letters[step.a..step.a + step.takes_a];
            let run_b = &b.letters[step.b..step.b + step.takes_b];
            if step.word {
                let word = if run_a.is_empty() { run_b } else { run_a };
                let word = &word[..word.len() - 1];
                each(WORD, 1.0);
                each(WORD + 1, word.len() as f32);
                self.words.get(word).into_iter().for_each(|&at| each(at, 1.0));
                continue;
            }
            each(class_of_runs(run_a, run_b), 1.0);
            self.pairs.get(&ordered(run_a, run_b)).into_iter().for_each(|&at| each(at, 1.0));
        }
    }

    /// Learns from all but one fold.
    pub fn learn(&mut self, data: &Data, without: Option<usize>) {
        let pairs: Vec<_> =
            data.pairs.iter().filter(|pair| without.is_none_or(|fold| !pair.folds.contains(&fold))).collect();
        let queries: Vec<&Query> = data.queries.iter().filter(|query| without != Some(query.fold)).collect();
        let near: Vec<Vec<usize>> = queries.iter().map(|query| measure::near(data, query)).collect();
        let mut rivals: Vec<Vec<usize>> = vec![Vec::new(); queries.len()];
        let mut random = Random(0x00A1_B0C2_D3E4);
        let mut sum = Vec::new();
        let (mut cut_pairs, mut cut_queries, mut places) = (Vec::new(), Vec::new(), Vec::new());
        for round in 0..ROUNDS {
            if GROW.contains(&round) {
                grow::grow(self, data, &pairs, &queries);
            }
            if round == 0 || GROW.contains(&round) {
                let cut = |name: &Vec<Letter>| self.parts.cut(name.clone());
                cut_pairs = pairs.iter().map(|pair| [cut(&pair.names[0]), cut(&pair.names[1])]).collect();
                cut_queries = queries.iter().map(|query| cut(&query.name)).collect();
                places = data.places.iter().map(|place| cut(&place.name)).collect();
            }
            if RIVAL_ROUNDS.contains(&round) {
                for (at, query) in queries.iter().enumerate() {
                    let other = |place: &&usize| **place != query.place && !query.also.contains(place);
                    let weight =
                        |&place: &usize| (align(self, &cut_queries[at], &places[place], None), place);
                    let mut ranked: Vec<_> = near[at].iter().filter(other).map(weight).collect();
                    ranked.sort_unstable_by_key(|&(weight, place)| (-weight, place));
                    rivals[at] = ranked.into_iter().take(RIVALS).map(|(_, place)| place).collect();
                }
            }
            let mut order: Vec<usize> = (0..pairs.len() + queries.len()).collect();
            random.shuffle(&mut order);
            let rate = RATE * (1.0 - 0.8 * round as f32 / ROUNDS as f32);
            for item in order {
                let gradient = match item.checked_sub(pairs.len()) {
                    None => self.tell(&cut_pairs[item], pairs[item].same),
                    Some(_) if round == 0 => continue,
                    Some(at) => self.choose(&cut_queries[at], &places, queries[at].place, &rivals[at]),
                };
                self.step(gradient, rate);
            }
            if round + AVERAGED >= ROUNDS {
                sum.resize(self.weights.len(), 0.0);
                sum.iter_mut().zip(&self.weights).for_each(|(sum, &weight)| *sum += f64::from(weight));
            }
        }
        self.weights = sum.into_iter().map(|sum| (sum / AVERAGED as f64) as f32).collect();
    }

    /// The gradient of a pair's log-likelihood.
    fn tell(&self, [a, b]: &[Cut; 2], same: bool) -> Vec<(usize, f32)> {
        let mut steps = Vec::new();
        let odds = self.alike(a, b, Some(&mut steps));
        let error = f32::from(u8::from(same)) - 1.0 / (1.0 + (-odds).exp());
        let mut gradient = Vec::new();
        self.features(a, b, &steps, |at, times| gradient.push((at, error * times)));
        gradient
    }

    /// The gradient of a query's log-likelihood among its rivals.
    fn choose(&self, query: &Cut, places: &[Cut], right: usize, rivals: &[usize]) -> Vec<(usize, f32)> {
        let all = std::iter::once(&right).chain(rivals);
        let weighed: Vec<(&Cut, f32, Vec<Step>)> = all
            .map(|&place| {
                let mut steps = Vec::new();
                let weight = self.alike(query, &places[place], Some(&mut steps));
                (&places[place], weight, steps)
            })
            .collect();
        let most = weighed.iter().map(|(_, weight, _)| *weight).fold(f32::MIN, f32::max);
        let total: f32 = weighed.iter().map(|(_, weight, _)| (weight - most).exp()).sum();
        let mut gradient = Vec::new();
        for (rank, (place, weight, steps)) in weighed.iter().enumerate() {
            let error = f32::from(u8::from(rank == 0)) - (weight - most).exp() / total;
            if error.abs() >= 0.01 {
                self.features(query, place, steps, |at, times| gradient.push((at, error * times)));
            }
        }
        gradient
    }

    fn step(&mut self, mut gradient: Vec<(usize, f32)>, rate: f32) {
        gradient.sort_by_key(|&(at, _)| at);
        for same in gradient.chunk_by(|a, b| a.0 == b.0) {
            let at = same[0].0;
            let draw = if at < FIRST_PAIR { 0.1 * DRAW } else { DRAW };
            let change =
                same.iter().map(|(_, by)| by).sum::<f32>() - draw * (self.weights[at] - self.began[at]);
            self.squares[at] += change * change;
            self.weights[at] += rate * change / self.squares[at].sqrt();
        }
    }
}

/// What AdaGrad's sum of squares begins with.
const SQUARE: f32 = 0.05;

fn outset(a: &Cut, b: &Cut) -> usize {
    OUTSET + usize::from(is_arabic(&a.letters)) + usize::from(is_arabic(&b.letters))
}

fn class_of_runs(a: &[Letter], b: &[Letter]) -> usize {
    match (a, b) {
        ([] | [_], [] | [_]) => {
            class_of(a.first().copied().unwrap_or_default(), b.first().copied().unwrap_or_default())
        }
        _ => RUNS,
    }
}

/// Arabic first, else by the numbers of the letters: how the table writes a pair.
fn ordered(a: &[Letter], b: &[Letter]) -> (Vec<Letter>, Vec<Letter>) {
    let first = (!is_arabic(a), a.is_empty(), a) <= (!is_arabic(b), b.is_empty(), b);
    let (a, b) = if first { (a, b) } else { (b, a) };
    (a.to_vec(), b.to_vec())
}
