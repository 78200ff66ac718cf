//! Names of several words joined for the tagger and the parser, and split again after them.

use std::ops::Range;

use gainsay_model::{Rel, Sentence, Span, Token, TokenId, Upos, Xpos};

use crate::segment::Segments;
use crate::tag::Tagged;

/// Segments in which each known name is one word.
pub struct Joined {
    /// The words the tagger and the parser see.
    pub segments: Segments,
    /// The words of the report that each of them stands for.
    runs: Vec<Range<TokenId>>,
    /// Whether it is a known name.
    known: Vec<bool>,
}

/// Joins the runs of words that are known names.
pub fn join(segments: &Segments, known: &[Range<TokenId>]) -> Joined {
    let mut joined = Joined { segments: Segments::default(), runs: Vec::new(), known: Vec::new() };
    let mut names = known.iter().peekable();
    for sentence in &segments.sentences {
        let first = joined.runs.len();
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let name = names.next_if(|run| run.start == at);
            let run = name.cloned().unwrap_or(at..at + 1);
            let span = Span::new(segments.words[run.start].start, segments.words[run.end - 1].end);
            at = run.end;
            joined.segments.words.push(span);
            joined.runs.push(run);
            joined.known.push(name.is_some());
        }
        joined.segments.sentences.push(Sentence { tokens: first..joined.runs.len(), ..sentence.clone() });
    }
    joined
}

impl Joined {
    /// Makes every known name a proper noun, whatever the tagger took it for.
    pub fn mark(&self, text: &str, tags: &mut [Tagged]) {
        for (id, tag) in tags.iter_mut().enumerate().filter(|(id, _)| self.known[*id]) {
            *tag = Tagged {
                upos: Upos::Propn,
                xpos: Xpos::Nnp,
                lemma: self.segments.words[id].of(text).to_string(),
            };
        }
    }

    /// The report's own words: the last word of a name heads it, the others hang from that.
    pub fn split(
        &self,
        text: &str,
        segments: &Segments,
        tags: Vec<Tagged>,
        arcs: Vec<(Option<TokenId>, Rel)>,
    ) -> Vec<Token> {
        let head_of = |id: TokenId| self.runs[id].end - 1;
        let mut tokens = Vec::with_capacity(segments.words.len());
        for ((run, tag), (head, rel)) in self.runs.iter().zip(tags).zip(arcs) {
            let last = run.end - 1;
            for id in run.start..last {
                let span = segments.words[id];
                let lemma = span.of(text).to_string();
                tokens.push(Token {
                    span,
                    lemma,
                    upos: tag.upos,
                    xpos: tag.xpos,
                    head: Some(last),
                    rel: Rel::Compound,
                });
            }
            let span = segments.words[last];
            let lemma = if run.len() > 1 { span.of(text).to_string() } else { tag.lemma };
            tokens.push(Token { span, lemma, upos: tag.upos, xpos: tag.xpos, head: head.map(head_of), rel });
        }
        tokens
    }
}
