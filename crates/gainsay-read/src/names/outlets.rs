//! "Badia Monitor", "Levant Dispatch": capitalised words before a noun that outlets and monitors call themselves.

use gainsay_model::{Name, NameClass, Part};

use super::{Found, head_of};
use crate::tree::Tree;

/// What outlets and monitors call themselves.
const NOUNS: &[&str] = &[
    "Agency",
    "Dispatch",
    "Gazette",
    "Herald",
    "Monitor",
    "Network",
    "News",
    "Observatory",
    "Post",
    "Press",
    "Radio",
    "Times",
    "Today",
    "Tribune",
    "Watch",
    "Wire",
];
/// So many words stand at most before it.
const LONGEST: usize = 3;

pub(super) fn outlets(tree: &Tree, found: &mut Found) {
    for sentence in tree.sentences.iter().filter(|sentence| sentence.part == Part::Body) {
        for last in sentence.tokens.clone().skip(1).filter(|&id| NOUNS.contains(&tree.word(id))) {
            let capital = |id: usize| tree.word(id).starts_with(char::is_uppercase);
            let article = |id: usize| matches!(tree.word(id), "The" | "A" | "An" | "In" | "On" | "At");
            let mut start = last;
            while start > sentence.tokens.start
                && last - start < LONGEST
                && capital(start - 1)
                && !article(start - 1)
            {
                start -= 1;
            }
            // A name of several words that the lists know, or that reaches beyond, stays as it is.
            let known = (start..=last).filter_map(|id| found.at(id)).any(|name| {
                (name.tokens.len() > 1 && !name.entities.is_empty())
                    || name.tokens.start < start
                    || name.tokens.end > last + 1
            });
            if start == last || known {
                continue;
            }
            let tokens = start..last + 1;
            found.add(Name {
                span: tree.tokens[start].span.cover(tree.tokens[last].span),
                head: head_of(tree, tokens.clone()),
                tokens,
                class: NameClass::Source,
                entities: Vec::new(),
                antecedent: None,
                rule: "names.outlet".into(),
            });
        }
    }
}
