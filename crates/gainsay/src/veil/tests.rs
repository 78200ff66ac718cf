//! What the veil hides in an answer, and what it leaves as it is.

use gainsay_lexicon::Words;
use gainsay_publish::names::People;
use serde_json::{Value, json};

use super::{PrivateNames, Veil};

const TEXT: &str = "The activist Kamal al-Bazzini said a shell fell on Ayyash. Bazzini’s sister saw it.";

/// A veil over report `r` with [`TEXT`].
fn veil() -> Veil {
    let mut people = People::default();
    people.looked_through("r");
    people.text(Words::builtin(), TEXT, "r");
    Veil::new(&PrivateNames { people }, "s")
}

fn over(value: &Value) -> Value {
    let mut value = value.clone();
    veil().json(&mut value);
    assert!(!leaks(&value.to_string()), "{value}");
    value
}

fn leaks(text: &str) -> bool {
    ["kamal", "bazzini", "كمال"].iter().any(|part| text.to_lowercase().contains(part))
}

#[test]
fn the_text_of_a_report_keeps_its_marks() {
    let (start, end) = (4, TEXT.chars().count() - 1);
    let exact = |from: usize, to: usize| TEXT.chars().skip(from).take(to - from).collect::<String>();
    let spans: Vec<(usize, usize)> =
        vec![(0, 58), (start, end), (13, 18), (19, 29), (59, 66), (59, 83), (41, 58)];
    let evidence: Vec<Value> = spans
        .iter()
        .map(|(from, to)| json!({"start": from, "end": to, "exact": exact(*from, *to)}))
        .collect();
    let answer = over(&json!({
        "report": {"id": "r", "title": "Kamal al-Bazzini speaks", "text": TEXT, "publisher": "Dispatch"},
        "claims": [{"report": "r", "evidence": evidence, "grounds": [{"slot": "place", "start": 51, "end": 57, "rule": "gazetteer"}]}],
    }));
    let text: Vec<char> = answer["report"]["text"].as_str().unwrap().chars().collect();
    let part = |span: &Value| {
        let at = |key: &str| usize::try_from(span[key].as_u64().unwrap()).unwrap();
        text[at("start")..at("end")].iter().collect::<String>()
    };
    for (span, (from, to)) in answer["claims"][0]["evidence"].as_array().unwrap().iter().zip(spans) {
        assert_eq!(part(span), span["exact"].as_str().unwrap());
        let plain = exact(from, to);
        if !leaks(&plain) {
            assert_eq!(part(span), plain);
        }
    }
    assert_eq!(part(&answer["claims"][0]["grounds"][0]), "Ayyash");
}

#[test]
fn no_hash_tells_whether_a_name_that_is_tried_is_right() {
    let hash = gainsay_ledger::text_hash(TEXT);
    let answer = over(&json!({"report": {"id": "r", "text": TEXT, "raw_sha256": hash, "text_sha256": hash}}));
    assert!(!answer.to_string().contains(&hash), "{answer}");
}

