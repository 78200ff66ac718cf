//! What lies beside a report's file and speaks for it: checksums and time stamps.

use serde::{Deserialize, Serialize};

/// What became of checking one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Checked {
    /// It is about these very bytes, as far as can be told without a network.
    Agrees,
    /// It is about other bytes, or its signature is not good.
    Differs,
    /// It could not be checked.
    Unchecked,
}

impl Checked {
    /// The word that stands for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Checked::Agrees => "agrees",
            Checked::Differs => "differs",
            Checked::Unchecked => "unchecked",
        }
    }

    /// The one written so, if any.
    pub fn parse(word: &str) -> Option<Checked> {
        [Checked::Agrees, Checked::Differs, Checked::Unchecked].into_iter().find(|one| one.as_str() == word)
    }
}

/// A file beside a report's own: `siege.pdf.sha256`, `siege.pdf.tsr`, `siege.pdf.ots`, `SHA256SUMS`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beside {
    /// Its name.
    pub name: String,
    /// The file that it speaks for, as intake names it: the report's own, or the archive that it came in.
    pub of: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What became of checking it.
    pub state: Checked,
    /// What was found, and what could not be checked, in one sentence.
    pub told: String,
}
