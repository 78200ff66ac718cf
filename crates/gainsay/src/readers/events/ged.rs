//! UCDP's Georeferenced Event Dataset: an event a row, in 49 columns that are known by their names.
//!
//! Codes as in its codebook, version 23.1: `type_of_violence` 1 between states or a state and a group, 2 between groups, 3
//! on civilians; `where_prec` 1 and 2 a point, 3 and 4 a district and governorate, 6 a country; `date_start` and `date_end`
//! the earliest and the last day it may have been. `low`, `best` and `high` are the least, likeliest and greatest reliable
//! total; the deaths of each side are best estimates and sum to `best`.

use gainsay_lexicon::Words;
use gainsay_model::{Claim, Filler, Group, Interval, Kind, Measure, Report, Slot};

use super::laid::{Draft, Laid, Shared, claims, counted};
use super::names::{self, Grain};

/// The reader's name, with the version of the codebook.
pub const READER: &str = "ged-23.1";

/// Who publishes it.
pub const OUTLET: &str = "UCDP GED";

/// So many publishers of one row are kept on the way to its source.
const OFFICES: usize = 4;

/// So many people or organisations from whom it comes.
const ORIGINALS: usize = 4;

/// The report and the claims of a row.
///
/// # Errors
/// What it lacks.
pub fn read(laid: &Laid, lists: &Words) -> Result<(Report, Vec<Claim>), String> {
    let own = laid.value("id").or_else(|| laid.value("relid")).ok_or("the row has no `id`; add it")?;
    let id = format!("ucdp-ged-{own}");
    let violence = match laid.value("type_of_violence") {
        Some(code @ ("1" | "2" | "3")) => code,
        other => {
            return Err(format!(
                "`type_of_violence` is {}, not 1, 2 or 3; mend it",
                other.unwrap_or("empty")
            ));
        }
    };
    let (start, end) = (laid.day("date_start"), laid.day("date_end"));
    let start =
        start.or(end).ok_or("neither `date_start` nor `date_end` is a day; write it as 2016-01-18")?;
    let end = end.unwrap_or(start).max(start);
    let mut shared = Shared { time: Some(Interval::new(start, end)), ..Shared::default() };
    let rule = |field: &str| format!("{READER}.{field}");
    shared.grounds.extend(laid.ground(Slot::Time, "date_start", &rule("date_start")));
    shared.grounds.extend(laid.ground(Slot::Time, "date_end", &rule("date_end")));
    let lon_lat = laid.degrees("longitude").zip(laid.degrees("latitude"));
    if let Some((place, field)) = place(laid, lon_lat, lists) {
        shared.place.push(place);
        shared.grounds.extend(laid.ground(Slot::Place, field, &rule("where_prec")));
    }
    for (field, most) in [("source_office", OFFICES), ("source_original", ORIGINALS)] {
        let Some(written) = laid.value(field) else { continue };
        for source in names::sources(written, most, lists) {
            if !shared.source.iter().any(|known| known.name() == source.name()) {
                shared.source.push(source);
            }
        }
        shared.grounds.extend(laid.ground(Slot::Source, field, &rule(field)));
    }
    let title = ["dyad_name", "conflict_name"].iter().find_map(|field| laid.value(field)).map(str::to_owned);
    let report = laid.report(
        id,
        OUTLET,
        laid.last_day("source_date").filter(|day| *day >= start).or(Some(end)),
        title,
    );
    let claims = claims(laid, &report.id, READER, &shared, drafts(laid, violence, lists));
    Ok((report, claims))
}

/// The finest place that the row is sure of.
fn place(laid: &Laid, at: Option<(f64, f64)>, lists: &Words) -> Option<(Filler, &'static str)> {
    let named = |field: &'static str, grain| {
        let place = names::place(laid.value(field)?, at, grain, lists)?;
        Some((place, field))
    };
    let point = || named("where_coordinates", Grain::Point);
    match laid.value("where_prec") {
        Some("3") => named("adm_2", Grain::Region).or_else(|| named("adm_1", Grain::Region)),
        Some("4") => named("adm_1", Grain::Region),
        Some("6") => named("country", Grain::Region),
        // Between two places, an island, the sea: where it was is its own words.
        Some("5" | "7") => point().map(|(place, field)| (Filler { entity: None, ..place }, field)),
        _ => point(),
    }
}

fn drafts(laid: &Laid, violence: &str, lists: &Words) -> Vec<Draft> {
    let party = |field: &'static str| {
        let written = laid.value(field)?;
        Some((names::actor(written, lists)?, field))
    };
    let (a, b) = (party("side_a"), party("side_b"));
    let one_sided = violence == "3";
    let mut drafts = vec![Draft {
        kind: if one_sided { Kind::Attack } else { Kind::Clash },
        fields: vec!["type_of_violence", "side_a", "side_b"],
        actor: a.clone(),
        target: b.clone(),
        count: None,
        part: false,
    }];
    let (best, low, high) = (laid.number("best"), laid.number("low"), laid.number("high"));
    let civilians = (Filler { mention: "civilians".to_owned(), entity: None }, "deaths_civilians");
    let sides: Vec<(&'static str, u64)> = ["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"]
        .into_iter()
        .filter_map(|field| Some((field, laid.number(field)?)))
        .filter(|(_, dead)| *dead > 0)
        .collect();
    let of_side = |field: &'static str, count, part: bool| {
        let (actor, target, group) = match field {
            "deaths_a" => (b.clone(), a.clone(), Some(Group::Combatants)),
            "deaths_b" if one_sided => (a.clone(), b.clone(), Some(Group::Civilians)),
            "deaths_b" => (a.clone(), b.clone(), Some(Group::Combatants)),
            // In fighting, nobody says whose fire killed them.
            "deaths_civilians" => {
                (a.clone().filter(|_| one_sided), Some(civilians.clone()), Some(Group::Civilians))
            }
            _ => (a.clone().filter(|_| one_sided), None, None),
        };
        let (low, high): (Option<u64>, Option<u64>) = count;
        let count = counted(Measure::Killed, low, high, group);
        Draft {
            kind: Kind::Casualties,
            fields: vec![field],
            actor,
            target,
            count: Some((count, field)),
            part,
        }
    };
    let least = low.into_iter().chain(best).min();
    let most = high.into_iter().chain(best).max();
    match sides.as_slice() {
        // All the dead are of one side: the bounds of the total are theirs.
        [(field, _)] => drafts.push(of_side(field, (least, most), false)),
        _ if most.is_some_and(|most| most > 0) => {
            let total = counted(Measure::Killed, least, most, None);
            let field = if laid.value("best").is_some() { "best" } else { "high" };
            let mut fields = vec![field];
            fields.extend(
                ["low", "high"].iter().filter(|other| **other != field && laid.value(other).is_some()),
            );
            drafts.push(Draft {
                kind: Kind::Casualties,
                fields,
                actor: a.clone().filter(|_| one_sided),
                target: None,
                count: Some((total, field)),
                part: false,
            });
            drafts.extend(sides.iter().map(|(field, dead)| of_side(field, (Some(*dead), Some(*dead)), true)));
        }
        _ => {}
    }
    drafts
}
