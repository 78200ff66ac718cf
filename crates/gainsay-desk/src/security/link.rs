//! The one-time link: whoever started the desk comes in without a password.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::secret::{self, Print, print};

/// So long a link holds.
const HOLDS: Duration = Duration::from_secs(10 * 60);

/// The one link that holds now, if any.
#[derive(Default)]
pub struct Link {
    made: Mutex<Option<(Print, Duration)>>,
}

impl Link {
    /// A new key, good once and for 10 minutes from `now`; the one before it is good no longer.
    ///
    /// # Errors
    /// When the system gives no random bits.
    pub fn make(&self, now: Duration) -> Result<String, gainsay::Error> {
        let key = secret::random()?;
        *self.made.lock().unwrap_or_else(PoisonError::into_inner) = Some((print(&key), now));
        Ok(key)
    }

    /// Whether this is the key; it is good no longer then.
    pub fn take(&self, key: &str, now: Duration) -> bool {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        // The prints are compared, so that the time this takes tells nothing of the key.
        let good = made.is_some_and(|(kept, at)| kept == print(key) && now.saturating_sub(at) <= HOLDS);
        if good {
            *made = None;
        }
        good
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Duration = Duration::from_secs(1000);

    #[test]
    fn a_link_is_good_once() {
        let link = Link::default();
        let key = link.make(NOW).unwrap();
        assert!(!link.take("", NOW) && !link.take(&key[1..], NOW));
        assert!(link.take(&key, NOW));
        assert!(!link.take(&key, NOW));
    }

    #[test]
    fn a_link_is_good_for_ten_minutes_and_until_the_next() {
        let link = Link::default();
        let late = link.make(NOW).unwrap();
        assert!(!link.take(&late, NOW + HOLDS + Duration::from_secs(1)));
        let first = link.make(NOW).unwrap();
        let second = link.make(NOW).unwrap();
        assert!(!link.take(&first, NOW) && link.take(&second, NOW + HOLDS));
    }
}
