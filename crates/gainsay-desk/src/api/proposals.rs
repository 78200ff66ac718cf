//! A second pair of eyes: what was proposed, and agreeing to it or not.

use axum::Json;
use axum::extract::{Path, Query, State};
use gainsay::decide::{Answer, By, Proposal};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::deciding::{entities_of, knowing, may, refusal, tell};
use crate::security::Who;
use crate::{ApiError, Desk};

/// So many are given where nobody says how many, and so many at most.
const LIMIT: (usize, usize) = (50, 200);

/// So many decisions of one proposal are shown; a batch has more.
const SHOWN: usize = 50;

/// The routes of proposals.
pub fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(answer))
}

/// Which proposals.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// `open`, `agreed` or `refused`; all where not said.
    state: Option<String>,
    /// The `next` of the page before.
    after: Option<u64>,
    /// How many; 50 where not said, at most 200.
    limit: Option<usize>,
}

/// A page of proposals, newest first.
#[derive(Serialize, ToSchema)]
struct ProposalsPage {
    #[schema(value_type = Vec<Object>)]
    items: Vec<Shown>,
    next: Option<String>,
    total: usize,
    #[schema(value_type = Object)]
    names: std::collections::BTreeMap<String, gainsay::named::Name>,
}

/// A proposal.
#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    proposal: Proposal,
    /// How many decisions it holds; the first of them are shown.
    many: usize,
}

/// What was proposed, newest first.
#[utoipa::path(get, path = "/api/proposals", params(Asked), responses((status = 200, body = ProposalsPage)))]
async fn list(
    State(desk): State<Desk>,
    _: Who,
    Query(asked): Query<Asked>,
) -> Result<Json<ProposalsPage>, ApiError> {
    let state = match asked.state.as_deref() {
        None | Some("") => None,
        Some("open") => Some(Answer::Open),
        Some("agreed") => Some(Answer::Agreed),
        Some("refused") => Some(Answer::Refused),
        Some(_) => return Err(ApiError::bad("`state` is `open`, `agreed` or `refused`")),
    };
    let limit = asked.limit.unwrap_or(LIMIT.0).clamp(1, LIMIT.1);
    desk.work(move |desk| {
        desk.review().register.look();
        let proposals = desk.review().register.proposals();
        let fits = |proposal: &&Proposal| state.is_none_or(|state| proposal.state == state);
        let total = proposals.all.iter().filter(fits).count();
        let before = |proposal: &&Proposal| asked.after.is_none_or(|after| proposal.entry < after);
        let mut found = proposals.all.iter().rev().filter(fits).filter(before);
        let items: Vec<Shown> = found.by_ref().take(limit).map(shown).collect();
        let next = found.next().and(items.last()).map(|last| last.proposal.entry.to_string());
        let decisions = items.iter().flat_map(|item| &item.proposal.decisions);
        let ids: Vec<&str> = decisions.flat_map(entities_of).collect();
        let names = desk.answers().names(ids)?;
        Ok(Json(ProposalsPage { items, next, total, names }))
    })
    .await
}

fn shown(proposal: &Proposal) -> Shown {
    let many = proposal.decisions.len();
    let decisions = proposal.decisions.iter().take(SHOWN).cloned().collect();
    Shown { proposal: Proposal { decisions, ..proposal.clone() }, many }
}

/// An answer to a proposal.
#[derive(Deserialize, ToSchema)]
struct ProposalAnswer {
    /// Whether one agrees.
    agree: bool,
    /// Why.
    #[serde(default)]
    why: String,
}

/// What came of it.
#[derive(Serialize, ToSchema)]
struct AnsweredProposal {
    /// Entries of the log: of the decisions, or of the refusal.
    entries: Vec<u64>,
    /// Whether it was decided.
    agreed: bool,
}

/// Agrees to a proposal of somebody else's, or refuses one.
#[utoipa::path(post, path = "/api/proposals/{entry}", params(("entry" = u64, Path, description = "Its entry")),
    request_body = ProposalAnswer, responses(
        (status = 200, body = AnsweredProposal),
        (status = 403, description = "One's own, or more than one may decide"),
        (status = 404, description = "No such proposal"),
        (status = 409, description = "Answered already, or others decided on the same"),
        (status = 503, description = "The ledger cannot be written")))]
async fn answer(
    State(desk): State<Desk>,
    who: Who,
    Path(entry): Path<u64>,
    Json(answered): Json<ProposalAnswer>,
) -> Result<Json<AnsweredProposal>, ApiError> {
    desk.work(move |desk| {
        let register = &desk.review().register;
        register.catch_up()?;
        let proposals = register.proposals();
        let Some(proposal) = proposals.entry(entry) else {
            return Err(ApiError::not_found(format!("log entry {entry} is no proposal")));
        };
        let by = By { name: &who.name, why: &answered.why, seen: entry, signs: who.signs.as_deref() };
        // What is one's own anybody may take back.
        if answered.agree || proposal.by != who.name {
            may(&proposal.decisions, desk, &who)?;
        }
        if !answered.agree {
            let refused = register.refuse(by, entry).map_err(refusal)?;
            desk.tell("decision", serde_json::json!({
                "entry": refused, "by": who.name, "text": "refused a proposal", "decision": "refuse", "many": 1,
                "proposed": true, "claims": [],
            }));
            return Ok(Json(AnsweredProposal { entries: vec![refused], agreed: false }));
        }
        let answers = desk.answers();
        let entries = knowing(&answers, |known| register.agree(by, entry, known)).map_err(refusal)?;
        tell(desk, &who, &proposal.decisions, &entries, false);
        Ok(Json(AnsweredProposal { entries, agreed: true }))
    })
    .await
}
