//! Networks of roads, bridges and crossings, as GeoJSON that any map program edits.
//!
//! Each feature is a way. Its properties say what it is: `id`, `kind` (road, bridge, crossing, ferry, air),
//! `between` (the two places it joins, as ids of the gazetteer), and where they are known `name`, `through` (places
//! on it, from the first to the second) and `place` (its own entry in the gazetteer, as claims name it). What it
//! looks like on the map is left to the map.

use std::path::Path;

use gainsay_lexicon::Gazetteer;
use gainsay_weigh::access::{Network, Way};
use serde_json::Value;

use crate::Error;

/// The Euphrates valley between Raqqa and al-Qaim, which comes with the examples.
const EUPHRATES: &str = include_str!("../../../examples/deir-ez-zor/network.geojson");

/// The network that comes with gainsay.
///
/// # Errors
/// Never in a released build: a test reads it.
pub fn builtin(gazetteer: &Gazetteer) -> Result<Network, Error> {
    read("network.geojson", EUPHRATES, gazetteer)
}

/// The network in a file.
///
/// # Errors
/// When the file cannot be read, is no GeoJSON, or holds a way that is incomplete or leads to no known place.
pub fn open(path: &Path, gazetteer: &Gazetteer) -> Result<Network, Error> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| Error::input(format!("{name}: {error}")))?;
    read(&name, &text, gazetteer)
}

fn read(name: &str, text: &str, gazetteer: &Gazetteer) -> Result<Network, Error> {
    let file: Value =
        serde_json::from_str(text).map_err(|error| Error::input(format!("{name}: no JSON: {error}")))?;
    let features = file["features"].as_array().ok_or_else(|| {
        Error::input(format!("{name}: no GeoJSON feature collection: it has no `features`"))
    })?;
    let mut ways: Vec<Way> = Vec::new();
    for (n, feature) in features.iter().enumerate() {
        let wrong = |what: String| Error::input(format!("{name}: feature {}: {what}", n + 1));
        let way: Way = serde_json::from_value(feature["properties"].clone())
            .map_err(|error| wrong(format!("its properties are no way: {error}")))?;
        let places = way.between.iter().chain(&way.through).chain(&way.place);
        if let Some(unknown) = places.into_iter().find(|place| gazetteer.place(place).is_none()) {
            return Err(wrong(format!("`{}`: the gazetteer has no place with the id `{unknown}`", way.id)));
        }
        if ways.iter().any(|other| other.id == way.id) {
            return Err(wrong(format!("a second way with the id `{}`", way.id)));
        }
        ways.push(way);
    }
    Ok(Network::new(ways))
}

#[cfg(test)]
mod tests {
    use super::*;
    use gainsay_lexicon::Words;

    fn wrong(text: &str) -> String {
        read("mine.geojson", text, &Words::builtin().gazetteer).unwrap_err().to_string()
    }

    #[test]
    fn the_network_that_comes_with_gainsay_holds_together() {
        let network = builtin(&Words::builtin().gazetteer).unwrap();
        assert!(network.ways.iter().any(|way| way.place.as_deref() == Some("siyasiyeh-bridge")));
    }

    #[test]
    fn what_is_wrong_with_a_network_is_said_with_its_place() {
        assert!(wrong("[").starts_with("mine.geojson: no JSON"));
        assert!(wrong("{}").contains("no `features`"));
        let way = |properties: &str| format!(r#"{{"features": [{{"properties": {properties}}}]}}"#);
        assert!(wrong(&way("{}")).contains("feature 1: its properties are no way: missing field `id`"));
        let nowhere = way(r#"{"id": "x", "kind": "road", "between": ["deir-ez-zor-city", "atlantis"]}"#);
        assert!(wrong(&nowhere).contains("no place with the id `atlantis`"));
        let unknown = way(r#"{"id": "x", "kind": "tunnel", "between": ["deir-ez-zor-city", "mayadin"]}"#);
        assert!(wrong(&unknown).contains("tunnel"));
    }
}
