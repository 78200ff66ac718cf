//! What GDAL says of the file. Where GDAL is not installed, one line says so.

use std::process::Command;

use crate::samples::{derived, ledger, report};

fn there(program: &str, arguments: &[&str]) -> bool {
    Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success())
}

#[test]
fn gdal_lists_its_layers_without_a_warning() {
    if !there("ogrinfo", &["--version"]) {
        println!("skipped: ogrinfo is not on PATH (Debian: gdal-bin)");
        return;
    }
    let (_folder, path, mut ledger) = ledger();
    ledger.add(&(1..=5).map(|n| report(n, 3)).collect::<Vec<_>>()).unwrap();
    ledger.write_derived(&derived()).unwrap();
    ledger.close().unwrap();
    let before = std::fs::read(&path).unwrap();
    let output = Command::new("ogrinfo").args(["-ro", "-so", "-al"]).arg(&path).output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success());
    assert_eq!(err, "");
    assert!(!out.contains("Warning"), "{out}");
    for (layer, features) in [
        ("reports", 5),
        ("readings", 5),
        ("beside", 0),
        ("log", 11),
        ("claims", 15),
        ("places", 3),
        ("events", 2),
        ("holdings", 1),
        ("disputes", 1),
        ("sources", 1),
    ] {
        let part = out.split("Layer name: ").find(|part| part.lines().next() == Some(layer));
        let part = part.unwrap_or_else(|| panic!("no layer {layer}:\n{out}"));
        assert!(part.contains(&format!("Feature Count: {features}\n")), "{part}");
    }
    assert_eq!(out.matches("Geometry: Point").count(), 3);
    assert_eq!(out.matches("Extent: (40.050000, 35.340000) - (40.120000, 35.410000)").count(), 1, "{out}");

    let mut ask = Command::new("ogrinfo");
    let output =
        ask.args(["-ro", "-q", "-where", "id = 'ayyash'"]).arg(&path).arg("places").output().unwrap();
    let point = String::from_utf8_lossy(&output.stdout);
    assert!(point.contains("POINT (40.05 35.41)"), "{point}");
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn gdals_validator_finds_nothing() {
    let validator = ["-m", "osgeo_utils.samples.validate_gpkg"];
    let python = ["/usr/bin/python3", "python3"]
        .into_iter()
        .find(|python| there(python, &["-c", "import osgeo_utils.samples.validate_gpkg"]));
    let Some(python) = python else {
        println!("skipped: GDAL's validate_gpkg is not installed (Debian: python3-gdal)");
        return;
    };
    let (_folder, path, mut ledger) = ledger();
    ledger.add(&(1..=5).map(|n| report(n, 3)).collect::<Vec<_>>()).unwrap();
    ledger.write_derived(&derived()).unwrap();
    ledger.close().unwrap();
    let output = Command::new(python).args(validator).arg(&path).output().unwrap();
    let said =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}");
    assert!(!said.to_lowercase().contains("error"), "{said}");
}
