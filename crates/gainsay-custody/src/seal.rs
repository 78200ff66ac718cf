//! Secrets under a passphrase: XChaCha20-Poly1305 under a key that Argon2id makes of it.
//!
//! The settings of Argon2id are those that RFC 9106 (2021, section 4) names second, for machines with little memory:
//! 64 MiB, three passes, four lanes. They stand in the sealed text and are bound by it.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{Error, hex, random};

const KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 4;

/// What a sealed text may ask of the machine at most: a hostile one must not hang it.
const MOST_KIB: u32 = 256 * 1024;
const MOST_PASSES: u32 = 8;

/// A secret under a passphrase, as it is written down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    cipher: String,
    kdf: String,
    kib: u32,
    passes: u32,
    lanes: u32,
    salt: String,
    nonce: String,
    data: String,
}

const CIPHER: &str = "xchacha20-poly1305";
const KDF: &str = "argon2id";

/// Seals bytes for a purpose under a passphrase.
///
/// # Errors
/// When the system gives no random bits.
pub fn seal(purpose: &str, passphrase: &str, plain: &[u8]) -> Result<Sealed, Error> {
    let (salt, nonce): ([u8; 16], [u8; 24]) = (random()?, random()?);
    let mut sealed = Sealed {
        cipher: CIPHER.to_owned(),
        kdf: KDF.to_owned(),
        kib: KIB,
        passes: PASSES,
        lanes: LANES,
        salt: hex::of(&salt),
        nonce: hex::of(&nonce),
        data: String::new(),
    };
    let cipher = sealed.cipher(passphrase)?;
    let aad = sealed.bound(purpose);
    let data = cipher.encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: aad.as_bytes() });
    sealed.data = hex::of(&data.map_err(|_| Error::new("too long to be sealed"))?);
    Ok(sealed)
}

/// What a typed word is stretched to, for a purpose: 32 bytes, by Argon2id as in a seal, so that whoever tries words pays
/// as much for each. The same word gives the same bytes.
///
/// # Errors
/// When there is no memory for it.
pub fn stretched(purpose: &str, typed: &str) -> Result<Zeroizing<[u8; 32]>, Error> {
    let failed = |error| Error::new(format!("cannot stretch what was typed: {error}"));
    let params = Params::new(KIB, PASSES, LANES, Some(32)).map_err(failed)?;
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(typed.as_bytes(), format!("gainsay-{purpose}/1").as_bytes(), key.as_mut())
        .map_err(failed)?;
    Ok(key)
}

impl Sealed {
    /// What was sealed for this purpose.
    ///
    /// # Errors
    /// When the passphrase is another one, or the text was changed: the two cannot be told apart.
    pub fn open(&self, purpose: &str, passphrase: &str) -> Result<Zeroizing<Vec<u8>>, Error> {
        if (self.cipher.as_str(), self.kdf.as_str()) != (CIPHER, KDF) {
            return Err(Error::new("is sealed in a way that this version does not know"));
        }
        let damaged = || Error::new("is damaged: not hexadecimal digits");
        let nonce: [u8; 24] = hex::array(&self.nonce).ok_or_else(damaged)?;
        let data = hex::bytes(&self.data).ok_or_else(damaged)?;
        let aad = self.bound(purpose);
        let opened = self
            .cipher(passphrase)?
            .decrypt(&XNonce::from(nonce), Payload { msg: &data, aad: aad.as_bytes() });
        let wrong = Error { what: "the passphrase does not fit".into(), wrong_passphrase: true };
        opened.map(Zeroizing::new).map_err(|_| wrong)
    }

    fn cipher(&self, passphrase: &str) -> Result<XChaCha20Poly1305, Error> {
        if self.kib > MOST_KIB || self.passes > MOST_PASSES {
            return Err(Error::new("asks for more memory or time than any seal of gainsay's"));
        }
        let unfit = |_| Error::new("is damaged: settings that Argon2id does not take");
        let params = Params::new(self.kib, self.passes, self.lanes, Some(32)).map_err(unfit)?;
        let salt = hex::bytes(&self.salt).ok_or_else(|| Error::new("is damaged: not hexadecimal digits"))?;
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.as_bytes(), &salt, key.as_mut())
            .map_err(|_| Error::new("is damaged: settings that Argon2id does not take"))?;
        Ok(XChaCha20Poly1305::new((&*key).into()))
    }

    /// What the seal holds fast beside the secret.
    fn bound(&self, purpose: &str) -> String {
        format!(
            "gainsay-{purpose}/1 {CIPHER} {KDF} {} {} {} {}",
            self.kib, self.passes, self.lanes, self.salt
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_passphrase_and_the_purpose_open_it() {
        let sealed = seal("test", "correct horse", b"the names").unwrap();
        assert_eq!(&**sealed.open("test", "correct horse").unwrap(), b"the names");
        assert!(sealed.open("test", "correct horse ").unwrap_err().is_wrong_passphrase());
        assert!(sealed.open("other", "correct horse").unwrap_err().is_wrong_passphrase());
        let again = seal("test", "correct horse", b"the names").unwrap();
        assert_ne!(again.data, sealed.data);
    }

    #[test]
    fn a_word_is_stretched_to_the_same_bytes_for_one_purpose() {
        let (one, again) = (stretched("test", "a word").unwrap(), stretched("test", "a word").unwrap());
        assert_eq!(one, again);
        assert_ne!(one, stretched("test", "a ward").unwrap());
        assert_ne!(one, stretched("other", "a word").unwrap());
    }

    #[test]
    fn a_changed_one_does_not_open_and_a_hostile_one_does_not_hang() {
        let sealed = seal("test", "p", b"the names").unwrap();
        let other = if sealed.data.starts_with('0') { "1" } else { "0" };
        let changed = Sealed { data: format!("{other}{}", &sealed.data[1..]), ..sealed.clone() };
        assert!(changed.open("test", "p").is_err());
        let weaker = Sealed { kib: 32, ..sealed.clone() };
        assert!(weaker.open("test", "p").is_err());
        let greedy = Sealed { kib: u32::MAX, ..sealed.clone() };
        assert!(greedy.open("test", "p").unwrap_err().to_string().contains("more memory"));
        let other = Sealed { cipher: "rot13".into(), ..sealed };
        assert!(!other.open("test", "p").unwrap_err().is_wrong_passphrase());
    }
}
