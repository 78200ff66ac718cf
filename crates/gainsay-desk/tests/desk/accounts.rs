//! Signing in by name and password; accounts, the audit and the settings as admins change them.

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use gainsay_desk::{Accounts, Role};
use serde_json::{Value, json};

use crate::visitor::{HOST, Served, Visitor};

const PASSWORD: &str = "river stones in winter";
const OTHER: &str = "salt wind over reeds";

/// A ledger at whose desk amal is admin and huda coder.
fn with_accounts() -> Served {
    let served = Served::reports();
    let accounts = Accounts::of(&served.desk.options().ledger).unwrap();
    accounts.add("amal", Role::Admin, PASSWORD).unwrap();
    accounts.add("huda", Role::Coder, PASSWORD).unwrap();
    // The desk looks once a second whether its file was changed.
    std::thread::sleep(std::time::Duration::from_millis(1100));
    served
}

async fn sign_in(served: &Served, name: &str, password: &str) -> (StatusCode, Value, Visitor) {
    let mut visitor = served.stranger();
    let answer = visitor.post("/api/signin", &json!({ "name": name, "password": password })).await;
    let me = answer.value();
    if let Some(csrf) = me["csrf"].as_str() {
        let cookie = answer.header("set-cookie");
        let token = cookie.strip_prefix("gainsay_session=").and_then(|rest| rest.split(';').next());
        let token = token.unwrap_or_else(|| panic!("{cookie}")).to_owned();
        visitor.admitted = Some(gainsay_desk::Admitted { token, csrf: csrf.to_owned() });
    }
    (answer.status, me, visitor)
}

