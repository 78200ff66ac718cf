//! Bytes as hexadecimal digits.

use sha2::{Digest, Sha256};

/// Lower-case digits.
pub fn of(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The bytes that digits stand for; `None` where they are no such digits, or not two for each byte.
pub fn bytes(digits: &str) -> Option<Vec<u8>> {
    let nibbles: Option<Vec<u8>> = digits.chars().map(|c| c.to_digit(16).map(|digit| digit as u8)).collect();
    let nibbles = nibbles.filter(|nibbles| nibbles.len() % 2 == 0)?;
    Some(nibbles.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

/// The same, exactly so many.
pub fn array<const N: usize>(digits: &str) -> Option<[u8; N]> {
    bytes(digits)?.try_into().ok()
}

/// SHA-256 (FIPS 180-4) of bytes, as 64 digits.
pub fn sha256(bytes: &[u8]) -> String {
    of(&Sha256::digest(bytes))
}
