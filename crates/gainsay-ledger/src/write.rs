//! One way to write: a transaction that is on the disk when it ends well, and leaves no trace when it does not.

use std::path::Path;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::Error;

/// Runs `job` in a transaction of its own. Ended well, it is on the disk; ended with an error, the file is as it was.
pub(crate) fn write<T>(
    conn: &mut Connection,
    path: &Path,
    job: impl FnOnce(&Transaction<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    let sql = |error| Error::sql(path, error);
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(sql)?;
    let done = job(&tx).and_then(|value| tx.commit().map(|()| value).map_err(sql));
    if done.is_err() {
        // On a full disk SQLite takes back what it had begun only when the file is next read; so read it now.
        let _ = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
    }
    done
}
