//! Dates with a month: "June 3", "3 June 2014", "Monday, June 3", "mid-March 2011", "2014-06-03", "23/02/2015".
//!
//! A date is read in parts first, then the parts that are missing are taken from the report's date: a day without a
//! year is the one nearest before the report, unless the verb or a distance of a few days puts it after.

use gainsay_model::claim::Interval;
use jiff::civil::{Date, Weekday};

use super::atoms::{Kind, Words};
use super::days;
use super::lexis::{self, Portion, Which};
use super::scene::{Found, Scene};
use super::tense::Tense;
use super::timex;

/// A date as written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Written {
    /// Year, if written.
    pub(super) year: Option<i16>,
    /// "last year", "of this year" in the year's place.
    pub(super) which_year: Option<Which>,
    /// Month.
    pub(super) month: i8,
    /// Day, if written.
    pub(super) day: Option<i8>,
    /// Weekday, if written.
    pub(super) weekday: Option<Weekday>,
    /// "early", "mid", "late".
    pub(super) portion: Option<Portion>,
}

impl Written {
    /// The day, where all of year, month and day are written.
    pub(super) fn full(&self) -> Option<Date> {
        Date::new(self.year?, self.month, self.day?).ok()
    }
}

/// A date with a month in it.
pub(super) fn date(scene: &Scene, i: usize) -> Option<Found> {
    let words = &scene.words;
    let (written, end) = read(words, i, scene.anchor)?;
    resolve(scene, (i, end), &written)
}

/// The parts of the date that starts at `i`, and its end.
pub(super) fn read(words: &Words, i: usize, anchor: Option<Date>) -> Option<(Written, usize)> {
    let mut at = i;
    let mut weekday = None;
    if let Some((day, _)) = lexis::weekday(words.at(at)) {
        weekday = Some(day);
        at += 1;
        at += usize::from(words.at(at) == ".");
        at += usize::from(words.at(at) == ",");
    }
    let (portion, after) = portion(words, at);
    at = after;
    if portion.is_none() && words.at(at) == "the" && words.kind(at + 1) == Kind::Digits {
        at += 1;
    }
    let (mut written, mut end) = core(words, at, anchor, portion.is_some())?;
    if weekday.is_some() && written.day.is_none() {
        return None;
    }
    written.weekday = weekday;
    written.portion = portion;
    if written.year.is_none()
        && let Some((which, after)) = year_in_words(words, end)
    {
        written.which_year = Some(which);
        end = after;
    }
    Some((written, end))
}

/// "early", "mid-", "late", "the end of" before a month or a year.
pub(super) fn portion(words: &Words, i: usize) -> (Option<Portion>, usize) {
    let at = i + usize::from(words.at(i) == "the") + usize::from(words.are(i, &["the", "very"]));
    let of = |portion: Portion| {
        if words.at(at + 1) == "of" { (Some(portion), at + 2) } else { (None, i) }
    };
    match words.at(at) {
        "early" | "mid" | "late" if at == i => {
            let portion = match words.at(at) {
                "early" => Portion::Early,
                "mid" => Portion::Mid,
                _ => Portion::Late,
            };
            let end = at + 1 + usize::from(words.is_dash(at + 1));
            (Some(portion), end + usize::from(words.at(end) == "in"))
        }
        "beginning" | "start" => of(Portion::Early),
        "middle" => of(Portion::Mid),
        "end" => of(Portion::Late),
        _ => (None, i),
    }
}

/// "of this year", "last year" after a month.
fn year_in_words(words: &Words, i: usize) -> Option<(Which, usize)> {
    let at = i + usize::from(words.at(i) == "of") + usize::from(words.are(i, &["of", "the"]));
    let which = match words.at(at) {
        "same" => Which::This,
        word => lexis::which(word)?,
    };
    if words.at(at + 1) == "year" { Some((which, at + 2)) } else { None }
}

/// Day, month and year, without a weekday or a portion.
fn core(words: &Words, i: usize, anchor: Option<Date>, in_portion: bool) -> Option<(Written, usize)> {
    if words.kind(i) == Kind::Digits {
        return numeric(words, i, anchor).or_else(|| day_first(words, i));
    }
    let (month, is_short) = lexis::month(words.at(i))?;
    if !words.is_capital(i) {
        return None;
    }
    let mut at = i + 1;
    at += usize::from(is_short && words.at(at) == ".");
    // "Feb 092015": a comma lost between day and year.
    if let Some((glued, digits @ (5 | 6))) = words.figure(at) {
        let (day, year) = ((glued / 10_000) as i8, (glued % 10_000) as i16);
        if is_year(year) && day_exists(month, day) && digits <= 6 {
            return Some((Written { year: Some(year), month, day: Some(day), ..Written::default() }, at + 1));
        }
    }
    if let Some((day, end)) = day_of_month(words, at).filter(|(day, end)| {
        day_exists(month, *day) && !is_count(words, i, *end) && !starts_decimal(words, *end)
    }) {
        let (year, end) = year_after(words, end);
        return Some((Written { year, month, day: Some(day), ..Written::default() }, end));
    }
    let (year, end) = year_after(words, at);
    if year.is_none() && !(in_portion || stands_alone(words, i, is_short)) {
        return None;
    }
    Some((Written { year, month, ..Written::default() }, end))
}

