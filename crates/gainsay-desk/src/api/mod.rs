//! The API: a file for each part of the desk, each giving its routes with their descriptions.

mod accounts;
mod actors;
mod add;
mod address;
mod asked;
mod charts;
mod claims;
mod disputes;
mod events;
mod deciding;
mod decisions;
mod described;
mod jobs;
mod live;
mod map;
mod me;
mod named;
mod paged;
mod places;
mod reports;
mod preview;
mod proposals;
mod publish;
mod queue;
mod search;
mod settings;
mod sources;
pub mod veil;

use axum::middleware::from_fn_with_state;
use axum::routing::{any, get};
use axum::{Json, Router};
use utoipa_axum::router::OpenApiRouter;

use crate::security::{enter, may};
use crate::{ApiError, Desk, pages};

pub use jobs::Jobs;
pub use live::Places;
pub use me::Standing;

/// All routes under `/api`, and their description at `/api/openapi.json`; each is held to its row in the table of
/// rights.
pub fn router(desk: Desk) -> Router {
    let (routes, api) = OpenApiRouter::<Desk>::with_openapi(described::head())
        .merge(me::routes())
        .merge(accounts::routes())
        .merge(settings::routes())
        .merge(live::routes())
        .merge(map::routes())
        .merge(places::routes())
        .merge(actors::routes())
        .merge(sources::routes())
        .merge(events::routes())
        .merge(disputes::routes())
        .merge(claims::routes())
        .merge(reports::routes())
        .merge(queue::routes())
        .merge(decisions::routes())
        .merge(preview::routes())
        .merge(proposals::routes())
        .merge(search::routes())
        .merge(add::routes())
        .merge(jobs::routes())
        .merge(charts::routes())
        .merge(publish::routes())
        .split_for_parts();
    let api = described::whole(api);
    routes
        .route("/api/openapi.json", get(move || async move { Json(api) }))
        .route("/api/{*rest}", any(|| async { ApiError::not_found("the API has no such address") }))
        .route("/tiles/user.pmtiles", get(pages::tiles))
        .route("/enter", get(enter))
        .route_layer(from_fn_with_state(desk.clone(), may))
        .with_state(desk)
}

/// Writes ahead the pages that take longest and are asked for most: those of the places and actors most told of.
pub fn write_ahead(desk: &Desk) {
    map::write_ahead(desk);
    places::write_ahead(desk);
    actors::write_ahead(desk);
}
