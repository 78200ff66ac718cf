//! How much a request may bring and how long it may take; and that whatever goes wrong is said in one clear line.

use std::any::Any;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_http::compression::{CompressionLayer, CompressionLevel};

use crate::ApiError;
use crate::security::at_home;

/// A request brings at most so much.
const BODY: usize = 1024 * 1024;
/// Files to be added bring at most so much, all together.
const FILES: usize = 256 * 1024 * 1024;
/// A request takes at most so long, unless it brings files or makes something to be published.
const TIME: Duration = Duration::from_secs(30);
const LONG: Duration = Duration::from_secs(600);
/// Answers smaller than this are not worth compressing.
const SMALL: u64 = 1024;

/// The routes that take files.
const ADD: &str = "/api/add/files";
/// The routes that make something to be published.
const PUBLISH: &str = "/api/publish/";

/// Lays the limits round a service.
pub fn limited(service: Router) -> Router {
    let worth = SizeAbove::new(SMALL)
        .and(NotForContentType::SSE)
        .and(NotForContentType::IMAGES)
        .and(NotForContentType::const_new("application/zip"))
        .and(NotForContentType::const_new("application/octet-stream"));
    service
        // The framework's own limit: ours holds for all that is read.
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn(bounded))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(worth))
        .layer(from_fn(plain_at_home))
        .layer(CatchPanicLayer::custom(failed))
}

/// Bounds what a request brings and how long it takes.
async fn bounded(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let (most, time) = match path {
        ADD => (FILES, LONG),
        _ if path.starts_with(PUBLISH) => (BODY, LONG),
        _ => (BODY, TIME),
    };
    let api = path.starts_with("/api");
    let announced =
        request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    if announced.is_some_and(|announced: u64| announced > most as u64) {
        return too_large(most).into_response();
    }
    let (parts, body) = request.into_parts();
    // A body without a length is cut off at the same place.
    let request = Request::from_parts(parts, Body::new(http_body_util::Limited::new(body, most)));
    match tokio::time::timeout(time, next.run(request)).await {
        Ok(response) if api => in_one_line(response, most).await,
        Ok(response) => response,
        Err(_) => ApiError::too_slow("this took too long; ask for less, or again later").into_response(),
    }
}

fn too_large(most: usize) -> ApiError {
    ApiError::too_large(format!("this is more than {} MiB", most / (1024 * 1024)))
}

/// Refusals of the framework's own are plain text or nothing: pages get all of them as JSON.
async fn in_one_line(response: Response, most: usize) -> Response {
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let ours = kind.is_some_and(|kind| !kind.starts_with("text/plain"));
    if !(status.is_client_error() || status.is_server_error()) || ours {
        return response;
    }
    let allow = response.headers().get(header::ALLOW).cloned();
    let said = to_bytes(response.into_body(), 4096).await.unwrap_or_default();
    let said = String::from_utf8_lossy(&said);
    let mut refusal = match status {
        StatusCode::PAYLOAD_TOO_LARGE => too_large(most).into_response(),
        _ if said.contains("length limit exceeded") => too_large(most).into_response(),
        _ if said.is_empty() => {
            ApiError::refused(status, status.canonical_reason().unwrap_or("refused")).into_response()
        }
        _ => ApiError::refused(status, said.lines().next().unwrap_or_default()).into_response(),
    };
    refusal.headers_mut().extend(allow.map(|allow| (header::ALLOW, allow)));
    refusal
}

/// What crosses no network is not worth compressing, unless it was compressed when the desk was built.
async fn plain_at_home(mut request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    if request.uri().path().starts_with("/api") && host.is_some_and(at_home) {
        request.headers_mut().remove(header::ACCEPT_ENCODING);
    }
    next.run(request).await
}

/// A request that failed is answered; what failed is on the terminal.
fn failed(_: Box<dyn Any + Send + 'static>) -> Response {
    ApiError::inside("the desk failed at this; try again").into_response()
}

#[cfg(test)]
mod tests {
    use axum::Json;
    use axum::routing::{get, post};
    use serde_json::Value;
    use tower::ServiceExt;

    use super::*;

    async fn ask(request: axum::http::request::Builder, body: Body) -> (StatusCode, Value) {
        let routes = Router::new()
            .route("/api/fails", get(|| async { panic!("the words of a report") as &'static str }))
            .route("/api/waits", get(|| async { std::future::pending::<&'static str>().await }))
            .route("/api/takes", post(|body: Json<Value>| async move { body }))
            .route(ADD, post(|body: axum::body::Bytes| async move { body.len().to_string() }));
        let answer = limited(routes).oneshot(request.body(body).unwrap()).await.unwrap();
        let status = answer.status();
        let bytes = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        (status, serde_json::from_slice(&bytes).unwrap())
    }

    #[tokio::test]
    async fn what_fails_is_answered_without_its_words() {
        let (status, told) = ask(Request::get("/api/fails"), Body::empty()).await;
        assert_eq!((status, &told["error"]["code"]), (StatusCode::INTERNAL_SERVER_ERROR, &"inside".into()));
        assert!(!told.to_string().contains("words"), "{told}");
    }

    #[tokio::test(start_paused = true)]
    async fn what_takes_too_long_is_given_up() {
        let (status, _) = ask(Request::get("/api/waits"), Body::empty()).await;
        assert_eq!(status, StatusCode::REQUEST_TIMEOUT);
    }

    #[tokio::test]
    async fn what_is_too_large_is_refused_whether_it_says_so_or_not() {
        let json =
            |request: axum::http::request::Builder| request.header(header::CONTENT_TYPE, "application/json");
        let announced = json(Request::post("/api/takes")).header(header::CONTENT_LENGTH, BODY + 1);
        let (status, told) = ask(announced, Body::from("{}")).await;
        assert_eq!((status, &told["error"]["code"]), (StatusCode::PAYLOAD_TOO_LARGE, &"too-large".into()));
        let text = format!("\"{}\"", "x".repeat(BODY));
        let parts = tokio_stream::iter([Ok::<_, std::io::Error>(text)]);
        let (status, told) = ask(json(Request::post("/api/takes")), Body::from_stream(parts)).await;
        assert_eq!((status, &told["error"]["code"]), (StatusCode::PAYLOAD_TOO_LARGE, &"too-large".into()));
        let (status, size) = ask(Request::post(ADD), Body::from(vec![0; BODY + 1])).await;
        assert_eq!((status, size), (StatusCode::OK, (BODY + 1).into()));
        let files = Request::post(ADD).header(header::CONTENT_LENGTH, 2u64 << 30);
        assert_eq!(ask(files, Body::empty()).await.0, StatusCode::PAYLOAD_TOO_LARGE);
    }

    #[tokio::test]
    async fn refusals_of_the_frameworks_own_are_one_line_of_json() {
        let (status, told) = ask(Request::post("/api/takes"), Body::from("{}")).await;
        assert_eq!(
            (status, &told["error"]["code"]),
            (StatusCode::UNSUPPORTED_MEDIA_TYPE, &"bad-input".into())
        );
        assert_eq!(ask(Request::get("/api/takes"), Body::empty()).await.0, StatusCode::METHOD_NOT_ALLOWED);
    }
}
