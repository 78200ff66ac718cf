//! Reports whose people are marked by hand, and how well private persons among them are found.
//!
//! **Takes** `suite/people/*.txt`: a heading for each report, `(published DAY)` and `(outlet NAME)`, and its text, in which
//! `[[…]]` is a private person, `<<…>>` what somebody could be found by, and `{{…}}` who or what must stay.
//! **Gives** how many of each the veil hides, and which it does not.
//! **Never** changes a mark: they are people's answers.

use std::ops::Range;

use gainsay::extract::read;
use gainsay::model::{Claim, Report};
use gainsay::shelf::Shelf;
use gainsay::veil::{PrivateNames, Veil};
use gainsay_lexicon::Words;

/// What a mark says of the words in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The name of a private person.
    Private,
    /// A telephone number, an address, a handle, a plate, a number of an identity card.
    Contact,
    /// A public figure, a group or a place.
    Stays,
}

/// Opening and closing signs of each mark.
const SIGNS: [(&str, &str, Mark); 3] =
    [("[[", "]]", Mark::Private), ("<<", ">>", Mark::Contact), ("{{", "}}", Mark::Stays)];

/// Words without marks, and where the marked ones stand in them, in bytes.
#[derive(Clone, Debug, Default)]
pub struct Marked {
    /// The words.
    pub text: String,
    /// The marks, in order.
    pub marks: Vec<(Range<usize>, Mark)>,
}

/// A report, with its title and text marked.
#[derive(Clone, Debug)]
pub struct Naming {
    /// The report as it is read.
    pub report: Report,
    /// Its title.
    pub title: Marked,
    /// Its text.
    pub text: Marked,
}

/// How many were found.
#[derive(Clone, Debug, Default)]
pub struct Score {
    /// Names of private persons, and how many of them are wholly hidden.
    pub private: [usize; 2],
    /// What somebody could be found by, likewise.
    pub contact: [usize; 2],
    /// Who and what must stay, and how much of it is untouched.
    pub stays: [usize; 2],
    /// Replacements made, and how many of them touch what is private.
    pub edits: [usize; 2],
    /// What is wrong, a line each.
    pub wrong: Vec<String>,
}

impl Score {
    /// Shares of all: private names hidden, contacts hidden, replacements that were due, and what stayed that must.
    pub fn shares(&self) -> [f64; 4] {
        [self.private, self.contact, self.edits, self.stays]
            .map(|[all, right]| if all == 0 { 1.0 } else { right as f64 / all as f64 })
    }
}

/// Reads the marks of some words.
///
/// # Errors
/// A mark that is not closed.
pub fn marked(words: &str) -> Result<Marked, String> {
    let mut marked = Marked::default();
    let mut rest = words;
    loop {
        let next = SIGNS.iter().filter_map(|sign| Some((rest.find(sign.0)?, sign))).min_by_key(|(at, _)| *at);
        let Some((at, (open, close, mark))) = next else { break };
        marked.text.push_str(&rest[..at]);
        let inside = &rest[at + open.len()..];
        let end = inside.find(close).ok_or_else(|| format!("`{open}` is not closed: {inside:.40}"))?;
        let start = marked.text.len();
        marked.text.push_str(&inside[..end]);
        marked.marks.push((start..marked.text.len(), *mark));
        rest = &inside[end + close.len()..];
    }
    marked.text.push_str(rest);
    Ok(marked)
}

/// The reports of a file.
///
/// # Errors
/// A mark that is not closed, or a day that is none.
pub fn namings(file: &str) -> Result<Vec<Naming>, String> {
    let mut all = Vec::new();
    for (at, part) in file.split("\n## ").skip(1).enumerate() {
        let (title, rest) = part.split_once('\n').unwrap_or((part, ""));
        let (mut published, mut publisher, mut body) = (None, None, Vec::new());
        for line in rest.lines() {
            match line.strip_prefix('(').and_then(|line| line.strip_suffix(')')) {
                Some(remark) if remark.starts_with("published ") => {
                    let day = &remark["published ".len()..];
                    published = Some(day.parse().map_err(|_| format!("no day: {day}"))?);
                }
                Some(remark) if remark.starts_with("outlet ") => {
                    publisher = Some(remark["outlet ".len()..].to_owned());
                }
                _ => body.push(line),
            }
        }
        let (title, text) = (marked(title)?, marked(body.join("\n").trim())?);
        let report = Report {
            id: format!("people-{:02}", at + 1),
            text: text.text.clone(),
            published,
            publisher,
            author: None,
            title: Some(title.text.clone()),
            url: None,
            language: None,
            guessed: Vec::new(),
        };
        all.push(Naming { report, title, text });
    }
    Ok(all)
}

