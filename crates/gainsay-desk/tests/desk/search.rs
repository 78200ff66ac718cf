//! Searching as pages do.

use axum::http::StatusCode;
use gainsay_desk::Role;
use serde_json::Value;

use crate::visitor::{Served, Visitor};

const REPORTS: &str = concat!(
    r#"{"id":"en","published":"2013-05-20","publisher":"North Desk","language":"en","title":"Fighting","text":"Government forces shelled Qusayr on Sunday, killing 20 people. A hospital was hit, <script>alert(1)</script> residents said."}"#,
    "\n",
    r#"{"id":"ar","published":"2013-05-21","publisher":"SANA","language":"ar","title":"أخبار","text":"قصفت القوات مدينة القصير يوم الأحد."}"#,
    "\n",
    r#"{"id":"other","published":"2014-06-29","publisher":"SANA","language":"en","title":"Raqqa","text":"The Islamic State seized Raqqa. Shelling killed 3 children in Raqqa."}"#,
    "\n",
);

fn ids(part: &Value) -> Vec<&str> {
    let mut ids: Vec<&str> =
        part["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    ids
}

/// The path of a search, with what is typed written as an address holds it.
fn path(typed: &str, more: &str) -> String {
    let typed: String = typed.bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!("/api/search?q={typed}{more}")
}

async fn found(visitor: &Visitor, typed: &str, more: &str) -> Value {
    visitor.json(&path(typed, more)).await
}

#[tokio::test]
async fn any_spelling_finds_reports_claims_and_names() {
    let served = Served::of(REPORTS);
    let reader = served.visitor(Role::Reader);
    for typed in ["qsayr", "القصير", "Al-Qusair"] {
        let answer = found(&reader, typed, "").await;
        assert_eq!(ids(&answer["reports"]), ["ar", "en"], "{typed}");
        assert_eq!(answer["reports"]["total"], 2);
        assert!(
            answer["names"].as_array().unwrap().iter().any(|name| name["id"] == "qusayr"),
            "{typed}: {answer}"
        );
        let claim = &answer["claims"]["items"][0];
        assert!(claim["quotes"][0]["exact"].as_str().is_some_and(|quote| !quote.is_empty()), "{answer}");
        assert!(claim["roots"].as_array().is_some_and(|roots| !roots.is_empty()), "{answer}");
        assert_eq!(answer["names_of"]["qusayr"]["type"], "place");
        assert!(answer["took_ms"].is_u64());
    }
    let also = found(&reader, "qsayr", "").await["also"].clone();
    assert!(also[0]["spellings"].as_array().unwrap().iter().any(|name| name == "القصير"), "{also}");
}

#[tokio::test]
async fn filters_and_pages() {
    let served = Served::of(REPORTS);
    let reader = served.visitor(Role::Reader);
    assert_eq!(ids(&found(&reader, "killed", "&from=2014-01-01").await["reports"]), ["other"]);
    assert_eq!(ids(&found(&reader, "qsayr", "&language=ar").await["reports"]), ["ar"]);
    assert_eq!(ids(&found(&reader, "killed", "&place=Raqqa&place=qusayr").await["reports"]), ["en", "other"]);
    let all = found(&reader, "", "&outlet=SANA&in=reports").await;
    assert_eq!(ids(&all["reports"]), ["ar", "other"]);
    assert_eq!(all["claims"]["items"], serde_json::json!([]));
    let first = found(&reader, "", "&outlet=SANA&in=reports&limit=1").await;
    let next = first["reports"]["next"].as_str().unwrap().to_owned();
    let second = found(&reader, "", &format!("&outlet=SANA&in=reports&limit=1&after={next}")).await;
    assert_eq!((ids(&first["reports"]), ids(&second["reports"])), (vec!["other"], vec!["ar"]));
    assert_eq!(second["reports"]["next"], Value::Null);
}

#[tokio::test]
async fn bad_searches_are_one_clear_line_and_hostile_ones_find_nothing() {
    let served = Served::of(REPORTS);
    let reader = served.visitor(Role::Reader);
    for bad in ["&in=x", "&from=yesterday", "&kind=nonsense", "&after=-1", "&limit=x"] {
        let answer = reader.get(&path("a", bad)).await;
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::BAD_REQUEST, "bad-input"), "{bad}");
    }
    let answer = reader.get(&path(&"x".repeat(600), "")).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.text().contains("at most 500 characters"));
    for hostile in [
        "\"",
        "NEAR(a b)",
        "title:x OR *",
        "'; DROP TABLE reports;--",
        "\0",
        "\u{202e}\u{200f}",
        "{",
        "^",
        "-",
    ] {
        found(&reader, hostile, "").await;
        reader.json(&path(hostile, "").replace("search", "suggest")).await;
    }
    let script = found(&reader, "<script>alert(1)</script>", "").await;
    let snippet = script["reports"]["items"][0]["snippet"].as_array().unwrap();
    let text: String = snippet.iter().map(|piece| piece["text"].as_str().unwrap()).collect();
    assert!(text.contains("<script>alert(1)</script>"), "{text}");
    assert!(snippet.iter().any(|piece| piece["hit"] == true));
}

#[tokio::test]
async fn names_are_suggested_by_type() {
    let served = Served::of(REPORTS);
    let reader = served.visitor(Role::Reader);
    let items = reader.json("/api/suggest?q=qus&type=place").await["items"].clone();
    assert!(items.as_array().unwrap().iter().any(|item| item["id"] == "qusayr"), "{items}");
    assert!(items.as_array().unwrap().iter().all(|item| item["type"] == "place"));
    // An outlet that only the ledger knows: it might be somebody's name, so not for readers.
    let items = reader.json("/api/suggest?q=north+de&type=source").await["items"].clone();
    assert!(items.as_array().unwrap().iter().all(|item| item["id"] != "north-desk"), "{items}");
    let coder = served.visitor(Role::Coder);
    let items = coder.json("/api/suggest?q=north&type=source").await["items"].clone();
    assert!(items.as_array().unwrap().iter().any(|item| item["id"] == "north-desk"), "{items}");
    assert_eq!(reader.get("/api/suggest?q=a&type=x").await.status, StatusCode::BAD_REQUEST);
}
