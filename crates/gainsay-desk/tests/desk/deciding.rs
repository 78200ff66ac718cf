//! Deciding: from the queue, by one or by two, on what others may have decided meanwhile.

use axum::http::StatusCode;
use gainsay::{decide, rebuild};
use gainsay_desk::Role;
use serde_json::{Value, json};

use crate::visitor::{Answer, Served, Visitor};

/// The first claim of a kind in a report.
fn claim(served: &Served, report: &str, kind: &str) -> String {
    let shelf = gainsay::shelf::Shelf::open(&served.desk.options().ledger).unwrap();
    let of = |claim: &&gainsay::model::Claim| claim.document == report && claim.kind.as_str() == kind;
    shelf.claims.iter().chain(&shelf.rejected).find(of).unwrap().id.clone()
}

async fn decide(visitor: &Visitor, decisions: Value, why: &str, seen: u64) -> Answer {
    visitor.post("/api/decisions", &json!({ "decisions": decisions, "why": why, "seen": seen })).await
}

async fn seen(visitor: &Visitor) -> u64 {
    visitor.json("/api/queue").await["seen"].as_u64().unwrap()
}

fn changed(answer: &Answer) -> Vec<Value> {
    answer.value()["error"]["changed"].as_array().unwrap().clone()
}

#[tokio::test]
async fn the_queue_shows_what_would_change_and_forgets_what_was_decided() {
    let served = Served::reports();
    let coder = served.visitor(Role::Coder);
    let page = coder.json("/api/queue?limit=2").await;
    let items = page["items"].as_array().unwrap();
    assert_eq!(items.len(), 2);
    assert!(page["total"].as_u64().unwrap() > 2 && page["next"].is_string());
    let scores: Vec<i64> = items.iter().map(|item| item["score"].as_i64().unwrap()).collect();
    assert!(scores[0] >= scores[1] && scores[1] > 0, "{scores:?}");
    for item in items {
        assert!(item["effect"]["answers"].as_u64().unwrap() > 0 && item["effect"]["text"] != "", "{item:#}");
        assert!(!item["reasons"].as_array().unwrap().is_empty(), "{item:#}");
        assert!(!item["settle"].as_array().unwrap().is_empty(), "{item:#}");
        assert_eq!(item["seen"], page["seen"]);
    }
    // The next page goes on where this one ends.
    let next = coder.json(&format!("/api/queue?after={}", page["next"].as_str().unwrap())).await;
    assert_ne!(next["items"][0]["id"], items[1]["id"]);
    assert_eq!(next["total"], page["total"]);
    // Settled as it says, an item is gone at once, and comes back when that is undone.
    let item =
        items.iter().chain(next["items"].as_array().unwrap()).find(|item| item["what"] == "claim").unwrap();
    let settle = item["settle"].as_array().unwrap().iter().find(|way| way["key"] == "confirm").unwrap();
    let done = decide(&coder, settle["decisions"].clone(), "read rightly", seen(&coder).await).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text());
    let left = coder.json("/api/queue?limit=200").await;
    assert!(left["items"].as_array().unwrap().iter().all(|other| other["id"] != item["id"]));
    let entry = &done.value()["entries"][0];
    let undone = coder.post(&format!("/api/decisions/{entry}/undo"), &json!({ "why": "too quick" })).await;
    assert_eq!(undone.status, StatusCode::OK, "{}", undone.text());
    let back = coder.json("/api/queue?limit=200").await;
    assert!(back["items"].as_array().unwrap().iter().any(|other| other["id"] == item["id"]));
}

#[tokio::test]
async fn a_removal_takes_its_decisions_with_it_and_the_desk_goes_on() {
    let served = Served::reports();
    let amal = served.named("amal", Role::Reviewer);
    let (toll, bridge) = (claim(&served, "sana-1", "casualties"), claim(&served, "wire-1", "capture"));
    let at = seen(&amal).await;
    let done = decide(&amal, json!([{"decision": "reject", "claim": toll}]), "misread", at).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text());
    assert!(amal.get("/api/search?q=siege").await.text().contains("sana-1"));
    let ledger = served.desk.options().ledger.clone();
    gainsay::remove::remove(&ledger, &["sana-1".to_owned()], "a person is in danger", "tester").unwrap();
    let done = decide(&amal, json!([{"decision": "confirm", "claim": bridge}]), "", at).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text());
    let told = amal.get("/api/decisions").await.text();
    assert!(told.contains(&bridge) && !told.contains(&toll), "{told}");
    assert!(!amal.get("/api/search?q=siege").await.text().contains("sana-1"));
    let gone = decide(&amal, json!([{"decision": "confirm", "claim": toll}]), "", at).await;
    assert!(!gone.status.is_success(), "{}", gone.text());
    assert_eq!(rebuild::verify(&ledger).unwrap().faults, []);
}

