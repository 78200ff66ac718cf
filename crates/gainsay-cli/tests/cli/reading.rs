//! Claims that others read, and tables of other people's events.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::desk::{Desk, all};

/// Two claims of `wire-1`: one that gainsay reads too, but for the number, and one that is not in the report.
const CLAIMS: &str = concat!(
    r#"{"document":"wire-1","kind":"casualties","evidence":["12 civilians were killed in the city of Deir ez-Zor that day"],"#,
    r#""target":["civilians"],"place":["Deir ez-Zor"],"source":["SOHR"],"count":{"what":"killed","low":12,"high":12}}"#,
    "\n",
    r#"{"document":"wire-1","kind":"casualties","evidence":["12 civilians were killed"],"count":{"what":"killed","low":40,"high":40}}"#,
    "\n",
);

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A Python to run scripts with: the tests' own where there is one.
fn python() -> Option<PathBuf> {
    let own = std::env::var_os("GAINSAY_VENV").map(|venv| Path::new(&venv).join("bin/python"));
    let runs = |python: &PathBuf| {
        Command::new(python).arg("--version").output().is_ok_and(|ran| ran.status.success())
    };
    own.into_iter().chain([PathBuf::from("python3")]).find(runs)
}

#[test]
fn claims_are_taken_under_their_reader_s_name_and_what_does_not_follow_is_refused() {
    let desk = Desk::with_ledger();
    desk.write("claims.jsonl", CLAIMS);
    let ran = desk.run(&["add", "claims.jsonl", "--reader", "model@7b"]);
    assert_eq!(ran.code, 2);
    assert_eq!(ran.out, "0 reports added, 0 already there, 1 refused; 1 claims\n");
    assert_eq!(ran.err, "gainsay: claims.jsonl:2: its count 40 does not follow: the evidence gives 12\n");
    let read: Vec<Value> = desk.lines(&["claims", "--reader", "model"]);
    assert_eq!(all(&read, "reader"), ["model@7b"]);
    assert!(read[0]["id"].as_str().unwrap().starts_with("wire-1-"));
    assert!(desk.ok(&["verify"]).starts_with("sound: 4 reports"));
    // Again changes nothing, and the ledger made anew is the same.
    let before = std::fs::read(desk.path("gainsay.gpkg")).unwrap();
    let again = desk.run(&["add", "claims.jsonl", "--reader", "model@7b"]);
    assert_eq!(again.out, "0 reports added, 0 already there, 1 refused; 0 claims, 1 already there\n");
    assert!(before == std::fs::read(desk.path("gainsay.gpkg")).unwrap(), "the file was written to");
    // More by the same version is added to it, another version replaces it.
    let bridge = r#"{"document":"wire-1","kind":"capture","evidence":["captured the Siyasiyeh bridge"],"actor":["ISIS"]}"#;
    desk.write("more.jsonl", bridge);
    desk.ok(&["add", "more.jsonl", "--reader", "model@7b"]);
    assert_eq!(desk.lines(&["claims", "--reader", "model"]).len(), 2);
    desk.ok(&["add", "more.jsonl", "--reader", "model@8b"]);
    assert_eq!(all(&desk.lines(&["claims", "--reader", "model"]), "reader"), ["model@8b"]);
}

#[test]
fn reports_and_claims_may_stand_in_one_file_in_any_order() {
    let desk = Desk::empty();
    let claim = CLAIMS.lines().next().unwrap().replace("\"kind\"", "\"reader\":\"person:alia@1\",\"kind\"");
    desk.write("both.jsonl", format!("{claim}\n{}", crate::desk::REPORTS));
    let said = desk.ok(&["add", "--init", "both.jsonl"]);
    assert!(said.starts_with("4 reports added, 0 already there, 0 refused; "), "{said}");
    assert_eq!(desk.lines(&["claims", "--reader", "person:alia"]).len(), 1);
    // Without a ledger there is nothing to hold a claim to.
    let told = desk.refused(&["extract", "both.jsonl"]);
    assert!(told.contains("both.jsonl:1: a claim, not a report; `gainsay add` takes it"), "{told}");
}

