//! Which reports are read: those written in English.

use gainsay_model::Report;

/// Why a report is not read, in one sentence; `None` for one that is.
///
/// It is not read where its language is said to be another, or where most of its letters are of another script,
/// whatever is said of its language: a page's frame may be English and its text not.
pub(crate) fn unread(report: &Report) -> Option<String> {
    let other = report.language.as_deref().filter(|language| !language.starts_with("en"));
    let written = match other {
        Some(language) => format!("in {language:?}"),
        None if is_foreign(&report.text) => "mostly in another script than English".to_owned(),
        None => return None,
    };
    Some(format!("written {written}, which gainsay does not read yet: no claims were taken"))
}

/// Whether more than half of the letters of a text are not Latin.
fn is_foreign(text: &str) -> bool {
    if text.is_ascii() {
        return false;
    }
    let (mut latin, mut foreign) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        match c {
            // Latin letters, plain, with marks and of full width (Unicode blocks).
            '\0'..='\u{24f}'
            | '\u{1e00}'..='\u{1eff}'
            | '\u{2c60}'..='\u{2c7f}'
            | '\u{a720}'..='\u{a7ff}'
            | '\u{ff21}'..='\u{ff5a}' => latin += 1,
            _ => foreign += 1,
        }
    }
    foreign > latin
}
