//! Tokens of a throw-away authority (`tests/tokens`), whole, changed and cut; and of one made on the spot where there is
//! `openssl`.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::*;

const SAID: &[u8] = b"Four people were killed.";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tokens")
}

fn file(name: &str) -> Vec<u8> {
    std::fs::read(folder().join(name)).unwrap()
}

fn authorities(name: &str) -> Authorities {
    Authorities::read(&file(name)).unwrap()
}

fn trusted(stamp: &Stamp) -> bool {
    matches!(stamp.chain, Chain::Trusted(_))
}

#[test]
fn signatures_of_every_kind_are_checked_and_lead_to_their_authority() {
    for (name, root) in [
        ("rsa.tsr", "root.pem"),
        ("rsa-512.tsr", "root.pem"),
        ("old.tsr", "root.pem"),
        ("p256.tsr", "curve.pem"),
        ("p384.tsr", "curve.pem"),
        ("pss.tsr", "root.pem"),
    ] {
        let stamp = read(&file(name), Some(&authorities(root))).unwrap();
        assert_eq!(stamp.signed, Signed::Good, "{name}");
        assert!(trusted(&stamp), "{name}: {:?}", stamp.chain);
        assert_eq!(Some(stamp.imprint.clone()), stamp.hash.digest(SAID), "{name}");
        assert_eq!(stamp.policy, "1.3.6.1.4.1.55555.1");
        assert!(
            stamp.signer.as_ref().unwrap().starts_with("O=Example Time, CN=Example "),
            "{:?}",
            stamp.signer
        );
        let stamp = read(&file(name), Some(&authorities("other.pem"))).unwrap();
        assert!(stamp.signed == Signed::Good && matches!(stamp.chain, Chain::Untrusted(_)), "{name}");
        assert_eq!(read(&file(name), None).unwrap().chain, Chain::NotAsked);
    }
    let stamp = read(&file("rsa.tsr"), None).unwrap();
    let digest: [u8; 32] = Sha256::digest(SAID).into();
    assert!(stamp.is_over(&digest) && !stamp.is_over(&[0; 32]));
    assert!(stamp.nonce.is_some());
}

#[test]
fn a_token_without_its_certificate_takes_it_from_those_that_are_trusted() {
    let stamp = read(&file("bare.tsr"), None).unwrap();
    assert!(
        matches!(&stamp.signed, Signed::Unchecked(why) if why.contains("not in it")),
        "{:?}",
        stamp.signed
    );
    let stamp = read(&file("bare.tsr"), Some(&authorities("signer.pem"))).unwrap();
    assert!(stamp.signed == Signed::Good && trusted(&stamp), "{stamp:?}");
    let both = Authorities::read(&[file("signer.pem"), file("root.pem")].concat()).unwrap();
    let stamp = read(&file("bare.tsr"), Some(&both)).unwrap();
    assert_eq!(stamp.chain, Chain::Trusted("O=Example Time, CN=Example root".into()));
}

/// The token of an answer, without the one who signed it.
fn signed_by_nobody(answer: &[u8]) -> Vec<u8> {
    let (whole, _) = take(answer, SEQUENCE).unwrap();
    let (_, rest) = der::next(whole).unwrap();
    let (kind, rest) = der::next(take(rest, SEQUENCE).unwrap().0).unwrap();
    let (signed, _) = take(take(rest, FIRST).unwrap().0, SEQUENCE).unwrap();
    let parts = all(signed).unwrap();
    let mut kept: Vec<u8> = parts[..parts.len() - 1].iter().flat_map(|part| part.whole).copied().collect();
    kept.extend(der::value(der::SET, &[]));
    der::value(SEQUENCE, &[kind.whole, &der::value(FIRST, &der::value(SEQUENCE, &kept))].concat())
}

