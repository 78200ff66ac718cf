//! The keys that a log was told of: which may sign its entries, since when, and which no longer.

use std::path::Path;

use gainsay_custody::Public;
use jiff::Timestamp;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::line::LogLine;
use crate::pen::Pen;
use crate::{Action, Error, Ledger, Signer};

/// A key that a log was told of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerKey {
    /// The public key.
    pub key: Public,
    /// Whose it is, as was said when it was added.
    pub name: String,
    /// The entry that added it.
    pub added: u64,
    /// When that was.
    pub at: Timestamp,
    /// The key that vouched for it; `None` where it was added by nothing but its own signature, as the first is.
    pub vouched_by: Option<Public>,
    /// The entry that retired it, and why, if one did.
    pub retired: Option<(u64, String)>,
}

/// The keys, those added first first. One that was added again after it was retired is retired still.
pub(crate) fn all(conn: &Connection) -> rusqlite::Result<Vec<LedgerKey>> {
    let mut lines =
        conn.prepare_cached("SELECT * FROM log WHERE action IN ('key-added', 'key-retired') ORDER BY seq")?;
    let mut lines = lines.query([])?;
    let mut keys = Vec::new();
    while let Some(row) = lines.next()? {
        take(&mut keys, &LogLine::read(row)?);
    }
    Ok(keys)
}

/// Lays one entry over what is known of keys.
pub(crate) fn take(keys: &mut Vec<LedgerKey>, line: &LogLine) {
    let payload: Value = serde_json::from_str(&line.payload).unwrap_or(Value::Null);
    let text = |name: &str| payload[name].as_str().unwrap_or_default().to_owned();
    let Some(key) = Public::parse(&text("key")) else { return };
    let known = keys.iter_mut().find(|known| known.key == key);
    match (Action::parse(&line.action), known, line.at.parse()) {
        (Some(Action::KeyAdded), None, Ok(at)) => keys.push(LedgerKey {
            key,
            name: text("name"),
            added: line.seq,
            at,
            vouched_by: line.key.as_deref().and_then(Public::parse).filter(|by| *by != key),
            retired: None,
        }),
        (Some(Action::KeyRetired), Some(known), _) if known.retired.is_none() => {
            known.retired = Some((line.seq, text("why")));
        }
        _ => {}
    }
}

impl Ledger {
    /// The keys that the log was told of, those added first first; none where it is not signed.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn keys(&self) -> Result<Vec<LedgerKey>, Error> {
        all(&self.conn).map_err(|error| self.sql(error))
    }

    /// Vouches for a key of somebody's, so that it may sign from now on; gives the entry's number, or `None` where the
    /// log knows it already. On the disk when it returns.
    ///
    /// # Errors
    /// When there is nobody to sign this, the key was retired, the disk is full, or another program has held the ledger
    /// for 5 s.
    pub fn add_key(
        &mut self,
        by: &str,
        at: Timestamp,
        key: &Public,
        name: &str,
    ) -> Result<Option<u64>, Error> {
        self.need_signer()?;
        self.write(|pen, path| {
            let sql = |error| Error::sql(path, error);
            let known = all(pen.conn).map_err(sql)?;
            match known.iter().find(|known| known.key == *key) {
                Some(LedgerKey { retired: Some((entry, _)), .. }) => {
                    let what = format!("the key {} was retired by entry {entry}", key.id());
                    return Err(Error::refused(path, what));
                }
                Some(_) => return Ok(None),
                None => {}
            }
            let payload = json!({ "key": key.to_string(), "name": name });
            let seq = pen.append(at, by, Action::KeyAdded, &payload).map_err(sql)?;
            Ok(Some(seq as u64))
        })
    }

    /// Says that nothing is to be signed by a key from now on: it was lost, stolen, or its owner left. What it signed
    /// before stays good. Gives the entry's number. On the disk when it returns.
    ///
    /// # Errors
    /// When there is nobody to sign this, the log knows no such key or it is retired already, it is the last that is
    /// not retired, the disk is full, or another program has held the ledger for 5 s.
    pub fn retire_key(&mut self, by: &str, at: Timestamp, key: &Public, why: &str) -> Result<u64, Error> {
        self.need_signer()?;
        self.write(|pen, path| {
            let seq = retire(pen, path, by, at, key, why)?;
            let keys = all(pen.conn).map_err(|error| Error::sql(path, error))?;
            if keys.iter().all(|known| known.retired.is_some()) {
                let what = format!("the key {} is the last that may sign; add another first", key.id());
                return Err(Error::refused(path, what));
            }
            Ok(seq)
        })
    }

    /// Puts another key in the place of the signer's own: one entry vouches for the new one, one retires the old; both
    /// are signed by the old one. Gives the first entry's number. On the disk when it returns; from then on
    /// [`Ledger::sign_by`] the new one.
    ///
    /// # Errors
    /// When there is nobody to sign this, the log knows the new key already, the disk is full, or another program has
    /// held the ledger for 5 s.
    pub fn next_key(
        &mut self,
        by: &str,
        at: Timestamp,
        new: &Public,
        name: &str,
        why: &str,
    ) -> Result<u64, Error> {
        let own = self.need_signer()?.secret.public();
        self.write(|pen, path| {
            let sql = |error| Error::sql(path, error);
            if all(pen.conn).map_err(sql)?.iter().any(|known| known.key == *new) {
                return Err(Error::refused(path, format!("the log knows the key {} already", new.id())));
            }
            let payload = json!({ "key": new.to_string(), "name": name });
            let seq = pen.append(at, by, Action::KeyAdded, &payload).map_err(sql)?;
            retire(pen, path, by, at, &own, why)?;
            Ok(seq as u64)
        })
    }

    /// # Errors
    /// Where there is nobody who signs.
    pub(crate) fn need_signer(&self) -> Result<Signer, Error> {
        let none = "there is no key to sign by; make one with `gainsay key`";
        self.signer()?.ok_or_else(|| Error::refused(&self.path, none))
    }
}

fn retire(
    pen: &Pen<'_>,
    path: &Path,
    by: &str,
    at: Timestamp,
    key: &Public,
    why: &str,
) -> Result<u64, Error> {
    let sql = |error| Error::sql(path, error);
    let known = all(pen.conn).map_err(sql)?;
    let refused = |what: &str| Error::refused(path, format!("the key {} {what}", key.id()));
    match known.iter().find(|known| known.key == *key) {
        None => return Err(refused("is not one of this ledger's")),
        Some(own) if own.retired.is_some() => return Err(refused("is retired already")),
        Some(_) => {}
    }
    let payload = json!({ "key": key.to_string(), "why": why });
    Ok(pen.append(at, by, Action::KeyRetired, &payload).map_err(sql)? as u64)
}
