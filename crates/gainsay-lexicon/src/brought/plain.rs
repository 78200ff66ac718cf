//! Lists that fit into memory: their places found parents, and written.
//!
//! **Takes** places as a format's reader found them. **Gives** a list. **Never** makes up a point: a place for which
//! none is known is refused.

use std::collections::{BTreeMap, HashMap};
use std::io::{Seek, Write};

use super::build::{About, Builder, Failed};
use super::classes::{self, KINDS};
use super::record::{NewPlace, Points, Rows, keys};
use super::refused::Refused;
use super::same::{Same, without_ending};
use super::shapes::{Shape, Shapes};
use super::sort::Scratch;
use crate::gazetteer::Gazetteer;

/// The most places of a list that is held in memory.
pub const MOST: usize = 2_000_000;

/// Why a list was not made.
#[derive(Debug)]
pub enum Problem {
    /// Bad lines.
    Refused(Refused),
    /// The disk.
    Disk(std::io::Error),
    /// Enough was seen.
    Stopped,
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Problem {
        Problem::Refused(refused)
    }
}

impl From<std::io::Error> for Problem {
    fn from(error: std::io::Error) -> Problem {
        Problem::Disk(error)
    }
}

impl From<Failed> for Problem {
    fn from(failed: Failed) -> Problem {
        match failed {
            Failed::Disk(error) => Problem::Disk(error),
            Failed::Twice(a, b) => {
                Refused::because("the list", 0, format!("rows {} and {} have one id", a + 1, b + 1)).into()
            }
            Failed::TooMany => {
                Refused::because("the list", 0, "more rows or names than a list may have").into()
            }
        }
    }
}

/// What a new list may point to outside itself: built-in places, and places with boundaries of lists that are there.
#[derive(Debug, Clone, Default)]
pub struct Outside {
    /// Ids: first those of [`Same::ids`], then those with boundaries.
    pub ids: Vec<String>,
    shapes: Vec<(u32, Shape, [f64; 4])>,
}

impl Outside {
    /// Over what a gazetteer holds; with its boundaries the smallest first.
    pub fn of(gazetteer: &Gazetteer, same: &Same) -> Outside {
        let mut outside = Outside { ids: same.ids.clone(), shapes: Vec::new() };
        let mut found: Vec<(String, &Shape)> = Vec::new();
        for list in gazetteer.brought.lists() {
            for (row, shape) in list.shapes.all() {
                let place = list.id(row).and_then(|id| gazetteer.place(id));
                found.extend(place.map(|place| (place.id.clone(), shape)));
            }
        }
        found.sort_by(|a, b| a.1.area().total_cmp(&b.1.area()).then(a.0.cmp(&b.0)));
        for (id, shape) in found {
            let number = same.number(&id).unwrap_or_else(|| {
                outside.ids.push(id);
                outside.ids.len() as u32 - 1
            });
            outside.shapes.extend(shape.extent().map(|extent| (number, shape.clone(), extent)));
        }
        outside
    }

    /// The smallest place that a list brought whose boundary holds the point.
    pub fn around(&self, lon: f64, lat: f64) -> Option<u32> {
        let near =
            |[west, south, east, north]: [f64; 4]| lon >= west && lon <= east && lat >= south && lat <= north;
        let inside = |(_, shape, extent): &&(u32, Shape, [f64; 4])| near(*extent) && shape.holds([lon, lat]);
        self.shapes.iter().find(inside).map(|(number, ..)| *number)
    }
}

/// A place of a list that fits into memory.
#[derive(Debug, Clone, Default)]
pub struct Plain {
    /// The line it stands on, or the number of its feature.
    pub line: u64,
    /// File.
    pub file: String,
    /// Its id.
    pub id: String,
    /// P-code; empty where it has none.
    pub pcode: String,
    /// Name.
    pub name: String,
    /// Other names.
    pub names: Vec<String>,
    /// Kind.
    pub kind: &'static str,
    /// Degrees north and east, where known.
    pub at: Option<(f64, f64)>,
    /// Id of what contains it, in the list or built in, where known.
    pub parent: Option<String>,
    /// Inhabitants; 0 where unknown.
    pub population: u64,
    /// ISO 3166 code of its country, or zeros.
    pub country: [u8; 2],
    /// Boundary.
    pub shape: Option<Shape>,
}

