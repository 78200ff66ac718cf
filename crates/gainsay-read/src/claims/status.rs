//! How sure it sounds: negation, modal verbs, attempts and conditions, by their scope in the tree.

use gainsay_model::{Degree, Kind, Rel, Slot, Status, TokenId, Upos};

use super::View;
use super::draft::Draft;

pub(super) fn status(view: &View, drafts: &mut [Draft]) {
    for draft in drafts.iter_mut() {
        // "without water": the preposition that the frame asks for denies nothing.
        let asked = |token: TokenId| draft.frame.under.contains(&view.tree.lower(token));
        if let Some((status, token)) = scoped(view, draft.trigger).filter(|(_, token)| !asked(*token)) {
            // A denied denial is none.
            draft.status = match (draft.status, status) {
                (Status::Denied, Status::Denied) => Status::Asserted,
                (Status::Denied, _) => Status::Denied,
                (_, status) => status,
            };
            draft.grounds.push((Slot::Status, view.tree.tokens[token].span, "claims.modality".into()));
        }
        if matches!(draft.kind, Kind::Control | Kind::Capture) {
            draft.degree = degree(view, draft.trigger);
        }
        if matches!(draft.kind, Kind::Siege | Kind::Obstruction) {
            cuts(view, draft);
        }
    }
}

/// The word nearest above or beside the trigger that makes it possible, intended or denied.
fn scoped(view: &View, trigger: TokenId) -> Option<(Status, TokenId)> {
    let tree = &view.tree;
    let book = &view.words.codebook;
    let mut at = trigger;
    // "no civilians were killed".
    let none = |id: &TokenId| {
        tree.with(*id, &[Rel::Det]).any(|det| book.modality(&tree.lower(det), "det") == Some(Status::Denied))
    };
    let nobody = tree.with(trigger, &[Rel::Nsubj, Rel::NsubjPass, Rel::Obj]).find(none);
    if let Some(nobody) = nobody.filter(|_| tree.is_verb(trigger)) {
        return Some((Status::Denied, nobody));
    }
    for step in 0..6 {
        for &child in tree.children(at) {
            let word = tree.lower(child);
            let lemma = tree.lemma(child);
            let found = match tree.rel(child) {
                Rel::Aux => book.modality(lemma, "aux"),
                Rel::Advmod => book.modality(&word, "adv").or_else(|| book.modality(lemma, "adv")),
                Rel::Det => book.modality(&word, "det"),
                Rel::Amod => book.modality(lemma, "adj"),
                Rel::Mark if step < 2 => book.modality(&word, "mark"),
                Rel::Case => book.modality(&word, "prep"),
                _ => None,
            };
            if let Some(status) = found
                && child != trigger
            {
                return Some((status, child));
            }
        }
        let up = tree.head(at)?;
        let rel = tree.rel(at);
        // Only what governs: a subject or a modifier of something denied is not denied.
        let governed =
            matches!(rel, Rel::Xcomp | Rel::Obj | Rel::Ccomp | Rel::Conj | Rel::Compound | Rel::OblAgent)
                || (rel == Rel::Acl && !tree.is_verb(up))
                || (rel == Rel::Nmod && matches!(tree.case(at).as_deref(), Some("of" | "for" | "at" | "in")))
                || (rel == Rel::Obl
                    && step == 0
                    && tree.tokens[trigger].upos != Upos::Verb
                    && matches!(tree.case(at).as_deref(), Some("in" | "on" | "of" | "from")))
                || (rel == Rel::Nsubj || rel == Rel::NsubjPass)
                    && tree.tokens[trigger].upos != Upos::Verb
                    && step == 0
                    && OCCUR.contains(&tree.lemma(up))
                || (rel == Rel::Advcl && tree.with(at, &[Rel::Mark]).any(|mark| tree.lower(mark) == "to"));
        if !governed || view.is_cue(up) {
            return None;
        }
        if rel == Rel::Conj
            && tree.is_verb(at)
            && tree.with(at, &[Rel::Nsubj, Rel::NsubjPass]).next().is_some()
        {
            return None;
        }
        let lemma = tree.lemma(up);
        let own = match tree.tokens[up].upos {
            Upos::Verb if matches!(rel, Rel::Xcomp | Rel::Obj | Rel::Ccomp | Rel::Advcl) => {
                book.modality(lemma, "v")
            }
            Upos::Noun if matches!(rel, Rel::Acl | Rel::Nmod) => book.modality(lemma, "n"),
            Upos::Adj => book.modality(lemma, "adj"),
            _ => None,
        };
        if let Some(status) = own {
            return Some((status, up));
        }
        at = up;
    }
    None
}

/// Verbs whose denial denies their subject.
const OCCUR: &[&str] = &[
    "be", "begin", "break", "carry", "conduct", "confirm", "continue", "exist", "expect", "happen", "launch",
    "occur", "plan", "report", "resume", "start", "take", "thwart",
];

/// How much of the place is held or taken.
fn degree(view: &View, trigger: TokenId) -> Option<Degree> {
    let tree = &view.tree;
    let near = tree.subtree(tree.clause(trigger)).into_iter().filter(|&id| id.abs_diff(trigger) <= 6);
    near.into_iter().find_map(|id| match tree.lower(id).as_str() {
        "complete" | "completely" | "full" | "fully" | "entire" | "entirely" | "total" | "whole" | "all" => {
            Some(Degree::Full)
        }
        "part" | "parts" | "partial" | "partially" | "partly" | "much" | "most" | "largely" | "majority"
        | "half" | "some" | "mostly" => Some(Degree::Partial),
        "contested" | "disputed" => Some(Degree::Contested),
        _ => None,
    })
}

/// What a siege or an obstruction cuts off, by the words of its sentence.
fn cuts(view: &View, draft: &mut Draft) {
    let sentence = &view.tree.sentences[view.tree.sentence(draft.trigger)];
    for id in sentence.tokens.clone() {
        if let Some(&cut) = view.words.codebook.cuts.get(view.tree.lemma(id))
            && !draft.cut.contains(&cut)
        {
            draft.cut.push(cut);
        }
    }
    draft.cut.sort();
}
