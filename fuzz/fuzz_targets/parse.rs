//! Any text under any tags, parsed: trees without cycles and without crossing arcs.
#![no_main]

use fuzz::laws;
use fuzz::layers::Made;
use gainsay_read::parse::{ParseModel, parse};
use gainsay_read::tag::Tagged;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u64, &str)| {
    let made = Made::of(input.1, input.0);
    let tags = made.tokens.iter().map(|token| Tagged {
        upos: token.upos,
        xpos: token.xpos,
        lemma: token.lemma.clone(),
    });
    let tags: Vec<Tagged> = tags.collect();
    let arcs = parse(made.text, &made.segments, &tags, ParseModel::builtin());
    assert_eq!(arcs.len(), tags.len());
    let heads: Vec<Option<usize>> = arcs.iter().map(|(head, _)| *head).collect();
    laws::heads(&made.segments.sentences, &heads);
    laws::projective(&made.segments.sentences, &heads);
});
