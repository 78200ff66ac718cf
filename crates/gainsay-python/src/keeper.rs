//! A thread that keeps what was weighed, and answers from it: what is weighed borrows what it was weighed from, and
//! Python's objects can borrow nothing.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Sender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use gainsay::model::{Claim, Date, Report};
use gainsay::shelf::Shelf;
use gainsay::veil::{PrivateNames, Veil};
use gainsay::{Weighed, Words};
use pyo3::prelude::*;

use crate::answer::{self, Asked};
use crate::error::Fault;
use crate::table::Table;
use crate::wait::await_result;

/// What there is to answer from.
pub(crate) enum Kept {
    /// A ledger.
    Ledger(PathBuf),
    /// Reports and claims that no ledger keeps.
    Loose(Vec<Report>, Vec<Claim>, &'static Words),
}

/// What was weighed, as far as somebody asked for it.
pub(crate) struct Held<'a> {
    kept: &'a Kept,
    pub(crate) shelf: &'a Shelf,
    all: Option<Weighed<'a>>,
    /// What was known by the day that was asked about last.
    by: Option<(Date, Weighed<'a>)>,
    veil: Option<Veil>,
}

impl<'a> Held<'a> {
    /// All of it weighed.
    pub(crate) fn all(&mut self) -> &Weighed<'a> {
        let shelf = self.shelf;
        self.all.get_or_insert_with(|| shelf.weigh(None))
    }

    /// As known by a day, or all of it.
    pub(crate) fn known_by(&mut self, day: Option<Date>) -> &Weighed<'a> {
        let Some(day) = day else { return self.all() };
        if self.by.as_ref().is_some_and(|(known, _)| *known != day) {
            self.by = None;
        }
        let shelf = self.shelf;
        &self.by.get_or_insert_with(|| (day, shelf.weigh(Some(day)))).1
    }

    /// What hides private persons.
    pub(crate) fn veil(&mut self) -> Result<&Veil, Fault> {
        if self.veil.is_none() {
            let (names, salt) = match self.kept {
                Kept::Ledger(path) => {
                    let names = PrivateNames::gather(path, self.shelf, None).map_err(Fault::of_ledger)?;
                    (names, gainsay::keys::pseudonyms(path).map_err(Fault::of_ledger)?)
                }
                Kept::Loose(reports, ..) => PrivateNames::loose(reports, self.shelf),
            };
            self.veil = Some(Veil::new(&names, &salt));
        }
        self.veil.as_ref().ok_or_else(|| Fault::Own("no veil".to_owned()))
    }

    /// The ledger's file, where there is one.
    pub(crate) fn path(&self) -> Option<&PathBuf> {
        match self.kept {
            Kept::Ledger(path) => Some(path),
            Kept::Loose(..) => None,
        }
    }
}

type Job = Box<dyn FnOnce(&mut Held<'_>) + Send>;

/// Answers from a ledger as it stood when it was opened, or from claims that no ledger keeps.
#[pyclass(frozen, module = "gainsay._gainsay")]
pub(crate) struct Answers {
    jobs: Mutex<Option<Sender<Job>>>,
    /// A process that was forked off has no thread to ask.
    process: u32,
}

impl Answers {
    /// Starts the thread, which opens what is to be kept.
    ///
    /// # Errors
    /// When the ledger cannot be opened; Ctrl-C.
    pub(crate) fn start(py: Python<'_>, kept: Kept) -> PyResult<(Answers, usize)> {
        let (put, jobs) = channel::<Job>();
        let (opened, result) = sync_channel(1);
        let keep = move || {
            let mut left_out = 0;
            let shelf = match &kept {
                Kept::Ledger(path) => Shelf::open(path).map_err(Fault::of_ledger),
                Kept::Loose(reports, claims, words) => {
                    let (shelf, missing) = Shelf::loose_by(reports, claims.clone(), words);
                    left_out = missing;
                    Ok(shelf)
                }
            };
            let shelf = match shelf {
                Ok(shelf) => shelf,
                Err(fault) => return drop(opened.send(Err(fault))),
            };
            let _ = opened.send(Ok(left_out));
            let mut held = Held { kept: &kept, shelf: &shelf, all: None, by: None, veil: None };
            for job in jobs {
                job(&mut held);
            }
        };
        let started = thread::Builder::new().name("gainsay-answers".to_owned()).spawn(keep);
        started.map_err(|error| Fault::Own(format!("no thread to answer with ({error})")))?;
        let left_out = await_result(py, result, &AtomicBool::new(false))??;
        Ok((Answers { jobs: Mutex::new(Some(put)), process: std::process::id() }, left_out))
    }

    /// Asks the thread, and waits.
    ///
    /// # Errors
    /// What the job gives; closed; in another process; Ctrl-C.
    fn ask<T: Send + 'static>(
        &self,
        py: Python<'_>,
        job: impl FnOnce(&mut Held<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> PyResult<T> {
        if std::process::id() != self.process {
            let what = "this was opened in another process; open it anew in this one";
            return Err(Fault::Ledger(what.to_owned()).into());
        }
        let (put, result) = sync_channel(1);
        let job = Box::new(move |held: &mut Held<'_>| drop(put.send(job(held))));
        let jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(jobs) = jobs else { return Err(Fault::Ledger("the ledger is closed".to_owned()).into()) };
        let gone =
            || Fault::Own("gainsay has a fault that this ledger brings out; please send it in".to_owned());
        jobs.send(job).map_err(|_| gone())?;
        Ok(await_result(py, result, &AtomicBool::new(false))??)
    }
}

#[pymethods]
impl Answers {
    /// The lines of an answer as a table.
    fn table(&self, py: Python<'_>, what: String, asked: Asked, names: bool) -> PyResult<Table> {
        self.ask(py, move |held| answer::table(held, &what, &asked, names))
    }

    /// Everything behind an id, as JSON.
    fn why(&self, py: Python<'_>, id: String, names: bool) -> PyResult<String> {
        self.ask(py, move |held| answer::why(held, &id, names))
    }

    /// Lets the thread go.
    fn close(&self) {
        *self.jobs.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Whether it was let go.
    #[getter]
    fn closed(&self) -> bool {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner).is_none()
    }
}
