//! Disputes: a list of them, and the versions of one side by side.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use gainsay::cards::Card;
use gainsay::model::{Dispute, DisputeKind, Event};
use gainsay::why::Link;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::asked::Asked;
use super::named::Ids;
use super::paged::{Page, Paged};
use crate::{ApiError, Desk};

/// The routes of disputes.
pub fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(one))
}

/// Of one side so many claims at most are shown.
const CLAIMS: usize = 60;

/// Disputes and revisions of which the filters let through a claim, the latest first.
#[utoipa::path(get, path = "/api/disputes",
    params(("place" = Option<String>, Query), ("actor" = Option<String>, Query), ("source" = Option<String>, Query),
        ("event" = Option<String>, Query), ("from" = Option<String>, Query), ("to" = Option<String>, Query),
        ("about" = Option<String>, Query), ("revision" = Option<String>, Query), ("after" = Option<String>, Query),
        ("limit" = Option<String>, Query)),
    responses((status = 200, body = Paged), (status = 400, description = "bad input")))]
async fn list(State(desk): State<Desk>, asked: Asked) -> Result<Json<Paged>, ApiError> {
    desk.work(move |desk| {
        let (page, ask) = (Page::of(&asked)?, asked.ask()?);
        let revision = asked.flag("revision")?;
        let answers = desk.answers();
        let (disputes, total) = answers.disputes(&ask, about(&asked)?, revision, page.bounds())?;
        let mut named = Ids::default();
        disputes.iter().for_each(|dispute| _ = named.dispute(dispute));
        Ok(Json(page.made(disputes, Some(total), named.named(&answers)?)?))
    })
    .await
}

/// The kind of dispute asked for.
fn about(asked: &Asked) -> Result<Option<DisputeKind>, ApiError> {
    use DisputeKind::{Actor, Count, Holder, Occurrence, Place, Tie, Time};
    let Some(word) = asked.word("about") else { return Ok(None) };
    let known = [Count, Actor, Occurrence, Holder, Place, Time, Tie];
    let found = known.into_iter().find(|kind| kind.as_str() == word);
    found
        .map(Some)
        .ok_or_else(|| ApiError::bad("`about` is count, actor, occurrence, holder, place, time or tie"))
}

/// A dispute with its versions side by side.
#[derive(Serialize, ToSchema)]
struct Versions {
    /// The dispute.
    #[schema(value_type = Object)]
    dispute: Dispute,
    /// The versions.
    sides: Vec<Side>,
    /// The event it is about.
    #[schema(value_type = Option<Object>)]
    event: Option<Event>,
    /// Names of all ids.
    #[schema(value_type = Object)]
    names: BTreeMap<String, gainsay::named::Name>,
}

/// One version.
#[derive(Serialize, ToSchema)]
#[schema(as = DisputeVersion)]
struct Side {
    /// What it says.
    value: String,
    /// Who says so.
    voices: Vec<Voice>,
}

/// One independent voice.
#[derive(Serialize, ToSchema)]
#[schema(as = DisputeVoice)]
struct Voice {
    /// Who.
    #[schema(value_type = Object)]
    root: Link,
    /// In which claims.
    #[schema(value_type = Vec<Object>)]
    claims: Vec<Card>,
}

/// The versions of a dispute side by side, each with its voices and their words.
#[utoipa::path(get, path = "/api/disputes/{id}", params(("id" = String, Path)),
    responses((status = 200, body = Versions), (status = 404, description = "no such dispute")))]
async fn one(State(desk): State<Desk>, Path(id): Path<String>) -> Result<Json<Versions>, ApiError> {
    desk.work(move |desk| Ok(Json(versions(desk, &id)?))).await
}

fn versions(desk: &Desk, id: &str) -> Result<Versions, ApiError> {
    let answers = &*desk.answers();
    let dispute = answers.dispute(id)?.ok_or_else(|| ApiError::not_found("no dispute has this id"))?;
    let event = match &dispute.about.event {
        Some(event) => answers.event(event)?.map(|line| line.event),
        None => None,
    };
    let mut named = Ids::default();
    named.dispute(&dispute);
    event.iter().for_each(|event| _ = named.event(event));
    let mut sides = Vec::new();
    for side in &dispute.sides {
        let shown: Vec<String> = side.claims.iter().take(CLAIMS).cloned().collect();
        let mut voices: BTreeMap<String, Vec<Card>> = BTreeMap::new();
        for card in desk.cards(&shown)? {
            named.card(&card);
            // A claim of several roots stands under each.
            for root in &card.line.roots {
                voices.entry(root.clone()).or_default().push(card.clone());
            }
        }
        let voice = |(id, mut claims): (String, Vec<Card>)| {
            claims.sort_by(|a, b| {
                (a.line.published, &a.line.claim.id).cmp(&(b.line.published, &b.line.claim.id))
            });
            let root = Link { name: answers.name(&id), side: answers.side(&id), id };
            Voice { root, claims }
        };
        sides.push(Side { value: side.value.clone(), voices: voices.into_iter().map(voice).collect() });
    }
    Ok(Versions { dispute, sides, event, names: named.named(answers)? })
}
