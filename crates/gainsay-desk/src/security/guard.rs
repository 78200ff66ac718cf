//! The doors: every request passes here before anything else sees it.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use gainsay::clock;

use super::rights::{Right, right};
use super::{Who, secret};
use crate::{ApiError, Desk};

/// An address of a page or an answer has at most so many bytes.
const LONGEST_ADDRESS: usize = 8 * 1024;
/// The one way in that nobody can have a session for.
const SIGN_IN: &str = "/api/signin";

/// Lets in requests that come from the desk's own pages to the desk's own name, and says in their extensions
/// [`Who`] asks. What is held to no role here is only what holds nothing: the pages themselves.
pub async fn guard(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    match look(&desk, &parts) {
        Ok(who) => {
            if let Some(who) = who {
                parts.extensions.insert(who);
            }
            next.run(Request::from_parts(parts, body)).await
        }
        Err(refusal) => refusal.into_response(),
    }
}

fn look(desk: &Desk, parts: &Parts) -> Result<Option<Who>, ApiError> {
    if parts.uri.path_and_query().is_some_and(|whole| whole.as_str().len() > LONGEST_ADDRESS) {
        return Err(ApiError::too_long("this address is too long; ask for less"));
    }
    let host = text(&parts.headers, header::HOST.as_str()).unwrap_or_default();
    if !desk.doors().hosts.ours(host) {
        return Err(ApiError::forbidden(
            "the desk does not go by this name; whoever runs it can add names with --host",
        ));
    }
    let path = parts.uri.path();
    let changes = !matches!(parts.method, Method::GET | Method::HEAD);
    let answers = path.starts_with("/api") || path.starts_with("/tiles");
    if changes || answers {
        from_here(&parts.headers, host, changes)?;
    }
    let who = token(desk, &parts.headers)
        .and_then(|token| desk.doors().sessions.who(token, &desk.doors().accounts, clock::running()));
    if changes && path != SIGN_IN {
        let who = who.as_ref().ok_or_else(ApiError::sign_in)?;
        let sent = text(&parts.headers, "x-csrf").unwrap_or_default();
        if !secret::same(sent, &who.csrf) {
            return Err(ApiError::forbidden("this page is out of date; load it anew, then try again"));
        }
    }
    Ok(who)
}

/// Refuses what a page elsewhere made a browser send.
fn from_here(headers: &HeaderMap, host: &str, changes: bool) -> Result<(), ApiError> {
    let elsewhere = || ApiError::forbidden("a page elsewhere asked for this");
    match text(headers, "sec-fetch-site") {
        None | Some("same-origin") => {}
        // Typed into the address bar.
        Some("none") if !changes => {}
        Some(_) => return Err(elsewhere()),
    }
    if let Some(origin) = headers.get(header::ORIGIN) {
        let origin = origin.to_str().unwrap_or_default();
        let from = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
        if !from.is_some_and(|from| from.eq_ignore_ascii_case(host)) {
            return Err(elsewhere());
        }
    }
    Ok(())
}

/// Holds every route to its row in the table of rights, and writes down whatever is taken out as a file.
pub async fn may(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str).unwrap_or_default();
    let allowed = match right(request.method(), route) {
        Right::Anybody => Ok(()),
        Right::From(role) => match request.extensions().get::<Who>() {
            None => Err(ApiError::sign_in()),
            Some(who) => who.needs(role),
        },
    };
    if let Err(refusal) = allowed {
        return refusal.into_response();
    }
    let who = request.extensions().get::<Who>().cloned();
    let asked = (request.method() == Method::GET).then(|| request.uri().to_string());
    let response = next.run(request).await;
    // What is sent to be published is written down where it is made, with what was chosen.
    let file = response.status().is_success() && response.headers().contains_key(header::CONTENT_DISPOSITION);
    match (who, asked) {
        (Some(who), Some(asked)) if file => {
            let noted = desk.work(move |desk| Ok(desk.audit(&who, "export", &asked)?)).await;
            noted.map_or_else(IntoResponse::into_response, |()| response)
        }
        _ => response,
    }
}

/// The token that the desk's cookie holds.
fn token<'a>(desk: &Desk, headers: &'a HeaderMap) -> Option<&'a str> {
    let name = cookie_name(desk);
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|all| all.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(of, _)| *of == name).map(|(_, token)| token)
}

/// The cookie of a session. Browsers keep cookies by host and not by port: two desks on one computer must not throw
/// each other's sessions out.
fn cookie_name(desk: &Desk) -> String {
    match desk.options().listen.port() {
        crate::PORT => "gainsay_session".to_owned(),
        port => format!("gainsay_session_{port}"),
    }
}

/// The `Set-Cookie` that keeps a session, or ends it where there is no token. Crosses networks under TLS alone.
pub fn cookie(desk: &Desk, headers: &HeaderMap, token: Option<&str>) -> String {
    let name = cookie_name(desk);
    let host = text(headers, header::HOST.as_str()).unwrap_or_default();
    let secure = if super::hosts::at_home(host) { "" } else { "; Secure" };
    let until = if token.is_some() { "" } else { "; Max-Age=0" };
    let token = token.unwrap_or_default();
    format!("{name}={token}; Path=/; HttpOnly; SameSite=Strict{secure}{until}")
}

/// Where a request comes from, as far as that can be known.
pub fn address(desk: &Desk, parts: &Parts) -> IpAddr {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical());
    let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    if !desk.doors().hosts.forwarded() || !peer.is_loopback() {
        return peer;
    }
    // What the one who forwards to us added is last; what stands before it anybody may have written.
    let said =
        parts.headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok()).next_back();
    said.and_then(|all| all.rsplit(',').next()?.trim().parse().ok()).unwrap_or(peer)
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).map(|value| value.to_str().unwrap_or_default())
}

/// The one-time link: a session without a password for whoever reads the terminal.
pub async fn enter(State(desk): State<Desk>, request: Request) -> Response {
    let key = request.uri().query().and_then(|query| query.strip_prefix("key=")).unwrap_or_default();
    // A program that looks ahead must not use the link up.
    if request.method() == Method::HEAD {
        return StatusCode::NO_CONTENT.into_response();
    }
    if !desk.doors().link.take(key, clock::running()) {
        let message = "This link was used, is older than 10 minutes, or was replaced by a newer one.\n\
                       Press Enter in the terminal where the desk runs to get another.\n";
        let kind = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
        return (StatusCode::FORBIDDEN, kind, message).into_response();
    }
    let name = desk.options().by.clone();
    match desk.admit(&name, super::Role::Admin) {
        Ok(admitted) => {
            let _ = desk.note(&name, "signin", "by the one-time link");
            let cookie = cookie(&desk, request.headers(), Some(&admitted.token));
            (StatusCode::SEE_OTHER, [(header::LOCATION, "/".to_owned()), (header::SET_COOKIE, cookie)])
                .into_response()
        }
        Err(error) => ApiError::from(error).into_response(),
    }
}