/// `3 June 2014`, `3rd of June`, `3 JAN 90`.
fn day_first(words: &Words, i: usize) -> Option<(Written, usize)> {
    let (day, mut at) = day_of_month(words, i)?;
    if i > words.lo && words.glued(i) && (words.is_dash(i - 1) || matches!(words.at(i - 1), "." | ":")) {
        return None;
    }
    at += usize::from(words.at(at) == "of");
    at += usize::from(words.is_dash(at) && words.glued(at));
    let (month, is_short) = lexis::month(words.at(at)).filter(|_| words.is_capital(at))?;
    if !day_exists(month, day) {
        return None;
    }
    let is_upper = words.raw(at).chars().all(char::is_uppercase);
    at += 1;
    at += usize::from(is_short && words.at(at) == ".");
    at += usize::from(words.is_dash(at) && words.glued(at) && words.kind(at + 1) == Kind::Digits);
    let (mut year, mut end) = year_after(words, at);
    if let (None, true, Some((short @ 60..=99, 2))) = (year, is_upper, words.figure(at))
        && !words.is_word(at + 1)
    {
        (year, end) = (Some(1900 + short as i16), at + 1);
    }
    Some((Written { year, month, day: Some(day), ..Written::default() }, end))
}

/// `2014-06-03`, `23-02-2015`, `20.07.2016`, `7/8/07`.
fn numeric(words: &Words, i: usize, anchor: Option<Date>) -> Option<(Written, usize)> {
    let mark = words.at(i + 1);
    let is_joined = (i + 1..i + 5).all(|at| words.glued(at)) && words.at(i + 3) == mark;
    if !is_joined || !(matches!(mark, "-" | "." | "/") || words.is_dash(i + 1)) {
        return None;
    }
    let (a, first) = words.figure(i)?;
    let (b, second) = words.figure(i + 2)?;
    let (c, third) = words.figure(i + 4)?;
    let made = |year: u32, month: u32, day: u32| {
        let date =
            Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        is_year(date.year()).then_some(date)
    };
    let date = match (first, second, third) {
        (4, 1..=2, 1..=2) => made(a, b, c)?,
        (1..=2, 1..=2, 4) => pick(made(c, b, a), made(c, a, b), mark, anchor)?,
        (1..=2, 1..=2, 2) if mark == "/" => {
            let year = if c < 70 { 2000 + c } else { 1900 + c };
            pick(made(year, b, a), made(year, a, b), mark, anchor)?
        }
        _ => return None,
    };
    let written =
        Written { year: Some(date.year()), month: date.month(), day: Some(date.day()), ..Written::default() };
    Some((written, i + 5))
}

/// Day first, unless only month first exists, or slashes leave it open and month first lies nearer to the report.
fn pick(
    day_first: Option<Date>,
    month_first: Option<Date>,
    mark: &str,
    anchor: Option<Date>,
) -> Option<Date> {
    match (day_first, month_first, anchor) {
        (Some(a), Some(b), Some(anchor)) if mark == "/" => {
            let (near_a, near_b) = (days::between(anchor, a).abs(), days::between(anchor, b).abs());
            Some(if near_b < near_a { b } else { a })
        }
        (Some(a), ..) => Some(a),
        (None, b, _) => b,
    }
}

/// A day of the month, with or without "st", "nd", "rd", "th".
fn day_of_month(words: &Words, i: usize) -> Option<(i8, usize)> {
    let (day, digits) = words.figure(i)?;
    if digits > 2 || !(1..=31).contains(&day) {
        return None;
    }
    let has_suffix = words.glued(i + 1) && matches!(words.at(i + 1), "st" | "nd" | "rd" | "th");
    let end = i + 1 + usize::from(has_suffix);
    // "26-year-old", "3.5", "57mm" are no days.
    if words.glued(end) && words.is_word(end) && lexis::month(words.at(end)).is_none() {
        return None;
    }
    Some((day as i8, end))
}

/// A year right after a date, with or without a comma.
fn year_after(words: &Words, i: usize) -> (Option<i16>, usize) {
    let at = i + usize::from(words.at(i) == ",");
    match words.figure(at) {
        Some((year, 4)) if is_year(year as i16) && !starts_group(words, at + 1) => {
            (Some(year as i16), at + 1)
        }
        _ => (None, i),
    }
}

/// Whether a number can be a year of which reports speak.
pub(super) fn is_year(year: i16) -> bool {
    (1800..=2099).contains(&year)
}

