//! Corrections of a claim: what people type for a slot to the fields of the claim as it is written down.

use std::collections::BTreeMap;

use gainsay_lexicon::Words;
use gainsay_model::{Claim, Date, Degree, Kind, Measure, Status};
use gainsay_weigh::Weighed;
use serde_json::{Value, json};

use crate::Error;
use crate::names::{Role, one};

/// The fields that `slot=value` changes: `actor=Islamic State`, `place=Ayyash,Mayadin`, `time=2014-06-03..2014-06-05`,
/// `count=killed 50..65` (`50`, `280+`, `..30`), `status=denied`, `kind=capture`, `degree=partial`. Nothing behind
/// the sign empties the slot.
///
/// # Errors
/// When there is no such slot, the value is none of its, or a name fits nobody or several.
pub fn correction(
    slot: &str,
    value: &str,
    words: &Words,
    weighed: &Weighed,
) -> Result<Vec<(String, Value)>, Error> {
    let value = value.trim();
    let one = |value: Value| Ok(vec![(slot.to_owned(), value)]);
    let no = |what: &str| Err(Error::input(format!("`{slot}={value}`: {what}")));
    match slot {
        "actor" | "target" => named(slot, value, Role::Actor, words, weighed),
        "place" => named(slot, value, Role::Place, words, weighed),
        "source" => named(slot, value, Role::Source, words, weighed),
        "time" if value.is_empty() => one(Value::Null),
        "time" => match interval(value) {
            Some((start, end)) => one(json!({ "start": start, "end": end })),
            None => no("give a day or days as 2014-06-03 or 2014-06-03..2014-06-05"),
        },
        "count" if value.is_empty() => one(Value::Null),
        "count" => match count(value) {
            Some(count) => one(count),
            None => no("give what and how many, as `killed 50`, `killed 50..65` or `killed 280+`"),
        },
        "status" if Status::parse(value).is_some() => one(json!(value)),
        "status" => no(&one_of(Status::ALL.iter().map(|status| status.as_str()))),
        "kind" if Kind::parse(value).is_some() => one(json!(value)),
        "kind" => no(&one_of(Kind::ALL.iter().map(|kind| kind.as_str()))),
        "degree" if value.is_empty() => one(Value::Null),
        "degree" if Degree::parse(value).is_some() => one(json!(value)),
        "degree" => no(&one_of(Degree::ALL.iter().map(|degree| degree.as_str()))),
        _ => no(&format!(
            "a claim has no such slot; {}",
            one_of(["actor", "target", "place", "source", "time", "count", "status", "kind", "degree"])
        )),
    }
}

/// A claim with corrected fields laid over it.
///
/// # Errors
/// When the fields do not make a claim.
pub(super) fn corrected(claim: &Claim, values: &BTreeMap<String, Value>) -> Result<Claim, Error> {
    let mut line = serde_json::to_value(claim).expect("a claim is written as JSON");
    for (field, value) in values {
        line[field] = value.clone();
    }
    serde_json::from_value(line).map_err(|error| {
        Error::wrong(format!("a correction of claim `{}` does not fit it: {error}", claim.id))
    })
}

fn one_of<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    format!("one of {}", words.into_iter().collect::<Vec<_>>().join(", "))
}

/// Fillers and their ids, from names with commas between them.
fn named(
    slot: &str,
    value: &str,
    role: Role,
    words: &Words,
    weighed: &Weighed,
) -> Result<Vec<(String, Value)>, Error> {
    let (mut fillers, mut known) = (Vec::new(), Vec::new());
    for name in value.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        let id = one(name, role, words, weighed)?;
        fillers.push(json!([name, weighed.name(&id)]));
        known.push(id);
    }
    Ok(vec![(slot.to_owned(), json!(fillers)), (format!("{slot}_id"), json!(known))])
}

fn interval(value: &str) -> Option<(Option<Date>, Option<Date>)> {
    let day = |text: &str| -> Option<Option<Date>> {
        let text = text.trim();
        if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) }
    };
    let (start, end) = match value.split_once("..") {
        Some((start, end)) => (day(start)?, day(end)?),
        None => (day(value)?, day(value)?),
    };
    let forward = start.zip(end).is_none_or(|(start, end)| start <= end);
    (forward && (start.is_some() || end.is_some())).then_some((start, end))
}

fn count(value: &str) -> Option<Value> {
    let (what, many) = value.split_once(char::is_whitespace)?;
    let what = Measure::parse(what)?;
    let number = |text: &str| -> Option<Option<u64>> {
        let text = text.trim();
        if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) }
    };
    let many = many.trim();
    let (low, high) = match (many.split_once(".."), many.strip_suffix('+')) {
        (Some((low, high)), _) => (number(low)?, number(high)?),
        (None, Some(low)) => (number(low)?, None),
        (None, None) => (number(many)?, number(many)?),
    };
    let rising = low.zip(high).is_none_or(|(low, high)| low <= high);
    (rising && (low.is_some() || high.is_some()))
        .then(|| json!({ "what": what.as_str(), "low": low, "high": high }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_days_are_read_as_they_are_typed() {
        assert_eq!(count("killed 50"), Some(json!({"what": "killed", "low": 50, "high": 50})));
        assert_eq!(count("killed 280+"), Some(json!({"what": "killed", "low": 280, "high": null})));
        assert_eq!(count("injured 3..9"), Some(json!({"what": "injured", "low": 3, "high": 9})));
        assert_eq!(count("killed 9..3"), None);
        assert_eq!(count("slain 3"), None);
        let day: Date = "2014-06-03".parse().unwrap();
        assert_eq!(interval("2014-06-03"), Some((Some(day), Some(day))));
        assert_eq!(interval("2014-06-03.."), Some((Some(day), None)));
        assert_eq!(interval("2014-06-03..2014-06-01"), None);
        assert_eq!(interval(".."), None);
    }
}
