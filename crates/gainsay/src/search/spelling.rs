//! The forms in which a word or a name may stand in a text.

use std::collections::BTreeSet;

use gainsay_ledger::Phrase;
use gainsay_lexicon::{NameKind, Words, fold};
use gainsay_model::EntityId;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// So many spellings are looked for at most.
const MOST: usize = 96;
/// So many are shown.
const SHOWN: usize = 12;

/// Words, letters and digits only: lower case, no accents, one space before each word and one behind the last.
pub(super) fn flat(text: &str) -> String {
    let mut flat = String::with_capacity(text.len() + 2);
    flat.push(' ');
    for c in text.nfd().filter(|c| !is_combining_mark(*c)) {
        if c.is_alphanumeric() {
            flat.extend(c.to_lowercase());
        } else if !flat.ends_with(' ') {
            flat.push(' ');
        }
    }
    if !flat.ends_with(' ') {
        flat.push(' ');
    }
    flat
}

/// Whether two names are written alike but for case, accents and signs.
pub(super) fn same(a: &str, b: &str) -> bool {
    flat(a) == flat(b)
}

/// Whether the words of a phrase stand in a text that is [`flat`].
pub(super) fn stands_in(phrase: &Phrase, text: &str) -> bool {
    let words = flat(&phrase.words);
    let words = if phrase.begun { words.trim_end() } else { words.as_str() };
    !words.trim().is_empty() && text.contains(words)
}

/// All names of these entries: those to be shown, and what to look for, the typed one first.
pub(super) fn of_names(
    typed: &str,
    begun: bool,
    ids: &[(NameKind, EntityId)],
    words: &Words,
) -> (Vec<String>, Vec<Phrase>) {
    let mut seen: BTreeSet<String> = BTreeSet::from([flat(typed)]);
    let names = ids.iter().flat_map(|(kind, id)| names_of(*kind, id, words));
    let mut names: Vec<&str> = names.filter(|name| seen.insert(flat(name))).collect();
    // Where a shorter name stands in a longer one, whatever holds the longer is found by the shorter.
    let flats: Vec<String> = names.iter().map(|name| flat(name)).chain([flat(typed)]).collect();
    names.retain(|name| {
        let own = flat(name);
        !flats.iter().any(|other| other.len() < own.len() && other.len() > 2 && own.contains(other.as_str()))
    });
    // What is written in the other script is news to whoever typed it in one.
    names.sort_by_key(|name| fold::is_arabic(name) == fold::is_arabic(typed));
    let plain = |name: &&str| Phrase { words: (*name).to_owned(), begun: false };
    let mut phrases = vec![Phrase { words: typed.to_owned(), begun }];
    phrases.extend(names.iter().map(plain));
    phrases.extend(forms(typed, begun));
    phrases.extend(names.iter().flat_map(|name| forms(name, false)));
    dedup(&mut phrases);
    (names.into_iter().take(SHOWN).map(str::to_owned).collect(), phrases)
}

/// A word of no name: itself, then its usual forms.
pub(super) fn of_word(word: &str, begun: bool) -> Vec<Phrase> {
    let mut phrases = forms(word, begun);
    if word.len() >= 4 && word.chars().all(|c| c.is_ascii_lowercase()) {
        phrases.extend(inflected(word).into_iter().map(|words| Phrase { words, begun: false }));
    }
    dedup(&mut phrases);
    phrases
}

fn dedup(phrases: &mut Vec<Phrase>) {
    let mut seen = BTreeSet::new();
    phrases.retain(|phrase| seen.insert(phrase.clone()));
    phrases.truncate(MOST);
}

fn names_of<'w>(kind: NameKind, id: &str, words: &'w Words) -> Vec<&'w str> {
    let all = |name: &'w String, names: &'w [String]| {
        std::iter::once(name).chain(names).map(String::as_str).collect()
    };
    match kind {
        NameKind::Place => words.gazetteer.place(id).map(|place| all(&place.name, &place.names)),
        NameKind::Actor => words.lexicon.actor(id).map(|actor| all(&actor.name, &actor.names)),
        NameKind::Source => words.lexicon.source(id).map(|source| all(&source.name, &source.names)),
        NameKind::Person => words.lexicon.people.get(id).map(|person| all(&person.name, &person.names)),
    }
    .unwrap_or_default()
}

/// The words as they stand; Arabic ones also with the letters that grow onto a word, and with the letters that are
/// written one way or the other.
fn forms(words: &str, begun: bool) -> Vec<Phrase> {
    let phrase = |words: String| Phrase { words, begun };
    let mut forms = vec![phrase(words.to_owned())];
    if !fold::is_arabic(words) {
        return forms;
    }
    for form in written(words) {
        for grown in grown(&form) {
            forms.push(phrase(grown));
        }
        forms.push(phrase(form));
    }
    forms
}

