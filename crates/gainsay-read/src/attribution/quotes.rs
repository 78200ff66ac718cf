//! Quotations that run on: what stands between the opening and the closing mark is said by one speaker.

use std::collections::BTreeMap;

use gainsay_model::{Attribution, Span};

use super::View;

/// Longest quotation in bytes; a mark that was never closed does not swallow the rest of the report.
pub(super) const LONGEST: usize = 1500;

/// How many bytes a quotation stands from its cue at most.
const NEAR: usize = 400;

pub(super) fn extend(view: &View, found: &mut [Attribution]) {
    for attribution in found.iter_mut() {
        // Only quotations near the cue are looked at.
        let cue = attribution.cue;
        let spoken = attribution.source.iter().copied().fold(cue, Span::cover);
        let first = view.quotes.partition_point(|quote| quote.start + LONGEST + NEAR <= cue.start);
        let near = view.quotes[first..].iter().take_while(|quote| quote.start < cue.end + NEAR);
        // Who is cited inside a quotation did not say all of it.
        let near = near.filter(|quote| quote.end + NEAR > cue.start && !quote.contains(spoken));
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

/// The stretches between quotation marks, marks not counted, and between single marks inside them, in order of their
/// beginnings.
pub(super) fn quotes(text: &str) -> Vec<Span> {
    let mut quotes = Vec::new();
    let (mut open, mut inner): (Option<usize>, Option<usize>) = (None, None);
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map_or(' ', |&(_, c)| c);
        let begins = after.is_alphanumeric() && !before.is_alphanumeric();
        let ends = !after.is_alphanumeric() || !before.is_alphanumeric();
        match (c, open) {
            // A straight mark behind a word that nothing opened closes nothing and opens nothing.
            ('"', None) if after.is_whitespace() && !before.is_whitespace() => {}
            // One before a word and behind a gap opens, whatever was left open.
            ('"', Some(_)) if before.is_whitespace() && after.is_alphanumeric() => {
                (open, inner) = (Some(at + c.len_utf8()), None);
            }
            ('“' | '«', _) | ('"', None) => (open, inner) = (Some(at + c.len_utf8()), None),
            ('”' | '"' | '»', Some(start)) => {
                if at - start <= LONGEST {
                    quotes.push(Span::new(start, at));
                }
                (open, inner) = (None, None);
            }
            ('‘', Some(_)) => inner = Some(at + c.len_utf8()),
            ('\'', Some(_)) if inner.is_none() && begins => inner = Some(at + c.len_utf8()),
            ('\'' | '’', Some(_)) if ends => {
                if let Some(start) = inner.take().filter(|start| at - start <= LONGEST) {
                    quotes.push(Span::new(start, at));
                }
            }
            _ => {}
        }
        before = c;
    }
    quotes.sort_unstable_by_key(|quote| (quote.start, std::cmp::Reverse(quote.end)));
    quotes
}
