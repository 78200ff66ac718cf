//! Claims to events: what several claims are held to be about.
//!
//! **Takes** claims with their voices.
//! **Gives** events, and for each claim the event it is about, if any.
//! **Never** merges on weak ground: another kind family, a place more than one level away, another day, other
//! actors keep claims apart. States (control, need …) are no events; what is said to be possible or intended
//! founds none, and a denial joins one but never founds one.
//!
//! Claims are taken in an order that depends on nothing but what they say, best told first; each joins the best
//! event it fits, or founds one. An event is matched by its founder, so that it does not creep from day to day.
//! Candidates come from an index by family, place and day, which keeps the work near-linear.

mod attach;
mod candidates;
mod cluster;
mod grade;
mod id;
mod likeness;
mod merge;
mod offers;
mod parts;
mod profile;
mod split;
pub(crate) mod settled;
pub(crate) mod staged;
mod steps;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{Claim, EntityId, Event, Interval, Kind, Measure, Status, Toll};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

pub use grade::information;
pub use offers::Offer;
pub use steps::Step;

use crate::corpus::{Corpus, Names};
use crate::days::Days;
use crate::link::{Linked, decided};
use crate::roots::{Camps, Said, side, takes_side};
use crate::table::rules;
use crate::tally::{Estimate, by_count, figures, ucdp};
use candidates::Lists;
use merge::{Link, Ruled, Tellings};
use profile::profiles;

/// Events, and for each claim (by its place in the list) the event it is about.
pub(crate) struct Events {
    /// By id.
    pub(crate) events: Vec<Event>,
    /// Claims of each event, as places in the list of claims.
    pub(crate) members: Vec<Vec<usize>>,
    /// The event of each claim, as a place in `events`.
    pub(crate) of: Vec<Option<usize>>,
    /// Pairs of events that are likely one.
    pub(crate) offers: Vec<Offer>,
}

/// One happening while it is put together.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Cluster {
    /// The claim that founded it.
    pub(crate) leader: usize,
    /// All its claims.
    pub(crate) members: Vec<usize>,
    /// Kinds told of it.
    pub(crate) kinds: BTreeSet<Kind>,
    /// Where, by its founder; empty where nobody says.
    pub(crate) places: Vec<EntityId>,
    /// Who did it, by the first claim that says so.
    pub(crate) actors: Vec<EntityId>,
    /// Everybody named in it, on either side.
    pub(crate) parties: BTreeSet<EntityId>,
    /// When, by its founder.
    pub(crate) day: Option<Days>,
    /// Whether the founder itself says when.
    pub(crate) timed: bool,
}

/// Finds events.
pub(crate) fn events(corpus: &Corpus, said: &mut [Said], by_id: &BTreeMap<&str, usize>) -> Events {
    let names = &corpus.names;
    let repeats = repeats(said);
    let first: Vec<usize> = (0..said.len()).filter(|at| !repeats.contains_key(at)).collect();
    let Joined { mut events, wholes, offers } = joined(corpus, said, by_id, &first);
    let homes: BTreeMap<usize, usize> = events
        .iter()
        .enumerate()
        .flat_map(|(n, cluster)| cluster.members.iter().map(move |&at| (at, n)))
        .collect();
    for (at, first) in repeats {
        if let Some(&home) = homes.get(&first) {
            events[home].members.push(at);
        }
    }
    for cluster in &events {
        whose_soldiers(names, said, cluster);
    }
    let said = &*said;
    let camps = Camps::new(*names);
    let mut built: Vec<(Event, Vec<usize>)> =
        events.into_par_iter().map(|cluster| build(&camps, said, by_id, cluster)).collect();
    let figures = |members: &Vec<usize>| id::figures(said, members);
    let same = id::repeated(built.iter().map(|(event, _)| event.id.as_str()));
    let mut same: Vec<(usize, id::Figures)> =
        same.into_iter().map(|at| (at, figures(&built[at].1))).collect();
    id::sort(&mut same, |at| &built[at].0);
    for (id, at) in id::numbered(&same, |at| &built[at].0) {
        built[at].0.id = id;
    }
    let ids: Vec<String> = built.iter().map(|(event, _)| event.id.clone()).collect();
    for ((event, _), whole) in built.iter_mut().zip(wholes) {
        event.part_of = whole.map(|whole| ids[whole].clone());
    }
    built.sort_by(|a, b| a.0.id.cmp(&b.0.id));
    let mut of = vec![None; said.len()];
    for (event, (_, members)) in built.iter().enumerate() {
        members.iter().for_each(|&at| of[at] = Some(event));
    }
    let (events, members) = built.into_iter().unzip();
    Events { events, members, of, offers }
}

/// Tellings joined to events.
struct Joined {
    events: Vec<Cluster>,
    /// The event that each is a part of.
    wholes: Vec<Option<usize>>,
    offers: Vec<Offer>,
}

