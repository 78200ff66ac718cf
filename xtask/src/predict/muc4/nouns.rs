//! What nouns are in the terms of MUC-4, by `xtask/data/muc4/nouns.tsv`.

use std::collections::BTreeSet;

use gainsay_lexicon::table::{TableError, rows};

/// What a noun may be; a noun may be several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// A physical target.
    Thing,
    /// A weapon.
    Weapon,
    /// Somebody who does it.
    Perp,
    /// A body that does it.
    Org,
    /// Somebody or something whom fighting befalls.
    Military,
    /// A word before a person's name that is no part of it.
    Title,
    /// A thing that is named by whose it is.
    Owned,
    /// A weapon after a word for explosives.
    Load,
    /// Somebody who does nothing else.
    Culprit,
    /// An adjective that makes anybody a culprit.
    Shady,
    /// A word that opens a phrase and is no part of it.
    Vague,
}

/// The table.
pub struct Nouns(BTreeSet<(String, Role)>);

impl Nouns {
    /// Reads the table.
    ///
    /// # Errors
    /// A row that cannot be read, or a role that does not exist.
    pub fn load() -> Result<Nouns, TableError> {
        let mut nouns = BTreeSet::new();
        for row in rows("nouns.tsv", include_str!("../../../data/muc4/nouns.tsv"))? {
            let role = match row.get("role") {
                "thing" => Role::Thing,
                "weapon" => Role::Weapon,
                "perp" => Role::Perp,
                "org" => Role::Org,
                "military" => Role::Military,
                "title" => Role::Title,
                "owned" => Role::Owned,
                "load" => Role::Load,
                "culprit" => Role::Culprit,
                "shady" => Role::Shady,
                "vague" => Role::Vague,
                other => return Err(row.error(format!("no role {other:?}"))),
            };
            nouns.insert((row.get("noun").to_string(), role));
        }
        Ok(Nouns(nouns))
    }

    /// Whether the noun, in small letters, is one of these.
    pub fn is(&self, noun: &str, role: Role) -> bool {
        let single = noun.strip_suffix('s').unwrap_or(noun);
        [noun, single].iter().any(|form| self.0.contains(&(form.to_string(), role)))
    }
}
