//! Coordinates made coarse: moved to the middle of a grid's cells, so that none says more than its cell.

use crate::brief::svg::cos_degrees;

/// Kilometres in a degree of latitude (WGS84, mean).
const KM_PER_DEGREE: f64 = 111.2;

/// A point moved to the middle of its cell of so many kilometres; in degrees, as is what it takes. 0 leaves the point,
/// rounded to a ten-thousandth of a degree, about 11 metres: no list of places is finer.
pub fn point(lon: f64, lat: f64, km: u32) -> (f64, f64) {
    if km == 0 {
        return (round(lon), round(lat));
    }
    let high = f64::from(km) / KM_PER_DEGREE;
    let lat = middle(lat, high);
    // A degree of longitude is as long as it is in the middle of the row.
    let wide = high / cos_degrees(lat).max(0.05);
    (round(middle(lon, wide)), round(lat))
}

fn middle(value: f64, step: f64) -> f64 {
    ((value / step).floor() + 0.5) * step
}

fn round(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_has_one_point_and_no_point_is_far_from_it() {
        for km in [1, 5, 20, 50] {
            let (lon, lat) = point(40.15, 35.33, km);
            assert_eq!(point(lon, lat, km), (lon, lat), "{km}");
            let (east, north) = ((lon - 40.15).abs() * cos_degrees(35.33), (lat - 35.33).abs());
            assert!(east.max(north) * KM_PER_DEGREE <= f64::from(km) / 2.0 * 1.01, "{km}");
            // Neighbours within a cell cannot be told apart.
            let near = point(lon + 0.001, lat - 0.001, km);
            assert_eq!(near, (lon, lat));
        }
        assert_eq!(point(40.123456, 35.3, 0), (40.1235, 35.3));
    }
}
