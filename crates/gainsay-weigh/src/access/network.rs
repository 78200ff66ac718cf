//! Roads, bridges and crossings: what a user draws, and what leads where.

use gainsay_model::EntityId;
use serde::{Deserialize, Serialize};

/// What a way is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WayKind {
    /// A road or track.
    Road,
    /// A bridge.
    Bridge,
    /// A border crossing, or one between two sides.
    Crossing,
    /// A ferry or boats.
    Ferry,
    /// By air.
    Air,
}

impl WayKind {
    /// The word that stands for it.
    pub fn as_str(self) -> &'static str {
        match self {
            WayKind::Road => "road",
            WayKind::Bridge => "bridge",
            WayKind::Crossing => "crossing",
            WayKind::Ferry => "ferry",
            WayKind::Air => "air",
        }
    }
}

/// A way between two places; as the properties of a feature of a GeoJSON file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Way {
    /// Its id.
    pub id: String,
    /// Its name, for people.
    #[serde(default)]
    pub name: String,
    /// What it is.
    pub kind: WayKind,
    /// The places it joins, ids of the gazetteer.
    pub between: [EntityId; 2],
    /// Places it runs through, from the first of `between` to the second: who holds them holds the way.
    #[serde(default)]
    pub through: Vec<EntityId>,
    /// Its own entry in the gazetteer: what claims call it.
    #[serde(default)]
    pub place: Option<EntityId>,
}

/// Ways, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Network {
    /// All of them.
    pub ways: Vec<Way>,
}

impl Network {
    /// A network of these ways, whatever order they come in.
    pub fn new(mut ways: Vec<Way>) -> Network {
        ways.sort();
        ways.dedup();
        Network { ways }
    }
}
