//! Predictions for labelled mentions of people, bodies, places and the like.

use gainsay_lexicon::Words;
use gainsay_model::{CodePoints, Reading, Report};
use gainsay_read::names::learned::{NameModel, mentions};
use serde_json::{Value, json};

use super::points;

/// `{id, entities: [{start, end, type}]}`.
pub(super) fn line(report: &Report, reading: &Reading) -> Value {
    let index = CodePoints::of(&report.text);
    let model = NameModel::builtin();
    let found = mentions(&report.text, &reading.sentences, &reading.tokens, Words::builtin(), model);
    let entities = found.iter().map(|mention| {
        let mut value = points(&index, &report.text, mention.span);
        value["type"] = mention.class.as_str().into();
        value
    });
    json!({"id": report.id, "entities": entities.collect::<Vec<_>>()})
}
