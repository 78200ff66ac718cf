//! Ledgers that are encrypted as a whole: no word of them lies anywhere beside, and what does not open is one line.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use gainsay_ledger::answers::{AnswerRows, AnswersFile};
use gainsay_ledger::{ClaimFilter, Held, Ledger, hold};
use tempfile::TempDir;

use crate::samples::{at, derived, ledger, report};

const KEY: [u8; 32] = [7; 32];
const CHILD: &str = "GAINSAY_LEDGER_ENCRYPTED";

/// Words that stand in every sample report, its claims or its metadata, or in every SQLite file.
const WORDS: [&str; 6] =
    ["killed in", "دير الزور", "An Outlet", "CREATE TABLE", "report-added", "SQLite format"];

/// Says that this key is held for a ledger.
fn holding(path: &Path, key: Option<[u8; 32]>) {
    hold(path, move || Ok(Held { signer: None, cipher: key.map(|key| key.into()) }));
}

/// An encrypted ledger of four reports.
fn encrypted() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.gpkg");
    holding(&path, Some(KEY));
    let mut ledger = Ledger::create(&path, "tester", at(0)).unwrap();
    ledger.add(&(1..=4).map(|n| report(n, 3)).collect::<Vec<_>>()).unwrap();
    ledger.write_derived(&derived()).unwrap();
    ledger.close().unwrap();
    (folder, path)
}

/// Names of files in the folder that hold a word in plain.
fn telling(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).unwrap().flatten();
    let tells = |path: &Path| {
        // A file that goes away meanwhile tells nothing any more.
        let bytes = std::fs::read(path).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        WORDS.iter().any(|word| text.contains(word))
    };
    files.map(|file| file.path()).filter(|path| tells(path)).map(|path| path.display().to_string()).collect()
}

fn refusal(path: &Path) -> String {
    let error = Ledger::open(path).unwrap_err();
    assert_eq!(error.to_string(), Ledger::open_read_only(path).unwrap_err().to_string());
    assert!(!error.to_string().contains('\n') && !error.to_string().contains("file is not a database"));
    error.to_string().replace(&format!("{}: ", path.display()), "")
}

#[test]
fn an_encrypted_ledger_works_as_any_other() {
    let (folder, path) = encrypted();
    assert!(Ledger::is_encrypted(&path).unwrap());
    assert_eq!(telling(folder.path()), Vec::<String>::new());
    let ledger = Ledger::open_read_only(&path).unwrap();
    assert_eq!(ledger.verify().unwrap(), []);
    assert_eq!(ledger.claims(&ClaimFilter::default()).unwrap().len(), 12);
    assert_eq!(ledger.search("killed").unwrap().len(), 4);
    ledger.close().unwrap();
    let mut ledger = Ledger::open(&path).unwrap();
    ledger.add(&[report(5, 2)]).unwrap();
    ledger.rebuild().unwrap();
    assert_eq!(ledger.verify().unwrap(), []);
    drop(ledger);
    assert_eq!(telling(folder.path()), Vec::<String>::new());
}

#[test]
fn without_its_key_it_is_one_clear_line() {
    let (_folder, path) = encrypted();
    let before = std::fs::read(&path).unwrap();
    holding(&path, Some([8; 32]));
    let wrong = "does not open with the key in `test.gpkg.keys`: that is another ledger's, or the file is damaged; \
                 put back the keys that belong to it, or a copy of it";
    assert_eq!(refusal(&path), wrong);
    holding(&path, None);
    let none = "not a gainsay ledger, or an encrypted one whose key is not here; put `test.gpkg.keys` beside it, as \
                it was when it was encrypted";
    assert_eq!(refusal(&path), none);
    hold(&path, || Err("the passphrase does not fit".to_owned()));
    assert_eq!(refusal(&path), "the passphrase does not fit");
    // Its first page damaged looks as another key does.
    holding(&path, Some(KEY));
    let mut damaged = before.clone();
    damaged[100] ^= 1;
    std::fs::write(&path, &damaged).unwrap();
    assert_eq!(refusal(&path), wrong);
    std::fs::write(&path, &before).unwrap();
    assert_eq!(Ledger::open(&path).unwrap().verify().unwrap(), []);
}

