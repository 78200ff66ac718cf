//! PLOVER: JSON, a record an event, with type, mode and quad code; no CAMEO code stands in it.
//!
//! Fields are those of the PLOVER manual; what it has and nobody knows is null.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::codes::Codes;
use super::ged::{behind, flat};
use super::input::{Document, Export, Index, Said};
use super::loss::{Became, Loss};
use super::{place, sides};

/// Writes the records: one array, a record a line.
///
/// # Errors
/// Those of `out`.
pub fn write(export: &Export, out: &mut dyn Write, loss: &mut Loss) -> io::Result<()> {
    let index = Index::of(export, &[]);
    let mut rows = 0;
    let mut used: Vec<&Said> = Vec::new();
    out.write_all(b"[")?;
    for event in &export.events {
        let claims: Vec<&Said> = index.behind(&event.claims).collect();
        let means = claims.iter().find_map(|said| said.claim.means.as_deref()).unwrap_or_default();
        let Some(code) = Codes::get().plover(event.kind, means) else {
            loss.dropped("events", "*", 1, "of a kind that PLOVER has no type for");
            continue;
        };
        let (killed, injured) = (&event.killed, &event.injured);
        let ranged = [killed, injured].iter().filter(|toll| toll.low != toll.high).count();
        loss.note("events", "size", Became::Merged, ranged, "one number: the best, else the least");
        loss.dropped("events", "grade", 1, "PLOVER has no grades");
        loss.dropped("events", "places", event.place.len().saturating_sub(1), "one place a record");
        loss.dropped(
            "claims",
            "evidence",
            claims.len().saturating_sub(1),
            "one text a record: that of the first claim",
        );
        let first = claims.first().copied();
        let source = first.and_then(|said| index.reports.get(said.report.as_str()).copied());
        let status = if claims.iter().all(|said| said.claim.status == gainsay_model::Status::Denied) {
            "no"
        } else {
            "yes"
        };
        let record = json!({
            "id": event.id,
            "has_event": status,
            "date": event.time.start.or(event.time.end),
            "time": null,
            "enddate": event.time.end.or(event.time.start),
            "endtime": null,
            "actor": event.actors.iter().map(|id| entity(export, id)).collect::<Vec<_>>(),
            "recipient": event.targets.iter().map(|id| entity(export, id)).collect::<Vec<_>>(),
            "event": [code.event],
            "event_loc": location(export, &event.place),
            "event_text": event.kind.as_str(),
            "quad_code": code.quad,
            "event_scale": null,
            "mode": if code.mode.is_empty() { json!([]) } else { json!([code.mode]) },
            "context": if means.is_empty() { json!([]) } else { json!([means]) },
            "size": {"dead": killed.best.or(killed.low), "injured": injured.best.or(injured.low), "arrested": arrested(&claims)},
            "link": event.part_of,
            "text": first.and_then(|said| said.claim.evidence.first()).map(|evidence| flat(&evidence.exact)),
            "text_info": text_info(first),
            "cite_info": source.map(cite),
            "coder": first.map(|said| said.claim.reader.clone()),
            "coded_date": null,
            "coded_time": null,
            "comment": format!("{} claims, {} independent voices", event.claims.len(), event.roots.len()),
        });
        out.write_all(if rows == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &record)?;
        rows += 1;
        used.extend(claims);
    }
    behind(export, used.into_iter(), "PLOVER", loss);
    loss.wrote("events", rows);
    out.write_all(b"\n]\n")
}

fn arrested(claims: &[&Said]) -> Option<u64> {
    let counts = claims.iter().filter_map(|said| said.claim.count.as_ref());
    counts
        .filter(|count| count.what == gainsay_model::Measure::Detained)
        .filter_map(|count| count.low.or(count.high))
        .min()
}

/// An actor: country, sector, name.
fn entity(export: &Export, id: &str) -> Value {
    let country = sides::party(export, id, false).and_then(|party| party.codes().map(|codes| codes.iso3));
    json!({
        "code": country,
        "sector": sides::sector(export, id),
        "entity_text": export.name(id),
        "identifier_id": null,
        "identifier_text": id,
        "religion": null, "ethnicity": null, "office": null, "gender": null, "age": null,
    })
}

fn location(export: &Export, places: &[String]) -> Value {
    let Some(spot) = place::spot(export, places) else {
        return json!({"extracted_place": places.first().map(|id| export.name(id)), "resolved_place": null});
    };
    json!({
        "extracted_place": export.name(&spot.place.id),
        "resolved_place": spot.place.id,
        "geonameid": null,
        "lat": spot.point.1,
        "lon": spot.point.0,
        "city": (spot.precision.ged <= 2).then(|| spot.place.name.clone()),
        "district": spot.adm2.map(|place| place.name.clone()),
        "province": spot.adm1.map(|place| place.name.clone()),
        "country": spot.country.map(|place| place.name.clone()),
        "country_code": spot.codes.map(|codes| codes.iso3),
        "feature_class": null,
        "feature_code": spot.place.kind,
        "resolution": spot.precision.plover,
    })
}

fn text_info(said: Option<&Said>) -> Value {
    let evidence = said.and_then(|said| said.claim.evidence.first());
    json!({
        "sequence": null,
        "start": evidence.map(|evidence| evidence.start),
        "end": evidence.map(|evidence| evidence.end),
        "text_story": null,
    })
}

fn cite(document: &Document) -> Value {
    let report = &document.report;
    json!({
        "id": report.id, "publisher": report.publisher, "title": report.title, "date": report.published,
        "url": report.url, "language": report.language, "text_sha256": document.text_sha256,
    })
}
