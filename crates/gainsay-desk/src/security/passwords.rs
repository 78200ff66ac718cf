//! Passwords: which are good enough, and what is kept of them.
//!
//! Kept is an Argon2id hash with 19 MiB, 2 passes and 1 lane, the least that OWASP's Password Storage Cheat Sheet
//! (2024) allows; at most two are computed at once, so that sign-ins cannot fill the memory.

use std::sync::{Condvar, LazyLock, Mutex, PoisonError};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use gainsay::Error;

/// Memory in KiB, passes, lanes.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);
/// Characters that a password has at least, and bytes that it has at most.
const SHORTEST: usize = 10;
const LONGEST: usize = 1024;
/// So many are hashed at once.
const AT_ONCE: usize = 2;

/// What everybody tries first, of ten characters and more (after the lists of leaked passwords in common use).
const COMMONEST: &[&str] = &[
    "0000000000",
    "0123456789",
    "1111111111",
    "123123123123",
    "1234512345",
    "1234567890",
    "12345678900",
    "1234567891",
    "12345678910",
    "123456789a",
    "1q2w3e4r5t",
    "1q2w3e4r5t6y",
    "1qaz2wsx3edc",
    "abcdefghij",
    "administrator",
    "asdfghjkl;",
    "changeme123",
    "football123",
    "iloveyou123",
    "letmein123",
    "password01",
    "password10",
    "password12",
    "password123",
    "password1234",
    "password12345",
    "passwordpassword",
    "q1w2e3r4t5",
    "q1w2e3r4t5y6",
    "qazwsxedcrfv",
    "qwerty1234",
    "qwerty12345",
    "qwerty123456",
    "qwertyuiop",
    "qwertyuiop123",
    "sunshine123",
    "superman123",
    "welcome123",
    "welcome1234",
    "zaq12wsxcde3",
];

/// Refuses what is easily guessed.
///
/// # Errors
/// One line that says what is wrong with it.
pub fn good(name: &str, password: &str) -> Result<(), Error> {
    let wrong = |what: &str| Err(Error::input(what.to_owned()));
    let plain = password.to_lowercase();
    if password.len() > LONGEST {
        return wrong("a password has at most 1,024 bytes");
    }
    if password.chars().count() < SHORTEST {
        return wrong("a password has at least 10 characters");
    }
    let mut known: Vec<char> = plain.chars().collect();
    known.sort_unstable();
    known.dedup();
    if known.len() < 4 || COMMONEST.contains(&plain.as_str()) {
        return wrong("this password is among the first that are guessed; take several words");
    }
    // The name, with or without a few characters after it.
    let name = name.to_lowercase();
    if name.chars().count() >= 4 && plain.replace(&name, "").chars().count() < 5 {
        return wrong("a password must not be the name of the account");
    }
    Ok(())
}

/// What is kept of a password: a PHC string with its own salt.
///
/// # Errors
/// When the system gives no random bits.
pub fn hash(password: &str) -> Result<String, Error> {
    let _one = Turn::take();
    let hash: PasswordHash = argon2()
        .hash_password(password.as_bytes())
        .map_err(|error| Error::io("cannot hash a password", std::io::Error::other(error.to_string())))?;
    Ok(hash.to_string())
}

/// Whether this is the password of which `kept` was kept; takes as long where nothing was.
pub fn fits(password: &str, kept: Option<&str>) -> bool {
    // A name without an account costs what a wrong password costs.
    static NOBODYS: LazyLock<String> = LazyLock::new(|| hash("nobody has this password").unwrap_or_default());
    let nobodys: &str = &NOBODYS;
    let _one = Turn::take();
    let Ok(parsed) = PasswordHash::new(kept.unwrap_or(nobodys)) else { return false };
    let fits = password.len() <= LONGEST && argon2().verify_password(password.as_bytes(), &parsed).is_ok();
    fits && kept.is_some()
}

/// Makes what [`fits`] needs beforehand, so that the first name without an account costs no more than the next.
pub fn prepare() {
    fits("", None);
}

/// Runs something that takes as much memory as a password's hash, when its turn comes.
pub fn in_turn<T>(run: impl FnOnce() -> T) -> T {
    let _one = Turn::take();
    run()
}

fn argon2() -> Argon2<'static> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).unwrap_or(Params::DEFAULT);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// One of the few who may hash at once.
struct Turn;

static TURNS: (Mutex<usize>, Condvar) = (Mutex::new(0), Condvar::new());

impl Turn {
    fn take() -> Turn {
        let (taken, freed) = &TURNS;
        let mut taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
        while *taken >= AT_ONCE {
            taken = freed.wait(taken).unwrap_or_else(PoisonError::into_inner);
        }
        *taken += 1;
        Turn
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let (taken, freed) = &TURNS;
        *taken.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_password_fits_itself_alone() {
        let kept = hash("river stones in winter").unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(!kept.contains("river"));
        assert_ne!(kept, hash("river stones in winter").unwrap());
        assert!(fits("river stones in winter", Some(&kept)));
        assert!(!fits("river stones in Winter", Some(&kept)));
        assert!(!fits("", Some(&kept)));
        assert!(!fits("nobody has this password", None));
        assert!(!fits("river stones in winter", Some("")));
    }

    #[test]
    fn what_is_easily_guessed_is_refused() {
        for bad in ["", "short", "ninechars", "password123", "PASSWORD123", "aaaaaaaaaaaaaa", "abababababab"]
        {
            assert!(good("amal", bad).is_err(), "{bad}");
        }
        assert!(good("samira.haddad", "samira.haddad1").is_err());
        assert!(good("amal", &"long ".repeat(300)).is_err());
        assert!(good("amal", "river stones").is_ok());
        assert!(good("amal", "كلمة سر طويلة").is_ok());
    }

    #[test]
    fn the_list_of_the_commonest_is_in_order_and_long_enough_to_matter() {
        assert!(COMMONEST.is_sorted());
        assert!(COMMONEST.iter().all(|one| one.chars().count() >= SHORTEST));
    }
}
