//! Times in any text, under any tags, published on any day.
#![no_main]

use fuzz::layers::Made;
use gainsay_model::Date;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u64, Option<(i16, i8, i8)>, &str)| {
    let (seed, published, text) = input;
    let published = published.and_then(|(year, month, day)| Date::new(year, month, day).ok());
    Made::of(text, seed).times(published);
});
