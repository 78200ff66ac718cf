//! Events: a list of them, and every version of one.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use gainsay::answers::{Answers, Order};
use gainsay::ask::Ask;
use gainsay::cards::Card;
use gainsay::model::{Dispute, Event, Policy, Tally};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::asked::Asked;
use super::named::Ids;
use super::paged::{Page, Paged};
use crate::{ApiError, Desk};

/// The routes of events.
pub fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(one))
}

/// Of one event so many claims at most are shown at once; the list of claims has all.
const CLAIMS: usize = 200;
/// Among so many events of the same place and days its parts are looked for.
const NEAR: u64 = 300;

/// Events of which the filters let through a claim.
#[utoipa::path(get, path = "/api/events",
    params(("place" = Option<String>, Query), ("actor" = Option<String>, Query), ("source" = Option<String>, Query),
        ("kind" = Option<String>, Query), ("from" = Option<String>, Query), ("to" = Option<String>, Query),
        ("known_by" = Option<String>, Query), ("according_to" = Option<String>, Query), ("sort" = Option<String>, Query),
        ("after" = Option<String>, Query), ("limit" = Option<String>, Query)),
    responses((status = 200, body = Paged), (status = 400, description = "bad input")))]
async fn list(State(desk): State<Desk>, asked: Asked) -> Result<Json<Paged>, ApiError> {
    desk.work(move |desk| {
        let (page, ask) = (Page::of(&asked)?, asked.ask()?);
        let order = match asked.word("sort") {
            None | Some("day") => Order::Day,
            Some("killed") => Order::Killed,
            Some("roots") => Order::Roots,
            Some(_) => return Err(ApiError::bad("`sort` is day, killed or roots")),
        };
        let answers = desk.answers();
        let events = answers.events(&ask, order, page.bounds())?;
        let mut named = Ids::default();
        events.iter().for_each(|line| _ = named.event(&line.event));
        let total = answers.count_events(&ask)?;
        Ok(Json(page.made(events, Some(total), named.named(&answers)?)?))
    })
    .await
}

/// An event with all that is told of it.
#[derive(Serialize, ToSchema)]
#[schema(as = EventTold)]
struct Told {
    /// The event.
    #[schema(value_type = Object)]
    event: Event,
    /// What is claimed of it.
    #[schema(value_type = Vec<Object>)]
    claims: Vec<Card>,
    /// Its counts under every policy.
    #[schema(value_type = Vec<Object>)]
    tallies: Vec<Tally>,
    /// What of it cannot all be true.
    #[schema(value_type = Vec<Object>)]
    disputes: Vec<Dispute>,
    /// The event that it is a part of.
    #[schema(value_type = Option<Object>)]
    whole: Option<Event>,
    /// Its parts.
    #[schema(value_type = Vec<Object>)]
    parts: Vec<Event>,
    /// Events that may be the same.
    likely_one: Vec<Likely>,
    /// Names of all ids.
    #[schema(value_type = Object)]
    names: BTreeMap<String, gainsay::named::Name>,
}

/// An event that may be the same as another.
#[derive(Serialize, ToSchema)]
struct Likely {
    #[schema(value_type = Object)]
    event: Event,
    score: i64,
    reasons: Vec<String>,
}

/// Every version of an event.
#[utoipa::path(get, path = "/api/events/{id}", params(("id" = String, Path)),
    responses((status = 200, body = Told), (status = 404, description = "no such event")))]
async fn one(State(desk): State<Desk>, Path(id): Path<String>) -> Result<Json<Told>, ApiError> {
    desk.work(move |desk| Ok(Json(told(desk, &id)?))).await
}

fn told(desk: &Desk, id: &str) -> Result<Told, ApiError> {
    let answers = &*desk.answers();
    let line = answers.event(id)?.ok_or_else(|| ApiError::not_found("no event has this id"))?;
    let event = line.event;
    let ask = Ask { event: Some(id.to_owned()), ..Ask::default() };
    let part = answers.part(&ask)?;
    let weighed = part.weighed();
    let tally = |policy: &Policy| gainsay::ask::tally(&weighed, &ask, *policy, None, None);
    let tallies: Vec<Tally> = Policy::ALL.iter().flat_map(tally).collect();
    let mut disputes = weighed.disputes.clone();
    disputes.retain(|dispute| {
        dispute.sides.iter().any(|side| side.claims.iter().any(|claim| event.claims.contains(claim)))
    });
    let shown: Vec<String> = event.claims.iter().take(CLAIMS).cloned().collect();
    let mut claims = desk.cards(&shown)?;
    claims.sort_by(|a, b| (a.line.published, &a.line.claim.id).cmp(&(b.line.published, &b.line.claim.id)));
    let whole = match &event.part_of {
        Some(whole) => answers.event(whole)?.map(|line| line.event),
        None => None,
    };
    let parts = parts(answers, &event)?;
    let mut likely_one = Vec::new();
    for item in answers.queue_of(id)?.into_iter().filter(|item| item.what == "same event") {
        for other in item.events.iter().filter(|other| *other != id) {
            if let Some(line) = answers.event(other)? {
                let (score, reasons) = (item.score, item.reasons.clone());
                likely_one.push(Likely { event: line.event, score, reasons });
            }
        }
    }
    let mut named = Ids::default();
    named.event(&event);
    whole.iter().chain(&parts).for_each(|event| _ = named.event(event));
    likely_one.iter().for_each(|likely| _ = named.event(&likely.event));
    claims.iter().for_each(|card| _ = named.card(card));
    tallies.iter().for_each(|tally| _ = named.tally(tally));
    disputes.iter().for_each(|dispute| _ = named.dispute(dispute));
    let names = named.named(answers)?;
    Ok(Told { event, claims, tallies, disputes, whole, parts, likely_one, names })
}

/// The events that are parts of this one: told of the same days and place.
fn parts(answers: &Answers, event: &Event) -> Result<Vec<Event>, ApiError> {
    if event.place.is_empty() || event.time.start.is_none() {
        return Ok(Vec::new());
    }
    let near = Ask {
        place: event.place.iter().take(1).cloned().collect(),
        from: event.time.start,
        to: event.time.end,
        ..Ask::default()
    };
    let lines = answers.events(&near, Order::Day, (0, NEAR))?;
    let events = lines.into_iter().map(|line| line.event);
    Ok(events.filter(|part| part.part_of.as_ref() == Some(&event.id)).collect())
}
