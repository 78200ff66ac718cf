//! The rule tables under `data/`, compiled in and read once.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use gainsay_lexicon::table;
use gainsay_model::{DisputeKind, Kind};

/// How kinds of claim make events.
pub(crate) struct Family {
    /// Kinds of one family may be told of one event.
    pub(crate) name: &'static str,
    /// Of several kinds in one event the lowest rank names it.
    pub(crate) rank: u8,
    /// Kinds that may join an event of this kind, beside itself.
    pub(crate) joins: Vec<Kind>,
}

/// All rule tables.
pub(crate) struct Rules {
    /// Kinds that are happenings; states (control, need …) are not among them.
    pub(crate) families: BTreeMap<Kind, Family>,
    /// Source kinds that pass on what others say.
    pub(crate) carriers: Vec<&'static str>,
    /// Nouns for sources without a name ("activists"), and the side their adjectives give.
    pub(crate) unnamed: Vec<&'static str>,
    /// Nouns for those who speak for somebody ("spokesman").
    pub(crate) offices: Vec<&'static str>,
    /// Adjectives of unnamed sources that tell a side.
    pub(crate) leanings: BTreeMap<&'static str, &'static str>,
    /// Nouns that name no place in particular.
    pub(crate) vague_places: Vec<&'static str>,
    /// Words of a victim's mention that tell a group.
    pub(crate) groups: BTreeMap<&'static str, &'static str>,
    /// Which kinds of claim each rule of dispute looks at.
    pub(crate) disputes: Vec<(DisputeKind, &'static str, Vec<Kind>)>,
    /// What speaks for two tellings being of one event, by feature and case.
    pub(crate) likeness: BTreeMap<(&'static str, &'static str), Points>,
    /// How telling common words are (bits), without their endings; those not listed are rare.
    pub(crate) words: BTreeMap<&'static str, u32>,
}

/// A case of a feature of two tellings.
pub(crate) struct Points {
    /// How much it speaks for one event; none where it rules that out.
    pub(crate) points: Option<i32>,
    /// Why.
    pub(crate) reason: &'static str,
}

/// The tables.
///
/// # Panics
/// Never in a released build: a test loads every table.
pub(crate) fn rules() -> &'static Rules {
    static RULES: OnceLock<Rules> = OnceLock::new();
    RULES.get_or_init(|| load().unwrap_or_else(|error| panic!("{error}")))
}

fn load() -> Result<Rules, table::TableError> {
    let mut rules = Rules {
        families: BTreeMap::new(),
        carriers: Vec::new(),
        unnamed: Vec::new(),
        offices: Vec::new(),
        leanings: BTreeMap::new(),
        vague_places: Vec::new(),
        groups: BTreeMap::new(),
        disputes: Vec::new(),
        likeness: BTreeMap::new(),
        words: BTreeMap::new(),
    };
    for row in table::rows("families.tsv", include_str!("../data/families.tsv"))? {
        let kind = |word: &str| Kind::parse(word).ok_or_else(|| row.error(format!("no such kind: {word}")));
        let rank = row.get("rank").parse().map_err(|_| row.error("rank is no number"))?;
        let joins = row.list("joins").map(kind).collect::<Result<_, _>>()?;
        rules.families.insert(kind(row.get("kind"))?, Family { name: row.get("family"), rank, joins });
    }
    for row in table::rows("voices.tsv", include_str!("../data/voices.tsv"))? {
        let word = row.get("word");
        match row.get("means") {
            "carries" => rules.carriers.push(word),
            "unnamed" => rules.unnamed.push(word),
            "office" => rules.offices.push(word),
            "leans" => drop(rules.leanings.insert(word, row.get("side"))),
            other => {
                return Err(row.error(format!("means is carries, unnamed, office or leans, not {other}")));
            }
        }
    }
    for row in table::rows("vague_places.tsv", include_str!("../data/vague_places.tsv"))? {
        rules.vague_places.push(row.get("word"));
    }
    for row in table::rows("groups.tsv", include_str!("../data/groups.tsv"))? {
        rules.groups.insert(row.get("word"), row.get("group"));
    }
    for row in table::rows("disputes.tsv", include_str!("../data/disputes.tsv"))? {
        let word = row.get("dispute");
        let dispute = DISPUTES.iter().find(|dispute| dispute.as_str() == word);
        let dispute = *dispute.ok_or_else(|| row.error(format!("no such dispute: {word}")))?;
        let kinds = row
            .list("kinds")
            .map(|word| Kind::parse(word).ok_or_else(|| row.error(format!("no such kind: {word}"))));
        rules.disputes.push((dispute, row.get("role"), kinds.collect::<Result<_, _>>()?));
    }
    for row in table::rows("likeness.tsv", include_str!("../data/likeness.tsv"))? {
        let points = match row.get("points") {
            "never" => None,
            points => Some(points.parse().map_err(|_| row.error("points are a number or never"))?),
        };
        let reason = row.get("reason");
        rules.likeness.insert((row.get("feature"), row.get("case")), Points { points, reason });
    }
    for row in table::rows("words.tsv", include_str!("../data/words.tsv"))? {
        let bits = row.get("bits").parse().map_err(|_| row.error("bits are a number"))?;
        rules.words.insert(row.get("word"), bits);
    }
    Ok(rules)
}

/// Whether the noun names no place in particular ("area").
pub(crate) fn vague_place(word: &str) -> bool {
    rules().vague_places.contains(&word)
}

const DISPUTES: [DisputeKind; 7] = [
    DisputeKind::Count,
    DisputeKind::Actor,
    DisputeKind::Occurrence,
    DisputeKind::Holder,
    DisputeKind::Place,
    DisputeKind::Time,
    DisputeKind::Tie,
];

impl Rules {
    /// Whether claims of this kind play this role in disputes of that kind.
    pub(crate) fn disputed(&self, dispute: DisputeKind, role: &str, kind: Kind) -> bool {
        self.disputes.iter().any(|(of, as_, kinds)| *of == dispute && *as_ == role && kinds.contains(&kind))
    }

    /// Points from which two tellings are joined, offered, or may be linked through others.
    pub(crate) fn bound(&self, name: &str) -> i32 {
        self.likeness.get(&("bound", name)).and_then(|bound| bound.points).unwrap_or(i32::MAX)
    }

    /// Whether one event may hold claims of both kinds.
    pub(crate) fn together(&self, a: Kind, b: Kind) -> bool {
        let joins = |a: Kind, b: Kind| self.families.get(&a).is_some_and(|family| family.joins.contains(&b));
        self.families.contains_key(&a) && (a == b || joins(a, b) || joins(b, a))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_loads() {
        let rules = load().unwrap();
        assert!(rules.together(Kind::Casualties, Kind::Airstrike));
        assert!(!rules.together(Kind::Shelling, Kind::Airstrike));
        assert!(!rules.together(Kind::Control, Kind::Control));
    }
}
