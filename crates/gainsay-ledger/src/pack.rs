//! Hashes and compression of what the ledger keeps.

use std::io::Read;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

/// Quick, and small enough: text shrinks to a third.
const LEVEL: i32 = 3;

/// SHA-256 as 64 lower-case hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|nibble| DIGITS[nibble as usize] as char)
        .collect()
}

/// The bytes that lower-case hexadecimal digits stand for; `None` for anything else. One spelling alone, so that a changed
/// digit is never the same bytes.
pub(crate) fn unhex(digits: &str) -> Option<Vec<u8>> {
    let nibble = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    let pairs = digits.as_bytes().chunks(2);
    pairs.map(|pair| Some(nibble(*pair.first()?)? << 4 | nibble(*pair.get(1)?)?)).collect()
}

/// The bytes as a zstd frame.
pub(crate) fn compress(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    zstd::bulk::compress(bytes, LEVEL)
}

/// More than this no report has, in bytes; what claims to be longer is not unpacked.
const MOST_UNPACKED: u64 = 1 << 30;

/// The bytes in a zstd frame; an error where they are not exactly `size` many.
pub(crate) fn decompress(frame: &[u8], size: u64) -> std::io::Result<Vec<u8>> {
    if size > MOST_UNPACKED {
        return Err(std::io::Error::other(format!("{size} bytes are more than any report has")));
    }
    let mut bytes = Vec::new();
    // One byte more than expected shows that there is more, however much a forged frame unpacks to.
    zstd::Decoder::with_buffer(frame)?.take(size.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 != size {
        return Err(std::io::Error::other(format!("{size} bytes expected, not {}", bytes.len())));
    }
    Ok(bytes)
}

/// UTC to the second, RFC 3339: `2016-01-18T09:30:00Z`.
pub(crate) fn second(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A SHA-256 over fields, each preceded by its length in bytes (8 bytes, big endian), so that no two different runs
/// of fields give one hash.
pub(crate) struct FieldHash(Sha256);

impl FieldHash {
    /// One for a purpose: hashes of different purposes never agree.
    pub(crate) fn new(purpose: &str) -> FieldHash {
        let mut hash = FieldHash(Sha256::new());
        hash.field(purpose.as_bytes());
        hash
    }

    pub(crate) fn field(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_be_bytes());
        self.0.update(bytes);
    }

    /// The hash as hexadecimal digits.
    pub(crate) fn finish(self) -> String {
        hex(&self.0.finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_back() {
        for bytes in [&b""[..], b"a", &[0; 100_000]] {
            let frame = compress(bytes).unwrap();
            assert_eq!(decompress(&frame, bytes.len() as u64).unwrap(), bytes);
            assert!(decompress(&frame, bytes.len() as u64 + 1).is_err());
        }
        assert!(decompress(&compress(&[0; 100_000]).unwrap(), 10).is_err());
        assert!(decompress(b"no frame", 8).is_err());
    }

    #[test]
    fn hashes_are_what_other_programs_compute() {
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn a_time_is_written_to_the_second() {
        assert_eq!(second("2016-01-18T09:30:00.999Z".parse().unwrap()), "2016-01-18T09:30:00Z");
    }

    #[test]
    fn fields_do_not_run_into_each_other() {
        let hash = |fields: &[&str]| {
            let mut hash = FieldHash::new("test");
            fields.iter().for_each(|field| hash.field(field.as_bytes()));
            hash.finish()
        };
        assert_ne!(hash(&["ab", "c"]), hash(&["a", "bc"]));
        assert_ne!(hash(&["a", ""]), hash(&["a"]));
    }
}
