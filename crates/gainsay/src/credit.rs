//! The outlet that a page credits, where that is not the one that published it: agency datelines, source lines.

use gainsay_lexicon::{NameKind, Words};

/// Lines that name where a text was taken from begin so.
const LEADS: [&str; 5] =
    ["source:", "via:", "originally published by", "originally published in", "first published by"];

/// Marks between a headline and the outlet behind it.
const SEPARATORS: [&str; 4] = [" – ", " — ", " - ", " | "];

/// How far into a text an agency's dateline is looked for, in characters.
const DATELINE: usize = 400;

/// How many of the last lines may be a source line.
const LAST_LINES: usize = 16;

/// Longest name of an outlet nobody knows, in words.
const NAME_WORDS: usize = 5;

/// The credited outlet, as written: "Source: … – WSJ" at the end, "BEIRUT (Reuters) -" at the start, "-AFP" last.
pub fn credited(text: &str, words: &Words) -> Option<String> {
    let known = |name: &str| words.index.find(name).iter().any(|found| found.kind == NameKind::Source);
    source_line(text, &known).or_else(|| dateline(text, &known)).or_else(|| sign_off(text, &known))
}

fn source_line(text: &str, known: &dyn Fn(&str) -> bool) -> Option<String> {
    let mut lines = text.lines().rev().map(str::trim).filter(|line| !line.is_empty()).take(LAST_LINES);
    lines.find_map(|line| {
        let name = LEADS.iter().find_map(|lead| {
            let head = line.get(..lead.len())?;
            head.eq_ignore_ascii_case(lead).then(|| line[lead.len()..].trim().trim_end_matches('.'))
        })?;
        // "Source: the headline – WSJ": the outlet stands last.
        let cut = SEPARATORS.iter().filter_map(|mark| Some(name.rfind(mark)? + mark.len())).max();
        let last = name[cut.unwrap_or(0)..].trim();
        let short = !last.is_empty() && last.split_whitespace().count() <= NAME_WORDS;
        (known(last) || short && last == name).then(|| last.to_owned())
    })
}

fn dateline(text: &str, known: &dyn Fn(&str) -> bool) -> Option<String> {
    let end = text.char_indices().nth(DATELINE).map_or(text.len(), |(at, _)| at);
    let mut rest = &text[..end];
    while let Some(open) = rest.find('(') {
        rest = &rest[open + 1..];
        let close = rest.find(')')?;
        let after = rest[close + 1..].trim_start();
        if after.starts_with(['-', '–', '—']) && known(&rest[..close]) {
            return Some(rest[..close].to_owned());
        }
        rest = &rest[close + 1..];
    }
    None
}

fn sign_off(text: &str, known: &dyn Fn(&str) -> bool) -> Option<String> {
    let last = text.trim_end();
    let name = match last.strip_suffix([')', ']']) {
        Some(inner) => inner.rsplit(['(', '[']).next()?,
        None => {
            // "… in March 2011.-AFP": the mark stands behind a full stop.
            let (before, name) = last.rsplit_once(['-', '–', '—'])?;
            if !before.trim_end().ends_with(['.', '”', '"', '\n']) {
                return None;
            }
            name
        }
    };
    let name = name.trim();
    (name.split_whitespace().count() <= NAME_WORDS && known(name)).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agencies_and_source_lines_are_found() {
        let words = Words::builtin();
        let of = |text: &str| credited(text, words);
        assert_eq!(of("BEIRUT (Reuters) - Planes struck the town.").as_deref(), Some("Reuters"));
        assert_eq!(of("Planes struck.\n\nSource: Planes strike a town – WSJ").as_deref(), Some("WSJ"));
        assert_eq!(
            of("Planes struck.\n\nSource: Euphrates Wire\n\nFollow us").as_deref(),
            Some("Euphrates Wire")
        );
        assert_eq!(of("The war began in March 2011.-AFP").as_deref(), Some("AFP"));
        assert_eq!(of("Planes struck the town (photo by somebody)."), None);
        assert_eq!(of("A source: he said that planes struck the town and many people fled from it."), None);
    }
}
