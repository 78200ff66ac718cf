//! Accounts: names, roles and what is kept of passwords, in a file beside the ledger.
//!
//! Each account has a key that signs what it does, under its password: whoever has the file alone signs nothing.
//!
//! The file is `<ledger>.accounts`, JSON, readable by its owner alone. The desk and the command line may both change
//! it while the other runs: each change is made to the newest file, and the desk looks whether it is still the one
//! it knows.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use gainsay::keys::{Locked, Signing};
use gainsay::{Error, clock};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Role, files, passwords, secret};

/// The desk looks at most so often whether the file is still the one it knows.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// So many accounts at most, and so long a name.
const MOST: usize = 1000;
const LONGEST_NAME: usize = 64;

/// The accounts of one ledger.
pub struct Accounts {
    path: PathBuf,
    known: RwLock<Known>,
}

/// The layout of the file; the first had no keys.
const VERSION: u32 = 2;

type ByName = BTreeMap<String, Account>;

#[derive(Default)]
struct Known {
    accounts: Arc<ByName>,
    stamp: Option<Stamp>,
    looked: Option<Duration>,
}

/// What tells one file from the one that takes its place: when it was written, how long it is, where it lies.
type Stamp = (SystemTime, u64, u64);

/// One account, as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Account {
    role: Role,
    /// A PHC string.
    password: String,
    /// Drawn anew by whatever ends sessions: a new password, another role, disabling.
    epoch: u64,
    created: String,
    last_seen: Option<String>,
    disabled: bool,
    /// What it signs by; none where it was made before there were such keys, or is disabled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key: Option<Locked>,
}

/// The file.
#[derive(Serialize, Deserialize)]
struct File {
    version: u32,
    accounts: ByName,
}

/// An account without its password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Account)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// When it was made.
    pub created: String,
    /// When somebody last signed in.
    pub last_seen: Option<String>,
    /// Whether nobody may sign in.
    pub disabled: bool,
}

impl Accounts {
    /// The accounts of a ledger; none where there is no file yet.
    ///
    /// # Errors
    /// When the file cannot be read or holds something else.
    pub fn of(ledger: &Path) -> Result<Accounts, Error> {
        let accounts = Accounts { path: files::beside(ledger, ".accounts"), known: RwLock::default() };
        accounts.load()?;
        Ok(accounts)
    }

    /// All accounts, by name.
    pub fn list(&self) -> Vec<Line> {
        self.fresh().iter().map(|(name, account)| line(name, account)).collect()
    }

    /// Whether some admin can sign in.
    pub fn has_admin(&self) -> bool {
        self.fresh().values().any(|account| account.role == Role::Admin && !account.disabled)
    }

    /// The epoch of the account with this name and password, which is not disabled. Takes as long for a name that
    /// has no account.
    pub fn check(&self, name: &str, password: &str) -> Option<u64> {
        let accounts = self.fresh();
        let account = accounts.get(name).filter(|account| !account.disabled);
        let fits = passwords::fits(password, account.map(|account| account.password.as_str()));
        account.filter(|_| fits).map(|account| account.epoch)
    }

    /// The key of an account whose password this is; made where it has none yet.
    ///
    /// # Errors
    /// When there is no such account, the password is another one, or the file cannot be written.
    pub fn signing(&self, name: &str, password: &str) -> Result<Signing, Error> {
        let locked = || self.fresh().get(name).and_then(|account| account.key.clone());
        if locked().is_none() {
            let made = passwords::in_turn(|| Locked::new(password))?;
            self.change_one(name, |account| {
                account.key.get_or_insert(made);
            })?;
        }
        let locked = locked().ok_or_else(|| unknown(name))?;
        passwords::in_turn(|| locked.open(name, password))
    }

    /// The public key of an account, 64 hexadecimal digits.
    pub fn key_of(&self, name: &str) -> Option<String> {
        Some(self.fresh().get(name)?.key.as_ref()?.public().to_owned())
    }

    /// Whether there is an account of this name.
    pub fn knows(&self, name: &str) -> bool {
        self.fresh().contains_key(name)
    }

    /// The role of an account that still stands as it did at `epoch`.
    pub fn stands(&self, name: &str, epoch: u64) -> Option<Role> {
        let accounts = self.fresh();
        let account = accounts.get(name)?;
        (account.epoch == epoch && !account.disabled).then_some(account.role)
    }

