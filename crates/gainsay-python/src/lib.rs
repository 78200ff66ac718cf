//! gainsay for Python: reading, ledgers and weighing, with Arrow tables in and out.
//!
//! **Takes** texts and tables as Arrow capsules, lists or streams.
//! **Gives** tables as capsules, whose buffers nobody copies.
//! **Never** holds the interpreter while it works, lets a panic out, or decides anything: that is `gainsay`'s.
//!
//! What people import is in `python/gainsay`; this is `gainsay._gainsay` below it.

mod capsule;
mod error;
mod wait;

mod rows;
mod table;

mod extract;
mod source;

mod answer;
mod keeper;
mod keys;
mod ledger;

mod stages;

use pyo3::prelude::*;

/// The part of gainsay that is not Python.
#[pymodule]
mod _gainsay {
    #[pymodule_export]
    use crate::extract::{Batches, extract};
    #[pymodule_export]
    use crate::keeper::Answers;
    #[pymodule_export]
    use crate::ledger::{add, init, open, verify, weigh};
    #[pymodule_export]
    use crate::stages::{
        Stage, read_reports, stage_claims, stage_events, stage_plan, stage_reports, stage_weighed,
    };
    #[pymodule_export]
    use crate::table::{Schema, Table};

    #[pymodule_init]
    fn prepare(_module: &pyo3::Bound<'_, pyo3::types::PyModule>) -> pyo3::PyResult<()> {
        crate::keys::prepare();
        Ok(())
    }

    /// Version of gainsay.
    #[pymodule_export]
    #[allow(non_upper_case_globals)]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
