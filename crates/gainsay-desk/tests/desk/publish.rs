//! What leaves the desk: who may take it, what it holds, and that it is written down.

use axum::http::StatusCode;
use gainsay_desk::Role;
use serde_json::json;

use crate::visitor::Served;

#[tokio::test]
async fn a_reviewer_takes_brief_and_site_and_the_audit_says_so() {
    let served = Served::reports();
    let reviewer = served.visitor(Role::Reviewer);
    let wish =
        json!({ "place": ["Deir ez-Zor"], "from": "2014-06-01", "to": "2014-06-30", "coarsen_km": 10 });
    let page = reviewer.post("/api/publish/brief", &wish).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    assert_eq!(page.header("content-disposition"), "attachment; filename=\"brief.html\"");
    // Quotes are there, though the answers hold claims without their words.
    assert!(page.text().contains("12 civilians were killed in the city of Deir ez-Zor"), "{}", page.text());
    assert!(page.text().contains("squares of 10 km"));
    let text = reviewer.post("/api/publish/brief", &json!({ "form": "markdown" })).await;
    assert_eq!(text.header("content-type"), "text/markdown; charset=utf-8");
    let site = reviewer.post("/api/publish/site", &wish).await;
    assert_eq!(site.status, StatusCode::OK, "{}", site.text());
    assert!(site.bytes.starts_with(b"PK\x03\x04"));
    for name in ["site/index.html", "site/ar/index.html", "site/data.js", "site/csv/claims.csv"] {
        assert!(site.bytes.windows(name.len()).any(|some| some == name.as_bytes()), "{name}");
    }
    let again = reviewer.post("/api/publish/site", &wish).await;
    assert_eq!(again.bytes, site.bytes, "the same each time");
    let audit = served.visitor(Role::Admin).get("/api/audit").await.text();
    for line in
        ["brief: ", "site: ", "2014-06-01 to 2014-06-30, with pseudonyms, squares of 10 km", "\"export\""]
    {
        assert!(audit.contains(line), "{line}: {audit}");
    }
}

#[tokio::test]
async fn a_reviewer_takes_every_format_with_what_it_cannot_hold() {
    let served = Served::reports();
    let reviewer = served.visitor(Role::Reviewer);
    for format in gainsay::export::Format::ALL {
        let name = format.as_str();
        let taken = reviewer.post("/api/publish/export", &json!({ "form": name })).await;
        assert_eq!(taken.status, StatusCode::OK, "{name}: {}", taken.text());
        let file = format!("attachment; filename=\"gainsay-{name}.zip\"");
        assert_eq!(taken.header("content-disposition"), file);
        let losses = taken.bytes.windows(9).filter(|some| *some == b"loss.json").count();
        assert!(losses > 0, "{name} says what it cannot hold");
    }
    let refused = reviewer.post("/api/publish/export", &json!({ "form": "xlsx" })).await;
    assert!(refused.text().contains("`form` is one of geojson, csv"), "{}", refused.text());
    let audit = served.visitor(Role::Admin).get("/api/audit").await.text();
    assert!(audit.contains("ged: everywhere") && !audit.contains("xlsx"), "{audit}");
}

#[tokio::test]
async fn who_may_not_publish_gets_nothing() {
    let served = Served::reports();
    for role in [Role::Reader, Role::Coder] {
        for path in ["/api/publish/brief", "/api/publish/export", "/api/publish/site"] {
            let refused = served.visitor(role).post(path, &json!({ "names": true })).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}: {}", refused.text());
        }
    }
    assert!(!served.visitor(Role::Admin).get("/api/audit").await.text().contains("export"));
}

#[tokio::test]
async fn bad_wishes_are_told_in_one_line() {
    let served = Served::reports();
    let reviewer = served.visitor(Role::Reviewer);
    for wish in [
        json!({ "from": "soon" }),
        json!({ "from": "2015-01-01", "to": "2014-01-01" }),
        json!({ "coarsen_km": 5000 }),
        json!({ "title": "x".repeat(100_000) }),
        json!({ "form": "pdf" }),
        json!({ "place": vec!["x"; 51] }),
        json!({ "form": "html", "script": "<script>" }),
        json!({ "names": "yes" }),
    ] {
        let refused = reviewer.post("/api/publish/brief", &wish).await;
        assert!(refused.status.is_client_error(), "{wish}: {}", refused.status);
        assert!(refused.text().len() < 400);
    }
    // Marks that turn writing and scripts in a headline are text.
    let page = reviewer
        .post("/api/publish/brief", &json!({ "title": "<script>alert(1)</script> \u{202e}51" }))
        .await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    assert!(!page.text().contains("<script") && !page.text().contains('\u{202e}'));
}
