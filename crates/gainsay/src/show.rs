//! Small values as people read them.

use gainsay_model::{Count, Interval};

/// `50`, `at least 50`, `500–600`.
pub fn range(low: Option<u64>, high: Option<u64>) -> String {
    match (low, high) {
        (None, None) => String::new(),
        _ => gainsay_weigh::Range { low, high }.to_string(),
    }
}

/// `50 killed`.
pub fn count(count: &Count) -> String {
    let group = count.group.map(|group| format!(" {group}")).unwrap_or_default();
    format!("{}{group} {}", range(count.low, count.high), count.what)
}

/// `2014-06-03`, `2014-06-03 – 2014-06-05`, `since 2014-06-03`, `until 2014-06-05`.
pub fn interval(interval: Interval) -> String {
    match (interval.start, interval.end) {
        (Some(start), Some(end)) if start == end => start.to_string(),
        (Some(start), Some(end)) => format!("{start} – {end}"),
        (Some(start), None) => format!("since {start}"),
        (None, Some(end)) => format!("until {end}"),
        (None, None) => String::new(),
    }
}
