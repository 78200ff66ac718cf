//! The words of a mention taken apart: the name itself, the nouns beside it, and the place it is said to lie in.

use gainsay_lexicon::fold::is_arabic;

use super::points::points;

/// A mention in its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts<'m> {
    /// The name, without nouns; empty where there is none ("the eastern countryside").
    pub(super) name: &'m str,
    /// Kinds of place that a noun beside the name allows; any where empty.
    pub(super) kinds: &'static [&'static str],
    /// The noun stands before the name: "district of X" may be X, or a district that X has.
    pub(super) of: bool,
    /// What is said to hold it: "X, Y" and "X in Y" have Y.
    pub(super) outer: &'m str,
}

/// Words between a place and what holds it.
const BETWEEN: [&str; 5] = [", ", " in ", " near ", " (", "، "];

/// Longest name, in words, that is looked for under other spellings: longer ones are descriptions.
pub(super) const LONGEST: usize = 5;

/// The parts of a place's mention.
pub(super) fn place(mention: &str) -> Parts<'_> {
    let cut = BETWEEN.iter().filter_map(|word| Some((mention.find(word)?, word.len()))).min();
    let (inner, outer) = match cut {
        Some((at, len)) => (&mention[..at], mention[at + len..].trim_end_matches(')')),
        None => (mention, ""),
    };
    // "Village of X", but also "countryside of X", where X is what holds it.
    let (inner, outer) = match inner.rsplit_once(" of ") {
        Some((noun, name)) if outer.is_empty() && !noun.split_whitespace().any(names_it) => {
            let noun = noun.rsplit(' ').next().unwrap_or_default().to_lowercase();
            match points().noun(&noun) {
                // "District of X city" is a part of it, and so is the countryside of anything.
                kinds if is_place(kinds) && noun != "countryside" && bare(name).kinds.is_empty() => {
                    return Parts { kinds, of: true, ..bare(name) };
                }
                _ => ("", name),
            }
        }
        _ => (inner, outer),
    };
    Parts { outer, ..bare(inner) }
}

/// A party's mention without the nouns of people after it ("Nusra fighters").
pub(super) fn party(mention: &str) -> &str {
    match mention.trim().rsplit_once(' ') {
        Some((name, noun)) if points().noun(&noun.to_lowercase()) == ["party"] && proper(name) => name,
        _ => "",
    }
}

/// A name with the nouns before and after it cut off.
fn bare(text: &str) -> Parts<'_> {
    let mut text = text.trim();
    let mut kinds: &'static [&'static str] = &[];
    while let Some((first, rest)) = text.split_once(' ').filter(|(first, _)| !named(first)) {
        let noun = points().noun(&first.to_lowercase());
        if is_place(noun) {
            kinds = noun;
        }
        text = rest.trim_start();
    }
    if let Some((name, noun)) = text.rsplit_once(' ') {
        let noun = points().noun(&noun.to_lowercase());
        if is_place(noun) {
            (text, kinds) = (name, noun);
        }
    }
    Parts { name: if text.split_whitespace().any(named) { text } else { "" }, kinds, of: false, outer: "" }
}

fn is_place(kinds: &[&str]) -> bool {
    !matches!(kinds, [] | ["party"] | ["never"])
}

/// Whether the word may belong to a name: it has a capital, a digit, or is of a script without capitals.
fn named(word: &str) -> bool {
    word.chars().any(|c| c.is_uppercase() || c.is_numeric()) || is_arabic(word)
}

/// Whether the word belongs to a name and is no noun with a capital ("Town of X").
fn names_it(word: &str) -> bool {
    named(word) && points().noun(&word.to_lowercase()).is_empty()
}

/// Whether these words may be a name: some word is a name's and none names nobody ("Syrian sources").
pub(super) fn proper(name: &str) -> bool {
    let mut words = name.split([' ', '-']).filter(|word| !word.is_empty());
    let nobody = |word: &str| points().noun(&word.to_lowercase()) == ["never"];
    words.clone().any(named) && name.split_whitespace().count() <= LONGEST && !words.any(nobody)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(mention: &str) -> (&str, &str, &str) {
        let Parts { name, kinds, outer, .. } = place(mention);
        (name, kinds.first().copied().unwrap_or_default(), outer)
    }

    #[test]
    fn a_place_is_parted_from_its_nouns_and_from_what_holds_it() {
        for (mention, expected) in [
            ("Tal Abyad", ("Tal Abyad", "", "")),
            ("Tal Abyad, Raqqa", ("Tal Abyad", "", "Raqqa")),
            ("al-Bab in Aleppo province", ("al-Bab", "", "Aleppo province")),
            ("the town of al-Bab", ("al-Bab", "town", "")),
            ("the besieged city of Homs", ("Homs", "city", "")),
            ("Raqqa province", ("Raqqa", "governorate", "")),
            ("Sinjar (Idlib)", ("Sinjar", "", "Idlib")),
            ("eastern countryside of the central Homs province", ("", "", "the central Homs province")),
            ("northern district of Manbij city", ("", "", "Manbij city")),
            ("Town of Atareb", ("Atareb", "town", "")),
            ("areas", ("", "", "")),
            ("الباب", ("الباب", "", "")),
            ("", ("", "", "")),
        ] {
            assert_eq!(parts(mention), expected, "{mention}");
        }
    }

    #[test]
    fn people_are_parted_from_their_party() {
        assert_eq!(party("Nusra fighters"), "Nusra");
        assert_eq!(party("rebel fighters"), "");
        assert_eq!(party("Syrian forces"), "", "a people is no party");
        assert_eq!(party("fighters"), "");
    }

    #[test]
    fn a_name_has_a_capital_and_no_word_that_names_nobody() {
        assert!(proper("Wisam al-Arab") && proper("al-Bab") && proper("وسام"));
        assert!(
            !proper("pro-Kurdish forces")
                && !proper("local sources")
                && !proper("Syrian activists")
                && !proper("Activists")
        );
        assert!(!proper("The Movement of the Sons of the East and West"), "a description");
    }
}
