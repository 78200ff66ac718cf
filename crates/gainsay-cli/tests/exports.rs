//! `gainsay export` on the example reports: every format once, then read by programs that know nothing of gainsay.
//!
//! The readers are Python's: where `GAINSAY_VENV` names an environment that has them, their tests run on what was
//! written; where it does not, a line says so.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Every format, and where it goes.
const ALL: [(&str, &str); 11] = [
    ("geojson", "all.geojson"),
    ("csv", "csv"),
    ("jsonl", "jsonl"),
    ("parquet", "parquet"),
    ("gpkg", "all.gpkg"),
    ("hxl", "events.hxl.csv"),
    ("ged", "ged.csv"),
    ("acled", "acled.csv"),
    ("plover", "plover.json"),
    ("claimreview", "disputes.jsonld"),
    ("prov", "all.prov.json"),
];

struct Desk(tempfile::TempDir);

impl Desk {
    /// A ledger of the example reports.
    fn new() -> Desk {
        let desk = Desk(tempfile::tempdir().unwrap());
        let reports = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/deir-ez-zor/reports");
        desk.ok(&["init"]);
        desk.ok(&["add", reports.to_str().unwrap()]);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gainsay"));
        command.args(args).current_dir(self.0.path()).env("GAINSAY_BY", "tester");
        command
            .env("SOURCE_DATE_EPOCH", "1700000000")
            .env_remove("GAINSAY_LEDGER")
            .env_remove("GAINSAY_SALT");
        command.output().unwrap()
    }

    fn ok(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert!(ran.status.success(), "{args:?}: {}", String::from_utf8_lossy(&ran.stderr));
        String::from_utf8(ran.stdout).unwrap()
    }

    /// Runs it, and it must refuse with 2 and one line.
    fn refused(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        let said = String::from_utf8(ran.stderr).unwrap();
        assert_eq!(ran.status.code(), Some(2), "{args:?}: {said}");
        said
    }
}

#[test]
fn every_format_is_read_by_programs_of_others() {
    let desk = Desk::new();
    for (format, to) in ALL {
        let said = desk.ok(&["export", "--format", format, "-o", to]);
        assert!(said.starts_with(&format!("wrote {to}: ")), "{said}");
    }
    let Some(venv) = std::env::var_os("GAINSAY_VENV") else {
        eprintln!(
            "GAINSAY_VENV names no Python environment: the exports are not read back by other programs"
        );
        return;
    };
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../gainsay-publish/tests/python");
    let mut python = Command::new(Path::new(&venv).join("bin/python"));
    python.args(["-m", "pytest", "-q", "-p", "no:cacheprovider"]).arg(&tests);
    python.env("GAINSAY_EXPORTS", desk.0.path()).env("PYTHONDONTWRITEBYTECODE", "1");
    let ran = python.output().unwrap();
    assert!(
        ran.status.success(),
        "{}{}",
        String::from_utf8_lossy(&ran.stdout),
        String::from_utf8_lossy(&ran.stderr)
    );
}

#[test]
fn reports_as_json_lines_make_the_same_ledger_again() {
    let desk = Desk::new();
    desk.ok(&["export", "--format", "jsonl", "-o", "out", "--names"]);
    desk.ok(&["--ledger", "again.gpkg", "init"]);
    let said = desk.ok(&["--ledger", "again.gpkg", "add", "out/reports.jsonl"]);
    assert!(said.starts_with("26 reports added"), "{said}");
    let ids = |ledger: &str| -> Vec<serde_json::Value> {
        let lines = desk.ok(&["--ledger", ledger, "claims", "--format", "jsonl"]);
        lines
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].clone())
            .collect()
    };
    let all = ids("gainsay.gpkg");
    assert!(all.len() > 200);
    assert_eq!(all, ids("again.gpkg"));
    // One table goes to standard output, as `gainsay claims` prints it, but for the order.
    let mut streamed: Vec<String> = desk
        .ok(&["export", "--format", "jsonl", "-o", "-", "--names", "--quiet"])
        .lines()
        .map(str::to_owned)
        .collect();
    let mut listed: Vec<String> =
        desk.ok(&["claims", "--format", "jsonl"]).lines().map(str::to_owned).collect();
    streamed.sort();
    listed.sort();
    assert_eq!(streamed, listed);
}

#[test]
fn what_is_asked_for_is_what_is_written() {
    let desk = Desk::new();
    let count = |args: &[&str]| {
        let out = desk.ok(&[&["export", "-o", "-", "--quiet", "--format", "jsonl"], args].concat());
        out.lines().count()
    };
    let all = count(&["--what", "events"]);
    let city = count(&["--what", "events", "--place", "Deir ez-Zor"]);
    assert!(0 < city && city < all, "{city} of {all}");
    assert!(count(&["--what", "claims", "--source", "Euphrates Wire"]) < count(&["--what", "claims"]));
    // Under another policy the figures are others, and say so.
    let out = desk
        .ok(&["export", "-o", "-", "--quiet", "--format", "jsonl", "--what", "events", "--policy", "acled"]);
    assert!(out.lines().all(|line| line.contains("\"policy\":\"acled/1\"")));
    // Lists still take the option that the export's stands in the place of.
    let csv = desk.ok(&["events", "--format", "csv"]);
    assert!(csv.starts_with("id,kind,"), "{csv}");
    assert!(desk.ok(&["--format", "jsonl", "events"]).starts_with('{'));
}

#[test]
fn bad_wishes_are_refused_in_a_line() {
    let desk = Desk::new();
    for (args, word) in [
        (&["export", "--format", "shapefile", "-o", "x"][..], "shapefile"),
        (&["export", "--format", "ged", "-o", "x.csv", "--what", "claims"], "--what claims"),
        (&["export", "--format", "ged", "-o", "x.csv", "--policy", "airwars"], "--policy"),
        (&["export", "--format", "gpkg", "-o", "-"], "GeoPackage"),
        (&["export", "--format", "csv", "-o", "no/such/x.csv"], "folder"),
        (&["export", "--format", "csv", "-o", "x", "--place", "Atlantis"], "Atlantis"),
        (&["events", "--format", "geojson"], "geojson"),
    ] {
        let said = desk.refused(args);
        assert!(said.contains(word), "{args:?}: {said}");
        assert!(!desk.path("x").exists() && !desk.path("x.csv").exists());
    }
    std::fs::write(desk.path("mine.csv"), "mine").unwrap();
    let said = desk.refused(&["--quiet", "export", "--format", "ged", "-o", "mine.csv"]);
    assert!(said.contains("--force") && said.lines().count() == 1, "{said}");
    assert_eq!(std::fs::read_to_string(desk.path("mine.csv")).unwrap(), "mine");
}
