//! MUC-4: templates of terrorist incidents in Latin America, from gainsay's own reading.
//!
//! A guard against a reader that fits one war. The texts are from 1988 to 1991 and have lost their capitals; the
//! reader is the same, with another lexicon and gazetteer (`xtask/data/muc4`), as a user who studies another war
//! would hand in. Format and metrics: Fourth Message Understanding Conference (1992), and Du et al. (NAACL 2021).

use std::io::Write;
use std::path::Path;

use anyhow::Context;
use gainsay_lexicon::Words;
use gainsay_model::Report;
use serde_json::{Value, json};

mod casualties;
mod filler;
mod fit;
mod incident;
mod message;
mod nouns;
mod relevance;
mod roles;
mod template;
mod truecase;
mod weights;
mod words;

use incident::{Deed, deeds};
use message::Message;
use template::templates;

/// What messages are read with.
struct Reader {
    words: Words,
    cases: truecase::Cases,
    nouns: nouns::Nouns,
}

impl Reader {
    fn load() -> anyhow::Result<Reader> {
        let words = words::words()?;
        let cases = truecase::Cases::of(&words);
        Ok(Reader { words, cases, nouns: nouns::Nouns::load()? })
    }

    /// What `give` makes of a message as read.
    fn read<T>(&self, message: &Value, give: impl Fn(&Message, &[Deed]) -> T) -> anyhow::Result<T> {
        let report = report(message, &self.cases)?;
        let reading = gainsay_read::read(&report, &self.words);
        let message = Message::of(&report, &reading, &self.words);
        Ok(give(&message, &deeds(&message, &self.nouns)))
    }
}

/// Writes `{id, templates, casualties}` for each message of `input`.
///
/// # Errors
/// A file that cannot be read or written, or a line that is no message.
pub fn predict(input: &Path, output: &Path) -> anyhow::Result<()> {
    let reader = Reader::load()?;
    let weights = weights::Weights::load()?;
    let mut out =
        std::io::BufWriter::new(std::fs::File::create(output).with_context(|| output.display().to_string())?);
    for line in messages(input)? {
        let (given, casualties) = reader.read(&line, |message, deeds| {
            let (mut given, mut hurt): (Vec<Value>, Vec<Value>) = Default::default();
            for template in templates(message, &reader.nouns, deeds) {
                let Some(value) = template.given(&weights) else { continue };
                let told: Vec<&Deed> = template.deeds.iter().map(|&n| &deeds[n]).collect();
                let victims = fit::mentions(&value["Victim"]);
                hurt.extend(casualties::casualties(message, &reader.nouns, &told, &victims));
                given.push(value);
            }
            hurt.dedup();
            (given, hurt)
        })?;
        writeln!(out, "{}", json!({"id": line["id"], "templates": given, "casualties": casualties}))?;
    }
    out.flush()?;
    Ok(())
}

/// Writes the table of weights, fitted to the labelled messages of `input`.
///
/// # Errors
/// As [`predict`].
pub fn fit(input: &Path, output: &Path) -> anyhow::Result<()> {
    let reader = Reader::load()?;
    let mut labelled = Vec::new();
    for line in messages(input)? {
        let templates = reader.read(&line, |message, deeds| templates(message, &reader.nouns, deeds))?;
        labelled.push(fit::Labelled { templates, gold: line["templates"].clone() });
    }
    let mut table = String::from(HEAD);
    for (feature, weight) in fit::fit(&labelled) {
        table.push_str(&format!("{feature}\t{weight}\n"));
    }
    std::fs::write(output, table).with_context(|| output.display().to_string())
}

/// The head of the table of weights.
const HEAD: &str = "\
# What an incident, and what fills its slots, must look like to be given: weights in hundredths, above 0 in sum.
# Origin: `cargo xtask predict muc4-fit`, on the 1300 training messages of MUC-4; counts of features of the reading, no
# text. Licence: CC0-1.0.
feature\tweight
";

/// The messages of a `.jsonl` file, plain or packed with gzip.
fn messages(input: &Path) -> anyhow::Result<Vec<Value>> {
    let place = || input.display().to_string();
    let bytes = std::fs::read(input).with_context(place)?;
    let mut text = String::new();
    if input.extension().is_some_and(|end| end == "gz") {
        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(bytes.as_slice()), &mut text)
            .with_context(place)?;
    } else {
        text = String::from_utf8(bytes).with_context(place)?;
    }
    let message =
        |(n, line)| serde_json::from_str(line).with_context(|| format!("{}:{}", input.display(), n + 1));
    text.lines().enumerate().map(message).collect()
}

/// The message as a report: capitals restored, paragraphs parted, dated by its dateline.
fn report(message: &Value, cases: &truecase::Cases) -> anyhow::Result<Report> {
    let field = |name: &str| message[name].as_str().map(str::to_string);
    let body = field("text").context("a message without text")?;
    let text = cases.restore(&body).replace("    ", "\n\n  ");
    let published = field("raw_text").and_then(|raw| dateline(&raw));
    let report = serde_json::json!({"id": field("id"), "text": text, "published": published});
    Ok(serde_json::from_value(report)?)
}

/// The day of a dateline: "SAN SALVADOR, 3 JAN 90 --".
fn dateline(raw: &str) -> Option<String> {
    const MONTHS: &str = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC";
    let words: Vec<&str> = raw.split_whitespace().take(40).collect();
    words.windows(3).find_map(|three| {
        let day: u32 = three[0].parse().ok().filter(|day| (1..=31).contains(day))?;
        let month = MONTHS.split(' ').position(|month| month == three[1].get(..3).unwrap_or_default())? + 1;
        let year: u32 = three[2].get(..2)?.parse().ok()?;
        Some(format!("19{year}-{month:02}-{day:02}"))
    })
}

#[cfg(test)]
mod tests;
