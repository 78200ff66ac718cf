//! Whose key signs what is done at the desk.

use std::time::Duration;

use axum::http::StatusCode;
use gainsay::keys::manage::{self, Line};
use gainsay::{keys, rebuild};
use gainsay_desk::{Accounts, Role};
use serde_json::{Value, json};

use crate::visitor::{Served, Visitor};

const PASSWORD: &str = "river stones in winter";
const OTHER: &str = "salt wind over reeds";

/// A ledger at whose desk amal is admin, huda and samir are coders.
fn with_accounts() -> Served {
    let served = Served::reports();
    let accounts = Accounts::of(&served.desk.options().ledger).unwrap();
    for (name, role) in [("amal", Role::Admin), ("huda", Role::Coder), ("samir", Role::Coder)] {
        accounts.add(name, role, PASSWORD).unwrap();
    }
    // The desk looks once a second whether its file was changed.
    std::thread::sleep(Duration::from_millis(1100));
    served
}

async fn sign_in(served: &Served, name: &str, password: &str) -> Visitor {
    let mut visitor = served.stranger();
    let answer = visitor.post("/api/signin", &json!({ "name": name, "password": password })).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let cookie = answer.header("set-cookie");
    let token = cookie.strip_prefix("gainsay_session=").and_then(|rest| rest.split(';').next()).unwrap();
    let csrf = answer.value()["csrf"].as_str().unwrap().to_owned();
    visitor.admitted = Some(gainsay_desk::Admitted { token: token.to_owned(), csrf });
    visitor
}

/// Confirms the first claim there is.
async fn confirm(served: &Served, visitor: &Visitor) {
    let shelf = gainsay::shelf::Shelf::open(&served.desk.options().ledger).unwrap();
    let claim = &shelf.claims[0].id;
    let seen = visitor.json("/api/queue").await["seen"].clone();
    let decisions = json!([{ "decision": "confirm", "claim": claim }]);
    let done = visitor.post("/api/decisions", &json!({ "decisions": decisions, "seen": seen })).await;
    assert!(matches!(done.status, StatusCode::OK | StatusCode::CONFLICT), "{}", done.text());
    if done.status == StatusCode::CONFLICT {
        let seen = keys::read(&served.desk.options().ledger).unwrap().head().unwrap().seq;
        let done = visitor.post("/api/decisions", &json!({ "decisions": decisions, "seen": seen })).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.text());
    }
}

/// The keys that signed somebody's entries of an action, in order.
fn signed(served: &Served, by: &str, action: &str) -> Vec<String> {
    let ledger = keys::read(&served.desk.options().ledger).unwrap();
    let lines: Vec<_> = ledger.lines().collect::<Result<_, _>>().unwrap();
    let own = lines.into_iter().filter(|line| line.by == by && line.action == action);
    own.map(|line| line.key.expect("it is signed")).collect()
}

fn known(served: &Served) -> Vec<Line> {
    manage::list(&served.desk.options().ledger).unwrap()
}

fn sound(served: &Served) {
    assert_eq!(rebuild::verify(&served.desk.options().ledger).unwrap().faults, []);
}

#[tokio::test]
async fn everybody_signs_by_their_own_key_and_who_came_by_the_link_by_the_ledgers() {
    let served = with_accounts();
    let operator = manage::show(&served.desk.options().ledger).unwrap();
    let (huda, samir) = (sign_in(&served, "huda", PASSWORD).await, sign_in(&served, "samir", PASSWORD).await);
    assert_eq!(known(&served).len(), 1, "whoever only looks is not in the log");
    confirm(&served, &huda).await;
    confirm(&served, &samir).await;
    confirm(&served, &served.named("tester", Role::Reviewer)).await;
    let accounts = Accounts::of(&served.desk.options().ledger).unwrap();
    for name in ["huda", "samir"] {
        assert_eq!(signed(&served, name, "decision"), [accounts.key_of(name).unwrap()]);
    }
    assert_eq!(signed(&served, "tester", "decision"), std::slice::from_ref(&operator.key));
    let keys = known(&served);
    let names: Vec<(&str, Option<&str>)> =
        keys.iter().map(|line| (line.name.as_str(), line.vouched_by.as_deref())).collect();
    let by = Some(operator.id.as_str());
    assert_eq!(names, [("tester", None), ("huda", by), ("samir", by)]);
    sound(&served);
}