#[tokio::test]
async fn whoever_has_an_account_signs_in_and_out() {
    let served = with_accounts();
    let (status, me, huda) = sign_in(&served, "huda", PASSWORD).await;
    assert_eq!((status, &me["name"], &me["role"]), (StatusCode::OK, &json!("huda"), &json!("coder")));
    assert_eq!(me["local"], json!(false));
    assert_eq!(huda.json("/api/me").await, me);
    let out = huda.post("/api/signout", &json!({})).await;
    assert_eq!(out.status, StatusCode::NO_CONTENT);
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(huda.get("/api/me").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_wrong_name_is_told_as_a_wrong_password_is() {
    let served = with_accounts();
    let (status, wrong, _) = sign_in(&served, "huda", OTHER).await;
    let (unknown_status, unknown, _) = sign_in(&served, "nobody", OTHER).await;
    assert_eq!((status, unknown_status), (StatusCode::UNAUTHORIZED, StatusCode::UNAUTHORIZED));
    assert_eq!(wrong, unknown);
    for name in ["\u{202e}huda", "<script>alert(1)</script>", &"h".repeat(500_000)] {
        let (status, told, _) = sign_in(&served, name, PASSWORD).await;
        assert_eq!((status, &told), (StatusCode::UNAUTHORIZED, &unknown));
    }
    // These were five from one address: the next waits under any name.
    assert_eq!(sign_in(&served, "amal", PASSWORD).await.0, StatusCode::TOO_MANY_REQUESTS);
    // What was typed in the place of a name is not written down, for it may be a password.
    let audit = served.visitor(Role::Admin).json("/api/audit").await.to_string();
    assert!(audit.contains("by a name without an account") && !audit.contains("script"), "{audit}");
}

#[tokio::test]
async fn after_five_failures_one_waits() {
    let served = with_accounts();
    for _ in 0..5 {
        assert_eq!(sign_in(&served, "huda", OTHER).await.0, StatusCode::UNAUTHORIZED);
    }
    let answer =
        served.stranger().post("/api/signin", &json!({ "name": "huda", "password": PASSWORD })).await;
    assert_eq!((answer.status, answer.code().as_str()), (StatusCode::TOO_MANY_REQUESTS, "too-many"));
    let wait = answer.value()["error"]["retry_after"].as_u64().unwrap();
    assert!((1..=5).contains(&wait), "{wait}");
    assert_eq!(answer.header("retry-after"), wait.to_string());
}

#[tokio::test]
async fn a_sign_in_that_is_none_is_told_in_one_line() {
    let served = with_accounts();
    let stranger = served.stranger();
    for (body, status) in [
        ("", StatusCode::BAD_REQUEST),
        ("{", StatusCode::BAD_REQUEST),
        (r#"{"name": 7, "password": []}"#, StatusCode::UNPROCESSABLE_ENTITY),
        (r#"{"name": "huda"}"#, StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let request =
            stranger.request(Method::POST, "/api/signin").header(header::CONTENT_TYPE, "application/json");
        let answer = stranger.send(request.body(Body::from(body)).unwrap()).await;
        assert_eq!((answer.status, answer.code().as_str()), (status, "bad-input"), "{body}");
        assert_eq!(answer.value()["error"]["message"].as_str().unwrap().lines().count(), 1);
    }
    // What a form elsewhere could send is no JSON.
    let request = stranger.request(Method::POST, "/api/signin").header(header::CONTENT_TYPE, "text/plain");
    let body = Body::from(json!({ "name": "huda", "password": PASSWORD }).to_string());
    let answer = stranger.send(request.body(body).unwrap()).await;
    assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let large = json!({ "name": "huda", "password": "p".repeat(2 * 1024 * 1024) });
    let answer = stranger.post("/api/signin", &large).await;
    assert_eq!((answer.status, answer.code().as_str()), (StatusCode::PAYLOAD_TOO_LARGE, "too-large"));
}

#[tokio::test]
async fn another_password_ends_all_sessions_of_the_account() {
    let served = with_accounts();
    let (.., here) = sign_in(&served, "huda", PASSWORD).await;
    let (.., there) = sign_in(&served, "huda", PASSWORD).await;
    let change = |old: &str, new: &str| json!({ "old": old, "new": new });
    let wrong = here.post("/api/me/password", &change(OTHER, OTHER)).await;
    assert_eq!((wrong.status, wrong.code().as_str()), (StatusCode::FORBIDDEN, "forbidden"));
    let easy = here.post("/api/me/password", &change(PASSWORD, "password123")).await;
    assert_eq!((easy.status, easy.code().as_str()), (StatusCode::BAD_REQUEST, "bad-input"));
    assert_eq!(here.post("/api/me/password", &change(PASSWORD, OTHER)).await.status, StatusCode::NO_CONTENT);
    for visitor in [here, there] {
        assert_eq!(visitor.get("/api/me").await.status, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(sign_in(&served, "huda", PASSWORD).await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(sign_in(&served, "huda", OTHER).await.0, StatusCode::OK);
}

#[tokio::test]
async fn admins_make_and_change_accounts_and_it_is_written_down() {
    let served = with_accounts();
    let (.., amal) = sign_in(&served, "amal", PASSWORD).await;
    let (.., huda) = sign_in(&served, "huda", PASSWORD).await;
    let new = json!({ "name": "samir", "role": "reader", "password": OTHER });
    assert_eq!(amal.post("/api/accounts", &new).await.status, StatusCode::OK);
    assert_eq!(amal.post("/api/accounts", &new).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(amal.post("/api/accounts/nobody", &json!({})).await.status, StatusCode::NOT_FOUND);
    let last = amal.post("/api/accounts/amal", &json!({ "role": "reader" })).await;
    assert_eq!(last.status, StatusCode::BAD_REQUEST, "{}", last.text());
    let changed = amal.post("/api/accounts/huda", &json!({ "role": "reviewer" })).await.value();
    assert_eq!(changed["role"], "reviewer");
    assert_eq!(huda.get("/api/me").await.status, StatusCode::UNAUTHORIZED);
    let (.., huda) = sign_in(&served, "huda", PASSWORD).await;
    assert_eq!(huda.json("/api/me").await["role"], "reviewer");
    assert_eq!(amal.post("/api/accounts/huda", &json!({ "disabled": true })).await.status, StatusCode::OK);
    assert_eq!(huda.get("/api/me").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(sign_in(&served, "huda", PASSWORD).await.0, StatusCode::UNAUTHORIZED);

    let list = amal.json("/api/accounts").await;
    let names: Vec<&str> =
        list["items"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["amal", "huda", "samir"]);
    assert!(!list.to_string().contains("argon2"), "{list}");
    assert!(list["items"][0]["last_seen"].is_string());

    let audit = amal.json("/api/audit?limit=200").await;
    let told: Vec<String> = audit["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            format!(
                "{} {} {}",
                one["by"].as_str().unwrap(),
                one["what"].as_str().unwrap(),
                one["detail"].as_str().unwrap()
            )
        })
        .collect();
    for line in [
        "huda signin-failed from 127.0.0.1",
        "amal account disabled huda",
        "amal account made samir as reader",
    ] {
        assert!(told.iter().any(|one| one == line), "{line}: {told:#?}");
    }
    let first = amal.json("/api/audit?limit=1").await;
    assert_eq!(first["items"].as_array().unwrap().len(), 1);
    let second = amal.json(&format!("/api/audit?limit=1&after={}", first["next"].as_str().unwrap())).await;
    assert_eq!(second["items"][0], audit["items"][1]);
    assert_eq!(amal.get("/api/audit?after=x").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn names_that_hold_scripts_or_turn_writing_round_are_refused() {
    let served = Served::reports();
    let admin = served.visitor(Role::Admin);
    for name in ["", "<script>alert(1)</script>", "\u{202e}amal", "a b", "amal/../x", &"a".repeat(1_000_000)]
    {
        let new = json!({ "name": name, "role": "reader", "password": OTHER });
        let answer = admin.post("/api/accounts", &new).await;
        assert!(
            matches!(answer.status, StatusCode::BAD_REQUEST | StatusCode::PAYLOAD_TOO_LARGE),
            "{}",
            answer.text()
        );
    }
    let role = json!({ "name": "amal", "role": "owner", "password": OTHER });
    assert_eq!(admin.post("/api/accounts", &role).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(admin.json("/api/accounts").await["items"], json!([]));
}

#[tokio::test]
async fn whom_a_password_is_sent_to_from_elsewhere_gets_no_cookie_in_the_clear() {
    let served =
        Served::with(crate::visitor::REPORTS, |options| options.hosts = vec!["desk.example.org".into()]);
    let accounts = Accounts::of(&served.desk.options().ledger).unwrap();
    accounts.add("amal", Role::Admin, PASSWORD).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1100));
    let stranger = served.stranger();
    let ask = async |host: &str| {
        let mut request = stranger
            .request(Method::POST, "/api/signin")
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(json!({ "name": "amal", "password": PASSWORD }).to_string()))
            .unwrap();
        request.headers_mut().insert(header::HOST, host.parse().unwrap());
        request.headers_mut().insert(header::ORIGIN, format!("https://{host}").parse().unwrap());
        let answer = stranger.send(request).await;
        answer.header("set-cookie").to_owned()
    };
    assert!(ask("desk.example.org").await.ends_with("; HttpOnly; SameSite=Strict; Secure"));
    assert!(ask(HOST).await.ends_with("; HttpOnly; SameSite=Strict"));
}

#[tokio::test]
async fn settings_are_kept_and_tiles_open_the_policy_to_their_host_alone() {
    let served = Served::reports();
    let admin = served.visitor(Role::Admin);
    let tiles = "https://tiles.example.org/{z}/{x}/{y}.png";
    let set = admin.post("/api/settings", &json!({ "second_eyes": true, "tiles": tiles })).await;
    assert_eq!((set.status, set.value()), (StatusCode::OK, json!({ "second_eyes": true, "tiles": tiles })));
    let policy = admin.get("/").await.header("content-security-policy").to_owned();
    assert!(policy.contains("connect-src 'self' https://tiles.example.org;"), "{policy}");
    assert!(policy.contains("img-src 'self' data: blob: https://tiles.example.org;"), "{policy}");
    assert!(policy.contains("script-src 'self';"), "{policy}");
    for bad in [
        "javascript:alert(1)",
        "https://a.example; script-src *",
        "/etc/passwd",
        "tiles.png",
        "https://\u{202e}a/",
    ] {
        let answer = admin.post("/api/settings", &json!({ "tiles": bad })).await;
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::BAD_REQUEST, "bad-input"), "{bad}");
    }
    let left = admin.post("/api/settings", &json!({ "tiles": null })).await.value();
    assert_eq!(left, json!({ "second_eyes": true, "tiles": null }));
    assert!(!admin.get("/").await.header("content-security-policy").contains("example"));
}

#[tokio::test]
async fn a_file_of_tiles_is_sent_in_parts_and_no_other_file_is() {
    let served = Served::reports();
    let admin = served.visitor(Role::Admin);
    let path = served.desk.options().ledger.with_file_name("area.pmtiles");
    std::fs::write(&path, [b"PMTiles\x03".as_slice(), &[7; 1000]].concat()).unwrap();
    assert_eq!(admin.get("/tiles/user.pmtiles").await.status, StatusCode::NOT_FOUND);
    let set = admin.post("/api/settings", &json!({ "tiles": path })).await.value();
    assert_eq!(set["tiles"], "/tiles/user.pmtiles");
    let part = async |range: &str| {
        let request = admin.request(Method::GET, "/tiles/user.pmtiles").header(header::RANGE, range);
        admin.send(request.body(Body::empty()).unwrap()).await
    };
    let head = part("bytes=0-9").await;
    assert_eq!(
        (head.status, head.bytes.as_slice()),
        (StatusCode::PARTIAL_CONTENT, b"PMTiles\x03\x07\x07".as_slice())
    );
    assert_eq!(head.header("content-range"), "bytes 0-9/1008");
    assert_eq!(part("bytes=5000-").await.status, StatusCode::RANGE_NOT_SATISFIABLE);
    assert_eq!(served.stranger().get("/tiles/user.pmtiles").await.status, StatusCode::UNAUTHORIZED);
    // The file was put in another's place meanwhile.
    std::fs::write(&path, b"something else altogether").unwrap();
    assert_eq!(part("bytes=0-9").await.status, StatusCode::NOT_FOUND);
}
