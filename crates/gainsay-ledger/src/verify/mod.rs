//! Checks everything that can be checked: the file, the log's chain, that every report and reading is as the log says,
//! and that what is derived agrees with it.

mod bound;
mod chain;
mod container;
mod derived;
mod signatures;

use std::fmt;

use crate::{Error, Ledger};

/// Something in the ledger that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The table; `file` for the file itself.
    pub table: String,
    /// The row: a report's or claim's id, a log entry's number.
    pub row: Option<String>,
    /// What is wrong, in one line.
    pub what: String,
    /// The log entry that last says how it should be.
    pub since: Option<u64>,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.table)?;
        if let Some(row) = &self.row {
            write!(f, " `{row}`")?;
        }
        write!(f, ": {}", self.what)?;
        if let Some(since) = self.since {
            write!(f, " (bound by log entry {since})")?;
        }
        Ok(())
    }
}

impl Ledger {
    /// Checks every hash, the chain, the GeoPackage's own tables and all that is derived; an empty list says that
    /// nothing was changed, removed, inserted or put in another order. Writes nothing.
    ///
    /// Whoever can write the file can also make it anew, or cut the log's end off together with what it binds: compare
    /// [`Ledger::head`] with one noted down elsewhere.
    ///
    /// # Errors
    /// When the file cannot be read at all, or another program has held it for 5 s. Damage is no error but a fault.
    pub fn verify(&self) -> Result<Vec<Fault>, Error> {
        let mut faults = Faults::default();
        // One snapshot for all checks, whatever another program writes meanwhile.
        let tx = self.conn.unchecked_transaction().map_err(|error| self.sql(error))?;
        let checks: [fn(&rusqlite::Connection, &mut Faults) -> rusqlite::Result<()>; 4] =
            [container::check, chain::check, bound::check, derived::check];
        for check in checks {
            if let Err(error) = check(&tx, &mut faults) {
                let error = self.sql(error);
                if error.is_busy() {
                    return Err(error);
                }
                faults.add("file", None, format!("cannot be read further: {}", error.what()), None);
            }
        }
        Ok(faults.0)
    }
}

/// What was found so far.
#[derive(Default)]
struct Faults(Vec<Fault>);

impl Faults {
    fn add(&mut self, table: &str, row: Option<&str>, what: impl Into<String>, since: Option<i64>) {
        let since = since.and_then(|entry| u64::try_from(entry).ok());
        self.0.push(Fault { table: table.to_owned(), row: row.map(str::to_owned), what: what.into(), since });
    }
}