    /// Makes an account.
    ///
    /// # Errors
    /// When the name is taken or no good, the password is easily guessed, or the file cannot be written.
    pub fn add(&self, name: &str, role: Role, password: &str) -> Result<Line, Error> {
        good_name(name)?;
        passwords::good(name, password)?;
        let key = Some(passwords::in_turn(|| Locked::new(password))?);
        let password = passwords::hash(password)?;
        self.change(|accounts| {
            if accounts.contains_key(name) {
                return Err(Error::input(format!("there is an account `{name}` already")));
            }
            if accounts.len() >= MOST {
                return Err(Error::input("there are 1,000 accounts already; no more can be made"));
            }
            let account = Account {
                role,
                password,
                epoch: secret::number()?,
                created: now()?,
                last_seen: None,
                disabled: false,
                key,
            };
            accounts.insert(name.to_owned(), account);
            Ok(())
        })?;
        self.line(name)
    }

    /// Gives an account another role; its sessions end.
    ///
    /// # Errors
    /// When there is none of this name, it is the last admin's, or the file cannot be written.
    pub fn set_role(&self, name: &str, role: Role) -> Result<Line, Error> {
        let epoch = secret::number()?;
        self.change_one(name, |account| {
            if account.role != role {
                (account.role, account.epoch) = (role, epoch);
            }
        })
    }

    /// Gives an account another password, and another key, for whoever sets it knew not the old one; its sessions end.
    ///
    /// # Errors
    /// As [`Accounts::set_role`], and when the password is easily guessed.
    pub fn set_password(&self, name: &str, password: &str) -> Result<Line, Error> {
        passwords::good(name, password)?;
        let key = passwords::in_turn(|| Locked::new(password))?;
        let (password, epoch) = (passwords::hash(password)?, secret::number()?);
        self.change_one(name, |account| {
            (account.password, account.epoch) = (password, epoch);
            // A disabled one gets its key when somebody signs in.
            account.key = Some(key).filter(|_| !account.disabled);
        })
    }

    /// Puts an account under another password, its key too; its sessions end.
    ///
    /// # Errors
    /// As [`Accounts::set_password`], and when the old password is another one.
    pub fn change_password(&self, name: &str, old: &str, new: &str) -> Result<Line, Error> {
        passwords::good(name, new)?;
        let before = self.fresh().get(name).cloned().ok_or_else(|| unknown(name))?;
        let key = before.key.map(|locked| passwords::in_turn(|| locked.again(old, new))).transpose()?;
        let (password, epoch) = (passwords::hash(new)?, secret::number()?);
        self.change(|accounts| {
            let account = accounts.get_mut(name).ok_or_else(|| unknown(name))?;
            // Whoever set another password meanwhile shut this one out.
            if account.password != before.password || account.disabled {
                return Err(Error::input("the account was changed meanwhile; sign in anew"));
            }
            (account.password, account.epoch, account.key) = (password, epoch, key);
            Ok(())
        })?;
        self.line(name)
    }

    /// Lets nobody sign in by an account any more, or lets them again; its sessions end.
    ///
    /// # Errors
    /// As [`Accounts::set_role`].
    pub fn set_disabled(&self, name: &str, disabled: bool) -> Result<Line, Error> {
        let epoch = secret::number()?;
        self.change_one(name, |account| {
            if account.disabled != disabled {
                (account.disabled, account.epoch) = (disabled, epoch);
                account.key = None;
            }
        })
    }

