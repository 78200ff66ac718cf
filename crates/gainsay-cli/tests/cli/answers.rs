//! Every command that lists or answers, on a small ledger.

use serde_json::{Value, json};

use crate::desk::{Desk, all};

/// The line whose field has this value.
fn with<'a>(lines: &'a [Value], field: &str, value: &str) -> &'a Value {
    lines
        .iter()
        .find(|line| line[field] == value)
        .unwrap_or_else(|| panic!("no {field} {value} in {lines:#?}"))
}

fn fields(line: &Value) -> Vec<&str> {
    line.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn extract_prints_claims_with_their_words() {
    let desk = Desk::empty();
    desk.write("reports.jsonl", crate::desk::REPORTS);
    let out = desk.ok(&["extract", "reports.jsonl"]);
    let lines: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let capture = with(&lines, "kind", "capture");
    assert_eq!(capture["document"], "wire-1");
    assert_eq!(capture["actor_id"], json!(["islamic-state"]));
    assert_eq!(capture["place_id"], json!(["siyasiyeh-bridge"]));
    assert_eq!(capture["time"], json!({"start": "2014-06-03", "end": "2014-06-03"}));
    // One core or two, the same bytes.
    let one = desk.command(&["extract", "reports.jsonl"]).env("RAYON_NUM_THREADS", "1").output().unwrap();
    assert_eq!(String::from_utf8(one.stdout).unwrap(), out);
}

#[test]
fn annotate_prints_layers_in_code_points() {
    let desk = Desk::empty();
    desk.write(
        "a.txt",
        "3 June 2014\n\nRebels left “Mayadin” – and 5 civilians were killed, activists said.\n",
    );
    let layers: Value = serde_json::from_str(&desk.ok(&["annotate", "a.txt"])).unwrap();
    let text: Vec<char> = std::fs::read_to_string(desk.path("a.txt")).unwrap().chars().collect();
    for layer in ["sentences", "tokens", "names", "times", "amounts", "attributions"] {
        let layer = layers[layer].as_array().unwrap();
        assert!(!layer.is_empty());
        for one in layer {
            let (start, end) =
                (one["start"].as_u64().unwrap() as usize, one["end"].as_u64().unwrap() as usize);
            assert_eq!(one["exact"], text[start..end].iter().collect::<String>());
        }
    }
    assert!(layers["tokens"].as_array().unwrap().iter().all(|token| token["upos"].is_string()));
}

#[test]
fn code_prints_a_row_a_report() {
    let desk = Desk::empty();
    desk.write("reports.jsonl", crate::desk::REPORTS);
    let rows = desk.lines(&["code", "reports.jsonl"]);
    assert_eq!(all(&rows, "id"), ["wire-1", "desk-1", "sana-1", "wire-2"]);
    assert_eq!(fields(&rows[0]), ["id", "admin1", "actor", "means", "killed"]);
    assert_eq!(rows[2]["admin1"], "SY09");
    assert_eq!(rows[2]["killed"], json!({"civilians": 30, "combatants": 0, "children": 0, "women": 0}));
}

#[test]
fn claims_carry_their_report_roots_and_event() {
    let desk = Desk::with_ledger();
    let claims = desk.lines(&["claims"]);
    let capture = with(&claims, "kind", "capture");
    assert_eq!(capture["report"], "wire-1");
    assert_eq!(capture["outlet"], "Euphrates Wire");
    assert_eq!(capture["published"], "2014-06-04");
    assert_eq!(capture["decided"], Value::Null);
    assert!(capture["reader"].as_str().unwrap().starts_with("gainsay "));
    assert!(capture["event"].as_str().unwrap().contains("siyasiyeh-bridge"));
    assert_eq!(capture["roots"].as_array().unwrap().len(), 1);
    let only = |args: &[&str]| desk.lines(&[&["claims"], args].concat()).len();
    assert!(only(&["--kind", "capture"]) == 2 && only(&["--report", "desk-1"]) >= 2);
    assert_eq!(only(&["--place", "a-Siyasiya Bridge", "--kind", "capture"]), 2);
    assert_eq!(only(&["--known-by", "2014-06-04", "--kind", "capture"]), 1);
    assert_eq!(only(&["--known-by", "2014-06-01"]), 0);
    assert!(only(&["--actor", "ISIS"]) < claims.len() && only(&["--actor", "Daesh"]) > 1);
    assert!(only(&["--source", "SANA"]) >= 1 && only(&["--from", "2014-06-10"]) < claims.len());
}

#[test]
fn two_reports_of_one_bridge_are_one_event() {
    let desk = Desk::with_ledger();
    let events = desk.lines(&["events", "--kind", "capture"]);
    assert_eq!(events.len(), 1, "{events:#?}");
    assert_eq!(
        fields(&events[0]),
        [
            "id", "kind", "places", "time", "actors", "targets", "killed", "injured", "claims", "roots",
            "grade"
        ]
    );
    assert_eq!(events[0]["places"], json!(["siyasiyeh-bridge"]));
    assert_eq!(events[0]["claims"].as_array().unwrap().len(), 2);
    let why = desk.ok(&["why", events[0]["id"].as_str().unwrap()]);
    assert!(
        why.contains("captured the Siyasiyeh bridge") && why.contains("seized the Siyasiyeh bridge"),
        "{why}"
    );
}

#[test]
fn two_tolls_are_a_dispute_and_a_tally() {
    let desk = Desk::with_ledger();
    let disputes = desk.lines(&["disputes", "--kind", "count"]);
    let [dispute] = &disputes[..] else { panic!("{disputes:#?}") };
    assert_eq!(fields(dispute), ["id", "kind", "about", "sides", "spread", "revision"]);
    assert_eq!(dispute["sides"].as_array().unwrap().len(), 2);
    let why = desk.ok(&["why", dispute["id"].as_str().unwrap()]);
    assert!(why.contains("12 civilians were killed") && why.contains("30 civilians were killed"), "{why}");
    let tally = desk.lines(&["tally", "--policy", "ucdp", "--measure", "killed", "--group", "civilians"]);
    let [tally] = &tally[..] else { panic!("{tally:#?}") };
    let wanted = ["scope", "measure", "group", "policy", "low", "best", "high", "by_source", "rule"];
    assert_eq!(fields(tally), wanted);
    assert_eq!(tally["high"], 30);
    let by_source = desk.lines(&["tally", "--policy", "by-source", "--group", "civilians"]);
    assert_eq!(by_source[0]["best"], Value::Null);
}

#[test]
fn control_is_answered_for_a_day_as_known_on_a_day() {
    let desk = Desk::with_ledger();
    let bridge = |args: &[&str]| {
        let lines = desk.lines(&[&["control", "--place", "siyasiyeh-bridge", "--at"], args].concat());
        lines[0].clone()
    };
    let line = bridge(&["2014-06-10"]);
    assert_eq!(line["holders"], json!(["islamic-state"]));
    assert_eq!(line["since"], "2014-06-03");
    assert_eq!(line["age_days"].as_i64().map(|days| days <= 7), Some(true));
    assert_eq!(bridge(&["2014-06-01"])["state"], "unknown");
    let before = bridge(&["2014-06-10", "--known-by", "2014-06-03"]);
    assert_eq!(
        (before["state"].as_str(), before["known_by"].as_str()),
        (Some("unknown"), Some("2014-06-03"))
    );
    // Several places of that name are all answered, told apart.
    let qusour = desk.lines(&["control", "--at", "2014-06-10", "--place", "al-Qusour"]);
    assert!(qusour.len() > 1, "{qusour:#?}");
    assert_eq!(with(&qusour, "place", "al-qusour")["holders"].as_array().unwrap().len(), 1);
}

#[test]
fn lists_of_those_named() {
    let desk = Desk::with_ledger();
    let sources = desk.lines(&["sources"]);
    assert_eq!(with(&sources, "id", "sana")["side"], "government");
    assert!(desk.lines(&["sources", "--place", "Mayadin"]).len() < sources.len());
    let actors = desk.lines(&["actors"]);
    assert_eq!(with(&actors, "id", "islamic-state")["kind"], "armed-group");
    let places = desk.lines(&["places"]);
    assert_eq!(with(&places, "id", "siyasiyeh-bridge")["kind"], "bridge");
    let sieges = desk.lines(&["sieges"]);
    assert_eq!(sieges[0]["besiegers"], json!(["islamic-state"]), "{sieges:#?}");
    let ties = desk.lines(&["ties", "ISIS", "Syrian army"]);
    assert!(ties.iter().all(|tie| tie["tie"] == "fight"), "{ties:#?}");
    let fled = desk.lines(&["displacement"]);
    assert_eq!((fled[0]["place"].clone(), fled[0]["low"].as_u64()), (json!(["raqqa-city"]), Some(5000)));
}

#[test]
fn why_shows_words_rules_and_chain() {
    let desk = Desk::with_ledger();
    let claims = desk.lines(&["claims", "--kind", "capture", "--report", "wire-1"]);
    let id = claims[0]["id"].as_str().unwrap();
    let text = desk.ok(&["why", id]);
    for part in [
        "«Islamic State fighters captured the Siyasiyeh bridge",
        "Euphrates Wire",
        "log entry 3",
        "actor    Islamic State",
    ] {
        assert!(text.contains(part), "no `{part}` in\n{text}");
    }
    let line = &desk.lines(&["why", id])[0]["claim"];
    assert_eq!(line["raw_sha256"].as_str().unwrap().len(), 64);
    assert!(line["values"].as_array().unwrap().iter().all(|value| value["rule"] != ""));
}

#[test]
fn a_brief_is_written_as_its_name_says() {
    let desk = Desk::with_ledger();
    let period = ["--from", "2014-06-01", "--to", "2014-06-30"];
    assert_eq!(desk.ok(&[&["brief", "-o", "b.html"][..], &period].concat()), "wrote b.html\n");
    assert_eq!(desk.ok(&[&["brief", "-q", "-o", "b.md", "--title", "Bridge"][..], &period].concat()), "");
    let read = |name: &str| std::fs::read_to_string(desk.path(name)).unwrap();
    assert!(read("b.html").starts_with("<!DOCTYPE html>"));
    assert!(read("b.md").contains("Bridge"));
}

#[test]
fn lists_come_as_table_csv_or_json_lines() {
    let desk = Desk::with_ledger();
    insta::assert_snapshot!(desk.ok(&["control", "--at", "2014-06-10", "--place", "siyasiyeh-bridge"]), @r#"
    place             state  holders        degree  since       age (days)  as part of  claims  id
    Siyasiyeh bridge  held   islamic-state  –       2014-06-03           7  –                2  siyasiyeh-bridge
    "#);
    insta::assert_snapshot!(
        desk.ok(&["control", "--at", "2014-06-01", "--place", "siyasiyeh-bridge", "--format", "csv"]), @r#"
    place,name,at,known_by,according_to,state,holders,degree,since,age_days,inherited_from,claims
    siyasiyeh-bridge,Siyasiyeh bridge,2014-06-01,,,unknown,,,,,,
    "#);
    assert_eq!(desk.ok(&["claims", "--known-by", "2001-01-01"]), "nothing\n");
    assert_eq!(desk.ok(&["claims", "--known-by", "2001-01-01", "--format", "jsonl"]), "");
}
