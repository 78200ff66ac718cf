//! Ledgers of earlier schemas open, keep what they hold, and verify.

use std::path::Path;

use gainsay_ledger::{Action, ClaimFilter, Ledger, SCHEMA};

#[test]
fn a_ledger_of_every_earlier_schema_opens() {
    let ledgers = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ledgers");
    for schema in 1..SCHEMA {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("old.gpkg");
        std::fs::copy(ledgers.join(format!("schema-{schema}.gpkg")), &path).unwrap();
        assert!(Ledger::open_read_only(&path).unwrap_err().to_string().contains("older"));
        let ledger = Ledger::open(&path).unwrap();
        assert_eq!(ledger.verify().unwrap(), []);
        assert_eq!(ledger.counts().unwrap(), (4, 8));
        assert_eq!(ledger.report_rows().unwrap().len(), 4);
        assert_eq!(ledger.claims(&ClaimFilter::default()).unwrap().len(), 8);
        assert_eq!(ledger.entries_of(Action::Decision).unwrap().len(), 1);
        assert!(ledger.is_stale().unwrap(), "what is weighed is to be made again");
        // The copy beside it is the ledger as it was.
        assert!(folder.path().join(format!("old.gpkg.schema-{schema}")).exists());
    }
}
