//! Who I am, and signing in and out.

use std::time::Duration;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::{Json, RequestExt};
use gainsay::clock;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::security::{Role, Who, address, cookie};
use crate::settings::Shown;
use crate::{ApiError, Desk};

/// The routes of coming and going.
pub fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new()
        .routes(routes!(me))
        .routes(routes!(sign_in))
        .routes(routes!(sign_out))
        .routes(routes!(password))
}

/// Whoever is signed in, and what stands here for them.
#[derive(Serialize, ToSchema)]
pub struct Me {
    name: String,
    role: Role,
    /// What every request that changes something sends as `x-csrf`.
    csrf: String,
    /// Whether they came by the link that the terminal showed.
    local: bool,
    may: May,
    ledger: Ledger,
    answers: Standing,
    settings: Shown,
}

/// What they may do.
#[derive(Serialize, ToSchema)]
struct May {
    decide: bool,
    add: bool,
    publish: bool,
    names: bool,
    administer: bool,
}

/// The ledger, in a few figures.
#[derive(Serialize, ToSchema)]
#[schema(as = MyLedger)]
struct Ledger {
    name: String,
    reports: usize,
    claims: usize,
    /// First day that claims tell of.
    first: Option<String>,
    last: Option<String>,
    /// First day on which something was said.
    said_first: Option<String>,
    said_last: Option<String>,
    /// The last entry of the log that the answers know.
    entry: u64,
    read_only: bool,
}

/// How new the answers are.
#[derive(Serialize, ToSchema)]
#[schema(as = Answers)]
pub struct Standing {
    /// The log entry they are made up to.
    pub entry: u64,
    /// Whether nothing was added or decided since.
    pub fresh: bool,
    /// Whether newer ones are being made.
    pub making: bool,
    /// How much of that is done, from 0 to 1.
    pub share: Option<f64>,
    /// Why they could not be made last, where they could not.
    pub failed: Option<String>,
}

/// Name and password.
#[derive(Deserialize, ToSchema)]
struct SignIn {
    name: String,
    password: String,
}

/// The old password and the new one.
#[derive(Deserialize, ToSchema)]
struct NewPassword {
    old: String,
    new: String,
}

/// Whoever is signed in.
#[utoipa::path(get, path = "/api/me", responses((status = 200, body = Me)))]
async fn me(State(desk): State<Desk>, who: Who) -> Result<Json<Me>, ApiError> {
    Ok(Json(of(&desk, who)))
}

fn of(desk: &Desk, who: Who) -> Me {
    let day = |date: Option<gainsay::model::Date>| date.map(|date| date.to_string());
    let answers = desk.answers();
    let held = answers.summary();
    let name = desk.options().ledger.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Me {
        may: May {
            decide: who.role >= Role::Coder && !desk.read_only(),
            add: who.role >= Role::Coder && !desk.read_only(),
            publish: who.role >= Role::Reviewer,
            names: who.role.sees_names(),
            administer: who.role >= Role::Admin,
        },
        ledger: Ledger {
            name,
            reports: held.reports,
            claims: held.claims,
            first: day(held.first),
            last: day(held.last),
            said_first: day(held.said_first),
            said_last: day(held.said_last),
            entry: held.entry,
            read_only: desk.read_only(),
        },
        answers: desk.standing(),
        settings: desk.settings().shown(),
        name: who.name,
        role: who.role,
        csrf: who.csrf,
        local: who.local,
    }
}

