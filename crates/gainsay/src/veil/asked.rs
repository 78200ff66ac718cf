//! What somebody behind the veil asks for.

use super::{Veil, ids};

/// What stands for somebody who cannot be asked for: found nowhere.
const NOBODY: &str = "~";

/// A part of an address with its signs read, and with private names put out of reach: a search for a name would say
/// where its bearer is named, whatever the answer calls them.
pub(super) fn asked(veil: &Veil, words: &str) -> String {
    if words.starts_with(ids::MARK) {
        return veil.unveil(words).unwrap_or_else(|| NOBODY.to_owned());
    }
    if words.is_empty()
        || veil.hidden.is_empty()
        || veil.is_listed(words)
        || !veil.words.index.find(words).is_empty()
    {
        return words.to_owned();
    }
    if !words.contains(char::is_whitespace) && veil.hidden.is_in_id(words) {
        return NOBODY.to_owned();
    }
    let kept = words.split_whitespace().filter(|word| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        !veil.hidden.is_part(bare) || !veil.words.index.find(bare).is_empty()
    });
    let kept: Vec<&str> = kept.collect();
    let all = kept.join(" ");
    match (all.is_empty(), veil.hidden.is_in_words(&all)) {
        (true, _) | (_, true) => NOBODY.to_owned(),
        _ if kept.len() == words.split_whitespace().count() => words.to_owned(),
        _ => all,
    }
}
