//! What deciding and agreeing have in common: who may, what is known of ids, what refusals say, who is told.

use gainsay::answers::Answers;
use gainsay::cards::Card;
use gainsay::decide::{Answer, Decision, Entry, Known, Refused};
use gainsay::model::ClaimId;
use gainsay::names::{Role as Sort, listed};
use serde_json::{Value, json};

use crate::security::{Role, Who};
use crate::{ApiError, Desk};

/// So many claims of a batch are named to those who listen.
const TOLD: usize = 200;

/// From which role on somebody may take a decision: coders decide on how claims were read, reviewers on all else.
pub fn needed(decision: &Decision, desk: &Desk, who: &Who) -> Role {
    match decision {
        Decision::Confirm { .. } | Decision::Reject { .. } | Decision::Correct { .. } => Role::Coder,
        Decision::Undo { entry } => {
            let decided = desk.review().register.decided();
            match decided.entry(*entry).filter(|undone| undone.by == who.name) {
                // What undoes an undoing is as heavy as a review.
                Some(Entry { decision: Decision::Undo { .. }, .. }) | None => Role::Reviewer,
                Some(own) => needed(&own.decision, desk, who),
            }
        }
        _ => Role::Reviewer,
    }
}

/// Goes on where all of these may be taken.
///
/// # Errors
/// When one takes a greater role.
pub fn may(decisions: &[Decision], desk: &Desk, who: &Who) -> Result<(), ApiError> {
    let most = decisions.iter().map(|decision| needed(decision, desk, who)).max();
    most.map_or(Ok(()), |role| who.needs(role))
}

/// Runs work with what the answers know of ids.
pub fn knowing<T>(answers: &Answers, work: impl FnOnce(&Known) -> T) -> T {
    let roles = |id: &str| -> Result<Vec<Sort>, gainsay::Error> {
        let mut sorts = Vec::new();
        for sort in Sort::ALL {
            let known = listed(id, sort, answers.words())
                || match sort {
                    Sort::Place => answers.place(id)?.is_some(),
                    Sort::Actor => answers.actor(id)?.is_some(),
                    Sort::Source => answers.source(id)?.is_some(),
                };
            if known {
                sorts.push(sort);
            }
        }
        Ok(sorts)
    };
    let event_of = |claim: &str| -> Option<String> {
        let lines = answers.lines(&[claim.to_owned()]).ok()?;
        lines.into_iter().next()?.event
    };
    work(&Known { roles: &roles, event_of: &event_of })
}

/// Why nothing was decided, for the page.
pub fn refusal(refused: Refused) -> ApiError {
    match refused {
        Refused::Stale(changed) => {
            let by: std::collections::BTreeSet<&str> =
                changed.iter().map(|entry| entry.by.as_str()).collect();
            let by = by.into_iter().collect::<Vec<_>>().join(", ");
            let line = format!("{by} decided on this meanwhile; look again, then decide");
            ApiError::stale(line, json!(changed))
        }
        Refused::NoProposal(entry) => ApiError::not_found(format!("log entry {entry} is no proposal")),
        Refused::Own => {
            ApiError::forbidden("this takes a second person: nobody agrees to their own proposal")
        }
        Refused::Answered(proposal) => {
            let word = if proposal.state == Answer::Agreed { "agreed to" } else { "refused" };
            let by = proposal.answered_by.as_deref().unwrap_or("somebody");
            ApiError::stale(format!("{by} has {word} this already"), json!([proposal]))
        }
        Refused::Error(error) => error.into(),
    }
}

/// Tells everybody that something was decided, without names out of reports; and has the answers made anew.
pub fn tell(desk: &Desk, who: &Who, decisions: &[Decision], entries: &[u64], proposed: bool) {
    let Some(&entry) = entries.last() else { return };
    let mut claims: Vec<&str> = decisions.iter().flat_map(claims_of).collect();
    claims.sort_unstable();
    claims.dedup();
    claims.truncate(TOLD);
    let word = decisions.first().map_or("", word_of);
    let at = match proposed {
        true => desk.review().register.proposals().entry(entry).map(|proposal| proposal.at.clone()),
        false => desk.review().register.decided().entry(entry).map(|entry| entry.at.clone()),
    };
    let many = decisions.len();
    let text = format!("{}{word} ({many})", if proposed { "proposed: " } else { "" });
    desk.tell(
        "decision",
        json!({
            "entry": entry, "by": who.name, "at": at, "text": text, "decision": word, "many": many,
            "proposed": proposed, "claims": claims,
        }),
    );
    if !proposed {
        desk.decided(entry);
    }
}

/// The claims that a decision is on.
pub fn claims_of(decision: &Decision) -> Vec<&str> {
    match decision {
        Decision::Confirm { claim } | Decision::Reject { claim } | Decision::Correct { claim, .. } => {
            vec![claim]
        }
        Decision::OneEvent { a, b } | Decision::TwoEvents { a, b } => vec![a, b],
        Decision::Link { of, .. } => vec![of],
        _ => Vec::new(),
    }
}

/// The word that stands for a sort of decision.
pub fn word_of(decision: &Decision) -> &'static str {
    match decision {
        Decision::Confirm { .. } => "confirm",
        Decision::Reject { .. } => "reject",
        Decision::Correct { .. } => "correct",
        Decision::Merge { .. } => "merge",
        Decision::Split { .. } => "split",
        Decision::OneEvent { .. } => "one-event",
        Decision::TwoEvents { .. } => "two-events",
        Decision::Link { .. } => "link",
        Decision::Rate { .. } => "rate",
        Decision::Undo { .. } => "undo",
    }
}

/// The ids of actors, places and sources that a decision names.
pub fn entities_of(decision: &Decision) -> Vec<&str> {
    match decision {
        Decision::Merge { a, b } | Decision::Split { a, b } => vec![a, b],
        Decision::Link { id, .. } => vec![id],
        Decision::Rate { source, .. } => vec![source],
        Decision::Correct { values, .. } => {
            let ids = values.iter().filter(|(field, _)| field.ends_with("_id"));
            ids.flat_map(|(_, ids)| ids.as_array().into_iter().flatten()).filter_map(Value::as_str).collect()
        }
        _ => Vec::new(),
    }
}

/// Claims as pages show them, in the order of the ids, with what was decided and proposed since the answers were made;
/// those that are gone are left out.
///
/// # Errors
/// When the answers or the ledger cannot be read.
pub fn cards(desk: &Desk, answers: &Answers, ids: &[ClaimId]) -> Result<Vec<Card>, ApiError> {
    let mut cards = gainsay::cards::cards(answers, ids)?;
    desk.lay_over(&mut cards);
    Ok(cards)
}

/// The ids of actors, places and sources that a card names.
pub fn entities_on(card: &Card) -> Vec<&str> {
    let claim = &card.line.claim;
    let fillers = claim.actor.iter().chain(&claim.target).chain(&claim.place).chain(&claim.source);
    let voices = card.line.roots.iter().chain(card.chain.iter().map(|link| &link.id));
    fillers.filter_map(|filler| filler.id()).chain(voices.map(String::as_str)).collect()
}
