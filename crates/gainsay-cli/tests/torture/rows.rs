//! Rows of a ledger changed by chance, as somebody would who has the file and an SQLite shell: each change is told of.

use std::collections::BTreeMap;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use crate::chance::Chance;
use crate::long::{is_over, rounds, tell};
use crate::tampering::{Found, Sound};

/// A table: its name, its columns, and those that make out a row.
struct Table {
    name: String,
    columns: Vec<String>,
    key: Vec<String>,
}

fn tables(conn: &Connection) -> Vec<Table> {
    let names: Vec<String> = column(
        conn,
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name",
    );
    let table = |name: String| {
        let columns = column(conn, &format!("SELECT name FROM pragma_table_info('{name}')"));
        let key = column(conn, &format!("SELECT name FROM pragma_table_info('{name}') WHERE pk > 0"));
        Table { name, columns, key: if key.is_empty() { vec!["rowid".to_owned()] } else { key } }
    };
    names.into_iter().map(table).collect()
}

fn column(conn: &Connection, sql: &str) -> Vec<String> {
    let mut rows = conn.prepare(sql).unwrap();
    rows.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

fn rows(conn: &Connection, sql: &str) -> Vec<Vec<Value>> {
    let mut statement = conn.prepare(sql).unwrap();
    let columns = statement.column_count();
    let read = |row: &rusqlite::Row<'_>| (0..columns).map(|column| row.get(column)).collect();
    statement.query_map([], read).unwrap().collect::<Result<_, _>>().unwrap()
}

impl Table {
    fn condition(&self) -> String {
        self.key.iter().map(|key| format!("\"{key}\" IS ?")).collect::<Vec<_>>().join(" AND ")
    }

    fn keys(&self, conn: &Connection) -> Vec<Vec<Value>> {
        rows(conn, &format!("SELECT {} FROM \"{}\"", self.key.join(", "), self.name))
    }

    fn row(&self, conn: &Connection, key: &[Value]) -> Vec<Value> {
        let sql = format!("SELECT * FROM \"{}\" WHERE {}", self.name, self.condition());
        let mut statement = conn.prepare(&sql).unwrap();
        let columns = statement.column_count();
        let read = |row: &rusqlite::Row<'_>| (0..columns).map(|column| row.get(column)).collect();
        statement.query_row(params_from_iter(key), read).unwrap()
    }

    /// Does something to the table; says what, or `None` where SQLite does not let it.
    fn change(&self, conn: &Connection, chance: &mut Chance) -> Option<String> {
        let keys = self.keys(conn);
        if keys.is_empty() {
            return None;
        }
        let key = chance.one(&keys);
        let name = &self.name;
        let done = match chance.below(4) {
            0 => {
                let sql = format!("DELETE FROM \"{name}\" WHERE {}", self.condition());
                conn.execute(&sql, params_from_iter(key)).ok()?;
                format!("deleted {key:?}")
            }
            1 => {
                let mut row = self.row(conn, key);
                for (column, cell) in self.columns.iter().zip(&mut row) {
                    if self.key.contains(column) || chance.below(3) == 0 {
                        *cell = other(cell, chance);
                    }
                }
                let marks = vec!["?"; row.len()].join(", ");
                conn.execute(&format!("INSERT INTO \"{name}\" VALUES ({marks})"), params_from_iter(&row))
                    .ok()?;
                format!("inserted one like {key:?}")
            }
            2 if keys.len() > 1 => {
                let with = chance.one(&keys);
                if with == key {
                    return None;
                }
                let column = chance.one(&self.columns);
                if self.key.contains(column) {
                    return None;
                }
                let at = self.columns.iter().position(|name| name == column)?;
                let (a, b) = (self.row(conn, key)[at].clone(), self.row(conn, with)[at].clone());
                // By way of a value that no row has, for columns that hold each only once.
                for (key, value) in [(key, other(&a, chance)), (with, a), (key, b)] {
                    self.set(conn, column, value, key)?;
                }
                format!("swapped {column} of {key:?} and {with:?}")
            }
            _ => {
                let column = chance.one(&self.columns);
                let at = self.columns.iter().position(|name| name == column)?;
                let value = other(&self.row(conn, key)[at], chance);
                let shown: String = format!("{value:?}").chars().take(60).collect();
                self.set(conn, column, value, key)?;
                format!("made {column} of {key:?} {shown}")
            }
        };
        Some(format!("{name}: {done}"))
    }

    fn set(&self, conn: &Connection, column: &str, value: Value, key: &[Value]) -> Option<()> {
        let sql = format!("UPDATE \"{}\" SET \"{column}\" = ? WHERE {}", self.name, self.condition());
        let values: Vec<Value> = std::iter::once(value).chain(key.iter().cloned()).collect();
        conn.execute(&sql, params_from_iter(values)).ok().filter(|rows| *rows == 1).map(|_| ())
    }
}

/// Another value, not far from this one.
fn other(value: &Value, chance: &mut Chance) -> Value {
    match value {
        Value::Null if chance.below(2) == 0 => Value::Integer(1),
        Value::Null => Value::Text("x".to_owned()),
        Value::Integer(number) => Value::Integer(number + 1 + chance.below(3) as i64),
        Value::Real(number) => Value::Real(number + 0.5),
        Value::Text(_) if chance.below(8) == 0 => Value::Null,
        Value::Text(text) => {
            let mut letters: Vec<char> = text.chars().collect();
            if letters.is_empty() {
                return Value::Text("x".to_owned());
            }
            let at = chance.below(letters.len());
            match chance.below(3) {
                0 => letters.insert(at, 'x'),
                1 => drop(letters.remove(at)),
                _ => letters[at] = if letters[at] == '7' { '8' } else { '7' },
            }
            Value::Text(letters.into_iter().collect())
        }
        Value::Blob(bytes) if bytes.is_empty() => Value::Blob(vec![0]),
        Value::Blob(bytes) => {
            let mut bytes = bytes.clone();
            let at = chance.below(bytes.len());
            bytes[at] ^= 1 + chance.below(255) as u8;
            Value::Blob(bytes)
        }
    }
}

/// Opens the file as somebody would who knows SQL, without the triggers that are in the way; they are put back after.
fn tamper(sound: &Sound, chance: &mut Chance) -> Option<String> {
    std::fs::write(sound.path(), &sound.bytes).unwrap();
    let conn = Connection::open(sound.path()).unwrap();
    let triggers = rows(&conn, "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'");
    conn.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF;").unwrap();
    let text = |value: &Value| if let Value::Text(text) = value { text.clone() } else { String::new() };
    for trigger in &triggers {
        conn.execute_batch(&format!("DROP TRIGGER {};", text(&trigger[0]))).unwrap();
    }
    let tables = tables(&conn);
    let done = chance.one(&tables).change(&conn, chance);
    for trigger in &triggers {
        conn.execute_batch(&text(&trigger[1])).unwrap();
    }
    done
}

#[test]
fn any_changed_row_is_told_of() {
    let mut chance = Chance::new("rows");
    let sound = Sound::new();
    let (mut counts, mut holes) = ([0; 3], BTreeMap::<String, Vec<String>>::new());
    let (wanted, mut made) = (rounds(50), 0);
    while made < wanted && !is_over() {
        let Some(done) = tamper(&sound, &mut chance) else { continue };
        made += 1;
        match sound.found() {
            Ok(found) => counts[found as usize] += 1,
            Err(what) => {
                println!("{done}: {what}");
                let table = done.split(':').next().unwrap_or_default().to_owned();
                holes.entry(table).or_default().push(format!("{done}: {what}"));
            }
        }
    }
    let open: usize = holes.values().map(Vec::len).sum();
    tell(
        "tampering with rows",
        &[
            ("changes by SQL", made),
            ("refused at opening", counts[Found::Refused as usize]),
            ("told of by verify", counts[Found::Told as usize]),
            ("say the same", counts[Found::Outside as usize]),
            ("holes", open),
        ],
    );
    assert!(holes.is_empty(), "{holes:#?}");
    assert!(counts[Found::Told as usize] > 0, "nothing was told of");
}
