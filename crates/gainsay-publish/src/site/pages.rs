//! Pages about one thing each, a folder deep.

use gainsay_model::{ClaimId, Dispute, Event};
use maud::{Markup, html};

use super::Site;
use super::lang::Lang;
use super::lists::{state, value};
use super::page::{cell, part, table};
use super::paths::Sort;

/// From here to the root of the language.
const UP: &str = "../";
/// So many claims are given in full on a page; all are on their reports' pages.
const CLAIMS: usize = 60;

/// A page's title and what it holds.
pub(super) fn page(site: &Site, lang: Lang, sort: Sort, id: &str) -> (String, Markup) {
    match sort {
        Sort::Place => (site.place_name(lang, id), place(site, lang, id)),
        Sort::Event => (site.event_name(lang, id), event(site, lang, id)),
        Sort::Dispute => dispute(site, lang, id),
        Sort::Source => (site.who_name(lang, id), source(site, lang, id)),
        Sort::Actor => (site.who_name(lang, id), actor(site, lang, id)),
        Sort::Report => (site.report_name(lang, id), report(site, lang, id)),
    }
}

fn heads(lang: Lang, keys: &[&str]) -> Vec<&'static str> {
    keys.iter().map(|key| lang.t(key)).collect()
}

fn place(site: &Site, lang: Lang, id: &str) -> Markup {
    let brief = &site.input.brief;
    let gazetteer = &brief.words.gazetteer;
    let known = gazetteer.place(id);
    let parent = known.and_then(|place| place.parent.as_deref());
    let within: Vec<String> = site
        .paths
        .all(Sort::Place)
        .filter(|other| gazetteer.place(other).is_some_and(|place| place.parent.as_deref() == Some(id)))
        .map(str::to_owned)
        .collect();
    let holdings: Vec<_> = brief.holdings.iter().filter(|holding| holding.place == id).collect();
    let sieges: Vec<_> = brief.sieges.iter().filter(|siege| siege.place == id).collect();
    let events: Vec<&Event> =
        site.view.events.iter().copied().filter(|event| event.place.iter().any(|own| own == id)).collect();
    let disputes: Vec<&Dispute> =
        brief.disputes.iter().filter(|dispute| dispute.about.place.as_deref() == Some(id)).collect();
    let fled: Vec<_> =
        brief.displacement.iter().filter(|row| row.place.iter().any(|own| own == id)).collect();
    html! {
        dl.facts {
            @if let Some(place) = known { div { dt { (lang.t("head.kind")) } dd { (place.kind) } } }
            @if let Some(parent) = parent { div { dt { (lang.t("part.within")) } dd { (site.place(lang, UP, parent)) } } }
            @if let Some((lon, lat)) = site.point(id) { div { dt { (lang.t("note.coordinates")) } dd dir="ltr" { (lat) ", " (lon) } } }
        }
        @if !within.is_empty() { p.within { (lang.t("part.within")) ": " (site.places(lang, UP, &within)) } }
        (part(lang.t("part.holdings"), !holdings.is_empty(), table(&heads(lang, &["head.days", "head.holder", "head.state", "head.evidence"]), holdings.iter().map(|holding| vec![
            html! { (lang.day(holding.from)) " – " (holding.to.map_or_else(|| lang.t("note.lasting").to_owned(), |day| lang.day(day))) },
            site.whos(lang, UP, Sort::Actor, &holding.holders),
            state(lang, holding.state, site.disputed.contains(id)),
            site.cite(UP, &holding.claims),
        ]).collect())))
        (part(lang.t("part.sieges"), !sieges.is_empty(), table(&heads(lang, &["head.days", "head.besiegers", "head.cut", "head.evidence"]), sieges.iter().map(|siege| vec![
            cell(lang.days(siege.from, siege.to)),
            html! { (site.whos(lang, UP, Sort::Actor, &siege.besiegers)) @if siege.disputed { " " span.chip.disputed { (lang.t("state.disputed")) } } },
            cell(siege.cut.iter().map(|cut| lang.t(&format!("cut.{}", cut.as_str()))).collect::<Vec<_>>().join(", ")),
            site.cite(UP, &siege.claims),
        ]).collect())))
        (events_part(site, lang, &events))
        (disputes_part(site, lang, &disputes))
        (part(lang.t("part.displacement"), !fled.is_empty(), table(&heads(lang, &["head.days", "head.people", "head.source", "head.evidence"]), fled.iter().map(|row| vec![
            cell(lang.days(row.from, row.to)),
            html! { (lang.range(row.low, row.high)) @if row.unverified { " " span.chip.weak { (lang.t("note.unverified")) } } },
            site.who(lang, UP, Sort::Source, &row.root),
            site.cite(UP, &row.claims),
        ]).collect())))
    }
}

