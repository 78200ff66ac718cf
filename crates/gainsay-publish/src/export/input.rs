//! What an export is made of: the nouns of a ledger, filtered, weighed, and already without private names.

use std::collections::BTreeMap;

use gainsay_lexicon::Words;
use gainsay_model::{
    Claim, ClaimId, Control, Date, Dispute, EntityId, Event, Holding, Policy, Report, Siege, SourceView,
    Tally, Tie,
};
use serde::{Deserialize, Serialize};

/// Everything that exports write. Whoever fills it has put pseudonyms in the place of private names, in all of it:
/// writers look nothing up but what the word lists know, and so can give nobody away.
pub struct Export<'a> {
    /// Names of actors, sources and places that everybody knows.
    pub words: &'a Words,
    /// Names of ids that the word lists do not know.
    pub names: BTreeMap<EntityId, String>,
    /// The day that "who holds what" is asked of.
    pub at: Option<Date>,
    /// Only what had been said by this day counts.
    pub known_by: Option<Date>,
    /// The policy of the events' figures.
    pub policy: Policy,
    /// Coordinates are moved to the middle of squares of so many kilometres; 0 leaves them.
    pub coarsen_km: u32,
    /// Pseudonyms that stand for private persons; `None` where names are shown.
    pub pseudonyms: Option<usize>,
    /// Reports, by id; without texts where the format holds none.
    pub reports: Vec<Document>,
    /// Claims, by report and then in the order of the text.
    pub claims: Vec<Said>,
    /// Events, by id.
    pub events: Vec<Event>,
    /// Disputes and revisions, by id.
    pub disputes: Vec<Dispute>,
    /// Whoever speaks, by id.
    pub sources: Vec<SourceView>,
    /// Figures: of each event, and of the whole asked about; under [`Export::policy`].
    pub tallies: Vec<Tally>,
    /// The dead of each event under `acled/1`, by measure and group; empty where the format does not ask for them.
    pub acled: Vec<Tally>,
    /// Who held what from when to when.
    pub holdings: Vec<Holding>,
    /// Who holds what on the day.
    pub controls: Vec<Control>,
    /// Who was cut off.
    pub sieges: Vec<Siege>,
    /// How actors stood to each other.
    pub ties: Vec<Tie>,
    /// Who read what, when, on whose behalf.
    pub readings: Vec<Reading>,
    /// What people decided.
    pub decisions: Vec<Decided>,
}

/// A report, and how it came into the ledger.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The report.
    #[serde(flatten)]
    pub report: Report,
    /// Characters of its text.
    pub characters: u64,
    /// SHA-256 of its text as it was read, 64 hexadecimal digits.
    pub text_sha256: String,
    /// SHA-256 of the bytes it came as.
    pub raw_sha256: String,
    /// How many bytes these are.
    pub raw_size: u64,
    /// When it was taken in (RFC 3339, UTC).
    pub added_at: String,
    /// By whom.
    pub added_by: String,
}

/// A claim, with its report and what weighing found of it: a line of `gainsay claims`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Said {
    /// The claim.
    #[serde(flatten)]
    pub claim: Claim,
    /// The report's id.
    pub report: String,
    /// Who published it, as written.
    #[serde(default)]
    pub outlet: Option<String>,
    /// The day it was said.
    #[serde(default)]
    pub published: Option<Date>,
    /// The independent voices behind it.
    pub roots: Vec<EntityId>,
    /// Whose side each of these is on.
    pub sides: Vec<String>,
    /// The event it is about.
    #[serde(default)]
    pub event: Option<String>,
    /// What was decided of it.
    #[serde(default)]
    pub decided: Option<String>,
    /// The slots in which a private person is named: `actor`, `target`, `source`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub private: BTreeMap<String, bool>,
}

/// One reader's reading of one report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Its entry in the log.
    pub entry: u64,
    /// The report.
    pub report: String,
    /// Name and version of whoever read it.
    pub reader: String,
    /// When (RFC 3339, UTC).
    pub at: String,
    /// Who had it read.
    pub by: String,
}

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// Its entry in the log.
    pub entry: u64,
    /// When (RFC 3339, UTC).
    pub at: String,
    /// Who decided.
    pub by: String,
    /// What: confirm, reject, correct, merge …
    pub decision: String,
    /// The ids it is of.
    pub of: Vec<String>,
    /// Why; empty where nobody said.
    pub why: String,
    /// The entry that undid it.
    #[serde(default)]
    pub undone_by: Option<u64>,
}

impl Export<'_> {
    /// The name of an actor, source or place, for people to read; the id where nobody knows one.
    pub fn name<'n>(&'n self, id: &'n str) -> &'n str {
        if let Some(place) = self.words.gazetteer.place(id) {
            return &place.name;
        }
        let known = self.words.lexicon.name(id);
        if known != id {
            return known;
        }
        self.names.get(id).map_or(id, String::as_str)
    }

    /// The names of several, parted by semicolons.
    pub fn names(&self, ids: &[EntityId]) -> String {
        ids.iter().map(|id| self.name(id)).collect::<Vec<_>>().join("; ")
    }
}

/// Things found by id while rows are written.
pub(super) struct Index<'e> {
    /// Claims by id.
    pub claims: BTreeMap<&'e str, &'e Said>,
    /// Reports by id.
    pub reports: BTreeMap<&'e str, &'e Document>,
    /// Figures by event.
    tallies: BTreeMap<&'e str, Vec<&'e Tally>>,
}

impl<'e> Index<'e> {
    /// The index over an export, with these figures.
    pub fn of(export: &'e Export, tallies: &'e [Tally]) -> Index<'e> {
        let mut of: BTreeMap<&str, Vec<&Tally>> = BTreeMap::new();
        for tally in tallies {
            if let Some(event) = &tally.scope.event {
                of.entry(event).or_default().push(tally);
            }
        }
        Index {
            claims: export.claims.iter().map(|said| (said.claim.id.as_str(), said)).collect(),
            reports: export.reports.iter().map(|one| (one.report.id.as_str(), one)).collect(),
            tallies: of,
        }
    }

    /// The figures of an event.
    pub fn tallies(&self, event: &str) -> &[&'e Tally] {
        self.tallies.get(event).map_or(&[], Vec::as_slice)
    }

    /// The claims of an event that the export holds.
    pub fn behind<'s>(&'s self, claims: &'s [ClaimId]) -> impl Iterator<Item = &'e Said> + 's {
        claims.iter().filter_map(|id| self.claims.get(id.as_str()).copied())
    }

    /// The reports behind these claims, each once, by id.
    pub fn documents(&self, claims: &[ClaimId]) -> Vec<&'e Document> {
        let ids: std::collections::BTreeSet<&str> =
            self.behind(claims).map(|said| said.report.as_str()).collect();
        ids.into_iter().filter_map(|id| self.reports.get(id).copied()).collect()
    }
}
