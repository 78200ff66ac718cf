//! Who comes in, and what they are refused.

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use gainsay_desk::Role;
use serde_json::json;

use crate::visitor::{HOST, Served};

#[tokio::test]
async fn me_says_who_is_in_and_what_stands_here() {
    let served = Served::reports();
    let me = served.visitor(Role::Coder).json("/api/me").await;
    assert_eq!((&me["name"], &me["role"], &me["local"]), (&json!("coder"), &json!("coder"), &json!(true)));
    let may = json!({"decide": true, "add": true, "publish": false, "names": false, "administer": false});
    assert_eq!(me["may"], may);
    let ledger = &me["ledger"];
    assert_eq!((&ledger["reports"], &ledger["said_first"]), (&json!(4), &json!("2014-06-04")));
    assert_eq!((&ledger["first"], &ledger["last"]), (&json!("2014-06-03"), &json!("2014-06-20")));
    assert_eq!(me["settings"], json!({"tiles": null, "second_eyes": false}));
}

#[tokio::test]
async fn strangers_get_pages_and_nothing_else() {
    let served = Served::reports();
    let stranger = served.stranger();
    for path in
        ["/api/me", "/api/map/span", "/api/openapi.json", "/api/never", "/api/live", "/tiles/user.pmtiles"]
    {
        let answer = stranger.get(path).await;
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::UNAUTHORIZED, "sign-in"), "{path}");
    }
    // Whether they were built or not.
    let page = stranger.get("/queue").await;
    assert!(page.status == StatusCode::OK || page.text().contains("not built"), "{}", page.text());
}

#[tokio::test]
async fn a_change_without_its_token_is_refused() {
    let served = Served::reports();
    let mut admin = served.visitor(Role::Admin);
    admin.admitted.as_mut().unwrap().csrf = "0".repeat(64);
    let answer = admin.post("/api/settings", &json!({"second_eyes": true})).await;
    assert_eq!((answer.status, answer.code().as_str()), (StatusCode::FORBIDDEN, "forbidden"));
    assert!(!served.desk.settings().second_eyes);
}

#[tokio::test]
async fn what_a_page_elsewhere_sends_is_refused() {
    let served = Served::reports();
    let admin = served.visitor(Role::Admin);
    let send = async |name: &str, value: &str| {
        let mut request = admin
            .request(Method::POST, "/api/settings")
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(r#"{"second_eyes": true}"#))
            .unwrap();
        request.headers_mut().insert(header::HeaderName::try_from(name).unwrap(), value.parse().unwrap());
        admin.send(request).await.status
    };
    assert_eq!(send("origin", "https://elsewhere.example").await, StatusCode::FORBIDDEN);
    assert_eq!(send("origin", "null").await, StatusCode::FORBIDDEN);
    assert_eq!(send("origin", "http://127.0.0.1:8421").await, StatusCode::FORBIDDEN);
    assert_eq!(send("sec-fetch-site", "same-site").await, StatusCode::FORBIDDEN);
    assert_eq!(send("sec-fetch-site", "none").await, StatusCode::FORBIDDEN);
    assert_eq!(send("host", "elsewhere.example:8420").await, StatusCode::FORBIDDEN);
    assert!(!served.desk.settings().second_eyes);
    assert_eq!(send("origin", &format!("http://{HOST}")).await, StatusCode::OK);
    assert!(served.desk.settings().second_eyes);
}

#[tokio::test]
async fn the_link_lets_in_once() {
    let served = Served::reports();
    let stranger = served.stranger();
    let link = served.desk.link().unwrap();
    assert_eq!(stranger.get("/enter?key=0").await.status, StatusCode::FORBIDDEN);
    let looked = stranger.request(Method::HEAD, &link).body(Body::empty()).unwrap();
    assert_eq!(stranger.send(looked).await.status, StatusCode::NO_CONTENT);
    let entered = stranger.get(&link).await;
    assert_eq!((entered.status, entered.header("location")), (StatusCode::SEE_OTHER, "/"));
    let cookie = entered.header("set-cookie");
    assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Strict"), "{cookie}");
    let token = cookie.split(';').next().unwrap();
    let request = stranger.request(Method::GET, "/api/me").header(header::COOKIE, token);
    let me = stranger.send(request.body(Body::empty()).unwrap()).await.value();
    assert_eq!((&me["name"], &me["role"], &me["local"]), (&json!("local"), &json!("admin"), &json!(true)));
    assert_eq!(stranger.get(&link).await.status, StatusCode::FORBIDDEN);
}
