//! Which words of a text name a private person.

use std::collections::BTreeSet;

use gainsay_lexicon::{NameKind, Words};

use super::lists::lists as known_words;

/// A word and where it stands, in bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'t> {
    pub start: usize,
    pub end: usize,
    pub text: &'t str,
}

/// Words of a text: letters, digits, and the apostrophes and hyphens inside them; a possessive `'s` left outside.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let inner = |c: char| matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʿ' | 'ʾ' | '`' | '-' | '‑' | '_');
    let mut found = Vec::new();
    let mut start = None;
    let ends = text.char_indices().chain(std::iter::once((text.len(), ' ')));
    for (at, c) in ends {
        let letter = c.is_alphanumeric() || is_mark(c);
        match start {
            None if letter => start = Some(at),
            Some(from) if !letter && !inner(c) => {
                let word = text[from..at].trim_end_matches(inner);
                let word = ["'s", "’s", "‘s"].iter().find_map(|tail| word.strip_suffix(tail)).unwrap_or(word);
                found.push(Word { start: from, end: from + word.len(), text: word });
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// Combining marks and Arabic vowel signs.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// Whether the word is in a list, case aside.
fn listed(list: &BTreeSet<&str>, word: &str) -> bool {
    list.contains(word.to_lowercase().as_str())
}

fn is_arabic(word: &str) -> bool {
    word.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c))
}

/// The word without an article grown on by a hyphen, and whether there was one: `al-Arab` is `Arab`.
fn bare(word: &str) -> (&str, bool) {
    match word.split_once(['-', '‑']) {
        Some((article, rest)) if article.chars().count() <= 3 && !rest.is_empty() => {
            let article = article.to_lowercase();
            let first = article.chars().next();
            (rest, matches!(first, Some('a' | 'e' | 'u')))
        }
        _ => (word, false),
    }
}

/// Whether the word could stand in a personal name: it has a capital, or an article before one, and is no
/// abbreviation.
fn is_name_word(word: &str) -> bool {
    let (stem, _) = bare(word);
    let capital = stem.chars().next().is_some_and(char::is_uppercase);
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    capital && !(letters > 1 && capitals == letters) && !word.chars().any(|c| c.is_ascii_digit())
}

/// Runs of words that could be one name: side by side, with nothing but spaces between them.
fn runs<'t>(text: &'t str, words: &[Word<'t>]) -> Vec<Vec<Word<'t>>> {
    let mut runs: Vec<Vec<Word>> = Vec::new();
    let mut open = false;
    for (at, word) in words.iter().enumerate() {
        let joined = at > 0 && text[words[at - 1].end..word.start].chars().all(|c| c == ' ' || c == '\u{a0}');
        let particle = listed(&known_words().particles, word.text);
        let part = is_name_word(word.text) || is_arabic(word.text) || (particle && open && joined);
        match (part, open && joined) {
            (true, true) => runs.last_mut().expect("open only after a push").push(*word),
            (true, false) => runs.push(vec![*word]),
            _ => {}
        }
        open = part;
    }
    for run in &mut runs {
        while run.first().is_some_and(|word| listed(&known_words().titles, word.text)) {
            run.remove(0);
        }
        while run.len() > 1 && run.last().is_some_and(|word| listed(&known_words().particles, word.text)) {
            run.pop();
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// Whether a list knows these words as one name, of whatever it be.
fn known(words: &Words, text: &str, person_first: bool) -> bool {
    words.index.find(text).iter().any(|found| !person_first || found.kind != NameKind::Place)
}

/// Whether a run of name words names nobody private: a body, or somebody or something the lists know.
fn is_public(lists: &Words, text: &str, run: &[Word]) -> bool {
    let span = |from: usize, to: usize| &text[run[from].start..run[to].end];
    if run.iter().any(|word| {
        listed(&known_words().bodies, word.text) || listed(&known_words().bodies, bare(word.text).0)
    }) {
        return true;
    }
    let last = run.len() - 1;
    // A given name that is also a village is a person here.
    let single = run.len() == 1 && listed(&known_words().given, run[0].text);
    if known(lists, span(0, last), single) {
        return true;
    }
    // "Syrian President Bashar al-Assad": a public figure inside a longer run.
    (0..last).any(|from| {
        from > 0 && known(lists, span(from, last), false) && !listed(&known_words().given, run[from - 1].text)
    }) && last >= 2
}

/// Whether a lone capitalised word is an ordinary noun, an adjective of a country, or a plural.
fn is_common(lists: &Words, word: &str) -> bool {
    let lower = word.to_lowercase();
    let singular = lower.strip_suffix("ies").map(|stem| format!("{stem}y"));
    // "-as", "-is", "-us", "-ss" end names and no plural.
    let plural = lower.strip_suffix('s').filter(|stem| !stem.ends_with(['a', 'i', 'u', 's']));
    let singular = singular.or_else(|| plural.map(str::to_string));
    let noun = |word: &str| {
        listed(&known_words().common, word)
            || listed(&known_words().roles, word)
            || lists.codebook.people.contains_key(word)
            || lists.codebook.forces.contains(word)
            || lists.codebook.demonyms.contains_key(word)
            || !lists.index.phrase(word).is_empty()
    };
    noun(&lower) || singular.is_some_and(|singular| noun(&singular) || !listed(&known_words().given, &lower))
}

/// Personal names in what stands for a source, an actor or one done to, where the lists know nobody by that name.
pub(super) fn in_mention<'t>(lists: &Words, mention: &'t str) -> Vec<Word<'t>> {
    if known(lists, mention, false) && !listed(&known_words().given, mention) {
        return Vec::new();
    }
    let all = words(mention);
    let body = |word: &Word| listed(&known_words().bodies, word.text);
    let mut found = Vec::new();
    for mut run in runs(mention, &all) {
        if is_arabic(run[0].text) {
            // Arabic has no capitals: a mention of two to four words without a word for a body is a name.
            if (2..=4).contains(&run.len()) && !run.iter().any(body) && !known(lists, mention, false) {
                found.push(cover(mention, &run));
            }
            continue;
        }
        // "Some", "The" at the head of a sentence, and "Syrian" before a name, are no part of it.
        while run.len() > 1 && !listed(&known_words().given, run[0].text) && is_common(lists, run[0].text) {
            run.remove(0);
        }
        let lone = run.len() == 1
            && (is_common(lists, run[0].text)
                || run[0].text.chars().count() < 3
                || opens(mention, &all, &run[0]));
        if !lone && !is_public(lists, mention, &run) {
            found.push(cover(mention, &run));
        }
    }
    found
}

/// Whether a lone capitalised word is the first of a phrase ("Armoured vehicles", "Kurdish sources") rather than a
/// name before "of" or a verb of saying.
fn opens(mention: &str, all: &[Word], word: &Word) -> bool {
    let next = all.iter().find(|next| next.start >= word.end);
    let follows = next.filter(|next| mention[word.end..next.start] == *" ");
    let noun = |next: &Word| {
        let small = next.text.chars().next().is_some_and(char::is_lowercase);
        small && !["of", "from", "in", "who", "and", "said", "says", "told", "the", "a"].contains(&next.text)
    };
    word.start == 0 && !listed(&known_words().given, word.text) && follows.is_some_and(noun)
}

/// Personal names in running text: runs that begin with a known given name, or that follow a title or the word
/// for what somebody does. More would hide places and groups that no list knows yet.
pub(super) fn in_text<'t>(lists: &Words, text: &'t str) -> Vec<Word<'t>> {
    let all = words(text);
    let mut found = Vec::new();
    for mut run in runs(text, &all) {
        if is_arabic(run[0].text) {
            continue;
        }
        let before = all.iter().rposition(|word| word.end <= run[0].start).map(|at| all[at]);
        let beside = before.filter(|word| text[word.end..run[0].start].trim().is_empty());
        let role = beside.is_some_and(|word| {
            listed(&known_words().titles, word.text) || listed(&known_words().roles, word.text)
        });
        if is_public(lists, text, &run) {
            continue;
        }
        if let Some(at) = run.iter().position(|word| listed(&known_words().given, word.text)) {
            run.drain(..at);
        } else if !role {
            continue;
        }
        if run.len() == 1 && !role {
            // A given name alone may be half of a place's or a group's name.
            if !listed(&known_words().given, run[0].text) || listed(&known_words().particles, run[0].text) {
                continue;
            }
        }
        let common =
            run.len() == 1 && is_common(lists, run[0].text) && !listed(&known_words().given, run[0].text);
        if !common && !is_public(lists, text, &run) {
            found.push(cover(text, &run));
        }
    }
    found
}

/// Whether an outlet bears a person's name.
pub(super) fn is_personal_outlet(lists: &Words, name: &str) -> bool {
    let all = words(name);
    let personal = all.first().is_some_and(|word| listed(&known_words().given, word.text)) && all.len() <= 4;
    personal && !known(lists, name, false) && !all.iter().any(|word| listed(&known_words().bodies, word.text))
}

/// Whether an id or name of which nothing else is known names a body or people nobody could find.
pub(super) fn is_generic(lists: &Words, name: &str) -> bool {
    known(lists, name, false)
        || words(name).iter().any(|word| {
            listed(&known_words().bodies, word.text)
                || listed(&known_words().roles, word.text)
                || is_common(lists, word.text) && !listed(&known_words().given, word.text)
        })
}

/// What somebody does, by the words just before or after the name.
pub(super) fn role(text: &str, name: &Word) -> Option<&'static str> {
    let all = words(text);
    let role = |word: &Word| known_words().roles.get(word.text.to_lowercase().as_str()).copied();
    let before = all.iter().rev().filter(|word| word.end <= name.start).take(2);
    // "a teacher, Maryam …" as well as "teacher Maryam …".
    let beside = |word: &&Word| {
        let between = &text[word.end..name.start];
        !between.contains(['.', ';', '?', '!']) && (!between.contains(',') || between == ", ")
    };
    let near = before.filter(beside).find_map(role);
    near.or_else(|| {
        let after = all.iter().filter(|word| word.start >= name.end).take(5);
        let apposed = text[name.end..].starts_with(',');
        after
            .filter(|word| apposed && !text[name.end..word.start].contains(['.', ';', '?', '!']))
            .find_map(role)
    })
}

