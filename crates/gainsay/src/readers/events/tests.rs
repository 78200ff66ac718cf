//! Rows in the form of UCDP GED and ACLED about events that the example reports tell of, set beside the desk's reading.

use std::path::{Path, PathBuf};

use gainsay_intake::{EventRow, Input, Meter};
use gainsay_lexicon::Words;
use gainsay_model::{Claim, DisputeKind, Group, Interval, Kind, Measure, Policy};
use gainsay_weigh::Ask;

use super::{Map, Table};
use crate::keep::{self, Summary};
use crate::readers::Elsewhere;
use crate::shelf::Shelf;

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

fn row(fields: &[(&str, &str)]) -> EventRow {
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    EventRow { line: 2, raw: b"raw".to_vec(), fields, lon_lat: None }
}

fn ged(more: &[(&str, &str)]) -> Result<Vec<Claim>, String> {
    let mut fields = vec![
        ("id", "7"),
        ("type_of_violence", "1"),
        ("side_a", "Government of Syria"),
        ("side_b", "IS"),
        ("where_prec", "1"),
        ("where_coordinates", "Deir ez-Zor city"),
        ("latitude", "35.33"),
        ("longitude", "40.14"),
        ("date_start", "2016-01-16 00:00:00.000"),
        ("date_end", "2016-01-18 00:00:00.000"),
    ];
    for (name, value) in more {
        fields.retain(|(known, _)| known != name);
        fields.push((name, value));
    }
    Table::Ged.read(&row(&fields), Words::builtin()).map(|(_, claims)| claims)
}

fn bounds(claim: &Claim) -> (Option<u64>, Option<u64>, Option<Group>) {
    let count = claim.count.as_ref().unwrap();
    (count.low, count.high, count.group)
}

#[test]
fn a_row_of_ged_gives_the_fight_its_total_and_each_side_s_dead() {
    let claims = ged(&[
        ("best", "187"),
        ("low", "135"),
        ("high", "300"),
        ("deaths_a", "60"),
        ("deaths_b", "42"),
        ("deaths_civilians", "85"),
        ("source_office", "Reuters News"),
        ("source_original", "SOHR"),
    ])
    .unwrap();
    assert_eq!(claims.len(), 5);
    assert_eq!(
        (claims[0].kind, claims[0].actor[0].id(), claims[0].target[0].id()),
        (Kind::Clash, Some("syrian-government"), Some("islamic-state"))
    );
    assert_eq!(bounds(&claims[1]), (Some(135), Some(300), None));
    let days = Interval::new("2016-01-16".parse().unwrap(), "2016-01-18".parse().unwrap());
    assert!(
        claims
            .iter()
            .all(|claim| claim.time == Some(days) && claim.place[0].id() == Some("deir-ez-zor-city"))
    );
    assert!(claims[2..].iter().all(|claim| claim.part_of.as_deref() == Some("ucdp-ged-7-02")));
    assert_eq!(bounds(&claims[2]), (Some(60), Some(60), Some(Group::Combatants)));
    assert_eq!(claims[2].target[0].id(), Some("syrian-government"));
    assert_eq!(bounds(&claims[4]), (Some(85), Some(85), Some(Group::Civilians)));
    assert_eq!(claims[4].actor, []);
    let source: Vec<Option<&str>> = claims[0].source.iter().map(|source| source.id()).collect();
    assert_eq!(source, [Some("reuters"), Some("syrian-observatory-for-human-rights")]);
    // Evidence points at values.
    assert_eq!(claims[1].evidence[0].exact, "187");
    assert!(claims.iter().all(|claim| claim.reader == "ged-23.1"));
}

#[test]
fn the_dead_of_one_side_alone_bear_the_bounds_of_the_total() {
    let claims = ged(&[
        ("type_of_violence", "3"),
        ("side_b", "Civilians"),
        ("best", "7"),
        ("low", "5"),
        ("high", "9"),
        ("deaths_civilians", "7"),
    ])
    .unwrap();
    assert_eq!((claims.len(), claims[0].kind, claims[1].kind), (2, Kind::Attack, Kind::Casualties));
    assert_eq!(bounds(&claims[1]), (Some(5), Some(9), Some(Group::Civilians)));
    assert_eq!(claims[1].actor[0].id(), Some("syrian-government"));
    // Nobody died for certain: no toll.
    assert_eq!(ged(&[("best", "0"), ("low", "0"), ("high", "0")]).unwrap().len(), 1);
    assert_eq!(
        bounds(&ged(&[("best", "0"), ("low", "0"), ("high", "4")]).unwrap()[1]),
        (Some(0), Some(4), None)
    );
}

