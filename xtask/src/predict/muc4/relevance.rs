//! What an incident looks like: whether it is recent, terrorist, and told rather than mentioned.
//!
//! The conference's guidelines exclude fighting between armies and rebels, what is older than two months, and vague
//! talk of violence. These features say nothing of words beyond the frames of the codebook.

use gainsay_model::{Kind, Status, Upos};

use super::incident::Deed;
use super::message::Message;

/// What the deeds of a template, and the message around them, look like.
pub fn features(message: &Message, deeds: &[&Deed], all: &[Deed]) -> Vec<String> {
    let mut found = vec!["template".to_string()];
    let mut add = |name: &str, value: &dyn std::fmt::Display| found.push(format!("{name}={value}"));
    let claims: Vec<_> = deeds.iter().map(|deed| &message.reading.claims[deed.claim]).collect();
    let kind = deeds.iter().find_map(|deed| deed.kind).map_or("none", |kind| kind.as_str());
    add("kind", &kind);
    add("deeds", &step(deeds.len(), &[1, 2, 3, 5]));
    add("first", &step(deeds.iter().map(|deed| deed.sentence).min().unwrap_or(0), &[0, 1, 2, 4, 8, 16]));
    add("strong", &deeds.iter().any(|deed| deed.strong));
    add("asserted", &claims.iter().any(|claim| claim.status == Status::Asserted));
    let verb = |deed: &&Deed| matches!(message.reading.tokens[deed.trigger].upos, Upos::Verb);
    add("verb", &deeds.iter().any(verb));
    add("counted", &claims.iter().any(|claim| claim.count.is_some() && claim.kind == Kind::Casualties));
    let published = message.report.published;
    let age = claims.iter().filter_map(|claim| {
        let days = (published? - claim.time?.start?).get_days();
        Some(usize::try_from(days.max(0)).unwrap_or(0))
    });
    let age = age.min().map_or(-1, |days| i64::try_from(step(days, &[0, 4, 15, 61, 366])).unwrap_or(0));
    add("age", &age);
    add("place", &claims.iter().any(|claim| claim.place.iter().any(|place| place.entity.is_some())));
    let fights = message.reading.claims.iter().filter(|claim| claim.kind == Kind::Clash).count();
    add("fights", &step(fights, &[0, 1, 3]));
    add("others", &step(all.len() - deeds.len(), &[0, 1, 3, 6, 12]));
    add("length", &step(message.reading.sentences.len(), &[0, 6, 12, 25, 50]));
    let tokens = &message.reading.tokens;
    let first = (0..tokens.len()).filter(|&id| {
        matches!(message.tree.lower(id).as_str(), "i" | "we" | "our" | "us" | "my" | "you" | "your")
    });
    add("talk", &step(first.count() * 1000 / tokens.len().max(1), &[0, 1, 5, 15, 30]));
    for side in ["armed-group", "army", "police", "government"] {
        let of = |id: &str| message.words.lexicon.actor(id).is_some_and(|actor| actor.kind == side);
        let acts = claims.iter().any(|claim| claim.actor.iter().any(|actor| actor.id().is_some_and(of)));
        add(side, &acts);
    }
    for deed in deeds {
        let frame = message.reading.claims[deed.claim]
            .grounds
            .iter()
            .find(|ground| ground.rule.starts_with("frame."));
        if let Some(frame) = frame {
            found.push(frame.rule.clone());
        }
    }
    found.sort();
    found.dedup();
    found
}

/// The greatest of the steps that the number reaches; the least one otherwise.
fn step(number: usize, steps: &[usize]) -> usize {
    steps.iter().copied().filter(|&step| step <= number).max().unwrap_or(steps[0])
}
