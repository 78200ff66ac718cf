//! The day a text says it is from: `DEIR EZ-ZOR, Syria, 4 June 2014 (Euphrates Wire) -`, `Published: 18 Jan 2016`.
//!
//! Only near the head, never from a copyright line or a caption, and never a day that the story tells of: what
//! stands before and after the day decides. `On 4 June 2014 rebels fled` has none.

use jiff::civil::Date;

use crate::dates::{Shape, Token, date_at, tokens};

/// How much of a text is looked at, in characters.
pub(crate) const HEAD: usize = 400;

/// Below this many bytes, a line is held to be about one thing.
const SHORT_LINE: usize = 160;

/// How firmly a day stands as the report's own, firmest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// After "Published" and the like.
    Labelled,
    /// At the start of a line.
    Opening,
    /// After place names or an outlet's name.
    Placed,
    /// After "Updated".
    Updated,
}

/// The day that the head of the text gives as its own, the firmest first, then the first.
pub fn published(text: &str) -> Option<Date> {
    let end = text.char_indices().nth(HEAD).map_or(text.len(), |(at, _)| at);
    let mut best: Option<(Rank, Date)> = None;
    for line in text[..end].lines() {
        let tokens = tokens(line);
        let mut at = 0;
        while at < tokens.len() {
            let Some((date, next)) = date_at(&tokens, at) else {
                at += 1;
                continue;
            };
            // In a short line, what stands behind the day counts as well.
            let near = if line.len() < SHORT_LINE { line } else { &line[..tokens[at].start] };
            if !tells_of_something_else(near)
                && let Some(rank) = rank(&tokens, at, next)
                && best.is_none_or(|(other, _)| rank < other)
            {
                best = Some((rank, date));
            }
            at = next;
        }
    }
    best.map(|(_, date)| date)
}

/// Whether a line gives a day and hardly anything else.
pub(crate) fn is_date_line(line: &str) -> bool {
    line.chars().count() < 60 && {
        let tokens = tokens(line);
        (0..tokens.len()).any(|at| {
            date_at(&tokens, at).is_some_and(|(_, next)| {
                let words = |tokens: &[Token]| {
                    let word = |token: &&Token| token.shape == Shape::Word && token.text.chars().count() > 2;
                    tokens.iter().filter(word).filter(|token| !is_any(token, WEEKDAYS)).count()
                };
                rank(&tokens, at, next).is_some_and(|rank| rank != Rank::Placed)
                    && words(&tokens[next..]) == 0
            })
        })
    }
}

/// Copyright lines, captions, posts quoted from elsewhere.
fn tells_of_something_else(line: &str) -> bool {
    let line = line.trim().trim_start_matches(['(', '[', '*']).to_lowercase();
    let begins = ["photo", "image", "picture", "file photo", "caption", "an image", "a photo", "صورة"];
    let holds = ["©", "copyright", "all rights reserved", "(c) ", "(@", "الحقوق محفوظة", "حقوق النشر"];
    begins.iter().any(|word| line.starts_with(word)) || holds.iter().any(|word| line.contains(word))
}

/// Whether the day of tokens `at..next` is the line's own, by what stands around it.
fn rank(tokens: &[Token], at: usize, next: usize) -> Option<Rank> {
    let before = before(tokens, at)?;
    let follows = follows(&tokens[next..]);
    match (before, follows) {
        (_, Follows::Story) => None,
        (Rank::Placed, Follows::Stop) => None,
        (rank, _) => Some(rank),
    }
}