fn events_part(site: &Site, lang: Lang, events: &[&Event]) -> Markup {
    let row = |event: &&Event| {
        vec![
            site.link(UP, Sort::Event, &event.id, &site.event_name(lang, &event.id)),
            cell(lang.days(event.time.start, event.time.end)),
            cell(site.toll(lang, &event.killed)),
            site.cite(UP, &event.claims),
        ]
    };
    let head = heads(lang, &["head.event", "head.days", "head.killed", "head.evidence"]);
    part(lang.t("part.events"), !events.is_empty(), table(&head, events.iter().map(row).collect()))
}

fn disputes_part(site: &Site, lang: Lang, disputes: &[&Dispute]) -> Markup {
    part(
        lang.t("part.disputes"),
        !disputes.is_empty(),
        html! { ul.plain { @for dispute in disputes { li { (site.link(UP, Sort::Dispute, &dispute.id, &site.dispute_name(lang, dispute))) } } } },
    )
}

fn event(site: &Site, lang: Lang, id: &str) -> Markup {
    let Some(event) = site.view.event(id) else { return html! {} };
    let brief = &site.input.brief;
    let disputes: Vec<&Dispute> =
        brief.disputes.iter().filter(|dispute| dispute.about.event.as_deref() == Some(id)).collect();
    let parts: Vec<&Event> =
        site.view.events.iter().copied().filter(|other| other.part_of.as_deref() == Some(id)).collect();
    let tallies: Vec<_> =
        brief.tallies.iter().filter(|tally| tally.scope.event.as_deref() == Some(id)).collect();
    let rows = tallies.iter().flat_map(|tally| {
        let group = format!("group.{}", tally.group);
        let of = if lang.messages().contains_key(&group) {
            lang.t(&group).to_owned()
        } else {
            value(site, lang, &tally.group)
        };
        let what = format!("{}, {of}", lang.t(&format!("measure.{}", tally.measure)));
        let all: Vec<ClaimId> = tally.by_source.iter().flat_map(|voice| voice.claims.clone()).collect();
        let sum = vec![
            cell(what.clone()),
            html! { em { (tally.policy) } },
            cell(lang.range(tally.low, tally.high)),
            cell(tally.best.map(crate::brief::phrase::number).unwrap_or_default()),
            site.cite(UP, &all),
        ];
        let voices = tally.by_source.iter().map(move |voice| {
            vec![
                cell(&what),
                site.who(lang, UP, Sort::Source, &voice.source),
                cell(lang.range(voice.low, voice.high)),
                cell(""),
                site.cite(UP, &voice.claims),
            ]
        });
        voices.chain([sum]).collect::<Vec<_>>()
    });
    html! {
        dl.facts {
            div { dt { (lang.t("head.days")) } dd { (lang.days(event.time.start, event.time.end)) } }
            @if !event.place.is_empty() { div { dt { (lang.t("slot.place")) } dd { (site.places(lang, UP, &event.place)) } } }
            @if !event.actors.is_empty() { div { dt { (lang.t("slot.actor")) } dd { (site.whos(lang, UP, Sort::Actor, &event.actors)) } } }
            @if !event.targets.is_empty() { div { dt { (lang.t("slot.target")) } dd { (site.whos(lang, UP, Sort::Actor, &event.targets)) } } }
            @if !site.toll(lang, &event.killed).is_empty() { div { dt { (lang.t("head.killed")) } dd { (site.toll(lang, &event.killed)) " " (site.cite(UP, &event.claims)) } } }
            @if !site.toll(lang, &event.injured).is_empty() { div { dt { (lang.t("measure.injured")) } dd { (site.toll(lang, &event.injured)) " " (site.cite(UP, &event.claims)) } } }
            div { dt { (lang.t("slot.roots")) } dd { (site.whos(lang, UP, Sort::Source, &event.roots)) } }
            @if let Some(whole) = &event.part_of { div { dt { (lang.t("note.whole")) } dd { (site.link(UP, Sort::Event, whole, &site.event_name(lang, whole))) } } }
        }
        (part(lang.t("part.tolls"), !tallies.is_empty(), table(&heads(lang, &["head.what", "head.source", "head.people", "head.best", "head.evidence"]), rows.collect())))
        (disputes_part(site, lang, &disputes))
        (part(lang.t("note.parts"), !parts.is_empty(), events_part(site, lang, &parts)))
        (claims_part(site, lang, &event.claims))
    }
}

