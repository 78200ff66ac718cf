//! Who may use which route: every route of the description, tried by everybody.

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use gainsay_desk::Role;
use serde_json::Value;

use crate::visitor::{Served, Visitor};

/// From which role on each route may be used; `None` is anybody. This table and the one that the desk holds itself to
/// are written apart, so that neither is changed without the other.
const TABLE: &[(&str, &str, Option<Role>)] = &[
    ("GET", "/api/accounts", Some(Role::Admin)),
    ("POST", "/api/accounts", Some(Role::Admin)),
    ("POST", "/api/accounts/{name}", Some(Role::Admin)),
    ("GET", "/api/actors", Some(Role::Reader)),
    ("GET", "/api/actors/{id}", Some(Role::Reader)),
    ("POST", "/api/add/address", Some(Role::Coder)),
    ("POST", "/api/add/files", Some(Role::Coder)),
    ("POST", "/api/add/text", Some(Role::Coder)),
    ("GET", "/api/audit", Some(Role::Admin)),
    ("GET", "/api/charts/control", Some(Role::Reader)),
    ("GET", "/api/charts/displacement", Some(Role::Reader)),
    ("GET", "/api/charts/months", Some(Role::Reader)),
    ("GET", "/api/charts/sources", Some(Role::Reader)),
    ("GET", "/api/charts/tolls", Some(Role::Reader)),
    ("GET", "/api/claims", Some(Role::Reader)),
    ("GET", "/api/claims/{id}", Some(Role::Reader)),
    ("GET", "/api/decisions", Some(Role::Reader)),
    ("POST", "/api/decisions", Some(Role::Coder)),
    ("POST", "/api/decisions/preview", Some(Role::Coder)),
    ("POST", "/api/decisions/{entry}/undo", Some(Role::Coder)),
    ("GET", "/api/disputes", Some(Role::Reader)),
    ("GET", "/api/disputes/{id}", Some(Role::Reader)),
    ("GET", "/api/events", Some(Role::Reader)),
    ("GET", "/api/events/{id}", Some(Role::Reader)),
    ("GET", "/api/jobs", Some(Role::Coder)),
    ("GET", "/api/live", Some(Role::Reader)),
    ("GET", "/api/map", Some(Role::Reader)),
    ("GET", "/api/map/base", Some(Role::Reader)),
    ("GET", "/api/map/span", Some(Role::Reader)),
    ("GET", "/api/me", Some(Role::Reader)),
    ("POST", "/api/me/password", Some(Role::Reader)),
    ("GET", "/api/openapi.json", Some(Role::Reader)),
    ("GET", "/api/places", Some(Role::Reader)),
    ("GET", "/api/places/{id}", Some(Role::Reader)),
    ("GET", "/api/proposals", Some(Role::Coder)),
    ("POST", "/api/proposals/{entry}", Some(Role::Coder)),
    ("POST", "/api/publish/brief", Some(Role::Reviewer)),
    ("POST", "/api/publish/export", Some(Role::Reviewer)),
    ("POST", "/api/publish/site", Some(Role::Reviewer)),
    ("GET", "/api/queue", Some(Role::Coder)),
    ("POST", "/api/queue/{id}/watch", Some(Role::Coder)),
    ("GET", "/api/reports", Some(Role::Reader)),
    ("GET", "/api/reports/{id}", Some(Role::Reader)),
    ("GET", "/api/search", Some(Role::Reader)),
    ("POST", "/api/settings", Some(Role::Admin)),
    ("POST", "/api/signin", None),
    ("POST", "/api/signout", Some(Role::Reader)),
    ("GET", "/api/sources", Some(Role::Reader)),
    ("GET", "/api/sources/{id}", Some(Role::Reader)),
    ("GET", "/api/suggest", Some(Role::Reader)),
];

/// Method and route of everything the description tells of.
pub async fn described(served: &Served) -> Vec<(String, String, Value)> {
    let api = served.visitor(Role::Reader).json("/api/openapi.json").await;
    let paths = api["paths"].as_object().unwrap();
    let each = paths.iter().flat_map(|(path, methods)| {
        let methods = methods.as_object().unwrap().iter();
        methods.map(move |(method, told)| (method.to_uppercase(), path.clone(), told.clone()))
    });
    each.collect()
}

/// Asks for a route with nothing that could be found or done.
async fn try_it(visitor: &Visitor, method: &str, route: &str) -> StatusCode {
    let path: String = route
        .split('/')
        .map(|part| if part.starts_with('{') { "0" } else { part })
        .collect::<Vec<_>>()
        .join("/");
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    let mut request = visitor.request(method.clone(), &path);
    if method != Method::GET {
        request = request.header(header::CONTENT_TYPE, "application/json");
    }
    let body = if method == Method::GET { "" } else { "[]" };
    visitor.status(request.body(Body::from(body)).unwrap()).await
}

#[tokio::test]
async fn every_route_is_held_to_its_role() {
    let served = Served::reports();
    for (method, route, _) in described(&served).await {
        let row = TABLE.iter().find(|(of, at, _)| *of == method && *at == route);
        let (.., least) = row.unwrap_or_else(|| panic!("{method} {route} has no row in the table"));
        let status = try_it(&served.stranger(), &method, &route).await;
        assert_eq!(status == StatusCode::UNAUTHORIZED, least.is_some(), "{method} {route}, nobody: {status}");
        for role in Role::ALL {
            let status = try_it(&served.visitor(role), &method, &route).await;
            let refused = least.is_some_and(|least| role < least);
            assert_eq!(
                status == StatusCode::FORBIDDEN,
                refused,
                "{method} {route}, {}: {status}",
                role.as_str()
            );
            assert!(status != StatusCode::UNAUTHORIZED, "{method} {route}, {}: {status}", role.as_str());
            assert!(status != StatusCode::INTERNAL_SERVER_ERROR, "{method} {route}, {}", role.as_str());
        }
    }
}

#[tokio::test]
async fn what_the_api_has_not_is_not_found() {
    let served = Served::reports();
    let reader = served.visitor(Role::Reader);
    assert_eq!(try_it(&reader, "GET", "/api/never").await, StatusCode::NOT_FOUND);
    assert_eq!(try_it(&served.visitor(Role::Admin), "DELETE", "/api/never").await, StatusCode::NOT_FOUND);
    assert_eq!(
        try_it(&served.visitor(Role::Admin), "DELETE", "/api/me").await,
        StatusCode::METHOD_NOT_ALLOWED
    );
    // No page is posted to.
    assert_eq!(try_it(&reader, "POST", "/queue").await, StatusCode::METHOD_NOT_ALLOWED);
}
