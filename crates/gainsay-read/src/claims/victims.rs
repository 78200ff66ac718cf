//! Who suffers, where texts without commas mislead the tree: "11 civilians including three children were killed",
//! "10 civilians killed 15 injured".

use gainsay_model::{NameClass, Rel, TokenId, Upos};

use super::View;

/// How many words a phrase of parts may be long: "including the provisional government's minister for local affairs".
const REACH: usize = 12;

/// The noun that stands before "including", "among them", "mostly" or "most of them", where `noun` is said to be a
/// part of it; `None` where it is no part.
pub(super) fn whole(view: &View, noun: TokenId) -> Option<TokenId> {
    let tree = &view.tree;
    let first = tree.sentences[tree.sentence(noun)].tokens.start;
    let mut at = noun;
    while at > first && noun - at < REACH {
        at -= 1;
        if let Some(opener) = opens_parts(view, at, noun, first) {
            let before =
                (first..opener).rev().find(|&id| !matches!(tree.word(id), "," | "-" | "–" | "—" | "("));
            return before.filter(|&id| is_people(view, id));
        }
        if tree.is_verb(at) || matches!(tree.word(at), "." | ";" | ":") {
            return None;
        }
    }
    None
}

/// Where the words begin that end at `at` and open a phrase of parts before `noun`.
fn opens_parts(view: &View, at: TokenId, noun: TokenId, first: TokenId) -> Option<TokenId> {
    let tree = &view.tree;
    let low = tree.lower(at);
    match low.as_str() {
        "including" => Some(at),
        "mostly" | "mainly" | "chiefly" | "predominantly" => Some(at),
        // "17 people most members of opposition groups were killed", without its commas.
        "most" => (at > first && is_people(view, at - 1)).then_some(at),
        "them" | "whom" | "which" => {
            let among = at.checked_sub(1).filter(|&id| id >= first)?;
            match tree.lower(among).as_str() {
                "among" | "amongst" => Some(among),
                "of" => {
                    let some = among.checked_sub(1).filter(|&id| id >= first)?;
                    let some_word = tree.lower(some);
                    let counts = tree.tokens[some].upos == Upos::Num
                        || matches!(
                            some_word.as_str(),
                            "most" | "many" | "some" | "half" | "several" | "majority"
                        );
                    (counts && noun > at).then_some(some)
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether a word heads a name of people or of those who fight.
pub(super) fn is_people(view: &View, id: TokenId) -> bool {
    matches!(view.class(id), Some(NameClass::People | NameClass::Actor | NameClass::Person))
        || view.words.codebook.people.contains_key(view.tree.lemma(id))
}

/// The people right before a passive verb: "a source at the police command 5 people were killed".
pub(super) fn right_before(view: &View, verb: TokenId) -> Option<TokenId> {
    let tree = &view.tree;
    let mut at = verb;
    let mut passive = false;
    while at > 0 && verb - at < 5 {
        at -= 1;
        match tree.tokens[at].upos {
            Upos::Aux => passive = true,
            Upos::Adv => {}
            Upos::Noun if passive && view.class(at) == Some(NameClass::People) => return Some(at),
            _ => return None,
        }
    }
    None
}

/// Whether the object of a verb is the subject of a participle behind it: "10 civilians killed 15 injured".
pub(super) fn object_is_next_subject(view: &View, verb: TokenId) -> bool {
    let tree = &view.tree;
    let harmed =
        |id: TokenId| matches!(tree.lower(id).as_str(), "injured" | "wounded" | "hurt" | "missing" | "dead");
    let Some(object) = tree.with(verb, &[Rel::Obj]).find(|&id| id > verb) else { return false };
    let behind = |id: TokenId| tree.tokens.get(id + 1).is_some() && harmed(id + 1);
    is_people_before(view, verb) && (harmed(object) || behind(object))
}

fn is_people_before(view: &View, verb: TokenId) -> bool {
    verb.checked_sub(1).is_some_and(|id| is_people(view, id) && view.class(id) != Some(NameClass::Actor))
}
