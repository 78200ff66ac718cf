//! What the words before and between times make of them: "since", "until", "by", "before", "from … to", "between … and".
//!
//! The TIMEX3 value stays that of the bare time; only the days change. `since June 3` runs from 3 June to the report's
//! date, `by December 2014` ends with that month and begins nobody knows when.

use gainsay_model::claim::Interval;
use gainsay_model::reading::TimexType;

use super::atoms::Words;
use super::calendar;
use super::days;
use super::scene::{Found, Scene};
use super::timex;

/// How far behind "since" the date of its clause may stand ("since ISIS captured the bridge … on June 3").
const CLAUSE: usize = 40;

/// Changes the days of the times of one sentence, which stand in order, by the words around them, and adds what
/// "since" makes of a clause.
pub(super) fn bind(scene: &Scene, found: &mut Vec<Found>) {
    for n in 1..found.len() {
        let (left, right) = found.split_at_mut(n);
        if let (Some(a), Some(b)) = (left.last_mut(), right.first_mut()) {
            join(&scene.words, a, b);
        }
    }
    for one in found.iter_mut() {
        bound(scene, one);
    }
    let clauses: Vec<Found> =
        (scene.words.lo..scene.words.hi).filter_map(|i| clause(scene, found, i)).collect();
    if !clauses.is_empty() {
        found.extend(clauses);
        found.sort_by_key(|one| one.start);
    }
}

/// "from 2009 to 2011", "June 3–June 5", "between Monday and Friday", "on Saturday and Sunday": one stretch.
fn join(words: &Words, a: &mut Found, b: &mut Found) {
    let is_counted = |one: &Found| matches!(one.rule, "times.next_to" | "times.ago");
    if !is_calendar(a) || !is_calendar(b) || b.start != a.end + 1 || is_counted(b) {
        return;
    }
    let (Some(first), Some(second)) = (a.days, b.days) else { return };
    let (Some(start), Some(end)) = (first.start, second.end) else { return };
    let opening = words.back(a.start, 1);
    let is_stretch = match words.at(a.end) {
        "to" | "until" | "till" | "through" => true,
        "and" | "&" => {
            let gap = first.end.zip(second.start).map(|(end, start)| days::between(end, start));
            opening == "between" || (gap == Some(1) && a.single_day().is_some() && b.single_day().is_some())
        }
        _ => words.is_dash(a.end),
    };
    if is_stretch && start <= end {
        let days = Some(Interval::new(start, end));
        (a.days, b.days) = (days, days);
        a.rule = "times.range";
        b.rule = "times.range";
    }
}

fn is_calendar(found: &Found) -> bool {
    matches!(found.timex, TimexType::Date | TimexType::Time)
}

/// Applies the preposition before a time.
fn bound(scene: &Scene, found: &mut Found) {
    let words = &scene.words;
    let Some(days) = found.days.filter(|_| is_calendar(found) && found.rule != "times.range") else { return };
    let mut before = found.start.wrapping_sub(1);
    // "since the beginning of June" has its opening in the time; "since early in 2014" too.
    if matches!(words.at(before), "the" | "on" | "about" | "around" | "as") && before > words.lo {
        before -= 1;
    }
    let is_clock = found.rule == "times.clock";
    let (days, rule) = match words.at(before) {
        // "blockaded since June 3 when ISIS seized the bridge": the seizure keeps the day, see `clause`.
        "since" if words.at(found.end) == "when" => return,
        "since" if scene.anchor.is_some_and(|anchor| days.start.is_some_and(|start| start > anchor)) => {
            return;
        }
        "since" => (Interval { start: days.start, end: scene.anchor }, "times.since"),
        // "before dawn", "by 8:30 pm" stay on their day.
        _ if is_clock => return,
        "until" | "till" => (Interval { start: None, end: days.end }, "times.until"),
        "by" => (Interval { start: None, end: days.end }, "times.by"),
        "before" => {
            let end = days.start.and_then(|start| days::add_days(start, -1));
            (Interval { start: None, end }, "times.before")
        }
        "after" if !(found.rule == "times.weekday" || words.at(found.end) == "prayers") => {
            (Interval { start: days.start, end: None }, "times.after")
        }
        "from" if matches!(words.at(found.end), "onwards" | "onward" | "on") => {
            (Interval { start: days.start, end: scene.anchor }, "times.since")
        }
        _ => return,
    };
    if days.start.is_none() && days.end.is_none() {
        return;
    }
    found.days = Some(days);
    found.rule = rule;
}

