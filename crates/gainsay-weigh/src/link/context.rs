//! Which of several places of one name, or of one spelling, is meant: by what stands beside it.
//!
//! **Takes** candidates and the places that are sure in the same report, those of the same claim apart.
//! **Gives** the points of each candidate (`data/linking.tsv`) and what spoke loudest for the best.
//! **Never** looks at another report, so that adding one changes no link of another.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_lexicon::{Gazetteer, Place};

use super::candidates::{By, Candidate, Meant, clear};
use super::points::{Points, points};
use crate::corpus::Names;

/// The places that are sure in one report.
#[derive(Clone, Debug, Default)]
pub(super) struct Around<'a> {
    /// Places, each with the number of claims that name it.
    pub(super) told: BTreeMap<&'a str, usize>,
    /// How many claims name a place in each governorate, and in each country.
    provinces: BTreeMap<&'a str, usize>,
    countries: BTreeMap<&'a str, usize>,
    /// How many claims name a place that lies in one.
    claims: usize,
}

impl<'a> Around<'a> {
    /// Another claim of the report that names the place.
    pub(super) fn tell(&mut self, gazetteer: &'a Gazetteer, place: &'a str) {
        *self.told.entry(place).or_default() += 1;
        if let Some(country) = country(gazetteer, place) {
            *self.countries.entry(country).or_default() += 1;
            self.claims += 1;
        }
        if let Some(province) = gazetteer.governorate(place) {
            *self.provinces.entry(&province.id).or_default() += 1;
        }
    }
}

/// A candidate with all that speaks for it, and the reason that says most.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weighed<'a> {
    pub(super) id: &'a str,
    pub(super) points: i32,
    pub(super) by: By<'a>,
    /// Why it, beside its name; empty where nothing spoke for it.
    pub(super) reason: &'static str,
    /// The points without those of its kind and country, which many a place has: what a spelling is taken on.
    near: i32,
}

/// The candidates with their points, best first, and whether the first is meant.
pub(super) fn weigh<'a>(
    names: &Names<'a>,
    meant: &Meant<'a>,
    claim: &BTreeSet<&'a str>,
    around: &Around<'a>,
) -> (Vec<Weighed<'a>>, bool) {
    let points = points();
    let mut all: Vec<Weighed> = inner(names, &meant.candidates)
        .into_iter()
        .map(|one| one_of(names.gazetteer, points, one, &meant.outer, claim, around))
        .collect();
    all.sort_by_key(|one| (-one.points, one.id));
    let enough = match all.first().map(|best| best.by) {
        None => false,
        Some(By::Spelling(_)) => all[0].near >= points.of("bound", "near"),
        Some(_) => true,
    };
    let lead = |next: &Weighed| all[0].points - next.points >= points.of("bound", "lead");
    let ahead = all.get(1).is_none_or(lead);
    (all, enough && ahead)
}

