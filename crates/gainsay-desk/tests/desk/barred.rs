//! Deciding on a ledger that is locked, read-only, moved or another one: a clear line, and nothing half written.

use axum::http::StatusCode;
use gainsay::{Input, decide, keep, rebuild};
use gainsay_desk::Role;
use serde_json::json;

use crate::visitor::{Answer, Served};

fn claims(served: &Served) -> Vec<String> {
    let shelf = gainsay::shelf::Shelf::open(&served.desk.options().ledger).unwrap();
    shelf.claims.iter().map(|claim| claim.id.clone()).collect()
}

async fn confirm(served: &Served, claims: &[String]) -> Answer {
    let visitor = served.visitor(Role::Reviewer);
    let decisions: Vec<_> =
        claims.iter().map(|claim| json!({"decision": "confirm", "claim": claim})).collect();
    visitor.post("/api/decisions", &json!({ "decisions": decisions, "why": "", "seen": 0 })).await
}

fn barred(answer: &Answer, line: &str) {
    let text = answer.text();
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (StatusCode::SERVICE_UNAVAILABLE, "ledger"),
        "{text}"
    );
    assert!(text.contains(line), "{text}");
}

#[tokio::test]
async fn while_another_program_holds_the_ledger() {
    let served = Served::reports();
    let (ledger, all) = (served.desk.options().ledger.clone(), claims(&served));
    let lock = rusqlite::Connection::open(&ledger).unwrap();
    lock.execute_batch("BEGIN EXCLUSIVE").unwrap();
    barred(&confirm(&served, &all).await, "in use by another program");
    lock.execute_batch("ROLLBACK").unwrap();
    assert!(decide::decided(&ledger).unwrap().is_empty());
    assert_eq!(confirm(&served, &all).await.status, StatusCode::OK);
    assert_eq!(decide::decided(&ledger).unwrap().len(), all.len());
    assert!(rebuild::verify(&ledger).unwrap().faults.is_empty());
}

#[tokio::test]
async fn where_the_ledger_may_only_be_read() {
    let served = Served::reports();
    let (ledger, all) = (served.desk.options().ledger.clone(), claims(&served));
    let mut rights = std::fs::metadata(&ledger).unwrap().permissions();
    rights.set_readonly(true);
    std::fs::set_permissions(&ledger, rights).unwrap();
    let answer = confirm(&served, &all).await;
    // Nothing keeps the superuser from writing.
    if answer.status != StatusCode::OK {
        barred(&answer, "no permission to write");
        assert!(decide::decided(&ledger).unwrap().is_empty());
    }
}

#[tokio::test]
async fn where_the_ledger_was_moved_replaced_or_put_back() {
    let served = Served::reports();
    let (ledger, all) = (served.desk.options().ledger.clone(), claims(&served));
    let away = ledger.with_file_name("away.gpkg");
    std::fs::copy(&ledger, &away).unwrap();
    assert_eq!(confirm(&served, &all[..1]).await.status, StatusCode::OK);
    let after = ledger.with_file_name("after.gpkg");
    std::fs::rename(&ledger, &after).unwrap();
    barred(&confirm(&served, &all).await, "no such file");
    assert!(!ledger.exists(), "a desk makes no ledger");
    // An older copy of the same ledger.
    std::fs::copy(&away, &ledger).unwrap();
    barred(&confirm(&served, &all).await, "put back to an earlier state");
    assert!(decide::decided(&ledger).unwrap().is_empty());
    // Another ledger.
    std::fs::remove_file(&ledger).unwrap();
    let file = ledger.with_file_name("reports.jsonl");
    keep::init(&ledger, "somebody else").unwrap();
    keep::add(&ledger, &[Input::from_arg(&file)], "somebody else", &mut |_| {}).unwrap();
    barred(&confirm(&served, &all).await, "another ledger");
    assert!(decide::decided(&ledger).unwrap().is_empty());
    // The one it was started on.
    std::fs::rename(&after, &ledger).unwrap();
    assert_eq!(confirm(&served, &all).await.status, StatusCode::OK);
}

#[tokio::test]
async fn from_the_log_alone_all_of_it_comes_out_the_same() {
    let served = Served::reports();
    let ledger = served.desk.options().ledger.clone();
    let reviewer = served.visitor(Role::Reviewer);
    let all = claims(&served);
    let decisions = json!([
        {"decision": "reject", "claim": all[0]},
        {"decision": "merge", "a": "euphrates-wire", "b": "north-desk"},
        {"decision": "rate", "source": "sana", "letter": "E"},
    ]);
    let body = json!({ "decisions": decisions, "why": "all at once", "seen": 0 });
    assert_eq!(reviewer.post("/api/decisions", &body).await.status, StatusCode::OK);
    served.desk.set(|settings| settings.second_eyes = true).unwrap();
    let body = json!({ "decisions": [{"decision": "reject", "claim": all[1]}], "why": "", "seen": 0 });
    assert_eq!(reviewer.post("/api/decisions", &body).await.status, StatusCode::OK);
    let events = |ledger: &std::path::Path| {
        let shelf = gainsay::shelf::Shelf::open(ledger).unwrap();
        (shelf.weigh(None).events, shelf.rejected.len())
    };
    let before = events(&ledger);
    assert_eq!(before.1, 1, "what is proposed rejects nothing");
    rebuild::rebuild(&ledger).unwrap();
    assert_eq!(events(&ledger), before);
    assert!(rebuild::verify(&ledger).unwrap().faults.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_reads_need_not_wait_for_whoever_writes() {
    let served = Served::reports();
    let (ledger, all) = (served.desk.options().ledger.clone(), claims(&served));
    let coder = served.visitor(Role::Coder);
    coder.json("/api/queue").await;
    // Another program writes and lets others read.
    let lock = rusqlite::Connection::open(&ledger).unwrap();
    lock.execute_batch("BEGIN IMMEDIATE").unwrap();
    let (writing, reading) = (confirm(&served, &all), async {
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        let before = std::time::Instant::now();
        for path in ["/api/queue", "/api/decisions", "/api/proposals"] {
            coder.json(path).await;
        }
        before.elapsed()
    });
    let (written, waited) = tokio::join!(writing, reading);
    barred(&written, "in use by another program");
    assert!(waited.as_secs() < 3, "{waited:?}");
}
