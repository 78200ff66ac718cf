//! The veil over every answer to a reader: laid around all routes, so that no new route can forget it.
//!
//! Addresses are read before routing, for ids made of private names come and go as signs. What is no JSON, no table
//! and no live event is not given to a reader at all.

use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, Uri, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use gainsay::answers::Answers;
use gainsay::veil::Veil;
use serde_json::Value;
use tokio_stream::StreamExt;

use super::address::{escape, unescape};
use crate::cache::Lasts;
use crate::security::{Role, Who};
use crate::{ApiError, Desk};

/// Answers that hold nothing of a report's: who one is oneself, the description, the base of the map.
const BARE: &[&str] =
    &["/api/me", "/api/me/password", "/api/signin", "/api/signout", "/api/openapi.json", "/api/map/base"];

/// The veil of the answers as they stand, made when first needed.
#[derive(Default)]
pub struct Veils {
    made: Mutex<Option<(Arc<Answers>, Arc<Veil>)>>,
}

impl Veils {
    /// The veil over these answers.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn of(&self, answers: Arc<Answers>) -> Result<Arc<Veil>, gainsay::Error> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((over, veil)) = made.as_ref()
            && Arc::ptr_eq(over, &answers)
        {
            return Ok(veil.clone());
        }
        let veil =
            Arc::new(Veil::new(&answers.private_names()?, &gainsay::keys::pseudonyms(answers.ledger())?));
        *made = Some((answers, veil.clone()));
        Ok(veil)
    }
}

/// The routes with the veil around them.
pub fn over(desk: Desk, routes: Router) -> Router {
    Router::new().fallback_service(routes).layer(from_fn_with_state(desk, lay))
}

/// Lays the veil over what a reader asks and gets.
async fn lay(State(desk): State<Desk>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let veiled = request.extensions().get::<Who>().is_some_and(|who| who.role == Role::Reader);
    if !veiled || !path.starts_with("/api/") || BARE.contains(&path) {
        return next.run(request).await;
    }
    // What readers were given before they are given again.
    let address = format!("veiled {}", request.uri());
    let answers = desk.answers();
    if let Some(written) = desk.cache().get(&answers, &address).filter(|_| request.method() == Method::GET) {
        return ([(header::CONTENT_TYPE, "application/json")], written).into_response();
    }
    let veil = match desk.work(|desk| Ok(desk.veil()?)).await {
        Ok(veil) => veil,
        Err(error) => return error.into_response(),
    };
    let search = is_search(request.uri());
    match asked(&veil, request.uri()) {
        Some(uri) => *request.uri_mut() = uri,
        None => return ApiError::bad("this address cannot be read").into_response(),
    }
    let answer = next.run(request).await;
    let lasts = answer.extensions().get::<Lasts>().is_some();
    match given(&desk, veil, search, answer).await {
        Ok((answer, written)) => {
            if let Some(written) = written.filter(|_| lasts) {
                desk.cache().put(&answers, address, written);
            }
            answer
        }
        Err(error) => error.into_response(),
    }
}

/// Whether somebody looks for names or words.
fn is_search(uri: &Uri) -> bool {
    uri.query().unwrap_or_default().split('&').any(|pair| pair.starts_with("q="))
}

/// The address with signs read, and names put out of reach.
fn asked(veil: &Veil, uri: &Uri) -> Option<Uri> {
    let segment = |segment: &str| escape(&veil.asked(&unescape(segment)));
    let path: Vec<String> = uri.path().split('/').map(segment).collect();
    let pair = |pair: &str| match pair.split_once('=') {
        Some((key, value)) => format!("{key}={}", escape(&veil.asked(&unescape(&value.replace('+', " "))))),
        None => pair.to_owned(),
    };
    let query: Option<Vec<String>> = uri.query().map(|query| query.split('&').map(pair).collect());
    let whole = match query {
        Some(query) => format!("{}?{}", path.join("/"), query.join("&")),
        None => path.join("/"),
    };
    whole.parse().ok()
}

/// The answer with the veil over it.
async fn given(
    desk: &Desk,
    veil: Arc<Veil>,
    search: bool,
    answer: Response,
) -> Result<(Response, Option<Bytes>), ApiError> {
    let kind =
        answer.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (mut head, body) = answer.into_parts();
    if kind == "text/event-stream" {
        return Ok((Response::from_parts(head, events(veil, body)), None));
    }
    let whole = to_bytes(body, usize::MAX).await.map_err(|_| ApiError::inside("the answer broke off"))?;
    if whole.is_empty() {
        return Ok((Response::from_parts(head, Body::empty()), None));
    }
    let written = desk
        .work(move |_| match kind.as_str() {
            "application/json" => json(&veil, search, &whole),
            "text/csv" => Ok(veil.csv(&String::from_utf8_lossy(&whole)).into_bytes()),
            _ => Err(ApiError::forbidden("readers are given answers and tables only")),
        })
        .await?;
    head.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(written.len()));
    head.headers.remove(header::ETAG);
    let written = Bytes::from(written);
    Ok((Response::from_parts(head, Body::from(written.clone())), Some(written)))
}

fn json(veil: &Veil, search: bool, whole: &[u8]) -> Result<Vec<u8>, ApiError> {
    let unsound = |_| ApiError::inside("the answer could not be read again");
    let mut value: Value = serde_json::from_slice(whole).map_err(unsound)?;
    if search {
        veil.found(&mut value)
    } else {
        veil.json(&mut value)
    }
    serde_json::to_vec(&value).map_err(unsound)
}

/// Live events, each veiled as it passes. Events come whole: each piece of the body ends with an empty line.
fn events(veil: Arc<Veil>, body: Body) -> Body {
    let mut held = String::new();
    let veiled = body.into_data_stream().map(move |piece| {
        piece.map(|piece| {
            held.push_str(&String::from_utf8_lossy(&piece));
            let whole = held.rfind("\n\n").map_or(0, |end| end + 2);
            let ready: String = held.drain(..whole).collect();
            Bytes::from(ready.split_inclusive('\n').map(|line| event_line(&veil, line)).collect::<String>())
        })
    });
    Body::from_stream(veiled)
}

fn event_line(veil: &Veil, line: &str) -> String {
    let Some(data) = line.strip_prefix("data:") else { return line.to_owned() };
    match serde_json::from_str::<Value>(data.trim()) {
        Ok(mut value) => {
            veil.json(&mut value);
            format!("data: {value}\n")
        }
        // No event of the desk's is anything else.
        Err(_) => "data: null\n".to_owned(),
    }
}
