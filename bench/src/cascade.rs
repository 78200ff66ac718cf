//! The cascade of `gainsay_read::read`, one pass at a time and each timed; a test holds it to what `read` gives.

use std::time::Duration;

use gainsay_lexicon::Words;
use gainsay_model::{Reading, Report};
use gainsay_read::{amounts, attribution, claims, joined, names, parse, segment, tag, times};

use crate::clock;

/// The passes in their order; `known` is names of the lists, with their joining before and splitting after the
/// parser.
pub const PASSES: [&str; 9] =
    ["segment", "known", "tag", "parse", "names", "times", "amounts", "attribution", "claims"];

/// Time spent in each of [`PASSES`].
pub type Laps = [Duration; PASSES.len()];

/// Runs `work` and adds its time to the lap of the pass `name`.
fn timed<T>(laps: &mut Laps, name: &str, work: impl FnOnce() -> T) -> T {
    let start = clock::cpu();
    let made = work();
    let time = clock::cpu() - start;
    if let Some(at) = PASSES.iter().position(|pass| *pass == name) {
        laps[at] += time;
    }
    made
}

/// Reads a report written in English and adds the time of each pass to its lap.
pub fn cascade(report: &Report, words: &Words, laps: &mut Laps) -> Reading {
    let text = report.text.as_str();
    let segments = timed(laps, "segment", || segment::segment(text, report.title.as_deref()));
    let merged = timed(laps, "known", || {
        let known = names::known(text, &segments.sentences, &segments.words, words);
        joined::join(&segments, &known)
    });
    let mut tags = timed(laps, "tag", || tag::tag(text, &merged.segments, tag::TagModel::builtin()));
    timed(laps, "known", || merged.mark(text, &mut tags));
    let arcs =
        timed(laps, "parse", || parse::parse(text, &merged.segments, &tags, parse::ParseModel::builtin()));
    let tokens = timed(laps, "known", || merged.split(text, &segments, tags, arcs));
    let sentences = segments.sentences;
    let names = timed(laps, "names", || names::names(text, &sentences, &tokens, words));
    let times = timed(laps, "times", || times::times(text, &sentences, &tokens, report.published));
    let amounts =
        timed(laps, "amounts", || amounts::amounts(text, &sentences, &tokens, &times, &words.numbers));
    let attributions =
        timed(laps, "attribution", || attribution::attribution(text, &sentences, &tokens, &names, words));
    let layers = claims::Layers {
        report,
        sentences: &sentences,
        tokens: &tokens,
        names: &names,
        times: &times,
        amounts: &amounts,
        attributions: &attributions,
    };
    let claims = timed(laps, "claims", || claims::claims(&layers, words));
    let names = timed(laps, "names", || names::with_things(text, &sentences, &tokens, names, words));
    Reading { sentences, tokens, names, times, amounts, attributions, claims, warnings: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Corpus;

    #[test]
    fn the_timed_cascade_is_the_cascade() {
        let words = Words::builtin();
        let corpus = Corpus::examples().expect("the example reports are here");
        assert!(corpus.reports.len() > 5);
        for report in &corpus.reports {
            let mut laps = Laps::default();
            let (ours, read) = (cascade(report, words, &mut laps), gainsay_read::read(report, words));
            assert_eq!(format!("{ours:?}"), format!("{read:?}"), "{}", report.id);
            assert!(laps.iter().all(|lap| !lap.is_zero()));
        }
    }
}
