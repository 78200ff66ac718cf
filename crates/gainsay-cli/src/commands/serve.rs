//! `gainsay serve`: the desk.

use anyhow::Result;
use gainsay_desk::Options;

use super::Context;
use super::init::who;
use crate::Outcome;
use crate::args::Serve;
use crate::out;

/// Serves the desk until the program is told to stop.
pub fn run(context: &Context, typed: Serve) -> Result<Outcome> {
    let options = Options {
        ledger: context.ledger.to_owned(),
        listen: typed.listen,
        hosts: typed.hosts,
        // A child process weighs: what it needs of memory is given back when it ends.
        program: std::env::current_exe().ok(),
        by: who(typed.by),
    };
    gainsay_desk::serve(options, &|line| out::tell(line))?;
    Ok(Outcome::Done)
}
