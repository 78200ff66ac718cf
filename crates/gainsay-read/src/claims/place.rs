//! Where: the place named in a role, or the nearest one said of the trigger's clause; the finest wins.

use gainsay_model::{NameClass, Rel, TokenId, Upos, Xpos};

use super::View;
use super::draft::Fill;
use super::roles::governor;
use super::who::{named, noun_phrase};

/// Prepositions that locate.
const WHERE: &[&str] = &[
    "across",
    "along",
    "around",
    "at",
    "in",
    "in and around",
    "inside",
    "near",
    "on",
    "outside",
    "over",
    "within",
    "into",
    "throughout",
    "from",
    "to",
    "of",
    "between",
    "towards",
    "toward",
    "against",
];

/// The places a word names: itself, or for "the city of X", "X province", "part of X" the name inside its phrase.
pub(super) fn places(view: &View, head: TokenId) -> Vec<Fill> {
    places_within(view, head, 0)
}

/// [`places`], at most so many phrases inside or beside one another.
fn places_within(view: &View, head: TokenId, depth: usize) -> Vec<Fill> {
    if depth > 3 {
        return named(view, head).into_iter().collect();
    }
    let tree = &view.tree;
    let Some(name) = view.name(head).filter(|name| name.class == NameClass::Place) else { return Vec::new() };
    if name.entities.is_empty() || name.rule == "names.coref" {
        let lemma = tree.lemma(head);
        let inside = |id: &TokenId| {
            let fits = match tree.rel(*id) {
                Rel::Compound | Rel::Flat | Rel::Appos | Rel::Amod => true,
                Rel::Nmod | Rel::NmodDesc => {
                    tree.case(*id).as_deref() == Some("of") && !PARTS.contains(&lemma)
                }
                _ => false,
            };
            fits && (view
                .name(*id)
                .is_some_and(|name| name.class == NameClass::Place && !name.entities.is_empty())
                || PORTIONS.contains(&lemma) && view.is_place(*id))
        };
        let found: Vec<TokenId> = tree
            .children(head)
            .iter()
            .copied()
            .filter(inside)
            .flat_map(|id| tree.conjuncts(id))
            .filter(|&id| view.is_place(id))
            .collect();
        if !found.is_empty() {
            return found.into_iter().flat_map(|id| places_within(view, id, depth + 1)).collect();
        }
        // The name right before or after it, whatever the tree says: "al-Qusour neighborhood".
        if name.entities.is_empty() {
            let beside = name.tokens.start.checked_sub(1).and_then(|id| view.name(id)).filter(|beside| {
                beside.class == NameClass::Place
                    && !beside.entities.is_empty()
                    && beside.rule != "names.coref"
            });
            if let Some(beside) = beside {
                return named(view, beside.head).into_iter().collect();
            }
        }
    }
    if name.entities.is_empty() {
        // "X, the provincial capital": what it stands beside.
        let beside = (tree.rel(head) == Rel::Appos).then(|| tree.head(head)).flatten();
        if let Some(beside) = beside.filter(|&id| view.is_place(id)) {
            return places_within(view, beside, depth + 1);
        }
        // "some territory in the town of X".
        let inside = tree
            .with(head, &[Rel::Nmod])
            .find(|&id| tree.case(id).as_deref() == Some("in") && view.is_place(id));
        if let Some(inside) = inside.filter(|_| PORTIONS.contains(&tree.lemma(head))) {
            return places_within(view, inside, depth + 1);
        }
        let several = several(view, head);
        if !several.is_empty() {
            return several;
        }
    }
    let Some(mut fill) = named(view, head) else { return Vec::new() };
    if fill.entity.is_none() {
        // "the western suburbs of the city": the whole phrase says where.
        let of = tree
            .with(head, &[Rel::Nmod])
            .find(|&id| tree.case(id).as_deref() == Some("of") && view.is_place(id));
        // "the hospital in X": the nearest place known by name is X.
        let known = |id: &TokenId| {
            let located = matches!(tree.case(*id).as_deref(), Some("in" | "at" | "near" | "of" | "outside"));
            let name = view.name(*id).filter(|name| located && name.class == NameClass::Place);
            name.and_then(|name| name.entities.first().cloned())
        };
        fill.entity = tree.with(head, &[Rel::Nmod]).find_map(|id| known(&id));
        if let Some(of) = of.and_then(|of| view.name(of)).filter(|of| of.tokens.start > head) {
            fill.span = fill.span.cover(of.span);
            fill.mention = view.text(fill.span).to_string();
        }
    }
    vec![fill]
}

