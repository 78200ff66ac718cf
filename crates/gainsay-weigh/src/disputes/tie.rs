//! How two actors stand to each other: said to fight, and by another voice at the same time to work together or
//! not to fight.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{Dispute, DisputeKind, EntityId, Subject, TieKind};

use super::{dispute, side};
use crate::Weighed;
use crate::days::Days;
use crate::tie::{Stance, stances};

/// What is said within so many days of each other is said of one time, where one of them gives no day of its own.
const SAME_TIME: i32 = 7;

/// A tie, when, by which claim.
type Told = (TieKind, Days, usize);

/// Disputes over ties.
pub(super) fn tie(weighed: &Weighed) -> Vec<Dispute> {
    let mut pairs: BTreeMap<(EntityId, EntityId), Vec<Told>> = BTreeMap::new();
    for Stance { a, b, tie, status, at } in stances(weighed) {
        let Some(day) = weighed.said[at].day() else { continue };
        if status == gainsay_model::Status::Asserted
            && matches!(tie, TieKind::Fight | TieKind::Cooperate | TieKind::Avoid)
        {
            let pair = if a <= b { (a, b) } else { (b, a) };
            pairs.entry(pair).or_default().push((tie, day, at));
        }
    }
    let mut found = Vec::new();
    for ((a, b), mut told) in pairs {
        told.sort_by_key(|(_, day, at)| (day.from, day.to, *at));
        let (fights, peace): (Vec<_>, Vec<_>) =
            told.into_iter().partition(|(tie, ..)| *tie == TieKind::Fight);
        // One dispute for each run of peaceful claims near to each other.
        let mut runs: Vec<(Days, Vec<(TieKind, usize)>)> = Vec::new();
        for (tie, day, at) in peace {
            match runs.last_mut().filter(|(days, _)| days.widen(SAME_TIME).overlaps(day)) {
                Some((days, run)) => {
                    *days = days.cover(day);
                    run.push((tie, at));
                }
                None => runs.push((day, vec![(tie, at)])),
            }
        }
        // The latest last day up to each fight: those before a run begin where it comes near enough.
        let mut latest: Vec<jiff::civil::Date> = Vec::with_capacity(fights.len());
        for (_, day, _) in &fights {
            latest.push(latest.last().map_or(day.to, |last| day.to.max(*last)));
        }
        for (days, run) in runs {
            let wide = days.widen(SAME_TIME);
            let from = latest.partition_point(|to| *to < wide.from);
            let to = fights.partition_point(|(_, day, _)| day.from <= wide.to).max(from);
            let quiet: BTreeSet<&EntityId> =
                run.iter().flat_map(|(_, at)| &weighed.said[*at].voice.roots).collect();
            // "They had spared each other until the 15th" is not gainsaid by a fight after it, nor is what is dated by
            // what is dated otherwise.
            let time = |at: usize| weighed.said[at].link.claim.time;
            let until = run.iter().all(|(_, at)| time(*at).is_some_and(|time| time.start.is_none()));
            let dated = run.iter().all(|(_, at)| time(*at).is_some());
            let near = |(_, day, at): &&Told| {
                let then = if dated && time(*at).is_some() { days } else { wide };
                let after = until && day.from > days.to;
                then.overlaps(*day) && !after && super::apart(&weighed.said[*at].voice.roots, &quiet)
            };
            let fights: Vec<usize> = fights[from..to].iter().filter(near).map(|(.., at)| *at).collect();
            if fights.is_empty() {
                continue;
            }
            let of = |wanted: TieKind| {
                run.iter().filter(move |(tie, _)| *tie == wanted).map(|(_, at)| *at).collect::<Vec<_>>()
            };
            let sides =
                [("fight", fights), ("cooperate", of(TieKind::Cooperate)), ("avoid", of(TieKind::Avoid))];
            let sides = sides.into_iter().filter(|(_, claims)| !claims.is_empty());
            let sides = sides.map(|(value, claims)| side(weighed, value.into(), claims)).collect();
            let about = Subject { pair: Some([a.clone(), b.clone()]), ..Subject::default() };
            found.push(dispute(format!("tie-{}-{a}-{b}", days.from), DisputeKind::Tie, about, sides));
        }
    }
    found
}
