//! What numbers mean: the words, their bounds, what they count, and of what they are a part.
//!
//! Each line gives a text and what is read from it: the words of each amount, then `=`, then its bounds. `50..` is 50
//! or more, `..50` at most 50, `500..600` a range. In brackets stands what is counted; `of 0` says that it is a part
//! of the first amount; a `+` marks a running total.

use gainsay_lexicon::numbers::NumberWords;

use super::amounts;
use crate::times::tests::{bare_tokens, line_sentences};
use crate::times::times;

/// The amounts of a text, in the notation of this file.
fn read(text: &str) -> String {
    let (sentences, tokens) = (line_sentences(text), bare_tokens(text));
    let published = "2014-06-23".parse().ok();
    let times = times(text, &sentences, &tokens, published);
    let amounts = amounts(text, &sentences, &tokens, &times, &NumberWords::load().unwrap());
    let show = |bound: Option<u64>| bound.map_or_else(String::new, |bound| bound.to_string());
    let lines = amounts.iter().map(|amount| {
        let bounds = match (amount.low, amount.high) {
            (low, high) if low == high => show(low),
            (low, high) => format!("{}..{}", show(low), show(high)),
        };
        let counted =
            amount.counted.map_or_else(String::new, |id| format!(" ({})", tokens[id].span.of(text)));
        let part = amount.part_of.map_or_else(String::new, |whole| format!(" of {whole}"));
        let running = if amount.cumulative { " +" } else { "" };
        format!("{} = {bounds}{counted}{part}{running}", amount.span.of(text))
    });
    lines.collect::<Vec<_>>().join("; ")
}

