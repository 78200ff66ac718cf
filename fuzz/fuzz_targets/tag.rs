//! Any text tagged: one tag and one dictionary form a word.
#![no_main]

use gainsay_read::segment::segment;
use gainsay_read::tag::{TagModel, tag};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let segments = segment(text, None);
    let tags = tag(text, &segments, TagModel::builtin());
    assert_eq!(tags.len(), segments.words.len());
    assert!(tags.iter().all(|tag| !tag.lemma.is_empty()));
});