fn before(tokens: &[Token], at: usize) -> Option<Rank> {
    let mut start = at;
    let mut bracketed = false;
    while start > 0 && is_beside(tokens, start - 1) {
        bracketed |= tokens[start - 1].is('(');
        start -= 1;
    }
    if let Some(rank) = label(&tokens[..start]) {
        return Some(rank);
    }
    if start == 0 {
        return Some(Rank::Opening);
    }
    if bracketed {
        return None;
    }
    // Place names or an outlet stand before it, in this sentence.
    let sentence =
        tokens[..start].iter().rposition(|token| ['.', '?', '!', ':'].iter().any(|sign| token.is(*sign)));
    let names = &tokens[sentence.map_or(0, |stop| stop + 1)..start];
    let last = names.last()?;
    if last.shape != Shape::Word || is_any(last, PREPOSITIONS) {
        return None;
    }
    let starts_upper = last.text.chars().next().is_some_and(char::is_uppercase);
    let few_caseless = names.len() <= 6
        && names
            .iter()
            .all(|token| !token.text.chars().any(|char| char.is_lowercase() || char.is_uppercase()))
        && !names.iter().any(|token| is_any(token, PREPOSITIONS));
    (starts_upper || few_caseless).then_some(Rank::Placed)
}

/// Signs, weekdays and times of day that may stand between a day and what comes before it.
fn is_beside(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    match token.shape {
        Shape::Sign => ",،|-–—·•/([:#*_".contains(token.text),
        Shape::Word => is_any(token, WEEKDAYS) || is_any(token, CLOCK),
        Shape::Number => {
            let colon = |other: Option<&Token>| other.is_some_and(|token| token.is(':') && token.glued);
            // "20:08", and "1730", whose colon was lost.
            let bare_clock = token.text.len() == 4 && ("0000".."2400").contains(&token.text);
            bare_clock || colon(tokens.get(at + 1)) || (at > 1 && token.glued && colon(tokens.get(at - 1)))
        }
    }
}

/// Whether a label ends the tokens: "Published", "Date of publication", "Last updated at".
fn label(tokens: &[Token]) -> Option<Rank> {
    let mut words = tokens.iter().rev().filter(|token| token.shape == Shape::Word).peekable();
    while words.peek().is_some_and(|token| is_any(token, &["at", "on", "في", "بتاريخ", "يوم"])) {
        words.next();
    }
    let last = words.next()?;
    // The word itself must be the last token but for signs and those little words.
    let gap = tokens.iter().rev().take_while(|token| token.start != last.start).count();
    if gap > 3 {
        return None;
    }
    if is_any(
        last,
        &["published", "posted", "date", "publication", "dated", "issued", "نشر", "النشر", "تاريخ"],
    ) {
        let negated = words.next().is_some_and(|token| is_any(token, &["to", "the", "a", "was", "were"]));
        return (!negated).then_some(Rank::Labelled);
    }
    is_any(last, &["updated", "modified", "edited", "تحديث"]).then_some(Rank::Updated)
}

enum Follows {
    /// The line's end, a dash, a bracket, a new sentence.
    Break,
    /// A full stop.
    Stop,
    /// The sentence goes on, so the day belongs to it.
    Story,
}

fn follows(rest: &[Token]) -> Follows {
    let Some(token) = rest.first() else { return Follows::Break };
    match token.shape {
        Shape::Number => Follows::Break,
        Shape::Sign if token.is('.') => Follows::Stop,
        Shape::Sign if token.is(',') || token.is('،') => match rest.get(1) {
            Some(second) if second.shape == Shape::Word && !is_any(second, CLOCK) => word(second),
            _ => Follows::Break,
        },
        Shape::Sign => Follows::Break,
        // "Mon Jul 11 2016 title: …"
        Shape::Word if rest.get(1).is_some_and(|next| next.is(':')) => Follows::Break,
        Shape::Word => word(token),
    }
}

fn word(token: &Token) -> Follows {
    let lower = token.text.chars().next().is_some_and(char::is_lowercase);
    if lower && !is_any(token, &["at", "by"]) && !is_any(token, CLOCK) {
        Follows::Story
    } else {
        Follows::Break
    }
}

fn is_any(token: &Token, words: &[&str]) -> bool {
    words.iter().any(|word| token.text.to_lowercase() == *word)
}

