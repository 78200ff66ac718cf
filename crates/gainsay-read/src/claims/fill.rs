//! Fills the roles of a trigger from the words around it in the tree.

use gainsay_lexicon::codebook::{Frame, Function, Needs, TriggerPos};
use gainsay_model::{NameClass, Rel, TokenId, Upos};

use super::View;
use super::clause::{object, subject};
use super::draft::{Draft, Fill};
use super::place;
use super::roles::{before, find, governor, light};
use super::trigger::Trigger;
use super::who::{actor, actors, noun_phrase, target};

/// One draft a trigger whose needs are met.
pub(super) fn fill<'f>(view: &View, triggers: &[Trigger<'f>]) -> Vec<Draft<'f>> {
    triggers.iter().filter_map(|trigger| draft(view, trigger, triggers)).collect()
}

/// The triggers that one word is; triggers stand in order.
fn of_token<'t, 'f>(triggers: &'t [Trigger<'f>], token: TokenId) -> impl Iterator<Item = &'t Trigger<'f>> {
    let first = triggers.partition_point(|other| other.token < token);
    triggers[first..].iter().take_while(move |other| other.token == token)
}

fn draft<'f>(view: &View, trigger: &Trigger<'f>, triggers: &[Trigger]) -> Option<Draft<'f>> {
    let Trigger { token, frame } = *trigger;
    let heads = |functions: &[Function]| -> Vec<TokenId> {
        functions.iter().flat_map(|function| find(view, token, frame, function)).collect()
    };
    if !frame.needs.iter().all(|needs| met(view, token, frame, needs)) {
        return None;
    }
    let mut draft = Draft::of(token, frame, evidence(view, token));
    for head in heads(&frame.actor).into_iter().map(|head| of_wave(view, head)) {
        // "Air strikes killed …": the strike's doer is the killer's.
        if let Some(cause) =
            of_token(triggers, head).find(|other| other.token != token && is_violent(other.frame))
        {
            draft.cause = Some(cause.token);
            continue;
        }
        actors(view, head).into_iter().for_each(|fill| push(&mut draft.actor, Some(fill)));
    }
    if draft.cause.is_some() {
        // "Russian and regime bombing killed": the adjective belongs to the bombing, whose doers are asked there.
        draft.actor.retain(|fill| fill.rule != "claims.demonym");
    }
    let can_be_blamed = is_violent(frame)
        || matches!(frame.kind, gainsay_model::Kind::Agreement | gainsay_model::Kind::Cooperation);
    if draft.actor.is_empty() && can_be_blamed {
        blamed(view, token).into_iter().for_each(|fill| push(&mut draft.actor, Some(fill)));
    }
    for head in heads(&frame.target) {
        if view.is_place(head)
            && !matches!(frame.kind, gainsay_model::Kind::Destruction | gainsay_model::Kind::Aid)
        {
            let places = place::places(view, head);
            // "struck a market", "ISIS positions": what is hit, as much as where.
            if is_violent(frame)
                && places.iter().all(|fill| fill.entity.is_none())
                && object_of_strike(view, head)
            {
                push(&mut draft.target, struck(view, head));
            } else {
                places.into_iter().for_each(|fill| push(&mut draft.place, Some(fill)));
            }
        } else if of_token(triggers, head).any(|other| is_violent(other.frame))
            && frame.pos == TriggerPos::Verb
        {
            // "repelled an attack": the attack is a claim of its own.
        } else {
            push(&mut draft.target, target(view, head));
        }
    }
    if frame.kind == gainsay_model::Kind::Casualties && draft.target.is_empty() {
        // "killed on the government side", "the government's dead".
        let among = ["on", "among"].map(|preposition| Function::Preposition(preposition.into()));
        let owner = (frame.pos == TriggerPos::Adjective).then(|| owner(view, token)).flatten();
        let parties = among.iter().flat_map(|function| find(view, token, frame, function)).chain(owner);
        for head in parties.filter(|&head| view.class(head) == Some(NameClass::Actor)) {
            push(&mut draft.target, target(view, head));
        }
    }
    for head in heads(&frame.place) {
        if view.is_place(head) {
            place::places(view, head).into_iter().for_each(|fill| push(&mut draft.place, Some(fill)));
        } else if matches!(frame.kind, gainsay_model::Kind::Capture | gainsay_model::Kind::Control)
            && draft.place.is_empty()
        {
            push(&mut draft.place, place::held(view, head));
        }
    }
    // "the city faces a siege", "the convoy came under fire": the subject suffers it.
    if let Some(sufferer) = suffers(view, token, frame) {
        match view.is_place(sufferer) {
            true => {
                place::places(view, sufferer).into_iter().for_each(|fill| push(&mut draft.place, Some(fill)))
            }
            false => push(&mut draft.target, target(view, sufferer)),
        }
    }
    if draft.place.is_empty() {
        draft.place = place::around(view, token);
    }
    if draft.place.is_empty() && frame.kind == gainsay_model::Kind::Control {
        draft.place = place::where_told(view, token);
    }
    place::finest(view, &mut draft.place);
    let actor_is_target = |fill: &Fill| draft.actor.iter().any(|actor| actor.span == fill.span);
    draft.target.retain(|fill| !actor_is_target(fill));
    if draft.cause.is_none() {
        draft.cause = cause(view, token, frame, triggers);
    }
    // "in the fighting", "such strikes": a look back at what was told, no new claim.
    if frame.pos == TriggerPos::Noun
        && draft.actor.is_empty()
        && draft.target.is_empty()
        && is_violent(frame)
        && looks_back(view, token)
    {
        return None;
    }
    if attributive(view, token)
        && draft.place.iter().all(|fill| fill.entity.is_none())
        && !draft.place.is_empty()
        && draft.target.is_empty()
    {
        return None;
    }
    let empty = draft.actor.is_empty() && draft.target.is_empty() && draft.place.is_empty();
    (!(frame.strict && empty)).then_some(draft)
}

