//! Charts: the same figures as the ledger's answers, and tables that are safe to open.

use axum::http::StatusCode;
use gainsay::ask::{self, Ask};
use gainsay::model::Policy;
use gainsay::shelf::Shelf;
use gainsay_desk::Role;
use serde::Serialize;
use serde_json::Value;

use crate::visitor::Served;

const REPORTS: &str = concat!(
    r#"{"id":"01","published":"2014-06-04","publisher":"Euphrates Wire","title":"Shells","text":"#,
    r#""Army shells killed at least 14 people in the Hawiqa district on Tuesday, the Syrian Observatory for Human Rights reported. Islamic State fighters captured Muhasan."}"#,
    "\n",
    r#"{"id":"02","published":"2014-06-05","publisher":"Levant Dispatch","title":"Flight","text":"#,
    r#""The army shelled Hawiqa on Tuesday, killing 30 militants, SANA said. Some 2,000 people fled Muhasan, activists said."}"#,
    "\n",
);

fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

#[tokio::test]
async fn charts_show_what_the_answers_say() {
    let served = Served::of(REPORTS);
    let reader = served.visitor(Role::Admin);
    let shelf = Shelf::open(&served.desk.options().ledger).unwrap();
    let weighed = shelf.weigh(None);
    let all = Ask::default();
    let tolls = reader.json("/api/charts/tolls").await;
    assert_eq!(tolls["tallies"], json(&ask::tally(&weighed, &all, Policy::Ucdp, None, None)));
    assert!(!tolls["tallies"].as_array().unwrap().is_empty());
    let displacement = reader.json("/api/charts/displacement").await;
    assert_eq!(displacement["points"], json(&ask::displacement(&weighed, &all)));
    assert!(!displacement["points"].as_array().unwrap().is_empty());
    let months = reader.json("/api/charts/months").await;
    assert_eq!(months["months"], json(&ask::months(&weighed, &all)));
    assert_eq!(months["months"][0]["month"], "2014-06");
    let control = reader.json("/api/charts/control?place=Muhasan").await;
    assert_eq!(control["rows"][0]["place"], "muhasan");
    assert_eq!(control["names"]["muhasan"]["type"], "place");
    let sources = reader.json("/api/charts/sources?limit=50").await;
    let ids: Vec<&str> =
        sources["nodes"].as_array().unwrap().iter().filter_map(|node| node["id"].as_str()).collect();
    assert!(ids.contains(&"syrian-observatory-for-human-rights"), "{ids:?}");
    assert!(!sources["links"].as_array().unwrap().is_empty());
    for link in sources["links"].as_array().unwrap() {
        assert!(ids.contains(&link["from"].as_str().unwrap()));
        assert!(sources["names"].get(link["to"].as_str().unwrap()).is_some());
    }
    // What nobody had said yet is not shown.
    let early = reader.json("/api/charts/displacement?known_by=2014-06-04").await;
    assert_eq!(early["points"].as_array().map(Vec::len), Some(0));
}

#[tokio::test]
async fn every_chart_has_its_table() {
    let served = Served::of(REPORTS);
    let reader = served.visitor(Role::Reader);
    for chart in ["tolls", "control", "displacement", "sources", "months"] {
        let answer = reader.get(&format!("/api/charts/{chart}?format=csv")).await;
        assert_eq!(answer.status, StatusCode::OK);
        let table = answer.text();
        let lines: Vec<&str> = table.split_terminator("\r\n").collect();
        assert!(lines.len() > 1, "{chart}: {table}");
        let commas =
            |line: &str| line.split('"').step_by(2).map(|part| part.matches(',').count()).sum::<usize>();
        assert!(lines.iter().all(|line| commas(line) == commas(lines[0])), "{table}");
    }
}

#[tokio::test]
async fn bad_input_is_told_in_one_line() {
    let served = Served::of(REPORTS);
    let reader = served.visitor(Role::Reader);
    let long = format!("place={}", "x".repeat(5_000));
    for query in [
        "policy=best",
        "measure=%3Cscript%3E",
        "from=2014-13-01",
        "from=2015-01-01&to=2014-01-01",
        "format=xml",
        "limit=-1",
        &long,
    ] {
        let chart = if query.starts_with("limit") { "sources" } else { "tolls" };
        let answer = reader.get(&format!("/api/charts/{chart}?{query}")).await;
        let whole: String = query.chars().take(40).collect();
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{whole}: {}", answer.text());
        let value = answer.value();
        assert_eq!(value["error"]["code"], "bad-input");
        assert!(
            value["error"]["message"].as_str().is_some_and(|line| line.len() < 200 && !line.contains('\n'))
        );
    }
}
