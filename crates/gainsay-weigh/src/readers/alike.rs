//! Whether two readings of one report are of one proposition, and where they differ.

use std::collections::BTreeSet;

use gainsay_lexicon::fold;
use gainsay_model::{Claim, Evidence, Filler, Interval, Kind, Slot};

use super::Difference;
use crate::corpus::Names;
use crate::range::Range;
use crate::table::rules;

/// Two readings that are held to be of one proposition.
pub(super) struct Alike {
    /// The more, the likelier.
    pub(super) score: i32,
    /// Where the second differs from the first.
    pub(super) differs: Vec<Difference>,
}

/// So many code points may lie between the words that two readers quote of one sentence.
const NEAR: usize = 120;

/// The least score of readings of one proposition: one kind of claim in the same words may differ in one value and agree
/// in none, or in two where it agrees in two.
const LEAST: i32 = 3;

/// What two values are to each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meet {
    /// They agree.
    Same,
    /// One says nothing, or less.
    Less,
    /// They differ.
    Differ,
    /// Neither says anything.
    None,
}

/// Compares two claims of one report.
pub(super) fn alike(stands: &Claim, other: &Claim, names: &Names) -> Option<Alike> {
    if let (Some(a), Some(b)) = (&stands.count, &other.count)
        && a.what != b.what
    {
        return None;
    }
    let gap = gap(&stands.evidence, &other.evidence);
    if gap > NEAR {
        return None;
    }
    let mut score = if gap == 0 { 2 } else { 0 };
    let mut agree = i32::from(stands.count.is_some() && stands.count == other.count);
    let mut differs: Vec<Difference> = Vec::new();
    let mut note =
        |slot: Slot, (a, b): (String, String)| differs.push(Difference { slot, stands: a, beside: b });
    let mut weigh = |meet: Meet, weight: i32| match meet {
        Meet::Same => {
            score += weight;
            agree += 1;
        }
        Meet::Differ => score -= weight,
        Meet::Less | Meet::None => {}
    };
    if stands.kind != other.kind {
        note(Slot::Kind, (stands.kind.to_string(), other.kind.to_string()));
    }
    for (slot, (a, b)) in parties(stands, other) {
        let meet = fillers(&a, &b, names);
        weigh(meet, 2);
        if matches!(meet, Meet::Less | Meet::Differ) {
            note(slot, (listed(&a), listed(&b)));
        }
    }
    let times = match (stands.time, other.time) {
        (Some(a), Some(b)) if a == b => Meet::Same,
        (Some(a), Some(b)) if overlap(a, b) => Meet::Less,
        (Some(_), Some(_)) => Meet::Differ,
        (None, None) => Meet::None,
        _ => Meet::Less,
    };
    weigh(times, 2);
    if matches!(times, Meet::Less | Meet::Differ) {
        note(Slot::Time, (days(stands.time), days(other.time)));
    }
    let bounds = |claim: &Claim| claim.count.as_ref().map(|count| Range { low: count.low, high: count.high });
    let counts = match (bounds(stands), bounds(other)) {
        (Some(a), Some(b)) if a == b => Meet::Same,
        (Some(_), Some(_)) => Meet::Differ,
        (None, None) => Meet::None,
        _ => Meet::Less,
    };
    weigh(counts, 3);
    if matches!(counts, Meet::Less | Meet::Differ) {
        let shown = |range: Option<Range>| range.map(|range| range.to_string()).unwrap_or_default();
        note(Slot::Count, (shown(bounds(stands)), shown(bounds(other))));
    }
    if stands.status != other.status {
        weigh(Meet::Differ, 1);
        note(Slot::Status, (stands.status.to_string(), other.status.to_string()));
    }
    if stands.means != other.means {
        let shown = |claim: &Claim| claim.means.clone().unwrap_or_default();
        note(Slot::Means, (shown(stands), shown(other)));
    }
    score += match stands.kind == other.kind {
        true => 4,
        // Another word for one violence, where something else says that it is one.
        false if gap == 0 && agree > 0 && one_family(stands.kind, other.kind) => 1,
        false => return None,
    };
    // Words nearby are of one proposition only where something in them agrees.
    (score >= LEAST && (gap == 0 || agree > 0)).then_some(Alike { score, differs })
}

fn one_family(a: Kind, b: Kind) -> bool {
    let families = &rules().families;
    // The dead of a strike are another claim than the strike.
    let family =
        |kind: Kind| families.get(&kind).filter(|_| kind != Kind::Casualties).map(|family| family.name);
    family(a).is_some() && family(a) == family(b)
}

