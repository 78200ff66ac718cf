//! A claim: one proposition, attributed, with its evidence. The unit of everything.
//!
//! Written down as one JSON object a line. A filler is written `[mention, canonical name]`, its id beside it in
//! `actor_id`, `target_id`, `place_id`, `source_id`; offsets count Unicode code points of the report's text.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Id of a claim: the report's id, a dash, and a short hash of what it says; stable over readings.
pub type ClaimId = String;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant,)* }
        impl $name {
            /// All of them, in the order of the guidelines.
            pub const ALL: &[$name] = &[$($name::$variant,)*];
            /// The word that stands for it in every format.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)* }
            }
            /// The one written so, if any.
            pub fn parse(text: &str) -> Option<$name> {
                match text { $($text => Some($name::$variant),)* _ => None }
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

words! {
    /// What a claim is about.
    Kind {
        /// Armed fighting between sides, without direction.
        Clash = "clash",
        /// A place changes hands or ground is gained.
        Capture = "capture",
        /// An actor leaves, retreats, is expelled.
        Withdrawal = "withdrawal",
        /// Strikes or raids from the air, drones, barrel bombs.
        Airstrike = "airstrike",
        /// Artillery, mortars, rockets, missiles from the ground.
        Shelling = "shelling",
        /// Car bomb, suicide bomb, mine, planted device.
        Bombing = "bombing",
        /// Other violence: massacre, execution, shooting, storming, offensive, chemical attack.
        Attack = "attack",
        /// People killed, wounded, or "casualties".
        Casualties = "casualties",
        /// Abduction, arrest, hostage taking.
        Detention = "detention",
        /// People fled, displaced, evacuated.
        Displacement = "displacement",
        /// A place or people under siege, blockade, encirclement.
        Siege = "siege",
        /// Aid, movement or supplies blocked or restricted.
        Obstruction = "obstruction",
        /// Aid delivered, let in, or asked for.
        Aid = "aid",
        /// Truce, ceasefire, deal between sides.
        Agreement = "agreement",
        /// Defection, pledge, joining, splitting.
        Allegiance = "allegiance",
        /// Fighters or weapons moved, massed, supplied, seized.
        Deployment = "deployment",
        /// Buildings, vehicles, posts, infrastructure destroyed or damaged.
        Destruction = "destruction",
        /// Hunger, lack of power, water, medicine, prices, people in need.
        Need = "need",
        /// An actor holds a place.
        Control = "control",
        /// Two sides work together, or are said not to fight each other.
        Cooperation = "cooperation",
    }
}

words! {
    /// How sure the words sound.
    Status {
        /// Said to be so.
        Asserted = "asserted",
        /// Said not to have happened, or not to be so.
        Denied = "denied",
        /// Could, may, if, forecast.
        Possible = "possible",
        /// Tries, plans, seeks, attempted in vain.
        Intended = "intended",
    }
}

words! {
    /// What a count counts.
    Measure {
        /// Dead.
        Killed = "killed",
        /// Wounded.
        Injured = "injured",
        /// "Casualties", dead or wounded unsaid.
        Casualties = "casualties",
        /// Abducted, arrested, held.
        Detained = "detained",
        /// Fled, displaced, evacuated.
        Displaced = "displaced",
        /// In need of help.
        InNeed = "in_need",
        /// Living under siege.
        Besieged = "besieged",
        /// Strikes, raids, sorties.
        Strikes = "strikes",
        /// Fighters moved, joined, defected.
        Fighters = "fighters",
        /// Weapons, vehicles.
        Weapons = "weapons",
        /// Things destroyed.
        Destroyed = "destroyed",
    }
}

words! {
    /// Of whom a count counts, where the words say so.
    Group {
        /// Civilians.
        Civilians = "civilians",
        /// Fighters, soldiers, militants of any side.
        Combatants = "combatants",
        /// Children.
        Children = "children",
        /// Women.
        Women = "women",
        /// Men.
        Men = "men",
    }
}

words! {
    /// What stretch a count covers.
    Scope {
        /// One happening, or the period the claim's time gives.
        Incident = "incident",
        /// A running total ("has risen to", "so far", "since the war began").
        Cumulative = "cumulative",
    }
}

words! {
    /// How much of a place is held.
    Degree {
        /// All of it.
        Full = "full",
        /// Part of it.
        Partial = "partial",
        /// Fought over.
        Contested = "contested",
    }
}

words! {
    /// What a siege or an obstruction cuts off.
    Cut {
        /// People cannot move.
        Movement = "movement",
        /// Aid cannot enter.
        Aid = "aid",
        /// Goods and supplies cannot enter.
        Goods = "goods",
        /// Electricity.
        Power = "power",
        /// Water.
        Water = "water",
    }
}

words! {
    /// The parts of a claim that are read from words.
    Slot {
        /// Who did it.
        Actor = "actor",
        /// To whom or what.
        Target = "target",
        /// Where.
        Place = "place",
        /// Who says it.
        Source = "source",
        /// When it happened.
        Time = "time",
        /// How many.
        Count = "count",
        /// How sure.
        Status = "status",
        /// What kind of claim.
        Kind = "kind",
        /// With what weapon or means.
        Means = "means",
    }
}

/// An entity that words stand for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityRef {
    /// Its id in the lexicon or gazetteer.
    pub id: String,
    /// Its canonical name.
    pub name: String,
}

