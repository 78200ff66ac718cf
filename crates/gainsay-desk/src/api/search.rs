//! Search, and names as somebody types them.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::Json;
use axum::extract::{Query, State};
use gainsay::cards::Card;
use gainsay::clock;
use gainsay::model::{Claim, Date, Kind};
use gainsay::named::Name;
use gainsay::search::{Also, Asked, Found, Listed, Named, Page, Sort};
use serde::Serialize;
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::deciding::cards;
use super::named::Ids;
use crate::{ApiError, Desk};

/// Of each sort of thing so many where all sorts are asked for.
const FEW: usize = 10;
/// So many where one sort is asked for, and never more than the second.
const PAGE: (usize, usize) = (50, 200);
/// The most values that a search is filtered by.
const VALUES: usize = 100;

/// The routes of search.
pub fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(search)).routes(routes!(suggest))
}

/// What is searched for; filters may be given several times.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code)]
struct Asks {
    /// Words that must all be there; names stand for all their spellings. `"…"` keeps words together, `-` leaves a word
    /// out, and the last word may be one that only begins so.
    q: Option<String>,
    /// Where: `reports`, `claims`, `names`; everywhere where nothing is said.
    r#in: Option<String>,
    /// A place by any name or its id, with all that lies in it: reports with claims that name it.
    place: Option<Vec<String>>,
    /// First day it was said.
    #[param(value_type = Option<String>)]
    from: Option<Date>,
    /// Last day it was said.
    #[param(value_type = Option<String>)]
    to: Option<Date>,
    /// An outlet, by any name or id.
    outlet: Option<Vec<String>>,
    /// A language, as a code.
    language: Option<Vec<String>>,
    /// A kind of claim.
    #[param(value_type = Option<Vec<String>>)]
    kind: Option<Vec<Kind>>,
    /// `next` of the page before; where one thing is searched.
    after: Option<String>,
    /// So many at most: 50, and never more than 200; 10 of each where everything is searched.
    limit: Option<usize>,
}

/// What is being typed.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code)]
struct Types {
    /// As far as it was typed.
    q: Option<String>,
    /// `place`, `actor`, `source`; any where nothing is said.
    r#type: Option<String>,
}

/// A piece of a text.
#[derive(Serialize, ToSchema)]
struct Snip {
    text: String,
    /// Whether these are the words that were looked for.
    hit: bool,
}

/// A report that was found.
#[derive(Serialize, ToSchema)]
struct Hit {
    id: String,
    title: Option<String>,
    publisher: Option<String>,
    published: Option<String>,
    language: Option<String>,
    /// Words of its text around what was looked for.
    snippet: Vec<Snip>,
}

/// Other spellings of a name that were looked for with it.
#[derive(Serialize, ToSchema)]
struct Spelled {
    /// As it was typed.
    typed: String,
    /// Whom it may mean.
    ids: Vec<String>,
    /// The other spellings.
    spellings: Vec<String>,
}

/// An entity whose name fits.
#[derive(Serialize, ToSchema)]
struct Fits {
    id: String,
    /// `place`, `actor`, `source`.
    r#type: &'static str,
    name: String,
    kind: String,
    /// The name that fits.
    matched: String,
}

/// A page of what was found of one sort.
#[derive(Serialize, ToSchema)]
struct Part<T> {
    items: Vec<T>,
    /// How many there are in all, where that is known.
    total: Option<usize>,
    /// Where the next page begins.
    next: Option<String>,
}

/// What was found.
#[derive(Serialize, ToSchema)]
struct Answer {
    names: Vec<Fits>,
    also: Vec<Spelled>,
    reports: Part<Hit>,
    /// Claims as cards.
    #[schema(value_type = Part<Value>)]
    claims: Part<Card>,
    took_ms: u64,
    /// Names of all ids of the claims.
    #[schema(value_type = Object)]
    names_of: BTreeMap<String, Name>,
}

/// Names that fit.
#[derive(Serialize, ToSchema)]
struct Suggested {
    items: Vec<Fits>,
}

/// Where is searched.
#[derive(Clone, Copy, PartialEq, Eq)]
enum In {
    All,
    Reports,
    Claims,
    Names,
}

/// So long is waited for what searching needs, which is made when the desk opens.
const WAITS: Duration = Duration::from_secs(20);

