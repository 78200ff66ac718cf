//! A claim written as an expectation is written, to be compared by eye.

use std::fmt::Write;

use gainsay_model::{Claim, Count, Filler, Interval, Status};

/// One line that says everything a pattern can ask about.
pub fn claim(claim: &Claim) -> String {
    let mut line = String::new();
    if claim.status != Status::Asserted {
        let _ = write!(line, "{} ", claim.status);
    }
    let _ = write!(line, "{}", claim.kind);
    for (role, fillers) in [("actor", &claim.actor), ("target", &claim.target), ("place", &claim.place)] {
        who(&mut line, role, fillers);
    }
    if let Some(time) = claim.time {
        let _ = write!(line, " | time {}", interval(time));
    }
    if let Some(read) = &claim.count {
        let _ = write!(line, " | count {}", count(read));
    }
    who(&mut line, "source", &claim.source);
    if let Some(degree) = claim.degree {
        let _ = write!(line, " | degree {degree}");
    }
    if let Some(means) = &claim.means {
        let _ = write!(line, " | means {means}");
    }
    for cut in &claim.cut {
        let _ = write!(line, " | cut {cut}");
    }
    if claim.unverified {
        line.push_str(" | unverified");
    }
    line
}

fn who(line: &mut String, role: &str, fillers: &[Filler]) {
    if !fillers.is_empty() {
        let names: Vec<&str> = fillers.iter().map(|filler| filler.id().unwrap_or(&filler.mention)).collect();
        let _ = write!(line, " | {role} {}", names.join(", ").replace('\n', " "));
    }
}

/// `2015-08-17`, or the first and the last day.
pub fn interval(time: Interval) -> String {
    let day = |day: Option<gainsay_model::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    if time.start == time.end { day(time.start) } else { format!("{}..{}", day(time.start), day(time.end)) }
}

fn count(count: &Count) -> String {
    let group = count.group.map(|group| format!(" {group}")).unwrap_or_default();
    format!("{} {}{group}", count.what, bounds((count.low, count.high)))
}

/// `12`, `12+`, `500-600`, `-50`.
pub fn bounds(bounds: (Option<u64>, Option<u64>)) -> String {
    match bounds {
        (Some(low), Some(high)) if low == high => low.to_string(),
        (Some(low), Some(high)) => format!("{low}-{high}"),
        (Some(low), None) => format!("{low}+"),
        (None, Some(high)) => format!("-{high}"),
        (None, None) => "?".to_string(),
    }
}
