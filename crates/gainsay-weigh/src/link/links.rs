//! How each mention was linked: to whom, how sure, why, and to whom else it might have been.
//!
//! Computed again when asked for, so that nothing of it is kept for a million claims that nobody asks about.

use std::collections::BTreeMap;

use gainsay_model::{Claim, ClaimId, EntityId, Slot};

use super::candidates::By;
use super::decide;
use super::local::{Local, local};
use super::settle::{Answer, Why};
use super::{plain, same_names};
use crate::Weighed;
use crate::corpus::{Corpus, Names};

/// One mention of a claim, linked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The claim.
    pub claim: ClaimId,
    /// As what: actor, target, place or source.
    pub slot: Slot,
    /// Which of the slot's mentions, from 0.
    pub nth: usize,
    /// Its words.
    pub mention: String,
    /// The entity it counts as.
    pub id: EntityId,
    /// How much speaks for it, in the points of `data/linking.tsv`: hundredths of a natural logarithm of odds; 0 for
    /// an id made of the mention's letters, 1000 for what was read or decided.
    pub score: i32,
    /// Why.
    pub reason: String,
    /// What a reader should know beside: that the name was not borne on that day, that people or spelling made it
    /// count as another.
    pub note: Option<String>,
    /// The others that it may mean, best first, each with its score.
    pub others: Vec<(EntityId, i32)>,
}

/// Every mention of a corpus, linked, by claim, slot and place in the slot.
pub fn links(corpus: &Corpus) -> Vec<Link> {
    let (mut all, local) = report(corpus);
    let joined = same_names(corpus, &local.linked, &local.unknown);
    let counts_as = decide::renamed(&corpus.names, &joined.pairs, corpus.decisions);
    for link in &mut all {
        rename(&corpus.names, link, &counts_as);
    }
    all
}

/// The mentions of claims as their own reports link them.
fn report<'a>(corpus: &Corpus<'a>) -> (Vec<Link>, Local<'a>) {
    let mut all = Vec::new();
    let local = local(corpus, |place, answer| {
        let fillers = fillers(place.claim, place.slot);
        let nth = fillers.iter().position(|filler| std::ptr::eq(filler, place.filler)).unwrap_or(0);
        let link = link_of(&corpus.names, place.claim, (place.slot, nth, &place.filler.mention), answer);
        all.push((place.at, link));
    });
    // Claims are linked in the order of their ids.
    all.sort_by_key(|(at, link)| (*at, link.slot, link.nth));
    (all.into_iter().map(|(_, link)| link).collect(), local)
}

impl Weighed<'_> {
    /// Mentions that may nearly as well mean another: of which the next best has as many points but `within`, or of
    /// which nothing decided between several. By claim, slot and place in the slot.
    pub fn near_links(&self, within: i32) -> Vec<Link> {
        let mut all = Vec::new();
        let local = local(&self.corpus, |place, answer| {
            let Some((_, next)) = answer.others.first() else { return };
            let open = matches!(answer.why, Why::Open(_));
            if !open && (matches!(answer.why, Why::Vague) || next.saturating_add(within) < answer.score) {
                return;
            }
            let fillers = fillers(place.claim, place.slot);
            let nth = fillers.iter().position(|filler| std::ptr::eq(filler, place.filler)).unwrap_or(0);
            let mention = (place.slot, nth, place.filler.mention.as_str());
            all.push((place.at, link_of(&self.corpus.names, place.claim, mention, answer)));
        });
        drop(local);
        all.sort_by_key(|(at, link)| (*at, link.slot, link.nth));
        let mut all: Vec<Link> = all.into_iter().map(|(_, link)| link).collect();
        for link in &mut all {
            rename(&self.corpus.names, link, &self.counts_as);
        }
        all
    }

    /// How the mentions of a claim were linked, by slot and place in it; none of a claim that is not in the corpus.
    pub fn links_of(&self, claim: &str) -> Vec<Link> {
        let Some(&at) = self.by_id.get(claim) else { return Vec::new() };
        let document = &self.said[at].link.claim.document;
        let claims: Vec<Claim> = self
            .said
            .iter()
            .filter(|said| said.link.claim.document == *document)
            .map(|said| said.link.claim.clone())
            .collect();
        let (mut all, _) = report(&Corpus { claims: &claims, ..self.corpus });
        all.retain(|link| link.claim == claim);
        for link in &mut all {
            rename(&self.corpus.names, link, &self.counts_as);
        }
        all
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

fn link_of(names: &Names, claim: &Claim, (slot, nth, mention): (Slot, usize, &str), answer: &Answer) -> Link {
    Link {
        claim: claim.id.clone(),
        slot,
        nth,
        mention: mention.to_string(),
        id: answer.id.clone(),
        score: answer.score,
        reason: reason(names, answer),
        note: answer.named.as_deref().map(|named| {
            let (then, words) = (plain(names, &answer.id), plain(names, named));
            format!("the words name {words}; on that day it bore the name {then}")
        }),
        others: answer.others.iter().map(|(id, points)| (id.to_string(), *points)).collect(),
    }
}

fn rename(names: &Names, link: &mut Link, renamed: &BTreeMap<EntityId, EntityId>) {
    let Some(counts_as) = renamed.get(&link.id) else { return };
    let note = format!("{} counts as {}", plain(names, &link.id), plain(names, counts_as));
    link.note = Some(link.note.take().map_or(note.clone(), |before| format!("{before}; {note}")));
    link.id.clone_from(counts_as);
}

/// The reason in words.
fn reason(names: &Names, answer: &Answer) -> String {
    let by = |by: By| match by {
        By::Name => "listed name".to_string(),
        By::Phrase => "listed phrase".to_string(),
        By::Spelling(written) => format!("spelling of {written}"),
        By::PartOf => {
            let of = names.gazetteer.place(&answer.id).map_or(answer.id.as_str(), |place| &place.name);
            format!("a part of {of}")
        }
        By::Office => "speaks for it".to_string(),
    };
    match answer.why {
        Why::Read => "read in the report".to_string(),
        Why::Decided => "decided".to_string(),
        Why::Clear(why) => by(why),
        Why::Best(why, of, reason) => {
            let first = if of > 1 { format!("{}, one of {of}", by(why)) } else { by(why) };
            if reason.is_empty() { first } else { format!("{first}: {reason}") }
        }
        Why::Open(0) => "no listed name, an entity of its own".to_string(),
        Why::Open(of) => format!("one of {of} and nothing decides, an entity of its own"),
        Why::Vague => "no place in particular, another one in every report".to_string(),
    }
}
