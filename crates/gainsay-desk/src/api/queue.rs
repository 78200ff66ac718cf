//! The queue: what a person should look at first, and who else is looking.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::{Path, Query, State};
use gainsay::answers::Answers;
use gainsay::ask::{Change, QueueItem};
use gainsay::cards::Card;
use gainsay::model::{Date, Event};
use gainsay::names::{Role as Sort, meant};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::deciding::{cards, entities_on};
use crate::review::Wanted;
use crate::security::Who;
use crate::{ApiError, Desk};

/// So many items are given where nobody says how many, and so many at most.
const LIMIT: (usize, usize) = (50, 200);

/// The routes of the queue.
pub fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(queue)).routes(routes!(watch))
}

/// Which items.
#[derive(Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// `same event`, `same name`, `link`, `claim`, `doer`, `occurrence`, or a measure and group.
    what: Option<String>,
    /// A place by its id or name, with all it contains.
    place: Option<String>,
    /// Not before this day.
    from: Option<String>,
    /// Not after this day.
    to: Option<String>,
    /// The `next` of the page before.
    after: Option<String>,
    /// How many; 50 where not said, at most 200.
    limit: Option<usize>,
}

/// A page of the queue.
#[derive(Serialize, ToSchema)]
struct Page {
    #[schema(value_type = Vec<Object>)]
    items: Vec<Item>,
    /// Where the next page begins.
    next: Option<String>,
    /// How many items there are in all.
    total: usize,
    /// The entry of the log that the items were made up to.
    seen: u64,
    #[schema(value_type = Object)]
    names: std::collections::BTreeMap<String, gainsay::named::Name>,
}

/// One thing to look at.
#[derive(Serialize)]
struct Item {
    id: String,
    what: String,
    score: i64,
    doubt: u8,
    effect: gainsay::ask::Effect,
    reasons: Vec<String>,
    events: Vec<Event>,
    claims: Vec<Card>,
    entities: Vec<String>,
    places: Vec<String>,
    from: Option<Date>,
    to: Option<Date>,
    settle: Vec<gainsay::ask::Settle>,
    watching: Vec<String>,
    seen: u64,
}

/// What a person should look at, what would change most first.
#[utoipa::path(get, path = "/api/queue", params(Asked), responses((status = 200, body = Page)))]
async fn queue(
    State(desk): State<Desk>,
    who: Who,
    Query(asked): Query<Asked>,
) -> Result<Json<Page>, ApiError> {
    let limit = asked.limit.unwrap_or(LIMIT.0).clamp(1, LIMIT.1);
    let wanted = wanted(&asked)?;
    desk.work(move |desk| {
        let answers = desk.answers();
        let rows = desk.review().rows(&answers)?;
        let overlay = desk.overlay();
        let (found, total, more) = rows.page(&wanted, &overlay, asked.after.as_deref(), limit);
        let next = found.last().filter(|_| more).map(|row| row.id.clone());
        let mut found_items = Vec::with_capacity(found.len());
        for row in found {
            found_items.extend(answers.queue_item(&row.id)?);
        }
        let items = shown(desk, &answers, &who, found_items, rows.entry)?;
        let ids: Vec<&str> = items.iter().flat_map(Item::ids).collect();
        let names = answers.names(ids)?;
        Ok(Json(Page { items, next, total, seen: rows.entry, names }))
    })
    .await
}

fn wanted(asked: &Asked) -> Result<Wanted, ApiError> {
    let day = |name: &str, typed: &Option<String>| -> Result<Option<Date>, ApiError> {
        let typed = typed.as_deref().filter(|typed| !typed.trim().is_empty());
        let read = |typed: &str| {
            typed
                .trim()
                .parse()
                .map_err(|_| ApiError::bad(format!("`{name}` is no day; give it as 2014-06-03")))
        };
        typed.map(read).transpose()
    };
    let place = asked.place.as_deref().filter(|place| !place.trim().is_empty());
    Ok(Wanted {
        what: asked.what.clone().filter(|what| !what.is_empty()),
        places: place.map(|place| meant(place, Sort::Place)).unwrap_or_default(),
        from: day("from", &asked.from)?,
        to: day("to", &asked.to)?,
    })
}

/// Items with their events and cards; those of a page are looked up together.
fn shown(
    desk: &Desk,
    answers: &Answers,
    who: &Who,
    found: Vec<QueueItem>,
    seen: u64,
) -> Result<Vec<Item>, ApiError> {
    let wanted: BTreeSet<&String> = found.iter().flat_map(|item| &item.claims).collect();
    let wanted: Vec<String> = wanted.into_iter().cloned().collect();
    let all: BTreeMap<String, Card> =
        cards(desk, answers, &wanted)?.into_iter().map(|card| (card.line.claim.id.clone(), card)).collect();
    let mut items = Vec::with_capacity(found.len());
    for item in found {
        let mut events = Vec::new();
        for id in &item.events {
            events.extend(answers.event(id)?.map(|line| line.event));
        }
        let mut watching = desk.review().watching.at(&item.id);
        watching.retain(|name| *name != who.name);
        items.push(Item {
            claims: item.claims.iter().filter_map(|claim| all.get(claim)).cloned().collect(),
            events,
            watching,
            seen,
            id: item.id,
            what: item.what,
            score: item.score,
            doubt: item.doubt,
            effect: item.effect,
            reasons: item.reasons,
            entities: item.entities,
            places: item.places,
            from: item.from,
            to: item.to,
            settle: item.settle,
        });
    }
    Ok(items)
}

impl Item {
    /// The ids that it holds.
    fn ids(&self) -> Vec<&str> {
        let of = |change: &'_ Change| matches!(change.what.as_str(), "holding" | "siege" | "name");
        let changes = self.effect.changes.iter().filter(|change| of(change)).map(|change| change.of.as_str());
        let own = self.entities.iter().chain(&self.places).map(String::as_str);
        let events = self.events.iter().flat_map(|event| {
            event
                .place
                .iter()
                .chain(&event.actors)
                .chain(&event.targets)
                .chain(&event.roots)
                .map(String::as_str)
        });
        changes.chain(own).chain(events).chain(self.claims.iter().flat_map(entities_on)).collect()
    }
}

/// Whether one looks at an item.
#[derive(Deserialize, ToSchema)]
struct Watch {
    /// False to say that one no longer does.
    #[serde(default = "yes")]
    looks: bool,
}

fn yes() -> bool {
    true
}

/// Who else looks.
#[derive(Serialize, ToSchema)]
struct Watched {
    watching: Vec<String>,
}

/// Says that one looks at an item, every 20 s; who else does.
#[utoipa::path(post, path = "/api/queue/{id}/watch", params(("id" = String, Path, description = "The item")),
    request_body = Watch, responses((status = 200, body = Watched), (status = 404, description = "No such item")))]
async fn watch(
    State(desk): State<Desk>,
    who: Who,
    Path(id): Path<String>,
    Json(watch): Json<Watch>,
) -> Result<Json<Watched>, ApiError> {
    desk.work(move |desk| {
        let rows = desk.review().rows(&desk.answers())?;
        if !rows.has(&id) {
            return Err(ApiError::not_found("this is not in the queue any more"));
        }
        let (names, changed) = desk.review().watching.note(&id, &who.name, watch.looks);
        if changed {
            desk.tell("watch", json!({ "item": id, "names": names }));
        }
        let watching = names.into_iter().filter(|name| *name != who.name).collect();
        Ok(Json(Watched { watching }))
    })
    .await
}
