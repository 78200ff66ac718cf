//! "according to X", "citing X", and headlines that end in who says it.

use gainsay_model::{Attribution, NameClass, Part, Span, Status, TokenId};

use super::{View, attributed};
use crate::tree::Tree;

pub(super) fn phrase(view: &View) -> Vec<Attribution> {
    let mut found = Vec::new();
    for sentence in 0..view.tree.sentences.len() {
        let part = view.tree.sentences[sentence].part;
        if part != Part::Furniture {
            according(view, sentence, &mut found);
            found.extend(own_count(view, sentence));
        }
        if part == Part::Headline {
            found.extend(headline(view, sentence));
        }
    }
    found
}

/// "according to X" speaks for its sentence; where a sentence has several, each for its own stretch.
fn according(view: &View, sentence: usize, found: &mut Vec<Attribution>) {
    let tree = &view.tree;
    let tokens = tree.sentences[sentence].tokens.clone();
    let is_cue = |&id: &TokenId| {
        let next = tree.tokens.get(id + 1).map(|_| tree.lower(id + 1)).unwrap_or_default();
        match tree.lower(id).as_str() {
            "according" => next == "to",
            "citing" | "quoting" => true,
            "quoted" | "carried" | "relayed" => next == "by",
            _ => by_count(tree, id).is_some(),
        }
    };
    let cues: Vec<TokenId> = tokens.clone().filter(is_cue).collect();
    for (n, &cue) in cues.iter().enumerate() {
        let long = matches!(tree.lower(cue).as_str(), "according" | "quoted" | "carried" | "relayed");
        let last = by_count(tree, cue).unwrap_or(if long { cue + 1 } else { cue });
        // The phrase after the cue: the first name or noun that can speak.
        let Some((head, sources)) = (last + 1..tokens.end.min(last + 12)).find_map(|id| {
            let heads = view
                .tree
                .head(id)
                .is_none_or(|up| up <= last || up > id + 6 || !(last..id + 6).contains(&up));
            let named = view.name_at[id].is_some_and(|name| {
                view.names[name].head == id && view.names[name].class != NameClass::Place
            });
            let sources = if heads || named { view.sources(id) } else { Vec::new() };
            (!sources.is_empty()).then_some((id, sources))
        }) else {
            continue;
        };
        let end = sources.iter().map(|source| source.span.end).max().unwrap_or_default();
        let after = tokens.clone().find(|&id| tree.tokens[id].span.start >= end).unwrap_or(tokens.end);
        let opening = cue <= tokens.start + 1;
        let from = if n == 0 { tokens.start } else { cues[n - 1] + 1 };
        let until = if opening { cues.get(n + 1).copied().unwrap_or(tokens.end) } else { cue };
        let mut content: Vec<TokenId> =
            if opening { (after..until).collect() } else { (from..until).collect() };
        if n > 0 {
            // Leave out the source phrase of the cue before.
            let before = found
                .last()
                .map_or(0, |one: &Attribution| one.source.iter().map(|span| span.end).max().unwrap_or(0));
            content.retain(|&id| tree.tokens[id].span.start >= before);
        }
        // What follows the source in the same sentence is still what it says.
        if !opening && cues.get(n + 1).is_none() {
            content.extend(after..tokens.end);
        }
        content.retain(|&id| {
            id != head && !sources.iter().any(|source| source.span.overlaps(tree.tokens[id].span))
        });
        // "According to activists." by itself says nothing.
        if content.is_empty() {
            continue;
        }
        let span = tree.tokens[cue].span.cover(tree.tokens[last].span);
        found.push(attributed(view, sources, span, content, Status::Asserted, "attribution.phrase"));
    }
}

/// Nouns for what somebody has counted.
const COUNTS: [&str; 7] = ["count", "counts", "tally", "reckoning", "account", "estimate", "estimates"];

/// "by the count of X": the last word before whose count it is.
fn by_count(tree: &Tree, id: TokenId) -> Option<TokenId> {
    let word = |n: usize| tree.tokens.get(id + n).map(|_| tree.lower(id + n)).unwrap_or_default();
    let fits = word(0) == "by" && word(1) == "the" && COUNTS.contains(&word(2).as_str()) && word(3) == "of";
    fits.then_some(id + 3)
}

/// "…, by the Observatory's count", "…, by its count": all before it is said by whoever counts.
fn own_count(view: &View, sentence: usize) -> Option<Attribution> {
    let tree = &view.tree;
    let tokens = tree.sentences[sentence].tokens.clone();
    let count = tokens.clone().rev().find(|&id| COUNTS.contains(&tree.lower(id).as_str()))?;
    let by = (tokens.start..count).rev().take(8).find(|&id| tree.lower(id) == "by")?;
    let whose = count.checked_sub(1)?;
    let source = match tree.lower(whose).as_str() {
        "its" | "their" | "his" | "her" => {
            let before = view.names.partition_point(|name| name.tokens.end <= by);
            let spoke =
                |name: &&gainsay_model::Name| name.class == NameClass::Source && !name.entities.is_empty();
            let name = view.names[..before].iter().rev().find(spoke)?;
            super::Source { span: name.span, entity: name.entities.first().cloned() }
        }
        "'s" | "’s" | "'" | "’" => view.source(whose.checked_sub(1)?)?,
        _ => return None,
    };
    let content: Vec<TokenId> = (tokens.start..by).collect();
    let cue = tree.tokens[by].span.cover(tree.tokens[count].span);
    (content.len() > 3)
        .then(|| attributed(view, vec![source], cue, content, Status::Asserted, "attribution.phrase"))
}

/// "… - monitor", "…: SANA", "Monitor: …", "… says monitor".
fn headline(view: &View, sentence: usize) -> Option<Attribution> {
    let tree = &view.tree;
    let tokens = tree.sentences[sentence].tokens.clone();
    let mark = tokens.clone().rev().find(|&id| matches!(tree.word(id), "-" | "–" | "—" | ":" | "|" | "•"))?;
    let side = |range: std::ops::Range<TokenId>| -> Option<Vec<super::Source>> {
        if range.is_empty() || range.len() > 5 {
            return None;
        }
        let speaks = |&id: &TokenId| {
            let class = view.name_at[id].map(|name| view.names[name].class);
            matches!(class, Some(NameClass::Source | NameClass::Person))
                || super::SPEAKERS.contains(&tree.lemma(id))
                || tree.lemma(id) == "ngo"
        };
        let head = range.clone().rev().find(speaks)?;
        let span = tree.tokens[range.start].span.cover(tree.tokens[range.end - 1].span);
        let source = view.source(head).unwrap_or(super::Source { span, entity: None });
        Some(vec![source])
    };
    let glued = mark > tokens.start
        && tree.tokens[mark - 1].span.end == tree.tokens[mark].span.start
        && tree.word(mark) == "-";
    if glued {
        return None;
    }
    let (sources, content) = match side(mark + 1..tokens.end) {
        Some(sources) => (sources, tokens.start..mark),
        None if tree.word(mark) == ":" => (side(tokens.start..mark)?, mark + 1..tokens.end),
        None => return None,
    };
    // "— SANA": a source alone says nothing.
    if content.is_empty() {
        return None;
    }
    let cue: Span = tree.tokens[mark].span;
    Some(attributed(view, sources, cue, content.collect(), Status::Asserted, "attribution.headline"))
}
