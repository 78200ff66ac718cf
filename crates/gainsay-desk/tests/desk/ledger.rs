//! Small ledgers in folders of their own.

use std::path::{Path, PathBuf};

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use gainsay::Input;
use gainsay_desk::{Desk, Options};
use tempfile::TempDir;
use tower::ServiceExt;

/// A ledger with these reports: the name of each and its text.
pub fn ledger(reports: &[(&str, &str)]) -> (TempDir, PathBuf) {
    let folder = TempDir::new().expect("a folder");
    let inside = folder.path().join("reports");
    std::fs::create_dir(&inside).expect("a folder");
    for (name, text) in reports {
        std::fs::write(inside.join(name), text).expect("a report");
    }
    let path = folder.path().join("desk.gpkg");
    gainsay::keep::init(&path, "me").expect("a ledger");
    gainsay::keep::add(&path, &[Input::from_arg(inside)], "me", &mut |_| {}).expect("reports");
    (folder, path)
}

/// The desk on a ledger.
pub fn desk(ledger: &Path) -> Desk {
    let listen = "127.0.0.1:0".parse().expect("an address");
    Desk::open(Options { ledger: ledger.to_owned(), listen }).expect("a desk")
}

/// What the desk answers to a request.
pub async fn answer(desk: &Desk, request: Request<Body>) -> (StatusCode, String) {
    let answer = gainsay_desk::router(desk.clone()).oneshot(request).await.expect("an answer");
    let status = answer.status();
    let whole = to_bytes(answer.into_body(), usize::MAX).await.expect("all of it");
    (status, String::from_utf8_lossy(&whole).into_owned())
}

/// A request for an address.
pub fn get(address: &str) -> Request<Body> {
    Request::get(address).body(Body::empty()).expect("a request")
}
