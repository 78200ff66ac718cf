//! What people typed, as decisions: ids of claims and events, and names of actors, places and sources.

use gainsay_model::{ClaimId, Slot};
use gainsay_weigh::Weighed;

use super::Decision;
use crate::Error;
use crate::names::{Role, ids, one};
use crate::shelf::Shelf;

/// That two things are one, or are not: two events or claims (about one event), or two actors, places or sources.
///
/// # Errors
/// When nothing is called so, one of them fits several, or they are of different sorts.
pub fn pair(a: &str, b: &str, joins: bool, shelf: &Shelf, weighed: &Weighed) -> Result<Decision, Error> {
    let of_event = (claim_of(a, shelf, weighed), claim_of(b, shelf, weighed));
    match (of_event, joins) {
        ((Some(a), Some(b)), true) => return Ok(Decision::OneEvent { a, b }),
        ((Some(x), Some(y)), false) if x == y => {
            return Err(Error::input(format!(
                "`{a}` and `{b}` are one already and nothing in them is told apart"
            )));
        }
        ((Some(a), Some(b)), false) => return Ok(Decision::TwoEvents { a, b }),
        ((Some(_), None), _) => {
            return Err(Error::input(format!("`{a}` is an event or claim, `{b}` is none")));
        }
        ((None, Some(_)), _) => {
            return Err(Error::input(format!("`{b}` is an event or claim, `{a}` is none")));
        }
        ((None, None), _) => {}
    }
    let words = shelf.words();
    let sorts = [Role::Actor, Role::Place, Role::Source];
    let both = |role: &Role| ids(a, *role, words, weighed).is_ok() && ids(b, *role, words, weighed).is_ok();
    if let Some(&role) = sorts.iter().find(|role| both(role)) {
        let (a, b) = (one(a, role, words, weighed)?, one(b, role, words, weighed)?);
        return Ok(if joins { Decision::Merge { a, b } } else { Decision::Split { a, b } });
    }
    let known = |name: &&str| sorts.iter().any(|role| ids(name, *role, words, weighed).is_ok());
    Err(Error::input(match [a, b].iter().find(|name| !known(name)) {
        Some(name) => format!("no claim, event, actor, place or source is called `{name}`"),
        None => format!("`{a}` and `{b}` are of different sorts; give two actors, two places or two sources"),
    }))
}

/// That these claims are not about the event that they are held to be about.
///
/// # Errors
/// When there is no such event, or a claim is none of its, or nothing would be left of it.
pub fn leave(event: &str, claims: &[String], weighed: &Weighed) -> Result<Vec<Decision>, Error> {
    let Some(found) = weighed.events.iter().find(|known| known.id == event) else {
        return Err(Error::input(format!("no event has the id `{event}`")));
    };
    if let Some(stranger) = claims.iter().find(|claim| !found.claims.contains(claim)) {
        return Err(Error::input(format!("`{stranger}` is no claim of event `{event}`")));
    }
    let rest: Vec<&ClaimId> = found.claims.iter().filter(|claim| !claims.contains(claim)).collect();
    if rest.is_empty() {
        return Err(Error::input(format!("these are all claims of event `{event}`; leave one")));
    }
    let two = |(a, b): (&String, &ClaimId)| Decision::TwoEvents { a: a.clone(), b: b.clone() };
    Ok(claims.iter().flat_map(|claim| rest.iter().map(move |other| (claim, *other))).map(two).collect())
}

/// That a mention means an entity, in a claim or in all claims of a report: of whatever slots it stands in.
///
/// # Errors
/// When there is no such claim or report, the words are no mention there, or the entity fits nobody or several.
pub fn link(
    of: &str,
    mention: &str,
    entity: &str,
    shelf: &Shelf,
    weighed: &Weighed,
) -> Result<Vec<Decision>, Error> {
    let all = || shelf.all();
    let report = shelf.heads.iter().any(|head| head.id == of);
    if !report && shelf.claim(of).is_none() {
        return Err(Error::input(format!("no claim or report has the id `{of}`")));
    }
    let here = all().filter(|claim| if report { claim.document == of } else { claim.id == of });
    let mut slots: Vec<(Slot, Role)> = Vec::new();
    for claim in here {
        let roles = [
            (Slot::Actor, Role::Actor, &claim.actor),
            (Slot::Target, Role::Actor, &claim.target),
            (Slot::Place, Role::Place, &claim.place),
            (Slot::Source, Role::Source, &claim.source),
        ];
        for (slot, role, fillers) in roles {
            let told = fillers.iter().any(|filler| filler.mention == mention);
            if told && !slots.iter().any(|(known, _)| *known == slot) {
                slots.push((slot, role));
            }
        }
    }
    if slots.is_empty() {
        return Err(Error::input(format!(
            "`{mention}` names nobody and nothing in `{of}`; `gainsay why` shows what does"
        )));
    }
    let decide = |(slot, role)| {
        let id = one(entity, role, shelf.words(), weighed)?;
        Ok(Decision::Link { of: of.to_owned(), slot, mention: mention.to_owned(), id })
    };
    slots.into_iter().map(decide).collect()
}

/// The claim itself, or the first of an event.
fn claim_of(id: &str, shelf: &Shelf, weighed: &Weighed) -> Option<ClaimId> {
    if let Some(claim) = shelf.claim(id) {
        return Some(claim.id.clone());
    }
    weighed.events.iter().find(|event| event.id == id)?.claims.first().cloned()
}
