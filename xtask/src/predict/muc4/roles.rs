//! Whom and what the templates name: mentions as they stand in the text.

use std::ops::Range;

use gainsay_model::{NameClass, Rel, TokenId, Upos};

use super::message::Message;
use super::nouns::{Nouns, Role};

/// What a doer is to MUC-4.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Perpetrator {
    /// People.
    People(String),
    /// A body.
    Body(String),
}

/// Who a doer is: people, a body, or both ("terrorists of the FMLN").
pub fn perpetrators(message: &Message, nouns: &Nouns, head: TokenId) -> Vec<Perpetrator> {
    let mut found = Vec::new();
    let lemma = message.lemma(head);
    let listed = listed_body(message, head);
    if let Some((body, whole)) = &listed {
        found.push(Perpetrator::Body(body.clone()));
        if *whole {
            return found;
        }
    }
    if nouns.is(&lemma, Role::Perp) {
        found.push(Perpetrator::People(mention(message, nouns, head)));
        // "members of the Shining Path", "terrorists of the FMLN".
        let of = message.tree.with(head, &[Rel::Nmod]);
        for body in of.filter_map(|of| listed_body(message, of)).map(|(body, _)| body) {
            found.push(Perpetrator::Body(body));
        }
    } else if nouns.is(&lemma, Role::Org) {
        found.push(Perpetrator::Body(mention(message, nouns, head)));
    } else {
        found.extend(persons(message, nouns, head).into_iter().take(1).map(Perpetrator::People));
    }
    found.dedup();
    found
}

/// The words of a phrase as templates write them: without what only counts or hedges, and without the body in "Shining
/// Path guerrillas"; of a house or a group, whose it is.
pub fn mention(message: &Message, nouns: &Nouns, head: TokenId) -> String {
    let tree = &message.tree;
    let people = nouns.is(&message.lemma(head), Role::Perp);
    let head = match over(message, head) {
        Some(up)
            if people
                && nouns.is(&message.lemma(up), Role::Owned)
                && nouns.is(&message.lemma(up), Role::Perp) =>
        {
            up
        }
        _ => head,
    };
    let mut run = message.phrase(head);
    let body = |id: TokenId| {
        let entity = message.name(id).and_then(|name| name.entities.first());
        entity.is_some_and(|entity| message.words.lexicon.actor(&entity.id).is_some())
            && !message.words.codebook.demonyms.contains_key(tree.word(id))
    };
    while run.start < head
        && (nouns.is(&tree.lower(run.start), Role::Vague)
            || matches!(tree.word(run.start), "-" | "\"" | ",")
            || people && body(run.start))
    {
        run.start += 1;
    }
    if nouns.is(&message.lemma(head), Role::Owned) {
        let of = tree.with(head, &[Rel::Nmod]).find(|&id| tree.case(id).as_deref() == Some("of"));
        if let Some(of) = of.filter(|&of| of > head && of < head + 8) {
            let name = name_run(message, nouns, of).map_or(of + 1, |name| name.end);
            let beside = name_run(message, nouns, name).map_or(name, |name| name.end);
            run.end = run.end.max(message.phrase(of).end).max(name).max(beside);
        }
    }
    let text = message.text(run);
    text.trim_matches('"').to_string()
}

/// What a word is "of".
fn over(message: &Message, id: TokenId) -> Option<TokenId> {
    let tree = &message.tree;
    (tree.rel(id) == Rel::Nmod && tree.case(id).as_deref() == Some("of")).then(|| tree.head(id)).flatten()
}

/// Whether a word is people who do such things: a noun for nobody else, or anybody "unidentified".
pub fn is_culprit(message: &Message, nouns: &Nouns, id: TokenId) -> bool {
    let tree = &message.tree;
    let lemma = message.lemma(id);
    let noun = tree.tokens[id].upos == Upos::Noun && !matches!(tree.rel(id), Rel::Compound | Rel::Amod);
    let shady = || {
        message.phrase(id).any(|at| {
            at != id
                && (nouns.is(&tree.lower(at), Role::Shady) || nouns.is(&message.lemma(at), Role::Culprit))
        })
    };
    noun && (nouns.is(&lemma, Role::Culprit) || nouns.is(&lemma, Role::Perp) && shady())
}

