//! Personal names in running text of the Arabic script, which has no capitals: a given name with what follows it, or
//! what follows the word for what somebody does.

use gainsay_lexicon::{Words, fold};

use super::lists::lists;
use super::person::{Word, cover, is_arabic, is_public};

/// So many words at most has a name.
const LONGEST: usize = 4;

/// Personal names.
pub(super) fn in_text<'t>(words: &Words, text: &'t str, all: &[Word<'t>]) -> Vec<Word<'t>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < all.len() {
        if !is_arabic(all[at].text) {
            at += 1;
            continue;
        }
        let role = at > 0 && is_role(all[at - 1].text) && joined(text, all, at);
        let ground = at > 0 && lists().grounds.contains(bare(all[at - 1].text)) && joined(text, all, at);
        let count = if ground { 0 } else { length(text, all, at, role) };
        let run = &all[at..at + count];
        if count == 0 || is_public(words, text, run) {
            at += count.max(1);
            continue;
        }
        let mut name = cover(text, run);
        // "And Ahmad" is one word; the name is not.
        let first = run[0].text;
        if !is_given(first) && is_given(bare(first)) {
            name.start += first.len() - bare(first).len();
            name.text = &text[name.start..name.end];
        }
        found.push(name);
        at += count;
    }
    found
}

/// How many words the name that begins here has; 0 where none does.
fn length(text: &str, all: &[Word], at: usize, role: bool) -> usize {
    let first = all[at].text;
    let is_stop = |word: &str| lists().arabic_stops.contains(word) || is_role(word);
    let given = is_given(first) || is_given(bare(first)) && first != bare(first);
    if is_stop(first) || !(given || role) {
        return 0;
    }
    let mut count = 1;
    while count < LONGEST && at + count < all.len() && joined(text, all, at + count) {
        let word = all[at + count].text;
        let name = !is_stop(word)
            && is_arabic(word)
            && (is_given(word)
                || word.starts_with("ال")
                || is_given(all[at + count - 1].text) && count == 1 && role);
        let particle = matches!(word, "بن" | "ابن" | "أبو" | "أم" | "عبد" | "آل");
        if !name && !particle {
            break;
        }
        count += 1;
    }
    // A given name alone is also a common word, and half the names of places.
    if count == 1 && !role { 0 } else { count }
}

fn is_role(word: &str) -> bool {
    lists().arabic_roles.contains(word) || lists().arabic_roles.contains(bare(word))
}

fn is_given(word: &str) -> bool {
    !word.starts_with("ال") && lists().given_keys.contains(&fold::key(word))
}

/// The word without "and" grown on before it.
fn bare(word: &str) -> &str {
    word.strip_prefix('و').filter(|rest| rest.chars().count() > 2).unwrap_or(word)
}

/// The word without a particle grown on before it: "and", "so", "in", "to", "as", and "to the".
pub(crate) fn without_particle(word: &str) -> Option<&str> {
    let rest = word.strip_prefix("لل").or_else(|| word.strip_prefix(['و', 'ف', 'ب', 'ل', 'ك']))?;
    (rest.chars().count() > 2).then_some(rest)
}

fn joined(text: &str, all: &[Word], at: usize) -> bool {
    text[all[at - 1].end..all[at].start].chars().all(char::is_whitespace)
}
