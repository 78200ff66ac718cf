//! Events in stages, up to tellings joined: what each report tells, which tellings are compared, which are one.
//!
//! Tellings are numbered in the order in which one machine has them, so that of two the better told is the same; a list of
//! tellings is cut into stretches of days, each with what stands within reach after it.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{Claim, EntityId, Status};
use serde::{Deserialize, Serialize};

use super::candidates::{Entry, REACH, entries, near};
use super::merge::{self, Link, Ruled, Tellings};
use super::parts::Piece;
use super::profile::{Numbers, Profile, profiles};
use super::{Cluster, cluster, family, repeats};
use crate::corpus::Names;
use crate::days::Days;
use crate::kept::Kept;
use crate::roots::Said;
use crate::stages::{Carried, Out, Piles, Row, StageError, Table, all, get, read, row};

/// Days in a stretch of a list; more than [`REACH`].
const STRETCH: i32 = 32;

/// Claims out of rows, to be looked at.
pub(super) struct Claims {
    kept: Vec<Kept>,
    claims: Vec<Claim>,
}

impl Claims {
    /// These, with their words where `words` has them.
    pub(super) fn of(kept: Vec<Kept>) -> Claims {
        let claims = kept.iter().map(Kept::claim).collect();
        Claims { kept, claims }
    }

    /// By id.
    pub(super) fn said(&self) -> Vec<Said<'_>> {
        self.kept.iter().zip(&self.claims).map(|(kept, claim)| kept.clone().said(claim)).collect()
    }
}

/// Claims by their ids.
pub(super) fn by_id<'s>(said: &'s [Said]) -> BTreeMap<&'s str, usize> {
    said.iter().enumerate().map(|(at, said)| (said.id(), at)).collect()
}

/// What a report tells of one happening, or all reports: its claims sorted by id, and the cluster of them.
#[derive(Serialize, Deserialize)]
pub(super) struct Told {
    pub(super) cluster: Cluster,
    pub(super) kept: Vec<Kept>,
}

impl Told {
    /// A cluster of these claims, with no others.
    fn of(mut cluster: Cluster, said: &[Said]) -> Told {
        let mut members = cluster.members.clone();
        members.sort_unstable();
        let kept = members.iter().map(|&at| Kept::of(&said[at], None, None)).collect();
        cluster.leader = members.binary_search(&cluster.leader).unwrap_or(0);
        cluster.members = (0..members.len()).collect();
        Told { cluster, kept }
    }

    /// More claims of it.
    pub(super) fn join(self, more: Vec<Kept>) -> Told {
        let Told { mut cluster, mut kept } = self;
        let leader = kept.get(cluster.leader).map(|kept| kept.id().to_string());
        kept.extend(more);
        kept.sort_by(|a, b| a.id().cmp(b.id()));
        let leader = leader.and_then(|id| kept.iter().position(|kept| kept.id() == id));
        cluster.leader = leader.unwrap_or(0);
        cluster.members = (0..kept.len()).collect();
        Told { cluster, kept }
    }
}

/// A telling and what it is compared by.
#[derive(Serialize, Deserialize)]
struct TellingRow<'s> {
    told: Told,
    /// A [`Profile`].
    #[serde(borrow)]
    profile: Option<&'s [u8]>,
}

