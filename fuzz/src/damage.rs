//! Damage to an SQLite file: bytes written over it, cells changed, and a schema that somebody made to do harm.

use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::cut::Cut;

/// What a stranger may have put into the schema of a file. None of it may run, and none of it may be waited for.
const SCHEMAS: [&str; 20] = [
    "CREATE TRIGGER fz1 AFTER INSERT ON log BEGIN DELETE FROM reports; END",
    "CREATE TRIGGER fz2 AFTER INSERT ON log BEGIN INSERT INTO log SELECT seq + 1, at, by, action, payload, prev, hash FROM log; END",
    "CREATE TRIGGER fz3 BEFORE UPDATE ON meta BEGIN SELECT RAISE(IGNORE); END",
    "CREATE TRIGGER fz4 AFTER INSERT ON claims BEGIN SELECT writefile('canary', x'00'); END",
    "CREATE TRIGGER fz5 AFTER INSERT ON claims BEGIN SELECT load_extension('./canary'); END",
    "ALTER TABLE meta RENAME TO meta_own",
    "CREATE VIEW meta AS SELECT 'schema' AS key, 3 AS value UNION ALL SELECT 'format', 'gainsay-ledger'",
    "ALTER TABLE log RENAME TO log_own",
    "CREATE VIEW log AS WITH RECURSIVE n(seq) AS (SELECT 1 UNION ALL SELECT seq + 1 FROM n) \
     SELECT seq, '2016-01-01T00:00:00Z' AS at, 'x' AS by, 'report-added' AS action, '{}' AS payload, '' AS prev, '' AS hash FROM n",
    "ALTER TABLE reports RENAME TO reports_own",
    "CREATE VIEW reports AS SELECT * FROM reports_own JOIN (SELECT 1 UNION ALL SELECT 2)",
    "CREATE VIEW claims AS SELECT * FROM claims",
    "CREATE INDEX fz6 ON log (hex(randomblob(4)))",
    "ALTER TABLE reports ADD COLUMN fz7 GENERATED ALWAYS AS (readfile('canary')) VIRTUAL",
    "ALTER TABLE log ADD COLUMN fz8 TEXT DEFAULT 'x'",
    "CREATE VIRTUAL TABLE fz9 USING fts5(a, content='reports', content_rowid='fid')",
    "CREATE TABLE fz10 (a PRIMARY KEY, b) WITHOUT ROWID",
    "DROP INDEX IF EXISTS claims_report",
    "PRAGMA user_version = 2147483647",
    "PRAGMA application_id = 1196444487",
];

/// Writes bytes over others, at places that the input says.
pub fn patch(file: &mut [u8], cut: &mut Cut) {
    while !cut.is_empty() && !file.is_empty() {
        let at = (usize::from(cut.short()) * 256 + usize::from(cut.byte())) % file.len();
        // Headers of pages are where an SQLite file is most easily broken.
        let at = if cut.byte() & 1 == 0 { at - at % 4096 } else { at };
        let many = cut.below(12) + 1;
        let bytes = cut.some(many);
        let end = (at + bytes.len()).min(file.len());
        file[at..end].copy_from_slice(&bytes[..end - at]);
    }
}

/// Changes cells and schema of a file as the input says, without its triggers standing in the way.
pub fn edit(path: &Path, cut: &mut Cut) -> rusqlite::Result<()> {
    let conn = Connection::open(path)?;
    conn.execute_batch("PRAGMA journal_mode = off; PRAGMA synchronous = off; PRAGMA writable_schema = on;")?;
    let names = |sql: &str| -> rusqlite::Result<Vec<(String, String)>> {
        conn.prepare(sql)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    };
    let triggers = names("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name")?;
    for (name, _) in &triggers {
        conn.execute_batch(&format!("DROP TRIGGER \"{name}\""))?;
    }
    let cells = names(
        "SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY 1, c.cid",
    )?;
    for _ in 0..16 {
        if cut.is_empty() || cells.is_empty() {
            break;
        }
        let what = cut.below(8);
        let (table, column) = cells[usize::from(cut.short()) % cells.len()].clone();
        let row = i64::from(cut.byte() % 24);
        let one = format!("rowid = (SELECT rowid FROM \"{table}\" ORDER BY rowid LIMIT 1 OFFSET ?1)");
        // Whatever is refused was a change that cannot be made.
        let _ = match what {
            0..=4 => {
                let sql = format!("UPDATE \"{table}\" SET \"{column}\" = ?2 WHERE {one}");
                conn.execute(&sql, params_from_iter([Value::Integer(row), value(cut)]))
            }
            5 => conn.execute(&format!("DELETE FROM \"{table}\" WHERE {one}"), [row]),
            6 => conn.execute_batch(cut.one::<&str>(&SCHEMAS)).map(|()| 0),
            _ => conn.execute(
                "UPDATE sqlite_schema SET sql = ?2 WHERE rowid = ?1",
                params_from_iter([Value::Integer(row), value(cut)]),
            ),
        };
    }
    for (_, sql) in &triggers {
        let _ = conn.execute_batch(sql);
    }
    Ok(())
}

/// A value that nobody expects in its column.
fn value(cut: &mut Cut) -> Value {
    match cut.below(14) {
        0 => Value::Null,
        1 => Value::Integer(i64::MAX),
        2 => Value::Integer(i64::MIN),
        3 => Value::Integer(i64::from(cut.byte())),
        4 => Value::Real(1e308),
        5 => Value::Text(String::new()),
        6 => Value::Text("[".repeat(100_000)),
        7 => Value::Text("9999-99-99T99:99:99Z".to_owned()),
        8 => Value::Blob(vec![0x28, 0xB5, 0x2F, 0xFD, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]),
        9 => Value::Text("\u{202e}\u{0}é".repeat(2000)),
        10 => {
            let many = cut.below(64);
            Value::Blob(cut.some(many).to_vec())
        }
        _ => {
            let many = cut.below(96);
            Value::Text(String::from_utf8_lossy(cut.some(many)).into_owned())
        }
    }
}
