//! Rows worked out by hand from the rules of each format.

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
fn ged_sides_of_state_based_violence_add_up_to_best() {
    let mut export = empty();
    export.report("r", "Wire", "2016-01-18");
    export.claim("r-01", "r", "attack", "attacked", json!({"status": "possible"}));
    export.event(
        "2016-01-18-attack-al-boghaliyyah",
        "attack",
        json!({"places": ["al-boghaliyyah"], "actors": ["islamic-state"], "targets": ["syrian-army"], "claims": ["r-01"]}),
        Some([72, 80, 140]),
    );
    export.dead("2016-01-18-attack-al-boghaliyyah", "government-side", 50, 50, 65);
    export.dead("2016-01-18-attack-al-boghaliyyah", "islamic-state-side", 22, 22, 42);
    let (rows, loss) = export.rows(Format::Ged);
    assert_eq!(rows.len(), 1);
    let row = |column: &str| rows[0][column].as_str();
    // A state is side a, whoever attacked; the army is its government's.
    assert_eq!((row("type_of_violence"), row("side_a"), row("side_b")), ("1", "Government of Syria", "IS"));
    assert_eq!(
        (row("gwnoa"), row("gwnob"), row("country_id"), row("region")),
        ("652", "", "652", "Middle East")
    );
    // 80 told in all: 50 and 22 by side, 8 of whom nobody tells the side.
    assert_eq!(
        (row("deaths_a"), row("deaths_b"), row("deaths_civilians"), row("deaths_unknown")),
        ("50", "22", "0", "8")
    );
    assert_eq!((row("best"), row("high"), row("low")), ("80", "140", "72"));
    assert_eq!((row("where_prec"), row("date_prec"), row("event_clarity")), ("1", "1", "1"));
    // 35.379 N, 40.07 E: row 250, column 440 of the grid.
    assert_eq!(
        (row("latitude"), row("longitude"), row("priogrid_gid")),
        ("35.379000", "40.070000", "180441")
    );
    assert_eq!(row("geom_wkt"), "POINT (40.070000 35.379000)");
    assert_eq!((row("adm_1"), row("adm_2")), ("Deir ez-Zor governorate", "Deir ez-Zor district"));
    assert_eq!((row("date_start"), row("year")), ("2016-01-18 00:00:00.000", "2016"));
    // 80 dead pass the 25 of an active year.
    assert_eq!((row("active_year"), row("number_of_sources"), row("code_status")), ("1", "1", "Check"));
    assert_eq!(row("source_article"), "\"Wire,2016-01-18,Title of r, \"quoted\"\"");
    assert_eq!(lost(&loss, "claims", "denied, possible or intended"), 1);
}

#[test]
fn ged_has_the_columns_of_its_codebook_in_their_order() {
    let mut bytes = Vec::new();
    file(&empty(), Format::Ged, &[], &mut bytes).unwrap();
    let head = &parse(&String::from_utf8(bytes).unwrap())[0];
    assert_eq!(head.len(), 49);
    assert_eq!(
        &head[40..],
        [
            "deaths_a",
            "deaths_b",
            "deaths_civilians",
            "deaths_unknown",
            "best",
            "high",
            "low",
            "gwnoa",
            "gwnob"
        ]
    );
}

