//! Whether the rest follows: weapons, and that the text says it could not be confirmed.

use std::collections::BTreeSet;

use gainsay_lexicon::codebook::Doubt;
use gainsay_model::Slot;

use super::super::line::short;
use super::super::words::Place;
use super::{Held, Shown};

/// So many words stand at most between "not" and "confirmed", as where gainsay itself reads it.
const NEAR: usize = 8;

impl Shown<'_> {
    /// The words that name a weapon or means of the codebook.
    ///
    /// # Errors
    /// When the codebook does not know it, or no word for it stands in the evidence.
    pub(super) fn means(&self, means: &str) -> Result<Place, String> {
        let held = self.held;
        let table = &held.lists.codebook.means;
        let words: Vec<&String> =
            table.iter().filter(|(_, entry)| entry.id == means).map(|(word, _)| word).collect();
        if words.is_empty() {
            let known: BTreeSet<&str> = table.values().map(|entry| entry.id.as_str()).collect();
            let known: Vec<&str> = known.into_iter().collect();
            return Err(format!("no means is called `{}`; one of {}", short(means), known.join(", ")));
        }
        for span in self.spans(Slot::Means) {
            let among = held.told.between(span);
            let found = words.iter().find_map(|word| {
                held.told.find(word, &among).or_else(|| held.told.find(&format!("{word}s"), &among))
            });
            // Where the language is not read, the codebook has no words for it.
            if let Some(place) = found.or_else(|| held.unread.then(|| (span.clone(), "readers.means"))) {
                return Ok((place.0, "readers.means"));
            }
        }
        Err(format!("its means `{means}` is not named in the evidence"))
    }
}

impl Held<'_> {
    /// The words by which the report says that something could not be confirmed.
    ///
    /// # Errors
    /// When there are none.
    pub(super) fn doubt(&self) -> Result<Place, String> {
        let doubt = &self.lists.codebook.doubt;
        let mut negated: Option<usize> = None;
        for (at, (word, span)) in self.told.letters(&self.told.all()).enumerate() {
            match doubt.get(word) {
                Some(Doubt::Alone) => return Ok((span.clone(), "readers.doubt")),
                Some(Doubt::Negates) => negated = Some(at),
                Some(Doubt::Checks) if negated.is_some_and(|no| at - no <= NEAR) => {
                    return Ok((span.clone(), "readers.doubt"));
                }
                _ => {}
            }
        }
        match self.unread {
            true => Ok((0..0, "readers.doubt")),
            false => {
                Err("\"unverified\" is true, but the report does not say that it could not be confirmed"
                    .into())
            }
        }
    }
}
