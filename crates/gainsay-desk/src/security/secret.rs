//! Random keys, and how they are compared.

use sha2::{Digest, Sha256};

/// The SHA-256 of a key: what is kept of it.
pub type Print = [u8; 32];

/// A key of 256 random bits, as 64 hexadecimal digits.
///
/// # Errors
/// When the system gives no random bits.
pub fn random() -> Result<String, gainsay::Error> {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| {
        gainsay::Error::io("the system gives no random bits", std::io::Error::other(error))
    })?;
    Ok(hex(&bytes))
}

/// A number that nothing else was ever given.
///
/// # Errors
/// When the system gives no random bits.
pub fn number() -> Result<u64, gainsay::Error> {
    // 15 digits, so that every reader of JSON takes it for the same number.
    Ok(u64::from_str_radix(&random()?[..12], 16).unwrap_or_default())
}

/// The print of a key.
pub fn print(key: &str) -> Print {
    Sha256::digest(key.as_bytes()).into()
}

/// Whether two keys are the same, in a time that does not tell how much of them is.
pub fn same(a: &str, b: &str) -> bool {
    let (a, b) = (print(a), print(b));
    a.iter().zip(b).fold(0, |unlike, (a, b)| unlike | (a ^ b)) == 0
}

fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_long_and_never_the_same() {
        let (a, b) = (random().unwrap(), random().unwrap());
        assert_eq!(a.len(), 64);
        assert!(a.bytes().all(|byte| byte.is_ascii_hexdigit()));
        assert!(same(&a, &a.clone()));
        assert!(!same(&a, &b) && !same(&a, &a[..63]) && !same(&a, ""));
    }
}