#[test]
fn a_reader_has_to_be_named_and_bad_lines_cost_one_line_each() {
    let desk = Desk::with_ledger();
    let deep = format!("{{\"document\":\"wire-1\",\"evidence\":{}", "[".repeat(1_000_000));
    let one = CLAIMS.lines().next().unwrap();
    let other = one.replace("wire-1", "wire-9");
    desk.write("claims.jsonl", format!("{one}\n{deep}\n{{\"a\":1}}\n\u{0}\n{other}\n"));
    let told = desk.refused(&["add", "--claims", "claims.jsonl"]);
    assert!(told.lines().count() <= 5, "{told}");
    assert!(
        told.contains("claims.jsonl:1: nobody is named who read it; add --reader NAME@VERSION"),
        "{told}"
    );
    let told = desk.refused(&["add", "--claims", "claims.jsonl", "--reader", "m@1"]);
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines.len(), 4, "{told}");
    assert!(lines.iter().any(|line| line.contains("claims.jsonl:2: broken JSON")), "{told}");
    assert!(lines.iter().any(|line| line.contains("claims.jsonl:3: no field \"document\"")), "{told}");
    assert!(
        lines.iter().any(|line| line.contains("claims.jsonl:5: no report `wire-9` is in the ledger")),
        "{told}"
    );
    assert_eq!(desk.lines(&["claims", "--reader", "m@1"]).len(), 1);
    for (reader, words) in [("m", "has no version"), ("gainsay@1", "gainsay's own name")] {
        assert!(desk.refused(&["add", "claims.jsonl", "--reader", reader]).contains(words));
    }
    assert!(desk.refused(&["add", "--claims", "nowhere.jsonl", "--reader", "m@1"]).contains("nowhere.jsonl"));
    assert!(desk.refused(&["claims", "--reader", "nobody"]).contains("no claim was read by nobody"));
    // Nobody reads under gainsay's own name what gainsay has read itself.
    let line = one
        .replace("\"kind\"", "\"reader\":\"gainsay 0.1.0\",\"kind\"")
        .replace("Deir ez-Zor\"", "the city\"");
    desk.write("own.jsonl", line);
    assert!(desk.refused(&["add", "own.jsonl"]).contains("gainsay has read this report itself"));
}

#[test]
fn readers_who_differ_are_shown_side_by_side_and_no_voice_is_heard_twice() {
    let desk = Desk::with_ledger();
    let tally = |desk: &Desk| desk.lines(&["tally", "--policy", "by-source", "--measure", "killed"]);
    let before = (tally(&desk), desk.lines(&["disputes"]), desk.lines(&["events"]));
    let line = r#"{"document":"desk-1","kind":"capture","evidence":["seized the Siyasiyeh bridge on 3 June 2014, local residents said. The Syrian army holds the al-Qusour"],"actor":["Syrian army"],"place":["Siyasiyeh bridge"],"time":"2014-06-03"}"#;
    desk.write("claims.jsonl", format!("{}\n{line}", CLAIMS.lines().next().unwrap()));
    desk.ok(&["add", "claims.jsonl", "--reader", "model@1"]);
    assert_eq!((tally(&desk), desk.lines(&["disputes"]), desk.lines(&["events"])), before);
    let claims = desk.lines(&["claims"]);
    let aside: Vec<&Value> = claims.iter().filter(|claim| claim["weighed"] == json!(false)).collect();
    assert_eq!(aside.len(), 2);
    let other = aside.iter().find(|claim| claim["report"] == "desk-1").unwrap();
    let differs: Vec<&str> =
        other["differs"].as_array().unwrap().iter().map(|one| one["slot"].as_str().unwrap()).collect();
    assert!(differs.contains(&"actor"), "{other}");
    let stands = other["beside"].as_str().unwrap();
    let shown = claims.iter().find(|claim| claim["id"] == stands).unwrap();
    assert_eq!(shown["readings"][0]["reader"], "model@1");
    let why = desk.ok(&["why", stands]);
    assert!(why.contains("readers\n  model@1 differs"), "{why}");
    assert!(
        why.contains("actor    Syrian Arab Army, here Islamic State")
            || why.contains("actor    Syrian army, here Islamic State"),
        "{why}"
    );
    let why = desk.ok(&["why", other["id"].as_str().unwrap()]);
    assert!(why.contains(&format!("not weighed: {stands} stands in its place")), "{why}");
    let queue = desk.lines(&["review", "--limit", "100"]);
    let item = queue.iter().find(|item| item["what"] == "reading").unwrap();
    assert!(item["effect"].as_str().unwrap().contains("actor: "), "{item}");
    // Somebody looks at the words and decides.
    let id = other["id"].as_str().unwrap();
    desk.ok(&["set", id, "confirmed"]);
    let claims = desk.lines(&["claims"]);
    let of = |id: &str| claims.iter().find(|claim| claim["id"] == id).unwrap().clone();
    assert_eq!((&of(id)["weighed"], &of(stands)["weighed"]), (&Value::Null, &json!(false)));
    // And asked by one reader, only that reader answers.
    let own = desk.lines(&["claims", "--reader", "gainsay"]);
    assert!(
        own.iter().all(|claim| claim["reader"].as_str().unwrap().starts_with("gainsay ")
            && claim.get("weighed").is_none())
    );
}

#[test]
fn a_model_s_answer_becomes_claims_and_what_it_made_up_is_refused() {
    let Some(python) = python() else { return };
    let desk = Desk::empty();
    let examples = root().join("examples/readers");
    let answer = std::fs::File::open(examples.join("answer.json")).unwrap();
    let ran = Command::new(python)
        .arg(examples.join("claims_of_answer.py"))
        .arg(examples.join("reports.jsonl"))
        .arg("example-7b@2026-05")
        .stdin(Stdio::from(answer))
        .output()
        .unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    desk.write("claims.jsonl", &ran.stdout);
    desk.write("reports.jsonl", std::fs::read(examples.join("reports.jsonl")).unwrap());
    let ran = desk.run(&["add", "--init", "reports.jsonl", "claims.jsonl"]);
    assert_eq!(ran.code, 2);
    // The page that tells users of it shows these very lines.
    let page = std::fs::read_to_string(root().join("docs/readers.md")).unwrap();
    let shown = page.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    assert_eq!(ran.err.replace("gainsay: ", ""), shown);
    assert_eq!(desk.lines(&["claims", "--reader", "example-7b"]).len(), 6);
}

