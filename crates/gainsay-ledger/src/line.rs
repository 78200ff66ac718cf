//! An entry of the log as it is written down, and what its hash is made of.

use gainsay_custody::{Public, Signature};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::Value;

use crate::Action;
use crate::held::Signer;
use crate::pack::{FieldHash, hex, unhex};

/// The purpose of the signature of an entry: what is signed is `gainsay-log/1`, a line feed, and the entry's hash as 64
/// digits.
pub(crate) const PURPOSE: &str = "log";

/// The hash before the first entry.
pub(crate) const BEFORE_THE_FIRST: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// One entry of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct LogEntry {
    /// Its number, counted from 1 without a gap.
    pub seq: u64,
    /// When, to the second.
    pub at: Timestamp,
    /// Who did it.
    pub by: String,
    /// What was done.
    pub action: Action,
    /// The particulars; null where they were removed.
    pub payload: Value,
    /// The hash of the entry before, 64 hexadecimal digits; zeros for the first.
    pub prev: String,
    /// The hash of this one.
    pub hash: String,
    /// The hash of salt and payload; `None` in entries from before schema 4, which are hashed with their payload.
    pub payload_sha256: Option<String>,
    /// Whose signature it bears: a public key, 64 hexadecimal digits.
    pub key: Option<String>,
    /// The signature, 128 hexadecimal digits.
    pub signature: Option<String>,
    /// Whether the particulars were removed, with the report that they told of.
    pub removed: bool,
}

/// An entry as it is written down: what hashes and signatures are over, letter for letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// Its number.
    pub seq: u64,
    /// When: RFC 3339, to the second.
    pub at: String,
    /// Who did it.
    pub by: String,
    /// The word for what was done.
    pub action: String,
    /// The particulars, JSON; empty where they were removed.
    pub payload: String,
    /// The hash of the entry before.
    pub prev: String,
    /// The hash of this one.
    pub hash: String,
    /// The hash of salt and payload; `None` in entries from before schema 4.
    pub payload_sha256: Option<String>,
    /// 32 hexadecimal digits, or none where nobody signed; `None` in older entries and where the payload was removed.
    pub salt: Option<String>,
    /// The public key that signed it.
    pub key: Option<String>,
    /// Its signature.
    pub signature: Option<String>,
}

impl LogLine {
    pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<LogLine> {
        let seq: i64 = row.get(0)?;
        Ok(LogLine {
            seq: u64::try_from(seq).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(0, seq))?,
            at: row.get(1)?,
            by: row.get(2)?,
            action: row.get(3)?,
            payload: row.get(4)?,
            prev: row.get(5)?,
            hash: row.get(6)?,
            payload_sha256: row.get(7)?,
            salt: row.get(8)?,
            key: row.get(9)?,
            signature: row.get(10)?,
        })
    }

    pub(crate) fn write(&self, conn: &Connection) -> rusqlite::Result<()> {
        let mut insert =
            conn.prepare_cached("INSERT INTO log VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")?;
        insert.execute(params![
            self.seq as i64,
            self.at,
            self.by,
            self.action,
            self.payload,
            self.prev,
            self.hash,
            self.payload_sha256,
            self.salt,
            self.key,
            self.signature
        ])?;
        Ok(())
    }

    /// Fills in salt, hashes and signature; `key` is the public half of the signer's, as digits.
    pub(crate) fn bind(&mut self, signer: Option<(&Signer, &str)>) {
        let salt = signer.map(|(signer, _)| salt(signer, &self.prev, self.seq)).unwrap_or_default();
        self.payload_sha256 = Some(payload_hash(&salt, &self.payload));
        self.salt = Some(salt);
        self.hash = self.computed();
        if let Some((signer, key)) = signer {
            self.key = Some(key.to_owned());
            self.signature = Some(hex(&signer.secret.sign(PURPOSE, self.hash.as_bytes())));
        }
    }

    /// Whether the payload was taken out.
    pub fn is_removed(&self) -> bool {
        self.payload.is_empty()
    }

    /// The hash that it should have.
    pub fn computed(&self) -> String {
        let form = if self.payload_sha256.is_some() { "gainsay-log/2" } else { "gainsay-log/1" };
        let mut hash = FieldHash::new(form);
        hash.field(self.prev.as_bytes());
        hash.field(&self.seq.to_be_bytes());
        let payload = self.payload_sha256.as_ref().unwrap_or(&self.payload);
        for text in [&self.at, &self.by, &self.action, payload] {
            hash.field(text.as_bytes());
        }
        hash.finish()
    }

    /// Whether the payload is the one that was hashed; of a removed one nothing is known.
    pub fn payload_fits(&self) -> bool {
        match (&self.payload_sha256, &self.salt) {
            (None, salt) => salt.is_none(),
            (Some(_), None) => self.is_removed(),
            (Some(hash), Some(salt)) => *hash == payload_hash(salt, &self.payload),
        }
    }

    /// A text of the particulars, by its name.
    pub(crate) fn payload_text(&self, name: &str) -> Option<String> {
        let payload: Value = serde_json::from_str(&self.payload).ok()?;
        Some(payload.get(name)?.as_str()?.to_owned())
    }

    /// What binds an entry of form 1 whose payload is removed: all of it but the payload, of which its hash was.
    pub(crate) fn rest(&self) -> String {
        let mut hash = FieldHash::new("gainsay-rest/1");
        hash.field(self.prev.as_bytes());
        hash.field(&self.seq.to_be_bytes());
        for text in [&self.at, &self.by, &self.action, &self.hash] {
            hash.field(text.as_bytes());
        }
        hash.finish()
    }

    /// Key and signature; `None` where it has neither, or they are no such digits.
    pub(crate) fn signed(&self) -> Option<(Public, Signature)> {
        let signature = unhex(self.signature.as_ref()?)?.try_into().ok()?;
        Some((Public::parse(self.key.as_ref()?)?, signature))
    }

    /// The entry, or what in it cannot be read.
    pub(crate) fn entry(self) -> Result<LogEntry, String> {
        let seq = self.seq;
        let wrong = |what: &str| format!("log entry {seq}: {what}");
        let removed = self.is_removed();
        let payload = match removed {
            true => Value::Null,
            false => serde_json::from_str(&self.payload).map_err(|_| wrong("a payload that is no JSON"))?,
        };
        Ok(LogEntry {
            seq,
            at: self.at.parse().map_err(|_| wrong("no time"))?,
            by: self.by,
            action: Action::parse(&self.action).ok_or_else(|| wrong("an unknown action"))?,
            payload,
            prev: self.prev,
            hash: self.hash,
            payload_sha256: self.payload_sha256,
            key: self.key,
            signature: self.signature,
            removed,
        })
    }
}