#[test]
fn vague_places_are_as_coarse_as_the_row_says() {
    let place = |prec: &str| {
        let more = [("where_prec", prec), ("adm_1", "Deir ez-Zor governorate"), ("country", "Syria")];
        ged(&more).unwrap()[0].place[0].clone()
    };
    assert_eq!(place("4").id(), Some("deir-ez-zor-governorate"));
    assert_eq!(place("6").id(), Some("syria"));
    assert_eq!((place("5").id(), place("5").mention.as_str()), (None, "Deir ez-Zor city"));
}

#[test]
fn a_row_that_lacks_what_counts_is_refused_in_one_line() {
    assert!(ged(&[("type_of_violence", "4")]).unwrap_err().contains("`type_of_violence` is 4"));
    assert!(
        ged(&[("date_start", "soon"), ("date_end", "")]).unwrap_err().contains("neither `date_start` nor")
    );
    assert!(ged(&[("id", "a b")]).unwrap_err().contains("its id"));
    let acled = |fields: &[(&str, &str)]| Table::Acled.read(&row(fields), Words::builtin());
    assert!(acled(&[("event_date", "2016-01-01")]).unwrap_err().contains("no `event_id_cnty`"));
    assert!(acled(&[("event_id_cnty", "SYR1"), ("event_date", "May")]).unwrap_err().contains("no day"));
}

#[test]
fn a_row_of_acled_is_of_its_sub_type_with_days_as_exact_as_it_says() {
    let acled = |sub: &str, more: &[(&str, &str)]| {
        let mut fields = vec![
            ("event_id_cnty", "SYR1"),
            ("event_date", "16 January 2016"),
            ("sub_event_type", sub),
            ("actor1", "Islamic State (Syria)"),
            ("actor2", "Civilians (Syria)"),
            ("location", "Deir ez Zor"),
            ("latitude", "35.33"),
            ("longitude", "40.14"),
            ("fatalities", "3"),
        ];
        fields.extend_from_slice(more);
        Table::Acled.read(&row(&fields), Words::builtin()).unwrap().1
    };
    let claims = acled("Attack", &[("time_precision", "2"), ("civilian_targeting", "Civilian targeting")]);
    assert_eq!(
        claims[0].time.unwrap(),
        Interval::new("2016-01-13".parse().unwrap(), "2016-01-19".parse().unwrap())
    );
    assert_eq!(bounds(&claims[1]), (Some(3), Some(3), Some(Group::Civilians)));
    assert_eq!(claims[0].place[0].id(), Some("deir-ez-zor-city"));
    let month = acled("Air/drone strike", &[("time_precision", "3")]);
    assert_eq!(
        month[0].time.unwrap(),
        Interval::new("2016-01-01".parse().unwrap(), "2016-01-31".parse().unwrap())
    );
    assert_eq!(month[0].kind, Kind::Airstrike);
    assert!(acled("Peaceful protest", &[("event_type", "Protests")]).is_empty());
    assert_eq!(acled("Something new", &[("event_type", "Battles")])[0].kind, Kind::Clash);
    // Protesters stand first and are those it was done to.
    let force = acled("Excessive force against protesters", &[]);
    assert_eq!(force[0].actor[0].mention, "Islamic State (Syria)");
}

fn add(ledger: &Path, inputs: &[PathBuf], events: Option<&Path>) -> Summary {
    let inputs: Vec<Input> = inputs.iter().map(Input::from_arg).collect();
    let events = events.map(|path| path.display().to_string());
    let elsewhere = Elsewhere { events, ..Elsewhere::default() };
    keep::add_with(ledger, &inputs, &elsewhere, "tester", &Meter::default(), &mut |_| {}).unwrap()
}

