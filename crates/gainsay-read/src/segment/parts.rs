//! What part of a report each sentence is: headline, question, answer, post, caption, furniture or body.

use std::ops::Range;
use std::sync::OnceLock;

use gainsay_model::reading::Part;
use gainsay_model::span::Span;

use super::Segments;
use super::opening::{date_length, title_length};

/// Where a pattern must stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Where {
    Whole,
    Start,
    End,
    Within,
}

struct Pattern {
    words: &'static str,
    place: Where,
    part: Part,
}

/// Longer lines are no furniture, whatever they hold.
const LONGEST_FURNITURE: usize = 40;
/// Nor for how it begins, where it is longer than this.
const LONGEST_LEAD: usize = 20;
/// The most words of a line above the body that is taken for a headline.
const LONGEST_HEADLINE: usize = 25;
/// The most words of a line between paragraphs that is taken for a headline.
const LONGEST_SUBHEAD: usize = 8;
/// The most lines above the body.
const MOST_HEADLINES: usize = 5;

fn patterns() -> &'static [Pattern] {
    static PATTERNS: OnceLock<Vec<Pattern>> = OnceLock::new();
    PATTERNS.get_or_init(|| {
        let lines = include_str!("../../data/furniture.tsv").lines().filter(|line| !line.starts_with('#'));
        let read = |line: &'static str| {
            let mut fields = line.split('\t');
            let words = fields.next()?;
            let place = match fields.next()? {
                "whole" => Where::Whole,
                "start" => Where::Start,
                "end" => Where::End,
                _ => Where::Within,
            };
            let part = if fields.next()? == "caption" { Part::Caption } else { Part::Furniture };
            Some(Pattern { words, place, part })
        };
        lines.filter_map(read).collect()
    })
}

/// Letters and digits in small letters, everything else a single blank.
fn plain(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() {
            made.extend(c.to_lowercase());
        } else if !made.is_empty() && !made.ends_with(' ') {
            made.push(' ');
        }
    }
    made.truncate(made.trim_end().len());
    made
}

/// Whether `words` stands in `line` as whole words at `place`.
fn stands(line: &str, words: &str, place: Where) -> bool {
    let bounded = |at: usize| {
        (at == 0 || line.as_bytes().get(at - 1) == Some(&b' '))
            && line.as_bytes().get(at + words.len()).is_none_or(|&b| b == b' ')
    };
    match place {
        Where::Whole => line == words,
        Where::Start => line.starts_with(words) && bounded(0),
        Where::End => line.ends_with(words) && bounded(line.len() - words.len()),
        Where::Within => line.match_indices(words).any(|(at, _)| bounded(at)),
    }
}

/// What the patterns make of a line or sentence of `count` words.
fn by_pattern(line: &str, count: usize) -> Option<Part> {
    if count == 0 || count > 2 * LONGEST_FURNITURE {
        return None;
    }
    let low = plain(line);
    let fits = |pattern: &&Pattern| {
        let most = match pattern.place {
            Where::Start => LONGEST_LEAD,
            Where::Whole | Where::Within => LONGEST_FURNITURE,
            Where::End => 2 * LONGEST_FURNITURE,
        };
        count <= most && stands(&low, pattern.words, pattern.place)
    };
    patterns().iter().find(fits).map(|pattern| pattern.part)
}

/// One paragraph, as the rules see it.
struct Line<'a> {
    text: &'a str,
    sentences: Range<usize>,
    words: usize,
    part: Part,
}

impl Line<'_> {
    /// Whether it ends like a sentence or opens what follows.
    fn stopped(&self) -> bool {
        let end = self.text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '*']);
        end.ends_with(['.', '!', '?', '…', ':', ';', ',', '؟', '۔', '。'])
    }
}

/// Says of every sentence what part it is; parts that are not the body stand already where the cutting showed them.
pub(super) fn mark(text: &str, title: Option<&str>, segments: &mut Segments) {
    let mut lines: Vec<Line<'_>> = Vec::new();
    for (at, sentence) in segments.sentences.iter().enumerate() {
        let same =
            at > 0 && segments.sentences.get(at - 1).is_some_and(|last| last.paragraph == sentence.paragraph);
        match lines.last_mut().filter(|_| same) {
            Some(line) => {
                line.sentences.end = at + 1;
                line.words += sentence.tokens.len();
            }
            None => lines.push(Line {
                text: "",
                sentences: at..at + 1,
                words: sentence.tokens.len(),
                part: Part::Body,
            }),
        }
    }
    for line in &mut lines {
        let bounds = segments.sentences.get(line.sentences.clone()).unwrap_or(&[]);
        if let (Some(first), Some(last)) = (bounds.first(), bounds.last()) {
            line.text = first.span.cover(last.span).of(text);
        }
        line.part = own_part(line, title);
    }
    posts(&mut lines);
    captions(&mut lines);
    headlines(&mut lines);
    let mut turn = Part::Body;
    for line in &lines {
        if turn == Part::Question {
            turn = Part::Answer;
        }
        let mut asked = false;
        for sentence in segments.sentences.get_mut(line.sentences.clone()).unwrap_or(&mut []) {
            if sentence.part != Part::Body {
                continue;
            }
            sentence.part = line.part;
            if line.part != Part::Body {
                continue;
            }
            let words = sentence.span.of(text);
            match turn_of(words) {
                Some(part) => (turn, asked) = (part, false),
                None if turn == Part::Question && asked && !words.ends_with('?') => turn = Part::Answer,
                None => {}
            }
            asked |= words.ends_with('?');
            sentence.part = turn;
            if let Some(part) = by_pattern(words, sentence.tokens.len()).or_else(|| tagged(words)) {
                sentence.part = part;
            }
        }
    }
}

