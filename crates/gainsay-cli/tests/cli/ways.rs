//! Ways in, need, policies, and what an answer leaves out.

use serde_json::json;

use crate::desk::{Desk, all};

#[test]
fn a_quarter_is_cut_off_behind_a_bridge_in_other_hands() {
    let desk = Desk::with_ledger();
    let ways = desk.lines(&["access", "al-Qusour", "--at", "2014-06-10"]);
    let bridge = ways.iter().find(|way| way["way"] == "siyasiyeh-bridge").unwrap();
    assert_eq!((&bridge["place"], &bridge["state"]), (&json!("al-qusour"), &json!("other-hands")));
    let hand = &bridge["hands"][0];
    assert_eq!((&hand["place"], &hand["holders"]), (&json!("siyasiyeh-bridge"), &json!(["islamic-state"])));
    assert_eq!(hand["claims"].as_array().unwrap().len(), 2);
    assert!(all(&ways, "way").contains(&"palmyra-road"));
    let before = desk.lines(&["access", "al-Qusour", "--at", "2014-06-10", "--known-by", "2014-06-01"]);
    assert!(all(&before, "state").iter().all(|state| *state == "unknown"), "{before:#?}");
    assert!(
        desk.ok(&["access", "al-Qusour", "--at", "2014-06-10"]).contains("siyasiyeh-bridge: islamic-state")
    );
}

#[test]
fn ways_can_be_drawn_and_a_wrong_drawing_is_refused() {
    let desk = Desk::with_ledger();
    let drawn = |way: &str| format!(r#"{{"type": "FeatureCollection", "features": [{way}]}}"#);
    let road = r#"{"type": "Feature", "geometry": null, "properties":
        {"id": "my-road", "kind": "road", "between": ["mayadin", "al-qusour"]}}"#;
    desk.write("mine.geojson", drawn(road));
    let ask = ["access", "mayadin", "--at", "2014-06-21", "--network", "mine.geojson"];
    assert_eq!(all(&desk.lines(&ask), "way"), ["my-road"]);
    desk.write("mine.geojson", drawn(&road.replace("al-qusour", "atlantis")));
    assert!(desk.refused(&ask).contains("mine.geojson: feature 1: `my-road`: the gazetteer has no place"));
    desk.write("mine.geojson", "{}");
    assert!(desk.refused(&ask).contains("no GeoJSON feature collection"));
}

#[test]
fn policies_choose_otherwise_and_say_so() {
    let desk = Desk::with_ledger();
    let of = |policy: &str| {
        let lines = desk.lines(&["tally", "--policy", policy, "--measure", "killed", "--group", "civilians"]);
        (
            lines[0]["low"].clone(),
            lines[0]["best"].clone(),
            lines[0]["high"].clone(),
            lines[0]["policy"].clone(),
        )
    };
    assert_eq!(of("acled"), (json!(12), json!(12), json!(12), json!("acled/1")));
    assert_eq!(of("airwars"), (json!(12), json!(null), json!(30), json!("airwars/1")));
    let bridge = ["control", "--place", "siyasiyeh-bridge", "--at", "2014-06-04", "--policy", "acled"];
    assert_eq!(desk.lines(&bridge)[0]["holders"], json!(["islamic-state"]));
    assert!(desk.refused(&["tally", "--policy", "mine"]).contains("possible values"));
    assert_eq!(desk.ok(&["needs", "--format", "jsonl"]), "");
}

#[test]
fn what_a_tally_leaves_out_is_said_to_people_and_not_to_programs() {
    let desk = Desk::empty();
    desk.write(
        "reports.jsonl",
        concat!(
            r#"{"id":"a","published":"2014-06-04","publisher":"Euphrates Wire","title":"Toll","text":"#,
            r#""12 civilians were killed in the city of Deir ez-Zor on Tuesday. 30 civilians may have been killed in the town of Mayadin on Tuesday."}"#,
        ),
    );
    desk.ok(&["add", "--init", "reports.jsonl"]);
    let ran = desk.run(&["tally"]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("left out: 1 denied, possible or intended: a-"), "{}", ran.err);
    assert_eq!(desk.run(&["tally", "--quiet"]).err, "");
    assert_eq!(desk.lines(&["tally"]).len(), 1);
}
