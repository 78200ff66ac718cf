//! What a long running total comes to when every source leans: the light form of a published model of reporting
//! bias, with its interval and its warning, or nothing.
//!
//! **Takes** running totals of one side's losses by several sources ([`Row`]), or a weighed corpus.
//! **Gives** an [`Unbiased`] figure with a 95 % interval, and how far each source leans.
//! **Never** gives a figure without its interval and warning, nor from two days or one camp, nor in the place of a
//! tally.
//!
//! Radford, Dai, Stoehr, Schein, Fernandez and Sajid 2023 (PNAS 120(34), "Estimating conflict losses and reporting
//! biases") model each report as the true total times a bias of its source towards the side. The light form takes
//! logarithms: the true total is piecewise linear in the days, a bias is normal around 0, and one system of linear
//! equations gives both. Biases are centred on 0 over the sources: what all sources share goes into the total.

mod fit;
mod ridge;

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{ClaimId, Date, EntityId, Measure, Scope, Status};
use serde::Serialize;

pub use fit::{Fit, Interval95, Prior, Row, fit};

use crate::days::between;
use crate::range::Range;
use crate::roots::Camps;
use crate::{Ask, Weighed};

/// A series shorter than this is no long series (figures).
const FIGURES: usize = 12;
/// Nor one on fewer days than this.
const DAYS: usize = 6;
/// Fewer camps than this tell nothing of who leans.
const CAMPS: usize = 3;

/// What is printed with every figure of the model.
pub const WARNING: &str = "model, not a count: if all sources err one way so does this; \
                           a side with few reports of its own is not identified";

/// A running total freed of what its sources' leanings explain.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Unbiased {
    /// What is counted.
    pub measure: Measure,
    /// Of whom.
    pub group: String,
    /// On this day, the last with a figure.
    pub day: Date,
    /// 2.5 % lie below.
    pub low: u64,
    /// The middle.
    pub mid: u64,
    /// 2.5 % lie above.
    pub high: u64,
    /// How many times too high (above 1) or too low each root's figures are, in thousandths.
    pub leaning: BTreeMap<EntityId, u64>,
    /// What to bear in mind.
    pub warning: &'static str,
    /// The claims that went in.
    pub claims: Vec<ClaimId>,
}

/// What is counted, and of whom.
type Key<'s> = (Measure, &'s str);
/// A root's figure of a day, with the claims that carry it.
type Rows = BTreeMap<(Date, EntityId, Range), Vec<usize>>;

/// The model over each measure and group of the running totals asked about that is long enough; nothing for others.
pub fn unbiased(weighed: &Weighed, ask: &Ask) -> Vec<Unbiased> {
    if let Some(day) = ask.known_by {
        return unbiased(&weighed.known_by(day), &Ask { known_by: None, ..ask.clone() });
    }
    let camps = Camps::new(weighed.corpus.names);
    let mut told: BTreeMap<Key, Rows> = BTreeMap::new();
    for (at, said) in weighed.said.iter().enumerate() {
        let claim = said.link.claim;
        let running = claim.count.as_ref().is_some_and(|count| count.scope == Some(Scope::Cumulative));
        let Some(((measure, range), day)) = said.link.figure.zip(said.day()) else { continue };
        if !running || claim.status != Status::Asserted || claim.part_of.is_some() || !ask.lets(weighed, at) {
            continue;
        }
        for root in &said.voice.roots {
            let rows = told.entry((measure, &said.link.group)).or_default();
            rows.entry((day.to, root.clone(), range)).or_default().push(at);
        }
    }
    let long = |((measure, group), rows): (Key, Rows)| {
        let roots: BTreeSet<&EntityId> = rows.keys().map(|(_, root, _)| root).collect();
        let days: BTreeSet<Date> = rows.keys().map(|(day, ..)| *day).collect();
        let (first, last) = (*days.first()?, *days.last()?);
        if rows.len() < FIGURES || days.len() < DAYS || camps.among(roots.iter().copied()).len() < CAMPS {
            return None;
        }
        let row = |(day, root, range): &(Date, EntityId, Range)| Row {
            category: measure.as_str().into(),
            side: group.into(),
            source: root.clone(),
            day: between(first, *day),
            count: range.point(),
            at_least: range.high.is_none(),
            at_most: range.low.is_none(),
        };
        let model = fit(&rows.keys().map(row).collect::<Vec<_>>(), &Prior::default())?;
        let Interval95 { low, mid, high } = model.at(measure.as_str(), group, between(first, last))?;
        let leaning = roots.iter().filter_map(|root| {
            let times = model.leaning(root, group, measure.as_str())?;
            Some(((*root).clone(), whole(times * 1000.0)))
        });
        let claims: BTreeSet<&str> = rows.values().flatten().map(|&at| weighed.said[at].id()).collect();
        Some(Unbiased {
            measure,
            group: group.to_string(),
            day: last,
            low: whole(low),
            mid: whole(mid),
            high: whole(high),
            leaning: leaning.collect(),
            warning: WARNING,
            claims: claims.into_iter().map(String::from).collect(),
        })
    };
    told.into_iter().filter_map(long).collect()
}

/// Rounded half up; what is too great for a whole number is the greatest there is.
fn whole(number: f64) -> u64 {
    (number + 0.5) as u64
}
