//! What goes in comes out.

use gainsay_model::{Claim, Report};
use gainsay_tables::{Table, Writer, claims, pieces, reports};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::made;

fn claims_file(rows: &[Claim]) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new(), Table::Claims.schema()).unwrap();
    for piece in pieces(rows, claims::size) {
        writer.write(&claims::batch(piece).unwrap()).unwrap();
    }
    writer.finish().unwrap()
}

fn reports_file(rows: &[Report]) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new(), Table::Reports.schema()).unwrap();
    for piece in pieces(rows, reports::size) {
        writer.write(&reports::batch(piece).unwrap()).unwrap();
    }
    writer.finish().unwrap()
}

fn read_reports(bytes: Vec<u8>) -> Vec<Report> {
    let rows = reports::open_bytes(bytes, "r.parquet").unwrap();
    let report = |row: reports::ReportRow| Report {
        id: row.id.unwrap(),
        text: row.text.unwrap(),
        published: row.published.map(|day| day.parse().unwrap()),
        publisher: row.publisher,
        author: row.author,
        title: row.title,
        url: row.url,
        language: row.language,
        guessed: row.guessed,
    };
    rows.map(|row| report(row.unwrap())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn claims_come_back_as_they_were(rows in vec(made::claim(), 0..12)) {
        let batch = claims::batch(&rows).unwrap();
        let again: Result<Vec<Claim>, _> = claims::rows(&batch, "t", 1).unwrap().into_iter().collect();
        prop_assert_eq!(again.unwrap(), rows.clone());

        let read = claims::open_bytes(claims_file(&rows), "c.parquet").unwrap();
        let again: Vec<Claim> = read.map(|row| row.unwrap().unwrap()).collect();
        prop_assert_eq!(&again, &rows);

        // And as the JSON lines that they are written as elsewhere.
        let line = |claim: &Claim| serde_json::to_string(claim).unwrap();
        let written: Vec<String> = rows.iter().map(line).collect();
        let lines: Vec<Claim> = written.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
        prop_assert_eq!(again.iter().map(line).collect::<Vec<_>>(), lines.iter().map(line).collect::<Vec<_>>());
    }

    #[test]
    fn a_line_is_the_row_that_its_claim_is(rows in vec(made::claim(), 0..6)) {
        let lines: Vec<_> =
            rows.iter().map(|claim| claims::row_of_line(serde_json::to_value(claim).unwrap())).collect();
        let batch = gainsay_tables::lines::batch(Table::Claims.schema(), &lines).unwrap();
        prop_assert_eq!(batch, claims::batch(&rows).unwrap());
    }

    #[test]
    fn reports_come_back_as_they_were(rows in vec(made::report(), 0..12)) {
        prop_assert_eq!(read_reports(reports_file(&rows)), rows);
    }

    #[test]
    fn a_slice_of_a_batch_is_its_rows(rows in vec(made::claim(), 3..9)) {
        let batch = claims::batch(&rows).unwrap().slice(1, rows.len() - 2);
        let again: Result<Vec<Claim>, _> = claims::rows(&batch, "t", 2).unwrap().into_iter().collect();
        prop_assert_eq!(again.unwrap(), &rows[1..rows.len() - 1]);
    }
}

#[test]
fn the_same_rows_are_the_same_bytes() {
    let report = |n: usize| Report {
        id: format!("r-{n}"),
        text: format!("Shells fell on Al-Qusour, number {n}. ").repeat(40),
        published: Some(format!("2014-06-{:02}", n % 28 + 1).parse().unwrap()),
        publisher: Some("Euphrates Wire".into()),
        author: None,
        title: None,
        url: None,
        language: Some("en".into()),
        guessed: Vec::new(),
    };
    let rows: Vec<Report> = (0..3_000).map(report).collect();
    let bytes = reports_file(&rows);
    assert_eq!(bytes, reports_file(&rows));
    assert_eq!(read_reports(bytes), rows);
}

#[test]
fn a_file_says_what_it_is() {
    let batches = gainsay_tables::Batches::of_bytes(claims_file(&[]), "c.parquet", &[]).unwrap();
    assert_eq!(batches.schema().metadata().get("gainsay:table").map(String::as_str), Some("claims"));
    assert_eq!(batches.schema().metadata().get("gainsay:format").map(String::as_str), Some("1"));
    assert_eq!((batches.expected_rows(), batches.count()), (0, 0));
}

#[test]
fn a_count_that_no_table_holds_is_said() {
    let line = r#"{"document":"d","kind":"casualties","evidence":[],"count":{"what":"killed","low":18446744073709551615}}"#;
    let claim: Claim = serde_json::from_str(line).unwrap();
    let error = claims::batch(&[claim]).unwrap_err().to_string();
    assert!(error.starts_with("count.low: 18446744073709551615 is more than a table holds"), "{error}");
}

#[test]
fn pieces_are_small_and_all_of_it() {
    let rows: Vec<usize> = (0..5_000).collect();
    let sizes: Vec<usize> = pieces(&rows, |_| 1).map(<[usize]>::len).collect();
    assert_eq!(sizes, [1024, 1024, 1024, 1024, 904]);
    // A row larger than a piece may be is a piece of its own.
    let large: Vec<usize> = pieces(&rows[..3], |_| 17 << 20).map(<[usize]>::len).collect();
    assert_eq!(large, [1, 1, 1]);
    assert_eq!(pieces(&rows[..0], |_| 1).count(), 0);
}
