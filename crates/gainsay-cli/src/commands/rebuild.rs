//! `gainsay rebuild`: makes anew all that is derived.

use anyhow::Result;
use gainsay::rebuild::rebuild;

use super::Context;
use crate::Outcome;
use crate::out;

/// Rebuilds.
pub fn run(context: &Context) -> Result<Outcome> {
    let (reports, claims) = rebuild(context.ledger)?;
    if !context.quiet {
        out::say(&format!("rebuilt from {reports} reports and {claims} claims"))?;
    }
    Ok(Outcome::Done)
}
