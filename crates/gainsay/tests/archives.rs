//! Archives on their way into a ledger: of two reports with one id and other words the first is kept and the other is
//! refused in one line; what was passed over is noted; what lies beside a file is kept with it.

// The archives that intake's own tests make.
#[allow(dead_code, reason = "each test makes those that it needs")]
#[path = "../../gainsay-intake/tests/intake/made.rs"]
mod made;

use std::fs;
use std::path::Path;

use gainsay::Input;
use gainsay::keep::{self, Summary};
use gainsay_ledger::Ledger;
use gainsay_model::Checked;
use made::{gz, record, tar, zip};
use sha2::{Digest, Sha256};

const LINES: &[u8] = b"{\"id\":\"1\",\"text\":\"One.\",\"published\":\"2016-01-18\"}\n\
    {\"id\":\"2\",\"text\":\"Two.\",\"published\":\"2016-01-18\"}\n";
const OTHERS: &[u8] = b"{\"id\":\"1\",\"text\":\"Otherwise.\",\"published\":\"2016-01-18\"}\n\
    {\"id\":\"3\",\"text\":\"Three.\",\"published\":\"2016-01-18\"}\n";

fn add(ledger: &Path, file: &Path) -> Summary {
    keep::add(ledger, &[Input::Path(file.to_owned())], "tester", &mut |_| {})
        .expect("a ledger that can be written")
}

#[test]
fn of_two_reports_with_one_id_the_first_is_kept() {
    let both: Vec<(&str, &[u8])> = vec![("a.jsonl", LINES), ("b/a.jsonl", OTHERS)];
    let web = [
        record("resource", "http://a.example/1", "application/x-ndjson", LINES),
        record("resource", "http://a.example/2", "application/x-ndjson", OTHERS),
    ]
    .concat();
    let part = |name: &str, lines: &[u8]| {
        let lines = String::from_utf8_lossy(lines);
        format!("--X\r\nContent-Disposition: attachment; filename={name}\r\n\r\n{lines}\r\n")
    };
    let mail = format!(
        "From: a@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=X\r\n\r\n{}{}--X--\r\n",
        part("a.jsonl", LINES),
        part("b.jsonl", OTHERS)
    );
    for (name, bytes) in [
        ("r.jsonl", [LINES, OTHERS].concat()),
        ("r.jsonl.gz", gz(&[LINES, OTHERS].concat())),
        ("r.zip", zip(&both)),
        ("r.tar", tar(&both)),
        ("r.tar.gz", gz(&tar(&both))),
        ("r.warc", web.clone()),
        ("r.wacz", zip(&[("archive/r.warc.gz", &gz(&web))])),
        ("r.eml", mail.into_bytes()),
    ] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (ledger, file) = (folder.path().join("l.gpkg"), folder.path().join(name));
        fs::write(&file, bytes).expect("a file");
        keep::init(&ledger, "tester").expect("a ledger");
        let summary = add(&ledger, &file);
        assert_eq!((summary.added, summary.refused.len()), (3, 1), "{name}: {summary:?}");
        assert!(
            summary.refused[0].message.contains("in the ledger with another text"),
            "{}",
            summary.refused[0]
        );
        // Again is harmless: what was taken is there, what was refused is refused.
        let again = add(&ledger, &file);
        assert_eq!((again.added, again.unchanged, again.refused.len()), (0, 3, 1), "{name}: {again:?}");
        let ledger = Ledger::open_read_only(&ledger).expect("a ledger");
        assert_eq!(ledger.verify().expect("a ledger"), []);
        assert_eq!(ledger.report("1").expect("a ledger").expect("the first").report.text, "One.");
    }
}

#[test]
fn what_was_passed_over_is_noted_and_what_lies_beside_is_kept() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (ledger, file) = (folder.path().join("l.gpkg"), folder.path().join("r.zip"));
    let bytes = zip(&[("a.txt", b"MARAT, 18 January 2016 - It was quiet."), ("a.png", b"\x89PNG")]);
    let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    fs::write(&file, &bytes).expect("a file");
    fs::write(folder.path().join("r.zip.sha256"), format!("{hash}  r.zip\n")).expect("a file");
    keep::init(&ledger, "tester").expect("a ledger");
    let summary = add(&ledger, &file);
    assert_eq!((summary.added, summary.refused.len()), (1, 0), "{summary:?}");
    assert!(summary.notes.iter().any(|note| note.message.contains("passed over")), "{summary:?}");
    let ledger = Ledger::open_read_only(&ledger).expect("a ledger");
    let beside = ledger.beside("a").expect("a ledger");
    assert_eq!((beside[0].name.as_str(), beside[0].of.as_str()), ("r.zip.sha256", "r.zip"));
    assert_eq!((beside[0].state, ledger.verify().expect("a ledger")), (Checked::Agrees, vec![]));
}
