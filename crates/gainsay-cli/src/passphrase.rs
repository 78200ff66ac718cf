//! Passphrases at the terminal: from the environment, from a file, asked for unseen; never an argument.

use std::io::{self, BufRead, IsTerminal, Read};
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use gainsay::Error;
use gainsay::keys::{Passphrase, Ways, settle};

use crate::args::By;
use crate::commands::who;
use crate::out;

/// Where a passphrase may stand.
const VARIABLE: &str = "GAINSAY_PASSPHRASE";
/// So much of a file is looked at.
const MOST: u64 = 4096;

/// Says how this run comes by passphrases, and where notes on keys go.
pub fn prepare(file: Option<PathBuf>, quiet: bool) {
    settle(Ways {
        given: Box::new(move || given(file.as_deref())),
        // Who is asked reads the question where errors go.
        ask: io::stderr().is_terminal().then_some(Box::new(ask)),
        tell: Box::new(move |line| {
            if !quiet {
                out::tell(line);
            }
        }),
        by: who(By { by: None }),
    });
}

/// A new passphrase: asked for twice and unseen at a terminal, else the first line of standard input.
pub fn new(what: &str) -> Result<Passphrase> {
    let refused = |error| Error::io("the passphrase cannot be read", error);
    if !io::stdin().is_terminal() {
        let mut line = Passphrase::default();
        io::stdin().lock().take(MOST).read_line(&mut line).map_err(refused)?;
        return Ok(Passphrase::new(line.trim_end_matches(['\r', '\n']).to_owned()));
    }
    let first = Passphrase::new(rpassword::prompt_password(format!("{what}: ")).map_err(refused)?);
    let second = Passphrase::new(rpassword::prompt_password("once more: ").map_err(refused)?);
    if first != second {
        bail!(Error::input("the two are not the same; nothing was changed"));
    }
    Ok(first)
}

/// Takes the keys that the desk hands to a process of its own.
pub fn take_over(ledger: &Path) -> Result<()> {
    let mut line = Passphrase::default();
    let read = io::stdin().lock().take(MOST).read_line(&mut line);
    read.map_err(|error| Error::io("the keys that were handed over cannot be read", error))?;
    Ok(gainsay::keys::take_over(ledger, &line)?)
}

fn ask(line: &str) -> Result<Passphrase, Error> {
    let typed = rpassword::prompt_password(out::plain(line));
    typed.map(Passphrase::new).map_err(|error| Error::io("the passphrase cannot be read", error))
}

/// The one in a file, else in the environment.
fn given(file: Option<&Path>) -> Result<Option<Passphrase>, Error> {
    let Some(file) = file else {
        let set = std::env::var(VARIABLE).ok().filter(|set| !set.is_empty());
        return Ok(set.map(Passphrase::new));
    };
    let refused = |error| Error::io(format!("{}", file.display()), error);
    let mut text = Passphrase::default();
    std::fs::File::open(file).map_err(refused)?.take(MOST).read_to_string(&mut text).map_err(refused)?;
    match text.lines().next().filter(|line| !line.is_empty()) {
        Some(line) => Ok(Some(Passphrase::new(line.to_owned()))),
        None => Err(Error::input(format!("{}: its first line holds no passphrase", file.display()))),
    }
}
