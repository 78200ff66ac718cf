//! All layers of a reading as one JSON object: for benchmarks, and for seeing why a claim was read as it was.
//!
//! Offsets count Unicode code points of the report's text, half open, as in claims. `head`, `antecedent`, `tokens`,
//! `counted`, `part_of` and `within` are places in the lists beside them, counted from 0 over the whole report.

use gainsay_model::{CodePoints, NameClass, Part, Reading, Report, Span, TimexType};
use serde_json::{Value, json};

/// The layers of one report.
pub fn annotate(report: &Report, reading: &Reading) -> Value {
    let layer = Layers { text: &report.text, points: CodePoints::of(&report.text) };
    json!({
        "document": report.id,
        "published": report.published,
        "language": report.language,
        "sentences": reading.sentences.iter().map(|one| layer.put(one.span, json!({
            "tokens": [one.tokens.start, one.tokens.end],
            "paragraph": one.paragraph,
            "part": part(one.part),
        }))).collect::<Vec<_>>(),
        "tokens": reading.tokens.iter().map(|one| layer.put(one.span, json!({
            "lemma": one.lemma,
            "upos": one.upos.as_str(),
            "xpos": one.xpos.as_str(),
            "head": one.head,
            "rel": one.rel.as_str(),
        }))).collect::<Vec<_>>(),
        "names": reading.names.iter().map(|one| layer.put(one.span, json!({
            "tokens": [one.tokens.start, one.tokens.end],
            "head": one.head,
            "class": class(one.class),
            "entities": one.entities.iter().map(|it| json!({ "id": it.id, "name": it.name })).collect::<Vec<_>>(),
            "antecedent": one.antecedent,
            "rule": one.rule,
        }))).collect::<Vec<_>>(),
        "times": reading.times.iter().map(|one| layer.put(one.span, json!({
            "tokens": [one.tokens.start, one.tokens.end],
            "interval": one.interval,
            "type": timex(one.timex),
            "value": one.value,
            "rule": one.rule,
        }))).collect::<Vec<_>>(),
        "amounts": reading.amounts.iter().map(|one| layer.put(one.span, json!({
            "tokens": [one.tokens.start, one.tokens.end],
            "low": one.low,
            "high": one.high,
            "counted": one.counted,
            "part_of": one.part_of,
            "cumulative": one.cumulative,
            "rule": one.rule,
        }))).collect::<Vec<_>>(),
        "attributions": reading.attributions.iter().map(|one| layer.put(one.cue, json!({
            "source": one.source.iter().map(|span| layer.put(*span, json!({}))).collect::<Vec<_>>(),
            "sources": one.sources.iter().map(|source| layer.put(source.span, json!({
                "id": source.entity.as_ref().map(|entity| &entity.id),
                "name": source.entity.as_ref().map(|entity| &entity.name),
            }))).collect::<Vec<_>>(),
            "content": one.content.iter().map(|span| layer.put(*span, json!({}))).collect::<Vec<_>>(),
            "status": one.status,
            "unverified": one.unverified,
            "within": one.within,
            "rule": one.rule,
        }))).collect::<Vec<_>>(),
        "claims": reading.claims,
    })
}

/// One report's text, for turning bytes into code points.
struct Layers<'a> {
    text: &'a str,
    points: CodePoints,
}

impl Layers<'_> {
    /// An annotation with where it stands and the words there, in front of everything else.
    fn put(&self, span: Span, more: Value) -> Value {
        let mut all = json!({
            "start": self.points.at(self.text, span.start),
            "end": self.points.at(self.text, span.end),
            "exact": span.of(self.text),
        });
        if let (Value::Object(all), Value::Object(more)) = (&mut all, more) {
            all.extend(more);
        }
        all
    }
}

fn part(part: Part) -> &'static str {
    match part {
        Part::Body => "body",
        Part::Headline => "headline",
        Part::Question => "question",
        Part::Answer => "answer",
        Part::Post => "post",
        Part::Caption => "caption",
        Part::Furniture => "furniture",
    }
}

fn class(class: NameClass) -> &'static str {
    match class {
        NameClass::Actor => "actor",
        NameClass::Place => "place",
        NameClass::Source => "source",
        NameClass::Person => "person",
        NameClass::People => "people",
        NameClass::Weapon => "weapon",
        NameClass::Platform => "platform",
        NameClass::Nationality => "nationality",
        NameClass::Unknown => "unknown",
    }
}

fn timex(timex: TimexType) -> &'static str {
    match timex {
        TimexType::Date => "DATE",
        TimexType::Time => "TIME",
        TimexType::Duration => "DURATION",
        TimexType::Set => "SET",
    }
}
