//! `claims`: what is said, by whom, and where it was read.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_lexicon::Words;
use gainsay_model::{Claim, ClaimId, Date, EntityId, Filler};
use gainsay_publish::names;
use gainsay_weigh::readers::Beside;
use gainsay_weigh::{Ask, ReportHead, Weighed};
use serde::Serialize;

use super::readings::{Read, Readings, aside};
use crate::shelf::Shelf;

/// One line of `gainsay claims`: the claim, with its report and what weighing found of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClaimLine {
    /// The claim.
    #[serde(flatten)]
    pub claim: Claim,
    /// The report's id.
    pub report: String,
    /// Who published it, as written.
    pub outlet: Option<String>,
    /// The day it was said.
    pub published: Option<Date>,
    /// The independent voices behind it.
    pub roots: Vec<EntityId>,
    /// Whose side each of these is on; empty where on nobody's, or unknown.
    pub sides: Vec<String>,
    /// The event it is about.
    pub event: Option<String>,
    /// What was decided of it; null until somebody decides.
    pub decided: Option<String>,
    /// How it stands among what several readers read.
    #[serde(flatten)]
    pub read: Read,
    /// The slots in which a private person is named: `actor`, `target`, `source`, each with `true`; not written where
    /// there is none.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub private: BTreeMap<&'static str, bool>,
}

/// The slots of a claim in which a private person is named.
pub(crate) fn private(claim: &Claim) -> BTreeMap<&'static str, bool> {
    let words = crate::words::settled();
    let slots = [("actor", &claim.actor), ("target", &claim.target), ("source", &claim.source)];
    let named =
        slots.into_iter().filter(|(_, fillers)| fillers.iter().any(|one| names::is_private(words, one)));
    named.map(|(slot, _)| (slot, true)).collect()
}

/// The claims that the ask lets through, by report and then in the order of the text.
pub fn claims(shelf: &Shelf, weighed: &Weighed, ask: &Ask) -> Vec<ClaimLine> {
    let heads: BTreeMap<&str, &ReportHead> =
        shelf.heads.iter().map(|head| (head.id.as_str(), head)).collect();
    let decided = shelf.decided.of_claims();
    let rejected = shelf.rejected.iter().filter(|claim| of_rejected(shelf.words(), ask, claim));
    let rejected = rejected.filter(|claim| match (ask.known_by, heads.get(claim.document.as_str())) {
        (None, _) => true,
        (Some(day), head) => head.and_then(|head| head.published).is_some_and(|said| said <= day),
    });
    let readings = Readings::of(&shelf.beside);
    let asked = weighed.claims(ask);
    let stand = asked.iter().copied().chain(rejected).map(|claim| (claim, readings.read(claim)));
    let aside = beside(shelf, weighed, ask).map(|one| (&one.claim, aside(one)));
    let mut lines: Vec<ClaimLine> = stand
        .chain(aside)
        .map(|(claim, read)| ClaimLine {
            decided: decided.get(claim.id.as_str()).map(|word| (*word).to_owned()),
            read,
            ..line(weighed, heads.get(claim.document.as_str()).copied(), claim)
        })
        .collect();
    lines.sort_by(|a, b| key(a).cmp(&key(b)));
    lines
}

/// What lies beside the claims that the ask lets through; where nothing stands in its place, what the ask itself lets
/// through.
pub(super) fn beside<'s>(
    shelf: &'s Shelf,
    weighed: &Weighed,
    ask: &'s Ask,
) -> impl Iterator<Item = &'s Beside> {
    let asked: BTreeSet<ClaimId> = match shelf.beside.is_empty() {
        true => BTreeSet::new(),
        false => weighed.claims(ask).into_iter().map(|claim| claim.id.clone()).collect(),
    };
    let said: BTreeMap<&str, Option<Date>> = match (shelf.beside.is_empty(), ask.known_by) {
        (false, Some(_)) => shelf.heads.iter().map(|head| (head.id.as_str(), head.published)).collect(),
        _ => BTreeMap::new(),
    };
    shelf.beside.iter().filter(move |one| match &one.of {
        Some(of) => asked.contains(of),
        None => {
            let said = said.get(one.claim.document.as_str()).copied().flatten();
            let known = ask.known_by.is_none_or(|day| said.is_some_and(|said| said <= day));
            known && of_rejected(shelf.words(), ask, &one.claim)
        }
    })
}

/// Whether the ask lets a rejected claim through. It has no voices and no event, so it is looked up by what it names
/// itself.
fn of_rejected(words: &Words, ask: &Ask, claim: &Claim) -> bool {
    let names = |ids: &[EntityId], fillers: &[&[Filler]]| {
        ids.is_empty()
            || fillers.iter().copied().flatten().any(|filler| {
                let found = || words.index.find(&filler.mention).iter().map(|found| found.id.as_str());
                let own: Vec<&str> = filler.id().map_or_else(|| found().collect(), |id| vec![id]);
                own.into_iter().any(|own| {
                    ids.iter().any(|id| {
                        own == id
                            || words.gazetteer.within(own, id)
                            || words.lexicon.wholes(own).contains(&id.as_str())
                    })
                })
            })
    };
    names(&ask.place, &[&claim.place])
        && names(&ask.actor, &[&claim.actor, &claim.target])
        && names(&ask.source, &[&claim.source])
        && ask.according_to.is_empty()
        && ask.kind.is_none_or(|kind| kind == claim.kind)
        && ask.report.as_ref().is_none_or(|report| *report == claim.document)
        && ask.event.is_none()
        && ask.from.is_none_or(|from| claim.time.is_none_or(|time| time.end.is_none_or(|end| end >= from)))
        && ask.to.is_none_or(|to| claim.time.is_none_or(|time| time.start.is_none_or(|start| start <= to)))
}

/// Day, report, place in the text, id.
fn key(line: &ClaimLine) -> (Option<Date>, &str, Option<usize>, &str) {
    let first = line.claim.evidence.iter().map(|evidence| evidence.start).min();
    (line.published, &line.report, first, &line.claim.id)
}

/// One claim's line.
pub(crate) fn line(weighed: &Weighed, head: Option<&ReportHead>, claim: &Claim) -> ClaimLine {
    let roots = weighed.roots.get(&claim.id).cloned().unwrap_or_default();
    ClaimLine {
        report: claim.document.clone(),
        outlet: head.and_then(|head| head.publisher.clone()),
        published: head.and_then(|head| head.published),
        sides: roots.iter().map(|root| weighed.side(root)).collect(),
        roots,
        event: weighed.event_of.get(&claim.id).cloned(),
        decided: None,
        read: Read::default(),
        private: private(claim),
        claim: claim.clone(),
    }
}
