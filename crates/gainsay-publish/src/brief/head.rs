//! The head: what the brief is about, what it stands on, how to read it.

use std::collections::BTreeSet;

use super::doc::{Line, strong, text};
use super::phrase;
use super::view::View;

/// The head.
pub(crate) struct Head {
    /// Headline.
    pub title: String,
    /// Period and area.
    pub scope: String,
    /// What it stands on: number and what it counts.
    pub facts: Vec<(String, String)>,
    /// Paragraphs on how to read it.
    pub notes: Vec<Line>,
}

/// Builds the head.
pub(crate) fn head(view: &View) -> Head {
    let input = view.input;
    let title = view.names.text(input.title, None);
    let title = if title.trim().is_empty() { "Brief".to_string() } else { title };
    let period = phrase::span(input.from, Some(input.to)).unwrap_or_default();
    let period = if input.from.is_none() { format!("Up to {}", phrase::day(input.to)) } else { period };
    let area = input.place.map_or("all places".to_string(), |place| view.names.who(&place.id));
    let known = input.known_by.map(|day| format!(" · as known on {}", phrase::day(day))).unwrap_or_default();

    let outlets: BTreeSet<String> = input
        .reports
        .iter()
        .filter_map(|report| report.publisher.as_deref())
        .map(|name| view.names.outlet(name))
        .collect();
    let events = input.events.iter().flat_map(|event| &event.roots);
    let tolls = input.tallies.iter().flat_map(|tally| &tally.by_source).map(|figure| &figure.root);
    let sides = input.disputes.iter().flat_map(|dispute| &dispute.sides).flat_map(|side| &side.roots);
    let voices: BTreeSet<&String> = events.chain(tolls).chain(sides).collect();
    let disputes = input.disputes.iter().filter(|dispute| !dispute.revision).count();
    let fact = |count: usize, one: &str, many: &str| {
        (phrase::number(count as u64), if count == 1 { one.to_string() } else { many.to_string() })
    };
    let mut facts = vec![
        fact(input.reports.len(), "report", "reports"),
        fact(outlets.len(), "outlet", "outlets"),
        fact(input.claims.len(), "claim", "claims"),
    ];
    if !voices.is_empty() {
        facts.push(fact(voices.len(), "independent voice", "independent voices"));
    }
    facts.push(fact(disputes, "dispute", "disputes"));

    let notes = vec![
        vec![
            strong("This brief says what is said, not what is true. "),
            text(
                "It was made by a program from the reports listed at its end. Where reports contradict each other, \
                 both versions stand side by side; where nobody has said anything, it says so.",
            ),
        ],
        vec![
            text(
                "Small numbers lead to the words each statement was read from, with outlet, day and the chain of ",
            ),
            text(
                "who quotes whom. A voice is whoever stands at the root of such a chain: reports that repeat one ",
            ),
            text("another are one voice. "),
            strong("Held"),
            text(" means that the losing side or two independent voices say so; "),
            strong("claimed"),
            text(", that only the gaining side or one voice does; "),
            strong("contested"),
            text(", that several are said to hold the place or fight over it."),
        ],
    ];
    Head { title, scope: format!("{period} · {area}{known}"), facts, notes }
}
