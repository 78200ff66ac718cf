//! How alike two tellings are: named features, each a case of `data/likeness.tsv` with its points and its reason.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use gainsay_model::{Kind, Measure};

use super::profile::{Profile, width_of};
use crate::days::{Days, between};
use crate::numbered::{Atlas, Company};
use crate::range::Range;
use crate::table::rules;

/// A telling without a day is of what happened up to so many days before it was said.
const NEWS: i64 = 7;
/// Two tellings without a day are of one time where they were said within so many days.
const SAID: i64 = 3;
/// Numbers from here on say something; one or two are dead in many a report.
const FEW: u64 = 3;
/// Places so near to each other may be meant by each other's names (km).
const NEARBY: i64 = 12;
/// Words that tell less than this together tell nothing, shared or not (bits).
const SILENT: u32 = 20;
/// Figures whose lesser is at least so much of the greater may be of one happening (percent).
const NEAR: u64 = 75;
/// Figures whose lesser is less of the greater are far apart (percent).
const FAR: u64 = 40;
/// Cases of shared words: of the lesser telling's bits so many in a hundred, and so many bits.
const SHARED: [(&str, u32, u32); 4] = [("most", 70, 25), ("much", 45, 18), ("some", 25, 10), ("few", 10, 0)];

/// What places and actors are compared by.
pub(super) struct Ground<'s> {
    pub(super) atlas: &'s Atlas<'s>,
    pub(super) company: &'s Company<'s>,
}

impl Ground<'_> {
    fn width(&self, place: u32) -> u8 {
        width_of(self.atlas.kind(place))
    }
}

/// One feature of a pair: its name and the case it is.
pub(super) type Case = (&'static str, &'static str);

/// So many features a pair has.
pub(super) const FEATURES: usize = 14;

fn both(a: bool, b: bool) -> &'static str {
    match (a, b) {
        (true, true) => "both",
        (false, false) => "neither",
        _ => "one",
    }
}

fn means(a: &Profile, b: &Profile) -> &'static str {
    match (a.means.is_empty() || b.means.is_empty(), !a.means.iter().any(|means| b.means.contains(means))) {
        (true, _) => "unsaid",
        (_, false) => "same",
        _ => "other",
    }
}

/// All features of a pair.
pub(super) fn likeness(ground: &Ground, a: &Profile, b: &Profile) -> [Case; FEATURES] {
    let (words, wording) = shared(a, b);
    [
        ("actors", actors(ground.company, a, b)),
        ("alone", both(a.alone, b.alone)),
        ("figures", figures(a, b)),
        ("kind", kind(a, b)),
        ("lead", both(a.leads, b.leads)),
        ("means", means(a, b)),
        ("place", place(ground, a, b)),
        ("report", if a.text == b.text { "one" } else { "two" }),
        ("said", said(a, b)),
        ("time", time(a, b)),
        ("towns", towns(ground, a, b)),
        ("victims", victims(a, b)),
        ("wording", wording),
        ("words", words),
    ]
}

/// How long after each other two tellings were said.
fn said(a: &Profile, b: &Profile) -> &'static str {
    let Some((x, y)) = a.said.zip(b.said) else { return "unknown" };
    match between(x.from, y.from).abs() {
        0 => "day",
        1 => "next",
        2 | 3 => "days",
        _ => "later",
    }
}

/// Whether two tellings that both name quarters, villages or towns name one in common.
fn towns(ground: &Ground, a: &Profile, b: &Profile) -> &'static str {
    let atlas = ground.atlas;
    let small = |place: &u32| ground.width(*place) == 0;
    let (ours, theirs) = (&a.numbers.places, &b.numbers.places);
    let near = |x: &u32| theirs.iter().any(|y| small(y) && (atlas.within(*x, *y) || atlas.within(*y, *x)));
    match ours.iter().any(small) && theirs.iter().any(small) {
        false => "unsaid",
        true if ours.iter().filter(|x| small(x)).any(near) => "same",
        true => "other",
    }
}

/// Whether two tellings that both say of whom their figures are speak of the same people.
fn victims(a: &Profile, b: &Profile) -> &'static str {
    fn of<'p>(of: &'p Profile) -> impl Iterator<Item = &'p str> {
        of.figures.iter().map(|(_, who, _)| *who).filter(|who| *who != "all")
    }
    match () {
        () if of(a).next().is_none() || of(b).next().is_none() => "unsaid",
        () if of(a).any(|who| of(b).any(|other| who == other)) => "same",
        () => "other",
    }
}

