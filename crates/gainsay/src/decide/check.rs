//! Whether something can be decided: asked of the ledger's own rows, without weighing anything.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_ledger::Ledger;
use gainsay_model::{Claim, Slot};
use gainsay_weigh::grade::Letter;
use serde_json::Value;

use super::correct::corrected;
use super::{Decided, Decision};
use crate::Error;
use crate::names::Role;

/// A reason has at most so many characters.
pub const LONGEST_WHY: usize = 4000;

/// So many decisions can be taken at once.
pub const MOST_AT_ONCE: usize = 5000;

/// A name, mention or id in a decision has at most so many bytes.
const LONGEST_NAME: usize = 1000;

/// A corrected slot is filled by at most so many.
const MOST_FILLERS: usize = 50;

/// The fields of a claim that a correction may change.
const FIELDS: &[&str] = &[
    "actor",
    "actor_id",
    "target",
    "target_id",
    "place",
    "place_id",
    "source",
    "source_id",
    "time",
    "count",
    "status",
    "kind",
    "degree",
    "means",
    "unverified",
];

/// What an id is known as: as nothing where nobody knows it.
pub type Roles<'k> = dyn Fn(&str) -> Result<Vec<Role>, Error> + 'k;

/// All of these can be decided, and said why.
///
/// # Errors
/// One line on the first that cannot.
pub(super) fn all(
    decisions: &[Decision],
    why: &str,
    ledger: &Ledger,
    decided: &Decided,
    roles: &Roles,
) -> Result<(), Error> {
    if decisions.is_empty() {
        return Err(Error::input("nothing is to be decided; give a decision"));
    }
    if decisions.len() > MOST_AT_ONCE {
        let many = decisions.len();
        return Err(Error::input(format!("{many} decisions at once; give at most {MOST_AT_ONCE}")));
    }
    if why.chars().count() > LONGEST_WHY {
        return Err(Error::input(format!("the reason is longer than {LONGEST_WHY} characters; shorten it")));
    }
    let check = Check { ledger, decided, roles };
    let mut undone = BTreeSet::new();
    for decision in decisions {
        check.one(decision)?;
        if let Decision::Undo { entry } = decision
            && !undone.insert(*entry)
        {
            return Err(Error::input(format!("decision {entry} is undone twice; undo it once")));
        }
    }
    Ok(())
}

struct Check<'c> {
    ledger: &'c Ledger,
    decided: &'c Decided,
    roles: &'c Roles<'c>,
}

