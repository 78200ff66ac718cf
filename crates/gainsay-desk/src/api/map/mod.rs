//! What the map shows: who held what on a day as known on a day, what happened around it, who was cut off, which ways
//! lead where.

mod base;
mod span;

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use gainsay::answers::{Answers, EventDot, ShortStand, StepLine, WayLine};
use gainsay::ask::Ask;
use gainsay::model::{Cut, Date, DisputeKind, EntityId, HoldingState, Siege};
use gainsay::named::Name;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::asked::Asked;
use crate::{ApiError, Desk};

/// The routes of the map.
pub fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(map)).routes(routes!(span::span)).routes(routes!(base::base))
}

/// So many events at most are shown, the most deadly first.
const EVENTS: u64 = 2000;
/// Events of so many days up to the one asked about, where no period is asked about (days).
const PERIOD: i32 = 29;
/// A siege that was last spoken of so many days ago is still shown: silence ends nothing at once (days).
const LATELY: i32 = 31;

/// The map of a day.
#[derive(Serialize, ToSchema)]
struct Map {
    /// The day.
    #[schema(value_type = String)]
    at: Date,
    /// Only what had been said by this day.
    #[schema(value_type = Option<String>)]
    known_by: Option<Date>,
    /// Only what this source says.
    according_to: Option<String>,
    /// Places of which somebody is said to hold them.
    places: Vec<Held>,
    /// Of so many more places that are in no gazetteer.
    unplaced: usize,
    /// What happened in the period, the most deadly first.
    events: Vec<Happened>,
    /// How many events there are in the period.
    events_total: u64,
    /// Who is cut off.
    sieges: Vec<CutOff>,
    /// Roads, bridges and crossings.
    #[schema(value_type = Vec<Object>)]
    ways: Vec<WayLine>,
    /// Names of all ids.
    #[schema(value_type = Object)]
    names: BTreeMap<EntityId, Name>,
}

/// A place that is held.
#[derive(Serialize, ToSchema)]
#[schema(as = MapPlace)]
struct Held {
    id: EntityId,
    lat: f64,
    lon: f64,
    kind: String,
    #[schema(value_type = String)]
    state: HoldingState,
    holders: Vec<EntityId>,
    sides: Vec<String>,
    #[schema(value_type = Option<String>)]
    degree: Option<gainsay::model::Degree>,
    #[schema(value_type = Option<String>)]
    since: Option<Date>,
    age_days: Option<i64>,
    disputed: bool,
    claims: usize,
}

/// An event on the map.
#[derive(Serialize, ToSchema)]
#[schema(as = MapEvent)]
struct Happened {
    id: String,
    #[schema(value_type = String)]
    kind: gainsay::model::Kind,
    place: EntityId,
    lat: f64,
    lon: f64,
    #[schema(value_type = Option<String>)]
    from: Option<Date>,
    #[schema(value_type = Option<String>)]
    to: Option<Date>,
    killed: Option<Dead>,
    roots: usize,
    disputed: bool,
}

/// Least, most and greatest credible.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[schema(as = MapDead)]
struct Dead {
    low: Option<u64>,
    best: Option<u64>,
    high: Option<u64>,
}

/// A siege on the map.
#[derive(Serialize, ToSchema)]
#[schema(as = MapSiege)]
struct CutOff {
    place: EntityId,
    lat: f64,
    lon: f64,
    besiegers: Vec<EntityId>,
    sides: Vec<String>,
    #[schema(value_type = Option<String>)]
    from: Option<Date>,
    #[schema(value_type = Option<String>)]
    to: Option<Date>,
    #[schema(value_type = Vec<String>)]
    cut: Vec<Cut>,
    disputed: bool,
    claims: usize,
}

/// The map of a day as known on a day, by all voices or one; of the ledger's last day where none is asked about.
#[utoipa::path(get, path = "/api/map",
    params(("at" = Option<String>, Query), ("known_by" = Option<String>, Query), ("according_to" = Option<String>, Query),
        ("from" = Option<String>, Query), ("to" = Option<String>, Query), ("place" = Option<String>, Query)),
    responses((status = 200, body = Map), (status = 400, description = "bad input")))]
async fn map(State(desk): State<Desk>, asked: Asked) -> Result<axum::response::Response, ApiError> {
    let at = asked.day("at")?;
    let ask = asked.ask()?;
    desk.work(move |desk| Ok(Json(made(&desk.answers(), at, ask)?).into_response())).await
}

