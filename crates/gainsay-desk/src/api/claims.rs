//! Claims: a list of them, and everything behind one.

use axum::Json;
use axum::extract::{Path, State};
use gainsay::why::WhyClaim;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::asked::Asked;
use super::named::Ids;
use super::paged::{Page, Paged};
use crate::{ApiError, Desk};

/// The routes of claims.
pub fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(one))
}

/// Claims that the filters let through, those said last first, as cards.
#[utoipa::path(get, path = "/api/claims",
    params(("place" = Option<String>, Query), ("actor" = Option<String>, Query), ("source" = Option<String>, Query),
        ("kind" = Option<String>, Query), ("report" = Option<String>, Query), ("event" = Option<String>, Query),
        ("from" = Option<String>, Query), ("to" = Option<String>, Query), ("known_by" = Option<String>, Query),
        ("according_to" = Option<String>, Query), ("after" = Option<String>, Query), ("limit" = Option<String>, Query)),
    responses((status = 200, body = Paged), (status = 400, description = "bad input")))]
async fn list(State(desk): State<Desk>, asked: Asked) -> Result<Json<Paged>, ApiError> {
    desk.work(move |desk| {
        let (page, ask) = (Page::of(&asked)?, asked.ask()?);
        let answers = desk.answers();
        let ids = answers.claims(&ask, page.bounds())?;
        let cards = desk.cards(&ids)?;
        let mut named = Ids::default();
        cards.iter().for_each(|card| _ = named.card(card));
        let total = answers.count_claims(&ask)?;
        Ok(Json(page.made(cards, Some(total), named.named(&answers)?)?))
    })
    .await
}

/// Everything behind a claim.
#[derive(Serialize, ToSchema)]
struct Behind {
    /// Its words, values with the words and rules they were read by, links, chain and decisions.
    #[schema(value_type = Object)]
    why: WhyClaim,
    /// Names of all ids.
    #[schema(value_type = Object)]
    names: BTreeMap<String, gainsay::named::Name>,
}

/// Everything behind a claim: words, rules, links, chain, decisions.
#[utoipa::path(get, path = "/api/claims/{id}", params(("id" = String, Path)),
    responses((status = 200, body = Behind), (status = 404, description = "no such claim")))]
async fn one(State(desk): State<Desk>, Path(id): Path<String>) -> Result<Json<Behind>, ApiError> {
    desk.work(move |desk| {
        let answers = desk.answers();
        let why = gainsay::why::of_answers(&answers, &id)?;
        let why = why.ok_or_else(|| ApiError::not_found("no claim has this id"))?;
        let mut named = Ids::default();
        gainsay::named::of_claim(&why.claim.claim).for_each(|id| _ = named.add(id));
        named.all(&why.claim.roots).all(why.chain.iter().map(|link| &link.id));
        named.all(why.links.iter().flat_map(|link| std::iter::once(&link.id).chain(&link.others)));
        Ok(Json(Behind { why, names: named.named(&answers)? }))
    })
    .await
}
