//! Chance that is the same on every machine: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), whole numbers only.

/// A stream of numbers from a seed.
#[derive(Clone)]
pub struct Dice(u64);

impl Dice {
    /// The stream of this seed.
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `n`; 0 where `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        let wide = u128::from(self.next()) * n as u128;
        (wide >> 64) as usize
    }

    /// A number below `n`, small ones far more often: a third of them in the first tenth.
    pub fn skewed(&mut self, n: usize) -> usize {
        let most = self.below(n) + 1;
        self.below(most)
    }

    /// From `least` to `most`, both among them.
    pub fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most + 1 - least)
    }

    /// True in so many of a thousand cases.
    pub fn chance(&mut self, per_mille: usize) -> bool {
        self.below(1000) < per_mille
    }

    /// One of some.
    pub fn pick<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        let n = self.below(of.len());
        &of[n]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_of_a_seed_is_always_the_same() {
        // The first numbers of seed 0, as Vigna's reference gives them (prng.di.unimi.it/splitmix64.c).
        let mut dice = Dice::new(0);
        assert_eq!([dice.next(), dice.next()], [0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4]);
    }

    #[test]
    fn small_numbers_come_more_often_in_a_skewed_stream() {
        let mut dice = Dice::new(7);
        let small = (0..1000).filter(|_| dice.skewed(100) < 10).count();
        assert!((250..420).contains(&small), "{small}");
    }
}
