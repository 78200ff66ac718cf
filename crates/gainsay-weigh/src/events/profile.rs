//! What a telling is compared by.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{Kind, Measure, Status};
use rayon::prelude::*;
use serde::{Deserialize, Deserializer, Serialize};

use super::likeness::{kind, time};
use super::words::{Word, words};
use super::{Cluster, family, text};
use crate::corpus::Names;
use crate::days::Days;
use crate::range::Range;
use crate::roots::Said;
use crate::table::{rules, vague_place};

/// A telling leads a report if it begins within so many code points of the first.
const LEAD: usize = 200;
/// So many tellings of one report are looked through for others that could be it.
const MOST: usize = 100;

/// Places and actors of a telling by number, sorted.
#[derive(Default)]
pub(super) struct Numbers {
    pub(super) places: Vec<u32>,
    pub(super) actors: Vec<u32>,
    pub(super) parties: Vec<u32>,
}

/// The name of a family of kinds, out of the rules and not out of what is read.
type FamilyName = &'static str;

/// What a telling is compared by.
#[derive(Serialize, Deserialize)]
pub(super) struct Profile<'s> {
    /// The report that tells it; of copies the original.
    pub(super) text: &'s str,
    /// Its family of kinds.
    #[serde(deserialize_with = "family_of")]
    pub(super) family: FamilyName,
    /// Its kinds.
    pub(super) kinds: BTreeSet<Kind>,
    /// Where, as far as it can be told from other places.
    #[serde(borrow)]
    pub(super) places: Vec<&'s str>,
    /// Where, as far as its report lets one guess: good for finding candidates, not for comparing them.
    #[serde(borrow)]
    pub(super) near: Vec<&'s str>,
    /// When, where it says so.
    pub(super) when: Option<Days>,
    /// First and last day it was said.
    pub(super) said: Option<Days>,
    /// Who did it.
    #[serde(borrow)]
    pub(super) actors: BTreeSet<&'s str>,
    /// Everybody named in it.
    #[serde(borrow)]
    pub(super) parties: BTreeSet<&'s str>,
    /// Its counts: of what, of whom, how many.
    #[serde(borrow)]
    pub(super) figures: Vec<(Measure, &'s str, Range)>,
    /// With what.
    #[serde(borrow)]
    pub(super) means: Vec<&'s str>,
    /// Where its first words stand (code points).
    pub(super) start: usize,
    /// Its report leads with it.
    pub(super) leads: bool,
    /// Its report tells of nothing else that could be it.
    pub(super) alone: bool,
    /// Words of its evidence, sorted, each once.
    pub(super) words: Vec<Word>,
    /// How much they tell together (bits).
    pub(super) bits: u32,
    /// What it names, by number, once the numbers of all are known.
    #[serde(skip)]
    pub(super) numbers: Numbers,
}

/// A family of kinds by its name, as the rules have it.
fn family_of<'d, D: Deserializer<'d>>(name: D) -> Result<FamilyName, D::Error> {
    let name = <&str>::deserialize(name)?;
    let known = rules().families.values().find(|family| family.name == name);
    known.map(|family| family.name).ok_or_else(|| serde::de::Error::custom("no such family of kinds"))
}

/// Sorted, each once, and no larger than need be: there are as many lists as tellings.
fn once<T: Ord>(mut list: Vec<T>) -> Vec<T> {
    list.sort_unstable();
    list.dedup();
    list.shrink_to_fit();
    list
}