/// The last entry's number and hash.
pub(crate) fn head(conn: &Connection) -> rusqlite::Result<Option<(u64, String)>> {
    conn.prepare_cached("SELECT seq, hash FROM log ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get::<_, i64>(0)?.unsigned_abs(), row.get(1)?)))
        .optional()
}

/// Whoever has the signer's secret can make the salt again: the same keys give the same log.
fn salt(signer: &Signer, prev: &str, seq: u64) -> String {
    let mut hash = FieldHash::new("gainsay-salt/1");
    hash.field(&*signer.salts);
    hash.field(prev.as_bytes());
    hash.field(&seq.to_be_bytes());
    let mut salt = hash.finish();
    salt.truncate(32);
    salt
}

fn payload_hash(salt: &str, payload: &str) -> String {
    let mut hash = FieldHash::new("gainsay-payload/1");
    hash.field(salt.as_bytes());
    hash.field(payload.as_bytes());
    hash.finish()
}

#[cfg(test)]
mod tests {
    use gainsay_custody::Secret;
    use sha2::{Digest, Sha256};
    use zeroize::Zeroizing;

    use super::*;

    fn line() -> LogLine {
        LogLine {
            seq: 7,
            at: "2020-01-01T00:00:00Z".into(),
            by: "a".into(),
            action: "decision".into(),
            payload: r#"{"claim":"c"}"#.into(),
            prev: BEFORE_THE_FIRST.into(),
            hash: String::new(),
            payload_sha256: None,
            salt: None,
            key: None,
            signature: None,
        }
    }

    fn fields(fields: &[&[u8]]) -> String {
        let mut hash = Sha256::new();
        for field in fields {
            hash.update((field.len() as u64).to_be_bytes());
            hash.update(field);
        }
        hex(&hash.finalize())
    }

    #[test]
    fn an_entry_is_hashed_salted_and_signed_as_the_design_says() {
        let signer = Signer { secret: Secret::from_seed([7; 32]), salts: Zeroizing::new([9; 32]) };
        let key = signer.secret.public().to_string();
        let mut line = line();
        line.bind(Some((&signer, &key)));
        let prev = BEFORE_THE_FIRST.as_bytes();
        let seq = 7u64.to_be_bytes();
        let salt = &fields(&[b"gainsay-salt/1", &[9; 32], prev, &seq])[..32];
        let payload = fields(&[b"gainsay-payload/1", salt.as_bytes(), line.payload.as_bytes()]);
        let hash = fields(&[
            b"gainsay-log/2",
            prev,
            &seq,
            b"2020-01-01T00:00:00Z",
            b"a",
            b"decision",
            payload.as_bytes(),
        ]);
        assert_eq!(line.salt.as_deref(), Some(salt));
        assert_eq!(line.payload_sha256.as_deref(), Some(payload.as_str()));
        assert_eq!(line.hash, hash);
        let (public, signature) = line.signed().unwrap();
        assert!(public.verifies("log", hash.as_bytes(), &signature));
        assert!(line.payload_fits() && line.computed() == line.hash);
        line.payload.push(' ');
        assert!(!line.payload_fits() && line.computed() == line.hash);
        (line.payload, line.salt) = (String::new(), None);
        assert!(line.payload_fits() && line.is_removed() && line.computed() == line.hash);
    }

    #[test]
    fn nobody_s_entry_has_no_salt() {
        let mut line = line();
        line.bind(None);
        assert_eq!((line.salt.as_deref(), &line.signature, &line.key), (Some(""), &None, &None));
        assert!(line.payload_fits());
    }
}
