//! What stands in which function to a trigger: its doers, what governs it, what stands before it.

use gainsay_lexicon::codebook::{Frame, Function, TriggerPos};
use gainsay_model::{NameClass, Rel, TokenId};

use super::View;
use super::clause::{is_passive, is_relative, object, subject};

/// The heads of what stands in this function to the trigger.
pub(super) fn find(view: &View, token: TokenId, frame: &Frame, function: &Function) -> Vec<TokenId> {
    let tree = &view.tree;
    let found: Vec<TokenId> = match (function, frame.pos) {
        (Function::Subject, TriggerPos::Verb) => {
            let others = others_by(view, token).filter(|_| is_passive(view, token));
            subject(view, token).into_iter().chain(others).collect()
        }
        (Function::Object, TriggerPos::Verb) => object(view, token).into_iter().collect(),
        (Function::Subject | Function::Object, _) => Vec::new(),
        (Function::By, _) => {
            let own = tree
                .with(token, &[Rel::Nmod, Rel::Obl, Rel::OblAgent])
                .filter(|&id| tree.case(id).as_deref() == Some("by"));
            let verb = governor(view, token);
            let over = verb
                .into_iter()
                .flat_map(|verb| tree.with(verb, &[Rel::Obl, Rel::OblAgent]))
                .filter(|&id| tree.case(id).as_deref() == Some("by"));
            let mut heads: Vec<TokenId> = own.chain(over).collect();
            heads.extend(others_by(view, token));
            if heads.is_empty() && frame.pos == TriggerPos::Noun {
                // "the siege of the city by the regime": the tree may hang the regime from the city.
                let below = tree.with(token, &[Rel::Nmod]).flat_map(|id| tree.with(id, &[Rel::Nmod]));
                heads.extend(below.filter(|&id| tree.case(id).as_deref() == Some("by")));
            }
            heads
        }
        (Function::Possessive, _) => tree.with(token, &[Rel::NmodPoss]).collect(),
        (Function::Compound, _) => before(view, token),
        (Function::Own, _) => vec![token],
        // "under siege": whoever is said to be so suffers it.
        (Function::GoverningSubject, _) if tree.case(token).as_deref() == Some("under") => Vec::new(),
        (Function::GoverningSubject, _) if tree.with(token, &[Rel::Nsubj]).next().is_some() => {
            own_subject(view, token)
        }
        // "the regime in cooperation with X", which the tree may hang from the regime.
        (Function::GoverningSubject, _) if beside_party(view, token) => {
            tree.head(token).into_iter().collect()
        }
        (Function::GoverningSubject, _) => governor(view, token)
            .filter(|&verb| lends(view, verb, token, frame))
            .and_then(|verb| subject(view, verb))
            .into_iter()
            .collect(),
        (Function::GoverningObject, _) => governor(view, token)
            .and_then(|verb| object(view, verb))
            .filter(|&id| id != token)
            .into_iter()
            .collect(),
        (Function::GoverningPlace, _) => described(view, token),
        (Function::Apposition, _) => {
            let beside = tree.with(token, &[Rel::Appos]);
            let over = (tree.rel(token) == Rel::Appos).then(|| tree.head(token)).flatten();
            beside.chain(over).collect()
        }
        (Function::Preposition(preposition), _) => {
            let fits = |id: &TokenId| tree.case(*id).as_deref() == Some(preposition.as_str());
            let own = tree.with(token, &[Rel::Obl, Rel::Nmod, Rel::Advmod, Rel::Advcl]).filter(fits);
            let verb = (frame.pos != TriggerPos::Verb).then(|| governor(view, token)).flatten();
            // "took ground from X in the third day of an offensive": what is taken is taken from X.
            let verb = verb.filter(|&verb| preposition != "from" || tree.head(token) == Some(verb));
            let over = verb
                .into_iter()
                .flat_map(|verb| tree.with(verb, &[Rel::Obl]))
                .filter(fits)
                .filter(|&id| id != token);
            // "missiles fired at the town": what stands with the participle on the noun.
            let by_frame = |id: TokenId| frame.with.iter().any(|verb| verb == tree.lemma(id));
            let participles = tree.with(token, &[Rel::Acl]).filter(|&id| by_frame(id));
            let under = participles.flat_map(|verb| tree.with(verb, &[Rel::Obl])).filter(fits);
            let mut heads: Vec<TokenId> = own.chain(over).chain(under).collect();
            if heads.is_empty()
                && frame.kind == gainsay_model::Kind::Allegiance
                && frame.pos == TriggerPos::Verb
            {
                // "swore allegiance to X", "left X for Y", hung from the object.
                let below = object(view, token).into_iter().flat_map(|oath| tree.with(oath, &[Rel::Nmod]));
                heads.extend(below.filter(fits));
            }
            if heads.is_empty() && frame.pos == TriggerPos::Noun {
                // "shelling by the regime on the town": the tree may hang the town from the regime.
                let doers = find(view, token, frame, &Function::By);
                heads.extend(doers.into_iter().flat_map(|doer| tree.with(doer, &[Rel::Nmod])).filter(fits));
                if heads.is_empty() && beside_party(view, token) {
                    let beside =
                        tree.head(token).into_iter().flat_map(|party| tree.with(party, &[Rel::Nmod]));
                    heads.extend(beside.filter(|&id| id > token).filter(fits));
                }
            }
            heads
        }
    };
    if *function == Function::Preposition("between".into()) {
        // A list of sides may be parsed in many ways: all parties under the preposition are meant.
        return found
            .into_iter()
            .flat_map(|id| {
                tree.subtree_without(id, |child| {
                    matches!(tree.rel(child), Rel::Acl | Rel::AclRelcl)
                        || matches!(tree.case(child).as_deref(), Some(case) if case != "between")
                })
            })
            .filter(|&id| {
                view.name(id).is_some_and(|name| {
                    name.head == id
                        && matches!(name.class, NameClass::Actor | NameClass::Place | NameClass::Person)
                })
            })
            .collect();
    }
    let mut all: Vec<TokenId> = Vec::new();
    let with_others = |id: TokenId| listed(view, id).into_iter().chain(as_well(view, id));
    for id in found.into_iter().flat_map(|id| tree.conjuncts(id)).flat_map(with_others) {
        if !all.contains(&id) && (id != token || *function == Function::Own) {
            all.push(id);
        }
    }
    all
}

