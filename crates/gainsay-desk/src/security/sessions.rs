//! Sessions: who came in, until when. In memory alone, so that they end with the program.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockWriteGuard};
use std::time::Duration;

use gainsay::Error;
use gainsay::keys::Signing;
use tokio::sync::watch;

use super::secret::{self, Print, print};
use super::{Accounts, Role, Who};

/// A session in which nobody asks anything ends after so long.
const IDLE: Duration = Duration::from_secs(12 * 3600);
/// Every session ends after so long.
const WHOLE: Duration = Duration::from_secs(7 * 24 * 3600);
/// So many at most, and of one name; the one that was silent longest goes.
const MOST: usize = 4096;
const MOST_OF_ONE: usize = 32;

/// All sessions, by the prints of their tokens.
pub struct Sessions {
    open: RwLock<HashMap<Print, Session>>,
    ended: watch::Sender<u64>,
}

struct Session {
    name: String,
    csrf: String,
    ground: Ground,
    /// What they sign by, wiped with the last who holds it; the ledger's own key signs where there is none.
    signs: Option<Arc<Signing>>,
    began: Duration,
    seen: Duration,
}

/// What a session rests on.
enum Ground {
    /// An account as it stood then; a new password, another role or disabling makes it another.
    Account(u64),
    /// The word of the program itself.
    Program(Role),
}

/// Somebody who was let in.
#[derive(Clone, Debug)]
pub struct Admitted {
    /// What the cookie holds.
    pub token: String,
    /// What `x-csrf` must hold.
    pub csrf: String,
}

impl Default for Sessions {
    fn default() -> Sessions {
        Sessions { open: RwLock::default(), ended: watch::Sender::new(0) }
    }
}

impl Sessions {
    /// Lets in who gave the password of an account, which stands at `epoch`, and whose key it opened.
    ///
    /// # Errors
    /// When the system gives no random bits.
    pub fn of_account(
        &self,
        name: &str,
        epoch: u64,
        signs: Option<Signing>,
        now: Duration,
    ) -> Result<Admitted, Error> {
        self.begin(name, Ground::Account(epoch), signs, now)
    }

    /// Lets in somebody for whom the program itself vouches.
    ///
    /// # Errors
    /// When the system gives no random bits.
    pub fn of_program(&self, name: &str, role: Role, now: Duration) -> Result<Admitted, Error> {
        self.begin(name, Ground::Program(role), None, now)
    }

    fn begin(
        &self,
        name: &str,
        ground: Ground,
        signs: Option<Signing>,
        now: Duration,
    ) -> Result<Admitted, Error> {
        let (token, csrf) = (secret::random()?, secret::random()?);
        let signs = signs.map(Arc::new);
        let csrf_kept = csrf.clone();
        let session =
            Session { name: name.to_owned(), csrf: csrf_kept, ground, signs, began: now, seen: now };
        let mut open = self.write();
        open.retain(|_, session| session.holds(now));
        make_room(&mut open, MOST_OF_ONE, |session| session.name == name);
        make_room(&mut open, MOST, |_| true);
        open.insert(print(&token), session);
        drop(open);
        self.tell();
        Ok(Admitted { token, csrf })
    }

    /// Who came with this token, if their session still holds; they are seen now.
    pub fn who(&self, token: &str, accounts: &Accounts, now: Duration) -> Option<Who> {
        let key = print(token);
        let Some(who) = self.look(key, accounts, now) else {
            // Nothing of it is kept longer than it holds.
            self.write().remove(&key);
            return None;
        };
        if let Some(session) = self.write().get_mut(&key) {
            session.seen = now;
        }
        Some(who)
    }

    /// Whether the session somebody came in still holds.
    pub fn holds(&self, who: &Who, accounts: &Accounts, now: Duration) -> bool {
        self.look(who.session, accounts, now).is_some()
    }

