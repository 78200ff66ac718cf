//! One voice through another: "X told Reuters", "Reuters quoted X as saying", "X was quoted by Reuters as saying".

use std::ops::Range;

use gainsay_model::{Attribution, NameClass, Rel, Source, Span, Status, TokenId};

use super::{View, attributed};

/// Kinds of sources that are told things in order to pass them on.
const PASSES_ON: &[&str] = &["agency", "broadcaster", "newspaper", "party-media", "site"];

/// Verbs of what somebody is quoted as doing.
const SAYING: &[&str] =
    &["announcing", "claiming", "confirming", "reporting", "saying", "stating", "telling"];

/// So many words stand at most between "quoted" and "as saying".
const NEAR: usize = 14;

/// Adds whoever passes on what somebody says.
pub(super) fn relayed(view: &View, found: &mut Vec<Attribution>) {
    let told: Vec<Attribution> = found.iter().filter_map(|said| told(view, said)).collect();
    found.extend(told);
    let cues = (0..view.tree.tokens.len()).filter(|&id| matches!(view.tree.lemma(id), "quote" | "cite"));
    for quoted in cues.filter_map(|cue| as_saying(view, cue)) {
        found.extend(quoted);
    }
}

/// "X told Reuters that …": Reuters around what X says.
fn told(view: &View, said: &Attribution) -> Option<Attribution> {
    let tree = &view.tree;
    let cue = tree.tokens.partition_point(|token| token.span.start < said.cue.start);
    let near = &tree.tokens[cue..tree.tokens.len().min(cue + 3)];
    if near.first()?.lemma != "tell" || said.status != Status::Asserted {
        return None;
    }
    // "told Reuters", "told the BBC", "told the Reuters news agency".
    let (at, name) = (cue + 1..cue + near.len())
        .find_map(|id| Some((id, &view.names[view.name_at[id]?])))
        .filter(|(at, name)| name.class == NameClass::Source && name.tokens.start == *at)?;
    if at > cue + 1 && !matches!(tree.lower(cue + 1).as_str(), "the" | "to" | "state") {
        return None;
    }
    let entity = name.entities.first()?;
    let passes = view.words.lexicon.source(&entity.id)?;
    let own = said.sources.iter().any(|source| source.entity.as_ref() == Some(entity));
    if own || !PASSES_ON.contains(&passes.kind.as_str()) {
        return None;
    }
    let mut content = said.content.clone();
    content.extend(said.source.iter().copied().chain([said.cue]));
    content.sort_unstable();
    let source = Source { span: name.span, entity: Some(entity.clone()) };
    Some(Attribution {
        source: vec![source.span],
        sources: vec![source],
        cue: name.span,
        content,
        within: None,
        rule: "attribution.told".into(),
        ..said.clone()
    })
}

/// "A quoted B as saying …": A around B, or only B where nobody is said to quote.
pub(super) fn as_saying(view: &View, cue: TokenId) -> Option<Vec<Attribution>> {
    let tree = &view.tree;
    if !matches!(tree.lemma(cue), "quote" | "cite") {
        return None;
    }
    let whole = tree.sentences[tree.sentence(cue)].tokens.clone();
    let quote = view.quote(tree.tokens[cue].span).map(|quote| view.tokens_in(&whole, quote));
    let sentence = quote.unwrap_or(whole);
    let marks = |&id: &TokenId| tree.lower(id) == "as" && SAYING.contains(&tree.lower(id + 1).as_str());
    let mark = (cue + 1..sentence.end.saturating_sub(1).min(cue + NEAR)).find(marks)?;
    let subject =
        || tree.with(cue, &[Rel::Nsubj, Rel::NsubjPass]).find(|&id| id < cue && id >= sentence.start);
    let first = |range: Range<TokenId>| {
        range.into_iter().map(|id| (id, view.sources(id))).find(|(_, sources)| !sources.is_empty())
    };
    let last = |range: Range<TokenId>| {
        range.into_iter().rev().map(|id| (id, view.sources(id))).find(|(_, sources)| !sources.is_empty())
    };
    let before = || {
        let own = subject().map(|id| (id, view.sources(id))).filter(|(_, sources)| !sources.is_empty());
        own.or_else(|| last(sentence.start.max(cue.saturating_sub(8))..cue))
    };
    let passive = cue > sentence.start
        && matches!(tree.lower(cue - 1).as_str(), "was" | "were" | "been" | "is" | "are" | "being");
    let (quoting, quoted) = match passive {
        true => {
            // "quoted by Reuters as saying", "quoted as saying by Reuters".
            let by = (cue + 1..mark).find(|&id| tree.lower(id) == "by");
            let behind = (mark + 2..sentence.end).next().filter(|&id| tree.lower(id) == "by");
            let by =
                by.map(|by| by + 1..mark).or_else(|| behind.map(|by| by + 1..sentence.end.min(by + NEAR)));
            (by.and_then(first), before()?)
        }
        false => {
            let object = tree.with(cue, &[Rel::Obj]).find(|id| (cue + 1..mark).contains(id));
            let object = object.map(|id| (id, view.sources(id))).filter(|(_, sources)| !sources.is_empty());
            (before(), object.or_else(|| first(cue + 1..mark))?)
        }
    };
    // "…, Reuters quoted X as saying.": what is said stands before.
    let rest = mark + 2..sentence.end;
    let told = rest.len() > 4 || rest.clone().any(|id| tree.is_verb(id));
    let opens = [Some(quoted.0), quoting.as_ref().map(|(id, _)| *id)].into_iter().flatten().min()?;
    let content: Vec<TokenId> = if told { rest.collect() } else { (sentence.start..opens).collect() };
    if content.is_empty() {
        return None;
    }
    let span = |from: TokenId, to: TokenId| tree.tokens[from].span.cover(tree.tokens[to].span);
    let inner = span(mark, mark + 1);
    let mut both = Vec::new();
    if let Some((_, sources)) = quoting {
        let spans: Vec<Span> = quoted.1.iter().map(|source| source.span).collect();
        let theirs = |id: &TokenId| spans.iter().any(|span| span.contains(tree.tokens[*id].span));
        let mut all: Vec<TokenId> = sentence.clone().filter(theirs).chain([mark, mark + 1]).collect();
        all.extend(&content);
        all.sort_unstable();
        all.dedup();
        both.push(attributed(view, sources, span(cue, cue), all, Status::Asserted, RULE));
    }
    both.push(attributed(view, quoted.1, inner, content, Status::Asserted, RULE));
    Some(both)
}

const RULE: &str = "attribution.quoted";
