//! `eval` against the scorers that come with the labelled data, where these are there.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Map, Value, json};

use crate::desk::Desk;

/// Where the labelled data lies beside the project.
fn shared() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let python = Command::new("python3").arg("--version").output().is_ok();
    if folder.join("claims/score.py").exists() && python {
        return Some(folder);
    }
    eprintln!("not run: needs the labelled data and its scorers beside the project, and python3");
    None
}

/// Small numbers that look random and are the same on every machine (Marsaglia 2003, xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }

    fn one<'a>(&mut self, of: &'a [Value]) -> &'a Value {
        &of[self.roll(of.len() as u64) as usize]
    }
}

fn read(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn lines(values: &[Value]) -> String {
    values.iter().map(|value| format!("{value}\n")).collect()
}

/// A prediction that is right here and wrong there.
fn perturbed(gold: &Value, dice: &mut Dice) -> Value {
    let list = |field: &str| gold[field].as_array().cloned().unwrap_or_default();
    let mut pred = Map::new();
    pred.insert("document".into(), gold["document"].clone());
    let kind = if dice.roll(7) > 0 { dice.one(&list("kind")).clone() } else { json!("attack") };
    pred.insert("kind".into(), kind);
    let evidence: Vec<Value> = list("evidence")
        .iter()
        .map(|span| {
            let start = (span["start"].as_u64().unwrap() + dice.roll(40)).saturating_sub(20);
            json!({ "start": start, "end": (span["end"].as_u64().unwrap() + dice.roll(60)).max(start + 30) - 30 })
        })
        .collect();
    pred.insert("evidence".into(), evidence.into());
    if dice.roll(5) > 0 {
        pred.insert("status".into(), dice.one(&list("status")).clone());
    }
    for field in ["actor", "target", "place", "source"] {
        let mut fillers: Vec<Value> = Vec::new();
        for filler in list(field) {
            let names = filler.as_array().cloned().unwrap_or_default();
            match dice.roll(8) {
                0 => {}
                1 => fillers.push(json!("somebody else")),
                2 => fillers.push(json!([dice.one(&names), dice.one(&names), ""])),
                3 => fillers
                    .push(json!(format!("the {}'s", dice.one(&names).as_str().unwrap().to_uppercase()))),
                _ => fillers.push(dice.one(&names).clone()),
            }
        }
        if dice.roll(9) == 0 {
            fillers.push(json!("القصير"));
        }
        pred.insert(field.into(), fillers.into());
    }
    for field in ["time", "count"] {
        match (gold.get(field), dice.roll(6)) {
            (_, 0) => {}
            (Some(value), 1) if field == "time" => {
                pred.insert(field.into(), json!({ "start": value["start"], "end": null }));
            }
            (Some(value), _) => {
                let mut value = value.clone();
                if let Some(what) = value.get("what").and_then(Value::as_array).cloned() {
                    value["what"] = dice.one(&what).clone();
                    value["low"] = value["low"].as_u64().map(|low| low + u64::from(dice.roll(6) == 0)).into();
                }
                pred.insert(field.into(), value);
            }
            (None, 1) => {
                pred.insert(field.into(), json!({ "what": "killed", "low": 3, "start": "2014-06-03" }));
            }
            _ => {}
        }
    }
    Value::Object(pred)
}

fn python(script: &Path, args: &[&Path], more: &[&str]) -> String {
    let out = Command::new("python3").arg(script).args(args).args(more).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

#[test]
fn claims_score_to_the_digit_as_the_scorer_does() {
    let Some(shared) = shared() else { return };
    let desk = Desk::empty();
    let pred_file = desk.path("pred.jsonl");
    for gold_name in ["claims/seeds.gold.jsonl", "claims/dev.gold.jsonl"] {
        let gold_file = shared.join(gold_name);
        let gold = read(&gold_file);
        for seed in 1..=10 {
            let mut dice = Dice(0x9E37_79B9_7F4A_7C15 ^ seed);
            let mut pred: Vec<Value> = Vec::new();
            for claim in &gold {
                for _ in 0..[0, 1, 1, 1, 2][dice.roll(5) as usize] {
                    pred.push(perturbed(claim, &mut dice));
                }
            }
            desk.write("pred.jsonl", lines(&pred));
            let files = [gold_file.as_path(), pred_file.as_path()];
            let ours = |more: &[&str]| {
                let args = ["eval", "claims", files[0].to_str().unwrap(), files[1].to_str().unwrap()];
                desk.ok(&[&args[..], more].concat())
            };
            let script = shared.join("claims/score.py");
            assert_eq!(ours(&["--json"]), python(&script, &files, &["--json"]), "{gold_name}, seed {seed}");
            assert_eq!(ours(&[]), python(&script, &files, &[]), "{gold_name}, seed {seed}");
        }
    }
}

#[test]
fn codes_score_to_the_digit_as_the_scorer_does() {
    let Some(shared) = shared() else { return };
    let desk = Desk::empty();
    let gold_file = shared.join("bench/fakes/dev.codes.jsonl");
    let gold = read(&gold_file);
    let words = |text: &str| text.split(' ').map(|word| json!(word)).collect::<Vec<Value>>();
    let provinces = words("SY01 SY02 SY03 SY04 SY05 SY06 SY07 SY08 SY09 SY10 SY11 SY12 SY13 SY14");
    let actors = words(
        "syrian-government russia us-led-coalition islamic-state ypg al-nusra-front syrian-opposition x",
    );
    let means = words("airstrike mortar ied explosion chemical execution gunfire x");
    for seed in 1..=20 {
        let mut dice = Dice(0x9E37_79B9_7F4A_7C15 ^ seed);
        let mut rows = Vec::new();
        for row in gold.iter().filter(|_| dice.roll(20) > 0).collect::<Vec<_>>() {
            let mut killed =
                |field: &str| if dice.roll(3) > 0 { row[field].clone() } else { json!(dice.roll(3)) };
            let killed = json!({
                "civilians": killed("civilians"), "combatants": killed("noncivilians"),
                "children": killed("children"), "women": killed("women"),
            });
            rows.push(json!({
                "id": row["id"], "admin1": dice.one(&provinces), "actor": dice.one(&actors),
                "means": dice.one(&means), "killed": killed,
            }));
        }
        desk.write("pred.jsonl", lines(&rows));
        let pred_file = desk.path("pred.jsonl");
        let ours = desk.ok(&["eval", "codes", gold_file.to_str().unwrap(), pred_file.to_str().unwrap()]);
        let theirs = python(&shared.join("bench/fakes/score.py"), &[&gold_file, &pred_file], &[]);
        assert_eq!(ours, theirs, "seed {seed}");
    }
}

#[test]
fn below_the_floor_is_found_wrong() {
    let desk = Desk::empty();
    let head = r#""document":"d","evidence":[{"start":0,"end":40}]"#;
    desk.write(
        "gold.jsonl",
        format!("{{{head},\"kind\":[\"capture\"],\"status\":[\"asserted\"],\"actor\":[[\"rebels\"]]}}\n"),
    );
    desk.write(
        "pred.jsonl",
        format!("{{{head},\"kind\":\"capture\",\"actor\":[\"Rebels\"],\"place\":[\"x\"]}}\n"),
    );
    desk.write("docs.jsonl", "{\"id\":\"d\",\"published\":\"2014-06-04\",\"text\":\"Rebels captured the town of Mayadin, activists said.\"}\n");
    let table = desk.ok(&["eval", "claims", "gold.jsonl", "pred.jsonl", "--floor", "0.5"]);
    assert!(table.ends_with("slots (main)   P 0.667  R 1.000  F1 0.800   tp 2 fn 0 fp 1\n"), "{table}");
    assert_eq!(desk.run(&["eval", "claims", "gold.jsonl", "pred.jsonl", "--floor", "0.9"]).code, 1);
    assert!(desk.ok(&["eval", "claims", "gold.jsonl", "--documents", "docs.jsonl"]).contains("detection"));
    let err = desk.refused(&["eval", "claims", "gold.jsonl", "docs.jsonl"]);
    assert_eq!(err, "gainsay: docs.jsonl:1: has no `document`\n");
}