/// "since" before a clause that a date ends: the state it tells runs from that date to the report, while the event in
/// the clause keeps the date for itself. The mention is the word "since", and has no TIMEX3 value.
fn clause(scene: &Scene, found: &[Found], i: usize) -> Option<Found> {
    let words = &scene.words;
    if words.at(i) != "since" {
        return None;
    }
    let at = found.partition_point(|one| one.start <= i);
    if words.at(i + 1) == "then" {
        let spoken = found[..at].iter().rev().find_map(|one| one.days).or(scene.last.filter(|_| at == 0));
        let days = Interval { start: Some(spoken?.start?), end: scene.anchor };
        return Some(Found::of((i, i + 2), TimexType::Date, "", Some(days), "times.since_then"));
    }
    let next = found.get(at)?;
    let is_direct = next.rule == "times.since" && next.start <= i + 3;
    let is_near = next.start <= i + CLAUSE && is_calendar(next);
    let ends = |at: usize| matches!(words.at(at), "said" | "says" | "told" | ";");
    if is_direct || !is_near || (i..next.start).any(ends) {
        return None;
    }
    let start =
        timex::days(&next.value).and_then(|days| days.start).or(next.days.and_then(|days| days.start))?;
    if scene.anchor.is_some_and(|anchor| start > anchor) {
        return None;
    }
    let days = Interval { start: Some(start), end: scene.anchor };
    Some(Found::of((i, i + 1), TimexType::Date, "", Some(days), "times.since_clause"))
}

/// "3 to 5 June", "June 3–5", "June 3 and 5": two days that share a month.
pub(super) fn shared_month(scene: &Scene, i: usize) -> Option<Found> {
    let words = &scene.words;
    let joins =
        |at: usize| matches!(words.at(at), "to" | "and" | "until" | "through" | "till") || words.is_dash(at);
    let day = |at: usize| words.figure(at).filter(|(day, digits)| *digits <= 2 && (1..=31).contains(day));
    if let Some((first, _)) = day(i) {
        // "3 to 5 June [2014]".
        if !joins(i + 1) || (words.glued(i) && words.is_dash(i.wrapping_sub(1))) {
            return None;
        }
        let (last, end) = calendar::read(words, i + 2, scene.anchor)?;
        if last.day.is_none()
            || last.weekday.is_some()
            || words.figure(i + 2).is_none_or(|(_, digits)| digits > 2)
        {
            return None;
        }
        let last = calendar::resolve(scene, (i, end), &last)?;
        return stretch((i, end), first as i8, &last, true);
    }
    let (written, end) = calendar::read(words, i, scene.anchor)?;
    if written.day.is_none() || !joins(end) || written.year.is_some() {
        return None;
    }
    // "June 3 and 5": a stretch between "between" and "and", and with every other word.
    let (last, _) = day(end + 1)?;
    let after = end + 2;
    let is_and = words.at(end) == "and";
    let counts = words.is_word(after)
        && !matches!(words.at(after), "in" | "and" | "at" | "when" | "as" | "but" | "the");
    let is_pair = is_and && words.back(i, 1) == "between";
    if last <= written.day? as u32 || (counts && !is_pair) {
        return None;
    }
    let comma = usize::from(words.at(after) == ",");
    let year =
        words.figure(after + comma).filter(|(year, digits)| *digits == 4 && calendar::is_year(*year as i16));
    let end = if year.is_some() { after + comma + 1 } else { after };
    let written = calendar::Written { year: year.map(|(year, _)| year as i16), ..written };
    let first = calendar::resolve(scene, (i, end), &written)?;
    stretch((i, end), last as i8, &first, false)
}

/// The stretch from a resolved day to another day of its month.
fn stretch(span: (usize, usize), other: i8, known: &Found, is_last: bool) -> Option<Found> {
    let known = known.single_day()?;
    let other = known.with().day(other).build().ok()?;
    let (start, end) = if is_last { (other, known) } else { (known, other) };
    if start >= end {
        return None;
    }
    let value = format!("{}/{}", timex::day(start), timex::day(end));
    Some(Found::date(span, value, Some(Interval::new(start, end)), "times.range"))
}
