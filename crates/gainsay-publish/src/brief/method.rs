//! The note on method: policies with their versions, what is left out, what was changed in quoted words.

use std::collections::BTreeSet;

use super::doc::{Block, Item, Section, strong, text};
use super::input::NamePolicy;
use super::phrase;
use super::view::View;

/// Builds the section; `cited` is how many claims the brief cites.
pub(crate) fn section(view: &View, cited: usize) -> Section {
    let input = view.input;
    let mut items: Vec<(&str, String)> = Vec::new();

    let readers: BTreeSet<String> = input
        .claims
        .iter()
        .filter(|claim| !claim.reader.is_empty())
        .map(|claim| view.names.text(&claim.reader, None))
        .collect();
    if !readers.is_empty() {
        let readers = readers.into_iter().collect::<Vec<_>>().join(", ");
        let words = "Every value of a claim hangs on words of its report and on the rule that read it.";
        items.push(("Reading. ", format!("Claims were read by {readers}. {words}")));
    }

    let tallies = input.tallies.iter().map(|tally| tally.policy.as_str());
    let events =
        input.events.iter().flat_map(|event| [event.killed.policy.as_str(), event.injured.policy.as_str()]);
    let policies: BTreeSet<&str> = tallies.chain(events).filter(|policy| !policy.is_empty()).collect();
    if !policies.is_empty() {
        let policies: Vec<&str> = policies.into_iter().collect();
        items.push((
            "Counts. ",
            format!(
                "Policies used: {}. “by-source” chooses nothing. “ucdp” gives low, best and high after Sundberg and \
                 Melander (2013), and takes the lower of two equally good figures. Copies and quotations never move a \
                 figure: only independent voices do.",
                policies.join(", ")
            ),
        ));
    }
    items.push((
        "Two times. ",
        match input.known_by {
            Some(day) => format!("When it happened and when it was said are kept apart. Only reports up to {} were used.", phrase::day(day)),
            None => "When it happened and when it was said are kept apart. All reports were used, whenever they were written.".into(),
        },
    ));
    let rest = input.claims.len().saturating_sub(cited);
    if rest > 0 {
        let what = phrase::count(rest, "claim of the period stands", "claims of the period stand");
        items.push((
            "Left out. ",
            format!("{what} behind nothing shown here, and have no entry in the evidence."),
        ));
    }
    items.push((
        "Left out on purpose. ",
        match input.coarsen_km {
            0 => "Nothing is shown finer in time than a day, nor finer in space than the places the reports name."
                .into(),
            km => format!(
                "Nothing is shown finer in time than a day. Coordinates are moved to the middle of squares of {km} km."
            ),
        },
    ));
    items.push((
        "Persons. ",
        match input.names {
            NamePolicy::Pseudonyms => format!(
                "Private persons bear pseudonyms ({} here), in quoted words too; the same person bears the same one \
                 throughout. Public figures and organisations keep their names. Web addresses that would give a name \
                 away are withheld. A program chose whom to hide: check before you publish.",
                phrase::number(view.names.count() as u64)
            ),
            NamePolicy::Names => "Persons are named as the reports name them. Do not pass this brief on without need.".into(),
        },
    ));
    items.push((
        "Quoted words. ",
        "Quotes are exact but for pseudonyms, line breaks, and invisible signs that turn the direction of writing, which are removed.".into(),
    ));
    items.push((
        "Map. ",
        "Drawn from gainsay’s gazetteer. Points are about a kilometre true. Borders are for orientation and say nothing on any \
         claim to land (Natural Earth, public domain). Each side has a colour and a shape of its own."
            .into(),
    ));
    let item =
        |(title, words): (&str, String)| Item { id: None, lines: vec![vec![strong(title), text(words)]] };
    let blocks = vec![Block::List("plain", items.into_iter().map(item).collect())];
    Section { id: "method", title: "How this was made", short: "method", blocks }
}