/// What the claims of whole texts tell.
pub(crate) fn tellings(names: &Names, rows: &[Row], out: &mut Out) -> Result<(), StageError> {
    let mut carried: Vec<Carried> = all(rows, Table::Said)?;
    carried.sort_by(|a, b| a.kept.id().cmp(b.kept.id()));
    let claims: Vec<Claim> = carried.iter().map(Carried::claim).collect();
    let said = carried.into_iter().zip(&claims);
    let (said, told_of): (Vec<Said>, Vec<Option<EntityId>>) = said
        .map(|(one, claim)| {
            let told_of = one.kept.told_of().cloned();
            (one.kept.said(claim), told_of)
        })
        .unzip();
    for (said, told_of) in said.iter().zip(told_of) {
        out.put(Table::Claimed, said.id(), &Kept::of(said, None, told_of));
        if let Some((measure, _)) = said.link.figure {
            out.put(Table::Total, said.id(), &(&said.link.group, measure));
        }
    }
    let repeats = repeats(&said);
    for (&at, &first) in &repeats {
        out.put(Table::Repeat, said[first].id(), &Kept::of(&said[at], None, None));
    }
    let first: Vec<usize> = (0..said.len()).filter(|at| !repeats.contains_key(at)).collect();
    for at in cluster::in_order(names, &said, &first, Status::Denied) {
        let Some(family) = family(&said[at]) else { continue };
        let places = said[at].link.places.iter().flat_map(|place| cluster::around(names, place));
        for place in places.collect::<BTreeSet<_>>() {
            out.put(Table::Denied, slot(family, place), &Kept::of(&said[at], None, None));
        }
    }
    let by_id = by_id(&said);
    let tellings = super::tellings(names, &said, &by_id, &first);
    for (telling, profile) in tellings.iter().zip(profiles(names, &said, &tellings)) {
        let profile = profile.map(|profile| row(Table::Profile, [], &profile).row);
        let key = cluster::key(names, &said[telling.leader]);
        let told = Told::of(telling.clone(), &said);
        out.put(Table::Telling, key, &TellingRow { told, profile: profile.as_deref() });
    }
    Ok(())
}

/// A kind family and a place, as a key.
fn slot(family: &str, place: &str) -> Vec<u8> {
    [family.as_bytes(), &[0], place.as_bytes()].concat()
}

/// A number as a key, so that keys sort as numbers do.
fn key(n: u32) -> [u8; 8] {
    u64::from(n).to_be_bytes()
}

/// The number of a key.
fn number(key: &[u8]) -> Result<u32, StageError> {
    let n = key.try_into().ok().map(u64::from_be_bytes).and_then(|n| u32::try_from(n).ok());
    n.ok_or_else(|| StageError::Row("a number of a telling".into()))
}

/// A telling's place in a stretch of a list.
#[derive(Serialize, Deserialize)]
struct EntryRow<'s> {
    day: i32,
    turn: u64,
    telling: u32,
    /// It stands after the stretch.
    after: bool,
    /// As much of a profile as rules most pairs out.
    #[serde(borrow)]
    profile: Profile<'s>,
}

/// Tellings with their numbers, and the lists that they stand in.
pub(crate) fn lists(names: &Names, rows: &[Row], out: &mut Out) -> Result<(), StageError> {
    for pile in rows.piles() {
        let (Some(telling), Some(n)) = (pile.one(Table::Telling), pile.one(Table::Number)) else {
            continue;
        };
        let n = number(&n.row)?;
        out.raw(Table::Numbered, key(n), &telling.row);
        let Some(profile) = get::<TellingRow>(telling)?.profile else { continue };
        out.raw(Table::Profile, key(n), profile);
        let profile: Profile = read(profile)?;
        let all = entries(names, &profile, n);
        let mut row = EntryRow { day: 0, turn: 0, telling: n, after: false, profile: quick(profile) };
        for Entry { list, day, turn, .. } in all {
            (row.day, row.turn) = (day, turn);
            let stretch = day.div_euclid(STRETCH);
            for (stretch, after) in [(stretch, false), (stretch - 1, true)] {
                // What stands after a stretch, but too late to be near anything in it, is none of its neighbours.
                if after && day - (stretch + 1) * STRETCH > REACH as i32 {
                    continue;
                }
                row.after = after;
                out.put(Table::Entry, [list.to_be_bytes(), i64::from(stretch).to_be_bytes()].concat(), &row);
            }
        }
    }
    Ok(())
}

/// What the days, kinds and places of a telling are; nothing more.
fn quick(of: Profile) -> Profile {
    let empty = Profile {
        text: "",
        near: Vec::new(),
        actors: BTreeSet::new(),
        parties: BTreeSet::new(),
        figures: Vec::new(),
        means: Vec::new(),
        words: Vec::new(),
        numbers: Numbers::default(),
        ..of
    };
    Profile { start: 0, bits: 0, ..empty }
}