/// A noun for a thing that can be hit, and no name of a town or area.
fn object_of_strike(view: &View, head: TokenId) -> bool {
    let kinds = view.words.codebook.places.get(view.tree.lemma(head));
    kinds.is_some_and(|kinds| {
        kinds.is_empty()
            || kinds.iter().any(|kind| matches!(kind.as_str(), "facility" | "base" | "hospital" | "prison"))
    })
}

/// What is hit, in its own words, with whoever it is said to be of.
fn struck(view: &View, head: TokenId) -> Option<Fill> {
    let tree = &view.tree;
    let span = tree.span(&noun_phrase(view, head));
    let owner = before(view, head).into_iter().find(|&id| view.class(id) == Some(NameClass::Actor));
    let owner = owner.and_then(|id| actor(view, id)).and_then(|fill| fill.entity);
    Some(Fill {
        mention: view.text(span).to_string(),
        span,
        entity: owner,
        class: None,
        head,
        rule: "claims.struck",
    })
}

/// "rebel-held areas", "the blockaded neighbourhoods": a participle before its noun.
fn attributive(view: &View, token: TokenId) -> bool {
    let tree = &view.tree;
    matches!(tree.rel(token), Rel::Amod | Rel::Compound) && tree.head(token).is_some_and(|head| head > token)
}