/// The listed armed group or force that a word names or stands in the phrase of, as the message first names it, and
/// whether the word is the body's own name.
pub fn listed_body(message: &Message, head: TokenId) -> Option<(String, bool)> {
    let own = message.phrase(head).rev().find_map(|id| {
        let name = message.name(id)?;
        let entity = name.entities.first()?;
        let actor = message.words.lexicon.actor(&entity.id)?;
        (name.class == NameClass::Actor && actor.kind != "generic").then_some((id, entity.id.clone()))
    });
    let (id, actor) = own?;
    let runs = message.reading.names.iter().filter_map(|name| written(message, name, &actor));
    // An abbreviation is the surest way to write a name.
    let named = runs.min_by_key(|run| message.tree.word(run.start).chars().any(char::is_lowercase))?;
    // Of "Shining Path terrorists" the body is but a part.
    let own = message.name(id).and_then(|name| written(message, name, &actor));
    let whole = own.is_some_and(|run| run.contains(&head));
    Some((message.text(named), whole))
}

/// The words of a name that the lexicon writes for an actor: "Shining Path" of "Shining Path terrorists".
fn written(message: &Message, name: &gainsay_model::Name, actor: &str) -> Option<Range<TokenId>> {
    if name.entities.first().is_none_or(|entity| entity.id != actor) {
        return None;
    }
    if name.rule == "names.list" {
        return Some(name.tokens.clone());
    }
    let runs =
        name.tokens.clone().flat_map(|start| (start..name.tokens.end).map(move |last| start..last + 1));
    let listed = |run: &Range<TokenId>| {
        let span = message.reading.tokens[run.start].span.cover(message.reading.tokens[run.end - 1].span);
        message.words.index.find(span.of(&message.report.text)).iter().any(|entry| entry.id == actor)
    };
    runs.filter(listed).max_by_key(|run| run.len())
}

/// The personal names that a word is or that stand beside it: "mayor Juan Perez", "Perez, the mayor,", and all of
/// "Perez, Paz, and Diaz".
pub fn persons(message: &Message, nouns: &Nouns, head: TokenId) -> Vec<String> {
    let tree = &message.tree;
    let near = std::iter::once(head).chain(tree.children(head).iter().copied().filter(|&id| {
        matches!(tree.rel(id), Rel::Appos | Rel::Flat | Rel::Compound | Rel::NmodDesc | Rel::Nmod)
            && tree.case(id).is_none()
    }));
    // "engineers Juan Perez and …": a name right after a noun for people, whatever the tree makes of it.
    let next = message.words.codebook.people.contains_key(&message.lemma(head)).then_some(head + 1);
    let Some(run) = near.chain(next).find_map(|id| name_run(message, nouns, id)) else { return Vec::new() };
    let mut found = Vec::new();
    let mut end = run.end;
    found.extend(full_name(message, nouns, run));
    let sentence = tree.sentences[tree.sentence(head)].tokens.clone();
    // Names that follow, parted by commas, "and", and their titles.
    loop {
        let mut at = end;
        let parts = |at: usize| {
            at < sentence.end
                && (matches!(tree.lower(at).as_str(), "," | "and" | ";" | ":" | "as" | "well")
                    || nouns.is(tree.lower(at).trim_end_matches('.'), Role::Title)
                    || tree.tokens[at].upos == Upos::Num)
        };
        while parts(at) {
            at += 1;
        }
        if at == end || at >= sentence.end {
            break;
        }
        let Some(next) = name_run(message, nouns, at).filter(|next| next.len() > 1) else { break };
        end = next.end;
        found.extend(full_name(message, nouns, next));
    }
    found
}

