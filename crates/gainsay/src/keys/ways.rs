//! How this process comes by passphrases, and to whom it says what is worth knowing of keys.

use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use zeroize::Zeroizing;

use crate::Error;

/// A passphrase; wiped when it is dropped.
pub type Passphrase = Zeroizing<String>;

/// Where a passphrase was given beforehand: in the environment, in a file.
type Given = Box<dyn Fn() -> Result<Option<Passphrase>, Error> + Send + Sync>;
/// Asks a person, to whom the line is shown.
type Ask = Box<dyn Fn(&str) -> Result<Passphrase, Error> + Send + Sync>;
/// Says one line to a person.
type Tell = Box<dyn Fn(&str) + Send + Sync>;

/// How this process comes by passphrases.
pub struct Ways {
    /// The passphrase that was given beforehand, if any. Asked when one is first needed.
    pub given: Given,
    /// Asks somebody; none where nobody is there to be asked.
    pub ask: Option<Ask>,
    /// Says what is worth knowing, a line at a time.
    pub tell: Tell,
    /// Whose keys are made where nothing else says so.
    pub by: String,
}

static WAYS: RwLock<Option<Arc<Ways>>> = RwLock::new(None);

/// Says how this process comes by passphrases. Without it plain keys alone are opened, and nothing is said.
pub fn settle(ways: Ways) {
    *WAYS.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(ways));
}

/// The ways of this process.
pub(super) fn ways() -> Arc<Ways> {
    let settled = WAYS.read().unwrap_or_else(PoisonError::into_inner).clone();
    settled.unwrap_or_else(|| {
        Arc::new(Ways {
            given: Box::new(|| Ok(None)),
            ask: None,
            tell: Box::new(|_| {}),
            by: "unknown".to_owned(),
        })
    })
}

/// The passphrase that was given beforehand, if any.
///
/// # Errors
/// When it cannot be read.
pub(crate) fn given() -> Result<Option<Passphrase>, Error> {
    (ways().given)()
}

/// So often somebody is asked for one passphrase.
const TRIES: usize = 3;

/// Opens something under a passphrase: with the one that is remembered, with the one that was given, or with what
/// somebody types, who may try three times. What was opened, and by which.
///
/// # Errors
/// When none fits, or nobody can be asked.
pub(super) fn opened<T>(
    file: &Path,
    remembered: Option<&Passphrase>,
    may_ask: bool,
    open: impl Fn(&str) -> Result<T, gainsay_custody::Error>,
) -> Result<(T, Passphrase), Error> {
    if let Some(passphrase) = remembered
        && let Ok(opened) = open(passphrase)
    {
        return Ok((opened, passphrase.clone()));
    }
    let ways = ways();
    if let Some(passphrase) = (ways.given)()? {
        return Ok((open(&passphrase)?, passphrase));
    }
    let Some(ask) = ways.ask.as_ref().filter(|_| may_ask) else {
        return Err(Error::input(format!(
            "{}: is under a passphrase; give it in GAINSAY_PASSPHRASE or by --passphrase-file FILE",
            file.display()
        )));
    };
    let mut tried = 1;
    loop {
        let passphrase = ask(&format!("passphrase of {}: ", file.display()))?;
        match open(&passphrase) {
            Ok(opened) => return Ok((opened, passphrase)),
            Err(error) if error.is_wrong_passphrase() && tried < TRIES => {
                tried += 1;
                (ways.tell)("the passphrase does not fit; try again");
            }
            Err(error) => return Err(error.into()),
        }
    }
}

/// Characters that a passphrase has at least, and bytes that it has at most.
const SHORTEST: usize = 10;
const LONGEST: usize = 1024;

/// Refuses a passphrase that is soon guessed: whoever has the file may try as many as they like.
///
/// # Errors
/// One line that says what is wrong with it.
pub fn good(passphrase: &str) -> Result<(), Error> {
    let mut letters: Vec<char> = passphrase.chars().collect();
    let long = letters.len();
    letters.sort_unstable();
    letters.dedup();
    if long < SHORTEST || letters.len() < 5 {
        return Err(Error::input("a passphrase has at least 10 characters, not a few again and again"));
    }
    if passphrase.len() > LONGEST {
        return Err(Error::input("a passphrase has at most 1,024 bytes"));
    }
    Ok(())
}
