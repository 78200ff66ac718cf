//! What is disputed and most in doubt: figures, doers, and whether it happened at all.
//!
//! Who is right is not decided here: what a person can settle is whether the claims were read rightly.

use gainsay_model::Measure;
use gainsay_weigh::Ask;
use gainsay_weigh::judge::{Review, review_order};

use super::effect::{Change, Effect, Standing, difference, figures, measured};
use super::{Draft, QueueItem, Settle};
use crate::decide::Decision;

/// A version is so seldom a slip of reading, of a hundred, even where nothing outweighs it.
const SLIPS: i64 = 30;

/// So many claims are shown of one; more say nothing new.
const SHOWN: usize = 12;

/// Happenings on which voices differ.
pub(super) fn doubts(standing: &Standing) -> impl Iterator<Item = QueueItem> {
    let reviews = review_order(standing.weighed, &Ask::default());
    let open =
        |review: &Review| !review.claims.iter().all(|claim| standing.decided.contains_key(claim.as_str()));
    reviews.into_iter().filter(open).map(move |review| item(standing, review))
}

fn item(standing: &Standing, review: Review) -> QueueItem {
    let Review { event, what, doubt, claims } = review;
    let about = [event.clone(), what.clone()];
    let effect = Effect::of(standing.weighed, changes(standing, &event, &what, &claims));
    let confirm = claims.iter().map(|claim| Decision::Confirm { claim: claim.clone() }).collect();
    let mut settle = vec![Settle::new("confirm", confirm)];
    let shown: Vec<String> = claims.iter().take(SHOWN).cloned().collect();
    let reject = |claim: &String| Settle::new("reject", vec![Decision::Reject { claim: claim.clone() }]);
    settle.extend(shown.iter().map(reject));
    if let [a, b] = claims.as_slice() {
        settle.push(Settle::new("two", vec![Decision::TwoEvents { a: a.clone(), b: b.clone() }]));
    }
    let draft = Draft {
        what,
        doubt: i64::from(doubt) * SLIPS / 1_000_000,
        effect,
        reasons: vec!["voices differ and none clearly outweighs the others".to_owned()],
        events: vec![event],
        claims: shown,
        entities: Vec::new(),
        settle,
    };
    draft.item(standing, about.iter().map(String::as_str))
}

/// The dispute would go, and of a figure the count would be another: the most that one claim less would change it.
fn changes(standing: &Standing, event: &str, what: &str, claims: &[String]) -> Vec<Change> {
    let mut changes = Vec::new();
    if standing.disputes_of(event) > 0 || matches!(what, "doer" | "occurrence") {
        changes.push(Change {
            what: "dispute".to_owned(),
            of: event.to_owned(),
            weight: 2,
            ..Change::default()
        });
    }
    let all = || claims.iter().take(SHOWN).map(String::as_str);
    let of = |made: std::collections::BTreeMap<gainsay_weigh::Counted, gainsay_model::Toll>| {
        let named = |(measure, group): &gainsay_weigh::Counted| format!("{measure} {group}") == what;
        made.into_iter().find(|(counted, _)| named(counted)).map(|(_, toll)| toll).unwrap_or_default()
    };
    if matches!(what, "doer" | "occurrence") {
        return changes;
    }
    let before = of(standing.what_if.counts(all()));
    let without = |claim: &str| of(standing.what_if.counts(all().filter(|other| *other != claim)));
    let after = all().map(without).max_by_key(|after| difference(&before, after));
    let measure = what.split(' ').next().and_then(Measure::parse);
    if let Some((after, measure)) = after.zip(measure).filter(|(after, _)| difference(&before, after) > 0) {
        changes.push(Change {
            what: "count".to_owned(),
            of: event.to_owned(),
            count: Some(what.to_owned()),
            before: figures(&before),
            after: figures(&after),
            weight: measured(measure, difference(&before, &after)),
            ..Change::default()
        });
    }
    changes
}
