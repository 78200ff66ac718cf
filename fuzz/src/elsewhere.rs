//! What others read: claims held to a ledger's reports, and tables of events.

use std::fs;
use std::sync::LazyLock;

use gainsay::readers::events::Table;
use gainsay::readers::{Taken, events as tables, take};
use gainsay_ledger::{ClaimFilter, Ledger};

use super::cut::Cut;
use super::folder::Folder;
use super::inputs::said;
use super::ledgers::{lay, now};

/// The claims of a ledger, and what `verify` finds.
fn held(ledger: &Ledger) -> String {
    let claims = ledger.claims(&ClaimFilter::default()).expect("claims");
    let faults = ledger.verify().expect("verify");
    assert!(faults.is_empty(), "{faults:?}");
    for claim in &claims {
        let report = ledger.report(&claim.document).expect("a report").expect("of the claim").report;
        for evidence in &claim.evidence {
            let quoted: String =
                report.text.chars().skip(evidence.start).take(evidence.end - evidence.start).collect();
            assert_eq!(quoted, evidence.exact, "evidence that does not stand in the report");
        }
    }
    format!("{claims:?}")
}

/// How lines begin that are claims of a report that is there.
const CLAIM: &str = r#"{"document":"wire-1","kind":"casualties","evidence":["12 civilians were killed"],"#;

/// Any bytes as claims of others: none is taken whose evidence does not stand in the report, the ledger stays whole,
/// and taking them again changes nothing.
pub fn claims_jsonl(bytes: &[u8]) {
    let mut cut = Cut(bytes);
    let begins = *cut.one(&[CLAIM, "", "{", "[", "{\n"]);
    let folder = Folder::new();
    let path = lay(&folder);
    let file = folder.put("claims.jsonl", &[begins.as_bytes(), cut.0].concat());
    let mut ledger = gainsay::keys::write(&path, "fuzz").expect("the ledger");
    let mut outcomes = Vec::new();
    for _ in 0..2 {
        let mut taken = Taken::default();
        let who = ("fuzz", now());
        take(&mut ledger, &file, (Some("person:amal@1"), true), who, &mut taken, &mut |_| {}).expect("taken");
        taken.refused.iter().chain(&taken.notes).for_each(said);
        outcomes.push((taken, held(&ledger)));
    }
    assert_eq!(outcomes[0].1, outcomes[1].1, "taken again, and not the same");
    assert_eq!((outcomes[1].0.claims, &outcomes[0].0.refused), (0, &outcomes[1].0.refused));
    ledger.close().expect("closed");
    folder.check(&["l.gpkg", "claims.jsonl"]);
}

const GED: &str = "id,relid,year,type_of_violence,conflict_name,side_a,side_b,date_prec,where_prec,best,high,low,date_start,\
    date_end,source_article,adm_1,where_coordinates,latitude,longitude,country,deaths_civilians\n";
const ACLED: &str = "event_id_cnty,event_date,event_type,sub_event_type,actor1,actor2,location,latitude,longitude,fatalities,\
    source,notes,country,admin1\n";
const MAP: &str = r#"{"outlet":"North Desk","id":"id","date":"date","kind":"kind","kinds":{"raid":"clash"},"place":"place",
    "actor":"actor","killed":"killed","source":"source"}"#;

/// Where many programs keep it, so that the built-in tables are tried first.
static MAPPED: LazyLock<Table> = LazyLock::new(|| {
    let folder = Folder::new();
    let path = folder.put("map.json", MAP.as_bytes());
    Table::named(&path.display().to_string()).expect("the map")
});

/// Any bytes as rows of tables of events, and as a map of columns.
pub fn events(bytes: &[u8]) {
    let mut cut = Cut(bytes);
    let folder = Folder::new();
    let (table, name, begins) = match cut.below(5) {
        0 => (Table::Ged, "ged.csv", GED),
        1 => (Table::Acled, "acled.csv", ACLED),
        2 => (MAPPED.clone(), "mine.csv", "id,date,kind,place,actor,killed,source\n"),
        3 => (MAPPED.clone(), "mine.geojson", r#"{"type":"FeatureCollection","features":["#),
        _ => {
            let map = folder.put("map.json", cut.0);
            if let Err(wrong) = Table::named(&map.display().to_string()) {
                assert!(wrong.to_string().contains("map.json"), "{wrong}");
            }
            return;
        }
    };
    let path = lay(&folder);
    let file = folder.put(name, &[begins.as_bytes(), cut.0].concat());
    let _ = Table::of(&file);
    let mut ledger = gainsay::keys::write(&path, "fuzz").expect("the ledger");
    let mut outcomes = Vec::new();
    for _ in 0..2 {
        let mut summary = gainsay::keep::Summary::default();
        tables::take(&mut ledger, (&file, &table), ("fuzz", now()), &mut summary, &mut |_| {})
            .expect("taken");
        summary.refused.iter().for_each(said);
        outcomes.push((summary.added, held(&ledger)));
    }
    assert_eq!(outcomes[0].1, outcomes[1].1, "taken again, and not the same");
    assert_eq!(outcomes[1].0, 0);
    ledger.close().expect("closed");
    assert!(fs::metadata(&path).expect("the ledger").len() < 1 << 26);
    folder.check(&["l.gpkg", "map.json", name]);
}
