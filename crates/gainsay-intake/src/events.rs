//! Tables of events to rows: CSV by the names of its columns, GeoJSON by the names of its properties.
//!
//! **Takes** a file. **Gives** one [`EventRow`] after another with the bytes it stood in, or a warning for a row that
//! cannot be read. **Never** knows what a column means; a quoted field may hold line ends, and columns may stand in any
//! order.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use gainsay_model::Warning;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::limits::{MAX_FILE_BYTES, mebibytes};

/// The most bytes one row may take.
const LONGEST_ROW: u64 = 1 << 20;

/// The most columns a table may have.
const COLUMNS: usize = 1_000;

/// One row of a table of events.
#[derive(Clone, Debug, PartialEq)]
pub struct EventRow {
    /// The line it begins on, counted from 1; of a GeoJSON file the number of the feature.
    pub line: usize,
    /// Its bytes as they stood.
    pub raw: Vec<u8>,
    /// Names and values of its columns, in the file's order; empty ones are left out.
    pub fields: Vec<(String, String)>,
    /// Degrees east and north of its point, where the file's form has one.
    pub lon_lat: Option<(f64, f64)>,
}

/// What a table is told to be by its columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventTable {
    /// UCDP's Georeferenced Event Dataset.
    Ged,
    /// An export of ACLED.
    Acled,
}

/// Columns that each of them has in every release, and nobody else together.
const TOLD_BY: [(EventTable, &[&str]); 2] = [
    (EventTable::Ged, &["type_of_violence", "side_a", "side_b", "date_prec", "where_prec", "best"]),
    (EventTable::Acled, &["event_id_cnty", "event_date", "sub_event_type", "actor1", "fatalities"]),
];

/// Which table of events a CSV file is, by its header; `None` for any other file.
pub fn event_table(path: &Path) -> Option<EventTable> {
    if !path.extension()?.eq_ignore_ascii_case("csv") {
        return None;
    }
    let mut head = Vec::new();
    File::open(path).ok()?.take(1 << 16).read_to_end(&mut head).ok()?;
    let line = head.split(|byte| *byte == b'\n').next()?;
    let line = String::from_utf8_lossy(line);
    let columns: Vec<String> = line.split([',', ';', '\t']).map(name_of).collect();
    let has = |wanted: &[&str]| wanted.iter().all(|name| columns.iter().any(|column| column == name));
    TOLD_BY.into_iter().find(|(_, wanted)| has(wanted)).map(|(table, _)| table)
}

/// Hands over the rows of a table of events, in order, until `each` says no.
///
/// # Errors
/// When the file cannot be read, or is no table.
pub fn events_in(
    path: &Path,
    each: &mut dyn FnMut(Result<EventRow, Warning>) -> bool,
) -> Result<(), Warning> {
    let warning = |message: String| Warning { subject: path.display().to_string(), line: None, message };
    let failed =
        |error: std::io::Error| warning(format!("the file cannot be read ({error}); check it and try again"));
    let file = File::open(path).map_err(failed)?;
    let json = path
        .extension()
        .is_some_and(|end| ["geojson", "json"].iter().any(|json| end.eq_ignore_ascii_case(json)));
    if json {
        let mut bytes = Vec::new();
        file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
        if bytes.len() as u64 > MAX_FILE_BYTES {
            return Err(warning(format!(
                "larger than {}; split it, or write it as CSV",
                mebibytes(MAX_FILE_BYTES)
            )));
        }
        return features(path, &bytes, each).map_err(warning);
    }
    rows(path, file, each).map_err(warning)
}

/// A column's name, without the marks and quotes around it.
fn name_of(written: &str) -> String {
    written.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '"')).to_lowercase()
}