#[tokio::test]
async fn the_queue_is_narrowed_by_place_day_and_sort() {
    let served = Served::reports();
    let coder = served.visitor(Role::Coder);
    let all = coder.json("/api/queue").await["total"].as_u64().unwrap();
    let there = coder.json("/api/queue?place=Mayadin").await["total"].as_u64().unwrap();
    assert!(there < all);
    let claims = coder.json("/api/queue?what=claim").await;
    assert!(claims["items"].as_array().unwrap().iter().all(|item| item["what"] == "claim"));
    assert_eq!(coder.json("/api/queue?from=2020-01-01").await["total"], 0);
    assert_eq!(coder.get("/api/queue?from=yesterday").await.code(), "bad-input");
    assert_eq!(served.visitor(Role::Reader).get("/api/queue").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_page_that_is_stale_decides_nothing() {
    let served = Served::reports();
    let (amal, basil) = (served.named("amal", Role::Reviewer), served.named("basil", Role::Reviewer));
    let (toll, bridge) = (claim(&served, "sana-1", "casualties"), claim(&served, "wire-1", "capture"));
    let at = seen(&amal).await;
    let first = decide(&amal, json!([{"decision": "reject", "claim": toll}]), "misread", at).await;
    assert_eq!(first.status, StatusCode::OK, "{}", first.text());
    let stale = decide(&basil, json!([{"decision": "confirm", "claim": toll}]), "", at).await;
    assert_eq!((stale.status, stale.code().as_str()), (StatusCode::CONFLICT, "stale"));
    let changed = changed(&stale);
    assert_eq!((&changed[0]["by"], &changed[0]["why"]), (&json!("amal"), &json!("misread")));
    // What somebody else decided elsewhere is no news, and one's own neither.
    let other = decide(&basil, json!([{"decision": "confirm", "claim": bridge}]), "", at).await;
    assert_eq!(other.status, StatusCode::OK, "{}", other.text());
    let again = decide(&amal, json!([{"decision": "confirm", "claim": toll}]), "", at).await;
    assert_eq!(again.status, StatusCode::OK, "{}", again.text());
    // Whoever looked again may decide.
    let last = again.value()["entries"][0].as_u64().unwrap();
    let now = decide(&basil, json!([{"decision": "reject", "claim": toll}]), "", last).await;
    assert_eq!(now.status, StatusCode::OK, "{}", now.text());
}

#[tokio::test]
async fn events_that_others_joined_are_news_whichever_claims_they_took() {
    let served = Served::reports();
    let (amal, basil) = (served.named("amal", Role::Reviewer), served.named("basil", Role::Reviewer));
    let (a, b) = (claim(&served, "wire-1", "capture"), claim(&served, "desk-1", "capture"));
    let (toll, siege) = (claim(&served, "sana-1", "casualties"), claim(&served, "sana-1", "siege"));
    let at = seen(&amal).await;
    let parted = decide(&amal, json!([{"decision": "two-events", "a": a, "b": toll}]), "", at).await;
    assert_eq!(parted.status, StatusCode::OK, "{}", parted.text());
    // The two captures are one event: what was decided on one end is news to who decides on the other.
    let stale = decide(&basil, json!([{"decision": "one-event", "a": siege, "b": b}]), "", at).await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.text());
}

#[tokio::test]
async fn undoing_gives_back_what_was() {
    let served = Served::reports();
    let coder = served.visitor(Role::Coder);
    let toll = claim(&served, "sana-1", "casualties");
    let count = json!({"what": "killed", "low": 17, "high": 19});
    let correct = json!([{"decision": "correct", "claim": toll, "values": {"count": count}}]);
    let done = decide(&coder, correct, "the text says so", 0).await.value();
    assert_eq!(served.desk.overlay().decided(&toll), Some("corrected"));
    let shelf = gainsay::shelf::Shelf::open(&served.desk.options().ledger).unwrap();
    assert_eq!(shelf.claim(&toll).unwrap().count.as_ref().unwrap().low, Some(17));
    let path = format!("/api/decisions/{}/undo", done["entries"][0]);
    assert_eq!(coder.post(&path, &json!({})).await.status, StatusCode::OK);
    assert_eq!(served.desk.overlay().decided(&toll), None);
    let shelf = gainsay::shelf::Shelf::open(&served.desk.options().ledger).unwrap();
    assert_eq!(shelf.claim(&toll).unwrap().count.as_ref().unwrap().low, Some(30));
    let again = coder.post(&path, &json!({})).await;
    assert!(again.text().contains("is undone already"), "{}", again.text());
    let entries = coder.json(&format!("/api/decisions?claim={toll}")).await;
    assert_eq!(entries["total"], 2);
    assert_eq!(entries["items"][0]["decision"], "undo");
    assert_eq!(entries["items"][1]["undone_by"], entries["items"][0]["entry"]);
}

#[tokio::test]
async fn coders_decide_on_readings_and_reviewers_on_the_rest() {
    let served = Served::reports();
    let (coder, reviewer) = (served.visitor(Role::Coder), served.visitor(Role::Reviewer));
    let (a, b) = (claim(&served, "wire-1", "capture"), claim(&served, "sana-1", "casualties"));
    let rest = [
        json!([{"decision": "one-event", "a": a, "b": b}]),
        json!([{"decision": "merge", "a": "euphrates-wire", "b": "north-desk"}]),
        json!([{"decision": "link", "of": "desk-1", "slot": "place", "mention": "al-Qusour", "id": "ayyash"}]),
        json!([{"decision": "rate", "source": "sana", "letter": "C"}]),
    ];
    for decisions in rest {
        let refused = decide(&coder, decisions.clone(), "", 0).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{decisions}");
        let done = decide(&reviewer, decisions.clone(), "", 0).await;
        assert_eq!(done.status, StatusCode::OK, "{decisions}: {}", done.text());
        let path = format!("/api/decisions/{}/undo", done.value()["entries"][0]);
        assert_eq!(coder.post(&path, &json!({})).await.status, StatusCode::FORBIDDEN, "{decisions}");
    }
}

#[tokio::test]
async fn what_cannot_be_decided_is_one_line_and_nothing_is() {
    let served = Served::reports();
    let admin = served.visitor(Role::Admin);
    let toll = claim(&served, "sana-1", "casualties");
    let correct = |values: Value| json!([{"decision": "correct", "claim": toll, "values": values}]);
    let good = json!({"decision": "confirm", "claim": toll});
    for (decisions, line) in [
        (json!([]), "nothing is to be decided"),
        (json!([good, {"decision": "confirm", "claim": "none"}]), "no claim has the id `none`"),
        (json!([{"decision": "confirm", "claim": "a".repeat(500_000)}]), "no claim has the id"),
        (json!([{"decision": "merge", "a": "sana", "b": "sana"}]), "given twice"),
        (
            json!([{"decision": "merge", "a": "sana", "b": "nobody-at-all"}]),
            "no actor, place or source has the id",
        ),
        (json!([{"decision": "split", "a": "mayadin", "b": "sana"}]), "of different sorts"),
        (
            json!([{"decision": "link", "of": "sana-1", "slot": "place", "mention": "Nowhere", "id": "mayadin"}]),
            "is no place of any claim",
        ),
        (
            json!([{"decision": "link", "of": "desk-1", "slot": "place", "mention": "al-Qusour", "id": "sana"}]),
            "is no place",
        ),
        (
            json!([{"decision": "link", "of": "desk-1", "slot": "count", "mention": "12", "id": "sana"}]),
            "names nobody",
        ),
        (json!([{"decision": "rate", "source": "sana", "letter": "Z"}]), "no letter from A to F"),
        (json!([{"decision": "undo", "undoes": 1}]), "is no decision"),
        (correct(json!({})), "changes nothing"),
        (correct(json!({"id": "another"})), "cannot change `id`"),
        (correct(json!({"evidence": []})), "cannot change `evidence`"),
        (correct(json!({"kind": "miracle"})), "does not fit it"),
        (correct(json!({"place": [["Mayadin"]]})), "together"),
        (
            correct(json!({"place": [["Mayadin"]], "place_id": ["no-such-place"]})),
            "no actor, place or source",
        ),
        (correct(json!({"place": [[""]], "place_id": [null]})), "is empty"),
        (correct(json!({"time": {"start": "2014-06-05", "end": "2014-06-03"}})), "ends before it begins"),
        (correct(json!({"count": {"what": "killed", "low": 9, "high": 3}})), "swap them"),
        (correct(json!({"means": "x".repeat(5000)})), "too long"),
    ] {
        let answer = decide(&admin, decisions.clone(), "", 0).await;
        let text = answer.text();
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::BAD_REQUEST, "bad-input"), "{text}");
        assert!(text.contains(line) && text.len() < 600, "{line}: {text}");
    }
    for body in [json!({"decisions": [{"decision": "bless"}]}), json!({"decisions": "all"}), json!([])] {
        let answer = admin.post("/api/decisions", &body).await;
        assert!(answer.status.is_client_error(), "{}", answer.text());
        assert_eq!(answer.code(), "bad-input", "{}", answer.text());
    }
    assert!(decide::decided(&served.desk.options().ledger).unwrap().is_empty());
}