/// What fills a slot: the words, and whom they stand for where that is known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Filler {
    /// As the report says it.
    pub mention: String,
    /// Whom or what that is.
    pub entity: Option<EntityRef>,
}

impl Filler {
    /// The entity's id, where known.
    pub fn id(&self) -> Option<&str> {
        self.entity.as_ref().map(|entity| entity.id.as_str())
    }

    /// The canonical name, or the mention where nothing better is known.
    pub fn name(&self) -> &str {
        self.entity.as_ref().map_or(&self.mention, |entity| &entity.name)
    }
}

/// Days, both ends inclusive; an open end is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Interval {
    /// First day.
    #[serde(default)]
    pub start: Option<Date>,
    /// Last day.
    #[serde(default)]
    pub end: Option<Date>,
}

impl Interval {
    /// A single day.
    pub fn day(day: Date) -> Interval {
        Interval { start: Some(day), end: Some(day) }
    }

    /// From one day to another.
    pub fn new(start: Date, end: Date) -> Interval {
        Interval { start: Some(start), end: Some(end) }
    }
}

/// How many.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Count {
    /// What is counted.
    pub what: Measure,
    /// At least so many; `None` for no lower bound.
    #[serde(default)]
    pub low: Option<u64>,
    /// At most so many; `None` for no upper bound.
    #[serde(default)]
    pub high: Option<u64>,
    /// Of whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// Over what stretch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<Scope>,
}

/// Words of the report that state the claim. Offsets count code points, half open.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Evidence {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The words there.
    pub exact: String,
}

/// From which words, and by which rule, one value was read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Ground {
    /// Which value.
    pub slot: Slot,
    /// First code point of the words.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The rule or model that read it.
    pub rule: String,
}

/// One proposition, attributed, with its evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "ClaimLine", into = "ClaimLine")]
pub struct Claim {
    /// Its id.
    pub id: ClaimId,
    /// The report's id.
    pub document: String,
    /// What it is about.
    pub kind: Kind,
    /// Where the report states it.
    pub evidence: Vec<Evidence>,
    /// How sure it sounds.
    pub status: Status,
    /// Who did it, holds it, says they will do it.
    pub actor: Vec<Filler>,
    /// Who or what it was done to.
    pub target: Vec<Filler>,
    /// The finest place named for it.
    pub place: Vec<Filler>,
    /// When it happened.
    pub time: Option<Interval>,
    /// How many.
    pub count: Option<Count>,
    /// Who says it, outermost first; empty for the reporter's own voice.
    pub source: Vec<Filler>,
    /// For `control`: how much of the place.
    pub degree: Option<Degree>,
    /// The text itself says that it could not be confirmed.
    pub unverified: bool,
    /// With what: an id of the codebook's means (`barrel_bomb`, `mortar`, `car_bomb`).
    pub means: Option<String>,
    /// For sieges and obstructions: what is cut off.
    pub cut: Vec<Cut>,
    /// The claim whose count this one's is a part of.
    pub part_of: Option<ClaimId>,
    /// Who or what read it ("gainsay 0.1.0").
    pub reader: String,
    /// What each value was read from.
    pub grounds: Vec<Ground>,
}

/// A filler as written: one string, or the mention and its names.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum FillerLine {
    One(String),
    Many(Vec<String>),
}

