//! What the map shows.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::{ApiError, Desk};

/// The routes of the map.
pub fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(span))
}

/// The days that the ledger tells of.
#[derive(Serialize, ToSchema)]
struct Span {
    /// First day of a claim's matter.
    #[schema(value_type = Option<String>)]
    first: Option<gainsay::model::Date>,
}

/// The days that the ledger tells of, and of what.
#[utoipa::path(get, path = "/api/map/span", responses((status = 200, body = Span)))]
async fn span(State(desk): State<Desk>) -> Result<Json<Span>, ApiError> {
    desk.work(|desk| {
        let part = desk.answers().part(&Default::default())?;
        let first = part.weighed().events.iter().filter_map(|event| event.time.start).min();
        Ok(Json(Span { first }))
    })
    .await
}