/// A place and those that stand behind it in one list, whatever the tree says: "the right bank of X, Y and the town
/// of Z".
pub(super) fn listed(view: &View, id: TokenId) -> Vec<TokenId> {
    let tree = &view.tree;
    let place = |id: TokenId| view.name(id).filter(|name| name.class == NameClass::Place);
    let mut all = vec![id];
    let Some(mut last) = place(id) else { return all };
    let sentence = &tree.sentences[tree.sentence(id)].tokens;
    loop {
        let mut at = last.tokens.end;
        // "the town of X": the list goes on behind X.
        let of = tree.word(at.min(sentence.end - 1)) == "of";
        if of && let Some(inner) = (at + 1..sentence.end.min(at + 3)).find_map(place) {
            at = inner.tokens.end;
        }
        let from = at;
        while at < sentence.end && at < from + 2 && matches!(tree.word(at), "," | "and") {
            at += 1;
        }
        while at > from && at < sentence.end && matches!(tree.word(at), "the" | "in" | "of") && at < from + 4
        {
            at += 1;
        }
        let next = (at > from && at < sentence.end).then(|| place(at)).flatten().filter(|name| {
            name.tokens.start == at && !matches!(tree.rel(name.head), Rel::Nsubj | Rel::NsubjPass)
        });
        let Some(next) = next else { return all };
        all.push(next.head);
        last = next;
    }
}

/// "the regime as well as its militias": the party behind a party, whatever the tree says.
fn as_well(view: &View, id: TokenId) -> Option<TokenId> {
    let tree = &view.tree;
    let party = |id: TokenId| view.name(id).filter(|name| name.class == NameClass::Actor);
    let end = party(id)?.tokens.end;
    let sentence = &tree.sentences[tree.sentence(id)].tokens;
    let words = ["as", "well", "as"];
    let said = end + 3 < sentence.end && (0..3).all(|n| tree.word(end + n) == words[n]);
    let next = (end + 3..sentence.end.min(end + 6)).find_map(party).filter(|_| said)?;
    Some(next.head)
}

/// "by the army on one side and by rebels on the other": what the tree joins to the side.
pub(super) fn others_by<'v>(view: &'v View, token: TokenId) -> impl Iterator<Item = TokenId> + 'v {
    let tree = &view.tree;
    let below = tree.with(token, &[Rel::Obl, Rel::Nmod, Rel::OblAgent]);
    below.flat_map(|id| tree.with(id, &[Rel::Conj])).filter(|&id| tree.case(id).as_deref() == Some("by"))
}

/// Whether the tree hangs "in cooperation" from the party before it.
fn beside_party(view: &View, token: TokenId) -> bool {
    let tree = &view.tree;
    let party = tree.head(token).filter(|&up| up < token && view.class(up) == Some(NameClass::Actor));
    party.is_some() && tree.rel(token) == Rel::Nmod && tree.case(token).as_deref() == Some("in")
}

/// The subjects of a noun that is said of them: "they are in control".
fn own_subject(view: &View, noun: TokenId) -> Vec<TokenId> {
    let tree = &view.tree;
    // "Gunmen linked to A and B were in control but fled": a clause is never one of two subjects, so what the tree
    // takes for its subject is B, and the subject is theirs who fled.
    let over = tree.head(noun).filter(|&up| {
        tree.rel(noun) == Rel::Conj
            && !tree.is_verb(up)
            && matches!(tree.rel(up), Rel::Nsubj | Rel::NsubjPass)
            && tree.with(noun, &[Rel::Cop]).next().is_some()
    });
    match over {
        Some(over) => vec![over],
        None => tree.with(noun, &[Rel::Nsubj]).collect(),
    }
}

