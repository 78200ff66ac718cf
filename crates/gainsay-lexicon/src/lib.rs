//! The words: what a user may read and edit to teach gainsay actors, sources, places and kinds.
//!
//! [`Words`] holds everything: the [`Lexicon`] of actors, sources and people, the [`Gazetteer`] of places, the
//! [`Codebook`] of kinds, frames and cue words, and the number words. All of it is plain tab-separated text under
//! `data/`, compiled in; nothing here reads reports.

pub mod brought;
pub mod codebook;
pub mod fold;
pub mod gazetteer;
pub mod history;
pub mod index;
pub mod lexicon;
pub mod lookalike;
pub mod mapped;
pub mod numbers;
pub mod table;
pub mod translit;

pub use brought::{Borne, Brought};
pub use codebook::Codebook;
pub use gazetteer::{Gazetteer, Place};
pub use history::{Change, ChangeKind};
pub use index::{NameIndex, NameKind, NameRef};
pub use lexicon::{Actor, Lexicon, Person, SourceEntry};
pub use numbers::NumberWords;
pub use table::TableError;

/// All word lists of one run.
pub struct Words {
    /// Actors, sources and people.
    pub lexicon: Lexicon,
    /// Places.
    pub gazetteer: Gazetteer,
    /// Kinds, frames, cues.
    pub codebook: Codebook,
    /// Number words and hedges.
    pub numbers: NumberWords,
    /// Every name of every actor, source, person and place.
    pub index: NameIndex,
}

impl Words {
    /// The lists that come with gainsay.
    ///
    /// # Panics
    /// Never in a released build: a test loads every list.
    pub fn builtin() -> &'static Words {
        static WORDS: std::sync::OnceLock<Words> = std::sync::OnceLock::new();
        WORDS.get_or_init(|| Words::load().unwrap_or_else(|error| panic!("{error}")))
    }

    /// Loads the lists that come with gainsay.
    ///
    /// # Errors
    /// The first line of a list that cannot be read: which file, which line, what is wrong.
    pub fn load() -> Result<Words, TableError> {
        let lexicon = Lexicon::load()?;
        let gazetteer = Gazetteer::load()?;
        let index = NameIndex::of(&lexicon, &gazetteer);
        Ok(Words { lexicon, gazetteer, codebook: Codebook::load()?, numbers: NumberWords::load()?, index })
    }
}

#[cfg(test)]
mod tests;