fn day_exists(month: i8, day: i8) -> bool {
    Date::new(2000, month, day).is_ok()
}

fn starts_group(words: &Words, i: usize) -> bool {
    matches!(words.at(i), "," | ".")
        && words.glued(i)
        && words.glued(i + 1)
        && words.kind(i + 1) == Kind::Digits
}

fn starts_decimal(words: &Words, i: usize) -> bool {
    starts_group(words, i) && words.figure(i + 1).is_none_or(|(_, digits)| digits != 4)
}

/// "in June 30 people were killed": a month takes "in", a day "on", so the 30 counts people.
fn is_count(words: &Words, month: usize, end: usize) -> bool {
    let before = words.back(month, 1);
    let after = words.at(end);
    matches!(before, "in" | "during")
        && words.is_word(end)
        && !words.is_capital(end)
        && (after.ends_with('s')
            || matches!(after, "people" | "men" | "women" | "children" | "more" | "other"))
}

/// Whether a month without day and year stands for the month, rather than a name or the verbs "may" and "march".
fn stands_alone(words: &Words, i: usize, is_short: bool) -> bool {
    let before = words.back(i, 1);
    let after_is_name = words.is_capital(i + 1) && words.is_word(i + 1);
    if year_in_words(words, i + 1).is_some() {
        return true;
    }
    if is_short {
        return lexis::is_time_preposition(before) && !after_is_name && words.at(i) != "mar";
    }
    match words.at(i) {
        "may" => {
            matches!(words.raw(i), "May" | "MAY") && lexis::is_time_preposition(before) && !after_is_name
        }
        "march" => {
            lexis::is_time_preposition(before)
                || before == "the"
                    && !matches!(words.at(i + 1), "on" | "for" | "to" | "towards" | "through" | "of")
        }
        _ => {
            let before_is_name = i > words.lo && words.is_word(i - 1) && words.is_capital(i - 1);
            lexis::is_time_preposition(before) || !(after_is_name || before_is_name)
        }
    }
}

/// Fills in what is missing and says which days are meant.
pub(super) fn resolve(scene: &Scene, span: (usize, usize), written: &Written) -> Option<Found> {
    let tense = scene.tense(span.0, span.1);
    let year = written.year.or_else(|| year_near(written, scene.anchor?, tense));
    let Some(day) = written.day else {
        return month(span, written, year);
    };
    let Some(year) = year else {
        return Some(Found::date(span, format!("XXXX-{:02}-{day:02}", written.month), None, "times.date"));
    };
    // "31 June 2014" is no day, "29 February" none of most years.
    let date = Date::new(year, written.month, day).ok()?;
    Some(Found::date(span, timex::day(date), Some(Interval::day(date)), "times.date"))
}

fn month(span: (usize, usize), written: &Written, year: Option<i16>) -> Option<Found> {
    let Some(year) = year else {
        return Some(Found::date(span, format!("XXXX-{:02}", written.month), None, "times.month"));
    };
    let whole = days::month(year, written.month)?;
    let (start, end) = (whole.start?, whole.end?);
    let days = match written.portion {
        None => whole,
        Some(Portion::Early) => Interval::new(start, days::add_days(start, 9)?),
        Some(Portion::Mid) => Interval::new(days::add_days(start, 10)?, days::add_days(start, 19)?),
        Some(Portion::Late) => Interval::new(days::add_days(start, 20)?, end),
    };
    Some(Found::date(span, timex::month(year, written.month), Some(days), "times.month"))
}

/// The year of a date that gives none.
fn year_near(written: &Written, anchor: Date, tense: Tense) -> Option<i16> {
    let this = anchor.year();
    match written.which_year {
        Some(Which::This) => return Some(this),
        Some(Which::Last) => return Some(this - 1),
        Some(Which::Next) => return Some(this + 1),
        None => {}
    }
    let Some(day) = written.day else {
        return Some(match (written.month.cmp(&anchor.month()), tense) {
            (std::cmp::Ordering::Greater, Tense::Past | Tense::Unknown) => this - 1,
            (std::cmp::Ordering::Less, Tense::Future) => this + 1,
            _ => this,
        });
    };
    let in_year = |year: i16| Date::new(year, written.month, day).ok();
    if let Some(weekday) = written.weekday {
        let fits = |year: &i16| in_year(*year).is_some_and(|date| date.weekday() == weekday);
        if let Some(year) = [this, this - 1, this + 1].into_iter().find(fits) {
            return Some(year);
        }
    }
    // How many days after the report a day may lie before it is rather taken for one of the year before.
    let ahead = match tense {
        Tense::Past => 7,
        Tense::Unknown => 45,
        Tense::Future => 300,
    };
    let mut years = [this + 1, this, this - 1].into_iter();
    years
        .find(|year| in_year(*year).is_some_and(|date| days::between(anchor, date) <= ahead))
        .or_else(|| (1..=8).map(|back| this - back).find(|year| in_year(*year).is_some()))
}
