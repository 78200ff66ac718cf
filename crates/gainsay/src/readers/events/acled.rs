//! ACLED's export: an event a row, in 31 columns that are known by their names.
//!
//! Codes as in its codebook: `time_precision` 1 the day, 2 within a week of which the middle day stands, 3 within a month;
//! `geo_precision` 1 a town, 2 near one, 3 a larger region. `fatalities` is one number, the lowest of what its sources say,
//! and 0 where none is told. The order of its two actors tells nothing of who began.

use gainsay_lexicon::Words;
use gainsay_model::{Claim, Date, Filler, Group, Interval, Kind, Measure, Report, Slot};
use jiff::{Timestamp, ToSpan};

use super::laid::{Draft, Laid, Shared, claims, counted};
use super::names::{self, Grain};

/// The reader's name.
pub const READER: &str = "acled";

/// Who publishes it.
pub const OUTLET: &str = "ACLED";

/// So many sources of one row are kept.
const SOURCES: usize = 6;

/// Sub-types of event (codebook of 2023), and the kind of claim each is; those left out state nothing of war.
const KINDS: &[(&str, Kind)] = &[
    ("abduction/forced disappearance", Kind::Detention),
    ("agreement", Kind::Agreement),
    ("air/drone strike", Kind::Airstrike),
    ("armed clash", Kind::Clash),
    ("arrests", Kind::Detention),
    ("attack", Kind::Attack),
    ("chemical weapon", Kind::Attack),
    ("disrupted weapons use", Kind::Deployment),
    ("excessive force against protesters", Kind::Attack),
    ("government regains territory", Kind::Capture),
    ("grenade", Kind::Bombing),
    ("headquarters or base established", Kind::Deployment),
    ("looting/property destruction", Kind::Destruction),
    ("mob violence", Kind::Attack),
    ("non-state actor overtakes territory", Kind::Capture),
    ("non-violent transfer of territory", Kind::Capture),
    ("remote explosive/landmine/ied", Kind::Bombing),
    ("sexual violence", Kind::Attack),
    ("shelling/artillery/missile attack", Kind::Shelling),
    ("suicide bomb", Kind::Bombing),
];

/// Types of event, for sub-types that are new.
const TYPES: &[(&str, Kind)] = &[
    ("battles", Kind::Clash),
    ("explosions/remote violence", Kind::Attack),
    ("violence against civilians", Kind::Attack),
];

/// The report and the claims of a row; no claim where nothing of war is told.
///
/// # Errors
/// What it lacks.
pub fn read(laid: &Laid, lists: &Words) -> Result<(Report, Vec<Claim>), String> {
    let own = laid.value("event_id_cnty").ok_or("the row has no `event_id_cnty`; add it")?;
    let id = format!("acled-{}", own.to_lowercase());
    let day = laid.day("event_date").ok_or("`event_date` is no day; write it as 2016-01-18")?;
    let mut shared = Shared { time: Some(days(day, laid.value("time_precision"))), ..Shared::default() };
    let rule = |field: &str| format!("{READER}.{field}");
    shared.grounds.extend(laid.ground(Slot::Time, "event_date", &rule("event_date")));
    let lon_lat = laid.degrees("longitude").zip(laid.degrees("latitude"));
    let named =
        |field: &'static str, grain| Some((names::place(laid.value(field)?, lon_lat, grain, lists)?, field));
    let place = match laid.value("geo_precision") {
        Some("3") => named("admin1", Grain::Region).or_else(|| named("location", Grain::Point)),
        _ => named("location", Grain::Point),
    };
    if let Some((place, field)) = place {
        shared.place.push(place);
        shared.grounds.extend(laid.ground(Slot::Place, field, &rule(field)));
    }
    shared.source =
        laid.value("source").map(|written| names::sources(written, SOURCES, lists)).unwrap_or_default();
    shared.grounds.extend(laid.ground(Slot::Source, "source", &rule("source")));
    let changed = laid.value("timestamp").and_then(|seconds| seconds.parse().ok());
    let changed = changed.and_then(|seconds| Timestamp::from_second(seconds).ok());
    let changed = changed.map(|at| at.to_zoned(jiff::tz::TimeZone::UTC).date());
    let published = changed.filter(|changed| *changed >= day).unwrap_or(day);
    let title = laid.value("sub_event_type").map(str::to_owned);
    let report = laid.report(id, OUTLET, Some(published), title);
    let claims = claims(laid, &report.id, READER, &shared, drafts(laid, lists));
    Ok((report, claims))
}

/// The days that one day of a row stands for.
fn days(day: Date, precision: Option<&str>) -> Interval {
    match precision {
        Some("2") => Interval::new(day.saturating_sub(3.days()), day.saturating_add(3.days())),
        Some("3") => Interval::new(day.first_of_month(), day.last_of_month()),
        _ => Interval::day(day),
    }
}

fn drafts(laid: &Laid, lists: &Words) -> Vec<Draft> {
    let of = |field: &str, table: &[(&str, Kind)]| {
        let written = laid.value(field)?.to_lowercase();
        table.iter().find(|(name, _)| *name == written).map(|(_, kind)| *kind)
    };
    // A sub-type that is known to state nothing must not fall back on its type: protests and riots are in neither table.
    let Some(kind) = of("sub_event_type", KINDS).or_else(|| of("event_type", TYPES)) else {
        return Vec::new();
    };
    let party = |field: &'static str| Some((names::actor(laid.value(field)?, lists)?, field));
    let (mut a, mut b) = (party("actor1"), party("actor2"));
    // Force against protesters is told with the protesters first.
    let first = laid.value("actor1").is_some_and(names::civilians);
    if first && laid.value("actor2").is_some_and(|other| !names::civilians(other)) {
        std::mem::swap(&mut a, &mut b);
    }
    let on_civilians = laid.value("civilian_targeting").is_some()
        || b.as_ref().is_some_and(|(b, _)| names::civilians(&b.mention));
    let mut drafts = vec![Draft {
        kind,
        fields: vec!["sub_event_type", "actor1", "actor2"],
        actor: a.clone(),
        target: b.clone(),
        count: None,
        part: false,
    }];
    if let Some(dead) = laid.number("fatalities").filter(|dead| *dead > 0) {
        let directed = !matches!(kind, Kind::Clash | Kind::Capture);
        let group = on_civilians.then_some(Group::Civilians);
        let civilians = || (Filler { mention: "civilians".to_owned(), entity: None }, "civilian_targeting");
        drafts.push(Draft {
            kind: Kind::Casualties,
            fields: vec!["fatalities"],
            actor: a.filter(|_| directed),
            // Of a battle the dead of both sides are one number.
            target: if on_civilians { Some(civilians()) } else { b.filter(|_| directed) },
            count: Some((counted(Measure::Killed, Some(dead), Some(dead), group), "fatalities")),
            part: false,
        });
    }
    drafts
}