/// How many places of a kind back two that were named together are looked for.
const LOOKED_BACK: usize = 100;

/// "these two neighbourhoods", "both towns": the places of that kind named together last.
fn several(view: &View, head: TokenId) -> Vec<Fill> {
    let tree = &view.tree;
    let pointing = |id: TokenId| matches!(tree.lower(id).as_str(), "these" | "both" | "those");
    let kinds = view.words.codebook.places.get(tree.lemma(head));
    let Some(kinds) = kinds.filter(|_| tree.children(head).iter().any(|&id| pointing(id))) else {
        return Vec::new();
    };
    let fits = |name: &&gainsay_model::Name| {
        let entity =
            name.entities.first().filter(|_| name.class == NameClass::Place && name.antecedent.is_none());
        entity
            .and_then(|entity| view.words.gazetteer.place(&entity.id))
            .is_some_and(|place| kinds.contains(&place.kind))
    };
    let mut later: Option<&gainsay_model::Name> = None;
    let together = view.names_before(head).filter(fits).take(LOOKED_BACK).find_map(|name| {
        let later = later.replace(name)?;
        (tree.sentence(name.head) == tree.sentence(later.head)).then_some([name, later])
    });
    let fills = together.into_iter().flatten().filter_map(|name| named(view, name.head));
    fills.map(|fill| Fill { rule: "claims.several-places", ..fill }).collect()
}

/// The first place a word names.
pub(super) fn place(view: &View, head: TokenId) -> Option<Fill> {
    places(view, head).into_iter().next()
}

/// Nouns for parts of a place, which are places themselves.
const PARTS: &[&str] =
    &["suburb", "outskirts", "bank", "countryside", "environs", "entrance", "periphery", "edge", "side"];

/// Nouns that only say how much of a place.
const PORTIONS: &[&str] = &[
    "ground",
    "territory",
    "part",
    "side",
    "half",
    "area",
    "majority",
    "rest",
    "most",
    "swath",
    "center",
    "centre",
];

/// What is held or taken where no gazetteer word says so: "the only entrance", "oil wells", "an arms depot".
pub(super) fn held(view: &View, head: TokenId) -> Option<Fill> {
    let tree = &view.tree;
    let site = matches!(tree.tokens[head].upos, Upos::Noun | Upos::Propn)
        && view
            .name(head)
            .is_none_or(|name| name.class == NameClass::Unknown && name.rule == "names.unknown");
    // "much of X", "parts of X", "the majority of X".
    let of = tree
        .with(head, &[Rel::Nmod, Rel::Obl])
        .find(|&id| tree.case(id).as_deref() == Some("of") && view.is_place(id));
    if let Some(of) = of {
        return place(view, of);
    }
    if !site
        || view.words.codebook.people.contains_key(tree.lemma(head))
        || view.words.codebook.arms.contains(tree.lemma(head))
        || !SITES.contains(&tree.lemma(head)) && view.name(head).is_none()
    {
        return None;
    }
    let span = tree.span(&noun_phrase(view, head));
    Some(Fill {
        mention: view.text(span).to_string(),
        span,
        entity: None,
        class: Some(NameClass::Place),
        head,
        rule: "claims.site",
    })
}

/// Nouns for what can be held that the codebook does not class as places.
const SITES: &[&str] = &[
    "resource",
    "well",
    "facility",
    "complex",
    "ground",
    "land",
    "supply",
    "station",
    "tower",
    "silo",
    "mill",
    "factory",
    "post",
    "neighbourhood",
    "majority",
    "most",
    "much",
    "part",
    "half",
    "quarter",
    "third",
];

/// "in Ayyash, where, he said, the army remains in control": the place right before "where", whatever stands between.
pub(super) fn where_told(view: &View, trigger: TokenId) -> Vec<Fill> {
    let tree = &view.tree;
    let first = tree.sentences[tree.sentence(trigger)].tokens.start;
    let at = (first..trigger).rev().find(|&id| tree.lower(id) == "where");
    let before = at.and_then(|at| (first..at).rev().find(|&id| tree.tokens[id].upos != Upos::Punct));
    before.filter(|&id| view.is_place(id)).map(|id| places(view, id)).unwrap_or_default()
}

