//! Posts shown inside a report: the line "— Name (@handle) date" below says who wrote what stands above it.

use gainsay_model::{Attribution, Part, Source, Span, Status, TokenId};

use super::{View, attributed};

pub(super) fn post(view: &View) -> Vec<Attribution> {
    let tree = &view.tree;
    let mut found = Vec::new();
    let mut open: Vec<TokenId> = Vec::new();
    for sentence in tree.sentences {
        if sentence.part != Part::Post {
            open.clear();
            continue;
        }
        match author(sentence.span, tree.text) {
            Some(span) if !open.is_empty() => {
                let listed = view.words.index.find(span.of(tree.text)).first();
                let entity = listed.map(|entry| gainsay_model::EntityRef {
                    id: entry.id.clone(),
                    name: view.words.lexicon.name(&entry.id).to_string(),
                });
                let content = std::mem::take(&mut open);
                found.push(attributed(
                    view,
                    vec![Source { span, entity }],
                    span,
                    content,
                    Status::Asserted,
                    "attribution.post",
                ));
            }
            _ => open.extend(sentence.tokens.clone()),
        }
    }
    found
}

/// The author in a line "— Name (@handle) …".
fn author(line: Span, text: &str) -> Option<Span> {
    let words = line.of(text);
    let body = words.trim_start_matches(['—', '–', '-', ' ']);
    let start = line.start + (words.len() - body.len());
    if start == line.start {
        return None;
    }
    let end = body.find(" (@").or_else(|| body.find(" @")).or_else(|| body.find('('))?;
    Some(Span::new(start, start + body[..end].trim_end().len()))
}
