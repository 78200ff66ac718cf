//! Subject and object of a verb: by the tree, mended where it is known to err.

use gainsay_model::{NameClass, Rel, TokenId, Upos, Xpos};

use super::View;
use super::roles::others_by;
use super::victims;

/// "regime-controlled", "ISIS-held": the name before the hyphen.
fn hyphened(view: &View, verb: TokenId) -> Option<TokenId> {
    let hyphen = verb.checked_sub(1).filter(|&id| view.tree.word(id) == "-")?;
    let name = view.name(hyphen.checked_sub(1)?)?;
    Some(name.head)
}

/// Who does it: the subject of an active verb, the agent of a passive one, with control and relative clauses.
pub(super) fn subject(view: &View, verb: TokenId) -> Option<TokenId> {
    let tree = &view.tree;
    if let Some(name) = hyphened(view, verb) {
        return Some(name);
    }
    if tree.tokens[verb].upos == Upos::Noun {
        // A verb taken for a noun has its subject before it as a modifier.
        return tree.with(verb, &[Rel::Nsubj, Rel::Compound]).next();
    }
    if is_passive(view, verb) {
        let agent = tree.with(verb, &[Rel::OblAgent]).next();
        let agent = agent.or_else(|| others_by(view, verb).next());
        return agent
            .or_else(|| tree.with(verb, &[Rel::Obl]).find(|&id| tree.case(id).as_deref() == Some("by")));
    }
    above(view, verb, &[Rel::Nsubj], 0)
}

/// To whom it is done: the object of an active verb, the subject of a passive one.
pub(super) fn object(view: &View, verb: TokenId) -> Option<TokenId> {
    let tree = &view.tree;
    if hyphened(view, verb).is_some() {
        // "ISIS-held town": the noun after it.
        let up = tree.head(verb).filter(|_| matches!(tree.rel(verb), Rel::Amod | Rel::Acl | Rel::Compound));
        return up.or_else(|| (verb + 1..verb + 5).find(|&id| id < tree.tokens.len() && view.is_place(id)));
    }
    if is_passive(view, verb) {
        let subject = above(view, verb, &[Rel::NsubjPass, Rel::Nsubj], 0).or_else(|| opened(view, verb));
        // Without commas the tree may take another noun of the sentence for the one that suffers.
        let suffers = subject.filter(|&id| victims::is_people(view, id));
        let subject = suffers.or_else(|| victims::right_before(view, verb)).or(subject);
        return subject.map(|id| victims::whole(view, id).unwrap_or(id));
    }
    let own = tree.with(verb, &[Rel::Obj]).next().or_else(|| late_object(view, verb));
    // "the part of the city, which X besieges", the clause hung from elsewhere.
    let astray = |id: &TokenId| is_relative(view, *id) && tree.rel(verb) != Rel::AclRelcl;
    let own = match own.filter(astray) {
        Some(pronoun) => antecedent(view, pronoun),
        None => own,
    };
    own.or_else(|| {
        // "the town that IS captured": what the relative clause describes.
        let relative = tree.rel(verb) == Rel::AclRelcl
            && tree.with(verb, &[Rel::Nsubj]).next().is_some_and(|id| !is_relative(view, id));
        relative.then(|| tree.head(verb)).flatten()
    })
}

/// "Encircled by the army, the town starves": the subject of the clause that a participle opens.
fn opened(view: &View, verb: TokenId) -> Option<TokenId> {
    let tree = &view.tree;
    let sentence = &tree.sentences[tree.sentence(verb)].tokens;
    let mut words = sentence.clone().filter(|&id| tree.tokens[id].upos != Upos::Punct);
    let opens = words.by_ref().take(1).any(|id| id == verb);
    let subject =
        |&id: &TokenId| matches!(tree.rel(id), Rel::Nsubj | Rel::NsubjPass) && !is_relative(view, id);
    sentence.clone().skip_while(|&id| tree.word(id) != ",").find(subject).filter(|_| opens)
}

/// "warplanes killed at least 12 civilians", "jets struck Raqqa": whom or what right after a verb the parser took for
/// no object of it.
fn late_object(view: &View, verb: TokenId) -> Option<TokenId> {
    let tree = &view.tree;
    let fits = |id: TokenId| match view.class(id) {
        Some(NameClass::People | NameClass::Actor) => tree.rel(id) == Rel::OblUnmarked,
        Some(NameClass::Place) => id < verb + LATE,
        _ => false,
    };
    tree.with(verb, &[Rel::OblUnmarked, Rel::Xcomp])
        .find(|&id| id > verb && tree.case(id).is_none() && fits(id))
}

/// How many words behind its verb a place may stand that it does something to: "struck the northern town of Binnish".
const LATE: usize = 6;

/// The noun phrase right before a relative pronoun, as wide as it is: "gunmen allied to X and Y, who".
fn antecedent(view: &View, pronoun: TokenId) -> Option<TokenId> {
    let tree = &view.tree;
    let first = tree.sentences[tree.sentence(pronoun)].tokens.start;
    let mut at = (first..pronoun).rev().find(|&id| tree.tokens[id].upos != Upos::Punct)?;
    if view.is_place(at) {
        return Some(at);
    }
    while let Some(up) = tree.head(at).filter(|&up| up < pronoun) {
        let inside = matches!(
            tree.rel(at),
            Rel::Nmod | Rel::Compound | Rel::Flat | Rel::Conj | Rel::Appos | Rel::Acl | Rel::Case
        ) || tree.rel(at) == Rel::Obl && tree.rel(up) == Rel::Acl;
        if !inside || tree.is_verb(up) && tree.rel(up) != Rel::Acl {
            break;
        }
        at = up;
    }
    (!tree.is_verb(at)).then_some(at)
}

