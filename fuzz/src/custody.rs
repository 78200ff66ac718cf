//! Keys, and what lies under a seal, as a stranger may have written them.

use gainsay_custody::{Keyring, Public, keyring, seal};

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
