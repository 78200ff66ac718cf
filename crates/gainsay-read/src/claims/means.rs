//! What it was done with, and what kind of strike that makes it.

use gainsay_model::{Kind, Slot, TokenId};

use super::View;
use super::draft::Draft;

pub(super) fn means(view: &View, drafts: &mut [Draft]) {
    for draft in drafts.iter_mut() {
        if !matches!(
            draft.kind,
            Kind::Airstrike
                | Kind::Shelling
                | Kind::Bombing
                | Kind::Attack
                | Kind::Casualties
                | Kind::Destruction
        ) {
            continue;
        }
        let Some((token, word)) = nearest(view, draft.trigger) else { continue };
        let means = &view.words.codebook.means[&word];
        draft.means = Some(means.id.clone());
        draft.grounds.push((Slot::Means, view.tree.tokens[token].span, "claims.means".into()));
        if draft.frame.refine {
            draft.kind = refined(draft.kind, means.kind, &word);
        }
    }
}

/// The kind that a means makes of a strike: shells make shelling of a strike, a car bomb makes a bombing of an
/// attack; "bombing" stays what it is unless aircraft did it.
fn refined(kind: Kind, by: Kind, word: &str) -> Kind {
    match (kind, by) {
        (Kind::Attack, Kind::Attack) => kind,
        (Kind::Bombing, Kind::Airstrike) if word != "air" => Kind::Airstrike,
        (Kind::Bombing, _) => Kind::Bombing,
        (Kind::Airstrike, Kind::Bombing) if word == "bomb" => Kind::Airstrike,
        _ => by,
    }
}

/// The word for a weapon nearest to the trigger: itself, its phrase, then its clause.
fn nearest(view: &View, trigger: TokenId) -> Option<(TokenId, String)> {
    let tree = &view.tree;
    let own = word(view, trigger);
    let top = tree.clause(trigger);
    let all = || tree.subtree(top).into_iter().chain(tree.subtree(trigger));
    let near = |id: &TokenId| id.abs_diff(trigger);
    own.map(|own| (trigger, own)).or_else(|| {
        let found = all().filter_map(|id| word(view, id).map(|word| (id, word)));
        found.min_by_key(|(id, _)| (near(id), *id))
    })
}

/// The means that a word, with the one before it, names.
fn word(view: &View, id: TokenId) -> Option<String> {
    let tree = &view.tree;
    let lemma = tree.lemma(id).to_lowercase();
    let pair = id.checked_sub(1).map(|before| format!("{} {lemma}", tree.lemma(before).to_lowercase()));
    let table = &view.words.codebook.means;
    pair.filter(|pair| table.contains_key(pair)).or_else(|| table.contains_key(&lemma).then_some(lemma))
}
