//! How alike two tellings are: named features, each a case of `data/likeness.tsv` with its points and its reason.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{EntityId, Kind, Measure, Status};

use super::words::{Rarity, words};
use super::{Cluster, family, text};
use crate::corpus::Names;
use crate::days::{Days, between};
use crate::range::Range;
use crate::roots::{Camps, Said};
use crate::table::{rules, vague_place};

/// A telling without a day is of what happened up to so many days before it was said.
const NEWS: i64 = 7;
/// Two tellings without a day are of one time where they were said within so many days.
const SAID: i64 = 3;
/// Numbers from here on say something; one or two are dead in many a report.
const FEW: u64 = 3;
/// A telling leads a report if it begins within so many code points of the first.
const LEAD: usize = 200;
/// Words that tell less than this together tell nothing, shared or not (bits).
const SILENT: u32 = 20;
/// Cases of shared words: of the lesser telling's bits so many in a hundred, and so many bits.
const SHARED: [(&str, u32, u32); 4] = [("most", 70, 25), ("much", 45, 18), ("some", 25, 10), ("few", 10, 0)];

/// What a telling is compared by.
pub(super) struct Profile<'s> {
    /// Its texts, copies counted as one.
    pub(super) texts: BTreeSet<&'s str>,
    pub(super) family: &'static str,
    kinds: BTreeSet<Kind>,
    /// Where, as far as it can be told from other places.
    pub(super) places: Vec<&'s str>,
    /// Where, as far as its report lets one guess: good for finding candidates, not for comparing them.
    pub(super) near: Vec<&'s str>,
    /// When, where it says so.
    pub(super) when: Option<Days>,
    /// First and last day it was said.
    pub(super) said: Option<Days>,
    actors: BTreeSet<&'s EntityId>,
    parties: BTreeSet<&'s EntityId>,
    pub(super) figures: BTreeSet<(Measure, &'s str, Range)>,
    means: BTreeSet<&'s str>,
    /// Where its first words stand (code points).
    pub(super) start: usize,
    /// Its report leads with it.
    pub(super) leads: bool,
    /// Its report tells of nothing else that could be it.
    pub(super) alone: bool,
    /// Words of its evidence, sorted.
    pub(super) words: Vec<u64>,
    bits: u32,
}

impl<'s> Profile<'s> {
    /// The profile of a telling.
    pub(super) fn of(
        names: &Names,
        said: &'s [Said],
        cluster: &'s Cluster,
        rarity: &Rarity,
    ) -> Option<Profile<'s>> {
        let asserted = || {
            cluster.members.iter().map(|&at| &said[at]).filter(|s| s.link.claim.status == Status::Asserted)
        };
        let known = |place: &&str| {
            let noun = place.split('@').next().and_then(|name| name.rsplit('-').next());
            names.gazetteer.place(place).is_some() || !noun.is_some_and(vague_place)
        };
        // Only places that claims name: one that was inferred for want of any says nothing.
        let mut places: Vec<&str> =
            asserted().flat_map(|s| &s.link.places).map(String::as_str).filter(known).collect();
        places.sort_unstable();
        places.dedup();
        let mut all: Vec<u64> = asserted().flat_map(words).collect();
        all.sort_unstable();
        all.dedup();
        let told = |kind: Kind| matches!(kind, Kind::Casualties | Kind::Destruction);
        let by = |deeds: bool| {
            asserted()
                .filter(move |s| deeds != told(s.link.claim.kind))
                .flat_map(|s| &s.link.actors)
                .collect::<BTreeSet<_>>()
        };
        let actors = Some(by(true)).filter(|actors| !actors.is_empty()).unwrap_or_else(|| by(false));
        Some(Profile {
            texts: asserted().map(text).collect(),
            family: family(&said[cluster.leader])?,
            kinds: cluster.kinds.clone(),
            near: cluster.places.iter().map(String::as_str).collect(),
            places,
            when: cluster.day.filter(|_| cluster.timed),
            said: asserted().filter_map(|s| s.first).map(|day| Days::new(day, day)).reduce(Days::cover),
            actors,
            parties: asserted().flat_map(|s| s.link.actors.iter().chain(&s.link.targets)).collect(),
            figures: asserted()
                .filter_map(|s| s.link.figure.map(|(measure, range)| (measure, &*s.link.group, range)))
                .collect(),
            means: asserted().filter_map(|s| s.link.claim.means.as_deref()).collect(),
            start: asserted().flat_map(|s| &s.link.claim.evidence).map(|e| e.start).min().unwrap_or(0),
            leads: false,
            alone: false,
            bits: all.iter().map(|&word| rarity.bits(word)).sum(),
            words: all,
        })
    }

    /// The day it is looked for by.
    pub(super) fn day(&self) -> Option<Days> {
        self.when.or(self.said)
    }
}