    fn look(&self, key: Print, accounts: &Accounts, now: Duration) -> Option<Who> {
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        let session = open.get(&key).filter(|session| session.holds(now))?;
        let (role, local) = match session.ground {
            Ground::Program(role) => (role, true),
            Ground::Account(epoch) => (accounts.stands(&session.name, epoch)?, false),
        };
        let (name, csrf, signs) = (session.name.clone(), session.csrf.clone(), session.signs.clone());
        Some(Who { name, role, local, csrf, session: key, signs })
    }

    /// Ends a session.
    pub fn end(&self, who: &Who) {
        self.write().remove(&who.session);
        self.tell();
    }

    /// Says to whoever waits on [`Sessions::changes`] that some session may have ended.
    pub fn tell(&self) {
        self.ended.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Wakes whenever some session may have ended.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.ended.subscribe()
    }

    fn write(&self) -> RwLockWriteGuard<'_, HashMap<Print, Session>> {
        self.open.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Session {
    fn holds(&self, now: Duration) -> bool {
        now.saturating_sub(self.seen) <= IDLE && now.saturating_sub(self.began) <= WHOLE
    }
}

/// Ends those that were silent longest until one more fits.
fn make_room(open: &mut HashMap<Print, Session>, most: usize, of: impl Fn(&Session) -> bool) {
    let mut found: Vec<(Duration, Print)> =
        open.iter().filter(|(_, session)| of(session)).map(|(key, session)| (session.seen, *key)).collect();
    if found.len() < most {
        return;
    }
    found.sort_unstable();
    for (_, key) in found.iter().take(found.len() + 1 - most) {
        open.remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    fn accounts() -> (tempfile::TempDir, Accounts) {
        let folder = tempfile::tempdir().unwrap();
        let accounts = Accounts::of(&folder.path().join("l.gpkg")).unwrap();
        (folder, accounts)
    }

    #[test]
    fn a_session_ends_when_nobody_asks_and_after_a_week() {
        let (_folder, accounts) = accounts();
        let sessions = Sessions::default();
        let token = sessions.of_program("amal", Role::Admin, HOUR).unwrap().token;
        let who = |hours: u32| sessions.who(&token, &accounts, HOUR * hours);
        let first = who(1).unwrap();
        assert!(sessions.holds(&first, &accounts, HOUR * 13));
        assert!(!sessions.holds(&first, &accounts, HOUR * 14));
        for hours in (1..=169).step_by(12) {
            assert!(who(hours).is_some(), "{hours}");
        }
        assert!(who(170).is_none());
    }

    #[test]
    fn tokens_are_not_kept_and_end_when_told() {
        let (_folder, accounts) = accounts();
        let sessions = Sessions::default();
        let admitted = sessions.of_program("amal", Role::Reader, HOUR).unwrap();
        assert!(sessions.who(&admitted.csrf, &accounts, HOUR).is_none());
        assert!(sessions.who("", &accounts, HOUR).is_none());
        let who = sessions.who(&admitted.token, &accounts, HOUR).unwrap();
        assert_ne!(who.session.as_slice(), admitted.token.as_bytes());
        sessions.end(&who);
        assert!(sessions.who(&admitted.token, &accounts, HOUR).is_none());
    }

    #[test]
    fn the_session_that_was_silent_longest_makes_room() {
        let (_folder, accounts) = accounts();
        let sessions = Sessions::default();
        let begin = |second: u64| {
            sessions.of_program("amal", Role::Reader, HOUR + Duration::from_secs(second)).unwrap().token
        };
        let (first, second) = (begin(0), begin(1));
        assert!(sessions.who(&first, &accounts, HOUR + Duration::from_secs(2)).is_some());
        let rest: Vec<String> = (3..33).map(begin).collect();
        let last = begin(40);
        let now = HOUR + Duration::from_secs(41);
        assert!(sessions.who(&second, &accounts, now).is_none());
        assert!(
            rest.iter().chain([&first, &last]).all(|token| sessions.who(token, &accounts, now).is_some())
        );
    }
}
