//! The API: a file for each part of the desk, each giving its routes with their descriptions.

mod address;
mod asked;
mod charts;
mod map;
pub mod veil;

use axum::{Json, Router};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::Desk;

/// The description's head; paths are gathered from the handlers.
#[derive(OpenApi)]
#[openapi(info(title = "gainsay desk", description = "What the desk's pages work from."))]
struct Described;

/// All routes under `/api`, and their description at `/api/openapi.json`.
pub fn router(desk: Desk) -> Router {
    let (routes, described) =
        OpenApiRouter::<Desk>::with_openapi(Described::openapi()).merge(map::routes()).merge(charts::routes()).split_for_parts();
    routes
        .route("/api/openapi.json", axum::routing::get(move || async move { Json(described) }))
        .with_state(desk)
}
