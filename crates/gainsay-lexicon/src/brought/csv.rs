//! Places from a CSV whose columns the user names: as Wikidata's query service gives them, or a desk's own.
//!
//! **Takes** features of a CSV ([`super::features::of_csv`]) and which column is what. **Gives** places; lines with one
//! id are one place with several names, as a query gives one line for each. **Never** guesses a kind: an unknown word
//! for it is an "area".

use std::collections::BTreeMap;

use super::classes;
use super::features::Feature;
use super::plain::Plain;
use super::refused::Refused;
use super::same::Same;
use crate::index::{NameIndex, NameKind};

/// Which column is what; by default those that a query of Wikidata gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns(BTreeMap<&'static str, String>);

/// What a column may be, and what it is called by default.
const MEANINGS: [(&str, &str); 12] = [
    ("id", "item"),
    ("name", "itemLabel"),
    ("names", "alt"),
    ("point", "coord"),
    ("kind", "type"),
    ("country", "country"),
    ("parent", "parent"),
    ("pcode", "pcode"),
    ("population", "population"),
    ("lat", "lat"),
    ("lon", "lon"),
    ("separator", "|"),
];

impl Default for Columns {
    fn default() -> Columns {
        Columns(MEANINGS.iter().map(|(what, name)| (*what, (*name).to_owned())).collect())
    }
}

impl Columns {
    /// Of `id=code,name=title,…`.
    ///
    /// # Errors
    /// What no column may be.
    pub fn parse(text: &str) -> Result<Columns, String> {
        let mut columns = Columns::default();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let known = || MEANINGS.map(|(what, _)| what).join(", ");
            let (what, name) = part
                .split_once('=')
                .ok_or_else(|| format!("{part:?} is not WHAT=COLUMN; WHAT is one of {}", known()))?;
            let own = MEANINGS.iter().find(|(own, _)| *own == what.trim());
            let (own, _) =
                own.ok_or_else(|| format!("{what:?} is nothing a column may be; one of {}", known()))?;
            columns.0.insert(own, name.trim().to_owned());
        }
        Ok(columns)
    }

    /// The column of a meaning: as it was named, or as Wikidata calls it, or as the meaning itself is called.
    fn of<'f>(&self, feature: &'f Feature, what: &str) -> Option<&'f str> {
        feature.cell(&[self.0.get(what)?, what])
    }
}

/// The places of a CSV.
///
/// # Errors
/// Every line that is none.
pub fn places(
    file: &str,
    features: &[Feature],
    columns: &Columns,
    same: &Same,
    index: &NameIndex,
) -> Result<Vec<Plain>, Refused> {
    let mut refused = Refused::default();
    for what in ["id", "name"] {
        let name = columns.0.get(what).map_or("", String::as_str);
        let named = |own: &str| own.eq_ignore_ascii_case(name) || own.eq_ignore_ascii_case(what);
        let has = features.first().is_some_and(|one| one.cells.iter().any(|(own, _)| named(own)));
        if !has {
            refused.add(file, 1, format!("no column {name:?} for the {what}; name it: --columns {what}=…"));
        }
    }
    refused.or_ok()?;
    let mut refused = Refused::default();
    let mut places: Vec<Plain> = Vec::new();
    let mut by_id: BTreeMap<String, usize> = BTreeMap::new();
    for feature in features {
        match place(file, feature, columns, same, index) {
            Ok(place) => match by_id.get(&place.id) {
                Some(&at) => more(&mut places[at], place),
                None => {
                    by_id.insert(place.id.clone(), places.len());
                    places.push(place);
                }
            },
            Err(what) => refused.add(file, feature.line, what),
        }
    }
    refused.or_ok().map(|()| places)
}

/// A further line of a place.
fn more(known: &mut Plain, other: Plain) {
    for name in std::iter::once(other.name).chain(other.names) {
        if name != known.name && !known.names.contains(&name) {
            known.names.push(name);
        }
    }
    known.at = known.at.or(other.at);
    known.parent = known.parent.take().or(other.parent);
    known.population = known.population.max(other.population);
    if known.kind == "area"
        || classes::rank(other.kind, 0) > classes::rank(known.kind, 0) && other.kind != "country"
    {
        known.kind = other.kind;
    }
}

