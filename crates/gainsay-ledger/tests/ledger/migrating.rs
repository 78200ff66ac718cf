//! Ledgers of older schemas are brought up to date: backed up first, and whole at every moment.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use gainsay_ledger::{ClaimFilter, Held, Ledger, SCHEMA, hold};
use rusqlite::Connection;
use tempfile::TempDir;

const CHILD: &str = "GAINSAY_LEDGER_MIGRATING";
const KEY: [u8; 32] = [3; 32];

/// The small ledger of a schema, in a folder of its own.
fn older(schema: u32) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.gpkg");
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/ledgers/schema-{schema}.gpkg"));
    std::fs::copy(kept, &path).unwrap();
    (folder, path)
}

fn copy_of(path: &Path, schema: u32) -> PathBuf {
    PathBuf::from(format!("{}.schema-{schema}", path.display()))
}

/// What a few questions are answered with: ids and texts of reports, claims, decisions, in SQL that every schema knows.
fn answers(conn: &Connection) -> Vec<String> {
    let questions = [
        "SELECT id || text || text_sha256 || hex(raw) || raw_name || added_by || added_at FROM reports ORDER BY id",
        "SELECT report || reader || claims || hex(lines) FROM readings ORDER BY entry",
        "SELECT json FROM claims ORDER BY report, reading, position",
        "SELECT seq || at || by || action || payload || prev || hash FROM log ORDER BY seq",
        "SELECT rowid FROM report_text WHERE report_text MATCH 'the' ORDER BY rowid",
    ];
    let ask = |sql: &str| -> Vec<String> {
        let mut rows = conn.prepare(sql).unwrap();
        rows.query_map([], |row| Ok(format!("{:?}", row.get_ref(0)?)))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap()
    };
    questions.into_iter().flat_map(ask).collect()
}

/// The log's first lines only: migrating adds none, but the next writer may.
fn plain_answers(path: &Path) -> Vec<String> {
    answers(&Connection::open(path).unwrap())
}

