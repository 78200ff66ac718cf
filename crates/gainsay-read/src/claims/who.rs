//! Who and to whom: the parties and people that a word in a role names.

use gainsay_model::{EntityRef, NameClass, Rel, TokenId, Upos};

use super::View;
use super::draft::Fill;
use super::roles::before;

/// How many names of parties back "the two sides" are looked for: where so many name one party, there is no second.
const PARTIES: usize = 100;

/// Who acts; for "the two sides", "both", "them" after "between": the two parties named last.
pub(super) fn actors(view: &View, head: TokenId) -> Vec<Fill> {
    let tree = &view.tree;
    let lemma = tree.lemma(head);
    let two = matches!(lemma, "side" | "party")
        && (head.saturating_sub(2)..head)
            .any(|id| matches!(tree.lower(id).as_str(), "two" | "both" | "warring" | "three"));
    let pair = two
        || (matches!(tree.lower(head).as_str(), "them" | "themselves")
            && tree.case(head).as_deref() == Some("between"));
    if !pair {
        // "Syrian and Russian warplanes": the sides named before a noun for forces that is nobody's by itself.
        let nobody =
            view.name(head).is_some_and(|name| name.class == NameClass::Actor && name.entities.is_empty());
        let sides: Vec<Fill> = if nobody {
            before(view, head)
                .into_iter()
                .filter(|&id| id != head)
                .filter_map(|id| actor(view, id))
                .filter(|fill| fill.entity.is_some())
                .collect()
        } else {
            Vec::new()
        };
        return if sides.is_empty() { actor(view, head).into_iter().collect() } else { sides };
    }
    let mut found: Vec<Fill> = Vec::new();
    let parties = view
        .names_before(head)
        .filter(|name| name.class == NameClass::Actor && !name.entities.is_empty())
        .take(PARTIES);
    for fill in parties.filter_map(|name| actor(view, name.head)) {
        if !found.iter().any(|other| other.same(&fill)) {
            found.push(Fill { rule: "claims.two-sides", ..fill });
        }
        if found.len() == 2 {
            break;
        }
    }
    found
}

/// Whether a noun for those who fight stands for nobody in particular: "fighters", "militants".
fn nobody(view: &View, name: &gainsay_model::Name) -> bool {
    let actor = name.entities.first().and_then(|entity| view.words.lexicon.actor(&entity.id));
    actor.map_or(name.entities.is_empty(), |actor| actor.kind == "generic")
}

/// Who acts: a name of a party, a country standing for its forces, or a noun for those who fight.
pub(super) fn actor(view: &View, head: TokenId) -> Option<Fill> {
    let tree = &view.tree;
    let Some(name) = view.name(head) else {
        // "Russian strikes": the adjective alone.
        let demonym = view.words.codebook.demonyms.get(tree.word(head))?;
        let id = demonym
            .actor
            .clone()
            .or_else(|| (tree.word(head) == "Syrian").then(|| "syrian-government".to_string()))?;
        let entity = Some(EntityRef { name: view.words.lexicon.name(&id).to_string(), id });
        return Some(Fill {
            mention: tree.word(head).to_string(),
            span: tree.tokens[head].span,
            entity,
            class: Some(NameClass::Actor),
            head,
            rule: "claims.demonym",
        });
    };
    let mut fill = named(view, head)?;
    match name.class {
        // "fighters of the Islamic State": those they are of.
        NameClass::Actor if nobody(view, name) => {
            let of = tree
                .with(head, &[Rel::Nmod])
                .find(|&id| matches!(tree.case(id).as_deref(), Some("of" | "from")));
            let whole = of.and_then(|of| view.name(of)).filter(|whole| whole.class == NameClass::Actor);
            if let Some(whole) = whole.filter(|whole| !whole.entities.is_empty()) {
                fill.entity = whole.entities.first().cloned();
                fill.span = fill.span.cover(whole.span);
                fill.mention = view.text(fill.span).to_string();
            }
        }
        NameClass::Actor => {}
        NameClass::Source => {
            let entity = fill.entity.as_ref()?;
            let acts = view.words.lexicon.actor(&entity.id).is_some();
            let owner = view.words.lexicon.source(&entity.id).and_then(|source| source.belongs_to.clone());
            let owner = owner
                .and_then(|id| view.words.lexicon.actor(&id))
                .map(|actor| EntityRef { id: actor.id.clone(), name: actor.name.clone() });
            if !acts {
                fill.entity = Some(owner?);
            }
        }
        NameClass::Place => {
            let actor = fill.entity.as_ref().and_then(|entity| view.words.lexicon.actor(&entity.id))?;
            fill.entity = Some(EntityRef { id: actor.id.clone(), name: actor.name.clone() });
            fill.class = Some(NameClass::Actor);
        }
        NameClass::Person | NameClass::Unknown if name.rule == "names.pronoun" => return None,
        NameClass::Person => {
            let person = fill.entity.as_ref().and_then(|entity| view.words.lexicon.people.get(&entity.id));
            if let Some(owner) = person
                .and_then(|person| person.belongs_to.as_deref())
                .and_then(|id| view.words.lexicon.actor(id))
            {
                fill.entity = Some(EntityRef { id: owner.id.clone(), name: owner.name.clone() });
            }
        }
        NameClass::People | NameClass::Unknown => {
            if name.class == NameClass::People && name.entities.is_empty() {
                return None;
            }
        }
        NameClass::Weapon | NameClass::Platform | NameClass::Nationality => return None,
    }
    Some(fill)
}

