//! What was weighed, held to what is weighed again.
//!
//! A hash of its rows lies beside them in the file, and where nobody with a key signed that, whoever changes the rows can
//! make it anew. What is weighed again is written by the same functions into memory, and the two are compared row by row.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::Fault;
use super::derived::REBUILD;
use crate::{Derived, Error, Ledger, derived, digest, migrate};

/// The tables, with what a row is known by and the order of rows of one name.
const TABLES: [(&str, &str, &str); 6] = [
    ("heads", "report", "report"),
    ("places", "id", "id, fid"),
    ("events", "id", "id, fid"),
    ("holdings", "place", "place, day_from, fid"),
    ("disputes", "id", "id, fid"),
    ("sources", "id", "id, fid"),
];

/// Of a table so many rows are named; of the rest it is said how many they are.
const NAMED: usize = 20;

impl Ledger {
    /// The faults of what was weighed where this is what is weighed of the same log, with the heads of all reports. Writes
    /// nothing.
    ///
    /// # Errors
    /// When the file cannot be read, or two of a kind have one id.
    pub fn differs_from(&self, derived: &Derived) -> Result<Vec<Fault>, Error> {
        let model = || -> rusqlite::Result<Connection> {
            let model = Connection::open_in_memory()?;
            model.execute_batch("BEGIN;")?;
            migrate::make(&model)?;
            Ok(model)
        };
        let model = model().map_err(|error| self.sql(error))?;
        derived::put(&model, &self.path, derived, None)?;
        let compare = || -> rusqlite::Result<Vec<Fault>> {
            let tx = self.conn.unchecked_transaction()?;
            let mut faults = Vec::new();
            for (table, name, order) in TABLES {
                let select = format!("SELECT {name}, * FROM {table} ORDER BY {order}");
                hold(table, rows(&tx, &select)?, &rows(&model, &select)?, &mut faults);
            }
            // The day of change is that of the log when it was weighed, which is not known here.
            let select = "SELECT table_name, min_x, min_y, max_x, max_y FROM gpkg_contents
                 WHERE table_name IN ('places', 'events', 'holdings') ORDER BY table_name";
            hold("gpkg_contents", rows(&tx, select)?, &rows(&model, select)?, &mut faults);
            Ok(faults)
        };
        compare().map_err(|error| self.sql(error))
    }
}

/// The hash of each row by its name, and by which it is of those with this name.
type Rows = BTreeMap<(String, usize), String>;

fn rows(conn: &Connection, select: &str) -> rusqlite::Result<Rows> {
    let mut select = conn.prepare(select)?;
    let mut found = select.query([])?;
    let (mut rows, mut last, mut number) = (Rows::new(), String::new(), 0);
    while let Some(row) = found.next()? {
        let name = row.get::<_, String>(0).unwrap_or_default();
        number = if name == last { number + 1 } else { 0 };
        last.clone_from(&name);
        rows.insert((name, number), digest::of_row(row)?);
    }
    Ok(rows)
}

fn hold(table: &str, found: Rows, expected: &Rows, faults: &mut Vec<Fault>) {
    let missing = expected.keys().filter(|key| !found.contains_key(*key)).map(|key| (key, "is missing"));
    let other = found.iter().filter_map(|(key, hash)| match expected.get(key) {
        None => Some((key, "is weighed from nothing in the log")),
        Some(own) if own != hash => Some((key, "is not as it is weighed from the log")),
        Some(_) => None,
    });
    let wrong: Vec<_> = missing.chain(other).collect();
    let fault = |row: Option<String>, what: String| Fault {
        table: table.to_owned(),
        row,
        what,
        since: None,
        covered: None,
    };
    for ((name, _), what) in wrong.iter().take(NAMED) {
        faults.push(fault(Some(name.clone()), format!("{what}; {REBUILD}")));
    }
    if wrong.len() > NAMED {
        faults.push(fault(None, format!("{} more rows differ like these; {REBUILD}", wrong.len() - NAMED)));
    }
}
