//! The language of a text, from its letters and letter groups; ISO 639-1 where the language has such a code.

use whatlang::{Lang, detect};

/// How much of a text is looked at, in characters.
const LOOKED_AT: usize = 4_000;

/// Fewest letters that a guess is made from.
const FEWEST_LETTERS: usize = 40;

/// The code of the language, if it is beyond doubt.
pub fn guess(text: &str) -> Option<String> {
    let sample: String = text.chars().take(LOOKED_AT).collect();
    if sample.chars().filter(|char| char.is_alphabetic()).count() < FEWEST_LETTERS {
        return None;
    }
    let found = detect(&sample)?;
    (found.is_reliable() || found.confidence() > 0.8).then(|| code(found.lang()).to_owned())
}

/// `en-US`, `EN_us` → `en`.
pub(crate) fn primary(tag: &str) -> String {
    tag.trim().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()
}

fn code(lang: Lang) -> &'static str {
    let three = lang.code();
    CODES.binary_search_by_key(&three, |(three, _)| three).map_or(three, |at| CODES[at].1)
}

/// ISO 639-3 to 639-1, sorted.
const CODES: &[(&str, &str)] = &[
    ("afr", "af"),
    ("aka", "ak"),
    ("amh", "am"),
    ("ara", "ar"),
    ("aze", "az"),
    ("bel", "be"),
    ("ben", "bn"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("cmn", "zh"),
    ("cym", "cy"),
    ("dan", "da"),
    ("deu", "de"),
    ("ell", "el"),
    ("eng", "en"),
    ("epo", "eo"),
    ("est", "et"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("guj", "gu"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("hye", "hy"),
    ("ind", "id"),
    ("ita", "it"),
    ("jav", "jv"),
    ("jpn", "ja"),
    ("kan", "kn"),
    ("kat", "ka"),
    ("khm", "km"),
    ("kor", "ko"),
    ("lat", "la"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("mal", "ml"),
    ("mar", "mr"),
    ("mkd", "mk"),
    ("mya", "my"),
    ("nep", "ne"),
    ("nld", "nl"),
    ("nob", "nb"),
    ("ori", "or"),
    ("pan", "pa"),
    ("pes", "fa"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rus", "ru"),
    ("sin", "si"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("sna", "sn"),
    ("spa", "es"),
    ("srp", "sr"),
    ("swe", "sv"),
    ("tam", "ta"),
    ("tel", "te"),
    ("tgl", "tl"),
    ("tha", "th"),
    ("tuk", "tk"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("urd", "ur"),
    ("uzb", "uz"),
    ("vie", "vi"),
    ("yid", "yi"),
    ("zul", "zu"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_whole() {
        assert!(CODES.is_sorted_by_key(|(three, _)| *three));
        for lang in Lang::all() {
            assert_eq!(code(*lang).len(), 2, "{lang:?}");
        }
    }

    #[test]
    fn languages() {
        for (text, expected) in [
            (
                "The army said on Monday that its troops had entered the town after two days of fighting.",
                Some("en"),
            ),
            (
                "قال ناشطون إن قوات النظام قصفت حي القصور في مدينة دير الزور بالمدفعية الثقيلة صباح اليوم",
                Some("ar"),
            ),
            (
                "Ordu pazartesi günü birliklerinin iki gün süren çatışmaların ardından kasabaya girdiğini söyledi.",
                Some("tr"),
            ),
            ("Deir ez-Zor", None),
            ("123 456", None),
            ("", None),
        ] {
            assert_eq!(guess(text).as_deref(), expected, "{text}");
        }
        assert_eq!((primary("en-US"), primary("AR_sy")), ("en".into(), "ar".into()));
    }
}
