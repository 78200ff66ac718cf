//! Proofs of OpenTimestamps: that a hash was there before a block of Bitcoin was made.
//!
//! The format is that of <https://github.com/opentimestamps/python-opentimestamps> (`core/timestamp.py`, `op.py`,
//! `notary.py`). All operations are computed here, without a network, down to the root of the block's Merkle tree; the
//! block itself has to be looked at elsewhere.

use ring::digest;
use sha2::{Digest, Sha256};

use crate::{Error, hex};

/// How every proof begins.
const MAGIC: &[u8] = b"\x00OpenTimestamps\x00\x00Proof\x00\xBF\x89\xE2\xE8\x84\xE8\x92\x94\x01";

/// What a proof may lead to.
const BITCOIN: &[u8] = b"\x05\x88\x96\x0D\x73\xD7\x19\x01";
const PENDING: &[u8] = b"\x83\xDF\xE3\x0D\x2E\xF9\x0C\x8E";

/// Real proofs have some kilobytes.
const MOST_BYTES: usize = 1 << 20;
/// As in `op.py` (`MAX_RESULT_LENGTH`, `MAX_MSG_LENGTH`).
const MOST_MESSAGE: usize = 4096;
/// As in `timestamp.py` (`_recursion_limit`).
const MOST_BRANCHES: usize = 256;
/// Real proofs have some dozens.
const MOST_STEPS: usize = 1 << 16;
/// Real proofs have a few.
const MOST_ENDS: usize = 1 << 10;
/// As in `notary.py` (`MAX_URI_LENGTH`).
const MOST_URI: usize = 1000;

const ENDED: u8 = 0x00;
const BRANCH: u8 = 0xFF;
const SHA1: u8 = 0x02;
const SHA256: u8 = 0x08;
const APPEND: u8 = 0xF0;
const PREPEND: u8 = 0xF1;
const REVERSE: u8 = 0xF2;
const DIGITS: u8 = 0xF3;
/// RIPEMD-160 and Keccak-256, which no calendar uses.
const NOT_COMPUTED: [u8; 2] = [0x03, 0x67];

/// What a proof leads to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// A block of Bitcoin.
    Bitcoin {
        /// Its height.
        height: u64,
        /// The root of its Merkle tree as the proof computes it, in the digits that block explorers show; none where the
        /// proof takes a step that is not computed here.
        root: Option<String>,
    },
    /// A calendar's promise, to be completed while the calendar keeps it.
    Pending {
        /// The calendar.
        calendar: String,
        /// What to ask it for, in hexadecimal digits; none where a step is not computed here.
        commitment: Option<String>,
    },
    /// Something that is not known here.
    Unknown,
}

/// What a proof says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The hash it begins at, SHA-256; none where it begins at a hash of another kind.
    pub digest: Option<[u8; 32]>,
    /// What it leads to, each once, in order.
    pub ends: Vec<End>,
}

impl Proof {
    /// The blocks that it leads to, with the root that each must have.
    pub fn blocks(&self) -> impl Iterator<Item = (u64, Option<&str>)> {
        self.ends.iter().filter_map(|end| match end {
            End::Bitcoin { height, root } => Some((*height, root.as_deref())),
            _ => None,
        })
    }

    /// The calendars whose promise it still is.
    pub fn pending(&self) -> impl Iterator<Item = &str> {
        self.ends.iter().filter_map(|end| match end {
            End::Pending { calendar, .. } => Some(calendar.as_str()),
            _ => None,
        })
    }
}

/// What is posted to a calendar to have a hash stamped: its 32 bytes (`POST <calendar>/digest`).
pub fn request(digest: &[u8; 32]) -> Vec<u8> {
    digest.to_vec()
}