fn place(
    file: &str,
    feature: &Feature,
    columns: &Columns,
    same: &Same,
    index: &NameIndex,
) -> Result<Plain, String> {
    let get = |what: &str| columns.of(feature, what);
    let item = get("id").ok_or("has no id")?;
    let id = item.rsplit('/').next().unwrap_or(item).to_lowercase();
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if id.is_empty() || id.len() > 120 || !id.chars().all(fits) {
        return Err(format!("{item:?} is no id: letters, digits, - _ . alone"));
    }
    let name = get("name").ok_or("has no name")?.to_owned();
    let separator = columns.0.get("separator").map_or("|", String::as_str);
    let all = get("names").unwrap_or_default();
    let separator = if all.contains(separator) || separator != "|" { separator } else { ";" };
    let names = all.split(separator).map(str::trim).filter(|other| !other.is_empty() && *other != name);
    let names: Vec<String> = names.map(str::to_owned).collect();
    let at = match get("point") {
        Some(text) => Some(point(text)?),
        None => match (get("lat"), get("lon")) {
            (Some(lat), Some(lon)) => Some(checked(lat, lon)?),
            _ => feature.at,
        },
    };
    let kind = get("kind").and_then(classes::of_word).unwrap_or("area");
    let country = match get("country") {
        None => [0; 2],
        Some(text) => country(text, same, index),
    };
    let population = match get("population") {
        None => 0,
        Some(text) => match text.replace([',', ' '], "").parse::<f64>() {
            Ok(number) if number >= 0.0 => number as u64,
            _ => return Err(format!("population is {text:?}, expected a number")),
        },
    };
    let parent = get("parent").map(|parent| parent.rsplit('/').next().unwrap_or(parent).to_lowercase());
    let pcode = get("pcode").unwrap_or_default().to_owned();
    let (file, line) = (file.to_owned(), feature.line);
    Ok(Plain { line, file, id, pcode, name, names, kind, at, parent, population, country, shape: None })
}

/// "Point(40.14 35.33)", longitude first, as Wikidata writes it.
fn point(text: &str) -> Result<(f64, f64), String> {
    let wrong = || format!("the point is {text:?}, expected Point(LONGITUDE LATITUDE)");
    // A globe may stand before it: "<http://www.wikidata.org/entity/Q405> Point(1 2)" lies on the Moon.
    if text.starts_with('<') {
        return Err(format!("{text:?} does not lie on the Earth"));
    }
    let lower = text.to_ascii_lowercase();
    let inner = lower.strip_prefix("point").and_then(|rest| rest.trim().strip_prefix('('));
    let inner = inner.and_then(|rest| rest.strip_suffix(')')).ok_or_else(wrong)?;
    let mut numbers = inner.split_whitespace();
    match (numbers.next(), numbers.next(), numbers.next()) {
        (Some(lon), Some(lat), None) => checked(lat, lon),
        _ => Err(wrong()),
    }
}

fn checked(lat: &str, lon: &str) -> Result<(f64, f64), String> {
    match (lat.parse::<f64>(), lon.parse::<f64>()) {
        (Ok(lat), Ok(lon)) if lat.abs() <= 90.0 && lon.abs() <= 180.0 => Ok((lat, lon)),
        _ => Err(format!("latitude {lat:?} and longitude {lon:?} are no degrees")),
    }
}

/// The ISO 3166 code of a country given by its code or name; zeros for one that is not known.
fn country(text: &str, same: &Same, index: &NameIndex) -> [u8; 2] {
    if let Ok(code) = <[u8; 2]>::try_from(text.as_bytes())
        && code.iter().all(u8::is_ascii_uppercase)
    {
        return code;
    }
    let found = index.find(text).iter().filter(|found| found.kind == NameKind::Place);
    found.filter_map(|found| same.code(&found.id)).next().unwrap_or_default()
}
