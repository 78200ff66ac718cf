//! The walk from an unread sentence to its tree, one best move after the other.
//!
//! A sentence of n words takes 2n moves. The walk is greedy; that it goes well rests on the oracle of the training,
//! which knows the best way on from every state, also from those that errors lead to (Goldberg and Nivre 2013).

use gainsay_model::reading::Rel;

use super::ParseModel;
use super::features::{AHEAD, HELD, OTHER, Word, features};
use super::state::{Move, NONE, State};
use crate::tag::table::{Found, NO_SUMS, Sums};

/// Space for the walk, used again for every sentence.
#[derive(Debug, Default)]
pub struct Search {
    state: State,
    keys: Vec<u32>,
    found: Found,
    /// For each word on the stack, the sums of the features that do not change while it is the top.
    held: Vec<Sums>,
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

/// The label that scores best of those that [`allowed`] gives, the lowest of those alike.
#[inline]
pub(super) fn best(state: &State, rels: usize, root: usize, sums: &mut Sums) -> Option<usize> {
    let [lefts, rights] = [1..1 + rels, 1 + rels..1 + 2 * rels];
    let mut best = state.can_shift().then(|| (sums[0], 0));
    let mut take = |sums: &[i16], from: usize| {
        let most = sums.iter().copied().max().unwrap_or(i16::MIN);
        if best.is_none_or(|(score, _)| most > score) {
            best = sums.iter().position(|&sum| sum == most).map(|at| (most, from + at));
        }
    };
    sums[lefts.start + root] = i16::MIN;
    sums[rights.start + root] = i16::MIN;
    if state.can_left() {
        if usize::from(state.next) == state.len() {
            // The last word of the stack depends on the root as its root, whatever the scores say.
            return Some(lefts.start + root);
        }
        take(&sums[lefts.clone()], lefts.start);
    }
    if state.can_right() {
        take(&sums[rights.clone()], rights.start);
    }
    best.map(|(_, label)| label)
}

impl Search {
    /// The finished state of the parse of `words`; of labels that score alike the lowest is taken.
    pub fn run(&mut self, words: &[Word], model: &ParseModel) -> &State {
        let Search { state, keys, found, held } = self;
        let rels = model.rels.len();
        let root = usize::from(model.rel_number(Rel::Root));
        held.clear();
        // The sums of the features of the words ahead, and the word they begin with.
        let (mut ahead, mut ahead_of) = (NO_SUMS, NONE);
        state.start(words.len());
        while !state.done() {
            held.truncate(state.stack.len());
            if !state.can_left() && !state.can_right() {
                state.make(Move::Shift);
                continue;
            }
            if held.len() < state.stack.len() {
                features::<HELD>(words, state, keys);
                let mut sums = NO_SUMS;
                model.weights.add(keys, found, &mut sums);
                held.push(sums);
            }
            if ahead_of != state.next {
                features::<AHEAD>(words, state, keys);
                (ahead, ahead_of) = (NO_SUMS, state.next);
                model.weights.add(keys, found, &mut ahead);
            }
            let mut sums = ahead;
            for (sum, held) in sums.iter_mut().zip(held.last().unwrap_or(&NO_SUMS)) {
                *sum = sum.saturating_add(*held);
            }
            features::<OTHER>(words, state, keys);
            model.weights.add(keys, found, &mut sums);
            let Some(label) = best(state, rels, root, &mut sums) else { break };
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
