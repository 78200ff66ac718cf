//! What Python is told went wrong: one of gainsay's own exceptions, with gainsay's own line.

use pyo3::PyErr;
use pyo3::exceptions::PyKeyboardInterrupt;

pyo3::import_exception!(gainsay._errors, GainsayError);
pyo3::import_exception!(gainsay._errors, InputError);
pyo3::import_exception!(gainsay._errors, LedgerError);
pyo3::import_exception!(gainsay._errors, NotFound);

/// What went wrong, of which sort; the sorts are exceptions in Python.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    /// What was given or asked for.
    Input(String),
    /// The ledger's file.
    Ledger(String),
    /// A name or id that nobody knows.
    NotFound(String),
    /// gainsay itself.
    Own(String),
    /// Somebody pressed Ctrl-C while another library's code ran.
    Interrupted,
}

impl Fault {
    /// What went wrong while a ledger was opened or written.
    pub(crate) fn of_ledger(error: gainsay::Error) -> Fault {
        Fault::Ledger(error.to_string())
    }

    /// A name that was looked up and not found.
    pub(crate) fn unknown(error: gainsay::Error) -> Fault {
        if error.is_input() { Fault::NotFound(error.to_string()) } else { Fault::Ledger(error.to_string()) }
    }
}

impl From<gainsay_tables::Error> for Fault {
    fn from(error: gainsay_tables::Error) -> Fault {
        Fault::Input(error.to_string())
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Fault::Input(what) | Fault::Ledger(what) | Fault::NotFound(what) | Fault::Own(what) => {
                f.write_str(what)
            }
            Fault::Interrupted => f.write_str("interrupted"),
        }
    }
}

impl std::error::Error for Fault {}

impl From<Fault> for PyErr {
    fn from(fault: Fault) -> PyErr {
        match fault {
            Fault::Input(what) => InputError::new_err(what),
            Fault::Ledger(what) => LedgerError::new_err(what),
            Fault::NotFound(what) => NotFound::new_err(what),
            Fault::Own(what) => GainsayError::new_err(what),
            Fault::Interrupted => PyKeyboardInterrupt::new_err(()),
        }
    }
}
