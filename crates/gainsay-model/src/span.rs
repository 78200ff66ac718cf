//! Where something stands in a report's text.

/// A half-open range of **bytes** in one report's text; both ends lie on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span from `start` to `end`.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start, end }
    }

    /// The words it covers; empty where it does not lie in `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// Turns byte offsets of one text into offsets in Unicode code points, the unit of the claims format.
pub struct CodePoints {
    /// Byte offset at which every 64th code point starts.
    marks: Vec<usize>,
}

impl CodePoints {
    const STEP: usize = 64;

    /// An index over `text`.
    pub fn of(text: &str) -> CodePoints {
        CodePoints { marks: text.char_indices().step_by(Self::STEP).map(|(byte, _)| byte).collect() }
    }

    /// How many code points stand before byte `byte` of `text` (the text the index was made of).
    pub fn at(&self, text: &str, byte: usize) -> usize {
        let mark = self.marks.partition_point(|&start| start <= byte).saturating_sub(1);
        let from = self.marks.get(mark).copied().unwrap_or(0);
        mark * Self::STEP + text.get(from..byte.min(text.len())).map_or(0, |part| part.chars().count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_count_characters_not_bytes() {
        let text = "دير الزور — Deir ez-Zor".repeat(40);
        let index = CodePoints::of(&text);
        for (count, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(index.at(&text, byte), count);
        }
        assert_eq!(index.at(&text, text.len()), text.chars().count());
    }
}