/// One feature of a pair: its name and the case it is.
pub(super) type Case = (&'static str, &'static str);

/// So many features a pair has.
pub(super) const FEATURES: usize = 10;

/// So many tellings of one report are looked through for others that could be it.
const MOST: usize = 100;

/// Marks what each report leads with, and tellings that nothing else in their report could be mistaken for.
pub(super) fn place_in_report(profiles: &mut [Option<Profile>]) {
    let mut texts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (n, profile) in profiles.iter().enumerate() {
        for text in profile.iter().flat_map(|profile| &profile.texts) {
            texts.entry(text).or_default().push(n);
        }
    }
    let mut marks: Vec<(usize, bool, bool)> = Vec::new();
    for mut here in texts.into_values() {
        here.sort_by_key(|&n| (profiles[n].as_ref().map(|profile| profile.start), n));
        let get = |n: usize| profiles[n].as_ref();
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
}

fn both(a: bool, b: bool) -> &'static str {
    match (a, b) {
        (true, true) => "both",
        (false, false) => "neither",
        _ => "one",
    }
}

fn means(a: &Profile, b: &Profile) -> &'static str {
    match (a.means.is_empty() || b.means.is_empty(), a.means.is_disjoint(&b.means)) {
        (true, _) => "unsaid",
        (_, false) => "same",
        _ => "other",
    }
}

/// All features of a pair.
pub(super) fn likeness(
    names: &Names,
    camps: &Camps,
    rarity: &Rarity,
    a: &Profile,
    b: &Profile,
) -> [Case; FEATURES] {
    [
        ("actors", actors(camps, a, b)),
        ("alone", both(a.alone, b.alone)),
        ("figures", figures(a, b)),
        ("kind", kind(a, b)),
        ("lead", both(a.leads, b.leads)),
        ("means", means(a, b)),
        ("place", place(names, a, b)),
        ("report", if a.texts.is_disjoint(&b.texts) { "two" } else { "one" }),
        ("time", time(a, b)),
        ("words", shared(rarity, a, b)),
    ]
}

fn actors(camps: &Camps, a: &Profile, b: &Profile) -> &'static str {
    let meet = |ours: &BTreeSet<&EntityId>, theirs: &BTreeSet<&EntityId>| {
        ours.iter().any(|x| theirs.iter().any(|y| camps.one_side(x, y)))
    };
    if a.actors.is_empty() || b.actors.is_empty() {
        return "unsaid";
    }
    // Fighting has no direction, and the dead of a battle are of both sides.
    let either = |kinds: &BTreeSet<Kind>| {
        kinds.iter().all(|kind| {
            matches!(
                kind,
                Kind::Clash | Kind::Casualties | Kind::Destruction | Kind::Agreement | Kind::Attack
            )
        })
    };
    let across = either(&a.kinds) || either(&b.kinds);
    let same =
        meet(&a.actors, &b.actors) || across && (meet(&a.actors, &b.parties) || meet(&a.parties, &b.actors));
    // Somebody the word lists do not know may be of either side.
    let known = |ids: &BTreeSet<&EntityId>| ids.iter().any(|id| camps.takes_side(id));
    match (same, known(&a.actors) && known(&b.actors)) {
        (true, _) => "same",
        (false, true) => "against",
        // Who joins whom is all there is to tell: another name is another joining.
        _ if a.family == "allegiance" => "unknown",
        _ => "unsaid",
    }
}

fn figures(a: &Profile, b: &Profile) -> &'static str {
    let point = |(measure, _, range): &(Measure, &str, Range)| (*measure, range.point());
    let ours: BTreeSet<(Measure, u64)> = a.figures.iter().map(point).filter(|(_, n)| *n >= FEW).collect();
    let shared: Vec<u64> =
        b.figures.iter().map(point).filter(|figure| ours.contains(figure)).map(|(_, n)| n).collect();
    if shared.iter().any(|n| *n > 10 && n % 5 != 0) || shared.iter().collect::<BTreeSet<_>>().len() > 1 {
        return "telling";
    }
    if !shared.is_empty() {
        return "same";
    }
    let pairs = || {
        a.figures
            .iter()
            .flat_map(|x| b.figures.iter().map(move |y| (x, y)))
            .filter(|(x, y)| x.0 == y.0 && (x.1 == y.1 || x.1 == "all" || y.1 == "all"))
    };
    if pairs().next().is_none() {
        return "none";
    }
    if pairs().any(|(x, y)| x.2.agrees(y.2)) { "agree" } else { "against" }
}

