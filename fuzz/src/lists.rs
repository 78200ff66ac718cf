//! Lists that users bring: tables for the lexicon and the codebook, places of others, the file that is mapped, ways.

use std::sync::{Arc, LazyLock};

use gainsay::words::{self, Columns, Said, Source, Unadded, Where};
use gainsay_lexicon::brought::csv;
use gainsay_lexicon::brought::features::{Feature, of_csv, of_geojson, of_geopackage, of_shapefile};
use gainsay_lexicon::brought::layout::{Layout, SECTIONS};
use gainsay_lexicon::brought::same::Same;
use gainsay_lexicon::brought::tables::{Holds, Table};
use gainsay_lexicon::brought::{Brought, PlaceList, Refused, cod};
use gainsay_lexicon::{Gazetteer, Words};

use super::cut::Cut;
use super::folder::Folder;
use super::inputs::crc32;

static SAME: LazyLock<Same> = LazyLock::new(|| Same::of(&Words::builtin().gazetteer));

/// Whatever is refused is said in words.
fn told<T>(outcome: Result<T, Refused>) -> Option<T> {
    outcome.map_err(|refused| assert!(!refused.to_string().trim().is_empty())).ok()
}

/// A table that is read is written and read as the same; what is wrong with it is said, the same each time.
fn table(name: &str, bytes: &[u8], holds: Option<Holds>, of_codebook: bool) {
    let Some(table) = told(Table::read(name, bytes, holds, of_codebook)) else { return };
    let first = table.check(Words::builtin()).map_err(|refused| refused.to_string());
    assert_eq!(first, table.check(Words::builtin()).map_err(|refused| refused.to_string()));
    if first.is_err() {
        return;
    }
    let again = Table::read("again.tsv", table.text().as_bytes(), Some(table.holds), of_codebook);
    assert_eq!(again.map(|again| again.text()).ok(), Some(table.text()));
    if table.len() < 50 {
        told(Words::with(Brought::default(), std::slice::from_ref(&table)));
    }
}

/// Any bytes as a table of the codebook.
pub fn codebook(bytes: &[u8]) {
    let mut cut = Cut(bytes);
    let name = *cut.one(&["a.tsv", "cues.tsv", "frames.tsv", "means.tsv", "modality.tsv", "demonyms.csv"]);
    table(name, cut.0, None, true);
}

/// Any bytes as a table of the lexicon.
pub fn lexicon(bytes: &[u8]) {
    let mut cut = Cut(bytes);
    let name = *cut.one(&["a.tsv", "actors.tsv", "sources.csv", "people.csv"]);
    table(name, cut.0, None, false);
}

/// Any bytes as places of others: rows of GeoNames, a CSV, layers of boundaries, well-known binary, a shapefile.
pub fn gazetteer(bytes: &[u8]) {
    let mut cut = Cut(bytes);
    let index = &Words::builtin().index;
    match cut.below(6) {
        0 => {
            let mut line =
                vec!["7", "Umm Hajar", "Umm Hajar", "Oum Hajar", "35.1", "40.4", "P", "PPL", "SY", ""];
            line.extend(["07", "", "", "", "0", "", "12", "Asia/Damascus", "2020-01-01"]);
            let mut dump = line.join("\t") + "\n";
            dump.push_str(&String::from_utf8_lossy(cut.0));
            import(&Source::Geonames, "SY.txt", dump.as_bytes());
        }
        1 => import(&Source::Geonames, "SY.txt", cut.0),
        2 => {
            let columns = csv::Columns::parse(&cut.line());
            let features = told(of_csv("a.csv", cut.0));
            if let (Ok(columns), Some(features)) = (columns, features) {
                told(csv::places("a.csv", &features, &columns, &SAME, index));
            }
        }
        3 => {
            let text = [br#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":"#, cut.0]
                .concat();
            let features = [told(of_geojson("a.geojson", cut.0)), told(of_geojson("a.geojson", &text[..]))];
            features.into_iter().flatten().for_each(boundaries);
        }
        4 => {
            let geometry = [b"GP\0\x01\xE6\x10\0\0".as_slice(), cut.0].concat();
            let cells = [("ADM1_EN", "Deir ez-Zor"), ("ADM1_PCODE", "SY09")];
            let cells = cells.map(|(name, cell)| (name.to_owned(), cell.to_owned())).to_vec();
            if let Ok(feature) = of_geopackage(1, cells, Some(&geometry)) {
                boundaries(vec![feature]);
            }
        }
        _ => {
            let length = usize::from(cut.short());
            let shapes = cut.some(length);
            let (shapes, table) = (std::io::Cursor::new(shapes), std::io::Cursor::new(cut.0));
            if let Some(features) = told(of_shapefile("a.shp", shapes, table, None)) {
                boundaries(features);
            }
        }
    }
}

fn boundaries(features: Vec<Feature>) {
    for feature in &features {
        if let Some(shape) = &feature.shape {
            let _ = (shape.area(), shape.middle(), shape.extent(), shape.holds([40.1, 35.3]));
            let small = shape.simplified();
            assert!(small.extent().is_none() || shape.extent().is_some());
        }
    }
    told(cod::places(&[("adm1.geojson".to_owned(), features)], &SAME));
}

/// Adds a list to a folder of its own, and looks names up in it.
fn import(source: &dyn Fn(std::path::PathBuf) -> Source, name: &str, bytes: &[u8]) {
    let folder = Folder::new();
    let (file, to) = (folder.put(name, bytes), folder.path().join("words"));
    let added = words::add(Where::Folder(&to), &source(file), &Said::default(), &mut |_, _| {});
    match added {
        Err(Unadded::Refused(refused)) => assert!(!refused.to_string().trim().is_empty()),
        Err(Unadded::Failed(error)) => assert!(!error.to_string().trim().is_empty()),
        Ok(added) => {
            let bytes = std::fs::read(to.join(&added.list.file)).expect("the list");
            let list = PlaceList::open("a", Arc::new(bytes)).expect("a list that was just made opens");
            look(list);
        }
    }
    folder.check(&[name, "words"]);
}

/// A small list as it is mapped, whole.
static LIST: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let row = |id: u32, name: &str, class: &str| {
        format!(
            "{id}\t{name}\t{name}\tOther {name}\t35.{id}\t40.{id}\t{class}\tSY\t\t07\t\t\t\t{id}00\t\t12\tAsia/Damascus\t2020-01-01\n"
        )
    };
    let rows: String =
        (1..40).map(|id| row(id, &format!("Umm {id}"), if id == 1 { "A\tADM1" } else { "P\tPPL" })).collect();
    let folder = Folder::new();
    let (file, to) = (folder.put("SY.txt", rows.as_bytes()), folder.path().join("words"));
    let added = words::add(Where::Folder(&to), &Source::Geonames(file), &Said::default(), &mut |_, _| {});
    std::fs::read(to.join(added.unwrap_or_else(|_| panic!("good rows")).list.file)).expect("the list")
});

