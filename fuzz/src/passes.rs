//! Each pass of reading, over any text, and the passes after the parser under tags and trees that no parser would give.

use std::borrow::Cow;

use gainsay_lexicon::Words;
use gainsay_model::Date;
use gainsay_read::parse::{ParseModel, parse as parsed};
use gainsay_read::tag::{TagModel, Tagged, tag as tagged};
use gainsay_read::{code, read as whole};

use super::layers::{self, Made};
use super::{cut, laws};

fn text(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// Any text, its first line as its title too.
pub fn segment(bytes: &[u8]) {
    let text = text(bytes);
    for title in [None, text.lines().next()] {
        laws::segments(&text, &gainsay_read::segment::segment(&text, title));
    }
}

/// One tag and one dictionary form a word.
pub fn tag(bytes: &[u8]) {
    let text = text(bytes);
    let segments = gainsay_read::segment::segment(&text, None);
    let tags = tagged(&text, &segments, TagModel::builtin());
    assert_eq!(tags.len(), segments.words.len());
    assert!(tags.iter().all(|tag| !tag.lemma.is_empty()));
}

/// Trees without cycles and without crossing arcs.
pub fn parse(bytes: &[u8]) {
    let text = text(bytes);
    let made = Made::of(&text, cut::seed(bytes));
    let tags: Vec<Tagged> = made
        .tokens
        .iter()
        .map(|token| Tagged { upos: token.upos, xpos: token.xpos, lemma: token.lemma.clone() })
        .collect();
    let arcs = parsed(made.text, &made.segments, &tags, ParseModel::builtin());
    assert_eq!(arcs.len(), tags.len());
    let heads: Vec<Option<usize>> = arcs.iter().map(|(head, _)| *head).collect();
    laws::heads(&made.segments.sentences, &heads);
    laws::projective(&made.segments.sentences, &heads);
}

/// Names under made-up trees.
pub fn names(bytes: &[u8]) {
    Made::of(&text(bytes), cut::seed(bytes)).names();
}

/// Times, published on any day.
pub fn times(bytes: &[u8]) {
    let seed = cut::seed(bytes);
    let part = |by: u32, most: u64| i16::try_from(seed.rotate_right(by) % most).unwrap_or_default();
    let day = Date::new(part(3, 9999) + 1, part(17, 12) as i8 + 1, part(29, 31) as i8 + 1).ok();
    let text = text(bytes);
    let made = Made::of(&text, seed);
    for published in [None, day, "2016-03-15".parse().ok()] {
        made.times(published);
    }
}

/// Amounts.
pub fn amounts(bytes: &[u8]) {
    let text = text(bytes);
    let made = Made::of(&text, cut::seed(bytes));
    let times = made.times("2016-03-15".parse().ok());
    made.amounts(&times);
}

/// Who says what.
pub fn attribution(bytes: &[u8]) {
    let text = text(bytes);
    let made = Made::of(&text, cut::seed(bytes));
    made.attributions(&made.names());
}

/// Claims, over all layers before them.
pub fn claims(bytes: &[u8]) {
    layers::check(&text(bytes), cut::seed(bytes));
}

/// The whole cascade, and a coded row; the same each time.
pub fn read(bytes: &[u8]) {
    let words = Words::builtin();
    let report = layers::report(&text(bytes));
    let reading = whole(&report, words);
    laws::reading(&report, &reading);
    assert_eq!(code::code(&report, &reading, words).id, report.id);
    let again = whole(&report, words);
    assert!(format!("{:?}", again.claims) == format!("{:?}", reading.claims), "read twice, and not the same");
}
