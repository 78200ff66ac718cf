//! Who comes and goes at one desk: all that [`crate::security`] keeps for it.

use std::path::Path;

use gainsay::Error;
use tokio::sync::Semaphore;

use crate::Options;
use crate::security::{Accounts, Audit, Hosts, Link, Sessions, Tries};

/// So many may wait for their password to be looked at.
const WAITING: usize = 32;

/// The doors of one desk.
pub struct Doors {
    /// Who has an account.
    pub accounts: Accounts,
    /// Who is in.
    pub sessions: Sessions,
    /// The way in from the terminal.
    pub link: Link,
    /// How often sign-ins are tried.
    pub tries: Tries,
    /// What is written down of coming, going and taking out.
    pub audit: Audit,
    /// Places for those who wait for their password to be looked at.
    pub waiting: Semaphore,
    /// Under which names the desk is asked.
    pub hosts: Hosts,
}

impl Doors {
    /// Those of a ledger.
    ///
    /// # Errors
    /// When the file of accounts cannot be read.
    pub fn of(options: &Options) -> Result<Doors, Error> {
        let ledger: &Path = &options.ledger;
        Ok(Doors {
            accounts: Accounts::of(ledger)?,
            sessions: Sessions::default(),
            link: Link::default(),
            tries: Tries::default(),
            audit: Audit::of(ledger),
            waiting: Semaphore::new(WAITING),
            hosts: Hosts::new(options.listen, &options.hosts),
        })
    }
}
