//! Lists beside a ledger.
