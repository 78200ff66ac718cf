//! Who wrote a page: from its head and structured data, from marks that publishing systems set, else from a byline.
//!
//! **Never** a body in a person's place: "Staff writer", "admin" and the outlet's own name are no author.

use dom_query::{Document, NodeRef};

use crate::metadata::one_line;
use crate::{dates, furniture};

/// Longest names of authors, in characters.
const LONGEST: usize = 100;

/// Longest byline that is looked into, in characters.
const BYLINE: usize = 200;

/// Most elements that are looked at: the writers of long comments are many.
const LOOKED_AT: usize = 50;

/// The names of meta elements that give the author, best first.
const NAMES: [&str; 9] = [
    "article:author",
    "og:article:author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "author",
];

/// Elements that publishing systems mark as the author: microdata, microformats (hCard, hAtom), and links.
const MARKED: [&str; 8] = [
    r#"[itemprop~="author"] [itemprop~="name"]"#,
    r#"[itemprop~="author"]"#,
    ".author.vcard .fn",
    ".author .fn",
    ".vcard .fn",
    ".p-author",
    r#"a[rel~="author"]"#,
    r#"address [rel~="author"]"#,
];

/// Words of a class that name a byline's writer.
const CLASSES: [&str; 8] =
    ["author", "authors", "byline", "writer", "contributor", "journalist", "auteur", "reporter"];

/// What stands before a name.
const LEADS: [&str; 14] = [
    "by ",
    "written by ",
    "posted by ",
    "words by ",
    "story by ",
    "par ",
    "propos recueillis par ",
    "von ",
    "автор:",
    "текст:",
    "بقلم:",
    "بقلم ",
    "كتب ",
    "بواسطة ",
];

/// Names that are nobody's.
const NOBODY: [&str; 22] = [
    "admin",
    "administrator",
    "agencies",
    "agency",
    "anonymous",
    "author",
    "correspondent",
    "desk",
    "editor",
    "editorial",
    "editors",
    "guest",
    "news desk",
    "newsdesk",
    "newsroom",
    "redaction",
    "staff",
    "staff writer",
    "staff writers",
    "web desk",
    "webmaster",
    "التحرير",
];

/// The author, and whether it had to be guessed from how the page looks. `linked` is what structured data say.
pub(crate) fn of(
    doc: &Document,
    metas: &[(String, String)],
    linked: Option<String>,
    outlet: Option<&str>,
) -> Option<(String, bool)> {
    let is_somebody = |name: &String| outlet.is_none_or(|outlet| !outlet.eq_ignore_ascii_case(name));
    let meta = |wanted: &str| -> Vec<String> {
        metas.iter().filter(|(name, _)| name == wanted).map(|(_, value)| value.clone()).collect()
    };
    let written_by = metas
        .iter()
        .any(|(name, value)| name == "twitter:label1" && value.eq_ignore_ascii_case("written by"))
        .then(|| meta("twitter:data1"))
        .and_then(|names| names.into_iter().next());
    let declared = linked
        .into_iter()
        .chain(NAMES.iter().filter_map(|name| {
            let all: Vec<String> = meta(name).iter().filter_map(|name| cleaned(name)).collect();
            (!all.is_empty()).then(|| all.join(", "))
        }))
        .chain(written_by);
    if let Some(name) = declared.filter_map(|name| cleaned(&name)).find(is_somebody) {
        return Some((name, false));
    }
    let marked = |selector: &&str| {
        let mut names: Vec<String> = Vec::new();
        for node in doc.try_select(selector).iter().flat_map(|found| found.nodes().to_vec()).take(LOOKED_AT) {
            let name = match node.attr("content") {
                Some(name) => cleaned(&name),
                None => cleaned(&one_line(&node.text())),
            };
            // Those whose articles are only pointed to have their names beside theirs.
            if let Some(name) = name.filter(|_| !furniture::is_beside(&node)).filter(is_somebody)
                && !names.contains(&name)
            {
                names.push(name);
            }
        }
        // Whole lists are not of one article.
        (!names.is_empty() && names.len() <= 4).then(|| names.join(", "))
    };
    if let Some(name) = MARKED.iter().find_map(marked) {
        return Some((name, false));
    }
    let body = doc.body()?;
    let found =
        body.descendants_it().filter(|node| speaks_of_author(node)).take(LOOKED_AT).find_map(|node| {
            let text = one_line(&node.text());
            let fits = text.chars().count() <= BYLINE && !furniture::is_beside(&node);
            cleaned(&text).filter(|_| fits).filter(is_somebody)
        });
    found.map(|name| (name, true))
}

