//! What is weighed: claims, the heads of the reports they were read from, and the words that names are known by.

use gainsay_lexicon::{Gazetteer, Lexicon, NameIndex, Words};
use gainsay_model::{Claim, Date};
use serde::{Deserialize, Serialize};

use crate::link::Decision;

/// All that weighing needs to know of a report. No text.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ReportHead {
    /// The report's id, as claims name it in `document`.
    pub id: String,
    /// The day it was said.
    pub published: Option<Date>,
    /// The day its text bears, where it bears one: what it tells without a day is of the days before this one, even
    /// where it was published again later.
    pub dated: Option<Date>,
    /// The outlet, as written.
    pub publisher: Option<String>,
    /// The outlet that the page itself credits, where that is another ("Source: … – WSJ", "(Reuters)").
    pub credited: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Where it was found; its domain names the outlet where no publisher does.
    pub url: Option<String>,
    /// SHA-256 of the text: reports with one text are copies. Empty where unknown.
    pub sha_text: String,
    /// Sorted hashes of runs of words of the text: reports that share most of them are copies. Empty where unknown.
    pub fingerprint: Vec<u64>,
}

/// Where names are looked up.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    /// Actors, sources, people.
    pub lexicon: &'a Lexicon,
    /// Places.
    pub gazetteer: &'a Gazetteer,
    /// All their names.
    pub index: &'a NameIndex,
}

impl<'a> From<&'a Words> for Names<'a> {
    fn from(words: &'a Words) -> Names<'a> {
        Names { lexicon: &words.lexicon, gazetteer: &words.gazetteer, index: &words.index }
    }
}

/// Claims from wherever they come, and what there is to know about the reports they stand in.
///
/// The order of both lists never matters. The same claim twice is once; of report heads with one id the first in
/// the order of their content counts; a claim whose report is unknown is weighed as of one without date and outlet.
#[derive(Clone, Copy)]
pub struct Corpus<'a> {
    /// Heads of the reports.
    pub reports: &'a [ReportHead],
    /// Claims read from them.
    pub claims: &'a [Claim],
    /// Where names are looked up.
    pub names: Names<'a>,
    /// Only reports published by this day count; those without a date do not.
    pub known_by: Option<Date>,
    /// What people have decided, in the order they did.
    pub decisions: &'a [Decision],
}

impl<'a> Corpus<'a> {
    /// Claims and report heads, with names looked up in `names` (a [`Words`] or parts of one).
    pub fn new(reports: &'a [ReportHead], claims: &'a [Claim], names: impl Into<Names<'a>>) -> Corpus<'a> {
        Corpus { reports, claims, names: names.into(), known_by: None, decisions: &[] }
    }
}
