//! Signs for ids that hold a private name: readable by the veil alone, and always the same for the same id.
//!
//! A sign is the id, made as long as the next multiple of sixteen, under a key stream that begins from a hash of the id
//! (the construction of SIV, Rogaway and Shrimpton 2006, with SHA-256): whoever has not the key neither reads it nor
//! makes one that reads as an id.

use sha2::{Digest, Sha256};

/// What signs begin with; no id of gainsay's does.
pub(super) const MARK: &str = "v~";
/// Bytes of the hash that a sign begins with.
const HEAD: usize = 10;
const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// The key of a ledger's signs.
pub(super) fn key(salt: &str) -> [u8; 32] {
    Sha256::new().chain_update("signs\0").chain_update(salt).finalize().into()
}

/// The sign of an id.
pub(super) fn veil(key: &[u8; 32], id: &str) -> String {
    let mut bytes = id.as_bytes().to_vec();
    bytes.push(0x80);
    bytes.resize(bytes.len().next_multiple_of(16), 0);
    let head = head(key, &bytes);
    stream(key, &head, &mut bytes);
    format!("{MARK}{}", letters(&[&head[..], &bytes].concat()))
}

/// The id of a sign.
pub(super) fn unveil(key: &[u8; 32], sign: &str) -> Option<String> {
    let all = bytes(sign.strip_prefix(MARK)?)?;
    let (own, rest) = all.split_at_checked(HEAD)?;
    let mut rest = rest.to_vec();
    stream(key, own, &mut rest);
    if head(key, &rest) != own {
        return None;
    }
    let end = rest.iter().rposition(|byte| *byte != 0)?;
    rest.truncate(end);
    String::from_utf8(rest).ok()
}

fn head(key: &[u8; 32], bytes: &[u8]) -> [u8; HEAD] {
    let digest =
        Sha256::new().chain_update(key).chain_update([1]).chain_update(bytes).chain_update(key).finalize();
    let mut head = [0; HEAD];
    head.copy_from_slice(&digest[..HEAD]);
    head
}

fn stream(key: &[u8; 32], head: &[u8], bytes: &mut [u8]) {
    for (at, block) in bytes.chunks_mut(32).enumerate() {
        let pad = Sha256::new()
            .chain_update(key)
            .chain_update([2])
            .chain_update(head)
            .chain_update((at as u64).to_le_bytes())
            .finalize();
        block.iter_mut().zip(pad).for_each(|(byte, pad)| *byte ^= pad);
    }
}

fn letters(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 8 / 5 + 1);
    let (mut held, mut bits) = (0u32, 0);
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(char::from(LETTERS[(held >> bits) as usize & 31]));
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        out.push(char::from(LETTERS[(held << (5 - bits)) as usize & 31]));
    }
    out
}

fn bytes(letters: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(letters.len() * 5 / 8);
    let (mut held, mut bits) = (0u32, 0);
    for letter in letters.bytes() {
        held = (held << 5) | LETTERS.iter().position(|own| *own == letter)? as u32;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            out.push((held >> bits) as u8);
            held &= (1 << bits) - 1;
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_leads_back_and_tells_nothing() {
        let key = key("salt");
        for id in ["a", "kamal-al-hamdan", "2014-06-03-attack-house-of-kamal-al-hamdan@sana", "كمال", ""]
        {
            let sign = veil(&key, id);
            assert_eq!(unveil(&key, &sign).as_deref(), Some(id));
            assert_eq!(veil(&key, id), sign);
            assert!(
                sign.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'~'),
                "{sign}"
            );
        }
        assert_eq!(veil(&key, "kamal").len(), veil(&key, "mohammad-kamal").len());
        let sign = veil(&key, "kamal-al-hamdan");
        assert_eq!(unveil(&super::key("other"), &sign), None);
        for wrong in [
            "kamal-al-hamdan",
            "v~",
            "v~a",
            "v~aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            &sign[..sign.len() - 2],
        ] {
            assert_eq!(unveil(&key, wrong), None, "{wrong}");
        }
    }
}
