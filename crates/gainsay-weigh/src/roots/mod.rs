//! Who stands behind a claim: the independent voices, with copies, carriers and loops taken away.
//!
//! **Takes** linked claims and report heads.
//! **Gives** a [`Voice`] for each claim, in the same order, and from them a [`gainsay_model::SourceView`] for
//! each source.
//! **Never** counts a link or a copy as a voice: repeat a report any number of times and no root is added; nor lays a
//! copy's own changes in the mouth of what it copies.
//!
//! A root is the last source in a chain with nobody behind them. A loop of citation is one root, flagged
//! (Dong, Berti-Equille and Srivastava 2009 for why copies must not count).

mod altered;
mod camp;
mod chain;
mod copies;
mod follow;
mod loops;
mod near;
pub(crate) mod staged;
mod views;

use std::collections::HashMap;
use std::sync::Arc;

use gainsay_model::{Date, EntityId};
use rayon::prelude::*;

pub(crate) use camp::{Camps, side, takes_side};
pub(crate) use views::views;

use crate::corpus::{Corpus, ReportHead};
use crate::days::Days;
use crate::link::{Linked, heads};

/// Who stands behind one claim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Voice {
    /// The independent voices, sorted; at least one.
    pub(crate) roots: Vec<EntityId>,
    /// Who passes the claim on, from the page it stands on inward; roots are not among them, except in a loop.
    pub(crate) carriers: Vec<EntityId>,
    /// The report says it in its own voice.
    pub(crate) own: bool,
    /// The loop of citation the claim stands in.
    pub(crate) circular: Option<Arc<Vec<EntityId>>>,
    /// The report whose text this report carries, where it is a copy.
    pub(crate) copy_of: Option<String>,
    /// The report is a copy, but of another's text, and this is not in what it copies: changed or put in.
    pub(crate) altered: bool,
}

/// A linked claim and who stands behind it.
#[derive(Clone, Debug)]
pub(crate) struct Said<'a> {
    /// What it says.
    pub(crate) link: Linked<'a>,
    /// By whose word.
    pub(crate) voice: Voice,
    /// The first day the text was said anywhere: a copy is as old as what it copies.
    pub(crate) first: Option<Date>,
}

/// Finds the voices behind every claim.
pub(crate) fn roots<'a>(corpus: &Corpus<'a>, linked: Vec<Linked<'a>>) -> Vec<Said<'a>> {
    let heads: HashMap<&str, &ReportHead> = heads(corpus.reports).into_iter().collect();
    let copies = copies::copies(&heads, &linked);
    let voices: Vec<Voice> = linked
        .par_iter()
        .map(|claim| chain::chain(&corpus.names, claim, copies.original(&claim.claim.document)))
        .collect();
    let voices = follow::follow(&linked, altered::first_to_say(&linked, voices));
    linked
        .into_par_iter()
        .zip(voices)
        .map(|(link, voice)| {
            let head = |id: &str| heads.get(id).copied();
            let original =
                voice.copy_of.as_deref().and_then(head).and_then(|head| head.dated.or(head.published));
            let own = head(&link.claim.document).and_then(|head| head.dated);
            Said::of(link, voice, original.or(own))
        })
        .collect()
}

impl<'a> Said<'a> {
    /// A claim and its voice; `text` is the day its text bears or, of a copy, the day of what it copies, where that is
    /// known.
    fn of(mut link: Linked<'a>, voice: Voice, text: Option<Date>) -> Said<'a> {
        let first = text.or(link.said);
        if link.claim.time.is_none_or(|time| time.end.is_none()) {
            // A span "since" some day ends on the day it was first said.
            let end = |days: Days| Some(days.from).zip(first).map(|(from, to)| (from, to.max(from)));
            link.when = link.when.map(|days| end(days).map_or(days, |(from, to)| Days::new(from, to)));
        }
        Said { link, voice, first }
    }

    /// When it happened, or else the first day it was said.
    pub(crate) fn day(&self) -> Option<Days> {
        self.link.when.or_else(|| self.first.map(|day| Days::new(day, day)))
    }

    /// The claim's id.
    pub(crate) fn id(&self) -> &str {
        &self.link.claim.id
    }
}
