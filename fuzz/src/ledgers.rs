//! A ledger, and the answers beside it, as a stranger may have made them. Opening one runs no code, reads no other file
//! and does not hang; it opens, or one line says why not.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use gainsay::answers::Answers;
use gainsay::shelf::Shelf;
use gainsay::{Input, keep, rebuild};
use gainsay_ledger::answers::{AnswersFile, Order, Role, Wanted};
use gainsay_ledger::{ClaimFilter, Ledger};
use jiff::Timestamp;

use super::cut::Cut;
use super::damage;
use super::folder::Folder;

/// Two reports of one matter that do not agree, and one of another.
const REPORTS: &str = concat!(
    r#"{"id":"wire-1","published":"2014-06-04","publisher":"Euphrates Wire","title":"Bridge falls","text":"#,
    r#""Islamic State fighters captured the Siyasiyeh bridge on Tuesday, activists said. 12 civilians were killed in the city of Deir ez-Zor that day, the Syrian Observatory for Human Rights said."}"#,
    "\n",
    r#"{"id":"sana-1","published":"2014-06-05","publisher":"SANA","title":"Toll","text":"#,
    r#""30 civilians were killed in the city of Deir ez-Zor on 3 June 2014, SANA said. The city of Deir ez-Zor is under siege by the Islamic State."}"#,
    "\n",
    r#"{"id":"wire-2","published":"2014-06-20","publisher":"Euphrates Wire","title":"Flight","text":"#,
    r#""About 5,000 residents have fled the city of Raqqa since Monday, the United Nations said."}"#,
    "\n",
);

/// A time for what is written; the clock is nobody's business here.
pub fn now() -> Timestamp {
    Timestamp::from_second(1_453_111_200).expect("a time")
}

/// A good ledger, its keys and its answers.
struct Good {
    ledger: Vec<u8>,
    keys: Vec<u8>,
    answers: Vec<u8>,
}

static GOOD: LazyLock<Good> = LazyLock::new(|| {
    let folder = Folder::new();
    let (path, file) = (folder.path().join("l.gpkg"), folder.put("r.jsonl", REPORTS.as_bytes()));
    keep::init(&path, "fuzz").expect("a ledger");
    keep::add(&path, &[Input::from_arg(&file)], "fuzz", &mut |_| {}).expect("added");
    gainsay::answers::make(&path, true, &mut |_| {}).expect("answers");
    let read = |path: &Path| std::fs::read(path).expect("a file");
    let keys = read(&folder.path().join("l.gpkg.keys"));
    Good { ledger: read(&path), keys, answers: read(&gainsay::answers::path_of(&path)) }
});

/// Lays a good ledger into a folder, and beside it the keys that its log is signed by.
pub fn lay(folder: &Folder) -> PathBuf {
    folder.put("l.gpkg.keys", &GOOD.keys);
    folder.put("l.gpkg", &GOOD.ledger)
}

/// Any bytes as a ledger: as they stand, written over a good one, or as changes of its cells and its schema.
pub fn ledger(bytes: &[u8]) {
    let folder = Folder::new();
    let path = lay(&folder);
    spoil(&path, &GOOD.ledger, bytes);
    // A file that is refused is not touched, and what is read without writing is not either.
    let before = std::fs::read(&path).expect("the ledger");
    let seen = look(&path);
    assert_eq!(seen, look(&path), "looked at twice, and not the same");
    assert!(before == std::fs::read(&path).expect("the ledger"), "looking changed the file");
    match Ledger::open(&path) {
        Err(error) => one_line(&error.to_string()),
        Ok(ledger) => {
            let _ = ledger.close();
            if let Err(error) = rebuild::rebuild(&path) {
                one_line(&error.to_string());
            }
        }
    }
    folder.check(&["l.gpkg"]);
}

/// Any bytes as answers beside a good ledger: they are read, or made anew, and never believed where they are of another.
pub fn answers(bytes: &[u8]) {
    let folder = Folder::new();
    let ledger = lay(&folder);
    let path = gainsay::answers::path_of(&ledger);
    spoil(&path, &GOOD.answers, bytes);
    match AnswersFile::open(&path) {
        Ok(None) => {}
        Ok(Some(file)) => all(&file),
        Err(error) => one_line(&error.to_string()),
    }
    match Answers::open(&ledger) {
        Ok(answers) => {
            let _ = (answers.is_fresh(), answers.summary().claims);
            answers.close();
        }
        Err(error) => one_line(&error.to_string()),
    }
    let faults = Ledger::open_read_only(&ledger).and_then(|ledger| ledger.verify()).expect("verify");
    assert!(faults.is_empty(), "{faults:?}");
    folder.check(&["l.gpkg"]);
}

