//! Sources: a list of them, and how one stands to the others.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::Response;
use gainsay::answers::{Answers, FigureLine, StandLine};
use gainsay::ask::Ask;
use gainsay::decide::Entry;
use gainsay::model::{Dispute, EntityId, SourceView};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::asked::Asked;
use super::named::Ids;
use super::paged::{Page, Paged};
use crate::{ApiError, Desk};

/// The routes of sources.
pub fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(one))
}

/// So many disputes a page shows; their list has all.
const SHOWN: u64 = 30;

/// The sources, the most heard first.
#[utoipa::path(get, path = "/api/sources",
    params(("q" = Option<String>, Query), ("after" = Option<String>, Query), ("limit" = Option<String>, Query)),
    responses((status = 200, body = Paged), (status = 400, description = "bad input")))]
async fn list(State(desk): State<Desk>, asked: Asked) -> Result<Json<Paged>, ApiError> {
    desk.work(move |desk| {
        let page = Page::of(&asked)?;
        let answers = desk.answers();
        let (sources, total) = answers.sources_like(asked.word("q"), page.bounds())?;
        let mut named = Ids::default();
        sources.iter().for_each(|source| _ = named.add(&source.id).all(&source.belongs_to));
        Ok(Json(page.made(sources, Some(total), named.named(&answers)?)?))
    })
    .await
}

/// A source, and how it stands to the others.
#[derive(Serialize, ToSchema)]
#[schema(as = SourceTold)]
struct Told {
    /// Whom it cites, who cites it, its loops and copies.
    #[schema(value_type = Object)]
    source: SourceView,
    /// Its figures beside the others', those that differ most first.
    #[schema(value_type = Vec<Object>)]
    figures: Vec<FigureLine>,
    /// How many of its figures lie above the best of all voices, agree with it, lie below.
    #[schema(value_type = Object)]
    stand: Stand,
    /// Disputes in which it speaks, the latest first.
    #[schema(value_type = Vec<Object>)]
    disputes: Vec<Dispute>,
    /// Claims it makes or passes on.
    claims: u64,
    /// What was decided of it.
    #[schema(value_type = Vec<Object>)]
    decisions: Vec<Entry>,
    /// Names of all ids.
    #[schema(value_type = Object)]
    names: BTreeMap<EntityId, gainsay::named::Name>,
}

#[derive(Serialize)]
struct Stand {
    above: u64,
    same: u64,
    below: u64,
    median_ratio: Option<f64>,
}

/// A source: whom it cites, who cites it, and how its figures stand to others'.
#[utoipa::path(get, path = "/api/sources/{id}", params(("id" = String, Path)),
    responses((status = 200, body = Told), (status = 404, description = "no such source")))]
async fn one(State(desk): State<Desk>, Path(id): Path<String>, address: Uri) -> Result<Response, ApiError> {
    desk.written(&address, move |desk| told(&desk.answers(), &id)).await
}

fn told(answers: &Answers, id: &str) -> Result<Told, ApiError> {
    let source = answers.source(id)?.ok_or_else(|| ApiError::not_found("no source has this id"))?;
    let ask = Ask { source: vec![id.to_owned()], ..Ask::default() };
    let StandLine { above, same, below, median_ratio, figures } = answers.standing(id)?;
    let (disputes, _) = answers.disputes(&ask, None, None, (0, SHOWN))?;
    let mut named = Ids::default();
    named.add(id).all(&source.belongs_to).all(&source.cites).all(&source.cited_by).all(&source.reposts);
    named.all(source.circular.iter().flatten());
    disputes.iter().for_each(|dispute| _ = named.dispute(dispute));
    Ok(Told {
        claims: answers.count_claims(&ask)?,
        decisions: answers.decisions_of_source(id),
        stand: Stand { above, same, below, median_ratio },
        names: named.named(answers)?,
        source,
        figures,
        disputes,
    })
}
