//! What words beside a number make of it: "at least 50", "50 or more", "up to 80", "rose to 70".

use gainsay_lexicon::numbers::{Hedge, NumberWords};

use crate::times::atoms::Words;

use super::find::Found;

/// The most words a hedge has.
const LONGEST: usize = 5;

/// Applies the hedges before and behind a number, and widens its span to cover them.
pub(super) fn apply(words: &Words, found: &mut Found, table: &NumberWords) {
    if found.rule == "amounts.single" {
        return;
    }
    let mut bound = None;
    // Several may stand in a row: "climbed to at least 135", "an estimated 50".
    for _ in 0..3 {
        let Some((hedge, start)) = before(words, found.start, table) else { break };
        found.start = start;
        match hedge {
            Hedge::Toll => found.cumulative = true,
            Hedge::About => {}
            hedge => bound = bound.or(Some(hedge)),
        }
        if found.rule == "amounts.number" {
            found.rule = "amounts.hedged";
        }
    }
    if let Some((hedge, end)) = after(words, found.end, table) {
        found.end = end;
        bound = bound.or(Some(hedge));
        found.rule = "amounts.hedged";
    }
    match bound {
        Some(Hedge::Floor) => found.high = None,
        Some(Hedge::Ceiling) => found.low = None,
        _ => {}
    }
}

/// The longest hedge that ends right before atom `i`, and where it starts.
fn before(words: &Words, i: usize, table: &NumberWords) -> Option<(Hedge, usize)> {
    let mut best = None;
    let mut phrase = String::new();
    for back in 1..=LONGEST {
        let at = i.checked_sub(back).filter(|at| *at >= words.lo && words.is_word(*at));
        let Some(at) = at else { break };
        phrase =
            if phrase.is_empty() { words.at(at).to_string() } else { format!("{} {phrase}", words.at(at)) };
        if let Some(hedge) = table.before(&phrase) {
            best = Some((hedge, at));
        }
    }
    best.filter(|(_, at)| is_hedge(words, *at, i))
}

/// "over" and "under" are hedges only beside a number they can bound: not "won over 50", nor "fired over 50 km" by
/// itself, which only the noun tells; "some" and "about" always are.
fn is_hedge(words: &Words, at: usize, number: usize) -> bool {
    let is_short = number == at + 1;
    let earlier = words.back(at, 1);
    match words.at(at) {
        "over" if is_short => !matches!(earlier, "took" | "handed" | "flew" | "win" | "won" | "control"),
        "under" if is_short => {
            !matches!(earlier, "are" | "is" | "were" | "was" | "live" | "living" | "trapped" | "still")
        }
        "above" | "below" if is_short => !matches!(earlier, "from" | "high"),
        "reached" | "reaches" | "reaching" if is_short => true,
        _ => true,
    }
}

/// "or more", "or so", "+" right behind a number.
fn after(words: &Words, i: usize, table: &NumberWords) -> Option<(Hedge, usize)> {
    if words.at(i) == "+" && words.glued(i) {
        return Some((Hedge::Floor, i + 1));
    }
    if !words.is_word(i) {
        return None;
    }
    let mut phrase = words.at(i).to_string();
    let mut best = table.after(&phrase).map(|hedge| (hedge, i + 1));
    for at in i + 1..i + LONGEST {
        if !words.is_word(at) {
            break;
        }
        phrase = format!("{phrase} {}", words.at(at));
        if let Some(hedge) = table.after(&phrase) {
            best = Some((hedge, at + 1));
        }
    }
    // "50 at least 20 of them": the hedge belongs to the number behind it.
    best.filter(|(_, end)| crate::times::numeral::number(words, *end).is_none())
}
