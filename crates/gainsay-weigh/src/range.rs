//! A count as a range of whole numbers: at least so many, at most so many, either end open.

use gainsay_model::Count;
use serde::{Deserialize, Serialize};

/// At least `low`, at most `high`; an open upper end is infinity, an open lower end nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Range {
    /// At least; `None` for no lower bound.
    pub low: Option<u64>,
    /// At most; `None` for no upper bound.
    pub high: Option<u64>,
}

impl Range {
    /// The range a count states, its ends put in order; `None` where it states none.
    pub fn of(count: &Count) -> Option<Range> {
        match (count.low, count.high) {
            (None, None) => None,
            (Some(low), Some(high)) => Some(Range { low: Some(low.min(high)), high: Some(low.max(high)) }),
            (low, high) => Some(Range { low, high }),
        }
    }

    /// The one number a reader would repeat: the lower bound, or the upper where there is no lower.
    pub fn point(self) -> u64 {
        self.low.or(self.high).unwrap_or(0)
    }

    /// Whether some number satisfies both: "more than 280" and 300 agree, 50 and 65 do not.
    pub fn agrees(self, other: Range) -> bool {
        let below = |low: Option<u64>, high: Option<u64>| match (low, high) {
            (Some(low), Some(high)) => low <= high,
            _ => true,
        };
        below(self.low, other.high) && below(other.low, self.high)
    }

    /// Whether `value` satisfies it.
    pub fn holds(self, value: u64) -> bool {
        self.low.is_none_or(|low| low <= value) && self.high.is_none_or(|high| value <= high)
    }

    /// The smallest range that covers both.
    pub fn hull(self, other: Range) -> Range {
        let low = self.low.zip(other.low).map(|(a, b)| a.min(b));
        let high = self.high.zip(other.high).map(|(a, b)| a.max(b));
        Range { low, high }
    }

    /// The two happenings together; never overflows.
    pub fn plus(self, other: Range) -> Range {
        let add = |a: Option<u64>, b: Option<u64>| a.zip(b).map(|(a, b)| a.saturating_add(b));
        Range { low: add(self.low.or(Some(0)), other.low.or(Some(0))), high: add(self.high, other.high) }
    }
}

impl std::fmt::Display for Range {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.low, self.high) {
            (Some(low), Some(high)) if low == high => write!(f, "{low}"),
            (Some(low), Some(high)) => write!(f, "{low}–{high}"),
            (Some(low), None) => write!(f, "at least {low}"),
            (None, Some(high)) => write!(f, "at most {high}"),
            (None, None) => write!(f, "unknown"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(low: Option<u64>, high: Option<u64>) -> Range {
        Range { low, high }
    }

    #[test]
    fn bounds_agree_where_they_overlap() {
        assert!(range(Some(280), None).agrees(range(Some(300), Some(300))));
        assert!(range(Some(400), None).agrees(range(Some(100), Some(999))));
        assert!(!range(Some(50), Some(50)).agrees(range(Some(65), Some(65))));
        assert!(!range(None, Some(40)).agrees(range(Some(41), None)));
    }

    #[test]
    fn sums_stop_at_the_greatest_number() {
        let most = range(Some(u64::MAX), Some(u64::MAX));
        assert_eq!(most.plus(most), most);
        assert_eq!(range(None, Some(3)).plus(range(Some(2), Some(2))), range(Some(2), Some(5)));
    }
}
