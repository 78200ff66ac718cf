//! Where sources contradict each other: every version with its voices.

use gainsay_model::{Dispute, DisputeKind};

use super::doc::{Block, Item, Line, Run, Section, Tone, aside, chip, soft, strong, text};
use super::phrase;
use super::view::View;

/// Disputes and revisions in the order they are shown, with their anchors: disputes with most voices first.
pub(crate) fn ordered(disputes: &[Dispute]) -> Vec<(&Dispute, String)> {
    let mut disputes: Vec<&Dispute> = disputes.iter().collect();
    let voices = |dispute: &Dispute| dispute.sides.iter().map(|side| side.roots.len()).sum::<usize>();
    disputes.sort_by_key(|dispute| (dispute.revision, std::cmp::Reverse(voices(dispute)), &dispute.id));
    disputes.into_iter().enumerate().map(|(at, dispute)| (dispute, format!("dispute-{}", at + 1))).collect()
}

/// Builds the section.
pub(crate) fn section(view: &View) -> Section {
    let (mut open, mut revised) = (Vec::new(), Vec::new());
    for (dispute, anchor) in &view.disputes {
        let item = Item { id: Some(anchor.clone()), lines: lines(view, dispute) };
        if dispute.revision { revised.push(item) } else { open.push(item) }
    }
    let mut blocks = Vec::new();
    if open.is_empty() {
        blocks.push(aside("No two sources are found to contradict each other."));
    } else {
        blocks.push(Block::List("versions", open));
    }
    if !revised.is_empty() {
        blocks.push(Block::Sub("revisions".into(), "The same voice, later".into()));
        blocks.push(aside("A newer figure by the same voice replaces its older one and disputes nothing."));
        blocks.push(Block::List("versions", revised));
    }
    Section { id: "disputes", title: "Where sources contradict each other", short: "disputes", blocks }
}

/// What a dispute is about: "killed, government side · Attack at Deir ez-Zor, 16 January 2016".
pub(crate) fn about(view: &View, dispute: &Dispute) -> Line {
    let about = &dispute.about;
    let mut line: Line = Vec::new();
    if let Some(measure) = about.measure {
        line.push(text(phrase::measure(measure)));
    }
    if let Some(group) = about.group.as_deref().filter(|group| !matches!(*group, "all" | "")) {
        line.push(text(format!("{}{}", if line.is_empty() { "" } else { ", " }, view.group(group))));
    }
    let mut part = |more: Line| {
        if !line.is_empty() {
            line.push(soft(" · "));
        }
        line.extend(more);
    };
    if let Some([a, b]) = &about.pair {
        let mut pair = view.actor(a);
        pair.push(text(" and "));
        pair.extend(view.actor(b));
        part(pair);
    }
    if let Some(event) = about.event.as_deref().and_then(|id| view.event(id)) {
        let mut name = view.event_name(event);
        if let Some(days) = phrase::span(event.time.start, event.time.end) {
            name = format!("{name}, {days}");
        }
        let anchor = view.event_anchor(&event.id).unwrap_or_default();
        part(vec![Run::Goto(anchor, name)]);
    } else if let Some(place) = &about.place {
        part(vec![view.place(place)]);
    }
    if line.is_empty() {
        line.push(soft("without a name"));
    }
    line
}

fn lines(view: &View, dispute: &Dispute) -> Vec<Line> {
    let mut lead = vec![strong(phrase::dispute(dispute.kind)), text(": ")];
    lead.extend(about(view, dispute));
    if let Some(spread) =
        dispute.spread.filter(|spread| spread.is_finite() && *spread > 1.0 && !dispute.revision)
    {
        lead.extend([text(" "), chip(Tone::Disputed, format!("×{spread:.1}"))]);
    }
    let mut lines = vec![lead];
    for side in &dispute.sides {
        let mut line = vec![strong(view.value(&side.value)), soft(" — ")];
        line.extend(view.actors(&side.sources));
        let others: Vec<String> =
            side.roots.iter().filter(|root| !side.sources.contains(root)).cloned().collect();
        if !others.is_empty() {
            line.push(soft(format!(", from {}", view.whos(&others))));
        }
        if dispute.kind != DisputeKind::Count || side.roots.len() > 1 {
            line.push(soft(format!(" · {}", phrase::count(side.roots.len(), "voice", "voices"))));
        }
        line.extend([text(" "), view.cite(&side.claims)]);
        lines.push(line);
    }
    lines
}

impl View<'_> {
    /// What one side of a dispute says, for people to read.
    pub(crate) fn value(&self, value: &str) -> String {
        match value {
            "asserted" => "said to be so".into(),
            "denied" => "denied".into(),
            _ if self.names.is_listed(value) => self.names.who(value),
            _ => match value.parse::<u64>() {
                Ok(number) => phrase::number(number),
                Err(_) => self.names.text(value, None),
            },
        }
    }
}
