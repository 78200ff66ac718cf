//! Time stamps of an authority (RFC 3161): whether one is over a file's hash, of when, and whether its signature is good.
//! Whom to trust is not known here: that its certificate is an authority's has to be looked at elsewhere.

use gainsay_custody::tsp::{Hash, Signed, read};
use gainsay_model::Checked;

use super::{Found, Hashes};

pub(super) fn check(bytes: &[u8], hashes: &Hashes) -> Found {
    let stamp = match read(bytes, None) {
        Ok(stamp) => stamp,
        Err(error) => return Found::new(Checked::Unchecked, format!("It is {error}.")),
    };
    let time = stamp.time.strftime("%Y-%m-%d %H:%M:%S UTC");
    let of = match stamp.hash {
        Hash::Sha256 => &hashes.sha256,
        Hash::Sha384 => &hashes.sha384,
        Hash::Sha512 => &hashes.sha512,
        Hash::Other => {
            let told = format!("A time stamp of {time} over a hash that is not computed here.");
            return Found::new(Checked::Unchecked, told);
        }
    };
    if stamp.imprint != *of {
        return Found::fits(false, "");
    }
    let signer = stamp.signer.unwrap_or_else(|| "a certificate without a name".into());
    match stamp.signed {
        Signed::Good => {
            let told = format!(
                "A time stamp of {time} over these bytes, signed by {signer}; whether that is an authority was not checked."
            );
            Found::new(Checked::Agrees, told)
        }
        Signed::Unchecked(why) => {
            let told =
                format!("A time stamp of {time} over these bytes; who signed it was not checked: {why}.");
            Found::new(Checked::Agrees, told)
        }
        Signed::Bad(why) => {
            let told = format!("A time stamp of {time} over these bytes that is not good: {why}.");
            Found::new(Checked::Differs, told)
        }
    }
}
