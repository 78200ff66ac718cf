//! `gainsay weigh`: the answers that the desk works from.

use std::time::Instant;

use anyhow::Result;
use gainsay::answers;

use super::Context;
use crate::Outcome;
use crate::args::Weigh;
use crate::out;

/// Weighs the ledger and writes the answers over it beside it; says how long each step took.
pub fn run(context: &Context, typed: &Weigh) -> Result<Outcome> {
    let mut last = Instant::now();
    answers::make(context.ledger, !typed.answers, &mut |step| {
        if !context.quiet {
            out::tell(&format!("{step}: {:.1} s", last.elapsed().as_secs_f64()));
        }
        last = Instant::now();
    })?;
    if !context.quiet {
        out::say(&format!("wrote {}", answers::path_of(context.ledger).display()))?;
    }
    Ok(Outcome::Done)
}