/// What each report tells, joined to events where several tell one; which are parts of others; and what is offered.
fn joined(corpus: &Corpus, said: &[Said], by_id: &BTreeMap<&str, usize>, claims: &[usize]) -> Joined {
    let names = &corpus.names;
    let tellings = tellings(names, said, by_id, claims);
    let ruled = Ruled::of(said, &tellings, &decided(corpus.decisions, true));
    let all = Tellings::new(names, profiles(names, said, &tellings));
    let entries = all.profiles.iter().enumerate().filter_map(|(n, profile)| Some((n, profile.as_ref()?)));
    let entries = entries.flat_map(|(n, profile)| candidates::entries(names, profile, n as u32)).collect();
    let lists = Lists::new(entries, tellings.len());
    let mut links = all.links(&lists);
    let components = merge::components(tellings.len(), &links, &ruled);
    let mut component = vec![0; tellings.len()];
    for (at, here) in components.iter().enumerate() {
        here.iter().for_each(|&n| component[n] = at);
    }
    links.sort_by_key(|link| component[link.a]);
    let within = |at: usize| -> Vec<Link> {
        let from = links.partition_point(|link| component[link.a] < at);
        let here = links[from..].iter().take_while(|link| component[link.a] == at);
        here.filter(|link| component[link.b] == at).copied().collect()
    };
    let groups: Vec<Vec<usize>> = components
        .par_iter()
        .enumerate()
        .flat_map_iter(|(at, here)| merge::join(&all, here, &within(at), &ruled))
        .collect();
    let mut home = vec![0; tellings.len()];
    for (event, group) in groups.iter().enumerate() {
        group.iter().for_each(|&n| home[n] = event);
    }
    let event = |group: &Vec<usize>| merge::event(group.iter().map(|&n| tellings[n].clone()).collect());
    let mut events: Vec<Cluster> = groups.iter().filter_map(event).collect();
    let wholes = parts::parts(names, said, &events);
    let offers = offers::offers(said, &tellings, &all, &links, &groups, &wholes, &ruled);
    cluster::denials(names, said, &tellings, &home, &mut events, claims);
    Joined { events, wholes, offers }
}

/// What each report tells: of every report by itself, the best told first.
fn tellings(names: &Names, said: &[Said], by_id: &BTreeMap<&str, usize>, claims: &[usize]) -> Vec<Cluster> {
    let mut texts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for &at in claims {
        texts.entry(text(&said[at])).or_default().push(at);
    }
    let mut tellings: Vec<Cluster> =
        texts.par_iter().flat_map_iter(|(_, claims)| of_report(names, said, by_id, claims)).collect();
    tellings.sort_by_cached_key(|telling| cluster::key(names, &said[telling.leader]));
    tellings
}

/// What one report tells, of its claims and those of its copies.
fn of_report(names: &Names, said: &[Said], by_id: &BTreeMap<&str, usize>, claims: &[usize]) -> Vec<Cluster> {
    let carried = cluster::carried(names, said, claims);
    let tellings = cluster::tellings(names, said, claims, &carried);
    let tellings = attach::attach(names, said, by_id, tellings, claims, &carried);
    tellings.into_iter().flat_map(|telling| split::split(names, said, telling)).collect()
}

/// "Soldiers" killed in a strike on one side are that side's.
fn whose_soldiers(names: &Names, said: &mut [Said], cluster: &Cluster) {
    const NOBODYS: &str = "combatants";
    if !cluster.members.iter().any(|&at| said[at].link.group == NOBODYS) {
        return;
    }
    let struck = |at: &&usize| {
        let kind = said[**at].link.claim.kind;
        matches!(kind, Kind::Airstrike | Kind::Shelling | Kind::Bombing)
            && !said[**at].link.targets.is_empty()
    };
    let targets = cluster.members.iter().filter(struck).flat_map(|&at| &said[at].link.targets);
    let sides: BTreeSet<String> =
        targets.map(|target| side(names, target)).filter(|side| takes_side(side)).collect();
    let Some(side) = sides.first().filter(|_| sides.len() == 1).cloned() else { return };
    for &at in &cluster.members {
        if said[at].link.group == NOBODYS {
            said[at].link.group = format!("{side}-side");
        }
    }
}

