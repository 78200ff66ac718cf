//! What users bring: their own lists of places, actors, sources and people, and their own codebook.
//!
//! Lists of places may hold millions of rows, so they are not loaded but looked up in the bytes of a file:
//! [`geonames`], [`cod`] and [`csv`] read what others publish, [`build`] makes the file, [`list`] looks up in it.
//! [`Brought`] asks all lists of one run, the first one first.
//!
//! **Takes** bytes that somebody else has read or mapped, and readers. **Gives** places.
//! **Never** opens a file itself, and knows no report: whether a name means one of these places is for reading and
//! linking to decide.

pub mod build;
pub mod classes;
pub mod cod;
pub mod csv;
pub mod features;
pub mod geonames;
pub mod layout;
pub mod list;
pub mod plain;
pub mod record;
pub mod refused;
pub mod same;
pub mod shapes;
pub mod sort;
pub mod tables;

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

pub use list::PlaceList;
pub use refused::{Bad, Refused};

use crate::fold;
use crate::gazetteer::{Gazetteer, Place};
use record::{Points, Record};

/// How many places of one name are looked at in each list, and how many more in each country that is asked for.
const MOST: usize = 24;

/// How many entries of one name are gone through for those.
const FARTHEST: usize = 4096;

/// Two places of one name this near to each other, in kilometres, are one, listed twice.
const ONE_KM: f64 = 12.0;

/// How many steps up are gone at most.
const DEEPEST: usize = 12;

/// The lists of places of one run.
#[derive(Debug, Default)]
pub struct Brought {
    lists: Vec<PlaceList>,
    /// Places that somebody asked for. They are few against the lists, and live as long as the words of the run do:
    /// until the program ends.
    known: RwLock<HashMap<String, &'static Place>>,
}

/// A place of a list that bears a name.
#[derive(Debug, Clone)]
pub struct Borne<'g> {
    list: usize,
    row: u32,
    record: Record,
    /// Whether it is written just so, but for capitals.
    pub exact: bool,
    /// Its kind.
    pub kind: &'g str,
    /// How prominent it is, 0 to 255; see [`classes`].
    pub rank: u8,
    /// ISO 3166 code of its country, or zeros.
    pub country: [u8; 2],
}

impl Borne<'_> {
    /// Degrees north and east.
    pub fn lat_lon(&self) -> (f64, f64) {
        (self.record.lat, self.record.lon)
    }

    /// Whether people live in it, or are kept in it.
    pub fn is_settlement(&self) -> bool {
        classes::is_settlement(self.kind)
    }
}

impl Brought {
    /// Lists, the one that wins over the others first.
    pub fn of(lists: Vec<PlaceList>) -> Brought {
        Brought { lists, known: RwLock::default() }
    }

    /// Whether there is no list.
    pub fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }

    /// The lists.
    pub fn lists(&self) -> &[PlaceList] {
        &self.lists
    }

    fn known(&self, id: &str) -> Option<&'static Place> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).get(id).copied()
    }

    /// The id that a pointer of a list points to.
    fn id(&self, list: usize, points: Points) -> Option<&str> {
        let list = self.lists.get(list)?;
        match points {
            Points::Nowhere => None,
            Points::Row(row) => match list.record(row)?.same {
                Points::Outside(other) => list.about.outside.get(other as usize).map(String::as_str),
                _ => list.id(row),
            },
            Points::Outside(id) => list.about.outside.get(id as usize).map(String::as_str),
        }
    }

    fn make(&self, list: usize, row: u32) -> Option<&'static Place> {
        let own = &self.lists[list];
        let record = own.record(row)?;
        let texts = own.texts(&record)?;
        if let Some(known) = self.known(texts.id) {
            return Some(known);
        }
        let place: &'static Place = Box::leak(Box::new(Place {
            id: texts.id.to_owned(),
            name: texts.name.to_owned(),
            kind: own.kind(&record).to_owned(),
            parent: self.id(list, record.parent).filter(|parent| *parent != texts.id).map(str::to_owned),
            lat: record.lat,
            lon: record.lon,
            pcode: Some(texts.pcode.to_owned()).filter(|pcode| !pcode.is_empty()),
            extent: own.shapes.of_row(row).map(|(extent, _)| extent),
            names: texts.names.iter().map(|name| (*name).to_owned()).collect(),
        }));
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        Some(*known.entry(texts.id.to_owned()).or_insert(place))
    }
}

impl Gazetteer {
    /// The place of a list with this id: one that is also built in is that one.
    pub(crate) fn brought(&self, id: &str) -> Option<&Place> {
        if self.brought.is_empty() {
            return None;
        }
        if let Some(known) = self.brought.known(id) {
            return Some(known);
        }
        self.brought.lists.iter().enumerate().find_map(|(list, own)| {
            let row = own.row(id)?;
            match own.record(row)?.same {
                Points::Outside(_) => self.places.get(self.brought.id(list, Points::Row(row))?),
                _ => self.brought.make(list, row),
            }
        })
    }

