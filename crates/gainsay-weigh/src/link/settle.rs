//! One mention to one answer: who or what is meant, how sure that is, and why.
//!
//! **Takes** what a mention may mean ([`super::candidates`]), what people decided of it, and the day or the places
//! beside it.
//! **Gives** an [`Answer`]; of a place that needs its report first, what it may mean.
//! **Never** chooses among entries that nothing parts: such a mention keeps an id made of its letters.

use std::collections::BTreeSet;
use std::sync::Arc;

use gainsay_model::{Claim, Date, EntityId, Filler, Slot};

use super::candidates::{By, Candidate, Lookup, Meant, Role};
use super::context::{self, Around};
use super::decide::Stated;
use super::name;
use super::points::points;
use crate::corpus::Names;

/// Why an answer is what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why<'a> {
    /// Reading linked it.
    Read,
    /// Somebody decided it.
    Decided,
    /// By its name alone.
    Clear(By<'a>),
    /// One of so many, by what stood beside it, in words of the table of points.
    Best(By<'a>, usize, &'static str),
    /// Nothing decided between so many; an id of its own.
    Open(usize),
    /// A common noun for a place ("the area"), another one in every report.
    Vague,
}

/// Whom or what a mention means.
#[derive(Clone, Debug)]
pub(super) struct Answer<'a> {
    pub(super) id: EntityId,
    pub(super) score: i32,
    pub(super) why: Why<'a>,
    /// The others that it may mean, best first, each with its score.
    pub(super) others: Vec<(&'a str, i32)>,
    /// The entry it was linked to, where that counts under another name on the day.
    pub(super) named: Option<EntityId>,
}

/// The score of what was read or decided: nothing that is weighed comes near.
const SURE: i32 = 1000;

/// A mention that is settled, or a place that waits for the rest of its report.
pub(super) enum Settled<'a> {
    Done(Answer<'a>),
    Waits(Arc<Meant<'a>>),
}

/// What linking knows beside the mention.
pub(super) struct Scene<'a, 'd> {
    pub(super) names: Names<'a>,
    pub(super) stated: &'d Stated<'d>,
}

impl<'a> Scene<'a, '_> {
    /// What a filler of a claim means; nothing for a mention without letters.
    pub(super) fn settle<'m>(
        &self,
        lookup: &mut Lookup<'a, 'm>,
        (claim, slot, filler): (&Claim, Slot, &'m Filler),
        day: Option<Date>,
    ) -> Option<Settled<'a>> {
        let role = Role::of(slot);
        if let Some(id) = self.stated.for_words(claim, slot, &filler.mention) {
            return Some(Settled::Done(sure(id, Why::Decided)));
        }
        if let Some(id) = filler.id() {
            return Some(Settled::Done(self.dated(sure(id, Why::Read), day)));
        }
        let meant = lookup.meant(role, &filler.mention);
        if meant.own.is_empty() && meant.candidates.is_empty() {
            return None;
        }
        Some(match (role, meant.clear) {
            (_, Some(at)) => Settled::Done(self.dated(clear(&meant, at), day)),
            (Role::Place, None) if !meant.candidates.is_empty() => Settled::Waits(meant),
            (Role::Place, None) => Settled::Done(self.open(&meant, &claim.document)?),
            _ => Settled::Done(match by_day(&self.names, &meant, day) {
                Some(answer) => self.dated(answer, day),
                None => self.open(&meant, &claim.document)?,
            }),
        })
    }

    /// What a place means that waited for its report; nothing for a mention without letters.
    pub(super) fn by_context(
        &self,
        meant: &Meant<'a>,
        document: &str,
        claim: &BTreeSet<&'a str>,
        around: &Around<'a>,
    ) -> Option<Answer<'a>> {
        let (all, decided) = context::weigh(&self.names, meant, claim, around);
        let best = all.first().filter(|_| decided);
        let Some(best) = best else {
            let open = self.open(meant, document)?;
            return Some(Answer { others: all.iter().map(|one| (one.id, one.points)).collect(), ..open });
        };
        let others = all[1..].iter().map(|one| (one.id, one.points)).collect();
        let why = Why::Best(best.by, all.len(), best.reason);
        Some(Answer { id: best.id.into(), score: best.points, why, others, named: None })
    }

    /// An id of its own.
    fn open(&self, meant: &Meant<'a>, document: &str) -> Option<Answer<'a>> {
        if meant.own.is_empty() {
            return None;
        }
        let id = name::apart(&self.names, meant.own.clone(), document);
        let why = if id == meant.own { Why::Open(meant.candidates.len()) } else { Why::Vague };
        let others = meant.candidates.iter().map(|one| (one.id, one.points)).collect();
        Some(Answer { id, score: 0, why, others, named: None })
    }

    /// The actor under the name that its body bore that day.
    fn dated(&self, answer: Answer<'a>, day: Option<Date>) -> Answer<'a> {
        let Some(day) = day.filter(|_| self.names.lexicon.actor(&answer.id).is_some()) else { return answer };
        let counts_as = self.names.lexicon.named_on(&answer.id, day);
        match counts_as == answer.id {
            true => answer,
            false => Answer { id: counts_as.to_string(), named: Some(answer.id.clone()), ..answer },
        }
    }
}

fn sure(id: &str, why: Why<'static>) -> Answer<'static> {
    Answer { id: id.into(), score: SURE, why, others: Vec::new(), named: None }
}

fn clear<'a>(meant: &Meant<'a>, at: usize) -> Answer<'a> {
    let Candidate { id, points, by } = meant.candidates[at];
    let others = meant.candidates.iter().filter(|one| one.id != id).map(|one| (one.id, one.points)).collect();
    Answer { id: id.into(), score: points, why: Why::Clear(by), others, named: None }
}

/// The only one of several that bore the name on the day.
fn by_day<'a>(names: &Names<'a>, meant: &Meant<'a>, day: Option<Date>) -> Option<Answer<'a>> {
    let day = day?;
    let bears = |one: &&Candidate| names.lexicon.actor(one.id).is_none_or(|actor| actor.bears_name_on(day));
    let mut there = meant.candidates.iter().filter(bears);
    let (one, None) = (there.next()?, there.next()) else { return None };
    let less = points().of("date", "outside");
    let others = meant.candidates.iter().filter(|other| other.id != one.id);
    let others = others.map(|other| (other.id, other.points + less)).collect();
    let why = Why::Best(one.by, meant.candidates.len(), "the only one that bore the name on that day");
    Some(Answer { id: one.id.into(), score: one.points, why, others, named: None })
}
