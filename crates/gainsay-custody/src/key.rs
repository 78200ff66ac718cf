//! Ed25519 keys (RFC 8032) and what is signed by them.
//!
//! What is signed is always `gainsay-PURPOSE/1`, a line feed, and the bytes: a signature made for one purpose never
//! fits another.

use std::fmt;

use ed25519_dalek::{Signer, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

use crate::{Error, hex, random};

/// 64 bytes, as RFC 8032 lays them out.
pub type Signature = [u8; 64];

/// The half of a key that signs. Its bytes are wiped when it is dropped, and never printed.
#[derive(Clone)]
pub struct Secret(SigningKey);

impl Secret {
    /// A new one.
    ///
    /// # Errors
    /// When the system gives no random bits.
    pub fn new() -> Result<Secret, Error> {
        Ok(Secret::from_seed(random()?))
    }

    /// The one that grows from a seed of 32 bytes.
    pub fn from_seed(seed: [u8; 32]) -> Secret {
        Secret(SigningKey::from_bytes(&seed))
    }

    /// The seed that it grows from. To be kept sealed.
    pub fn seed(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// The half that may be known to all.
    pub fn public(&self) -> Public {
        Public(self.0.verifying_key().to_bytes())
    }

    /// Signs bytes for a purpose.
    pub fn sign(&self, purpose: &str, bytes: &[u8]) -> Signature {
        self.0.sign(&framed(purpose, bytes)).to_bytes()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({})", self.public().id())
    }
}

/// The half of a key that anybody may know, and by which signatures are checked: 32 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Public([u8; 32]);

impl Public {
    /// Its bytes.
    pub fn bytes(&self) -> [u8; 32] {
        self.0
    }

    /// The one of these bytes; whether they are a point of the curve shows when a signature is checked.
    pub fn from_bytes(bytes: [u8; 32]) -> Public {
        Public(bytes)
    }

    /// The one that 64 lower-case hexadecimal digits stand for; `None` for anything else. One spelling alone, so that a
    /// changed digit is never the same key.
    pub fn parse(digits: &str) -> Option<Public> {
        hex::array(digits).map(Public).filter(|key| key.to_string() == digits)
    }

    /// What people compare: the first 16 hexadecimal digits of the SHA-256 of its bytes.
    pub fn id(&self) -> String {
        hex::of(&Sha256::digest(self.0)[..8])
    }

    /// Whether a signature for this purpose is of these bytes and by this key. Points of small order and other
    /// spellings of one signature are refused ("strict", as `ed25519-dalek` has it).
    pub fn verifies(&self, purpose: &str, bytes: &[u8], signature: &Signature) -> bool {
        let signature = ed25519_dalek::Signature::from_bytes(signature);
        VerifyingKey::from_bytes(&self.0)
            .is_ok_and(|key| key.verify_strict(&framed(purpose, bytes), &signature).is_ok())
    }
}

impl fmt::Display for Public {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::of(&self.0))
    }
}

fn framed(purpose: &str, bytes: &[u8]) -> Vec<u8> {
    [format!("gainsay-{purpose}/1\n").as_bytes(), bytes].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_fits_its_bytes_its_purpose_and_its_key() {
        let (a, b) = (Secret::new().unwrap(), Secret::new().unwrap());
        let signature = a.sign("log", b"entry");
        assert!(a.public().verifies("log", b"entry", &signature));
        assert!(!a.public().verifies("log", b"entry!", &signature));
        assert!(!a.public().verifies("checkpoint", b"entry", &signature));
        assert!(!b.public().verifies("log", b"entry", &signature));
        for byte in 0..64 {
            let mut changed = signature;
            changed[byte] ^= 1;
            assert!(!a.public().verifies("log", b"entry", &changed));
        }
    }

    #[test]
    fn a_key_comes_back_from_its_seed_and_its_digits() {
        let key = Secret::from_seed([7; 32]);
        assert_eq!(Secret::from_seed(key.seed()).public(), key.public());
        assert_eq!(Public::parse(&key.public().to_string()), Some(key.public()));
        assert_eq!(Public::parse("7"), None);
        assert_eq!(Public::parse(&key.public().to_string().to_uppercase()), None);
        // RFC 8032, section 7.1, test 1.
        let seed = hex::array("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60").unwrap();
        let public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
        assert_eq!(Secret::from_seed(seed).public().to_string(), public);
    }

    #[test]
    fn a_secret_is_never_printed() {
        let key = Secret::from_seed([7; 32]);
        assert!(!format!("{key:?}").contains("07070707"));
    }
}
