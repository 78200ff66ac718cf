//! From which role on each route may be used. A route that is not here may be read by readers and changed by admins,
//! until a test asks for its row.

use axum::http::Method;

use super::Role;

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// Anybody, signed in or not.
    Anybody,
    /// Whoever is signed in with this role or a greater one. A handler may ask for more where it matters what is
    /// sent: coders do not merge.
    From(Role),
}

const READER: Right = Right::From(Role::Reader);
const CODER: Right = Right::From(Role::Coder);
const REVIEWER: Right = Right::From(Role::Reviewer);
const ADMIN: Right = Right::From(Role::Admin);

/// Method, route and right, ordered by route.
pub const RIGHTS: &[(&str, &str, Right)] = &[
    ("GET", "/api/accounts", ADMIN),
    ("POST", "/api/accounts", ADMIN),
    ("POST", "/api/accounts/{name}", ADMIN),
    ("GET", "/api/actors", READER),
    ("GET", "/api/actors/{id}", READER),
    ("POST", "/api/add/address", CODER),
    ("POST", "/api/add/files", CODER),
    ("POST", "/api/add/text", CODER),
    ("GET", "/api/audit", ADMIN),
    ("GET", "/api/charts/control", READER),
    ("GET", "/api/charts/displacement", READER),
    ("GET", "/api/charts/months", READER),
    ("GET", "/api/charts/sources", READER),
    ("GET", "/api/charts/tolls", READER),
    ("GET", "/api/claims", READER),
    ("GET", "/api/claims/{id}", READER),
    ("GET", "/api/decisions", READER),
    ("POST", "/api/decisions", CODER),
    ("POST", "/api/decisions/preview", CODER),
    ("POST", "/api/decisions/{entry}/undo", CODER),
    ("GET", "/api/disputes", READER),
    ("GET", "/api/disputes/{id}", READER),
    ("GET", "/api/events", READER),
    ("GET", "/api/events/{id}", READER),
    ("GET", "/api/jobs", CODER),
    ("GET", "/api/live", READER),
    ("GET", "/api/map", READER),
    ("GET", "/api/map/base", READER),
    ("GET", "/api/map/span", READER),
    ("GET", "/api/me", READER),
    ("POST", "/api/me/password", READER),
    ("GET", "/api/openapi.json", READER),
    ("GET", "/api/places", READER),
    ("GET", "/api/places/{id}", READER),
    ("GET", "/api/proposals", CODER),
    ("POST", "/api/proposals/{entry}", CODER),
    ("POST", "/api/publish/brief", REVIEWER),
    ("POST", "/api/publish/export", REVIEWER),
    ("POST", "/api/publish/site", REVIEWER),
    ("GET", "/api/queue", CODER),
    ("POST", "/api/queue/{id}/watch", CODER),
    ("GET", "/api/reports", READER),
    ("GET", "/api/reports/{id}", READER),
    ("GET", "/api/search", READER),
    ("POST", "/api/settings", ADMIN),
    ("POST", "/api/signin", Right::Anybody),
    ("POST", "/api/signout", READER),
    ("GET", "/api/sources", READER),
    ("GET", "/api/sources/{id}", READER),
    ("GET", "/api/suggest", READER),
    ("GET", "/enter", Right::Anybody),
    ("GET", "/tiles/user.pmtiles", READER),
];

/// The right to a route.
pub fn right(method: &Method, route: &str) -> Right {
    let method = if method == Method::HEAD { "GET" } else { method.as_str() };
    let row = RIGHTS.iter().find(|(of, at, _)| *of == method && *at == route);
    row.map_or(if method == "GET" { READER } else { ADMIN }, |(_, _, right)| *right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_and_holds_no_row_twice() {
        let key = |row: &(&'static str, &'static str, Right)| (row.1, row.0);
        assert!(RIGHTS.windows(2).all(|two| key(&two[0]) < key(&two[1])));
    }

    #[test]
    fn what_is_not_listed_is_for_admins_to_change() {
        assert_eq!(right(&Method::GET, "/api/never"), READER);
        assert_eq!(right(&Method::DELETE, "/api/events"), ADMIN);
        assert_eq!(right(&Method::HEAD, "/api/audit"), ADMIN);
    }
}
