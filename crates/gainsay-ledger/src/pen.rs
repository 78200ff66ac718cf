//! Writes entries into the log, each bound to the one before it by a hash, and signed where there is a key.

use std::cell::Cell;
use std::path::Path;

use jiff::Timestamp;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::held::Signer;
use crate::line::{self, BEFORE_THE_FIRST, LogLine};
use crate::log::WORDS_ENTRY;
use crate::migrate::set_meta;
use crate::pack::second;
use crate::{Action, Error, Ledger, geopackage, keys};

/// What entries are written with, for the length of one transaction.
pub(crate) struct Pen<'a> {
    pub(crate) conn: &'a Connection,
    signer: Option<(&'a Signer, String)>,
    /// Whether the log has yet to be told of the key.
    unknown: Cell<bool>,
}

impl<'a> Pen<'a> {
    /// The caller holds a transaction that may write.
    ///
    /// # Errors
    /// When the log is signed and there is no key to sign by, or the key was retired.
    pub(crate) fn take(
        conn: &'a Connection,
        path: &Path,
        signer: Option<&'a Signer>,
    ) -> Result<Pen<'a>, Error> {
        let known = keys::all(conn).map_err(|error| Error::sql(path, error))?;
        let Some(signer) = signer else {
            return match known.is_empty() {
                true => Ok(Pen { conn, signer: None, unknown: Cell::new(false) }),
                false => Err(Error::refused(
                    path,
                    "its log is signed, and there is no key to sign by; put its file of keys beside it",
                )),
            };
        };
        let public = signer.secret.public();
        let own = known.iter().find(|known| known.key == public);
        if let Some((entry, _)) = own.and_then(|own| own.retired.as_ref()) {
            let id = public.id();
            return Err(Error::refused(
                path,
                format!("the key {id} was retired by entry {entry}; sign by another"),
            ));
        }
        Ok(Pen { conn, unknown: Cell::new(own.is_none()), signer: Some((signer, public.to_string())) })
    }

    /// Adds an entry at the end and gives its number. A key that the log does not know yet is told of first.
    pub(crate) fn append(
        &self,
        at: Timestamp,
        by: &str,
        action: Action,
        payload: &Value,
    ) -> rusqlite::Result<i64> {
        // Nothing comes before the ledger's own beginning.
        if action != Action::LedgerCreated {
            self.introduce(at, by)?;
        }
        let seq = self.put(at, by, action, payload)?;
        self.introduce(at, by)?;
        Ok(seq)
    }

    /// Who signs.
    pub(crate) fn signer(&self) -> Option<&Signer> {
        self.signer.as_ref().map(|(signer, _)| *signer)
    }

    fn introduce(&self, at: Timestamp, by: &str) -> rusqlite::Result<()> {
        if self.unknown.replace(false)
            && let Some((_, key)) = &self.signer
        {
            self.put(at, by, Action::KeyAdded, &json!({ "key": key, "name": by }))?;
        }
        Ok(())
    }

    fn put(&self, at: Timestamp, by: &str, action: Action, payload: &Value) -> rusqlite::Result<i64> {
        let (last, prev) = line::head(self.conn)?.unwrap_or((0, BEFORE_THE_FIRST.to_owned()));
        let mut line = LogLine {
            seq: last + 1,
            at: second(at),
            by: by.to_owned(),
            action: action.as_str().to_owned(),
            payload: payload.to_string(),
            prev,
            hash: String::new(),
            payload_sha256: None,
            salt: None,
            key: None,
            signature: None,
        };
        line.bind(self.signer.as_ref().map(|(signer, key)| (*signer, key.as_str())));
        line.write(self.conn)?;
        set_meta(self.conn, "log_count", &line.seq.to_string())?;
        set_meta(self.conn, "log_head", &line.hash)?;
        if action == Action::LexiconChanged {
            set_meta(self.conn, WORDS_ENTRY, &line.seq.to_string())?;
        }
        geopackage::touch(self.conn, &["log"], &line.at)?;
        Ok(line.seq as i64)
    }
}