/// Signs in by name and password.
#[utoipa::path(post, path = "/api/signin", request_body = SignIn, responses(
    (status = 200, body = Me),
    (status = 401, description = "Name or password is wrong"),
    (status = 429, description = "Too often; `retry_after` says in how many seconds to try again"),
))]
async fn sign_in(State(desk): State<Desk>, request: Request) -> Result<Response, ApiError> {
    let (mut parts, body) = request.into_parts();
    let from = address(&desk, &parts);
    let old = Who::from_request_parts(&mut parts, &()).await.ok();
    let headers = parts.headers.clone();
    let Json(typed) = Request::from_parts(parts, body)
        .extract::<Json<SignIn>, _>()
        .await
        .map_err(|error| ApiError::refused(error.status(), error.body_text()))?;
    // Passwords are hashed two at a time: who comes when many wait already must not take the desk's threads.
    let place = desk.doors().waiting.try_acquire();
    let _place = place.map_err(|_| ApiError::too_many("too many sign in at once; try again", 5))?;
    let tries = &desk.doors().tries;
    if let Err(wait) = tries.begin(&typed.name, from, clock::running()) {
        return Err(wait_for(wait));
    }
    let name = typed.name.clone();
    let come = desk
        .work(move |desk| {
            let accounts = &desk.doors().accounts;
            let epoch = accounts.check(&typed.name, &typed.password);
            match epoch {
                Some(epoch) => {
                    // When somebody was last here is told, and matters to nobody's safety.
                    let _ = accounts.seen(&typed.name);
                    note(desk, &typed.name, "signin", &format!("from {from}"))?;
                    let signs = (!desk.read_only()).then(|| accounts.signing(&typed.name, &typed.password));
                    return Ok(Some((epoch, signs.transpose()?)));
                }
                None => {
                    // People type passwords into the field for the name: what is no name is not written down.
                    let known = accounts.knows(&typed.name);
                    let by = if known { typed.name.as_str() } else { "" };
                    let detail = if known { "" } else { ", by a name without an account" };
                    note(desk, by, "signin-failed", &format!("from {from}{detail}"))?;
                }
            }
            Ok(None)
        })
        .await?;
    let Some((epoch, signs)) = come else { return Err(ApiError::wrong_password()) };
    tries.good(&name, from);
    if let Some(old) = old {
        desk.doors().sessions.end(&old);
    }
    let admitted = desk.doors().sessions.of_account(&name, epoch, signs, clock::running())?;
    let sessions = &desk.doors().sessions;
    let who = sessions.who(&admitted.token, &desk.doors().accounts, clock::running());
    let me = of(&desk, who.ok_or_else(ApiError::wrong_password)?);
    Ok((with_cookie(&desk, &headers, Some(&admitted.token))?, Json(me)).into_response())
}

/// Writes down who came; a stranger is not told where.
fn note(desk: &Desk, by: &str, what: &str, detail: &str) -> Result<(), ApiError> {
    desk.note(by, what, detail)
        .map_err(|_| ApiError::ledger("nobody can sign in while the audit cannot be written"))
}

fn wait_for(wait: Duration) -> ApiError {
    let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    ApiError::too_many(format!("too many failed sign-ins; try again in {seconds} s"), seconds)
}

fn with_cookie(desk: &Desk, headers: &HeaderMap, token: Option<&str>) -> Result<HeaderMap, ApiError> {
    let value = HeaderValue::from_str(&cookie(desk, headers, token));
    let mut set = HeaderMap::new();
    set.insert(header::SET_COOKIE, value.map_err(|_| ApiError::inside("the cookie cannot be set"))?);
    Ok(set)
}

/// Signs out.
#[utoipa::path(post, path = "/api/signout", responses((status = 204, description = "Signed out")))]
async fn sign_out(State(desk): State<Desk>, who: Who, headers: HeaderMap) -> Result<Response, ApiError> {
    desk.doors().sessions.end(&who);
    let set = with_cookie(&desk, &headers, None)?;
    Ok((axum::http::StatusCode::NO_CONTENT, set).into_response())
}

/// Gives oneself another password; all other sessions of the account end, and so does this one: sign in anew.
#[utoipa::path(post, path = "/api/me/password", request_body = NewPassword, responses(
    (status = 204, description = "Changed"),
    (status = 400, description = "The new one is no good"),
    (status = 403, description = "The old one is wrong"),
))]
async fn password(
    State(desk): State<Desk>,
    who: Who,
    Json(typed): Json<NewPassword>,
) -> Result<axum::http::StatusCode, ApiError> {
    if who.local {
        return Err(ApiError::bad("you came by the link in the terminal, which has no password"));
    }
    // The password of somebody who left their desk open is guessed no faster than at the door.
    let here = std::net::IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED);
    desk.doors().tries.begin(&who.name, here, clock::running()).map_err(wait_for)?;
    desk.work(move |desk| {
        let accounts = &desk.doors().accounts;
        if accounts.check(&who.name, &typed.old).is_none() {
            desk.audit(&who, "signin-failed", "wrong old password")?;
            return Err(ApiError::forbidden("the old password is wrong"));
        }
        desk.doors().tries.good(&who.name, here);
        accounts.change_password(&who.name, &typed.old, &typed.new)?;
        desk.audit(&who, "account", "changed their own password")?;
        desk.doors().sessions.tell();
        Ok(axum::http::StatusCode::NO_CONTENT)
    })
    .await
}
