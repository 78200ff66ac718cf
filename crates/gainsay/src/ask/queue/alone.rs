//! Claims on which an answer rests alone, and what about them is in doubt.

use std::collections::{HashMap, HashSet};

use gainsay_model::Claim;

use super::effect::{Change, Effect, Standing};
use super::links::Near;
use super::{Draft, QueueItem, Settle};
use crate::decide::Decision;

/// How much any claim is in doubt, of a hundred, before anything is known of it.
const ANY: i64 = 5;

/// Claims that nobody has decided on and without which an answer would be another, at most so many: the heaviest.
///
/// In two rounds, so that of a million claims only those are described that are given.
pub(super) fn claims<'w>(standing: &'w Standing<'w, '_>, near: &Near, most: usize) -> Vec<QueueItem> {
    let open = |claim: &str| !standing.decided.contains_key(claim);
    let mut weights: HashMap<&str, u64> = HashMap::new();
    standing.carried(&open, &mut |claim, change| {
        let weight = weights.entry(claim).or_default();
        *weight = weight.saturating_add(change.weight);
    });
    let score = |(id, weight): (&'w str, u64)| {
        let claim = standing.claims.get(id)?;
        Some((u128::from(weight) * doubt(standing, claim, near.get(id).copied()).0 as u128, id))
    };
    let mut scored: Vec<(u128, &str)> = weights.into_iter().filter_map(score).collect();
    scored.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    scored.truncate(most);
    let mut chosen: HashMap<&str, Vec<Change>> = scored.into_iter().map(|(_, id)| (id, Vec::new())).collect();
    let heavy: HashSet<&str> = chosen.keys().copied().collect();
    standing.carried(&|claim| heavy.contains(claim), &mut |claim, change| {
        if let Some(changes) = chosen.get_mut(claim) {
            changes.push(change);
        }
    });
    let described = |(id, changes): (&str, Vec<Change>)| {
        let claim = standing.claims.get(id)?;
        Some(item(standing, claim, changes, near.get(id).copied()))
    };
    chosen.into_iter().filter_map(described).collect()
}

fn item(standing: &Standing, claim: &Claim, changes: Vec<Change>, near: Option<i64>) -> QueueItem {
    let (doubt, reasons) = doubt(standing, claim, near);
    let id = claim.id.clone();
    let events = standing.weighed.event_of.get(&id).cloned().into_iter().collect();
    let settle = vec![
        Settle::new("confirm", vec![Decision::Confirm { claim: id.clone() }]),
        Settle::new("reject", vec![Decision::Reject { claim: id.clone() }]),
    ];
    let draft = Draft {
        what: "claim".to_owned(),
        doubt,
        effect: Effect::of(standing.weighed, changes),
        reasons,
        events,
        claims: vec![id],
        entities: Vec::new(),
        settle,
    };
    draft.item(standing, [claim.id.as_str()])
}

/// How much a claim is in doubt, of a hundred, and why.
fn doubt(standing: &Standing, claim: &Claim, near: Option<i64>) -> (i64, Vec<String>) {
    let roots = standing.weighed.roots.get(&claim.id).map_or(&[][..], Vec::as_slice);
    let nameless = !roots.is_empty() && roots.iter().all(|root| root.contains('@'));
    let known = |fillers: &[gainsay_model::Filler]| fillers.iter().any(|filler| filler.id().is_some());
    let told = [
        (claim.unverified, 20, "the report says that it could not be confirmed"),
        (near.is_some(), near.unwrap_or(0) / 2, "a name in it may mean another"),
        (nameless, 15, "nobody is named who says so"),
        (roots.len() == 1 && !nameless, 5, "one voice alone says so"),
        (claim.time.is_none(), 10, "it names no day"),
        (!known(&claim.place), 10, "it names no place that is known"),
    ];
    let holds = told.iter().filter(|(holds, _, _)| *holds);
    let doubt = ANY + holds.clone().map(|(_, points, _)| points).sum::<i64>();
    (doubt, holds.map(|(_, _, reason)| (*reason).to_owned()).collect())
}
