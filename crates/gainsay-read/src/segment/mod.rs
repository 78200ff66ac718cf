//! The pass `segment`: cuts a report into paragraphs, sentences and words, and says what part of it each is.
//!
//! **Takes** the text of one report and its title. **Gives** sentences with their part, and words; the spans are
//! in order, do not overlap, lie on character boundaries and hold no white space at their ends. **Never** fails,
//! never lets a sentence cross a paragraph or grow past [`MOST_WORDS`] words.

mod address;
mod chars;
mod opening;
mod parts;
mod sentences;
mod words;

#[cfg(test)]
pub(crate) mod tests;

use gainsay_model::reading::{Part, Sentence};
use gainsay_model::span::Span;

/// The most words a sentence may have; a longer one is cut.
pub const MOST_WORDS: usize = 400;

/// Sentences and words of one report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Segments {
    /// Sentences, in order; their `tokens` index [`Segments::words`].
    pub sentences: Vec<Sentence>,
    /// Words and marks, in order, as byte spans.
    pub words: Vec<Span>,
}

/// The sentences and words of `text`; `title` tells the headline from the body.
pub fn segment(text: &str, title: Option<&str>) -> Segments {
    let mut segments = Segments::default();
    for block in opening::blocks(text, title) {
        let words = words::words(text, block.span);
        let first = segments.words.len();
        let mut start = 0;
        for end in sentences::ends(text, &words) {
            segments.sentences.push(Sentence {
                span: parts::cover(words.get(start..end).unwrap_or(&[])),
                tokens: first + start..first + end,
                paragraph: block.paragraph,
                part: block.part.unwrap_or(Part::Body),
            });
            start = end;
        }
        segments.words.extend(words);
    }
    parts::mark(text, title, &mut segments);
    segments
}

/// The words and marks of one sentence that stands at `within`; for treebanks, whose sentences are given.
pub fn sentence_words(text: &str, within: Span) -> Vec<Span> {
    words::words(text, within)
}
