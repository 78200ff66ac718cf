//! Time stamps of an authority (RFC 3161): whether one is over a file's hash, and of when. Its signature is not checked,
//! for which the authority's certificate would be needed.

use gainsay_model::Checked;

use super::der::{FIRST, INTEGER, OCTETS, OID, SEQUENCE, SET, TIME, take};
use super::{Found, Hashes};

/// 1.2.840.113549.1.7.2, signed data.
const SIGNED_DATA: &[u8] = b"\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02";

/// 1.2.840.113549.1.9.16.1.4, what a time stamp says.
const TST_INFO: &[u8] = b"\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01\x04";

/// 2.16.840.1.101.3.4.2, below which SHA-256 is 1, SHA-384 is 2, SHA-512 is 3.
const SHA2: &[u8] = b"\x60\x86\x48\x01\x65\x03\x04\x02";

/// What a time stamp says.
struct Stamp<'a> {
    algorithm: &'a [u8],
    hash: &'a [u8],
    time: String,
}

pub(super) fn check(bytes: &[u8], hashes: &Hashes) -> Found {
    let Some(stamp) = stamp(bytes) else {
        return Found::new(Checked::Unchecked, "It is no time stamp (RFC 3161) that can be read.");
    };
    let of = match stamp.algorithm.strip_prefix(SHA2) {
        Some([1]) => &hashes.sha256,
        Some([2]) => &hashes.sha384,
        Some([3]) => &hashes.sha512,
        _ => {
            let told = format!("A time stamp of {} over a hash that is not computed here.", stamp.time);
            return Found::new(Checked::Unchecked, told);
        }
    };
    let told = format!("A time stamp of {} over these bytes; who signed it was not checked.", stamp.time);
    Found::fits(stamp.hash == of.as_slice(), told)
}

/// What stands in an answer of an authority, or in the token alone.
fn stamp(bytes: &[u8]) -> Option<Stamp<'_>> {
    let (whole, _) = take(bytes, SEQUENCE)?;
    // An answer begins with its status, a token with what kind of content it is.
    let token = match take(whole, SEQUENCE) {
        Some((_, rest)) => take(rest, SEQUENCE)?.0,
        None => whole,
    };
    let (kind, rest) = take(token, OID)?;
    if kind != SIGNED_DATA {
        return None;
    }
    let (signed, _) = take(take(rest, FIRST)?.0, SEQUENCE)?;
    let (_, rest) = take(signed, INTEGER)?;
    let (_, rest) = take(rest, SET)?;
    let (content, _) = take(rest, SEQUENCE)?;
    let (kind, rest) = take(content, OID)?;
    if kind != TST_INFO {
        return None;
    }
    let (info, _) = take(take(take(rest, FIRST)?.0, OCTETS)?.0, SEQUENCE)?;
    let (_, rest) = take(info, INTEGER)?;
    let (_, rest) = take(rest, OID)?;
    let (imprint, rest) = take(rest, SEQUENCE)?;
    let (algorithm, hash) = take(imprint, SEQUENCE)?;
    let (algorithm, _) = take(algorithm, OID)?;
    let (hash, _) = take(hash, OCTETS)?;
    let (_, rest) = take(rest, INTEGER)?;
    let (time, _) = take(rest, TIME)?;
    Some(Stamp { algorithm, hash, time: time_of(time)? })
}

/// `20160118093000Z` as `2016-01-18 09:30:00 UTC`.
fn time_of(written: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(written).ok()?;
    let digits = text.strip_suffix('Z')?.split('.').next()?;
    if digits.len() != 14 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let part = |from: usize, to: usize| &digits[from..to];
    Some(format!(
        "{}-{}-{} {}:{}:{} UTC",
        part(0, 4),
        part(4, 6),
        part(6, 8),
        part(8, 10),
        part(10, 12),
        part(12, 14)
    ))
}