fn claims_part(site: &Site, lang: Lang, ids: &[ClaimId]) -> Markup {
    let claims: Vec<_> = ids.iter().filter_map(|id| site.view.claim(id)).collect();
    part(
        lang.t("part.claims"),
        !claims.is_empty(),
        html! {
            @for claim in claims.iter().take(CLAIMS) { (site.claim(lang, UP, claim, false)) }
            @if claims.len() > CLAIMS { p.aside { (lang.with("note.more", "n", &(claims.len() - CLAIMS).to_string())) " " (site.cite(UP, &ids[CLAIMS..])) } }
        },
    )
}

fn dispute(site: &Site, lang: Lang, id: &str) -> (String, Markup) {
    let Some(dispute) = site.input.brief.disputes.iter().find(|dispute| dispute.id == id) else {
        return (lang.t("head.dispute").to_owned(), html! {});
    };
    let what = lang.t(&format!("dispute.{}", dispute.kind.as_str()));
    let markup = html! {
        p { @if dispute.revision { (lang.t("note.revision")) } @else { (lang.with("note.differ", "what", what)) } }
        dl.facts {
            @if let Some(event) = &dispute.about.event { div { dt { (lang.t("head.event")) } dd { (site.link(UP, Sort::Event, event, &site.event_name(lang, event))) } } }
            @if let Some(place) = &dispute.about.place { div { dt { (lang.t("head.place")) } dd { (site.place(lang, UP, place)) } } }
        }
        h2 { (lang.t("part.versions")) }
        div.versions {
            @for side in &dispute.sides {
                section {
                    h3 { bdi { (value(site, lang, &side.value)) } }
                    p { (lang.t("slot.roots")) ": " (site.whos(lang, UP, Sort::Source, &side.roots)) }
                    @for claim in side.claims.iter().filter_map(|id| site.view.claim(id)).take(CLAIMS) { (site.claim(lang, UP, claim, false)) }
                }
            }
        }
    };
    (site.dispute_name(lang, dispute), markup)
}

