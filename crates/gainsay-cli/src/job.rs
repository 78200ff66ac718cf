//! What the arguments mean: names looked up, kinds parsed, the ledger opened and weighed.

use anyhow::{Result, bail};
use gainsay::ask::Ask;
use gainsay::model::{DisputeKind, EntityId, Warning};
use gainsay::names::{self, Role, ids};
use gainsay::shelf::Shelf;
use gainsay::{Input, Weighed};

use crate::args::{Filters, Inputs};

/// A weighed ledger, and what is asked of it.
pub struct Job<'a> {
    /// What the ledger holds.
    pub shelf: &'a Shelf,
    /// All of it weighed, as known by the day asked about.
    pub weighed: Weighed<'a>,
    /// The filters.
    pub ask: Ask,
    /// The kind of dispute asked about.
    pub dispute: Option<DisputeKind>,
}

impl<'a> Job<'a> {
    /// Looks up what was typed.
    ///
    /// # Errors
    /// When a name, kind or report is not known, or the period ends before it begins.
    pub fn new(shelf: &'a Shelf, typed: &Filters) -> Result<Job<'a>> {
        if let Some((from, to)) = typed.from.zip(typed.to).filter(|(from, to)| from > to) {
            bail!(gainsay::Error::input(format!("--from {from} is later than --to {to}; swap them")));
        }
        let (kind, dispute) = typed.kind.as_deref().map(names::kind).transpose()?.unwrap_or_default();
        if let Some(id) = &typed.report
            && !shelf.heads.iter().any(|head| head.id == *id)
        {
            bail!(gainsay::Error::input(format!("no report in the ledger has the id `{id}`")));
        }
        // Names are looked up in all that is known, so that a name nobody had said yet is no unknown name.
        let all = shelf.weigh(None);
        let look = |names: &[String], role: Role| -> Result<Vec<EntityId>> {
            let mut found: Vec<EntityId> = Vec::new();
            for name in names {
                found.extend(ids(name, role, shelf.words(), &all)?);
            }
            found.sort();
            found.dedup();
            Ok(found)
        };
        let ask = Ask {
            place: look(&typed.place, Role::Place)?,
            actor: look(&typed.actor, Role::Actor)?,
            source: look(&typed.source, Role::Source)?,
            kind,
            report: typed.report.clone(),
            event: None,
            from: typed.from,
            to: typed.to,
            known_by: typed.known_by,
            according_to: look(&typed.according_to, Role::Source)?,
        };
        let weighed = if typed.known_by.is_some() { shelf.weigh(typed.known_by) } else { all };
        Ok(Job { shelf, weighed, ask, dispute })
    }

    /// The ids of one actor.
    ///
    /// # Errors
    /// When nobody knows the name.
    pub fn actor(&self, name: &str) -> Result<Vec<EntityId>> {
        Ok(ids(name, Role::Actor, self.shelf.words(), &self.weighed)?)
    }
}

/// Where to read from, and what of it cannot be had: addresses are fetched here.
///
/// # Errors
/// When the column map is none.
pub fn inputs(typed: &Inputs) -> Result<(Vec<Input>, Vec<Warning>)> {
    let columns = gainsay::inputs::columns(&typed.map)?;
    Ok(gainsay::inputs::inputs(&typed.inputs, &columns))
}
