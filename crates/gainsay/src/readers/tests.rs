//! Claims on their way into a ledger: what file they come in, and what gainsay itself read elsewhere.

use std::path::{Path, PathBuf};

use gainsay_intake::{Input, Meter};
use gainsay_ledger::{ClaimFilter, Ledger};
use gainsay_model::Claim;
use serde_json::{Value, json};

use super::{Elsewhere, reader};
use crate::keep::{self, Summary};

const TEXT: &str = "The army shelled Mayadin on Monday and killed at least 12 civilians, activists said. Two days later \
    rebels took the town.";

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Desk {
        let desk = Desk { folder: tempfile::tempdir().unwrap() };
        keep::init(&desk.path("desk.gpkg"), "tester").unwrap();
        let report = json!({"id": "r", "text": TEXT, "published": "2014-06-04", "language": "en"});
        assert_eq!(desk.add(&[desk.write("reports.jsonl", report.to_string())], None).added, 1);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        std::fs::write(self.path(name), bytes).unwrap();
        self.path(name)
    }

    fn add(&self, files: &[PathBuf], reader: Option<&str>) -> Summary {
        let inputs: Vec<Input> = files.iter().map(Input::from_arg).collect();
        let elsewhere = Elsewhere { reader: reader.map(str::to_owned), ..Elsewhere::default() };
        let ledger = self.path("desk.gpkg");
        keep::add_with(&ledger, &inputs, &elsewhere, "tester", &Meter::default(), &mut |_| {}).unwrap()
    }

    fn claims(&self, reader: &str) -> Vec<Claim> {
        let filter = ClaimFilter { reader: Some(reader.to_owned()), ..ClaimFilter::default() };
        Ledger::open_read_only(self.path("desk.gpkg")).unwrap().claims(&filter).unwrap()
    }
}

fn toll(low: u64) -> Value {
    json!({"document": "r", "kind": "casualties", "evidence": ["killed at least 12 civilians"], "target": ["civilians"],
        "count": {"what": "killed", "low": low, "high": null}})
}

fn parquet(path: &Path, claims: &[Claim]) {
    let batch = gainsay_tables::claims::batch(claims).unwrap();
    let file = std::fs::File::create(path).unwrap();
    let mut writer = gainsay_tables::Writer::new(file, batch.schema()).unwrap();
    writer.write(&batch).unwrap();
    writer.finish().unwrap();
}

#[test]
fn claims_come_as_an_array_or_as_a_table() {
    let desk = Desk::new();
    let array = desk.write("claims.json", json!([toll(12), toll(40)]).to_string());
    let summary = desk.add(&[array], Some("model@1"));
    assert_eq!((summary.claims, summary.refused.len()), (1, 1), "{:?}", summary.refused);
    assert!(
        summary.refused[0].message.contains("its count 40 or more does not follow"),
        "{:?}",
        summary.refused
    );

    let good = Claim { reader: "table@2".to_owned(), ..desk.claims("model").remove(0) };
    let mut bad = good.clone();
    bad.count.as_mut().unwrap().low = Some(40);
    let claims = [good, bad];
    parquet(&desk.path("claims.parquet"), &claims);
    let summary = desk.add(&[desk.path("claims.parquet")], None);
    assert_eq!((summary.claims, summary.refused.len()), (1, 1), "{:?}", summary.refused);
    assert_eq!(summary.refused[0].line, Some(2));
    assert_eq!(desk.claims("table")[0].count.as_ref().unwrap().low, Some(12));
    assert_eq!(desk.claims("table")[0].reader, "table@2");
}

#[test]
fn what_gainsay_read_elsewhere_as_it_read_it_here_changes_nothing() {
    let desk = Desk::new();
    let own = desk.claims("gainsay");
    assert!(own.len() >= 3);
    parquet(&desk.path("own.parquet"), &own);
    let before = std::fs::read(desk.path("desk.gpkg")).unwrap();
    let summary = desk.add(&[desk.path("own.parquet")], None);
    assert_eq!(
        (summary.claims, summary.claims_unchanged, summary.refused.as_slice()),
        (0, own.len(), &[][..])
    );
    assert!(before == std::fs::read(desk.path("desk.gpkg")).unwrap());
    // Another claim under gainsay's name is somebody else's.
    let other = Claim { place: Vec::new(), count: None, time: None, means: None, ..own[0].clone() };
    parquet(&desk.path("other.parquet"), &[other]);
    let summary = desk.add(&[desk.path("other.parquet")], None);
    assert!(
        summary.refused[0].message.contains("gainsay has read this report itself"),
        "{:?}",
        summary.refused
    );
    assert_eq!(desk.claims("gainsay"), own);
}

#[test]
fn a_part_finds_its_total_and_another_version_replaces_the_first() {
    let desk = Desk::new();
    let (mut whole, mut part) = (toll(12), toll(12));
    whole["id"] = json!("a");
    part["part_of"] = json!("a");
    part["source"] = json!(["activists"]);
    let file = desk.write("claims.jsonl", format!("{part}\n{whole}\n"));
    assert_eq!(desk.add(std::slice::from_ref(&file), Some("model@1")).claims, 2);
    let claims = desk.claims("model");
    let total = claims.iter().find(|claim| claim.part_of.is_none()).unwrap();
    let part = claims.iter().find(|claim| claim.part_of.is_some()).unwrap();
    assert_eq!(part.part_of.as_ref(), Some(&total.id));
    let one = desk.write("one.jsonl", whole.to_string());
    assert_eq!(desk.add(std::slice::from_ref(&one), Some("model@2")).claims, 1);
    assert_eq!(desk.claims("model").len(), 1);
    assert_eq!(
        desk.claims("model")[0].id,
        total.id,
        "one claim of one reader bears one id, whatever the version"
    );
}

#[test]
fn a_reader_has_a_name_and_a_version() {
    assert_eq!(reader(" qwen@2.5-7b ").as_deref(), Ok("qwen@2.5-7b"));
    assert_eq!(reader("person:Alia@2026-11").as_deref(), Ok("person:Alia@2026-11"));
    assert_eq!(reader("gainsay 0.1.0").as_deref(), Ok("gainsay 0.1.0"));
    for (written, words) in [
        ("qwen", "NAME@VERSION"),
        ("qwen@", "NAME@VERSION"),
        ("@2", "NAME@VERSION"),
        ("person:@2", "NAME@VERSION"),
        ("Gainsay@2", "gainsay's own name"),
        ("a\nb@2", "not one line"),
    ] {
        let why = reader(written).unwrap_err();
        assert!(why.contains(words), "{written}: {why}");
    }
}
