//! One way to write: a transaction that is on the disk when it ends well, and leaves no trace when it does not.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::Error;
use crate::error::PATIENCE_SECONDS;

/// So long is waited at most for those who still read what stood before a write.
const READERS: Duration = Duration::from_millis(50);

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
    } else {
        take_in(conn);
    }
    done
}

/// Where the ledger is shared, takes its log into the file: whoever copies or moves that file has all that was
/// acknowledged, and an older file put in its place is not laid over with what it never held.
///
/// What cannot be taken in now is on the disk all the same, and is taken in with the next write.
fn take_in(conn: &Connection) {
    let mode: String = conn.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap_or_default();
    if mode == "wal" {
        let _ = conn.busy_timeout(READERS);
        let _ = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        let _ = conn.busy_timeout(Duration::from_secs(PATIENCE_SECONDS));
    }
}
