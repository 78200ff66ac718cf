//! Time stamps of an authority (RFC 3161): the request for one, and what an answer says and by whom it is signed.
//!
//! **Takes** a hash, or the bytes of an answer or of the token alone, and certificates that are trusted.
//! **Gives** the request, or what the token says with what became of checking its signature and its signer's chain.
//! **Never** asks anybody: whether a certificate was revoked since is not looked at.

mod signed;
mod trust;

#[cfg(test)]
mod tests;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::der::{
    self, BOOLEAN, FIRST, INTEGER, NULL, OCTETS, OID, SEQUENCE, TIME, all, dotted, maybe, take,
};
use crate::{Error, hex};

pub use trust::{Authorities, Chain};

/// 1.2.840.113549.1.7.2, signed data.
const SIGNED_DATA: &[u8] = b"\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02";

/// 1.2.840.113549.1.9.16.1.4, what a time stamp says.
const TST_INFO: &[u8] = b"\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01\x04";

/// 2.16.840.1.101.3.4.2, below which SHA-256 is 1, SHA-384 is 2, SHA-512 is 3.
const SHA2: &[u8] = b"\x60\x86\x48\x01\x65\x03\x04\x02";

/// Real answers have some kilobytes.
const MOST_BYTES: usize = 1 << 20;

/// The kinds of hash that a time stamp is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hash {
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
    /// One that is not computed here.
    Other,
}

impl Hash {
    /// The one that an identifier names.
    fn of(oid: &[u8]) -> Hash {
        match oid.strip_prefix(SHA2) {
            Some([1]) => Hash::Sha256,
            Some([2]) => Hash::Sha384,
            Some([3]) => Hash::Sha512,
            _ => Hash::Other,
        }
    }

    /// The hash of bytes; none for one that is not computed here.
    pub(crate) fn digest(self, bytes: &[u8]) -> Option<Vec<u8>> {
        match self {
            Hash::Sha256 => Some(Sha256::digest(bytes).to_vec()),
            Hash::Sha384 => Some(sha2::Sha384::digest(bytes).to_vec()),
            Hash::Sha512 => Some(sha2::Sha512::digest(bytes).to_vec()),
            Hash::Other => None,
        }
    }
}

/// What became of checking the signature of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signed {
    /// It is of these bytes, by the certificate in it, which is one for time stamps.
    Good,
    /// It could not be checked, and why.
    Unchecked(String),
    /// It is not as it must be, and why.
    Bad(String),
}

/// What a time stamp says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The kind of hash.
    pub hash: Hash,
    /// The hash that it is over.
    pub imprint: Vec<u8>,
    /// When, by the authority's clock.
    pub time: Timestamp,
    /// Under which policy of the authority, as numbers with dots.
    pub policy: String,
    /// The authority's number for it, in hexadecimal digits.
    pub serial: String,
    /// The number that the request bore, in hexadecimal digits.
    pub nonce: Option<String>,
    /// The name in the certificate of whoever signed it, as far as it was found: `CN=…, O=…`.
    pub signer: Option<String>,
    /// What became of checking its signature.
    pub signed: Signed,
    /// Where the signer's certificate leads to.
    pub chain: Chain,
}

impl Stamp {
    /// Whether it is over a SHA-256.
    pub fn is_over(&self, sha256: &[u8; 32]) -> bool {
        self.hash == Hash::Sha256 && self.imprint == sha256
    }

    /// Its time, to the second: `2016-01-18T09:30:00Z`.
    pub fn second(&self) -> String {
        self.time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }
}

/// The number that the request for a hash bears, as hexadecimal digits. It comes from the hash, so that an answer can be
/// held to it whenever it comes; that an answer is no older one is known from the hash itself, which was not there before.
pub fn nonce(sha256: &[u8; 32]) -> String {
    let hash = Sha256::digest([b"gainsay-nonce/1\n", &sha256[..]].concat());
    // Seven bytes with one in front, so that the number has one spelling and is above zero.
    format!("01{}", hex::of(&hash[..7]))
}

/// What is sent to an authority to have a hash stamped (`TimeStampReq`): SHA-256, with a nonce, asking for the
/// authority's certificate.
pub fn request(sha256: &[u8; 32]) -> Vec<u8> {
    let algorithm = [der::value(OID, &[SHA2, &[1]].concat()), der::value(NULL, &[])].concat();
    let imprint = [der::value(SEQUENCE, &algorithm), der::value(OCTETS, sha256)].concat();
    let nonce = hex::bytes(&nonce(sha256)).unwrap_or_default();
    let parts = [
        der::value(INTEGER, &[1]),
        der::value(SEQUENCE, &imprint),
        der::value(INTEGER, &nonce),
        der::value(BOOLEAN, &[0xFF]),
    ];
    der::value(SEQUENCE, &parts.concat())
}

