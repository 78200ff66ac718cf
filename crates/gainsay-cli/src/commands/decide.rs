//! `gainsay merge`, `split`, `set`, `undo`: decisions, into the same log as the desk's.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use gainsay::Error;
use gainsay::decide::{self, Decision, correction, leave, pair};
use gainsay::model::Date;
use gainsay::names::{Role, one};
use gainsay::shelf::Shelf;

use super::Context;
use super::init::who;
use crate::args::{Deciding, Format, Link, Merge, Set, Undo};
use crate::{Outcome, out};

/// Decides that all of these are one.
pub fn merge(context: &Context, merge: Merge) -> Result<Outcome> {
    let decisions = {
        let shelf = Shelf::open(context.ledger)?;
        let weighed = shelf.weigh(None);
        let first = &merge.ids[0];
        merge.ids[1..]
            .iter()
            .map(|other| pair(first, other, true, &shelf, &weighed))
            .collect::<Result<Vec<_>, Error>>()?
    };
    take(context, decisions, merge.deciding)
}

/// Decides that two are not one, or that claims are not of an event.
pub fn split(context: &Context, split: Merge) -> Result<Outcome> {
    let decisions = {
        let shelf = Shelf::open(context.ledger)?;
        let weighed = shelf.weigh(None);
        let [first, rest @ ..] = split.ids.as_slice() else { bail!(Error::input("give two ids")) };
        let event = weighed.events.iter().any(|event| event.id == *first);
        match rest {
            _ if event && rest.iter().all(|id| shelf.claim(id).is_some()) => leave(first, rest, &weighed)?,
            [second] => vec![pair(first, second, false, &shelf, &weighed)?],
            _ => bail!(Error::input("give two ids, or an event and claims of it")),
        }
    };
    take(context, decisions, split.deciding)
}

/// Decides of a claim or a source.
pub fn set(context: &Context, set: Set) -> Result<Outcome> {
    let decisions = {
        let shelf = Shelf::open(context.ledger)?;
        let weighed = shelf.weigh(None);
        match shelf.claim(&set.id) {
            Some(claim) => {
                let (mut decisions, mut fields) = (Vec::new(), BTreeMap::new());
                for value in &set.values {
                    let claim = claim.id.clone();
                    match (value.as_str(), value.split_once('=')) {
                        ("confirmed", _) => decisions.push(Decision::Confirm { claim }),
                        ("rejected", _) => decisions.push(Decision::Reject { claim }),
                        (_, Some((slot, value))) => {
                            fields.extend(correction(slot.trim(), value, shelf.words(), &weighed)?);
                        }
                        (other, None) => bail!(Error::input(format!(
                            "`{other}` is nothing a claim can be; confirmed, rejected or SLOT=VALUE"
                        ))),
                    }
                }
                if !fields.is_empty() {
                    decisions.push(Decision::Correct { claim: claim.id.clone(), values: fields });
                }
                decisions
            }
            None => {
                let source = one(&set.id, Role::Source, shelf.words(), &weighed)?;
                vec![rating(&source, &set.values)?]
            }
        }
    };
    take(context, decisions, set.deciding)
}

fn rating(source: &str, values: &[String]) -> Result<Decision, Error> {
    let (mut letter, mut since) = (None, None);
    for value in values {
        match value.split_once('=') {
            Some(("letter", value)) => letter = Some(value.to_uppercase()),
            Some(("since", day)) => {
                let day: Option<Date> = day.parse().ok();
                since =
                    Some(day.ok_or_else(|| Error::input(format!("`{value}`: give a day as 2014-06-03")))?);
            }
            _ => {
                return Err(Error::input(format!("`{value}`: of a source set letter=A to F, and since=DAY")));
            }
        }
    }
    let letter = letter.ok_or_else(|| Error::input("of a source set letter=A to F, and since=DAY"))?;
    Ok(Decision::Rate { source: source.to_owned(), letter, since })
}

/// Decides whom words mean.
pub fn link(context: &Context, link: Link) -> Result<Outcome> {
    let decisions = {
        let shelf = Shelf::open(context.ledger)?;
        let weighed = shelf.weigh(None);
        decide::link(&link.of, &link.mention, &link.entity, &shelf, &weighed)?
    };
    take(context, decisions, link.deciding)
}

/// Undoes decisions.
pub fn undo(context: &Context, undo: Undo) -> Result<Outcome> {
    let decisions = undo.entries.iter().map(|&entry| Decision::Undo { entry }).collect();
    take(context, decisions, undo.deciding)
}

/// Writes decisions to the log, and says under which entries.
fn take(context: &Context, decisions: Vec<Decision>, deciding: Deciding) -> Result<Outcome> {
    let words: Vec<String> = decisions.iter().map(super::decisions::what).collect();
    let entries = decide::record(context.ledger, decisions, &who(deciding.by), &deciding.why)?;
    for (entry, what) in entries.iter().zip(words) {
        match context.format {
            _ if context.quiet => {}
            Format::Jsonl => out::say(&serde_json::json!({ "entry": entry, "what": what }).to_string())?,
            Format::Table | Format::Csv => out::say(&format!("entry {entry}: {what}"))?,
        }
    }
    Ok(Outcome::Done)
}
