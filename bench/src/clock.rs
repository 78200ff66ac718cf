//! Time on the processor, which a busy machine does not stretch as it stretches the hours.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// How long this thread has run on a processor so far; nanoseconds fine on Linux.
pub fn cpu() -> Duration {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(now.tv_sec.unsigned_abs(), u32::try_from(now.tv_nsec).unwrap_or_default())
}

/// How long all threads of this process have run on processors so far.
pub fn process() -> Duration {
    let now = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(now.tv_sec.unsigned_abs(), u32::try_from(now.tv_nsec).unwrap_or_default())
}

/// Megabytes (10⁶ bytes) a second.
pub fn rate(bytes: usize, time: Duration) -> f64 {
    bytes as f64 / 1e6 / time.as_secs_f64().max(1e-9)
}

/// The least of some times, and the middle one (the upper of two).
pub fn best_and_median(times: &[Duration]) -> (Duration, Duration) {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let at = |n: usize| sorted.get(n).copied().unwrap_or_default();
    (at(0), at(sorted.len() / 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_some_times() {
        let times: Vec<Duration> = [5, 1, 9].map(Duration::from_secs).into();
        assert_eq!(best_and_median(&times), (Duration::from_secs(1), Duration::from_secs(5)));
        assert_eq!(best_and_median(&[]), (Duration::ZERO, Duration::ZERO));
    }

    #[test]
    fn work_takes_time_and_sleep_does_not() {
        let start = cpu();
        std::thread::sleep(Duration::from_millis(30));
        assert!(cpu() - start < Duration::from_millis(30));
    }
}