/// Reads an answer of an authority, or the token alone, and checks its signature; and, where authorities are given,
/// whether its signer's certificate leads to one of them.
///
/// # Errors
/// When it is no time stamp that can be read, or the authority refused.
pub fn read(bytes: &[u8], authorities: Option<&Authorities>) -> Result<Stamp, Error> {
    let none = || Error::new("no time stamp (RFC 3161) that can be read");
    if bytes.len() > MOST_BYTES {
        return Err(Error::new("larger than any time stamp (RFC 3161)"));
    }
    let (whole, behind) = take(bytes, SEQUENCE).ok_or_else(none)?;
    if !behind.is_empty() {
        return Err(none());
    }
    // An answer begins with its status, a token with what kind of content it is.
    let token = match take(whole, SEQUENCE) {
        Some((status, rest)) => {
            granted(status)?;
            take(rest, SEQUENCE).ok_or_else(none)?.0
        }
        None => whole,
    };
    let parts = signed_data(token).ok_or_else(none)?;
    let info = info(parts.content).ok_or_else(none)?;
    let signed::Checked { signed, signer, chain } = signed::check(&parts, info.time, authorities);
    Ok(Stamp { signed, signer, chain, ..info })
}

/// Whether a status is one under which there is a token.
fn granted(status: &[u8]) -> Result<(), Error> {
    let none = || Error::new("no time stamp (RFC 3161) that can be read");
    let (number, rest) = take(status, INTEGER).ok_or_else(none)?;
    if matches!(number, [0 | 1]) {
        return Ok(());
    }
    // What the authority says, as text in one line, cut.
    let texts = take(rest, SEQUENCE).and_then(|(texts, _)| all(texts)).unwrap_or_default();
    let said: Vec<String> = texts.iter().map(|text| plain(text.inside)).collect();
    let said = if said.is_empty() { String::new() } else { format!(": {}", said.join(" ")) };
    Err(Error::new(format!("the authority refused (status {}){said}", hex::of(number))))
}

/// Text from outside, in one short line.
fn plain(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(200).collect()
}

/// The parts of signed data (RFC 5652, 5.1).
struct Parts<'a> {
    content: &'a [u8],
    certificates: Vec<&'a [u8]>,
    signers: Vec<der::Value<'a>>,
}

fn signed_data(token: &[u8]) -> Option<Parts<'_>> {
    let (kind, rest) = take(token, OID)?;
    if kind != SIGNED_DATA {
        return None;
    }
    let (signed, _) = take(take(rest, FIRST)?.0, SEQUENCE)?;
    let (_, rest) = take(signed, INTEGER)?;
    let (_, rest) = take(rest, der::SET)?;
    let (content, rest) = take(rest, SEQUENCE)?;
    let (kind, inside) = take(content, OID)?;
    if kind != TST_INFO {
        return None;
    }
    let (content, _) = take(take(inside, FIRST)?.0, OCTETS)?;
    let (certificates, rest) = maybe(rest, FIRST);
    let (_, rest) = maybe(rest, 0xA1);
    let (signers, _) = take(rest, der::SET)?;
    let certificates = all(certificates.unwrap_or_default())?;
    let certificates = certificates.iter().filter(|one| one.tag == SEQUENCE).map(|one| one.whole).collect();
    Some(Parts { content, certificates, signers: all(signers)? })
}

/// What the token says (`TSTInfo`); not yet by whom it is signed.
fn info(content: &[u8]) -> Option<Stamp> {
    let (info, _) = take(content, SEQUENCE)?;
    let (_, rest) = take(info, INTEGER)?;
    let (policy, rest) = take(rest, OID)?;
    let (imprint, rest) = take(rest, SEQUENCE)?;
    let (algorithm, hash) = take(imprint, SEQUENCE)?;
    let (algorithm, _) = take(algorithm, OID)?;
    let (hash, _) = take(hash, OCTETS)?;
    let (serial, rest) = take(rest, INTEGER)?;
    let (time, rest) = take(rest, TIME)?;
    let (_, rest) = maybe(rest, SEQUENCE);
    let (_, rest) = maybe(rest, BOOLEAN);
    let (nonce, _) = maybe(rest, INTEGER);
    Some(Stamp {
        hash: Hash::of(algorithm),
        imprint: hash.to_vec(),
        time: time_of(time)?,
        policy: dotted(policy)?,
        serial: hex::of(serial),
        nonce: nonce.map(hex::of),
        signer: None,
        signed: Signed::Unchecked(String::new()),
        chain: Chain::NotAsked,
    })
}

/// A time as `20160118093000Z`, with parts of a second or without.
fn time_of(written: &[u8]) -> Option<Timestamp> {
    let text = std::str::from_utf8(written).ok()?.strip_suffix('Z')?;
    let (digits, part) = text.split_once('.').unwrap_or((text, "0"));
    if digits.len() != 14 || ![digits, part].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
    {
        return None;
    }
    let at = |from: usize, to: usize| &digits[from..to];
    let part: String = part.chars().take(9).collect();
    let (year, month, day) = (at(0, 4), at(4, 6), at(6, 8));
    format!("{year}-{month}-{day}T{}:{}:{}.{part}Z", at(8, 10), at(10, 12), at(12, 14)).parse().ok()
}
