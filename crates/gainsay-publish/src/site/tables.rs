//! The site's tables, as comma-separated values. Ids are those that the pages' files have; a private name is in none.

use super::Site;
use super::lang::Lang;
use super::paths::Sort;
use crate::csv::{Table, number};

/// Each table's name and the table.
pub(super) fn tables(site: &Site) -> Vec<(&'static str, Table)> {
    vec![
        ("claims", claims(site)),
        ("displacement", displacement(site)),
        ("disputes", disputes(site)),
        ("events", events(site)),
        ("holdings", holdings(site)),
        ("sieges", sieges(site)),
        ("sources", sources(site)),
        ("tolls", tolls(site)),
    ]
}

fn places(site: &Site, ids: &[String]) -> String {
    ids.iter().map(|id| site.place_name(Lang::En, id)).collect::<Vec<_>>().join("; ")
}

fn whos(site: &Site, ids: &[String]) -> String {
    ids.iter().map(|id| site.who_name(Lang::En, id)).collect::<Vec<_>>().join("; ")
}

fn page(site: &Site, sort: Sort, id: &str) -> String {
    site.paths.of(sort, id).unwrap_or_default().to_owned()
}

/// Where figures' words are: pages and anchors.
fn words(site: &Site, claims: &[String]) -> String {
    let found = claims.iter().filter_map(|id| site.cites.get(id.as_str()));
    found.map(|(file, anchor)| format!("{file}#{anchor}")).collect::<Vec<_>>().join(" ")
}

/// Latitude and longitude of the first place that has any.
fn point(site: &Site, ids: &[String]) -> [String; 2] {
    let point = ids.iter().find_map(|id| site.point(id));
    point.map_or_else(Default::default, |(lon, lat)| [lat.to_string(), lon.to_string()])
}

fn claims(site: &Site) -> Table {
    let mut table = Table::new(&[
        "page",
        "report",
        "outlet",
        "published",
        "kind",
        "status",
        "unverified",
        "actor",
        "target",
        "place",
        "from",
        "to",
        "measure",
        "low",
        "high",
        "source",
        "quote",
    ]);
    for claim in &site.view.claims {
        let document = Some(claim.document.as_str());
        let report = site.view.report(&claim.document);
        let fillers = |all: &[gainsay_model::Filler]| {
            all.iter()
                .map(|filler| site.view.names.filler(filler, &claim.document))
                .collect::<Vec<_>>()
                .join("; ")
        };
        let quotes: Vec<String> =
            claim.evidence.iter().map(|evidence| site.view.names.text(&evidence.exact, document)).collect();
        let count = claim.count.as_ref();
        table.row(vec![
            words(site, std::slice::from_ref(&claim.id)),
            site.report_name(Lang::En, &claim.document),
            report
                .and_then(|report| report.publisher.as_deref())
                .map(|name| site.view.names.outlet(name))
                .unwrap_or_default(),
            number(report.and_then(|report| report.published)),
            claim.kind.to_string(),
            claim.status.to_string(),
            claim.unverified.to_string(),
            fillers(&claim.actor),
            fillers(&claim.target),
            fillers(&claim.place),
            number(claim.time.and_then(|time| time.start)),
            number(claim.time.and_then(|time| time.end)),
            count.map(|count| count.what.to_string()).unwrap_or_default(),
            number(count.and_then(|count| count.low)),
            number(count.and_then(|count| count.high)),
            fillers(&claim.source),
            quotes.join(" … "),
        ]);
    }
    table
}

fn events(site: &Site) -> Table {
    let mut table = Table::new(&[
        "page",
        "kind",
        "places",
        "lat",
        "lon",
        "from",
        "to",
        "actors",
        "targets",
        "killed low",
        "killed best",
        "killed high",
        "policy",
        "voices",
        "disputed",
        "words",
    ]);
    for event in &site.view.events {
        let [lat, lon] = point(site, &event.place);
        table.row(vec![
            page(site, Sort::Event, &event.id),
            event.kind.to_string(),
            places(site, &event.place),
            lat,
            lon,
            number(event.time.start),
            number(event.time.end),
            whos(site, &event.actors),
            whos(site, &event.targets),
            number(event.killed.low),
            number(event.killed.best),
            number(event.killed.high),
            event.killed.policy.clone(),
            event.roots.len().to_string(),
            site.disputed_events.contains(event.id.as_str()).to_string(),
            words(site, &event.claims),
        ]);
    }
    table
}