fn actors(company: &Company, a: &Profile, b: &Profile) -> &'static str {
    let meet =
        |ours: &[u32], theirs: &[u32]| ours.iter().any(|x| theirs.iter().any(|y| company.one_side(*x, *y)));
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
    let (ours, theirs) = (&a.numbers, &b.numbers);
    if ours.actors.iter().any(|actor| theirs.actors.contains(actor)) {
        return "same";
    }
    let side = meet(&ours.actors, &theirs.actors)
        || across && (meet(&ours.actors, &theirs.parties) || meet(&ours.parties, &theirs.actors));
    // Somebody the word lists do not know may be of either side.
    let known = |actors: &[u32]| actors.iter().any(|actor| company.takes_side(*actor));
    match (side, known(&ours.actors) && known(&theirs.actors)) {
        (true, _) => "side",
        (false, true) => "against",
        // Who joins whom is all there is to tell: another name is another joining.
        _ if a.family == "allegiance" => "unknown",
        _ => "unsaid",
    }
}

fn figures(a: &Profile, b: &Profile) -> &'static str {
    let point = |(measure, _, range): &(Measure, &str, Range)| (*measure, range.point());
    let ours = |figure: &(Measure, u64)| figure.1 >= FEW && a.figures.iter().any(|own| point(own) == *figure);
    let shared = || b.figures.iter().map(point).filter(ours).map(|(_, n)| n);
    if let Some(first) = shared().next() {
        let telling = shared().any(|n| n != first || n > 10 && n % 5 != 0);
        return if telling { "telling" } else { "same" };
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
    let share = |x: Range, y: Range, least: u64| {
        let (less, more) = (x.point().min(y.point()), x.point().max(y.point()));
        less.saturating_mul(100) >= more.saturating_mul(least)
    };
    match () {
        () if pairs().any(|(x, y)| share(x.2, y.2, NEAR)) => "near",
        () if pairs().any(|(x, y)| x.2.agrees(y.2)) => "agree",
        () if pairs().any(|(x, y)| share(x.2, y.2, FAR)) => "against",
        () => "far",
    }
}

pub(super) fn kind(a: &Profile, b: &Profile) -> &'static str {
    let told = |kind: &Kind| matches!(kind, Kind::Casualties | Kind::Destruction);
    // The deeds told of; where there are none, all.
    fn deeds(of: &BTreeSet<Kind>, all: bool, told: fn(&Kind) -> bool) -> impl Iterator<Item = &Kind> {
        of.iter().filter(move |kind| all || !told(kind))
    }
    let only = |of: &BTreeSet<Kind>| of.iter().all(told);
    let (one, two) = (only(&a.kinds), only(&b.kinds));
    let (ours, theirs) = (|| deeds(&a.kinds, one, told), || deeds(&b.kinds, two, told));
    if ours().any(|kind| theirs().any(|other| kind == other)) {
        return "same";
    }
    let joins = ours().any(|x| theirs().any(|y| rules().together(*x, *y)));
    match joins {
        true if one || two => "toll",
        true => "joins",
        false => "other",
    }
}

fn place(ground: &Ground, a: &Profile, b: &Profile) -> &'static str {
    let atlas = ground.atlas;
    let one = |x: u32, y: u32| -> (u8, &'static str) {
        if x == y {
            return match ground.width(x) {
                0 => (8, "fine"),
                1 => (7, "same"),
                _ if atlas.kind(x) == Some("governorate") => (5, "home"),
                _ => (3, "country"),
            };
        }
        let outer = if atlas.within(x, y) {
            y
        } else if atlas.within(y, x) {
            x
        } else {
            return match (atlas.governorate(x), atlas.governorate(y)) {
                (Some(a), Some(b)) if a == b => match atlas.km(x, y) {
                    Some(0..=NEARBY) => (2, "near"),
                    _ => (2, "region"),
                },
                (Some(_), Some(_)) => (0, "apart"),
                // A place nobody knows may be anywhere.
                _ => (1, "unknown"),
            };
        };
        match ground.width(outer) {
            2 if atlas.kind(outer) == Some("governorate") => (4, "wide"),
            2 => (3, "country"),
            _ => (6, "nested"),
        }
    };
    let pairs = a.numbers.places.iter().flat_map(|x| b.numbers.places.iter().map(|y| one(*x, *y)));
    pairs.max().map_or("unsaid", |(_, case)| case)
}