/// The run of name words around a token, its titles left out.
fn name_run(message: &Message, nouns: &Nouns, id: TokenId) -> Option<Range<TokenId>> {
    let tree = &message.tree;
    if id >= tree.tokens.len() {
        return None;
    }
    let sentence = tree.sentences[tree.sentence(id)].tokens.clone();
    let title = |id: TokenId| nouns.is(tree.lower(id).trim_end_matches('.'), Role::Title);
    let part = |id: TokenId| message.is_personal(id) && !title(id);
    let particle = |id: TokenId| matches!(tree.lower(id).as_str(), "de" | "la" | "del" | "los" | "las" | "y");
    if id >= sentence.end || !part(id) {
        return None;
    }
    let (mut start, mut end) = (id, id + 1);
    while start > sentence.start
        && (part(start - 1) || particle(start - 1) && start - 1 > sentence.start && part(start - 2))
    {
        start -= 1;
    }
    while end < sentence.end && (part(end) || particle(end) && end + 1 < sentence.end && part(end + 1)) {
        end += 1;
    }
    Some(start..end)
}

/// The fullest form in which the message gives a name: for "Perez" and "Juan Perez" "Juan Perez Diaz". One word that
/// no fuller form is found for is a person only after a title.
fn full_name(message: &Message, nouns: &Nouns, run: Range<TokenId>) -> Option<String> {
    let tree = &message.tree;
    let own: Vec<String> = run.clone().map(|id| tree.lower(id)).collect();
    let holds = |other: &Range<TokenId>| {
        let words: Vec<String> = other.clone().map(|id| tree.lower(id)).collect();
        words.len() <= 5 && words.windows(own.len()).any(|part| part == own)
    };
    let same = (0..tree.tokens.len()).filter(|&id| tree.lower(id) == own[0]);
    let fuller = same
        .filter_map(|id| name_run(message, nouns, id))
        .filter(holds)
        .max_by_key(|run| (run.len(), std::cmp::Reverse(run.start)));
    let titled = run.start > 0 && nouns.is(tree.lower(run.start - 1).trim_end_matches('.'), Role::Title);
    let best = fuller.unwrap_or(run);
    (best.len() > 1 || titled).then(|| message.text(best))
}

/// All personal names of two words and more in a sentence that lists them: three at least, or after a colon.
pub fn listed_persons(message: &Message, nouns: &Nouns, sentence: usize) -> Vec<(TokenId, String)> {
    let tree = &message.tree;
    let tokens = tree.sentences[sentence].tokens.clone();
    let mut runs: Vec<Range<TokenId>> = Vec::new();
    for id in tokens.clone() {
        if runs.last().is_none_or(|run| !run.contains(&id)) {
            runs.extend(name_run(message, nouns, id).filter(|run| run.len() > 1));
        }
    }
    let marks = tokens.filter(|&id| matches!(tree.word(id), ";" | ":")).count();
    if runs.len() < 3 || marks + runs.windows(2).filter(|two| two[1].start <= two[0].end + 2).count() < 2 {
        return Vec::new();
    }
    runs.into_iter().map(|run| (run.start, message.text(run))).collect()
}

/// Bodies and people that a sentence says are held responsible or claim to be.
pub fn responsible(message: &Message, nouns: &Nouns, sentence: usize) -> Vec<TokenId> {
    let tree = &message.tree;
    let tokens = tree.sentences[sentence].tokens.clone();
    let cue = tokens.clone().any(|id| {
        matches!(
            message.lemma(id).as_str(),
            "responsibility" | "responsible" | "attribute" | "blame" | "perpetrate" | "authorship"
        )
    });
    tokens
        .filter(|&id| {
            let body =
                message.name(id).is_some_and(|name| name.head == id) && listed_body(message, id).is_some();
            cue && (body || is_culprit(message, nouns, id))
        })
        .collect()
}

/// The weapons that a sentence names.
pub fn weapons(message: &Message, nouns: &Nouns, sentence: usize) -> Vec<(TokenId, String)> {
    let tree = &message.tree;
    let mut found: Vec<(TokenId, String)> = Vec::new();
    for id in tree.sentences[sentence].tokens.clone() {
        let lemma = message.lemma(id);
        let noun = matches!(tree.tokens[id].upos, Upos::Noun | Upos::Propn)
            && !matches!(tree.rel(id), Rel::Compound | Rel::Amod);
        let load =
            || nouns.is(&lemma, Role::Load) && id > 0 && nouns.is(&message.lemma(id - 1), Role::Weapon);
        if noun && (nouns.is(&lemma, Role::Weapon) || load()) {
            found.push((id, mention(message, nouns, id)));
        }
    }
    found
}
