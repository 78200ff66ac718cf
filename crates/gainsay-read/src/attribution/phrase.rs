//! "according to X", "by X's count", and headlines that end in who says it.

use gainsay_model::{Attribution, NameClass, Part, Span, Status, TokenId};

use super::according::{COUNTS, according};
use super::{View, attributed};

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