#[test]
fn a_desk_weighs_its_reading_against_other_people_s_events() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("desk.gpkg");
    keep::init(&ledger, "tester").unwrap();
    let events = examples().join("events");
    add(&ledger, &[examples().join("deir-ez-zor/reports")], None);
    let tables = [events.join("ged.csv"), events.join("acled.csv")];
    let summary = add(&ledger, &tables, None);
    assert_eq!((summary.added, summary.refused.as_slice()), (6, &[][..]));
    let again = add(&ledger, &tables, None);
    assert_eq!((again.added, again.unchanged, again.claims), (0, 6, 0));

    let shelf = Shelf::open(&ledger).unwrap();
    let weighed = shelf.weigh(None);
    // The strike on the army's post near the airport: what GED says by Russia's word, ACLED by a monitor's, and the desk's
    // own reports, are of one event, and gainsay each other.
    let strike = weighed.event_of["ucdp-ged-900102-02"].clone();
    assert_eq!(weighed.event_of["acled-syr900202-02"], strike);
    let event = weighed.events.iter().find(|event| event.id == strike).unwrap();
    assert!(
        event.claims.iter().any(|id| shelf.claim(id).unwrap().reader.starts_with("gainsay ")),
        "{event:?}"
    );
    let dispute = weighed.disputes.iter().find(|dispute| {
        dispute.about.event.as_ref() == Some(&strike)
            && dispute.kind == DisputeKind::Count
            && !dispute.revision
    });
    let sides: Vec<&str> = dispute.unwrap().sides.iter().map(|side| side.value.as_str()).collect();
    assert!(sides.len() >= 2, "{sides:?}");
    let ask = Ask { event: Some(strike), ..Ask::default() };
    let tallies = gainsay_weigh::tally(&weighed, &ask, Policy::BySource);
    let killed =
        tallies.iter().find(|tally| tally.measure == Measure::Killed && tally.by_source.len() > 1).unwrap();
    let voices: Vec<&str> = killed.by_source.iter().map(|one| one.root.as_str()).collect();
    assert!(voices.contains(&"syrian-observatory-for-human-rights"), "{voices:?}");
    // A monitor's word that GED passes on is the monitor's, whoever tells it: no voice of the table's own.
    assert!(weighed.roots.values().flatten().all(|root| root != "ucdp-ged" && root != "ucdp"));
    assert_eq!(weighed.roots["ucdp-ged-900101-02"], ["syrian-observatory-for-human-rights"]);
    // Rows that are worded alike are no copies of each other.
    assert!(
        weighed.copy_of("ucdp-ged-900103-01").is_none() && weighed.copy_of("ucdp-ged-900102-01").is_none()
    );
    // The span of what was told as one stays.
    let told = shelf.claim("ucdp-ged-900103-02").unwrap();
    assert_eq!(told.time, Some(Interval::new("2014-08-04".parse().unwrap(), "2014-08-17".parse().unwrap())));
}

#[test]
fn any_table_is_read_by_a_map_of_its_columns() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("desk.gpkg");
    keep::init(&ledger, "tester").unwrap();
    let events = examples().join("events");
    let summary = add(&ledger, &[events.join("desk.geojson")], Some(&events.join("desk-columns.json")));
    assert_eq!((summary.added, summary.claims, summary.refused.as_slice()), (2, 3, &[][..]));
    let shelf = Shelf::open(&ledger).unwrap();
    let raid = shelf.claim("levant-event-desk-b1-01").unwrap();
    assert_eq!(
        (raid.kind, raid.place[0].id(), raid.actor[0].id()),
        (Kind::Airstrike, Some("muriiyah"), Some("syrian-army"))
    );
    assert_eq!(shelf.claim("levant-event-desk-b1-02").unwrap().count.as_ref().unwrap().low, Some(30));

    let map = |json: &str| {
        let path = folder.path().join("map.json");
        std::fs::write(&path, json).unwrap();
        Map::open(&path).map_err(|error| error.to_string())
    };
    assert!(
        map(r#"{"outlet":"X","date":"d","kind":"k","dead":"n"}"#)
            .unwrap_err()
            .contains("unknown field `dead`")
    );
    assert!(map(r#"{"date":"d","kind":"k"}"#).unwrap_err().contains("no \"outlet\""));
    assert!(map(r#"{"outlet":"X","date":"d"}"#).unwrap_err().contains("\"date\" or \"kind\""));
    assert!(
        map(r#"{"outlet":"X","date":"d","kind":"k","kinds":{"raid":"bang"}}"#)
            .unwrap_err()
            .contains("no kind of claim")
    );
}
