//! What an admin sets for everybody at this desk.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::security::{Role, Who};
use crate::settings::{Shown, good_tiles};
use crate::{ApiError, Desk};

/// The routes of settings.
pub fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(set))
}

/// What is to be set; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewSettings)]
struct Set {
    /// Whether a decision takes force only once a second person agrees.
    second_eyes: Option<bool>,
    /// The address of tiles, or the path of a PMTiles file on the desk's computer; null for none.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    tiles: Option<Option<String>>,
}

/// Null is another thing than nothing.
fn given<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<String>>, D::Error> {
    Option::<String>::deserialize(from).map(Some)
}

/// Sets what is given.
#[utoipa::path(post, path = "/api/settings", request_body = Set, responses(
    (status = 200, body = Shown),
    (status = 400, description = "These are no tiles"),
))]
async fn set(State(desk): State<Desk>, who: Who, Json(set): Json<Set>) -> Result<Json<Shown>, ApiError> {
    who.needs(Role::Admin)?;
    desk.work(move |desk| {
        let tiles = set.tiles.map(|tiles| tiles.filter(|tiles| !tiles.trim().is_empty()));
        if let Some(Some(tiles)) = &tiles {
            good_tiles(tiles)?;
        }
        let settings = desk.set(|settings| {
            settings.second_eyes = set.second_eyes.unwrap_or(settings.second_eyes);
            if let Some(tiles) = tiles {
                settings.tiles = tiles;
            }
        })?;
        let tiles = settings.tiles.as_deref().unwrap_or("none");
        desk.audit(&who, "settings", &format!("second eyes: {}; tiles: {tiles}", settings.second_eyes))?;
        Ok(Json(settings.shown()))
    })
    .await
}