fn kind(a: &Profile, b: &Profile) -> &'static str {
    let told = |kind: &Kind| matches!(kind, Kind::Casualties | Kind::Destruction);
    let deeds = |of: &BTreeSet<Kind>| -> BTreeSet<Kind> {
        let deeds: BTreeSet<Kind> = of.iter().copied().filter(|kind| !told(kind)).collect();
        if deeds.is_empty() { of.clone() } else { deeds }
    };
    let (ours, theirs) = (deeds(&a.kinds), deeds(&b.kinds));
    if !ours.is_disjoint(&theirs) {
        return "same";
    }
    let joins = ours.iter().any(|x| theirs.iter().any(|y| rules().together(*x, *y)));
    if joins { "joins" } else { "other" }
}

/// How wide a place is: 0 for a quarter, village or town, 1 for a city or district, 2 for a governorate or more.
pub(super) fn width(names: &Names, place: &str) -> u8 {
    match names.gazetteer.place(place).map_or("", |place| place.kind.as_str()) {
        "country" | "governorate" | "province" | "region" | "sea" => 2,
        "city" | "district" | "area" => 1,
        _ => 0,
    }
}

fn place(names: &Names, a: &Profile, b: &Profile) -> &'static str {
    let gazetteer = names.gazetteer;
    let one = |x: &str, y: &str| -> (u8, &'static str) {
        if x == y {
            return match width(names, x) {
                0 => (7, "fine"),
                1 => (6, "same"),
                _ => (4, "wide"),
            };
        }
        let outer = if gazetteer.within(x, y) {
            y
        } else if gazetteer.within(y, x) {
            x
        } else {
            let home = |place| gazetteer.governorate(place).map(|home| &home.id);
            return match (home(x), home(y)) {
                (Some(x), Some(y)) if x == y => (2, "region"),
                (Some(_), Some(_)) => (0, "apart"),
                // A place nobody knows may be anywhere.
                _ => (1, "region"),
            };
        };
        match width(names, outer) {
            2 => (3, "wide"),
            _ => (5, "nested"),
        }
    };
    let pairs = a.places.iter().flat_map(|x| b.places.iter().map(|y| one(x, y)));
    pairs.max().map_or("unsaid", |(_, case)| case)
}

fn time(a: &Profile, b: &Profile) -> &'static str {
    match (a.when, b.when) {
        (Some(x), Some(y)) if x.overlaps(y) => {
            let (short, long) = (x.len().min(y.len()), x.len().max(y.len()));
            // What began on one day began once, however long it is said to go on.
            if short + 2 < long && x.from != y.from { "part" } else { "same" }
        }
        (Some(x), Some(y)) if x.widen(1).overlaps(y) => "beside",
        (Some(_), Some(_)) => "apart",
        (Some(when), None) => recent(when, b.said),
        (None, Some(when)) => recent(when, a.said),
        (None, None) => match a.said.zip(b.said) {
            Some((x, y)) if x.gap(y) < SAID => "unsaid",
            Some(_) => "apart",
            None if a.texts == b.texts => "unsaid",
            None => "apart",
        },
    }
}

fn recent(when: Days, said: Option<Days>) -> &'static str {
    match said {
        Some(said) if (-1..=NEWS).contains(&between(when.to, said.from)) => "recent",
        Some(said) if when.widen(1).overlaps(said) => "recent",
        _ => "apart",
    }
}

fn shared(rarity: &Rarity, a: &Profile, b: &Profile) -> &'static str {
    let (mut x, mut y) = (a.words.iter().peekable(), b.words.iter().peekable());
    let mut bits = 0;
    while let (Some(&&ours), Some(&&theirs)) = (x.peek(), y.peek()) {
        if ours == theirs {
            bits += rarity.bits(ours);
        }
        if ours <= theirs {
            x.next();
        }
        if theirs <= ours {
            y.next();
        }
    }
    let least = a.bits.min(b.bits);
    if least < SILENT {
        return "few";
    }
    let case = SHARED.iter().find(|(_, share, most)| bits * 100 >= least * share && bits >= *most);
    case.map_or("none", |(case, ..)| case)
}
