//! Quotations that run on: what stands between the opening and the closing mark is said by one speaker.

use std::collections::BTreeMap;

use gainsay_model::{Attribution, Span};

use super::View;

/// Longest quotation in bytes; a mark that was never closed does not swallow the rest of the report.
const LONGEST: usize = 1500;

/// How many bytes a quotation stands from its cue at most.
const NEAR: usize = 400;

pub(super) fn extend(view: &View, found: &mut [Attribution]) {
    let quotes = quotes(view.tree.text);
    for attribution in found.iter_mut() {
        // Quotations stand in order: only those near the cue are looked at.
        let cue = attribution.cue;
        let first = quotes.partition_point(|quote| quote.end + NEAR <= cue.start);
        let near = quotes[first..].iter().take_while(|quote| quote.start < cue.end + NEAR);
        let content = |quote: &&Span| attribution.content.iter().any(|span| span.overlaps(**quote));
        let whole: Vec<Span> = near.filter(content).copied().collect();
        for quote in whole {
            if attribution.content.iter().all(|span| !span.contains(quote)) {
                attribution.content.push(quote);
            }
        }
        attribution.content.sort();
    }
}

/// A paragraph that ends in a colon after somebody has spoken: the paragraphs after it are theirs, until somebody
/// else speaks, at most three.
pub(super) fn after_colon(view: &View, found: &mut [Attribution]) {
    let tree = &view.tree;
    // The last attribution of each sentence.
    let spoken: BTreeMap<usize, usize> = found
        .iter()
        .enumerate()
        .map(|(id, said)| {
            (tree.sentences.partition_point(|sentence| sentence.span.end <= said.cue.start), id)
        })
        .collect();
    for (n, sentence) in tree.sentences.iter().enumerate() {
        let next = tree.sentences.get(n + 1);
        let ends = sentence.span.of(tree.text).trim_end().ends_with(':')
            && next.is_some_and(|next| next.paragraph > sentence.paragraph);
        let Some(&speaker) = spoken.get(&n).filter(|_| ends) else { continue };
        let theirs = tree.sentences[n + 1..]
            .iter()
            .enumerate()
            .take_while(|(step, after)| {
                after.part == sentence.part
                    && after.paragraph <= sentence.paragraph + 3
                    && !spoken.contains_key(&(n + 1 + step))
            })
            .map(|(_, after)| after.span);
        let theirs: Vec<Span> = theirs.collect();
        found[speaker].content.extend(theirs);
    }
}

/// The stretches between quotation marks, marks not counted.
fn quotes(text: &str) -> Vec<Span> {
    let mut quotes = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in text.char_indices() {
        match (c, open) {
            ('“' | '"' | '«', None) => open = Some(at + c.len_utf8()),
            ('”' | '"' | '»', Some(start)) => {
                if at - start <= LONGEST {
                    quotes.push(Span::new(start, at));
                }
                open = None;
            }
            ('“' | '«', Some(_)) => open = Some(at + c.len_utf8()),
            _ => {}
        }
    }
    quotes
}