/// Any bytes as the file that is mapped: as they stand, or written over a good one, whose head is then put right so
/// that what is behind it is reached. Nothing panics, and nothing is read beyond a section.
pub fn places(bytes: &[u8]) {
    let mut cut = Cut(bytes);
    let kind = cut.below(3);
    let mut file = LIST.clone();
    match kind {
        0 => file = cut.0.to_vec(),
        1 => {
            // The head: where sections lie and how long they are.
            let at = cut.below(24 + SECTIONS.len() * 24);
            for (n, byte) in cut.0.iter().take(16).enumerate() {
                file[at + n] = *byte;
            }
        }
        _ => {
            while !cut.is_empty() {
                let at = usize::from(cut.short()) % file.len();
                let many = cut.below(16);
                let bytes = cut.some(many);
                let end = (at + bytes.len()).min(file.len());
                file[at..end].copy_from_slice(&bytes[..end - at]);
            }
        }
    }
    let head = 16 + 8 + SECTIONS.len() * 24;
    if kind > 0 && file.len() > head + 4 {
        let crc = crc32(&file[..head]).to_le_bytes();
        file[head..head + 4].copy_from_slice(&crc);
    }
    if let Ok(layout) = Layout::of(&file) {
        let _ = layout.check(std::io::Cursor::new(&file));
    }
    match PlaceList::open("hostile", Arc::new(file)) {
        Err(wrong) => assert!(!wrong.trim().is_empty()),
        Ok(list) => look(list),
    }
}

/// Looks up what may be there and what may not.
fn look(list: PlaceList) {
    let rows = list.about.rows;
    let ids: Vec<String> = (0..rows.min(50)).filter_map(|row| list.id(row).map(str::to_owned)).collect();
    for row in (0..rows.min(50)).chain([rows, u32::MAX]) {
        if let Some(record) = list.record(row) {
            let _ = (list.texts(&record).is_some(), list.kind(&record).len());
        }
    }
    let _ = list.shapes.around([40.1, 35.3]);
    let gazetteer = Gazetteer { brought: Brought::of(vec![list]), ..Gazetteer::default() };
    for id in ids.iter().map(String::as_str).chain(["gn-7", "", "syria"]) {
        let _ =
            (gazetteer.place(id).is_some(), gazetteer.ancestors(id).len(), gazetteer.boundary(id).is_some());
    }
    for name in ["Umm 7", "Umm Hajar", "other umm 9", ""] {
        let found = gazetteer.bearing(name, &[*b"SY"]);
        assert_eq!(found.len(), gazetteer.bearing(name, &[*b"SY"]).len());
        for borne in &found {
            let _ = (gazetteer.found(borne).is_some(), gazetteer.around(borne).len(), borne.lat_lon());
        }
    }
}

/// Any bytes as ways of `access`, as maps of columns of a CSV of places, and as robots of none of these.
pub fn network(bytes: &[u8]) {
    let folder = Folder::new();
    let way = br#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"#;
    for text in [bytes.to_vec(), [way, bytes].concat()] {
        let path = folder.put("ways.geojson", &text);
        if let Err(wrong) = gainsay::network::open(&path, &Words::builtin().gazetteer) {
            assert!(wrong.to_string().contains("ways.geojson"), "{wrong}");
        }
    }
    if let Err(wrong) = Columns::parse(&String::from_utf8_lossy(bytes)) {
        assert!(!wrong.is_empty());
    }
    folder.check(&["ways.geojson"]);
}
