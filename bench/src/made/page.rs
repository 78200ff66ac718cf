//! The page of one report while it is written: sentences, and the claims that stand in them.

use gainsay_lexicon::{Actor, Place};
use gainsay_model::{
    Claim, Count, Cut, Date, Evidence, Filler, Group, Interval, Kind, Measure, Scope, Status,
};

use super::Truth;
use super::cast::mention;
use super::dice::Dice;

/// A page.
pub struct Page {
    /// The report's id.
    pub id: String,
    /// Its text so far.
    pub text: String,
    /// Its claims so far.
    pub claims: Vec<Claim>,
    /// What is true of each.
    pub truth: Vec<Truth>,
    length: usize,
}

/// What a claim says beside its kind.
#[derive(Default)]
pub struct Says {
    pub status: Option<Status>,
    pub actor: Vec<Filler>,
    pub target: Vec<Filler>,
    pub place: Vec<Filler>,
    pub time: Option<Interval>,
    pub count: Option<Count>,
    pub source: Vec<Filler>,
    pub means: &'static str,
    pub cut: Vec<Cut>,
    pub part_of: Option<usize>,
}

impl Page {
    /// An empty page.
    pub fn new(id: String) -> Page {
        Page { id, text: String::new(), claims: Vec::new(), truth: Vec::new(), length: 0 }
    }

    /// Writes a sentence down; gives where it stands, in code points.
    pub fn write(&mut self, sentence: &str) -> (usize, usize) {
        let start = self.length;
        self.text.push_str(sentence);
        self.text.push_str(". ");
        self.length += sentence.chars().count() + 2;
        (start, self.length - 2)
    }

    /// Adds a claim that stands in a sentence; gives its number on the page.
    pub fn claim(&mut self, kind: Kind, (start, end): (usize, usize), says: Says, truth: &Truth) -> usize {
        let mut exact: String = self.text.chars().skip(start).take(end - start).collect();
        exact.shrink_to_fit();
        let n = self.claims.len();
        self.claims.push(Claim {
            id: format!("{}-{n:02}", self.id),
            document: self.id.clone(),
            kind,
            evidence: vec![Evidence { start, end, exact }],
            status: says.status.unwrap_or(Status::Asserted),
            actor: says.actor,
            target: says.target,
            place: says.place,
            time: says.time,
            count: says.count,
            source: says.source,
            degree: None,
            unverified: false,
            means: (!says.means.is_empty()).then(|| says.means.to_string()),
            cut: says.cut,
            part_of: says.part_of.map(|total| format!("{}-{total:02}", self.id)),
            reader: String::new(),
            grounds: Vec::new(),
        });
        self.truth.push(truth.clone());
        n
    }
}

/// An actor as a report names it.
pub fn actor(dice: &mut Dice, actor: &Actor) -> Filler {
    mention(dice, &actor.id, &actor.name, &actor.names)
}

/// A place as a report names it.
pub fn place(dice: &mut Dice, place: &Place) -> Filler {
    mention(dice, &place.id, &place.name, &place.names)
}

/// Words without an entity.
pub fn bare(words: &str) -> Filler {
    Filler { mention: words.into(), entity: None }
}

/// So many, or at least so many.
pub fn count(what: Measure, n: u64, at_least: bool, group: Option<Group>, scope: Scope) -> Count {
    Count { what, low: Some(n), high: (!at_least).then_some(n), group, scope: Some(scope) }
}

/// One day.
pub fn on(day: Date) -> Interval {
    Interval { start: Some(day), end: Some(day) }
}

/// A word that is one of some thousands.
pub fn word(n: usize) -> String {
    const HEADS: [&str; 16] = [
        "bak", "cor", "dal", "fer", "gol", "har", "jin", "kel", "lom", "mar", "nor", "pel", "ran", "sol",
        "tam", "wes",
    ];
    const TAILS: [&str; 16] = [
        "ard", "ben", "cot", "dow", "ery", "fin", "gate", "hill", "ine", "ket", "low", "mont", "nage", "ock",
        "pool", "wick",
    ];
    let (head, middle, tail) = (n % 16, n / 16 % 16, n / 256 % 16);
    format!("{}{}{}", HEADS[head], &TAILS[middle][..2], TAILS[tail])
}
