//! Letters as they are drawn to letters as they are read: Arabic that stands in the order of sight, joined letters.

use unicode_bidi::{BidiInfo, Level};
use unicode_normalization::UnicodeNormalization;

/// A line of letters as they are drawn, from left to right, in the order in which they are read.
pub(super) fn read(drawn: &str) -> String {
    if !is_right_to_left(drawn) {
        return drawn.to_owned();
    }
    // Turning a line that is written from right to left into what is seen, and back, is the same step (UAX #9, L2).
    let info = BidiInfo::new(drawn, Some(Level::rtl()));
    let turned: String = info
        .paragraphs
        .iter()
        .map(|paragraph| info.reorder_line(paragraph, paragraph.range.clone()))
        .collect();
    let first = turned.find(['(', ')', '[', ']', '«', '»']).and_then(|at| turned[at..].chars().next());
    if first.is_some_and(|sign| matches!(sign, ')' | ']' | '»')) {
        return turned.chars().map(mirrored).collect();
    }
    turned
}

fn mirrored(char: char) -> char {
    match char {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '«' => '»',
        '»' => '«',
        other => other,
    }
}

/// Shapes that stand for letters (joined letters, Arabic letters as they look in a word) as the letters themselves.
/// Other signs stay as they are.
pub(super) fn letters(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '\u{FB00}'..='\u{FB06}' => plain.extend([char].into_iter().nfkc()),
            '\u{FB13}'..='\u{FB4F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' => {
                plain.extend([char].into_iter().nfkc());
            }
            // What a table of letters could not say, marks of order, and what joins.
            '\u{FFFD}' | '\u{FEFF}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{0}' => {}
            // Only to fill a line.
            'ـ' => {}
            _ => plain.push(char),
        }
    }
    plain
}

/// Whether any letter is of a script that runs from right to left.
pub(super) fn is_right_to_left(text: &str) -> bool {
    text.chars().any(|char| {
        matches!(char, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
            && char.is_alphabetic()
    })
}

/// Whether letters stand as they are drawn: of letters that only end words (`ة`, `ى`) and of the article (`ال`), more
/// stand where they would be if each line were turned. Where neither is told, shapes say so: they are for drawing.
pub(super) fn is_drawn(lines: &[String]) -> bool {
    let (mut read, mut drawn, mut shapes) = (0_usize, 0_usize, 0_usize);
    for line in lines {
        shapes += line
            .chars()
            .filter(|char| matches!(char, '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'))
            .count();
        for word in
            letters(line).split(|char: char| !char.is_alphabetic()).filter(|word| word.chars().count() > 2)
        {
            read += usize::from(word.ends_with(['ة', 'ى'])) + usize::from(word.starts_with("ال"));
            drawn += usize::from(word.starts_with(['ة', 'ى'])) + usize::from(word.ends_with("لا"));
        }
    }
    if read == drawn { shapes > 0 } else { drawn > read }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_is_read() {
        let line = "قتل 12 شخصا في مدينة دير الزور (شرق سوريا) يوم Monday 18";
        let drawn: String = {
            let info = BidiInfo::new(line, Some(Level::rtl()));
            info.reorder_line(&info.paragraphs[0], info.paragraphs[0].range.clone()).into_owned()
        };
        assert!(drawn.starts_with("Monday 18") || drawn.starts_with("18"), "{drawn}");
        assert!(is_drawn(std::slice::from_ref(&drawn)));
        assert_eq!(read(&drawn), line);
        assert!(!is_drawn(&[line.to_owned()]));
        assert_eq!(read("Deir ez-Zor, 18"), "Deir ez-Zor, 18");
    }

    #[test]
    fn shapes_are_letters_and_other_signs_stay() {
        assert_eq!(letters("oﬃcial ﬁre ½ …"), "official fire ½ …");
        assert_eq!(letters("\u{FEE3}\u{FEAA}\u{FEF3}\u{FEE8}\u{FE94}"), "مدينة");
        assert_eq!(letters("\u{FEFB}"), "لا");
    }
}
