//! What went wrong, in one line: what, where, and what to do about it.

use std::error::Error as StdError;
use std::fmt;

use gainsay_model::Warning;

/// Why a job could not be done. One line; what stands behind it is its `source`.
#[derive(Debug)]
pub struct Error {
    kind: Kind,
    what: String,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// Of what sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// What was asked for, or what was given to read.
    Input,
    /// Something was checked and is not as it should be.
    Wrong,
    /// The disk, a pipe.
    Io,
}

impl Error {
    /// Something that was asked for, or given to read, is no good.
    pub fn input(what: impl Into<String>) -> Error {
        Error { kind: Kind::Input, what: what.into(), source: None }
    }

    /// Something was checked and is not as it should be.
    pub fn wrong(what: impl Into<String>) -> Error {
        Error { kind: Kind::Wrong, what: what.into(), source: None }
    }

    /// A file could not be read or written; `what` names it.
    pub fn io(what: impl Into<String>, source: std::io::Error) -> Error {
        Error { kind: Kind::Io, what: what.into(), source: Some(Box::new(source)) }
    }

    /// Something stands in the way now, and may not later.
    pub(crate) fn busy(what: impl Into<String>) -> Error {
        Error { kind: Kind::Io, what: what.into(), source: None }
    }

    /// An error of a ledger that was there before: whatever is wrong with it now, nobody asked for a wrong file.
    pub(crate) fn of_ledger(error: gainsay_ledger::Error) -> Error {
        let error = Error::from(error);
        let kind = if error.kind == Kind::Input { Kind::Io } else { error.kind };
        Error { kind, ..error }
    }

    /// The same, with what had been done before it.
    pub(crate) fn after(mut self, done: &str) -> Error {
        self.what = format!("{}; {done}", self.what);
        self
    }

    /// Bad usage or bad input.
    pub fn is_input(&self) -> bool {
        self.kind == Kind::Input
    }

    /// Found wrong: a damaged ledger.
    pub fn is_wrong(&self) -> bool {
        self.kind == Kind::Wrong
    }

    /// The disk or a pipe refused.
    pub fn is_io(&self) -> bool {
        self.kind == Kind::Io
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}

impl From<gainsay_ledger::Error> for Error {
    fn from(error: gainsay_ledger::Error) -> Error {
        let kind = if error.is_damaged() {
            Kind::Wrong
        } else if error.is_full() || error.is_busy() || error.is_read_only() {
            Kind::Io
        } else {
            Kind::Input
        };
        // The ledger's own line says all of it; its source would say it again.
        Error { kind, what: error.to_string(), source: None }
    }
}

impl From<Warning> for Error {
    fn from(warning: Warning) -> Error {
        Error::input(warning.to_string())
    }
}
