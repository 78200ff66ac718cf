//! Files that are none, or damaged: one line, never a stop.

use gainsay_model::{Claim, Report};
use gainsay_tables::{Table, Writer, claims, reports};

fn file() -> Vec<u8> {
    let report = |n: usize| Report {
        id: format!("r-{n}"),
        text: format!("Report {n} of shells that fell. ").repeat(1 + n % 7),
        published: None,
        publisher: Some("Euphrates Wire".into()),
        author: None,
        title: None,
        url: None,
        language: None,
        guessed: Vec::new(),
    };
    let rows: Vec<Report> = (0..300).map(report).collect();
    let mut writer = Writer::new(Vec::new(), Table::Reports.schema()).unwrap();
    writer.write(&reports::batch(&rows).unwrap()).unwrap();
    writer.finish().unwrap()
}

/// All lines that reading the bytes brings up; none where it is whole.
fn faults(bytes: Vec<u8>) -> Vec<String> {
    match reports::open_bytes(bytes, "r.parquet") {
        Ok(rows) => rows.filter_map(Result::err).map(|error| error.to_string()).collect(),
        Err(error) => vec![error.to_string()],
    }
}

#[test]
fn what_is_no_parquet_is_said_in_one_line() {
    let whole = file();
    for bytes in
        [Vec::new(), b"id,text\n1,x\n".to_vec(), b"PAR1PAR1".to_vec(), whole[..whole.len() / 2].to_vec()]
    {
        let faults = faults(bytes);
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].starts_with("r.parquet: no Parquet file, or cut short ("), "{faults:?}");
        assert!(!faults[0].contains('\n'));
    }
    assert_eq!(faults(whole), Vec::<String>::new());
}

#[test]
fn a_damaged_file_never_stops_the_program() {
    let whole = file();
    // Every byte of the footer, and every third of the pages, wrong in two ways.
    let footer = whole.len() - 1_500.min(whole.len());
    let places = (0..footer).step_by(9).chain(footer..whole.len());
    for at in places {
        for change in [0xFF, 0x01] {
            let mut bytes = whole.clone();
            bytes[at] ^= change;
            let faults = faults(bytes);
            assert!(faults.len() <= 1, "{at}: {faults:?}");
            assert!(faults.iter().all(|fault| !fault.contains('\n')), "{at}: {faults:?}");
            // Nothing stopped short and wrote to standard error: what may be checked before was checked.
            assert!(!faults.iter().any(|fault| fault.contains("contradict each other")), "{at}: {faults:?}");
        }
    }
}

#[test]
fn reports_are_no_claims() {
    let error = claims::open_bytes(file(), "r.parquet").map(|_| ()).unwrap_err().to_string();
    let says = "r.parquet: no column \"document\" (there are: id, text, published, publisher, author, title, url, \
                language); claims have document, kind and evidence";
    assert_eq!(error, says);
}

#[test]
fn a_file_that_is_not_there_and_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let error = claims::open(&folder.path().join("none.parquet")).map(|_| ()).unwrap_err().to_string();
    assert!(error.contains("none.parquet: cannot be opened (No such file"), "{error}");
    let error = claims::open(folder.path()).map(|_| ()).unwrap_err().to_string();
    assert!(error.ends_with("a folder, not a Parquet file; name the files in it"), "{error}");
}

#[test]
fn a_newer_format_is_refused() {
    let schema = Table::Claims.schema();
    let mut metadata = schema.metadata().clone();
    metadata.insert("gainsay:format".to_owned(), "2".to_owned());
    let schema = std::sync::Arc::new(schema.as_ref().clone().with_metadata(metadata));
    let file = Writer::new(Vec::new(), schema).unwrap().finish().unwrap();
    let error = claims::open_bytes(file, "c.parquet").map(|_| ()).unwrap_err().to_string();
    assert_eq!(error, "c.parquet: the table was written by a newer gainsay; update this one");
}

#[test]
fn one_text_that_many_rows_share_is_held_once() {
    // Four MiB in each of 20,000 rows: 80 GB, were it copied for every row of a batch.
    let claim = |n: usize| -> Claim {
        let line = format!(r#"{{"document":"d-{n}","kind":"clash","evidence":[]}}"#);
        serde_json::from_str(&line).unwrap()
    };
    let large = "x".repeat(4 << 20);
    let mut writer = Writer::new(Vec::new(), Table::Claims.schema()).unwrap();
    for start in (0..20_000).step_by(100) {
        let mut rows: Vec<Claim> = (start..start + 100).map(claim).collect();
        // What is written is a dictionary: one text, and 20,000 small numbers.
        rows[0].reader.clone_from(&large);
        writer.write(&claims::batch(&rows).unwrap()).unwrap();
    }
    let file = writer.finish().unwrap();
    assert!(file.len() < 4 << 20, "{}", file.len());
    let read = claims::open_bytes(file, "c.parquet").unwrap();
    assert_eq!(
        read.filter(|row| row.as_ref().unwrap().as_ref().unwrap().reader.len() == 4 << 20).count(),
        200
    );
}

#[test]
fn a_footer_that_tells_of_more_than_it_holds_is_refused_at_once() {
    // A list of two thousand million truth values, which take no bytes: found by fuzzing.
    let footer = [0x99, 0xF1, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0];
    let file = [b"PAR1".as_slice(), &footer, &(footer.len() as u32).to_le_bytes(), b"PAR1"].concat();
    let begun = std::time::Instant::now();
    let error = gainsay_tables::Batches::of_bytes(file, "a.parquet", &[]).err().unwrap().to_string();
    assert!(error.starts_with("a.parquet: ") && error.contains("tells of more than it holds"), "{error}");
    assert!(begun.elapsed().as_millis() < 500, "{:?}", begun.elapsed());
}
