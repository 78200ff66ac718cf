//! Claims that say where: into tellings by report, family, place, day and actors; and denials to events.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{EntityId, Kind, Scope, Status};
use jiff::civil::Date;

use super::{Cluster, family, text};
use crate::corpus::Names;
use crate::days::{Days, shift};
use crate::order::Order;
use crate::roots::{Camps, Said};
use crate::table::{rules, vague_place};

/// Spans longer than this are told of as a whole, and hold no single day's event (days).
const LONG: i64 = 10;
/// A claim that gives no day is about one of the last days before it was said (days).
const RECENT: i32 = 2;

/// So many deeds of one report are looked through for the one that a toll is of.
const MOST: usize = 200;

/// Events by text, family and place, then first day; the text is empty where events of all reports are meant.
type Index = BTreeMap<(String, &'static str, EntityId), BTreeMap<Option<Date>, Vec<usize>>>;

/// Clusters all claims that say where into tellings: what one report says of one happening.
pub(super) fn tellings(
    names: &Names,
    said: &[Said],
    claims: &[usize],
    carried: &BTreeSet<usize>,
) -> Vec<Cluster> {
    let mut shelf = Shelf::new(names);
    let mut clusters: Vec<Cluster> = Vec::new();
    for at in in_order(names, said, claims, Status::Asserted) {
        if carried.contains(&at) {
            continue;
        }
        let claim = &said[at];
        let Some(family) = family(claim) else { continue };
        match shelf.best(said, &clusters, shelf.near(text(claim), family, claim), claim) {
            Some(n) => join(&mut clusters[n], said, at),
            None => {
                let cluster = found_by(names, said, at);
                shelf.put(text(claim), family, &cluster.places, cluster.day, clusters.len());
                clusters.push(cluster);
            }
        }
    }
    clusters
}

/// Puts every denial that says where to the event it is of; one that is of none founds none. `home` is the event of
/// each telling: a denial is held against the events of the tellings near it and no others.
pub(super) fn denials(
    names: &Names,
    said: &[Said],
    tellings: &[Cluster],
    home: &[usize],
    events: &mut [Cluster],
    claims: &[usize],
) {
    let denied = in_order(names, said, claims, Status::Denied);
    if denied.is_empty() {
        return;
    }
    // Only what some denial can be of is looked up.
    let wanted: BTreeSet<(&str, &str)> = denied
        .iter()
        .filter_map(|&at| Some((family(&said[at])?, &said[at].link.places)))
        .flat_map(|(family, places)| {
            places.iter().flat_map(|place| around(names, place)).map(move |p| (family, p))
        })
        .collect();
    let mut shelf = Shelf::new(names);
    for (n, telling) in tellings.iter().enumerate() {
        let Some(family) = family(&said[telling.leader]) else { continue };
        let mut places = telling.places.iter().flat_map(|place| around(names, place));
        if places.any(|place| wanted.contains(&(family, place))) {
            shelf.put("", family, &telling.places, telling.day, n);
        }
    }
    for at in denied {
        let claim = &said[at];
        let Some(family) = family(claim) else { continue };
        let near: BTreeSet<usize> = shelf.near("", family, claim).into_iter().map(|n| home[n]).collect();
        if let Some(n) = shelf.best(said, events, near, claim) {
            join(&mut events[n], said, at);
        }
    }
}

/// What came of a deed told in the same words, and of no other place or day than that deed: it goes where the deed
/// goes, however much less it says of where that was.
pub(super) fn carried(names: &Names, said: &[Said], claims: &[usize]) -> BTreeSet<usize> {
    let told = |at: usize| matches!(said[at].link.claim.kind, Kind::Casualties | Kind::Destruction);
    let mut deeds: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for &at in claims {
        if !told(at) && said[at].link.claim.status == Status::Asserted && anchored(names, &said[at]) {
            deeds.entry(&said[at].link.claim.document).or_default().push(at);
        }
    }
    let overlap = |a: &Said, b: &Said| {
        let (ours, theirs) = (&a.link.claim.evidence, &b.link.claim.evidence);
        ours.iter().any(|x| theirs.iter().any(|y| x.start < y.end && y.start < x.end))
    };
    let there = |a: &Said, b: &Said| {
        let (ours, theirs) = (&a.link.places, &b.link.places);
        ours.iter().any(|outer| theirs.iter().any(|place| names.gazetteer.within(place, outer)))
    };
    let then = |a: &Said, b: &Said| a.link.when.zip(b.link.when).is_none_or(|(x, y)| x.overlaps(y));
    let of_a_deed = |at: &usize| {
        let (claim, kind) = (&said[*at], said[*at].link.claim.kind);
        let here = deeds.get(claim.link.claim.document.as_str()).map_or(&[][..], Vec::as_slice);
        told(*at)
            && claim.link.claim.status == Status::Asserted
            && here.iter().take(MOST).any(|&deed| {
                let deed = &said[deed];
                rules().together(kind, deed.link.claim.kind)
                    && overlap(claim, deed)
                    && (claim.link.home || there(claim, deed))
                    && then(claim, deed)
            })
    };
    claims.iter().copied().filter(of_a_deed).collect()
}

/// Claims of one status that say where, best told first.
pub(super) fn in_order(names: &Names, said: &[Said], claims: &[usize], status: Status) -> Vec<usize> {
    let wanted = |at: &usize| {
        said[*at].link.claim.status == status && family(&said[*at]).is_some() && anchored(names, &said[*at])
    };
    let mut order: Vec<usize> = claims.iter().copied().filter(wanted).collect();
    order.sort_by_cached_key(|&at| key(names, &said[at]));
    order
}

/// Where events are looked up.
pub(super) struct Shelf<'a> {
    names: Names<'a>,
    camps: Camps<'a>,
    index: Index,
    /// The longest event in each slot (days).
    spans: BTreeMap<(String, &'static str, EntityId), i64>,
}

impl<'a> Shelf<'a> {
    pub(super) fn new(names: &Names<'a>) -> Shelf<'a> {
        Shelf { names: *names, camps: Camps::new(*names), index: Index::new(), spans: BTreeMap::new() }
    }

    pub(super) fn put(
        &mut self,
        text: &str,
        family: &'static str,
        places: &[EntityId],
        day: Option<Days>,
        n: usize,
    ) {
        let slots: BTreeSet<&str> = places.iter().flat_map(|place| around(&self.names, place)).collect();
        for place in slots {
            let slot = (text.to_string(), family, place.to_string());
            let longest = self.spans.entry(slot.clone()).or_default();
            *longest = (*longest).max(day.map_or(0, Days::len));
            let by_day = self.index.entry(slot).or_default();
            by_day.entry(day.map(|day| day.from)).or_default().push(n);
        }
    }

    /// What stands near a claim: its place or the one around it, in its days.
    pub(super) fn near(&self, text: &str, family: &'static str, claim: &Said) -> BTreeSet<usize> {
        let mut found: BTreeSet<usize> = BTreeSet::new();
        for place in claim.link.places.iter().flat_map(|place| around(&self.names, place)) {
            let slot = (text.to_string(), family, place.to_string());
            let Some(by_day) = self.index.get(&slot) else { continue };
            found.extend(by_day.get(&None).into_iter().flatten());
            if let Some(day) = claim.day() {
                let longest = self.spans.get(&slot).copied().unwrap_or(0).min(40_000) as i32;
                let from = shift(day.from, -RECENT - 2 - longest);
                let days = by_day.range(Some(from)..=Some(shift(day.to, RECENT + 2)));
                found.extend(days.flat_map(|(_, found)| found));
            }
        }
        found
    }

    /// Of these the one that a claim fits best.
    fn best(
        &self,
        said: &[Said],
        clusters: &[Cluster],
        near: BTreeSet<usize>,
        claim: &Said,
    ) -> Option<usize> {
        let fits = near
            .into_iter()
            .filter_map(|n| Some((fit(&self.names, &self.camps, said, &clusters[n], claim)?, Reverse(n))));
        fits.max().map(|(_, Reverse(n))| n)
    }
}

/// Whether the claim names a place that an event can be found by; for a toll also one taken from its report, as the
/// tolls of one battle stand far apart in a text.
pub(super) fn anchored(names: &Names, claim: &Said) -> bool {
    let told = matches!(claim.link.claim.kind, Kind::Casualties | Kind::Destruction);
    (told || !claim.link.home) && claim.link.places.iter().any(|place| anchors(names, place))
}

fn anchors(names: &Names, place: &str) -> bool {
    let noun = place.split('@').next().and_then(|name| name.rsplit('-').next());
    names.gazetteer.place(place).is_some() || !noun.is_some_and(vague_place)
}

/// The place and the one that contains it.
pub(super) fn around<'a>(names: &Names<'a>, place: &'a str) -> Vec<&'a str> {
    let parent = names.gazetteer.place(place).and_then(|place| place.parent.as_deref());
    std::iter::once(place).chain(parent).collect()
}

/// Best told first: with a day, more than casualties, the finest place, the shortest span; then by content.
///
/// As bytes that sort so ([`Order`]).
pub(super) fn key(names: &Names, claim: &Said) -> Vec<u8> {
    let link = &claim.link;
    let depth = link.places.iter().map(|place| names.gazetteer.ancestors(place).len()).max().unwrap_or(0);
    let told = matches!(link.claim.kind, Kind::Casualties | Kind::Destruction);
    let span = link.when.map_or(0, Days::len);
    let mut order = Order::default();
    order.small(link.claim.status as u8).flag(link.when.is_none()).flag(told).greatest(depth as u64);
    order.signed(span).maybe(claim.day(), |order, days| order.day(days.from).day(days.to));
    order.texts(&link.places);
    let rank = rules().families.get(&link.claim.kind).map(|family| family.rank);
    order.maybe(rank, |order, rank| order.small(rank)).texts(&link.actors).texts(&link.targets);
    order.maybe(link.figure, |order, (measure, range)| {
        let number = |order: &mut Order, n: Option<u64>| _ = order.maybe(n, |order, n| order.number(n));
        number(order.small(measure as u8), range.low);
        number(order, range.high);
        order
    });
    order.texts(&claim.voice.roots).maybe(claim.first, |order, day| order.day(day)).text(claim.id());
    order.bytes()
}

/// Kinds that tell what came of another happening.
pub(super) fn told(kind: Kind) -> bool {
    matches!(kind, Kind::Casualties | Kind::Destruction)
}

/// A new event founded by a claim.
pub(super) fn found_by(names: &Names, said: &[Said], at: usize) -> Cluster {
    let claim = &said[at];
    let places = claim.link.places.iter().filter(|place| anchors(names, place)).cloned().collect();
    let mut cluster = Cluster {
        leader: at,
        members: Vec::new(),
        kinds: BTreeSet::new(),
        places,
        actors: Vec::new(),
        parties: BTreeSet::new(),
        day: claim.day(),
        timed: claim.link.when.is_some(),
    };
    join(&mut cluster, said, at);
    cluster
}

/// Adds a claim to an event.
pub(super) fn join(cluster: &mut Cluster, said: &[Said], at: usize) {
    let link = &said[at].link;
    cluster.members.push(at);
    if link.claim.status == Status::Asserted {
        cluster.kinds.insert(link.claim.kind);
        cluster.parties.extend(link.actors.iter().chain(&link.targets).cloned());
        if cluster.actors.is_empty() {
            cluster.actors.clone_from(&link.actors);
        }
    }
}

/// How well a claim fits an event; `None` where it does not.
pub(super) fn fit(
    names: &Names,
    camps: &Camps,
    said: &[Said],
    cluster: &Cluster,
    claim: &Said,
) -> Option<(u8, u8, u8)> {
    let kind = claim.link.claim.kind;
    let rules = rules();
    cluster.kinds.iter().all(|&other| rules.together(kind, other)).then_some(())?;
    // A denial is of this event only if everybody it names is told of in it.
    let told = |party: &EntityId| cluster.parties.iter().any(|other| camps.one_side(party, other));
    if claim.link.claim.status == Status::Denied
        && !claim.link.actors.iter().chain(&claim.link.targets).all(told)
    {
        return None;
    }
    let near = place_fit(names, cluster, claim)?;
    let leader = &said[cluster.leader];
    let same_text = text(leader) == text(claim);
    let time = time_fit(cluster, claim, same_text)?;
    // "They had avoided each other until the 15th" says nothing of the 16th.
    if claim.link.claim.status == Status::Denied && time == 1 {
        return None;
    }
    if told_of_another_stretch(cluster, claim) {
        return None;
    }
    let same_kind = cluster.kinds.contains(&kind);
    let actors = actor_fit(camps, cluster, claim);
    // A place as wide as a governorate says little, a day apart says less: then the actors must be told too.
    let wide = |place: &EntityId| {
        names.gazetteer.place(place).is_some_and(|place| {
            matches!(place.kind.as_str(), "country" | "governorate" | "province" | "district")
        })
    };
    let fine = near == 2 && !cluster.places.iter().any(wide);
    // One side takes what another leaves: by different parties, on the same day.
    let handed_over = matches!(kind, Kind::Capture | Kind::Withdrawal) && kind != leader.link.claim.kind;
    match (time, actors) {
        (3, Fit::Against) if handed_over => {}
        (3, Fit::Against) if fine && same_kind && rival_doers(names, cluster, claim, same_text) => {}
        (_, Fit::Against) => return None,
        (1, Fit::Unsaid) => return None,
        (1, Fit::Same) if !(fine && same_kind) => return None,
        (2, Fit::Unsaid) if !fine && !same_text => return None,
        _ => {}
    }
    if handed_over && time != 3 {
        return None;
    }
    let same_days = cluster.timed && cluster.day == claim.link.when;
    Some((near, time + u8::from(same_days), u8::from(same_kind) + 2 * u8::from(actors == Fit::Same)))
}

/// A toll over a week is not that of one day in it, nor the other way round; a running total may be of any part.
fn told_of_another_stretch(cluster: &Cluster, claim: &Said) -> bool {
    let running = claim.link.claim.count.as_ref().is_some_and(|count| count.scope == Some(Scope::Cumulative));
    let told = matches!(claim.link.claim.kind, Kind::Casualties | Kind::Destruction);
    let spans = cluster.day.filter(|_| cluster.timed).zip(claim.link.when);
    told && !running && spans.is_some_and(|(event, toll)| event.len().abs_diff(toll.len()) > 2)
}

/// 2 for one place in common, 1 for a place and the one around it.
fn place_fit(names: &Names, cluster: &Cluster, claim: &Said) -> Option<u8> {
    let pairs = || cluster.places.iter().flat_map(|a| claim.link.places.iter().map(move |b| (a, b)));
    if pairs().any(|(a, b)| a == b) {
        return Some(2);
    }
    let inside =
        |a: &str, b: &str| names.gazetteer.place(a).is_some_and(|place| place.parent.as_deref() == Some(b));
    pairs().any(|(a, b)| inside(a, b) || inside(b, a)).then_some(1)
}

/// 3 for the same days as both say, 2 where one of them does not say, 1 for the day before or after.
fn time_fit(cluster: &Cluster, claim: &Said, same_text: bool) -> Option<u8> {
    let (Some(a), Some(b)) = (cluster.day, claim.day()) else {
        return same_text.then_some(2);
    };
    let recent = |days: Days| Days { from: shift(days.from, -RECENT), to: days.to };
    match (cluster.timed, claim.link.when.is_some()) {
        (true, true) => {
            let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
            if long.len() > LONG {
                let shared = Days { from: a.from.max(b.from), to: a.to.min(b.to) };
                let half = a.overlaps(b) && shared.len() * 2 >= long.len();
                return half.then_some(3);
            }
            if a.overlaps(b) {
                return Some(3);
            }
            short.widen(1).overlaps(long).then_some(1)
        }
        (true, false) => (a.len() <= LONG && recent(b).overlaps(a)).then_some(2),
        (false, true) => (b.len() <= LONG && recent(a).overlaps(b)).then_some(2),
        (false, false) => a.widen(1).overlaps(b).then_some(if same_text { 3 } else { 2 }),
    }
}

/// How two lists of doers stand to each other.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// They are, or are on one side.
    Same,
    /// One of the two names none.
    Unsaid,
    /// They are others.
    Against,
}

/// Whether the claim's doers are the event's.
pub(super) fn actor_fit(camps: &Camps, cluster: &Cluster, claim: &Said) -> Fit {
    let link = &claim.link;
    let meet = |ours: &[EntityId], theirs: &[EntityId]| {
        ours.iter().any(|a| theirs.iter().any(|b| camps.one_side(a, b)))
    };
    let parties: Vec<EntityId> = cluster.parties.iter().cloned().collect();
    if link.actors.is_empty() || cluster.actors.is_empty() {
        return Fit::Unsaid;
    }
    // Fighting has no direction, and the dead of a battle are of both sides.
    let either =
        |kind: Kind| matches!(kind, Kind::Clash | Kind::Casualties | Kind::Destruction | Kind::Agreement);
    let across = either(link.claim.kind) || cluster.kinds.iter().all(|kind| either(*kind));
    match meet(&link.actors, &cluster.actors) || (across && meet(&link.actors, &parties)) {
        true => Fit::Same,
        false => Fit::Against,
    }
}

/// Two reports that name different doers of what only one can have done, on one day, in one small place.
fn rival_doers(names: &Names, cluster: &Cluster, claim: &Said, same_text: bool) -> bool {
    let kind = claim.link.claim.kind;
    let one_doer = matches!(kind, Kind::Airstrike | Kind::Shelling | Kind::Bombing | Kind::Detention);
    let day = cluster.day.is_some_and(Days::is_day) && claim.day().is_some_and(Days::is_day);
    let small = |place: &EntityId| names.gazetteer.place(place).is_none_or(|place| place.kind != "city");
    one_doer && day && !same_text && cluster.places.iter().all(small)
}