/// The verb over a noun, if near.
pub(super) fn governor(view: &View, noun: TokenId) -> Option<TokenId> {
    let tree = &view.tree;
    let mut at = noun;
    for _ in 0..3 {
        let up = tree.head(at)?;
        if tree.is_verb(up) {
            return Some(up);
        }
        if !matches!(tree.rel(at), Rel::Nmod | Rel::Conj | Rel::Appos | Rel::Compound | Rel::Obl) {
            return None;
        }
        at = up;
    }
    None
}

/// Whether the verb over a noun lends it its subject as actor.
fn lends(view: &View, verb: TokenId, noun: TokenId, frame: &Frame) -> bool {
    let tree = &view.tree;
    let lemma = tree.lemma(verb);
    let object = object(view, verb).is_some_and(|id| tree.conjuncts(id).contains(&noun));
    let oblique = matches!(tree.rel(noun), Rel::Obl | Rel::Nmod | Rel::Xcomp);
    let known = frame.with.iter().any(|with| with.split(' ').next() == Some(lemma));
    (object || oblique) && (known || light(view, verb) == Some(true))
}

/// What a light verb makes of its subject: the noun's doer (`true`) or its sufferer; with its particle first, as in
/// "carry out".
pub(super) fn light(view: &View, verb: TokenId) -> Option<bool> {
    let (tree, table) = (&view.tree, &view.words.codebook.light);
    let lemma = tree.lemma(verb);
    let particle = tree.with(verb, &[Rel::CompoundPrt]).map(|id| tree.lower(id)).next();
    let whole = particle.and_then(|particle| table.get(&format!("{lemma} {particle}")));
    whole.or_else(|| table.get(lemma)).copied()
}

/// Names and adjectives before a noun that belong to its phrase.
pub(super) fn before(view: &View, noun: TokenId) -> Vec<TokenId> {
    let tree = &view.tree;
    let first = tree.sentences[tree.sentence(noun)].tokens.start;
    let mut found = Vec::new();
    let mut at = noun;
    while at > first {
        let id = at - 1;
        if let Some(name) = view.name(id) {
            if name.tokens.start >= noun || name.rule == "names.pronoun" {
                break;
            }
            // "Twin bombings": a capital that no list knows says nothing of who did it.
            if name.class != NameClass::Unknown {
                found.push(name.head);
            }
            at = name.tokens.start;
            continue;
        }
        if view.words.codebook.demonyms.contains_key(tree.word(id)) {
            found.push(id);
            at = id;
            continue;
        }
        let joins = matches!(tree.word(id), "and" | ",") && id > first && {
            let left = id - 1;
            view.words.codebook.demonyms.contains_key(tree.word(left))
                || view
                    .name(left)
                    .is_some_and(|name| name.class == NameClass::Actor && !name.entities.is_empty())
        };
        let inside = joins && !found.is_empty()
            || matches!(tree.rel(id), Rel::Conj) && view.words.codebook.demonyms.contains_key(tree.word(id))
            || matches!(
                tree.rel(id),
                Rel::Amod
                    | Rel::Compound
                    | Rel::Nummod
                    | Rel::NmodPoss
                    | Rel::NmodDesc
                    | Rel::Flat
                    | Rel::Case
                    | Rel::Det
            ) && tree.head(id).is_some_and(|up| up <= noun && up + 8 > noun)
            || tree.word(id) == "-" && glued(view, id)
            || tree.word(id) == "led";
        if !inside
            || tree.rel(id) == Rel::Case && !matches!(tree.word(id), "'s" | "’s" | "’" | "'")
            || tree.rel(id) == Rel::Det
        {
            break;
        }
        at = id;
    }
    found
}

/// Whether a hyphen stands between two words without a space.
fn glued(view: &View, hyphen: TokenId) -> bool {
    let span = |id: TokenId| view.tree.tokens[id].span;
    hyphen > 0 && span(hyphen - 1).end == span(hyphen).start
}

/// "under X control": what is said to be so.
fn described(view: &View, noun: TokenId) -> Vec<TokenId> {
    let tree = &view.tree;
    let mut found: Vec<TokenId> = tree.with(noun, &[Rel::Nsubj, Rel::NsubjOuter]).collect();
    let mut place = noun;
    if found.is_empty() && tree.rel(noun) == Rel::AclRelcl && tree.with(noun, &[Rel::Cop]).next().is_some() {
        // "the areas, which include a base, have been under siege": no clause without "which" describes the base.
        let inner = tree.head(noun).and_then(|base| tree.head(base));
        place = inner.filter(|&verb| tree.rel(verb) == Rel::AclRelcl).unwrap_or(noun);
    }
    for _ in 0..3 {
        if !found.is_empty() && found.iter().any(|&id| view.is_place(id)) {
            break;
        }
        let Some(up) = tree.head(place) else { break };
        if view.is_place(up) {
            found.push(up);
        }
        found.extend(tree.with(up, &[Rel::Nsubj, Rel::NsubjPass, Rel::Obj]).filter(|&id| id != noun));
        place = up;
    }
    // "…, which are under X control": the noun that the clause describes.
    found
        .into_iter()
        .filter_map(|id| match is_relative(view, id) {
            true => tree.ancestors(id).find(|&up| view.is_place(up)),
            false => Some(id),
        })
        .filter(|&id| view.is_place(id))
        .collect()
}
