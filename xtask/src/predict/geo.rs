//! Predictions for labelled place names.

use gainsay_lexicon::Words;
use gainsay_model::{CodePoints, NameClass, Reading, Report};
use serde_json::{Value, json};

use super::points;

/// `{id, toponyms: [{start, end, lat, lon}]}`; places that the gazetteer does not hold have no coordinates.
pub(super) fn line(report: &Report, reading: &Reading) -> Value {
    let index = CodePoints::of(&report.text);
    let named = reading.names.iter().filter(|name| {
        name.class == NameClass::Place
            && !matches!(&*name.rule, "names.noun" | "names.coref" | "names.pronoun")
    });
    let toponyms = named.map(|name| {
        let mut value = points(&index, &report.text, name.span);
        let place = name.entities.first().and_then(|entity| Words::builtin().gazetteer.place(&entity.id));
        if let Some(place) = place {
            value["lat"] = place.lat.into();
            value["lon"] = place.lon.into();
        }
        value
    });
    json!({"id": report.id, "toponyms": toponyms.collect::<Vec<_>>()})
}
