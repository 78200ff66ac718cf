//! Adding reports, good ones and bad.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{Method, StatusCode, header};
use gainsay_desk::Role;
use serde_json::{Value, json};
use tokio_stream::StreamExt;

use crate::visitor::{Answer, Served, Visitor};

const BOUNDARY: &str = "----the-boundary";

/// Sends files as a browser does.
async fn send(visitor: &Visitor, files: &[(&str, &[u8])]) -> Answer {
    let mut body = Vec::new();
    for (name, bytes) in files {
        body.extend(
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .bytes(),
        );
        body.extend(*bytes);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").bytes());
    send_body(visitor, Body::from(body), None).await
}

async fn send_body(visitor: &Visitor, body: Body, length: Option<u64>) -> Answer {
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let mut request = visitor.request(Method::POST, "/api/add/files").header(header::CONTENT_TYPE, kind);
    if let Some(length) = length {
        request = request.header(header::CONTENT_LENGTH, length);
    }
    visitor.send(request.body(body).unwrap()).await
}

/// The job that was begun, when it is over.
async fn over(visitor: &Visitor, begun: &Answer) -> Value {
    assert_eq!(begun.status, StatusCode::OK, "{}", begun.text());
    let id = begun.value()["job"]["id"].clone();
    for _ in 0..600 {
        let jobs = visitor.json("/api/jobs").await;
        let job = jobs["items"].as_array().unwrap().iter().find(|job| job["id"] == id).unwrap().clone();
        if job["state"] == "done" || job["state"] == "failed" {
            return job;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the job does not end");
}

fn said(list: &Value) -> Vec<(&str, &str)> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|said| (said["what"].as_str().unwrap(), said["message"].as_str().unwrap()))
        .collect()
}

#[tokio::test]
async fn files_are_read_as_they_come_and_found_at_once() {
    let served = Served::reports();
    let coder = served.visitor(Role::Coder);
    let mut live = served.desk.listen();
    let text = "Government forces shelled Qusayr on 3 June 2014, killing 20 people, activists said.";
    let page = "<html><head><title>Raid</title><meta name=date content=2014-06-05></head><body><article><p>Warplanes bombed Aleppo on 4 June 2014, killing 7 civilians, residents said.</p></article></body></html>";
    let job =
        over(&coder, &send(&coder, &[("news.txt", text.as_bytes()), ("raid.html", page.as_bytes())]).await)
            .await;
    assert_eq!(
        (&job["state"], &job["added"], &job["files"]),
        (&json!("done"), &json!(2), &json!(2)),
        "{job}"
    );
    assert_eq!(job["what"], "news.txt, raid.html");
    assert!(job["claims"].as_u64().unwrap() >= 2, "{job}");
    let (mut read, mut stages) = (Vec::new(), Vec::new());
    while stages.last().is_none_or(|stage| stage != "done") {
        let live = tokio::time::timeout(Duration::from_secs(60), live.recv()).await.unwrap().unwrap();
        match live.event {
            "read" => read.push(live.data["report"]["id"].as_str().unwrap().to_owned()),
            "job" => stages.push(live.data["state"].as_str().unwrap().to_owned()),
            _ => {}
        }
    }
    assert_eq!(read, ["news", "raid"]);
    assert_eq!(stages.first().unwrap(), "waiting");
    let found = coder.json("/api/search?q=qusayr&in=reports").await;
    assert_eq!(found["reports"]["items"][0]["id"], "news");
    // The same again changes nothing.
    let again = over(&coder, &send(&coder, &[("news.txt", text.as_bytes())]).await).await;
    assert_eq!((&again["added"], &again["unchanged"]), (&json!(0), &json!(1)), "{again}");
}

#[tokio::test]
async fn pages_of_one_name_are_kept_apart() {
    let served = Served::reports();
    let coder = served.visitor(Role::Coder);
    let texts = [
        "Shelling killed 4 people in Homs on 5 June 2014.",
        "Shelling killed 6 people in Daraa on 6 June 2014.",
    ];
    for text in texts {
        let job = over(&coder, &send(&coder, &[("index.txt", text.as_bytes())]).await).await;
        assert_eq!((&job["added"], &job["refused"]), (&json!(1), &json!([])), "{job}");
    }
    // Either of them again is one that is there.
    for text in texts {
        let job = over(&coder, &send(&coder, &[("index.txt", text.as_bytes())]).await).await;
        assert_eq!((&job["added"], &job["unchanged"]), (&json!(0), &json!(1)), "{job}");
    }
    // An id that a report gives itself is meant, and is not changed.
    let own = br#"{"id":"index","published":"2014-06-07","text":"Shelling killed 8 people in Raqqa."}"#;
    let job = over(&coder, &send(&coder, &[("mine.jsonl", own)]).await).await;
    assert_eq!((&job["added"], job["refused"].as_array().map(Vec::len)), (&json!(0), Some(1)), "{job}");
}

#[tokio::test]
async fn a_page_full_of_scripts_is_read_as_text() {
    let served = Served::reports();
    let coder = served.visitor(Role::Coder);
    let page = "<html><head><title><img src=x onerror=alert(1)></title><script>document.cookie='x'</script></head><body onload=alert(2)><article><p>Shelling killed 5 people in Raqqa on 4 June 2014, residents said.<script>fetch('http://evil.example')</script><svg/onload=alert(3)></p><p>A second paragraph says that the dead were buried, and that more people fled the city.</p></article></body></html>";
    let job = over(&coder, &send(&coder, &[("evil.html", page.as_bytes())]).await).await;
    assert_eq!((&job["state"], &job["added"]), (&json!("done"), &json!(1)), "{job}");
    let found = coder.json("/api/search?q=raqqa+killed+&in=reports").await;
    let text = found["reports"]["items"].to_string();
    assert!(
        text.contains("killed") && !text.contains("fetch(") && !text.contains("document.cookie"),
        "{text}"
    );
}

#[tokio::test]
async fn what_cannot_be_read_costs_one_clear_line_and_nothing_else() {
    let served = Served::reports();
    let coder = served.visitor(Role::Coder);
    let bomb: Vec<u8> = [&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3][..], &[0xed; 4000]].concat();
    let zip: Vec<u8> = [&b"PK\x03\x04"[..], &[0; 4000]].concat();
    let job = over(
        &coder,
        &send(&coder, &[
            ("reports.zip", &zip),
            ("bomb.gz", &bomb),
            ("reports.7z", b"7z\xbc\xaf\x27\x1c"),
            ("bomb.txt", &bomb),
            ("zip.html", &zip),
            ("photo.jpg", b"\xff\xd8\xff"),
            ("empty.txt", b""),
            ("lines.jsonl", b"{\"id\": 1\nno json\n{\"id\":\"fine\",\"published\":\"2014-06-05\",\"text\":\"Shelling killed 4 people in Homs.\"}\n"),
            ("../../../etc/cron.d/x.txt", b"Army forces shelled Daraa on 5 June 2014."),
        ])
        .await,
    )
    .await;
    assert_eq!(job["state"], "done", "{job}");
    let refused = said(&job["refused"]);
    for name in ["reports.zip", "bomb.gz", "reports.7z", "bomb.txt", "zip.html", "photo.jpg", "empty.txt"] {
        let lines: Vec<_> = refused.iter().filter(|(what, _)| *what == name).collect();
        assert_eq!(lines.len(), 1, "{name}: {refused:?}");
        assert!(!lines[0].1.contains('\n') && lines[0].1.len() > 10, "{lines:?}");
    }
    assert!(refused.iter().any(|(what, why)| *what == "reports.7z" && why.contains("are not opened")));
    assert!(
        refused.iter().all(|(what, why)| !what.contains("gainsay-add") && !why.contains("gainsay-add")),
        "{refused:?}"
    );
    assert_eq!(job["added"], 2, "{job}");
    assert_eq!(coder.json("/api/search?q=daraa&in=reports").await["reports"]["items"][0]["id"], "x");
}