    /// Notes that somebody signed in.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn seen(&self, name: &str) -> Result<(), Error> {
        let at = now()?;
        self.change_one(name, |account| account.last_seen = Some(at)).map(drop)
    }

    fn line(&self, name: &str) -> Result<Line, Error> {
        self.fresh().get(name).map(|account| line(name, account)).ok_or_else(|| unknown(name))
    }

    fn change_one(&self, name: &str, change: impl FnOnce(&mut Account)) -> Result<Line, Error> {
        self.change(|accounts| {
            change(accounts.get_mut(name).ok_or_else(|| unknown(name))?);
            Ok(())
        })?;
        self.line(name)
    }

    /// Changes the newest file; all of it or nothing. One enabled admin stays where there was one.
    fn change(&self, change: impl FnOnce(&mut ByName) -> Result<(), Error>) -> Result<(), Error> {
        files::alone(&self.path, || {
            self.load()?;
            let before = self.known.read().unwrap_or_else(PoisonError::into_inner).accounts.clone();
            let mut accounts = (*before).clone();
            change(&mut accounts)?;
            if admins(&before) > 0 && admins(&accounts) == 0 {
                return Err(Error::input("this is the last account of an admin; make another one first"));
            }
            let file = File { version: VERSION, accounts };
            let text = serde_json::to_string_pretty(&file).map_err(|error| broken(&self.path, &error))?;
            files::replace(&self.path, &(text + "\n"))?;
            self.load()
        })
    }

    /// The accounts as the file has them now, or as they were when it could last be read.
    fn fresh(&self) -> Arc<ByName> {
        let running = clock::running();
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let due = known.looked.is_none_or(|looked| running.saturating_sub(looked) >= LOOK_EVERY);
        let (stamp, accounts) = (known.stamp, known.accounts.clone());
        drop(known);
        if !due {
            return accounts;
        }
        if self.stamp() != stamp {
            // A file that cannot be read opens no door; nor does it shut out who is in.
            let _ = self.load();
        }
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.looked = Some(running);
        known.accounts.clone()
    }

    fn stamp(&self) -> Option<Stamp> {
        let meta = std::fs::metadata(&self.path).ok()?;
        #[cfg(unix)]
        let lies = std::os::unix::fs::MetadataExt::ino(&meta);
        #[cfg(not(unix))]
        let lies = 0;
        Some((meta.modified().ok()?, meta.len(), lies))
    }

    fn load(&self) -> Result<(), Error> {
        let stamp = self.stamp();
        let accounts = match files::read(&self.path)? {
            None => ByName::new(),
            Some(text) => {
                let file: File = serde_json::from_str(&text).map_err(|error| broken(&self.path, &error))?;
                if !(1..=VERSION).contains(&file.version) {
                    let path = self.path.display();
                    return Err(Error::input(format!("{path} was written by a newer gainsay; use that")));
                }
                file.accounts
            }
        };
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.accounts = Arc::new(accounts);
        known.stamp = stamp;
        Ok(())
    }
}

/// Letters, digits and `. _ - @`, so that a name is one word wherever it is shown.
fn good_name(name: &str) -> Result<(), Error> {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '@');
    let long = name.chars().count();
    if long == 0 || long > LONGEST_NAME || !name.chars().all(fits) {
        return Err(Error::input("the name of an account is 1 to 64 letters, digits or any of . _ - @"));
    }
    Ok(())
}

fn line(name: &str, account: &Account) -> Line {
    Line {
        name: name.to_owned(),
        role: account.role,
        created: account.created.clone(),
        last_seen: account.last_seen.clone(),
        disabled: account.disabled,
    }
}

fn admins(accounts: &ByName) -> usize {
    accounts.values().filter(|account| account.role == Role::Admin && !account.disabled).count()
}

fn unknown(name: &str) -> Error {
    Error::input(format!("there is no account `{name}`"))
}

fn broken(path: &Path, error: &serde_json::Error) -> Error {
    Error::input(format!("{} holds no accounts: {error}", path.display()))
}

