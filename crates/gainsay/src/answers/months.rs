//! What each month holds: happenings, their dead, and reports.

use std::collections::BTreeMap;

use gainsay_model::Date;
use gainsay_weigh::Weighed;
use serde::{Deserialize, Serialize};

use crate::shelf::Shelf;

/// One month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthLine {
    /// `2014-06`.
    pub month: String,
    /// Events that began in it.
    pub events: u64,
    /// Their dead, each by its best figure.
    pub killed: u64,
    /// Reports said in it.
    pub reports: u64,
}

/// The months in which anything happened or was said, in order.
pub(super) fn months(shelf: &Shelf, weighed: &Weighed) -> Vec<MonthLine> {
    let mut months: BTreeMap<String, MonthLine> = BTreeMap::new();
    let mut of = |day: Date, add: &dyn Fn(&mut MonthLine)| {
        let month = format!("{:04}-{:02}", day.year(), day.month());
        let line = months.entry(month.clone()).or_insert_with(|| MonthLine { month, ..MonthLine::default() });
        add(line);
    };
    for event in &weighed.events {
        if let Some(day) = event.time.start {
            let killed = event.killed.best.unwrap_or(0);
            of(day, &|line| {
                (line.events, line.killed) = (line.events + 1, line.killed.saturating_add(killed))
            });
        }
    }
    for day in shelf.heads.iter().filter_map(|head| head.published) {
        of(day, &|line| line.reports += 1);
    }
    months.into_values().collect()
}
