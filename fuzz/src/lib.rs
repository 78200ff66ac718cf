//! The fuzz targets: any bytes in, and what comes out held to its laws.
//!
//! Every target is a function of bytes, so that the fuzzer runs it (`fuzz_targets`), and a test of the suite on every machine
//! (`suite/tests/fuzzed`): one way in for both.

#![forbid(unsafe_code)]

#[path = "../../crates/gainsay-read/tests/robust/laws.rs"]
pub mod laws;
#[path = "../../crates/gainsay-read/tests/robust/layers.rs"]
pub mod layers;

pub mod cut;
pub mod damage;
pub mod folder;

pub mod custody;
pub mod desk;
pub mod elsewhere;
pub mod inputs;
pub mod ledgers;
pub mod lists;
pub mod passes;
pub mod weighing;

/// What a target is: bytes in, and a panic where a law does not hold.
pub type Target = fn(&[u8]);

/// All targets by name, those of passes first, then what reads strangers' bytes.
pub const TARGETS: &[(&str, Target)] = &[
    ("segment", passes::segment),
    ("tag", passes::tag),
    ("parse", passes::parse),
    ("names", passes::names),
    ("times", passes::times),
    ("amounts", passes::amounts),
    ("attribution", passes::attribution),
    ("claims", passes::claims),
    ("read", passes::read),
    ("html", inputs::html),
    ("jsonl", inputs::jsonl),
    ("dates", inputs::dates),
    ("decode", inputs::decode),
    ("archives", inputs::archives),
    ("documents", inputs::documents),
    ("exports", inputs::exports),
    ("feeds", inputs::feeds),
    ("tables", inputs::tables),
    ("parquet", inputs::parquet),
    ("columns", inputs::columns),
    ("beside", inputs::beside),
    ("claims_jsonl", elsewhere::claims_jsonl),
    ("events", elsewhere::events),
    ("codebook", lists::codebook),
    ("lexicon", lists::lexicon),
    ("gazetteer", lists::gazetteer),
    ("places", lists::places),
    ("network", lists::network),
    ("ledger", ledgers::ledger),
    ("answers", ledgers::answers),
    ("weigh", weighing::weigh),
    ("keys", custody::keys),
    ("notes", custody::notes),
    ("stamps", custody::stamps),
    ("proofs", custody::proofs),
    ("config", desk::config),
    ("api", desk::api),
];

/// The target of this name.
pub fn target(name: &str) -> Option<Target> {
    TARGETS.iter().find(|(own, _)| *own == name).map(|(_, target)| *target)
}

/// Panics that the program itself catches are no finds: libFuzzer's own hook would end the run at them. Called once,
/// after that hook was set; what nobody catches still ends the run.
pub fn quiet() {
    drop(std::panic::take_hook());
}

/// Whether a target is a pass of reading, and its input a text.
pub fn is_pass(name: &str) -> bool {
    TARGETS.iter().take_while(|(own, _)| *own != "html").any(|(own, _)| *own == name)
}
