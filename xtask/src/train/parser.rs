//! Training of the parser.

use gainsay_model::reading::Rel;
use gainsay_read::parse::features::{ALL, Word, features};
use gainsay_read::parse::search::{allowed, cost};
use gainsay_read::parse::state::{Move, State};
use gainsay_read::parse::{ParseModel, word};
use gainsay_read::tag::Tagged;
use gainsay_read::tag::table::Table;

use super::augment::Random;
use super::conllu::Tree;
use super::perceptron::{Perceptron, Rows, coarse, mean};

/// Averaged weights are multiplied by this and rounded.
pub const SCALE: i64 = 24;

/// The mean of all members is divided by this and rounded, as far as tags and trees do not suffer.
const COARSER: i16 = 6;

/// One sentence to learn from: what the parser sees, and its heads and relations.
pub struct Lesson {
    pub words: Vec<Word>,
    pub heads: Vec<u16>,
    pub rels: Vec<u8>,
}

/// A model and its weights, as they are written.
pub struct Trained {
    pub model: ParseModel,
    pub rows: Rows,
}

/// The relations that the treebanks use, the frequent ones first.
pub fn relations(trees: &[Tree]) -> Vec<Rel> {
    let mut counts: Vec<(usize, Rel)> = Rel::ALL.iter().map(|&rel| (0, rel)).collect();
    for word in trees.iter().flat_map(|tree| &tree.words) {
        counts[word.rel as usize].0 += 1;
    }
    counts.retain(|&(count, _)| count > 0);
    counts.sort_by_key(|&(count, rel)| (std::cmp::Reverse(count), rel));
    counts.into_iter().map(|(_, rel)| rel).collect()
}

/// The lesson of a tree, with the tags that a tagger gave it.
pub fn lesson(tree: &Tree, tags: &[Tagged], model: &ParseModel) -> Lesson {
    let mut low = String::new();
    let words = (0..tree.words.len())
        .map(|at| word(&tree.words[at].form, &tags[at], at > 0 && tree.words[at - 1].space, &mut low))
        .collect();
    let rels = tree.words.iter().map(|word| model.rel_number(word.rel)).collect();
    Lesson { words, heads: tree.projective(), rels }
}

/// The label that makes the gold arc of a move's kind, where the arc is gold.
fn gold_label(lesson: &Lesson, model: &ParseModel, state: &State, label: usize) -> bool {
    let child = usize::from(state.top(0));
    match model.step(label) {
        Move::Shift => true,
        Move::Left(rel) => lesson.heads[child] != state.next || rel == lesson.rels[child],
        Move::Right(rel) => lesson.heads[child] != state.top(1) || rel == lesson.rels[child],
    }
}

/// The label of the first gold move in `state` by the static order: arcs before shifts.
pub fn static_gold(lesson: &Lesson, model: &ParseModel, state: &State) -> usize {
    let child = usize::from(state.top(0));
    let rel = lesson.rels.get(child).map_or(0, |&rel| usize::from(rel));
    if state.can_left() && cost(state, &lesson.heads, Move::Left(0)) == 0 {
        1 + rel
    } else if state.can_right() && cost(state, &lesson.heads, Move::Right(0)) == 0 {
        1 + model.rels.len() + rel
    } else if state.can_shift() {
        0
    } else if state.can_left() {
        1 + rel
    } else {
        1 + model.rels.len() + rel
    }
}

/// Counts the features of the gold derivations.
fn count(lessons: &[Lesson], model: &ParseModel, perceptron: &mut Perceptron) {
    let (mut keys, mut state) = (Vec::new(), State::default());
    for lesson in lessons {
        state.start(lesson.words.len());
        while !state.done() {
            features::<ALL>(&lesson.words, &state, &mut keys);
            perceptron.count(&keys);
            state.make(model.step(static_gold(lesson, model, &state)));
        }
    }
}

/// Learns greedy parsing with a dynamic oracle (Goldberg and Nivre 2013): after the first two passes the parser
/// follows its own moves and learns the best way on from wherever they led.
pub fn greedy(
    lessons: &[Lesson],
    model: &ParseModel,
    rounds: usize,
    least_seen: u8,
    random: &mut Random,
) -> Perceptron {
    let mut perceptron = Perceptron::new();
    perceptron.only_seen(least_seen);
    count(lessons, model, &mut perceptron);
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    let (rels, root) = (model.rels.len(), usize::from(model.rel_number(Rel::Root)));
    let (mut keys, mut scores, mut state) = (Vec::new(), vec![0; model.labels()], State::default());
    for round in 0..rounds {
        random.shuffle(&mut order);
        let (mut moves, mut wrong) = (0usize, 0usize);
        for &index in &order {
            let lesson = &lessons[index];
            state.start(lesson.words.len());
            while !state.done() {
                features::<ALL>(&lesson.words, &state, &mut keys);
                scores.fill(0);
                perceptron.score(&keys, &mut scores);
                let costs = [Move::Shift, Move::Left(0), Move::Right(0)]
                    .map(|step| cost(&state, &lesson.heads, step));
                let kind = |label: usize| costs[(label > 0) as usize + (label > rels) as usize];
                let (mut best, mut gold, mut least) = (None, None, usize::MAX);
                allowed(&state, rels, root, |label| least = least.min(kind(label)));
                allowed(&state, rels, root, |label| {
                    if best.is_none_or(|best: usize| scores[label] > scores[best]) {
                        best = Some(label);
                    }
                    if kind(label) == least
                        && gold_label(lesson, model, &state, label)
                        && gold.is_none_or(|gold: usize| scores[label] > scores[gold])
                    {
                        gold = Some(label);
                    }
                });
                let (Some(best), Some(gold)) = (best, gold) else { break };
                moves += 1;
                if scores[best] != scores[gold] || best != gold {
                    wrong += 1;
                    perceptron.update(&keys, gold, 1);
                    perceptron.update(&keys, best, -1);
                }
                perceptron.step += 1;
                let explore = round >= 2 && random.below(10) < 9;
                state.make(model.step(if explore { best } else { gold }));
            }
        }
        eprintln!("parser, greedy, pass {}: {wrong} of {moves} moves wrong", round + 1);
    }
    perceptron
}

/// Takes the weights of all members over into the model, as their mean; those below `least` are left out.
pub fn finish(members: &[Rows], mut model: ParseModel, least: i64) -> Trained {
    let rows = coarse(mean(members, least), COARSER);
    model.weights = Table::build(&rows);
    Trained { model, rows }
}
