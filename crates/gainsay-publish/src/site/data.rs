//! What the site's script works from: `data.js` for the map, `search.js` for searching. Plain numbers and names, with
//! nothing in them that could end a script or turn a line.

use std::collections::BTreeMap;

use gainsay_model::{Date, HoldingState};
use serde_json::{Value, json};

use super::lang::Lang;
use super::paths::Sort;
use super::{Site, Step};
use crate::brief::map::outline::outlines;
use crate::brief::sides;

/// So many events at most are drawn; the deadliest stay. All have their pages.
const EVENTS: usize = 20_000;

/// The script with what the map shows.
pub(super) fn data(site: &Site) -> String {
    let mut shown = Shown::default();
    let stands: Vec<Value> = site
        .input
        .stands
        .iter()
        .filter(|stand| stand.state != HoldingState::Unknown && site.point(&stand.place).is_some())
        .map(|stand| {
            let spoken: Vec<[i64; 2]> =
                stand.spoken.iter().map(|(from, to)| [number(*from), number(*to)]).collect();
            json!([
                shown.place(site, &stand.place),
                stand.state.as_str(),
                stand.holders.iter().map(|id| shown.who(site, id)).collect::<Vec<_>>(),
                number(stand.from),
                stand.to.map(number),
                known(stand.known_from),
                stand.known_to.map(number),
                spoken,
            ])
        })
        .collect();
    let sieges: Vec<Value> = site
        .input
        .sieges
        .iter()
        .filter(|known| site.point(&known.siege.place).is_some())
        .map(|siege| {
            let own = &siege.siege;
            json!([
                shown.place(site, &own.place),
                own.besiegers.iter().map(|id| shown.who(site, id)).collect::<Vec<_>>(),
                own.from.map(number),
                own.to.map(number),
                known(siege.known_from),
                siege.known_to.map(number),
                own.disputed,
            ])
        })
        .collect();
    let events = events(site, &mut shown);
    let brief = &site.input.brief;
    let disputed: Vec<usize> =
        site.disputed.iter().filter_map(|id| shown.places_at.get(*id).copied()).collect();
    let said: Vec<Date> = brief.reports.iter().filter_map(|report| report.published).collect();
    let known_last = brief.known_by.or_else(|| said.iter().max().copied()).unwrap_or(brief.to);
    let first = brief.from.or_else(|| first_day(site)).unwrap_or(brief.to).min(brief.to);
    let words: BTreeMap<&str, Value> = Lang::ALL
        .iter()
        .map(|lang| {
            let wanted = ["map.", "state.", "head.", "kind."];
            let own =
                lang.messages().iter().filter(|(key, _)| wanted.iter().any(|head| key.starts_with(head)));
            (lang.code(), own.map(|(key, text)| (key.clone(), Value::from(text.as_str()))).collect())
        })
        .collect();
    let marks: Vec<Value> =
        sides::SIDES.iter().map(|side| json!([side.id, sides::path(side.shape, 6.0)])).collect();
    let several = sides::path(sides::Shape::Circle, 6.0);
    script(
        "gainsay",
        &json!({
            "days": [number(first), number(brief.to)],
            "said": [said.iter().min().map_or_else(|| number(first), |day| number(*day).min(number(known_last))), number(known_last)],
            "grid": brief.coarsen_km,
            "land": land(),
            "marks": marks,
            "several": several,
            "places": shown.places,
            "who": shown.whos,
            "disputed": disputed,
            "stands": stands,
            "sieges": sieges,
            "events": events,
            "words": words,
        }),
    )
}

/// Events with a day and a place on the map, by their first day.
fn events(site: &Site, shown: &mut Shown) -> Vec<Value> {
    let steps: BTreeMap<&str, &Vec<Step>> =
        site.input.brief.events.iter().map(|event| event.id.as_str()).zip(site.input.steps).collect();
    let mut drawn: Vec<_> = site
        .view
        .events
        .iter()
        .filter_map(|event| {
            let place = event.place.iter().find(|id| site.point(id).is_some())?;
            Some((event, place, event.time.start.or(event.time.end)?))
        })
        .collect();
    drawn
        .sort_by_key(|(event, _, _)| std::cmp::Reverse(event.killed.best.or(event.killed.high).unwrap_or(0)));
    drawn.truncate(EVENTS);
    drawn.sort_by(|a, b| (a.2, &a.0.id).cmp(&(b.2, &b.0.id)));
    drawn
        .into_iter()
        .map(|(event, place, day)| {
            let steps = steps.get(event.id.as_str()).map(|steps| steps.as_slice()).unwrap_or_default();
            let steps: Vec<Value> = steps
                .iter()
                .map(|step| {
                    json!([known(step.day), step.killed[0], step.killed[1], step.killed[2], step.roots])
                })
                .collect();
            json!([
                site.paths.of(Sort::Event, &event.id),
                event.kind.as_str(),
                shown.place(site, place),
                number(day),
                event.time.end.map_or_else(|| number(day), number),
                steps,
                site.disputed_events.contains(event.id.as_str()),
            ])
        })
        .collect()
}

