//! What the map's sliders move over.

use axum::Json;
use axum::extract::State;
use gainsay::answers::MonthLine;
use gainsay::model::Date;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{ApiError, Desk};

/// So many sources are offered, the most heard.
const SOURCES: u64 = 200;
/// So many days of change are marked at most; of more, as many spread over all.
const CHANGES: usize = 2000;

/// The days that the ledger tells of, and of what.
#[derive(Serialize, ToSchema)]
#[schema(as = MapSpan)]
pub struct Span {
    /// The day from which on events are told of.
    #[schema(value_type = Option<String>)]
    first: Option<Date>,
    /// The last day of an event.
    #[schema(value_type = Option<String>)]
    last: Option<Date>,
    /// First day on which something was said.
    #[schema(value_type = Option<String>)]
    said_first: Option<Date>,
    /// Last day on which something was said.
    #[schema(value_type = Option<String>)]
    said_last: Option<Date>,
    /// What each month holds.
    #[schema(value_type = Vec<Object>)]
    months: Vec<MonthLine>,
    /// The sources most heard.
    sources: Vec<Heard>,
    /// Days on which some holder changes.
    #[schema(value_type = Vec<String>)]
    changes: Vec<Date>,
}

/// A source to tell the map.
#[derive(Serialize, ToSchema)]
#[schema(as = MapSource)]
struct Heard {
    id: String,
    name: String,
    side: String,
    claims: u64,
}

/// The days that the ledger tells of, and of what.
#[utoipa::path(get, path = "/api/map/span", responses((status = 200, body = Span)))]
pub async fn span(State(desk): State<Desk>) -> Result<Json<Span>, ApiError> {
    desk.work(|desk| {
        let answers = desk.answers();
        let summary = answers.summary();
        let sources = answers.sources((0, SOURCES))?.into_iter();
        let heard = |source: gainsay::model::SourceView| Heard {
            id: source.id,
            name: source.name,
            side: source.side,
            claims: source.claims,
        };
        let changes = answers.changes()?;
        let every = changes.len().div_ceil(CHANGES).max(1);
        Ok(Json(Span {
            first: summary.first,
            last: summary.last,
            said_first: summary.said_first,
            said_last: summary.said_last,
            months: answers.months()?,
            sources: sources.map(heard).collect(),
            changes: changes.into_iter().step_by(every).collect(),
        }))
    })
    .await
}
