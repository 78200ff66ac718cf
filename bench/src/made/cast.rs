//! Who and where: parties, sources, outlets and places of the lists of words, with the spellings reports use.

use gainsay_lexicon::{Actor, Place, SourceEntry, Words};
use gainsay_model::{EntityRef, Filler};
use gainsay_weigh::slug;

use super::dice::Dice;

/// Sides that fight.
pub const SIDES: [&str; 4] = ["government", "opposition", "islamic-state", "kurdish"];
/// So many outlets nobody has listed.
const UNLISTED: usize = 300;
/// What unlisted outlets are called, after a place.
const TITLES: [&str; 8] =
    ["Post", "Voice", "Observer", "News Network", "Monitor", "Today", "Dispatch", "Gazette"];
/// Of a thousand mentions so many are linked by whoever read the report, and so many more are spelled as listed.
const LINKED: usize = 780;
const LISTED: usize = 160;

/// An outlet.
pub struct Outlet {
    /// As reports name it.
    pub name: String,
    /// Whom weighing should find.
    pub id: String,
    /// The list's entry, where it has one.
    pub entry: Option<&'static SourceEntry>,
}

/// All of them.
pub struct Cast {
    /// By side: the government, army and groups of that side.
    pub parties: Vec<Vec<&'static Actor>>,
    /// By side: its own media and ministries.
    pub mouths: Vec<Vec<&'static SourceEntry>>,
    /// Monitors that belong to nobody.
    pub monitors: Vec<&'static SourceEntry>,
    /// News agencies.
    pub wires: Vec<&'static SourceEntry>,
    /// Outlets, the greatest first.
    pub outlets: Vec<Outlet>,
    /// Towns and cities, the most fought over first.
    pub towns: Vec<&'static Place>,
    /// Villages and quarters.
    pub small: Vec<&'static Place>,
}

impl Cast {
    /// The cast of these words, in an order that the seed gives.
    pub fn new(words: &'static Words, dice: &mut Dice) -> Cast {
        let (lexicon, gazetteer) = (&words.lexicon, &words.gazetteer);
        let fights = |actor: &&Actor| {
            matches!(
                actor.kind.as_str(),
                "armed-group" | "militia" | "army" | "coalition" | "government" | "unit"
            )
        };
        let of = |side: &str| lexicon.actors.values().filter(fights).filter(|a| a.side == side).collect();
        let mouths = |side: &str| {
            let speaks = |s: &&SourceEntry| {
                s.side == side
                    && matches!(s.kind.as_str(), "party-media" | "agency" | "ministry" | "official")
            };
            lexicon.sources.values().filter(speaks).collect()
        };
        let kind = |kinds: &[&str]| -> Vec<&'static SourceEntry> {
            lexicon.sources.values().filter(|s| kinds.contains(&s.kind.as_str())).collect()
        };
        let free = |s: &&'static SourceEntry| s.belongs_to.is_none() && s.side == "neutral";
        let places = |kinds: &[&str]| -> Vec<&'static Place> {
            let inside = |p: &&Place| kinds.contains(&p.kind.as_str()) && gazetteer.within(&p.id, "syria");
            gazetteer.places.values().filter(inside).collect()
        };
        let mut cast = Cast {
            parties: SIDES.iter().map(|side| of(side)).collect(),
            mouths: SIDES.iter().map(|side| mouths(side)).collect(),
            monitors: kind(&["monitor"]).into_iter().filter(|s| s.belongs_to.is_none()).collect(),
            wires: kind(&["agency"]).into_iter().filter(free).collect(),
            outlets: Vec::new(),
            towns: places(&["city", "town"]),
            small: places(&["village", "neighbourhood"]),
        };
        shuffle(dice, &mut cast.towns);
        shuffle(dice, &mut cast.small);
        cast.parties.iter_mut().for_each(|side| shuffle(dice, side));
        let listed = kind(&["newspaper", "broadcaster", "site", "agency", "monitor", "party-media"]);
        cast.outlets = listed
            .into_iter()
            .map(|entry| Outlet { name: entry.name.clone(), id: entry.id.clone(), entry: Some(entry) })
            .collect();
        for n in 0..UNLISTED {
            let name = format!("{} {}", cast.towns[n % cast.towns.len()].name, TITLES[n % TITLES.len()]);
            cast.outlets.push(Outlet { id: slug(&name), name, entry: None });
        }
        shuffle(dice, &mut cast.outlets);
        cast
    }
}

fn shuffle<T>(dice: &mut Dice, list: &mut [T]) {
    for n in (1..list.len()).rev() {
        list.swap(n, dice.below(n + 1));
    }
}

/// A mention of an entity: a usual spelling, linked or not, or a slip of the pen.
pub fn mention(dice: &mut Dice, id: &str, name: &str, names: &[String]) -> Filler {
    let plain: Vec<&String> = names.iter().filter(|name| name.is_ascii()).collect();
    let written = match dice.below(plain.len() + 2) {
        n if n >= 2 => plain[n - 2].clone(),
        _ => name.to_string(),
    };
    let entity = || Some(EntityRef { id: id.into(), name: name.into() });
    match dice.below(1000) {
        n if n < LINKED => Filler { mention: written, entity: entity() },
        n if n < LINKED + LISTED => Filler { mention: written, entity: None },
        _ => Filler { mention: slip(dice, &written), entity: None },
    }
}

/// A name with one letter left out, doubled, or changed for its neighbour.
fn slip(dice: &mut Dice, name: &str) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let at = dice.below(letters.len().saturating_sub(1)) + 1;
    match (dice.below(3), letters.get(at).copied()) {
        (0, Some(_)) if letters.len() > 4 => drop(letters.remove(at)),
        (1, Some(letter)) => letters.insert(at, letter),
        (2, Some(_)) if at + 1 < letters.len() => letters.swap(at, at + 1),
        _ => {}
    }
    letters.into_iter().collect()
}
