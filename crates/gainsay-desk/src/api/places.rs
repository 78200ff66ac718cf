//! Places: a list of them, and all that is said of one.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::Response;
use gainsay::Point;
use gainsay::answers::{Answers, Order};
use gainsay::ask::{Ask, PlaceLine, WayIn};
use gainsay::model::{Control, Date, Dispute, EntityId, Event, Holding, Kind, Siege};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::asked::Asked;
use super::named::Ids;
use super::paged::{Page, Paged};
use crate::{ApiError, Desk};

/// The routes of places.
pub fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(one))
}

/// So many events and disputes a page shows; their lists have all.
const SHOWN: u64 = 30;
/// Of more claims than this no series is worked out for a page; the charts do it.
const CLAIMS: u64 = 1_500;
/// So many places within one are named.
const WITHIN: usize = 300;

/// The places that claims name, the most told of first.
#[utoipa::path(get, path = "/api/places",
    params(("q" = Option<String>, Query), ("after" = Option<String>, Query), ("limit" = Option<String>, Query)),
    responses((status = 200, body = Paged), (status = 400, description = "bad input")))]
async fn list(State(desk): State<Desk>, asked: Asked) -> Result<Json<Paged>, ApiError> {
    desk.work(move |desk| {
        let page = Page::of(&asked)?;
        let answers = desk.answers();
        let (places, total) = answers.places_like(asked.word("q"), page.bounds())?;
        let mut named = Ids::default();
        places.iter().for_each(|line| _ = named.add(&line.id).all(&line.parent));
        Ok(Json(page.made(places, Some(total), named.named(&answers)?)?))
    })
    .await
}

/// All that is said of a place.
#[derive(Serialize, ToSchema)]
#[schema(as = PlaceTold)]
struct Told {
    /// The place.
    #[schema(value_type = Object)]
    place: Named,
    /// What it lies in, the nearest first.
    around: Vec<EntityId>,
    /// What lies in it and is told of.
    #[schema(value_type = Vec<Object>)]
    within: Vec<Inner>,
    /// Who is said to hold it on the day asked about.
    #[schema(value_type = Vec<Object>)]
    control: Vec<Control>,
    /// Who held it from when to when.
    #[schema(value_type = Vec<Object>)]
    holdings: Vec<Holding>,
    /// Its sieges.
    #[schema(value_type = Vec<Object>)]
    sieges: Vec<Siege>,
    /// The ways that lead in.
    #[schema(value_type = Vec<Object>)]
    access: Vec<WayIn>,
    /// What of it cannot all be true, the latest first.
    #[schema(value_type = Vec<Object>)]
    disputes: Vec<Dispute>,
    /// What happened there, the latest first.
    #[schema(value_type = Object)]
    events: Some,
    /// Who fled.
    #[schema(value_type = Vec<Object>)]
    displacement: Vec<Point>,
    /// Who is in need or under siege.
    #[schema(value_type = Vec<Object>)]
    needs: Vec<Point>,
    /// Claims that name it or what lies in it.
    claims: u64,
    /// Names of all ids.
    #[schema(value_type = Object)]
    names: BTreeMap<EntityId, gainsay::named::Name>,
}

#[derive(Serialize)]
struct Named {
    #[serde(flatten)]
    line: PlaceLine,
    /// All its names in the gazetteer.
    spellings: Vec<String>,
}

#[derive(Serialize)]
struct Inner {
    id: EntityId,
    name: String,
    kind: String,
}

/// Some of many.
#[derive(Serialize)]
pub struct Some {
    pub items: Vec<Event>,
    pub total: u64,
}

/// All that is said of a place: who holds it, what happened there, who is cut off, which ways lead in.
#[utoipa::path(get, path = "/api/places/{id}",
    params(("id" = String, Path), ("at" = Option<String>, Query), ("known_by" = Option<String>, Query),
        ("according_to" = Option<String>, Query)),
    responses((status = 200, body = Told), (status = 404, description = "no such place")))]
async fn one(
    State(desk): State<Desk>,
    Path(id): Path<String>,
    address: Uri,
    asked: Asked,
) -> Result<Response, ApiError> {
    desk.written(&address, move |desk| {
        let (at, ask) = (asked.day("at")?, asked.ask()?);
        told(&desk.answers(), &id, at, ask)
    })
    .await
}

/// So many pages are written ahead.
const AHEAD: u64 = 60;

