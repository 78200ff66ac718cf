//! The desk: any bytes as a request, and the files of its own that lie beside a ledger.

use std::sync::LazyLock;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use gainsay_desk::{Accounts, Admitted, Audit, Desk, Options, Role, router};
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;

use super::cut::Cut;
use super::folder::Folder;
use super::ledgers::lay;

/// Any bytes as accounts, settings, audit, memory of feeds and manifest of lists: read, or refused in words; the desk
/// opens or says why not.
pub fn config(bytes: &[u8]) {
    let mut cut = Cut(bytes);
    let name =
        *cut.one(&["l.gpkg.accounts", "l.gpkg.settings", "l.gpkg.audit", "l.gpkg.words", "l.gpkg.watch"]);
    let folder = Folder::new();
    let ledger = lay(&folder);
    let refused = |error: String| assert!(!error.trim().is_empty());
    match name {
        "l.gpkg.words" => {
            let words = folder.path().join(name);
            std::fs::create_dir(&words).expect("a folder");
            std::fs::write(words.join("words.json"), cut.0).expect("a file");
            std::fs::write(words.join("a.tsv"), b"id\tname\n").expect("a file");
            gainsay::words::in_folder(&words).map_or_else(|error| refused(error.to_string()), |_| ());
        }
        "l.gpkg.watch" => {
            folder.put(name, cut.0);
            std::fs::create_dir(folder.path().join("l.gpkg.in")).expect("a folder");
            let watched = gainsay::watch::Watched::of(&folder.path().join("l.gpkg.in")).expect("a folder");
            let options = gainsay::watch::Options {
                ledger,
                by: "fuzz".to_owned(),
                watched: vec![watched],
                every: gainsay::watch::EVERY,
                pages: false,
                once: true,
            };
            let stop = std::sync::atomic::AtomicBool::new(false);
            let done = gainsay::watch::watch(options, &stop, &mut |_| {});
            done.map_or_else(|error| refused(error.to_string()), |_| ());
        }
        "l.gpkg.audit" => {
            folder.put(name, cut.0);
            let audit = Audit::of(&ledger);
            let (mut before, mut lines) = (None, 0);
            loop {
                let (page, next) = audit.page(before, 3, None).expect("a page");
                lines += page.len();
                assert!(next.is_none_or(|next| before.is_none_or(|before| next < before)));
                before = next;
                if before.is_none() {
                    break;
                }
            }
            assert!(lines <= cut.0.len());
            audit.add("amal", "signin", "x").expect("added");
        }
        "l.gpkg.settings" => {
            folder.put(name, cut.0);
            match Desk::open(Options::on(&ledger)) {
                Ok(desk) => {
                    let _ = desk.settings();
                    desk.close();
                }
                Err(error) => refused(error.to_string()),
            }
        }
        _ => {
            folder.put(name, cut.0);
            match Accounts::of(&ledger) {
                Ok(accounts) => {
                    let names: Vec<String> = accounts.list().into_iter().map(|line| line.name).collect();
                    for name in &names {
                        assert!(accounts.knows(name));
                    }
                    assert_eq!(accounts.check("amal", "a password nobody has"), None);
                }
                Err(error) => refused(error.to_string()),
            }
        }
    }
    folder.check(&["l.gpkg"]);
}

const HOST: &str = "127.0.0.1:8420";

/// A desk on a good ledger, and somebody of each role.
struct Served {
    runtime: Runtime,
    router: Router,
    admitted: Vec<Admitted>,
    _folder: Folder,
}

static SERVED: LazyLock<Served> = LazyLock::new(|| {
    let folder = Folder::new();
    let ledger = lay(&folder);
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    let entered = runtime.enter();
    let desk = Desk::open(Options::on(ledger)).expect("a desk");
    let roles = [Role::Reader, Role::Coder, Role::Reviewer, Role::Admin];
    let admitted = roles.map(|role| desk.admit(role.as_str(), role).expect("admitted")).to_vec();
    let router = router(desk);
    drop(entered);
    Served { runtime, router, admitted, _folder: folder }
});

/// Any bytes as a request: who sends it, how, where to, its headers and its body, a line each. It is answered, never
/// with an error of the desk's own; what is refused is refused in JSON, and no answer quotes the request as a page.
pub fn api(bytes: &[u8]) {
    let served = &*SERVED;
    let mut cut = Cut(bytes);
    let who = cut.below(served.admitted.len() + 1);
    let method =
        cut.one(&[Method::GET, Method::POST, Method::GET, Method::POST, Method::PUT, Method::DELETE]).clone();
    let kinds = [
        "application/json",
        "multipart/form-data; boundary=x",
        "text/plain",
        "application/x-www-form-urlencoded",
    ];
    let kind = *cut.one(&kinds);
    let path = cut.line();
    // No page is fetched here, and what never ends is not waited for.
    if path.contains("address") || path.contains("live") || path.contains('%') && path.contains("add") {
        return;
    }
    let mut request = Request::builder()
        .method(method)
        .uri(format!("/api/{}", path.trim_start_matches('/')))
        .header(header::HOST, HOST)
        .header("sec-fetch-site", "same-origin")
        .header(header::ORIGIN, format!("http://{HOST}"))
        .header(header::CONTENT_TYPE, kind);
    if let Some(Admitted { token, csrf, .. }) = served.admitted.get(who) {
        request = request.header(header::COOKIE, format!("gainsay_session={token}")).header("x-csrf", csrf);
    }
    let line = cut.line();
    if let Some((name, value)) = line.split_once(':') {
        request = request.header(name, value.trim());
    }
    let Ok(request) = request.body(Body::from(cut.0.to_vec())) else { return };
    let (status, kind, body) = served.runtime.block_on(async {
        let response = served.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let kind =
            parts.headers.get(header::CONTENT_TYPE).map(|kind| kind.as_bytes().to_vec()).unwrap_or_default();
        (parts.status, kind, to_bytes(body, 64 << 20).await.unwrap_or_default())
    });
    assert_ne!(status, StatusCode::INTERNAL_SERVER_ERROR, "{}", String::from_utf8_lossy(&body));
    if status.is_client_error() && !body.is_empty() && kind.starts_with(b"application/json") {
        let told: serde_json::Value = serde_json::from_slice(&body).expect("JSON");
        assert!(told["error"]["code"].is_string(), "{told}");
    }
    if kind.starts_with(b"text/html") {
        assert!(!String::from_utf8_lossy(&body).contains("<script>alert"), "a page quotes the request");
    }
}