#[test]
fn a_token_that_nobody_signed_is_no_good() {
    let stamp = read(&signed_by_nobody(&file("rsa.tsr")), Some(&authorities("root.pem"))).unwrap();
    assert_eq!(stamp.signed, Signed::Bad("it bears no signature".into()));
    assert!(!trusted(&stamp));
}

#[test]
fn a_certificate_for_something_else_stamps_nothing() {
    let stamp = read(&file("web.tsr"), Some(&authorities("root.pem"))).unwrap();
    assert!(
        matches!(&stamp.signed, Signed::Bad(why) if why.contains("not one for time stamps")),
        "{stamp:?}"
    );
    assert!(!trusted(&stamp));
}

#[test]
fn no_changed_byte_passes_as_good_with_another_meaning() {
    for (name, root) in [("rsa.tsr", "root.pem"), ("p256.tsr", "curve.pem"), ("pss.tsr", "root.pem")] {
        let (good, authorities) = (file(name), authorities(root));
        let whole = read(&good, Some(&authorities)).unwrap();
        for at in 0..good.len() {
            for bit in [0x01, 0x80] {
                let mut changed = good.clone();
                changed[at] ^= bit;
                let Ok(stamp) = read(&changed, Some(&authorities)) else { continue };
                if stamp.signed == Signed::Good && trusted(&stamp) {
                    // A byte that nothing signed depends on: the status, a version, whom the signature names beside.
                    assert_eq!(stamp, whole, "{name}, byte {at}");
                }
            }
        }
        for cut in 0..good.len() {
            assert!(read(&good[..cut], None).is_err(), "{name} cut at {cut}");
        }
    }
}

#[test]
fn what_is_none_is_told() {
    assert!(read(b"", None).is_err());
    assert!(read(&vec![0x30; MOST_BYTES + 1], None).unwrap_err().to_string().contains("larger"));
    let text = der::value(SEQUENCE, &der::value(0x0C, "no\u{7} clock".as_bytes()));
    let status = der::value(SEQUENCE, &[der::value(INTEGER, &[2]), text].concat());
    let refused = read(&der::value(SEQUENCE, &status), None).unwrap_err().to_string();
    assert_eq!(refused, "the authority refused (status 02): no  clock");
    for broken in
        [&b""[..], b"hello", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", b"\x30\x00"]
    {
        assert!(Authorities::read(broken).is_err(), "{broken:?}");
    }
}

#[test]
fn a_request_is_taken_and_answered_by_another_program() {
    let hash: [u8; 32] = Sha256::digest(SAID).into();
    let asked = request(&hash);
    assert_eq!(asked, request(&hash), "the same each time");
    assert_eq!(nonce(&hash).len(), 16);
    let scratch = tempfile::tempdir().unwrap();
    let there = |name: &str| scratch.path().join(name);
    let made = Command::new("sh").arg(folder().join("make.sh")).arg(scratch.path()).output();
    if !made.is_ok_and(|made| made.status.success()) {
        // No shell or no OpenSSL 3 here: the tokens that are kept stand for it.
        return;
    }
    let fresh = std::fs::read(there("rsa.tsr")).unwrap();
    let root = Authorities::read(&std::fs::read(there("root.pem")).unwrap()).unwrap();
    let stamp = read(&fresh, Some(&root)).unwrap();
    assert!(stamp.signed == Signed::Good && trusted(&stamp) && stamp.is_over(&hash));
    // Made on the spot by another authority of the same name.
    assert!(!trusted(&read(&fresh, Some(&authorities("root.pem"))).unwrap()));
    std::fs::write(there("own.tsq"), &asked).unwrap();
    let shown = Command::new("openssl")
        .args(["ts", "-query", "-text", "-in"])
        .arg(there("own.tsq"))
        .output()
        .unwrap();
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(
        shown.contains("Hash Algorithm: sha256") && shown.contains("Certificate required: yes"),
        "{shown}"
    );
    assert!(shown.to_lowercase().contains(&format!("nonce: 0x{}", nonce(&hash))), "{shown}");
}
