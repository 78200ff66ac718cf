//! Predictions for truth discovery: what many sources say of many facts, to one value for each.
//!
//! Weighing never publishes what a fact-finder believes; here it is held against gold, as any other method is.
//! Values are brought to one form first: numbers without units, times to the minute, people to their surnames.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use anyhow::Context;
use gainsay_weigh::judge::{Statement, TruthFinder, Value, Votes};
use serde_json::json;

/// Writes `{object, property, value}` for each fact, the value in the words of the first who gave it.
pub(super) fn predict(input: &Path, output: &Path) -> anyhow::Result<()> {
    let file = std::fs::File::open(input).with_context(|| input.display().to_string())?;
    let mut said: Vec<[String; 4]> = Vec::new();
    for (n, line) in BufReader::new(file).lines().enumerate() {
        let place = || format!("{}:{}", input.display(), n + 1);
        let row: serde_json::Value = serde_json::from_str(&line?).with_context(place)?;
        let text = |field: &str| {
            row[field].as_str().map(str::to_owned).with_context(|| format!("{}: no {field}", place()))
        };
        said.push([text("object")?, text("property")?, text("source")?, text("value")?]);
    }
    let mut words: BTreeMap<(String, Value), &str> = BTreeMap::new();
    let mut facts: BTreeMap<String, (&str, &str)> = BTreeMap::new();
    let people = values_are_people(said.iter().map(|[.., value]| value.as_str()));
    let mut statements = Vec::new();
    for (n, [object, property, source, value]) in said.iter().enumerate() {
        let Some(normal) = normal(value, people) else { continue };
        let about = format!("{object}\u{1f}{property}");
        words.entry((about.clone(), normal.clone())).or_insert(value);
        facts.insert(about.clone(), (object, property));
        // The order of the lines is the only order there is: what stands first was said first.
        statements.push(Statement { about, source: source.clone(), said: n as u64, value: normal });
    }
    let votes = Votes::of(statements);
    let judged = TruthFinder::default().judge(&votes);
    let mut out =
        std::io::BufWriter::new(std::fs::File::create(output).with_context(|| output.display().to_string())?);
    for (at, fact) in votes.facts.iter().enumerate() {
        let (Some(best), Some((object, property))) = (judged.best(&votes, at), facts.get(&fact.about)) else {
            continue;
        };
        let value = words.get(&(fact.about.clone(), fact.values[best].value.clone()));
        writeln!(out, "{}", json!({"object": object, "property": property, "value": value}))?;
    }
    out.flush()?;
    Ok(())
}

/// Whether most values are names: letters, and hardly a digit.
fn values_are_people<'v>(values: impl Iterator<Item = &'v str>) -> bool {
    let (mut names, mut all) = (0, 0);
    for value in values {
        all += 1;
        let digits = value.chars().filter(char::is_ascii_digit).count();
        let letters = value.chars().filter(|c| c.is_alphabetic()).count();
        names += usize::from(letters > 4 && digits == 0);
    }
    2 * names > all
}

/// One form for all spellings of a value; `None` where it says nothing.
fn normal(value: &str, people: bool) -> Option<Value> {
    if people {
        let names = surnames(value);
        return (!names.is_empty()).then_some(Value::Set(names));
    }
    if let Some(minutes) = clock(value) {
        return Some(Value::Number(minutes * 1000));
    }
    let plain: String =
        value.to_lowercase().chars().filter(|c| c.is_alphanumeric() || "+-._".contains(*c)).collect();
    let plain = plain.replace("gate", "").replace("terminal", "");
    match number(&plain) {
        Some(thousandths) => Some(Value::Number(thousandths)),
        None => (plain.chars().any(char::is_alphanumeric)).then_some(Value::Text(plain)),
    }
}

/// "8:03 PM": minutes since midnight.
fn clock(value: &str) -> Option<i128> {
    let lower = value.to_lowercase();
    let bytes = lower.as_bytes();
    let colon = (1..bytes.len()).find(|&at| {
        bytes[at] == b':'
            && bytes[at - 1].is_ascii_digit()
            && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
    })?;
    let hour_from = if colon >= 2 && bytes[colon - 2].is_ascii_digit() { colon - 2 } else { colon - 1 };
    let hour: i128 = lower.get(hour_from..colon)?.parse().ok()?;
    let minute: i128 = lower.get(colon + 1..colon + 3)?.parse().ok()?;
    let mut rest = lower.get(colon + 3..).unwrap_or_default();
    if rest.starts_with(':') {
        rest = rest.get(3..).unwrap_or_default();
    }
    Some(match rest.trim_start().chars().next() {
        Some('p') if hour < 12 => (hour + 12) * 60 + minute,
        Some('a') if hour == 12 => minute,
        _ => hour * 60 + minute,
    })
}

