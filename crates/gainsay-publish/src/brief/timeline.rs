//! The line of time: an overview, then every event under its day.

use gainsay_model::{Date, Event, Toll};
use jiff::ToSpan;

use super::doc::{Block, Column, Item, Line, Run, Section, Tone, aside, chip, join, soft, text};
use super::phrase;
use super::view::View;

/// More events than this are folded by month, so that a long period can be skimmed.
const FOLD: usize = 60;
/// Most columns of the overview: more would be thinner than a finger on a phone.
const COLUMNS: i64 = 62;

/// Days with their headings, and the events of each.
type Days = Vec<(String, Vec<Item>)>;

/// Builds the section.
pub(crate) fn section(view: &View) -> Section {
    let mut blocks = Vec::new();
    if view.events.is_empty() {
        blocks.push(aside("No event is reported."));
    }
    let columns = overview(view);
    if columns.len() > 2 {
        blocks.push(Block::Overview(columns));
    }
    let mut months: Vec<(String, Days)> = Vec::new();
    for event in &view.events {
        let day = phrase::first_day(event);
        let month =
            day.map_or("Day not known".into(), |day| format!("{} {}", phrase::month(day), day.year()));
        let heading = day.map_or("Day not known".into(), phrase::day);
        if months.last().is_none_or(|(last, _)| *last != month) {
            months.push((month, Vec::new()));
        }
        let days = &mut months.last_mut().expect("one was just pushed").1;
        if days.last().is_none_or(|(last, _)| *last != heading) {
            days.push((heading, Vec::new()));
        }
        days.last_mut().expect("one was just pushed").1.push(item(view, event));
    }
    for (month, days) in months {
        if view.events.len() > FOLD {
            let count: usize = days.iter().map(|(_, items)| items.len()).sum();
            let title = format!("{month} · {}", phrase::count(count, "event", "events"));
            blocks.push(Block::Fold(title, true, vec![Block::Days(days)]));
        } else {
            blocks.push(Block::Days(days));
        }
    }
    Section { id: "timeline", title: "Line of time", short: "line of time", blocks }
}

fn item(view: &View, event: &Event) -> Item {
    let mut lead = vec![Run::Symbol(event.kind)];
    lead.extend(view.event_line(event));
    let mut more: Line = Vec::new();
    let mut part = |words: String| {
        more.push(if more.is_empty() { text(words) } else { soft(format!(" · {words}")) });
    };
    if let Some(toll) = toll(&event.killed, "killed") {
        part(toll);
    }
    if let Some(toll) = toll(&event.injured, "wounded") {
        part(toll);
    }
    if event.time.start != event.time.end
        && let Some(days) = phrase::span(event.time.start, event.time.end)
    {
        part(days);
    }
    more.push(soft(format!("{}{}", if more.is_empty() { "" } else { " · " }, voices(event))));
    let grade = &event.grade;
    // "Weak" is what one voice alone always is, and the number of voices says so.
    let grades: Vec<String> = [
        ("that it happened", &grade.occurrence),
        ("who did it", &grade.attribution),
        ("how many", &grade.count),
    ]
    .into_iter()
    .filter(|(_, grade)| !matches!(grade.as_str(), "" | "weak"))
    .map(|(axis, grade)| format!("{axis}: {}", view.names.text(grade, None)))
    .collect();
    if !grades.is_empty() {
        more.push(soft(format!(" · {}", grades.join(", "))));
    }
    let caution = view.caution(&event.claims);
    for chip in caution {
        more.extend([text(" "), chip]);
    }
    let mut disputed: Vec<Line> = Vec::new();
    for (dispute, anchor) in &view.disputes {
        if !dispute.revision && dispute.about.event.as_deref() == Some(event.id.as_str()) {
            let mut what = phrase::dispute(dispute.kind).to_lowercase();
            if let Some(group) = dispute.about.group.as_deref().filter(|group| !matches!(*group, "" | "all"))
            {
                what = format!("{what}, {}", view.group(group));
            }
            disputed.push(vec![Run::Goto(anchor.clone(), what)]);
        }
    }
    if !disputed.is_empty() {
        more.extend([text(" "), chip(Tone::Disputed, "disputed"), text(" ")]);
        more.extend(join(disputed, "; ", "; "));
    }
    more.extend([text(" "), view.cite(&event.claims)]);
    Item { id: view.event_anchor(&event.id), lines: vec![lead, more] }
}