/// The name words that stand alone for the person elsewhere in the same report, articles kept.
pub(super) fn parts(name: &str) -> Vec<String> {
    let usable = |word: &&Word| {
        let stem = bare(word.text).0;
        stem.chars().count() >= 3
            && !listed(&known_words().particles, word.text)
            && !listed(&known_words().common, word.text)
    };
    words(name).iter().filter(usable).map(|word| word.text.to_string()).collect()
}

fn cover<'t>(text: &'t str, run: &[Word]) -> Word<'t> {
    let (start, end) = (run[0].start, run[run.len() - 1].end);
    Word { start, end, text: &text[start..end] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(mention: &str) -> Vec<&str> {
        in_mention(Words::builtin(), mention).iter().map(|word| word.text).collect()
    }

    #[test]
    fn personal_names_are_told_from_bodies() {
        for (mention, names) in [
            ("Wisam al-Arab", &["Wisam al-Arab"][..]),
            ("activist Wisam al-Arab of the Local Council", &["Wisam al-Arab"]),
            ("Captain Yusuf", &["Yusuf"]),
            ("Wael", &["Wael"]),
            ("Rebels", &[]),
            ("Opposition activists", &[]),
            ("Syrian Observatory for Human Rights", &[]),
            ("Bashar al-Assad", &[]),
            ("Syrian President Bashar al-Assad", &[]),
            ("Islamic State", &[]),
            ("OCHA", &[]),
            ("Brigade 137", &[]),
            ("two relief workers", &[]),
            ("Some Kurds", &[]),
            ("Armoured vehicles", &[]),
            ("Kurdish sources", &[]),
            ("Yunus of the Local Council", &["Yunus"]),
            ("أحمد الخلف", &["أحمد الخلف"]),
            ("ناشطون محليون", &[]),
        ] {
            assert_eq!(found(mention), names, "{mention}");
        }
    }

    #[test]
    fn names_in_running_text() {
        let text = "A photographer, Omar Khattab, said Colonel Barakat met Bashar al-Assad near Deir ez-Zor, not Albu Kamal.";
        let names: Vec<&str> = in_text(Words::builtin(), text).iter().map(|word| word.text).collect();
        assert_eq!(names, ["Omar Khattab", "Barakat"]);
    }
}
