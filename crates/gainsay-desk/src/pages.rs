//! The pages: one document and its files, built from `web` and carried in the binary.

use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

/// The built front end; empty where it was not built.
#[derive(RustEmbed)]
#[folder = "web/dist"]
#[allow_missing = true]
struct Built;

/// A file of the front end; every other path is the document, which finds its page itself.
pub async fn page(uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    let known = Built::get(path).map(|file| (file, path));
    let Some((file, name)) = known.or_else(|| Built::get("index.html").map(|file| (file, "index.html")))
    else {
        let message = "the pages of the desk were not built into this program; the API is under /api";
        return (StatusCode::NOT_FOUND, message).into_response();
    };
    ([(header::CONTENT_TYPE, kind(name))], file.data).into_response()
}

/// The media type of a file of the front end.
fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json" | "geojson") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}
