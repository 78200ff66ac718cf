//! The Admiralty code (NATO STANAG 2511, AJP-2.1): a letter for the source, a number for the information.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_lexicon::table::{self, TableError};
use gainsay_model::{Date, EntityId, Status};
use serde::Serialize;

use crate::Weighed;
use crate::roots::Camps;
use crate::tally::{by_count, figures};

/// How reliable a source is, best first; F is no rank, but that nobody can judge it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Letter {
    /// Completely reliable.
    A,
    /// Usually reliable.
    B,
    /// Fairly reliable.
    C,
    /// Not usually reliable.
    D,
    /// Unreliable.
    E,
    /// Cannot be judged.
    #[default]
    F,
}

impl Letter {
    /// The letter written so.
    pub fn parse(text: &str) -> Option<Letter> {
        use Letter::{A, B, C, D, E, F};
        [A, B, C, D, E, F].into_iter().find(|letter| letter.to_string() == text)
    }

    /// Better than the other, both being judged.
    fn beats(self, other: Letter) -> bool {
        self < other && other != Letter::F
    }
}

impl std::fmt::Display for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}

/// A letter that somebody gave a source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Setting {
    /// From which day on; always, where not said.
    pub since: Option<Date>,
    /// The letter.
    pub letter: Letter,
    /// Who gave it.
    pub by: String,
    /// Why.
    pub why: String,
}

/// The letters given to sources, each with its history. Whoever has none is F.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letters(BTreeMap<EntityId, Vec<Setting>>);

impl Letters {
    /// The letters that come with gainsay: none, so that everybody is F until somebody judges.
    ///
    /// # Panics
    /// Never in a released build: a test loads the table.
    pub fn builtin() -> Letters {
        Letters::read("letters.tsv", include_str!("../../data/letters.tsv"))
            .unwrap_or_else(|error| panic!("{error}"))
    }

    /// Letters from a table with the columns `source`, `letter`, `since`, `by`, `why`.
    ///
    /// # Errors
    /// A row without source, with another letter than A to F, or with a day that is none.
    pub fn read(file: &str, text: &str) -> Result<Letters, TableError> {
        let mut letters = Letters::default();
        for row in table::rows(file, text)? {
            let letter = Letter::parse(row.get("letter"));
            let letter = letter
                .ok_or_else(|| row.error(format!("a letter from A to F, not {}", row.get("letter"))))?;
            let since = row.opt("since").map(str::parse).transpose();
            let since =
                since.map_err(|_| row.error(format!("a day as 2014-06-03, not {}", row.get("since"))))?;
            let source = row.opt("source").ok_or_else(|| row.error("no source"))?;
            let (by, why) = (row.get("by").to_string(), row.get("why").to_string());
            letters.set(source, Setting { since, letter, by, why });
        }
        Ok(letters)
    }

    /// Gives a source a letter from a day on; what it had before stays its history.
    pub fn set(&mut self, source: &str, setting: Setting) {
        let history = self.0.entry(source.to_string()).or_default();
        history.push(setting);
        history.sort();
        history.dedup();
    }

    /// The letter of a source on a day, or its latest.
    pub fn of(&self, source: &str, on: Option<Date>) -> Letter {
        let valid = |setting: &&Setting| setting.since.is_none_or(|since| on.is_none_or(|on| since <= on));
        self.history(source).iter().rfind(valid).map_or(Letter::F, |setting| setting.letter)
    }

    /// All letters a source was given, oldest first.
    pub fn history(&self, source: &str) -> &[Setting] {
        self.0.get(source).map_or(&[], Vec::as_slice)
    }
}

/// A letter and a number, as "C3".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Rating {
    /// The source's.
    pub letter: Letter,
    /// The information's, 1 to 6.
    pub number: u8,
}

impl std::fmt::Display for Rating {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.letter, self.number)
    }
}

/// The number of an information, by the letters of the independent camps that say so and of those that gainsay it:
/// 1 confirmed by two or more and gainsaid by none, 2 probably true, 3 possibly true (one voice), 4 doubtful,
/// 5 improbable (gainsaid by more, or by as many and better), 6 cannot be judged (one voice that nobody can name).
pub fn number(saying: &[Letter], gainsaying: &[Letter], nameless: bool) -> u8 {
    let best = |letters: &[Letter]| letters.iter().copied().min().unwrap_or(Letter::F);
    let (ours, theirs) = (best(saying), best(gainsaying));
    match crate::events::information(saying.len(), gainsaying.len(), nameless) {
        4 if ours.beats(theirs) => 3,
        4 if theirs.beats(ours) => 5,
        2 if theirs.beats(ours) => 4,
        number => number,
    }
}

/// The rating of a claim: the best letter of its roots on the day it was said, and how it stands among all that is
/// said of its event: of a figure against other figures of the same measure and group, of anything else against
/// denials. `None` for a claim that is not there.
pub fn rate(weighed: &Weighed, letters: &Letters, claim: &str) -> Option<Rating> {
    let at = *weighed.by_id.get(claim)?;
    let camps = Camps::new(weighed.corpus.names);
    let said = &weighed.said[at];
    let letter = said.voice.roots.iter().map(|root| letters.of(root, said.first)).min().unwrap_or_default();
    let members = weighed.of[at].map_or(vec![at], |event| weighed.members[event].clone());
    let (mut with, mut against): (BTreeSet<&EntityId>, BTreeSet<&EntityId>) =
        (BTreeSet::new(), BTreeSet::new());
    let counted;
    let own = said.link.figure.filter(|_| said.link.claim.status == Status::Asserted);
    if let Some((measure, range)) = own {
        let same = by_count(&weighed.said, &weighed.by_id, members.iter().copied());
        let claims = same.get(&(measure, said.link.group.as_str())).cloned().unwrap_or_default();
        counted = figures(&camps, &weighed.said, &claims);
        for figure in &counted {
            let list = if figure.range.agrees(range) { &mut with } else { &mut against };
            list.insert(&figure.root);
        }
        // A misquote is not its voice's word.
        if counted.iter().any(|figure| figure.misquotes.contains(&at)) {
            with.clear();
        }
    } else {
        for &other in &members {
            let status = weighed.said[other].link.claim.status;
            let list = match status {
                _ if status == said.link.claim.status => &mut with,
                Status::Asserted | Status::Denied => &mut against,
                _ => continue,
            };
            list.extend(&weighed.said[other].voice.roots);
        }
    }
    let saying = camps.among(with);
    let mut gainsaying = camps.among(against);
    gainsaying.retain(|camp, _| !saying.contains_key(camp));
    let of = |camps: &BTreeMap<EntityId, EntityId>| -> Vec<Letter> {
        camps.values().map(|root| letters.of(root, said.first)).collect()
    };
    let nameless = !saying.is_empty() && saying.values().all(|root| root.contains('@'));
    Some(Rating { letter, number: number(&of(&saying), &of(&gainsaying), nameless) })
}
