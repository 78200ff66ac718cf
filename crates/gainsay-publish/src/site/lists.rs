//! Pages at the root: the map, the lists, search, and how it was made.

use std::collections::BTreeSet;

use gainsay_model::{Control, HoldingState};
use maud::{Markup, html};

use super::lang::Lang;
use super::page::{cell, mark, part, table};
use super::paths::Sort;
use super::{Site, tables};
use crate::brief::{NamePolicy, phrase, sides};

/// The page with the map.
pub(super) fn index(site: &Site, lang: Lang) -> Markup {
    let slider = |id: &str, key: &str| {
        html! {
            div.slider {
                label for=(id) { (lang.t(key)) }
                output id={ (id) "-day" } for=(id) {}
                input type="range" id=(id) step="1" min="0" max="0" value="0";
                button type="button" id={ (id) "-play" } aria-pressed="false" { (lang.t("map.play")) }
            }
        }
    };
    html! {
        section.map aria-label=(lang.t("nav.map")) {
            noscript { p.aside { (lang.t("map.noscript")) } }
            div.sliders { (slider("at", "map.at")) (slider("known", "map.known")) }
            div.canvas {
                svg #map role="img" tabindex="0" aria-label=(lang.t("map.title")) aria-describedby="map-keys" {}
                div.zoom role="group" {
                    button type="button" id="nearer" aria-label=(lang.t("map.nearer")) { "+" }
                    button type="button" id="farther" aria-label=(lang.t("map.farther")) { "−" }
                    button type="button" id="whole" { (lang.t("map.whole")) }
                }
            }
            p.aside #map-keys { (lang.t("map.keys")) }
            (legend(site, lang))
        }
        section {
            h2 { (lang.t("map.table")) }
            div #twin aria-live="off" { (controls(site, lang)) }
        }
        section {
            h2 { (lang.t("map.table.events")) }
            div #twin-events {}
        }
        (files(site, lang))
    }
}

/// What the marks mean; only sides that are on the map.
fn legend(site: &Site, lang: Lang) -> Markup {
    let held = site.input.stands.iter().flat_map(|stand| &stand.holders);
    let shown: BTreeSet<&str> = held.map(|id| sides::of(&site.view.names.side(id)).id).collect();
    let shown: Vec<_> = sides::SIDES.iter().filter(|side| shown.contains(side.id)).collect();
    html! {
        ul.legend {
            @for side in shown { li { (mark(lang, side.id)) (lang.t(&format!("side.{}", side.id))) } }
            @for (class, key) in [("held", "held"), ("claimed", "claimed"), ("contested", "contested"), ("disputed", "disputed"), ("siege", "siege"), ("toll", "event"), ("pale", "age")] {
                li { span class={ "key " (class) } {} (lang.t(&format!("map.legend.{key}"))) }
            }
        }
    }
}

/// Who holds what on the last day.
fn controls(site: &Site, lang: Lang) -> Markup {
    let known: Vec<&&Control> =
        site.view.controls.iter().filter(|control| control.state != HoldingState::Unknown).collect();
    if known.is_empty() {
        return html! { p.aside { (lang.t("map.none")) } };
    }
    let row = |control: &&&Control| {
        vec![
            site.place(lang, "", &control.place),
            site.whos(lang, "", Sort::Actor, &control.holders),
            state(lang, control.state, site.disputed.contains(control.place.as_str())),
            cell(control.since.map(|day| lang.day(day)).unwrap_or_default()),
            site.cite("", &control.claims),
        ]
    };
    let head =
        ["head.place", "head.holder", "head.state", "head.since", "head.evidence"].map(|key| lang.t(key));
    table(&head, known.iter().map(row).collect())
}

/// A state as a chip.
pub(super) fn state(lang: Lang, state: HoldingState, disputed: bool) -> Markup {
    html! {
        span class={ "chip " (state.as_str()) } { (lang.t(&format!("state.{}", state.as_str()))) }
        @if disputed { " " span.chip.disputed { (lang.t("state.disputed")) } }
    }
}

