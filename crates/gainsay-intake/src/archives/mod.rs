//! Archives to their entries: each goes to its own format as if it were a file, streamed, never unpacked to the disk.
//!
//! **Takes** one archive. **Gives** the reports of its entries, one line for each kind of thing that was refused, and
//! a note for what was passed over. **Never** holds an archive whole, but for a zip that lies in another archive.

pub(crate) mod gz;
pub(crate) mod tar;
pub(crate) mod warc;
pub(crate) mod zip;

mod http;
mod records;

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use crate::batch::Batch;
use crate::formats;
use crate::limits::{MAX_ARCHIVE_DEPTH, MAX_ENTRIES};
use crate::source::Source;

/// How many names of an archive are kept to find those that stand in it twice.
const MAX_NAMES: usize = 1_000_000;

/// Why an entry was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Passed {
    /// Its name leads out of the archive.
    LeadsOut,
    /// It is locked with a password.
    Encrypted,
    /// It is a link, a device, or anything but a file.
    NoFile,
    /// Its name stands in the archive twice.
    Twice,
    /// No format has such names.
    Unknown,
}

impl Passed {
    /// What is said of `count` entries, and whether it is a fault.
    fn told(self, count: u64, first: &str) -> (String, bool) {
        let entries = if count == 1 { "1 entry".to_owned() } else { format!("{count} entries") };
        let (what, fault) = match self {
            Passed::LeadsOut => ("refused: the name leads out of the archive; do not unpack it", true),
            Passed::Encrypted => ("locked with a password; unpack it and give what is inside", true),
            Passed::NoFile => ("passed over: a link or a device, and no file", true),
            Passed::Twice => ("called like another one; each was read", true),
            Passed::Unknown => ("passed over: not a kind of file that is read", false),
        };
        (format!("{entries} {what} (first: {})", shown(first)), fault)
    }
}

/// What has been met in one archive.
struct Contents<'a> {
    source: &'a Source,
    passed: BTreeMap<Passed, (u64, String)>,
    names: BTreeSet<u64>,
    entries: u64,
    /// How many were read.
    taken: u64,
    /// Whether a line was given of the archive as a whole.
    told: bool,
}

impl<'a> Contents<'a> {
    /// Those of an archive, unless it lies too deep in others.
    fn of(source: &'a Source, batch: &mut Batch) -> Option<Contents<'a>> {
        if source.depth >= MAX_ARCHIVE_DEPTH {
            let message = format!(
                "archives in archives, more than {MAX_ARCHIVE_DEPTH} deep; unpack the inner ones first"
            );
            batch.warn(source, None, message);
            return None;
        }
        Some(Contents {
            source,
            passed: BTreeMap::new(),
            names: BTreeSet::new(),
            entries: 0,
            taken: 0,
            told: false,
        })
    }

    /// Whether no more entries are read.
    fn is_over(&mut self, batch: &mut Batch) -> bool {
        self.entries += 1;
        if self.entries > MAX_ENTRIES {
            let message =
                format!("holds more than {MAX_ENTRIES} entries, of which those were read; split it");
            batch.warn(self.source, None, message);
            return true;
        }
        self.source.ration.is_burst()
    }

    /// Whether an entry so called is to be read, by its name alone.
    fn takes(&mut self, name: &[u8]) -> bool {
        let shown = String::from_utf8_lossy(name);
        if leads_out(name) {
            return self.pass(Passed::LeadsOut, &shown);
        }
        if is_hidden(&shown) {
            return false;
        }
        if !formats::is_named(&shown) {
            return self.pass(Passed::Unknown, &shown);
        }
        if self.names.len() < MAX_NAMES && !self.names.insert(short_hash(name)) {
            self.pass(Passed::Twice, &shown);
        }
        self.taken += 1;
        true
    }

    /// Counts an entry that is not read.
    fn pass(&mut self, why: Passed, name: &str) -> bool {
        let (count, _) = self.passed.entry(why).or_insert_with(|| (0, name.to_owned()));
        *count += 1;
        false
    }

    /// Tells of what was passed over.
    fn close(self, batch: &mut Batch) {
        let nothing = self.taken == 0 && self.passed.is_empty() && !self.source.is_told_above();
        for (why, (count, first)) in self.passed {
            let (message, fault) = why.told(count, &first);
            if fault {
                batch.warn(self.source, None, message);
            } else {
                batch.note(self.source, message);
            }
        }
        if nothing && !self.told {
            let what = if self.entries == 0 { "is empty" } else { "holds nothing that is read" };
            batch.warn(self.source, None, format!("the archive {what}; fill it or take it out"));
        }
    }
}

/// A name as messages show it: without control characters, and no longer than a line.
fn shown(name: &str) -> String {
    const LONGEST: usize = 200;
    let mut shown: String =
        name.chars().map(|char| if char.is_control() { '\u{FFFD}' } else { char }).take(LONGEST).collect();
    if name.chars().nth(LONGEST).is_some() {
        // The end of a name says what it is.
        let tail: Vec<char> = name.chars().rev().take(20).collect();
        shown.push('…');
        shown.extend(tail.into_iter().rev().filter(|char| !char.is_control()));
    }
    shown
}

/// Whether a name leads to somewhere else: absolute, upwards, to a drive, or cut by a zero.
fn leads_out(name: &[u8]) -> bool {
    let drive = matches!(name, [letter, b':', ..] if letter.is_ascii_alphabetic());
    let up = name.split(|byte| matches!(byte, b'/' | b'\\')).any(|part| part == b"..");
    drive || up || name.contains(&0) || matches!(name, [b'/' | b'\\', ..])
}

/// Files that people do not know they have: dot files, and what macOS puts beside each file of a zip.
fn is_hidden(name: &str) -> bool {
    name.split('/').any(|part| (part.starts_with('.') && part != ".") || part == "__MACOSX")
}

/// Enough of a hash to tell names apart.
pub(crate) fn short_hash(bytes: &[u8]) -> u64 {
    let hash = Sha256::digest(bytes);
    hash.iter().take(8).fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_out() {
        for name in
            ["../a.txt", "a/../../b.txt", "/etc/a.txt", "\\a.txt", "C:a.txt", "a\\..\\b.txt", "a\0b.txt"]
        {
            assert!(leads_out(name.as_bytes()), "{name}");
        }
        for name in ["a.txt", "./a.txt", "a..b.txt", "a/b:c.txt", "...txt"] {
            assert!(!leads_out(name.as_bytes()), "{name}");
        }
    }

    #[test]
    fn names_are_shown_on_one_line() {
        assert_eq!(shown("a\nb\u{1b}[2J.txt"), "a\u{FFFD}b\u{FFFD}[2J.txt");
        let long = shown(&format!("{}.txt", "a".repeat(5000)));
        assert!(long.chars().count() < 230 && long.ends_with(".txt"));
    }
}
