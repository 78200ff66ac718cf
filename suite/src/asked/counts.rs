//! How many, who says so, and where that is disputed.

use gainsay::ask::{self, Ask};
use gainsay_model::{Dispute, DisputeKind, Measure, Policy, Tally};
use serde_json::Value;

use super::places::is_voice;
use super::{Asked, group, ok, strings};

/// Each source's figure of one measure and group, and low and high under the `ucdp` policy.
pub fn tally(asked: &Asked) -> Result<(), String> {
    let measure = measure(asked)?;
    let ask = Ask { place: asked.place(), from: asked.day("from"), to: asked.day("to"), ..Ask::default() };
    let weighed = asked.weighed();
    let tallies =
        |policy| ask::tally(&weighed, &ask, policy, Some(measure), Some(group(asked.text("group"))));
    let lines = tallies(Policy::BySource);
    let mut wrong = Vec::new();
    for (source, bounds) in asked.row["by_source"].as_object().into_iter().flatten() {
        let bounds = (bounds[0].as_u64(), bounds[1].as_u64());
        let who = asked.speaker(source);
        let of = |line: &Tally| {
            line.by_source
                .iter()
                .filter(|by| is_voice(&by.source, &who) || is_voice(&by.root, &who))
                .map(|by| (by.low, by.high))
                .collect::<Vec<_>>()
        };
        let found: Vec<_> = lines.iter().flat_map(of).collect();
        if !found.contains(&bounds) {
            wrong.push(format!("{source} says {found:?} and not {bounds:?}"));
        }
    }
    if let Some(ucdp) = asked.row["ucdp"].as_object() {
        let bounds = (ucdp["low"].as_u64(), ucdp["high"].as_u64());
        let found: Vec<_> = tallies(Policy::Ucdp).iter().map(|line| (line.low, line.high)).collect();
        if !found.contains(&bounds) {
            wrong.push(format!("ucdp gives {found:?} and not {bounds:?}"));
        }
    }
    ok(wrong.is_empty(), || wrong.join("; "))
}

/// A dispute of its kind, about that, in those reports, with at least these values.
pub fn dispute(asked: &Asked) -> Result<(), String> {
    let weighed = asked.weighed();
    let accepted =
        asked.row["accept"].as_array().into_iter().flatten().filter_map(|row| row["kind"].as_str());
    let kinds: Vec<&str> = accepted.chain([asked.text("kind")]).collect();
    let about = &asked.row["about"];
    let fits = |dispute: &Dispute| {
        let place = about["place"].as_str().is_none_or(|place| dispute.about.place.as_deref() == Some(place));
        let claims: Vec<_> = dispute.sides.iter().flat_map(|side| side.claims.clone()).collect();
        let kind = about["kind"].as_str().is_none_or(|kind| {
            claims.iter().filter_map(|id| asked.claim(id)).any(|claim| claim.kind.as_str() == kind)
        });
        kinds.contains(&dispute.kind.as_str())
            && !dispute.revision
            && place
            && kind
            && counts_that(asked, dispute)
            && asked.in_all(&claims)
            && has_values(dispute, &asked.row["values"])
    };
    ok(weighed.disputes.iter().any(fits), || told(&weighed.disputes, &kinds))
}

/// No dispute sets any two of these numbers against each other.
pub fn no_dispute(asked: &Asked) -> Result<(), String> {
    let weighed = asked.weighed();
    let values: Vec<u64> = asked.numbers("values").into_iter().flatten().collect();
    let wrong = weighed.disputes.iter().find(|dispute| {
        let among =
            dispute.sides.iter().filter(|side| values.iter().any(|value| is_number(&side.value, *value)));
        let here = dispute.sides.iter().any(|side| asked.in_any(&side.claims));
        dispute.kind == DisputeKind::Count
            && !dispute.revision
            && here
            && same_measure(asked, dispute)
            && among.count() > 1
    });
    wrong.map_or(Ok(()), |dispute| Err(one(dispute)))
}

/// One voice that says something newer, with at least these values.
pub fn revision(asked: &Asked) -> Result<(), String> {
    let weighed = asked.weighed();
    let source = asked.speaker(asked.text("source"));
    let fits = |dispute: &Dispute| {
        let voice = dispute.sides.iter().flat_map(|side| &side.roots).any(|root| is_voice(root, &source));
        dispute.revision && voice && counts_that(asked, dispute) && has_values(dispute, &asked.row["values"])
    };
    ok(weighed.disputes.iter().any(fits), || {
        let revisions = weighed.disputes.iter().filter(|dispute| dispute.revision);
        format!("revisions: {}", revisions.map(one).collect::<Vec<_>>().join("; "))
    })
}

fn measure(asked: &Asked) -> Result<Measure, String> {
    Measure::parse(asked.text("measure")).ok_or_else(|| format!("no measure: {}", asked.text("measure")))
}

fn same_measure(asked: &Asked, dispute: &Dispute) -> bool {
    asked.row["measure"]
        .as_str()
        .is_none_or(|measure| dispute.about.measure.map(Measure::as_str) == Some(measure))
}

fn counts_that(asked: &Asked, dispute: &Dispute) -> bool {
    let of =
        asked.row["group"].as_str().is_none_or(|name| dispute.about.group.as_deref() == Some(group(name)));
    same_measure(asked, dispute) && of
}

fn has_values(dispute: &Dispute, values: &Value) -> bool {
    let numbers = values.as_array().into_iter().flatten().filter_map(Value::as_u64);
    let sides = |fits: &dyn Fn(&str) -> bool| dispute.sides.iter().any(|side| fits(&side.value));
    numbers.into_iter().all(|number| sides(&|value| is_number(value, number)))
        && strings(values).iter().all(|name| sides(&|value| value.split(" + ").any(|one| one == *name)))
}

/// Whether a value as written ("at least 90", "1,200") is about this number.
fn is_number(value: &str, number: u64) -> bool {
    let digits = value.replace(',', "");
    digits.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.parse() == Ok(number))
}

fn told(disputes: &[Dispute], kinds: &[&str]) -> String {
    let same = disputes.iter().filter(|dispute| kinds.contains(&dispute.kind.as_str()));
    format!("disputes: {}", same.map(one).collect::<Vec<_>>().join("; "))
}

fn one(dispute: &Dispute) -> String {
    let sides: Vec<&str> = dispute.sides.iter().map(|side| side.value.as_str()).collect();
    let group = dispute.about.group.as_deref().unwrap_or_default();
    format!(
        "{} {group} {}{}",
        dispute.id,
        sides.join(" / "),
        if dispute.revision { " (revision)" } else { "" }
    )
}