/// Writes ahead the pages of what most places lie in, and of the places most told of.
pub fn write_ahead(desk: &Desk) {
    let answers = desk.answers();
    let gazetteer = &gainsay::words::settled().gazetteer;
    let most = answers.places((0, AHEAD)).unwrap_or_default().into_iter().map(|line| line.id);
    let around: Vec<EntityId> = most
        .flat_map(|id| {
            let outer = gazetteer.ancestors(&id).into_iter().map(|place| place.id.clone());
            outer.chain([id.clone()]).collect::<Vec<_>>()
        })
        .collect();
    for id in around {
        desk.write_ahead(&format!("/api/places/{id}"), |_| told(&answers, &id, None, Ask::default()));
    }
}

fn told(answers: &Answers, id: &str, at: Option<Date>, asked: Ask) -> Result<Told, ApiError> {
    let gazetteer = &gainsay::words::settled().gazetteer;
    let known = gazetteer.place(id);
    let line = match (answers.place(id)?, known) {
        (Some(line), _) => line,
        (None, Some(place)) => PlaceLine {
            id: place.id.clone(),
            name: place.name.clone(),
            kind: place.kind.clone(),
            parent: place.parent.clone(),
            pcode: place.pcode.clone(),
            lat: Some(place.lat),
            lon: Some(place.lon),
            ..PlaceLine::default()
        },
        (None, None) => return Err(ApiError::not_found("no place has this id")),
    };
    let ask = Ask {
        place: vec![id.to_owned()],
        known_by: asked.known_by,
        according_to: asked.according_to,
        ..Ask::default()
    };
    let by = ask.according_to.first().map(String::as_str);
    let at = at.or(answers.summary().last).unwrap_or_default();
    let control = answers.control_of(id, at, ask.known_by, by)?;
    let holdings = answers.holdings_of(id, ask.known_by, by)?;
    let sieges = answers.sieges_of(&ask.place, ask.known_by, by)?;
    let access = answers.access(id, at, &ask)?;
    let (disputes, _) = answers.disputes(&ask, None, None, (0, SHOWN))?;
    let items = answers.events(&ask, Order::Day, (0, SHOWN))?.into_iter().map(|line| line.event).collect();
    let events = Some { items, total: answers.count_events(&ask)? };
    let claims = answers.count_claims(&ask)?;
    let (displacement, needs) = (fled(answers, &ask)?, needy(answers, &ask, claims)?);
    let around: Vec<EntityId> = gazetteer.ancestors(id).iter().map(|place| place.id.clone()).collect();
    let within: Vec<Inner> = answers
        .within(id)
        .into_iter()
        .take(WITHIN)
        .filter_map(|id| gazetteer.place(&id))
        .map(|place| Inner { id: place.id.clone(), name: place.name.clone(), kind: place.kind.clone() })
        .collect();
    let mut named = Ids::default();
    named.add(id).all(&around).all(&line.parent);
    control.iter().for_each(|line| _ = named.control(line));
    holdings.iter().for_each(|line| _ = named.holding(line));
    sieges.iter().for_each(|siege| _ = named.siege(siege));
    disputes.iter().for_each(|dispute| _ = named.dispute(dispute));
    events.items.iter().for_each(|event| _ = named.event(event));
    for way in &access {
        named.add(&way.from);
        way.hands.iter().for_each(|hand| _ = named.add(&hand.place).all(&hand.holders));
    }
    displacement.iter().chain(&needs).for_each(|point| _ = named.add(&point.root).all(&point.place));
    let spellings = known.map(|place| place.names.clone()).unwrap_or_default();
    Ok(Told {
        place: Named { line, spellings },
        around,
        within,
        control,
        holdings,
        sieges,
        access,
        disputes,
        events,
        displacement,
        needs,
        claims,
        names: named.named(answers)?,
    })
}

/// The series of displacement, where it is soon worked out.
fn fled(answers: &Answers, ask: &Ask) -> Result<Vec<Point>, ApiError> {
    let ask = Ask { kind: Option::Some(Kind::Displacement), ..ask.clone() };
    if answers.count_claims(&ask)? > CLAIMS {
        return Ok(Vec::new());
    }
    let part = answers.figures(&ask)?;
    Ok(gainsay::ask::displacement(&part.weighed(), &ask))
}

/// The series of need, where it is soon worked out.
fn needy(answers: &Answers, ask: &Ask, claims: u64) -> Result<Vec<Point>, ApiError> {
    if claims > CLAIMS {
        let ask = Ask { kind: Option::Some(Kind::Need), ..ask.clone() };
        if answers.count_claims(&ask)? > CLAIMS {
            return Ok(Vec::new());
        }
        return Ok(gainsay::ask::needs(&answers.figures(&ask)?.weighed(), &ask));
    }
    Ok(gainsay::ask::needs(&answers.figures(ask)?.weighed(), ask))
}