/// The first day that anything shown has.
fn first_day(site: &Site) -> Option<Date> {
    let events = site.view.events.iter().filter_map(|event| event.time.start);
    events.chain(site.input.stands.iter().map(|stand| stand.from)).min()
}

/// Places and actors that the data name, each once.
#[derive(Default)]
struct Shown {
    places: Vec<Value>,
    places_at: BTreeMap<String, usize>,
    whos: Vec<Value>,
    whos_at: BTreeMap<String, usize>,
}

impl Shown {
    fn place(&mut self, site: &Site, id: &str) -> usize {
        if let Some(at) = self.places_at.get(id) {
            return *at;
        }
        let (lon, lat) = site.point(id).unwrap_or_default();
        let kind = site.input.brief.words.gazetteer.place(id).map_or("", |place| place.kind.as_str());
        let rank = match kind {
            "city" | "governorate" => 0,
            "town" | "district" => 1,
            "village" | "area" => 2,
            _ => 3,
        };
        self.places.push(json!([
            site.paths.of(Sort::Place, id),
            site.place_name(Lang::En, id),
            site.place_name(Lang::Ar, id),
            lon,
            lat,
            rank,
        ]));
        self.places_at.insert(id.to_owned(), self.places.len() - 1);
        self.places.len() - 1
    }

    fn who(&mut self, site: &Site, id: &str) -> usize {
        if let Some(at) = self.whos_at.get(id) {
            return *at;
        }
        let side = sides::of(&site.view.names.side(id)).id;
        self.whos.push(json!([
            site.paths.of(Sort::Actor, id),
            site.who_name(Lang::En, id),
            site.who_name(Lang::Ar, id),
            side,
        ]));
        self.whos_at.insert(id.to_owned(), self.whos.len() - 1);
        self.whos.len() - 1
    }
}

/// Outlines of borders, rivers and lakes, to a hundredth of a degree: what they are, whether they enclose, points.
fn land() -> Vec<Value> {
    let hundredth = |value: f64| (value * 100.0).round() / 100.0;
    outlines()
        .iter()
        .map(|outline| {
            let mut flat: Vec<f64> = Vec::with_capacity(outline.points.len() * 2);
            for (lon, lat) in &outline.points {
                let (lon, lat) = (hundredth(*lon), hundredth(*lat));
                if flat.len() < 2 || flat[flat.len() - 2..] != [lon, lat] {
                    flat.extend([lon, lat]);
                }
            }
            json!([outline.kind, outline.area, flat])
        })
        .collect()
}

/// The script with what can be searched for: which sort, where, in English, in Arabic, and a day.
pub(super) fn search(site: &Site) -> String {
    let mut rows: Vec<Value> = Vec::new();
    for sort in [Sort::Place, Sort::Actor, Sort::Source, Sort::Event, Sort::Dispute, Sort::Report] {
        for id in site.paths.all(sort) {
            let name = |lang: Lang| match sort {
                Sort::Place => site.place_name(lang, id),
                Sort::Actor | Sort::Source => site.who_name(lang, id),
                Sort::Event => site.event_name(lang, id),
                Sort::Dispute => {
                    let dispute = site.input.brief.disputes.iter().find(|dispute| dispute.id == id);
                    dispute.map(|dispute| site.dispute_name(lang, dispute)).unwrap_or_default()
                }
                Sort::Report => site.report_name(lang, id),
            };
            let day = match sort {
                Sort::Event => site.view.event(id).and_then(|event| event.time.start),
                _ => None,
            };
            // Other spellings of a place are found too.
            let also = match sort {
                Sort::Place => site
                    .input
                    .brief
                    .words
                    .gazetteer
                    .place(id)
                    .map(|place| place.names.join(" "))
                    .unwrap_or_default(),
                _ => String::new(),
            };
            rows.push(json!([
                sort.folder(),
                site.paths.of(sort, id),
                name(Lang::En),
                name(Lang::Ar),
                day.map(|day| day.to_string()).unwrap_or_default(),
                also,
            ]));
        }
    }
    let words: BTreeMap<&str, Value> = Lang::ALL
        .iter()
        .map(|lang| {
            let of = ["place", "actor", "source", "event", "dispute", "report"];
            let key =
                |sort: &str| if sort == "actor" { "slot.actor".to_owned() } else { format!("head.{sort}") };
            (
                lang.code(),
                of.iter().map(|sort| ((*sort).to_owned(), Value::from(lang.t(&key(sort))))).collect(),
            )
        })
        .collect();
    script("gainsaySearch", &json!({ "rows": rows, "words": words }))
}

/// A script that sets one name to a value. No sign in it can end a script, begin a comment of HTML, or end a line.
fn script(name: &str, value: &Value) -> String {
    let json = value.to_string();
    let mut safe = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => safe.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => safe.push(c),
        }
    }
    format!("\"use strict\";\nvar {name} = {safe};\n")
}

/// Days since 1970-01-01.
fn number(date: Date) -> i64 {
    crate::brief::phrase::days_between(Date::constant(1970, 1, 1), date)
}

/// As [`number`]; `null` for what is known only as known today.
fn known(date: Date) -> Option<i64> {
    (date != Date::MAX).then(|| number(date))
}
