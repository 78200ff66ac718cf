//! Where things are, in the terms of other formats: point, administrative levels, country, grid cell.

use gainsay_lexicon::Place;
use gainsay_model::EntityId;

use super::codes::{Codes, Country, Precision};
use super::input::Export;
use crate::coarse;

/// A place that the gazetteer knows, as rows show it.
pub(super) struct Spot<'w> {
    /// The place.
    pub place: &'w Place,
    /// Degrees east and north, WGS84, as coarse as the export.
    pub point: (f64, f64),
    /// First administrative level: governorate.
    pub adm1: Option<&'w Place>,
    /// Second: district.
    pub adm2: Option<&'w Place>,
    /// The country's place.
    pub country: Option<&'w Place>,
    /// Its codes.
    pub codes: Option<&'static Country>,
    /// How exact the place is.
    pub precision: Precision,
}

/// Up to this size of square, in kilometres, no point is moved by more than 25: half its diagonal.
const WITHIN_25_KM: u32 = 35;

/// The first of these places that the gazetteer knows; `None` where it knows none of them.
pub(super) fn spot<'w>(export: &Export<'w>, places: &[EntityId]) -> Option<Spot<'w>> {
    places.iter().find_map(|id| of(export, id))
}

/// A place, where the gazetteer knows it.
pub(super) fn of<'w>(export: &Export<'w>, id: &str) -> Option<Spot<'w>> {
    let gazetteer = &export.words.gazetteer;
    let place = gazetteer.place(id)?;
    let sound = place.lat.abs() <= 90.0 && place.lon.abs() <= 180.0 && (place.lat != 0.0 || place.lon != 0.0);
    if !sound {
        return None;
    }
    let own = std::iter::once(place);
    let chain: Vec<&Place> = own.chain(gazetteer.ancestors(id)).collect();
    let level = |kind: &str| chain.iter().find(|place| place.kind == kind).copied();
    let country = level("country");
    let codes = Codes::get();
    let mut precision = codes.places.get(place.kind.as_str()).copied().unwrap_or(Precision {
        ged: 5,
        acled: Some(3),
        plover: 1,
    });
    if export.coarsen_km > 0 {
        // A point that was moved is near the place, and no longer at it.
        let near = export.coarsen_km <= WITHIN_25_KM;
        precision.ged = precision.ged.max(if near { 2 } else { 5 });
        precision.acled = precision.acled.map(|own| own.max(if near { 2 } else { 3 }));
        precision.plover = precision.plover.min(if near { 4 } else { 2 });
    }
    Some(Spot {
        place,
        point: coarse::point(place.lon, place.lat, export.coarsen_km),
        adm1: level("governorate"),
        adm2: level("district"),
        country,
        codes: country.and_then(|place| codes.countries.get(place.id.as_str())),
        precision,
    })
}

/// The PRIO-GRID cell of a point in degrees: cells of half a degree, numbered from 1 at the south-west corner of the
/// world, eastward and then northward, 720 a row (Tollefsen, Strand and Buhaug 2012, J. Peace Research 49(2)).
pub(super) fn priogrid(lon: f64, lat: f64) -> u32 {
    let cell = |degrees: f64, least: f64, cells: u32| {
        let at = ((degrees - least) * 2.0).floor().max(0.0);
        // The last cell holds its far edge.
        (at as u32).min(cells - 1)
    };
    cell(lat, -90.0, 360) * 720 + cell(lon, -180.0, 720) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_those_of_the_grid() {
        // Kabul and Damascus as UCDP GED has them: (34.531094 N, 69.162796 E) lies in row 249, column 498.
        assert_eq!(priogrid(69.162796, 34.531094), 249 * 720 + 498 + 1);
        assert_eq!(priogrid(69.162796, 34.531094), 179_779);
        assert_eq!(priogrid(-180.0, -90.0), 1);
        assert_eq!(priogrid(180.0, 90.0), 259_200);
        assert_eq!(priogrid(40.141, 35.336), 180_441);
    }
}
