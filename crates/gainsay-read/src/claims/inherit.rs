//! What a sentence leaves unsaid because another draft says it: the doer, place and time of a strike hold for its
//! outcome, and the place and time of the story's happening for what is told of it next.

use std::collections::BTreeMap;

use gainsay_model::{Kind, NameClass, Part, Rel, TokenId};

use super::View;
use super::draft::{Draft, Fill};
use super::tolls;

pub(super) fn inherit(view: &View, drafts: &mut Vec<Draft>) {
    tolls::parts(drafts);
    shifts(view, drafts);
    let all: Vec<Draft> = drafts.to_vec();
    let mut by_sentence: BTreeMap<usize, Vec<&Draft>> = BTreeMap::new();
    for draft in &all {
        by_sentence.entry(view.tree.sentence(draft.trigger)).or_default().push(draft);
    }
    let near = |sentence| by_sentence.get(&sentence).map_or(&[][..], Vec::as_slice);
    for draft in drafts.iter_mut() {
        let stated = |cause| near(view.tree.sentence(cause)).iter().copied().find(|one| one.trigger == cause);
        let cause = draft.cause.and_then(stated);
        let cause = cause.or_else(|| beside(near(view.tree.sentence(draft.trigger)), draft));
        if let Some(cause) = cause {
            take(draft, cause);
        }
    }
    joined(view, drafts);
    harmed(view, drafts);
    scenes(view, drafts);
    wars(view, drafts);
}

/// "the war has killed 220,000 people": a sum over a war without a place is of the country named last before it.
fn wars(view: &View, drafts: &mut [Draft]) {
    let country = |name: &&gainsay_model::Name| {
        let place = name.entities.first().and_then(|entity| view.words.gazetteer.place(&entity.id));
        name.class == NameClass::Place && place.is_some_and(|place| place.kind == "country")
    };
    for draft in drafts.iter_mut().filter(|draft| outcome(draft.kind) && sum(draft) && draft.place.is_empty())
    {
        let sentence = view.tree.sentence(draft.trigger);
        let before = |name: &&gainsay_model::Name| view.tree.sentence(name.head) <= sentence;
        let names = view.layers.names;
        let last = names[..names.partition_point(|name| before(&name))].iter().rfind(country);
        let fill = last.and_then(|name| super::who::named(view, name.head));
        draft.place.extend(fill.map(|fill| Fill { rule: "claims.country", ..fill }));
    }
}

/// Whether a count sums up a war.
fn sum(draft: &Draft) -> bool {
    draft.count.as_ref().is_some_and(|count| count.low.or(count.high).is_some_and(|number| number >= WAR))
}

/// "defected from the opposition and joined ISIS": one shift, from one side to another.
fn shifts(view: &View, drafts: &mut Vec<Draft>) {
    let mut gone: Vec<TokenId> = Vec::new();
    for at in 0..drafts.len() {
        let over =
            view.tree.head(drafts[at].trigger).filter(|_| view.tree.rel(drafts[at].trigger) == Rel::Conj);
        let shift = |draft: &Draft| draft.kind == Kind::Allegiance && view.tree.is_verb(draft.trigger);
        let first = |other: &Draft| shift(other) && Some(other.trigger) == over && other.target.is_empty();
        if !shift(&drafts[at]) || drafts[at].target.is_empty() {
            continue;
        }
        if let Some(first) = drafts.iter().position(first) {
            let joined = drafts[at].clone();
            drafts[first].target = joined.target;
            drafts[first].evidence.extend(joined.evidence);
            gone.push(joined.trigger);
        }
    }
    drafts.retain(|draft| draft.kind != Kind::Allegiance || !gone.contains(&draft.trigger));
}

/// "62 soldiers had died and 100 had been injured": a number alone counts those whom the clause before it counts.
fn harmed(view: &View, drafts: &mut [Draft]) {
    let all = drafts.to_vec();
    let bare = |draft: &&mut Draft| {
        draft.kind == Kind::Casualties
            && draft.target.is_empty()
            && draft.count.is_some()
            && draft.amount.is_some()
    };
    for draft in drafts.iter_mut().filter(bare) {
        let number = draft.amount.map(|id| crate::times_head(&view.tree, &view.layers.amounts[id].tokens));
        if !number.is_some_and(|id| matches!(view.tree.rel(id), Rel::Nsubj | Rel::NsubjPass)) {
            continue;
        }
        let over = view.tree.head(draft.trigger).filter(|_| view.tree.rel(draft.trigger) == Rel::Conj);
        let first = |other: &&Draft| other.kind == Kind::Casualties && Some(other.trigger) == over;
        if let Some(first) = all.iter().filter(first).find(|first| !first.target.is_empty()) {
            draft.target.clone_from(&first.target);
            if let (Some(own), Some(of)) = (&mut draft.count, &first.count) {
                own.group = own.group.or(of.group);
            }
        }
    }
}

/// "were in control of X but retreated": the second of two joined clauses is about the first one's place.
fn joined(view: &View, drafts: &mut [Draft]) {
    let mut places: BTreeMap<TokenId, Vec<Fill>> = BTreeMap::new();
    for draft in drafts.iter().filter(|draft| !draft.place.is_empty()) {
        places.entry(draft.trigger).or_insert_with(|| draft.place.clone());
    }
    for draft in drafts.iter_mut().filter(|draft| draft.kind == Kind::Withdrawal && draft.place.is_empty()) {
        let first = view.tree.head(draft.trigger).filter(|_| view.tree.rel(draft.trigger) == Rel::Conj);
        draft.place = first.and_then(|first| places.get(&first)).cloned().unwrap_or_default();
    }
}

/// How many sentences a scene lasts without being mentioned.
const REACH: usize = 4;

