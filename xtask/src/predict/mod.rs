//! `cargo xtask predict CORPUS INPUT -o PRED`: predictions for a labelled file, in that corpus's format.
//!
//! Each corpus with a format of its own has a file here; its `line` writes one report.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use anyhow::{Context, bail};
use gainsay_lexicon::Words;
use gainsay_model::{CodePoints, Reading, Report, Span};
use serde_json::{Value, json};

mod attribution;
mod events;
mod geo;
mod muc4;
mod names;
mod re3d;
mod time;
mod truth;

/// Corpora that can be predicted.
pub const CORPORA: &[&str] = &[
    "attribution",
    "claims",
    "coref",
    "events",
    "fakes",
    "geo",
    "muc4",
    "muc4-fit",
    "names-pairs",
    "names-queries",
    "re3d",
    "time",
    "truth",
    "ud",
];

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
    match corpus {
        "muc4" => return muc4::predict(input, output),
        "muc4-fit" => return muc4::fit(input, output),
        _ => {}
    }
    match corpus {
        "names-pairs" => return names::pairs(input, output),
        "names-queries" => return names::queries(input, output),
        _ => {}
    }
    match corpus {
        "coref" => return events::coref(input, output),
        "events" => return events::predict(input, output),
        _ => {}
    }
    if corpus == "truth" {
        return truth::predict(input, output);
    }
    let line: fn(&Report, &Reading) -> anyhow::Result<Vec<Value>> = match corpus {
        "attribution" => |report, reading| Ok(vec![attribution::line(report, reading)]),
        "claims" => {
            |_, reading| Ok(reading.claims.iter().map(serde_json::to_value).collect::<Result<_, _>>()?)
        }
        "fakes" => |report, reading| {
            Ok(vec![serde_json::to_value(gainsay_read::code::code(report, reading, Words::builtin()))?])
        },
        "geo" => |report, reading| Ok(vec![geo::line(report, reading)]),
        "re3d" => |report, reading| Ok(vec![re3d::line(report, reading)]),
        "time" => |report, reading| Ok(vec![time::line(report, reading)]),
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
