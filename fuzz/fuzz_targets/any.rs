//! All targets in one program, which is linked once: `GAINSAY_FUZZ` names the one that runs.
#![no_main]

use std::sync::LazyLock;

static TARGET: LazyLock<fuzz::Target> = LazyLock::new(|| {
    let name = std::env::var("GAINSAY_FUZZ").unwrap_or_default();
    fuzz::target(&name).unwrap_or_else(|| panic!("GAINSAY_FUZZ={name:?} is no target"))
});

libfuzzer_sys::fuzz_target!(init: fuzz::quiet(), |bytes: &[u8]| TARGET(bytes));
