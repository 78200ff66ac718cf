//! The description and the handlers say the same: every route answers as it is described.

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use gainsay_desk::{Accounts, Role};
use serde_json::{Value, json};

use crate::fits::misfits;
use crate::rights::described;
use crate::visitor::{Answer, Served, Visitor};

const PASSWORD: &str = "river stones in winter";

/// What a route is asked with: where, and with what.
struct Sample {
    path: String,
    body: Option<Value>,
    by: Visitor,
}

/// The first id of a list.
async fn first(visitor: &Visitor, list: &str) -> String {
    let page = visitor.json(list).await;
    let id = &page["items"][0]["id"];
    id.as_str().unwrap_or_else(|| panic!("{list} is empty: {page}")).to_owned()
}

/// Something to ask or send that the ledger of the test has an answer to.
async fn sample(served: &Served, method: &str, route: &str) -> Sample {
    let admin = served.visitor(Role::Admin);
    let (path, body) = match (method, route) {
        ("GET", "/api/charts/control") => (format!("{route}?place=deir-ez-zor-governorate"), None),
        ("GET", "/api/search") => (format!("{route}?q=bridge"), None),
        ("GET", "/api/suggest") => (format!("{route}?q=deir"), None),
        ("GET", _) if route.ends_with("/{id}") => {
            let list = route.trim_end_matches("/{id}");
            (format!("{list}/{}", first(&admin, list).await), None)
        }
        ("GET", _) => (route.to_owned(), None),
        ("POST", "/api/accounts") => {
            (route.to_owned(), Some(json!({ "name": "samir", "role": "reader", "password": PASSWORD })))
        }
        ("POST", "/api/accounts/{name}") => {
            ("/api/accounts/huda".to_owned(), Some(json!({ "role": "coder" })))
        }
        ("POST", "/api/add/text") => {
            let text = "Rebels captured the town of Mayadin on 7 June 2014, activists said.";
            (route.to_owned(), Some(json!({ "text": text, "title": "Mayadin", "published": "2014-06-08" })))
        }
        // Refused at once: no page of this computer's is fetched.
        ("POST", "/api/add/address") => (route.to_owned(), Some(json!({ "url": "http://127.0.0.1:9/" }))),
        ("POST", "/api/decisions") => {
            let claim = first(&admin, "/api/claims").await;
            let decision = json!({ "decision": "confirm", "claim": claim });
            (route.to_owned(), Some(json!({ "decisions": [decision], "why": "read", "seen": 1_000_000 })))
        }
        ("POST", "/api/decisions/preview") => {
            (route.to_owned(), Some(json!({ "ask": { "kind": "casualties" }, "decision": "confirm" })))
        }
        ("POST", "/api/decisions/{entry}/undo") => {
            let entry = decide(served, &admin).await;
            (format!("/api/decisions/{entry}/undo"), Some(json!({ "why": "too soon" })))
        }
        ("POST", "/api/proposals/{entry}") => {
            admin.post("/api/settings", &json!({ "second_eyes": true })).await;
            let entry = decide(served, &served.named("huda", Role::Reviewer)).await;
            admin.post("/api/settings", &json!({ "second_eyes": false })).await;
            (format!("/api/proposals/{entry}"), Some(json!({ "agree": true, "why": "seen too" })))
        }
        ("POST", "/api/publish/brief" | "/api/publish/site") => {
            let body = json!({ "form": "markdown", "names": false, "coarsen_km": 0, "from": "2014-06-01", "to": "2014-06-30" });
            (route.to_owned(), Some(body))
        }
        ("POST", "/api/publish/export") => {
            let body = json!({ "form": "ged", "names": false, "coarsen_km": 0, "from": "2014-06-01", "to": "2014-06-30" });
            (route.to_owned(), Some(body))
        }
        ("POST", "/api/queue/{id}/watch") => {
            (format!("/api/queue/{}/watch", first(&admin, "/api/queue").await), Some(json!({})))
        }
        ("POST", "/api/settings") => (route.to_owned(), Some(json!({ "second_eyes": false }))),
        ("POST", "/api/signin") => (route.to_owned(), Some(json!({ "name": "huda", "password": PASSWORD }))),
        ("POST", "/api/signout") => (route.to_owned(), Some(json!({}))),
        ("POST", "/api/me/password") => {
            let body = json!({ "old": PASSWORD, "new": "salt wind over reeds" });
            let by = signed_in(served, "amal").await;
            return Sample { path: route.to_owned(), body: Some(body), by };
        }
        _ => panic!("{method} {route}: give it something to ask or send"),
    };
    Sample { path, body, by: admin }
}

