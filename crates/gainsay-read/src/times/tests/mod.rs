//! What times mean: the words, the day the report came out, and the days they stand for.
//!
//! Each line gives a text and what is read from it: the words of each time, then `=`, then its days. `a..b` is a
//! stretch with both ends included, `a..` and `..b` have an open end. In capitals or with a `P` stands a TIMEX3 value,
//! where the words name no day.

mod dates;
mod stretches;

use gainsay_model::reading::{Rel, Sentence, TimexType, Token, Upos, Xpos};
use gainsay_model::span::Span;
use jiff::civil::Date;

use super::{anchor, core, times};

/// Words and marks without tags, as the tagger would split them; for tests of this pass and of `amounts`.
pub(crate) fn bare_tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut goes_on = false;
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        if c.is_alphanumeric() && goes_on {
            if let Some(last) = tokens.last_mut() {
                last.span.end = end;
            }
        } else if !c.is_whitespace() {
            tokens.push(Token {
                span: Span::new(start, end),
                lemma: String::new(),
                upos: Upos::X,
                xpos: Xpos::Xx,
                head: None,
                rel: Rel::Dep,
            });
        }
        goes_on = c.is_alphanumeric();
    }
    tokens
}

/// Each line of a text as a sentence.
pub(crate) fn line_sentences(text: &str) -> Vec<Sentence> {
    let mut start = 0;
    let mut sentences = Vec::new();
    for line in text.split_inclusive('\n') {
        let span = Span::new(start, start + line.len());
        sentences.push(Sentence { span, tokens: 0..0, paragraph: 0, part: Default::default() });
        start += line.len();
    }
    sentences
}

fn date(day: &str) -> Option<Date> {
    day.parse().ok()
}

/// The times of a text: `words = days`, parted by semicolons.
fn read(text: &str, published: &str) -> String {
    let mentions = times(text, &line_sentences(text), &bare_tokens(text), date(published));
    let show = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
    let lines = mentions.iter().map(|mention| {
        let days = match mention.interval {
            None => mention.value.clone(),
            Some(days) if days.start == days.end => show(days.start),
            Some(days) => format!("{}..{}", show(days.start), show(days.end)),
        };
        format!("{} = {days}", mention.span.of(text))
    });
    lines.collect::<Vec<_>>().join("; ")
}

