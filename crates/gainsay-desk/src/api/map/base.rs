//! Names on the ground of the map, drawn from the gazetteer.

use std::sync::OnceLock;

use axum::body::Bytes;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use gainsay::Words;
use serde_json::{Value, json};
use utoipa::ToSchema;

/// The ground of the map.
#[derive(ToSchema)]
#[schema(as = MapGround)]
#[allow(dead_code, reason = "describes what is written by hand")]
pub struct Ground {
    /// A GeoJSON collection of points with id, name, name_ar, kind and rank.
    #[schema(value_type = Object)]
    places: Value,
}

/// The places of the gazetteer with their names, as GeoJSON.
#[utoipa::path(get, path = "/api/map/base",
    responses((status = 200, body = Ground)))]
pub async fn base() -> Response {
    static MADE: OnceLock<Bytes> = OnceLock::new();
    let made = MADE.get_or_init(|| Bytes::from(json!({ "places": places() }).to_string()));
    ([(header::CONTENT_TYPE, "application/json")], made.clone()).into_response()
}

fn places() -> Value {
    let words = Words::builtin();
    let feature = |place: &gainsay::Place| {
        let arabic =
            place.names.iter().find(|name| name.chars().any(|c| ('\u{600}'..'\u{700}').contains(&c)));
        let rank = rank(&place.kind)?;
        Some(json!({
            "type": "Feature",
            "geometry": { "type": "Point", "coordinates": [place.lon, place.lat] },
            "properties": {
                "id": place.id, "name": place.name, "name_ar": arabic, "kind": place.kind, "rank": rank
            }
        }))
    };
    let features: Vec<Value> = words.gazetteer.places.values().filter_map(feature).collect();
    json!({ "type": "FeatureCollection", "features": features })
}

/// What is labelled first; nothing for what is an area, not a point.
fn rank(kind: &str) -> Option<u8> {
    match kind {
        "country" => Some(1),
        "city" => Some(2),
        "town" => Some(3),
        "village" | "camp" => Some(4),
        "governorate" | "district" | "subdistrict" | "region" | "river" | "road" | "area" => None,
        _ => Some(5),
    }
}
