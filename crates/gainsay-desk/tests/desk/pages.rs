//! The pages as they are sent, and what every answer bears; live events until a session ends.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use gainsay_desk::Role;
use serde_json::json;
use tokio_stream::StreamExt;
use tower::ServiceExt;

use crate::visitor::{Served, Visitor};

#[tokio::test]
async fn every_answer_bears_the_headers_that_keep_pages_apart() {
    let served = Served::reports();
    let (reader, stranger) = (served.visitor(Role::Reader), served.stranger());
    let answers = [
        reader.get("/").await,
        reader.get("/assets/none.js").await,
        reader.get("/api/me").await,
        reader.get("/api/never").await,
        reader.get("/api/audit").await,
        stranger.get("/api/me").await,
        stranger.get("/enter?key=x").await,
        reader.post("/api/signin", &json!(7)).await,
        reader.post("/api/signin", &json!("x".repeat(3_000_000))).await,
        reader.get(&format!("/{}", "x".repeat(9000))).await,
    ];
    for answer in answers {
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'self'; script-src 'self'; style-src 'self';"), "{policy}");
        assert!(
            policy.contains("frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'")
        );
        assert!(!policy.contains("unsafe") && !policy.contains('*'), "{policy}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("x-frame-options", "DENY"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{}", answer.text());
        }
        assert!(answer.header("permissions-policy").contains("geolocation=()"));
        assert!(!answer.header("cache-control").is_empty() || answer.status != StatusCode::OK);
        if answer.header("content-type").starts_with("application/json") {
            assert_eq!(answer.header("cache-control"), "no-store");
        }
    }
}

/// The elements of a document that run or style something, without those that point at a file.
fn inline(html: &str) -> Vec<&str> {
    let scripts = html.split("<script").skip(1).filter(|rest| {
        let (head, body) = rest.split_once('>').unwrap_or((rest, ""));
        !head.contains("src=") || !body.trim_start().starts_with("</script>")
    });
    let styles = html.split("<style").skip(1);
    let handlers = html
        .split_whitespace()
        .filter(|word| word.starts_with("style=") || (word.starts_with("on") && word.contains("=\"")));
    scripts.chain(styles).chain(handlers).collect()
}

#[test]
fn the_document_runs_nothing_of_its_own() {
    let pages = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("web");
    let source = std::fs::read_to_string(pages.join("index.html")).unwrap();
    assert_eq!(inline(&source), Vec::<&str>::new());
    assert!(!inline("<script>alert(1)</script>").is_empty() && !inline("<p onclick=\"x()\">").is_empty());
    // As it was built, where it was.
    if let Ok(built) = std::fs::read_to_string(pages.join("dist/index.html")) {
        assert_eq!(inline(&built), Vec::<&str>::new());
        assert!(!built.contains("http://") && !built.contains("https://"), "{built}");
    }
}

/// The first file of the built front end under `assets/`; none where it was not built.
async fn asset(visitor: &Visitor) -> Option<String> {
    let page = visitor.get("/").await;
    let text = page.text();
    let (_, rest) = text.split_once("src=\"/assets/")?;
    Some(format!("/assets/{}", rest.split('"').next()?))
}

#[tokio::test]
async fn files_of_the_pages_are_kept_and_the_document_is_asked_for_anew() {
    let served = Served::reports();
    let stranger = served.stranger();
    let page = stranger.get("/place/qusayr").await;
    let Some(path) = asset(&stranger).await else {
        // Built without its pages the program says so.
        assert!(page.status == StatusCode::NOT_FOUND && page.text().contains("not built"), "{}", page.text());
        return;
    };
    assert_eq!((page.status, page.header("cache-control")), (StatusCode::OK, "no-cache"));
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let ask = async |name: header::HeaderName, value: &str| {
        let request = stranger.request(Method::GET, &path).header(name, value);
        stranger.send(request.body(Body::empty()).unwrap()).await
    };
    let plain = ask(header::ACCEPT_ENCODING, "identity").await;
    assert_eq!(plain.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(plain.header("content-type"), "text/javascript; charset=utf-8");
    assert_eq!(plain.header("content-encoding"), "");
    let pressed = ask(header::ACCEPT_ENCODING, "gzip, deflate, br").await;
    assert_eq!(pressed.header("content-encoding"), "br");
    assert!(pressed.bytes.len() < plain.bytes.len());
    let gzip = ask(header::ACCEPT_ENCODING, "gzip").await;
    assert_eq!(gzip.header("content-encoding"), "gzip");
    let known = ask(header::IF_NONE_MATCH, plain.header("etag")).await;
    assert_eq!((known.status, known.bytes.len()), (StatusCode::NOT_MODIFIED, 0));
    assert_eq!(stranger.get("/assets/gone-0.js").await.status, StatusCode::NOT_FOUND);
    assert!(stranger.get(&format!("{path}.br")).await.status == StatusCode::NOT_FOUND);
    for outside in ["/assets/../index.html", "/..%2f..%2fCargo.toml", "/%2e%2e/Cargo.toml", "/../Cargo.toml"]
    {
        let answer = stranger.get(outside).await;
        assert!(!answer.text().contains("[package]"), "{outside}");
    }
}

#[tokio::test]
async fn live_events_end_with_the_session() {
    let served = Served::reports();
    let coder = served.visitor(Role::Coder);
    let listen = async |visitor: &Visitor| {
        let request = visitor.request(Method::GET, "/api/live").body(Body::empty()).unwrap();
        served.router.clone().oneshot(request).await.unwrap()
    };
    let answer = listen(&coder).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()[header::CONTENT_TYPE], "text/event-stream");
    let mut events = answer.into_body().into_data_stream();
    let mut next = async || {
        let bytes = tokio::time::timeout(Duration::from_secs(20), events.next()).await.expect("in time")?;
        Some(String::from_utf8(bytes.unwrap().to_vec()).unwrap())
    };
    assert!(next().await.unwrap().starts_with("event: answers\ndata: {"));
    served.desk.tell("job", json!({ "id": "1" }));
    loop {
        let event = next().await.unwrap();
        if event == "event: job\ndata: {\"id\":\"1\"}\n\n" {
            break;
        }
        assert!(event.starts_with("event: ping\n"), "{event}");
    }
    assert_eq!(coder.post("/api/signout", &json!({})).await.status, StatusCode::NO_CONTENT);
    served.desk.tell("job", json!({ "id": "2" }));
    while let Some(event) = next().await {
        assert!(!event.contains("job"), "{event}");
    }
}

#[tokio::test]
async fn only_so_many_listen_at_once() {
    let served = Served::reports();
    let reader = served.visitor(Role::Reader);
    let mut held = Vec::new();
    for _ in 0..200 {
        let request = reader.request(Method::GET, "/api/live").body(Body::empty()).unwrap();
        held.push(served.router.clone().oneshot(request).await.unwrap());
    }
    let answer = reader.get("/api/live").await;
    assert_eq!((answer.status, answer.code().as_str()), (StatusCode::TOO_MANY_REQUESTS, "too-many"));
    drop(held);
    tokio::time::timeout(Duration::from_secs(20), async {
        let request = || reader.request(Method::GET, "/api/live").body(Body::empty()).unwrap();
        while reader.status(request()).await != StatusCode::OK {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
    .await
    .expect("places are free again");
}
