//! Which words of a text name a private person.

use std::collections::BTreeSet;

use gainsay_lexicon::{NameKind, Words, fold};

use super::arabic;
use super::context::Context;
use super::lists::lists as known_words;
use super::rows::{self, Candidate};

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
pub(super) fn listed(list: &BTreeSet<&str>, word: &str) -> bool {
    list.contains(word.to_lowercase().as_str())
}

/// Whether a word is a given name, in any spelling of it.
pub(super) fn is_given(word: &str) -> bool {
    listed(&known_words().given, word)
        || word.chars().count() >= 5
            && word.chars().next().is_some_and(char::is_uppercase)
            && !word.contains('-')
            && !listed(&known_words().common, word)
            && known_words().given_keys.contains(&fold::key(word))
}

pub(super) fn is_arabic(word: &str) -> bool {
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

/// Whether nothing but spaces parts two words, or, after a given name or before an article, the end of a line that was
/// broken because it was full.
fn is_joined(text: &str, before: &Word, word: &Word) -> bool {
    let gap = &text[before.end..word.start];
    if gap.chars().all(|c| c == ' ' || c == '\u{a0}') {
        return true;
    }
    let full =
        || text[..before.end].rfind('\n').map_or(before.end, |from| before.end - from - 1) >= FULL_LINE;
    let article = bare(word.text).1;
    let goes_on = article && word.text.starts_with(char::is_lowercase);
    gap.trim_matches(' ') == "\n" && (goes_on || (is_given(before.text) || article) && full())
}

/// A line of so many bytes goes on in the next one; shorter ones are headlines and items of lists.
const FULL_LINE: usize = 60;

/// A name in capital letters.
fn is_capitals(word: &str) -> bool {
    word.chars().count() >= 4 && word.chars().all(|c| c.is_uppercase() || matches!(c, '-' | '‑' | '\'' | '’'))
}

/// Runs of words that could be one name: side by side, with nothing but spaces between them.
fn runs<'t>(text: &'t str, words: &[Word<'t>]) -> Vec<Vec<Word<'t>>> {
    let mut runs: Vec<Vec<Word>> = Vec::new();
    let mut open = false;
    for (at, word) in words.iter().enumerate() {
        let joined = at > 0 && is_joined(text, &words[at - 1], word);
        let particle = listed(&known_words().particles, word.text);
        let capitals = open && joined || listed(&known_words().given, word.text);
        let part = is_name_word(word.text)
            || is_arabic(word.text)
            || (particle && open && joined)
            || (capitals && is_capitals(word.text));
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
pub(super) fn is_public(lists: &Words, text: &str, run: &[Word]) -> bool {
    let span = |from: usize, to: usize| &text[run[from].start..run[to].end];
    if run.iter().any(|word| {
        listed(&known_words().bodies, word.text) || listed(&known_words().bodies, bare(word.text).0)
    }) {
        return true;
    }
    let last = run.len() - 1;
    // "Bashar al-Assads son", its apostrophe lost.
    if run.len() > 1
        && text[..run[last].end].ends_with('s')
        && known(lists, &text[run[0].start..run[last].end - 1], true)
    {
        return true;
    }
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

/// Whether a word is one of the language's, a body's or a country's, and no name.
pub(super) fn is_ordinary(lists: &Words, word: &str) -> bool {
    is_common(lists, word) || listed(&known_words().bodies, word) || listed(&known_words().titles, word)
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

/// Persons that a running text names.
#[derive(Debug, Default)]
pub(super) struct Named<'t> {
    /// Private ones.
    pub private: Vec<Word<'t>>,
    /// Those whom the text gives an office that makes them public figures.
    pub public: Vec<Word<'t>>,
}

/// Personal names in running text: runs that begin with a known given name, that follow a title or the word for what
/// somebody does, or of which the words around them say that they name a person. More would hide places and groups that
/// no list knows yet.
pub(super) fn in_text<'t>(lists: &Words, text: &'t str) -> Named<'t> {
    let all = words(text);
    let context = Context { text, all: &all };
    let mut named = Named { private: arabic::in_text(lists, text, &all), public: Vec::new() };
    let mut known_parts: BTreeSet<String> = BTreeSet::new();
    let mut found: Vec<Candidate> = Vec::new();
    for mut run in runs(text, &all) {
        if is_arabic(run[0].text) {
            continue;
        }
        // "Syrian Ahmad Khalaf", "Her Samira", "Samira Thursday": no part of the name.
        let body = run.iter().any(|word| listed(&known_words().bodies, word.text));
        let plain = |word: &Word| {
            !is_given(word.text) && (is_common(lists, word.text) || !body && is_plain(lists, word.text))
        };
        while run.len() > 1 && plain(&run[0]) && !listed(&known_words().titles, run[0].text) {
            run.remove(0);
        }
        while run.len() > 1
            && (listed(&known_words().common, run[run.len() - 1].text) || !body && plain(&run[run.len() - 1]))
        {
            run.pop();
        }
        // "Sudanese President Bashir": the name follows the title.
        let title = |word: &Word| listed(&known_words().titles, word.text);
        if let Some(at) = run[..run.len() - 1]
            .iter()
            .rposition(title)
            .filter(|_| !listed(&known_words().grounds, run[0].text))
        {
            run.drain(..=at);
        }
        // "Amal, a student", though a group is called so.
        let somebody = run.len() == 1
            && listed(&known_words().given, run[0].text)
            && context.is_somebody(context.span(&run));
        if (is_public(lists, text, &run) && !somebody) || with_title(lists, text, &all, &run) {
            known_parts.extend(run.iter().map(|word| fold::key(word.text)));
            continue;
        }
        if let Some(at) = run.iter().position(|word| is_given(word.text))
            && run[..at].iter().all(|word| is_somewhere(lists, word.text))
        {
            run.drain(..at);
        }
        // "Syria Carter said", but "Corporal Zain Slaibi", whose first name is a village too.
        while run.len() > 1
            && !is_given(run[0].text)
            && is_somewhere(lists, run[0].text)
            && !context.is_somebody(context.span(&run))
        {
            run.remove(0);
        }
        if is_public(lists, text, &run) && !somebody {
            continue;
        }
        let span = context.span(&run);
        if context.holds_office(span) {
            known_parts.extend(run.iter().map(|word| fold::key(word.text)));
            named.public.push(cover(text, &run));
            continue;
        }
        found.push(candidate(lists, &context, &run));
    }
    rows::spread(text, &all, &mut found);
    for one in found.iter().filter(|one| one.person) {
        let run = &all[one.span.0..one.span.1];
        // "Zahreddine said", after the general's full name.
        if run.len() == 1 && known_parts.contains(&fold::key(run[0].text)) {
            continue;
        }
        named.private.push(cover(text, run));
    }
    named.private.sort_by_key(|word| word.start);
    named
}

/// Whether a word alone is a place or a group of the lists: "Syria".
fn is_somewhere(lists: &Words, word: &str) -> bool {
    !bare(word).1 && lists.index.find(word).iter().any(|found| found.kind != NameKind::Person)
}

/// Whether a run is a person, or may be one.
fn candidate(lists: &Words, context: &Context, run: &[Word]) -> Candidate {
    let span = context.span(run);
    let first = run[0].text;
    let beside = span.0.checked_sub(1).map(|at| context.all[at]);
    let role =
        beside.filter(|word| context.text[word.end..run[0].start].trim().is_empty()).is_some_and(|word| {
            listed(&known_words().titles, word.text) || listed(&known_words().roles, word.text)
        });
    let given = is_given(first) && !listed(&known_words().particles, first);
    let ground = context.is_ground(span);
    let lone = run.len() == 1;
    let common = lone
        && (is_common(lists, first) || first.chars().count() < 3)
        && !listed(&known_words().given, first);
    let particle = lone && listed(&known_words().particles, first);
    let may = !(common || ground || particle);
    let person = may || role && !common;
    let person = person
        && match (lone, run.iter().any(|word| is_given(word.text))) {
            // Names do not begin with an article; lists of quarters do.
            (false, true) => role || !ground && (given || !bare(first).1 || context.is_person(span, false)),
            (true, _) => role || context.is_person(span, given),
            (false, false) => {
                role || !ground && (context.is_person(span, false) || is_presumed(lists, context, run))
            }
        };
    Candidate { span, person, may, whole: given || !lone }
}

/// Whether a whole name of which no list knows a word is taken for a person's, since nothing says that it is a place's, a
/// body's or a headline's.
fn is_presumed(lists: &Words, context: &Context, run: &[Word]) -> bool {
    let names: Vec<&Word> = run.iter().filter(|word| !listed(&known_words().particles, word.text)).collect();
    let capitals = run.iter().all(|word| is_capitals(word.text));
    let strange = |word: &&Word| {
        let stem = bare(word.text).0;
        let unknown = |word: &str| !is_plain(lists, word) && (is_given(word) || !is_spelled(lists, word));
        unknown(word.text)
            && !listed(&known_words().grounds, word.text)
            && unknown(stem)
            && stem.chars().count() > 2
            && (capitals || !is_capitals(word.text))
    };
    (2..=4).contains(&names.len())
        && names.iter().all(strange)
        && !bare(run[0].text).1
        && !context.is_headline(run, &|word| is_plain(lists, word))
        && (context.is_free(context.span(run)) || context.recurs(context.span(run)))
}

/// Whether a word is one of the language's, or what is made of one.
fn is_plain(lists: &Words, word: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "tion", "sion", "ment", "ness", "ship", "ance", "ence", "ing", "ity", "ism", "ist", "ive", "ous",
        "ful", "less", "able", "ible", "ical", "ology",
    ];
    let lower = word.to_lowercase();
    let plain = |word: &str| known_words().plain.contains(word);
    is_ordinary(lists, word)
        || plain(&lower)
        || ["s", "ed", "es", "er"].iter().any(|tail| lower.strip_suffix(tail).is_some_and(plain))
        || lower.chars().count() > 6 && ENDINGS.iter().any(|ending| lower.ends_with(ending))
}

/// Whether a title that was left out before a run is part of a name the lists know: "Sheikh Maqsoud".
fn with_title(lists: &Words, text: &str, all: &[Word], run: &[Word]) -> bool {
    let at = all.partition_point(|word| word.start < run[0].start);
    let title = at.checked_sub(1).map(|before| all[before]);
    title.is_some_and(|title| {
        text[title.end..run[0].start] == *" "
            && known(lists, &text[title.start..run[run.len() - 1].end], false)
            && listed(&known_words().titles, title.text)
    })
}

/// Whether somebody whose name is a mention holds an office that makes them a public figure.
pub(super) fn holds_office(text: &str, name: &Word) -> bool {
    let all = words(text);
    let from = all.partition_point(|word| word.start < name.start);
    let to = all.partition_point(|word| word.start < name.end);
    from < to && Context { text, all: &all }.holds_office((from, to))
}

/// The roles that say nothing of being private.
pub(super) fn is_office(role: &str) -> bool {
    ["commander", "officer", "official", "spokesman", "spokesperson", "spokeswoman"].contains(&role)
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
        || !words(name).iter().any(|word| listed(&known_words().given, word.text))
            && words(name).iter().any(|word| {
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
            && (is_given(word.text)
                || !is_well_known(Words::builtin(), word.text)
                    && !listed(&known_words().plain, word.text)
                    && !listed(&known_words().titles, word.text))
    };
    words(name).iter().filter(usable).map(|word| word.text.to_string()).collect()
}

/// Whether a list has these very words for somebody or something.
pub(super) fn is_spelled(words: &Words, text: &str) -> bool {
    let lower = text.to_lowercase();
    let same = |name: &String| name.to_lowercase() == lower;
    let (lexicon, gazetteer) = (&words.lexicon, &words.gazetteer);
    words.index.find(text).iter().any(|found| {
        let id = found.id.as_str();
        let names = gazetteer.place(id).map(|place| &place.names);
        let names = names.or_else(|| lexicon.actors.get(id).map(|one| &one.names));
        let names = names.or_else(|| lexicon.sources.get(id).map(|one| &one.names));
        let names = names.or_else(|| lexicon.people.get(id).map(|one| &one.names));
        let name = gazetteer.place(id).map_or(lexicon.name(id), |place| &place.name);
        name.to_lowercase() == lower || names.is_some_and(|names| names.iter().any(same))
    })
}

/// Whether a list has this very word for a country, a city, a group, an outlet or a public figure.
fn is_well_known(words: &Words, word: &str) -> bool {
    let small = |id: &str| {
        let kind = words.gazetteer.place(id).map(|place| place.kind.as_str());
        matches!(kind, Some("village" | "neighbourhood" | "area" | "town" | "base" | "camp" | "facility"))
    };
    is_spelled(words, word) && !words.index.find(word).iter().all(|found| small(&found.id))
}

/// Whether a word is part of a longer name that a list has: "Bashar" in "Bashar al-Assad".
pub(super) fn is_inside_listed(words: &Words, text: &str, all: &[Word], at: usize) -> bool {
    let joined = |from: usize, to: usize| {
        all[from..to].windows(2).all(|pair| text[pair[0].end..pair[1].start].chars().all(char::is_whitespace))
    };
    (at.saturating_sub(3)..=at).any(|from| {
        (at + 1..=all.len().min(from + 5)).filter(|to| to - from > 1 && joined(from, *to)).any(|to| {
            let own = &text[all[from].start..all[to - 1].end];
            // An apostrophe is lost now and then.
            is_spelled(words, own) || own.strip_suffix('s').is_some_and(|own| is_spelled(words, own))
        })
    })
}

pub(super) fn cover<'t>(text: &'t str, run: &[Word]) -> Word<'t> {
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
        let names: Vec<&str> = in_text(Words::builtin(), text).private.iter().map(|word| word.text).collect();
        assert_eq!(names, ["Omar Khattab", "Barakat"]);
    }

    #[test]
    fn a_name_that_no_list_knows_is_a_persons_where_nothing_says_otherwise() {
        for (text, names) in [
            ("We met Vokrel Tigmund in Gaziantep, and he smoked.", &["Vokrel Tigmund"][..]),
            (
                "They had spoken to Vokrel Tigmund about the body of Zelma Fendrul.",
                &["Vokrel Tigmund", "Zelma Fendrul"],
            ),
            (
                "Name | Age | Place\nVokrel Tigmund | 31 | Daraa\nZelma Fendrul | 27 | Inkhil",
                &["Vokrel Tigmund", "Zelma Fendrul"],
            ),
            ("They marched to Vokrel Tigmund and burnt the Zelma Fendrul on the way.", &[]),
            ("Operation Steel Curtain began, and Policy Research was stopped near Tell Fendrul.", &[]),
            ("Rebels Storm Vokrel Tigmund After Heavy Fighting", &[]),
            ("Tags Syria Damascus Rebels Bashar al-Assad Airstrikes Syrian", &[]),
            ("It dissolved what Sudanese President Fendrul had made.", &[]),
        ] {
            let found = in_text(Words::builtin(), text);
            let found: Vec<&str> = found.private.iter().map(|word| word.text).collect();
            assert_eq!(found, names, "{text}");
        }
    }
}
