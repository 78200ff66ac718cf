//! Checkpoint notes: a few lines that say where the log of a ledger stood, signed, to be published or time-stamped.
//!
//! Whoever has a note can tell later whether a ledger is the one it speaks of, unchanged up to that entry. A note says
//! nothing of what the ledger holds: two hashes, a number, a time and a key.

use crate::{Error, Public, Secret, Signature, hex};

/// What a signature of a note is for.
const PURPOSE: &str = "checkpoint";

/// The first line.
const TITLE: &str = "gainsay checkpoint";

/// A text longer than this is no note.
const MOST_BYTES: usize = 1024;

/// What a note says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The hash of the ledger's first entry, 64 hexadecimal digits: which ledger it is.
    pub ledger: String,
    /// The number of the entry up to which it speaks.
    pub entry: u64,
    /// That entry's hash, 64 hexadecimal digits.
    pub hash: String,
    /// When it was made, by the clock of whoever made it: `2016-01-18T09:30:00Z`.
    pub at: String,
    /// By whose key it is signed.
    pub key: Public,
    /// The signature over all lines before it.
    pub signature: Signature,
}

impl Note {
    /// A new one, signed.
    ///
    /// # Errors
    /// When a hash is not 64 hexadecimal digits, the entry is 0, or the time is not written to the second in UTC.
    pub fn new(ledger: &str, entry: u64, hash: &str, at: &str, key: &Secret) -> Result<Note, Error> {
        let mut note = Note {
            ledger: ledger.to_owned(),
            entry,
            hash: hash.to_owned(),
            at: at.to_owned(),
            key: key.public(),
            signature: [0; 64],
        };
        note.signature = key.sign(PURPOSE, note.signed().as_bytes());
        Note::parse(&note.text())
    }

    /// The note as it is written: seven lines, each ended by a line feed.
    pub fn text(&self) -> String {
        format!("{}signature {}\n", self.signed(), hex::of(&self.signature))
    }

    /// SHA-256 of the whole text, which is what is time-stamped.
    pub fn sha256(&self) -> [u8; 32] {
        use sha2::Digest;
        sha2::Sha256::digest(self.text()).into()
    }

    /// The lines that are signed.
    fn signed(&self) -> String {
        let Note { ledger, entry, hash, at, key, .. } = self;
        format!("{TITLE}\nledger {ledger}\nentry {entry}\nhash {hash}\nat {at}\nkey {key}\n")
    }

    /// Reads a note and checks its signature. A text that is spelled in any other way than a note is written is none.
    ///
    /// # Errors
    /// When it is no note, or the signature is not of these lines by the key that they name.
    pub fn parse(text: &str) -> Result<Note, Error> {
        let none = |what: &str| Error::new(format!("no checkpoint note: {what}"));
        if text.len() > MOST_BYTES {
            return Err(none("it is too long"));
        }
        let mut lines = text.split('\n');
        if lines.next() != Some(TITLE) {
            return Err(none("its first line is another one"));
        }
        let mut line = |name: &str| -> Result<String, Error> {
            let rest =
                lines.next().and_then(|line| line.strip_prefix(name)).and_then(|line| line.strip_prefix(' '));
            rest.map(str::to_owned).ok_or_else(|| none(&format!("the line `{name}` is missing")))
        };
        let (ledger, entry, hash) = (line("ledger")?, line("entry")?, line("hash")?);
        let (at, key, signature) = (line("at")?, line("key")?, line("signature")?);
        let note = Note {
            ledger,
            entry: entry
                .parse()
                .ok()
                .filter(|entry| *entry > 0)
                .ok_or_else(|| none("its entry is no number"))?,
            hash,
            at,
            key: Public::parse(&key).ok_or_else(|| none("its key is not 64 hexadecimal digits"))?,
            signature: hex::array(&signature)
                .ok_or_else(|| none("its signature is not 128 hexadecimal digits"))?,
        };
        if [&note.ledger, &note.hash].into_iter().any(|hash| hex::array::<32>(hash).is_none()) {
            return Err(none("a hash is not 64 hexadecimal digits"));
        }
        if !is_second(&note.at) {
            return Err(none("its time is not written as 2016-01-18T09:30:00Z"));
        }
        // Digits in capitals, signs, zeros before a number, lines behind: another text, another hash.
        if note.text() != text {
            return Err(none("it is not spelled as one is written"));
        }
        if !note.key.verifies(PURPOSE, note.signed().as_bytes(), &note.signature) {
            return Err(Error::new(
                "the checkpoint note was changed: its signature is not of these lines by this key",
            ));
        }
        Ok(note)
    }
}

/// Whether a text is a time to the second in UTC.
fn is_second(text: &str) -> bool {
    let form = b"0000-00-00T00:00:00Z";
    let fits = |(byte, like): (u8, &u8)| if *like == b'0' { byte.is_ascii_digit() } else { byte == *like };
    text.len() == form.len() && text.bytes().zip(form).all(fits) && text.parse::<jiff::Timestamp>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note() -> Note {
        let (first, last) = ("a1".repeat(32), "b2".repeat(32));
        Note::new(&first, 17, &last, "2016-01-18T09:30:00Z", &Secret::from_seed([7; 32])).unwrap()
    }

    #[test]
    fn a_note_comes_back_and_is_spelled_in_one_way() {
        let note = note();
        let text = note.text();
        assert_eq!(text.lines().count(), 7);
        assert_eq!(Note::parse(&text).unwrap(), note);
        for (from, to) in [("entry 17", "entry 017"), ("entry 17", "entry +17"), ("b2", "B2"), ("\n", "\r\n")]
        {
            assert!(Note::parse(&text.replacen(from, to, 1)).is_err(), "{to}");
        }
        assert!(Note::parse(&format!("{text}\n")).is_err());
        assert!(Note::parse(text.trim_end()).is_err());
    }

    #[test]
    fn every_changed_byte_is_found() {
        let text = note().text();
        for at in 0..text.len() {
            let mut changed = text.clone().into_bytes();
            changed[at] ^= 1;
            if let Ok(changed) = String::from_utf8(changed) {
                assert!(Note::parse(&changed).is_err(), "byte {at}");
            }
        }
    }

    #[test]
    fn what_is_no_note_is_not_made() {
        let (hash, key) = ("a1".repeat(32), Secret::from_seed([7; 32]));
        assert!(Note::new("a1", 1, &hash, "2016-01-18T09:30:00Z", &key).is_err());
        assert!(Note::new(&hash, 0, &hash, "2016-01-18T09:30:00Z", &key).is_err());
        assert!(Note::new(&hash, 1, &hash, "2016-01-18 09:30", &key).is_err());
        assert!(Note::new(&hash, 1, &hash, "2016-13-18T09:30:00Z", &key).is_err());
        assert!(Note::parse(&"gainsay checkpoint\n".repeat(500)).is_err());
    }
}
