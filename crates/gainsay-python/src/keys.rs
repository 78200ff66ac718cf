//! How Python comes by the passphrase of a ledger's keys: from the environment, as the command line does where nobody can
//! be asked.

use gainsay::keys::{Passphrase, Ways, settle};

/// Says so to gainsay.
pub(crate) fn prepare() {
    let of = |name: &str| std::env::var(name).ok().filter(|set| !set.is_empty());
    settle(Ways {
        given: Box::new(move || Ok(of("GAINSAY_PASSPHRASE").map(Passphrase::new))),
        ask: None,
        tell: Box::new(|_| {}),
        by: of("GAINSAY_BY").or_else(|| of("USER")).unwrap_or_else(|| "unknown".to_owned()),
    });
}