/// To the second.
fn now() -> Result<String, Error> {
    Ok(clock::now()?.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSWORD: &str = "river stones in winter";

    #[test]
    fn two_programs_change_one_file() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = folder.path().join("l.gpkg");
        let (desk, terminal) = (Accounts::of(&ledger).unwrap(), Accounts::of(&ledger).unwrap());
        desk.add("amal", Role::Admin, PASSWORD).unwrap();
        terminal.add("huda", Role::Coder, PASSWORD).unwrap();
        desk.add("samir", Role::Reader, PASSWORD).unwrap();
        let names: Vec<String> = desk.list().into_iter().map(|line| line.name).collect();
        assert_eq!(names, ["amal", "huda", "samir"]);
        assert!(!folder.path().join("l.gpkg.accounts.new").exists());
    }

    #[test]
    fn whatever_changes_an_account_ends_its_sessions_and_what_changes_nothing_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let accounts = Accounts::of(&folder.path().join("l.gpkg")).unwrap();
        accounts.add("amal", Role::Admin, PASSWORD).unwrap();
        accounts.add("huda", Role::Coder, PASSWORD).unwrap();
        let epoch = || accounts.check("huda", PASSWORD).unwrap();
        let first = epoch();
        assert_eq!(accounts.stands("huda", first), Some(Role::Coder));
        accounts.seen("huda").unwrap();
        accounts.set_role("huda", Role::Coder).unwrap();
        accounts.set_disabled("huda", false).unwrap();
        assert_eq!(accounts.stands("huda", first), Some(Role::Coder));
        accounts.set_role("huda", Role::Reviewer).unwrap();
        assert_eq!(accounts.stands("huda", first), None);
        let second = epoch();
        accounts.set_disabled("huda", true).unwrap();
        assert_eq!((accounts.stands("huda", second), accounts.check("huda", PASSWORD)), (None, None));
        accounts.set_disabled("huda", false).unwrap();
        assert_eq!(accounts.stands("huda", second), None);
        let third = epoch();
        accounts.set_password("huda", "salt wind over reeds").unwrap();
        assert_eq!((accounts.stands("huda", third), accounts.check("huda", PASSWORD)), (None, None));
    }

    #[test]
    fn a_password_that_was_taken_away_changes_nothing_any_more() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = folder.path().join("l.gpkg");
        let desk = Accounts::of(&ledger).unwrap();
        desk.add("huda", Role::Coder, PASSWORD).unwrap();
        // The desk has looked at the file, and does not look again for a second.
        assert!(desk.knows("huda"));
        Accounts::of(&ledger).unwrap().set_password("huda", "salt wind over reeds").unwrap();
        assert!(desk.change_password("huda", PASSWORD, "a third of them all").is_err());
        let after = Accounts::of(&ledger).unwrap();
        assert!(after.check("huda", "salt wind over reeds").is_some());
        assert!(after.check("huda", "a third of them all").is_none());
    }

    #[test]
    fn a_key_stays_under_a_changed_password_and_goes_with_one_that_was_set() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = folder.path().join("l.gpkg");
        let accounts = Accounts::of(&ledger).unwrap();
        accounts.add("amal", Role::Admin, PASSWORD).unwrap();
        accounts.add("huda", Role::Coder, PASSWORD).unwrap();
        let key = accounts.key_of("huda").unwrap();
        assert_eq!(accounts.signing("huda", PASSWORD).unwrap().public().to_string(), key);
        assert_ne!(accounts.key_of("amal").unwrap(), key);
        assert!(accounts.signing("huda", "salt wind over reeds").is_err());
        accounts.change_password("huda", PASSWORD, "salt wind over reeds").unwrap();
        assert_eq!(accounts.key_of("huda").unwrap(), key);
        assert!(accounts.signing("huda", PASSWORD).is_err());
        assert_eq!(accounts.signing("huda", "salt wind over reeds").unwrap().public().to_string(), key);
        assert!(accounts.change_password("huda", PASSWORD, "a third of them all").is_err());
        accounts.set_password("huda", PASSWORD).unwrap();
        let second = accounts.key_of("huda").unwrap();
        assert_ne!(second, key);
        accounts.set_disabled("huda", true).unwrap();
        assert_eq!(accounts.key_of("huda"), None);
        accounts.set_disabled("huda", false).unwrap();
        let third = accounts.signing("huda", PASSWORD).unwrap().public().to_string();
        assert!(third != second && accounts.key_of("huda") == Some(third));
    }

    #[test]
    fn an_account_made_before_there_were_keys_gets_one_when_somebody_signs_in() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = folder.path().join("l.gpkg");
        Accounts::of(&ledger).unwrap().add("amal", Role::Admin, PASSWORD).unwrap();
        let path = files::beside(&ledger, ".accounts");
        let mut file: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        file["version"] = 1.into();
        file["accounts"]["amal"].as_object_mut().unwrap().remove("key");
        std::fs::write(&path, file.to_string()).unwrap();
        let accounts = Accounts::of(&ledger).unwrap();
        assert_eq!(accounts.key_of("amal"), None);
        let key = accounts.signing("amal", PASSWORD).unwrap().public();
        assert_eq!(accounts.signing("amal", PASSWORD).unwrap().public(), key);
    }

    #[test]
    fn an_admin_stays() {
        let folder = tempfile::tempdir().unwrap();
        let accounts = Accounts::of(&folder.path().join("l.gpkg")).unwrap();
        assert!(!accounts.has_admin());
        accounts.add("amal", Role::Admin, PASSWORD).unwrap();
        assert!(accounts.has_admin());
        assert!(
            accounts.set_disabled("amal", true).is_err() && accounts.set_role("amal", Role::Coder).is_err()
        );
        accounts.add("huda", Role::Admin, PASSWORD).unwrap();
        accounts.set_disabled("amal", true).unwrap();
        assert!(accounts.set_disabled("huda", true).is_err() && accounts.has_admin());
    }
}
