//! How far long work over a whole ledger is, told to whoever listens.
//!
//! One listener for the process, as with a log: what is told changes nothing of what is done, and most callers have nobody
//! to tell.

use std::sync::OnceLock;

/// A step that has begun.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// What the work is called: `weighing`, `verifying` …
    pub work: &'static str,
    /// What this step of it is called.
    pub name: &'static str,
    /// The part of the work that lies behind, 0 to 1; as measured on a ledger of a million claims.
    pub part: f64,
}

/// Is told of each step as it begins, and `None` when the work is done.
pub type Listener = fn(Option<Step>);

static LISTENER: OnceLock<Listener> = OnceLock::new();

/// Tells `listener` of every step from now on. Only the first listener is ever told.
pub fn listen(listener: Listener) {
    let _ = LISTENER.set(listener);
}

/// Work under way; it is done when this is dropped.
pub(crate) struct Work(&'static str);

impl Work {
    /// Begins some work with its first step.
    pub(crate) fn begin(work: &'static str, name: &'static str) -> Work {
        let begun = Work(work);
        begun.step(name, 0.0);
        begun
    }

    /// Tells that a step begins when so much of the work is done.
    pub(crate) fn step(&self, name: &'static str, part: f64) {
        if let Some(listener) = LISTENER.get() {
            listener(Some(Step { work: self.0, name, part }));
        }
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        if let Some(listener) = LISTENER.get() {
            listener(None);
        }
    }
}
