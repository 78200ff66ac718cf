//! Who is with whom: every pair on one line of time, with who says so.

use std::collections::BTreeMap;

use gainsay_model::{Date, Status, Tie};

use super::doc::{Bar, Block, Item, Lane, Line, Run, Section, Tone, aside, chip, soft, strong, text};
use super::phrase;
use super::view::View;

/// Pairs shown unfolded.
const OPEN: usize = 8;

/// Builds the section.
pub(crate) fn section(view: &View) -> Section {
    let mut pairs: BTreeMap<(&str, &str), Vec<&Tie>> = BTreeMap::new();
    for tie in view.input.ties {
        let (a, b) = (tie.a.as_str(), tie.b.as_str());
        pairs.entry((a.min(b), a.max(b))).or_default().push(tie);
    }
    let mut pairs: Vec<_> = pairs.into_iter().collect();
    // Pairs on which several things are said come first: they are the ones to compare.
    let kinds =
        |ties: &[&Tie]| ties.iter().map(|tie| tie.tie).collect::<std::collections::BTreeSet<_>>().len();
    pairs.sort_by_key(|(pair, ties)| (std::cmp::Reverse(kinds(ties)), std::cmp::Reverse(ties.len()), *pair));
    let days: Vec<Date> = view.input.ties.iter().flat_map(|tie| [tie.from, tie.to]).flatten().collect();
    let first = days.iter().copied().chain(view.input.from).min();
    let last = days.iter().copied().chain([view.input.to]).max();
    let axis = first.zip(last).filter(|_| !days.is_empty());
    let mut blocks: Vec<Block> = Vec::new();
    if pairs.is_empty() {
        blocks.push(aside("Nothing is reported on who is with whom."));
    }
    let mut rest = Vec::new();
    for (at, ((a, b), ties)) in pairs.into_iter().enumerate() {
        let title = format!("{} and {}", view.names.who(a), view.names.who(b));
        let lanes = lanes(view, ties, axis);
        let into = if at < OPEN { &mut blocks } else { &mut rest };
        into.push(Block::Sub(format!("pair-{}", at + 1), title));
        into.push(lanes);
    }
    if !rest.is_empty() {
        blocks.push(Block::Fold(phrase::count(rest.len() / 2, "further pair", "further pairs"), false, rest));
    }
    Section { id: "ties", title: "Who is with whom", short: "who is with whom", blocks }
}

fn lanes(view: &View, mut ties: Vec<&Tie>, axis: Option<(Date, Date)>) -> Block {
    ties.sort_by_key(|tie| (tie.from.or(tie.to), tie.to, tie.tie, &tie.according_to));
    let lane = |tie: &&Tie| Lane {
        bar: axis.and_then(|(first, last)| bar(tie, first, last)),
        item: Item { id: None, lines: vec![line(view, tie)] },
    };
    let (first, last) = axis.map(|(first, last)| (phrase::day(first), phrase::day(last))).unwrap_or_default();
    Block::Lanes(first, last, ties.iter().map(lane).collect())
}

/// Where a tie lies between the first and the last day, in thousandths; a tie without an end lasts to the last.
fn bar(tie: &Tie, first: Date, last: Date) -> Option<Bar> {
    let whole = phrase::days_between(first, last).max(1);
    let at = |day: Date| {
        let part = phrase::days_between(first, day).clamp(0, whole) * 1000 / whole;
        u32::try_from(part).unwrap_or(0)
    };
    let (from, to) = match (tie.from, tie.to) {
        (None, None) => return None,
        (Some(from), None) => (at(from), 1000),
        (None, Some(to)) => (0, at(to)),
        (Some(from), Some(to)) => (at(from), at(to).max(at(from))),
    };
    Some(Bar { from, to, class: phrase::tie_class(tie.tie) })
}

fn line(view: &View, tie: &Tie) -> Line {
    let when = phrase::span(tie.from, tie.to).unwrap_or_else(|| "days not known".into());
    let mut line = vec![text(format!("{when}: ")), strong(phrase::tie(tie.tie))];
    if tie.status != Status::Asserted {
        line.extend([text(" "), chip(Tone::Weak, phrase::status(tie.status))]);
    }
    if !tie.according_to.is_empty() {
        line.push(soft(" · say "));
        line.extend(view.actors(&tie.according_to));
    }
    let caution = view.caution(&tie.claims).into_iter().filter(|run| *run == unconfirmed());
    line.extend(caution.flat_map(|chip| [text(" "), chip]));
    line.extend([text(" "), view.cite(&tie.claims)]);
    line
}

fn unconfirmed() -> Run {
    chip(Tone::Weak, "could not be confirmed")
}