fn rows(
    path: &Path,
    file: File,
    each: &mut dyn FnMut(Result<EventRow, Warning>) -> bool,
) -> Result<(), String> {
    let mut again = file.try_clone().map_err(|error| format!("the file cannot be read twice ({error})"))?;
    let mut first = Vec::new();
    let mut start = File::open(path).map_err(|error| error.to_string())?;
    start.by_ref().take(1 << 16).read_to_end(&mut first).map_err(|error| error.to_string())?;
    let head = first.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let many = |sign: u8| head.iter().filter(|byte| **byte == sign).count();
    let delimiter =
        [b',', b';', b'\t'].into_iter().max_by_key(|sign| (many(*sign), *sign == b',')).unwrap_or(b',');
    start.seek(SeekFrom::Start(0)).map_err(|error| error.to_string())?;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(true)
        .flexible(true)
        .from_reader(BufReader::with_capacity(1 << 16, start));
    let header = reader
        .byte_headers()
        .map_err(|error| format!("no header can be read ({error}); name its columns"))?;
    let columns: Vec<String> = header.iter().map(|name| name_of(&String::from_utf8_lossy(name))).collect();
    if columns.len() > COLUMNS {
        return Err(format!("has {} columns, at most {COLUMNS}; is it a table of events?", columns.len()));
    }
    let mut record = csv::ByteRecord::new();
    loop {
        let from = reader.position().clone();
        match reader.read_byte_record(&mut record) {
            Ok(false) => return Ok(()),
            Ok(true) => {}
            Err(error) => return Err(format!("cannot be read from line {} on ({error})", from.line())),
        }
        let begins = record.position().map_or(from.byte(), csv::Position::byte);
        let mut line = record.position().map_or(from.line(), csv::Position::line) as usize;
        let length = reader.position().byte().saturating_sub(begins);
        let mut raw = vec![0; length.min(LONGEST_ROW) as usize];
        let read = again.seek(SeekFrom::Start(begins)).and_then(|_| again.read_exact(&mut raw));
        read.map_err(|error| format!("cannot be read again from line {line} on ({error})"))?;
        // The second half of a line's end, and empty lines, stand before the row that comes after them.
        let is_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
        let start = raw.iter().position(|byte| !is_end(byte)).unwrap_or(0);
        line += raw[..start].iter().filter(|byte| **byte == b'\n').count();
        let end = raw.iter().rposition(|byte| !is_end(byte)).map_or(start, |at| at + 1);
        let row = row(&record, &columns, length).map(|fields| {
            let raw = raw[start..end].to_vec();
            EventRow { line, raw, fields, lon_lat: None }
        });
        let subject = path.display().to_string();
        if !each(row.map_err(|message| Warning { subject, line: Some(line), message })) {
            return Ok(());
        }
    }
}

fn row(record: &csv::ByteRecord, columns: &[String], length: u64) -> Result<Vec<(String, String)>, String> {
    if length > LONGEST_ROW {
        return Err(format!(
            "the row takes {length} bytes, at most {LONGEST_ROW}; is a quotation mark missing?"
        ));
    }
    if record.len() != columns.len() {
        return Err(format!(
            "the row has {} fields and the header {}; mend its quotes",
            record.len(),
            columns.len()
        ));
    }
    if record.iter().any(|field| field.contains(&0)) {
        return Err("the row holds a NUL; mend it".into());
    }
    let mut fields = Vec::with_capacity(columns.len());
    for (name, value) in columns.iter().zip(record) {
        let value = std::str::from_utf8(value)
            .map_err(|_| format!("`{name}` is not UTF-8; save the file as UTF-8"))?;
        let value = value.trim();
        if !value.is_empty() {
            fields.push((name.clone(), value.to_owned()));
        }
    }
    Ok(fields)
}

#[derive(Deserialize)]
struct Collection<'a> {
    #[serde(borrow, default)]
    features: Option<Vec<&'a RawValue>>,
}

fn features(
    path: &Path,
    bytes: &[u8],
    each: &mut dyn FnMut(Result<EventRow, Warning>) -> bool,
) -> Result<(), String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "not UTF-8; save the file as UTF-8".to_owned())?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let broken = |error: serde_json::Error| format!("not GeoJSON ({error}); mend it");
    let collection: Collection = serde_json::from_str(text).map_err(broken)?;
    let features = collection.features.ok_or("not GeoJSON (no \"features\"); give a FeatureCollection")?;
    for (n, feature) in features.into_iter().enumerate() {
        let line = n + 1;
        let row = match serde_json::from_str::<Value>(feature.get()) {
            Ok(value) => Ok(EventRow {
                line,
                raw: feature.get().as_bytes().to_vec(),
                fields: properties(&value),
                lon_lat: value.get("geometry").and_then(|geometry| point(geometry.get("coordinates")?, 0)),
            }),
            Err(error) => Err(format!("the feature cannot be read ({error}); mend it")),
        };
        let subject = path.display().to_string();
        if !each(row.map_err(|message| Warning { subject, line: Some(line), message })) {
            break;
        }
    }
    Ok(())
}

fn properties(feature: &Value) -> Vec<(String, String)> {
    let id = feature.get("id").map(|id| ("id", id));
    let own = feature.get("properties").and_then(Value::as_object).into_iter().flatten();
    let all = id.into_iter().chain(own.map(|(name, value)| (name.as_str(), value)));
    let mut fields: Vec<(String, String)> = Vec::new();
    for (name, value) in all {
        let written = match value {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            Value::Bool(flag) => flag.to_string(),
            _ => continue,
        };
        let name = name_of(name);
        if !written.is_empty() && !written.contains('\0') && !fields.iter().any(|(known, _)| *known == name) {
            fields.push((name, written));
        }
    }
    fields
}

