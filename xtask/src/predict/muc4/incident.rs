//! Claims to incidents: what was done, to whom, by whom, with what.

use gainsay_model::{Claim, Kind, Slot, Status, TokenId, Upos};

use super::message::Message;
use super::nouns::{Nouns, Role};

/// MUC-4's types of incidents that gainsay's claims can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Type {
    /// Any violence that is none of the others.
    Attack,
    /// Something explodes or is dropped from the air.
    Bombing,
    /// Somebody is taken and held.
    Kidnapping,
    /// Something is set on fire.
    Arson,
}

impl Type {
    /// As the templates write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Type::Attack => "attack",
            Type::Bombing => "bombing",
            Type::Kidnapping => "kidnapping",
            Type::Arson => "arson",
        }
    }
}

/// What one claim says of an incident. Fillers are the tokens that head their words.
#[derive(Clone, Debug)]
pub struct Deed {
    /// Its type; `None` for harm that does not say by what.
    pub kind: Option<Type>,
    /// The word that states it.
    pub trigger: TokenId,
    /// The sentence it stands in.
    pub sentence: usize,
    /// Who did it.
    pub actors: Vec<TokenId>,
    /// To whom or what.
    pub targets: Vec<TokenId>,
    /// Where; may be a thing that was hit.
    pub places: Vec<TokenId>,
    /// The word stands for nothing else: "assassinated", "kidnapped", "dynamited".
    pub strong: bool,
    /// It wounds, and does not say that anybody died.
    pub wounds: bool,
    /// The claim it was read from.
    pub claim: usize,
}

/// The deeds that a message tells of, in order.
pub fn deeds(message: &Message, nouns: &Nouns) -> Vec<Deed> {
    let claims = message.reading.claims.iter().enumerate();
    let mut deeds: Vec<Deed> = claims.filter_map(|(n, claim)| deed(message, nouns, n, claim)).collect();
    deeds.sort_by_key(|deed| deed.trigger);
    deeds
}

fn deed(message: &Message, nouns: &Nouns, n: usize, claim: &Claim) -> Option<Deed> {
    if claim.status == Status::Denied {
        return None;
    }
    let stated = claim.grounds.iter().find(|ground| ground.slot == Slot::Kind)?;
    let trigger = message.head(stated)?;
    let frame = stated.rule.rsplit('.').next().unwrap_or_default();
    let means = claim.means.as_deref().unwrap_or_default();
    let exploded =
        matches!(means, "explosion" | "ied" | "car_bomb" | "suicide_bomb" | "mine" | "barrel_bomb");
    let kind = match claim.kind {
        Kind::Detention => match frame {
            "kidnap" | "kidnapping" | "abduct" | "abduction" | "hold-hostage" | "take-hostage"
            | "hostage-taking" | "hostage" | "hold-captive" | "hijack" | "hijacking" => {
                Some(Type::Kidnapping)
            }
            _ => return None,
        },
        Kind::Destruction => match frame {
            "burn" | "torch" | "set-ablaze" | "set-fire" | "set-afire" | "burn-down" => Some(Type::Arson),
            "dynamite" | "blow-up" | "bomb" => Some(Type::Bombing),
            _ if exploded => Some(Type::Bombing),
            _ => None,
        },
        Kind::Bombing => Some(Type::Bombing),
        Kind::Airstrike if matches!(frame, "bomb" | "bombing" | "strafe" | "air-raid" | "bombing-raid") => {
            Some(Type::Bombing)
        }
        Kind::Airstrike | Kind::Shelling => Some(Type::Attack),
        Kind::Attack if exploded => Some(Type::Bombing),
        Kind::Attack => Some(Type::Attack),
        Kind::Casualties => {
            if STRONG.iter().any(|word| frame.starts_with(word)) {
                Some(Type::Attack)
            } else {
                exploded.then_some(Type::Bombing)
            }
        }
        _ => return None,
    };
    let strong = matches!(kind, Some(Type::Kidnapping | Type::Bombing | Type::Arson))
        || STRONG.iter().any(|word| frame.starts_with(word));
    let places = message.heads(claim, Slot::Place);
    Some(Deed {
        kind,
        trigger,
        sentence: message.tree.sentence(trigger),
        actors: message.heads(claim, Slot::Actor),
        targets: message.heads(claim, Slot::Target),
        places: places.into_iter().filter(|&id| is_thing(message, nouns, id)).collect(),
        strong,
        wounds: matches!(frame, "injure" | "wound" | "injured" | "wounded" | "hurt" | "injury" | "maim"),
        claim: n,
    })
}

/// Beginnings of frames for killings that are no fighting.
const STRONG: &[&str] = &["assassin", "execut", "gun-down", "massacre", "murder", "slay", "terrorist"];

/// Whether a word is a thing that can be hit, and no place on a map.
pub fn is_thing(message: &Message, nouns: &Nouns, id: TokenId) -> bool {
    let listed = message.name(id).is_some_and(|name| {
        !name.entities.is_empty() && name.rule.starts_with("names.list") && name.tokens.contains(&id)
    });
    !listed
        && matches!(message.reading.tokens[id].upos, Upos::Noun | Upos::Propn)
        && nouns.is(&message.lemma(id), Role::Thing)
}
