//! "could not be independently confirmed": marks what the report itself could not verify.

use gainsay_model::{Attribution, Span};

use super::View;

/// Words by which a report says so; lower case.
const SAYS_SO: &[&str] = &[
    "could not be checked",
    "not been confirmed",
    "nobody has confirmed",
    "no one has confirmed",
    "no way to check",
    "no way to confirm",
    "no way to verify",
    "not possible to confirm",
    "not possible to verify",
    "not confirmed independently",
    "has not been verified",
    "have not been verified",
    "cannot be confirmed",
    "cannot confirm",
    "cannot verify",
    "none of it could be",
    "none of this could be",
    "none of these could be",
    "unconfirmed",
    "unverified",
    "not be confirmed",
    "not be independently",
    "not be immediately verified",
    "not be immediately confirmed",
    "not be verified",
    "not independently verif",
    "not immediately verif",
    "not immediately confirm",
    "impossible to verify",
    "difficult to verify",
    "unable to confirm",
    "unable to verify",
    "cannot be verified",
    "could not verify",
    "could not independently",
    "could not confirm",
    "not been independently",
    "no independent confirmation",
];

/// Marks the attributions in the stretches that the report says it could not verify.
pub(super) fn mark(view: &View, found: &mut [Attribution]) {
    let stretches = stretches(view.tree.text, view.tree.sentences);
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
pub(crate) fn stretches(text: &str, sentences: &[gainsay_model::Sentence]) -> Vec<Span> {
    let mut spans = Vec::new();
    // Sentences up to this one have been looked back over.
    let mut done = 0;
    for (n, sentence) in sentences.iter().enumerate() {
        let said = sentence.span.of(text).to_lowercase();
        if !SAYS_SO.iter().any(|words| said.contains(words)) {
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

/// Longest sentence, in words, that says nothing but that something could not be confirmed.
const SHORT: usize = 20;
