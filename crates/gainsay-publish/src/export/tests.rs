//! Rows worked out by hand from the rules of each format.

mod acled;
mod ged;

use std::collections::BTreeMap;

use gainsay_lexicon::Words;
use gainsay_model::Policy;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{Document, Export, Format, Loss, Noun, Said, file, layers, tables};

fn of<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

/// An export of nothing.
fn empty() -> Export<'static> {
    Export {
        words: Words::builtin(),
        names: BTreeMap::new(),
        at: None,
        known_by: None,
        policy: Policy::Ucdp,
        coarsen_km: 0,
        pseudonyms: Some(0),
        reports: Vec::new(),
        claims: Vec::new(),
        events: Vec::new(),
        disputes: Vec::new(),
        sources: Vec::new(),
        tallies: Vec::new(),
        acled: Vec::new(),
        holdings: Vec::new(),
        controls: Vec::new(),
        sieges: Vec::new(),
        ties: Vec::new(),
        readings: Vec::new(),
        decisions: Vec::new(),
    }
}

impl Export<'_> {
    /// Adds a report.
    fn report(&mut self, id: &str, outlet: &str, day: &str) {
        let one = json!({
            "id": id, "text": "", "publisher": outlet, "published": day, "title": format!("Title of {id}, \"quoted\""),
            "url": format!("https://example.org/{id}"), "characters": 0, "text_sha256": "aa", "raw_sha256": "bb",
            "raw_size": 3, "added_at": "2016-02-01T00:00:00Z", "added_by": "Account ABC",
        });
        self.reports.push(of::<Document>(one));
    }

    /// Adds a claim with further fields.
    fn claim(&mut self, id: &str, report: &str, kind: &str, words: &str, more: Value) {
        let published =
            self.reports.iter().find(|one| one.report.id == report).and_then(|one| one.report.published);
        let mut one = json!({
            "id": id, "document": report, "report": report, "kind": kind, "published": published, "outlet": "Wire",
            "evidence": [{"start": 0, "end": words.chars().count(), "exact": words}],
            "roots": ["wire"], "sides": [""], "reader": "gainsay 0.1.0",
        });
        for (key, value) in more.as_object().unwrap() {
            one[key] = value.clone();
        }
        self.claims.push(of::<Said>(one));
    }

    /// Adds an event with so many dead in all.
    fn event(&mut self, id: &str, kind: &str, parts: Value, dead: Option<[u64; 3]>) {
        let toll = |dead: Option<[u64; 3]>| json!({"low": dead.map(|d| d[0]), "best": dead.map(|d| d[1]), "high": dead.map(|d| d[2]), "policy": "ucdp/1"});
        let mut one = json!({
            "id": id, "kind": kind, "places": [], "time": {"start": "2016-01-18", "end": "2016-01-18"}, "actors": [],
            "targets": [], "killed": toll(dead), "injured": toll(None), "claims": [], "roots": ["wire"],
            "grade": {"occurrence": "fair", "attribution": "weak", "count": ""},
        });
        for (key, value) in parts.as_object().unwrap() {
            one[key] = value.clone();
        }
        self.events.push(of(one));
        if let Some([low, best, high]) = dead {
            self.dead(id, "all", low, best, high);
        }
    }

    /// The dead of a group of an event, by both policies.
    fn dead(&mut self, event: &str, group: &str, low: u64, best: u64, high: u64) {
        let one = |policy: &str, best: u64| {
            json!({
                "scope": {"place": null, "from": null, "to": null, "event": event}, "measure": "killed", "group": group,
                "policy": policy, "low": low, "best": best, "high": high, "by_source": [], "rule": "one voice",
            })
        };
        self.tallies.push(of(one("ucdp/1", best)));
        self.acled.push(of(one("acled/1", low)));
    }

    fn holding(&mut self, place: &str, holders: &[&str], from: &str, to: Option<&str>) {
        self.holdings.push(of(json!({
            "place": place, "state": "held", "holders": holders, "degree": null, "from": from, "to": to, "claims": [],
        })));
    }

    /// The rows of a format as maps from column to cell, and what was lost.
    fn rows(&self, format: Format) -> (Vec<BTreeMap<String, String>>, Loss) {
        let mut bytes = Vec::new();
        let loss = file(self, format, format.usual(), &mut bytes).unwrap();
        let mut lines = parse(&String::from_utf8(bytes).unwrap()).into_iter();
        let head = lines.next().unwrap();
        let row = |cells: Vec<String>| {
            assert_eq!(cells.len(), head.len());
            head.iter().cloned().zip(cells).collect()
        };
        (lines.map(row).collect(), loss)
    }

    fn json(&self, format: Format) -> Value {
        let mut bytes = Vec::new();
        file(self, format, format.usual(), &mut bytes).unwrap();
        serde_json::from_slice(&bytes).unwrap()
    }
}

