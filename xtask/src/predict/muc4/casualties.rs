//! Deeds to casualty rows: who, how many, dead or wounded.

use std::collections::BTreeSet;

use gainsay_model::{Kind, Measure, Status, Upos, Xpos};
use serde_json::{Value, json};

use super::incident::{Deed, Type};
use super::message::Message;
use super::nouns::Nouns;
use super::roles::{mention, persons};

/// One row for each number of dead or wounded in the deeds of a template, and for each person by name; `victims` are
/// those that the template names.
pub fn casualties(message: &Message, nouns: &Nouns, deeds: &[&Deed], victims: &[String]) -> Vec<Value> {
    let mut rows: BTreeSet<(&'static str, String, Vec<String>)> = BTreeSet::new();
    // Whom a killing names is dead, though no claim counts him.
    let kills = deeds.iter().any(|deed| {
        let kind = message.reading.claims[deed.claim].kind;
        deed.kind == Some(Type::Attack) && deed.strong || kind == Kind::Casualties && !deed.wounds
    });
    if kills && deeds.iter().all(|deed| deed.kind != Some(Type::Kidnapping)) {
        rows.extend(victims.iter().map(|name| ("DEATH", "1".to_string(), vec![name.clone()])));
    }
    for deed in deeds {
        let claim = &message.reading.claims[deed.claim];
        if claim.kind != Kind::Casualties || claim.status != Status::Asserted {
            continue;
        }
        let effect = match (claim.count.as_ref().map(|count| count.what), deed.wounds) {
            (Some(Measure::Killed), _) | (None, false) => "DEATH",
            (Some(Measure::Injured), _) | (None, true) => "INJURY",
            _ => continue,
        };
        let counted = claim.count.as_ref().and_then(|count| count.low.or(count.high));
        for &target in &deed.targets {
            let names = persons(message, nouns, target);
            let token = &message.reading.tokens[target];
            let people = message.words.codebook.people.contains_key(&message.lemma(target));
            let single = people && token.upos == Upos::Noun && token.xpos == Xpos::Nn;
            let number = counted.or((single && names.is_empty()).then_some(1));
            if names.is_empty() || counted.is_some_and(|number| number > 1) {
                let row = |number: u64| (effect, number.to_string(), vec![mention(message, nouns, target)]);
                rows.extend(number.map(row));
            } else {
                for name in names {
                    // Who is said to be wounded is not dead.
                    if effect == "INJURY" {
                        rows.remove(&("DEATH", "1".to_string(), vec![name.clone()]));
                    }
                    rows.insert((effect, "1".to_string(), vec![name]));
                }
            }
        }
        if deed.targets.is_empty() {
            rows.extend(counted.map(|number| (effect, number.to_string(), Vec::new())));
        }
    }
    rows.into_iter()
        .map(|(effect, number, who)| json!({"effects": [effect], "number": number, "who": who}))
        .collect()
}