/// A point, or the first one of a line or an area.
fn point(coordinates: &Value, depth: usize) -> Option<(f64, f64)> {
    let list = coordinates.as_array().filter(|_| depth < 4)?;
    match list.as_slice() {
        [Value::Number(lon), Value::Number(lat), ..] => lon.as_f64().zip(lat.as_f64()),
        [first, ..] => point(first, depth + 1),
        [] => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Outcome = (Vec<Result<EventRow, Warning>>, Result<(), Warning>, Option<EventTable>);

    fn read(name: &str, bytes: &[u8]) -> Outcome {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let mut rows = Vec::new();
        let done = events_in(&path, &mut |row| {
            rows.push(row);
            true
        });
        (rows, done, event_table(&path))
    }

    #[test]
    fn columns_are_known_by_name_and_fields_may_hold_line_ends() {
        let csv = "\u{feff}best,\"side_b\",side_a,type_of_violence,where_prec,date_prec,source_article\r\n\
            7,Civilians,IS,3,1,1,\"A first.\nA \"\"second\"\".\"\r\n\r\n0,,IS,3,1,1,\n";
        let (rows, done, table) = read("x.csv", csv.as_bytes());
        assert_eq!((rows.len(), done, table), (2, Ok(()), Some(EventTable::Ged)));
        let first = rows[0].as_ref().unwrap();
        assert_eq!(first.line, 2);
        assert_eq!(first.fields[6], ("source_article".into(), "A first.\nA \"second\".".into()));
        assert_eq!(first.raw, "7,Civilians,IS,3,1,1,\"A first.\nA \"\"second\"\".\"".as_bytes());
        let second = rows[1].as_ref().unwrap();
        assert_eq!((second.line, second.raw.as_slice()), (5, b"0,,IS,3,1,1,".as_slice()));
        assert!(!second.fields.iter().any(|(name, _)| name == "side_b"));
    }

    #[test]
    fn semicolons_part_as_well() {
        let csv = "event_id_cnty;event_date;sub_event_type;actor1;fatalities\nSYR1;16 January 2016;Attack;X (Syria);3\n";
        let (rows, _, table) = read("x.csv", csv.as_bytes());
        assert_eq!(table, Some(EventTable::Acled));
        assert_eq!(rows[0].as_ref().unwrap().fields[3].1, "X (Syria)");
        assert_eq!(read("y.csv", b"id,text\n1,x\n").2, None);
        assert_eq!(read("x.txt", csv.as_bytes()).2, None);
    }

    #[test]
    fn bad_rows_cost_one_line_each() {
        let csv = b"a,b\n1,2\n1,2,3\n1,\0\n1,\xff\n3,4\n";
        let (rows, done, _) = read("x.csv", csv);
        assert_eq!(done, Ok(()));
        let told: Vec<String> = rows
            .iter()
            .map(|row| row.as_ref().map_or_else(|w| w.message.clone(), |_| String::new()))
            .collect();
        assert!(
            told[1].contains("3 fields") && told[2].contains("NUL") && told[3].contains("UTF-8"),
            "{told:?}"
        );
        assert_eq!(rows.iter().filter(|row| row.is_ok()).count(), 2);
    }

    #[test]
    fn features_are_rows_with_points() {
        let json = r#"{"type":"FeatureCollection","features":[
            {"type":"Feature","id":"e1","properties":{"Type":"raid","dead":3,"note":null},"geometry":{"type":"Point","coordinates":[40.1,35.3]}},
            {"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[1,2],[3,4]]]}}, 7]}"#;
        let (rows, done, _) = read("x.geojson", json.as_bytes());
        assert_eq!((rows.len(), done), (3, Ok(())));
        let first = rows[0].as_ref().unwrap();
        assert_eq!(
            first.fields,
            [("id".into(), "e1".into()), ("type".into(), "raid".into()), ("dead".into(), "3".into())]
        );
        assert_eq!(first.lon_lat, Some((40.1, 35.3)));
        assert_eq!(rows[1].as_ref().unwrap().lon_lat, Some((1.0, 2.0)));
        assert!(read("x.geojson", b"{}").1.unwrap_err().message.contains("no \"features\""));
        assert!(
            read("x.geojson", "[".repeat(500_000).as_bytes()).1.unwrap_err().message.contains("not GeoJSON")
        );
    }
}
