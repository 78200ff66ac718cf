//! The clock, read here and nowhere else: the times at which the log says that things were done.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use jiff::Timestamp;

use crate::Error;

/// The time by which a run can be repeated to the byte (reproducible-builds.org/specs/source-date-epoch).
const FIXED: &str = "SOURCE_DATE_EPOCH";

/// Now; the second that `SOURCE_DATE_EPOCH` names where that is set.
///
/// # Errors
/// When `SOURCE_DATE_EPOCH` is no number of seconds.
pub fn now() -> Result<Timestamp, Error> {
    let Ok(fixed) = std::env::var(FIXED) else { return Ok(Timestamp::now()) };
    fixed.trim().parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok()).ok_or_else(|| {
        Error::input(format!("{FIXED} is no number of seconds since 1970: `{fixed}`; unset it"))
    })
}

/// For how long the program has been running, counted from the first time somebody asked: to measure waits by, never to
/// be written down. Does not stand still while the computer sleeps, and never goes back when its clock is set.
pub fn running() -> Duration {
    static ASKED: Mutex<Option<(Instant, SystemTime, Duration)>> = Mutex::new(None);
    let mut asked = ASKED.lock().unwrap_or_else(PoisonError::into_inner);
    let (ticks, wall) = (Instant::now(), SystemTime::now());
    let running = asked.map_or(Duration::ZERO, |(then, then_wall, running)| {
        running + (ticks - then).max(wall.duration_since(then_wall).unwrap_or_default())
    });
    *asked = Some((ticks, wall, running));
    running
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_runs_goes_on() {
        let first = running();
        std::thread::sleep(Duration::from_millis(5));
        assert!(running() >= first + Duration::from_millis(5));
    }
}
