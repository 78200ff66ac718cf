//! `gainsay init`: makes a ledger.

use anyhow::Result;
use gainsay::keep;

use super::Context;
use crate::args::By;
use crate::{Outcome, out};

/// Makes an empty ledger.
pub fn run(context: &Context, by: By) -> Result<Outcome> {
    keep::init(context.ledger, &who(by))?;
    if !context.quiet {
        out::say(&format!("made {}", context.ledger.display()))?;
    }
    Ok(Outcome::Done)
}

/// Who does it: as given, else the name of whoever is logged in.
pub fn who(by: By) -> String {
    let logged_in = || ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
    by.by.or_else(logged_in).filter(|name| !name.is_empty()).unwrap_or_else(|| "unknown".to_owned())
}
