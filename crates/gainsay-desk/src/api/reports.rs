//! Reports: a list of them, and the text of one with its claims.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use gainsay::ask::Ask;
use gainsay::cards::Card;
use gainsay::model::Date;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::asked::Asked;
use super::named::Ids;
use super::paged::{Page, Paged};
use crate::{ApiError, Desk};

/// The routes of reports.
pub fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(one))
}

/// Reports, those said last first.
#[utoipa::path(get, path = "/api/reports",
    params(("from" = Option<String>, Query), ("to" = Option<String>, Query), ("outlet" = Option<String>, Query),
        ("language" = Option<String>, Query), ("after" = Option<String>, Query), ("limit" = Option<String>, Query)),
    responses((status = 200, body = Paged), (status = 400, description = "bad input")))]
async fn list(State(desk): State<Desk>, asked: Asked) -> Result<Json<Paged>, ApiError> {
    desk.work(move |desk| {
        let page = Page::of(&asked)?;
        let (from, to) = (asked.day("from")?, asked.day("to")?);
        let (outlet, language) = (asked.word("outlet"), asked.word("language"));
        let answers = desk.answers();
        let (reports, total) = answers.reports((from, to), outlet, language, page.bounds())?;
        Ok(Json(page.made(reports, Some(total), BTreeMap::new())?))
    })
    .await
}

/// A report with its claims.
#[derive(Serialize, ToSchema)]
#[schema(as = ReportRead)]
struct Read {
    /// The report.
    report: Kept,
    /// The claims that were read from it, in the order of its text.
    #[schema(value_type = Vec<Object>)]
    claims: Vec<Card>,
    /// Reports that carry the same text.
    copies: Vec<String>,
    /// The report whose text it carries.
    copy_of: Option<String>,
    /// Names of all ids.
    #[schema(value_type = Object)]
    names: BTreeMap<String, gainsay::named::Name>,
}

/// A report as it is kept.
#[derive(Serialize, ToSchema)]
#[schema(as = ReportKept)]
struct Kept {
    id: String,
    title: Option<String>,
    publisher: Option<String>,
    #[schema(value_type = Option<String>)]
    published: Option<Date>,
    url: Option<String>,
    language: Option<String>,
    text: String,
    added_at: String,
    added_by: String,
    entry: u64,
    raw_sha256: String,
    raw_size: u64,
    raw_name: String,
    tool: String,
    #[schema(value_type = Vec<String>)]
    guessed: Vec<gainsay::model::Field>,
}

/// The text of a report with the claims that were read from it.
#[utoipa::path(get, path = "/api/reports/{id}", params(("id" = String, Path)),
    responses((status = 200, body = Read), (status = 404, description = "no such report")))]
async fn one(State(desk): State<Desk>, Path(id): Path<String>) -> Result<Json<Read>, ApiError> {
    desk.work(move |desk| Ok(Json(read(desk, &id)?))).await
}

fn read(desk: &Desk, id: &str) -> Result<Read, ApiError> {
    let answers = &*desk.answers();
    let stored = answers.report(id)?;
    let stored = stored.ok_or_else(|| ApiError::not_found("no report has this id"))?;
    let ids = answers.claims_of_report(id)?;
    let mut claims = desk.cards(&ids)?;
    let first = |card: &Card| card.line.claim.evidence.iter().map(|evidence| evidence.start).min();
    claims.sort_by(|a, b| (first(a), &a.line.claim.id).cmp(&(first(b), &b.line.claim.id)));
    let mut named = Ids::default();
    claims.iter().for_each(|card| _ = named.card(card));
    let copy_of = claims.iter().find_map(|card| card.copy_of.clone());
    let mut copies = Vec::new();
    // Whoever published it knows which of its reports carry one text.
    let outlets = answers.part(&Ask { report: Some(id.to_owned()), ..Ask::default() })?;
    for source in outlets.weighed().sources {
        copies.extend(
            source.copies.into_iter().filter(|copies| copies.iter().any(|copy| copy == id)).flatten(),
        );
    }
    copies.retain(|copy| copy != id);
    copies.sort();
    copies.dedup();
    let report = stored.report;
    let report = Kept {
        id: report.id,
        title: report.title,
        publisher: report.publisher,
        published: report.published,
        url: report.url,
        language: report.language,
        text: report.text,
        added_at: stored.at.to_string(),
        added_by: stored.by,
        entry: stored.entry,
        raw_sha256: stored.raw_sha256,
        raw_size: stored.raw_size,
        raw_name: stored.raw_name,
        tool: stored.tool,
        guessed: report.guessed,
    };
    Ok(Read { report, claims, copies, copy_of, names: named.named(answers)? })
}
