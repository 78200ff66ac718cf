//! Checking a ledger, and making anew all that is derived in it.

use std::path::Path;

use gainsay_ledger::{Fault, Head, Ledger, Trust, Verified};

use crate::shelf::Shelf;
use crate::steps::Work;
use crate::{Error, keys, words};

/// What checking found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// What is not as it should be; nothing where all is well.
    pub faults: Vec<Fault>,
    /// Where the log ends; noted down elsewhere it shows later whether the log was cut or made anew.
    pub head: Option<Head>,
    /// Reports and claims.
    pub counts: Option<(u64, u64)>,
    /// Reports were added that have not been weighed yet.
    pub stale: bool,
}

/// Checks every hash, the chain of the log, and that all that is derived agrees with it. Writes nothing.
///
/// # Errors
/// When the file is no ledger, or cannot be read at all.
pub fn verify(path: &Path) -> Result<Checked, Error> {
    let ledger = keys::read(path)?;
    let _work = Work::begin("verifying", "every hash");
    let mut found = ledger.verified(&Trust::default())?;
    weighed_again(&ledger, &mut found);
    let mut faults = found.faults;
    faults.extend(words::faults(path)?);
    Ok(Checked {
        head: ledger.head().ok(),
        counts: ledger.counts().ok(),
        stale: ledger.is_stale().unwrap_or(false),
        faults,
    })
}

/// Weighs again what was weighed and is signed by no key that counts, and holds the one to the other. Where reports were
/// added since, there is nothing to hold it to. Writes nothing. What became of it, where there was anything to do.
pub(crate) fn weighed_again(ledger: &Ledger, found: &mut Verified) -> Option<String> {
    if found.weighed != Some(false) {
        return None;
    }
    if ledger.is_stale().unwrap_or(true) {
        return Some("and older than the log: nothing holds it; `gainsay rebuild` makes it anew".to_owned());
    }
    let faults = Shelf::anew(ledger).and_then(|shelf| Ok(ledger.differs_from(&shelf.derived())?));
    Some(match faults {
        Ok(faults) => {
            found.faults.extend(faults);
            "and was weighed again from the log instead".to_owned()
        }
        // Damaged, or with decisions of a newer version.
        Err(error) => format!("and cannot be weighed again to hold it to that ({error})"),
    })
}

/// Drops all that is derived and makes it anew from the log and what it binds. How many reports and claims there are.
///
/// # Errors
/// When a report or reading is damaged, or the ledger cannot be written; it is then as it was before.
pub fn rebuild(path: &Path) -> Result<(u64, u64), Error> {
    let mut ledger = keys::derive(path)?;
    {
        let _work = Work::begin("rebuilding", "tables");
        ledger.rebuild()?;
    }
    let derived = Shelf::of(&ledger)?.derived();
    ledger.write_derived(&derived)?;
    let counts = ledger.counts()?;
    ledger.close()?;
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::process::Command;

    use gainsay_ledger::Action;
    use tempfile::TempDir;

    use super::*;
    use crate::custody::{Asked, state};
    use crate::{Input, keep};

    const REPORTS: &str = concat!(
        r#"{"id":"wire-1","published":"2014-06-04","publisher":"Euphrates Wire","title":"Toll","text":"#,
        r#""12 civilians were killed in the city of Deir ez-Zor on Tuesday, activists said."}"#,
        "\n",
        r#"{"id":"wire-2","published":"2014-06-05","publisher":"Desert Post","title":"Another toll","text":"#,
        r#""14 civilians were killed in the city of Deir ez-Zor on 3 June 2014, the governor said."}"#,
        "\n",
    );

    fn ledger(folder: &TempDir) -> PathBuf {
        let (path, reports) = (folder.path().join("l.gpkg"), folder.path().join("reports.jsonl"));
        std::fs::write(&reports, REPORTS).unwrap();
        keep::init(&path, "amal").unwrap();
        keep::add(&path, &[Input::from_arg(&reports)], "amal", &mut |_| {}).unwrap();
        path
    }

    fn tamper(path: &Path, sql: &str) {
        let script = format!(
            "import sqlite3\nb = sqlite3.connect({:?})\nb.executescript({sql:?})",
            path.display().to_string()
        );
        assert!(Command::new("python3").args(["-c", &script]).status().expect("python3 runs").success());
    }

    /// Changes what was weighed, as somebody does who can make the hash of it anew and has no key.
    fn forge(path: &Path, sql: &str) {
        tamper(path, &format!("{sql}; DELETE FROM meta WHERE key IN ('derived_key', 'derived_signature')"));
        let digest = Ledger::open_read_only(path).unwrap().derived_digest().unwrap();
        tamper(path, &format!("UPDATE meta SET value = '{digest}' WHERE key = 'derived_digest'"));
    }

    fn faults(path: &Path) -> Vec<String> {
        let faults = verify(path).unwrap().faults.iter().map(ToString::to_string).collect();
        let stated = state(path, &Asked::default()).unwrap().faults;
        assert_eq!(faults, stated.iter().map(ToString::to_string).collect::<Vec<_>>());
        faults
    }

    #[test]
    fn what_was_weighed_and_changed_with_its_hash_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let path = ledger(&folder);
        let sound = std::fs::read(&path).unwrap();
        forge(&path, "");
        assert!(faults(&path).is_empty(), "what is not signed is weighed again, and is the same");
        let remarks = state(&path, &Asked::default()).unwrap().remarks;
        assert!(remarks.iter().any(|remark| remark.contains("was weighed again")), "{remarks:?}");
        for (sql, told) in [
            (
                "UPDATE events SET killed_best = 120",
                "events `2014-06-03-casualties-deir-ez-zor-city`: is not as it is",
            ),
            ("DELETE FROM disputes", "disputes `"),
            ("UPDATE heads SET credited = 'SANA' WHERE report = 'wire-1'", "heads `wire-1`: is not as it is"),
            ("UPDATE sources SET side = 'government'", "sources `"),
        ] {
            std::fs::write(&path, &sound).unwrap();
            forge(&path, sql);
            let faults = faults(&path);
            assert!(faults.iter().any(|fault| fault.starts_with(told)), "{sql}: {faults:#?}");
        }
        // Changed alone, it is found by the hash, and told of by row all the same.
        std::fs::write(&path, &sound).unwrap();
        tamper(&path, "UPDATE events SET killed_best = 120");
        assert!(faults(&path).iter().any(|fault| fault.starts_with("events `2014-06-03-")));
        std::fs::write(&path, &sound).unwrap();
        rebuild(&path).unwrap();
        assert!(faults(&path).is_empty());
    }

    #[test]
    fn what_cannot_be_weighed_again_is_said_and_no_fault() {
        let folder = tempfile::tempdir().unwrap();
        let path = ledger(&folder);
        let mut open = keys::write(&path, "amal").unwrap();
        let newer = serde_json::json!({ "decision": "as-only-a-newer-version-knows" });
        open.decide("amal", crate::clock::now().unwrap(), Action::Decision, &newer).unwrap();
        open.close().unwrap();
        let head = Ledger::open_read_only(&path).unwrap().head().unwrap().hash;
        forge(&path, &format!("UPDATE meta SET value = '{head}' WHERE key = 'derived_head'"));
        assert!(faults(&path).is_empty());
        let remarks = state(&path, &Asked::default()).unwrap().remarks;
        assert!(remarks.iter().any(|remark| remark.contains("cannot be weighed again")), "{remarks:?}");
    }
}
