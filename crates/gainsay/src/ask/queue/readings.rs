//! What two readers read differently in one report, and what one alone read there.
//!
//! A difference between readers is no dispute: nobody gainsays anybody, and looking at the words settles it.

use gainsay_model::{Slot, Status};
use gainsay_weigh::readers::{Beside, Difference};

use super::effect::{Effect, Standing, measured};
use super::{Draft, QueueItem, Settle};
use crate::decide::Decision;
use crate::shelf::Shelf;

/// How much a reading is in doubt that another reader gainsays, of a hundred.
const GAINSAID: i64 = 40;

/// How much it is in doubt that one reader alone found something.
const ALONE: i64 = 15;

/// Readings on which nobody has decided, each beside what stands.
pub(super) fn readings(standing: &Standing, shelf: &Shelf) -> Vec<QueueItem> {
    let open = |id: &str| !standing.decided.contains_key(id);
    let wanted = |one: &&Beside| open(&one.claim.id) && one.of.as_deref().is_none_or(open);
    shelf.beside.iter().filter(wanted).filter_map(|one| item(standing, one)).collect()
}

fn item(standing: &Standing, one: &Beside) -> Option<QueueItem> {
    let claim = &one.claim;
    let confirm = |key: &str, id: &str| Settle::new(key, vec![Decision::Confirm { claim: id.to_owned() }]);
    let reject = |id: &str| Settle::new("reject", vec![Decision::Reject { claim: id.to_owned() }]);
    let (doubt, effect, reasons, claims, settle) = match &one.of {
        Some(of) => {
            let stands = standing.claims.get(of.as_str())?;
            // What one of them leaves out is no difference to decide.
            let differs = |one: &&Difference| !one.stands.is_empty() && !one.beside.is_empty();
            let differs: Vec<&Difference> = one.differs.iter().filter(differs).collect();
            if differs.is_empty() || stands.reader.starts_with(gainsay_weigh::readers::PERSON) {
                return None;
            }
            let told = |one: &&Difference| format!("{}: {} instead of {}", one.slot, one.beside, one.stands);
            let text = differs.iter().map(told).collect::<Vec<_>>().join("; ");
            let weight = differs.iter().map(|one| weight(one, stands, claim)).sum();
            let effect = Effect { answers: differs.len() as u64, weight, text, changes: Vec::new() };
            let reasons = vec![format!("{} and {} read it differently", stands.reader, claim.reader)];
            let settle =
                vec![confirm("confirm", of), confirm("confirm", &claim.id), reject(of), reject(&claim.id)];
            (GAINSAID, effect, reasons, vec![of.clone(), claim.id.clone()], settle)
        }
        None => {
            let text = format!("a claim that {} alone read would be weighed", claim.reader);
            let effect = Effect { answers: 1, weight: 1, text, changes: Vec::new() };
            let reasons = vec![format!("{} alone read it", claim.reader)];
            let settle = vec![confirm("confirm", &claim.id), reject(&claim.id)];
            (ALONE, effect, reasons, vec![claim.id.clone()], settle)
        }
    };
    let events = claims.iter().filter_map(|id| standing.weighed.event_of.get(id)).cloned().collect();
    let draft = Draft {
        what: "reading".to_owned(),
        doubt,
        effect,
        reasons,
        events,
        claims: claims.clone(),
        entities: Vec::new(),
        settle,
    };
    Some(draft.item(standing, claims.iter().map(String::as_str)))
}

/// How heavily a difference weighs, in the units of effects: a count by its measure, whether it happened two, else one.
fn weight(differs: &Difference, stands: &gainsay_model::Claim, other: &gainsay_model::Claim) -> u64 {
    match differs.slot {
        Slot::Count => {
            let point = |claim: &gainsay_model::Claim| {
                claim.count.as_ref().map(|count| (count.what, count.low.or(count.high).unwrap_or(0)))
            };
            let both = point(stands).zip(point(other));
            both.map_or(1, |((measure, a), (_, b))| measured(measure, a.abs_diff(b)).max(1))
        }
        Slot::Status if [stands.status, other.status].contains(&Status::Denied) => 2,
        _ => 1,
    }
}