/// To whom: a name, or the noun phrase itself.
pub(super) fn target(view: &View, head: TokenId) -> Option<Fill> {
    let tree = &view.tree;
    // "members of X", "hundreds of civilians", "a number of officers": those they are of.
    if PARTITIVE.contains(&tree.lemma(head))
        || (tree.tokens[head].upos == Upos::Num && view.name(head).is_none())
    {
        let of = tree
            .with(head, &[Rel::Nmod])
            .find(|&id| tree.case(id).as_deref() == Some("of") || tree.case(id).as_deref() == Some("from"));
        if let Some(of) = of {
            return target(view, of);
        }
        let number =
            matches!(tree.lemma(head), "dozen" | "hundred" | "thousand" | "ten" | "score" | "million");
        if number || tree.tokens[head].upos == Upos::Num {
            return None;
        }
    }
    // Whoever only reports is not whom it was done to.
    let reports = |fill: &Fill| {
        let entity = fill.entity.as_ref().map(|entity| entity.id.as_str());
        fill.class == Some(NameClass::Source)
            && entity.is_none_or(|id| view.words.lexicon.actor(id).is_none())
    };
    if let Some(fill) = named(view, head) {
        if reports(&fill) {
            return None;
        }
        return (view.name(head).is_none_or(|name| name.rule != "names.pronoun")).then_some(fill);
    }
    if !matches!(tree.tokens[head].upos, Upos::Noun | Upos::Propn | Upos::X)
        || tree.lemma(head) == "time"
        || view.layers.times.iter().any(|time| time.tokens.contains(&head))
    {
        return None;
    }
    let phrase = noun_phrase(view, head);
    let span = tree.span(&phrase);
    Some(Fill {
        mention: view.text(span).to_string(),
        span,
        entity: None,
        class: None,
        head,
        rule: "claims.noun-phrase",
    })
}

/// Nouns that only count what follows "of".
const PARTITIVE: &[&str] = &[
    "member", "number", "dozen", "hundred", "thousand", "ten", "score", "million", "group", "majority",
    "most", "many", "some", "rest", "total", "couple", "handful", "life", "body", "one", "lot", "piece",
    "part", "family", "all",
];

/// The noun with the words right before it that belong to it, without determiner and number.
pub(super) fn noun_phrase(view: &View, head: TokenId) -> Vec<TokenId> {
    let tree = &view.tree;
    let mut start = head;
    let first = tree.sentences[tree.sentence(head)].tokens.start;
    while start > first {
        let id = start - 1;
        let inside =
            matches!(tree.rel(id), Rel::Amod | Rel::Compound | Rel::NmodPoss | Rel::NmodDesc | Rel::Flat)
                || matches!(tree.word(id), "-" | "'s" | "’s");
        if !inside || !tree.is_under(id, head) || tree.tokens[id].upos == Upos::Num {
            break;
        }
        start = id;
    }
    (start..=head).collect()
}

/// The fill that a name gives: for a pronoun the words of the name it stands for.
pub(super) fn named(view: &View, head: TokenId) -> Option<Fill> {
    let name = view.name(head)?;
    let shown = name.antecedent.map_or(name, |id| &view.layers.names[id]);
    let pronoun = name.tokens.len() == 1 && view.tree.tokens[name.head].upos == Upos::Pron;
    let words = if pronoun { shown.span } else { name.span };
    Some(Fill {
        mention: view.text(words).to_string(),
        span: name.span,
        entity: name.entities.first().cloned(),
        class: Some(name.class),
        head,
        rule: match &*name.rule {
            "names.coref" => "claims.coref",
            _ => "claims.role",
        },
    })
}