#[tokio::test]
async fn what_is_too_large_is_refused_early_and_leaves_nothing() {
    let served = Served::reports();
    let coder = served.visitor(Role::Coder);
    let before = coder.json("/api/jobs").await;
    // Two gigabytes, announced: refused before a byte is read.
    let answer = send_body(
        &coder,
        Body::from_stream(tokio_stream::pending::<Result<Bytes, std::io::Error>>()),
        Some(2 << 30),
    )
    .await;
    assert_eq!((answer.status, answer.code().as_str()), (StatusCode::PAYLOAD_TOO_LARGE, "too-large"));
    // Not announced: cut off where it is too much.
    let head =
        format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.txt\"\r\n\r\n");
    let piece = Bytes::from(vec![b'a'; 1 << 20]);
    let pieces = std::iter::once(Bytes::from(head)).chain(std::iter::repeat_n(piece, 2048));
    let body = Body::from_stream(tokio_stream::iter(pieces).map(Ok::<_, std::io::Error>));
    let answer = send_body(&coder, body, None).await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
        "{}",
        answer.text()
    );
    assert_eq!(coder.json("/api/jobs").await, before);
    let torn = send_body(
        &coder,
        Body::from(format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.txt\"\r\n\r\nhalf"
        )),
        None,
    )
    .await;
    assert_eq!(
        (torn.status, torn.code().as_str()),
        (StatusCode::BAD_REQUEST, "bad-input"),
        "{}",
        torn.text()
    );
    assert_eq!(send(&coder, &[]).await.status, StatusCode::BAD_REQUEST);
    let long = coder.post("/api/add/text", &json!({ "text": "x".repeat(2 << 20) })).await;
    assert_eq!((long.status, long.code().as_str()), (StatusCode::PAYLOAD_TOO_LARGE, "too-large"));
}

