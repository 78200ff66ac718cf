//! Files, folders and streams that can be read.

use gainsay_model::Field;
use jiff::civil::date;

use super::{folder, ids, take, take_stream};

const DATED: &[u8] =
    b"\xEF\xBB\xBFRebels leave the town\r\n\r\nDEIR EZ-ZOR, Syria, 4 June 2014 (Euphrates Wire) - \
    The fighters left the town on Tuesday after two days of fighting, residents said.\r\n";

#[test]
fn a_text_tells_its_own_day_outlet_title_and_language() {
    let folder = folder(&[("rebels.txt", DATED)]);
    let (taken, warnings) = take(&[&folder.path().join("rebels.txt")]);
    assert_eq!(warnings, []);
    let report = &taken[0].report;
    assert_eq!((report.id.as_str(), taken[0].raw_name.as_str()), ("rebels", "rebels.txt"));
    assert_eq!(taken[0].raw, DATED);
    assert!(report.text.starts_with("Rebels leave the town\n\nDEIR EZ-ZOR") && !report.text.contains('\r'));
    assert_eq!(report.published, Some(date(2014, 6, 4)));
    assert_eq!(report.publisher.as_deref(), Some("Euphrates Wire"));
    assert_eq!(report.title.as_deref(), Some("Rebels leave the town"));
    assert_eq!(report.language.as_deref(), Some("en"));
    assert_eq!(report.guessed, [Field::Published, Field::Publisher, Field::Title, Field::Language]);
}

#[test]
fn a_folder_is_read_in_order_and_twice_the_same_stem_gets_a_number() {
    let folder = folder(&[
        ("b/a.txt", b"Bravo."),
        ("a.txt", b"Alpha."),
        ("a.md", b"Markdown."),
        ("c.jsonl", b"{\"id\":\"x\",\"text\":\"X.\"}\n\n{\"text\":\"Y.\"}\n"),
        (".hidden.txt", b"No."),
        (".git/x.txt", b"No."),
    ]);
    let (taken, warnings) = take(&[folder.path(), &folder.path().join("a.txt")]);
    assert_eq!(warnings, []);
    assert_eq!(ids(&taken), ["a", "a-2", "a-3", "x", "c-3"]);
    assert_eq!(taken[0].report.text, "Markdown.");
    assert!(taken[2].raw_name.ends_with("/b/a.txt"));
    assert!(taken[4].raw_name.ends_with("/c.jsonl:3"));
    assert_eq!(taken[4].raw, b"{\"text\":\"Y.\"}");
}

#[test]
fn json_is_one_report_or_an_array() {
    let folder = folder(&[
        ("one.json", b"{\"text\":\"One.\",\"published\":null}"),
        ("two.json", b"[\n{\"text\":\"A.\"},\n {\"id\":\"b\",\"text\":\"B.\"},\n{\"id\":\"c\"}]"),
    ]);
    let (taken, warnings) = take(&[folder.path()]);
    assert_eq!(ids(&taken), ["one", "two-1", "b"]);
    assert_eq!(taken[2].raw, b"{\"id\":\"b\",\"text\":\"B.\"}");
    assert_eq!((warnings[0].line, warnings.len()), (Some(4), 1));
}

#[test]
fn text_of_json_is_not_touched() {
    let (taken, _) = take_stream(b"{\"id\":\"a\",\"text\":\"One.\\r\\nTwo.\\u0000 \"}\r\n");
    assert_eq!(taken[0].report.text, "One.\r\nTwo.\0 ");
}

#[test]
fn standard_input_is_lines_or_a_page_or_text() {
    let (taken, _) = take_stream(b"{\"text\":\"One.\"}\n{\"text\":\"Two.\"}");
    assert_eq!(ids(&taken), ["stdin-1", "stdin-2"]);
    let (taken, _) = take_stream(b"<html><body><p>Fighters came.</p></body></html>");
    assert_eq!((taken[0].report.text.as_str(), taken[0].raw_name.as_str()), ("Fighters came.", "stdin"));
    let (taken, _) = take_stream("دخل المقاتلون البلدة.".as_bytes());
    assert_eq!(taken[0].report.id, "stdin");
    let (taken, _) = take_stream(b"{\n  \"text\": \"One.\"\n}");
    assert_eq!(ids(&taken), ["stdin"]);
}

#[test]
fn utf16_is_read_in_every_kind_of_file() {
    let utf16 = |text: &str| -> Vec<u8> {
        [vec![0xFF, 0xFE], text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat()
    };
    let folder = folder(&[
        ("a.txt", &utf16("عياش\r\n")),
        ("b.html", &utf16("<p>عياش</p>")),
        ("c.jsonl", &utf16("{\"text\":\"عياش\"}\n")),
        ("d.json", &utf16("[{\"text\":\"عياش\"}]")),
    ]);
    let (taken, warnings) = take(&[folder.path()]);
    assert_eq!(warnings, []);
    let texts: Vec<&str> = taken.iter().map(|intake| intake.report.text.trim()).collect();
    assert_eq!(texts, ["عياش"; 4]);
}

#[test]
fn a_date_that_is_no_day_leaves_the_report_undated_and_is_told() {
    let (taken, warnings) = take_stream(b"{\"id\":\"a\",\"text\":\"One.\",\"published\":\"soon\"}");
    assert_eq!((taken.len(), taken[0].report.published), (1, None));
    assert_eq!(
        warnings[0].to_string(),
        "standard input:1: report a: its date is no day; write it as 2016-01-18"
    );
    assert!(gainsay_intake::undated(&taken[0].report).is_some());
}
