//! GeoJSON (RFC 7946): one collection of features, longitude before latitude, WGS 84.
//!
//! Properties are those of the JSON lines, with names beside ids; `noun` tells features apart: `event`, `claim`,
//! `holding`. Both times stand there: when it happened (`time_start`, `time_end`) and when it was said (`said_first`,
//! `said_last`, `published`).

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::cells::{self, Cell};
use super::columns::columns;
use super::{Became, Export, Loss, Noun, place};

/// Writes the collection.
///
/// # Errors
/// Those of `out`.
pub fn write(export: &Export, nouns: &[Noun], out: &mut dyn Write, loss: &mut Loss) -> io::Result<()> {
    out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
    let mut first = true;
    let mut feature = |out: &mut dyn Write, feature: &Value| {
        out.write_all(if first { b"\n" } else { b",\n" })?;
        first = false;
        serde_json::to_writer(out, feature).map_err(io::Error::from)
    };
    if nouns.contains(&Noun::Events) {
        let (mut nowhere, mut several) = (0, 0);
        for (event, row) in export.events.iter().zip(all(export, Noun::Events)) {
            let spots: Vec<(f64, f64)> =
                event.place.iter().filter_map(|id| place::of(export, id)).map(|spot| spot.point).collect();
            nowhere += usize::from(spots.is_empty());
            several += event.place.len().saturating_sub(spots.len());
            let mut own = properties(
                "event",
                Noun::Events,
                row,
                &["lat", "lon", "claims", "places", "actors", "targets", "roots"],
            );
            for (key, ids) in [
                ("places", &event.place),
                ("actors", &event.actors),
                ("targets", &event.targets),
                ("roots", &event.roots),
                ("claims", &event.claims),
            ] {
                own.insert(key.into(), json!(ids));
            }
            feature(out, &one(&format!("event:{}", event.id), &spots, own))?;
        }
        loss.wrote("events", export.events.len());
        loss.dropped(
            "events",
            "point",
            nowhere,
            "no place that the gazetteer can draw: a feature without geometry",
        );
        loss.dropped("events", "places", several.saturating_sub(nowhere), "further places without a point");
    }
    if nouns.contains(&Noun::Holdings) {
        let mut unseen = 0;
        for line in &export.controls {
            let Some(spot) = place::of(export, &line.place) else {
                unseen += 1;
                continue;
            };
            let own = json!({
                "noun": "holding", "place": line.place, "name": line.name, "at": line.at, "known_by": line.known_by,
                "according_to": line.according_to, "state": line.state.as_str(), "holders": line.holders,
                "holder_names": export.names(&line.holders), "side": cells::side_of(export, &line.holders),
                "degree": line.degree, "since": line.since, "age_days": line.age_days,
                "inherited_from": line.inherited_from, "claims": line.claims,
            });
            let Value::Object(own) = own else { continue };
            let by = line.according_to.as_deref().map(|by| format!("@{by}")).unwrap_or_default();
            feature(out, &one(&format!("holding:{}{by}", line.place), &[spot.point], own))?;
        }
        loss.wrote("holdings", export.controls.len() - unseen);
        loss.dropped("holdings", "place", unseen, "held places that the gazetteer cannot draw");
        let changes = export.holdings.len().saturating_sub(export.controls.len());
        loss.note(
            "holdings",
            "time",
            Became::Merged,
            changes,
            "one day alone: what was held before and after is not shown",
        );
    }
    if nouns.contains(&Noun::Claims) {
        let mut unseen = 0;
        for (said, row) in export.claims.iter().zip(all(export, Noun::Claims)) {
            let known = said.claim.place.iter().filter_map(|filler| place::of(export, filler.id()?));
            let spots: Vec<(f64, f64)> = known.map(|spot| spot.point).collect();
            if spots.is_empty() {
                unseen += 1;
                continue;
            }
            let mut own = properties("claim", Noun::Claims, row, &["lat", "lon", "roots"]);
            own.insert("roots".into(), json!(said.roots));
            feature(out, &one(&format!("claim:{}", said.claim.id), &spots, own))?;
        }
        loss.wrote("claims", export.claims.len() - unseen);
        loss.dropped("claims", "*", unseen, "claims of no place that the gazetteer can draw");
        let grounds = export.claims.iter().map(|said| said.claim.grounds.len()).sum();
        loss.dropped("claims", "grounds", grounds, "the rule that read each value is left out");
    }
    out.write_all(b"\n]}\n")
}

/// All rows of a noun.
fn all(export: &Export, noun: Noun) -> Vec<Vec<Cell>> {
    let mut all = Vec::new();
    cells::rows(export, noun, &mut |row| all.push(row));
    all
}

/// A row as properties, without some of its columns.
fn properties(name: &str, noun: Noun, row: Vec<Cell>, without: &[&str]) -> Map<String, Value> {
    let mut own = Map::new();
    own.insert("noun".into(), name.into());
    for ((column, _), cell) in columns(noun).iter().zip(row) {
        if !without.contains(column) {
            own.insert((*column).to_owned(), json_of(cell));
        }
    }
    own
}

fn json_of(cell: Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Text(text) => text.into(),
        Cell::Whole(number) => number.into(),
        Cell::Real(number) => number.into(),
        Cell::Yes(yes) => yes.into(),
        Cell::Day(day) => day.to_string().into(),
    }
}

/// One feature: a point, several, or none.
fn one(id: &str, points: &[(f64, f64)], properties: Map<String, Value>) -> Value {
    let mut points: Vec<[f64; 2]> = points.iter().map(|(lon, lat)| [*lon, *lat]).collect();
    points.dedup();
    let geometry = match points.as_slice() {
        [] => Value::Null,
        [point] => json!({"type": "Point", "coordinates": point}),
        several => json!({"type": "MultiPoint", "coordinates": several}),
    };
    json!({"type": "Feature", "id": id, "geometry": geometry, "properties": properties})
}