#[test]
fn ged_takes_organised_violence_with_a_death_and_says_what_it_leaves() {
    let mut export = empty();
    let at = |actors: Value, targets: Value| json!({"places": ["deir-ez-zor-governorate"], "actors": actors, "targets": targets});
    export.event(
        "a-one-sided",
        "attack",
        at(json!(["islamic-state"]), json!(["civilians"])),
        Some([10, 10, 12]),
    );
    export.event("b-nobody", "bombing", at(json!([]), json!(["people"])), Some([5, 5, 5]));
    export.event("c-no-death", "attack", at(json!(["islamic-state"]), json!(["civilians"])), None);
    export.event(
        "d-zero",
        "clash",
        at(json!(["islamic-state", "al-nusra-front"]), json!([])),
        Some([0, 0, 0]),
    );
    export.event("e-hunger", "siege", at(json!(["islamic-state"]), json!(["civilians"])), Some([3, 3, 3]));
    export.event(
        "f-whole",
        "clash",
        json!({"places": ["deir-ez-zor-city"], "actors": ["islamic-state", "al-nusra-front"], "time": {"start": "2014-05-01", "end": "2014-05-05"}}),
        Some([60, 62, 70]),
    );
    export.event(
        "g-part",
        "clash",
        json!({"places": ["deir-ez-zor-city"], "actors": ["islamic-state", "al-nusra-front"], "part_of": "f-whole"}),
        Some([5, 5, 5]),
    );
    export.event(
        "h-nowhere",
        "attack",
        json!({"places": ["hill"], "actors": ["islamic-state"], "targets": ["civilians"]}),
        Some([1, 1, 1]),
    );
    let (rows, loss) = export.rows(Format::Ged);
    let ids: Vec<&str> = rows.iter().map(|row| row["relid"].as_str()).collect();
    assert_eq!(ids, ["a-one-sided", "f-whole"]);
    let a = |column: &str| rows[0][column].as_str();
    assert_eq!(
        (a("type_of_violence"), a("side_a"), a("side_b"), a("deaths_civilians")),
        ("3", "IS", "Civilians", "10")
    );
    // Told of a governorate; ten dead a year make no dyad active.
    assert_eq!((a("where_prec"), a("active_year")), ("4", "0"));
    let f = |column: &str| rows[1][column].as_str();
    assert_eq!((f("type_of_violence"), f("dyad_name"), f("date_prec")), ("2", "IS - al-Nusra Front", "2"));
    assert_eq!((f("date_end"), f("deaths_unknown"), f("best")), ("2014-05-05 00:00:00.000", "62", "62"));
    assert_eq!(lost(&loss, "events", "no death is told of"), 2);
    assert_eq!(lost(&loss, "events", "nobody organised"), 1);
    assert_eq!(lost(&loss, "events", "no use of armed force"), 1);
    assert_eq!(lost(&loss, "events", "part of an event"), 1);
    assert_eq!(lost(&loss, "events", "no place that the gazetteer knows"), 1);
}

#[test]
fn ged_best_is_the_sum_of_the_sides_where_they_come_to_more() {
    let mut export = empty();
    export.event(
        "x",
        "clash",
        json!({"places": ["deir-ez-zor-city"], "actors": ["islamic-state", "syrian-army"]}),
        Some([60, 60, 60]),
    );
    export.dead("x", "government-side", 50, 50, 167);
    export.dead("x", "islamic-state-side", 22, 22, 42);
    let (rows, loss) = export.rows(Format::Ged);
    let row = |column: &str| rows[0][column].as_str();
    assert_eq!((row("best"), row("deaths_unknown"), row("high"), row("low")), ("72", "0", "209", "60"));
    assert_eq!(lost(&loss, "events", "best is their sum"), 1);
}