const CLOCK: &[&str] = &["am", "pm", "gmt", "utc", "est", "edt", "cet", "local", "time", "t", "z"];

const WEEKDAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thur",
    "thurs",
    "fri",
    "sat",
    "sun",
    "الاثنين",
    "الإثنين",
    "الثلاثاء",
    "الأربعاء",
    "الاربعاء",
    "الخميس",
    "الجمعة",
    "السبت",
    "الأحد",
    "الاحد",
    "يوم",
];

/// Words that tie a day to the story.
const PREPOSITIONS: &[&str] = &[
    "after", "around", "before", "by", "during", "early", "from", "in", "late", "of", "on", "since", "the",
    "this", "through", "till", "to", "until", "حتى", "قبل", "بعد", "في", "منذ",
];

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn datelines() {
        for (text, expected) in [
            ("DEIR EZ-ZOR, Syria, 4 June 2014 (Euphrates Wire) - Rebels fled.", date(2014, 6, 4)),
            ("Published: 18 January 2016\n\nOn 16 January 2016 they came.", date(2016, 1, 18)),
            ("A title\n\nDate of publication 18 July 2016 Activists say", date(2016, 7, 18)),
            ("June 23, 2014 Fighting in the province", date(2014, 6, 23)),
            ("3 min read\n\nA title\n\n23 June 2014\n\nFighting", date(2014, 6, 23)),
            ("Sun 05 Jul 2015 22 dead in raids", date(2015, 7, 5)),
            ("Monday 02 May 2016 20:08 Some Office: a statement", date(2016, 5, 2)),
            ("2016-01-18T10:00 Something", date(2016, 1, 18)),
            ("18/01/2016 - Aleppo", date(2016, 1, 18)),
            ("By A. Writer | July 6, 2015 at 10:20", date(2015, 7, 6)),
            ("Last updated 9 May 2016\nPosted on 8 May 2016 by admin", date(2016, 5, 8)),
            ("Last updated at Apr 232017 An attack", date(2017, 4, 23)),
            ("A headline Reuters Sunday 9 Oct 2016 Thirty one fighters", date(2016, 10, 9)),
            ("دير الزور، سوريا، 4 حزيران 2014 (وكالة) - قال", date(2014, 6, 4)),
            ("تاريخ النشر: 18 كانون الثاني 2016", date(2016, 1, 18)),
            ("### Deir ez-Zor, 6 July 2015", date(2015, 7, 6)),
            ("Mon Jul 11 2016 title: Army in the north.", date(2016, 7, 11)),
            ("A headline WIRE Region 1730 28.04.2017Get short URL", date(2017, 4, 28)),
        ] {
            assert_eq!(published(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn days_of_the_story_are_not_the_report_s() {
        for text in [
            "On 4 June 2014 rebels fled the town.",
            "The war began on 15 March 2011, when protests",
            "June 23, 2014 was a bloody day.",
            "Since 2011-03-15 the war has",
            "Rebels fled on Wednesday, 4 June 2014, activists said.",
            "BEIRUT, Jan 18 (AFP) - Fighters",
            "© 4 June 2014 Euphrates Wire",
            "Copyright June 4, 2014. All rights reserved.",
            "(PHOTO: A street, April 4, 2014 — Someone)",
            "قتل عشرة في 4 حزيران 2014 (مصادر)",
            "the attack of 4 June 2014 - the worst",
            "",
        ] {
            assert_eq!(published(text), None, "{text}");
        }
        let late = format!("{}\n4 June 2014\n", "word ".repeat(100));
        assert_eq!(published(&late), None);
    }

    #[test]
    fn lines_of_a_date_alone() {
        assert!(is_date_line("23 June 2014") && is_date_line("Published: Mon, 23 June 2014 10:20"));
        assert!(!is_date_line("June 23, 2014 Fighting in the province") && !is_date_line("Fighting"));
    }
}
