//! Figures for charts, each also as a table of comma-separated values.
//!
//! All are the same answers as the command line's; a chart adds nothing to them.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use gainsay::answers::{Answers, Part};
use gainsay::ask::{self, Ask, Citing, Link, Month, Node};
use gainsay::csv::{Table, number};
use gainsay::model::{Holding, Measure, Policy, Tally};
use gainsay::named::{Name, names};
use gainsay::{Flow, Point};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::asked::Asked;
use crate::{ApiError, Desk};

/// The routes of charts.
pub fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new()
        .routes(routes!(tolls))
        .routes(routes!(control))
        .routes(routes!(displacement))
        .routes(routes!(sources))
        .routes(routes!(months))
}

/// So many sources a network shows where nothing is said, and at most.
const NODES: usize = 60;
const MOST_NODES: usize = 400;
/// So many places a timeline shows at most.
const ROWS: usize = 400;

/// An answer and its table.
struct Chart {
    json: serde_json::Value,
    table: Table,
}

/// Works out a chart and gives it in the form asked for.
async fn give(
    desk: Desk,
    asked: Asked,
    file: &'static str,
    chart: impl FnOnce(&Answers, &Asked, &Ask) -> Result<Chart, ApiError> + Send + 'static,
) -> Result<Response, ApiError> {
    let as_table = match asked.word("format") {
        None | Some("json") => false,
        Some("csv") => true,
        Some(_) => return Err(ApiError::bad("`format` is json or csv")),
    };
    let chart = desk
        .work(move |desk| {
            let ask = asked.ask()?;
            chart(&desk.answers(), &asked, &ask)
        })
        .await?;
    if !as_table {
        return Ok(Json(chart.json).into_response());
    }
    let named = format!("attachment; filename=\"{file}.csv\"");
    let head =
        [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, named)];
    Ok((head, chart.table.into_text()).into_response())
}

/// So many claims at most are worked through for one chart.
const CLAIMS: u64 = 60_000;

/// The part that a chart is about.
fn part(answers: &Answers, ask: &Ask) -> Result<Part, ApiError> {
    if answers.count_claims(&Ask { known_by: None, ..ask.clone() })? > CLAIMS {
        let message =
            format!("more than {CLAIMS} claims bear on this; give a place, a source or a shorter period");
        return Err(ApiError::bad(message));
    }
    Ok(answers.figures(ask)?)
}

/// An answer with the names of its ids.
#[derive(Serialize, ToSchema)]
#[schema(as = Chart)]
struct Named<T: ToSchema> {
    #[serde(flatten)]
    answer: T,
    #[schema(value_type = BTreeMap<String, Object>)]
    names: BTreeMap<String, Name>,
}

fn named<T: Serialize + ToSchema>(
    answer: T,
    names: BTreeMap<String, Name>,
) -> Result<serde_json::Value, ApiError> {
    serde_json::to_value(Named { answer, names })
        .map_err(|_| ApiError::inside("the chart could not be written"))
}

/// Several names in one cell.
fn list<'n>(names: &BTreeMap<String, Name>, ids: impl IntoIterator<Item = &'n String>) -> String {
    let name = |id: &String| names.get(id).map_or_else(|| id.clone(), |name| name.name.clone());
    ids.into_iter().map(name).collect::<Vec<_>>().join("; ")
}

fn name(names: &BTreeMap<String, Name>, id: &str) -> String {
    names.get(id).map(|name| name.name.clone()).unwrap_or_default()
}

/// Tolls: what each source says, and low, best and high by a policy.
#[utoipa::path(get, path = "/api/charts/tolls",
    params(("place" = Option<String>, Query), ("actor" = Option<String>, Query), ("source" = Option<String>, Query),
        ("kind" = Option<String>, Query), ("event" = Option<String>, Query), ("from" = Option<String>, Query), ("to" = Option<String>, Query),
        ("known_by" = Option<String>, Query), ("according_to" = Option<String>, Query), ("measure" = Option<String>, Query),
        ("group" = Option<String>, Query), ("policy" = Option<String>, Query), ("format" = Option<String>, Query)),
    responses((status = 200, description = "tallies and names; a table where `format=csv`", content((Named<Tolls> = "application/json"), (String = "text/csv"))), (status = 400, description = "bad input")))]