/// Whether bytes begin as the file of a proof does.
pub fn is_proof(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// The file of a proof, made of a calendar's answer to the request for this hash.
///
/// # Errors
/// When the bytes are no such answer.
pub fn of_answer(digest: &[u8; 32], answer: &[u8]) -> Result<Vec<u8>, Error> {
    let proof = [MAGIC, &[SHA256], digest, answer].concat();
    read(&proof).map(|_| proof)
}

/// Reads the file of a proof and computes all that can be computed.
///
/// # Errors
/// When it is none, is cut off, goes on behind its end, or is larger than any real one.
pub fn read(bytes: &[u8]) -> Result<Proof, Error> {
    let none = || Error::new("no proof of OpenTimestamps that can be read");
    if bytes.len() > MOST_BYTES {
        return Err(Error::new("larger than any proof of OpenTimestamps"));
    }
    let rest = bytes.strip_prefix(MAGIC).ok_or_else(none)?;
    let (&kind, rest) = rest.split_first().ok_or_else(none)?;
    let length = match kind {
        SHA256 | 0x67 => 32,
        SHA1 | 0x03 => 20,
        _ => return Err(none()),
    };
    let (digest, rest) = rest.split_at_checked(length).ok_or_else(none)?;
    let mut ends = walk(digest, rest).ok_or_else(none)?;
    ends.sort();
    ends.dedup();
    let digest = if kind == SHA256 { digest.try_into().ok() } else { None };
    Ok(Proof { digest, ends })
}

/// Walks all branches of a proof, one after another as they are written, with the message that each has come to.
fn walk(digest: &[u8], mut rest: &[u8]) -> Option<Vec<End>> {
    let mut ends = Vec::new();
    // The messages of the branches that are still to come; none where a step was not computed.
    let mut open: Vec<Option<Vec<u8>>> = vec![Some(digest.to_vec())];
    let mut steps = 0;
    while let Some(message) = open.last_mut() {
        steps += 1;
        if steps > MOST_STEPS {
            return None;
        }
        let (&tag, behind) = rest.split_first()?;
        rest = behind;
        match tag {
            // Another branch comes before the last one, from the same message.
            BRANCH => {
                let same = message.clone();
                open.push(same);
                if open.len() > MOST_BRANCHES {
                    return None;
                }
            }
            ENDED => {
                let (kind, behind) = rest.split_at_checked(8)?;
                let (payload, behind) = counted(behind)?;
                rest = behind;
                ends.push(end(kind, payload, open.pop()?)?);
                if ends.len() > MOST_ENDS {
                    return None;
                }
            }
            _ => rest = step(tag, message, rest)?,
        }
    }
    // What stands behind the end is of no proof.
    rest.is_empty().then_some(ends)
}

/// What a branch ends with.
fn end(kind: &[u8], payload: &[u8], message: Option<Vec<u8>>) -> Option<End> {
    if kind == BITCOIN {
        let (height, behind) = number(payload)?;
        let reversed = |root: Vec<u8>| hex::of(&root.into_iter().rev().collect::<Vec<u8>>());
        // A root has 32 bytes.
        if !behind.is_empty() || message.as_ref().is_some_and(|root| root.len() != 32) {
            return None;
        }
        return Some(End::Bitcoin { height, root: message.map(reversed) });
    }
    if kind == PENDING {
        let (uri, behind) = counted(payload)?;
        let calendar = std::str::from_utf8(uri).ok().filter(|uri| uri.bytes().all(is_of_uri))?.to_owned();
        if !behind.is_empty() || calendar.len() > MOST_URI {
            return None;
        }
        return Some(End::Pending { calendar, commitment: message.map(|message| hex::of(&message)) });
    }
    Some(End::Unknown)
}

/// The bytes that the address of a calendar may have (`notary.py`, `ALLOWED_URI_CHARS`).
fn is_of_uri(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._/:".contains(&byte)
}

/// One step: changes the message, and gives what stands behind it.
fn step<'a>(tag: u8, message: &mut Option<Vec<u8>>, rest: &'a [u8]) -> Option<&'a [u8]> {
    let (operand, behind) = match tag {
        APPEND | PREPEND => counted(rest)?,
        _ => (&[][..], rest),
    };
    if NOT_COMPUTED.contains(&tag) {
        *message = None;
        return Some(behind);
    }
    let new = |old: Vec<u8>| -> Option<Vec<u8>> {
        let new = match tag {
            SHA256 => Sha256::digest(&old).to_vec(),
            SHA1 => digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, &old).as_ref().to_vec(),
            APPEND => [&old, operand].concat(),
            PREPEND => [operand, &old].concat(),
            REVERSE => old.into_iter().rev().collect(),
            DIGITS => hex::of(&old).into_bytes(),
            _ => return None,
        };
        (new.len() <= MOST_MESSAGE).then_some(new)
    };
    match message.take() {
        Some(old) => *message = Some(new(old)?),
        // A step is known whether it is computed or not.
        None if ![SHA256, SHA1, APPEND, PREPEND, REVERSE, DIGITS].contains(&tag) => return None,
        None => {}
    }
    Some(behind)
}