#[tokio::test]
async fn a_reason_is_kept_as_it_was_typed_and_a_very_long_one_refused() {
    let served = Served::reports();
    let coder = served.visitor(Role::Coder);
    let toll = claim(&served, "sana-1", "casualties");
    let confirm = json!([{"decision": "confirm", "claim": toll}]);
    let long = decide(&coder, confirm.clone(), &"x".repeat(1_000_000), 0).await;
    assert_eq!((long.status, long.code().as_str()), (StatusCode::BAD_REQUEST, "bad-input"));
    let why = "\u{202e}<script>alert('؟')</script>\u{200f} 'غير واضح'";
    assert_eq!(decide(&coder, confirm, why, 0).await.status, StatusCode::OK);
    assert_eq!(coder.json("/api/decisions").await["items"][0]["why"], why);
    assert_eq!(coder.json("/api/decisions?by=coder").await["total"], 1);
    assert_eq!(coder.json("/api/decisions?by=amal").await["total"], 0);
}

#[tokio::test]
async fn with_a_second_pair_of_eyes_it_takes_two() {
    let served = Served::reports();
    served.desk.set(|settings| settings.second_eyes = true).unwrap();
    let (amal, basil) = (served.named("amal", Role::Coder), served.named("basil", Role::Reviewer));
    let (coder, ledger) = (served.named("dana", Role::Coder), served.desk.options().ledger.clone());
    let toll = claim(&served, "sana-1", "casualties");
    let reject = json!([{"decision": "reject", "claim": toll}]);
    let proposed = decide(&amal, reject.clone(), "a misreading", 0).await;
    assert_eq!((proposed.status, &proposed.value()["proposed"]), (StatusCode::OK, &json!(true)));
    let entry = proposed.value()["entries"][0].as_u64().unwrap();
    // It has no force yet, but shows.
    assert!(decide::decided(&ledger).unwrap().is_empty());
    assert_eq!(
        (served.desk.overlay().decided(&toll), served.desk.overlay().proposed(&toll)),
        (None, Some(entry))
    );
    let path = format!("/api/proposals/{entry}");
    let own = amal.post(&path, &json!({"agree": true, "why": ""})).await;
    assert_eq!((own.status, own.code().as_str()), (StatusCode::FORBIDDEN, "forbidden"), "{}", own.text());
    let agreed = basil.post(&path, &json!({"agree": true, "why": "so it is"})).await;
    assert_eq!(agreed.status, StatusCode::OK, "{}", agreed.text());
    assert_eq!(served.desk.overlay().decided(&toll), Some("rejected"));
    assert_eq!(served.desk.overlay().proposed(&toll), None);
    let taken = &amal.json("/api/decisions").await["items"][0];
    assert_eq!((&taken["by"], &taken["proposed_by"]), (&json!("basil"), &json!("amal")));
    assert_eq!((&taken["proposal"], &taken["why"]), (&json!(entry), &json!("a misreading\nso it is")));
    let twice = basil.post(&path, &json!({"agree": true, "why": ""})).await;
    assert_eq!((twice.status, twice.code().as_str()), (StatusCode::CONFLICT, "stale"));
    // One is refused, one taken back, one that a coder may propose takes a reviewer to agree.
    let merge = json!([{"decision": "merge", "a": "euphrates-wire", "b": "north-desk"}]);
    let merging = decide(&amal, merge, "one house", 0).await;
    assert_eq!(merging.status, StatusCode::OK, "{}", merging.text());
    let path = format!("/api/proposals/{}", merging.value()["entries"][0]);
    assert_eq!(coder.post(&path, &json!({"agree": true})).await.status, StatusCode::FORBIDDEN);
    assert_eq!(coder.post(&path, &json!({"agree": false})).await.status, StatusCode::FORBIDDEN);
    assert_eq!(basil.post(&path, &json!({"agree": false, "why": "two"})).await.status, StatusCode::OK);
    let undo = amal.post(&format!("/api/decisions/{}/undo", taken["entry"]), &json!({})).await.value();
    assert_eq!(undo["proposed"], true, "{undo:#}");
    assert_eq!(
        amal.post(&format!("/api/proposals/{}", undo["entries"][0]), &json!({"agree": false})).await.status,
        StatusCode::OK
    );
    let states: Vec<Value> = amal.json("/api/proposals").await["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["state"].clone())
        .collect();
    assert_eq!(states, ["refused", "refused", "agreed"]);
    assert_eq!(amal.json("/api/proposals?state=open").await["total"], 0);
    assert_eq!(decide::decided(&ledger).unwrap().len(), 1);
    assert!(rebuild::verify(&ledger).unwrap().faults.is_empty());
}

#[tokio::test]
async fn a_proposal_on_what_others_decided_since_is_stale() {
    let served = Served::reports();
    let (amal, basil) = (served.named("amal", Role::Reviewer), served.named("basil", Role::Reviewer));
    let toll = claim(&served, "sana-1", "casualties");
    served.desk.set(|settings| settings.second_eyes = true).unwrap();
    let proposed = decide(&amal, json!([{"decision": "reject", "claim": toll}]), "", 0).await.value();
    served.desk.set(|settings| settings.second_eyes = false).unwrap();
    let confirmed = decide(&basil, json!([{"decision": "confirm", "claim": toll}]), "", 0).await;
    assert_eq!(confirmed.status, StatusCode::OK, "{}", confirmed.text());
    let path = format!("/api/proposals/{}", proposed["entries"][0]);
    let stale = basil.post(&path, &json!({"agree": true})).await;
    assert_eq!((stale.status, stale.code().as_str()), (StatusCode::CONFLICT, "stale"), "{}", stale.text());
    assert_eq!(served.desk.overlay().decided(&toll), Some("confirmed"));
}

#[tokio::test]
async fn many_are_decided_at_once_after_a_look() {
    let served = Served::reports();
    let (amal, basil) = (served.named("amal", Role::Reviewer), served.named("basil", Role::Reviewer));
    let look = |ask: Value, decision: Value| json!({ "ask": ask, "decision": decision });
    let ask = json!({"report": "sana-1"});
    let preview = amal.post("/api/decisions/preview", &look(ask.clone(), json!("confirm"))).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.text());
    let preview = preview.value();
    let decisions = preview["decisions"].clone();
    assert_eq!(preview["claims"].as_u64().unwrap() as usize, decisions.as_array().unwrap().len());
    assert!(preview["claims"].as_u64().unwrap() >= 2 && preview["already"] == 0);
    assert_eq!(preview["first"].as_array().unwrap().len(), decisions.as_array().unwrap().len());
    assert!(decide::decided(&served.desk.options().ledger).unwrap().is_empty());
    let at = preview["seen"].as_u64().unwrap();
    // One of them is decided by somebody else meanwhile: none of the batch is.
    let one = decisions[0]["claim"].clone();
    assert_eq!(
        decide(&basil, json!([{"decision": "reject", "claim": one}]), "", at).await.status,
        StatusCode::OK
    );
    let stale = decide(&amal, decisions.clone(), "checked", at).await;
    assert_eq!((stale.status, changed(&stale).len()), (StatusCode::CONFLICT, 1));
    assert_eq!(decide::decided(&served.desk.options().ledger).unwrap().len(), 1);
    let again = amal.post("/api/decisions/preview", &look(ask.clone(), json!("confirm"))).await.value();
    let done = decide(&amal, again["decisions"].clone(), "checked", again["seen"].as_u64().unwrap()).await;
    assert_eq!(done.value()["entries"].as_array().unwrap().len(), decisions.as_array().unwrap().len());
    let already = amal.post("/api/decisions/preview", &look(ask.clone(), json!("confirm"))).await.value();
    assert_eq!((&already["claims"], &already["already"]), (&json!(0), &again["claims"]));
    // A correction and a rating, and what is refused.
    let correct = look(ask.clone(), json!({"values": {"status": "possible"}}));
    assert_eq!(amal.post("/api/decisions/preview", &correct).await.value()["claims"], again["claims"]);
    let rate = look(json!({"source": ["SANA"]}), json!({"letter": "C"}));
    let rating = amal.post("/api/decisions/preview", &rate).await.value();
    assert_eq!(rating["decisions"][0]["source"], "sana", "{rating:#}");
    for bad in [
        look(json!({}), json!("confirm")),
        look(json!({"place": ""}), json!("confirm")),
        look(ask.clone(), json!({"values": {"id": "x"}})),
        look(ask.clone(), json!({"letter": "B"})),
        look(json!({"report": "sana-1", "from": "soon"}), json!("confirm")),
        look(ask, json!("bless")),
    ] {
        let answer = amal.post("/api/decisions/preview", &bad).await;
        assert_eq!(answer.code(), "bad-input", "{bad}: {}", answer.text());
    }
}