async fn tolls(State(desk): State<Desk>, asked: Asked) -> Result<Response, ApiError> {
    give(desk, asked, "tolls", |answers, asked, ask| {
        let measure = asked.word("measure").map(|word| {
            Measure::parse(word).ok_or_else(|| ApiError::bad("nothing is counted by what `measure` says"))
        });
        let tallies = ask::tally(
            &part(answers, ask)?.weighed(),
            ask,
            policy(asked)?,
            measure.transpose()?,
            asked.word("group"),
        );
        let names = names(answers, tallies.iter().flat_map(ids_of_tally))?;
        let table = toll_table(&tallies, &names);
        Ok(Chart { json: named(Tolls { tallies }, names)?, table })
    })
    .await
}

#[derive(Serialize, ToSchema)]
#[schema(as = ChartTolls)]
struct Tolls {
    #[schema(value_type = Vec<Object>)]
    tallies: Vec<Tally>,
}

fn policy(asked: &Asked) -> Result<Policy, ApiError> {
    let Some(word) = asked.word("policy") else { return Ok(Policy::Ucdp) };
    let known = Policy::ALL.iter().find(|policy| policy.as_str().split('/').next() == Some(word));
    known.copied().ok_or_else(|| ApiError::bad("`policy` is ucdp, airwars, acled or by-source"))
}

fn ids_of_tally(tally: &Tally) -> impl Iterator<Item = &str> {
    let voices = tally.by_source.iter().flat_map(|voice| [voice.source.as_str(), voice.root.as_str()]);
    tally.scope.place.as_deref().into_iter().chain(voices)
}

fn toll_table(tallies: &[Tally], names: &BTreeMap<String, Name>) -> Table {
    let mut table = Table::new(&[
        "place", "event", "from", "to", "measure", "group", "policy", "rule", "source", "root", "side",
        "low", "best", "high", "claims",
    ]);
    for tally in tallies {
        let scope = &tally.scope;
        let head = || {
            vec![
                scope.place.as_deref().map(|id| name(names, id)).unwrap_or_default(),
                scope.event.clone().unwrap_or_default(),
                number(scope.from),
                number(scope.to),
                tally.measure.to_string(),
                tally.group.clone(),
                tally.policy.clone(),
            ]
        };
        let figures = [number(tally.low), number(tally.best), number(tally.high)];
        let claims: BTreeSet<&String> = tally.by_source.iter().flat_map(|voice| &voice.claims).collect();
        let own = [tally.rule.clone(), "all".into(), String::new(), String::new()];
        table.row([head(), own.to_vec(), figures.to_vec(), vec![claims.len().to_string()]].concat());
        for voice in &tally.by_source {
            let who =
                vec![String::new(), name(names, &voice.source), name(names, &voice.root), voice.side.clone()];
            let figures =
                vec![number(voice.low), String::new(), number(voice.high), voice.claims.len().to_string()];
            table.row([head(), who, figures].concat());
        }
    }
    table
}

/// Who held each place from when to when.
#[utoipa::path(get, path = "/api/charts/control",
    params(("place" = Option<String>, Query), ("from" = Option<String>, Query), ("to" = Option<String>, Query),
        ("known_by" = Option<String>, Query), ("according_to" = Option<String>, Query), ("format" = Option<String>, Query)),
    responses((status = 200, description = "rows of holdings and names; a table where `format=csv`", content((Named<Rows> = "application/json"), (String = "text/csv"))), (status = 400, description = "bad input")))]
