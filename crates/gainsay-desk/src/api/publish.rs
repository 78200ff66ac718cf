//! What leaves the desk: the brief, and the site as one archive. Each is written down in the audit before it is given.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use gainsay::archive::zip;
use gainsay::ask::Ask;
use gainsay::brief::{Form, Wanted, brief_from};
use gainsay::export;
use gainsay::model::{Date, EntityId};
use gainsay::names::{Role as NameRole, meant};
use gainsay::site::site_from;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::security::{Role, Who};
use crate::{ApiError, Desk};

/// The routes of publishing.
pub fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(brief)).routes(routes!(site)).routes(routes!(export_file))
}

/// So many characters at most has a headline.
const TITLE: usize = 200;
/// So many kilometres at most has a square of the grid.
const COARSE: u32 = 1000;
/// So many claims at most stand behind what is published at once.
const CLAIMS: u64 = 60_000;

/// What to publish, of where and when.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Wish {
    /// Places, by id or any name; everywhere where none is given.
    #[serde(default)]
    place: Vec<String>,
    /// First day.
    from: Option<String>,
    /// Last day.
    to: Option<String>,
    /// Only what had been said by this day.
    known_by: Option<String>,
    /// The headline.
    title: Option<String>,
    /// Of a brief `html` or `markdown`; of an export the format: `geojson`, `ged` …
    form: Option<String>,
    /// Show the names of private persons.
    #[serde(default)]
    names: bool,
    /// Move coordinates to the middle of squares of so many kilometres.
    #[serde(default)]
    coarsen_km: u32,
    /// Call places by the region that they lie in: `district` or `governorate`.
    coarsen_to: Option<String>,
}

/// A wish that may be granted.
struct Granted {
    ask: Ask,
    title: Option<String>,
    names: bool,
    coarsen_km: u32,
    region: Option<export::Region>,
}

impl Wish {
    /// Checks what was sent, and whether whoever sends it may have it.
    fn granted(self, desk: &Desk, who: &Who) -> Result<Granted, ApiError> {
        who.needs(Role::Reviewer)?;
        if self.names && !who.role.sees_names() {
            return Err(ApiError::forbidden("you may not publish the names of private persons"));
        }
        if self.coarsen_km > COARSE {
            return Err(ApiError::bad(format!("coordinates can be coarsened to {COARSE} km at most")));
        }
        let title = self.title.map(|title| title.trim().to_owned()).filter(|title| !title.is_empty());
        if title.as_ref().is_some_and(|title| title.chars().count() > TITLE) {
            return Err(ApiError::bad(format!("the headline is longer than {TITLE} characters")));
        }
        if self.place.len() > 50 || self.place.iter().any(|place| place.chars().count() > 1000) {
            return Err(ApiError::bad("at most 50 places, each by its name or id"));
        }
        let mut place: Vec<EntityId> =
            self.place.iter().flat_map(|name| meant(name, NameRole::Place)).collect();
        place.sort();
        place.dedup();
        let (from, to) = (day("from", self.from)?, day("to", self.to)?);
        if let Some((from, to)) = from.zip(to).filter(|(from, to)| from > to) {
            return Err(ApiError::bad(format!("the period begins on {from} and ends before, on {to}")));
        }
        let ask = Ask { place, from, to, known_by: day("known_by", self.known_by)?, ..Ask::default() };
        let many = desk.answers().count_claims(&Ask { known_by: None, ..ask.clone() })?;
        if many > CLAIMS {
            let message = format!(
                "{many} claims bear on this, more than {CLAIMS}; choose a smaller area or a shorter period"
            );
            return Err(ApiError::bad(message));
        }
        let region = match self.coarsen_to.as_deref() {
            None | Some("") => None,
            Some(word) => Some(
                export::Region::parse(word)
                    .ok_or_else(|| ApiError::bad("`coarsen_to` is district or governorate"))?,
            ),
        };
        Ok(Granted { ask, title, names: self.names, coarsen_km: self.coarsen_km, region })
    }
}

fn day(key: &str, word: Option<String>) -> Result<Option<Date>, ApiError> {
    let parse = |word: String| {
        word.trim()
            .parse::<Date>()
            .map_err(|_| ApiError::bad(format!("`{key}` is no day; write it like 2014-06-20")))
    };
    word.filter(|word| !word.trim().is_empty()).map(parse).transpose()
}

