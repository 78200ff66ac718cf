//! The pages: one document and its files, built from `web` and carried in the binary.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::settings::open_tiles;
use crate::{ApiError, Desk};

/// The built front end; empty where it was not built.
#[derive(RustEmbed)]
#[folder = "web/dist"]
#[allow_missing = true]
struct Built;

/// The document.
const INDEX: &str = "index.html";
/// Where the front end's files lie whose names change with what they hold.
const HASHED: &str = "assets/";

/// A file of the front end; every other path is the document, which finds its page itself.
pub async fn page(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if !matches!(method, Method::GET | Method::HEAD) {
        return ApiError::refused(StatusCode::METHOD_NOT_ALLOWED, "pages are only read").into_response();
    }
    let path = uri.path().trim_start_matches('/');
    let name =
        if !path.is_empty() && !path.ends_with(".br") && Built::get(path).is_some() { path } else { INDEX };
    if name == INDEX && path.starts_with(HASHED) {
        return (StatusCode::NOT_FOUND, "the desk has no such file; load the page anew").into_response();
    }
    let Some(file) = Built::get(name) else {
        let message = "the pages of the desk were not built into this program; the API is under /api";
        return (StatusCode::NOT_FOUND, message).into_response();
    };
    asset(name, file, &headers)
}

fn asset(name: &str, file: EmbeddedFile, headers: &HeaderMap) -> Response {
    let pressed = Built::get(&format!("{name}.br")).filter(|_| accepts(headers, "br"));
    let hash = file.metadata.sha256_hash();
    let tag: String = hash[..12].iter().map(|byte| format!("{byte:02x}")).collect();
    // Weak: the same file may be sent compressed or not.
    let tag = format!("W/\"{tag}\"");
    let known = headers.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok()).unwrap_or_default();
    let same = known.split(',').any(|known| known.trim() == tag);
    let (status, body) = match (same, pressed.is_some()) {
        (true, _) => (StatusCode::NOT_MODIFIED, Body::empty()),
        (false, true) => (StatusCode::OK, Body::from(pressed.unwrap_or(file).data)),
        (false, false) => (StatusCode::OK, Body::from(file.data)),
    };
    let brotli =
        status == StatusCode::OK && accepts(headers, "br") && Built::get(&format!("{name}.br")).is_some();
    let mut response = (status, body).into_response();
    let set = response.headers_mut();
    if status == StatusCode::OK {
        set.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind(name)));
    }
    if brotli {
        set.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        set.insert(header::ETAG, tag);
    }
    set.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    let kept = if name.starts_with(HASHED) { "public, max-age=31536000, immutable" } else { "no-cache" };
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    response
}

/// Whether a browser takes this encoding.
fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    let said = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    said.flat_map(|all| all.split(',')).any(|one| {
        let (name, weight) = one.split_once(';').unwrap_or((one, ""));
        let weight: f32 = weight.trim().trim_start_matches("q=").parse().unwrap_or(1.0);
        name.trim().eq_ignore_ascii_case(encoding) && weight > 0.0
    })
}

/// The media type of a file of the front end.
fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json" | "geojson" | "webmanifest") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("txt") => "text/plain; charset=utf-8",
        Some("woff2") => "font/woff2",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    }
}

/// A part of the user's own file of tiles, as far as one is set: maps ask for a few thousand bytes at a time.
pub async fn tiles(State(desk): State<Desk>, headers: HeaderMap) -> Result<Response, ApiError> {
    use std::io::{Read, Seek, SeekFrom};
    desk.work(move |desk| {
        let none = || ApiError::not_found("no file of tiles is set");
        let path = desk.settings().tile_file().ok_or_else(none)?;
        let mut file = open_tiles(&path).ok_or_else(none)?;
        let size = file.metadata().map_err(|_| none())?.len();
        let asked = headers.get(header::RANGE).and_then(|range| range.to_str().ok());
        let Some((first, last)) = asked.and_then(|asked| range(asked, size)) else {
            let mut refusal =
                ApiError::refused(StatusCode::RANGE_NOT_SATISFIABLE, "ask for a range of bytes")
                    .into_response();
            if let Ok(whole) = HeaderValue::from_str(&format!("bytes */{size}")) {
                refusal.headers_mut().insert(header::CONTENT_RANGE, whole);
            }
            return Ok(refusal);
        };
        let mut part = vec![0; (last - first + 1) as usize];
        let read = file.seek(SeekFrom::Start(first)).and_then(|_| file.read_exact(&mut part));
        read.map_err(|_| ApiError::inside("the file of tiles cannot be read"))?;
        let set = [
            (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
            (header::CONTENT_RANGE, format!("bytes {first}-{last}/{size}")),
            (header::ACCEPT_RANGES, "bytes".to_owned()),
        ];
        Ok((StatusCode::PARTIAL_CONTENT, set, part).into_response())
    })
    .await
}

/// At most so much of a file of tiles is sent at once.
const PART: u64 = 16 * 1024 * 1024;

/// First and last byte of the one range asked for, inside a file of `size` bytes.
fn range(asked: &str, size: u64) -> Option<(u64, u64)> {
    let (first, last) = asked.trim().strip_prefix("bytes=")?.split_once('-')?;
    let (first, last) = match (first.trim(), last.trim()) {
        ("", last) => (size.saturating_sub(last.parse().ok()?), size.checked_sub(1)?),
        (first, "") => (first.parse().ok()?, size.checked_sub(1)?),
        (first, last) => (first.parse().ok()?, last.parse::<u64>().ok()?.min(size.checked_sub(1)?)),
    };
    (first <= last && first < size).then(|| (first, last.min(first.saturating_add(PART - 1))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_stay_inside_the_file() {
        assert_eq!(range("bytes=0-127", 1000), Some((0, 127)));
        assert_eq!(range("bytes=990-2000", 1000), Some((990, 999)));
        assert_eq!(range("bytes=990-", 1000), Some((990, 999)));
        assert_eq!(range("bytes=-10", 1000), Some((990, 999)));
        assert_eq!(range("bytes=0-", 1 << 40), Some((0, PART - 1)));
        for bad in ["bytes=1000-", "bytes=5-4", "bytes=0-1,4-5", "lines=1-2", "bytes=-", "", "bytes=0-0"] {
            assert_eq!(range(bad, if bad == "bytes=0-0" { 0 } else { 1000 }), None, "{bad}");
        }
    }

    #[test]
    fn an_encoding_that_is_refused_is_not_sent() {
        let headers = |said: &str| HeaderMap::from_iter([(header::ACCEPT_ENCODING, said.parse().unwrap())]);
        assert!(accepts(&headers("gzip, deflate, br"), "br") && accepts(&headers("br;q=0.5"), "br"));
        assert!(!accepts(&headers("gzip"), "br") && !accepts(&headers("br;q=0, gzip"), "br"));
        assert!(!accepts(&HeaderMap::new(), "br"));
    }
}