/// Claims that repeat another word for word because their reports carry one text, each with the one it repeats:
/// they follow it and found nothing.
fn repeats(said: &[Said]) -> BTreeMap<usize, usize> {
    type Content<'s> = (&'s str, &'s Claim, &'s Linked<'s>);
    fn key<'s>((text, claim, link): Content<'s>) -> impl Ord + use<'s> {
        let who = (&link.actors, &link.targets, &link.places, &link.sources);
        (text, claim.kind, claim.status, who, link.when, link.figure, &link.group, &claim.evidence)
    }
    let content = |at: usize| (text(&said[at]), said[at].link.claim, &said[at].link);
    let of_copy = |at: usize| said[at].voice.copy_of.is_some();
    let copied: BTreeSet<&str> =
        (0..said.len()).filter(|&at| of_copy(at)).map(|at| text(&said[at])).collect();
    let mut all: Vec<usize> = (0..said.len()).filter(|&at| copied.contains(text(&said[at]))).collect();
    all.sort_by(|&a, &b| {
        key(content(a))
            .cmp(&key(content(b)))
            .then_with(|| (of_copy(a), said[a].id()).cmp(&(of_copy(b), said[b].id())))
    });
    let mut repeats = BTreeMap::new();
    let mut first = None;
    for at in all {
        match first {
            Some(known) if of_copy(at) && key(content(known)) == key(content(at)) => {
                _ = repeats.insert(at, known)
            }
            _ => first = Some(at),
        }
    }
    repeats
}

/// The report whose text a claim stands in: the original, where its own report is a copy.
pub(crate) fn text<'s>(claim: &'s Said) -> &'s str {
    claim.voice.copy_of.as_deref().unwrap_or(&claim.link.claim.document)
}

/// The family of a claim that can tell of an event.
pub(crate) fn family(said: &Said) -> Option<&'static str> {
    matches!(said.link.claim.status, Status::Asserted | Status::Denied).then_some(())?;
    rules().families.get(&said.link.claim.kind).map(|family| family.name)
}

fn build(
    camps: &Camps,
    said: &[Said],
    by_id: &BTreeMap<&str, usize>,
    mut cluster: Cluster,
) -> (Event, Vec<usize>) {
    cluster.members.sort_unstable();
    let asserted: Vec<usize> = cluster
        .members
        .iter()
        .copied()
        .filter(|&at| said[at].link.claim.status == Status::Asserted)
        .collect();
    let rank = |kind: &Kind| rules().families.get(kind).map_or(u8::MAX, |family| family.rank);
    let kind = asserted.iter().map(|&at| said[at].link.claim.kind).min_by_key(rank);
    let kind = kind.unwrap_or(said[cluster.leader].link.claim.kind);
    let mut places = cluster.places.clone();
    let mut others: BTreeSet<&EntityId> = asserted.iter().flat_map(|&at| &said[at].link.places).collect();
    others.retain(|place| !places.contains(place));
    places.extend(others.into_iter().cloned());
    let timed = asserted.iter().filter_map(|&at| said[at].link.when);
    let days = timed.reduce(Days::cover).or(cluster.day);
    let time = days.map_or(Interval { start: None, end: None }, |days| Interval::new(days.from, days.to));
    let all = |of: for<'s> fn(&'s Said<'_>) -> &'s Vec<EntityId>| -> Vec<EntityId> {
        let ids: BTreeSet<EntityId> = asserted.iter().flat_map(|&at| of(&said[at]).iter().cloned()).collect();
        ids.into_iter().collect()
    };
    let event = Event {
        id: id::stem(&cluster, kind, days),
        kind,
        place: places,
        time,
        actors: all(|claim| &claim.link.actors),
        targets: all(|claim| &claim.link.targets),
        killed: toll(camps, said, by_id, &asserted, Measure::Killed),
        injured: toll(camps, said, by_id, &asserted, Measure::Injured),
        claims: cluster.members.iter().map(|&at| said[at].link.claim.id.clone()).collect(),
        roots: all(|claim| &claim.voice.roots),
        grade: grade::grade(camps, said, by_id, &cluster.members),
        part_of: None,
    };
    (event, cluster.members)
}

/// Dead or wounded of the whole event: from figures of everybody; where no voice gives one, from the sum of the
/// disjoint groups that each voice gives (UCDP: the total is the sum of the sides and the civilians).
pub(crate) fn toll(
    camps: &Camps,
    said: &[Said],
    by_id: &BTreeMap<&str, usize>,
    claims: &[usize],
    measure: Measure,
) -> Toll {
    let counts = by_count(said, by_id, claims.iter().copied());
    let mut parts: BTreeMap<EntityId, Vec<crate::tally::Figure>> = BTreeMap::new();
    let mut totals = Vec::new();
    for ((of, group), claims) in counts {
        match group {
            _ if of != measure => {}
            "all" => totals = figures(camps, said, &claims),
            // Parts of parts.
            "children" | "women" | "men" => {}
            _ => figures(camps, said, &claims)
                .into_iter()
                .for_each(|figure| parts.entry(figure.root.clone()).or_default().push(figure)),
        }
    }
    if totals.is_empty() {
        let sum = |figures: Vec<crate::tally::Figure>| {
            figures.into_iter().reduce(|mut a, b| {
                a.range = a.range.plus(b.range);
                a
            })
        };
        totals = parts.into_values().filter_map(sum).collect();
    }
    let Estimate { low, best, high, .. } = ucdp(camps, &totals);
    Toll { low, best, high, policy: gainsay_model::Policy::Ucdp.as_str().into() }
}