fn all(file: &AnswersFile) {
    let wanted = Wanted::default();
    let by = Wanted { of: vec![(Role::Place, vec!["deir-ez-zor-city".to_owned()])], ..Wanted::default() };
    let day = "2014-06-04".parse().expect("a day");
    for wanted in [&wanted, &by] {
        let _ = (file.claims(wanted, 0, 50), file.count_claims(wanted), file.part(wanted, true));
        let _ =
            (file.events(wanted, Order::default(), 0, 50), file.dots(wanted, 50), file.count_events(wanted));
        let _ = file.disputes(wanted, None, None, (0, 50));
    }
    let _ = (file.reports((None, Some(day)), Some("SANA"), None, (0, 50)), file.counts("deir-ez-zor-city"));
    let _ = (file.queue(None, 0, 50), file.queue_item("x"), file.made("summary"), file.has_claim("x"));
    let _ =
        (file.lines(Role::Source, 0, 50), file.line(Role::Actor, "islamic-state"), file.sources(&["sana"]));
    let _ = (file.stands_at(day, day, None), file.sieges_at((day, day), day, None), file.event_of("x"));
}

/// Lays a file down, spoilt as the input says.
fn spoil(path: &Path, good: &[u8], bytes: &[u8]) {
    let mut cut = Cut(bytes);
    let mut file = good.to_vec();
    match cut.below(4) {
        0 => file = cut.0.to_vec(),
        1 => damage::patch(&mut file, &mut cut),
        2 => {
            file.truncate(usize::from(cut.short()) * 16);
            damage::patch(&mut file, &mut cut);
        }
        _ => {
            std::fs::write(path, &file).expect("a file");
            // Whatever cannot be changed any more stays as it was.
            let _ = damage::edit(path, &mut cut);
            return;
        }
    }
    std::fs::write(path, file).expect("a file");
}

/// All that can be looked at in a ledger without writing, as text.
fn look(path: &Path) -> String {
    let ledger = match Ledger::open_read_only(path) {
        Ok(ledger) => ledger,
        Err(error) => {
            one_line(&error.to_string());
            return error.to_string();
        }
    };
    let faults = ledger.verify();
    let reports = ledger.reports();
    let ids: Vec<&str> = reports.iter().flatten().map(|stored| stored.report.id.as_str()).collect();
    let each = |id: &&str| format!("{:?}{:?}", ledger.raw(id).map_err(said), ledger.beside(id).map_err(said));
    let each: Vec<String> = ids.iter().take(20).map(each).collect();
    let log: Vec<String> =
        ledger.log().take(1000).map(|entry| format!("{:?}", entry.map_err(said))).collect();
    let claims = ledger.claims(&ClaimFilter::default());
    let weighed = Shelf::of(&ledger).map(|shelf| {
        let weighed = shelf.weigh(None);
        format!("{:?}{:?}", weighed.events, weighed.disputes)
    });
    let mut seen = format!("{:?}", faults.map_err(said));
    seen.push_str(&format!("{:?}{each:?}{log:?}", reports.map_err(said)));
    seen.push_str(&format!("{:?}{:?}", claims.map_err(said), weighed.map_err(|error| error.to_string())));
    seen.push_str(&format!("{:?}{:?}", ledger.head().map_err(said), ledger.counts().map_err(said)));
    seen.push_str(&format!("{:?}{:?}", ledger.events().map_err(said), ledger.disputes().map_err(said)));
    seen.push_str(&format!(
        "{:?}{:?}",
        ledger.sources().map_err(said),
        ledger.search("bridge").map_err(said)
    ));
    seen.push_str(&format!("{:?}", ledger.report_rows().map_err(said)));
    seen
}

fn said(error: gainsay_ledger::Error) -> String {
    one_line(&error.to_string());
    error.to_string()
}

/// A refusal is one line of reasonable length.
fn one_line(error: &str) {
    assert!(!error.trim().is_empty() && error.len() < 4000, "{} bytes", error.len());
    assert!(!error.trim_end().contains('\n'), "{error}");
}