/// Checks lines of `(text, what is read)` against one publication day, and reports all that fail.
fn check(published: &str, cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .map(|(text, wanted)| (text, wanted, read(text, published)))
        .filter(|(_, wanted, got)| *wanted != got)
        .map(|(text, wanted, got)| format!("\n  {text}\n    wanted {wanted}\n    got    {got}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.concat());
}

/// A Monday.
pub(super) const MONDAY: &str = "2014-06-23";

#[test]
fn a_report_without_a_date() {
    check(
        "unknown",
        &[
            ("On Wednesday, we saw", "Wednesday = XXXX-XX-XX"),
            ("the 760-day siege", "760-day = P760D"),
            ("last week", "last week = PAST_REF"),
            ("on 3 June 2014", "3 June 2014 = 2014-06-03"),
            ("June 23, 2014\nkilled on Saturday", "June 23, 2014 = 2014-06-23; Saturday = 2014-06-21"),
        ],
    );
}

#[test]
fn the_reports_own_dateline_is_the_day_it_speaks_from() {
    let day = |text: &str| anchor(text, &line_sentences(text), date("2016-10-15")).map(|day| day.to_string());
    let spoken = |day: &str| Some(day.to_string());
    assert_eq!(day("Sun 05 Jul 2015 22 dead in raids"), spoken("2015-07-05"));
    assert_eq!(day("Published June 3 2016 Regime bombing raids"), spoken("2016-06-03"));
    assert_eq!(day("20.07.2016Get short URL"), spoken("2016-07-20"));
    assert_eq!(day("Last updated at Feb 092015 AMMAN Some thirty"), spoken("2015-02-09"));
    assert_eq!(day("Nine dead: NGO Wire Thursday 6 Mar 2014 Some nine"), spoken("2014-03-06"));
    assert_eq!(day("A headline\n\nUpdated 14 June 2016\n\nThe army"), spoken("2016-06-14"));
    // A date in a sentence is none, nor one whose weekday is wrong.
    assert_eq!(day("The bridge fell on June 3, 2014 to rebels"), spoken("2016-10-15"));
    assert_eq!(day("Rebels lost it Friday 6 Mar 2014 again"), spoken("2016-10-15"));
    assert_eq!(day("BEIRUT, Jan 18 - Fighters captured"), spoken("2016-10-15"));
}

#[test]
fn a_post_speaks_from_its_own_day() {
    let text = "Clashes for weeks.\nNOTE #YPG offensive today.\n— Chronicle (@Cdric) May 11, 2014\nIt went on today.";
    assert_eq!(
        read(text, "2014-05-12"),
        "weeks = PXW; today = 2014-05-11; May 11, 2014 = 2014-05-11; today = 2014-05-12"
    );
}

#[test]
fn values_are_those_of_the_bare_time() {
    let value = |text: &str| times(text, &[], &[], date(MONDAY)).first().map(|mention| mention.value.clone());
    let is = |value: &str| Some(value.to_string());
    assert_eq!(value("since June 3"), is("2014-06-03"));
    assert_eq!(value("last week"), is("2014-W25"));
    assert_eq!(value("over the weekend"), is("2014-W25-WE"));
    assert_eq!(value("Tuesday night"), is("2014-06-17TNI"));
    assert_eq!(value("last summer"), is("2013-SU"));
    assert_eq!(value("the past two weeks"), is("P2W"));
    assert_eq!(value("several years"), is("PXY"));
    assert_eq!(value("at 18:00 UTC"), is("2014-06-23T18:00Z"));
    let since = times("since June 3", &[], &[], date(MONDAY));
    assert_eq!(since.first().and_then(core).and_then(|days| days.end), date("2014-06-03"));
    assert_eq!(since.first().map(|mention| mention.timex), Some(TimexType::Date));
}

#[test]
fn the_islamic_calendar_keeps_its_law() {
    // The epoch; the sample date 12 November 1945 of Reingold & Dershowitz (2018), appendix C; Ramadan of 2014.
    let day = |year, month, day| super::hijri::date(year, month, day).map(|day| day.to_string());
    assert_eq!(day(1, 1, 1), Some("0622-07-19".to_string()));
    assert_eq!(day(1364, 12, 6), Some("1945-11-12".to_string()));
    assert_eq!(day(1435, 9, 1), Some("2014-06-29".to_string()));
    for year in 1300..1500 {
        let first = super::hijri::date(year, 1, 1).unwrap();
        assert_eq!(super::hijri::year_of(first), year);
    }
}

/// Texts that break readers: whatever they hold, spans lie inside the text, on character boundaries, in order.
#[test]
fn nasty_text_is_read_without_complaint() {
    let digits = "9".repeat(400);
    let texts = [
        String::new(),
        digits.clone(),
        format!("{digits}-{digits}-{digits} on {digits} June {digits}"),
        "\u{0}\u{1}\u{7f}".to_string(),
        "دير الزور في ٣ حزيران ٢٠١٤".to_string(),
        "3 J\u{336}une 2\u{336}014".to_string(),
        "🎉 June 🎉 3 🎉 2014".to_string(),
        "31 June 2014, 29 February 2013, 99/99/9999, 0/0/0000".to_string(),
        "since since since until until June by by".to_string(),
        "1000000 years ago, 99999999 centuries later, 5000000000 days ago".to_string(),
        "the the the last last past past two two weeks weeks".to_string(),
        "June ".repeat(5_000),
        "- - – — -".repeat(500),
        "a".repeat(100_000),
    ];
    for text in &texts {
        for published in ["2014-06-23", "-9999-01-01", "9999-12-31", "unknown"] {
            let mut last = 0;
            for mention in times(text, &line_sentences(text), &bare_tokens(text), date(published)) {
                assert!(mention.span.start >= last && mention.span.start < mention.span.end, "{mention:?}");
                assert!(text.get(mention.span.start..mention.span.end).is_some(), "{mention:?}");
                last = mention.span.end;
            }
        }
    }
}
