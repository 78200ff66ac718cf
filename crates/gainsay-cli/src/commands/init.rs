//! `gainsay init`: makes a ledger.

use anyhow::Result;
use gainsay::{atrest, keep};

use super::{Context, encrypt};
use crate::args::By;
use crate::{Outcome, out};

/// What ledger to make.
#[derive(Debug, clap::Args)]
pub struct Init {
    /// Encrypt it as a whole, under a passphrase; map programs such as QGIS open a plain one only
    #[arg(long)]
    encrypted: bool,
    /// Who makes it.
    #[command(flatten)]
    by: By,
}

/// Makes an empty ledger.
pub(super) fn run(context: &Context, typed: Init) -> Result<Outcome> {
    let by = who(typed.by);
    match typed.encrypted {
        true => atrest::init(context.ledger, &by, encrypt::asked(context.ledger)?)?,
        false => keep::init(context.ledger, &by)?,
    }
    if !context.quiet {
        out::say(&format!("made {}", context.ledger.display()))?;
    }
    Ok(Outcome::Done)
}

/// Who does it: as given, else the name of whoever is logged in, else of the account that the program runs under.
pub fn who(by: By) -> String {
    let told = |name: &str| std::env::var(name).ok();
    let names = [by.by].into_iter().chain(["USER", "LOGNAME", "USERNAME"].map(told)).flatten();
    let name = names.map(|name| name.trim().to_owned()).find(|name| !name.is_empty());
    name.or_else(account).unwrap_or_else(|| "unknown".to_owned())
}

/// The name of the account that the program runs under.
fn account() -> Option<String> {
    #[cfg(unix)]
    let name = nix::unistd::User::from_uid(nix::unistd::geteuid()).ok().flatten().map(|user| user.name);
    #[cfg(not(unix))]
    let name = None;
    name
}
