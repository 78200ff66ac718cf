//! No route of the description, whatever it is asked or sent, gives a reader or a stranger any part of a private name:
//! the walk is made from the description, and a parameter that it has no probe for fails here.

use std::collections::BTreeSet;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, StatusCode};
use gainsay_desk::Role;
use serde_json::{Value, json};
use tokio_stream::StreamExt;
use tower::ServiceExt;

use crate::rights::described;
use crate::visitor::{Answer, Served, Visitor};

/// Reports whose people are marked by hand; see `suite/people`.
const PEOPLE: &str = include_str!("../../../../suite/people/people.md");

/// What a parameter is asked with: words that are there, names of private persons, and nonsense.
const PROBES: &[(&str, &[&str])] = &[
    ("about", &["deir-ez-zor-city", "samira-zarqouni"]),
    ("according_to", &["euphrates-wire", "samira-zarqouni"]),
    ("claim", &["r00-01", "samira-zarqouni"]),
    ("in", &["text", "zarqouni"]),
    ("revision", &["true"]),
    ("type", &["actor", "zarqouni"]),
    ("actor", &["islamic-state", "samira-zarqouni"]),
    ("after", &["0", "1", "zarqouni"]),
    ("at", &["2014-06-10", "zarqouni"]),
    ("by", &["tester", "Samira Zarqouni"]),
    ("event", &["samira-zarqouni"]),
    ("format", &["csv", "zarqouni"]),
    ("from", &["2014-01-01", "zarqouni"]),
    ("group", &["civilians", "zarqouni"]),
    ("kind", &["casualties", "shelling", "zarqouni"]),
    ("known_by", &["2014-12-31"]),
    ("language", &["en", "ar"]),
    ("limit", &["3", "zarqouni"]),
    ("measure", &["killed", "zarqouni"]),
    ("outlet", &["euphrates-wire", "zarqouni"]),
    ("part", &["zarqouni"]),
    ("place", &["hawiqa", "deir-ez-zor-governorate", "samira-zarqouni"]),
    ("policy", &["by-source", "zarqouni"]),
    (
        "q",
        &["hawiqa", "zarqouni", "Samira", "\"Samira Zarqouni\"", "zar", "wisam_bazzini", "0944", "الزرقوني"],
    ),
    ("report", &["r00", "zarqouni"]),
    ("source", &["sana", "wisam-al-bazzini", "zarqouni"]),
    ("to", &["2014-12-31", "zarqouni"]),
    ("what", &["reports", "claims", "export", "zarqouni"]),
    ("where", &["hawiqa"]),
    ("days", &["30"]),
    ("bbox", &["38,34,42,37"]),
    ("sort", &["day", "zarqouni"]),
    ("typed", &["source", "zarqouni"]),
    ("state", &["open"]),
    ("status", &["asserted"]),
    ("side", &["opposition"]),
    ("name", &["zarqouni"]),
];

/// The reports as JSON lines, and the words that must not be seen.
fn reports() -> (String, BTreeSet<String>) {
    let (mut lines, mut names, mut stay) = (String::new(), BTreeSet::new(), BTreeSet::new());
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
        words.filter(|word| word.chars().count() >= 5 && word != "example").collect()
    };
    for (at, part) in PEOPLE.split("\n## ").skip(1).enumerate() {
        let inside = |open: &str, close: &str| -> Vec<String> {
            let inside = part.split(open).skip(1).filter_map(|rest| rest.split(close).next());
            inside.flat_map(&words).collect()
        };
        names.extend(inside("[[", "]]").into_iter().chain(inside("<<", ">>")));
        stay.extend(inside("{{", "}}"));
        let plain = ["[[", "]]", "<<", ">>", "{{", "}}"]
            .iter()
            .fold(part.to_owned(), |text, sign| text.replace(sign, ""));
        let (title, rest) = plain.split_once('\n').unwrap();
        let remark = |name: &str| {
            rest.lines()
                .find_map(|line| line.strip_prefix(&format!("({name} ")))
                .map(|line| line.trim_end_matches(')'))
        };
        let body: Vec<&str> = rest.lines().filter(|line| !line.starts_with('(')).collect();
        let url = format!("https://example.org/{at}/samira-zarqouni");
        let report = json!({"id": format!("r{at:02}-samira-zarqouni"), "published": remark("published"), "publisher": remark("outlet"),
            "title": title, "text": body.join("\n").trim(), "author": "Samira Zarqouni", "url": url});
        lines.push_str(&format!("{report}\n"));
    }
    let names = names.into_iter().filter(|name: &String| !stay.contains(name)).collect();
    (lines, names)
}

/// A name that stands in a text as a whole word.
fn leak<'n>(text: &str, names: &'n BTreeSet<String>) -> Option<&'n str> {
    let text = text.to_lowercase();
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let whole = |name: &str| {
        text.match_indices(name).any(|(at, _)| {
            !letter(text[..at].chars().next_back()) && !letter(text[at + name.len()..].chars().next())
        })
    };
    names.iter().map(String::as_str).find(|name| whole(name))
}