/// From this many dead or fled on, a count sums up a war and belongs to no scene.
const WAR: u64 = 5000;

/// The happening that the report is telling of, as far as it has been told.
#[derive(Default, Clone)]
struct Scene {
    sentence: usize,
    place: Vec<Fill>,
    time: Option<gainsay_model::Interval>,
    actor: Vec<Fill>,
    /// What the actor did.
    kind: Option<Kind>,
}

/// Walks through the drafts in the order of the text and lends each what the scene it stands in has told before.
fn scenes(view: &View, drafts: &mut [Draft]) {
    let mut order: Vec<usize> =
        (0..drafts.len()).filter(|&n| outcome(drafts[n].kind) || violent(drafts[n].kind)).collect();
    order.sort_by_key(|&n| drafts[n].trigger);
    let mut scene = Scene::default();
    for n in order {
        let draft = &mut drafts[n];
        let sentence = view.tree.sentence(draft.trigger);
        if background(draft) {
            continue;
        }
        let elsewhere = !draft.place.is_empty()
            && !scene.place.is_empty()
            && named(&draft.place)
            && !meets(view, &draft.place, &scene.place);
        let later =
            matches!((draft.time, scene.time), (Some(own), Some(old)) if own != old && !overlaps(own, old));
        if elsewhere || later || sentence - scene.sentence > REACH {
            scene = Scene::default();
        }
        if !named(&draft.place) && named(&scene.place) {
            match draft.place.is_empty() {
                true => draft.place = scene.place.clone(),
                // "a busy market": somewhere in the place that the story is set in.
                false => draft.place.iter_mut().filter(|fill| fill.entity.is_none()).for_each(|fill| {
                    fill.entity = scene.place.first().and_then(|place| place.entity.clone());
                    fill.rule = "claims.place-in-scene";
                }),
            }
        }
        draft.time = draft.time.or(scene.time);
        let victim = |fill: &Fill| draft.target.iter().any(|target| target.same(fill));
        let same_deed =
            matches!(draft.kind, Kind::Casualties | Kind::Destruction) || Some(draft.kind) == scene.kind;
        if draft.actor.is_empty() && same_deed && !scene.actor.iter().any(victim) {
            draft.actor = scene.actor.clone();
        }
        // What a relative clause tells by the way opens no scene.
        let aside = std::iter::once(draft.trigger)
            .chain(view.tree.ancestors(draft.trigger))
            .any(|id| view.tree.rel(id) == Rel::AclRelcl);
        if aside || view.part(draft.trigger) == Part::Caption {
            continue;
        }
        scene.sentence = sentence;
        if named(&draft.place) {
            scene.place = draft.place.clone();
        }
        scene.time = draft.time.or(scene.time);
        if violent(draft.kind) && draft.kind != Kind::Clash && !draft.actor.is_empty() {
            scene.actor = draft.actor.clone();
            scene.kind = Some(draft.kind);
        }
    }
}

/// A sum over a war, or over a long time.
fn background(draft: &Draft) -> bool {
    let long = draft.time.is_some_and(|time| match (time.start, time.end) {
        (Some(start), Some(end)) => (end - start).get_days() > 60,
        _ => true,
    });
    sum(draft) || long
}

fn named(places: &[Fill]) -> bool {
    places.iter().any(|fill| fill.entity.is_some())
}

fn meets(view: &View, a: &[Fill], b: &[Fill]) -> bool {
    let gazetteer = &view.words.gazetteer;
    let ids = |fills: &[Fill]| {
        fills
            .iter()
            .filter_map(|fill| fill.entity.as_ref())
            .map(|entity| entity.id.clone())
            .collect::<Vec<_>>()
    };
    let (a, b) = (ids(a), ids(b));
    a.iter().any(|x| b.iter().any(|y| gazetteer.within(x, y) || gazetteer.within(y, x)))
}

fn overlaps(a: gainsay_model::Interval, b: gainsay_model::Interval) -> bool {
    let apart = |end: Option<gainsay_model::Date>, start: Option<gainsay_model::Date>| matches!((end, start), (Some(end), Some(start)) if end < start);
    !apart(a.end, b.start) && !apart(b.end, a.start)
}

fn take(draft: &mut Draft, from: &Draft) {
    if draft.actor.is_empty()
        && matches!(draft.kind, Kind::Casualties | Kind::Destruction)
        && from.kind != Kind::Clash
    {
        let victim = |fill: &super::draft::Fill| draft.target.iter().any(|target| target.same(fill));
        draft.actor = from.actor.iter().filter(|fill| !victim(fill)).cloned().collect();
    }
    if draft.place.is_empty() {
        draft.place = from.place.clone();
    }
    if draft.time.is_none() {
        draft.time = from.time;
    }
    if draft.means.is_none() {
        draft.means = from.means.clone();
    }
}

fn outcome(kind: Kind) -> bool {
    matches!(kind, Kind::Casualties | Kind::Destruction | Kind::Displacement)
}

fn violent(kind: Kind) -> bool {
    matches!(kind, Kind::Airstrike | Kind::Shelling | Kind::Bombing | Kind::Attack | Kind::Clash)
}

/// The violence in the same sentence that is nearest to an outcome; for violence, the other way round.
fn beside<'d, 'f>(sentence: &[&'d Draft<'f>], draft: &Draft) -> Option<&'d Draft<'f>> {
    let wanted = |other: &&Draft| {
        let pair = (outcome(draft.kind) && violent(other.kind))
            || (violent(draft.kind) && (outcome(other.kind) || violent(other.kind)));
        pair && other.trigger != draft.trigger
    };
    let gap = |other: &&Draft| (other.trigger.abs_diff(draft.trigger), other.trigger);
    sentence.iter().copied().filter(wanted).min_by_key(gap)
}
