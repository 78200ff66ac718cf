//! The evidence: every cited claim with its exact words, its chain, what it was read as, and where it is used.

use std::collections::BTreeMap;

use gainsay_model::{Claim, Field, Status};

use super::cite::Uses;
use super::doc::{Block, Line, Proof, Run, Section, Tone, aside, chip, join, soft, strong, text};
use super::input::ReportHead;
use super::phrase;
use super::view::View;

/// Builds the section from the claims that were cited, in the order of their numbers.
pub(crate) fn section(view: &View, uses: &Uses) -> Section {
    let mut blocks: Vec<Block> = Vec::new();
    let mut last: Option<&str> = None;
    for (number, at) in uses.order.iter().enumerate() {
        let claim = view.claims[*at];
        let proof = proof(view, claim, number + 1, uses.back.get(at));
        match blocks.last_mut() {
            Some(Block::Proofs(_, proofs)) if last == Some(claim.document.as_str()) => proofs.push(proof),
            _ => blocks.push(Block::Proofs(report(view, claim), vec![proof])),
        }
        last = Some(&claim.document);
    }
    if blocks.is_empty() {
        blocks.push(aside("No claim stands behind this brief."));
    }
    Section { id: "evidence", title: "Evidence", short: "evidence", blocks }
}

/// The report, as the heading over its claims.
fn report(view: &View, claim: &Claim) -> Line {
    let Some(report) = view.report(&claim.document) else {
        return vec![strong("A report of which nothing is known")];
    };
    let mut line = vec![strong(view.outlet(claim))];
    line.push(text(format!(", {}", report.published.map_or("day not known".into(), phrase::day))));
    let title = report.title.as_deref().map(|title| view.names.text(title, Some(&report.id)));
    let title = title.filter(|title| !title.trim().is_empty());
    let url = report.url.as_deref().and_then(|url| view.names.url(url));
    match (title, url) {
        (Some(title), Some(url)) => line.extend([text(" · "), Run::Away(url, title)]),
        (Some(title), None) => line.push(text(format!(" · {title}"))),
        (None, Some(url)) => line.extend([text(" · "), Run::Away(url.clone(), url)]),
        (None, None) => {}
    }
    if let Some(language) = language(report).filter(|language| *language != "en") {
        line.push(soft(format!(" · in {language}")));
    }
    let guessed: Vec<&str> = report.guessed.iter().map(|field| guess(*field)).collect();
    if !guessed.is_empty() {
        line.extend([text(" "), chip(Tone::Weak, format!("guessed: {}", guessed.join(", ")))]);
    }
    line
}

fn guess(field: Field) -> &'static str {
    match field {
        Field::Published => "day",
        Field::Publisher => "outlet",
        Field::Author => "author",
        Field::Title => "title",
        Field::Language => "language",
    }
}

/// The language code, where it looks like one.
fn language(report: &ReportHead) -> Option<&str> {
    let sound = |code: &&str| {
        !code.is_empty() && code.len() <= 12 && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    report.language.as_deref().filter(sound)
}

fn proof(view: &View, claim: &Claim, number: usize, back: Option<&BTreeMap<String, &'static str>>) -> Proof {
    let document = Some(claim.document.as_str());
    let quotes = claim.evidence.iter().map(|evidence| view.names.text(&evidence.exact, document)).collect();
    let mut said = view.chain(claim);
    match claim.status {
        Status::Asserted => said.push(soft(format!(" · {}", phrase::status(claim.status)))),
        status => said.extend([text(" "), chip(Tone::Weak, phrase::status(status))]),
    }
    if claim.unverified {
        said.extend([text(" "), chip(Tone::Weak, "could not be confirmed")]);
    }
    let mut read = vec![Run::Symbol(claim.kind)];
    read.extend(view.claim_line(claim));
    if let Some(days) = claim.time.and_then(|time| phrase::span(time.start, time.end)) {
        read.push(soft(format!(" · {days}")));
    }
    let mut rules: Vec<String> = Vec::new();
    for ground in &claim.grounds {
        let rule = format!("{} by {}", ground.slot.as_str(), view.names.text(&ground.rule, document));
        if !rules.contains(&rule) {
            rules.push(rule);
        }
    }
    let reader = if claim.reader.is_empty() {
        "a reader without a name".into()
    } else {
        view.names.text(&claim.reader, document)
    };
    let mut by = vec![text(format!("Read by {reader}"))];
    if !rules.is_empty() {
        by.push(soft(format!(": {}", rules.join("; "))));
    }
    let back = back
        .into_iter()
        .flatten()
        .map(|(anchor, section)| (anchor.clone(), (*section).to_string()))
        .collect();
    let language = view.report(&claim.document).and_then(|report| language(report)).map(str::to_string);
    Proof { number, quotes, language, said, read, by, back }
}

impl View<'_> {
    /// The outlet that published a claim's report.
    pub(crate) fn outlet(&self, claim: &Claim) -> String {
        let publisher = self.report(&claim.document).and_then(|report| report.publisher.as_deref());
        publisher.map_or("An outlet without a name".into(), |name| self.names.outlet(name))
    }

    /// Who says a claim: the last of its chain.
    pub(crate) fn speaker(&self, claim: &Claim) -> Line {
        match claim.source.last() {
            Some(source) => {
                let side = source.id().map(|id| self.names.side(id)).unwrap_or_default();
                vec![Run::Side(side, self.names.filler(source, &claim.document))]
            }
            None => vec![text(self.outlet(claim))],
        }
    }

    /// Outlet, day and title of a report, in a line.
    pub(crate) fn report_name(&self, report: &ReportHead) -> String {
        let mut words = vec![
            report
                .publisher
                .as_deref()
                .map_or("an outlet without a name".into(), |name| self.names.outlet(name)),
        ];
        words.extend(report.published.map(phrase::day));
        words.extend(report.title.as_deref().map(|title| self.names.text(title, Some(&report.id))));
        words.join(", ")
    }

    /// What a claim was read as: "Capture by Islamic State · Ayyash · at least 50 killed".
    pub(crate) fn claim_line(&self, claim: &Claim) -> Line {
        let fillers = |fillers: &[gainsay_model::Filler]| {
            let one = |filler: &gainsay_model::Filler| {
                let side = filler.id().map(|id| self.names.side(id)).unwrap_or_default();
                let name = self.names.filler(filler, &claim.document);
                vec![if side.is_empty() { text(name) } else { Run::Side(side, name) }]
            };
            join(fillers.iter().map(one).collect(), ", ", " and ")
        };
        let mut line = self.headline(claim.kind, fillers(&claim.actor), fillers(&claim.target));
        for place in &claim.place {
            line.push(soft(" · "));
            match place.id().filter(|id| self.place_anchor(id).is_some()) {
                Some(id) => line.push(self.place(id)),
                None => line.push(text(self.names.filler(place, &claim.document))),
            }
        }
        if let Some(count) = claim.count.as_ref().and_then(|count| self.count(count)) {
            line.push(soft(" · "));
            line.push(strong(count));
        }
        if let Some(degree) = claim.degree {
            line.push(soft(format!(" · {}", degree.as_str())));
        }
        if let Some(means) = &claim.means {
            line.push(soft(format!(" · {}", self.names.text(&means.replace('_', " "), None))));
        }
        line
    }
}