/// Places said of the trigger or of the clause around it.
pub(super) fn around(view: &View, trigger: TokenId) -> Vec<Fill> {
    let tree = &view.tree;
    let locatives = |id: TokenId| -> Vec<TokenId> {
        let fits = |&child: &TokenId| {
            view.is_place(child)
                && match tree.rel(child) {
                    Rel::Obl | Rel::Nmod => {
                        tree.case(child).is_some_and(|case| WHERE.contains(&case.as_str()))
                    }
                    Rel::Compound | Rel::NmodPoss | Rel::Amod | Rel::OblUnmarked | Rel::NmodUnmarked => true,
                    Rel::Advmod => true,
                    _ => false,
                }
        };
        tree.children(id).iter().copied().filter(fits).flat_map(|child| tree.conjuncts(child)).collect()
    };
    let mut found = locatives(trigger);
    let mut at = trigger;
    // Outward through the phrase and the clause, no further than the clause's own verb and what governs it.
    for _ in 0..4 {
        if !found.is_empty() {
            break;
        }
        let Some(up) = governor(view, at).filter(|_| at == trigger).or_else(|| tree.head(at)) else { break };
        if view.is_place(up) && matches!(tree.rel(at), Rel::Acl | Rel::AclRelcl | Rel::Amod | Rel::Nmod) {
            found.push(up);
            break;
        }
        if matches!(tree.rel(at), Rel::Ccomp | Rel::Parataxis | Rel::Root) {
            break;
        }
        found = locatives(up);
        at = up;
    }
    // Places under the direct object or victims: "killed 12 people in Raqqa" parsed as "people in Raqqa".
    if found.is_empty() {
        for child in tree.children(trigger) {
            if matches!(
                tree.rel(*child),
                Rel::Obj | Rel::Nsubj | Rel::NsubjPass | Rel::Obl | Rel::Nmod | Rel::OblAgent
            ) {
                found.extend(locatives(*child));
            }
        }
    }
    if found.is_empty() {
        found.extend(behind(view, trigger));
    }
    // A finer place on the object: "abducted civilians from the town of X, in Y province".
    let ids = |id: TokenId| {
        places(view, id)
            .into_iter()
            .filter_map(|fill| fill.entity)
            .map(|entity| entity.id)
            .collect::<Vec<_>>()
    };
    let coarse: Vec<String> = found.iter().flat_map(|&id| ids(id)).collect();
    for &child in tree.children(trigger) {
        if matches!(tree.rel(child), Rel::Obj | Rel::NsubjPass) {
            let within = |id: &TokenId| {
                ids(*id).iter().any(|fine| {
                    coarse.iter().any(|outer| outer != fine && view.words.gazetteer.within(fine, outer))
                })
            };
            found.extend(tree.subtree(child).into_iter().filter(|&id| view.is_place(id)).filter(within));
        }
    }
    let mut fills: Vec<Fill> = Vec::new();
    for fill in found.into_iter().flat_map(|id| places(view, id)) {
        if !fills.iter().any(|other| other.same(&fill)) {
            fills.push(Fill { rule: "claims.place-around", ..fill });
        }
    }
    fills
}

/// "clashes between the army and rebels erupted in Daraa", whatever the tree hangs the town from: the first place
/// known by name that is said to be where, up to the end of the clause.
fn behind(view: &View, trigger: TokenId) -> Option<TokenId> {
    let tree = &view.tree;
    let end = tree.sentences[tree.sentence(trigger)].tokens.end;
    let clause = (trigger + 1..end).take(CLAUSE).take_while(|&id| {
        let finite = matches!(tree.tokens[id].xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp) && tree.is_verb(id);
        !finite && !matches!(tree.word(id), "," | ";" | ":" | "that" | "while")
    });
    clause.into_iter().find(|&id| {
        let name = view.name(id).filter(|name| name.head == id && name.class == NameClass::Place);
        name.is_some_and(|name| !name.entities.is_empty())
            && matches!(tree.case(id).as_deref(), Some("in" | "at" | "near" | "outside" | "around"))
    })
}

/// How many words a clause may run on behind a word for where it was to be found in it.
const CLAUSE: usize = 12;

/// Leaves out places that contain another one named.
pub(super) fn finest(view: &View, fills: &mut Vec<Fill>) {
    let gazetteer = &view.words.gazetteer;
    let ids: Vec<String> =
        fills.iter().filter_map(|fill| fill.entity.as_ref()).map(|entity| entity.id.clone()).collect();
    fills.retain(|fill| {
        let own = fill.entity.as_ref().map(|entity| entity.id.as_str());
        own.is_none_or(|own| !ids.iter().any(|id| id != own && gazetteer.within(id, own)))
    });
    // A bare noun beside a name adds nothing.
    if fills.iter().any(|fill| fill.entity.is_some()) {
        fills.retain(|fill| {
            let bare =
                view.name(fill.head).is_some_and(|name| name.rule == "names.noun" && name.span == fill.span);
            fill.entity.is_some() || !bare
        });
    }
}
