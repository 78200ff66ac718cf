//! How actors stand to each other over time: who fights, works with, spares, joins or makes a truce with whom.
//!
//! **Takes** a weighed corpus and what is asked.
//! **Gives** [`Tie`]s, contradictory ones side by side, each with its days and who says so.
//! **Never** decides between them, and never infers a tie of two from their ties to a third.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use gainsay_lexicon::table;
use gainsay_model::{Claim, DisputeKind, EntityId, Kind, Slot, Status, Tie, TieKind};

use crate::days::Days;
use crate::link::Linked;
use crate::roots::Camps;
use crate::table::rules;
use crate::{Ask, Weighed};

/// What is said of one tie with less than so many days between is one line.
const SAME_TIME: i64 = 31;
/// More parties than this in one claim are a list, not a fight of each with each.
const MOST: usize = 12;

/// What one claim says of two actors.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stance {
    /// One; who joins or leaves, for `Join` and `Split`.
    pub(crate) a: EntityId,
    /// The other.
    pub(crate) b: EntityId,
    /// How they stand.
    pub(crate) tie: TieKind,
    /// How sure it sounds.
    pub(crate) status: Status,
    /// The claim.
    pub(crate) at: usize,
}

/// Claims of one tie with their days.
type Told = Vec<(Option<Days>, usize)>;

/// Ties between an actor of `a` and one of `b`, with their parts; an empty list stands for everybody.
pub fn ties(weighed: &Weighed, ask: &Ask, a: &[EntityId], b: &[EntityId]) -> Vec<Tie> {
    if let Some(day) = ask.known_by {
        return ties(&weighed.known_by(day), &Ask { known_by: None, ..ask.clone() }, a, b);
    }
    let part = |id: &str, of: &[EntityId]| {
        of.is_empty()
            || of.iter().any(|whole| weighed.corpus.names.lexicon.wholes(id).contains(&whole.as_str()))
    };
    let wanted = |stance: &Stance| {
        (part(&stance.a, a) && part(&stance.b, b)) || (part(&stance.a, b) && part(&stance.b, a))
    };
    let mut lines: BTreeMap<(EntityId, EntityId, TieKind, Status), Told> = BTreeMap::new();
    for stance in stances(weighed).into_iter().filter(|stance| ask.lets(weighed, stance.at) && wanted(stance))
    {
        let day = weighed.said[stance.at].day();
        lines.entry((stance.a, stance.b, stance.tie, stance.status)).or_default().push((day, stance.at));
    }
    let mut found: Vec<Tie> = Vec::new();
    for ((a, b, tie, status), mut told) in lines {
        told.sort();
        let mut runs: Vec<(Option<Days>, Vec<usize>)> = Vec::new();
        for (day, at) in told {
            let near = |run: &Option<Days>| match (run, day) {
                (Some(run), Some(day)) => run.gap(day) < SAME_TIME,
                (run, day) => run.is_none() && day.is_none(),
            };
            match runs.last_mut().filter(|(run, _)| near(run)) {
                Some((run, claims)) => {
                    *run = run.zip(day).map(|(run, day)| run.cover(day));
                    claims.push(at);
                }
                None => runs.push((day, vec![at])),
            }
        }
        for (days, claims) in runs {
            let roots: BTreeSet<&EntityId> =
                claims.iter().flat_map(|&at| &weighed.said[at].voice.roots).collect();
            let ids: BTreeSet<&str> = claims.iter().map(|&at| weighed.said[at].id()).collect();
            found.push(Tie {
                a: a.clone(),
                b: b.clone(),
                tie,
                from: days.map(|days| days.from),
                to: days.map(|days| days.to),
                according_to: roots.into_iter().cloned().collect(),
                status,
                claims: ids.into_iter().map(String::from).collect(),
            });
        }
    }
    found.sort_by(|x, y| {
        (x.from, x.to, &x.a, &x.b, x.tie, x.status).cmp(&(y.from, y.to, &y.a, &y.b, y.tie, y.status))
    });
    found
}

/// What every claim says of every two actors.
pub(crate) fn stances(weighed: &Weighed) -> Vec<Stance> {
    let camps = Camps::new(weighed.corpus.names);
    let mut found = Vec::new();
    for (at, said) in weighed.said.iter().enumerate() {
        let link = &said.link;
        let claim = link.claim;
        let role = |role: &str| rules().disputed(DisputeKind::Tie, role, claim.kind);
        let (tie, status) = match claim.kind {
            _ if role("apart") && claim.status == Status::Denied => (TieKind::Avoid, Status::Asserted),
            _ if role("fight") && claim.status != Status::Denied => (TieKind::Fight, claim.status),
            _ if role("with") => (TieKind::Cooperate, claim.status),
            Kind::Agreement => (TieKind::Truce, claim.status),
            Kind::Allegiance if leaves(claim) => (TieKind::Split, claim.status),
            Kind::Allegiance => (TieKind::Join, claim.status),
            _ => continue,
        };
        for (a, b) in pairs(weighed, link) {
            let directed = matches!(tie, TieKind::Join | TieKind::Split);
            if a == b || (!directed && camps.related(a, b)) {
                continue;
            }
            let (a, b) = if directed || a < b { (a, b) } else { (b, a) };
            found.push(Stance { a: a.clone(), b: b.clone(), tie, status, at });
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Whether a claim of allegiance tells of somebody who leaves: by the rule that read what kind of claim it is, as
/// `data/ties.tsv` lists them. A claim without grounds tells of joining.
fn leaves(claim: &Claim) -> bool {
    let mut rules = claim.grounds.iter().filter(|ground| ground.slot == Slot::Kind);
    rules.any(|ground| splits().contains(ground.rule.as_str()))
}

/// The rules that read a splitting.
///
/// # Panics
/// Never in a released build: a test loads the table.
fn splits() -> &'static BTreeSet<&'static str> {
    static RULES: OnceLock<BTreeSet<&'static str>> = OnceLock::new();
    RULES.get_or_init(|| {
        let rows = table::rows("ties.tsv", include_str!("../../data/ties.tsv"));
        let rows = rows.unwrap_or_else(|error| panic!("{error}"));
        rows.iter().filter(|row| row.get("tie") == "split").map(|row| row.get("rule")).collect()
    })
}

/// Who stands against or beside whom: doers with those done to, or the doers with each other where nobody is.
fn pairs<'l>(weighed: &Weighed, link: &'l Linked) -> Vec<(&'l EntityId, &'l EntityId)> {
    let lexicon = weighed.corpus.names.lexicon;
    let join = link.claim.kind == Kind::Allegiance;
    let party = |id: &&EntityId| join || lexicon.actors.contains_key(*id) || lexicon.people.contains_key(*id);
    let actors: Vec<&EntityId> = link.actors.iter().filter(party).take(MOST).collect();
    let targets: Vec<&EntityId> = link.targets.iter().filter(party).take(MOST).collect();
    if !targets.is_empty() {
        return actors.iter().flat_map(|a| targets.iter().map(move |b| (*a, *b))).collect();
    }
    let mutual = matches!(link.claim.kind, Kind::Clash | Kind::Cooperation | Kind::Agreement);
    let rest = |n: usize| actors[n + 1..].iter().copied();
    actors.iter().enumerate().filter(|_| mutual).flat_map(|(n, a)| rest(n).map(move |b| (*a, b))).collect()
}
