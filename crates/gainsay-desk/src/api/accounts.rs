//! Accounts and the audit, for admins.

use axum::Json;
use axum::extract::{Path, Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::security::{Heard, Line, Role, Who};
use crate::{ApiError, Desk};

/// The routes of accounts.
pub fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(list, add)).routes(routes!(change)).routes(routes!(audit))
}

/// All accounts.
#[derive(Serialize, ToSchema)]
#[schema(as = Accounts)]
struct List {
    items: Vec<Line>,
}

/// An account to be made.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewAccount)]
struct New {
    name: String,
    role: Role,
    password: String,
}

/// What is to be changed of an account; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[schema(as = ChangedAccount)]
struct Change {
    role: Option<Role>,
    password: Option<String>,
    disabled: Option<bool>,
}

/// Which part of the audit.
#[derive(Deserialize, IntoParams)]
struct Page {
    /// `next` of the page before.
    after: Option<String>,
    /// So many at most; 50, and never more than 200.
    limit: Option<usize>,
    /// Of one sort alone: `export`, `signin` …
    what: Option<String>,
}

/// A page of the audit, newest first.
#[derive(Serialize, ToSchema)]
#[schema(as = Audit)]
struct Audited {
    items: Vec<Heard>,
    next: Option<String>,
    total: Option<usize>,
}

/// All accounts, by name.
#[utoipa::path(get, path = "/api/accounts", responses((status = 200, body = List)))]
async fn list(State(desk): State<Desk>, who: Who) -> Result<Json<List>, ApiError> {
    who.needs(Role::Admin)?;
    desk.work(|desk| Ok(Json(List { items: desk.doors().accounts.list() }))).await
}

/// Makes an account.
#[utoipa::path(post, path = "/api/accounts", request_body = New, responses(
    (status = 200, body = Line),
    (status = 400, description = "The name is taken or no good, or the password is"),
))]
async fn add(State(desk): State<Desk>, who: Who, Json(new): Json<New>) -> Result<Json<Line>, ApiError> {
    who.needs(Role::Admin)?;
    desk.work(move |desk| {
        let line = desk.doors().accounts.add(&new.name, new.role, &new.password)?;
        desk.audit(&who, "account", &format!("made {} as {}", line.name, line.role.as_str()))?;
        Ok(Json(line))
    })
    .await
}

/// Gives an account another role or password, or disables it; its sessions end.
#[utoipa::path(post, path = "/api/accounts/{name}", params(("name" = String, Path)), request_body = Change, responses(
    (status = 200, body = Line),
    (status = 400, description = "It is the last admin's, or the password is no good"),
    (status = 404, description = "There is none of this name"),
))]
async fn change(
    State(desk): State<Desk>,
    who: Who,
    Path(name): Path<String>,
    Json(change): Json<Change>,
) -> Result<Json<Line>, ApiError> {
    who.needs(Role::Admin)?;
    desk.work(move |desk| {
        let accounts = &desk.doors().accounts;
        let find = || accounts.list().into_iter().find(|line| line.name == name);
        let mut line = find().ok_or_else(|| ApiError::not_found(format!("there is no account `{name}`")))?;
        let key = accounts.key_of(&name);
        if let Some(password) = &change.password {
            line = accounts.set_password(&name, password)?;
            desk.audit(&who, "account", &format!("gave {name} another password"))?;
            retire(desk, &who, key.as_deref(), "another password was set")?;
        }
        let key = accounts.key_of(&name);
        if let Some(role) = change.role {
            line = accounts.set_role(&name, role)?;
            desk.audit(&who, "account", &format!("made {name} {}", role.as_str()))?;
        }
        if let Some(disabled) = change.disabled {
            line = accounts.set_disabled(&name, disabled)?;
            let what = if disabled { "disabled" } else { "enabled" };
            desk.audit(&who, "account", &format!("{what} {name}"))?;
            if disabled {
                retire(desk, &who, key.as_deref(), "the account was disabled")?;
            }
        }
        desk.doors().sessions.tell();
        Ok(Json(line))
    })
    .await
}

/// Retires the key that an account had, where it ever signed anything.
fn retire(desk: &Desk, who: &Who, key: Option<&str>, why: &str) -> Result<(), ApiError> {
    let Some(key) = key.filter(|_| !desk.read_only()) else { return Ok(()) };
    let ledger = &desk.options().ledger;
    gainsay::keys::accounts::retire(ledger, &who.name, who.signs.as_deref(), key, why)
        .map(drop)
        .map_err(|error| ApiError::ledger(format!("done, but its key is not retired yet: {error}")))
}

/// What was written down of sign-ins, exports and changes to accounts, newest first.
#[utoipa::path(get, path = "/api/audit", params(Page), responses((status = 200, body = Audited)))]
async fn audit(
    State(desk): State<Desk>,
    who: Who,
    Query(page): Query<Page>,
) -> Result<Json<Audited>, ApiError> {
    who.needs(Role::Admin)?;
    let before = page.after.as_deref().map(str::parse::<u64>).transpose();
    let before = before.map_err(|_| ApiError::bad("`after` is the `next` of the page before"))?;
    let limit = page.limit.unwrap_or(50).clamp(1, 200);
    desk.work(move |desk| {
        let (items, next) = desk.doors().audit.page(before, limit, page.what.as_deref())?;
        Ok(Json(Audited { items, next: next.map(|next| next.to_string()), total: None }))
    })
    .await
}
