//! Signatures of the log: each fits its entry and its key, and each key was one that might sign when it did.

use std::thread;

use gainsay_custody::{Public, Signature};

use super::Faults;
use crate::Action;
use crate::keys::{self, LedgerKey};
use crate::line::{LogLine, PURPOSE};

/// So many signatures are gathered before all cores check them.
const BATCH: usize = 8192;

/// What was seen of keys and signatures, entry after entry.
#[derive(Default)]
pub(super) struct Signatures {
    /// The keys that the log has told of so far.
    pub(super) keys: Vec<LedgerKey>,
    /// How many entries bear no signature.
    pub(super) unsigned: u64,
    /// The key of the first entry, which only the second can tell of.
    first: Option<Public>,
    waiting: Vec<(u64, Public, Signature, String)>,
}

impl Signatures {
    /// Looks at the next entry.
    pub(super) fn take(&mut self, line: &LogLine, faults: &mut Faults) {
        let row = line.seq.to_string();
        let mut fault = |what: String| faults.add("log", Some(&row), what, Some(line.seq as i64));
        let signed = match (&line.key, &line.signature) {
            (None, None) => None,
            _ => match line.signed() {
                Some(signed) => Some(signed),
                None => return fault("bears half a signature, or one that cannot be read".to_owned()),
            },
        };
        let adds = line.action == Action::KeyAdded.as_str();
        match signed {
            None => {
                self.unsigned += 1;
                if adds {
                    fault("adds a key and is not signed".to_owned());
                } else if let Some(first) = self.keys.first() {
                    fault(format!("is not signed, though entry {} added a key", first.added));
                }
            }
            Some((key, signature)) => {
                let added = || Some(Public::parse(line.payload_text("key")?.as_str())? == key);
                match self.keys.iter().find(|known| known.key == key) {
                    Some(LedgerKey { retired: Some((entry, _)), .. }) => {
                        fault(format!("is signed by the key {}, which entry {entry} retired", key.id()));
                    }
                    Some(_) => {}
                    None if adds && added() == Some(true) => {}
                    None if line.seq == 1 => self.first = Some(key),
                    None => {
                        fault(format!("is signed by the key {}, which the log was not told of", key.id()));
                    }
                }
                self.waiting.push((line.seq, key, signature, line.hash.clone()));
            }
        }
        if let (2, Some(first)) = (line.seq, self.first)
            && !(adds && signed.is_some_and(|(key, _)| key == first))
        {
            fault("does not add the key that signed the first entry".to_owned());
        }
        if line.payload_fits() {
            keys::take(&mut self.keys, line);
        }
        if self.waiting.len() >= BATCH {
            self.check(faults);
        }
    }

    /// Checks what was gathered, on all cores.
    pub(super) fn check(&mut self, faults: &mut Faults) {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let share = self.waiting.len().div_ceil(cores).max(64);
        let wrong: Vec<u64> = thread::scope(|scope| {
            let check = |part: &[(u64, Public, Signature, String)]| {
                let wrong = part
                    .iter()
                    .filter(|(_, key, signature, hash)| !key.verifies(PURPOSE, hash.as_bytes(), signature));
                wrong.map(|(seq, ..)| *seq).collect::<Vec<u64>>()
            };
            let parts: Vec<_> =
                self.waiting.chunks(share).map(|part| scope.spawn(move || check(part))).collect();
            parts.into_iter().flat_map(|part| part.join().unwrap_or_default()).collect()
        });
        for seq in wrong {
            let what = "changed: its signature does not fit it".to_owned();
            faults.add("log", Some(&seq.to_string()), what, Some(seq as i64));
        }
        self.waiting.clear();
    }
}
