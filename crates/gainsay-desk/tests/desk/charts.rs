//! Charts: the same figures as the ledger's answers, and tables that are safe to open.

use std::path::Path;

use axum::http::StatusCode;
use gainsay::ask::{self, Ask};
use gainsay::model::Policy;
use gainsay::shelf::Shelf;
use serde_json::Value;

use crate::ledger::{answer, desk, get, ledger};

const REPORTS: &[(&str, &str)] = &[
    (
        "01.txt",
        "DEIR EZ-ZOR, Syria, 4 June 2014 (Euphrates Wire) - Army artillery shelled the Hawiqa district on Tuesday, killing at \
         least 14 people, the Syrian Observatory for Human Rights said. Islamic State fighters captured Muhasan.",
    ),
    (
        "02.txt",
        "DEIR EZ-ZOR, Syria, 5 June 2014 (Levant Dispatch) - SANA said the army shelled Hawiqa on Tuesday, killing 30 \
         militants. Some 2,000 people fled Muhasan, activists said.",
    ),
];

async fn json(ledger: &Path, address: &str) -> Value {
    let (status, text) = answer(&desk(ledger), get(address)).await;
    assert_eq!(status, StatusCode::OK, "{address}: {text}");
    serde_json::from_str(&text).expect("JSON")
}

#[tokio::test]
async fn charts_show_what_the_answers_say() {
    let (_folder, path) = ledger(REPORTS);
    let shelf = Shelf::open(&path).expect("a ledger");
    let weighed = shelf.weigh(None);
    let all = Ask::default();
    let same = |value: &Value, own: Value| assert_eq!(*value, own);
    let to = |value: &dyn erased::Json| value.json();
    let tolls = json(&path, "/api/charts/tolls").await;
    same(&tolls["tallies"], to(&ask::tally(&weighed, &all, Policy::Ucdp, None, None)));
    assert!(!tolls["tallies"].as_array().expect("tallies").is_empty());
    let displacement = json(&path, "/api/charts/displacement").await;
    same(&displacement["points"], to(&ask::displacement(&weighed, &all)));
    assert!(!displacement["points"].as_array().expect("points").is_empty());
    let months = json(&path, "/api/charts/months").await;
    same(&months["months"], to(&ask::months(&weighed, &all)));
    assert_eq!(months["months"][0]["month"], "2014-06");
    let control = json(&path, "/api/charts/control?place=Muhasan").await;
    assert_eq!(control["rows"][0]["place"], "muhasan");
    assert_eq!(control["names"]["muhasan"]["type"], "place");
    let sources = json(&path, "/api/charts/sources?limit=50").await;
    let ids: Vec<&str> =
        sources["nodes"].as_array().expect("nodes").iter().filter_map(|node| node["id"].as_str()).collect();
    assert!(ids.contains(&"syrian-observatory-for-human-rights"), "{ids:?}");
    assert!(!sources["links"].as_array().expect("links").is_empty());
    for link in sources["links"].as_array().expect("links") {
        assert!(ids.contains(&link["from"].as_str().expect("an id")));
        assert!(sources["names"].get(link["to"].as_str().expect("an id")).is_some());
    }
    // What nobody had said yet is not shown.
    let early = json(&path, "/api/charts/displacement?known_by=2014-06-04").await;
    assert_eq!(early["points"].as_array().map(Vec::len), Some(0));
}

#[tokio::test]
async fn every_chart_has_its_table() {
    let (_folder, path) = ledger(REPORTS);
    let desk = desk(&path);
    for chart in ["tolls", "control", "displacement", "sources", "months"] {
        let (status, table) = answer(&desk, get(&format!("/api/charts/{chart}?format=csv"))).await;
        assert_eq!(status, StatusCode::OK);
        let lines: Vec<&str> = table.split_terminator("\r\n").collect();
        assert!(lines.len() > 1, "{chart}: {table}");
        let commas =
            |line: &str| line.split('"').step_by(2).map(|part| part.matches(',').count()).sum::<usize>();
        assert!(lines.iter().all(|line| commas(line) == commas(lines[0])), "{table}");
    }
}

#[tokio::test]
async fn bad_input_is_told_in_one_line() {
    let (_folder, path) = ledger(REPORTS);
    let desk = desk(&path);
    let long = format!("place={}", "x".repeat(10_000));
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
        let (status, text) = answer(&desk, get(&format!("/api/charts/{chart}?{query}"))).await;
        let whole: String = query.chars().take(40).collect();
        assert_eq!(status, StatusCode::BAD_REQUEST, "{whole}: {text}");
        let value: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(value["error"]["code"], "bad-input");
        assert!(
            value["error"]["message"].as_str().is_some_and(|line| line.len() < 200 && !line.contains('\n'))
        );
    }
}

mod erased {
    //! Anything that can be JSON.

    pub trait Json {
        fn json(&self) -> serde_json::Value;
    }

    impl<T: serde::Serialize> Json for T {
        fn json(&self) -> serde_json::Value {
            serde_json::to_value(self).expect("JSON")
        }
    }
}
