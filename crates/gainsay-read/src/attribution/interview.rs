//! Interviews: what the answers say is said by whoever is interviewed.

use gainsay_lexicon::codebook::CuePos;
use gainsay_model::{Attribution, NameClass, Part, Rel, Source, Status};

use super::{View, attributed};

pub(super) fn interview(view: &View) -> Option<Attribution> {
    let tree = &view.tree;
    let answers: Vec<usize> = tree
        .sentences
        .iter()
        .filter(|sentence| sentence.part == Part::Answer)
        .flat_map(|sentence| sentence.tokens.clone())
        .collect();
    let first = *answers.first()?;
    // The last person before the first question who is introduced as speaking.
    let speaks = |id: usize| {
        let verb = tree.head(id);
        let cue = |verb| {
            view.words.codebook.cue(tree.lemma(verb), CuePos::Verb).is_some()
                || TALKS.contains(&tree.lemma(verb))
        };
        matches!(tree.rel(id), Rel::Nsubj) && verb.is_some_and(cue)
    };
    let before: Vec<_> = view.names.iter().filter(|name| name.tokens.end <= first).collect();
    let fits = |name: &&&gainsay_model::Name| {
        matches!(name.class, NameClass::Person | NameClass::Unknown)
            && name.rule != "names.pronoun"
            && name.antecedent.is_none()
            && name.tokens.len() > 1
    };
    let who = before
        .iter()
        .rev()
        .filter(fits)
        .find(|name| speaks(name.head))
        .or_else(|| before.iter().rev().find(fits))?;
    let source = Source { span: who.span, entity: who.entities.first().cloned() };
    let cue = tree.tokens[first].span;
    Some(attributed(view, vec![source], cue, answers, Status::Asserted, "attribution.interview"))
}

/// Verbs with which an interview introduces its guest.
const TALKS: &[&str] =
    &["discuss", "talk", "speak", "answer", "recount", "share", "explain", "describe", "live"];