impl Check<'_> {
    fn one(&self, decision: &Decision) -> Result<(), Error> {
        match decision {
            Decision::Confirm { claim } | Decision::Reject { claim } => self.claim(claim).map(drop),
            Decision::Correct { claim, values } => self.correction(&self.claim(claim)?, values),
            Decision::OneEvent { a, b } | Decision::TwoEvents { a, b } => {
                two(a, b)?;
                self.claim(a).and_then(|_| self.claim(b)).map(drop)
            }
            Decision::Merge { a, b } | Decision::Split { a, b } => {
                two(a, b)?;
                let (of_a, of_b) = (self.known(a)?, self.known(b)?);
                if of_a.iter().any(|role| of_b.contains(role)) {
                    return Ok(());
                }
                Err(Error::input(format!(
                    "`{a}` and `{b}` are of different sorts; give two actors, two places or two sources"
                )))
            }
            Decision::Link { of, slot, mention, id } => self.link(of, *slot, mention, id),
            Decision::Rate { source, letter, .. } => {
                if Letter::parse(letter).is_none() {
                    return Err(Error::input(format!("`{}` is no letter from A to F", short(letter))));
                }
                match self.roles_of(source)?.contains(&Role::Source) {
                    true => Ok(()),
                    false => Err(Error::input(format!("no source has the id `{}`", short(source)))),
                }
            }
            Decision::Undo { entry } => self.undo(*entry),
        }
    }

    fn claim(&self, id: &str) -> Result<Claim, Error> {
        let found = if id.len() <= LONGEST_NAME { self.ledger.claim(id)? } else { None };
        found.ok_or_else(|| Error::input(format!("no claim has the id `{}`", short(id))))
    }

    fn roles_of(&self, id: &str) -> Result<Vec<Role>, Error> {
        if id.is_empty() || id.len() > LONGEST_NAME { Ok(Vec::new()) } else { (self.roles)(id) }
    }

    fn known(&self, id: &str) -> Result<Vec<Role>, Error> {
        let roles = self.roles_of(id)?;
        if roles.is_empty() {
            return Err(Error::input(format!("no actor, place or source has the id `{}`", short(id))));
        }
        Ok(roles)
    }

    fn link(&self, of: &str, slot: Slot, mention: &str, id: &str) -> Result<(), Error> {
        let Some(role) = role_of(slot) else {
            return Err(Error::input(format!(
                "a {slot} names nobody; link an actor, target, place or source"
            )));
        };
        if mention.trim().is_empty() || mention.len() > LONGEST_NAME {
            return Err(Error::input("the words to be linked are empty or too long"));
        }
        let of_report = of.len() <= LONGEST_NAME && self.ledger.has_report(of)?;
        let claims = match of_report {
            true => self.ledger.claims(&gainsay_ledger::ClaimFilter::of_report(of))?,
            false => vec![self.claim(of)?],
        };
        let told = claims.iter().any(|claim| fillers(claim, slot).iter().any(|one| one.mention == mention));
        if !told {
            let (mention, of) = (short(mention), short(of));
            return Err(Error::input(format!("`{mention}` is no {slot} of any claim of `{of}`")));
        }
        match self.known(id)?.contains(&role) {
            true => Ok(()),
            false => Err(Error::input(format!("`{}` is no {}", short(id), role.word()))),
        }
    }

    fn undo(&self, entry: u64) -> Result<(), Error> {
        match self.decided.entry(entry) {
            None => {
                Err(Error::input(format!("log entry {entry} is no decision; `gainsay decisions` lists them")))
            }
            Some(known) => match known.undone_by {
                Some(by) => Err(Error::input(format!("decision {entry} is undone already, by entry {by}"))),
                None => Ok(()),
            },
        }
    }

    fn correction(&self, claim: &Claim, values: &BTreeMap<String, Value>) -> Result<(), Error> {
        if values.is_empty() {
            return Err(Error::input("a correction changes nothing; give a slot and its value"));
        }
        if let Some(field) = values.keys().find(|field| !FIELDS.contains(&field.as_str())) {
            return Err(Error::input(format!(
                "a correction cannot change `{}`; it can change {}",
                short(field),
                FIELDS.join(", ")
            )));
        }
        for slot in ["actor", "target", "place", "source"] {
            let (names, ids) = (format!("{slot}_id"), values.get(slot));
            let known = values.get(&names);
            let many = |value: Option<&Value>| value.and_then(Value::as_array).map_or(0, Vec::len);
            // Both or neither: else old ids would stand beside new names.
            if ids.is_some() != known.is_some() || many(ids) != many(known) {
                return Err(Error::input(format!(
                    "give `{slot}` and `{names}` together, an id or null for each"
                )));
            }
            if many(ids) > MOST_FILLERS {
                return Err(Error::input(format!("a {slot} is filled by at most {MOST_FILLERS}")));
            }
            for id in known.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
                self.known(id)?;
            }
        }
        if values.values().any(too_long) {
            return Err(Error::input("a value of the correction is too long"));
        }
        let made = corrected(claim, values).map_err(|error| Error::input(error.to_string()))?;
        let backward = made.time.is_some_and(|time| time.start.zip(time.end).is_some_and(|(a, b)| a > b));
        if backward {
            return Err(Error::input("the time ends before it begins; swap its days"));
        }
        let falling = made.count.as_ref().and_then(|count| count.low.zip(count.high));
        if falling.is_some_and(|(low, high)| low > high) {
            return Err(Error::input("the count's least is more than its most; swap them"));
        }
        let unnamed = |filler: &gainsay_model::Filler| filler.mention.trim().is_empty();
        let slots = [Slot::Actor, Slot::Target, Slot::Place, Slot::Source];
        if slots.iter().any(|slot| fillers(&made, *slot).iter().any(unnamed)) {
            return Err(Error::input("a name in the correction is empty; leave it out"));
        }
        Ok(())
    }
}

/// What an id in a slot must be known as.
fn role_of(slot: Slot) -> Option<Role> {
    match slot {
        Slot::Actor | Slot::Target => Some(Role::Actor),
        Slot::Place => Some(Role::Place),
        Slot::Source => Some(Role::Source),
        _ => None,
    }
}

fn fillers(claim: &Claim, slot: Slot) -> &[gainsay_model::Filler] {
    match slot {
        Slot::Actor => &claim.actor,
        Slot::Target => &claim.target,
        Slot::Place => &claim.place,
        _ => &claim.source,
    }
}

fn two(a: &str, b: &str) -> Result<(), Error> {
    if a == b { Err(Error::input(format!("`{}` is given twice; give two", short(a)))) } else { Ok(()) }
}

/// A word of a person's as an error repeats it.
fn short(word: &str) -> String {
    const SHOWN: usize = 80;
    match word.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &word[..end]),
        None => word.to_owned(),
    }
}

fn too_long(value: &Value) -> bool {
    match value {
        Value::String(text) => text.len() > LONGEST_NAME,
        Value::Array(all) => all.iter().any(too_long),
        Value::Object(all) => all.values().any(too_long),
        _ => false,
    }
}
