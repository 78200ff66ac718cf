//! Private persons never reach a reader, by whatever route.

use std::collections::BTreeSet;

use gainsay_desk::Role;
use serde_json::{Value, json};

use crate::visitor::{Served, Visitor};

/// Reports that name an activist, a witness, a victim and a fighter, by full names and by halves.
fn reports() -> String {
    let reports = [
        (
            "01-market",
            "Euphrates Wire",
            "Shells fall on Hawiqa, says Wisam al-Bazzini",
            "Army artillery shelled the Hawiqa district on Tuesday, killing at least 14 people, said Wisam al-Bazzini, an \
             activist of the local council.\n\n\
             Al-Bazzini said that the shells came from the hill. A witness, Marwan Zarqouni, counted nine bodies. \
             Zarqouni’s sister Samira Zarqouni, a teacher, was among the dead.\n\n\
             The activist Wisam al-Bazzini told SANA that rebels had fled.",
        ),
        (
            "02-wisam-al-bazzini-speaks",
            "Levant Dispatch",
            "A house taken",
            "Fighters of the Islamic State captured the house of Wisam al-Bazzini in Muhasan on Thursday, residents said. \
             Captain Qutaiba Dahroumi, a fighter, was killed. Dahroumi had defected in 2012.\n\n\
             The army shelled Hawiqa again, killing 20, Marwan Zarqouni said.",
        ),
        (
            "03-plain",
            "Euphrates Wire",
            "Eight killed",
            "Government forces shelled Hawiqa on Tuesday, killing at least 8 people; the figure is that of the Syrian \
             Observatory for Human Rights. President Bashar al-Assad spoke in Damascus.",
        ),
    ];
    let line = |(id, publisher, title, text): (&str, &str, &str, &str)| {
        let url = format!("https://example.org/{id}");
        json!({"id": id, "published": "2014-06-04", "publisher": publisher, "title": title, "url": url, "text": text}).to_string()
    };
    reports.map(line).join("\n")
}

/// Parts of the names that must not be seen.
const PARTS: &[&str] = &["wisam", "bazzini", "marwan", "zarqouni", "samira", "qutaiba", "dahroumi"];

fn leak(text: &str) -> Option<&'static str> {
    let text = text.to_lowercase();
    PARTS.iter().copied().find(|part| text.contains(part))
}

/// The routes that the description names, GET alone.
async fn routes(admin: &Visitor) -> Vec<String> {
    let described = admin.json("/api/openapi.json").await;
    let paths = described["paths"].as_object().unwrap();
    paths.iter().filter(|(_, of)| of.get("get").is_some()).map(|(path, _)| path.clone()).collect()
}

/// All strings that could be an id.
fn ids(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if is_id(text) => {
            into.insert(text.clone());
        }
        Value::Array(items) => items.iter().for_each(|item| ids(item, into)),
        Value::Object(object) => object.iter().for_each(|(key, value)| {
            if is_id(key) {
                into.insert(key.clone());
            }
            ids(value, into);
        }),
        _ => {}
    }
}

/// Signs, and words joined by hyphens that are no day: whatever may name somebody.
fn is_id(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'~' | b'@');
    let joined = text.contains('-') && text.parse::<gainsay::model::Date>().is_err();
    text.len() < 200 && text.bytes().all(plain) && (joined || text.starts_with("v~"))
}

#[tokio::test]
async fn no_route_gives_a_reader_any_part_of_a_name() {
    let served = Served::of(&reports());
    let reader = served.visitor(Role::Reader);
    let routes = routes(&served.visitor(Role::Admin)).await;
    assert!(routes.len() >= 6, "{routes:?}");
    // Each list, plainly and as its filters take it, then each page of whatever the lists name.
    let asked = [
        "",
        "?at=2014-06-10&from=2014-01-01&to=2014-12-31",
        "?q=hawiqa",
        "?q=bazzini",
        "?place=hawiqa",
        "?format=csv",
    ];
    let (mut known, mut seen): (BTreeSet<String>, usize) = (BTreeSet::new(), 0);
    for route in routes.iter().filter(|route| !route.contains('{') && *route != "/api/live") {
        for query in asked {
            let whole = reader.get(&format!("{route}{query}")).await.text();
            assert_eq!(leak(&whole), None, "{route}{query}: {whole}");
            seen += 1;
            if let Ok(value) = serde_json::from_str(&whole) {
                ids(&value, &mut known);
            }
        }
    }
    // Every sign is followed, and a few of the rest.
    let (signs, rest): (BTreeSet<String>, BTreeSet<String>) =
        known.into_iter().partition(|id| id.starts_with("v~"));
    let mut known: BTreeSet<String> = signs.into_iter().chain(rest.into_iter().step_by(4).take(15)).collect();
    // Ids in the clear lead a reader nowhere.
    known.extend(
        [
            "wisam-al-bazzini",
            "marwan-zarqouni",
            "wisam-al-bazzini@euphrates-wire",
            "02-wisam-al-bazzini-speaks",
        ]
        .map(String::from),
    );
    for route in routes.iter().filter(|route| route.contains('{')) {
        for id in &known {
            let open = route.find('{').unwrap();
            let close = route.find('}').unwrap();
            let id: String = id.bytes().map(|byte| format!("%{byte:02X}")).collect();
            let address = format!("{}{id}{}", &route[..open], &route[close + 1..]);
            let whole = reader.get(&address).await.text();
            assert_eq!(leak(&whole), None, "{address}: {whole}");
            seen += 1;
        }
    }
    assert!(seen > 30, "{seen}");
}

#[tokio::test]
async fn who_may_know_names_gets_them_and_a_reader_the_same_figures() {
    let served = Served::of(&reports());
    let reader = served.visitor(Role::Reader);
    let address = "/api/charts/tolls?place=hawiqa&measure=killed&policy=by-source";
    let open = served.visitor(Role::Reviewer).get(address).await.text();
    let veiled = reader.get(address).await.text();
    assert!(leak(&open).is_some(), "the ledger does name them: {open}");
    assert_eq!(leak(&veiled), None);
    let figures = |text: &str| {
        let value: Value = serde_json::from_str(text).unwrap();
        let tallies = value["tallies"].as_array().unwrap().clone();
        tallies
            .iter()
            .map(|tally| {
                (tally["low"].clone(), tally["high"].clone(), tally["by_source"].as_array().map(Vec::len))
            })
            .collect::<Vec<_>>()
    };
    assert!(!figures(&open).is_empty());
    assert_eq!(figures(&open), figures(&veiled));
}

#[tokio::test]
async fn the_same_person_has_one_sign_that_leads_to_their_page() {
    let served = Served::of(&reports());
    let reader = served.visitor(Role::Reader);
    let value = reader.json("/api/charts/sources").await;
    let veiled = value.to_string();
    let signs: Vec<String> =
        value["names"].as_object().unwrap().keys().filter(|id| id.starts_with("v~")).cloned().collect();
    assert!(!signs.is_empty(), "{veiled}");
    for sign in signs {
        let own = reader.get(&format!("/api/charts/sources?source={sign}")).await.text();
        assert!(own.contains(&sign), "{sign}: {own}");
        assert_eq!(leak(&own), None);
    }
}