async fn control(State(desk): State<Desk>, asked: Asked) -> Result<Response, ApiError> {
    give(desk, asked, "control", |answers, _, ask| {
        let mut rows: BTreeMap<String, Vec<Holding>> = BTreeMap::new();
        for holding in holdings(answers, ask)? {
            rows.entry(holding.place.clone()).or_default().push(holding);
        }
        let ids = rows.values().flatten().flat_map(|holding| holding.holders.iter().chain([&holding.place]));
        let names = names(answers, ids.map(String::as_str))?;
        let mut rows: Vec<Row> = rows
            .into_iter()
            .map(|(place, holdings)| Row { name: name(&names, &place), place, holdings })
            .collect();
        // Places that changed hands most often come first.
        rows.sort_by(|a, b| b.holdings.len().cmp(&a.holdings.len()).then_with(|| a.place.cmp(&b.place)));
        rows.truncate(ROWS);
        let mut table = Table::new(&["place", "name", "state", "holders", "degree", "from", "to", "claims"]);
        for holding in rows.iter().flat_map(|row| &row.holdings) {
            table.row(vec![
                holding.place.clone(),
                name(&names, &holding.place),
                holding.state.as_str().to_owned(),
                list(&names, &holding.holders),
                holding.degree.map(|degree| degree.to_string()).unwrap_or_default(),
                holding.from.to_string(),
                number(holding.to),
                holding.claims.len().to_string(),
            ]);
        }
        Ok(Chart { json: named(Rows { rows }, names)?, table })
    })
    .await
}

/// Holdings of the places asked about, of everywhere where none is, that touch the period.
fn holdings(answers: &Answers, ask: &Ask) -> Result<Vec<Holding>, ApiError> {
    let by = match ask.according_to.as_slice() {
        [] => None,
        [one] => Some(one.as_str()),
        _ => return Err(ApiError::bad("a timeline is by all voices or by one; `according_to` fits several")),
    };
    // Without a place, the places most told of.
    let places = match ask.place.is_empty() {
        true => answers.places((0, ROWS as u64))?.into_iter().map(|line| line.id).collect(),
        false => ask.place.clone(),
    };
    let mut holdings = answers.holdings(&places, ask.known_by, by)?;
    holdings.retain(|holding| {
        ask.from.is_none_or(|from| holding.to.is_none_or(|to| to >= from))
            && ask.to.is_none_or(|to| holding.from <= to)
    });
    Ok(holdings)
}

#[derive(Serialize, ToSchema)]
#[schema(as = ChartRows)]
struct Rows {
    rows: Vec<Row>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = ChartRow)]
struct Row {
    place: String,
    name: String,
    #[schema(value_type = Vec<Object>)]
    holdings: Vec<Holding>,
}

/// Figures of people who fled or are displaced, by voice; never added up.
#[utoipa::path(get, path = "/api/charts/displacement",
    params(("place" = Option<String>, Query), ("source" = Option<String>, Query), ("from" = Option<String>, Query), ("to" = Option<String>, Query),
        ("known_by" = Option<String>, Query), ("according_to" = Option<String>, Query), ("format" = Option<String>, Query)),
    responses((status = 200, description = "points and names; a table where `format=csv`", content((Named<Points> = "application/json"), (String = "text/csv"))), (status = 400, description = "bad input")))]
async fn displacement(State(desk): State<Desk>, asked: Asked) -> Result<Response, ApiError> {
    give(desk, asked, "displacement", |answers, _, ask| {
        let points = ask::displacement(&part(answers, ask)?.weighed(), ask);
        let ids = points.iter().flat_map(|point| point.place.iter().chain([&point.root]));
        let names = names(answers, ids.map(String::as_str))?;
        let head = [
            "place",
            "from",
            "to",
            "what",
            "low",
            "high",
            "group",
            "source",
            "side",
            "unverified",
            "claims",
            "measure",
        ];
        let mut table = Table::new(&head);
        for point in &points {
            table.row(point_row(point, &names));
        }
        Ok(Chart { json: named(Points { points }, names)?, table })
    })
    .await
}

#[derive(Serialize, ToSchema)]
#[schema(as = ChartPoints)]
struct Points {
    #[schema(value_type = Vec<Object>)]
    points: Vec<Point>,
}

