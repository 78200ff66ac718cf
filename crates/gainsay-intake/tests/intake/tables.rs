//! Tables and JSON lines of other people's columns.

use std::io::{BufReader, Read};
use std::path::Path;

use gainsay_intake::{Columns, Input, Intake, take_in_from};
use gainsay_model::Warning;
use jiff::civil::date;

use super::{folder, ids, take};

fn read(name: &str, bytes: &[u8]) -> (Vec<Intake>, Vec<Warning>) {
    let folder = folder(&[(name, bytes)]);
    take(&[&folder.path().join(name)])
}

fn mapped(path: &Path, map: &[&str]) -> (Vec<Intake>, Vec<Warning>) {
    let input = Input::Mapped(Box::new(Input::Path(path.to_owned())), Columns::of(map).unwrap());
    let (mut taken, mut warnings) = (Vec::new(), Vec::new());
    take_in_from(&[input], &mut std::io::empty(), |outcome| match outcome {
        Ok(intake) => taken.push(intake),
        Err(warning) => warnings.push(warning),
    });
    (taken, warnings)
}

#[test]
fn a_table_gives_a_row_a_report() {
    let table = "\u{FEFF}Id;Date;Source;Headline;Full text;Link\r\n\
                 a;18/01/2016;Furat Post;Bridge hit;\"A bridge was hit;\r\nthree \"\"people\"\" died.\";https://f.example/a\r\n\
                 \r\n\
                 ;1453075200;Furat Post;;Fighters left.;\r\n";
    let (taken, warnings) = read("r.csv", table.as_bytes());
    assert_eq!(warnings, []);
    assert_eq!(ids(&taken), ["a", "r-2"]);
    let first = &taken[0].report;
    assert_eq!(first.text, "A bridge was hit;\r\nthree \"people\" died.");
    assert_eq!((first.published, first.publisher.as_deref()), (Some(date(2016, 1, 18)), Some("Furat Post")));
    assert_eq!(
        (first.title.as_deref(), first.url.as_deref()),
        (Some("Bridge hit"), Some("https://f.example/a"))
    );
    assert_eq!(taken[1].report.published, Some(date(2016, 1, 18)));
    assert!(taken[0].raw.starts_with(b"a;18/01/2016") && taken[0].raw.ends_with(b"https://f.example/a"));
    assert!(taken[1].raw_name.ends_with("r.csv:5"), "{}", taken[1].raw_name);
}

#[test]
fn a_column_map_goes_before_common_names() {
    let folder = folder(&[
        ("t.tsv", b"text\tword\twhen\nno\tFighters left.\t2016-01-18\n"),
        ("l.jsonl", b"{\"text\":\"no\",\"post\":{\"parts\":[\"Fighters left.\"]},\"when\":\"2016-01-18\"}\n"),
    ]);
    let (taken, warnings) = mapped(&folder.path().join("t.tsv"), &["text=word", "published=when"]);
    assert_eq!((warnings.len(), taken[0].report.text.as_str()), (0, "Fighters left."));
    assert_eq!(taken[0].report.published, Some(date(2016, 1, 18)));
    let (taken, warnings) = mapped(&folder.path().join("l.jsonl"), &["text=post.parts.0", "published=when"]);
    assert_eq!((warnings.len(), taken[0].report.text.as_str()), (0, "Fighters left."));
    let (taken, warnings) = mapped(&folder.path().join("t.tsv"), &["text=body"]);
    assert_eq!((taken.len(), warnings.len()), (0, 1));
    assert!(warnings[0].message.contains("has no column `body`; it has text, word, when"), "{}", warnings[0]);
    let (_, warnings) = read("t.csv", b"a,b\n1,2\n");
    assert!(warnings[0].message.contains("--map text=…"), "{}", warnings[0]);
}

#[test]
fn a_bad_row_costs_no_other() {
    let table = b"id,text\na,One.\nb,Two\0.\nc\nd,Four.,more\ne,\nf,\"Never closed\ng,Seven.\nh,\xE9\xE8 Eight.\ni,Nine.\n";
    let (taken, warnings) = read("r.csv", table);
    let lines: Vec<(Option<usize>, &str)> =
        warnings.iter().map(|warning| (warning.line, warning.message.as_str())).collect();
    // The bytes of `h` are no UTF-8, so the table is read as what they look like, and `h` with it.
    assert_eq!(ids(&taken), ["a", "g", "h", "i"], "{lines:?}");
    for (line, words) in
        [(3, "zero byte"), (4, "1 cells and the header 2"), (5, "3 cells"), (6, "empty"), (7, "never closed")]
    {
        assert!(
            lines.iter().any(|(at, message)| *at == Some(line) && message.contains(words)),
            "{line}: {lines:?}"
        );
    }
    assert_eq!(lines.len(), 5);
}

#[test]
fn encodings_and_mixtures_of_them() {
    let rows = "id,text\na,قتل ثلاثة مدنيين في قصف على المدينة صباح اليوم\n";
    let older = encoding_rs::WINDOWS_1256.encode(rows).0.into_owned();
    let both = [older.as_slice(), "b,عياش\n".as_bytes()].concat();
    let (taken, warnings) = read("r.csv", &both);
    assert_eq!(warnings, []);
    assert_eq!(taken[0].report.text, "قتل ثلاثة مدنيين في قصف على المدينة صباح اليوم");
    assert_eq!(taken[1].report.text, "عياش");
    let utf16: Vec<u8> =
        [vec![0xFF, 0xFE], rows.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
    let (taken, warnings) = read("r.csv", &utf16);
    assert_eq!((warnings.len(), taken.len()), (0, 1));
    // What goes wrong behind the head is told row by row.
    let mut late = b"id,text\n".to_vec();
    late.extend((0..20_000).flat_map(|n| format!("{n},A line of a table.\n").into_bytes()));
    late.extend(b"bad,\xE9\nlast,Good.\n");
    let (taken, warnings) = read("r.csv", &late);
    assert_eq!((taken.len(), warnings.len(), warnings[0].line), (20_001, 1, Some(20_002)));
}

#[test]
fn what_is_no_table_is_one_line() {
    for (bytes, words) in [
        (&b""[..], "empty"),
        (b"id,text\n", "no row"),
        (b"\x7FELF\x02\0\0\0", "binary"),
        (b"PK\x03\x04", "zip"),
        (b"sep=;\nid;text\n", "no row"),
    ] {
        let (taken, warnings) = read("r.csv", bytes);
        assert_eq!((taken.len(), warnings.len()), (0, 1), "{warnings:?}");
        assert!(warnings[0].message.contains(words), "{}", warnings[0]);
    }
    // A quote that opens and never closes, in a file without end: given up, not held.
    let head = b"id,text\n";
    let endless = std::io::repeat(b'"').take(3).chain(std::io::repeat(b'x').take(40 << 20));
    let mut stream = BufReader::new(head.chain(endless));
    let mut told = Vec::new();
    take_in_from(&[Input::Stdin], &mut stream, |outcome| told.push(outcome.is_ok()));
    assert_eq!(told, [false]);
}

#[test]
fn a_table_on_standard_input_is_known_by_its_header() {
    let mut stream = &b"id,text,date\na,Fighters left.,2016-01-18\n"[..];
    let mut taken = Vec::new();
    take_in_from(&[Input::Stdin], &mut stream, |outcome| taken.push(outcome.unwrap()));
    assert_eq!(taken[0].report.id, "a");
}