fn check(what: &str, answer: &Answer, names: &BTreeSet<String>, wrong: &mut Vec<String>) {
    let head: Vec<String> = answer.headers.iter().map(|(key, value)| format!("{key}: {value:?}")).collect();
    for text in [answer.text(), head.join("\n")] {
        if let Some(name) = leak(&text, names) {
            let at = text.to_lowercase().find(name).unwrap_or_default();
            let around: String = text.chars().skip(at.saturating_sub(80)).take(160).collect();
            wrong.push(format!("{what}: `{name}`: …{around}…"));
        }
    }
}

/// Something that a route's description says may be sent.
fn sample(schema: &Value, api: &Value, depth: usize) -> Value {
    if let Some(reference) = schema["$ref"].as_str() {
        let pointer = reference.trim_start_matches('#');
        return api.pointer(pointer).map_or(Value::Null, |schema| sample(schema, api, depth + 1));
    }
    if let Some(one) = ["oneOf", "anyOf", "allOf"].iter().find_map(|key| schema[*key].as_array()?.last()) {
        return sample(one, api, depth + 1);
    }
    if let Some(first) = schema["enum"].as_array().and_then(|values| values.first()) {
        return first.clone();
    }
    let kind = schema["type"].as_str().or_else(|| schema["type"].as_array()?.iter().find_map(Value::as_str));
    match kind.unwrap_or("object") {
        _ if depth > 6 => Value::Null,
        "string" => "Samira Zarqouni".into(),
        "integer" | "number" => 1.into(),
        "boolean" => false.into(),
        "array" => json!([sample(&schema["items"], api, depth + 1)]),
        _ => {
            let fields = schema["properties"].as_object().cloned().unwrap_or_default();
            fields
                .iter()
                .map(|(key, schema)| (key.clone(), sample(schema, api, depth + 1)))
                .collect::<serde_json::Map<_, _>>()
                .into()
        }
    }
}

/// Ids that an answer gives, signs first.
fn ids(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            into.extend(object.get("id").and_then(Value::as_str).map(str::to_owned));
            object.values().for_each(|value| ids(value, into));
        }
        Value::Array(items) => items.iter().for_each(|item| ids(item, into)),
        _ => {}
    }
}