/// What two claims have in one slot.
type Both<'c> = (Vec<&'c Filler>, Vec<&'c Filler>);

/// The slots of names, two by two; where there is no direction, doers and those done to are one.
fn parties<'c>(a: &'c Claim, b: &'c Claim) -> Vec<(Slot, Both<'c>)> {
    let both = |one: fn(&Claim) -> &Vec<Filler>| {
        (one(a).iter().collect::<Vec<_>>(), one(b).iter().collect::<Vec<_>>())
    };
    let mut slots = Vec::with_capacity(4);
    if matches!(a.kind, Kind::Clash | Kind::Agreement | Kind::Cooperation) {
        let sides = |claim: &'c Claim| claim.actor.iter().chain(&claim.target).collect::<Vec<_>>();
        slots.push((Slot::Actor, (sides(a), sides(b))));
    } else {
        slots.push((Slot::Actor, both(|claim| &claim.actor)));
        slots.push((Slot::Target, both(|claim| &claim.target)));
    }
    slots.push((Slot::Place, both(|claim| &claim.place)));
    slots.push((Slot::Source, both(|claim| &claim.source)));
    slots
}

/// Whether two lists of fillers name the same: all of the shorter, and as many.
fn fillers(a: &[&Filler], b: &[&Filler], names: &Names) -> Meet {
    match (a.is_empty(), b.is_empty()) {
        (true, true) => return Meet::None,
        (true, false) | (false, true) => return Meet::Less,
        (false, false) => {}
    }
    let keys = |fillers: &[&Filler]| -> Vec<BTreeSet<String>> {
        fillers.iter().map(|one| keys(one, names)).collect()
    };
    let (a, b) = (keys(a), keys(b));
    let met = |one: &BTreeSet<String>, others: &[BTreeSet<String>]| {
        others.iter().any(|other| !one.is_disjoint(other) || nested(one, other, names))
    };
    let same = |one: &BTreeSet<String>, others: &[BTreeSet<String>]| {
        others.iter().any(|other| !one.is_disjoint(other))
    };
    if a.iter().all(|one| same(one, &b)) && b.iter().all(|one| same(one, &a)) {
        return Meet::Same;
    }
    if a.iter().any(|one| met(one, &b)) { Meet::Less } else { Meet::Differ }
}

/// Whether one place or body lies in the other.
fn nested(a: &BTreeSet<String>, b: &BTreeSet<String>, names: &Names) -> bool {
    let within = |inner: &String, outer: &String| {
        names.gazetteer.within(inner, outer) || names.lexicon.wholes(inner).contains(&outer.as_str())
    };
    a.iter().any(|x| b.iter().any(|y| within(x, y) || within(y, x)))
}

/// What a filler may be known by: its id, whom the lists know by its words, and its letters.
fn keys(filler: &Filler, names: &Names) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    if let Some(id) = filler.id() {
        keys.insert(id.to_owned());
    } else {
        let phrase = filler.mention.to_lowercase();
        let bare = phrase.strip_prefix("the ").unwrap_or(&phrase);
        let found = names.index.find(&filler.mention).iter().chain(names.index.phrase(bare));
        keys.extend(found.map(|found| found.id.clone()));
    }
    keys.extend([&filler.mention, filler.name()].iter().map(|name| format!("“{}", fold::key(name))));
    keys
}

fn listed(fillers: &[&Filler]) -> String {
    let names: BTreeSet<&str> = fillers.iter().map(|filler| filler.name()).collect();
    names.into_iter().collect::<Vec<_>>().join(", ")
}

fn overlap(a: Interval, b: Interval) -> bool {
    let before = |end: Option<gainsay_model::Date>, start: Option<gainsay_model::Date>| {
        end.zip(start).is_some_and(|(end, start)| end < start)
    };
    !before(a.end, b.start) && !before(b.end, a.start)
}

fn days(time: Option<Interval>) -> String {
    let Some(time) = time else { return String::new() };
    let day = |day: Option<gainsay_model::Date>| day.map_or_else(|| "…".to_owned(), |day| day.to_string());
    if time.start == time.end {
        day(time.start)
    } else {
        format!("{} – {}", day(time.start), day(time.end))
    }
}

/// How many code points lie between the nearest pieces of evidence; 0 where they share one.
fn gap(a: &[Evidence], b: &[Evidence]) -> usize {
    let between =
        |x: &Evidence, y: &Evidence| y.start.saturating_sub(x.end).max(x.start.saturating_sub(y.end));
    a.iter().flat_map(|x| b.iter().map(move |y| between(x, y))).min().unwrap_or(usize::MAX)
}
