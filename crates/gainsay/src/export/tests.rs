//! What an export lets out, and what it leaves behind when it breaks off.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use gainsay_weigh::Ask;

use super::{Format, Noun, Target, Wanted, export};
use crate::decide::{Decision, record};
use crate::shelf::Shelf;
use crate::{Error, Input, keep};

/// Parts of private names in every place where a report may hold one; small letters.
const PRIVATE: [&str; 6] = ["bazzini", "kamal", "haddadin", "كمال", "salloum", "wardan"];

/// Reports that name private persons in id, text, title, publisher, author and address.
const REPORTS: &str = r#"{"id":"kamal-al-bazzini-speaks","title":"Kamal al-Bazzini: what I saw in Ayyash","publisher":"Furat Today","author":"Rima Haddadin","published":"2016-01-18","language":"en","url":"https://example.org/2016/kamal-al-bazzini-speaks","text":"The activist Kamal al-Bazzini said Islamic State shelled Ayyash on Monday and killed five civilians. The house of the teacher Kamal al-Bazzini was destroyed. Islamic State captured Ayyash, Bazzini said."}
{"id":"second","title":"Army denies","publisher":"Homeland State Agency","published":"2016-01-19","language":"en","url":"https://example.org/b","text":"The Syrian army denied that Islamic State captured Ayyash on Monday. Two soldiers were killed in clashes in Ayyash, the resident Nizar Wardan said."}
"#;

struct Own {
    folder: tempfile::TempDir,
}

impl Own {
    /// A ledger of these reports, with a decision, in a folder of this test's own.
    fn new() -> Own {
        let own = Own { folder: tempfile::tempdir().unwrap() };
        let reports = own.path("reports.jsonl");
        fs::write(&reports, REPORTS).unwrap();
        keep::init(&own.ledger(), "Nour Salloum").unwrap();
        let input = [Input::from_arg(&reports)];
        let summary = keep::add(&own.ledger(), &input, "Nour Salloum", &mut |_| {}).unwrap();
        assert_eq!(summary.added, 2, "{:?}", summary.refused);
        let shelf = Shelf::open(&own.ledger()).unwrap();
        let claim = shelf.claims.iter().find(|claim| claim.document.starts_with("kamal")).unwrap().id.clone();
        record(&own.ledger(), vec![Decision::Confirm { claim }], "Nour Salloum", "Kamal al-Bazzini told me")
            .unwrap();
        own
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn ledger(&self) -> PathBuf {
        self.path("l.gpkg")
    }

    fn export(&self, to: &Path, wanted: &Wanted) -> Result<super::Made, Error> {
        self.export_of(&Ask::default(), to, wanted)
    }

    fn export_of(&self, asked: &Ask, to: &Path, wanted: &Wanted) -> Result<super::Made, Error> {
        let shelf = Shelf::open(&self.ledger())?;
        let weighed = shelf.weigh(asked.known_by);
        export(&self.ledger(), &shelf, &weighed, asked, wanted, Target::Path(to))
    }

    /// Names of the files beside the ledger.
    fn beside(&self) -> Vec<String> {
        let names = fs::read_dir(self.folder.path()).unwrap();
        names.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
    }
}

fn wanted(format: Format) -> Wanted<'static> {
    Wanted {
        format,
        nouns: Vec::new(),
        at: None,
        policy: None,
        show_names: false,
        salt: None,
        coarsen_km: 0,
        region: None,
        force: false,
    }
}

/// Every file under a path, as text; Parquet is read back, for it is compressed.
fn texts(path: &Path) -> Vec<(String, String)> {
    if path.is_dir() {
        let inside = fs::read_dir(path).unwrap();
        return inside.flat_map(|entry| texts(&entry.unwrap().path())).collect();
    }
    let bytes = fs::read(path).unwrap();
    let mut text = String::from_utf8_lossy(&bytes).into_owned();
    if path.extension().is_some_and(|extension| extension == "parquet") {
        for batch in gainsay_tables::Batches::open(path, &[]).unwrap() {
            text += &format!("{:?}", batch.unwrap());
        }
    }
    vec![(path.display().to_string(), text)]
}

#[test]
fn no_format_lets_a_private_name_out() {
    let own = Own::new();
    for format in Format::ALL {
        let to = own.path(&format!("out-{}", format.as_str()));
        let made = own.export(&to, &wanted(*format)).unwrap();
        assert!(
            made.loss.lost.iter().any(|line| line.field == "names"),
            "{format:?} says that names are replaced"
        );
        let all =
            if to.is_dir() { texts(&to) } else { made.files.iter().flat_map(|file| texts(file)).collect() };
        assert!(!all.is_empty());
        for (file, text) in all {
            let text = text.to_lowercase();
            for name in PRIVATE {
                assert!(!text.contains(name), "{format:?} {file}: {name}");
            }
        }
    }
}

