//! Proofs of OpenTimestamps: whether one begins at a file's hash, and what it leads to. Whether Bitcoin's block bears it
//! is not checked, for which the block would be needed.
//!
//! The format is that of <https://github.com/opentimestamps/python-opentimestamps> (`core/timestamp.py`, `op.py`,
//! `notary.py`).

use std::collections::BTreeSet;

use gainsay_model::Checked;

use super::{Found, Hashes};

/// How every proof begins.
const MAGIC: &[u8] = b"\x00OpenTimestamps\x00\x00Proof\x00\xBF\x89\xE2\xE8\x84\xE8\x92\x94\x01";

/// What a proof may lead to.
const BITCOIN: &[u8] = b"\x05\x88\x96\x0D\x73\xD7\x19\x01";
const PENDING: &[u8] = b"\x83\xDF\xE3\x0D\x2E\xF9\x0C\x8E";

pub(super) fn check(bytes: &[u8], hashes: &Hashes) -> Found {
    let unread = || Found::new(Checked::Unchecked, "It is no proof of OpenTimestamps that can be read.");
    let Some(rest) = bytes.strip_prefix(MAGIC) else { return unread() };
    let Some((hash, rest)) = rest.strip_prefix(b"\x08").and_then(|rest| rest.split_at_checked(32)) else {
        let told = "A proof of OpenTimestamps over a hash that is not computed here.";
        return Found::new(Checked::Unchecked, told);
    };
    let Some(ends) = ends(rest) else { return unread() };
    let told = match (ends.blocks.first(), ends.pending) {
        (Some(block), _) => {
            format!(
                "A proof over these bytes that leads to block {block} of Bitcoin; the block was not looked at."
            )
        }
        (None, true) => {
            "A proof over these bytes that is still pending: complete it while its calendar keeps it.".into()
        }
        (None, false) => "A proof over these bytes; what it leads to is not known here.".into(),
    };
    Found::fits(hash == hashes.sha256.as_slice(), told)
}

/// What a proof leads to.
#[derive(Default)]
struct Ends {
    blocks: BTreeSet<u64>,
    pending: bool,
}

/// Walks all branches of a proof, one after another as they are written.
fn ends(mut rest: &[u8]) -> Option<Ends> {
    let mut found = Ends::default();
    let mut open = 1_usize;
    while open > 0 {
        let (&tag, behind) = rest.split_first()?;
        rest = behind;
        match tag {
            // Another branch comes before the last one.
            0xFF => open += 1,
            0x00 => {
                let (kind, behind) = rest.split_at_checked(8)?;
                let (payload, behind) = counted(behind)?;
                rest = behind;
                open -= 1;
                if kind == BITCOIN {
                    found.blocks.insert(number(payload)?.0);
                } else if kind == PENDING {
                    found.pending = true;
                }
            }
            // Appends or prepends some bytes.
            0xF0 | 0xF1 => rest = counted(rest)?.1,
            // Hashes, turns round, writes as digits.
            0x02 | 0x03 | 0x08 | 0x67 | 0xF2 | 0xF3 => {}
            _ => return None,
        }
    }
    Some(found)
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
