//! Bytes cut into what a target needs. What chooses among a few things comes first, so that seeds stay readable.

use std::borrow::Cow;

/// Bytes that are used up from the front; beyond their end all is zero.
pub struct Cut<'b>(pub &'b [u8]);

impl<'b> Cut<'b> {
    /// The next byte.
    pub fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    /// A number below `many`.
    pub fn below(&mut self, many: usize) -> usize {
        usize::from(self.byte()) % many.max(1)
    }

    /// Sixteen bits.
    pub fn short(&mut self) -> u16 {
        u16::from_be_bytes([self.byte(), self.byte()])
    }

    /// One of these.
    pub fn one<'l, T>(&mut self, of: &'l [T]) -> &'l T {
        &of[self.below(of.len())]
    }

    /// At most so many bytes.
    pub fn some(&mut self, most: usize) -> &'b [u8] {
        let (some, rest) = self.0.split_at(most.min(self.0.len()));
        self.0 = rest;
        some
    }

    /// Up to the next line end, as text.
    pub fn line(&mut self) -> Cow<'b, str> {
        let end = self.0.iter().position(|byte| *byte == b'\n');
        let line = self.some(end.unwrap_or(self.0.len()));
        self.byte();
        String::from_utf8_lossy(line)
    }

    /// All that is left, as text.
    pub fn text(self) -> Cow<'b, str> {
        String::from_utf8_lossy(self.0)
    }

    /// Whether nothing is left.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A number made of the beginning of some bytes (FNV-1a, Fowler, Noll and Vo 1991), to make things up by.
pub fn seed(bytes: &[u8]) -> u64 {
    bytes.iter().take(8).fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}
