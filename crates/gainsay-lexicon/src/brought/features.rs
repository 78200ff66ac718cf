//! Features of map files: what they are called, and their boundary or point.
//!
//! **Takes** GeoJSON, a shapefile's three files, a CSV, or the rows of a GeoPackage's layer. **Gives** features, alike
//! whichever of them they came from. **Never** reprojects: coordinates are degrees, or the file is refused.

use std::io::{BufRead, Read, Seek};

use geojson::GeometryValue;
use shapefile::dbase;

use super::plain::MOST;
use super::refused::Refused;
use super::shapes::{Point, Shape};

/// The most points of one feature that are read: an honest coast has some hundred thousand.
const MOST_POINTS: usize = 5_000_000;

/// What a file of another coordinate system is told.
const DEGREES: &str = "coordinates are no degrees: save it in WGS 84 (EPSG:4326) and give that";

/// A feature.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Feature {
    /// Its number in its file, from 1; of a CSV its line.
    pub line: u64,
    /// Columns and cells, in the order of the file.
    pub cells: Vec<(String, String)>,
    /// Its boundary.
    pub shape: Option<Shape>,
    /// Its point, degrees north and east.
    pub at: Option<(f64, f64)>,
}

impl Feature {
    /// The cell under the first of these columns that is there and not empty, whatever its capitals.
    pub fn cell(&self, columns: &[&str]) -> Option<&str> {
        columns.iter().find_map(|column| {
            let own = |(name, _): &&(String, String)| name.eq_ignore_ascii_case(column);
            self.cells.iter().find(own).map(|(_, cell)| cell.trim()).filter(|cell| !cell.is_empty())
        })
    }

    fn take_rings(&mut self, rings: Vec<Vec<Point>>) -> Result<(), String> {
        if rings.iter().map(Vec::len).sum::<usize>() > MOST_POINTS {
            return Err(format!("a boundary of more than {MOST_POINTS} points; simplify it"));
        }
        let fits = |[x, y]: &Point| x.abs() <= 180.5 && y.abs() <= 90.5;
        if !rings.iter().flatten().all(fits) {
            return Err(DEGREES.into());
        }
        let open = |mut ring: Vec<Point>| {
            if ring.len() > 1 && ring.first() == ring.last() {
                ring.pop();
            }
            ring
        };
        let rings: Vec<Vec<Point>> = rings.into_iter().map(open).filter(|ring| ring.len() >= 3).collect();
        if !rings.is_empty() {
            self.shape.get_or_insert_default().rings.extend(rings);
        }
        Ok(())
    }

    fn take_point(&mut self, [lon, lat]: Point) -> Result<(), String> {
        if lon.is_nan() || lat.is_nan() || lon.abs() > 180.5 || lat.abs() > 90.5 {
            return Err(DEGREES.into());
        }
        self.at = Some((lat, lon));
        Ok(())
    }
}

/// The features of a GeoJSON collection.
///
/// # Errors
/// Every feature that cannot be read.
pub fn of_geojson(file: &str, reader: impl Read) -> Result<Vec<Feature>, Refused> {
    let (mut features, mut refused) = (Vec::new(), Refused::default());
    for (n, read) in
        geojson::FeatureReader::from_reader(std::io::BufReader::new(reader)).features().enumerate()
    {
        let line = n as u64 + 1;
        let read = match read {
            Ok(read) => read,
            Err(error) => {
                // What follows a fault of the JSON cannot be told from it.
                refused.add(file, line, format!("no GeoJSON feature: {}", one_line(&error.to_string())));
                break;
            }
        };
        let mut feature = Feature { line, ..Feature::default() };
        for (name, value) in read.properties.into_iter().flatten() {
            let cell = match value {
                serde_json::Value::String(text) => text,
                serde_json::Value::Null => String::new(),
                other => other.to_string(),
            };
            feature.cells.push((name, cell));
        }
        if let Some(geometry) = read.geometry
            && let Err(what) = geometry_of(&mut feature, geometry.value)
        {
            refused.add(file, line, what);
        }
        features.push(feature);
        if features.len() > MOST {
            return Err(Refused::because(file, line, format!("more than {MOST} features; part the file")));
        }
    }
    if features.is_empty() && refused.count == 0 {
        refused.add(file, 0, "holds no features; give a GeoJSON feature collection");
    }
    refused.or_ok().map(|()| features)
}