/// The tables to take along.
fn files(site: &Site, lang: Lang) -> Markup {
    let root = if lang == Lang::Ar { "../" } else { "" };
    html! {
        section {
            h2 { (lang.t("part.files")) }
            ul.files { @for (name, _) in tables::tables(site) { li { a href={ (root) "csv/" (name) ".csv" } download { (name) ".csv" } } } }
        }
    }
}

/// A list, or words on why it is empty.
fn list(lang: Lang, head: &[&str], rows: Vec<Vec<Markup>>) -> Markup {
    match rows.is_empty() {
        true => html! { p.aside { (lang.t("empty")) } },
        false => table(&head.iter().map(|key| lang.t(key)).collect::<Vec<_>>(), rows),
    }
}

/// All places.
pub(super) fn places(site: &Site, lang: Lang) -> Markup {
    let gazetteer = &site.input.brief.words.gazetteer;
    let mut ids: Vec<&str> = site.paths.all(Sort::Place).collect();
    ids.sort_by_key(|id| (phrase::sort_key(&site.place_name(lang, id)), *id));
    let row = |id: &&str| {
        let control = site.view.controls.iter().find(|control| control.place == **id);
        let events =
            site.view.events.iter().filter(|event| event.place.iter().any(|place| place == id)).count();
        vec![
            site.place(lang, "", id),
            cell(
                gazetteer
                    .place(id)
                    .and_then(|place| place.parent.as_deref())
                    .map(|id| site.place_name(lang, id))
                    .unwrap_or_default(),
            ),
            html! { @if let Some(control) = control { (site.whos(lang, "", Sort::Actor, &control.holders)) } },
            html! { @if let Some(control) = control { (state(lang, control.state, site.disputed.contains(id))) } },
            cell(events.to_string()),
        ]
    };
    list(
        lang,
        &["head.place", "part.within", "head.holder", "head.state", "nav.events"],
        ids.iter().map(row).collect(),
    )
}

/// All events, by day.
pub(super) fn events(site: &Site, lang: Lang) -> Markup {
    let row = |event: &&gainsay_model::Event| {
        vec![
            site.link("", Sort::Event, &event.id, &site.event_name(lang, &event.id)),
            cell(lang.days(event.time.start, event.time.end)),
            site.whos(lang, "", Sort::Actor, &event.actors),
            cell(site.toll(lang, &event.killed)),
            cell(event.roots.len().to_string()),
            html! { @if site.disputed_events.contains(event.id.as_str()) { span.chip.disputed { (lang.t("state.disputed")) } } },
            site.cite("", &event.claims),
        ]
    };
    let head = [
        "head.event",
        "head.days",
        "slot.actor",
        "head.killed",
        "head.voices",
        "head.dispute",
        "head.evidence",
    ];
    list(lang, &head, site.view.events.iter().map(row).collect())
}

/// All disputes and revisions.
pub(super) fn disputes(site: &Site, lang: Lang) -> Markup {
    let row = |(dispute, _): &(&gainsay_model::Dispute, String)| {
        let values: Vec<String> = dispute.sides.iter().map(|side| value(site, lang, &side.value)).collect();
        let claims: Vec<String> = dispute.sides.iter().flat_map(|side| side.claims.clone()).collect();
        vec![
            site.link("", Sort::Dispute, &dispute.id, &site.dispute_name(lang, dispute)),
            html! { @if dispute.revision { span.chip { (lang.t("dispute.revision")) } " " } (values.join(" ≠ ")) },
            site.cite("", &claims),
        ]
    };
    list(
        lang,
        &["head.dispute", "part.versions", "head.evidence"],
        site.view.disputes.iter().map(row).collect(),
    )
}

/// A version's value in words: a figure, a name, or a word of ours.
pub(super) fn value(site: &Site, lang: Lang, value: &str) -> String {
    let status = format!("status.{value}");
    match () {
        () if lang.messages().contains_key(&status) => lang.t(&status).to_owned(),
        () if value.chars().any(|c| c.is_ascii_digit()) && !site.view.names.is_listed(value) => {
            site.view.names.text(value, None)
        }
        () if site.input.brief.words.gazetteer.place(value).is_some() => site.place_name(lang, value),
        () => {
            value.split(['+', ',']).map(|one| site.who_name(lang, one.trim())).collect::<Vec<_>>().join(", ")
        }
    }
}

