//! Whether a number follows from the number words, with the bounds that the guidelines' table gives them.

use gainsay_model::{Count, Slot, Span};

use super::super::words::Place;
use super::Shown;

impl Shown<'_> {
    /// The words that give this number.
    ///
    /// # Errors
    /// Which numbers the evidence does give.
    pub(super) fn count(&self, count: &Count) -> Result<Place, String> {
        let held = self.held;
        let mut given: Vec<String> = Vec::new();
        for span in self.spans(Slot::Count) {
            let within = Span::new(span.start, span.end);
            for amount in held.reading.amounts.iter().filter(|amount| amount.span.overlaps(within)) {
                if (amount.low, amount.high) == (count.low, count.high) {
                    return Ok((amount.span.start..amount.span.end, "readers.amounts"));
                }
                given.push(bounds(amount.low, amount.high));
            }
            if held.unread {
                let digits = digits(&held.report.text[span.clone()]);
                let stands = |bound: Option<u64>| bound.is_none_or(|bound| digits.contains(&bound));
                if stands(count.low) && stands(count.high) {
                    return Ok((span.clone(), "readers.amounts"));
                }
                given.extend(digits.iter().map(|number| bounds(Some(*number), Some(*number))));
            }
        }
        given.dedup();
        given.truncate(8);
        let given = match given.is_empty() {
            true => "gives no number".to_owned(),
            false => format!("gives {}", given.join(", ")),
        };
        Err(format!("its count {} does not follow: the evidence {given}", bounds(count.low, count.high)))
    }
}

fn bounds(low: Option<u64>, high: Option<u64>) -> String {
    match (low, high) {
        (Some(low), Some(high)) if low == high => low.to_string(),
        (Some(low), Some(high)) => format!("{low}–{high}"),
        (Some(low), None) => format!("{low} or more"),
        (None, Some(high)) => format!("up to {high}"),
        (None, None) => "any".to_owned(),
    }
}

/// The numbers that stand in a text in digits of its script: European, Arabic (U+0660) or Persian (U+06F0).
fn digits(text: &str) -> Vec<u64> {
    let value = |c: char| match c {
        '0'..='9' => Some(u64::from(c as u32 - '0' as u32)),
        '\u{660}'..='\u{669}' => Some(u64::from(c as u32 - 0x660)),
        '\u{6f0}'..='\u{6f9}' => Some(u64::from(c as u32 - 0x6f0)),
        _ => None,
    };
    let (mut numbers, mut open): (Vec<u64>, Option<u64>) = (Vec::new(), None);
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match (value(c), open) {
            (Some(digit), sum) => open = Some(sum.unwrap_or(0).saturating_mul(10).saturating_add(digit)),
            // "1,200", "١٬٢٠٠": a separator between digits parts no number.
            (None, Some(_))
                if matches!(c, ',' | '٬') && letters.peek().is_some_and(|c| value(*c).is_some()) => {}
            (None, Some(number)) => {
                numbers.push(number);
                open = None;
            }
            (None, None) => {}
        }
    }
    numbers.extend(open);
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_either_script_are_read() {
        assert_eq!(digits("قتل ٥٠ شخصا و1,200 جريح، ۷"), [50, 1200, 7]);
        assert_eq!(digits("none"), [0; 0]);
        assert_eq!(digits("99999999999999999999999"), [u64::MAX]);
    }
}
