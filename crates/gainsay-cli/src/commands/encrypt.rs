//! `gainsay encrypt` and `gainsay decrypt`: the ledger as a whole.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use anyhow::Result;
use gainsay::atrest::{self, Done};
use gainsay::keys::Passphrase;

use super::Context;
use super::init::who;
use crate::args::By;
use crate::{Outcome, out, passphrase};

/// Encrypts the ledger as a whole, with its search index and the answers beside it: AES-256, every page sealed by a hash of
/// its own (SQLCipher 4). Its key is random and lies in LEDGER.keys, which must be under a passphrase: without that file,
/// or without its passphrase, nobody reads the ledger again, you included; `gainsay key backup FILE` makes a copy.
///
/// Map programs such as QGIS open a plain ledger only: `gainsay export gpkg` writes them what to open. What lies beside the
/// ledger stays as it is (docs/at-rest.md), and what the disk held before may be found on it for some time.
#[derive(Debug, clap::Args)]
pub struct Encrypt {
    /// Who does it.
    #[command(flatten)]
    by: By,
}

/// Makes an encrypted ledger plain again, so that map programs such as QGIS open it and so does everybody else.
#[derive(Debug, clap::Args)]
pub struct Decrypt {
    /// Who does it.
    #[command(flatten)]
    by: By,
}

/// Encrypts the ledger.
pub(super) fn run(context: &Context, typed: Encrypt) -> Result<Outcome> {
    let asked = match atrest::is_encrypted(context.ledger)? {
        true => None,
        false => asked(context.ledger)?,
    };
    let done = atrest::encrypt(context.ledger, &who(typed.by), asked)?;
    say(context, "is encrypted; keep a copy of its keys apart from it (`gainsay key backup FILE`)", &done)
}

/// Makes the ledger plain again.
pub(super) fn back(context: &Context, typed: Decrypt) -> Result<Outcome> {
    let done = atrest::decrypt(context.ledger, &who(typed.by))?;
    say(context, "is not encrypted any more", &Done { plain: Vec::new(), ..done })
}

/// The passphrase for keys that have none: asked for where somebody is there to be asked and none was given.
pub(super) fn asked(ledger: &Path) -> Result<Option<Passphrase>> {
    let ask = io::stdin().is_terminal() && atrest::needs_passphrase(ledger)?;
    Ok(if ask { Some(passphrase::new("passphrase for the keys of the ledger")?) } else { None })
}

fn say(context: &Context, what: &str, done: &Done) -> Result<Outcome> {
    if !context.quiet {
        out::say(&format!("{} {what}", context.ledger.display()))?;
    }
    let names = |files: &[PathBuf]| {
        files.iter().map(|file| file.display().to_string()).collect::<Vec<String>>().join(", ")
    };
    if !done.copies.is_empty() {
        out::tell(&format!(
            "note: copies of before a change of schema are as the ledger was; keep them elsewhere, or remove them: {}",
            names(&done.copies)
        ));
    }
    if !done.plain.is_empty() && !context.quiet {
        out::tell(&format!("note: not encrypted, as ever: {}", names(&done.plain)));
    }
    Ok(Outcome::Done)
}
