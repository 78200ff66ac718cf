//! Parquet files of reports, by themselves and in archives.

use gainsay_model::{Date, Report};
use gainsay_tables::{Table, Writer, reports};

use super::made::{tar, zip};
use super::{ids, take_file, take_stream};

fn report(n: usize) -> Report {
    Report {
        id: format!("r{n}"),
        text: format!("Report {n}: fighters came to the town."),
        published: Some(Date::constant(2016, 1, 18)),
        publisher: Some("Euphrates Wire".to_owned()),
        author: None,
        title: Some(format!("Report {n}")),
        url: None,
        language: Some("en".to_owned()),
        guessed: Vec::new(),
    }
}

fn parquet(count: usize) -> Vec<u8> {
    let reports: Vec<Report> = (0..count).map(report).collect();
    let mut bytes = Vec::new();
    let mut writer = Writer::new(&mut bytes, Table::Reports.schema()).unwrap();
    writer.write(&reports::batch(&reports).unwrap()).unwrap();
    writer.finish().unwrap();
    bytes
}

#[test]
fn a_row_is_a_report() {
    let bytes = parquet(3);
    for (name, bytes) in [
        ("r.parquet", bytes.clone()),
        ("r.zip", zip(&[("r.parquet", &bytes)])),
        ("r.tar", tar(&[("r.parquet", &bytes)])),
    ] {
        let (taken, warnings, _) = take_file(name, &bytes);
        assert_eq!(warnings, [], "{name}");
        assert_eq!(
            taken.iter().map(|intake| intake.report.clone()).collect::<Vec<_>>(),
            [report(0), report(1), report(2)]
        );
        assert!(taken[2].raw_name.ends_with("r.parquet:3"), "{}", taken[2].raw_name);
        // A row is kept as a line that is read as the same report.
        let (again, _) = take_stream(&taken[1].raw);
        assert_eq!(again[0].report, taken[1].report);
    }
    assert_eq!(ids(&take_stream(&bytes).0), ["r0", "r1", "r2"]);
}

#[test]
fn a_table_that_is_broken_or_of_other_columns_is_one_line() {
    let bytes = parquet(3);
    let mut damaged = bytes.clone();
    damaged[bytes.len() / 3] ^= 0xFF;
    for (bytes, words) in [
        (b"PAR1".to_vec(), ""),
        (b"no table".to_vec(), ""),
        (bytes[..bytes.len() - 20].to_vec(), ""),
        (parquet(0), "no report"),
        (others(), "no column \"text\""),
    ] {
        let (taken, warnings, _) = take_file("r.parquet", &bytes);
        assert_eq!((taken.len(), warnings.len()), (0, 1), "{words}: {warnings:?}");
        assert!(warnings[0].message.contains(words), "{}", warnings[0]);
    }
    let (taken, warnings, _) = take_file("r.parquet", &damaged);
    assert!(taken.len() <= 3 && warnings.len() <= 1, "{warnings:?}");
}

/// A table of claims, which has no texts.
fn others() -> Vec<u8> {
    let mut bytes = Vec::new();
    let writer = Writer::new(&mut bytes, Table::Claims.schema()).unwrap();
    writer.finish().unwrap();
    bytes
}
