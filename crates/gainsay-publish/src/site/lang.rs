//! The words of the site's own, in English and Arabic.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use gainsay_model::Date;

use crate::brief::phrase;

/// A language of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lang {
    /// English, from the root.
    En,
    /// Arabic, under `ar/`.
    Ar,
}

/// Months as Arabic papers of the region write them, with the name used elsewhere.
const MONTHS: [&str; 12] = [
    "كانون الثاني/يناير",
    "شباط/فبراير",
    "آذار/مارس",
    "نيسان/أبريل",
    "أيار/مايو",
    "حزيران/يونيو",
    "تموز/يوليو",
    "آب/أغسطس",
    "أيلول/سبتمبر",
    "تشرين الأول/أكتوبر",
    "تشرين الثاني/نوفمبر",
    "كانون الأول/ديسمبر",
];

impl Lang {
    /// Both.
    pub(super) const ALL: [Lang; 2] = [Lang::En, Lang::Ar];

    /// ISO 639-1 code.
    pub(super) fn code(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Ar => "ar",
        }
    }

    /// The direction of its writing.
    pub(super) fn dir(self) -> &'static str {
        match self {
            Lang::En => "ltr",
            Lang::Ar => "rtl",
        }
    }

    /// All messages.
    pub(super) fn messages(self) -> &'static BTreeMap<String, String> {
        static READ: OnceLock<[BTreeMap<String, String>; 2]> = OnceLock::new();
        let read = |text| serde_json::from_str(text).expect("a test reads the messages");
        let all = READ.get_or_init(|| [read(include_str!("en.json")), read(include_str!("ar.json"))]);
        &all[usize::from(self == Lang::Ar)]
    }

    /// A message; empty where there is none.
    pub(super) fn t(self, key: &str) -> &'static str {
        self.messages().get(key).map_or("", String::as_str)
    }

    /// A message with a value in it.
    pub(super) fn with(self, key: &str, name: &str, value: &str) -> String {
        self.t(key).replace(&format!("{{{name}}}"), value)
    }

    /// "3 June 2014".
    pub(super) fn day(self, date: Date) -> String {
        let month = usize::from(date.month().unsigned_abs()).clamp(1, 12) - 1;
        match self {
            Lang::En => phrase::day(date),
            Lang::Ar => format!("{} {} {}", date.day(), MONTHS[month], date.year()),
        }
    }

    /// From one day to another; words for what is not known.
    pub(super) fn days(self, from: Option<Date>, to: Option<Date>) -> String {
        match (from, to) {
            (None, None) => self.t("note.notknown").to_owned(),
            (Some(from), Some(to)) if from == to => self.day(from),
            (from, to) => {
                let day = |day: Option<Date>| day.map_or_else(|| "…".to_owned(), |day| self.day(day));
                format!("{} – {}", day(from), day(to))
            }
        }
    }

    /// "50", "at least 50", "up to 50", "22–42"; empty where neither end is known.
    pub(super) fn range(self, low: Option<u64>, high: Option<u64>) -> String {
        match (low, high) {
            (None, None) => String::new(),
            (Some(low), Some(high)) if low == high => phrase::number(low),
            (Some(low), Some(high)) => format!("{}–{}", phrase::number(low), phrase::number(high)),
            (Some(low), None) => self.with("note.least", "n", &phrase::number(low)),
            (None, Some(high)) => self.with("note.most", "n", &phrase::number(high)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_say_the_same_things() {
        let keys = |lang: Lang| lang.messages().keys().collect::<Vec<_>>();
        assert_eq!(keys(Lang::En), keys(Lang::Ar));
        let held = |text: &str| {
            text.split('{')
                .skip(1)
                .filter_map(|rest| rest.split('}').next())
                .map(str::to_owned)
                .collect::<std::collections::BTreeSet<_>>()
        };
        for (key, text) in Lang::En.messages() {
            assert_eq!(held(text), held(Lang::Ar.t(key)), "{key}");
            assert!(!text.is_empty() && !Lang::Ar.t(key).is_empty(), "{key}");
        }
        for text in [include_str!("en.json"), include_str!("ar.json")] {
            let own: Vec<&str> =
                text.lines().filter_map(|line| line.trim().strip_prefix('"')?.split('"').next()).collect();
            assert!(own.windows(2).all(|two| two[0] < two[1]), "keys are sorted");
        }
    }

    #[test]
    fn every_word_of_the_model_has_its_message() {
        let of = |head: &str, words: Vec<&'static str>| {
            words.into_iter().map(|word| format!("{head}.{word}")).collect::<Vec<_>>()
        };
        let keys = [
            of("kind", gainsay_model::Kind::ALL.iter().map(|kind| kind.as_str()).collect()),
            of("status", gainsay_model::Status::ALL.iter().map(|status| status.as_str()).collect()),
            of("measure", gainsay_model::Measure::ALL.iter().map(|measure| measure.as_str()).collect()),
            of("group", gainsay_model::Group::ALL.iter().map(|group| group.as_str()).collect()),
            of("cut", gainsay_model::Cut::ALL.iter().map(|cut| cut.as_str()).collect()),
            of("state", vec!["held", "claimed", "contested", "unknown", "disputed"]),
            of("dispute", vec!["count", "actor", "occurrence", "holder", "place", "time", "tie", "revision"]),
            of("side", crate::brief::sides::SIDES.iter().map(|side| side.id).collect()),
        ];
        for key in keys.concat() {
            assert!(!Lang::En.t(&key).is_empty(), "{key}");
        }
    }

    #[test]
    fn days_and_ranges_in_words() {
        let day = jiff::civil::date(2014, 6, 3);
        assert_eq!(Lang::Ar.day(day), "3 حزيران/يونيو 2014");
        assert_eq!(Lang::En.days(Some(day), None), "3 June 2014 – …");
        assert_eq!(Lang::En.range(Some(50), None), "at least 50");
        assert_eq!(Lang::Ar.range(None, Some(1200)), "حتى 1,200");
    }
}
