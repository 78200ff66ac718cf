//! `--coarsen` of briefs, sites and exports: how coarse places are told.

use gainsay::export::Region;

/// How coarse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coarsen {
    /// Points stand in the middle of squares of so many kilometres; 0 leaves them.
    Km(u32),
    /// Places are called by the region that they lie in.
    Region(Region),
}

impl Coarsen {
    /// Kilometres of the squares.
    pub fn km(self) -> u32 {
        match self {
            Coarsen::Km(km) => km,
            Coarsen::Region(_) => 0,
        }
    }

    /// The region.
    pub fn region(self) -> Option<Region> {
        match self {
            Coarsen::Km(_) => None,
            Coarsen::Region(region) => Some(region),
        }
    }
}

/// Reads what was typed.
///
/// # Errors
/// When it is neither kilometres nor a region.
pub fn coarsen(text: &str) -> Result<Coarsen, String> {
    let km = || text.parse().ok().filter(|km| *km <= 1000).map(Coarsen::Km);
    let region = Region::parse(text).map(Coarsen::Region);
    region.or_else(km).ok_or_else(|| "give kilometres from 0 to 1000, district or governorate".to_owned())
}
