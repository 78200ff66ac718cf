//! `cargo xtask predict CORPUS INPUT -o PRED`: predictions for a labelled file, in that corpus's format.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use anyhow::{Context, bail};
use gainsay_lexicon::Words;
use gainsay_model::{CodePoints, NameClass, Reading, Report, Span, TimexType};
use serde_json::{Value, json};

/// Corpora that can be predicted.
pub const CORPORA: &[&str] = &["attribution", "claims", "fakes", "geo", "time", "ud"];

/// Writes predictions.
///
/// # Errors
/// An unknown corpus, a file that cannot be read or written, or a line that is no report.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let [corpus, input, flag, output] = args else {
        bail!("usage: cargo xtask predict CORPUS INPUT -o PRED, with CORPUS one of {}", CORPORA.join(", "));
    };
    if flag != "-o" {
        bail!("expected -o before the file to write, found {flag}");
    }
    predict(corpus, Path::new(input), Path::new(output))
}

/// Writes predictions for `corpus` from `input` to `output`.
///
/// # Errors
/// As [`run`].
pub fn predict(corpus: &str, input: &Path, output: &Path) -> anyhow::Result<()> {
    if corpus == "ud" {
        return crate::train::predict_ud(input, output);
    }
    let line: fn(&Report, &Reading) -> anyhow::Result<Vec<Value>> = match corpus {
        "attribution" => |report, reading| Ok(vec![attributions(report, reading)]),
        "claims" => {
            |_, reading| Ok(reading.claims.iter().map(serde_json::to_value).collect::<Result<_, _>>()?)
        }
        "fakes" => |report, reading| {
            Ok(vec![serde_json::to_value(gainsay_read::code::code(report, reading, Words::builtin()))?])
        },
        "geo" => |report, reading| Ok(vec![toponyms(report, reading)]),
        "time" => |report, reading| Ok(vec![timexes(report, reading)]),
        other => bail!("no corpus {other}; there are {}", CORPORA.join(", ")),
    };
    let mut out =
        std::io::BufWriter::new(std::fs::File::create(output).with_context(|| output.display().to_string())?);
    for report in reports(input)? {
        let reading = gainsay_read::read(&report, Words::builtin());
        for value in line(&report, &reading)? {
            writeln!(out, "{value}")?;
        }
    }
    out.flush()?;
    Ok(())
}

/// The reports of a `.jsonl` file; a document creation time (`dct`) is the day it was published.
///
/// # Errors
/// A file that cannot be read, or a line that is no report.
pub fn reports(input: &Path) -> anyhow::Result<Vec<Report>> {
    let file = std::fs::File::open(input).with_context(|| input.display().to_string())?;
    let report = |(n, line): (usize, std::io::Result<String>)| -> anyhow::Result<Report> {
        let place = || format!("{}:{}", input.display(), n + 1);
        let mut value: Value = serde_json::from_str(&line?).with_context(place)?;
        if let Some(day) = value.get("dct").or_else(|| value.get("date")).cloned() {
            value["published"] = day.as_str().and_then(|day| day.get(..10)).map_or(Value::Null, Value::from);
        }
        serde_json::from_value(value).with_context(place)
    };
    BufReader::new(file).lines().enumerate().map(report).collect()
}

/// A span in code points.
fn points(index: &CodePoints, text: &str, span: Span) -> Value {
    json!({"start": index.at(text, span.start), "end": index.at(text, span.end)})
}

/// `{id, timexes: [{start, end, type, value}]}`.
fn timexes(report: &Report, reading: &Reading) -> Value {
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

/// `{id, toponyms: [{start, end, lat, lon}]}`; places that the gazetteer does not hold have no coordinates.
fn toponyms(report: &Report, reading: &Reading) -> Value {
    let index = CodePoints::of(&report.text);
    let named = reading.names.iter().filter(|name| {
        name.class == NameClass::Place
            && !matches!(&*name.rule, "names.noun" | "names.coref" | "names.pronoun")
    });
    let toponyms = named.map(|name| {
        let mut value = points(&index, &report.text, name.span);
        let place = name.entities.first().and_then(|entity| Words::builtin().gazetteer.place(&entity.id));
        if let Some(place) = place {
            value["lat"] = place.lat.into();
            value["lon"] = place.lon.into();
        }
        value
    });
    json!({"id": report.id, "toponyms": toponyms.collect::<Vec<_>>()})
}

/// `{id, attributions: [{source: [{start, end}], cue: […], content: […]}]}`.
fn attributions(report: &Report, reading: &Reading) -> Value {
    let index = CodePoints::of(&report.text);
    let spans =
        |spans: &[Span]| spans.iter().map(|&span| points(&index, &report.text, span)).collect::<Vec<_>>();
    let said = reading.attributions.iter().map(|said| {
        json!({"source": spans(&said.source), "cue": spans(&[said.cue]), "content": spans(&said.content)})
    });
    json!({"id": report.id, "attributions": said.collect::<Vec<_>>()})
}
