//! The clock, read here and nowhere else: the times at which the log says that things were done.

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
