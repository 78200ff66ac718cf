//! What a brief is made of.

use gainsay_lexicon::{Place, Words};
use gainsay_model::{
    Claim, ClaimId, Control, Date, Dispute, EntityId, Event, Field, Holding, Report, Siege, SourceView,
    Tally, Tie,
};

use crate::names::People;

/// Everything one brief shows. All of it is already weighed and filtered; the brief adds nothing and drops nothing.
#[derive(Clone, Copy)]
pub struct BriefInput<'a> {
    /// Headline.
    pub title: &'a str,
    /// First day of the period; `None` for everything up to `to`.
    pub from: Option<Date>,
    /// Last day of the period, the day the map shows.
    pub to: Date,
    /// Only what had been said by this day counts.
    pub known_by: Option<Date>,
    /// The area; `None` for everywhere.
    pub place: Option<&'a Place>,
    /// The reports the claims were read from.
    pub reports: &'a [ReportHead],
    /// The claims everything else stands on.
    pub claims: &'a [Claim],
    /// What is held to have happened.
    pub events: &'a [Event],
    /// Where claims cannot all be true, and where one voice revised itself.
    pub disputes: &'a [Dispute],
    /// Counts by source and by policy.
    pub tallies: &'a [Tally],
    /// Who holds what at `to`.
    pub controls: &'a [Control],
    /// Who held what at `from`.
    pub controls_before: &'a [Control],
    /// Who held what from when to when.
    pub holdings: &'a [Holding],
    /// Sieges that touch the period.
    pub sieges: &'a [Siege],
    /// How actors stand to each other, by whom.
    pub ties: &'a [Tie],
    /// Who fled, from where, to where.
    pub displacement: &'a [Displaced],
    /// Who speaks.
    pub sources: &'a [SourceView],
    /// Names of actors, sources and places, and the outlines of the map.
    pub words: &'a Words,
    /// What to do with the names of private persons.
    pub names: NamePolicy,
    /// Private persons that are known of already; those of the claims and titles are looked for all the same, but for
    /// claims of reports that were looked through.
    pub people: Option<&'a People>,
    /// Coordinates are moved to the middle of a grid's cells of so many kilometres; 0 leaves them.
    pub coarsen_km: u32,
    /// Secret that keeps pseudonyms from being guessed; the same salt gives the same pseudonyms.
    pub salt: &'a str,
}

/// What to do with the names of private persons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NamePolicy {
    /// A stable pseudonym in their place, in quoted words too.
    #[default]
    Pseudonyms,
    /// Names as the reports give them.
    Names,
}

/// A report without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportHead {
    /// Its id, which claims give as their document.
    pub id: String,
    /// Headline.
    pub title: Option<String>,
    /// Outlet.
    pub publisher: Option<String>,
    /// The day it was said.
    pub published: Option<Date>,
    /// Where it was found.
    pub url: Option<String>,
    /// ISO 639-1 code.
    pub language: Option<String>,
    /// Which of these were guessed.
    pub guessed: Vec<Field>,
}

impl From<&Report> for ReportHead {
    fn from(report: &Report) -> ReportHead {
        ReportHead {
            id: report.id.clone(),
            title: report.title.clone(),
            publisher: report.publisher.clone(),
            published: report.published,
            url: report.url.clone(),
            language: report.language.clone(),
            guessed: report.guessed.clone(),
        }
    }
}

/// Whether a number of displaced people is a total standing at a day, or people who fled within a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DisplacementKind {
    /// So many are displaced, as of that day.
    Stock,
    /// So many fled in that span.
    Flow,
}

/// One number of displaced people, by one voice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Displaced {
    /// Total or movement; the two are never added up.
    pub kind: DisplacementKind,
    /// From where, or where; empty where nobody says.
    pub place: Vec<EntityId>,
    /// First day.
    pub from: Option<Date>,
    /// Last day; for a total the day it was so.
    pub to: Option<Date>,
    /// At least.
    pub low: Option<u64>,
    /// At most.
    pub high: Option<u64>,
    /// Of whom.
    pub group: String,
    /// The independent voice.
    pub root: EntityId,
    /// Whose side that is on.
    pub side: String,
    /// The text says that it could not be confirmed.
    pub unverified: bool,
    /// The claims behind it.
    pub claims: Vec<ClaimId>,
}