fn holdings(site: &Site) -> Table {
    let mut table =
        Table::new(&["page", "place", "lat", "lon", "state", "holders", "degree", "from", "to", "words"]);
    for holding in site.input.brief.holdings {
        let [lat, lon] = point(site, std::slice::from_ref(&holding.place));
        table.row(vec![
            page(site, Sort::Place, &holding.place),
            site.place_name(Lang::En, &holding.place),
            lat,
            lon,
            holding.state.as_str().to_owned(),
            whos(site, &holding.holders),
            number(holding.degree),
            holding.from.to_string(),
            number(holding.to),
            words(site, &holding.claims),
        ]);
    }
    table
}

fn sieges(site: &Site) -> Table {
    let mut table = Table::new(&[
        "page",
        "place",
        "lat",
        "lon",
        "besiegers",
        "from",
        "to",
        "cut off",
        "disputed",
        "words",
    ]);
    for siege in site.input.brief.sieges {
        let [lat, lon] = point(site, std::slice::from_ref(&siege.place));
        let cut: Vec<&str> = siege.cut.iter().map(|cut| cut.as_str()).collect();
        table.row(vec![
            page(site, Sort::Place, &siege.place),
            site.place_name(Lang::En, &siege.place),
            lat,
            lon,
            whos(site, &siege.besiegers),
            number(siege.from),
            number(siege.to),
            cut.join("; "),
            siege.disputed.to_string(),
            words(site, &siege.claims),
        ]);
    }
    table
}

fn disputes(site: &Site) -> Table {
    let mut table = Table::new(&["page", "about", "kind", "revision", "version", "voices", "words"]);
    for (dispute, _) in &site.view.disputes {
        for side in &dispute.sides {
            table.row(vec![
                page(site, Sort::Dispute, &dispute.id),
                site.dispute_name(Lang::En, dispute),
                dispute.kind.as_str().to_owned(),
                dispute.revision.to_string(),
                super::lists::value(site, Lang::En, &side.value),
                whos(site, &side.roots),
                words(site, &side.claims),
            ]);
        }
    }
    table
}

fn tolls(site: &Site) -> Table {
    let mut table = Table::new(&[
        "event page",
        "place",
        "from",
        "to",
        "measure",
        "group",
        "policy",
        "source",
        "side",
        "low",
        "best",
        "high",
        "words",
    ]);
    for tally in site.input.brief.tallies {
        let scope = &tally.scope;
        let event = scope.event.as_deref().and_then(|id| site.view.event(id));
        let head = || {
            vec![
                scope.event.as_deref().map(|id| page(site, Sort::Event, id)).unwrap_or_default(),
                scope.place.as_deref().map(|id| site.place_name(Lang::En, id)).unwrap_or_default(),
                number(scope.from.or(event.and_then(|event| event.time.start))),
                number(scope.to.or(event.and_then(|event| event.time.end))),
                tally.measure.to_string(),
                super::lists::value(site, Lang::En, &tally.group),
                tally.policy.clone(),
            ]
        };
        let all: Vec<String> = tally.by_source.iter().flat_map(|voice| voice.claims.clone()).collect();
        let sum = vec![
            "all".into(),
            String::new(),
            number(tally.low),
            number(tally.best),
            number(tally.high),
            words(site, &all),
        ];
        table.row([head(), sum].concat());
        for voice in &tally.by_source {
            let own = vec![
                site.who_name(Lang::En, &voice.source),
                voice.side.clone(),
                number(voice.low),
                String::new(),
                number(voice.high),
                words(site, &voice.claims),
            ];
            table.row([head(), own].concat());
        }
    }
    table
}

fn displacement(site: &Site) -> Table {
    let mut table = Table::new(&[
        "place",
        "from",
        "to",
        "what",
        "low",
        "high",
        "group",
        "source",
        "side",
        "unverified",
        "words",
    ]);
    for row in site.input.brief.displacement {
        table.row(vec![
            places(site, &row.place),
            number(row.from),
            number(row.to),
            if row.kind == crate::DisplacementKind::Stock { "displaced" } else { "fled" }.to_owned(),
            number(row.low),
            number(row.high),
            super::lists::value(site, Lang::En, &row.group),
            site.who_name(Lang::En, &row.root),
            row.side.clone(),
            row.unverified.to_string(),
            words(site, &row.claims),
        ]);
    }
    table
}

fn sources(site: &Site) -> Table {
    let mut table =
        Table::new(&["page", "name", "kind", "side", "grade", "claims", "reports", "cites", "cited by"]);
    for source in site.input.brief.sources {
        table.row(vec![
            page(site, Sort::Source, &source.id),
            site.who_name(Lang::En, &source.id),
            source.kind.clone(),
            source.side.clone(),
            source.letter.clone(),
            source.claims.to_string(),
            source.reports.to_string(),
            whos(site, &source.cites),
            whos(site, &source.cited_by),
        ]);
    }
    table
}