fn speaks_of_author(node: &NodeRef) -> bool {
    node.is_element()
        && node.class().is_some_and(|class| {
            class.split_ascii_whitespace().any(|name| {
                let words = furniture::words(name);
                words.last().is_some_and(|last| CLASSES.contains(&last.as_str()))
                    || words.iter().any(|word| word == "byline")
            })
        })
}

/// A name without what stands round it: `By`, a date, a role. None where nothing is left, or it is nobody's.
fn cleaned(written: &str) -> Option<String> {
    let mut name = written.trim();
    for _ in 0..2 {
        let lower = name.to_lowercase();
        if let Some(lead) = LEADS.iter().find(|lead| lower.starts_with(**lead)) {
            // Both have as many letters, but not always as many bytes.
            let cut = name.char_indices().nth(lead.chars().count()).map_or(name.len(), |(at, _)| at);
            name = name[cut..].trim();
        }
    }
    let end = name
        .find(|c: char| matches!(c, '|' | '•' | '·' | '(' | '\n') || c.is_numeric())
        .unwrap_or(name.len());
    let mut name = bare(&name[..end]);
    if let Some(at) = name.find(" and the ") {
        name = bare(&name[..at]);
    }
    // What led up to the day or the hour.
    while let Some((before, last)) = name.rsplit_once(' ')
        && (dates::is_month(last)
            || ["at", "on", "à", "le", "в", "في"].contains(&last.to_lowercase().as_str()))
    {
        name = bare(before);
    }
    let lower = name.to_lowercase();
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let fits = letters >= 2
        && name.chars().count() <= LONGEST
        && name.split_whitespace().count() <= 12
        && !name.contains("://")
        && !name.contains('@')
        && !NOBODY.contains(&lower.as_str());
    fits.then(|| name.to_owned())
}

/// Without the signs at its end.
fn bare(name: &str) -> &str {
    name.trim().trim_end_matches([',', '-', '–', '—', ':', '/', '.']).trim()
}

/// Whether a line says by whom and when, and nothing else.
pub(crate) fn is_byline(line: &str, author: &str) -> bool {
    if line.chars().count() > BYLINE {
        return false;
    }
    let mut rest = line.to_lowercase();
    let names: Vec<String> = author.to_lowercase().split(", ").map(str::to_owned).collect();
    if !names.iter().any(|name| rest.contains(name.as_str())) {
        return false;
    }
    names.iter().for_each(|name| rest = rest.replace(name.as_str(), " "));
    let rest = LEADS.iter().fold(format!("{rest} "), |rest, lead| rest.replace(lead, " "));
    dates::without(&rest).chars().filter(|c| c.is_alphabetic()).count() < 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_out_of_bylines() {
        for (written, name) in [
            ("By Dana Orlov", Some("Dana Orlov")),
            ("Par Camille Ferrand | Publié hier", Some("Camille Ferrand")),
            ("By Tom Vasquez September 11, 2017", Some("Tom Vasquez")),
            ("Posted by Salma at 23:41", Some("Salma")),
            ("بقلم: ليلى الحسن", Some("ليلى الحسن")),
            ("Staff writer", None),
            ("admin", None),
            ("https://lantern.example/profile/x", None),
            ("desk@example.org", None),
            ("", None),
        ] {
            assert_eq!(cleaned(written).as_deref(), name, "{written}");
        }
    }

    #[test]
    fn a_line_of_name_and_day_is_a_byline() {
        assert!(is_byline("Nour Saleh | 9 April 2018", "Nour Saleh"));
        assert!(is_byline("By Dana Orlov and Karim Hadad", "Dana Orlov, Karim Hadad"));
        assert!(!is_byline("Nour Saleh was killed on 9 April 2018 in the east of the town.", "Nour Saleh"));
        assert!(!is_byline("9 April 2018", "Nour Saleh"));
    }
}