/// A number at the beginning ("43", "29.92in"), in thousandths; a gate "29" is one, "d28" is not.
fn number(plain: &str) -> Option<i128> {
    let (negative, digits) = match plain.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, plain),
    };
    let end = digits.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(digits.len());
    let (whole, fraction) = digits[..end].split_once('.').unwrap_or((&digits[..end], ""));
    if whole.is_empty() {
        return None;
    }
    let mut thousandths = whole.parse::<i128>().ok()?.checked_mul(1000)?;
    for (digit, worth) in fraction.chars().zip([100, 10, 1]) {
        thousandths += i128::from(digit.to_digit(10)?) * worth;
    }
    Some(if negative { -thousandths } else { thousandths })
}

/// The surnames of a list of people: "Last, First; Last, First", "First Last and First Last", "First Last, First
/// Last", or "Last, First, Last, First".
fn surnames(value: &str) -> std::collections::BTreeSet<String> {
    let lower = outside_brackets(value).to_lowercase();
    let spaced = lower.replace(['&', '/'], " and ");
    let parts: Vec<String> = if lower.contains(';') {
        lower.split(';').map(str::to_owned).collect()
    } else if spaced.split_whitespace().any(|word| word == "and") {
        let words: Vec<&str> = spaced.split_whitespace().collect();
        let groups = words.split(|word| *word == "and").map(|group| group.join(" "));
        groups
            .flat_map(|group| {
                if group.matches(',').count() > 0 && several(&group) { commas(&group) } else { vec![group] }
            })
            .collect()
    } else {
        let parts = commas(&lower);
        let alternate = parts.len() > 1 && parts.iter().step_by(2).all(|part| !part.contains(' '));
        if alternate { parts.chunks(2).map(|pair| pair.join(", ")).collect() } else { parts }
    };
    let surname = |part: &String| {
        let last = part.split_once(',').map_or_else(
            || part.split_whitespace().last().unwrap_or_default().to_owned(),
            |(last, _)| last.trim().to_owned(),
        );
        let title =
            |word: &&str| !matches!(word.trim_matches('.'), "jr" | "sr" | "ii" | "iii" | "phd" | "md");
        let kept: String = last.split_whitespace().filter(title).collect();
        kept.chars().filter(char::is_ascii_lowercase).collect::<String>()
    };
    parts.iter().map(surname).filter(|name| name.len() > 1).collect()
}

/// Whether a list of commas is of several people, not of one "Last, First".
fn several(group: &str) -> bool {
    let parts = commas(group);
    parts.len() > 2 || parts.iter().all(|part| part.contains(' '))
}

fn commas(text: &str) -> Vec<String> {
    text.split(',').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

fn outside_brackets(value: &str) -> String {
    let mut depth = 0_u32;
    let keep = |c: &char| {
        depth = match c {
            '(' => depth + 1,
            ')' => depth.saturating_sub(1),
            _ => depth,
        };
        depth == 0 && *c != ')'
    };
    value.chars().filter(keep).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_to_one_form() {
        assert_eq!(normal("8:03 PM, Dec 04", false), Some(Value::Number(1203 * 1000)));
        assert_eq!(normal("2011-12-04 12:15AM CST", false), Some(Value::Number(15_000)));
        assert_eq!(normal(" Gate D28 ", false), normal("d28", false));
        assert_eq!(normal("29.92 in", false), Some(Value::Number(29_920)));
        assert_eq!(normal(" - ", false), None);
        let people = |text: &str| surnames(text).into_iter().collect::<Vec<_>>();
        assert_eq!(people("Halpin, Terry; Evans, Ken"), ["evans", "halpin"]);
        assert_eq!(people("Terry Halpin, Ken Evans"), ["evans", "halpin"]);
        assert_eq!(people("Terry Halpin and Ken Evans"), ["evans", "halpin"]);
        assert_eq!(people("Halpin,Terry"), ["halpin"]);
    }
}