fn point_row(point: &Point, names: &BTreeMap<String, Name>) -> Vec<String> {
    vec![
        list(names, &point.place),
        number(point.from),
        number(point.to),
        if point.what == Flow::Stock { "displaced" } else { "fled" }.to_owned(),
        number(point.low),
        number(point.high),
        point.group.clone(),
        name(names, &point.root),
        point.side.clone(),
        point.unverified.to_string(),
        point.claims.len().to_string(),
        point.measure.to_string(),
    ]
}

/// Who passes on whose word.
#[utoipa::path(get, path = "/api/charts/sources",
    params(("place" = Option<String>, Query), ("source" = Option<String>, Query), ("kind" = Option<String>, Query), ("from" = Option<String>, Query),
        ("to" = Option<String>, Query), ("known_by" = Option<String>, Query), ("limit" = Option<usize>, Query), ("format" = Option<String>, Query)),
    responses((status = 200, description = "nodes, links, loops and names; a table of links where `format=csv`", content((Named<Citations> = "application/json"), (String = "text/csv"))), (status = 400, description = "bad input")))]
async fn sources(State(desk): State<Desk>, asked: Asked) -> Result<Response, ApiError> {
    give(desk, asked, "sources", |answers, asked, ask| {
        let limit = asked.number("limit", 1, MOST_NODES)?.unwrap_or(NODES);
        let citing = if *ask == Ask::default() {
            answers.network()?.cut(limit)
        } else {
            ask::citing(&part(answers, ask)?.weighed(), ask, limit, &|id| answers.source(id).ok().flatten())
        };
        let names = names(answers, citing.nodes.iter().map(|node| node.id.as_str()))?;
        let mut table = Table::new(&["from", "from name", "to", "to name", "claims"]);
        for link in &citing.links {
            table.row(vec![
                link.from.clone(),
                name(&names, &link.from),
                link.to.clone(),
                name(&names, &link.to),
                link.claims.to_string(),
            ]);
        }
        let Citing { nodes, links, circular } = citing;
        Ok(Chart { json: named(Citations { nodes, links, circular }, names)?, table })
    })
    .await
}

#[derive(Serialize, ToSchema)]
#[schema(as = ChartCitations)]
struct Citations {
    #[schema(value_type = Vec<Object>)]
    nodes: Vec<Node>,
    #[schema(value_type = Vec<Object>)]
    links: Vec<Link>,
    /// Sources that cite one another in a ring.
    circular: Vec<Vec<String>>,
}

/// What happened month by month.
#[utoipa::path(get, path = "/api/charts/months",
    params(("place" = Option<String>, Query), ("actor" = Option<String>, Query), ("source" = Option<String>, Query), ("kind" = Option<String>, Query),
        ("from" = Option<String>, Query), ("to" = Option<String>, Query), ("known_by" = Option<String>, Query), ("format" = Option<String>, Query)),
    responses((status = 200, description = "months; a table where `format=csv`", content((Months = "application/json"), (String = "text/csv"))), (status = 400, description = "bad input")))]
async fn months(State(desk): State<Desk>, asked: Asked) -> Result<Response, ApiError> {
    give(desk, asked, "months", |answers, _, ask| {
        let months = if *ask == Ask::default() {
            answers.series()?
        } else {
            ask::months(&part(answers, ask)?.weighed(), ask)
        };
        let mut table =
            Table::new(&["month", "events", "killed low", "killed best", "killed high", "claims"]);
        for month in &months {
            table.row(vec![
                month.month.clone(),
                month.events.to_string(),
                month.killed.low.to_string(),
                month.killed.best.to_string(),
                month.killed.high.to_string(),
                month.claims.to_string(),
            ]);
        }
        let json = serde_json::to_value(Months { months });
        Ok(Chart { json: json.map_err(|_| ApiError::inside("the chart could not be written"))?, table })
    })
    .await
}
#[derive(Serialize, ToSchema)]
#[schema(as = ChartMonths)]
struct Months {
    #[schema(value_type = Vec<Object>)]
    months: Vec<Month>,
}
