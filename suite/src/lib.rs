//! Behaviour tests, written so that somebody who does not program can read them.
//!
//! `read/<pass>/*.md` holds texts and what is read from them; [`spec`] reads those files, [`judge`] says what is
//! wrong. [`examples`] reads the example reports, [`asked`] puts the questions of `expected.jsonl` to them;
//! [`known`] keeps account of what is known to fail. The formats are explained in `suite/README.md`.

pub mod asked;
pub mod examples;
pub mod expect;
pub mod files;
pub mod floors;
pub mod judge;
pub mod known;
pub mod layers;
pub mod pattern;
pub mod people;
pub mod show;
pub mod spec;