fn made(answers: &Answers, at: Option<Date>, ask: Ask) -> Result<Map, gainsay::Error> {
    let summary = answers.summary();
    let at = at.or(summary.last).or(summary.said_last).unwrap_or_default();
    let by = ask.according_to.first().map(String::as_str);
    let control = answers.stands(at, ask.known_by, by)?;
    let gazetteer = &answers.words().gazetteer;
    let inside = |id: &str| ask.place.is_empty() || ask.place.iter().any(|outer| gazetteer.within(id, outer));
    let holders = Ask { from: Some(at), to: Some(at), ..ask.clone() };
    let (disputes, _) = answers.disputes(&holders, Some(DisputeKind::Holder), Some(false), (0, EVENTS))?;
    let disputed: BTreeSet<EntityId> =
        disputes.into_iter().filter_map(|dispute| dispute.about.place).collect();
    let mut names = Names::new(answers);
    let mut places = Vec::new();
    let mut unplaced = 0;
    for line in control.iter().filter(|line| inside(&line.place)) {
        match held(answers, line, &disputed) {
            Some(held) => {
                names.add(&held.id);
                held.holders.iter().for_each(|id| names.add(id));
                places.push(held);
            }
            None => unplaced += 1,
        }
    }
    let period = Ask {
        from: ask.from.or_else(|| Some(before(at, PERIOD)).filter(|_| ask.to.is_none())),
        to: ask.to.or(Some(at).filter(|_| ask.from.is_none())),
        ..ask.clone()
    };
    let dots = answers.dots(&period, EVENTS)?;
    let events_total = answers.count_events(&period)?;
    let told = match period.according_to.is_empty() {
        true => None,
        false => Some(answers.figures(&period)?.weighed().tolls(&period)),
    };
    let events: Vec<Happened> = dots
        .into_iter()
        .filter_map(|(dot, steps, disputed)| happened(&ask, dot, &steps, disputed, &told))
        .collect();
    events.iter().for_each(|event| names.add(&event.place));
    let mut sieges = Vec::new();
    for siege in answers.sieges((before(at, LATELY), at), ask.known_by, by)? {
        if let Some(siege) = cut_off(answers, siege).filter(|siege| inside(&siege.place)) {
            names.add(&siege.place);
            siege.besiegers.iter().for_each(|id| names.add(id));
            sieges.push(siege);
        }
    }
    let ways = answers.ways(at, &ask, &control)?;
    ways.iter().flat_map(|way| &way.holders).for_each(|id| names.add(id));
    let according_to = ask.according_to.first().cloned();
    according_to.iter().for_each(|id| names.add(id));
    let known_by = ask.known_by;
    let names = names.made()?;
    Ok(Map { at, known_by, according_to, places, unplaced, events, events_total, sieges, ways, names })
}

/// A day so many days before another.
fn before(day: Date, days: i32) -> Date {
    day.saturating_sub(jiff::Span::new().days(days))
}

fn point(answers: &Answers, id: &str) -> Option<(f64, f64)> {
    answers.words().gazetteer.place(id).map(|place| (place.lat, place.lon))
}

fn held(answers: &Answers, line: &ShortStand, disputed: &BTreeSet<EntityId>) -> Option<Held> {
    let place = answers.words().gazetteer.place(&line.place)?;
    Some(Held {
        id: line.place.clone(),
        lat: place.lat,
        lon: place.lon,
        kind: place.kind.clone(),
        state: line.state,
        holders: line.holders.clone(),
        sides: line.holders.iter().map(|id| answers.side(id)).collect(),
        degree: line.degree,
        since: line.since,
        age_days: line.age_days,
        disputed: disputed.contains(&line.place),
        claims: line.claims,
    })
}

/// An event as the map shows it; one that lies nowhere is not shown.
fn happened(
    ask: &Ask,
    dot: EventDot,
    steps: &[StepLine],
    disputed: bool,
    told: &Option<BTreeMap<String, [Option<u64>; 3]>>,
) -> Option<Happened> {
    let known = ask.known_by.unwrap_or(Date::MAX);
    let step = steps.iter().rev().find(|step| step.0 <= known);
    let killed = match told {
        Some(told) => told.get(&dot.id).copied(),
        None => step.map(|step| [step.1, step.2, step.3]),
    };
    let killed = killed.filter(|killed| killed.iter().any(Option::is_some));
    Some(Happened {
        place: dot.place?,
        lat: dot.lat,
        lon: dot.lon,
        from: dot.from,
        to: dot.to,
        killed: killed.map(|[low, best, high]| Dead { low, best, high }),
        roots: step.map_or(dot.roots, |step| step.4),
        kind: dot.kind,
        id: dot.id,
        disputed,
    })
}

fn cut_off(answers: &Answers, siege: Siege) -> Option<CutOff> {
    let (lat, lon) = point(answers, &siege.place)?;
    Some(CutOff {
        lat,
        lon,
        sides: siege.besiegers.iter().map(|id| answers.side(id)).collect(),
        besiegers: siege.besiegers,
        from: siege.from,
        to: siege.to,
        cut: siege.cut,
        disputed: siege.disputed,
        claims: siege.claims.len(),
        place: siege.place,
    })
}

/// Ids of an answer, to be named together.
pub(super) struct Names<'a> {
    answers: &'a Answers,
    ids: BTreeSet<EntityId>,
}

impl<'a> Names<'a> {
    pub(super) fn new(answers: &'a Answers) -> Names<'a> {
        Names { answers, ids: BTreeSet::new() }
    }

    pub(super) fn add(&mut self, id: &str) {
        if !self.ids.contains(id) {
            self.ids.insert(id.to_owned());
        }
    }

    pub(super) fn made(self) -> Result<BTreeMap<EntityId, Name>, gainsay::Error> {
        self.answers.names(self.ids.iter().map(String::as_str))
    }
}
