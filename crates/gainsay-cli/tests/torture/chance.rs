//! Numbers by chance, from a seed that is told, so that a failure can be had again.

use std::time::{SystemTime, UNIX_EPOCH};

/// SplitMix64 (Steele, Lea and Flood 2014).
pub struct Chance {
    state: u64,
}

impl Chance {
    /// From `GAINSAY_TORTURE_SEED`, else from the clock; each test takes its own name, so that they do not walk together.
    pub fn new(name: &str) -> Chance {
        let given = std::env::var("GAINSAY_TORTURE_SEED").ok().and_then(|seed| seed.parse().ok());
        let clock = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64;
        let seed = given.unwrap_or_else(clock);
        println!("{name}: GAINSAY_TORTURE_SEED={seed}");
        let mixed = name.bytes().fold(seed, |seed, byte| seed.rotate_left(7) ^ u64::from(byte));
        Chance { state: mixed }
    }

    /// The next 64 bits.
    pub fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A number below this one, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.next()) * end as u128) >> 64) as usize
    }

    /// One of these.
    pub fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}
