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
            // "Wael, 31, is a photographer".
            && (name.tokens.len() > 1 || aged(view, name.tokens.end))
    };
    let cue = tree.tokens[first].span;
    // "We asked a spokesman for the Front".
    let asked = (0..first).rev().filter(|&id| matches!(tree.lemma(id), "ask" | "interview" | "question"));
    let guest = asked.flat_map(|verb| tree.with(verb, &[Rel::Obj])).find_map(|id| view.source(id));
    if let Some(source) = guest.filter(|_| !before.iter().rev().filter(fits).any(|name| speaks(name.head))) {
        return Some(attributed(view, vec![source], cue, answers, Status::Asserted, "attribution.interview"));
    }
    let who = before
        .iter()
        .rev()
        .filter(fits)
        .find(|name| speaks(name.head))
        .or_else(|| before.iter().rev().find(fits))?;
    let source = Source { span: who.span, entity: who.entities.first().cloned() };
    Some(attributed(view, vec![source], cue, answers, Status::Asserted, "attribution.interview"))
}

/// Whether an age stands behind a name, between commas.
fn aged(view: &View, end: usize) -> bool {
    let word = |id: usize| if id < view.tree.tokens.len() { view.tree.word(id) } else { "" };
    let number = !word(end + 1).is_empty() && word(end + 1).chars().all(|c| c.is_ascii_digit());
    word(end) == "," && number && word(end + 2) == ","
}

/// Verbs with which an interview introduces its guest.
const TALKS: &[&str] =
    &["discuss", "talk", "speak", "answer", "recount", "share", "explain", "describe", "live"];