/// All sources.
pub(super) fn sources(site: &Site, lang: Lang) -> Markup {
    let mut all: Vec<_> = site.input.brief.sources.iter().collect();
    all.sort_by(|a, b| b.claims.cmp(&a.claims).then_with(|| a.id.cmp(&b.id)));
    let row = |source: &&gainsay_model::SourceView| {
        vec![
            site.who(lang, "", Sort::Source, &source.id),
            cell(lang.t(&format!("side.{}", sides::of(&source.side).id))),
            cell(&source.letter),
            cell(source.claims.to_string()),
            cell(source.reports.to_string()),
        ]
    };
    list(
        lang,
        &["head.source", "head.side", "head.letter", "head.claims", "head.reports"],
        all.iter().map(row).collect(),
    )
}

/// All actors.
pub(super) fn actors(site: &Site, lang: Lang) -> Markup {
    let mut ids: Vec<&str> = site.paths.all(Sort::Actor).collect();
    ids.sort_by_key(|id| (phrase::sort_key(&site.who_name(lang, id)), *id));
    let row = |id: &&str| {
        let with =
            |event: &&&gainsay_model::Event| event.actors.iter().chain(&event.targets).any(|own| own == id);
        vec![
            site.who(lang, "", Sort::Actor, id),
            cell(lang.t(&format!("side.{}", sides::of(&site.view.names.side(id)).id))),
            cell(site.view.events.iter().filter(with).count().to_string()),
        ]
    };
    list(lang, &["head.name", "head.side", "nav.events"], ids.iter().map(row).collect())
}

/// All reports that anything was read from.
pub(super) fn reports(site: &Site, lang: Lang) -> Markup {
    let mut ids: Vec<&str> = site.by_report.keys().copied().collect();
    ids.sort_by_key(|id| (site.view.report(id).and_then(|report| report.published), *id));
    let row = |id: &&str| {
        let report = site.view.report(id);
        let outlet = report.and_then(|report| report.publisher.as_deref());
        vec![
            site.link("", Sort::Report, id, &site.report_name(lang, id)),
            html! { bdi { (outlet.map_or_else(|| lang.t("note.nobody").to_owned(), |name| site.view.names.outlet(name))) } },
            cell(report.and_then(|report| report.published).map(|day| lang.day(day)).unwrap_or_default()),
            cell(site.by_report[*id].len().to_string()),
        ]
    };
    list(
        lang,
        &["head.report", "head.outlet", "head.published", "head.claims"],
        ids.iter().map(row).collect(),
    )
}

/// The page to search on.
pub(super) fn search(lang: Lang) -> Markup {
    html! {
        noscript { p.aside { (lang.t("search.noscript")) } }
        p { label for="q" { (lang.t("search.label")) } }
        p { input #q type="search" autocomplete="off" spellcheck="false" dir="auto"; }
        p.aside #hint role="status" { (lang.t("search.hint")) }
        ul #found data-none=(lang.t("search.none")) data-hint=(lang.t("search.hint")) {}
    }
}

/// How it was made and what to bear in mind.
pub(super) fn methods(site: &Site, lang: Lang) -> Markup {
    let brief = &site.input.brief;
    let readers: BTreeSet<String> = brief
        .claims
        .iter()
        .filter(|claim| !claim.reader.is_empty())
        .map(|claim| site.view.names.text(&claim.reader, None))
        .collect();
    let readers = readers.into_iter().collect::<Vec<_>>().join(", ");
    let names = if brief.names == NamePolicy::Pseudonyms { "method.names" } else { "method.open" };
    let coarse = match brief.coarsen_km {
        0 => lang.t("method.fine").to_owned(),
        km => lang.with("method.coarse", "km", &km.to_string()),
    };
    html! {
        ul.prose {
            @if !readers.is_empty() { li { (lang.with("method.read", "readers", &readers)) } }
            @for key in ["method.times", "method.roots", "method.ucdp", "method.held", "method.quotes", "method.map"] { li { (lang.t(key)) } }
            li { (lang.t(names)) }
            li #coarse { (coarse) }
        }
        (part(lang.t("part.files"), true, files(site, lang)))
    }
}
