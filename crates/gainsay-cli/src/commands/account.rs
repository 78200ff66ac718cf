//! `gainsay account`: who may sign in at the desk.

use std::io::{self, BufRead, IsTerminal};

use anyhow::{Result, bail};
use gainsay::Error;
use gainsay_desk::{Account, Accounts, Audit, Role};

use super::Context;
use super::init::who;
use crate::args::AccountJob;
use crate::out::{self, left};
use crate::{Outcome, args};

/// Does what was asked with the accounts of the ledger.
pub fn run(context: &Context, typed: args::Account) -> Result<Outcome> {
    if !context.ledger.is_file() {
        bail!(Error::input(format!(
            "{}: no such ledger; `gainsay init` makes one",
            context.ledger.display()
        )));
    }
    let (accounts, by) = (Accounts::of(context.ledger)?, who(typed.by));
    let said = match typed.job {
        AccountJob::List => return list(context, &accounts),
        AccountJob::Add { name, role } => {
            let role = meant(role);
            let line = accounts.add(&name, role, &password(&name)?)?;
            format!("made the account {} as {}", line.name, line.role.as_str())
        }
        AccountJob::Password { name } => {
            if !accounts.list().iter().any(|line| line.name == name) {
                bail!(Error::input(format!("there is no account `{name}`")));
            }
            let key = accounts.key_of(&name);
            accounts.set_password(&name, &password(&name)?)?;
            retire(context, &by, key, "another password was set")?;
            format!("{name} has another password; whoever was signed in by it is out")
        }
        AccountJob::Role { name, role } => {
            let line = accounts.set_role(&name, meant(role))?;
            format!("{name} is {} now", line.role.as_str())
        }
        AccountJob::Disable { name } => {
            let key = accounts.key_of(&name);
            accounts.set_disabled(&name, true)?;
            retire(context, &by, key, "the account was disabled")?;
            format!("{name} may no longer sign in, and is out")
        }
        AccountJob::Enable { name } => {
            accounts.set_disabled(&name, false)?;
            format!("{name} may sign in again")
        }
    };
    Audit::of(context.ledger).add(&by, "account", &format!("at the terminal: {said}"))?;
    if !context.quiet {
        out::say(&said)?;
    }
    Ok(Outcome::Done)
}

/// Retires the key that an account had, where it ever signed anything.
fn retire(context: &Context, by: &str, key: Option<String>, why: &str) -> Result<()> {
    if let Some(key) = key {
        gainsay::keys::accounts::retire(context.ledger, by, None, &key, why)?;
    }
    Ok(())
}

fn meant(typed: args::Role) -> Role {
    match typed {
        args::Role::Reader => Role::Reader,
        args::Role::Coder => Role::Coder,
        args::Role::Reviewer => Role::Reviewer,
        args::Role::Admin => Role::Admin,
    }
}

fn list(context: &Context, accounts: &Accounts) -> Result<Outcome> {
    let columns = [
        left("name", |line: &Account| line.name.clone()),
        left("role", |line| line.role.as_str().to_owned()),
        left("made", |line| line.created.clone()),
        left("last signed in", |line| line.last_seen.clone().unwrap_or_else(|| "–".to_owned())),
        left("disabled", |line| if line.disabled { "yes".to_owned() } else { String::new() }),
    ];
    let fields = ["name", "role", "created", "last_seen", "disabled"];
    out::list(context.format, &columns, &fields, &accounts.list())?;
    Ok(Outcome::Done)
}

/// Asks for a password: twice and unseen at a terminal, else the first line of standard input.
fn password(name: &str) -> Result<String> {
    let refused = |error| Error::io("the password cannot be read", error);
    if !io::stdin().is_terminal() {
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line).map_err(refused)?;
        return Ok(line.trim_end_matches(['\r', '\n']).to_owned());
    }
    let first = rpassword::prompt_password(format!("password of {name}: ")).map_err(refused)?;
    let second = rpassword::prompt_password("once more: ").map_err(refused)?;
    if first != second {
        bail!(Error::input("the two are not the same; nothing was changed"));
    }
    Ok(first)
}