impl Ledger {
    /// Has what is written from now on through this open ledger signed by somebody else than whose keys are held for the
    /// file: one of several who share it.
    pub fn sign_by(&mut self, signer: Signer) {
        self.signer = Some(signer);
    }

    /// Who signs what is written: the one given to [`Ledger::sign_by`], else whose keys are held for the file; `None`
    /// where nobody's are.
    ///
    /// # Errors
    /// When keys are held that cannot be had: a passphrase that does not fit, for one.
    pub fn signer(&self) -> Result<Option<Signer>, Error> {
        match &self.signer {
            Some(signer) => Ok(Some(signer.clone())),
            None => Ok(crate::held::held(&self.path)?.signer),
        }
    }

    /// The same, where nobody has to be asked for it.
    pub(crate) fn signer_at_hand(&self) -> Option<Signer> {
        self.signer.clone().or_else(|| crate::held::at_hand(&self.path)?.signer)
    }

    /// Records a decision, a change of the lexicon or a setting, and gives the entry's number. On the disk when it
    /// returns.
    ///
    /// # Errors
    /// When `action` is one that only the ledger itself records, there is no key to sign by, the disk is full, or another
    /// program has held the ledger for 5 s.
    pub fn decide(&mut self, by: &str, at: Timestamp, action: Action, payload: &Value) -> Result<u64, Error> {
        let seqs = self.decide_all(by, at, action, std::slice::from_ref(payload))?;
        Ok(seqs[0])
    }

    /// As [`Ledger::decide`], several at once: all of them on the disk when it returns, or none.
    ///
    /// # Errors
    /// As [`Ledger::decide`].
    pub fn decide_all(
        &mut self,
        by: &str,
        at: Timestamp,
        action: Action,
        payloads: &[Value],
    ) -> Result<Vec<u64>, Error> {
        Ok(self.decide_if(None, by, at, action, payloads)?.unwrap_or_default())
    }

    /// As [`Ledger::decide_all`], if the log still ends where the caller saw it end; `None`, and nothing written, where
    /// somebody else was quicker.
    ///
    /// # Errors
    /// As [`Ledger::decide`].
    pub fn decide_after(
        &mut self,
        last: u64,
        by: &str,
        at: Timestamp,
        action: Action,
        payloads: &[Value],
    ) -> Result<Option<Vec<u64>>, Error> {
        self.decide_if(Some(last), by, at, action, payloads)
    }

    fn decide_if(
        &mut self,
        last: Option<u64>,
        by: &str,
        at: Timestamp,
        action: Action,
        payloads: &[Value],
    ) -> Result<Option<Vec<u64>>, Error> {
        if action.is_the_ledgers_own() {
            return Err(Error::refused(&self.path, format!("only the ledger itself may record `{action}`")));
        }
        self.write(|pen, path| {
            let sql = |error| Error::sql(path, error);
            let end = line::head(pen.conn).map_err(sql)?.map_or(0, |(seq, _)| seq);
            if last.is_some_and(|last| last != end) {
                return Ok(None);
            }
            let one = |payload| pen.append(at, by, action, payload).map(|seq| seq as u64);
            payloads.iter().map(one).collect::<rusqlite::Result<_>>().map(Some).map_err(sql)
        })
    }

    /// Runs `job` in a transaction of its own, with a pen. Ended well, it is on the disk; ended with an error, the file
    /// is as it was.
    pub(crate) fn write<T>(
        &mut self,
        job: impl FnOnce(&Pen<'_>, &Path) -> Result<T, Error>,
    ) -> Result<T, Error> {
        // Before the transaction: a person may have to be asked, while others wait for it.
        let signer = self.signer()?;
        let path = &self.path;
        crate::write::write(&mut self.conn, path, |tx| job(&Pen::take(tx, path, signer.as_ref())?, path))
    }
}