fn schema_of(path: &Path) -> u32 {
    let conn = Connection::open(path).unwrap();
    let schema: String =
        conn.query_row("SELECT value FROM meta WHERE key = 'schema'", [], |row| row.get(0)).unwrap();
    schema.parse().unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn every_schema_has_its_ledger_and_answers_stay_the_same() {
    for schema in 1..SCHEMA {
        let (folder, path) = older(schema);
        assert_eq!(schema_of(&path), schema, "the file in tests/ledgers is of another schema");
        let before = plain_answers(&path);
        let ledger = Ledger::open(&path).unwrap();
        assert_eq!(ledger.verify().unwrap(), []);
        ledger.close().unwrap();
        assert_eq!(schema_of(&path), SCHEMA);
        assert!(!before.is_empty() && plain_answers(&path) == before, "schema {schema} answers otherwise");
        assert_eq!(names(folder.path()), ["old.gpkg", &format!("old.gpkg.schema-{schema}")]);
        // The copy is the ledger of before: it opens, and is brought up to date in its turn.
        let copy = copy_of(&path, schema);
        assert!(schema_of(&copy) == schema && plain_answers(&copy) == before);
        assert_eq!(Ledger::open(&copy).unwrap().verify().unwrap(), []);
        // Again is nothing.
        Ledger::open(&path).unwrap();
    }
}

#[test]
fn half_a_copy_is_not_taken_for_one() {
    let (folder, path) = older(1);
    let whole = std::fs::read(&path).unwrap();
    // What a version before this one left when it was killed: a part, an empty file, nothing of the kind.
    for left in [&whole[..whole.len() / 2], &[], b"nothing of the kind"] {
        std::fs::write(&path, &whole).unwrap();
        std::fs::write(copy_of(&path, 1), left).unwrap();
        std::fs::write(folder.path().join("old.gpkg.schema-1.new"), b"half").unwrap();
        let before = plain_answers(&path);
        Ledger::open(&path).unwrap();
        assert!(plain_answers(&copy_of(&path, 1)) == before);
        assert_eq!(names(folder.path()), ["old.gpkg", "old.gpkg.schema-1"]);
        std::fs::remove_file(copy_of(&path, 1)).unwrap();
    }
}

#[test]
fn a_copy_that_holds_something_else_is_kept() {
    let (folder, path) = older(1);
    let whole = std::fs::read(&path).unwrap();
    Ledger::open(&path).unwrap();
    let first = std::fs::read(copy_of(&path, 1)).unwrap();
    // The older ledger is put back, and the older program adds to it.
    std::fs::write(&path, &whole).unwrap();
    Connection::open(&path).unwrap().execute("INSERT INTO meta VALUES ('note', 'mine')", []).unwrap();
    Ledger::open(&path).unwrap();
    assert_eq!(std::fs::read(copy_of(&path, 1)).unwrap(), first);
    assert_eq!(names(folder.path()), ["old.gpkg", "old.gpkg.schema-1", "old.gpkg.schema-1-2"]);
    // Put back once more as it first was, the first copy will do.
    std::fs::write(&path, &whole).unwrap();
    Ledger::open(&path).unwrap();
    assert_eq!(names(folder.path()).len(), 3);
}

#[test]
fn the_copy_of_an_encrypted_ledger_is_encrypted() {
    let (folder, path) = older(2);
    let before = plain_answers(&path);
    // As an older gainsay that could encrypt would have left it.
    let conn = Connection::open(&path).unwrap();
    let key: String = KEY.iter().map(|byte| format!("{byte:02x}")).collect();
    let other = folder.path().join("other");
    conn.execute_batch(&format!(
        "ATTACH '{}' AS other KEY \"x'{key}'\"; SELECT sqlcipher_export('other');
         PRAGMA other.application_id = 0x47504B47; PRAGMA other.user_version = 10300; DETACH other;",
        other.display()
    ))
    .unwrap();
    drop(conn);
    std::fs::rename(other, &path).unwrap();
    hold(&path, || Ok(Held { signer: None, cipher: Some(KEY.into()) }));
    let ledger = Ledger::open(&path).unwrap();
    assert_eq!(ledger.verify().unwrap(), []);
    assert_eq!(ledger.claims(&ClaimFilter::default()).unwrap().len(), 8);
    let copy = copy_of(&path, 2);
    for file in [&path, &copy] {
        assert!(Ledger::is_encrypted(file).unwrap());
        let bytes = std::fs::read(file).unwrap();
        assert!(!bytes.windows(12).any(|window| window == b"CREATE TABLE"));
        let conn = Connection::open(file).unwrap();
        conn.execute_batch(&format!("PRAGMA key = \"x'{key}'\";")).unwrap();
        assert!(answers(&conn) == before);
    }
    // It opens with the key that is held for its ledger.
    assert_eq!(Ledger::open(&copy).unwrap().verify().unwrap(), []);
}

/// Not a test of its own: what the child does, until it is killed.
#[test]
fn child() {
    let Ok(path) = std::env::var(CHILD) else { return };
    std::io::stdout().write_all(b"begun\n").unwrap();
    Ledger::open(path).unwrap();
    std::io::stdout().write_all(b"ack\n").unwrap();
    std::thread::sleep(Duration::from_secs(60));
}

fn start(path: &Path) -> (Child, impl Iterator<Item = String> + use<>) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "migrating::child", "--nocapture"])
        .env(CHILD, path)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    assert!(lines.any(|line| line.contains("begun")));
    (child, lines)
}

#[test]
fn killed_at_any_moment_it_is_of_one_schema_or_the_other() {
    let mut seen = [0, 0];
    let (_folder, path) = older(1);
    let begun = Instant::now();
    Ledger::open(&path).unwrap();
    let once = begun.elapsed();
    for round in 0..20 {
        let (_folder, path) = older(1);
        let before = plain_answers(&path);
        let (mut child, _lines) = start(&path);
        std::thread::sleep(once * round / 16);
        child.kill().unwrap();
        child.wait().unwrap();
        // What bears the copy's name is whole, whenever it is there.
        let copy = copy_of(&path, 1);
        if copy.exists() {
            assert!(plain_answers(&copy) == before, "round {round}");
        }
        let found = schema_of(&path);
        assert!(found == 1 || found == SCHEMA);
        assert!(found == 1 || copy.exists(), "round {round}: changed without a copy");
        seen[usize::from(found != 1)] += 1;
        assert_eq!(Ledger::open(&path).unwrap().verify().unwrap(), [], "round {round}");
        assert!(plain_answers(&path) == before && plain_answers(&copy) == before, "round {round}");
    }
    println!("killed before {}, after {}", seen[0], seen[1]);
}

#[test]
fn two_programs_at_once_make_one_change_and_one_copy() {
    let (folder, path) = older(1);
    let before = plain_answers(&path);
    let mut children: Vec<_> = (0..3).map(|_| start(&path)).collect();
    for (child, lines) in &mut children {
        assert!(lines.any(|line| line.contains("ack")), "one of them failed");
        child.kill().unwrap();
        child.wait().unwrap();
    }
    assert_eq!(names(folder.path()), ["old.gpkg", "old.gpkg.schema-1"]);
    assert!(plain_answers(&copy_of(&path, 1)) == before && plain_answers(&path) == before);
    assert_eq!(Ledger::open(&path).unwrap().verify().unwrap(), []);
}
