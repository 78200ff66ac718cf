//! Names of the site's files.
//!
//! An id that the word lists know, or that is plainly made of days, kinds and listed places, is a file's name itself;
//! every other gets one made from a hash, for it may hold the name of a person, or signs that no file may bear.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::brief::view::View;

/// What a page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    Place,
    Event,
    Dispute,
    Source,
    Actor,
    Report,
}

impl Sort {
    /// The folder of its pages.
    pub(super) fn folder(self) -> &'static str {
        match self {
            Sort::Place => "place",
            Sort::Event => "event",
            Sort::Dispute => "dispute",
            Sort::Source => "source",
            Sort::Actor => "actor",
            Sort::Report => "report",
        }
    }
}

/// File names by what they are about.
#[derive(Default)]
pub(super) struct Paths {
    files: BTreeMap<(Sort, String), String>,
}

/// Letters of a hash in a file's name: 26¹⁰ names.
const LENGTH: usize = 10;

impl Paths {
    /// Gives a page to an id.
    pub(super) fn add(&mut self, view: &View, sort: Sort, id: &str) {
        if id.is_empty() || self.files.contains_key(&(sort, id.to_owned())) {
            return;
        }
        let plain = id.len() <= 80
            && !id.is_empty()
            && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !matches!(id, "con" | "nul" | "aux" | "prn");
        let safe = match sort {
            Sort::Report => false,
            Sort::Event | Sort::Dispute => view.names.is_plain(id),
            Sort::Place | Sort::Source | Sort::Actor => view.names.is_listed(id),
        };
        let name = if plain && safe { id.to_owned() } else { hashed(view.input.salt, id) };
        self.files.insert((sort, id.to_owned()), format!("{}/{name}.html", sort.folder()));
    }

    /// The file about an id, from the root of its language.
    pub(super) fn of(&self, sort: Sort, id: &str) -> Option<&str> {
        self.files.get(&(sort, id.to_owned())).map(String::as_str)
    }

    /// All ids of a sort, in order.
    pub(super) fn all(&self, sort: Sort) -> impl Iterator<Item = &str> {
        self.files.keys().filter(move |(of, _)| *of == sort).map(|(_, id)| id.as_str())
    }
}

/// A name that tells nothing to whoever has not the salt.
fn hashed(salt: &str, id: &str) -> String {
    let digest =
        Sha256::new().chain_update("file\0").chain_update(salt).chain_update([0]).chain_update(id).finalize();
    let letter = |byte: &u8| char::from(b'a' + byte % 26);
    format!("x-{}", digest.iter().take(LENGTH).map(letter).collect::<String>())
}