    /// The places of brought lists that bear this name, in its letters or in any that fold to the same key, the
    /// likeliest to be meant without any context first. Of a name that many bear those in these countries are looked
    /// at too, however small. A place that several lists hold is given once, as the first list has it.
    pub fn bearing(&self, name: &str, countries: &[[u8; 2]]) -> Vec<Borne<'_>> {
        if self.brought.is_empty() {
            return Vec::new();
        }
        let key = fold::key(name);
        let lower = name.to_lowercase();
        let mut found: Vec<Borne> = Vec::new();
        for (list, own) in self.brought.lists.iter().enumerate() {
            let mut inside = vec![0; countries.len()];
            for (n, hit) in own.bearing(&key).take(FARTHEST).enumerate() {
                let at = countries.iter().position(|country| *country == hit.country);
                let wanted = match at {
                    Some(at) => {
                        inside[at] += 1;
                        inside[at] <= MOST
                    }
                    None => n < MOST,
                };
                let Some((record, texts)) = Some(hit.row)
                    .filter(|_| wanted)
                    .and_then(|row| own.record(row))
                    .and_then(|record| Some((record, own.texts(&record)?)))
                else {
                    continue;
                };
                let mut names = std::iter::once(texts.name).chain(texts.names);
                let exact = names.any(|written| written == name || written.to_lowercase() == lower);
                let (rank, country) = (hit.rank, hit.country);
                found.push(Borne {
                    list,
                    row: hit.row,
                    record,
                    exact,
                    kind: own.kind(&record),
                    rank,
                    country,
                });
            }
        }
        let order =
            |one: &Borne| (!one.exact, std::cmp::Reverse(one.rank), !one.is_settlement(), one.list, one.row);
        found.sort_by_key(order);
        let mut kept: Vec<Borne> = Vec::new();
        for one in found {
            let twin = |other: &Borne| {
                let wide = |it: &Borne| !classes::is_point(it.kind);
                (wide(&one) == wide(other) || other.is_settlement())
                    && km(one.lat_lon(), other.lat_lon()) <= ONE_KM
            };
            match kept.iter().position(twin) {
                // The list that comes first knows it better.
                Some(at) if one.list < kept[at].list && one.is_settlement() == kept[at].is_settlement() => {
                    kept[at] = Borne { exact: kept[at].exact, rank: kept[at].rank.max(one.rank), ..one };
                }
                Some(_) => {}
                None => kept.push(one),
            }
        }
        kept
    }

    /// The place that was found under a name: a built-in one where it is one of those.
    pub fn found(&self, borne: &Borne) -> Option<&Place> {
        match borne.record.same {
            Points::Nowhere => self.brought.make(borne.list, borne.row),
            same => self.place(self.brought.id(borne.list, same)?),
        }
    }

    /// The ids of the places that contain what was found under a name, from the nearest outward, its own first.
    pub fn around(&self, borne: &Borne) -> Vec<&str> {
        let mut ids: Vec<&str> = Vec::new();
        let mut points = Points::Row(borne.row);
        while let Some(id) = self.brought.id(borne.list, points) {
            if ids.contains(&id) || ids.len() >= DEEPEST {
                break;
            }
            ids.push(id);
            if let Some(place) = self.places.get(id) {
                ids.extend(self.ancestors(&place.id).into_iter().map(|outer| outer.id.as_str()));
                break;
            }
            points = match points {
                Points::Row(row) => match self.brought.lists[borne.list].record(row) {
                    Some(record) => record.parent,
                    None => break,
                },
                // In another list.
                _ => {
                    ids.extend(self.ancestors(id).into_iter().map(|outer| outer.id.as_str()));
                    break;
                }
            };
        }
        ids
    }

    /// The boundary of a place that a list brought, for maps.
    pub fn boundary(&self, id: &str) -> Option<&shapes::Shape> {
        self.brought.lists.iter().enumerate().find_map(|(n, list)| {
            let own = |row: &u32| self.brought.id(n, Points::Row(*row)) == Some(id);
            list.shapes.all().find(|(row, _)| own(row)).map(|(_, shape)| shape)
        })
    }
}

/// Kilometres between two points given as degrees north and east, on a sphere of 6371 km (haversine; Sinnott 1984).
pub fn km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (dy, dx) = ((b.0 - a.0).to_radians() / 2.0, (b.1 - a.1).to_radians() / 2.0);
    let h = dy.sin().powi(2) + a.0.to_radians().cos() * b.0.to_radians().cos() * dx.sin().powi(2);
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests;
