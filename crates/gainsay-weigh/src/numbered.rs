//! Places and actors by number: what is asked of them a million times over, answered without comparing names.
//!
//! Numbers go in the order of ids, so that sorting by number is sorting by id.

use std::collections::BTreeMap;

use crate::corpus::Names;
use crate::roots::{side, takes_side};

/// Places by number.
pub(crate) struct Atlas<'a> {
    ids: Vec<&'a str>,
    /// Those that contain each place, itself first, from the smallest outward.
    around: Vec<Vec<u32>>,
    governorate: Vec<Option<u32>>,
    kind: Vec<Option<&'a str>>,
    /// Thousandths of a degree north and east, and how wide a thousandth eastward is there, in thousandths of one
    /// northward.
    point: Vec<Option<[i64; 3]>>,
}

impl<'a> Atlas<'a> {
    /// These places, and all that contain them.
    pub(crate) fn of<'n: 'a>(names: &Names<'n>, places: impl IntoIterator<Item = &'a str>) -> Atlas<'a> {
        let mut ids: Vec<&'a str> = places.into_iter().collect();
        ids.sort_unstable();
        ids.dedup();
        let outer: Vec<&str> =
            ids.iter().flat_map(|id| names.gazetteer.ancestors(id)).map(|place| place.id.as_str()).collect();
        ids.extend(outer);
        ids.sort_unstable();
        ids.dedup();
        let mut atlas =
            Atlas { around: Vec::new(), governorate: Vec::new(), kind: Vec::new(), point: Vec::new(), ids };
        for &id in &atlas.ids {
            let number = |id: &str| find(&atlas.ids, id);
            let outer = names.gazetteer.ancestors(id);
            let around = [number(id)].into_iter().chain(outer.iter().map(|place| number(&place.id)));
            atlas.around.push(around.flatten().collect());
            atlas.governorate.push(names.gazetteer.governorate(id).and_then(|place| number(&place.id)));
            let place = names.gazetteer.place(id);
            atlas.kind.push(place.map(|place| place.kind.as_str()));
            let thousandths = |degrees: f64| (degrees * 1000.0) as i64;
            atlas.point.push(place.map(|place| {
                let narrow = thousandths(libm::cos(place.lat.to_radians()));
                [thousandths(place.lat), thousandths(place.lon), narrow]
            }));
        }
        atlas
    }

    /// The number of a place; `None` for one that is not among them.
    pub(crate) fn number(&self, id: &str) -> Option<u32> {
        find(&self.ids, id)
    }

    /// The place's id.
    #[cfg(test)]
    fn id(&self, place: u32) -> &'a str {
        self.ids[place as usize]
    }

    /// The place and those that contain it, from the smallest outward.
    pub(crate) fn around(&self, place: u32) -> &[u32] {
        &self.around[place as usize]
    }

    /// Whether `outer` is the place itself or contains it.
    pub(crate) fn within(&self, place: u32, outer: u32) -> bool {
        self.around(place).contains(&outer)
    }

    /// The governorate that contains the place, or that it is.
    pub(crate) fn governorate(&self, place: u32) -> Option<u32> {
        self.governorate[place as usize]
    }

    /// How far two places lie apart (km, rounded down; on a plane through both: short ways only). A thousandth of a
    /// degree is 111.2 m along a meridian.
    pub(crate) fn km(&self, a: u32, b: u32) -> Option<i64> {
        let ([north, east, narrow], [other_north, other_east, _]) =
            (self.point[a as usize]?, self.point[b as usize]?);
        let (north, east) = (north - other_north, (east - other_east) * narrow / 1000);
        Some((north * north + east * east).isqrt() * 111 / 1000)
    }

    /// What kind of place it is; `None` for one that the gazetteer does not know.
    pub(crate) fn kind(&self, place: u32) -> Option<&'a str> {
        self.kind[place as usize]
    }
}

/// Actors and sources by number.
pub(crate) struct Company<'a> {
    ids: Vec<&'a str>,
    /// Each with all it is a part of.
    wholes: Vec<Vec<u32>>,
    /// Whose side, where it is one that fights; 0 elsewhere.
    side: Vec<u32>,
}

