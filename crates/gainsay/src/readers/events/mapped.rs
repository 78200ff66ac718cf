//! Anybody's table of events, GeoJSON or CSV, by a map that says which column holds what.
//!
//! A map is a JSON object: `outlet`, and for what the table holds the name of its column. `kinds` gives for values of the
//! column `kind` the kinds of claim; a value that is a kind's own name needs none.

use std::collections::BTreeMap;
use std::path::Path;

use gainsay_lexicon::Words;
use gainsay_model::{Claim, Filler, Group, Interval, Kind, Measure, Report, Slot};
use serde::Deserialize;

use super::laid::{Draft, Laid, Shared, claims, counted};
use super::names::{self, Grain};
use crate::Error;

/// The reader's name.
pub const READER: &str = "columns";

/// The most bytes a map may have.
const LARGEST: u64 = 1 << 20;

/// Which column holds what. Names of columns are compared without case.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, default)]
pub struct Map {
    /// Who publishes the table.
    pub outlet: String,
    /// The event's id; its number in the file where there is none.
    pub id: Option<String>,
    /// The first day it may have been.
    pub date: Option<String>,
    /// The last one.
    pub date_end: Option<String>,
    /// The day it was said.
    pub published: Option<String>,
    /// What kind of event it is.
    pub kind: Option<String>,
    /// Kinds of claim by the values of that column.
    pub kinds: BTreeMap<String, String>,
    /// Who did it.
    pub actor: Option<String>,
    /// To whom.
    pub target: Option<String>,
    /// Where: a town, village or point.
    pub place: Option<String>,
    /// Where, if that is empty: a district, governorate or country.
    pub region: Option<String>,
    /// Degrees east, where the file's form has no points.
    pub longitude: Option<String>,
    /// Degrees north.
    pub latitude: Option<String>,
    /// Who says so.
    pub source: Option<String>,
    /// How many were killed.
    pub killed: Option<String>,
    /// At least.
    pub killed_low: Option<String>,
    /// At most.
    pub killed_high: Option<String>,
    /// How many civilians among them.
    pub civilians_killed: Option<String>,
    /// How many were wounded.
    pub injured: Option<String>,
    /// How many fled.
    pub displaced: Option<String>,
}

impl Map {
    /// The map that a file holds.
    ///
    /// # Errors
    /// When it cannot be read, names what there is not, or lacks what every event has.
    pub fn open(path: &Path) -> Result<Map, Error> {
        let told = |what: String| Error::input(format!("{}: {what}", path.display()));
        let size =
            std::fs::metadata(path).map_err(|error| told(format!("the map cannot be read ({error})")))?.len();
        if size > LARGEST {
            return Err(told("too large for a map of columns".to_owned()));
        }
        let text = std::fs::read_to_string(path)
            .map_err(|error| told(format!("the map cannot be read ({error})")))?;
        let map: Map = serde_json::from_str(&text)
            .map_err(|error| told(format!("no map of columns ({error}); mend it")))?;
        if map.outlet.trim().is_empty() {
            return Err(told("the map has no \"outlet\"; say who publishes the table".to_owned()));
        }
        if map.date.is_none() || map.kind.is_none() {
            return Err(told("the map names no column for \"date\" or \"kind\"; add it".to_owned()));
        }
        if let Some((value, kind)) = map.kinds.iter().find(|(_, kind)| Kind::parse(kind).is_none()) {
            return Err(told(format!("the map takes `{value}` for `{kind}`, which is no kind of claim")));
        }
        Ok(map)
    }
}

