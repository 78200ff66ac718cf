//! Words that may nearly as well mean another actor, place or source.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{EntityId, Slot};
use gainsay_weigh::Link;

use super::effect::{Change, Effect, Standing};
use super::{Draft, QueueItem, Settle};
use crate::decide::Decision;

/// A next best that is as likely but for so many hundredths of a natural logarithm of odds is near: about one in four.
const NEAR: i32 = 100;

/// So many others are offered.
const OFFERED: usize = 5;

/// So many claims are shown.
const SHOWN: usize = 8;

/// Claims with words that may mean another, each with how much that is in doubt, from 0 to 50.
pub(super) type Near = BTreeMap<String, i64>;

/// Words of one report in one slot that may mean another, and the claims that hold them.
pub(super) fn links(standing: &Standing) -> (Vec<QueueItem>, Near) {
    let mut near = Near::new();
    let mut groups: BTreeMap<(String, Slot, String), Vec<Link>> = BTreeMap::new();
    for link in standing.weighed.near_links(NEAR) {
        let Some(claim) = standing.claims.get(link.claim.as_str()) else { continue };
        let known = near.entry(link.claim.clone()).or_default();
        *known = (*known).max(doubt(&link));
        groups.entry((claim.document.clone(), link.slot, link.mention.clone())).or_default().push(link);
    }
    let items = groups.into_iter().filter_map(|(about, links)| item(standing, about, &links)).collect();
    (items, near)
}

/// Half where nothing decided, then less by how far it is ahead.
fn doubt(link: &Link) -> i64 {
    let ahead = link.others.first().map_or(NEAR, |(_, next)| link.score.saturating_sub(*next));
    50 - i64::from(ahead.clamp(0, NEAR)) / 4
}

fn item(
    standing: &Standing,
    (report, slot, mention): (String, Slot, String),
    links: &[Link],
) -> Option<QueueItem> {
    let first = links.first()?;
    let mut entities: Vec<EntityId> = vec![first.id.clone()];
    let others = links.iter().flat_map(|link| link.others.iter().map(|(id, _)| id));
    for other in others {
        if entities.len() <= OFFERED && !entities.contains(other) {
            entities.push(other.clone());
        }
    }
    let claims: BTreeSet<&str> = links.iter().map(|link| link.claim.as_str()).collect();
    let events: BTreeSet<&String> =
        claims.iter().filter_map(|claim| standing.weighed.event_of.get(*claim)).collect();
    let change = |event: &&String| {
        let toll = standing.events.get(event.as_str()).and_then(|event| event.killed.best).unwrap_or(0);
        // Another place takes the dead elsewhere; another party leaves them where they are.
        let weight = if slot == Slot::Place { 1 + toll } else { 1 };
        Change { what: "name".to_owned(), of: first.id.clone(), many: 1, weight, ..Change::default() }
    };
    let mut changes: Vec<Change> = events.iter().map(change).collect();
    let alone = claims.len() as u64 - events.len().min(claims.len()) as u64;
    if changes.is_empty() || alone > 0 {
        let many = alone.max(1);
        changes.push(Change {
            what: "name".to_owned(),
            of: first.id.clone(),
            many,
            weight: many,
            ..Change::default()
        });
    }
    // One line for all of them.
    let all = changes.into_iter().reduce(|mut all, one| {
        (all.many, all.weight) = (all.many + one.many, all.weight + one.weight);
        all
    })?;
    let means =
        |id: &EntityId| Decision::Link { of: report.clone(), slot, mention: mention.clone(), id: id.clone() };
    let settle = entities.iter().map(|id| Settle::new("link", vec![means(id)])).collect();
    let draft = Draft {
        what: "link".to_owned(),
        doubt: links.iter().map(doubt).max().unwrap_or(0),
        effect: Effect::of(standing.weighed, vec![all]),
        reasons: vec![format!("“{mention}”: {}", first.reason)],
        events: events.into_iter().take(SHOWN).cloned().collect(),
        claims: claims.into_iter().take(SHOWN).map(str::to_owned).collect(),
        entities,
        settle,
    };
    Some(draft.item(standing, [format!("{report} {slot} {mention}").as_str()]))
}
