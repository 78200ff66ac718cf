//! Linking each report by itself.
//!
//! First all that is sure; then, for the places that are not, the points of what is sure in the same report. No link
//! looks at another report, so that a report can be linked alone with the same outcome.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use gainsay_model::{Claim, EntityId, Filler, Slot};

use super::candidates::{Lookup, Meant, Role};
use super::context::Around;
use super::decide::Stated;
use super::mention;
use super::settle::{Answer, Scene, Settled, Why};
use super::sites::Sites;
use super::{Linked, group, heads, sorted, when};
use crate::corpus::{Corpus, ReportHead};
use crate::range::Range;

/// A name that nobody knows, where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Unknown<'a> {
    /// Its claim, as a place in the list of linked claims.
    pub(crate) at: usize,
    /// As what.
    pub(crate) slot: Slot,
    /// The id made of its letters.
    pub(crate) id: EntityId,
    /// Its words.
    pub(crate) mention: &'a str,
}

/// Claims linked, report by report, and the names that nobody knows.
pub(crate) struct Local<'a> {
    pub(crate) linked: Vec<Linked<'a>>,
    pub(crate) unknown: Vec<Unknown<'a>>,
}

/// Where an answer belongs.
pub(super) struct Place<'c> {
    pub(super) at: usize,
    pub(super) claim: &'c Claim,
    pub(super) slot: Slot,
    pub(super) filler: &'c Filler,
}

/// Links every claim of the corpus; `each` is shown every answer.
pub(super) fn local<'a>(corpus: &Corpus<'a>, mut each: impl FnMut(&Place<'a>, &Answer<'a>)) -> Local<'a> {
    let stated = Stated::of(corpus.decisions);
    let scene = Scene { names: corpus.names, stated: &stated };
    let (mut lookup, mut sites) = (Lookup::new(corpus.names), Sites::new(corpus.names));
    let mut groups = group::Groups::new(corpus.names);
    let heads = heads(corpus.reports);
    let mut outlets: HashMap<&str, (EntityId, Option<EntityId>)> = HashMap::new();
    let mut linked: Vec<Linked<'a>> = Vec::with_capacity(corpus.claims.len());
    let (mut unknown, mut waiting) = (Vec::new(), Vec::new());
    let claims = sorted(corpus.claims);
    lookup.ahead(claims.iter().flat_map(|claim| slots(claim)).flat_map(|(slot, fillers)| {
        let unread = fillers.iter().filter(|filler| filler.entity.is_none());
        unread.map(move |filler| (Role::of(slot), filler.mention.as_str()))
    }));
    for claim in claims {
        let head: Option<&'a ReportHead> = heads.get(claim.document.as_str()).copied();
        let said = head.and_then(|head| head.published);
        if corpus.known_by.is_some_and(|day| said.is_none_or(|said| said > day)) {
            continue;
        }
        let (outlet, credited) = outlets
            .entry(&claim.document)
            .or_insert_with(|| {
                let outlet = sites.outlet(head, &claim.document);
                let credited = head.and_then(|head| sites.credited(head)).filter(|other| *other != outlet);
                (outlet, credited)
            })
            .clone();
        let mut one = Linked {
            claim,
            outlet,
            credited,
            said,
            when: when(claim, said),
            actors: Vec::with_capacity(claim.actor.len()),
            targets: Vec::with_capacity(claim.target.len()),
            places: Vec::with_capacity(claim.place.len()),
            home: false,
            sources: Vec::with_capacity(claim.source.len()),
            group: groups.of(claim),
            figure: claim.count.as_ref().and_then(|count| Some((count.what, Range::of(count)?))),
        };
        let at = linked.len();
        let mut wait: Vec<(usize, &'a Filler, Arc<Meant<'a>>)> = Vec::new();
        for (slot, fillers) in slots(claim) {
            // A word is said on the day it was said, a deed done when it was done.
            let done = one.when.map(|days| days.to).filter(|_| slot != Slot::Source);
            let day = done.or(said);
            for filler in fillers {
                match scene.settle(&mut lookup, (claim, slot, filler), day) {
                    Some(Settled::Done(answer)) => {
                        let place = Place { at, claim, slot, filler };
                        each(&place, &answer);
                        note(&place, &answer, &mut unknown);
                        put(&mut one, slot, filler, answer.id);
                    }
                    Some(Settled::Waits(meant)) => wait.push((one.places.len(), filler, meant)),
                    None => {}
                }
            }
        }
        linked.push(one);
        if !wait.is_empty() {
            waiting.push((at, wait));
        }
    }
    let arounds = arounds(corpus, &linked, waiting.iter().map(|(at, _)| *at));
    let nowhere = Around::default();
    for (at, wait) in waiting {
        let claim = linked[at].claim;
        let known = |id: &EntityId| corpus.names.gazetteer.place(id).map(|place| place.id.as_str());
        let beside: BTreeSet<&str> = linked[at].places.iter().filter_map(known).collect();
        let around = arounds.get(claim.document.as_str()).unwrap_or(&nowhere);
        let mut more = 0;
        for (before, filler, meant) in wait {
            let answer = scene.by_context(&meant, &claim.document, &beside, around);
            let Some(answer) = answer else { continue };
            let place = Place { at, claim, slot: Slot::Place, filler };
            each(&place, &answer);
            note(&place, &answer, &mut unknown);
            let places = &mut linked[at].places;
            if !places.contains(&answer.id) {
                places.insert((before + more).min(places.len()), answer.id);
                more += 1;
            }
        }
    }
    Local { linked, unknown }
}

/// The slots that name somebody or something, in the order of the format.
fn slots(claim: &Claim) -> [(Slot, &[Filler]); 4] {
    [
        (Slot::Actor, &claim.actor),
        (Slot::Target, &claim.target),
        (Slot::Place, &claim.place),
        (Slot::Source, &claim.source),
    ]
}

fn put(one: &mut Linked, slot: Slot, filler: &Filler, id: EntityId) {
    let ids = match slot {
        Slot::Actor => &mut one.actors,
        Slot::Target => &mut one.targets,
        Slot::Place => &mut one.places,
        _ => return one.sources.push((id, filler.mention.clone())),
    };
    if !ids.contains(&id) {
        ids.push(id);
    }
}

/// Keeps a name in mind that nobody knows, if it is a name.
fn note<'a>(place: &Place<'a>, answer: &Answer, unknown: &mut Vec<Unknown<'a>>) {
    let nobody = matches!(answer.why, Why::Open(_)) && mention::proper(&place.filler.mention);
    if nobody {
        let id = answer.id.clone();
        unknown.push(Unknown { at: place.at, slot: place.slot, id, mention: &place.filler.mention });
    }
}

/// The places that are sure in the reports of these claims.
fn arounds<'a>(
    corpus: &Corpus<'a>,
    linked: &[Linked<'a>],
    wanted: impl Iterator<Item = usize>,
) -> HashMap<&'a str, Around<'a>> {
    let gazetteer = corpus.names.gazetteer;
    let mut arounds: HashMap<&str, Around> =
        wanted.map(|at| (linked[at].claim.document.as_str(), Around::default())).collect();
    if arounds.is_empty() {
        return arounds;
    }
    for one in linked {
        let Some(around) = arounds.get_mut(one.claim.document.as_str()) else { continue };
        for id in &one.places {
            if let Some(place) = gazetteer.place(id) {
                around.tell(gazetteer, &place.id);
            }
        }
    }
    arounds
}
