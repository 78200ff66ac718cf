//! The language of a text, from its script, its small words and its letter groups; ISO 639-1 where the language has
//! such a code.

use whatlang::{Lang, detect};

/// How much of a text is looked at, in characters.
const LOOKED_AT: usize = 4_000;

/// Fewest letters that a guess between languages of the Latin script is made from.
const FEWEST_LETTERS: usize = 40;

/// Fewest letters of another script: the script alone says that it is not English.
const FEWEST_FOREIGN: usize = 6;

/// From this share of English words among the small ones on, a text is English, whatever its names look like. In
/// English prose it is a third, in other languages of the Latin script next to none.
const ENGLISH_SHARE: f64 = 0.12;

/// Fewest small words to guess another language from: fewer are beside names. So many without one English among them
/// are enough to trust any guess that it is not English.
const ENOUGH_WORDS: usize = 5;

/// English words that hold sentences together and that no other large language of the Latin script writes so, or
/// hardly ever.
const ENGLISH: &[&str] = &[
    "about", "after", "against", "and", "are", "at", "because", "been", "before", "between", "but", "by",
    "could", "during", "for", "from", "had", "has", "have", "he", "his", "into", "is", "it", "its", "it's",
    "near", "not", "of", "or", "said", "says", "several", "that", "the", "their", "there", "they", "this",
    "to", "was", "we", "were", "when", "where", "which", "while", "who", "will", "with", "would",
];

/// The code of the language, if it is beyond doubt; for a script that English is not written in, the likeliest
/// language of that script.
pub fn guess(text: &str) -> Option<String> {
    let sample: String = text.chars().take(LOOKED_AT).collect();
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let latin = sample.chars().filter(|&c| is_latin(c)).count();
    if letters > 2 * latin {
        // Only the letters of that script: the Latin ones beside them would be counted for another language.
        let foreign: String = sample.chars().filter(|&c| !is_latin(c)).collect();
        return detect(&foreign)
            .filter(|_| letters >= FEWEST_FOREIGN)
            .map(|found| code(found.lang()).to_owned());
    }
    if letters < FEWEST_LETTERS {
        return None;
    }
    let small = small_words(&sample);
    let english = small.iter().filter(|word| ENGLISH.contains(&word.as_str())).count();
    if english as f64 >= ENGLISH_SHARE * small.len() as f64 && english > 0 {
        return Some("en".to_owned());
    }
    if small.len() < ENOUGH_WORDS {
        return None;
    }
    let found = detect(&small.join(" "))?;
    let sure = found.is_reliable() || found.confidence() > 0.8;
    let foreign = english == 0 && found.lang() != Lang::Eng;
    (sure || foreign).then(|| code(found.lang()).to_owned())
}

/// The words of running text without names: those in small letters; of a text all in capitals, all words.
fn small_words(text: &str) -> Vec<String> {
    let words = || {
        text.split(|c: char| !(c.is_alphabetic() || matches!(c, '-' | '\'' | '’')))
            .filter(|word| !word.is_empty())
    };
    let small: Vec<String> =
        words().filter(|word| !word.chars().any(char::is_uppercase)).map(str::to_lowercase).collect();
    if !text.chars().any(char::is_lowercase) { words().map(str::to_lowercase).collect() } else { small }
}

/// Whether a character is a letter of the Latin script, plain or with marks.
fn is_latin(c: char) -> bool {
    c.is_alphabetic()
        && matches!(c, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{2c60}'..='\u{2c7f}' | '\u{a720}'..='\u{a7ff}' | '\u{ff21}'..='\u{ff5a}')
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

    #[test]
    fn another_script_is_enough_however_short_the_text() {
        for (text, expected) in [
            ("قصف على حي القصور", "ar"),
            ("دير الزور: 12 قتيلا (SOHR)", "ar"),
            ("В городе слышны взрывы", "ru"),
            ("ירי בעיר", "he"),
            ("空爆で五人死亡", "ja"),
            ("Αεροπορική επιδρομή", "el"),
        ] {
            assert_eq!(guess(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn short_texts_in_languages_of_the_latin_script_are_not_taken_for_english() {
        // Which of two near languages it is may stay open in so few words; that it is not English does not.
        for text in [
            "Les avions du régime ont bombardé le marché hier soir.",
            "Cinq personnes ont été tuées dans une frappe près d'Idleb.",
            "Cinq morts à Alep : l'armée poursuit ses bombardements.",
            "Die Armee hat gestern Abend den Markt der Stadt beschossen.",
            "Bei einem Luftangriff auf Idlib wurden fünf Menschen getötet.",
            "Ordu dün akşam kentin pazarını topçu ateşine tuttu.",
            "İdlib'e düzenlenen hava saldırısında beş kişi hayatını kaybetti.",
            "El ejército bombardeó anoche el mercado de la ciudad.",
            "Cinco personas murieron en un ataque aéreo cerca de Alepo.",
            "L'esercito ha bombardato ieri sera il mercato della città.",
            "O exército bombardeou ontem à noite o mercado da cidade.",
            "Het leger heeft gisteravond de markt van de stad beschoten.",
        ] {
            let found = guess(text);
            assert!(found.as_deref().is_some_and(|language| language != "en"), "{text}: {found:?}");
        }
    }

    #[test]
    fn a_few_sentences_say_which_language_it_is() {
        for (text, expected) in [
            (
                "Les avions du régime ont bombardé le marché hier soir. Selon des militants, cinq personnes ont été \
                 tuées et une douzaine d'autres blessées, mais ce bilan n'a pas pu être confirmé.",
                "fr",
            ),
            (
                "Die Armee hat gestern Abend den Markt der Stadt beschossen. Nach Angaben von Aktivisten wurden \
                 fünf Menschen getötet und ein Dutzend weitere verletzt; bestätigt ist das nicht.",
                "de",
            ),
            (
                "El ejército bombardeó anoche el mercado de la ciudad. Según los activistas, cinco personas murieron \
                 y otras doce resultaron heridas, pero nadie ha podido confirmar estas cifras.",
                "es",
            ),
        ] {
            assert_eq!(guess(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn english_with_many_names_stays_english() {
        for text in [
            "Abu Muhammad al-Jolani, Ahmad al-Sharaa and Abu Mariya al-Qahtani met in Sarmada.",
            "Jabhat al-Nusra, Ahrar al-Sham, Jaysh al-Islam, Faylaq al-Rahman: clashes in Jobar, Ein Tarma, Zamalka.",
            "Dead: Ahmad Khaled al-Hussein, Mahmoud Abdel-Rahman al-Saleh, Fatima Mustafa Bakkour, Yusuf Ibrahim \
             Qaddour, Muhammad Nour al-Din Haj Hussein, Abd al-Karim Sheikh Omar; names from the hospital.",
            "Rebels retreat from al-Qusour, al-Joura, al-Hamidiya, al-Ardi, al-Rushdiya, al-Huwaiqa",
            "Shells hit Deir ez-Zor (دير الزور), al-Mayadin (الميادين) and al-Bukamal (البوكمال) on Monday.",
            "PARTIES ARE REMINDED THAT THE CROSSING AT BAB AL-SALAMA WILL BE CLOSED UNTIL SUNDAY.",
            "SDF: Ayn Issa, Tal Abyad, Suluk; TFSA: Ras al-Ayn, Tal Tamr; SAA: Manbij, Kobani",
        ] {
            let found = guess(text);
            assert!(found.as_deref().is_none_or(|language| language == "en"), "{text}: {found:?}");
        }
    }
}
