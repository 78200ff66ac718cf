//! Names nobody knows that are spellings of one another.
//!
//! **Takes** the names that no list holds, each with the provinces of the reports it stands in.
//! **Gives** pairs that count as one, and pairs that are only offered, each with its points and reasons.
//! **Never** joins on spelling alone what is told of in different provinces, nor what people have parted; a name
//! joins others only where it is likely one with each of them, so that no chain of small steps joins two strangers.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_lexicon::fold;
use gainsay_lexicon::index::{Candidates, LONGEST_NEAR};
use gainsay_lexicon::translit::Spelled;
use gainsay_lexicon::translit::letters::spell;
use gainsay_model::{EntityId, Slot};

use super::Linked;
use super::local::Unknown;
use super::many;
use super::points::points;

/// What the ledger tells of a name nobody knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Told {
    /// Its wordings.
    pub(crate) mentions: BTreeSet<String>,
    /// Whether it stands for a party, a place, a source.
    pub(crate) roles: [bool; 3],
    /// Governorates that its reports tell most of.
    pub(crate) homes: BTreeSet<EntityId>,
}

impl Told {
    /// The name stands so in a slot of a claim whose report tells most of a governorate.
    pub(crate) fn tell(&mut self, mention: &str, slot: Slot, home: Option<&str>) {
        if !self.mentions.contains(mention) {
            self.mentions.insert(mention.to_string());
        }
        let role = match slot {
            Slot::Place => 1,
            Slot::Source => 2,
            _ => 0,
        };
        self.roles[role] = true;
        if let Some(home) = home.filter(|home| !self.homes.contains(*home)) {
            self.homes.insert(home.to_string());
        }
    }
}

/// Two names that are likely one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NameOffer {
    /// The one.
    pub a: EntityId,
    /// The other.
    pub b: EntityId,
    /// What speaks for it, in the points of `data/linking.tsv`.
    pub score: i32,
    /// Why.
    pub reasons: Vec<&'static str>,
}

/// Names that count as one, and those that may be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Joined {
    /// Each name with the one it counts as.
    pub(crate) pairs: Vec<(EntityId, EntityId)>,
    /// By ids.
    pub(crate) offers: Vec<NameOffer>,
}

/// Keys shorter than this are too common to be one name by their spelling.
const SHORT: usize = 6;

/// How many spellings a name is compared with.
const COMPARED: usize = 24;

/// What the ledger tells of each name nobody knows; `homes` are the provinces that reports tell most of.
pub(crate) fn told(
    linked: &[Linked],
    unknown: &[Unknown],
    homes: &BTreeMap<&str, EntityId>,
) -> BTreeMap<EntityId, Told> {
    let mut all: BTreeMap<EntityId, Told> = BTreeMap::new();
    for one in unknown {
        let home = homes.get(linked[one.at].claim.document.as_str());
        all.entry(one.id.clone()).or_default().tell(one.mention, one.slot, home.map(String::as_str));
    }
    all
}

/// One name made ready.
struct Name<'t> {
    id: &'t EntityId,
    told: &'t Told,
    spelled: Spelled,
    key: String,
}

/// Which names count as one; those in `parted` never do.
pub(crate) fn joined<'t>(all: &'t BTreeMap<EntityId, Told>, parted: &[(&str, &str)]) -> Joined {
    let ready = |(id, told): (&'t EntityId, &'t Told)| {
        let mention = told.mentions.first()?;
        let letters = spell(mention);
        let key = fold::key(mention);
        let fits = (3..=LONGEST_NEAR).contains(&letters.len());
        fits.then(|| Name { id, told, spelled: Spelled::from_letters(letters), key })
    };
    let names: Vec<Name> = all.iter().filter_map(ready).collect();
    let near = Candidates::of(names.iter().map(|name| name.spelled.letters()));
    let apart: BTreeSet<(&str, &str)> = parted.iter().copied().collect();
    let least = points().of("bound", "apart");
    let all: Vec<usize> = (0..names.len()).collect();
    let pairs_of = |&i: &usize| -> Vec<(i32, usize, usize)> {
        let found = near.near(names[i].spelled.letters(), 1, COMPARED).into_iter().map(|j| j as usize);
        let pairs = found.filter(|&j| j > i).map(|j| (alike(&names[i], &names[j]).0, i, j));
        pairs.filter(|pair| pair.0 >= least).collect()
    };
    let mut pairs: Vec<(i32, usize, usize)> = many::map(&all, pairs_of).into_iter().flatten().collect();
    pairs.retain(|&(_, i, j)| !apart.contains(&(names[i].id.as_str(), names[j].id.as_str())));
    pairs.sort_unstable_by_key(|&(sum, i, j)| (-sum, i, j));
    pairs.dedup();
    join(&names, &pairs, &apart)
}

/// Joins from the likeliest pair on.
fn join(names: &[Name], pairs: &[(i32, usize, usize)], apart: &BTreeSet<(&str, &str)>) -> Joined {
    let (least, enough) = (points().of("bound", "apart"), points().of("bound", "join"));
    let mut group: Vec<usize> = (0..names.len()).collect();
    let mut members: Vec<Vec<usize>> = (0..names.len()).map(|at| vec![at]).collect();
    let one = |i: usize, j: usize| {
        let (i, j) = (i.min(j), i.max(j));
        !apart.contains(&(names[i].id.as_str(), names[j].id.as_str()))
            && alike(&names[i], &names[j]).0 >= least
    };
    let mut joined = Joined::default();
    for &(sum, i, j) in pairs {
        let (a, b) = (group[i].min(group[j]), group[i].max(group[j]));
        if a == b {
            continue;
        }
        if sum >= enough && members[a].iter().all(|&i| members[b].iter().all(|&j| one(i, j))) {
            let moved = std::mem::take(&mut members[b]);
            moved.iter().for_each(|&at| group[at] = a);
            members[a].extend(moved);
        }
    }
    for &(sum, i, j) in pairs.iter().filter(|&&(_, i, j)| group[i] != group[j]) {
        let (a, b) = (names[i].id.clone(), names[j].id.clone());
        joined.offers.push(NameOffer { a, b, score: sum, reasons: alike(&names[i], &names[j]).1 });
    }
    joined.offers.sort();
    let moved = (0..names.len()).filter(|&at| group[at] != at);
    joined.pairs = moved.map(|at| (names[at].id.clone(), names[group[at]].id.clone())).collect();
    joined
}

/// What speaks for two names being one.
fn alike(a: &Name, b: &Name) -> (i32, Vec<&'static str>) {
    let points = points();
    if !a.told.roles.iter().zip(b.told.roles).any(|(a, b)| *a && b) {
        return (i32::MIN, Vec::new());
    }
    let mut reasons = Vec::new();
    let mut sum = a.spelled.alike(&b.spelled);
    let enough = points.of("bound", "join");
    if a.key == b.key {
        sum = sum.max(enough);
        reasons.push("the same letters but for habits of spelling");
    } else {
        reasons.push("a likely spelling of the other");
    }
    if !a.told.homes.is_empty() && !b.told.homes.is_empty() {
        // Parties and sources move about, places do not.
        let places = a.told.roles[1] && b.told.roles[1];
        let case = match a.told.homes.is_disjoint(&b.told.homes) {
            false => "same",
            true if places => "other",
            true => "elsewhere",
        };
        sum += points.of("home", case);
        if case == "other" {
            sum = sum.min(enough - 1);
        }
        reasons.push(points.reason("home", case));
    }
    if a.key.chars().count().min(b.key.chars().count()) < SHORT {
        sum = sum.min(enough - 1);
    }
    (sum, reasons)
}