#[tokio::test]
async fn two_reviewers_on_one_item_are_told() {
    let served = Served::reports();
    let (amal, basil) = (served.named("amal", Role::Reviewer), served.named("basil", Role::Reviewer));
    let mut heard = served.desk.listen();
    let item = amal.json("/api/queue").await["items"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/queue/{item}/watch");
    assert_eq!(amal.post(&path, &json!({})).await.value()["watching"], json!([]));
    assert_eq!(basil.post(&path, &json!({})).await.value()["watching"], json!(["amal"]));
    let (first, second) = (heard.recv().await.unwrap(), heard.recv().await.unwrap());
    assert_eq!((first.event, &first.data["names"]), ("watch", &json!(["amal"])));
    assert_eq!((&second.data["item"], &second.data["names"]), (&json!(item), &json!(["amal", "basil"])));
    let shown = amal.json("/api/queue").await["items"][0].clone();
    assert_eq!(shown["watching"], json!(["basil"]));
    assert_eq!(basil.post(&path, &json!({"looks": false})).await.value()["watching"], json!(["amal"]));
    let none = amal.post("/api/queue/claim-0/watch", &json!({})).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn everybody_is_told_of_a_decision_without_names() {
    let served = Served::reports();
    let amal = served.named("amal", Role::Reviewer);
    let mut heard = served.desk.listen();
    let toll = claim(&served, "sana-1", "casualties");
    decide(&amal, json!([{"decision": "confirm", "claim": toll}]), "because Abu Someone said so", 0).await;
    let told = heard.recv().await.unwrap();
    assert_eq!(
        (told.event, &told.data["by"], &told.data["claims"]),
        ("decision", &json!("amal"), &json!([toll]))
    );
    assert!(!told.data.to_string().contains("Someone"));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_writers_lose_nothing() {
    let served = Served::reports();
    let shelf = gainsay::shelf::Shelf::open(&served.desk.options().ledger).unwrap();
    let claims: Vec<String> = shelf.claims.iter().map(|claim| claim.id.clone()).collect();
    let mut tasks = Vec::new();
    for n in 0..12 {
        let visitor = served.named(&format!("coder-{}", n % 4), Role::Coder);
        // Beside the desk the command line writes too.
        let (claim, ledger) = (claims[n % claims.len()].clone(), served.desk.options().ledger.clone());
        tasks.push(tokio::spawn(async move {
            if n % 6 == 5 {
                let confirm = vec![decide::Decision::Confirm { claim }];
                let done = tokio::task::spawn_blocking(move || decide::record(&ledger, confirm, "shell", ""));
                return done.await.unwrap().unwrap();
            }
            let done =
                decide(&visitor, json!([{"decision": "confirm", "claim": claim}]), "", u64::MAX >> 1).await;
            assert_eq!(done.status, StatusCode::OK, "{}", done.text());
            done.value()["entries"].as_array().unwrap().iter().map(|entry| entry.as_u64().unwrap()).collect()
        }));
    }
    let mut entries = std::collections::BTreeSet::new();
    for task in tasks {
        entries.extend(task.await.unwrap());
    }
    assert_eq!(entries.len(), 12);
    let ledger = &served.desk.options().ledger;
    assert_eq!(decide::decided(ledger).unwrap().len(), 12);
    assert!(rebuild::verify(ledger).unwrap().faults.is_empty());
}
