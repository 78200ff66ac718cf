//! Made-up reports and claims for the tests.

use std::path::PathBuf;

use gainsay_ledger::{Derived, Ledger, NewReport, Place, TextHead};
use gainsay_model::{
    Beside, Checked, Claim, Count, Date, Degree, Dispute, DisputeKind, DisputeSide, EntityRef, Event,
    Evidence, Field, Filler, Grade, Holding, HoldingState, Interval, Kind, Measure, Report, SourceView,
    Status, Subject, Toll,
};
use jiff::Timestamp;
use tempfile::TempDir;

/// A moment in January 2020, so many seconds in.
pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_577_836_800 + second).unwrap()
}

/// A new ledger in a folder of its own, which goes when it is dropped.
pub fn ledger() -> (TempDir, PathBuf, Ledger) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.gpkg");
    let ledger = Ledger::create(&path, "tester", at(0)).unwrap();
    (folder, path, ledger)
}

/// Report number `n`, about 2 KB with Arabic and punctuation, and `claims` claims on it.
pub fn report(n: usize, claims: usize) -> NewReport {
    let id = format!("report-{n}");
    let text =
        format!("Report {n}. At least {n} people were killed in al-Qusour, دير الزور, the group said. ")
            .repeat(24);
    let claims = (0..claims).map(|index| claim(&id, index)).collect();
    NewReport {
        raw: format!("<html><p>{text}</p></html>").into_bytes(),
        report: Report {
            id,
            text,
            published: (n % 7 != 6).then(|| Date::constant(2016, 1, 1 + (n % 28) as i8)),
            publisher: Some("An Outlet".to_owned()),
            author: (n % 2 == 1).then(|| format!("Writer {n}")),
            title: Some(format!("Headline {n}")),
            url: None,
            language: Some("en".to_owned()),
            guessed: vec![Field::Language],
        },
        raw_name: format!("report-{n}.html"),
        beside: Vec::new(),
        tool: "gainsay-intake 0.1.0".to_owned(),
        reader: "gainsay 0.1.0".to_owned(),
        claims,
        by: "tester".to_owned(),
        at: at(n as i64),
    }
}

/// Two files that lay beside a report's.
pub fn beside() -> Vec<Beside> {
    let one = |name: &str, state, told: &str| Beside {
        name: name.to_owned(),
        of: "report-1.html".to_owned(),
        bytes: format!("{name} {told}").repeat(20).into_bytes(),
        state,
        told: told.to_owned(),
    };
    vec![
        one("a.sha256", Checked::Differs, "It is of other bytes."),
        one("a.tsr", Checked::Agrees, "Stamped on 18 January 2016."),
    ]
}

/// Claim number `index` of a report.
pub fn claim(report: &str, index: usize) -> Claim {
    let entity = |id: &str, name: &str| Some(EntityRef { id: id.to_owned(), name: name.to_owned() });
    let kinds = [Kind::Casualties, Kind::Capture, Kind::Siege];
    Claim {
        id: format!("{report}-{index:04x}"),
        document: report.to_owned(),
        kind: kinds[index % kinds.len()],
        evidence: vec![Evidence { start: 0, end: 6, exact: "Report".to_owned() }],
        status: Status::Asserted,
        actor: vec![Filler {
            mention: "the group".to_owned(),
            entity: entity("islamic-state", "Islamic State"),
        }],
        target: vec![Filler { mention: "people".to_owned(), entity: None }],
        place: vec![Filler { mention: "al-Qusour".to_owned(), entity: entity("al-qusour", "Al-Qusour") }],
        time: Some(Interval::day(Date::constant(2016, 1, 1))),
        count: Some(Count {
            what: Measure::Killed,
            low: Some(index as u64),
            high: None,
            group: None,
            scope: None,
        }),
        source: vec![Filler { mention: "the group".to_owned(), entity: None }],
        degree: None,
        unverified: index.is_multiple_of(2),
        means: None,
        cut: Vec::new(),
        part_of: None,
        reader: "gainsay 0.1.0".to_owned(),
        grounds: Vec::new(),
    }
}

/// Two places, two events (one nowhere), a dispute and a source.
pub fn derived() -> Derived {
    let place = |id: &str, lon_lat| Place {
        id: id.to_owned(),
        name: id.to_uppercase(),
        kind: "town".to_owned(),
        parent: Some("syria".to_owned()),
        lon_lat,
    };
    let event = |id: &str, place: &str, best| Event {
        id: id.to_owned(),
        kind: Kind::Attack,
        place: vec![place.to_owned()],
        time: Interval::day(Date::constant(2016, 1, 16)),
        actors: vec!["islamic-state".to_owned()],
        targets: Vec::new(),
        killed: Toll { low: Some(85), best, high: Some(300), policy: "ucdp/1".to_owned() },
        injured: Toll::default(),
        claims: vec!["report-1-0000".to_owned()],
        roots: vec!["sana".to_owned()],
        grade: Grade::default(),
        part_of: None,
    };
    let side = |value: &str| DisputeSide {
        value: value.to_owned(),
        sources: vec!["sana".to_owned()],
        roots: vec!["sana".to_owned()],
        claims: vec!["report-1-0000".to_owned()],
    };
    Derived {
        heads: vec![TextHead {
            report: "report-1".to_owned(),
            credited: Some("Reuters".to_owned()),
            dated: Some(Date::constant(2016, 1, 17)),
            fingerprint: vec![1, 2, u64::MAX],
        }],
        holdings: vec![Holding {
            place: "ayyash".to_owned(),
            state: HoldingState::Claimed,
            holders: vec!["islamic-state".to_owned()],
            degree: Some(Degree::Partial),
            from: Date::constant(2016, 1, 18),
            to: None,
            claims: vec!["report-1-0000".to_owned()],
        }],
        places: vec![
            place("al-qusour", Some((40.12, 35.34))),
            place("ayyash", Some((40.05, 35.41))),
            place("nowhere", None),
        ],
        events: vec![
            event("2016-01-16-attack-al-qusour", "al-qusour", Some(135)),
            event("2016-01-16-attack-x", "x", None),
        ],
        disputes: vec![Dispute {
            id: "count-1".to_owned(),
            kind: DisputeKind::Count,
            about: Subject { event: Some("2016-01-16-attack-al-qusour".to_owned()), ..Subject::default() },
            sides: vec![side("85"), side("300")],
            spread: Some(300.0 / 85.0),
            revision: false,
        }],
        sources: vec![SourceView { id: "sana".to_owned(), name: "SANA".to_owned(), ..SourceView::default() }],
    }
}
