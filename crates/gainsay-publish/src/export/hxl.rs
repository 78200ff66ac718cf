//! HXL 1.1: CSV with a heading row and a row of hashtags, an event a row.
//!
//! Low and high stand in columns of their own, for `#affected` must be a number; places bear OCHA P-codes where the
//! gazetteer has them.

use std::io::{self, Write};

use gainsay_lexicon::{Place, fold};
use gainsay_model::Date;

use super::codes::Codes;
use super::deaths;
use super::ged::behind;
use super::input::{Export, Index};
use super::loss::{Became, Loss};
use super::place;
use crate::csv::{Table, number};

/// The columns in their order; their hashtags are in `data/export/hxl-tags.tsv`.
pub const COLUMNS: [&str; 31] = [
    "event_id",
    "event_type",
    "date_start",
    "date_end",
    "date_reported",
    "country_code",
    "country_name",
    "adm1_code",
    "adm1_name",
    "adm1_name_ar",
    "adm2_code",
    "adm2_name",
    "loc_code",
    "loc_name",
    "loc_name_ar",
    "lat",
    "lon",
    "precision",
    "actor",
    "actor_target",
    "killed_min",
    "killed_best",
    "killed_max",
    "killed_civilians",
    "injured_min",
    "injured_max",
    "idps",
    "source",
    "roots",
    "grade",
    "url",
];

/// Writes the table.
///
/// # Errors
/// Those of `out`.
pub fn write(export: &Export, out: &mut dyn Write, loss: &mut Loss) -> io::Result<()> {
    let index = Index::of(export, &export.tallies);
    let mut table = Table::new(&COLUMNS);
    let tags = &Codes::get().hxl;
    table.row(COLUMNS.iter().map(|column| tags[column].tag.to_owned()).collect());
    let (mut nowhere, mut further, mut merged) = (0, 0, 0);
    for event in &export.events {
        let claims: Vec<_> = index.behind(&event.claims).collect();
        let spot = place::spot(export, &event.place);
        nowhere += usize::from(spot.is_none());
        further += event.place.len().saturating_sub(1);
        let adm1 = spot.as_ref().and_then(|spot| spot.adm1);
        let adm2 = spot.as_ref().and_then(|spot| spot.adm2);
        let loc = spot
            .as_ref()
            .map(|spot| spot.place)
            .filter(|place| !matches!(place.kind.as_str(), "country" | "governorate" | "district"));
        let documents = index.documents(&event.claims);
        let said: Vec<Date> = claims.iter().filter_map(|said| said.published).collect();
        merged += said.len().saturating_sub(1);
        let (killed, injured) = (&event.killed, &event.injured);
        let civilians = deaths::group(index.tallies(&event.id), "civilians");
        let mut urls: Vec<&str> = documents.iter().filter_map(|one| one.report.url.as_deref()).collect();
        urls.dedup();
        let mut outlets: Vec<&str> =
            documents.iter().filter_map(|one| one.report.publisher.as_deref()).collect();
        outlets.sort_unstable();
        outlets.dedup();
        let grade = [&event.grade.occurrence, &event.grade.attribution, &event.grade.count];
        let idps = claims
            .iter()
            .filter_map(|said| said.claim.count.as_ref())
            .filter(|count| count.what == gainsay_model::Measure::Displaced);
        let name = |place: Option<&Place>| place.map(|place| place.name.clone()).unwrap_or_default();
        let arabic = |place: Option<&Place>| {
            let names = place.map(|place| place.names.as_slice()).unwrap_or_default();
            names.iter().find(|name| fold::is_arabic(name)).cloned().unwrap_or_default()
        };
        let pcode = |place: Option<&Place>| place.and_then(|place| place.pcode.clone()).unwrap_or_default();
        let country = spot.as_ref().and_then(|spot| spot.country);
        table.row(vec![
            event.id.clone(),
            event.kind.as_str().to_owned(),
            number(event.time.start),
            number(event.time.end),
            number(said.iter().min()),
            spot.as_ref().and_then(|spot| spot.codes).map(|codes| codes.iso3.to_owned()).unwrap_or_default(),
            name(country),
            pcode(adm1),
            name(adm1),
            arabic(adm1),
            pcode(adm2),
            name(adm2),
            pcode(loc),
            name(loc),
            arabic(loc),
            number(spot.as_ref().map(|spot| spot.point.1)),
            number(spot.as_ref().map(|spot| spot.point.0)),
            spot.as_ref().map(|spot| precision(spot.precision.ged).to_owned()).unwrap_or_default(),
            export.names(&event.actors),
            export.names(&event.targets),
            number(killed.low),
            number(killed.best),
            number(killed.high),
            number(civilians.best.or(civilians.low)),
            number(injured.low),
            number(injured.high),
            number(idps.filter_map(|count| count.low.or(count.high)).min()),
            outlets.join("; "),
            export.names(&event.roots),
            grade
                .iter()
                .map(|grade| if grade.is_empty() { "-" } else { grade.as_str() })
                .collect::<Vec<_>>()
                .join("/"),
            urls.first().map(|url| (*url).to_owned()).unwrap_or_default(),
        ]);
        let urls = urls.len().saturating_sub(1);
        loss.dropped("reports", "url", urls, "one address a row; the others are left out");
    }
    loss.wrote("events", export.events.len());
    loss.dropped(
        "events",
        "point",
        nowhere,
        "no place that the gazetteer knows: coordinates and codes are empty",
    );
    loss.dropped("events", "places", further, "one place a row");
    loss.note("claims", "published", Became::Merged, merged, "the day of the first report alone");
    let best = export.events.iter().filter(|event| event.injured.best.is_some()).count();
    loss.dropped("events", "injured.best", best, "least and greatest alone");
    let guarded = table.guarded();
    loss.note(
        "events",
        "text",
        Became::Replaced,
        guarded,
        "an apostrophe stands before what a spreadsheet would run",
    );
    behind(export, export.claims.iter().filter(|said| said.event.is_some()), "hxl", loss);
    out.write_all(table.into_text().as_bytes())
}

/// UCDP's `where_prec` in words.
fn precision(ged: u8) -> &'static str {
    match ged {
        1 => "exact",
        2 => "near",
        3 => "adm2",
        4 => "adm1",
        6 => "adm0",
        _ => "vague",
    }
}