/// "blamed rebels for the attack", "an attack blamed on rebels": who is said to be behind it.
fn blamed(view: &View, token: TokenId) -> Vec<Fill> {
    let tree = &view.tree;
    let blames = |id: TokenId| matches!(tree.lemma(id), "blame" | "accuse" | "fault");
    let over = tree.head(token).filter(|&up| blames(up) && tree.case(token).as_deref() == Some("for"));
    // "accused X of bombing a camp", the bombing hung from X or from the verb.
    let of = tree.case(token).as_deref() == Some("of");
    let accused = tree.ancestors(token).take(2).find(|&up| of && blames(up));
    let over = over.or(accused);
    let on = tree
        .with(token, &[Rel::Acl])
        .filter(|&id| blames(id))
        .flat_map(|verb| tree.with(verb, &[Rel::Obl]).filter(|&id| tree.case(id).as_deref() == Some("on")));
    let heads: Vec<TokenId> = over.and_then(|verb| object(view, verb)).into_iter().chain(on).collect();
    heads.into_iter().flat_map(|head| tree.conjuncts(head)).flat_map(|head| actors(view, head)).collect()
}

/// A definite noun without anything of its own to say.
fn looks_back(view: &View, token: TokenId) -> bool {
    let tree = &view.tree;
    let definite = tree
        .children(token)
        .iter()
        .any(|&id| matches!(tree.lower(id).as_str(), "the" | "this" | "that" | "these" | "those" | "such"));
    let own = tree.children(token).iter().any(|&id| {
        matches!(tree.rel(id), Rel::Nmod | Rel::Acl | Rel::AclRelcl | Rel::Compound | Rel::Amod)
            && tree.lower(id) != "such"
    });
    let subject = matches!(tree.rel(token), Rel::Nsubj | Rel::NsubjPass)
        && !tree.children(token).iter().any(|&id| tree.lower(id) == "such");
    definite && !own && !subject
}

fn push(fills: &mut Vec<Fill>, fill: Option<Fill>) {
    fills.extend(fill.filter(|fill| !fills.iter().any(|other| other.same(fill))));
}

/// "a wave of air strikes", "a series of attacks": what it is a wave of.
fn of_wave(view: &View, head: TokenId) -> TokenId {
    let tree = &view.tree;
    if !WAVES.contains(&tree.lemma(head)) {
        return head;
    }
    tree.with(head, &[Rel::Nmod]).find(|&id| tree.case(id).as_deref() == Some("of")).unwrap_or(head)
}

/// Nouns that only say how many strikes follow "of".
const WAVES: &[&str] = &["barrage", "number", "rash", "round", "salvo", "series", "spate", "string", "wave"];

/// The name right before a possessive "'s" before the word.
fn owner(view: &View, token: TokenId) -> Option<TokenId> {
    let mark = token.checked_sub(1).filter(|&id| matches!(view.tree.word(id), "'s" | "’s" | "’" | "'"))?;
    view.name(mark.checked_sub(1)?).map(|name| name.head)
}

/// The subject of a verb over the noun that says that the subject suffers it.
fn suffers(view: &View, token: TokenId, frame: &Frame) -> Option<TokenId> {
    let tree = &view.tree;
    if tree.case(token).as_deref() == Some("under")
        && let Some(subject) = tree.with(token, &[Rel::Nsubj]).next()
    {
        // "fighters who are under siege": whom the clause describes.
        let relative = matches!(tree.lower(subject).as_str(), "who" | "which" | "that");
        return if relative { tree.head(token) } else { Some(subject) };
    }
    let verb = governor(view, token).filter(|_| frame.pos == TriggerPos::Noun)?;
    (light(view, verb) == Some(false)).then(|| subject(view, verb)).flatten()
}

/// Kinds that have outcomes.
pub(super) fn is_violent(frame: &Frame) -> bool {
    use gainsay_model::Kind::*;
    matches!(frame.kind, Airstrike | Shelling | Bombing | Attack | Clash)
}

