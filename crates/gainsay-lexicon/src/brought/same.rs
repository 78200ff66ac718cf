//! Which rows of a brought list are places that are built in.
//!
//! **Takes** a place of another list: its P-code, or its names, kind and point. **Gives** the built-in place it is.
//! **Never** guesses: an equal P-code, or an equal name on a place of the same sort nearby.

use std::collections::{BTreeMap, HashMap};

use super::{classes, km};
use crate::fold;
use crate::gazetteer::Gazetteer;

/// What built-in places are known by.
#[derive(Debug, Default)]
pub struct Same {
    /// Ids, sorted: what is pointed to by number.
    pub ids: Vec<String>,
    by_pcode: HashMap<String, u32>,
    by_key: HashMap<String, Vec<u32>>,
    kinds: Vec<String>,
    points: Vec<(f64, f64)>,
    countries: BTreeMap<[u8; 2], u32>,
    within: Vec<Option<u32>>,
}

/// Words that lists add to the names of what they contain.
const ENDINGS: [&str; 11] = [
    " governorate",
    " province",
    " district",
    " subdistrict",
    " sub-district",
    " oblast",
    " raion",
    " region",
    " muhafazat",
    " nahiyah",
    " county",
];

impl Same {
    /// Over the built-in places.
    pub fn of(gazetteer: &Gazetteer) -> Same {
        let mut same = Same::default();
        for (n, place) in gazetteer.places.values().enumerate() {
            let n = n as u32;
            same.ids.push(place.id.clone());
            same.kinds.push(place.kind.clone());
            same.points.push((place.lat, place.lon));
            if let Some(pcode) = &place.pcode {
                same.by_pcode.insert(pcode.to_lowercase(), n);
                if let (&[a, b], "country") = (pcode.as_bytes(), place.kind.as_str()) {
                    same.countries.insert([a, b], n);
                }
            }
            for name in std::iter::once(&place.name).chain(&place.names) {
                for name in [name.as_str(), without_ending(name)] {
                    let bearers = same.by_key.entry(fold::key(name)).or_default();
                    if bearers.last() != Some(&n) {
                        bearers.push(n);
                    }
                }
            }
        }
        let country = |id: &String| gazetteer.ancestors(id).into_iter().find(|place| place.kind == "country");
        same.within = same.ids.iter().map(|id| same.number(&country(id)?.id)).collect();
        same
    }

    /// Whether any built-in place bears a name of one of these keys.
    pub fn knows(&self, keys: &[String]) -> bool {
        keys.iter().any(|key| self.by_key.contains_key(key))
    }

    /// Degrees north and east of a place.
    pub fn point(&self, number: u32) -> (f64, f64) {
        self.points.get(number as usize).copied().unwrap_or_default()
    }

    /// The governorate or district of this name in the country that an administrative code begins with ("SY.09").
    pub fn of_code(&self, code: &str, name: &str) -> Option<u32> {
        let mut parts = code.split('.');
        let country = self.country(<[u8; 2]>::try_from(parts.next()?.as_bytes()).ok()?)?;
        let kind = if parts.count() == 1 { "governorate" } else { "district" };
        let bearers = self.by_key.get(&fold::key(without_ending(name)))?;
        let fits = |n: &&u32| self.kinds[**n as usize] == kind && self.within[**n as usize] == Some(country);
        bearers.iter().find(fits).copied()
    }

    /// The number of a built-in id.
    pub fn number(&self, id: &str) -> Option<u32> {
        self.ids.binary_search_by(|own| own.as_str().cmp(id)).ok().map(|at| at as u32)
    }

    /// The country with this ISO 3166 code.
    pub fn country(&self, code: [u8; 2]) -> Option<u32> {
        self.countries.get(&code).copied()
    }

    /// The code of a built-in country.
    pub fn code(&self, country: &str) -> Option<[u8; 2]> {
        let number = self.number(country)?;
        self.countries.iter().find(|(_, own)| **own == number).map(|(code, _)| *code)
    }

    /// The place with this P-code.
    pub fn with_pcode(&self, pcode: &str) -> Option<u32> {
        self.by_pcode.get(&pcode.to_lowercase()).copied()
    }

    /// The place that bears one of these keys, is of such a kind and lies about here.
    pub fn named(&self, keys: &[String], kind: &str, at: (f64, f64)) -> Option<u32> {
        let bearers = keys.iter().filter_map(|key| self.by_key.get(key)).flatten();
        let near = bearers.filter_map(|&n| {
            let own = self.kinds[n as usize].as_str();
            let far = km(at, self.points[n as usize]);
            (sort(own) == sort(kind) && far <= reach(own, kind)).then_some((far, n))
        });
        near.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1))).map(|(_, n)| n)
    }
}

/// A name without the word for what it is ("Deir ez-Zor Governorate").
pub fn without_ending(name: &str) -> &str {
    let lower = name.to_ascii_lowercase();
    let ending = ENDINGS.iter().find(|ending| lower.ends_with(**ending));
    ending.map_or(name, |ending| &name[..name.len() - ending.len()])
}

/// Kinds that lists tell apart otherwise than each other.
fn sort(kind: &str) -> &str {
    match kind {
        kind if classes::is_settlement(kind) => "settlement",
        "base" | "airport" => "base",
        "province" => "governorate",
        kind => kind,
    }
}

/// How far from each other, in kilometres, two lists may put one place.
fn reach(own: &str, other: &str) -> f64 {
    match (own, other) {
        ("country", _) => f64::INFINITY,
        ("governorate" | "region" | "river" | "road", _) => 150.0,
        ("district", _) => 40.0,
        ("city", "city") => 15.0,
        ("city" | "town" | "lake" | "mountain", _) => 8.0,
        _ => 4.0,
    }
}
