//! The day that the words are said on: the report's own dateline, its publication date, or a post's date.
//!
//! Archives often carry the day a page was fetched or filed instead of the day it was written; where the text itself
//! opens with a full date ("Sun 05 Jul 2015", "Published June 3 2016", "June 23, 2014" on a line of its own), that is
//! the day it speaks from. A post quoted in a report speaks from the date behind its author's handle.

use jiff::civil::Date;

use super::atoms::{Atoms, Words};
use super::calendar;
use super::days;

/// How many bytes at the head of a text may hold its dateline.
const HEAD: usize = 400;

/// How many days a date in the midst of the head may lie from the publication date to be taken for the dateline.
const NEAR: i64 = 60;

/// The days that the parts of a text are said on.
pub(super) struct Anchors {
    /// The report's day.
    report: Option<Date>,
    /// Bytes of the dateline, if the text has one.
    dateline: Option<(usize, usize)>,
    /// Posts: first byte, one past the last, day.
    posts: Vec<(usize, usize, Date)>,
}

impl Anchors {
    /// Finds them in a text.
    pub(super) fn of(atoms: &Atoms, published: Option<Date>) -> Anchors {
        let dateline = dateline(&atoms.head(HEAD), published);
        let report = dateline.map(|(date, ..)| date).or(published);
        Anchors { report, dateline: dateline.map(|(_, start, end)| (start, end)), posts: posts(atoms) }
    }

    /// The report's day.
    pub(super) fn report(&self) -> Option<Date> {
        self.report
    }

    /// The day that what stands at byte `at` is said on.
    pub(super) fn at(&self, at: usize) -> Option<Date> {
        // Posts stand in order, none overlapping another.
        let post = self.posts.get(self.posts.partition_point(|(_, end, _)| *end <= at));
        post.filter(|(start, ..)| *start <= at).map(|(.., date)| *date).or(self.report)
    }

    /// Whether the day written at atoms `from..to` dates the report or a post rather than an event: the dateline
    /// itself, the same day again on a line of its own or behind "update", the date behind a post.
    pub(super) fn is_dateline(&self, words: &Words, from: usize, to: usize, day: Option<Date>) -> bool {
        let span = words.span(from, to);
        let is_first = self.dateline.is_some_and(|(start, end)| (start..end).contains(&span.start));
        let is_of_post = self.posts.binary_search_by_key(&span.end, |(_, end, _)| *end).is_ok();
        let has_year = (from..to).any(|at| words.figure(at).is_some_and(|(_, digits)| digits >= 4));
        let is_alone = words.starts_line(from) && words.starts_line(to);
        let has_cue = (1..=3).any(|back| {
            from.checked_sub(back)
                .is_some_and(|at| matches!(words.at(at), "update" | "updated" | "published" | "posted"))
        });
        let is_again = day.is_some() && day == self.report && has_year && (is_alone || has_cue);
        is_first || is_of_post || is_again
    }
}

/// The first full date in the head that stands as a dateline: day, first byte, one past the last.
fn dateline(words: &Words, published: Option<Date>) -> Option<(Date, usize, usize)> {
    let mut i = words.lo;
    while i < words.hi {
        let Some((written, end)) = calendar::read(words, i, published) else {
            i += 1;
            continue;
        };
        if let Some(date) = written.full()
            && stands_as_dateline(words, i, end, &written, published)
        {
            let span = words.span(i, end);
            return Some((date, span.start, span.end));
        }
        i = end;
    }
    None
}

fn stands_as_dateline(
    words: &Words,
    i: usize,
    end: usize,
    written: &calendar::Written,
    published: Option<Date>,
) -> bool {
    let cue = |at: usize| {
        matches!(
            words.at(at),
            "published" | "updated" | "update" | "posted" | "publication" | "date" | "created" | "issued"
        )
    };
    let has_cue = (1..=4).any(|back| i.checked_sub(back).is_some_and(cue));
    let is_in_sentence = matches!(
        words.back(i, 1),
        "on" | "in"
            | "since"
            | "until"
            | "till"
            | "by"
            | "from"
            | "of"
            | "before"
            | "after"
            | "to"
            | "the"
            | "and"
            | ")"
    );
    if has_cue || is_in_sentence {
        return has_cue;
    }
    let opens = i == words.lo || words.starts_line(i);
    let is_alone = end >= words.hi
        || words.starts_line(end)
        || !matches!(words.at(end), "," | "and" | "to" | "was" | "is");
    let fits_weekday =
        written.weekday.is_some_and(|weekday| written.full().is_some_and(|date| date.weekday() == weekday));
    // "Ten civilians killed in airstrike 21 November 2016 Raqqa, SANA": between a headline and a first sentence.
    let parts_headline = words.is_word(end) && words.is_capital(end)
        || words.figure(end).is_some() && matches!(words.at(end + 1), "am" | "pm" | ":");
    let is_near = published
        .zip(written.full())
        .is_some_and(|(published, date)| days::between(published, date).abs() <= NEAR);
    (opens && is_alone) || fits_weekday || (parts_headline && is_near)
}

/// `— Name (@handle) May 11, 2014`: the day of the post in the line before.
fn posts(atoms: &Atoms) -> Vec<(usize, usize, Date)> {
    let text = atoms.text();
    let words = atoms.all();
    let mut posts: Vec<(usize, usize, Date)> = Vec::new();
    let mut i = words.lo;
    while i < words.hi {
        // `@handle)` and a date right after it.
        if words.at(i) != ")" || !(1..=8).any(|back| i >= back && words.at(i - back) == "@") {
            i += 1;
            continue;
        }
        let read = calendar::read(&words, i + 1, None);
        if let Some((date, end)) = read.and_then(|(written, end)| Some((written.full()?, end))) {
            let end = words.span(i, end).end;
            // No further back than the post before.
            let floor = posts.last().map_or(0, |(_, end, _)| *end);
            let line = text[floor..end].rfind('\n').unwrap_or(0);
            let before = text[floor..floor + line].trim_end().rfind('\n').map_or(0, |at| at + 1);
            posts.push((floor + before, end, date));
        }
        i += 1;
    }
    posts
}