/// The entry of a decision on some claim.
async fn decide(_served: &Served, by: &Visitor) -> u64 {
    let claims = by.json("/api/claims?limit=2").await;
    let decision = json!({ "decision": "confirm", "claim": claims["items"][1]["id"] });
    let body = json!({ "decisions": [decision], "why": "", "seen": 1_000_000 });
    let answer = by.post("/api/decisions", &body).await;
    answer.value()["entries"][0].as_u64().unwrap_or_else(|| panic!("{}", answer.text()))
}

async fn signed_in(served: &Served, name: &str) -> Visitor {
    let mut visitor = served.stranger();
    let answer = visitor.post("/api/signin", &json!({ "name": name, "password": PASSWORD })).await;
    let token = answer.header("set-cookie").split(['=', ';']).nth(1).unwrap_or_default().to_owned();
    let csrf = answer.value()["csrf"].as_str().unwrap_or_default().to_owned();
    visitor.admitted = Some(gainsay_desk::Admitted { token, csrf });
    visitor
}

/// Sends a file as a form does.
async fn send_file(visitor: &Visitor, path: &str) -> Answer {
    let form = "--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.txt\"\r\n\
                Content-Type: text/plain\r\n\r\n8 June 2014\n\nRebels left Mayadin, activists said.\r\n--x--\r\n";
    let request =
        visitor.request(Method::POST, path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
    visitor.send(request.body(Body::from(form)).unwrap()).await
}

/// What of an answer is not as its route is described.
fn wrong(api: &Value, told: &Value, answer: &Answer) -> Vec<String> {
    let status = answer.status.as_u16().to_string();
    let responses = &told["responses"];
    let Some(response) = responses.get(&status).or_else(|| responses.get("default")) else {
        return vec![format!("{status} is not described")];
    };
    if answer.bytes.is_empty() {
        return Vec::new();
    }
    let kind = answer.header("content-type").split(';').next().unwrap_or_default().to_owned();
    let Some(content) = response["content"].get(&kind) else {
        return vec![format!("{status} is described without {kind}")];
    };
    match kind.as_str() {
        "application/json" => misfits(api, &content["schema"], &answer.value()),
        _ => Vec::new(),
    }
}

#[tokio::test]
async fn every_route_answers_as_it_is_described() {
    let served = Served::reports();
    let accounts = Accounts::of(&served.desk.options().ledger).unwrap();
    accounts.add("amal", Role::Admin, PASSWORD).unwrap();
    accounts.add("huda", Role::Reviewer, PASSWORD).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1100));
    let api = served.visitor(Role::Reader).json("/api/openapi.json").await;
    assert_eq!(api["openapi"].as_str().map(|version| &version[..3]), Some("3.1"));
    let mut found = Vec::new();
    for (method, route, told) in described(&served).await {
        // Never ends.
        if route == "/api/live" {
            continue;
        }
        let answer = if route == "/api/add/files" {
            send_file(&served.visitor(Role::Coder), &route).await
        } else {
            let Sample { path, body, by } = sample(&served, &method, &route).await;
            match &body {
                Some(body) => by.post(&path, body).await,
                None => by.get(&path).await,
            }
        };
        let refused_as_it_should = route == "/api/add/address" && answer.status == StatusCode::BAD_REQUEST;
        if !answer.status.is_success() && !refused_as_it_should {
            found.push(format!("{method} {route}: {} {}", answer.status, answer.text()));
        }
        found.extend(wrong(&api, &told, &answer).into_iter().map(|what| format!("{method} {route}{what}")));
        // A refusal is described as well.
        let refused = match method.as_str() {
            "GET" => served.stranger().get(&route).await,
            _ => served.stranger().post(&route, &json!(null)).await,
        };
        found.extend(
            wrong(&api, &told, &refused).into_iter().map(|what| format!("{method} {route}, refused{what}")),
        );
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
