//! Looking things up while a brief is built: claims in their order, reports, names as lines.

use std::collections::BTreeMap;

use gainsay_model::{Claim, ClaimId, Control, Count, Dispute, EntityId, Event, HoldingState, Kind, Status};

use super::doc::{Line, Run, Tone, chip, join, soft, strong, text};
use super::input::{BriefInput, ReportHead};
use super::phrase;
use crate::names::Names;

/// The input with its indexes.
pub(crate) struct View<'a> {
    /// What the brief is made of.
    pub input: &'a BriefInput<'a>,
    /// Names as this brief shows them.
    pub names: Names<'a>,
    /// Claims by the day of their report, its id, and where in it they stand.
    pub claims: Vec<&'a Claim>,
    /// Events by their first day; those without one last.
    pub events: Vec<&'a Event>,
    /// Disputes, then revisions, each with its anchor; those with most voices first.
    pub disputes: Vec<(&'a Dispute, String)>,
    /// Who holds what at the end, by governorate and name.
    pub controls: Vec<&'a Control>,
    reports: BTreeMap<&'a str, &'a ReportHead>,
    at: BTreeMap<&'a str, usize>,
    event_at: BTreeMap<&'a str, usize>,
    control_at: BTreeMap<&'a str, usize>,
}

impl<'a> View<'a> {
    /// Indexes the input.
    pub(crate) fn of(input: &'a BriefInput<'a>) -> View<'a> {
        let reports: BTreeMap<&str, &ReportHead> =
            input.reports.iter().map(|report| (report.id.as_str(), report)).collect();
        let mut claims: Vec<&Claim> = input.claims.iter().collect();
        claims.sort_by_key(|claim| {
            let said = reports.get(claim.document.as_str()).and_then(|report| report.published);
            let start = claim.evidence.iter().map(|evidence| evidence.start).min();
            (said.is_none(), said, &claim.document, start, &claim.id)
        });
        let at = claims.iter().enumerate().map(|(at, claim)| (claim.id.as_str(), at)).collect();
        let mut events: Vec<&Event> = input.events.iter().collect();
        events.sort_by_key(|event| (phrase::first_day(event).is_none(), phrase::first_day(event), &event.id));
        let event_at = events.iter().enumerate().map(|(at, event)| (event.id.as_str(), at)).collect();
        let disputes = super::disputes::ordered(input.disputes);
        let gazetteer = &input.words.gazetteer;
        let mut controls: Vec<&Control> = input.controls.iter().collect();
        controls.sort_by_key(|control| {
            let area = gazetteer.governorate(&control.place).map_or("~", |area| area.name.as_str());
            (area, phrase::sort_key(gazetteer.name(&control.place)), &control.place)
        });
        let control_at =
            controls.iter().enumerate().map(|(at, control)| (control.place.as_str(), at)).collect();
        View {
            input,
            names: Names::of(input),
            claims,
            events,
            disputes,
            controls,
            reports,
            at,
            event_at,
            control_at,
        }
    }

    /// Anchor of an event on the line of time.
    pub(crate) fn event_anchor(&self, id: &str) -> Option<String> {
        self.event_at.get(id).map(|at| format!("event-{}", at + 1))
    }

    /// Where an event stands on the line of time.
    pub(crate) fn event_order(&self, id: &str) -> Option<usize> {
        self.event_at.get(id).copied()
    }

    /// Anchor of a place in the table of holders.
    pub(crate) fn place_anchor(&self, id: &str) -> Option<String> {
        self.control_at.get(id).map(|at| format!("place-{}", at + 1))
    }

    /// The event with this id.
    pub(crate) fn event(&self, id: &str) -> Option<&'a Event> {
        self.event_at.get(id).map(|&at| self.events[at])
    }

    /// A place's name, as a link to its row where it has one.
    pub(crate) fn place(&self, id: &str) -> Run {
        match self.place_anchor(id) {
            Some(anchor) => Run::Goto(anchor, self.names.place(id)),
            None => text(self.names.place(id)),
        }
    }

    /// Places side by side, each linked.
    pub(crate) fn places(&self, ids: &[EntityId]) -> Line {
        join(ids.iter().map(|id| vec![self.place(id)]).collect(), ", ", " and ")
    }

    /// "Capture by Islamic State from rebels": a kind, who did it, to whom.
    pub(crate) fn headline(&self, kind: Kind, actors: Line, targets: Line) -> Line {
        let (by, of) = phrase::links(kind);
        let mut line = vec![strong(phrase::kind(kind))];
        match (actors.is_empty(), targets.is_empty()) {
            (true, true) => {}
            (true, false) => line.push(text(format!(" {}", phrase::only_target(kind)))),
            (false, true) if actors.len() > 1 => line.push(text(format!(" {by}"))),
            (false, true) => line.push(text(format!(" {}", by.replace("between ", "by ")))),
            (false, false) => line.push(text(format!(" {by}"))),
        }
        let both = !actors.is_empty() && !targets.is_empty();
        line.extend(actors);
        if both {
            line.push(text(of));
        }
        line.extend(targets);
        line
    }

    /// The places of an event; those that the gazetteer does not know ("part", "last road") only where it knows none.
    pub(crate) fn event_places(&self, event: &Event) -> Vec<EntityId> {
        let known = |id: &&EntityId| self.input.words.gazetteer.place(id).is_some();
        let listed: Vec<EntityId> = event.place.iter().filter(known).cloned().collect();
        if listed.is_empty() { event.place.clone() } else { listed }
    }

    /// "Capture at Siyasiyeh bridge": an event in a few words.
    pub(crate) fn event_name(&self, event: &Event) -> String {
        let places: Vec<String> = self.event_places(event).iter().map(|id| self.names.place(id)).collect();
        match places.is_empty() {
            true => phrase::kind(event.kind).to_string(),
            false => format!("{} at {}", phrase::kind(event.kind), phrase::list(&places)),
        }
    }

    /// The headline of an event, its places after it.
    pub(crate) fn event_line(&self, event: &Event) -> Line {
        let mut line = self.headline(event.kind, self.actors(&event.actors), self.actors(&event.targets));
        let places = self.event_places(event);
        if !places.is_empty() {
            line.push(soft(" · "));
            line.extend(self.places(&places));
        }
        line
    }

    /// The report with this id.
    pub(crate) fn report(&self, id: &str) -> Option<&'a ReportHead> {
        self.reports.get(id).copied()
    }

    /// The claim with this id.
    pub(crate) fn claim(&self, id: &str) -> Option<&'a Claim> {
        self.at.get(id).map(|&at| self.claims[at])
    }

    /// Links to the evidence of these claims.
    pub(crate) fn cite(&self, ids: &[ClaimId]) -> Run {
        let mut found: Vec<usize> = ids.iter().filter_map(|id| self.at.get(id.as_str()).copied()).collect();
        found.sort_unstable();
        found.dedup();
        Run::Cite(found)
    }

    /// An actor's or source's name after its side's mark.
    pub(crate) fn actor(&self, id: &str) -> Line {
        vec![Run::Side(self.names.side(id), self.names.who(id))]
    }

    /// Actors side by side: "a, b and c".
    pub(crate) fn actors(&self, ids: &[EntityId]) -> Line {
        join(ids.iter().map(|id| self.actor(id)).collect(), ", ", " and ")
    }

    /// Names side by side, without marks.
    pub(crate) fn whos(&self, ids: &[EntityId]) -> String {
        let mut names: Vec<String> = Vec::new();
        for id in ids {
            let name = self.names.who(id);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        phrase::list(&names)
    }

    /// Who holds a place and how sure it is.
    pub(crate) fn holder(&self, control: Option<&Control>) -> Line {
        let Some(control) = control.filter(|control| control.state != HoldingState::Unknown) else {
            return vec![soft("not known")];
        };
        let between = if control.state == HoldingState::Contested { " against " } else { " with " };
        let mut line = join(control.holders.iter().map(|id| self.actor(id)).collect(), ", ", between);
        if line.is_empty() {
            line.push(soft("nobody named"));
        }
        line
    }

    /// The chip for a state.
    pub(crate) fn state(&self, state: HoldingState) -> Run {
        let tone = match state {
            HoldingState::Held => Tone::Firm,
            HoldingState::Claimed => Tone::Weak,
            HoldingState::Contested => Tone::Disputed,
            HoldingState::Unknown => Tone::Unknown,
        };
        chip(tone, phrase::state(state))
    }

    /// Chips for claims none of which plainly asserts, and for what could not be confirmed.
    pub(crate) fn caution(&self, ids: &[ClaimId]) -> Line {
        let claims: Vec<&Claim> = ids.iter().filter_map(|id| self.claim(id)).collect();
        let mut line = Vec::new();
        if claims.is_empty() {
            return line;
        }
        if !claims.iter().any(|claim| claim.status == Status::Asserted) {
            let mut words: Vec<&str> = claims.iter().map(|claim| phrase::status(claim.status)).collect();
            words.sort_unstable();
            words.dedup();
            line.push(chip(Tone::Weak, format!("only {}", words.join(", "))));
        }
        if claims.iter().all(|claim| claim.unverified) {
            line.push(chip(Tone::Weak, "could not be confirmed"));
        }
        line
    }

    /// "government side", "Islamic State", "civilians".
    pub(crate) fn group(&self, group: &str) -> String {
        let stem = group.strip_suffix("-side").unwrap_or(group);
        match group {
            "" | "all" => "all".into(),
            "government-side" => "government side".into(),
            _ if group.ends_with("-side") && super::sides::SIDES.iter().any(|side| side.id == stem) => {
                super::sides::of(stem).label.to_string()
            }
            _ if self.names.is_listed(stem) => self.names.who(stem),
            _ => self.names.text(&group.replace(['-', '_'], " "), None),
        }
    }

    /// "at least 50 killed, civilians".
    pub(crate) fn count(&self, count: &Count) -> Option<String> {
        let range = phrase::range(count.low, count.high)?;
        let group = count.group.map_or(String::new(), |group| format!(", {}", group.as_str()));
        Some(format!("{range} {}{group}", phrase::measure(count.what)))
    }

    /// The chain of a claim, from the page inward: "Levant Dispatch ← SANA ← foreign ministry".
    pub(crate) fn chain(&self, claim: &Claim) -> Line {
        let outlet = self.report(&claim.document).and_then(|report| report.publisher.as_deref());
        let mut links = vec![vec![text(
            outlet.map_or("an outlet without a name".into(), |name| self.names.outlet(name)),
        )]];
        for source in &claim.source {
            let name = self.names.filler(source, &claim.document);
            let side = source.id().map(|id| self.names.side(id)).unwrap_or_default();
            links.push(vec![if side.is_empty() { text(name) } else { Run::Side(side, name) }]);
        }
        join(links, " ← ", " ← ")
    }
}
