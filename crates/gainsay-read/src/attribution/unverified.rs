//! "could not be independently confirmed": marks what the report itself could not verify.

use gainsay_lexicon::codebook::{Codebook, Doubt};
use gainsay_model::{Attribution, Sentence, Span};

use super::View;
use crate::tree::Tree;

/// So many words stand at most between "not" and "confirmed".
const NEAR: usize = 8;

/// Marks the attributions in the stretches that the report says it could not verify.
pub(super) fn mark(view: &View, found: &mut [Attribution]) {
    let stretches = stretches(&view.tree, &view.words.codebook);
    for attribution in found.iter_mut() {
        attribution.unverified |= attribution.content.iter().any(|&content| touches(&stretches, content));
    }
}

/// Whether a span shares a byte with one of the stretches, which stand in order.
pub(crate) fn touches(stretches: &[Span], span: Span) -> bool {
    let at = stretches.partition_point(|stretch| stretch.end <= span.start);
    stretches.get(at).is_some_and(|stretch| stretch.overlaps(span))
}

/// The sentences that a report says it could not verify, in order, each once.
pub(crate) fn stretches(tree: &Tree, book: &Codebook) -> Vec<Span> {
    let sentences = tree.sentences;
    let mut spans = Vec::new();
    // Sentences up to this one have been looked back over.
    let mut done = 0;
    for (n, sentence) in sentences.iter().enumerate() {
        if !says_so(tree, book, sentence) {
            continue;
        }
        spans.push(sentence.span);
        // A short sentence that says only this speaks of what stands before it: in its paragraph, else in the last.
        if sentence.tokens.len() < SHORT {
            let before = &sentences[done..n];
            let paragraph = before.last().map_or(0, |last| last.paragraph);
            spans.extend(
                before.iter().rev().take_while(|other| other.paragraph == paragraph).map(|other| other.span),
            );
            done = n;
        }
    }
    spans.sort_unstable();
    spans.dedup();
    spans
}

/// Whether a sentence says so: by a word of its own, or by what was not done.
fn says_so(tree: &Tree, book: &Codebook, sentence: &Sentence) -> bool {
    let role = |id: usize| book.doubt.get(&tree.lower(id)).copied();
    let negated = |id: usize| {
        let from = sentence.tokens.start.max(id.saturating_sub(NEAR));
        (from..id).any(|before| role(before) == Some(Doubt::Negates))
    };
    sentence.tokens.clone().any(|id| match role(id) {
        Some(Doubt::Alone) => true,
        Some(Doubt::Checks) => negated(id),
        _ => false,
    })
}

/// Longest sentence, in words, that says nothing but that something could not be confirmed.
const SHORT: usize = 20;