/// Comma-separated values as RFC 4180 has them, read independently of what wrote them.
fn parse(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' if quoted && signs.peek() == Some(&'"') => cell.push(signs.next().unwrap()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {
                assert_eq!(signs.next(), Some('\n'));
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            sign => cell.push(sign),
        }
    }
    assert!(row.is_empty() && cell.is_empty() && !quoted, "a table ends with its last line");
    rows
}

fn lost(loss: &Loss, of: &str, part: &str) -> usize {
    loss.lost.iter().filter(|line| line.of == of && line.why.contains(part)).map(|line| line.values).sum()
}

#[test]
fn hxl_has_a_row_of_tags_and_ranges_in_two_columns() {
    let mut export = empty();
    export.event("x", "shelling", json!({"places": ["deir-ez-zor-governorate"]}), Some([3, 3, 7]));
    export.dead("x", "civilians", 2, 2, 2);
    let (rows, _) = export.rows(Format::Hxl);
    assert!(rows[0].values().all(|tag| tag.starts_with('#')), "{:?}", rows[0]);
    assert_eq!(
        (rows[0]["killed_min"].as_str(), rows[0]["adm1_code"].as_str()),
        ("#affected+killed+min", "#adm1+code")
    );
    let row = |column: &str| rows[1][column].as_str();
    assert_eq!((row("killed_min"), row("killed_max"), row("killed_civilians")), ("3", "7", "2"));
    assert_eq!(
        (row("adm1_code"), row("country_code"), row("loc_name"), row("precision")),
        ("SY09", "SYR", "", "adm1")
    );
}

#[test]
fn plover_types_and_sectors() {
    let mut export = empty();
    export.report("r", "Wire", "2016-01-20");
    export.claim("r-01", "r", "airstrike", "a drone struck", json!({"means": "drone"}));
    export.event("x", "airstrike", json!({"places": ["al-boghaliyyah"], "actors": ["russian-aerospace-forces"], "targets": ["islamic-state"], "claims": ["r-01"]}), Some([3, 4, 7]));
    export.event("y", "need", json!({"places": ["al-boghaliyyah"]}), None);
    let all = export.json(Format::Plover);
    assert_eq!(all.as_array().unwrap().len(), 1);
    let one = &all[0];
    assert_eq!(
        (&one["event"], &one["mode"], &one["quad_code"]),
        (&json!(["ASSAULT"]), &json!(["drone"]), &json!("Q4"))
    );
    assert_eq!((&one["actor"][0]["code"], &one["actor"][0]["sector"]), (&json!("RUS"), &json!("MIL")));
    assert_eq!((&one["recipient"][0]["sector"], &one["size"]["dead"]), (&json!("REB"), &json!(4)));
    assert_eq!(
        (&one["event_loc"]["resolution"], &one["event_loc"]["country_code"]),
        (&json!(5), &json!("SYR"))
    );
    assert!(!all.to_string().to_lowercase().contains("cameo"));
}

#[test]
fn a_review_says_what_is_disputed_and_never_who_is_right() {
    let mut export = empty();
    export.report("r", "Wire", "2016-01-18");
    export.claim("r-01", "r", "casualties", "50 killed", json!({}));
    export.event("x", "attack", json!({"places": ["al-boghaliyyah"]}), None);
    let side = |value: &str, roots: Value, claims: Value| json!({"value": value, "sources": roots, "roots": roots, "claims": claims});
    export.disputes.push(of(json!({
        "id": "count-x", "kind": "count", "about": {"event": "x", "measure": "killed", "group": "government-side"},
        "sides": [side("50", json!(["syrian-observatory-for-human-rights"]), json!(["r-01"])), side("65", json!(["sana", "amaq"]), json!([]))],
        "spread": 1.3, "revision": false,
    })));
    let all = export.json(Format::Claimreview);
    assert_eq!(all["@context"], "https://schema.org");
    let first = &all["@graph"][0];
    assert_eq!(first["claimReviewed"], "50 killed (government side): attack, al-Boghaliyyah, 2016-01-18");
    assert_eq!(
        first["reviewRating"]["alternateName"],
        "Disputed: count; told so by 1 voice, others say 65 (2 voices)"
    );
    assert_eq!(first["itemReviewed"]["firstAppearance"]["url"], "https://example.org/r");
    let mut bytes = Vec::new();
    file(&export, Format::Claimreview, &[Noun::Claims, Noun::Disputes], &mut bytes).unwrap();
    let both = String::from_utf8(bytes).unwrap();
    assert_eq!(both.matches("\"ClaimReview\"").count(), 3);
    for word in ["true", "false", "ratingValue", "null"] {
        assert!(!both.to_lowercase().contains(word), "{word}: {both}");
    }
}