/// Waits until searching is made ready, in nobody's way.
async fn ready(desk: &Desk) -> Result<(), ApiError> {
    let made = async {
        while !desk.search().is_made() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    let message = "searching is still being made ready; try again in a few seconds";
    tokio::time::timeout(WAITS, made).await.map_err(|_| ApiError::too_many(message, 5))
}

/// Reports, claims and names in which something stands, in any spelling or script.
#[utoipa::path(get, path = "/api/search", params(Asks), responses(
    (status = 200, body = Answer),
    (status = 400, description = "The search is too long, or a filter is none"),
))]
async fn search(
    State(desk): State<Desk>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Answer>, ApiError> {
    let (asked, within, page) = parse(&pairs)?;
    ready(&desk).await?;
    desk.work(move |desk| {
        let began = clock::running();
        let empty = Listed { items: Vec::new(), total: Some(0), next: None };
        let (names, also, reports, claims) = desk.search().ask(&asked, |asking| {
            let wants = |one: In| within == In::All || within == one;
            Ok((
                if wants(In::Names) { asking.names() } else { Vec::new() },
                asking.also(),
                if wants(In::Reports) { asking.reports(page)? } else { none() },
                if wants(In::Claims) { asking.claims(page)? } else { empty },
            ))
        })?;
        let answers = desk.answers();
        let claims = as_cards(desk, claims)?;
        let mut named = Ids::default();
        claims.items.iter().for_each(|card| _ = named.card(card));
        Ok(Json(Answer {
            names: names.into_iter().map(fits).collect(),
            also: also.into_iter().map(spelled).collect(),
            reports: part(reports, hit),
            claims,
            took_ms: u64::try_from((clock::running() - began).as_millis()).unwrap_or(u64::MAX),
            names_of: named.named(&answers)?,
        }))
    })
    .await
}

/// Entities whose names begin with what is typed, at most ten: those that claims name most first.
#[utoipa::path(get, path = "/api/suggest", params(Types), responses(
    (status = 200, body = Suggested),
    (status = 400, description = "There is no such type"),
))]
async fn suggest(
    State(desk): State<Desk>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Suggested>, ApiError> {
    let value = |name: &str| pairs.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
    let sort = match value("type") {
        None | Some("") => None,
        Some("place") => Some(Sort::Place),
        Some("actor") => Some(Sort::Actor),
        Some("source") => Some(Sort::Source),
        Some(_) => return Err(ApiError::bad("`type` is place, actor or source")),
    };
    let typed = value("q").unwrap_or_default().to_owned();
    ready(&desk).await?;
    desk.work(move |desk| {
        let items = desk.search().suggest(&typed, sort)?.into_iter().map(fits).collect();
        Ok(Json(Suggested { items }))
    })
    .await
}

fn parse(pairs: &[(String, String)]) -> Result<(Asked, In, Page), ApiError> {
    if pairs.len() > VALUES {
        return Err(ApiError::bad(format!("at most {VALUES} filters at once")));
    }
    let mut asked = Asked::default();
    let (mut within, mut after, mut limit) = (In::All, 0, None);
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        let day = || {
            let day = value.parse::<Date>();
            day.map(Some).map_err(|_| ApiError::bad(format!("`{name}` is a day, as 2014-06-20")))
        };
        let number = || value.parse::<usize>().map_err(|_| ApiError::bad(format!("`{name}` is a number")));
        match name.as_str() {
            "q" => value.clone_into(&mut asked.typed),
            "in" => {
                within = match value.as_str() {
                    "reports" => In::Reports,
                    "claims" => In::Claims,
                    "names" => In::Names,
                    _ => return Err(ApiError::bad("`in` is reports, claims or names")),
                }
            }
            "place" => asked.place.push(value.clone()),
            "outlet" => asked.outlet.push(value.clone()),
            "language" => asked.language.push(value.clone()),
            "kind" => {
                let kind = Kind::ALL.iter().find(|kind| kind.as_str() == value);
                asked.kind.push(*kind.ok_or_else(|| ApiError::bad("there is no such kind of claim"))?);
            }
            "from" => asked.from = day()?,
            "to" => asked.to = day()?,
            "after" => after = number()?,
            "limit" => limit = Some(number()?.clamp(1, PAGE.1)),
            _ => {}
        }
    }
    if within == In::All {
        return Ok((asked, within, Page { after: 0, limit: limit.unwrap_or(FEW).min(PAGE.0) }));
    }
    Ok((asked, within, Page { after, limit: limit.unwrap_or(PAGE.0) }))
}

fn none<T>() -> Listed<T> {
    Listed { items: Vec::new(), total: Some(0), next: None }
}

fn part<A, B>(listed: Listed<A>, one: impl FnMut(A) -> B) -> Part<B> {
    Part {
        items: listed.items.into_iter().map(one).collect(),
        total: listed.total,
        next: listed.next.map(|next| next.to_string()),
    }
}

fn as_cards(desk: &Desk, listed: Listed<Claim>) -> Result<Part<Card>, ApiError> {
    let ids: Vec<String> = listed.items.iter().map(|claim| claim.id.clone()).collect();
    let items = cards(desk, &desk.answers(), &ids)?;
    Ok(Part { items, total: listed.total, next: listed.next.map(|next| next.to_string()) })
}

fn hit(found: Found) -> Hit {
    let snip = |piece: gainsay::search::Piece| Snip { text: piece.text, hit: piece.hit };
    Hit {
        id: found.id,
        title: found.title,
        publisher: found.publisher,
        published: found.published,
        language: found.language,
        snippet: found.pieces.into_iter().map(snip).collect(),
    }
}

fn spelled(also: Also) -> Spelled {
    Spelled { typed: also.typed, ids: also.ids, spellings: also.spellings }
}

fn fits(named: Named) -> Fits {
    let Named { id, sort, name, kind, matched } = named;
    let r#type = match sort {
        Sort::Place => "place",
        Sort::Actor => "actor",
        Sort::Source => "source",
    };
    Fits { id, r#type, name, kind, matched }
}