/// A claim as written down: one JSON object a line.
#[derive(Serialize, Deserialize)]
struct ClaimLine {
    #[serde(default)]
    id: ClaimId,
    document: String,
    kind: Kind,
    evidence: Vec<Evidence>,
    #[serde(default = "asserted")]
    status: Status,
    #[serde(default)]
    actor: Vec<FillerLine>,
    #[serde(default)]
    actor_id: Vec<Option<String>>,
    #[serde(default)]
    target: Vec<FillerLine>,
    #[serde(default)]
    target_id: Vec<Option<String>>,
    #[serde(default)]
    place: Vec<FillerLine>,
    #[serde(default)]
    place_id: Vec<Option<String>>,
    #[serde(default)]
    time: Option<Interval>,
    #[serde(default)]
    count: Option<Count>,
    #[serde(default)]
    source: Vec<FillerLine>,
    #[serde(default)]
    source_id: Vec<Option<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    degree: Option<Degree>,
    #[serde(default)]
    unverified: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    means: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    cut: Vec<Cut>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    part_of: Option<ClaimId>,
    #[serde(default)]
    reader: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    grounds: Vec<Ground>,
}

fn asserted() -> Status {
    Status::Asserted
}

fn fillers(lines: Vec<FillerLine>, ids: Vec<Option<String>>) -> Vec<Filler> {
    let mut ids = ids.into_iter();
    let mut filler = |line| {
        let id = ids.next().flatten();
        let (mention, name) = match line {
            FillerLine::One(mention) => (mention, None),
            FillerLine::Many(mut names) => {
                let mention = if names.is_empty() { String::new() } else { names.remove(0) };
                (mention, names.into_iter().next())
            }
        };
        let entity = id.map(|id| EntityRef { name: name.unwrap_or_else(|| mention.clone()), id });
        Filler { mention, entity }
    };
    lines.into_iter().map(&mut filler).collect()
}

fn lines(fillers: Vec<Filler>) -> (Vec<FillerLine>, Vec<Option<String>>) {
    let one = |filler: Filler| match filler.entity {
        Some(entity) => (FillerLine::Many(vec![filler.mention, entity.name]), Some(entity.id)),
        None => (FillerLine::Many(vec![filler.mention]), None),
    };
    fillers.into_iter().map(one).unzip()
}

impl From<ClaimLine> for Claim {
    fn from(line: ClaimLine) -> Claim {
        Claim {
            id: line.id,
            document: line.document,
            kind: line.kind,
            evidence: line.evidence,
            status: line.status,
            actor: fillers(line.actor, line.actor_id),
            target: fillers(line.target, line.target_id),
            place: fillers(line.place, line.place_id),
            time: line.time,
            count: line.count,
            source: fillers(line.source, line.source_id),
            degree: line.degree,
            unverified: line.unverified,
            means: line.means,
            cut: line.cut,
            part_of: line.part_of,
            reader: line.reader,
            grounds: line.grounds,
        }
    }
}

impl From<Claim> for ClaimLine {
    fn from(claim: Claim) -> ClaimLine {
        let (actor, actor_id) = lines(claim.actor);
        let (target, target_id) = lines(claim.target);
        let (place, place_id) = lines(claim.place);
        let (source, source_id) = lines(claim.source);
        ClaimLine {
            id: claim.id,
            document: claim.document,
            kind: claim.kind,
            evidence: claim.evidence,
            status: claim.status,
            actor,
            actor_id,
            target,
            target_id,
            place,
            place_id,
            time: claim.time,
            count: claim.count,
            source,
            source_id,
            degree: claim.degree,
            unverified: claim.unverified,
            means: claim.means,
            cut: claim.cut,
            part_of: claim.part_of,
            reader: claim.reader,
            grounds: claim.grounds,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_comes_back_as_it_was_written() {
        let line = r#"{"document":"d","kind":"capture","evidence":[{"start":0,"end":3,"exact":"abc"}],
            "actor":[["the group","Islamic State"],"rebels"],"actor_id":["islamic-state",null],
            "place":[["Ayyash"]],"time":{"start":"2016-01-18","end":null},
            "count":{"what":"killed","low":5,"high":null}}"#;
        let claim: Claim = serde_json::from_str(line).unwrap();
        assert_eq!(claim.actor[0].id(), Some("islamic-state"));
        assert_eq!(claim.actor[0].name(), "Islamic State");
        assert_eq!(claim.actor[1].name(), "rebels");
        assert_eq!(claim.status, Status::Asserted);
        let again: Claim = serde_json::from_str(&serde_json::to_string(&claim).unwrap()).unwrap();
        assert_eq!(claim, again);
    }
}
