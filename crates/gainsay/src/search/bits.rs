//! Sets of numbers, a bit each: rows and claims of the catalogue.

/// A set of numbers below a bound.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    /// None of so many.
    pub fn none(of: usize) -> Bits {
        Bits(vec![0; of.div_ceil(64)])
    }

    /// All of so many.
    pub fn all(of: usize) -> Bits {
        let mut bits = Bits::none(of);
        bits.fill(0, of);
        bits
    }

    pub fn put(&mut self, at: u32) {
        if let Some(word) = self.0.get_mut(at as usize / 64) {
            *word |= 1 << (at % 64);
        }
    }

    /// Puts in all from one number up to another.
    pub fn fill(&mut self, from: usize, to: usize) {
        for at in from..to {
            if at % 64 == 0 && at + 64 <= to {
                self.0[at / 64] = u64::MAX;
            } else {
                self.put(at as u32);
            }
        }
    }

    pub fn has(&self, at: u32) -> bool {
        self.0.get(at as usize / 64).is_some_and(|word| word & (1 << (at % 64)) != 0)
    }

    /// Keeps only what is in the other too.
    pub fn keep(&mut self, other: &Bits) {
        for (at, word) in self.0.iter_mut().enumerate() {
            *word &= other.0.get(at).copied().unwrap_or(0);
        }
    }

    /// Puts in what is in the other.
    pub fn add(&mut self, other: &Bits) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word |= other;
        }
    }

    /// Takes out what is in the other.
    pub fn drop(&mut self, other: &Bits) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word &= !other;
        }
    }

    pub fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_hold_what_was_put_in() {
        let mut bits = Bits::none(200);
        bits.fill(60, 190);
        bits.put(3);
        let members: Vec<u32> = (0..210).filter(|at| bits.has(*at)).collect();
        let expected: Vec<u32> = std::iter::once(3).chain(60..190).collect();
        assert_eq!((members, bits.count()), (expected, 131));
        let mut some = Bits::all(100);
        assert_eq!((some.count(), some.has(99), some.has(100)), (100, true, false));
        some.keep(&bits);
        assert_eq!(some.count(), 41);
        bits.drop(&some);
        assert_eq!(bits.count(), 90);
    }
}