#[test]
fn any_flipped_byte_of_an_encrypted_ledger_is_told_of() {
    let (_folder, path) = encrypted();
    let sound = std::fs::read(&path).unwrap();
    let content = Ledger::open_read_only(&path).unwrap().content_digest().unwrap();
    for at in (0..sound.len()).step_by(2003) {
        let mut bytes = sound.clone();
        bytes[at] ^= 1 << (at % 8);
        std::fs::write(&path, &bytes).unwrap();
        let Ok(ledger) = Ledger::open_read_only(&path) else { continue };
        let faults = ledger.verify().unwrap();
        let same = || ledger.content_digest().ok().as_ref() == Some(&content);
        assert!(!faults.is_empty() || same(), "byte {at} was changed and nobody said so");
    }
}

#[test]
fn encrypting_and_decrypting_keep_everything() {
    let (folder, path, mut plain) = ledger();
    plain.add(&(1..=4).map(|n| report(n, 3)).collect::<Vec<_>>()).unwrap();
    plain.write_derived(&derived()).unwrap();
    let before = (plain.content_digest().unwrap(), plain.derived_digest().unwrap());
    plain.close().unwrap();
    std::fs::copy(&path, folder.path().join("test.gpkg.schema-2")).unwrap();
    std::fs::write(folder.path().join("test.gpkg.answers"), b"old answers").unwrap();
    holding(&path, Some(KEY));
    let done = Ledger::rewrite(&path, Some(&KEY)).unwrap();
    assert_eq!(done.copies, [folder.path().join("test.gpkg.schema-2")], "a plain copy is named");
    std::fs::remove_file(&done.copies[0]).unwrap();
    assert_eq!(telling(folder.path()), Vec::<String>::new());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else lies beside it");
    let same = || {
        let ledger = Ledger::open(&path).unwrap();
        assert_eq!(ledger.verify().unwrap(), []);
        assert_eq!((ledger.content_digest().unwrap(), ledger.derived_digest().unwrap()), before);
        assert_eq!(ledger.search("killed").unwrap().len(), 4);
    };
    same();
    Ledger::rewrite(&path, None).unwrap();
    assert!(!Ledger::is_encrypted(&path).unwrap());
    same();
    // A program without the key opens it again, as map programs do.
    let conn = rusqlite::Connection::open(&path).unwrap();
    let layers: i64 = conn.query_row("SELECT count(*) FROM gpkg_contents", [], |row| row.get(0)).unwrap();
    assert!(layers > 8);
}

#[test]
fn a_ledger_that_is_open_elsewhere_is_not_replaced_under_it() {
    let (_folder, path, plain) = ledger();
    plain.close().unwrap();
    holding(&path, Some(KEY));
    let shared = Ledger::share(&path).unwrap();
    assert!(Ledger::rewrite(&path, Some(&KEY)).unwrap_err().is_busy());
    drop(shared);
    let mut early = Ledger::open(&path).unwrap();
    Ledger::rewrite(&path, Some(&KEY)).unwrap();
    // Who had it open writes nothing into a file that has no name any more.
    let error = early.add(&[report(1, 1)]).unwrap_err();
    assert!(error.is_busy(), "{error}");
    assert!(
        error
            .to_string()
            .ends_with("was replaced by another program meanwhile; nothing was written; try again")
    );
    assert_eq!(Ledger::open(&path).unwrap().add(&[report(1, 1)]).unwrap().added.len(), 1);
}

