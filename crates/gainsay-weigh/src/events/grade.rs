//! How well founded an event is: that it happened, who did it, how many. Never mixed, never from links.
//!
//! The words are Airwars' (methodology note, airwars.org/about/methodology), counted over independent camps of
//! roots: *confirmed* where a side speaks against its interest, *fair* for two or more independent voices, *weak*
//! for one, *contested* where voices gainsay each other. Empty where there is nothing to grade.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{EntityId, Grade, Kind, Measure, Status};

use crate::roots::{Camps, Said};
use crate::tally::{by_count, figures};

/// So many versions of who did it are compared; more say nothing new.
const MOST_DOERS: usize = 100;

/// Grades the claims of one event.
pub(super) fn grade(camps: &Camps, said: &[Said], by_id: &BTreeMap<&str, usize>, members: &[usize]) -> Grade {
    let with =
        |status: Status| members.iter().copied().filter(move |&at| said[at].link.claim.status == status);
    let asserted: Vec<usize> = with(Status::Asserted).collect();
    let roots = |claims: &[usize]| -> BTreeSet<EntityId> {
        claims.iter().flat_map(|&at| said[at].voice.roots.iter().cloned()).collect()
    };
    let saying = roots(&asserted);
    let denying = camps.among(&roots(&with(Status::Denied).collect::<Vec<_>>()));
    let camps_saying = camps.among(&saying);
    let denied = denying.keys().any(|camp| !camps_saying.contains_key(camp));
    let against_interest = |at: &usize| admits(camps, &said[*at]);
    let admitted = asserted.iter().any(against_interest);
    let occurrence = word(denied, admitted && camps_saying.len() > 1, camps_saying.len());
    Grade {
        occurrence: occurrence.into(),
        attribution: attribution(camps, said, &asserted).into(),
        count: count(camps, said, by_id, &asserted).into(),
    }
}

fn word(contested: bool, confirmed: bool, camps: usize) -> &'static str {
    match camps {
        _ if contested => "contested",
        0 => "",
        _ if confirmed => "confirmed",
        1 => "weak",
        _ => "fair",
    }
}

/// Whether a root speaks against its own side: the loser of a place says it is lost, the doer of a harm owns up.
fn admits(camps: &Camps, claim: &Said) -> bool {
    let link = &claim.link;
    let guilty: &[EntityId] = match link.claim.kind {
        Kind::Capture => &link.targets,
        Kind::Withdrawal
        | Kind::Airstrike
        | Kind::Shelling
        | Kind::Bombing
        | Kind::Attack
        | Kind::Detention
        | Kind::Casualties => &link.actors,
        _ => &[],
    };
    guilty.iter().any(|party| claim.voice.roots.iter().any(|root| camps.belongs(root, party)))
}

/// Who did it: named alike by independent voices, owned up to, or disputed. Nobody named is weak at best.
fn attribution(camps: &Camps, said: &[Said], asserted: &[usize]) -> &'static str {
    let directed = |kind: Kind| {
        !matches!(
            kind,
            Kind::Clash | Kind::Casualties | Kind::Destruction | Kind::Agreement | Kind::Withdrawal
        )
    };
    let named: Vec<usize> = asserted.iter().copied().filter(|&at| !said[at].link.actors.is_empty()).collect();
    // What each voice says of who did it, once.
    let strict: BTreeSet<(&Vec<EntityId>, &Vec<EntityId>)> = named
        .iter()
        .filter(|&&at| directed(said[at].link.claim.kind))
        .map(|&at| (&said[at].link.actors, &said[at].voice.roots))
        .collect();
    let doers: BTreeSet<&Vec<EntityId>> = strict.iter().map(|(actors, _)| *actors).collect();
    let meet = |a: &[EntityId], b: &[EntityId]| a.iter().any(|x| b.iter().any(|y| camps.one_side(x, y)));
    let voices = |of: &Vec<EntityId>| -> BTreeSet<&EntityId> {
        strict.iter().filter(|(actors, _)| *actors == of).flat_map(|(_, roots)| *roots).collect()
    };
    let doers: Vec<&Vec<EntityId>> = doers.into_iter().take(MOST_DOERS).collect();
    let apart = |a: &Vec<EntityId>, b: &Vec<EntityId>| !meet(a, b) && voices(a).is_disjoint(&voices(b));
    let rivals = doers.iter().enumerate().any(|(n, a)| doers[n + 1..].iter().any(|b| apart(a, b)));
    let roots: BTreeSet<&EntityId> = named.iter().flat_map(|&at| &said[at].voice.roots).collect();
    let admitted =
        named.iter().any(|&at| admits(camps, &said[at]) && said[at].link.claim.kind != Kind::Capture);
    match camps.among(roots).len() {
        0 if asserted.is_empty() => "",
        0 => "weak",
        camps => word(rivals, admitted && camps > 1, camps),
    }
}

/// How many: of all counts of dead and wounded the worst grade.
fn count(camps: &Camps, said: &[Said], by_id: &BTreeMap<&str, usize>, asserted: &[usize]) -> &'static str {
    let mut worst = "";
    for ((measure, _), claims) in by_count(said, by_id, asserted.iter().copied()) {
        if !matches!(measure, Measure::Killed | Measure::Injured | Measure::Casualties | Measure::Detained) {
            continue;
        }
        let figures = figures(camps, said, &claims);
        let least = figures.iter().filter_map(|figure| figure.range.low).max();
        let most = figures.iter().filter_map(|figure| figure.range.high).min();
        let agree = least.zip(most).is_none_or(|(least, most)| least <= most);
        let word = word(!agree, false, camps.among(figures.iter().map(|figure| &figure.root)).len());
        let order = |word: &str| ["", "fair", "weak", "contested"].iter().position(|other| *other == word);
        if order(word) > order(worst) {
            worst = word;
        }
    }
    worst
}

/// The Admiralty number of an information (NATO STANAG 2511, AJP-2.1): 1 confirmed by independent voices and
/// denied by none, 2 probably true, 3 possibly true (one voice), 4 doubtful (as many deny), 5 improbable (more
/// deny), 6 cannot be judged (one voice that nobody can name). Counted over independent camps, never over copies.
pub fn information(saying: usize, denying: usize, nameless: bool) -> u8 {
    match (saying, denying) {
        (0, 0) => 6,
        (saying, 0) if saying >= 2 && !nameless => 1,
        (saying, 0) if saying >= 2 => 2,
        (_, 0) if nameless => 6,
        (_, 0) => 3,
        (saying, denying) if denying < saying => 2,
        (saying, denying) if denying == saying => 4,
        _ => 5,
    }
}