fn geometry_of(feature: &mut Feature, value: GeometryValue) -> Result<(), String> {
    let point = |position: &geojson::Position| -> Option<Point> {
        let numbers = &position[..];
        Some([*numbers.first()?, *numbers.get(1)?])
    };
    let rings = |polygon: &Vec<Vec<geojson::Position>>| -> Vec<Vec<Point>> {
        polygon.iter().map(|ring| ring.iter().filter_map(point).collect()).collect()
    };
    match value {
        GeometryValue::Point { coordinates } => {
            point(&coordinates).map_or(Ok(()), |at| feature.take_point(at))
        }
        GeometryValue::Polygon { coordinates } => feature.take_rings(rings(&coordinates)),
        GeometryValue::MultiPolygon { coordinates } => {
            feature.take_rings(coordinates.iter().flat_map(rings).collect())
        }
        GeometryValue::GeometryCollection { geometries } => {
            geometries.into_iter().try_for_each(|one| geometry_of(feature, one.value))
        }
        _ => Ok(()),
    }
}

/// The features of a shapefile: its `.shp` and its `.dbf`. `encoding` is what its `.cpg` says, where it has one.
///
/// # Errors
/// Every feature that cannot be read.
pub fn of_shapefile<S: Read + Seek, D: Read + Seek>(
    file: &str,
    shp: S,
    dbf: D,
    encoding: Option<&str>,
) -> Result<Vec<Feature>, Refused> {
    let whole = |error: &dyn std::fmt::Display| {
        Refused::because(
            file,
            0,
            format!("is no shapefile that can be read: {}", one_line(&error.to_string())),
        )
    };
    let known = encoding.map(|name| name.trim().to_ascii_uppercase().replace('-', ""));
    if let Some(other) = known.as_deref().filter(|name| !matches!(*name, "UTF8" | "65001" | "ASCII" | "")) {
        return Err(Refused::because(
            file,
            0,
            format!("its .cpg says {other}; save it with UTF-8 and give that"),
        ));
    }
    let shapes = shapefile::ShapeReader::new(shp).map_err(|error| whole(&error))?;
    let table = dbase::ReaderBuilder::new()
        .with_encoding(dbase::encoding::UnicodeLossy)
        .build(dbf)
        .map_err(|error| whole(&error))?;
    // The order of the table's columns, which its rows do not keep.
    let columns: Vec<String> = table.fields().iter().map(|field| field.name().to_owned()).collect();
    let mut reader = shapefile::Reader::new(shapes, table);
    let (mut features, mut refused) = (Vec::new(), Refused::default());
    for (n, read) in reader.iter_shapes_and_records().enumerate() {
        let line = n as u64 + 1;
        let (shape, record) = match read {
            Ok(read) => read,
            Err(error) => {
                refused.add(file, line, format!("cannot be read: {}", one_line(&error.to_string())));
                break;
            }
        };
        let mut feature = Feature { line, ..Feature::default() };
        for column in &columns {
            let cell = record.get(column).map(cell).unwrap_or_default();
            if cell.contains('\u{fffd}') {
                refused.add(file, line, format!("{column} is not UTF-8; save the shapefile with UTF-8"));
            }
            feature.cells.push((column.clone(), cell));
        }
        if let Err(what) = shape_of(&mut feature, shape) {
            refused.add(file, line, what);
        }
        features.push(feature);
        if features.len() > MOST {
            return Err(Refused::because(file, line, format!("more than {MOST} features; part the file")));
        }
    }
    if features.is_empty() && refused.count == 0 {
        refused.add(file, 0, "holds no features");
    }
    refused.or_ok().map(|()| features)
}

fn cell(value: &dbase::FieldValue) -> String {
    use dbase::FieldValue as Value;
    match value {
        Value::Character(text) => text.clone().unwrap_or_default(),
        Value::Memo(text) => text.clone(),
        Value::Numeric(number) => number.map(|number| number.to_string()).unwrap_or_default(),
        Value::Float(number) => number.map(|number| number.to_string()).unwrap_or_default(),
        Value::Integer(number) => number.to_string(),
        Value::Double(number) | Value::Currency(number) => number.to_string(),
        Value::Logical(_) | Value::Date(_) | Value::DateTime(_) => String::new(),
    }
}