impl Granted {
    fn wanted(&self) -> Wanted<'_> {
        Wanted {
            title: self.title.as_deref(),
            show_names: self.names,
            salt: None,
            coarsen_km: self.coarsen_km,
            region: self.region,
        }
    }

    /// What the audit says of it: of what, of when, with names or without.
    fn line(&self, what: &str) -> String {
        let Ask { place, from, to, known_by, .. } = &self.ask;
        let day = |day: &Option<Date>| day.map_or_else(|| "…".to_owned(), |day| day.to_string());
        let place = if place.is_empty() { "everywhere".to_owned() } else { place.join(", ") };
        let known = known_by.map(|day| format!(", as known on {day}")).unwrap_or_default();
        let names = if self.names { "with names" } else { "with pseudonyms" };
        let coarse = match self.region {
            Some(region) => format!(", places by {}", region.as_str()),
            None if self.coarsen_km > 0 => format!(", squares of {} km", self.coarsen_km),
            None => String::new(),
        };
        format!("{what}: {place}, {} to {}{known}, {names}{coarse}", day(from), day(to))
    }
}

/// Gives a file under a name.
fn file(name: &str, kind: &str, bytes: Vec<u8>) -> Response {
    let head = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (head, bytes).into_response()
}

/// Writes the brief of a period and an area.
#[utoipa::path(post, path = "/api/publish/brief", request_body = Wish, responses(
    (status = 200, description = "The brief, as a file", content((String = "text/html"), (String = "text/markdown"))),
    (status = 400, description = "Bad input, or more than one brief holds"),
    (status = 403, description = "Not a reviewer")))]
async fn brief(State(desk): State<Desk>, who: Who, Json(wish): Json<Wish>) -> Result<Response, ApiError> {
    desk.work(move |desk| {
        let (form, name, kind) = match wish.form.as_deref() {
            None | Some("html") => (Form::Html, "brief.html", "text/html; charset=utf-8"),
            Some("markdown") => (Form::Markdown, "brief.md", "text/markdown; charset=utf-8"),
            Some(_) => return Err(ApiError::bad("`form` is html or markdown")),
        };
        let granted = wish.granted(desk, &who)?;
        let text = brief_from(&desk.answers(), &granted.ask, form, &granted.wanted())?;
        desk.audit(&who, "export", &granted.line("brief"))?;
        Ok(file(name, kind, text.into_bytes()))
    })
    .await
}

/// Writes the site of a period and an area: an archive with a folder of pages that need no server.
#[utoipa::path(post, path = "/api/publish/site", request_body = Wish, responses(
    (status = 200, description = "The site, as an archive", content_type = "application/zip", body = String),
    (status = 400, description = "Bad input, or more than one site holds"),
    (status = 403, description = "Not a reviewer")))]
async fn site(State(desk): State<Desk>, who: Who, Json(wish): Json<Wish>) -> Result<Response, ApiError> {
    desk.work(move |desk| {
        let granted = wish.granted(desk, &who)?;
        let answers = desk.answers();
        let archive = zip("site", |put| site_from(&answers, &granted.ask, &granted.wanted(), put))?;
        desk.audit(&who, "export", &granted.line("site"))?;
        Ok(file("site.zip", "application/zip", archive))
    })
    .await
}

/// Writes what other programs read, with a report of what the format cannot hold: an archive with both.
#[utoipa::path(post, path = "/api/publish/export", request_body = Wish, responses(
    (status = 200, description = "The export and its loss report, as an archive", content_type = "application/zip", body = String),
    (status = 400, description = "Bad input, or more than one export holds"),
    (status = 403, description = "Not a reviewer")))]
async fn export_file(
    State(desk): State<Desk>,
    who: Who,
    Json(wish): Json<Wish>,
) -> Result<Response, ApiError> {
    desk.work(move |desk| {
        let form = wish.form.clone().unwrap_or_default();
        let Some(format) = export::Format::parse(&form) else {
            let known: Vec<&str> = export::Format::ALL.iter().map(|format| format.as_str()).collect();
            return Err(ApiError::bad(format!("`form` is one of {}", known.join(", "))));
        };
        let granted = wish.granted(desk, &who)?;
        let wanted = export::Wanted {
            format,
            nouns: Vec::new(),
            at: None,
            policy: None,
            show_names: granted.names,
            salt: None,
            coarsen_km: granted.coarsen_km,
            region: granted.region,
            force: false,
        };
        let archive = export::export_from(&desk.answers(), &granted.ask, &wanted)?;
        desk.audit(&who, "export", &granted.line(format.as_str()))?;
        Ok(file(&format!("gainsay-{}.zip", format.as_str()), "application/zip", archive))
    })
    .await
}
