//! One file's reports on their way to whoever takes them, and what is wrong with any.

use crate::Intake;
use crate::batch::{Batch, Source};
use crate::fields::Fields;

/// Where the reports of one file go, and what is wrong with any.
pub(crate) struct Handover<'a, 'b> {
    /// The file.
    pub source: &'a Source,
    /// Who takes them.
    pub batch: &'a mut Batch<'b>,
}

impl Handover<'_, '_> {
    /// Hands over one report of several in the file: `raw` is its own part of the bytes, `mark` tells it from the
    /// others (a line's number, a message's).
    pub fn give(
        &mut self,
        fields: Fields,
        raw: &[u8],
        mark: &str,
        line: Option<usize>,
        spare: impl FnOnce() -> String,
    ) {
        match fields.report(spare) {
            Ok((report, complaint)) => {
                let raw_name = format!("{}:{mark}", self.source.name);
                self.batch.hand(Ok(Intake::new(report, raw, raw_name)));
                if let Some(complaint) = complaint {
                    self.warn(line, complaint);
                }
            }
            Err(message) => self.warn(line, message),
        }
    }

    /// Tells what cannot be read.
    pub fn warn(&mut self, line: Option<usize>, message: impl Into<String>) {
        self.batch.warn(self.source, line, message);
    }
}

/// What is not blank, without blanks at its ends.
pub(crate) fn filled(value: Option<String>) -> Option<String> {
    value.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// The first eight digits of a text's hash, as part of an id.
pub(crate) fn print(text: &str) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(text.as_bytes()).iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

/// A name as part of an id: small letters and digits of any script, dashes between.
pub(crate) fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_parts_of_ids() {
        assert_eq!(slug("Deir ez-Zor | News!"), "deir-ez-zor-news");
        assert_eq!(slug("الفرات برس"), "الفرات-برس");
        assert_eq!(slug("— —"), "");
    }
}
