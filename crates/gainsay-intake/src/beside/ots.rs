//! Proofs of OpenTimestamps: whether one begins at a file's hash, and what it leads to. Whether Bitcoin's block bears it
//! is not checked, for which the block would be needed.

use gainsay_custody::ots::{End, read};
use gainsay_model::Checked;

use super::{Found, Hashes};

pub(super) fn check(bytes: &[u8], hashes: &Hashes) -> Found {
    let proof = match read(bytes) {
        Ok(proof) => proof,
        Err(error) => return Found::new(Checked::Unchecked, format!("It is {error}.")),
    };
    let Some(digest) = proof.digest else {
        let told = "A proof of OpenTimestamps over a hash that is not computed here.";
        return Found::new(Checked::Unchecked, told);
    };
    let told = match proof.ends.first() {
        Some(End::Bitcoin { height, root }) => {
            let root = root.as_ref().map(|root| format!(" (Merkle root {root})")).unwrap_or_default();
            format!(
                "A proof over these bytes that leads to block {height} of Bitcoin{root}; the block was not looked at."
            )
        }
        Some(End::Pending { .. }) => {
            "A proof over these bytes that is still pending: complete it while its calendar keeps it.".into()
        }
        _ => "A proof over these bytes; what it leads to is not known here.".into(),
    };
    Found::fits(digest.as_slice() == hashes.sha256.as_slice(), told)
}