fn counted(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = number(bytes)?;
    rest.split_at_checked(usize::try_from(length).ok()?)
}

/// A number in groups of seven bits, the lowest first.
fn number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let mut value = 0_u64;
    for (at, byte) in bytes.iter().enumerate().take(9) {
        value |= u64::from(byte & 0x7F) << (7 * at);
        if byte & 0x80 == 0 {
            return Some((value, &bytes[at + 1..]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(steps: &[u8]) -> Vec<u8> {
        [MAGIC, &[SHA256], &[7; 32], steps].concat()
    }

    fn pending(uri: &[u8]) -> Vec<u8> {
        [&[ENDED], PENDING, &[uri.len() as u8 + 1, uri.len() as u8], uri].concat()
    }

    fn bitcoin(height: u8) -> Vec<u8> {
        [&[ENDED], BITCOIN, &[1, height]].concat()
    }

    #[test]
    fn steps_are_computed_to_the_root() {
        let steps = [
            &[BRANCH, APPEND, 2, 1, 2, SHA256][..],
            &pending(b"https://cal.example.org"),
            &[PREPEND, 1, 9, SHA256, SHA256],
            &bitcoin(100),
        ];
        let proof = read(&file(&steps.concat())).unwrap();
        assert_eq!(proof.digest, Some([7; 32]));
        let promised = hex::of(&Sha256::digest([&[7; 32][..], &[1, 2]].concat()));
        let calendar = "https://cal.example.org".to_owned();
        let mut root = Sha256::digest(Sha256::digest([&[9][..], &[7; 32]].concat())).to_vec();
        root.reverse();
        let ends = [
            End::Bitcoin { height: 100, root: Some(hex::of(&root)) },
            End::Pending { calendar, commitment: Some(promised) },
        ];
        assert_eq!(proof.ends, ends);
        assert_eq!(proof.blocks().count() + proof.pending().count(), 2);
    }

    #[test]
    fn a_step_that_is_not_computed_gives_no_root() {
        let proof = read(&file(&[&[0x03, SHA256][..], &bitcoin(5)].concat())).unwrap();
        assert_eq!(proof.ends, [End::Bitcoin { height: 5, root: None }]);
        let other = [&[ENDED][..], &[1; 8], &[0]].concat();
        assert_eq!(read(&file(&other)).unwrap().ends, [End::Unknown]);
    }

    #[test]
    fn an_answer_becomes_a_proof() {
        let answer = [&[APPEND, 1, 5, SHA256][..], &pending(b"https://a.example")].concat();
        let proof = of_answer(&[3; 32], &answer).unwrap();
        assert!(is_proof(&proof) && read(&proof).unwrap().digest == Some([3; 32]));
        assert!(of_answer(&[3; 32], b"<html>").is_err());
        assert!(of_answer(&[3; 32], &[&answer[..], b"x"].concat()).is_err());
        assert_eq!(request(&[3; 32]), [3; 32]);
    }

    #[test]
    fn hostile_ones_are_refused_in_bounded_time_and_memory() {
        let good = file(&[&[APPEND, 1, 5, SHA256][..], &pending(b"https://a.example")].concat());
        for cut in 0..good.len() {
            assert!(read(&good[..cut]).is_err(), "cut at {cut}");
        }
        for steps in [
            vec![BRANCH; 100_000],
            vec![SHA256; 200_000],
            // Each doubles the message.
            [vec![DIGITS; 64], bitcoin(1)].concat(),
            [&[APPEND, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F][..], &bitcoin(1)].concat(),
            pending(b"https://a.example/?<script>"),
            // A root of another length.
            [&[SHA1][..], &bitcoin(1)].concat(),
            vec![0x99],
            // Each of many ends bears a long message.
            [
                vec![DIGITS; 7],
                [&[BRANCH][..], &pending(b"https://a.example")].concat().repeat(2000),
                pending(b"a"),
            ]
            .concat(),
        ] {
            assert!(read(&file(&steps)).is_err());
        }
        assert!(read(&vec![0; MOST_BYTES + 1]).unwrap_err().to_string().contains("larger"));
    }
}
