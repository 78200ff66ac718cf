//! Predictions for labelled attributions.

use gainsay_model::{CodePoints, Reading, Report, Span};
use serde_json::{Value, json};

use super::points;

/// `{id, attributions: [{source: [{start, end}], cue: […], content: […]}]}`.
pub(super) fn line(report: &Report, reading: &Reading) -> Value {
    let index = CodePoints::of(&report.text);
    let spans =
        |spans: &[Span]| spans.iter().map(|&span| points(&index, &report.text, span)).collect::<Vec<_>>();
    let said = reading.attributions.iter().map(|said| {
        json!({"source": spans(&said.source), "cue": spans(&[said.cue]), "content": spans(&said.content)})
    });
    json!({"id": report.id, "attributions": said.collect::<Vec<_>>()})
}