/// Without districts and governorates that hold a candidate of the same name: plainly named, it is the city.
fn inner<'a>(names: &Names<'a>, candidates: &[Candidate<'a>]) -> Vec<Candidate<'a>> {
    if let Some(at) = clear(names, candidates) {
        return vec![candidates[at]];
    }
    let holds = |outer: &Candidate, one: &Candidate| {
        outer.id != one.id && outer.points <= one.points && names.gazetteer.within(one.id, outer.id)
    };
    let named = |one: &&Candidate<'a>| candidates.iter().all(|other| !holds(one, other));
    candidates.iter().filter(named).copied().collect()
}

fn one_of<'a>(
    gazetteer: &'a Gazetteer,
    points: &Points,
    one: Candidate<'a>,
    outer: &[&'a str],
    claim: &BTreeSet<&'a str>,
    around: &Around<'a>,
) -> Weighed<'a> {
    let (mut sum, mut near) = (one.points, one.points);
    let (mut most, mut reason) = (0, "");
    let mut add = |feature: &'static str, case: &'static str, of: (usize, usize)| {
        let (n, all) = (i32::try_from(of.0).unwrap_or(1), i32::try_from(of.1.max(1)).unwrap_or(1));
        let own = points.of(feature, case) * n / all;
        sum += own;
        if !matches!((feature, case), ("kind", _) | (_, "country")) {
            near += own;
        }
        if own > most {
            (most, reason) = (own, points.reason(feature, case));
        }
    };
    let Some(place) = gazetteer.place(one.id) else {
        return Weighed { id: one.id, points: sum, by: one.by, reason, near };
    };
    let kind = points_kind(place);
    add("kind", kind, (1, 1));
    if !outer.is_empty() {
        let holds = outer.iter().any(|outer| gazetteer.within(one.id, outer));
        add("beside", if holds { "contains" } else { "elsewhere" }, (1, 1));
    }
    let nested = |other: &&str| **other != *one.id && near_kin(gazetteer, one.id, other);
    let province = gazetteer.governorate(one.id).map(|province| province.id.as_str());
    let same = |other: &&str| province.is_some_and(|own| gazetteer.within(other, own));
    if claim.iter().any(nested) {
        add("claim", "nested", (1, 1));
    } else if claim.iter().any(same) {
        add("claim", "province", (1, 1));
    }
    if around.told.keys().any(nested) || around.told.contains_key(one.id) {
        add("report", "nested", (1, 1));
    }
    if let Some(told) = province.and_then(|own| around.provinces.get(own)) {
        add("report", "province", (*told, around.claims));
    }
    if let Some(told) = country(gazetteer, one.id).and_then(|own| around.countries.get(own)) {
        add("report", "country", (*told, around.claims));
    }
    let fine = around.told.keys().filter_map(|id| gazetteer.place(id)).filter(|other| !region(other));
    match fine.map(|other| km(place, other)).min() {
        Some(..=10) => add("distance", "10", (1, 1)),
        Some(..=30) => add("distance", "30", (1, 1)),
        Some(..=100) => add("distance", "100", (1, 1)),
        _ => {}
    }
    Weighed { id: one.id, points: sum, by: one.by, reason, near }
}

/// Whether one lies in the other, countries aside: everything lies in a country.
fn near_kin(gazetteer: &Gazetteer, a: &str, b: &str) -> bool {
    let small = |id: &str| gazetteer.place(id).is_some_and(|place| place.kind != "country");
    small(a) && small(b) && (gazetteer.within(a, b) || gazetteer.within(b, a))
}

fn country<'a>(gazetteer: &'a Gazetteer, id: &'a str) -> Option<&'a str> {
    let own = gazetteer.place(id).filter(|place| place.kind == "country");
    let around = || gazetteer.ancestors(id).into_iter().find(|place| place.kind == "country");
    own.or_else(around).map(|place| place.id.as_str())
}

/// Whether a place is too wide for a point on it to be near anything.
fn region(place: &Place) -> bool {
    matches!(
        place.kind.as_str(),
        "country" | "governorate" | "province" | "district" | "region" | "river" | "road"
    )
}

fn points_kind(place: &Place) -> &'static str {
    const KINDS: [&str; 8] =
        ["area", "camp", "city", "district", "governorate", "neighbourhood", "town", "village"];
    KINDS.into_iter().find(|kind| *kind == place.kind).unwrap_or("other")
}

/// Kilometres between two places, on a plane that fits the latitudes of the Levant (35 degrees north): within a
/// few in a hundred, as the gazetteer's points are.
fn km(a: &Place, b: &Place) -> i64 {
    let metres = |from: f64, to: f64, per_degree: i64| {
        ((from * 1000.0).round() as i64 - (to * 1000.0).round() as i64).abs() * per_degree
    };
    let (north, east) = (metres(a.lat, b.lat, 111), metres(a.lon, b.lon, 91));
    (north * north + east * east).isqrt() / 1000
}

#[cfg(test)]
mod tests {
    use super::*;
    use gainsay_lexicon::Words;

    #[test]
    fn kilometres_are_right_within_a_few_in_a_hundred() {
        let place = |id: &str| Words::builtin().gazetteer.place(id).unwrap_or_else(|| panic!("{id}"));
        let far = km(place("raqqa-city"), place("deir-ez-zor-city"));
        assert!((115..=130).contains(&far), "{far}");
        assert_eq!(km(place("raqqa-city"), place("raqqa-city")), 0);
    }
}
