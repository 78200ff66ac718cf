//! A frame: a word that states a kind of claim, and how the words around it fill its roles.

use gainsay_model::{Kind, Measure};

use crate::table::{Row, TableError};

/// Part of speech of a trigger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TriggerPos {
    /// A verb in any voice, participles too.
    Verb,
    /// A noun.
    Noun,
    /// An adjective that stands as noun or complement ("12 dead").
    Adjective,
}

/// Where in the tree a role's filler stands, seen from the trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Function {
    /// Subject of the active verb; the agent of a passive one.
    Subject,
    /// Object of the active verb; the subject of a passive one.
    Object,
    /// `by …`.
    By,
    /// `X's …`.
    Possessive,
    /// X before the noun.
    Compound,
    /// The trigger's own phrase.
    Own,
    /// Subject of the verb that governs the noun.
    GoverningSubject,
    /// Object of the verb that governs the noun.
    GoverningObject,
    /// The place that the phrase describes ("the town, under rebel control").
    GoverningPlace,
    /// What stands in apposition.
    Apposition,
    /// A preposition.
    Preposition(String),
}

/// What must be so for the frame to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Needs {
    /// The object is a place.
    Place,
    /// The subject is a place that is known, or that falls to somebody.
    PlaceSubject,
    /// The subject is an actor and the object a place.
    ActorPlace,
    /// The object is an actor.
    ActorObject,
    /// The object is people.
    People,
    /// The object is fighters or weapons.
    Arms,
    /// The subject is fighters or weapons.
    ArmsSubject,
    /// The subject is people who are no party.
    PeopleSubject,
    /// The object is "allegiance", "loyalty".
    Allegiance,
    /// A phrase with "from".
    From,
}

/// One row of `frames.tsv`.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The lemmas: verb and particle, or compound and head noun.
    pub words: Vec<String>,
    /// Part of speech of its head.
    pub pos: TriggerPos,
    /// The kind of claim it states.
    pub kind: Kind,
    /// Where the actor stands, best first.
    pub actor: Vec<Function>,
    /// Where the target stands.
    pub target: Vec<Function>,
    /// Where the place stands.
    pub place: Vec<Function>,
    /// What must be so.
    pub needs: Vec<Needs>,
    /// Verbs one of which must govern the noun; empty for any.
    pub with: Vec<String>,
    /// Prepositions one of which must precede the noun; empty for any.
    pub under: Vec<String>,
    /// What is counted.
    pub measure: Option<Measure>,
    /// The kind follows the means named nearby.
    pub refine: bool,
    /// Only with an actor, a target or a place filled.
    pub strict: bool,
}

impl Frame {
    /// The word under which the frame is looked up: the verb, or the last noun.
    pub fn head(&self) -> &str {
        match self.pos {
            TriggerPos::Noun => self.words.last(),
            _ => self.words.first(),
        }
        .map_or("", String::as_str)
    }

    pub(super) fn of(row: &Row) -> Result<Frame, TableError> {
        let pos = match row.get("pos") {
            "v" => TriggerPos::Verb,
            "n" => TriggerPos::Noun,
            "a" => TriggerPos::Adjective,
            other => return Err(row.error(format!("pos {other:?} is none of v, n, a"))),
        };
        let mut frame = Frame {
            words: row.get("word").split(' ').map(str::to_string).collect(),
            pos,
            kind: super::kind(row, "kind")?,
            actor: Vec::new(),
            target: Vec::new(),
            place: Vec::new(),
            needs: Vec::new(),
            with: Vec::new(),
            under: Vec::new(),
            measure: None,
            refine: false,
            strict: false,
        };
        for role in row.get("roles").split_whitespace() {
            let Some((slot, functions)) = role.split_once('=') else {
                return Err(row.error(format!("role {role:?} is not slot=functions")));
            };
            let functions = functions.split(',').filter(|name| !name.is_empty()).map(function).collect();
            match slot {
                "actor" => frame.actor = functions,
                "target" => frame.target = functions,
                "place" => frame.place = functions,
                other => return Err(row.error(format!("no slot {other:?}: actor, target or place"))),
            }
        }
        // An option's value may hold spaces ("with=cut off,take"): a new option starts only at a known word.
        let mut last: Option<(&str, String)> = None;
        let mut options: Vec<(&str, String)> = Vec::new();
        for part in row.get("options").split_whitespace() {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            if ["needs", "with", "in", "measure", "refine", "strict"].contains(&name) {
                options.extend(last.take());
                last = Some((name, value.to_string()));
            } else if let Some((_, value)) = &mut last {
                value.push(' ');
                value.push_str(part);
            } else {
                return Err(row.error(format!("no option {part:?}")));
            }
        }
        options.extend(last);
        for (name, value) in options {
            let list = || value.split(',').map(str::to_string).collect::<Vec<_>>();
            match name {
                "needs" => frame.needs.push(needs(row, &value)?),
                "with" => frame.with = list(),
                "in" => frame.under = list(),
                "measure" => frame.measure = Some(super::measure(row, &value)?),
                "refine" => frame.refine = true,
                _ => frame.strict = true,
            }
        }
        Ok(frame)
    }
}

fn function(name: &str) -> Function {
    match name {
        "subj" => Function::Subject,
        "obj" => Function::Object,
        "by" => Function::By,
        "poss" => Function::Possessive,
        "comp" => Function::Compound,
        "self" => Function::Own,
        "gsubj" => Function::GoverningSubject,
        "gobj" => Function::GoverningObject,
        "gplace" => Function::GoverningPlace,
        "appos" => Function::Apposition,
        preposition => Function::Preposition(preposition.replace('_', " ")),
    }
}

fn needs(row: &Row, name: &str) -> Result<Needs, TableError> {
    Ok(match name {
        "place" => Needs::Place,
        "placesubj" => Needs::PlaceSubject,
        "actorplace" => Needs::ActorPlace,
        "actorobj" => Needs::ActorObject,
        "people" => Needs::People,
        "arms" => Needs::Arms,
        "armssubj" => Needs::ArmsSubject,
        "peoplesubj" => Needs::PeopleSubject,
        "allegiance" => Needs::Allegiance,
        "from" => Needs::From,
        other => return Err(row.error(format!("needs {other:?} is unknown"))),
    })
}
