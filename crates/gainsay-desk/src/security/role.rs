//! The four roles, each of which may do all that the ones before it may.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What somebody may do: read, code, review, administer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Reads; private persons bear pseudonyms.
    Reader,
    /// Adds reports; confirms, corrects and rejects claims.
    Coder,
    /// Decides on everything; publishes; sees the names of private persons.
    Reviewer,
    /// Gives accounts and settings besides.
    Admin,
}

impl Role {
    /// All of them, least first.
    pub const ALL: [Role; 4] = [Role::Reader, Role::Coder, Role::Reviewer, Role::Admin];

    /// The word that stands for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Reader => "reader",
            Role::Coder => "coder",
            Role::Reviewer => "reviewer",
            Role::Admin => "admin",
        }
    }

    /// The one written so, if any.
    pub fn parse(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.as_str() == word)
    }

    /// Whether it may see the names of private persons.
    pub fn sees_names(self) -> bool {
        self >= Role::Reviewer
    }
}