/// "killed in air strikes", "strikes that left 12 dead": the violence that a harm is the outcome of.
fn cause(view: &View, token: TokenId, frame: &Frame, triggers: &[Trigger]) -> Option<TokenId> {
    use gainsay_model::Kind::*;
    if !matches!(frame.kind, Casualties | Destruction | Displacement) {
        return None;
    }
    let tree = &view.tree;
    let violent = |id: TokenId| id != token && of_token(triggers, id).any(|other| is_violent(other.frame));
    let below =
        tree.children(token).iter().copied().filter(|&id| {
            matches!(tree.rel(id), Rel::Obl | Rel::Nmod | Rel::OblAgent | Rel::Nsubj | Rel::Advcl)
        });
    let below = below.flat_map(|id| tree.conjuncts(id)).find(|&id| violent(id));
    let above = || {
        tree.ancestors(token).take(4).find_map(|up| {
            let near = std::iter::once(up).chain(tree.children(up).iter().copied());
            near.into_iter().find(|&id| violent(id))
        })
    };
    below.or_else(above)
}

/// The words that state it: the clause of a verb, the clause around a noun.
fn evidence(view: &View, token: TokenId) -> gainsay_model::Span {
    let tree = &view.tree;
    let top = if tree.is_verb(token) { token } else { tree.clause(token) };
    let mut tokens = tree.subtree_without(top, |child| {
        matches!(tree.rel(child), Rel::Parataxis | Rel::Discourse)
            || (tree.rel(child) == Rel::Conj && tree.is_verb(child) && child > token)
    });
    while tokens.last().is_some_and(|&id| tree.tokens[id].upos == Upos::Punct) {
        tokens.pop();
    }
    while tokens.first().is_some_and(|&id| tree.tokens[id].upos == Upos::Punct) {
        tokens.remove(0);
    }
    if !tokens.contains(&token) {
        tokens.push(token);
    }
    tree.span(&tokens)
}

fn met(view: &View, token: TokenId, frame: &Frame, needs: &Needs) -> bool {
    let tree = &view.tree;
    let object = || find(view, token, frame, &Function::Object);
    let subject = || find(view, token, frame, &Function::Subject);
    let arms = |id: TokenId| view.words.codebook.arms.contains(tree.lemma(id));
    match needs {
        Needs::Place => {
            let mut places = if frame.pos == TriggerPos::Noun {
                frame.place.iter().flat_map(|function| find(view, token, frame, function)).collect()
            } else {
                object()
            };
            places.retain(|&id| view.is_place(id) || place::held(view, id).is_some());
            !places.is_empty()
        }
        Needs::PlaceSubject => {
            let named = |id: &TokenId| place::places(view, *id).iter().any(|fill| fill.entity.is_some());
            let places: Vec<TokenId> = subject().into_iter().filter(|&id| view.is_place(id)).collect();
            let taker = frame
                .actor
                .iter()
                .flat_map(|function| find(view, token, frame, function))
                .any(|id| actor(view, id).is_some());
            // "The town fell on Tuesday": to nobody named, where it is known which town.
            !places.is_empty() && (taker || places.iter().any(named))
        }
        Needs::ActorPlace => {
            subject().iter().any(|&id| view.class(id) == Some(NameClass::Actor))
                && object().iter().any(|&id| view.is_place(id))
        }
        Needs::ActorObject => object().iter().any(|&id| view.class(id) == Some(NameClass::Actor)),
        Needs::People => object().iter().any(|&id| {
            matches!(view.class(id), Some(NameClass::People | NameClass::Person))
                || view.words.codebook.people.contains_key(tree.lemma(id))
        }),
        Needs::PeopleSubject => subject().iter().any(|&id| {
            view.class(id) == Some(NameClass::People)
                || view.words.codebook.people.contains_key(tree.lemma(id))
        }),
        Needs::Arms => object().iter().any(|&id| arms(id)),
        Needs::ArmsSubject => subject().iter().any(|&id| arms(id)),
        Needs::Allegiance => tree.children(token).iter().any(|&id| {
            matches!(tree.lemma(id), "allegiance" | "loyalty" | "fealty")
                || tree
                    .children(id)
                    .iter()
                    .any(|&below| matches!(tree.lemma(below), "allegiance" | "loyalty" | "fealty"))
        }),
        Needs::From => {
            tree.children(token).iter().any(|&id| matches!(tree.case(id).as_deref(), Some("from" | "out of")))
        }
    }
}