#[test]
fn the_schema_says_what_the_format_is() {
    let path = root().join("docs/claims.schema.json");
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    let words = |pointer: &str| -> Vec<String> {
        let words = schema.pointer(pointer).unwrap_or_else(|| panic!("{pointer}")).as_array().unwrap();
        words.iter().filter_map(|word| word.as_str().map(str::to_owned)).collect()
    };
    macro_rules! all_of {
        ($kind:ty) => {
            <$kind>::ALL.iter().map(|one| one.to_string()).collect::<Vec<_>>()
        };
    }
    use gainsay::model;
    assert_eq!(words("/$defs/kind/enum"), all_of!(model::Kind));
    assert_eq!(words("/$defs/status/enum"), all_of!(model::Status));
    assert_eq!(words("/$defs/count/properties/what/enum"), all_of!(model::Measure));
    assert_eq!(words("/$defs/count/properties/group/enum"), all_of!(model::Group));
    assert_eq!(words("/$defs/count/properties/scope/enum"), all_of!(model::Scope));
    assert_eq!(words("/properties/degree/enum"), all_of!(model::Degree));
    assert_eq!(words("/properties/cut/items/enum"), all_of!(model::Cut));
    assert_eq!(words("/properties/grounds/items/properties/slot/enum"), all_of!(model::Slot));
    // What gainsay prints has no field that the schema does not know.
    let desk = Desk::with_ledger();
    let printed = desk.ok(&["extract", "reports.jsonl"]);
    for line in printed.lines() {
        let claim: Value = serde_json::from_str(line).unwrap();
        for field in claim.as_object().unwrap().keys() {
            assert!(schema["properties"].get(field).is_some(), "{field}");
        }
    }
    // And it validates, where there is somebody to say so.
    let Some(python) = python() else { return };
    let has = Command::new(&python).args(["-c", "import jsonschema"]).output().unwrap();
    if !has.status.success() {
        return;
    }
    desk.write("printed.jsonl", printed + CLAIMS);
    let script = "import json, sys, jsonschema\n\
        schema = json.load(open(sys.argv[1]))\n\
        jsonschema.Draft202012Validator.check_schema(schema)\n\
        good = jsonschema.Draft202012Validator(schema)\n\
        [good.validate(json.loads(line)) for line in open(sys.argv[2])]\n\
        bad = [{'document': 'd', 'kind': 'raid', 'evidence': ['x']}, {'kind': 'clash', 'evidence': ['x']},\n\
               {'document': 'd', 'kind': 'clash', 'evidence': []}, {'document': 'd', 'kind': 'clash', 'evidence': [{'start': 1}]},\n\
               {'document': 'd', 'kind': 'clash', 'evidence': ['x'], 'count': {'what': 'killed'}}]\n\
        assert not any(good.is_valid(line) for line in bad)\n";
    let ran = Command::new(&python)
        .arg("-c")
        .arg(script)
        .arg(&path)
        .arg(desk.path("printed.jsonl"))
        .output()
        .unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}

#[test]
fn tables_of_events_are_told_by_their_columns() {
    let desk = Desk::with_ledger();
    let events = root().join("examples/events");
    let table = |name: &str| events.join(name).display().to_string();
    assert_eq!(
        desk.ok(&["add", &table("ged.csv")]),
        "3 reports added, 0 already there, 0 refused; 9 claims\n"
    );
    assert_eq!(
        desk.ok(&["add", &table("ged.csv")]),
        "0 reports added, 3 already there, 0 refused; 0 claims\n"
    );
    let why = desk.ok(&["why", "ucdp-ged-900101-02"]);
    assert!(
        why.contains("«187»")
            && why.contains("Syrian Observatory for Human Rights")
            && why.contains("ged-23.1"),
        "{why}"
    );
    desk.write("bad.csv", "event_id_cnty,event_date,sub_event_type,actor1,fatalities\nSYR1,someday,Attack,X,1\nSYR2,2016-01-01,Attack\nSYR3,2016-01-01,Attack,X,1\n");
    let ran = desk.run(&["add", "bad.csv"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, "1 reports added, 0 already there, 2 refused; 2 claims\n"));
    assert!(
        ran.err.contains("bad.csv:2: `event_date` is no day")
            && ran.err.contains("bad.csv:3: the row has 3 fields"),
        "{}",
        ran.err
    );
    assert!(
        desk.refused(&["add", "--events", "nothing.json", "bad.csv"])
            .contains("nothing.json: the map cannot be read")
    );
    assert!(desk.ok(&["verify"]).starts_with("sound"));
}