#[tokio::test]
async fn a_text_is_added_with_what_is_said_of_it() {
    let served = Served::reports();
    let coder = served.visitor(Role::Coder);
    let text = json!({
        "text": "The Islamic State seized the city of Raqqa.\u{0}\u{202e} <b>Shelling</b> killed 3 children in Raqqa.",
        "title": "Raqqa \u{202e}falls", "outlet": "North Desk", "published": "2014-06-29", "url": "https://example.org/a",
    });
    let begun = coder.post("/api/add/text", &text).await;
    let job = over(&coder, &begun).await;
    assert_eq!((&job["state"], &job["added"]), (&json!("done"), &json!(1)), "{job}");
    let found = coder.json("/api/search?q=children&in=reports").await["reports"]["items"][0].clone();
    assert_eq!((&found["publisher"], &found["published"]), (&json!("North Desk"), &json!("2014-06-29")));
    let again = over(&coder, &coder.post("/api/add/text", &text).await).await;
    assert_eq!((&again["added"], &again["unchanged"]), (&json!(0), &json!(1)), "{again}");
    for (bad, says) in [
        (json!({"text": " \n"}), "no text"),
        (json!({"text": "a", "published": "yesterday"}), "no day"),
        (json!({"text": "a", "url": "javascript:alert(1)"}), "no address"),
        (json!({"text": "a", "title": "x".repeat(501)}), "longer than 500"),
        (json!({"text": "a", "outlet": "a\nb"}), "more than one line"),
    ] {
        let answer = coder.post("/api/add/text", &bad).await;
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::BAD_REQUEST, "bad-input"), "{bad}");
        assert!(answer.text().contains(says), "{}", answer.text());
    }
}

#[tokio::test]
async fn nothing_is_fetched_from_inside() {
    let served = Served::reports();
    let coder = served.visitor(Role::Coder);
    for bad in ["file:///etc/passwd", "ftp://example.org/", "http://user:pass@example.org/", ""] {
        let answer = coder.post("/api/add/address", &json!({ "url": bad })).await;
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::BAD_REQUEST, "bad-input"), "{bad}");
    }
    for inside in
        ["http://127.0.0.1:1/", "http://[::1]:1/", "http://169.254.169.254/latest/", "http://10.1.2.3/"]
    {
        let job = over(&coder, &coder.post("/api/add/address", &json!({ "url": inside })).await).await;
        assert_eq!(job["state"], "failed", "{job}");
        assert!(job["error"].as_str().unwrap().contains("private network"), "{job}");
    }
}

#[tokio::test]
async fn readers_may_not_add_and_see_no_jobs() {
    let served = Served::reports();
    let reader = served.visitor(Role::Reader);
    for answer in [
        send(&reader, &[("a.txt", b"x")]).await,
        reader.post("/api/add/text", &json!({"text": "a"})).await,
        reader.post("/api/add/address", &json!({"url": "https://example.org"})).await,
        reader.get("/api/jobs").await,
    ] {
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::FORBIDDEN, "forbidden"));
    }
    let admin = served.visitor(Role::Admin);
    assert_eq!(admin.json("/api/jobs").await["items"], json!([]));
}