/// The report and the claims of a row.
///
/// # Errors
/// What it lacks.
pub fn read(laid: &Laid, map: &Map, lists: &Words) -> Result<(Report, Vec<Claim>), String> {
    let column = |name: &Option<String>| name.as_deref().map(str::to_lowercase);
    let value = |name: &Option<String>| column(name).and_then(|name| laid.value(&name));
    let own = value(&map.id).map_or_else(|| laid.row.line.to_string(), str::to_owned);
    let id = format!("{}-{own}", gainsay_weigh::slug(&map.outlet));
    let date = column(&map.date).unwrap_or_default();
    let start = laid.day(&date).ok_or_else(|| format!("`{date}` is no day; write it as 2016-01-18"))?;
    let end =
        column(&map.date_end).and_then(|name| laid.day(&name)).filter(|end| *end >= start).unwrap_or(start);
    let mut shared = Shared { time: Some(Interval::new(start, end)), ..Shared::default() };
    let rule = |name: &str| format!("{READER}.{name}");
    shared.grounds.extend(laid.ground(Slot::Time, &date, &rule("date")));
    let degrees = |name: &Option<String>| column(name).and_then(|name| laid.degrees(&name));
    let lon_lat = laid.row.lon_lat.or_else(|| degrees(&map.longitude).zip(degrees(&map.latitude)));
    for (name, grain) in [(&map.place, Grain::Point), (&map.region, Grain::Region)] {
        let place = value(name).and_then(|written| names::place(written, lon_lat, grain, lists));
        if let Some(place) = place.filter(|_| shared.place.is_empty()) {
            shared.place.push(place);
            shared.grounds.extend(laid.ground(
                Slot::Place,
                &column(name).unwrap_or_default(),
                &rule("place"),
            ));
        }
    }
    if let Some(written) = value(&map.source) {
        shared.source = names::sources(written, 6, lists);
        shared.grounds.extend(laid.ground(
            Slot::Source,
            &column(&map.source).unwrap_or_default(),
            &rule("source"),
        ));
    }
    let published = column(&map.published).and_then(|name| laid.day(&name)).unwrap_or(end);
    let report = laid.report(id, map.outlet.trim(), Some(published), value(&map.kind).map(str::to_owned));
    let kind = value(&map.kind).and_then(|written| {
        let written = written.to_lowercase();
        let mapped = map.kinds.iter().find(|(value, _)| value.to_lowercase() == written);
        mapped.and_then(|(_, kind)| Kind::parse(kind)).or_else(|| Kind::parse(&written))
    });
    let drafts = drafts(laid, map, kind, lists);
    let mut read =
        claims(laid, &report.id, READER, &shared, drafts.into_iter().map(|(draft, _)| draft).collect());
    // Columns have names that are only known now: what each value was read from is told here.
    for claim in &mut read {
        let evidence = [&map.kind, &map.actor, &map.target, &map.place];
        let counted = claim.count.as_ref().map(|count| match count.what {
            Measure::Injured => [&map.injured, &map.injured],
            Measure::Displaced => [&map.displaced, &map.displaced],
            _ if count.group == Some(Group::Civilians) && map.civilians_killed.is_some() => {
                [&map.civilians_killed, &map.civilians_killed]
            }
            _ => [&map.killed, &map.killed_low],
        });
        let fields: Vec<&Option<String>> = match counted {
            Some(fields) => fields.into_iter().collect(),
            None => evidence.into_iter().collect(),
        };
        let words = fields.into_iter().filter_map(|name| laid.evidence(&column(name)?));
        claim.evidence = words.collect();
        claim.evidence.sort();
        claim.evidence.dedup();
        for (slot, name) in [(Slot::Actor, &map.actor), (Slot::Target, &map.target), (Slot::Kind, &map.kind)]
        {
            claim
                .grounds
                .extend(column(name).and_then(|name| laid.ground(slot, &name, &rule(slot.as_str()))));
        }
        claim.grounds.sort();
    }
    read.retain(|claim| !claim.evidence.is_empty());
    Ok((report, read))
}

fn drafts(laid: &Laid, map: &Map, kind: Option<Kind>, lists: &Words) -> Vec<(Draft, Slot)> {
    let column = |name: &Option<String>| name.as_deref().map(str::to_lowercase);
    let party = |name: &Option<String>| {
        let written = column(name).and_then(|name| laid.value(&name))?;
        Some((names::actor(written, lists)?, ""))
    };
    let number = |name: &Option<String>| column(name).and_then(|name| laid.number(&name));
    let (actor, target) = (party(&map.actor), party(&map.target));
    let mut drafts = Vec::new();
    let base =
        |kind, count: Option<gainsay_model::Count>, target: Option<(Filler, &'static str)>, part| Draft {
            kind,
            fields: Vec::new(),
            actor: actor.clone(),
            target,
            count: count.map(|count| (count, "")),
            part,
        };
    if let Some(kind) = kind.filter(|kind| !matches!(kind, Kind::Casualties | Kind::Displacement)) {
        drafts.push((base(kind, None, target.clone(), false), Slot::Kind));
    }
    let directed = !matches!(kind, Some(Kind::Clash | Kind::Capture));
    let toll =
        |low: Option<u64>, high: Option<u64>, what, group, target: Option<(Filler, &'static str)>, part| {
            let some = low.or(high).is_some_and(|n| n > 0) || high.is_some_and(|n| n > 0);
            let draft = base(Kind::Casualties, Some(counted(what, low, high, group)), target, part);
            some.then(|| (Draft { actor: draft.actor.clone().filter(|_| directed), ..draft }, Slot::Count))
        };
    let best = number(&map.killed);
    let (low, high) = (number(&map.killed_low), number(&map.killed_high));
    let (low, high) = match best {
        Some(best) => (Some(low.unwrap_or(best).min(best)), Some(high.unwrap_or(best).max(best))),
        None => (low, high),
    };
    let low_high =
        if low.zip(high).is_some_and(|(low, high)| low > high) { (high, low) } else { (low, high) };
    let whole =
        toll(low_high.0, low_high.1, Measure::Killed, None, target.clone().filter(|_| directed), false);
    let has_whole = whole.is_some();
    drafts.extend(whole);
    let civilians = number(&map.civilians_killed);
    let of = (Filler { mention: "civilians".to_owned(), entity: None }, "");
    drafts.extend(toll(civilians, civilians, Measure::Killed, Some(Group::Civilians), Some(of), has_whole));
    let hurt = number(&map.injured);
    drafts.extend(toll(hurt, hurt, Measure::Injured, None, target.clone().filter(|_| directed), true));
    if let Some(fled) = number(&map.displaced).filter(|fled| *fled > 0) {
        let count = counted(Measure::Displaced, Some(fled), Some(fled), None);
        drafts.push((base(Kind::Displacement, Some(count), None, true), Slot::Count));
    }
    drafts
}