#[test]
fn what_was_left_by_one_who_was_killed_is_no_harm() {
    let (folder, path, plain) = ledger();
    plain.close().unwrap();
    std::fs::write(folder.path().join("test.gpkg.new"), b"half of something").unwrap();
    std::fs::write(folder.path().join("test.gpkg.new-journal"), b"half of something").unwrap();
    holding(&path, Some(KEY));
    Ledger::rewrite(&path, Some(&KEY)).unwrap();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn answers_are_encrypted_where_the_ledger_is() {
    let (folder, path) = encrypted();
    let answers = folder.path().join("test.gpkg.answers");
    let write = |name: &Path| {
        let rows =
            AnswerRows { made: vec![("note".into(), "killed in al-Qusour".into())], ..AnswerRows::default() };
        AnswersFile::write(name, "hash", 4, rows, std::iter::empty()).unwrap();
    };
    write(&answers);
    let open = |name: &Path| AnswersFile::open(name).unwrap();
    assert_eq!(open(&answers).unwrap().made("note").unwrap().unwrap(), "killed in al-Qusour");
    assert_eq!(telling(folder.path()), Vec::<String>::new());
    // Plain answers beside an encrypted ledger are of another time, and the other way round.
    let plain = folder.path().join("plain.answers");
    write(&plain);
    assert!(open(&plain).is_some(), "beside no ledger they are plain");
    let kept = std::fs::read(&answers).unwrap();
    std::fs::copy(&plain, &answers).unwrap();
    assert!(open(&answers).is_none());
    std::fs::write(&answers, kept).unwrap();
    Ledger::rewrite(&path, None).unwrap();
    assert!(!answers.exists());
}

/// Not a test of its own: what the child does, until it is killed.
#[test]
fn child() {
    let Ok(job) = std::env::var(CHILD) else { return };
    let (what, path) = job.split_once(' ').unwrap();
    let path = Path::new(path);
    holding(path, Some(KEY));
    let mut out = std::io::stdout();
    let mut say = |line: &str| out.write_all(format!("{line}\n").as_bytes()).unwrap();
    match what {
        "add" | "share" => {
            let _shared = (what == "share").then(|| Ledger::share(path).unwrap());
            let mut ledger = Ledger::open(path).unwrap();
            let first = ledger.counts().unwrap().0 as usize + 1;
            for n in first.. {
                ledger.add(&(0..9).map(|step| report(n * 10 + step, 20)).collect::<Vec<_>>()).unwrap();
                say("ack");
            }
        }
        "rewrite" => loop {
            let key = (!Ledger::is_encrypted(path).unwrap()).then_some(&KEY);
            say("begun");
            Ledger::rewrite(path, key).unwrap();
        },
        other => panic!("{other}"),
    }
}

/// Lets a child work for so long once it has begun, looks meanwhile, and kills it.
fn run_and_kill(what: &str, path: &Path, after: Duration, mut meanwhile: impl FnMut()) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "encrypted::child", "--nocapture"])
        .env(CHILD, format!("{what} {}", path.display()))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let begun =
        lines.by_ref().map_while(Result::ok).any(|line| line.contains("ack") || line.contains("begun"));
    assert!(begun);
    let start = Instant::now();
    while start.elapsed() < after {
        meanwhile();
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn no_plain_word_lies_beside_it_at_any_moment() {
    for what in ["add", "share"] {
        let (folder, path) = encrypted();
        let mut looked = 0;
        for round in 0..3 {
            run_and_kill(what, &path, Duration::from_millis(150 + 37 * round), || {
                looked += 1;
                assert_eq!(telling(folder.path()), Vec::<String>::new(), "{what}");
            });
            // What the killed one left behind, journal or log, tells nothing either.
            assert_eq!(telling(folder.path()), Vec::<String>::new(), "{what}");
            let ledger = Ledger::open(&path).unwrap();
            assert_eq!(ledger.verify().unwrap(), []);
        }
        assert!(looked > 0);
    }
}

#[test]
fn killed_while_it_is_written_anew_the_one_or_the_other_is_whole() {
    let (_folder, path, mut plain) = ledger();
    plain.add(&(1..=10).map(|n| report(n, 6)).collect::<Vec<_>>()).unwrap();
    let before = plain.content_digest().unwrap();
    plain.close().unwrap();
    let (mut found_plain, mut found_encrypted) = (0, 0);
    holding(&path, Some(KEY));
    let start = Instant::now();
    Ledger::rewrite(&path, Some(&KEY)).unwrap();
    let once = start.elapsed();
    for round in 0..8 {
        // From the beginning of one to the midst of a second.
        run_and_kill("rewrite", &path, once * round / 5, || {
            std::thread::sleep(Duration::from_millis(1));
        });
        holding(&path, Some(KEY));
        let ledger = Ledger::open(&path).unwrap();
        assert_eq!(ledger.verify().unwrap(), [], "round {round}");
        assert_eq!(ledger.content_digest().unwrap(), before, "round {round}");
        ledger.close().unwrap();
        match Ledger::is_encrypted(&path).unwrap() {
            true => found_encrypted += 1,
            false => found_plain += 1,
        }
    }
    println!("found {found_plain} times plain, {found_encrypted} times encrypted");
}