/// Checks lines of `(text, what is read)` and reports all that fail.
fn check(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .map(|(text, wanted)| (text, wanted, read(text)))
        .filter(|(_, wanted, got)| *wanted != got)
        .map(|(text, wanted, got)| format!("\n  {text}\n    wanted {wanted}\n    got    {got}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.concat());
}

#[test]
fn figures_and_words() {
    check(&[
        ("50 people", "50 = 50 (people)"),
        ("1,000 people", "1,000 = 1000 (people)"),
        ("1.5 million people", "1.5 million = 1500000 (people)"),
        ("280000 people", "280000 = 280000 (people)"),
        ("3 million Syrians", "3 million = 3000000 (Syrians)"),
        ("forty-two fighters", "forty-two = 42 (fighters)"),
        ("Thirty one militants", "Thirty one = 31 (militants)"),
        ("two hundred and fifty civilians", "two hundred and fifty = 250 (civilians)"),
        ("twelve thousand three hundred people", "twelve thousand three hundred = 12300 (people)"),
        ("a hundred families", "a hundred = 100 (families)"),
        ("a dozen rockets", "a dozen = 12 (rockets)"),
        ("two dozen rockets", "two dozen = 24 (rockets)"),
        ("half a dozen men", "half a dozen = 6 (men)"),
        ("a couple of shells", "a couple = 2 (shells)"),
        ("both sides", "both = 2 (sides)"),
        ("both civilians and soldiers", ""),
    ]);
}

#[test]
fn hedges_and_bounds() {
    check(&[
        ("at least 50 people", "at least 50 = 50.. (people)"),
        ("more than 50 people", "more than 50 = 50.. (people)"),
        ("over 40 civilians", "over 40 = 40.. (civilians)"),
        ("no fewer than 50 people", "no fewer than 50 = 50.. (people)"),
        ("50 or more people", "50 or more = 50.. (people)"),
        ("50+ people", "50+ = 50.. (people)"),
        ("up to 80 fighters", "up to 80 = ..80 (fighters)"),
        ("no more than 50 people", "no more than 50 = ..50 (people)"),
        ("as many as 50 people", "as many as 50 = ..50 (people)"),
        ("fewer than 50 people", "fewer than 50 = ..50 (people)"),
        ("may be as high as 400000", "as high as 400000 = ..400000"),
        ("around 50 people", "around 50 = 50 (people)"),
        ("nearly 1000 civilians", "nearly 1000 = 1000 (civilians)"),
        ("Some 120 fighters", "Some 120 = 120 (fighters)"),
        ("only 50 people", "only 50 = 50 (people)"),
        ("exactly fifty people", "exactly fifty = 50 (people)"),
        ("More than four million Syrians", "More than four million = 4000000.. (Syrians)"),
        ("more than a dozen people", "more than a dozen = 12.. (people)"),
        ("over a hundred people", "over a hundred = 100.. (people)"),
    ]);
}

#[test]
fn ranges() {
    check(&[
        ("between 500 and 600 rebels", "between 500 and 600 = 500..600 (rebels)"),
        ("500–600 rebels", "500–600 = 500..600 (rebels)"),
        ("500 - 600 rebels", "500 - 600 = 500..600 (rebels)"),
        ("500 to 600 rebels", "500 to 600 = 500..600 (rebels)"),
        ("8-11 drives a day", "8-11 = 8..11 (drives)"),
        ("two or three shells", "two or three = 2..3 (shells)"),
        ("two to three million people", "two to three million = 2000000..3000000 (people)"),
        ("rose from 50 to 60", "from 50 to 60 = 60 +"),
    ]);
}

#[test]
fn vague_words() {
    check(&[
        ("tens of casualties", "tens = 10..99 (casualties)"),
        ("Dozens of people", "Dozens = 24..99 (people)"),
        ("scores of people", "scores = 40..99 (people)"),
        ("hundreds have been killed", "hundreds = 100..999"),
        ("thousands of civilians", "thousands = 1000..9999 (civilians)"),
        ("“thousands” of residents", "thousands = 1000..9999 (residents)"),
        ("tens of thousands of civilians", "tens of thousands = 10000..99999 (civilians)"),
        ("hundreds of thousands fled", "hundreds of thousands = 100000..999999"),
        ("millions displaced", "millions = 1000000..9999999 (displaced)"),
        ("several hundred fighters", "several hundred = 100..999 (fighters)"),
        ("dozens wounded", "dozens = 24..99 (wounded)"),
        ("hundreds more were injured", "hundreds = 100..999 (more)"),
        ("several people, some of them, many others", ""),
        ("many hundreds of thousands of people", "many hundreds of thousands = 100000..999999 (people)"),
        ("he scores a goal", ""),
    ]);
}

#[test]
fn one_person() {
    check(&[
        ("killing a child", "a = 1 (child)"),
        ("one woman was killed", "one = 1 (woman)"),
        ("a civilian was killed", "a = 1 (civilian)"),
        ("an old man died", "an = 1 (man)"),
        ("a young boy.", "a = 1 (boy)"),
        ("one missile", "one = 1 (missile)"),
        ("one of the commanders", "one = 1 (commanders)"),
        ("at least one Palestinian killed", "at least one = 1.. (Palestinian)"),
        ("a town, an attack, a market", ""),
        ("a civilian council", ""),
        ("a soldier's house", ""),
        ("a doctor said", ""),
        ("one another, no one, one day, this one", ""),
    ]);
}

#[test]
fn other_ways_to_count() {
    check(&[
        ("another 12 fighters", "another 12 = 12 (fighters)"),
        ("12 others were wounded", "12 = 12 (others)"),
        ("12 more people", "12 = 12 (people)"),
        ("the two sides", "two = 2 (sides)"),
        ("4 martyrs and 13 injured", "4 = 4 (martyrs); 13 = 13 (injured)"),
        (
            "51 children 28 women five rescue workers",
            "51 = 51 (children); 28 = 28 (women); five = 5 (workers)",
        ),
        ("31 IS group militants killed", "31 = 31 (militants)"),
        ("31 Islamic State (IS) group militants", "31 = 31 (militants)"),
        ("13 pro-Assad fighters", "13 = 13 (fighters)"),
        ("22 dead in raids", "22 = 22 (dead)"),
    ]);
}

#[test]
fn parts_and_totals() {
    check(&[
        ("73 people, 43 of them rebels", "73 = 73 (people); 43 = 43 (rebels) of 0"),
        ("11 civilians including 3 children", "11 = 11 (civilians); 3 = 3 (children) of 0"),
        ("eight dead, among them two women", "eight = 8 (dead); two = 2 (women) of 0"),
        ("five children among eight dead", "five = 5 (children) of 1; eight = 8 (dead)"),
        (
            "at least 120 people, including 30 soldiers and their allies, and 41 fighters",
            "at least 120 = 120.. (people); 30 = 30 (soldiers) of 0; 41 = 41 (fighters) of 0",
        ),
        (
            "Seven villagers, including a girl, were among at least 25 dead",
            "Seven = 7 (villagers) of 2; a = 1 (girl) of 0; at least 25 = 25.. (dead)",
        ),
        (
            "10 killed including 3 children and 30 wounded",
            "10 = 10 (killed); 3 = 3 (children) of 0; 30 = 30 (wounded)",
        ),
        ("12 people, of whom 4 were soldiers", "12 = 12 (people); 4 = 4 of 0"),
        ("12 soldiers and 3 rebels", "12 = 12 (soldiers); 3 = 3 (rebels)"),
        ("three were killed, a woman among them", "three = 3; a = 1 (woman) of 0"),
        ("27 people died.\n12 of them have no name", "27 = 27 (people); 12 = 12 of 0"),
        (
            "270 civilians died.\nThe victims included 51 children",
            "270 = 270 (civilians); 51 = 51 (children) of 0",
        ),
        ("four of her children", "four = 4 (children)"),
    ]);
}

#[test]
fn running_totals() {
    check(&[
        ("the toll rose to 50", "rose to 50 = 50 +"),
        ("the toll has climbed to at least 140 people", "climbed to at least 140 = 140.. (people) +"),
        ("bringing the toll to 50", "toll to 50 = 50 +"),
        ("Death toll rises to 70", "rises to 70 = 70 +"),
        ("since Saturday at least 68 people have been killed", "at least 68 = 68.. (people) +"),
        ("68 people have been killed so far", "68 = 68 (people) +"),
        ("killed 280000 people since it started in 2011", "280000 = 280000 (people) +"),
    ]);
}

#[test]
fn numbers_that_count_nothing() {
    check(&[
        ("on June 3, 2014", ""),
        ("in 2014", ""),
        ("the 760-day siege", ""),
        ("aged 12, a 26-year-old", ""),
        ("12 years old", ""),
        ("Brigade 137 and Division 17", ""),
        ("Resolution 2254, article 7", ""),
        ("resolutions 2118 and 2235", ""),
        ("between 7 and 12 years old, 20-30 km", ""),
        ("15 km and 30 kilometers and 20 miles", ""),
        ("1200 square kilometres", ""),
        ("20 percent, 20%, 20 per cent", ""),
        ("$40 billion, 500 dollars", ""),
        ("57mm, a 60mm mortar", ""),
        ("T-72 tanks, BM-21, an M10, an A330", ""),
        ("at 10:30", ""),
        ("the second-largest city, the 3rd day", ""),
        ("a two-pronged siege, a 15-member council", ""),
        ("+963 11 5551234", "11 = 11"),
        ("two × 5 =", ""),
        ("3 min read", ""),
        ("No. 5, #7", ""),
        ("two-thirds of the city", ""),
    ]);
}

#[test]
fn an_edited_table_changes_what_words_mean() {
    let table = "class\twords\tlow\thigh\nname\tmine/1\t\t\nvague\tdozens\t12\t24\n";
    let numbers = NumberWords::parse("mine.tsv", table).unwrap();
    let text = "dozens of people";
    let read = amounts(text, &line_sentences(text), &bare_tokens(text), &[], &numbers);
    assert_eq!(read.first().map(|amount| (amount.low, amount.high)), Some((Some(12), Some(24))));
}

/// Texts that break readers: whatever they hold, spans lie inside the text, on character boundaries, in order.
#[test]
fn nasty_text_is_read_without_complaint() {
    let numbers = NumberWords::load().unwrap();
    let digits = "9".repeat(400);
    let texts = [
        String::new(),
        digits.clone(),
        format!("{digits} people, {digits}-{digits}, 1,{digits}, 1.{digits} million"),
        "999999999999 million billion".to_string(),
        "one hundred thousand million billion hundred".to_string(),
        "a hundred ".repeat(2_000),
        "including including 5 among them of them 3 among 2".to_string(),
        "\u{0}5\u{1} 🎉7🎉 ٥٠ قتيلا".to_string(),
        "5\u{336}0 people".to_string(),
        "1,000,000,000,000,000,000,000 people".to_string(),
        "- 5 - 6 - 7 – 8 to to to 9".to_string(),
        "1 ".repeat(20_000),
    ];
    for text in &texts {
        let (sentences, tokens) = (line_sentences(text), bare_tokens(text));
        let read = amounts(text, &sentences, &tokens, &times(text, &sentences, &tokens, None), &numbers);
        let mut last = 0;
        for amount in &read {
            assert!(amount.span.start >= last && amount.span.start < amount.span.end, "{amount:?}");
            assert!(text.get(amount.span.start..amount.span.end).is_some(), "{amount:?}");
            assert!(amount.part_of.is_none_or(|whole| whole < read.len()), "{amount:?}");
            assert!(amount.counted.is_none_or(|id| id < tokens.len()), "{amount:?}");
            last = amount.span.end;
        }
    }
}