#[test]
fn prov_relations_name_what_is_there() {
    let mut export = empty();
    export.report("r 1", "Wire", "2016-01-18");
    export.claim(
        "r-01",
        "r 1",
        "attack",
        "attacked",
        json!({"source": [["SANA", "SANA"]], "source_id": ["sana"]}),
    );
    export.event("x", "attack", json!({"claims": ["r-01"]}), None);
    export.readings.push(of(json!({"entry": 3, "report": "r 1", "reader": "gainsay 0.1.0", "at": "2016-02-01T00:00:00Z", "by": "Account A"})));
    export.decisions.push(of(json!({"entry": 4, "at": "2016-02-02T00:00:00Z", "by": "Account B", "decision": "confirm", "of": ["r-01"], "why": "seen"})));
    let all = export.json(Format::Prov);
    let known =
        |table: &str, id: &Value| assert!(all[table].get(id.as_str().unwrap()).is_some(), "{table} {id}");
    let relations = [
        ("wasGeneratedBy", "prov:entity", "entity"),
        ("wasGeneratedBy", "prov:activity", "activity"),
        ("used", "prov:activity", "activity"),
        ("used", "prov:entity", "entity"),
        ("wasDerivedFrom", "prov:generatedEntity", "entity"),
        ("wasDerivedFrom", "prov:usedEntity", "entity"),
        ("wasAttributedTo", "prov:entity", "entity"),
        ("wasAttributedTo", "prov:agent", "agent"),
        ("wasAssociatedWith", "prov:activity", "activity"),
        ("wasAssociatedWith", "prov:agent", "agent"),
        ("actedOnBehalfOf", "prov:delegate", "agent"),
        ("actedOnBehalfOf", "prov:responsible", "agent"),
    ];
    for (relation, key, table) in relations {
        let rows = all[relation].as_object().unwrap();
        assert!(!rows.is_empty(), "{relation}");
        rows.values().for_each(|row| known(table, &row[key]));
    }
    assert!(all["entity"].get("gs:report/r%201").is_some());
    assert_eq!(all["entity"]["gs:claim/r-01"]["prov:value"], "attacked");
    assert_eq!(all["used"].as_object().unwrap().len(), 2, "a reading used its report, a decision its claim");
}

#[test]
fn features_have_longitude_first_and_layers_have_styles() {
    let mut export = empty();
    export.event("x", "shelling", json!({"places": ["al-boghaliyyah"]}), None);
    export.event("y", "attack", json!({"places": ["deir-ez-zor-governorate"]}), Some([1, 1, 1]));
    export.event("z", "attack", json!({"places": ["hill"]}), None);
    let all = export.json(Format::Geojson);
    let feature = |at: usize| &all["features"][at];
    assert_eq!(feature(0)["geometry"], json!({"type": "Point", "coordinates": [40.07, 35.379]}));
    assert_eq!((&feature(0)["id"], &feature(0)["properties"]["noun"]), (&json!("event:x"), &json!("event")));
    assert_eq!(feature(2)["geometry"], Value::Null);
    let (made, loss) = layers(&export, &[Noun::Events]);
    let names: Vec<&str> = made.iter().map(|layer| layer.name).collect();
    assert_eq!(names, ["areas", "events"]);
    // The governorate alone is an area; its box is the gazetteer's.
    assert_eq!(made[0].rows.len(), 1);
    assert_eq!(made[0].rows[0].0, super::gpkg::Shape::Box([39.1, 34.1, 41.4, 36.02]));
    assert!(made.iter().all(|layer| layer.style.contains("categorizedSymbol")));
    assert_eq!(lost(&loss, "events", "without geometry"), 1);
}

#[test]
fn tables_are_read_back_as_they_were() {
    let mut export = empty();
    export.report("r", "Wire, of the \"East\"", "2016-01-18");
    export.claim("r-01", "r", "attack", "=cmd|' /C calc'!A0\nand more", json!({}));
    export.claim("r-02", "r", "attack", "plain", json!({}));
    let kept = std::sync::Arc::new(std::sync::Mutex::new(Vec::<u8>::new()));
    struct Kept(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);
    impl std::io::Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let loss =
        tables(&export, Format::Csv, &[Noun::Claims], &mut |_| Ok(Box::new(Kept(kept.clone())))).unwrap();
    let rows = parse(&String::from_utf8(kept.lock().unwrap().clone()).unwrap());
    assert_eq!(rows.len(), 3);
    let at = |name: &str| rows[0].iter().position(|column| column == name).unwrap();
    assert_eq!(rows[1][at("quote")], "'=cmd|' /C calc'!A0\nand more", "no spreadsheet runs it");
    assert_eq!(rows[2][at("quote")], "plain");
    assert_eq!(lost(&loss, "claims", "apostrophe"), 1);
}
