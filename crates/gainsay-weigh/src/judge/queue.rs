//! What a person should look at first: happenings on which voices differ and none clearly outweighs the others.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{ClaimId, DisputeKind, Status};

use super::{Statement, TruthFinder, Value, Votes};
use crate::days::between;
use crate::roots::{Camps, side};
use crate::table::rules;
use crate::tally::{by_count, figures};
use crate::{Ask, Weighed};

/// One thing to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// The event.
    pub event: String,
    /// What of it: a measure and group (`killed civilians`), `doer`, or `occurrence`.
    pub what: String,
    /// How little the version most believed outweighs the others, in millionths: 0 not in doubt. An order of work,
    /// never a figure to publish.
    pub doubt: u32,
    /// The claims to look at.
    pub claims: Vec<ClaimId>,
}

/// What is most in doubt first; of equal doubt by event and what.
///
/// [`TruthFinder`] over what each root says of each event's counts, doers and occurrence, every root once, trusted
/// apart for each side it speaks of: a source can be right about its friends' dead and wrong about its foes'.
pub fn review_order(weighed: &Weighed, ask: &Ask) -> Vec<Review> {
    let camps = Camps::new(weighed.corpus.names);
    let mut statements: Vec<Statement> = Vec::new();
    let mut behind: BTreeMap<String, (String, String, BTreeSet<usize>)> = BTreeMap::new();
    let mut state = |event: &str, what: &str, root: &str, of: &str, at: &[usize], value: Value| {
        let about = format!("{event} {what}");
        let days = at.iter().filter_map(|&at| weighed.said[at].first).min();
        let said = days
            .map_or(u64::MAX, |day| between(gainsay_model::Date::MIN, day).try_into().unwrap_or_default());
        let entry = behind
            .entry(about.clone())
            .or_insert_with(|| (event.to_string(), what.to_string(), BTreeSet::new()));
        entry.2.extend(at);
        statements.push(Statement { about, source: format!("{root} on {of}"), said, value });
    };
    for (event, members) in weighed.events.iter().zip(&weighed.members) {
        let members: Vec<usize> = members.iter().copied().filter(|&at| ask.lets(weighed, at)).collect();
        for ((measure, group), claims) in by_count(&weighed.said, &weighed.by_id, members.iter().copied()) {
            for figure in figures(&camps, &weighed.said, &claims) {
                let value = Value::Number(i128::from(figure.range.point()) * 1000);
                state(&event.id, &format!("{measure} {group}"), &figure.root, group, &figure.claims, value);
            }
        }
        for &at in &members {
            let (link, voice) = (&weighed.said[at].link, &weighed.said[at].voice);
            let asserted = link.claim.status == Status::Asserted;
            let doers: BTreeSet<String> = link.actors.iter().map(|actor| camps.of(actor)).collect();
            let of = link.actors.first().map(|actor| side(&weighed.corpus.names, actor)).unwrap_or_default();
            let directed = rules().disputed(DisputeKind::Actor, "doer", link.claim.kind);
            let happens = rules().disputed(DisputeKind::Occurrence, "happens", link.claim.kind);
            for root in &voice.roots {
                if asserted && directed && !doers.is_empty() {
                    state(&event.id, "doer", root, &of, &[at], Value::Set(doers.clone()));
                }
                if happens && (asserted || link.claim.status == Status::Denied) {
                    let value = Value::Text(link.claim.status.as_str().into());
                    state(&event.id, "occurrence", root, &of, &[at], value);
                }
            }
        }
    }
    let votes = Votes::of(statements);
    let judged = TruthFinder::default().judge(&votes);
    let differ = votes.facts.iter().enumerate().filter(|(_, fact)| fact.values.len() > 1);
    let mut reviews: Vec<Review> = differ
        .filter_map(|(at, fact)| {
            let (event, what, claims) = behind.get(&fact.about)?;
            let claims = claims.iter().map(|&at| weighed.said[at].id().to_string()).collect();
            let doubt = 1_000_000 - judged.share(at).min(1_000_000);
            Some(Review { event: event.clone(), what: what.clone(), doubt, claims })
        })
        .collect();
    reviews.sort_by(|a, b| b.doubt.cmp(&a.doubt).then_with(|| (&a.event, &a.what).cmp(&(&b.event, &b.what))));
    reviews
}