/// Pairs of tellings that stand near each other in a list, but those that their days, kinds or places rule out.
pub(crate) fn neighbours(names: &Names, rows: &[Row], out: &mut Out) -> Result<(), StageError> {
    let mut places: Vec<(Entry, bool)> = Vec::with_capacity(rows.len());
    let mut profiles = Vec::with_capacity(rows.len());
    let mut starts = vec![0];
    for (list, pile) in (0..).zip(rows.piles()) {
        let mut here: Vec<EntryRow> = all(pile, Table::Entry)?;
        here.sort_by_key(|one| (one.day, one.turn, one.telling));
        for EntryRow { day, turn, telling, after, profile } in here {
            places.push((Entry { list, day, turn, telling }, after));
            profiles.push(Some(profile));
        }
        starts.push(places.len());
    }
    let all = Tellings::new(names, profiles);
    let mut pairs: BTreeSet<(u32, u32)> = BTreeSet::new();
    let entries: Vec<Entry> = places.iter().map(|(entry, _)| *entry).collect();
    for here in starts.windows(2) {
        let list = &entries[here[0]..here[1]];
        for (n, own) in list.iter().enumerate().filter(|(n, _)| !places[here[0] + n].1) {
            for (beside, other) in near(own, list[n + 1..].iter()).enumerate() {
                let pair = (own.telling.min(other.telling), own.telling.max(other.telling));
                let (a, b) = (here[0] + n, here[0] + n + 1 + beside);
                if pair.0 != pair.1 && !pairs.contains(&pair) && !all.hopeless(a, b) {
                    pairs.insert(pair);
                }
            }
        }
    }
    pairs.into_iter().for_each(|(a, b)| out.raw(Table::Pair, key(a), key(b)));
    Ok(())
}

/// A telling of a pair, and its profile.
#[derive(Serialize, Deserialize)]
struct HalfRow<'s> {
    telling: u32,
    profile: &'s [u8],
}

/// Pairs with the profile of their first telling, to the second.
pub(crate) fn first_of_pairs(rows: &[Row], out: &mut Out) -> Result<(), StageError> {
    for pile in rows.piles() {
        let Some(profile) = pile.one(Table::Profile) else { continue };
        let half = HalfRow { telling: number(&profile.key)?, profile: &profile.row };
        let mut pairs = pile.of(Table::Pair).to_vec();
        pairs.dedup();
        pairs.iter().for_each(|pair| out.put(Table::Half, &pair.row, &half));
    }
    Ok(())
}

/// Pairs that may be one event, and those that likely are.
pub(crate) fn links(names: &Names, rows: &[Row], out: &mut Out) -> Result<(), StageError> {
    let mut profiles: Vec<Option<Profile>> = Vec::new();
    let mut numbers: Vec<u32> = Vec::new();
    let mut known: BTreeMap<u32, usize> = BTreeMap::new();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for pile in rows.piles() {
        let Some(profile) = pile.one(Table::Profile) else { continue };
        let second = profiles.len();
        profiles.push(Some(get(profile)?));
        numbers.push(number(&profile.key)?);
        for half in pile.of(Table::Half) {
            let half: HalfRow = get(half)?;
            let first = *known.entry(half.telling).or_insert(profiles.len());
            if first == profiles.len() {
                profiles.push(Some(read(half.profile)?));
                numbers.push(half.telling);
            }
            pairs.push((first, second));
        }
    }
    let all = Tellings::new(names, profiles);
    for (a, b) in pairs {
        let Some(link) = all.link(a, b) else { continue };
        let (a, b) = (numbers[a], numbers[b]);
        out.put(Table::Link, key(a), &(link.score, a, b, link.strong));
        if link.strong {
            out.raw(Table::Strong, key(b), key(a));
        }
    }
    Ok(())
}

/// Tellings and their links by the component that they are of.
pub(crate) fn components(rows: &[Row], out: &mut Out) -> Result<(), StageError> {
    for pile in rows.piles() {
        let component = pile.one(Table::Component).map_or(&pile[0].key, |component| &component.row);
        for telling in pile.of(Table::Numbered) {
            out.put(Table::Member, component, &(number(&telling.key)?, &telling.row));
        }
        pile.of(Table::Link).iter().for_each(|link| out.raw(Table::Held, component, &link.row));
    }
    Ok(())
}