#[tokio::test]
async fn what_was_begun_before_signing_out_is_signed_by_whoever_began_it() {
    let served = with_accounts();
    let huda = sign_in(&served, "huda", PASSWORD).await;
    let text = json!({ "text": "Rebels captured the town of Mayadin on Tuesday, activists said.", "published": "2014-06-04" });
    let begun = huda.post("/api/add/text", &text).await;
    assert_eq!(begun.status, StatusCode::OK, "{}", begun.text());
    assert_eq!(huda.post("/api/signout", &json!({})).await.status, StatusCode::NO_CONTENT);
    let (admin, id) = (served.visitor(Role::Admin), begun.value()["job"]["id"].clone());
    let over = async || {
        let jobs = admin.json("/api/jobs").await;
        let job = jobs["items"].as_array().unwrap().iter().find(|job| job["id"] == id).unwrap().clone();
        (job["state"] == "done" || job["state"] == "failed").then_some(job)
    };
    let mut job = Value::Null;
    for _ in 0..600 {
        if let Some(done) = over().await {
            job = done;
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!((&job["state"], &job["added"]), (&json!("done"), &json!(1)), "{job}");
    let key = Accounts::of(&served.desk.options().ledger).unwrap().key_of("huda").unwrap();
    assert_eq!(signed(&served, "huda", "report-added"), [key]);
    sound(&served);
}

#[tokio::test]
async fn keys_are_retired_with_what_they_were_opened_by() {
    let served = with_accounts();
    let amal = sign_in(&served, "amal", PASSWORD).await;
    let huda = sign_in(&served, "huda", PASSWORD).await;
    confirm(&served, &huda).await;
    let retired = |at: usize| known(&served)[at].why.clone();
    // One's own new password keeps the key.
    let change = huda.post("/api/me/password", &json!({ "old": PASSWORD, "new": OTHER })).await;
    assert_eq!(change.status, StatusCode::NO_CONTENT, "{}", change.text());
    confirm(&served, &sign_in(&served, "huda", OTHER).await).await;
    assert_eq!((known(&served).len(), retired(1)), (2, None));
    // A password that somebody else sets does not.
    let set = amal.post("/api/accounts/huda", &json!({ "password": PASSWORD })).await;
    assert_eq!(set.status, StatusCode::OK, "{}", set.text());
    assert_eq!(retired(1).as_deref(), Some("another password was set"));
    confirm(&served, &sign_in(&served, "huda", PASSWORD).await).await;
    // Nor does being shut out, and being let in again.
    let huda = |disabled: bool| json!({ "disabled": disabled });
    assert_eq!(amal.post("/api/accounts/huda", &huda(true)).await.status, StatusCode::OK);
    let keys = known(&served);
    let last = keys.iter().rfind(|line| line.name == "huda").unwrap();
    assert_eq!(last.why.as_deref(), Some("the account was disabled"));
    assert_eq!(amal.post("/api/accounts/huda", &huda(false)).await.status, StatusCode::OK);
    confirm(&served, &sign_in(&served, "huda", PASSWORD).await).await;
    let by = signed(&served, "huda", "decision");
    assert!(by.len() == 4 && by[0] == by[1] && by[1] != by[2] && by[2] != by[3], "{by:#?}");
    // An admin who shuts somebody out signs that by their own key.
    let own = Accounts::of(&served.desk.options().ledger).unwrap().key_of("amal").unwrap();
    assert_eq!(signed(&served, "amal", "key-retired"), [own.clone(), own]);
    sound(&served);
}

#[tokio::test]
async fn a_stolen_file_of_accounts_signs_nothing() {
    let served = with_accounts();
    let ledger = &served.desk.options().ledger;
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("l.gpkg");
    let beside = |path: &std::path::Path| std::path::PathBuf::from(format!("{}.accounts", path.display()));
    std::fs::copy(beside(ledger), beside(&copy)).unwrap();
    let stolen = Accounts::of(&copy).unwrap();
    assert!(stolen.key_of("huda").is_some());
    for guess in ["", "huda", OTHER] {
        assert!(stolen.signing("huda", guess).is_err(), "{guess}");
    }
    // Another account's key put in the place of one whose password is known is still under the other's.
    let mut file: Value = serde_json::from_str(&std::fs::read_to_string(beside(&copy)).unwrap()).unwrap();
    stolen.add("thief", Role::Coder, OTHER).unwrap();
    file["accounts"]["thief"] =
        serde_json::from_str::<Value>(&std::fs::read_to_string(beside(&copy)).unwrap()).unwrap()["accounts"]
            ["thief"]
            .clone();
    file["accounts"]["thief"]["key"] = file["accounts"]["huda"]["key"].clone();
    std::fs::write(beside(&copy), file.to_string()).unwrap();
    assert!(Accounts::of(&copy).unwrap().signing("thief", OTHER).is_err());
}
