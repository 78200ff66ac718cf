//! A source as the ledger sees it: whom it cites, who cites it, whose side it is on.

use serde::{Deserialize, Serialize};

use crate::EntityId;

/// One line of `gainsay sources`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SourceView {
    /// Its id; an unknown source gets one made of its name.
    pub id: EntityId,
    /// Its name.
    pub name: String,
    /// Agency, monitor, ministry …; empty where unknown.
    pub kind: String,
    /// Whose side it is on; empty where unknown.
    pub side: String,
    /// The actor or source it belongs to.
    pub belongs_to: Option<EntityId>,
    /// Sources it cites.
    pub cites: Vec<EntityId>,
    /// Sources that cite it.
    pub cited_by: Vec<EntityId>,
    /// Outlets whose reports it republishes.
    pub reposts: Vec<EntityId>,
    /// Loops of citation it stands in.
    pub circular: Vec<Vec<EntityId>>,
    /// Groups of reports that carry one text.
    pub copies: Vec<Vec<String>>,
    /// Reports it published.
    pub reports: u64,
    /// Claims it makes or passes on.
    pub claims: u64,
    /// Admiralty letter A–F (NATO STANAG 2511); F, cannot be judged, unless set.
    pub letter: String,
    /// The listed source that it looks like and is not: its name is written with other letters.
    #[serde(default)]
    pub looks_like: Option<EntityId>,
}