pub(super) fn time(a: &Profile, b: &Profile) -> &'static str {
    match (a.when, b.when) {
        (Some(x), Some(y)) if x.overlaps(y) => {
            let (short, long) = (x.len().min(y.len()), x.len().max(y.len()));
            match () {
                () if x == y && short == 1 => "day",
                () if x == y => "days",
                // What began on one day began once, however long it is said to go on.
                () if short + 2 < long && x.from != y.from => "part",
                () => "same",
            }
        }
        (Some(x), Some(y)) if x.widen(1).overlaps(y) => "beside",
        (Some(_), Some(_)) => "apart",
        (Some(when), None) => recent(when, b.said),
        (None, Some(when)) => recent(when, a.said),
        (None, None) => match a.said.zip(b.said) {
            Some((x, y)) if x.gap(y) < SAID => "unsaid",
            Some(_) => "apart",
            None if a.text == b.text => "unsaid",
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

/// How many telling words two tellings share: of those of the shorter one, and of those of the longer one.
fn shared(a: &Profile, b: &Profile) -> (&'static str, &'static str) {
    let (mut x, mut y) = (a.words.iter().peekable(), b.words.iter().peekable());
    let mut bits = 0;
    while let (Some(&&ours), Some(&&theirs)) = (x.peek(), y.peek()) {
        if ours == theirs {
            bits += ours.bits;
        }
        if ours <= theirs {
            x.next();
        }
        if theirs <= ours {
            y.next();
        }
    }
    let (least, most) = (a.bits.min(b.bits), a.bits.max(b.bits));
    if least < SILENT {
        return ("few", "few");
    }
    let case = SHARED.iter().find(|(_, share, few)| bits * 100 >= least * share && bits >= *few);
    let of_both = SHARED.iter().find(|(_, share, few)| bits * 100 >= most * share && bits >= *few);
    (case.map_or("none", |(case, ..)| case), of_both.map_or("none", |(case, ..)| case))
}

/// The points of a pair by its cases; none where one of them rules it out.
pub(super) fn points(cases: &[Case]) -> Option<i32> {
    cases
        .iter()
        .zip(table())
        .map(|((feature, case), (known, points))| {
            // The features of a pair stand in the order of the table.
            debug_assert_eq!(feature, known);
            points.iter().find(|(name, _)| name == case).and_then(|(_, points)| *points)
        })
        .sum()
}

/// One feature of a pair: which case it is.
type Feature = fn(&Ground, &Profile, &Profile) -> &'static str;

/// Whether a pair cannot reach so many points, by those of its features that are quickly told: most pairs cannot, and
/// need no closer look.
pub(super) fn hopeless(ground: &Ground, a: &Profile, b: &Profile, least: i32) -> bool {
    let quick: [(&str, Feature); 4] = [
        ("time", |_, a, b| time(a, b)),
        ("said", |_, a, b| said(a, b)),
        ("kind", |_, a, b| kind(a, b)),
        ("place", place),
    ];
    // Each feature counts as its best case until it is known.
    let mut most = most();
    for (feature, case) in quick {
        let Ok(row) = table().binary_search_by_key(&feature, |(name, _)| name) else { continue };
        let (_, points) = &table()[row];
        let case = case(ground, a, b);
        let Some(now) = points.iter().find(|(name, _)| *name == case).and_then(|(_, points)| *points) else {
            return true;
        };
        most += now - best(points);
        if most < least {
            return true;
        }
    }
    false
}

/// The points of a pair whose every feature is its best case.
fn most() -> i32 {
    static MOST: OnceLock<i32> = OnceLock::new();
    *MOST.get_or_init(|| table().iter().map(|(_, points)| best(points)).sum())
}

fn best(points: &[(&str, Option<i32>)]) -> i32 {
    points.iter().filter_map(|(_, points)| *points).max().unwrap_or(0)
}

/// Points by feature and case.
type Table = Vec<(&'static str, Vec<(&'static str, Option<i32>)>)>;

/// The points of `data/likeness.tsv` for the features of a pair, in their order.
fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Table::new();
        for ((feature, case), points) in
            rules().likeness.iter().filter(|((feature, _), _)| *feature != "bound")
        {
            match table.last_mut().filter(|(last, _)| last == feature) {
                Some((_, cases)) => cases.push((*case, points.points)),
                None => table.push((*feature, vec![(*case, points.points)])),
            }
        }
        table
    })
}
