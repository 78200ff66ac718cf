//! "could not be independently confirmed": marks what the report itself could not verify.

use gainsay_model::{Attribution, Span};

use super::View;

/// Words by which a report says so; lower case.
const SAYS_SO: &[&str] = &[
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
    "unable to verify",
    "cannot be verified",
    "could not verify",
    "could not independently",
    "could not confirm",
    "not been independently",
    "no independent confirmation",
];

/// Marks the attributions in the sentence that says so, and in the one before it when the sentence says nothing else.
pub(super) fn mark(view: &View, found: &mut [Attribution]) {
    for span in stretches(view.tree.text, view.tree.sentences) {
        for attribution in found.iter_mut() {
            if attribution.content.iter().any(|content| content.overlaps(span)) {
                attribution.unverified = true;
            }
        }
    }
}

/// The stretches of a report that it says it could not verify.
pub(crate) fn stretches(text: &str, sentences: &[gainsay_model::Sentence]) -> Vec<Span> {
    let mut spans = Vec::new();
    for (n, sentence) in sentences.iter().enumerate() {
        let said = sentence.span.of(text).to_lowercase();
        if SAYS_SO.iter().any(|words| said.contains(words)) {
            match n.checked_sub(1).filter(|_| sentence.tokens.len() < 14) {
                Some(before) => spans.push(sentences[before].span),
                None => spans.push(sentence.span),
            }
        }
    }
    spans
}