pub(super) fn is_relative(view: &View, id: TokenId) -> bool {
    matches!(view.tree.lower(id).as_str(), "who" | "which" | "that" | "whom")
}

pub(super) fn is_passive(view: &View, verb: TokenId) -> bool {
    let tree = &view.tree;
    if victims::object_is_next_subject(view, verb) {
        return true;
    }
    let marks =
        |rels: &[Rel]| tree.children(verb).iter().rfind(|&&id| id < verb && rels.contains(&tree.rel(id)));
    // "Monitor: rebels killed dozens": of two subjects the nearer is the verb's.
    let sure = [Rel::AuxPass, Rel::CsubjPass, Rel::OblAgent];
    let sure = tree.children(verb).iter().any(|&id| sure.contains(&tree.rel(id)));
    let passive = tree.children(verb).iter().any(|&id| tree.rel(id) == Rel::NsubjPass);
    if !sure && passive && marks(&[Rel::Nsubj]) > marks(&[Rel::NsubjPass]) {
        return false;
    }
    let marked = sure || passive;
    let participle = tree.tokens[verb].xpos == Xpos::Vbn
        || (tree.tokens[verb].upos == Upos::Adj && tree.lower(verb).ends_with("ed"))
        // "135 people killed": a clause on a noun without a subject of its own is passive, whatever the tag.
        || (tree.tokens[verb].xpos == Xpos::Vbd
            && tree.rel(verb) == Rel::Acl
            && tree.with(verb, &[Rel::Nsubj, Rel::Obj]).next().is_none());
    let bare = participle
        && !tree.with(verb, &[Rel::Aux]).any(|id| matches!(tree.lemma(id), "have" | "has" | "had" | "'ve"))
        && (matches!(
            tree.rel(verb),
            Rel::Acl
                | Rel::Amod
                | Rel::Advcl
                | Rel::Xcomp
                | Rel::Root
                | Rel::Ccomp
                | Rel::Conj
                | Rel::Parataxis
        ))
        && tree.with(verb, &[Rel::Obj]).next().is_none()
        && late_object(view, verb).is_none();
    marked || bare
}

/// The subject of a verb: its own, or the one it shares with the verb or noun over it.
fn above(view: &View, verb: TokenId, own: &'static [Rel], depth: usize) -> Option<TokenId> {
    let tree = &view.tree;
    if depth > 4 {
        return None;
    }
    let relative = |id: TokenId| is_relative(view, id);
    // Of two subjects the nearer one is meant: a dateline before the first sentence is often taken for one.
    let nearest = tree.with(verb, own).filter(|&id| id < verb).last().or_else(|| tree.with(verb, own).next());
    if let Some(id) = nearest {
        if relative(id) {
            let astray = !matches!(tree.rel(verb), Rel::AclRelcl | Rel::Acl | Rel::Conj);
            return antecedent(view, id)
                .filter(|_| astray)
                .or_else(|| tree.ancestors(verb).find(|&up| !tree.is_verb(up)));
        }
        return Some(id);
    }
    let up = tree.head(verb)?;
    match tree.rel(verb) {
        Rel::Amod | Rel::Acl | Rel::AclRelcl if !tree.is_verb(up) => Some(up),
        // "accused X of killing", "allowed X to take": the object of the verb over it.
        Rel::Xcomp | Rel::Ccomp | Rel::Advcl => {
            let marked = tree.with(verb, &[Rel::Mark]).next().map(|id| tree.lower(id)).unwrap_or_default();
            let full = tree.rel(verb) == Rel::Advcl
                && matches!(
                    marked.as_str(),
                    "after" | "before" | "as" | "when" | "while" | "since" | "if" | "because"
                );
            let finite = matches!(tree.tokens[verb].xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp);
            if finite && (full || tree.rel(verb) == Rel::Ccomp) {
                return None;
            }
            let object = tree.with(up, &[Rel::Obj, Rel::Iobj]).next();
            let takes = tree.rel(verb) == Rel::Xcomp || marked == "of";
            match object.filter(|_| takes) {
                Some(object) => Some(object),
                None if is_passive(view, up) && tree.rel(verb) == Rel::Xcomp => {
                    above(view, up, &[Rel::NsubjPass], depth + 1)
                }
                None => subject_above(view, up, depth + 1),
            }
        }
        // "accused X of bombing a camp and killing three".
        Rel::Conj
            if matches!(tree.lemma(up), "accuse" | "suspect") && tree.tokens[verb].xpos == Xpos::Vbg =>
        {
            tree.with(up, &[Rel::Obj]).next()
        }
        Rel::Conj if tree.is_verb(up) || tree.rel(verb) == Rel::Conj => {
            let shared = if own.contains(&Rel::NsubjPass) && is_passive(view, up) {
                above(view, up, own, depth + 1)
            } else {
                None
            };
            shared.or_else(|| subject_above(view, up, depth + 1))
        }
        _ => None,
    }
}

fn subject_above(view: &View, verb: TokenId, depth: usize) -> Option<TokenId> {
    let copular = view.tree.with(verb, &[Rel::Nsubj]).next().is_some();
    if !view.tree.is_verb(verb) && !copular {
        return None;
    }
    above(view, verb, &[Rel::Nsubj, Rel::NsubjPass], depth)
}