/// With the first alef and the last ya and ta marbuta as some write them and others do not.
fn written(words: &str) -> Vec<String> {
    let bare: String = words
        .chars()
        .filter(|c| !is_combining_mark(*c) && *c != '\u{640}')
        .map(|c| if matches!(c, 'أ' | 'إ' | 'آ' | 'ٱ') { 'ا' } else { c })
        .collect();
    let mut all = vec![bare.clone()];
    if let Some(rest) = bare.strip_prefix('ا').filter(|rest| !rest.starts_with('ل')) {
        all.extend(["أ", "إ"].map(|alef| format!("{alef}{rest}")));
    }
    let ends: &[(char, char)] = &[('ة', 'ه'), ('ه', 'ة'), ('ى', 'ي'), ('ي', 'ى')];
    let other: Vec<String> = all
        .iter()
        .filter_map(|form| {
            let last = form.chars().next_back()?;
            let (_, other) = ends.iter().find(|(own, _)| *own == last)?;
            Some(format!("{}{other}", &form[..form.len() - last.len_utf8()]))
        })
        .collect();
    all.extend(other);
    all
}

/// With "and", "in", "to", "as" grown onto it.
fn grown(words: &str) -> Vec<String> {
    let mut all: Vec<String> =
        ["و", "ب", "ف", "ك", "وب"].iter().map(|part| format!("{part}{words}")).collect();
    match words.strip_prefix("ال") {
        Some(rest) => all.extend([format!("لل{rest}"), format!("ولل{rest}")]),
        None => all.push(format!("ل{words}")),
    }
    all
}

/// The forms that an English word takes.
fn inflected(word: &str) -> Vec<String> {
    let mut stems: Vec<String> = vec![word.to_owned()];
    for (end, other) in [
        ("ies", "y"),
        ("ied", "y"),
        ("ing", ""),
        ("ing", "e"),
        ("ed", ""),
        ("ed", "e"),
        ("es", ""),
        ("s", ""),
    ] {
        // "ss" is no plural, and of a word something must be left.
        let stem =
            word.strip_suffix(end).filter(|stem| stem.len() >= 3 && !(end == "s" && stem.ends_with('s')));
        stems.extend(stem.map(|stem| format!("{stem}{other}")));
    }
    let mut all = stems.clone();
    for stem in &stems {
        let (base, ends): (&str, &[&str]) = match stem.as_bytes() {
            [.., b'e'] => (stem.strip_suffix('e').unwrap_or(stem), &["e", "es", "ed", "ing"]),
            [.., b'y'] => (stem.strip_suffix('y').unwrap_or(stem), &["y", "ys", "ies", "yed", "ied", "ying"]),
            [.., b's' | b'h' | b'x' | b'z'] => (stem, &["", "s", "es", "ed", "ing"]),
            _ => (stem, &["", "s", "ed", "ing"]),
        };
        all.extend(ends.iter().map(|end| format!("{base}{end}")));
    }
    all.retain(|form| form != word);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(phrases: &[Phrase]) -> Vec<&str> {
        phrases.iter().map(|phrase| phrase.words.as_str()).collect()
    }

    #[test]
    fn an_english_word_is_found_in_its_forms() {
        for (typed, form) in [
            ("shelled", "shelling"),
            ("shelling", "shelled"),
            ("airstrikes", "airstrike"),
            ("armies", "army"),
            ("besieged", "besiege"),
            ("clash", "clashes"),
        ] {
            let found = of_word(typed, false);
            assert_eq!(found[0].words, typed);
            assert!(words(&found).contains(&form), "{typed}: {:?}", words(&found));
        }
        assert_eq!(words(&of_word("ISIS", false)), ["ISIS"]);
    }

    #[test]
    fn an_arabic_word_is_found_with_what_grows_onto_it() {
        let found = of_word("المدينة", false);
        for form in ["المدينة", "والمدينة", "للمدينة", "المدينه", "بالمدينة"]
        {
            assert!(words(&found).contains(&form), "{form}: {:?}", words(&found));
        }
        assert!(words(&of_word("إدلب", false)).contains(&"ادلب"));
        assert!(words(&of_word("ادلب", false)).contains(&"وإدلب"));
    }

    #[test]
    fn a_name_that_holds_a_shorter_one_is_not_looked_for() {
        let words = Words::builtin();
        let ids: Vec<(NameKind, EntityId)> =
            words.index.find("Islamic State").iter().map(|name| (name.kind, name.id.clone())).collect();
        let (_, phrases) = of_names("Islamic State", false, &ids, words);
        assert!(phrases.iter().skip(1).all(|phrase| !flat(&phrase.words).contains(" islamic state ")));
        assert!(phrases.iter().any(|phrase| phrase.words == "ISIS"), "{phrases:?}");
    }

    #[test]
    fn words_stand_in_a_text_whole_or_begun() {
        let phrase = |words: &str, begun| Phrase { words: words.into(), begun };
        let text = flat("Fighters in al-Qusayr, «Kobanî»");
        assert!(stands_in(&phrase("AL qusayr", false), &text));
        assert!(stands_in(&phrase("kobani", false), &text));
        assert!(!stands_in(&phrase("fight", false), &text));
        assert!(stands_in(&phrase("fight", true), &text));
        assert!(!stands_in(&phrase("!", true), &text));
    }
}
