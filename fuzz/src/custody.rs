//! Keys, what lies under a seal, notes of checkpoints, and what others stamp, as a stranger may have written them.

use gainsay_custody::note::Note;
use gainsay_custody::{Keyring, Public, keyring, ots, seal, tsp};

use super::cut::Cut;
use super::folder::Folder;

/// Any bytes as a file of keys, as a public key, and as a sealed text: refused in one line, never opened by another
/// passphrase, and never more work than a seal of gainsay's own asks for.
pub fn keys(bytes: &[u8]) {
    let folder = Folder::new();
    let mut cut = Cut(bytes);
    let plain = r#"{"format":"gainsay-keys/1","name":"amal","public":""#;
    let begins = *cut.one(&["", "{", plain]);
    let path = folder.put("l.gpkg.keys", &[begins.as_bytes(), cut.0].concat());
    for passphrase in [None, Some("open sesame")] {
        match Keyring::read(&path, passphrase) {
            Ok(Some(keys)) => {
                // What was read is what is written.
                let copy = folder.path().join("l.gpkg.copy");
                keys.write(&copy, None).expect("written");
                let again = Keyring::read(&copy, None).expect("read").expect("keys");
                assert_eq!(again.signing.public(), keys.signing.public());
            }
            Ok(None) => panic!("the file is there"),
            Err(error) => assert!(!error.to_string().trim().is_empty() && !error.to_string().contains('\n')),
        }
    }
    let _ = keyring::told(&path);
    let text = String::from_utf8_lossy(bytes);
    if let Some(public) = Public::parse(&text) {
        assert_eq!(Public::parse(&public.to_string()), Some(public));
    }
    if let Ok(sealed) = serde_json::from_str::<seal::Sealed>(&text) {
        assert!(sealed.open("fuzz", "open sesame").is_err(), "opened what nobody sealed");
    }
    folder.check(&["l.gpkg"]);
}

/// Any bytes as a checkpoint's note: what is read is what stands there, to the byte.
pub fn notes(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match Note::parse(&text) {
        Ok(note) => assert_eq!(note.text(), text),
        Err(error) => refused(&error),
    }
}

/// Any bytes as an answer of a time stamp authority and as its certificates: refused in one line, or read the same twice.
pub fn stamps(bytes: &[u8]) {
    let mut cut = Cut(bytes);
    let many = usize::from(cut.short());
    let (first, second) = (cut.some(many), cut.0);
    let authorities = tsp::Authorities::read(second).map_err(|error| refused(&error)).ok();
    for bytes in [bytes, first, second] {
        match tsp::read(bytes, authorities.as_ref()) {
            Ok(stamp) => {
                let again = tsp::read(bytes, authorities.as_ref()).expect("read once");
                assert_eq!(format!("{stamp:?}"), format!("{again:?}"));
                assert!(!stamp.is_over(&[0x5A; 32]), "a stamp over what nobody stamped");
            }
            Err(error) => refused(&error),
        }
    }
}

/// Any bytes as a proof of OpenTimestamps, and as an answer of a calendar to a request.
pub fn proofs(bytes: &[u8]) {
    match ots::read(bytes) {
        Ok(proof) => {
            assert!(ots::is_proof(bytes));
            let _ = (proof.blocks().count(), proof.pending().count());
        }
        Err(error) => refused(&error),
    }
    match ots::of_answer(&[7; 32], bytes) {
        Ok(proof) => assert!(ots::is_proof(&proof) && ots::read(&proof).is_ok()),
        Err(error) => refused(&error),
    }
}

fn refused(error: &gainsay_custody::Error) {
    let said = error.to_string();
    assert!(!said.trim().is_empty() && !said.contains('\n'), "{said}");
}