/// The same reports, with an invented word in the place of each word of a private name: no list holds any of them, so
/// that what is found is found by the words around it. Names of the Arabic script stay.
pub fn strangers(namings: &[Naming]) -> Vec<Naming> {
    let mut all = namings.to_vec();
    for naming in &mut all {
        naming.title = strange(&naming.title);
        naming.text = strange(&naming.text);
        naming.report.title = Some(naming.title.text.clone());
        naming.report.text = naming.text.text.clone();
    }
    all
}

fn strange(marked: &Marked) -> Marked {
    let (mut out, mut done) = (Marked::default(), 0);
    for (range, mark) in &marked.marks {
        out.text.push_str(&marked.text[done..range.start]);
        let start = out.text.len();
        match mark {
            Mark::Private => invent(&marked.text[range.clone()], &mut out.text),
            _ => out.text.push_str(&marked.text[range.clone()]),
        }
        out.marks.push((start..out.text.len(), *mark));
        done = range.end;
    }
    out.text.push_str(&marked.text[done..]);
    out
}

/// Words of four letters or more become others, the same one always the same; articles and particles stay.
fn invent(name: &str, into: &mut String) {
    const SYLLABLES: [&str; 16] = [
        "bo", "dru", "fen", "gil", "hov", "jek", "kur", "lof", "mip", "nud", "pez", "rov", "sut", "tig",
        "vok", "zel",
    ];
    let mut word = String::new();
    for c in name.chars().chain(['\n']) {
        if c.is_alphabetic() {
            word.push(c);
            continue;
        }
        if word.is_ascii() && word.len() > 3 {
            let sum = word
                .to_lowercase()
                .bytes()
                .fold(7u32, |sum, b| sum.wrapping_mul(31).wrapping_add(u32::from(b)));
            let parts = (0..3).map(|at| SYLLABLES[(sum >> (4 * at + 5)) as usize & 15]);
            let invented: String = parts.collect();
            let capitals = word.chars().all(char::is_uppercase);
            let capital = word.chars().next().is_some_and(char::is_uppercase);
            match (capitals, capital) {
                (true, _) => into.push_str(&invented.to_uppercase()),
                (_, true) => into.push_str(&format!("{}{}", invented[..1].to_uppercase(), &invented[1..])),
                _ => into.push_str(&invented),
            }
        } else {
            into.push_str(&word);
        }
        word.clear();
        into.push(c);
    }
    into.pop();
}

/// Scores what a veil over these reports hides.
pub fn score(namings: &[Naming]) -> Score {
    let words = Words::builtin();
    let reports: Vec<Report> = namings.iter().map(|naming| naming.report.clone()).collect();
    let claims: Vec<Claim> = reports.iter().flat_map(|report| read(report, words).claims).collect();
    let (shelf, _) = Shelf::loose(&reports, claims);
    let (names, salt) = PrivateNames::loose(&reports, &shelf);
    let veil = Veil::new(&names, &salt);
    let mut score = Score::default();
    for naming in namings {
        for marked in [&naming.title, &naming.text] {
            one(&mut score, &veil, &naming.report.id, marked);
        }
    }
    score
}

fn one(score: &mut Score, veil: &Veil, report: &str, marked: &Marked) {
    let edits = veil.edits(&marked.text, Some(report));
    let meets = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
    for (range, mark) in &marked.marks {
        let letters = marked.text[range.clone()].char_indices().filter(|(_, c)| c.is_alphanumeric());
        let hidden = |at: usize| edits.iter().any(|edit| edit.range.contains(&(range.start + at)));
        let (right, into, wrong) = match mark {
            Mark::Private => (letters.clone().all(|(at, _)| hidden(at)), &mut score.private, "seen"),
            Mark::Contact => (letters.clone().all(|(at, _)| hidden(at)), &mut score.contact, "seen"),
            Mark::Stays => (!edits.iter().any(|edit| meets(&edit.range, range)), &mut score.stays, "hidden"),
        };
        into[0] += 1;
        into[1] += usize::from(right);
        if !right {
            score.wrong.push(format!("{report}: {wrong}: {}", &marked.text[range.clone()]));
        }
    }
    for edit in &edits {
        let due = marked.marks.iter().any(|(range, mark)| *mark != Mark::Stays && meets(range, &edit.range));
        score.edits[0] += 1;
        score.edits[1] += usize::from(due);
        if !due {
            score.wrong.push(format!("{report}: replaced for nothing: {}", &marked.text[edit.range.clone()]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_and_taken_out() {
        let marked = marked("Dr. [[Nawwar]] met {{Ban}}, <<+963 1>>.").unwrap();
        assert_eq!(marked.text, "Dr. Nawwar met Ban, +963 1.");
        let words: Vec<&str> = marked.marks.iter().map(|(range, _)| &marked.text[range.clone()]).collect();
        assert_eq!(words, ["Nawwar", "Ban", "+963 1"]);
        assert!(super::marked("[[never").is_err());
    }
}
