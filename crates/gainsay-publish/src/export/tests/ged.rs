//! UCDP's georeferenced events: who is counted, and what is left out.

use super::*;

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
