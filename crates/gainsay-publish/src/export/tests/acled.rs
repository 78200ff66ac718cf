//! ACLED's events: days, kinds and numbers.

use super::*;

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
