//! Jobs that read what was added: one at a time, in the order they came; the last of them are remembered.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use gainsay::keep::Summary;
use gainsay::model::Warning;
use serde::Serialize;
use tokio::sync::Semaphore;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use axum::Json;
use axum::extract::State;

use crate::security::{Role, Who};
use crate::{ApiError, Desk};

/// So many jobs are remembered.
const REMEMBERED: usize = 100;
/// So many may wait.
const WAITING: usize = 20;
/// So many warnings of each sort are told.
const TOLD: usize = 200;

/// The routes of jobs.
pub fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(list))
}

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Others come first.
    Waiting,
    /// What was added is fetched and read.
    Reading,
    /// All of it was read; what is weighed follows by itself.
    Done,
    /// It was given up; what had been added before stays.
    Failed,
}

/// What is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// Files.
    Files,
    /// A text that somebody typed or pasted.
    Text,
    /// A page at an address.
    Address,
}

/// Something that was not taken in, or is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Said {
    /// The file or report.
    pub what: String,
    /// One line.
    pub message: String,
}

/// A job.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Job {
    /// Its id.
    pub id: String,
    /// Who began it.
    pub by: String,
    /// When, UTC.
    pub at: String,
    /// What is added.
    pub sort: Sort,
    /// Names of the files, the title of the text, the address.
    pub what: String,
    /// How many files there are.
    pub files: usize,
    /// How far it is.
    #[serde(rename = "state")]
    pub stage: Stage,
    /// Reports that were read so far.
    pub reports: usize,
    /// Those that are new in the ledger.
    pub added: usize,
    /// Those that were there already.
    pub unchanged: usize,
    /// Claims read from the new ones.
    pub claims: usize,
    /// What was not taken in, at most 200.
    pub refused: Vec<Said>,
    /// How many of these were known before anything was read.
    #[serde(skip)]
    pub before: usize,
    /// What is wrong with reports that were taken in, at most 200.
    pub faulty: Vec<Said>,
    /// Why it was given up.
    pub error: Option<String>,
}

/// Jobs, newest first.
#[derive(Serialize, ToSchema)]
struct List {
    items: Vec<Job>,
}

/// The jobs of a desk.
pub struct Jobs {
    known: Mutex<(u64, VecDeque<Job>)>,
    /// Held by the job that runs.
    pub(super) turn: Semaphore,
}

impl Default for Jobs {
    fn default() -> Jobs {
        Jobs { known: Mutex::default(), turn: Semaphore::new(1) }
    }
}

impl Jobs {
    fn known(&self) -> MutexGuard<'_, (u64, VecDeque<Job>)> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new job, which waits; `refused` is known before anything is read.
    ///
    /// # Errors
    /// When too many wait already.
    pub fn begin(
        &self,
        by: &str,
        at: String,
        sort: Sort,
        names: &[String],
        refused: Vec<Said>,
    ) -> Result<Job, ApiError> {
        let mut known = self.known();
        let (last, jobs) = &mut *known;
        if jobs.iter().filter(|job| job.stage == Stage::Waiting).count() >= WAITING {
            return Err(ApiError::too_many(
                "many things are being added already; try again when some are read",
                30,
            ));
        }
        *last += 1;
        let job = Job {
            id: last.to_string(),
            by: by.to_owned(),
            at,
            sort,
            what: shown(names),
            files: if sort == Sort::Files { names.len() } else { 0 },
            stage: Stage::Waiting,
            reports: 0,
            added: 0,
            unchanged: 0,
            claims: 0,
            before: refused.len(),
            refused,
            faulty: Vec::new(),
            error: None,
        };
        jobs.push_front(job.clone());
        // Only what is over is forgotten.
        while jobs.len() > REMEMBERED
            && jobs.back().is_some_and(|job| matches!(job.stage, Stage::Done | Stage::Failed))
        {
            jobs.pop_back();
        }
        Ok(job)
    }

    /// Changes a job, and gives it as it is then.
    pub fn change(&self, id: &str, change: impl FnOnce(&mut Job)) -> Option<Job> {
        let mut known = self.known();
        let job = known.1.iter_mut().find(|job| job.id == id)?;
        change(job);
        Some(job.clone())
    }

    /// All jobs, newest first.
    pub fn all(&self) -> Vec<Job> {
        self.known().1.iter().cloned().collect()
    }
}

impl Job {
    /// Takes over what became of the reports so far; `own` takes what is the desk's own out of a name.
    pub fn note(&mut self, summary: &Summary, own: &dyn Fn(&str) -> String) {
        self.added = summary.added;
        self.unchanged = summary.unchanged;
        self.claims = summary.claims;
        self.reports = summary.added + summary.unchanged;
        let line = |warning: &Warning| {
            let what = own(&warning.subject);
            let what = warning.line.map_or(what.clone(), |line| format!("{what}:{line}"));
            Said { what, message: own(&warning.message) }
        };
        // What was refused before anything was read stands first.
        self.refused.truncate(self.before);
        self.refused.extend(summary.refused.iter().take(TOLD).map(line));
        self.refused.truncate(TOLD);
        self.faulty = summary.faulty.iter().take(TOLD).map(line).collect();
    }
}

/// Up to three names.
pub(super) fn shown(names: &[String]) -> String {
    let mut shown = names.iter().take(3).map(String::as_str).collect::<Vec<_>>().join(", ");
    if names.len() > 3 {
        shown.push_str(", …");
    }
    shown
}

/// What is being added and what was added last, newest first. Forgotten when the desk stops; the ledger's log is not.
#[utoipa::path(get, path = "/api/jobs", responses((status = 200, body = List)))]
async fn list(State(desk): State<Desk>, who: Who) -> Result<Json<List>, ApiError> {
    who.needs(Role::Coder)?;
    Ok(Json(List { items: desk.jobs().all() }))
}
