//! The walk from an unread sentence to its tree, one best move after the other.
//!
//! A sentence of n words takes 2n moves. The walk is greedy; that it goes well rests on the oracle of the training,
//! which knows the best way on from every state, also from those that errors lead to (Goldberg and Nivre 2013).

use gainsay_model::reading::Rel;

use super::ParseModel;
use super::features::{Word, features};
use super::state::{Move, NONE, State};
use crate::tag::weights::Places;

/// Space for the walk, used again for every sentence.
#[derive(Debug, Default)]
pub struct Search {
    state: State,
    keys: Vec<u32>,
    places: Places,
    scores: Vec<i32>,
}

/// Calls `take` with every label that may follow in `state`, in the order of their numbers; `rels` is the number of
/// relations and `root` that of the root's.
#[inline]
pub fn allowed(state: &State, rels: usize, root: usize, mut take: impl FnMut(usize)) {
    if state.can_shift() {
        take(0);
    }
    if state.can_left() {
        if usize::from(state.next) == state.len() {
            // The last word of the stack depends on the root as its root, whatever the scores say.
            take(1 + root);
        } else {
            (1..=rels).filter(|&label| label != 1 + root).for_each(&mut take);
        }
    }
    if state.can_right() {
        (1 + rels..=2 * rels).filter(|&label| label != 1 + rels + root).for_each(&mut take);
    }
}

impl Search {
    /// The finished state of the parse of `words`; of labels that score alike the lowest is taken.
    pub fn run(&mut self, words: &[Word], model: &ParseModel) -> &State {
        let Search { state, keys, places, scores } = self;
        let rels = model.rels.len();
        let root = usize::from(model.rel_number(Rel::Root));
        scores.resize(model.labels(), 0);
        state.start(words.len());
        while !state.done() {
            features(words, state, keys);
            scores.fill(0);
            model.weights.score(keys, places, scores);
            let mut best: Option<(i32, usize)> = None;
            allowed(state, rels, root, |label| {
                let score = scores.get(label).copied().unwrap_or(0);
                if best.is_none_or(|(most, _)| score > most) {
                    best = Some((score, label));
                }
            });
            let Some((_, label)) = best else { break };
            state.make(model.step(label));
        }
        state
    }
}

/// How many gold arcs a move puts out of reach (Goldberg and Nivre 2013); `gold` holds the head of every word,
/// the number of words standing for the root.
pub fn cost(state: &State, gold: &[u16], step: Move) -> usize {
    let (s0, s1, b) = (state.top(0), state.top(1), state.next);
    let head = |word: u16| gold.get(usize::from(word)).copied().unwrap_or(NONE);
    let waiting = (usize::from(b)..state.len()).filter(|&word| gold.get(word) == Some(&s0)).count();
    match step {
        Move::Left(_) => usize::from(head(s0) == s1 || (head(s0) > b && head(s0) != NONE)) + waiting,
        Move::Right(_) => usize::from(head(s0) >= b && head(s0) != NONE) + waiting,
        Move::Shift => {
            let under = state.stack.len().saturating_sub(1);
            let lost = state.stack.iter().take(under).filter(|&&word| word == head(b)).count();
            lost + state.stack.iter().filter(|&&word| head(word) == b).count()
        }
    }
}