/// Components to events.
pub(crate) fn join(names: &Names, rows: &[Row], out: &mut Out) -> Result<(), StageError> {
    let mut members: Vec<(&[u8], u32, Vec<u8>)> = Vec::new();
    for row in rows.iter().filter(|row| row.of == Table::Member) {
        let (n, telling): (u32, Vec<u8>) = get(row)?;
        members.push((&row.key, n, telling));
    }
    members.sort_unstable_by_key(|(component, n, _)| (*component, *n));
    let tellings: Vec<TellingRow> =
        members.iter().map(|(.., telling)| read(telling)).collect::<Result<_, _>>()?;
    let profiles: Vec<Option<Profile>> =
        tellings.iter().map(|one| one.profile.map(read).transpose()).collect::<Result<_, _>>()?;
    let all = Tellings::new(names, profiles);
    for pile in rows.piles() {
        let component = pile[0].key.as_slice();
        let from = members.partition_point(|(other, ..)| *other < component);
        let to = members.partition_point(|(other, ..)| *other <= component);
        let place =
            |n: u32| members[from..to].binary_search_by_key(&n, |(_, n, _)| *n).ok().map(|at| from + at);
        let mut links: Vec<Link> = Vec::new();
        for row in pile.of(Table::Held) {
            let (score, a, b, strong): (i32, u32, u32, bool) = get(row)?;
            if let (Some(a), Some(b)) = (place(a), place(b)) {
                links.push(Link { score, a, b, strong });
            }
        }
        links.sort_by_key(|link| (link.a, link.b));
        let here: Vec<usize> = (from..to).collect();
        for group in
            if here.is_empty() { Vec::new() } else { merge::join(&all, &here, &links, &Ruled::default()) }
        {
            let event = [component, &key(members[group[0]].1)].concat();
            for told in group.iter().map(|&n| &tellings[n].told) {
                let Some(leader) = told.kept.get(told.cluster.leader) else { continue };
                let claims = Claims::of(vec![leader.clone()]);
                let Some(family) = family(&claims.said()[0]) else { continue };
                let places = &told.cluster.places;
                let around: BTreeSet<&str> =
                    places.iter().flat_map(|place| cluster::around(names, place)).collect();
                for place in around {
                    out.put(Table::Placed, slot(family, place), &(places, told.cluster.day, &event));
                }
            }
            if let Some(told) = one_event(group.iter().map(|&n| &tellings[n].told)) {
                of_event(names, &event, &told, out);
            }
        }
    }
    Ok(())
}

/// The event that some tellings tell, the best told first.
fn one_event<'t>(tellings: impl Iterator<Item = &'t Told>) -> Option<Told> {
    let (mut kept, mut clusters) = (Vec::new(), Vec::new());
    for told in tellings {
        let before = kept.len();
        kept.extend(told.kept.iter().cloned());
        let mut cluster = told.cluster.clone();
        cluster.leader += before;
        cluster.members.iter_mut().for_each(|at| *at += before);
        clusters.push(cluster);
    }
    let cluster = merge::event(clusters)?;
    Some(Told { cluster, kept }.join(Vec::new()))
}

fn of_event(names: &Names, key: &[u8], told: &Told, out: &mut Out) {
    out.put(Table::Event, key, told);
    told.kept.iter().for_each(|kept| out.raw(Table::Home, kept.id(), key));
    let claims = Claims::of(told.kept.clone());
    let said = claims.said();
    let piece = Piece::of(names, &said, &told.cluster);
    if let Some((piece, family)) = piece.zip(family(&said[told.cluster.leader])) {
        out.put(Table::Piece, slot(family, &piece.home(names)), &(key, &piece));
    }
}

/// Where and when a telling is, and the event that it is of.
pub(super) type PlacedRow = (Vec<EntityId>, Option<Days>, Vec<u8>);
