//! Who says so: the attributions whose content holds the trigger, outermost first.

use gainsay_model::{Attribution, Rel, Source, Span, Status, Upos};

use super::View;
use super::draft::{Draft, Fill};
use crate::attribution::{REJECTED, unverified};

pub(super) fn said(view: &View, drafts: &mut Vec<Draft>) {
    let unverified = unverified::stretches(&view.tree, &view.words.codebook);
    let mut denials: Vec<Draft> = Vec::new();
    for draft in drafts.iter_mut() {
        let bare = draft.clone();
        let at = view.tree.tokens[draft.trigger].span;
        let mut over: Vec<&Attribution> =
            view.said_around(draft.trigger).filter(|said| holds(said, at)).collect();
        sort(view, &mut over);
        for said in over {
            // "fear that the seizure of X will …": what the subject of the fear names is taken for granted.
            if said.status != Status::Asserted && granted(view, draft.trigger) {
                continue;
            }
            if said.rule == REJECTED {
                // Somebody else's claim, and this one's denial of it.
                let mut denial = bare.clone();
                denial.status = flip(denial.status);
                denial.count = None;
                denial.source = said.sources.iter().map(|source| fill(view, draft, source)).collect();
                denials.push(denial);
                continue;
            }
            for source in &said.sources {
                let fill = fill(view, draft, source);
                if !draft.source.iter().any(|other| other.same(&fill)) {
                    draft.source.push(resolved(view, fill));
                }
            }
            match said.status {
                Status::Asserted => {}
                Status::Denied => draft.status = flip(draft.status),
                status => draft.status = status,
            }
            draft.unverified |= said.unverified;
        }
        draft.unverified |= unverified::touches(&unverified, at);
    }
    drafts.extend(denials);
}

/// Puts the outermost first: whoever says also that somebody else says it, then whoever says more.
fn sort(view: &View, over: &mut Vec<&Attribution>) {
    // "The monitor, citing a doctor, said": the doctor stands behind the monitor, however much the phrase holds.
    let cited = |said: &Attribution| {
        let cue = view.text(said.cue).to_lowercase();
        said.rule == "attribution.phrase" && (cue.ends_with("ing") || cue.starts_with("wh"))
    };
    let around =
        |outer: &Attribution, inner: &Attribution| holds(outer, inner.cue) && !holds(inner, outer.cue);
    let depth = |said: &Attribution| over.iter().filter(|other| around(other, said)).count();
    let mut order: Vec<_> = over
        .iter()
        .map(|&said| ((cited(said), depth(said), std::cmp::Reverse(extent(said)), said.cue), said))
        .collect();
    order.sort_by_key(|(key, _)| *key);
    *over = order.into_iter().map(|(_, said)| said).collect();
}

fn fill(view: &View, draft: &Draft, source: &Source) -> Fill {
    Fill {
        mention: view.text(source.span).to_string(),
        span: source.span,
        entity: source.entity.clone(),
        class: None,
        head: draft.trigger,
        rule: "claims.source",
    }
}

/// A noun with an owner or doer of its own, as the subject of a clause.
fn granted(view: &View, trigger: gainsay_model::TokenId) -> bool {
    let tree = &view.tree;
    let owned = tree.with(trigger, &[Rel::NmodPoss, Rel::Nmod]).next().is_some();
    tree.rel(trigger) == Rel::Nsubj && tree.tokens[trigger].upos == Upos::Noun && owned
}

/// A source that is only a pronoun or "the group" is shown by the name it stands for.
fn resolved(view: &View, mut fill: Fill) -> Fill {
    let names = view.layers.names;
    let at = names.partition_point(|name| name.span.start < fill.span.start);
    let name = names.get(at).filter(|name| name.span == fill.span && name.antecedent.is_some());
    if let Some(antecedent) = name.and_then(|name| name.antecedent).map(|id| &view.layers.names[id])
        && name.is_some_and(|name| name.tokens.len() == 1 && view.tree.tokens[name.head].upos == Upos::Pron)
    {
        fill.mention = view.text(antecedent.span).to_string();
    }
    fill
}

fn holds(said: &Attribution, at: Span) -> bool {
    said.content.iter().any(|content| content.contains(at))
}

fn extent(said: &Attribution) -> usize {
    said.content.iter().map(|span| span.end - span.start).sum()
}

fn flip(status: Status) -> Status {
    if status == Status::Denied { Status::Asserted } else { Status::Denied }
}
