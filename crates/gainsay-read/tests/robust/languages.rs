//! What is not written in English is not read, and one warning says so.

use gainsay_lexicon::Words;
use gainsay_model::Report;
use gainsay_read::read;

use super::layers;

fn reading(text: &str, language: Option<&str>) -> gainsay_model::Reading {
    read(&Report { language: language.map(str::to_owned), ..layers::report(text) }, Words::builtin())
}

#[test]
fn another_language_gives_one_warning_and_no_claims() {
    for language in ["ar", "fr", "de", "tr", "es", "ru"] {
        let reading = reading("Shelling killed five people in Homs.", Some(language));
        assert_eq!((reading.warnings.len(), reading.claims.len()), (1, 0));
        let message = &reading.warnings[0].message;
        assert!(message.contains(&format!("{language:?}")) && message.contains("no claims"), "{message}");
    }
}

#[test]
fn another_script_gives_one_warning_whatever_the_language_is_said_to_be() {
    for text in [
        "قصف على حي القصور",
        "قتل 5 مدنيين في قصف على مدينة دير الزور (SOHR)",
        "В городе Хомс погибли пять человек",
        "空爆で五人死亡",
        "ירי בעיר",
        "होम्स में पाँच लोग मारे गए",
    ] {
        for language in [None, Some("en")] {
            let reading = reading(text, language);
            assert_eq!((reading.warnings.len(), reading.claims.len()), (1, 0), "{text}");
            assert!(reading.tokens.is_empty() && reading.warnings[0].message.contains("script"), "{text}");
        }
    }
}

#[test]
fn english_with_arabic_names_is_read() {
    let text =
        "Shelling killed five people in Deir ez-Zor (دير الزور) on Monday, the Observatory (المرصد) said.";
    for language in [None, Some("en"), Some("en-GB")] {
        let reading = reading(text, language);
        assert!(reading.warnings.is_empty() && !reading.claims.is_empty());
    }
}

#[test]
fn a_text_without_letters_needs_no_warning() {
    for text in ["", " \n", "12 345", "...", "👍🏽🇸🇾"] {
        let reading = reading(text, None);
        assert!(reading.warnings.is_empty() && reading.claims.is_empty(), "{text:?}");
    }
}