fn voices(event: &Event) -> String {
    phrase::count(event.roots.len(), "independent voice", "independent voices")
}

/// "22–167 killed, best 50 (ucdp/1)".
fn toll(toll: &Toll, what: &str) -> Option<String> {
    let range = phrase::range(toll.low.or(toll.best), toll.high)?;
    let best = toll.best.filter(|best| toll.low != Some(*best) || toll.high != Some(*best));
    let best = best.map(|best| format!(", best {}", phrase::number(best))).unwrap_or_default();
    let policy = if toll.policy.is_empty() { String::new() } else { format!(" ({})", toll.policy) };
    Some(format!("{range} {what}{best}{policy}"))
}

/// A step of the overview.
#[derive(Clone, Copy, PartialEq)]
enum Step {
    Day,
    Month,
    Year,
}

impl Step {
    /// The first day of the step that holds a day.
    fn floor(self, day: Date) -> Date {
        match self {
            Step::Day => day,
            Step::Month => day.first_of_month(),
            Step::Year => day.first_of_year(),
        }
    }

    fn next(self, day: Date) -> Option<Date> {
        match self {
            Step::Day => day.checked_add(1.day()).ok(),
            Step::Month => day.checked_add(1.month()).ok(),
            Step::Year => day.checked_add(1.year()).ok(),
        }
    }

    fn label(self, day: Date) -> String {
        match self {
            Step::Day => phrase::day(day),
            Step::Month => format!("{} {}", phrase::month(day), day.year()),
            Step::Year => day.year().to_string(),
        }
    }

    /// The mark under the axis, where one is due.
    fn tick(self, day: Date, first: bool) -> String {
        match self {
            Step::Day if first || day.day() == 1 => format!("{} {}", day.day(), &phrase::month(day)[..3]),
            Step::Day if day.day() % 10 == 0 && day.day() < 30 => day.day().to_string(),
            Step::Month if day.month() == 1 || first => day.year().to_string(),
            Step::Year if day.year() % 10 == 0 || first => day.year().to_string(),
            _ => String::new(),
        }
    }
}

/// Events over time; empty where there are none or the span is beyond all measure.
fn overview(view: &View) -> Vec<Column> {
    let days: Vec<(usize, Date)> = view
        .events
        .iter()
        .enumerate()
        .filter_map(|(at, event)| Some((at, phrase::first_day(event)?)))
        .collect();
    let (Some(&(_, first)), Some(&(_, last))) = (days.first(), days.last()) else { return Vec::new() };
    let span = phrase::days_between(first, last);
    let step = match span {
        span if span < COLUMNS => Step::Day,
        span if span / 28 < COLUMNS => Step::Month,
        span if span / 365 < COLUMNS => Step::Year,
        _ => return Vec::new(),
    };
    let mut columns: Vec<Column> = Vec::new();
    let mut at = Some(step.floor(first));
    let mut rest = days.as_slice();
    while let Some(from) = at.filter(|from| *from <= last) {
        let count = rest.iter().take_while(|(_, day)| step.floor(*day) == from).count();
        let to = rest.first().filter(|_| count > 0).map(|(at, _)| format!("event-{}", at + 1));
        rest = &rest[count..];
        let tick = step.tick(from, columns.is_empty());
        columns.push(Column { to, label: step.label(from), tick, height: 0, count });
        at = step.next(from);
    }
    let most = columns.iter().map(|column| column.count).max().unwrap_or(1).max(1);
    for column in &mut columns {
        column.height =
            u32::try_from(column.count * 100 / most).unwrap_or(100).max(u32::from(column.count > 0) * 6);
    }
    // Two marks closer than four columns would run into each other.
    let mut free = 0;
    for (at, column) in columns.iter_mut().enumerate() {
        match column.tick.is_empty() || at < free {
            true => column.tick.clear(),
            false => free = at + 4,
        }
    }
    columns
}
