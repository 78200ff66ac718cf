//! One proposition of one source is one claim, however often the report says it.

use std::collections::BTreeMap;

use gainsay_model::{Kind, Part};

use super::View;
use super::draft::{Draft, Fill};

/// How many sentences apart one thing is said again.
const NEAR: usize = 2;

pub(super) fn merge<'f>(view: &View, drafts: Vec<Draft<'f>>) -> Vec<Draft<'f>> {
    let mut kept: Vec<Draft> = Vec::new();
    // What was kept, by kind, then by whether it stands in a headline and by sentence: only what stands near, or what
    // a headline says, can be the same.
    let mut index: BTreeMap<(Kind, bool, usize), Vec<usize>> = BTreeMap::new();
    for draft in drafts {
        let (kind, head, sentence) = (draft.kind, headline(view, &draft), view.tree.sentence(draft.trigger));
        let body = if head { 0..=usize::MAX } else { sentence.saturating_sub(NEAR)..=sentence + NEAR };
        let body = index.range((kind, false, *body.start())..=(kind, false, *body.end()));
        let heads = index.range((kind, true, 0)..=(kind, true, usize::MAX));
        let mut near: Vec<usize> = body.chain(heads).flat_map(|(_, ids)| ids.iter().copied()).collect();
        near.sort_unstable();
        match near.into_iter().find(|&id| same(view, &kept[id], &draft)) {
            Some(id) => absorb(view, &mut kept[id], draft),
            None => {
                index.entry((kind, head, sentence)).or_default().push(kept.len());
                kept.push(draft);
            }
        }
    }
    kept.sort_by_key(|draft| (draft.start(), draft.kind));
    kept
}

fn same(view: &View, a: &Draft, b: &Draft) -> bool {
    if a.kind != b.kind || a.status != b.status {
        return false;
    }
    let counts = match (&a.count, &b.count) {
        // A headline rounds: "22 dead" stands for "at least 22 people".
        (Some(x), Some(y)) if headline(view, a) != headline(view, b) => x.what == y.what && x.low == y.low,
        (Some(x), Some(y)) => x.what == y.what && x.low == y.low && x.high == y.high,
        (None, None) => true,
        _ => a.kind != Kind::Casualties,
    };
    let close = view.tree.sentence(a.trigger).abs_diff(view.tree.sentence(b.trigger)) <= NEAR
        || headline(view, a)
        || headline(view, b);
    let anchored = a.count.is_some() || overlap(&a.place, &b.place) || overlap(&a.actor, &b.actor);
    counts
        && close
        && anchored
        && sources(view, a, b)
        && agree(&a.actor, &b.actor)
        && targets(view, a, b)
        && places(view, a, b)
        && times(a, b)
}

/// Headline and lead repeat in their own voice what the body says in a source's.
fn sources(view: &View, a: &Draft, b: &Draft) -> bool {
    let early = |draft: &Draft| headline(view, draft) || view.tree.sentence(draft.trigger) <= 2;
    let same = a.source.len() == b.source.len() && a.source.iter().zip(&b.source).all(|(x, y)| x.same(y));
    same || (a.source.is_empty() && early(a)) || (b.source.is_empty() && early(b))
}

fn headline(view: &View, draft: &Draft) -> bool {
    view.part(draft.trigger) == Part::Headline
}

fn overlap(a: &[Fill], b: &[Fill]) -> bool {
    a.iter().any(|x| b.iter().any(|y| x.same(y)))
}

fn agree(a: &[Fill], b: &[Fill]) -> bool {
    a.is_empty() || b.is_empty() || overlap(a, b)
}

fn targets(view: &View, a: &Draft, b: &Draft) -> bool {
    let word = |fill: &Fill| view.tree.lemma(fill.head).to_string();
    agree(&a.target, &b.target)
        || a.target.iter().any(|x| b.target.iter().any(|y| word(x) == word(y)))
        || (a.kind == Kind::Casualties && a.count.is_some() && vague(view, a) != vague(view, b))
}

/// Victims called just people.
fn vague(view: &View, draft: &Draft) -> bool {
    draft
        .target
        .iter()
        .all(|fill| matches!(view.tree.lemma(fill.head), "people" | "person" | "other" | "victim"))
}

fn places(view: &View, a: &Draft, b: &Draft) -> bool {
    let within = |x: &Fill, y: &Fill| match (&x.entity, &y.entity) {
        (Some(x), Some(y)) => {
            view.words.gazetteer.within(&x.id, &y.id) || view.words.gazetteer.within(&y.id, &x.id)
        }
        _ => x.same(y),
    };
    a.place.is_empty() || b.place.is_empty() || a.place.iter().any(|x| b.place.iter().any(|y| within(x, y)))
}

fn times(a: &Draft, b: &Draft) -> bool {
    match (a.time, b.time) {
        (Some(x), Some(y)) => {
            let apart = |end: Option<gainsay_model::Date>, start: Option<gainsay_model::Date>| matches!((end, start), (Some(end), Some(start)) if end < start);
            !apart(x.end, y.start) && !apart(y.end, x.start)
        }
        _ => true,
    }
}

/// Adds what the repetition says more: its words, and whatever the first left open.
fn absorb<'f>(view: &View, kept: &mut Draft<'f>, draft: Draft<'f>) {
    let rounded = headline(view, kept) && !headline(view, &draft);
    kept.evidence.extend(draft.evidence);
    kept.evidence.sort();
    kept.evidence.dedup();
    let finer = draft.place.iter().any(|x| {
        kept.place.iter().any(|y| match (&x.entity, &y.entity) {
            (Some(x), Some(y)) => x.id != y.id && view.words.gazetteer.within(&x.id, &y.id),
            _ => false,
        })
    });
    let vague = kept.place.iter().all(|fill| fill.entity.is_none())
        && draft.place.iter().any(|fill| fill.entity.is_some());
    if kept.place.is_empty() || finer || vague {
        kept.place = draft.place;
    }
    for (own, more) in
        [(&mut kept.actor, draft.actor), (&mut kept.target, draft.target), (&mut kept.source, draft.source)]
    {
        if own.is_empty() {
            *own = more;
        }
    }
    kept.time = kept.time.or(draft.time);
    if rounded {
        (kept.count, kept.amount) = (draft.count.or(kept.count.take()), draft.amount.or(kept.amount));
    } else {
        (kept.count, kept.amount) = (kept.count.take().or(draft.count), kept.amount.or(draft.amount));
    }
    kept.degree = kept.degree.or(draft.degree);
    kept.means = kept.means.take().or(draft.means);
    kept.unverified |= draft.unverified;
    kept.grounds.extend(draft.grounds);
}
