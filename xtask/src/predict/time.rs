//! Predictions for labelled expressions of time.

use gainsay_model::{CodePoints, Reading, Report, TimexType};
use serde_json::{Value, json};

use super::points;

/// `{id, timexes: [{start, end, type, value}]}`.
pub(super) fn line(report: &Report, reading: &Reading) -> Value {
    let index = CodePoints::of(&report.text);
    let kind = |timex: TimexType| match timex {
        TimexType::Date => "DATE",
        TimexType::Time => "TIME",
        TimexType::Duration => "DURATION",
        TimexType::Set => "SET",
    };
    let timexes = reading.times.iter().filter(|time| !time.value.is_empty()).map(|time| {
        let mut value = points(&index, &report.text, time.span);
        value["type"] = kind(time.timex).into();
        value["value"] = time.value.clone().into();
        value
    });
    json!({"id": report.id, "timexes": timexes.collect::<Vec<_>>()})
}