#[test]
fn names_are_shown_to_whoever_asks_for_them() {
    let own = Own::new();
    for format in [Format::Jsonl, Format::Csv, Format::Prov, Format::Gpkg, Format::Parquet] {
        let to = own.path(&format!("named-{}", format.as_str()));
        let made = own.export(&to, &Wanted { show_names: true, ..wanted(format) }).unwrap();
        assert!(made.loss.lost.iter().all(|line| line.field != "names"));
        let all = if to.is_dir() { texts(&to) } else { texts(&made.files[0]) };
        assert!(all.iter().any(|(_, text)| text.contains("Bazzini")), "{format:?}");
    }
}

#[test]
fn veiled_claims_still_point_into_their_reports() {
    let own = Own::new();
    let to = own.path("lines");
    own.export(&to, &wanted(Format::Jsonl)).unwrap();
    let lines = |name: &str| -> Vec<serde_json::Value> {
        let text = fs::read_to_string(to.join(name)).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let reports = lines("reports.jsonl");
    let mut checked = 0;
    for claim in lines("claims.jsonl") {
        let report = reports.iter().find(|report| report["id"] == claim["document"]).unwrap();
        let text: Vec<char> = report["text"].as_str().unwrap().chars().collect();
        for evidence in claim["evidence"].as_array().unwrap() {
            let at = |key: &str| evidence[key].as_u64().unwrap() as usize;
            let words: String = text[at("start")..at("end")].iter().collect();
            assert_eq!(words, evidence["exact"].as_str().unwrap());
            checked += 1;
        }
    }
    assert!(checked > 3);
    // They are claims that gainsay reads again.
    for line in fs::read_to_string(to.join("claims.jsonl")).unwrap().lines() {
        serde_json::from_str::<gainsay_model::Claim>(line).unwrap();
    }
}

#[test]
fn the_same_ledger_gives_the_same_bytes() {
    let own = Own::new();
    for format in Format::ALL {
        let [a, b] = ["a", "b"].map(|name| own.path(&format!("{name}-{}", format.as_str())));
        let made = own.export(&a, &wanted(*format)).unwrap();
        own.export(&b, &wanted(*format)).unwrap();
        if a.is_dir() {
            for file in made.files {
                let name = file.file_name().unwrap();
                assert_eq!(
                    fs::read(a.join(name)).unwrap(),
                    fs::read(b.join(name)).unwrap(),
                    "{format:?} {name:?}"
                );
            }
        } else {
            assert_eq!(fs::read(&a).unwrap(), fs::read(&b).unwrap(), "{format:?}");
        }
    }
}

#[test]
fn what_is_there_stays_unless_somebody_forces_it() {
    let own = Own::new();
    let to = own.path("events.geojson");
    fs::write(&to, "mine").unwrap();
    assert!(own.export(&to, &wanted(Format::Geojson)).unwrap_err().is_input());
    assert_eq!(fs::read_to_string(&to).unwrap(), "mine");
    own.export(&to, &Wanted { force: true, ..wanted(Format::Geojson) }).unwrap();
    assert!(fs::read_to_string(&to).unwrap().starts_with("{\"type\":\"FeatureCollection\""));
    // The ledger itself is never replaced.
    let forced = own.export(&own.ledger(), &Wanted { force: true, ..wanted(Format::Gpkg) }).unwrap_err();
    assert!(forced.is_input() && forced.to_string().contains("is a ledger"), "{forced}");
    assert!(Shelf::open(&own.ledger()).is_ok());
    // A loss report that is there counts too.
    let other = own.path("other.csv");
    fs::write(own.path("other.csv.loss.json"), "mine").unwrap();
    assert!(own.export(&other, &wanted(Format::Ged)).unwrap_err().is_input());
    assert!(!other.exists());
    // Folders: another's is never replaced, ours only when told to.
    let folder = own.path("tables");
    own.export(&folder, &wanted(Format::Csv)).unwrap();
    assert!(own.export(&folder, &wanted(Format::Csv)).unwrap_err().is_input());
    own.export(&folder, &Wanted { force: true, ..wanted(Format::Csv) }).unwrap();
    let theirs = own.path("theirs");
    fs::create_dir(&theirs).unwrap();
    fs::write(theirs.join("thesis.txt"), "years").unwrap();
    assert!(own.export(&theirs, &Wanted { force: true, ..wanted(Format::Csv) }).unwrap_err().is_input());
    assert!(own.export(&theirs, &wanted(Format::Ged)).unwrap_err().is_input());
    assert_eq!(fs::read_to_string(theirs.join("thesis.txt")).unwrap(), "years");
    assert!(own.export(&own.path("no/such/folder/x.csv"), &wanted(Format::Ged)).unwrap_err().is_input());
    assert!(own.beside().iter().all(|name| !name.starts_with('.')), "{:?}", own.beside());
}

#[test]
fn what_a_format_cannot_hold_is_refused_before_anything_is_read() {
    let own = Own::new();
    let to = own.path("x");
    let wrong = [
        Wanted { nouns: vec![Noun::Ties], ..wanted(Format::Geojson) },
        Wanted { nouns: vec![Noun::Events], ..wanted(Format::Ged) },
        Wanted { policy: Some(gainsay_model::Policy::Airwars), ..wanted(Format::Acled) },
    ];
    for wanted in wrong {
        let error = own.export(&to, &wanted).unwrap_err();
        assert!(error.is_input(), "{error}");
        assert_eq!(error.to_string().lines().count(), 1);
        assert!(!to.exists());
    }
    let shelf = Shelf::open(&own.ledger()).unwrap();
    let (weighed, asked) = (shelf.weigh(None), Ask::default());
    let stream = |wanted: &Wanted| {
        let target = Target::Stream(Box::new(std::io::sink()));
        export(&own.ledger(), &shelf, &weighed, &asked, wanted, target)
    };
    assert!(stream(&wanted(Format::Gpkg)).unwrap_err().is_input());
    assert!(
        stream(&Wanted { nouns: vec![Noun::Events, Noun::Claims], ..wanted(Format::Csv) })
            .unwrap_err()
            .is_input()
    );
    assert!(stream(&Wanted { nouns: vec![Noun::Events], ..wanted(Format::Csv) }).unwrap().files.is_empty());
}

/// A stream that breaks off.
struct Full;

impl Write for Full {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(std::io::ErrorKind::StorageFull.into())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_stream_that_breaks_off_is_an_error_of_the_stream() {
    let own = Own::new();
    let shelf = Shelf::open(&own.ledger()).unwrap();
    let weighed = shelf.weigh(None);
    for format in Format::ALL.iter().filter(|format| **format != Format::Gpkg) {
        let nouns = if format.is_folder_of_tables() { vec![Noun::Events] } else { Vec::new() };
        let wanted = Wanted { nouns, ..wanted(*format) };
        let target = Target::Stream(Box::new(Full));
        let error = export(&own.ledger(), &shelf, &weighed, &Ask::default(), &wanted, target).unwrap_err();
        assert!(error.is_io(), "{format:?}: {error}");
    }
}

#[test]
fn coarse_points_are_all_in_the_middle_of_their_squares() {
    let own = Own::new();
    let to = own.path("coarse.geojson");
    let made = own.export(&to, &Wanted { coarsen_km: 20, ..wanted(Format::Geojson) }).unwrap();
    let text = fs::read_to_string(&to).unwrap();
    // Ayyash lies at 35.397 N, 40.03 E: nowhere is it to be found so.
    assert!(!text.contains("35.397") && !text.contains("40.03,"), "{text}");
    assert!(made.loss.lost.iter().any(|line| line.of == "places" && line.field == "point"));
    let (lon, lat) = gainsay_publish::coarse::point(40.03, 35.397, 20);
    assert!(text.contains(&format!("[{lon},{lat}]")), "{text}");
}

#[test]
fn only_what_was_known_and_asked_for_is_written() {
    let own = Own::new();
    let to = own.path("early.jsonl");
    let asked = Ask { known_by: Some("2016-01-18".parse().unwrap()), ..Ask::default() };
    let nouns = vec![Noun::Claims];
    own.export_of(&asked, &to, &Wanted { nouns, ..wanted(Format::Jsonl) }).unwrap();
    let text = fs::read_to_string(&to).unwrap();
    assert!(!text.is_empty());
    assert!(text.lines().all(|line| !line.contains("\"document\":\"second\"")));
}

#[test]
fn a_ledger_of_nothing_is_written_in_every_format() {
    let own = Own { folder: tempfile::tempdir().unwrap() };
    keep::init(&own.ledger(), "me").unwrap();
    for format in Format::ALL {
        let to = own.path(&format!("none-{}", format.as_str()));
        let made = own.export(&to, &wanted(*format)).unwrap();
        assert!(made.loss.written.values().all(|rows| *rows == 0), "{format:?} {:?}", made.loss.written);
        assert_eq!(made.loss.values(), 0, "{format:?}: nothing is lost of nothing: {:?}", made.loss.lost);
        assert!(made.files.iter().all(|file| file.exists()));
    }
}