/// Makes a list of places.
///
/// # Errors
/// Places of which nobody knows where they lie, ids given twice, or that the disk refused.
pub fn write<W: Write + Seek>(
    mut places: Vec<Plain>,
    same: &Same,
    mut outside: Outside,
    scratch: &dyn Scratch,
    to: &mut W,
) -> Result<About, Problem> {
    let mut refused = Refused::default();
    let mut rows: HashMap<String, usize> = HashMap::new();
    for (n, place) in places.iter().enumerate() {
        if let Some(first) = rows.insert(place.id.clone(), n) {
            let first = &places[first];
            let what = format!("the id `{}` again, which stands in {}:{}", place.id, first.file, first.line);
            refused.add(&place.file, place.line, what);
        }
    }
    let mut own = Shapes::default();
    for (n, place) in places.iter_mut().enumerate() {
        if let Some(shape) = place.shape.take() {
            let simple = shape.simplified();
            place.at = place.at.or_else(|| simple.middle().map(|[lon, lat]| (lat, lon)));
            own.put(n as u32, simple);
        }
    }
    let which: Vec<Option<u32>> = places.iter().map(|place| which(place, same)).collect();
    // A place without a point that contains some that have one lies in their middle.
    let mut inside: BTreeMap<usize, (f64, f64, f64)> = BTreeMap::new();
    for place in &places {
        let holders = std::iter::successors(place.parent.as_ref().and_then(|id| rows.get(id)), |n| {
            places[**n].parent.as_ref().and_then(|id| rows.get(id))
        });
        if let Some((lat, lon)) = place.at {
            for holder in holders.take(8) {
                let sum = inside.entry(*holder).or_default();
                *sum = (sum.0 + lat, sum.1 + lon, sum.2 + 1.0);
            }
        }
    }
    for (n, place) in places.iter_mut().enumerate() {
        let middle = || inside.get(&n).map(|(lat, lon, count)| (lat / count, lon / count));
        place.at = place.at.or_else(middle).or_else(|| which[n].map(|number| same.point(number)));
        if place.at.is_none() {
            let what = format!(
                "`{}` has no point: add columns with its latitude and longitude, or give a file with boundaries",
                place.name
            );
            refused.add(&place.file, place.line, what);
        }
    }
    refused.or_ok()?;
    let mut builder = Builder::new(to, scratch)?;
    let mut out = Rows::from(0);
    for (n, place) in places.iter().enumerate() {
        let (lat, lon) = place.at.unwrap_or_default();
        let listed = place.parent.as_ref().and_then(|id| match rows.get(id) {
            Some(row) => Some(Points::Row(*row as u32)),
            None => outside.ids.iter().position(|own| own == id).map(|number| Points::Outside(number as u32)),
        });
        let listed = match (&place.parent, listed) {
            (Some(id), None) => {
                outside.ids.push(id.clone());
                Some(Points::Outside(outside.ids.len() as u32 - 1))
            }
            (_, listed) => listed,
        };
        let drawn = || {
            own.around([lon, lat])
                .into_iter()
                .find(|row| wider(&places[*row as usize], place, *row as usize, n))
        };
        let parent = listed
            .or_else(|| drawn().map(Points::Row))
            .or_else(|| outside.around(lon, lat).map(Points::Outside))
            .or_else(|| same.country(place.country).map(Points::Outside))
            .filter(|parent| *parent != Points::Row(n as u32) && place.kind != "country");
        let names: Vec<&str> = place.names.iter().map(String::as_str).collect();
        let all = std::iter::once(place.name.as_str()).chain(names.iter().copied());
        let row = NewPlace {
            id: &place.id,
            pcode: &place.pcode,
            name: &place.name,
            names: &names,
            kind: classes::number(place.kind),
            rank: classes::rank(place.kind, place.population),
            lat,
            lon,
            parent: parent.unwrap_or_default(),
            same: which[n].map(Points::Outside).unwrap_or_default(),
            population: u32::try_from(place.population).unwrap_or(u32::MAX),
            country: place.country,
        };
        out.put(&row, &keys(all));
    }
    builder.put(out)?;
    Ok(builder.finish(KINDS.map(str::to_owned).to_vec(), outside.ids, &own, &mut |_| {})?.1)
}

/// Whether the first is a sort of place that contains the second.
fn wider(outer: &Plain, inner: &Plain, outer_row: usize, row: usize) -> bool {
    let depth = |kind: &str| match kind {
        "country" => 0,
        "governorate" => 1,
        "region" => 1,
        "district" => 2,
        "area" => 3,
        _ => 4,
    };
    outer_row != row && depth(outer.kind) < depth(inner.kind)
}

/// The built-in place that one is: by its id, its P-code, or its name and where it lies.
fn which(place: &Plain, same: &Same) -> Option<u32> {
    let named = || {
        let names = std::iter::once(&place.name).chain(&place.names);
        let names = names.flat_map(|name| [name.as_str(), without_ending(name)]);
        same.named(&keys(names), place.kind, place.at?)
    };
    let coded =
        || Some(&place.pcode).filter(|pcode| !pcode.is_empty()).and_then(|pcode| same.with_pcode(pcode));
    let country = || (place.kind == "country").then(|| same.country(place.country)).flatten();
    same.number(&place.id).or_else(coded).or_else(country).or_else(named)
}
