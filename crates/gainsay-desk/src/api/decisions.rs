//! Decisions: taking them, many at once after a look at what they would be, undoing them, and what was decided so far.

use axum::Json;
use axum::extract::{Path, Query, State};
use gainsay::decide::{By, Decision, Entry, LONGEST_WHY};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::deciding::{claims_of, entities_of, knowing, may, refusal, tell};
use crate::security::Who;
use crate::{ApiError, Desk};

/// So many are given where nobody says how many, and so many at most.
const LIMIT: (usize, usize) = (50, 200);

/// The routes of decisions.
pub fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(list, decide)).routes(routes!(undo))
}

/// What is decided.
#[derive(Deserialize, ToSchema)]
struct Deciding {
    /// Decisions as the log holds them: `{"decision": "confirm", "claim": …}` …
    #[schema(value_type = Vec<Object>)]
    decisions: Vec<Decision>,
    /// Why; at most 4,000 characters.
    #[serde(default)]
    why: String,
    /// The entry of the log that what one saw was made from; that of the answers where not said.
    seen: Option<u64>,
}

/// What was decided.
#[derive(Serialize, ToSchema)]
struct Decided {
    /// Entries of the log.
    entries: Vec<u64>,
    /// Whether it waits for a second person.
    proposed: bool,
}

/// Takes decisions, all of them or none; where a second pair of eyes is required, proposes them.
#[utoipa::path(post, path = "/api/decisions", request_body = Deciding, responses(
    (status = 200, body = Decided),
    (status = 400, description = "One of them cannot be decided"),
    (status = 403, description = "One may not decide this"),
    (status = 409, description = "Others decided on the same meanwhile"),
    (status = 503, description = "The ledger cannot be written")))]
async fn decide(
    State(desk): State<Desk>,
    who: Who,
    Json(deciding): Json<Deciding>,
) -> Result<Json<Decided>, ApiError> {
    desk.work(move |desk| take(desk, &who, deciding).map(Json)).await
}

fn take(desk: &Desk, who: &Who, deciding: Deciding) -> Result<Decided, ApiError> {
    let Deciding { decisions, why, seen } = deciding;
    let register = &desk.review().register;
    let second_eyes = desk.settings().second_eyes;
    if !second_eyes {
        may(&decisions, desk, who)?;
    }
    let answers = desk.answers();
    let seen = seen.unwrap_or_else(|| answers.entry());
    let by = By { name: &who.name, why: &why, seen, signs: who.signs.as_deref() };
    let entries = knowing(&answers, |known| match second_eyes {
        true => register.propose(by, &decisions, known).map(|entry| vec![entry]),
        false => register.decide(by, &decisions, known),
    });
    let entries = entries.map_err(refusal)?;
    tell(desk, who, &decisions, &entries, second_eyes);
    Ok(Decided { entries, proposed: second_eyes })
}

/// Why it is undone.
#[derive(Deserialize, ToSchema)]
struct Undoing {
    /// At most 4,000 characters.
    #[serde(default)]
    why: String,
    /// As of decisions.
    seen: Option<u64>,
}

/// Undoes a decision.
#[utoipa::path(post, path = "/api/decisions/{entry}/undo", params(("entry" = u64, Path, description = "Its entry")),
    request_body = Undoing, responses(
        (status = 200, body = Decided),
        (status = 400, description = "It is none, or undone already"),
        (status = 409, description = "Others decided on the same meanwhile"),
        (status = 503, description = "The ledger cannot be written")))]
async fn undo(
    State(desk): State<Desk>,
    who: Who,
    Path(entry): Path<u64>,
    Json(undoing): Json<Undoing>,
) -> Result<Json<Decided>, ApiError> {
    let decisions = vec![Decision::Undo { entry }];
    desk.work(move |desk| {
        // Whoever undoes an entry has seen it and all before it.
        let seen = undoing.seen.unwrap_or(entry).max(entry);
        take(desk, &who, Deciding { decisions, why: undoing.why, seen: Some(seen) }).map(Json)
    })
    .await
}

/// Which decisions.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// By whom.
    by: Option<String>,
    /// On which claim.
    claim: Option<String>,
    /// The `next` of the page before.
    after: Option<u64>,
    /// How many; 50 where not said, at most 200.
    limit: Option<usize>,
}

/// A page of decisions, newest first.
#[derive(Serialize, ToSchema)]
struct DecisionsPage {
    #[schema(value_type = Vec<Object>)]
    items: Vec<Entry>,
    next: Option<String>,
    total: usize,
    #[schema(value_type = Object)]
    names: std::collections::BTreeMap<String, gainsay::named::Name>,
}

/// What was decided, newest first, with what was undone.
#[utoipa::path(get, path = "/api/decisions", params(Asked), responses((status = 200, body = DecisionsPage)))]
async fn list(
    State(desk): State<Desk>,
    _: Who,
    Query(asked): Query<Asked>,
) -> Result<Json<DecisionsPage>, ApiError> {
    let limit = asked.limit.unwrap_or(LIMIT.0).clamp(1, LIMIT.1);
    desk.work(move |desk| {
        desk.review().register.look();
        let decided = desk.review().register.decided();
        let (by, claim) = (given(asked.by), given(asked.claim));
        let fits = |entry: &&Entry| {
            let own = |name: &String| entry.by == *name || entry.proposed_by.as_ref() == Some(name);
            by.as_ref().is_none_or(own) && claim.as_ref().is_none_or(|claim| on(entry, claim, &decided))
        };
        let total = decided.entries.iter().filter(fits).count();
        let before = |entry: &&Entry| asked.after.is_none_or(|after| entry.entry < after);
        let mut found = decided.entries.iter().rev().filter(fits).filter(before);
        let items: Vec<Entry> = found.by_ref().take(limit).cloned().collect();
        let next = found.next().and(items.last()).map(|last| last.entry.to_string());
        let ids: Vec<&str> = items.iter().flat_map(|entry| entities_of(&entry.decision)).collect();
        let names = desk.answers().names(ids)?;
        Ok(Json(DecisionsPage { items, next, total, names }))
    })
    .await
}

/// A filter that was filled in.
fn given(typed: Option<String>) -> Option<String> {
    typed.filter(|typed| !typed.is_empty() && typed.chars().count() <= LONGEST_WHY)
}

/// Whether a decision is on a claim, or undoes one that is.
fn on(entry: &Entry, claim: &str, decided: &gainsay::decide::Decided) -> bool {
    match &entry.decision {
        Decision::Undo { entry } => {
            decided.entry(*entry).is_some_and(|undone| claims_of(&undone.decision).contains(&claim))
        }
        decision => claims_of(decision).contains(&claim),
    }
}