impl<'a> Company<'a> {
    /// These actors, and all that they are parts of.
    pub(crate) fn of<'n: 'a>(names: &Names<'n>, actors: impl IntoIterator<Item = &'a str>) -> Company<'a> {
        let mut ids: Vec<&'a str> = actors.into_iter().collect();
        ids.sort_unstable();
        ids.dedup();
        let wholes: Vec<&'a str> = ids.iter().flat_map(|id| names.lexicon.wholes(id)).collect();
        ids.extend(wholes);
        ids.sort_unstable();
        ids.dedup();
        let mut sides: BTreeMap<String, u32> = BTreeMap::new();
        let mut side_of = |id: &str| {
            let side = side(names, id);
            let next = u32::try_from(sides.len() + 1).unwrap_or(u32::MAX);
            if takes_side(&side) { *sides.entry(side).or_insert(next) } else { 0 }
        };
        let side = ids.iter().map(|id| side_of(id)).collect();
        let wholes =
            ids.iter().map(|id| names.lexicon.wholes(id).iter().filter_map(|id| find(&ids, id)).collect());
        Company { wholes: wholes.collect(), side, ids }
    }

    /// The number of an actor; `None` for one that is not among them.
    pub(crate) fn number(&self, id: &str) -> Option<u32> {
        find(&self.ids, id)
    }

    /// Whether two actors are one, or one a part of the other.
    pub(crate) fn related(&self, a: u32, b: u32) -> bool {
        self.wholes[a as usize].contains(&b) || self.wholes[b as usize].contains(&a)
    }

    /// Whether the actor is on a known side of the fighting.
    pub(crate) fn takes_side(&self, actor: u32) -> bool {
        self.side[actor as usize] != 0
    }

    /// Whether two actors can be meant by one description: related, or on one side.
    pub(crate) fn one_side(&self, a: u32, b: u32) -> bool {
        let (ours, theirs) = (self.side[a as usize], self.side[b as usize]);
        a == b || (ours == theirs && ours != 0) || self.related(a, b)
    }
}

fn find(ids: &[&str], id: &str) -> Option<u32> {
    ids.binary_search(&id).ok().and_then(|at| u32::try_from(at).ok())
}

#[cfg(test)]
mod tests {
    use gainsay_lexicon::Words;

    use super::*;
    use crate::roots::Camps;

    #[test]
    fn numbers_answer_as_names_do() {
        let names = Names::from(Words::builtin());
        let places = ["raqqa-city", "aleppo-city", "nowhere", "syria", "aazamiyah-aleppo"];
        let atlas = Atlas::of(&names, places);
        for (a, b) in places.iter().flat_map(|a| places.iter().map(move |b| (*a, *b))) {
            let (x, y) = (atlas.number(a).unwrap(), atlas.number(b).unwrap());
            assert_eq!(atlas.within(x, y), names.gazetteer.within(a, b), "{a} {b}");
            assert_eq!(x.cmp(&y), a.cmp(b));
            let home = names.gazetteer.governorate(a).map(|place| place.id.as_str());
            assert_eq!(atlas.governorate(x).map(|home| atlas.id(home)), home);
            assert_eq!(atlas.kind(x), names.gazetteer.place(a).map(|place| place.kind.as_str()));
        }
        let actors = ["syrian-army", "syrian-government", "islamic-state", "nobody", "activists@reuters"];
        let (company, camps) = (Company::of(&names, actors), Camps::new(names));
        for (a, b) in actors.iter().flat_map(|a| actors.iter().map(move |b| (*a, *b))) {
            let (x, y) = (company.number(a).unwrap(), company.number(b).unwrap());
            assert_eq!(company.one_side(x, y), camps.one_side(a, b), "{a} {b}");
            assert_eq!(company.related(x, y), camps.related(a, b), "{a} {b}");
            assert_eq!(company.takes_side(x), camps.takes_side(a));
        }
    }
}