#[test]
fn acled_divides_the_dead_of_days_of_fighting() {
    let mut export = empty();
    export.report("r", "Wire", "2016-01-20");
    export.claim("r-01", "r", "clash", "fighting", json!({}));
    export.event(
        "clash",
        "clash",
        json!({"places": ["deir-ez-zor-city"], "actors": ["islamic-state", "syrian-army"], "time": {"start": "2016-01-16", "end": "2016-01-18"}, "claims": ["r-01"]}),
        Some([11, 12, 20]),
    );
    let (rows, loss) = export.rows(Format::Acled);
    // The lowest, 11, over three days: 3 each, and the two that remain on the first.
    let days: Vec<(&str, &str, &str)> = rows
        .iter()
        .map(|row| (row["event_date"].as_str(), row["fatalities"].as_str(), row["time_precision"].as_str()))
        .collect();
    assert_eq!(days, [("2016-01-16", "5", "1"), ("2016-01-17", "3", "1"), ("2016-01-18", "3", "1")]);
    let row = |column: &str| rows[0][column].as_str();
    assert_eq!(
        (row("event_type"), row("sub_event_type"), row("disorder_type")),
        ("Battles", "Armed clash", "Political violence")
    );
    assert_eq!(
        (row("actor1"), row("inter1"), row("actor2"), row("inter2")),
        ("Islamic State", "Rebel group", "Syrian Arab Army", "State forces")
    );
    assert_eq!(
        (row("interaction"), row("iso"), row("country"), row("geo_precision")),
        ("Rebel group-State forces", "760", "Syria", "1")
    );
    // 20 January 2016, 00:00 UTC.
    assert_eq!(row("timestamp"), "1453248000");
    let ids: std::collections::BTreeSet<&str> =
        rows.iter().map(|row| row["event_id_cnty"].as_str()).collect();
    assert!(ids.len() == 3 && ids.iter().all(|id| id.starts_with("SYR")), "{ids:?}");
    assert_eq!(rows[0].len(), 31);
    assert_eq!(lost(&loss, "events", "divided among them"), 1);
}

#[test]
fn acled_times_and_places() {
    let mut export = empty();
    export.report("r", "Wire", "2016-01-20");
    export.claim("r-01", "r", "bombing", "a bomb", json!({"means": "suicide_bomb"}));
    export.claim("r-02", "r", "bombing", "a bomb", json!({"status": "denied"}));
    let event = |place: &str, end: &str, claim: &str| json!({"places": [place], "actors": ["islamic-state"], "time": {"start": "2016-01-01", "end": end}, "claims": [claim]});
    export.event("a-week", "bombing", event("deir-ez-zor-city", "2016-01-05", "r-01"), Some([7, 7, 7]));
    export.event("b-month", "bombing", event("deir-ez-zor-governorate", "2016-01-31", "r-01"), None);
    export.event("c-longer", "bombing", event("deir-ez-zor-city", "2016-02-01", "r-01"), None);
    export.event("d-country", "bombing", event("syria", "2016-01-01", "r-01"), None);
    export.event("e-denied", "bombing", event("deir-ez-zor-city", "2016-01-01", "r-02"), None);
    export.event("f-aid", "aid", event("deir-ez-zor-city", "2016-01-01", "r-01"), None);
    let (rows, loss) = export.rows(Format::Acled);
    let shown: Vec<[&str; 5]> = rows
        .iter()
        .map(|row| {
            ["event_date", "time_precision", "geo_precision", "fatalities", "sub_event_type"]
                .map(|column| row[column].as_str())
        })
        .collect();
    // The middle day of five, and of thirty-one.
    assert_eq!(
        shown,
        [["2016-01-03", "2", "1", "7", "Suicide bomb"], ["2016-01-16", "3", "3", "0", "Suicide bomb"]]
    );
    for why in ["more than a month", "whole country", "nobody asserts", "a kind that ACLED does not record"] {
        assert_eq!(lost(&loss, "events", why), 1, "{why}");
    }
}

#[test]
fn acled_numbers_for_words_that_give_none() {
    for (words, rule, dead) in [
        ("several people were killed", "frame.casualties.kill", "3"),
        ("many people were killed", "frame.casualties.kill", "10"),
        ("People were killed", "frame.casualties.kill", "3"),
        ("several people were wounded", "frame.casualties.wound", "0"),
        ("casualties were reported", "frame.casualties", "0"),
    ] {
        let mut export = empty();
        export.report("r", "Wire", "2016-01-20");
        export.claim(
            "r-01",
            "r",
            "casualties",
            words,
            json!({"grounds": [{"slot": "kind", "start": 0, "end": 1, "rule": rule}]}),
        );
        export.event(
            "x",
            "shelling",
            json!({"places": ["deir-ez-zor-city"], "claims": ["r-01"], "targets": ["people"]}),
            None,
        );
        let (rows, _) = export.rows(Format::Acled);
        assert_eq!(rows[0]["fatalities"], dead, "{words}");
        assert_eq!(rows[0]["actor1"], "Unidentified Armed Group (Syria)");
    }
}

