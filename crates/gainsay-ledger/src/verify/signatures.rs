//! Signatures of the log: each fits its entry and its key, and each key was one that might sign when it did.

use std::collections::BTreeSet;
use std::thread;

use gainsay_custody::{Public, Signature};

use super::Seen;
use crate::line::{LogLine, PURPOSE};
use crate::{Action, keys};

/// So many signatures are gathered before all cores check them.
const BATCH: usize = 8192;

/// What was seen of keys and signatures, entry after entry.
#[derive(Default)]
pub(super) struct Signatures {
    /// The key of the first entry, which only the second can tell of.
    first: Option<Public>,
    waiting: Vec<(u64, Public, Signature, String)>,
}

impl Signatures {
    /// Looks at the next entry.
    pub(super) fn take(&mut self, line: &LogLine, seen: &mut Seen) {
        let tells = [Action::KeyAdded, Action::KeyRetired].iter().any(|own| own.as_str() == line.action);
        let adds = line.action == Action::KeyAdded.as_str();
        let signed = line.signed();
        let halved = signed.is_none() && (line.key.is_some() || line.signature.is_some());
        if let Some(what) = self.wrong(line, signed.as_ref().map(|(key, _)| *key), halved, adds, seen) {
            seen.fault("log", Some(&line.seq.to_string()), what, Some(line.seq as i64));
        }
        seen.verified.unsigned += u64::from(signed.is_none());
        if let Some((key, signature)) = signed {
            if line.seq == 1 {
                self.first = Some(key);
            }
            self.waiting.push((line.seq, key, signature, line.hash.clone()));
        }
        if tells && line.payload_fits() {
            keys::take(&mut seen.verified.keys, line);
        }
        if self.waiting.len() >= BATCH {
            self.check(seen);
        }
    }

    /// What is wrong with who signed, if anything is.
    fn wrong(
        &self,
        line: &LogLine,
        signed: Option<Public>,
        halved: bool,
        adds: bool,
        seen: &Seen,
    ) -> Option<String> {
        let keys = &seen.verified.keys;
        if halved {
            return Some("bears half a signature, or one that cannot be read".to_owned());
        }
        let own = || line.payload_text("key").and_then(|key| Public::parse(&key));
        if line.seq == 2 && self.first.is_some() && !(adds && signed == self.first && own() == self.first) {
            return Some("does not add the key that signed the first entry".to_owned());
        }
        // Only what was signed when it was written has a salt, and the entry's hash is over that.
        if line.salt.as_ref().is_some_and(|salt| salt.is_empty() != signed.is_none()) {
            return Some(match signed {
                Some(_) => "was not signed when it was written".to_owned(),
                None => "its signature is missing".to_owned(),
            });
        }
        let Some(key) = signed else {
            return match keys.first() {
                _ if adds => Some("adds a key and is not signed".to_owned()),
                Some(first) => Some(format!("is not signed, though entry {} added a key", first.added)),
                None => None,
            };
        };
        match keys.iter().find(|known| known.key == key) {
            Some(known) => known
                .retired
                .as_ref()
                .map(|(entry, _)| format!("is signed by the key {}, which entry {entry} retired", key.id())),
            None if line.seq == 1 || (adds && own() == Some(key)) => None,
            None => Some(format!("is signed by the key {}, which the log was not told of", key.id())),
        }
    }

    /// After the last entry.
    pub(super) fn end(&mut self, seen: &mut Seen) {
        self.check(seen);
        if self.first.is_some() && seen.verified.entries == 1 {
            seen.fault("log", Some("1"), "no entry adds the key that signed it", Some(1));
        }
    }

    /// Checks what was gathered, on all cores.
    fn check(&mut self, seen: &mut Seen) {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let share = self.waiting.len().div_ceil(cores).max(64);
        let check = |part: &[(u64, Public, Signature, String)]| -> Vec<u64> {
            let fits = |(_, key, signature, hash): &&(u64, Public, Signature, String)| {
                key.verifies(PURPOSE, hash.as_bytes(), signature)
            };
            part.iter().filter(|one| !fits(one)).map(|(seq, ..)| *seq).collect()
        };
        let wrong: Vec<u64> = thread::scope(|scope| {
            let parts = self.waiting.chunks(share).map(|part| (part, scope.spawn(move || check(part))));
            let parts: Vec<_> = parts.collect();
            // A thread that broke has checked nothing.
            let all = |part: &[(u64, Public, Signature, String)]| part.iter().map(|(seq, ..)| *seq).collect();
            parts.into_iter().flat_map(|(part, done)| done.join().unwrap_or_else(|_| all(part))).collect()
        });
        for seq in wrong {
            let what = "changed: its signature does not fit it";
            seen.fault("log", Some(&seq.to_string()), what, Some(seq as i64));
        }
        self.waiting.clear();
    }
}

/// Which keys nobody vouched for; a fault where keys are trusted.
pub(super) fn trusted(seen: &mut Seen, trusted: &[Public]) -> rusqlite::Result<()> {
    let mut good: BTreeSet<Public> = trusted.iter().copied().collect();
    let keys = std::mem::take(&mut seen.verified.keys);
    for (number, key) in keys.iter().enumerate() {
        let vouched = match trusted.is_empty() {
            true => number == 0 || key.vouched_by.is_some(),
            // Keys come in order: whoever vouched for one is earlier.
            false => key.vouched_by.is_some_and(|by| good.contains(&by)),
        };
        if vouched || good.contains(&key.key) {
            good.insert(key.key);
            continue;
        }
        seen.verified.unvouched.push(key.key);
        if !trusted.is_empty() {
            let what = format!(
                "adds the key {}, which is none of those trusted, and none of these vouched for it",
                key.key.id()
            );
            seen.fault("log", Some(&key.added.to_string()), what, Some(key.added as i64));
        }
    }
    if keys.is_empty() && !trusted.is_empty() {
        seen.fault("log", None, "is not signed by any key, and so by none of those trusted", None);
    }
    seen.verified.keys = keys;
    Ok(())
}