fn unescaped(address: &str) -> String {
    let mut parts = address.split('%');
    let mut out = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        out.extend(u8::from_str_radix(&part[..2], 16));
        out.extend(part[2..].bytes());
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn escaped(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[tokio::test]
async fn no_route_however_asked_gives_a_name_away() {
    let (reports, names) = reports();
    let served = Served::of(&reports);
    let (reader, stranger, reviewer) =
        (served.visitor(Role::Reader), served.stranger(), served.visitor(Role::Reviewer));
    // The ledger does name them, and decisions do.
    let claims = reviewer.json("/api/claims?limit=50").await;
    assert!(leak(&claims.to_string(), &names).is_some());
    let decision = json!({ "decision": "confirm", "claim": claims["items"][0]["id"] });
    let body = json!({ "decisions": [decision], "why": "Samira Zarqouni told me", "seen": 1_000_000 });
    assert_eq!(reviewer.post("/api/decisions", &body).await.status, StatusCode::OK);

    let api = reader.json("/api/openapi.json").await;
    let (mut wrong, mut asked, mut good) = (Vec::new(), 0, 0);
    for (method, route, told) in described(&served).await {
        // Events never end, and are listened to below; the base of the map is the same for every ledger.
        if matches!(route.as_str(), "/api/live" | "/api/signout" | "/api/map/base") {
            continue;
        }
        let mut paths = vec![route.clone()];
        if let (Some(open), Some(close)) = (route.find('{'), route.find('}')) {
            let list = route[..open].trim_end_matches('/');
            let mut known = BTreeSet::from(
                ["samira-zarqouni", "r00-samira-zarqouni", "zarqouni", "1"].map(str::to_owned),
            );
            if method == "GET" {
                let page = reader.get(&format!("{list}?limit=40")).await;
                let mut found = BTreeSet::new();
                serde_json::from_slice(&page.bytes).iter().for_each(|value| ids(value, &mut found));
                // Signs stand for private names: each is followed.
                let signs = found.iter().filter(|id| id.starts_with("v~")).take(8).cloned();
                known.extend(signs.collect::<Vec<_>>().into_iter().chain(found.iter().take(6).cloned()));
            }
            paths = known
                .iter()
                .map(|id| format!("{}{}{}", &route[..open], escaped(id), &route[close + 1..]))
                .collect();
        }
        for path in paths {
            let mut tries = vec![path.clone()];
            for parameter in
                told["parameters"].as_array().into_iter().flatten().filter(|one| one["in"] == "query")
            {
                let name = parameter["name"].as_str().unwrap_or_default();
                let probes = PROBES.iter().find(|(of, _)| *of == name).map(|(_, probes)| *probes);
                let Some(probes) = probes else {
                    wrong.push(format!("{method} {route}: the parameter `{name}` has no probe"));
                    continue;
                };
                tries.extend(probes.iter().map(|probe| format!("{path}?{name}={}", escaped(probe))));
            }
            for address in tries {
                let sent = (method != "GET").then(|| {
                    let content = told.pointer("/requestBody/content/application~1json/schema");
                    content.map_or(json!({}), |schema| sample(schema, &api, 0))
                });
                for visitor in [&reader, &stranger] {
                    let answer = ask(visitor, &method, &address, sent.as_ref()).await;
                    asked += 1;
                    good += usize::from(answer.status == StatusCode::OK);
                    // What was typed may be said again.
                    let typed = unescaped(&address).to_lowercase();
                    let others =
                        names.iter().filter(|name| !typed.contains(name.as_str())).cloned().collect();
                    check(&format!("{method} {address} ({})", answer.status), &answer, &others, &mut wrong);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} leaks:\n{}", wrong.len(), wrong.join("\n"));
    assert!(asked > 200 && good > 60, "{asked} asked, {good} answered");
}

async fn ask(visitor: &Visitor, method: &str, address: &str, sent: Option<&Value>) -> Answer {
    match sent {
        None => visitor.get(address).await,
        Some(body) if method == "POST" => visitor.post(address, body).await,
        Some(_) => {
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            visitor.send(visitor.request(method, address).body(Body::empty()).unwrap()).await
        }
    }
}

#[tokio::test]
async fn live_events_are_veiled_too() {
    let (reports, names) = reports();
    let served = Served::of(&reports);
    let reader = served.visitor(Role::Reader);
    let request = reader.request(Method::GET, "/api/live").body(Body::empty()).unwrap();
    let answer = served.router.clone().oneshot(request).await.unwrap();
    let mut events = answer.into_body().into_data_stream();
    // Whoever listens is told how the answers stand, and then what happens.
    events.next().await.unwrap().unwrap();
    // Readers hear that something was decided, and nothing of files and jobs.
    let job = json!({ "file": "samira_zarqouni.txt", "title": "Shells fall, says Wisam al-Bazzini" });
    served.desk.tell("job", job);
    let why = "Samira Zarqouni told me";
    served
        .desk
        .tell("decision", json!({ "by": "Samira Zarqouni", "why": why, "claim": "r00-samira-zarqouni-01" }));
    let mut heard = String::new();
    while let Ok(Some(Ok(bytes))) = tokio::time::timeout(Duration::from_secs(20), events.next()).await {
        heard.push_str(&String::from_utf8_lossy(&bytes));
        if heard.contains("event: decision") {
            break;
        }
    }
    assert!(heard.contains("event: decision") && !heard.contains("event: job"), "{heard}");
    assert_eq!(leak(&heard, &names), None, "{heard}");
}

#[tokio::test]
async fn what_is_published_holds_no_name_in_any_form() {
    let (reports, names) = reports();
    let served = Served::of(&reports);
    let reviewer = served.visitor(Role::Reviewer);
    let mut wishes = vec![
        ("/api/publish/brief".to_owned(), json!({ "form": "html" })),
        ("/api/publish/brief".to_owned(), json!({ "form": "markdown" })),
        ("/api/publish/site".to_owned(), json!({})),
    ];
    for format in gainsay::export::Format::ALL {
        wishes.push(("/api/publish/export".to_owned(), json!({ "form": format.as_str() })));
    }
    let mut wrong = Vec::new();
    for (route, wish) in wishes {
        let answer = reviewer.post(&route, &wish).await;
        assert_eq!(answer.status, StatusCode::OK, "{route} {wish}: {}", answer.text());
        let what = format!("{route} {wish}");
        check(&what, &answer, &names, &mut wrong);
        for (file, text) in unpacked(&answer.bytes) {
            for part in [&file, &text] {
                if let Some(name) = leak(part, &names) {
                    wrong.push(format!("{what}: {file} shows `{name}`"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // The audit says what was taken and names nobody.
    let audit = served.visitor(Role::Admin).get("/api/audit").await.text();
    assert_eq!(leak(&audit, &names), None, "{audit}");
}

/// The files of an archive, each with its name.
fn unpacked(bytes: &[u8]) -> Vec<(String, String)> {
    let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else { return Vec::new() };
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).unwrap();
            let mut text = Vec::new();
            std::io::Read::read_to_end(&mut file, &mut text).unwrap();
            (file.name().unwrap().into_owned(), String::from_utf8_lossy(&text).into_owned())
        })
        .collect()
}