#[test]
fn acled_territory_changes_hands_only_where_it_stays() {
    let mut export = empty();
    export.report("r", "Wire", "2014-07-10");
    export.claim("r-01", "r", "capture", "captured", json!({}));
    let capture = |place: &str, actor: &str, day: &str| json!({"places": [place], "actors": [actor], "time": {"start": day, "end": day}, "claims": ["r-01"]});
    export.event("a-first", "capture", capture("al-bukamal", "islamic-state", "2014-06-28"), None);
    export.event("b-final", "capture", capture("al-bukamal", "islamic-state", "2014-07-02"), None);
    export.event("c-one-day", "capture", capture("ayyash", "islamic-state", "2014-07-02"), None);
    export.event("d-army", "capture", capture("deir-ez-zor-city", "syrian-army", "2014-07-02"), None);
    export.event("e-foreign", "capture", capture("al-boghaliyyah", "russia", "2014-07-02"), None);
    export.event("f-had-it", "capture", capture("al-joura", "syrian-army", "2014-07-02"), None);
    export.event("g-leaves", "withdrawal", capture("al-bukamal", "syrian-opposition", "2014-07-02"), None);
    export.holding("al-bukamal", &["islamic-state"], "2014-06-28", Some("2014-06-30"));
    export.holding("al-bukamal", &["islamic-state"], "2014-07-02", None);
    export.holding("ayyash", &["islamic-state"], "2014-07-02", Some("2014-07-02"));
    export.holding("deir-ez-zor-city", &["syrian-government"], "2014-07-02", None);
    export.holding("al-boghaliyyah", &["russia"], "2014-07-02", None);
    export.holding("al-joura", &["syrian-government"], "2014-05-01", None);
    let (rows, loss) = export.rows(Format::Acled);
    let kinds: Vec<&str> = rows.iter().map(|row| row["sub_event_type"].as_str()).collect();
    assert_eq!(
        kinds,
        [
            "Armed clash",
            "Non-state actor overtakes territory",
            "Armed clash",
            "Government regains territory",
            "Armed clash",
            "Armed clash",
            "Non-violent transfer of territory"
        ]
    );
    assert_eq!(rows[6]["event_type"], "Strategic developments");
    assert_eq!(rows[4]["inter1"], "External/Other forces");
    assert_eq!(lost(&loss, "events", "armed clashes"), 4);
}

#[test]
fn acled_civilians_are_targeted_where_nobody_else_is() {
    let mut export = empty();
    export.report("r", "Wire", "2016-01-20");
    export.claim("r-01", "r", "attack", "killed civilians", json!({}));
    let attack = |targets: Value| json!({"places": ["deir-ez-zor-city"], "actors": ["islamic-state"], "targets": targets, "claims": ["r-01"]});
    export.event("a", "attack", attack(json!(["innocent-civilians"])), None);
    export.event("b", "attack", attack(json!(["civilians", "syrian-army"])), None);
    let (rows, _) = export.rows(Format::Acled);
    let row = |at: usize, column: &str| rows[at][column].clone();
    assert_eq!(
        (row(0, "sub_event_type"), row(0, "civilian_targeting"), row(0, "actor2")),
        ("Attack".into(), "Civilian targeting".into(), "Civilians (Syria)".into())
    );
    assert_eq!(
        (row(1, "sub_event_type"), row(1, "civilian_targeting"), row(1, "actor2")),
        ("Armed clash".into(), String::new(), "Syrian Arab Army".into())
    );
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
