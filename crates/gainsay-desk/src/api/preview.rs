//! One decision on many claims: what it would be, before it is taken.

use axum::Json;
use axum::extract::State;
use gainsay::ask::Ask;
use gainsay::cards::Card;
use gainsay::decide::{By, Decision, MOST_AT_ONCE};
use gainsay::model::{Date, EntityId, Kind};
use gainsay::names::{Role as Sort, meant};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::deciding::{cards, entities_on, knowing, may, refusal};
use crate::security::Who;
use crate::{ApiError, Desk};

/// So many claims are shown.
const SHOWN: usize = 50;

/// A filter has at most so many names.
const NAMES: usize = 50;

/// The routes of a look before deciding.
pub fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(preview))
}

/// On what, and what.
#[derive(Deserialize, ToSchema)]
struct PreviewAsked {
    #[schema(value_type = Object)]
    ask: Filters,
    /// `confirm`, `reject`, `{"values": {…}}` to correct, `{"letter": "B", "since": …}` to rate the sources asked about.
    #[schema(value_type = Object)]
    decision: What,
}

/// The filters, as a form holds them.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Filters {
    place: Names,
    actor: Names,
    source: Names,
    according_to: Names,
    kind: Option<String>,
    report: Option<String>,
    event: Option<String>,
    from: Option<String>,
    to: Option<String>,
    known_by: Option<String>,
}

/// One name or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Names {
    One(String),
    Many(Vec<String>),
}

impl Default for Names {
    fn default() -> Names {
        Names::Many(Vec::new())
    }
}

/// What is to be decided of each.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Word {
    Confirm,
    Reject,
}

/// What is to be decided of each.
#[derive(Deserialize)]
#[serde(untagged)]
enum What {
    Word(Word),
    Correct { values: std::collections::BTreeMap<String, Value> },
    Rate { letter: String, since: Option<Date> },
}

/// What it would be.
#[derive(Serialize, ToSchema)]
struct Preview {
    /// How many claims, or sources, would be decided on.
    claims: usize,
    /// How many are so already, and left out.
    already: usize,
    /// The first of the claims.
    #[schema(value_type = Vec<Object>)]
    first: Vec<Card>,
    /// The decisions, to be sent back as they are.
    #[schema(value_type = Vec<Object>)]
    decisions: Vec<Decision>,
    /// What to send with them.
    seen: u64,
    #[schema(value_type = Object)]
    names: std::collections::BTreeMap<String, gainsay::named::Name>,
}

/// What one decision on all claims of an ask would be; nothing is decided.
#[utoipa::path(post, path = "/api/decisions/preview", request_body = PreviewAsked, responses(
    (status = 200, body = Preview),
    (status = 400, description = "Nothing is asked for, too many claims, or it cannot be decided so")))]
async fn preview(
    State(desk): State<Desk>,
    who: Who,
    Json(asked): Json<PreviewAsked>,
) -> Result<Json<Preview>, ApiError> {
    desk.work(move |desk| look(desk, &who, asked).map(Json)).await
}

fn look(desk: &Desk, who: &Who, asked: PreviewAsked) -> Result<Preview, ApiError> {
    let answers = desk.answers();
    let register = &desk.review().register;
    let seen = register.catch_up()?;
    let overlay = desk.overlay();
    let ask = asked.ask.ask()?;
    if ask == Ask::default() {
        return Err(ApiError::bad("narrow it down: a place, a source, days, a report …"));
    }
    let (ids, decisions, already): (Vec<String>, Vec<Decision>, usize) = match asked.decision {
        What::Rate { letter, since } => {
            let rate =
                |source: &EntityId| Decision::Rate { source: source.clone(), letter: letter.clone(), since };
            let decisions: Vec<Decision> = ask.source.iter().map(rate).collect();
            if decisions.is_empty() {
                return Err(ApiError::bad("name the sources to be rated"));
            }
            (Vec::new(), decisions, 0)
        }
        what => {
            let many = answers.count_claims(&ask)?;
            if many > MOST_AT_ONCE as u64 {
                return Err(ApiError::bad(format!(
                    "{many} claims; at most {MOST_AT_ONCE} can be decided on at once: narrow it down"
                )));
            }
            let all = answers.claims(&ask, (0, MOST_AT_ONCE as u64))?;
            let found = all.len();
            let (word, make): (_, Box<dyn Fn(String) -> Decision>) = match what {
                What::Word(Word::Confirm) => ("confirmed", Box::new(|claim| Decision::Confirm { claim })),
                What::Word(Word::Reject) => ("rejected", Box::new(|claim| Decision::Reject { claim })),
                What::Correct { values } => {
                    ("", Box::new(move |claim| Decision::Correct { claim, values: values.clone() }))
                }
                What::Rate { .. } => unreachable!("rated above"),
            };
            let ids: Vec<String> =
                all.into_iter().filter(|claim| overlay.decided(claim) != Some(word)).collect();
            let already = found - ids.len();
            (ids.clone(), ids.into_iter().map(make).collect(), already)
        }
    };
    may(&decisions, desk, who)?;
    // All are alike: what fits one claim fits the others.
    if let Some(first) = decisions.get(..1) {
        let by = By { name: &who.name, why: "", seen, signs: None };
        knowing(&answers, |known| register.check(by, first, known)).map_err(refusal)?;
    }
    let first = cards(desk, &answers, &ids[..ids.len().min(SHOWN)])?;
    let named: Vec<&str> =
        first.iter().flat_map(entities_on).chain(ask.source.iter().map(String::as_str)).collect();
    let names = answers.names(named)?;
    Ok(Preview { claims: decisions.len(), already, first, decisions, seen, names })
}

impl Filters {
    fn ask(&self) -> Result<Ask, ApiError> {
        let day = |name: &str, typed: &Option<String>| -> Result<Option<Date>, ApiError> {
            let read = |typed: &String| {
                typed
                    .trim()
                    .parse()
                    .map_err(|_| ApiError::bad(format!("`{name}` is no day; give it as 2014-06-03")))
            };
            typed.as_ref().filter(|typed| !typed.trim().is_empty()).map(read).transpose()
        };
        let word = |typed: &Option<String>| typed.clone().filter(|typed| !typed.trim().is_empty());
        let kind = word(&self.kind)
            .map(|kind| Kind::parse(&kind).ok_or_else(|| ApiError::bad("there is no such kind of claim")));
        Ok(Ask {
            place: self.place.ids(Sort::Place)?,
            actor: self.actor.ids(Sort::Actor)?,
            source: self.source.ids(Sort::Source)?,
            according_to: self.according_to.ids(Sort::Source)?,
            kind: kind.transpose()?,
            report: word(&self.report),
            event: word(&self.event),
            from: day("from", &self.from)?,
            to: day("to", &self.to)?,
            known_by: day("known_by", &self.known_by)?,
        })
    }
}

impl Names {
    fn ids(&self, sort: Sort) -> Result<Vec<EntityId>, ApiError> {
        let typed: &[String] = match self {
            Names::One(one) => std::slice::from_ref(one),
            Names::Many(many) => many,
        };
        if typed.len() > NAMES {
            return Err(ApiError::bad(format!("a filter has at most {NAMES} names")));
        }
        let named = typed.iter().filter(|name| !name.trim().is_empty());
        let mut ids: Vec<EntityId> = named.flat_map(|name| meant(name, sort)).collect();
        ids.sort();
        ids.dedup();
        Ok(ids)
    }
}