/// What a line is by its own words.
fn own_part(line: &Line<'_>, title: Option<&str>) -> Part {
    let words = line.text;
    if let Some(part) = by_pattern(words, line.words) {
        // A long paragraph is not furniture for one sentence in it.
        if line.sentences.len() <= 3 || part == Part::Caption {
            return part;
        }
    }
    let bare = words.trim_start_matches(['(', '[']);
    let lead = bare.split_once(':').map(|(lead, _)| plain(lead)).unwrap_or_default();
    if matches!(lead.as_str(), "photo" | "image" | "picture" | "caption" | "file photo" | "photos" | "video")
    {
        return Part::Caption;
    }
    if matches!(lead.as_str(), "source" | "sources" | "via" | "tags" | "author" | "keywords" | "category")
        && line.words <= 40
    {
        return Part::Furniture;
    }
    if words.ends_with("[…]") || words.ends_with("[...]") {
        return Part::Furniture;
    }
    if date_length(words).is_some_and(|length| length == words.len()) {
        return Part::Furniture;
    }
    if title.and_then(|title| title_length(words, title)).is_some_and(|length| length == words.len()) {
        return Part::Headline;
    }
    Part::Body
}

/// A line with the name and handle of an account, and the post above it.
fn posts(lines: &mut [Line<'_>]) {
    for at in 0..lines.len() {
        let handle = lines.get(at).is_some_and(|line| {
            line.text.starts_with(['—', '–', '-']) && line.text.contains("(@") && line.words <= 30
        });
        if handle {
            let above = at.saturating_sub(1);
            for line in lines.get_mut(above..=at).unwrap_or(&mut []) {
                line.part = Part::Post;
            }
        }
    }
}

/// Lines that end in a credit, and lines that such a line repeats.
fn captions(lines: &mut [Line<'_>]) {
    for at in (0..lines.len()).rev() {
        let Some(line) = lines.get(at) else { continue };
        let credit = line.words <= 90
            && [" Photo: ", " Photograph: ", " Image: ", " (Photo by "]
                .iter()
                .any(|mark| line.text.contains(mark));
        let text = line.text;
        if !credit && line.part != Part::Caption {
            continue;
        }
        if let Some(line) = lines.get_mut(at) {
            line.part = Part::Caption;
        }
        if let Some(above) = at.checked_sub(1).and_then(|above| lines.get_mut(above))
            && text.starts_with(above.text)
        {
            above.part = Part::Caption;
        }
    }
}

/// Short lines without a stop: those above the body, and those that head a section of it.
fn headlines(lines: &mut [Line<'_>]) {
    let is_body = |line: &Line<'_>| line.part == Part::Body;
    let Some(last) = lines.iter().rposition(|line| is_body(line) && line.stopped()) else { return };
    let mut above = 0;
    let mut body = false;
    for (at, line) in lines.iter_mut().enumerate().take(last) {
        if !is_body(line) {
            continue;
        }
        let capital = line.text.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
        let bare = !line.stopped() && line.sentences.len() == 1 && capital && turn_of(line.text).is_none();
        if bare && !body && above < MOST_HEADLINES && line.words <= LONGEST_HEADLINE {
            line.part = Part::Headline;
            above += 1;
        } else if bare && at > 0 && line.words <= LONGEST_SUBHEAD {
            line.part = Part::Headline;
        } else {
            body = true;
        }
    }
}

/// Whose turn in an interview a sentence opens.
fn turn_of(words: &str) -> Option<Part> {
    let (lead, _) = words.split_at_checked(words.char_indices().take(9).find(|(_, c)| *c == ':')?.0)?;
    match lead.trim() {
        "Q" | "Question" | "QUESTION" => Some(Part::Question),
        "A" | "Answer" | "ANSWER" => Some(Part::Answer),
        _ => None,
    }
}

/// A run of tags, which the cutting left as a sentence without a stop.
fn tagged(words: &str) -> Option<Part> {
    let rest = words.strip_prefix("Tags")?;
    (rest.starts_with([' ', ':']) && !words.ends_with('.')).then_some(Part::Furniture)
}

/// The stretch that `words` cover.
pub(super) fn cover(words: &[Span]) -> Span {
    match (words.first(), words.last()) {
        (Some(first), Some(last)) => first.cover(*last),
        _ => Span::default(),
    }
}