#[test]
fn every_place_a_name_may_stand_in() {
    let answer = over(&json!({
        "report": "r", "title": "Kamal al-Bazzini", "published": "2014-06-03", "kind": "shelling",
        "actor": [["Kamal al-Bazzini"]], "actor_id": [null],
        "source": [["SANA", "SANA"]], "source_id": ["sana"],
        "roots": ["kamal-al-bazzini@sana", "kamal-al-bazzini"], "event": "2014-06-03-attack-house-of-kamal-al-bazzini",
        "quotes": [{"before": "the activist Ka", "exact": "mal al-Baz", "after": "zini said"}],
        "snippet": [{"text": "said by ", "hit": false}, {"text": "Kamal", "hit": true}, {"text": " al-Bazzini", "hit": false}],
        "chain": [{"id": "kamal-al-bazzini", "name": "Kamal al-Bazzini", "side": ""}],
        "url": "https://example.org/kamal-al-bazzini", "raw_name": "kamal_al-bazzini.txt", "why": "Ka\u{200d}mal al-\u{202e}Bazzini told me",
        "names": {
            "kamal-al-bazzini": {"name": "kamal al bazzini", "type": "source", "kind": "", "side": ""},
            "ayyash": {"name": "Ayyash", "type": "place", "kind": "village", "side": ""},
        },
    }));
    assert_eq!(answer["source"][0][0], "SANA");
    assert_eq!(answer["names"]["ayyash"]["name"], "Ayyash");
    assert_eq!(answer["kind"], "shelling");
    assert_eq!(answer["url"], Value::Null);
    assert_eq!(answer["snippet"][1]["hit"], false);
    // An id stands for one thing wherever it stands, and leads back.
    let sign = answer["roots"][1].as_str().unwrap();
    assert_eq!(answer["chain"][0]["id"], sign);
    assert!(answer["names"].get(sign).is_some(), "{answer}");
    assert_eq!(veil().asked(sign), "kamal-al-bazzini");
    let pseudonym = answer["title"].as_str().unwrap();
    assert!(pseudonym.starts_with("Activist "), "{pseudonym}");
    assert_eq!(answer["names"][sign]["name"], pseudonym);
    assert_eq!(answer["why"], format!("{pseudonym} told me"));
}

#[test]
fn what_nobody_looked_through_yet_is_looked_through_at_once() {
    let answer = over(&json!({
        "job": "1",
        "report": {"id": "new", "title": "The activist Kamal al-Bazzini"},
        "claims": [{"report": "new", "source": [["Bazzini"]], "source_id": [null], "roots": ["bazzini"],
            "evidence": [{"start": 0, "end": 7, "exact": "Bazzini"}]}],
    }));
    assert!(answer["report"]["title"].as_str().unwrap().starts_with("The activist "));
    let mut other = json!({"report": "other", "title": "A doctor, Samira Khalaf, was killed.", "roots": ["samira-khalaf"]});
    veil().json(&mut other);
    assert!(!other.to_string().to_lowercase().contains("khalaf"), "{other}");
}

#[test]
fn nobody_finds_a_name_by_trying() {
    let veil = veil();
    for asked in
        ["Kamal al-Bazzini", "kamal-al-bazzini", "al-Bazzini", "bazzini sana", "\"Kamal\"", "v~aaaaaaaa"]
    {
        let heard = veil.asked(asked);
        assert!(!leaks(&heard), "{asked}: {heard}");
    }
    for asked in ["Deir ez-Zor", "sana", "2014-06-03", "bridge shelling", "القصير", ""] {
        assert_eq!(veil.asked(asked), asked);
    }
    let mut answer = json!({
        "items": [{"id": "kamal-al-bazzini", "name": "Kamal al-Bazzini", "type": "source", "matched": "ka"},
            {"id": "sana", "name": "SANA", "type": "source", "matched": "sana"}],
        "reports": {"items": [
            {"id": "r", "title": "x", "publisher": null, "snippet": [{"text": "Baz", "hit": true}, {"text": "zini fled", "hit": false}]},
            {"id": "r", "title": "x", "publisher": null, "snippet": [{"text": "Ayyash", "hit": true}]}]},
    });
    veil.found(&mut answer);
    assert_eq!(answer["items"].as_array().unwrap().len(), 1);
    assert_eq!(answer["reports"]["items"].as_array().unwrap().len(), 1, "{answer}");
}

#[test]
fn tables_are_veiled_cell_by_cell() {
    let veiled =
        veil().csv("source,name\r\nkamal-al-bazzini,\"Kamal al-Bazzini, activist\"\r\nsana,SANA\r\n");
    assert!(!leaks(&veiled), "{veiled}");
    assert!(veiled.starts_with("source,name\r\nv~") && veiled.ends_with("sana,SANA\r\n"), "{veiled}");
}

#[test]
fn a_ledger_that_names_nobody_has_nothing_to_hide() {
    let veil = Veil::new(&PrivateNames::default(), "");
    let answer =
        json!({"report": "r", "title": "Deir ez-Zor", "roots": ["sana"], "text": "Planes struck the town."});
    let mut veiled = answer.clone();
    veil.json(&mut veiled);
    assert_eq!(veiled, answer);
}
