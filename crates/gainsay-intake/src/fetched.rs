//! A page or a feed that was fetched, and what is known of it from elsewhere.

use std::collections::BTreeSet;

use gainsay_model::{Field, Report};

use crate::fields::Fields;

/// Bytes to read as a file of that name would be, and what came with them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fetched {
    /// A name for them, with an extension that says how they are read.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Where they were found.
    pub url: Option<String>,
    /// What is known of the one report in them from elsewhere, as a feed knows a page: its id goes before any other,
    /// the rest fills what the page does not say. Nothing of it is laid over several reports.
    pub known: Fields,
    /// Ids of reports in them that are not wanted.
    pub without: BTreeSet<String>,
    /// Files to keep beside the reports: name and bytes.
    pub beside: Vec<(String, Vec<u8>)>,
}

impl Fetched {
    /// Lays what is known over the one report of these bytes.
    pub(crate) fn complete(&self, report: &mut Report) {
        if let Some(url) = &self.url {
            report.url = Some(url.clone());
        }
        let Ok((known, _)) =
            (Fields { text: Some("-".to_owned()), ..self.known.clone() }).report(String::new)
        else {
            return;
        };
        if !known.id.is_empty() {
            report.id = known.id;
        }
        let mut fill = |field: &mut Option<String>, known: Option<String>, which: gainsay_model::Field| {
            // What metadata says elsewhere goes before a guess.
            let guessed = report.guessed.contains(&which);
            if known.is_some() && (field.is_none() || guessed) {
                *field = known;
                report.guessed.retain(|field| *field != which);
            }
        };
        let (mut publisher, mut author, mut title, mut language) =
            (report.publisher.take(), report.author.take(), report.title.take(), report.language.take());
        fill(&mut publisher, known.publisher, Field::Publisher);
        fill(&mut author, known.author, Field::Author);
        fill(&mut title, known.title, Field::Title);
        let known_language = known.language.filter(|_| !known.guessed.contains(&Field::Language));
        fill(&mut language, known_language, Field::Language);
        (report.publisher, report.author, report.title, report.language) =
            (publisher, author, title, language);
        if known.published.is_some()
            && (report.published.is_none() || report.guessed.contains(&Field::Published))
        {
            report.published = known.published;
            report.guessed.retain(|field| *field != Field::Published);
        }
    }
}