fn shape_of(feature: &mut Feature, shape: shapefile::Shape) -> Result<(), String> {
    use shapefile::Shape as S;
    macro_rules! rings {
        ($polygon:expr) => {
            $polygon.rings().iter().map(|ring| ring.points().iter().map(|p| [p.x, p.y]).collect()).collect()
        };
    }
    match shape {
        S::Polygon(polygon) => feature.take_rings(rings!(polygon)),
        S::PolygonM(polygon) => feature.take_rings(rings!(polygon)),
        S::PolygonZ(polygon) => feature.take_rings(rings!(polygon)),
        S::Point(point) => feature.take_point([point.x, point.y]),
        S::PointM(point) => feature.take_point([point.x, point.y]),
        S::PointZ(point) => feature.take_point([point.x, point.y]),
        _ => Ok(()),
    }
}

/// The lines of a CSV as features; the point is under columns that say so.
///
/// # Errors
/// Every line that cannot be read.
pub fn of_csv(file: &str, reader: impl Read) -> Result<Vec<Feature>, Refused> {
    let mut reader = std::io::BufReader::with_capacity(1 << 16, reader);
    let crlf = reader.fill_buf().unwrap_or_default().windows(2).any(|pair| pair == b"\r\n");
    let mut csv = csv::ReaderBuilder::new().flexible(true).from_reader(reader);
    let unread = |error: &csv::Error| match error.position() {
        Some(at) if matches!(error.kind(), csv::ErrorKind::Utf8 { .. }) => {
            (at.line(), "is not UTF-8; save it with UTF-8".to_owned())
        }
        at => (at.map_or(0, csv::Position::line), one_line(&error.to_string())),
    };
    let header = match csv.headers() {
        Ok(header) => header.clone(),
        Err(error) => {
            let (line, what) = unread(&error);
            return Err(Refused::because(file, line.max(1), what));
        }
    };
    let columns: Vec<String> =
        header.iter().map(|name| name.trim().trim_start_matches('\u{feff}').to_owned()).collect();
    if columns.iter().all(String::is_empty) {
        return Err(Refused::because(file, 1, "has no header; the first line must name the columns"));
    }
    let (mut features, mut refused) = (Vec::new(), Refused::default());
    for read in csv.records() {
        let record = match read {
            Ok(record) => record,
            Err(error) => {
                let (line, what) = unread(&error);
                refused.add(file, line, what);
                if error.is_io_error() {
                    break;
                }
                continue;
            }
        };
        let line = line_of(&record, crlf);
        if record.len() != columns.len() {
            refused.add(
                file,
                line,
                format!("{} cells, the header has {}; quote cells with commas", record.len(), columns.len()),
            );
            continue;
        }
        if record.iter().any(|cell| cell.contains('\0')) {
            refused.add(file, line, "holds a NUL; save the file anew");
            continue;
        }
        // The second line of a table with HXL tags.
        if features.is_empty()
            && record.iter().any(|cell| cell.starts_with('#'))
            && record.iter().all(|cell| cell.is_empty() || cell.starts_with('#'))
        {
            continue;
        }
        let cells = columns.iter().cloned().zip(record.iter().map(str::to_owned)).collect();
        let mut feature = Feature { line, cells, ..Feature::default() };
        if let Err(what) = point_of(&mut feature) {
            refused.add(file, line, what);
        }
        features.push(feature);
        if features.len() > MOST {
            return Err(Refused::because(file, line, format!("more than {MOST} lines; part the file")));
        }
    }
    if features.is_empty() && refused.count == 0 {
        refused.add(file, 0, "holds no line below its header");
    }
    refused.or_ok().map(|()| features)
}

fn point_of(feature: &mut Feature) -> Result<(), String> {
    let lat = feature.cell(&["lat", "latitude", "center_lat", "point_y", "y"]);
    let lon = feature.cell(&["lon", "long", "lng", "longitude", "center_lon", "point_x", "x"]);
    let (Some(lat), Some(lon)) = (lat, lon) else { return Ok(()) };
    match (lat.parse::<f64>(), lon.parse::<f64>()) {
        (Ok(lat), Ok(lon)) => feature.take_point([lon, lat]),
        _ => Err(format!("latitude {lat:?} and longitude {lon:?} are no numbers")),
    }
}