impl<'s> Profile<'s> {
    /// The profile of a telling; none where it is of no family.
    pub(super) fn of(names: &Names, said: &'s [Said], cluster: &'s Cluster) -> Option<Profile<'s>> {
        let asserted = || {
            cluster.members.iter().map(|&at| &said[at]).filter(|s| s.link.claim.status == Status::Asserted)
        };
        let known = |place: &&str| {
            let noun = place.split('@').next().and_then(|name| name.rsplit('-').next());
            names.gazetteer.place(place).is_some() || !noun.is_some_and(vague_place)
        };
        // Only places that claims name: one that was inferred for want of any says nothing.
        let places: Vec<&str> =
            asserted().flat_map(|s| &s.link.places).map(String::as_str).filter(known).collect();
        let places = once(places);
        let all: Vec<Word> = once(asserted().flat_map(words).collect());
        let figures = asserted()
            .filter_map(|s| s.link.figure.map(|(measure, range)| (measure, &*s.link.group, range)))
            .collect();
        let told = |kind: Kind| matches!(kind, Kind::Casualties | Kind::Destruction);
        let by = |deeds: bool| {
            asserted()
                .filter(move |s| deeds != told(s.link.claim.kind))
                .flat_map(|s| &s.link.actors)
                .map(String::as_str)
                .collect::<BTreeSet<_>>()
        };
        let actors = Some(by(true)).filter(|actors| !actors.is_empty()).unwrap_or_else(|| by(false));
        Some(Profile {
            text: text(&said[cluster.leader]),
            family: family(&said[cluster.leader])?,
            kinds: cluster.kinds.clone(),
            near: cluster.places.iter().map(String::as_str).collect(),
            places,
            when: cluster.day.filter(|_| cluster.timed),
            said: asserted().filter_map(|s| s.first).map(|day| Days::new(day, day)).reduce(Days::cover),
            actors,
            parties: asserted()
                .flat_map(|s| s.link.actors.iter().chain(&s.link.targets))
                .map(String::as_str)
                .collect(),
            figures: once(figures),
            means: once(asserted().filter_map(|s| s.link.claim.means.as_deref()).collect()),
            start: asserted().flat_map(|s| &s.link.claim.evidence).map(|e| e.start).min().unwrap_or(0),
            leads: false,
            alone: false,
            bits: all.iter().map(|word| word.bits).sum(),
            words: all,
            numbers: Numbers::default(),
        })
    }

    /// The day it is looked for by.
    pub(super) fn day(&self) -> Option<Days> {
        self.when.or(self.said)
    }
}

/// The profiles of tellings, with marks on what each report leads with, and on those that nothing else in their
/// report could be mistaken for. All tellings of a report must be among them.
pub(super) fn profiles<'s>(
    names: &Names,
    said: &'s [Said],
    tellings: &'s [Cluster],
) -> Vec<Option<Profile<'s>>> {
    let mut profiles: Vec<Option<Profile>> =
        tellings.par_iter().map(|telling| Profile::of(names, said, telling)).collect();
    let mut texts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (n, profile) in profiles.iter().enumerate() {
        if let Some(profile) = profile {
            texts.entry(profile.text).or_default().push(n);
        }
    }
    let mut marks: Vec<(usize, bool, bool)> = Vec::new();
    for mut here in texts.into_values() {
        let get = |n: usize| profiles[n].as_ref();
        here.sort_by_key(|&n| (get(n).map(|profile| profile.start), n));
        let first = here.first().and_then(|&n| get(n)).map_or(0, |profile| profile.start);
        for &n in &here {
            let Some(one) = get(n) else { continue };
            let rival = |&other: &usize| {
                other != n
                    && get(other).is_some_and(|two| kind(one, two) == "same" && time(one, two) != "apart")
            };
            let alone = !here.iter().take(MOST).any(rival);
            marks.push((n, one.start <= first + LEAD, alone));
        }
    }
    for (n, leads, alone) in marks {
        if let Some(profile) = &mut profiles[n] {
            (profile.leads, profile.alone) = (leads, alone);
        }
    }
    profiles
}

/// How wide a place is: 0 for a quarter, village or town, 1 for a city or district, 2 for a governorate or more.
pub(super) fn width(names: &Names, place: &str) -> u8 {
    width_of(names.gazetteer.place(place).map(|place| place.kind.as_str()))
}

/// How wide places of this kind are.
pub(super) fn width_of(kind: Option<&str>) -> u8 {
    match kind.unwrap_or_default() {
        "country" | "governorate" | "province" | "region" | "sea" => 2,
        "city" | "district" | "area" => 1,
        _ => 0,
    }
}
