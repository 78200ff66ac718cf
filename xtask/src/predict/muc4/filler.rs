//! What may fill a slot of a template, and what it looks like there.

use gainsay_model::TokenId;

use super::incident::Type;
use super::message::Message;
use super::nouns::{Nouns, Role};

/// The slots of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// People who did it.
    PerpInd,
    /// The body that did it.
    PerpOrg,
    /// A thing that was hit.
    Target,
    /// A person that was hit, by name.
    Victim,
    /// With what.
    Weapon,
}

/// All slots, in the order of their numbers.
pub const SLOTS: &[Slot] = &[Slot::PerpInd, Slot::PerpOrg, Slot::Target, Slot::Victim, Slot::Weapon];

impl Slot {
    /// As the templates write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Slot::PerpInd => "PerpInd",
            Slot::PerpOrg => "PerpOrg",
            Slot::Target => "Target",
            Slot::Victim => "Victim",
            Slot::Weapon => "Weapon",
        }
    }
}

/// A mention that may fill a slot.
#[derive(Clone, Debug)]
pub struct Filler {
    /// The words, in small letters.
    pub text: String,
    /// What found it.
    pub rule: &'static str,
    /// What it looks like in its slot.
    pub features: Vec<String>,
    /// The word that heads it.
    head: TokenId,
    /// The word that states the deed; the head itself where no claim says so.
    trigger: TokenId,
}

impl Filler {
    /// Without features.
    pub fn new(text: String, rule: &'static str, head: TokenId, trigger: TokenId) -> Filler {
        Filler { text, rule, features: Vec::new(), head, trigger }
    }

    /// Its features in a template that scores so.
    pub fn features_in(&self, score: i64) -> Vec<String> {
        let mut features = self.features.clone();
        features.push("filler".to_string());
        features.push(format!("filler score={}", score.clamp(-300, 300) / 100));
        features
    }
}

/// What a filler looks like: what found it, how it stands in its sentence, which noun heads it where the table of nouns
/// knows it. Names are no features.
pub fn features(
    message: &Message,
    nouns: &Nouns,
    kind: Type,
    slot: Slot,
    rank: usize,
    filler: &Filler,
) -> Vec<String> {
    let tree = &message.tree;
    let mut found = Vec::new();
    let slot = slot.as_str();
    let rule = filler.rule;
    let rank = rank.min(3);
    let kind = kind.as_str();
    found.push(format!("{slot} rule={rule}"));
    found.push(format!("{slot} rule={rule} kind={kind}"));
    found.push(format!("{slot} rule={rule} rank={rank}"));
    found.push(format!("{slot} rank={rank}"));
    found.push(format!("{slot} words={}", filler.text.split(' ').count().min(4)));
    found.push(format!("{slot} rel={}", tree.rel(filler.head).as_str()));
    let case = tree.case(filler.head).unwrap_or_default();
    found.push(format!("{slot} case={case}"));
    found.push(format!("{slot} case={case} kind={kind}"));
    let verb = tree.ancestors(filler.head).take(4).find(|&id| tree.is_verb(id));
    let stated = verb.map(|verb| message.lemma(verb)).filter(|verb| {
        !message.words.codebook.frames(verb, gainsay_lexicon::codebook::TriggerPos::Verb).is_empty()
    });
    found.push(format!("{slot} verb={}", stated.unwrap_or_default()));
    let times = message.small.matches(&filler.text).count();
    found.push(format!("{slot} times={}", times.min(4)));
    if filler.trigger != filler.head {
        found.push(format!("{slot} after={}", filler.trigger < filler.head));
    }
    let roles = [Role::Thing, Role::Weapon, Role::Perp, Role::Culprit, Role::Org, Role::Military];
    let head = filler.text.split(' ').next_back().unwrap_or_default();
    if slot != "Victim" && roles.iter().any(|&role| nouns.is(head, role)) {
        found.push(format!("{slot} head={head}"));
    }
    if filler.text.split(' ').any(|word| nouns.is(word, Role::Military)) {
        found.push(format!("{slot} military"));
    }
    found
}