/// A row of a GeoPackage's layer: its cells, and its geometry as the file keeps it.
///
/// # Errors
/// When the geometry is none that can be read.
pub fn of_geopackage(
    line: u64,
    cells: Vec<(String, String)>,
    geometry: Option<&[u8]>,
) -> Result<Feature, String> {
    let mut feature = Feature { line, cells, ..Feature::default() };
    let Some(blob) = geometry else { return Ok(feature) };
    let wrong = "its geometry cannot be read; open the file in QGIS and save it anew";
    // OGC 12-128r18, 2.1.3: "GP", version, flags, SRS, an envelope of a length that the flags tell, then WKB.
    let (&[b'G', b'P', _, flags], rest) = blob.split_first_chunk::<4>().ok_or(wrong)? else {
        return Err(wrong.into());
    };
    if flags & 0x20 != 0 {
        return Err("its geometry is of an extended type; save the file as a plain GeoPackage".into());
    }
    let envelope = [0, 32, 48, 48, 64].get(usize::from(flags >> 1 & 7)).copied().ok_or(wrong)?;
    let mut wkb = Wkb { bytes: rest.get(4 + envelope..).ok_or(wrong)?, little: true };
    if flags & 0x10 == 0 {
        wkb.geometry(&mut feature, 0).ok_or(wrong)??;
    }
    Ok(feature)
}

/// Well-known binary (OGC 06-103r4), with or without Z and M, polygons and points of it.
struct Wkb<'b> {
    bytes: &'b [u8],
    little: bool,
}

impl Wkb<'_> {
    fn u32(&mut self) -> Option<u32> {
        let (four, rest) = self.bytes.split_first_chunk::<4>()?;
        self.bytes = rest;
        Some(if self.little { u32::from_le_bytes(*four) } else { u32::from_be_bytes(*four) })
    }

    fn f64(&mut self) -> Option<f64> {
        let (eight, rest) = self.bytes.split_first_chunk::<8>()?;
        self.bytes = rest;
        Some(if self.little { f64::from_le_bytes(*eight) } else { f64::from_be_bytes(*eight) })
    }

    fn point(&mut self, more: usize) -> Option<Point> {
        let point = [self.f64()?, self.f64()?];
        (0..more).try_for_each(|_| self.f64().map(drop))?;
        Some(point)
    }

    fn geometry(&mut self, feature: &mut Feature, depth: usize) -> Option<Result<(), String>> {
        let (order, rest) = self.bytes.split_first()?;
        (self.bytes, self.little) = (rest, *order == 1);
        let kind = self.u32()?;
        let (kind, more) = match (kind & 0xffff, kind & 0xc000_0000) {
            // Z and M as PostGIS marks them.
            (plain, high) if high != 0 => (plain, (high >> 31) as usize + (high >> 30 & 1) as usize),
            (plain @ 0..1000, _) => (plain, 0),
            (dim @ 1000..3000, _) => (dim % 1000, 1),
            (dim, _) => (dim % 1000, 2),
        };
        match kind {
            1 => {
                let point = self.point(more)?;
                Some(if point[0].is_nan() { Ok(()) } else { feature.take_point(point) })
            }
            3 => {
                let count = self.u32()?;
                let mut rings: Vec<Vec<Point>> = Vec::new();
                for _ in 0..count {
                    let points = self.u32()? as usize;
                    if points > self.bytes.len() / 16 {
                        return None;
                    }
                    rings.push((0..points).map(|_| self.point(more)).collect::<Option<_>>()?);
                }
                Some(feature.take_rings(rings))
            }
            6 | 7 if depth < 4 => {
                for _ in 0..self.u32()? {
                    if let Err(what) = self.geometry(feature, depth + 1)? {
                        return Some(Err(what));
                    }
                }
                Some(Ok(()))
            }
            // Lines and the like have nothing to tell here.
            _ if depth == 0 => Some(Ok(())),
            _ => None,
        }
    }
}

/// The line that a record begins on. Where lines end with CR LF, the reader counts from between the two.
pub(super) fn line_of(record: &csv::StringRecord, crlf: bool) -> u64 {
    let line = record.position().map_or(0, csv::Position::line);
    if crlf && line > 0 { line + 1 } else { line }
}

/// An error of a library on one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
