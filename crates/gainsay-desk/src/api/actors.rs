//! Actors: a list of them, and all that is said of one.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::Response;
use gainsay::answers::{Answers, Order};
use gainsay::ask::{ActorLine, Ask};
use gainsay::model::{Control, Dispute, EntityId, Tie};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::asked::Asked;
use super::named::Ids;
use super::paged::{Page, Paged};
use super::places::Some;
use crate::{ApiError, Desk};

/// The routes of actors.
pub fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(one))
}

/// So many events and disputes a page shows; their lists have all.
const SHOWN: u64 = 30;

/// The actors that claims name, the most told of first.
#[utoipa::path(get, path = "/api/actors",
    params(("q" = Option<String>, Query), ("after" = Option<String>, Query), ("limit" = Option<String>, Query)),
    responses((status = 200, body = Paged), (status = 400, description = "bad input")))]
async fn list(State(desk): State<Desk>, asked: Asked) -> Result<Json<Paged>, ApiError> {
    desk.work(move |desk| {
        let page = Page::of(&asked)?;
        let answers = desk.answers();
        let (actors, total) = answers.actors_like(asked.word("q"), page.bounds())?;
        let mut named = Ids::default();
        actors.iter().for_each(|line| _ = named.add(&line.id).all(&line.part_of));
        Ok(Json(page.made(actors, Option::Some(total), named.named(&answers)?)?))
    })
    .await
}

/// All that is said of an actor.
#[derive(Serialize, ToSchema)]
#[schema(as = ActorTold)]
struct Told {
    /// The actor.
    #[schema(value_type = Object)]
    actor: ActorLine,
    /// What it is said to hold on the ledger's last day.
    #[schema(value_type = Vec<Object>)]
    holds: Vec<Control>,
    /// How it stood to others, the latest last.
    #[schema(value_type = Vec<Object>)]
    ties: Vec<Tie>,
    /// What it did and what was done to it, the latest first.
    #[schema(value_type = Object)]
    events: Some,
    /// What of it cannot all be true, the latest first.
    #[schema(value_type = Vec<Object>)]
    disputes: Vec<Dispute>,
    /// Claims that name it or its parts.
    claims: u64,
    /// Names of all ids.
    #[schema(value_type = Object)]
    names: BTreeMap<EntityId, gainsay::named::Name>,
}

/// All that is said of an actor: what it holds, how it stood to others, what it did.
#[utoipa::path(get, path = "/api/actors/{id}", params(("id" = String, Path)),
    responses((status = 200, body = Told), (status = 404, description = "no such actor")))]
async fn one(State(desk): State<Desk>, Path(id): Path<String>, address: Uri) -> Result<Response, ApiError> {
    desk.written(&address, move |desk| told(&desk.answers(), &id)).await
}

/// So many pages are written ahead.
const AHEAD: u64 = 60;

/// Writes ahead the pages of the actors most told of.
pub fn write_ahead(desk: &Desk) {
    let answers = desk.answers();
    for line in answers.actors((0, AHEAD)).unwrap_or_default() {
        desk.write_ahead(&format!("/api/actors/{}", line.id), |_| told(&answers, &line.id));
    }
}

fn told(answers: &Answers, id: &str) -> Result<Told, ApiError> {
    let actor = match answers.actor(id)? {
        Option::Some(actor) => actor,
        None => answers.listed_actor(id).ok_or_else(|| ApiError::not_found("no actor has this id"))?,
    };
    let at = answers.summary().last.unwrap_or_default();
    let parts = answers.parts_of(id);
    let mut places: Vec<EntityId> = Vec::new();
    for stand in answers.stands(at, None, None)? {
        if stand.holders.iter().any(|holder| parts.contains(holder)) {
            places.push(stand.place);
        }
    }
    let holds = answers.control_in(&places, at, None, None)?;
    let ask = Ask { actor: vec![id.to_owned()], ..Ask::default() };
    let ties = answers.ties(id)?;
    let (disputes, _) = answers.disputes(&ask, None, None, (0, SHOWN))?;
    let items = answers.events(&ask, Order::Day, (0, SHOWN))?.into_iter().map(|line| line.event).collect();
    let events = Some { items, total: answers.count_events(&ask)? };
    let claims = answers.count_claims(&ask)?;
    let mut named = Ids::default();
    named.add(id).all(&actor.part_of);
    holds.iter().for_each(|line| _ = named.control(line));
    ties.iter().for_each(|tie| _ = named.tie(tie));
    events.items.iter().for_each(|event| _ = named.event(event));
    disputes.iter().for_each(|dispute| _ = named.dispute(dispute));
    Ok(Told { actor, holds, ties, events, disputes, claims, names: named.named(answers)? })
}
