//! `review`: what a person should look at first, each with the commands that would settle it.

use gainsay_model::{ClaimId, EntityId};
use gainsay_weigh::{Ask, Weighed};
use serde::Serialize;

/// One thing to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReviewLine {
    /// `same event`, `same name`, `doer`, `occurrence`, or a measure and group (`killed civilians`).
    pub what: String,
    /// The events it is of.
    pub events: Vec<String>,
    /// The more, the sooner it is worth a look: for two events the points that speak for their being one, else how
    /// little one version outweighs the others, in hundredths. An order of work, never a figure to publish.
    pub score: i64,
    /// What speaks for it and against it.
    pub reasons: Vec<String>,
    /// The claims to look at.
    pub claims: Vec<ClaimId>,
    /// The voices behind these.
    pub roots: Vec<EntityId>,
    /// What to type to settle it.
    pub settle: Vec<String>,
}

/// Pairs of events that are likely one, the likeliest first; where nothing is asked for, names that are likely one; then what is disputed and most in doubt.
pub fn review(weighed: &Weighed, ask: &Ask) -> Vec<ReviewLine> {
    let wanted: std::collections::BTreeSet<&str> =
        weighed.claims(ask).into_iter().map(|claim| claim.id.as_str()).collect();
    let roots = |claims: &[ClaimId]| -> Vec<EntityId> {
        let all = claims.iter().filter_map(|claim| weighed.roots.get(claim)).flatten();
        all.cloned().collect::<std::collections::BTreeSet<_>>().into_iter().collect()
    };
    let offered = weighed
        .offers
        .iter()
        .filter(|offer| [&offer.a, &offer.b].iter().any(|id| wanted.contains(id.as_str())));
    let mut lines: Vec<ReviewLine> = offered
        .map(|offer| {
            let (a, b) = (&offer.a, &offer.b);
            let claims = vec![a.clone(), b.clone()];
            ReviewLine {
                what: "same event".to_owned(),
                events: claims.iter().filter_map(|claim| weighed.event_of.get(claim)).cloned().collect(),
                score: i64::from(offer.score),
                reasons: offer
                    .reasons
                    .iter()
                    .filter(|(_, points)| *points != 0)
                    .map(|(reason, points)| format!("{reason} ({points:+})"))
                    .collect(),
                roots: roots(&claims),
                claims,
                settle: vec![format!("gainsay merge {a} {b}"), format!("gainsay split {a} {b}")],
            }
        })
        .collect();
    lines.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.claims.cmp(&b.claims)));
    let names = weighed.name_offers.iter().filter(|_| *ask == Ask::default()).map(|offer| {
        let (a, b) = (&offer.a, &offer.b);
        ReviewLine {
            what: "same name".to_owned(),
            events: Vec::new(),
            score: i64::from(offer.score),
            reasons: offer.reasons.iter().map(|reason| format!("{a}, {b}: {reason}")).collect(),
            claims: Vec::new(),
            roots: Vec::new(),
            settle: vec![format!("gainsay merge {a} {b}"), format!("gainsay split {a} {b}")],
        }
    });
    lines.extend(names);
    let doubts = gainsay_weigh::judge::review_order(weighed, ask).into_iter().map(|doubt| ReviewLine {
        what: doubt.what,
        score: i64::from(doubt.doubt / 10_000),
        reasons: vec!["voices differ and none clearly outweighs the others".to_owned()],
        roots: roots(&doubt.claims),
        settle: doubt
            .claims
            .first()
            .map(|claim| format!("gainsay set {claim} rejected"))
            .into_iter()
            .collect(),
        claims: doubt.claims,
        events: vec![doubt.event],
    });
    lines.extend(doubts);
    lines
}