fn source(site: &Site, lang: Lang, id: &str) -> Markup {
    let brief = &site.input.brief;
    let Some(source) = brief.sources.iter().find(|source| source.id == id) else { return html! {} };
    let own: Vec<ClaimId> = site.by_source.get(id).cloned().unwrap_or_default();
    html! {
        dl.facts {
            div { dt { (lang.t("head.side")) } dd { (lang.t(&format!("side.{}", crate::brief::sides::of(&source.side).id))) } }
            @if !source.letter.is_empty() { div { dt { (lang.t("head.letter")) } dd { (source.letter) } } }
            div { dt { (lang.t("head.claims")) } dd { (source.claims) } }
            div { dt { (lang.t("head.reports")) } dd { (source.reports) } }
            @if !source.cites.is_empty() { div { dt { (lang.t("part.cites")) } dd { (site.whos(lang, UP, Sort::Source, &source.cites)) } } }
            @if !source.cited_by.is_empty() { div { dt { (lang.t("part.cited")) } dd { (site.whos(lang, UP, Sort::Source, &source.cited_by)) } } }
            @for all in &source.circular { div { dt { (lang.t("note.circular")) } dd { (site.whos(lang, UP, Sort::Source, all)) } } }
        }
        (claims_part(site, lang, &own))
    }
}

fn actor(site: &Site, lang: Lang, id: &str) -> Markup {
    let brief = &site.input.brief;
    let holds: Vec<_> =
        site.view.controls.iter().filter(|control| control.holders.iter().any(|own| own == id)).collect();
    let ties: Vec<_> = brief.ties.iter().filter(|tie| tie.a == id || tie.b == id).collect();
    let events: Vec<&Event> = site
        .view
        .events
        .iter()
        .copied()
        .filter(|event| event.actors.iter().chain(&event.targets).any(|own| own == id))
        .collect();
    html! {
        dl.facts { div { dt { (lang.t("head.side")) } dd { (super::page::mark(lang, &site.view.names.side(id))) (lang.t(&format!("side.{}", crate::brief::sides::of(&site.view.names.side(id)).id))) } } }
        (part(lang.t("part.holds"), !holds.is_empty(), table(&heads(lang, &["head.place", "head.state", "head.since", "head.evidence"]), holds.iter().map(|control| vec![
            site.place(lang, UP, &control.place),
            state(lang, control.state, site.disputed.contains(control.place.as_str())),
            cell(control.since.map(|day| lang.day(day)).unwrap_or_default()),
            site.cite(UP, &control.claims),
        ]).collect())))
        (part(lang.t("part.ties"), !ties.is_empty(), table(&heads(lang, &["head.name", "head.kind", "head.days", "head.evidence"]), ties.iter().map(|tie| vec![
            site.who(lang, UP, Sort::Actor, if tie.a == id { &tie.b } else { &tie.a }),
            cell(tie_word(lang, tie.tie)),
            cell(lang.days(tie.from, tie.to)),
            site.cite(UP, &tie.claims),
        ]).collect())))
        (events_part(site, lang, &events))
    }
}

/// How two actors stand to each other.
fn tie_word(lang: Lang, tie: gainsay_model::TieKind) -> String {
    let key = format!("tie.{}", crate::brief::phrase::tie_class(tie));
    lang.t(&key).to_owned()
}

fn report(site: &Site, lang: Lang, id: &str) -> Markup {
    let report = site.view.report(id);
    let outlet = report.and_then(|report| report.publisher.as_deref());
    let url = report.and_then(|report| report.url.as_deref()).and_then(|url| site.view.names.url(url));
    let claims = site.by_report.get(id).map(Vec::as_slice).unwrap_or_default();
    html! {
        dl.facts {
            div { dt { (lang.t("head.outlet")) } dd { bdi { (outlet.map_or_else(|| lang.t("note.nobody").to_owned(), |name| site.view.names.outlet(name))) } } }
            @if let Some(day) = report.and_then(|report| report.published) { div { dt { (lang.t("head.published")) } dd { (lang.day(day)) } } }
            @if let Some(url) = url { div { dt { (lang.t("head.report")) } dd { a href=(url) rel="noreferrer noopener" { (lang.t("note.original")) } } } }
        }
        p.aside { (lang.t("note.excerpt")) }
        @for claim in claims.iter().filter_map(|id| site.view.claim(id)) { (site.claim(lang, UP, claim, true)) }
    }
}
