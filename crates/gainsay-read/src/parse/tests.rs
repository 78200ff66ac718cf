//! Tests of the pass `parse`.

use super::*;
use crate::segment::segment;
use crate::tag::{TagModel, tag};

/// Each word with the one it depends on: `word←head:relation`.
fn shown(text: &str) -> String {
    let segments = segment(text, None);
    let tags = tag(text, &segments, TagModel::builtin());
    let heads = parse(text, &segments, &tags, ParseModel::builtin());
    let word = |at: usize| segments.words.get(at).map_or("", |span| span.of(text));
    let show = |(at, (head, rel)): (usize, &(Option<TokenId>, Rel))| {
        format!("{}←{}:{}", word(at), head.map_or("", word), rel.as_str())
    };
    heads.iter().enumerate().map(show).collect::<Vec<_>>().join(" ")
}

#[test]
fn who_does_what_to_whom() {
    assert_eq!(
        shown("Rebels captured the bridge."),
        "Rebels←captured:nsubj captured←:root the←bridge:det bridge←captured:obj .←captured:punct"
    );
    assert_eq!(
        shown("Three civilians were killed by the army."),
        "Three←civilians:nummod civilians←killed:nsubj:pass were←killed:aux:pass killed←:root by←army:case \
         the←army:det army←killed:obl:agent .←killed:punct"
    );
}

#[test]
fn every_sentence_of_nasty_texts_is_one_tree() {
    for text in crate::segment::tests::nasty() {
        let segments = segment(&text, None);
        let tags = tag(&text, &segments, TagModel::builtin());
        let heads = parse(&text, &segments, &tags, ParseModel::builtin());
        assert_eq!(heads.len(), segments.words.len());
        for sentence in &segments.sentences {
            let roots =
                heads.get(sentence.tokens.clone()).unwrap_or(&[]).iter().filter(|(head, _)| head.is_none());
            assert_eq!(roots.count(), 1, "one root");
            for at in sentence.tokens.clone() {
                let mut word = at;
                let mut steps = 0;
                while let Some(head) = heads.get(word).and_then(|(head, _)| *head) {
                    assert!(sentence.tokens.contains(&head), "heads stay inside the sentence");
                    word = head;
                    steps += 1;
                    assert!(steps <= sentence.tokens.len(), "no cycle");
                }
            }
        }
    }
}

#[test]
fn sums_kept_between_moves_are_those_of_all_features() {
    use super::features::{ALL, features};
    use super::search::best;
    use super::state::State;
    use crate::tag::table::{Found, NO_SUMS};

    let model = ParseModel::builtin();
    let root = usize::from(model.rel_number(Rel::Root));
    for text in crate::segment::tests::nasty().iter().map(String::as_str).chain([
        "The army said on Monday that three civilians, who had fled the city of Homs, were killed when rebels shelled it.",
        "Rebels captured the bridge, activists said, but the regime denied that.",
    ]) {
        let segments = segment(text, None);
        let tags = tag(text, &segments, TagModel::builtin());
        let found = parse(text, &segments, &tags, model);
        for sentence in &segments.sentences {
            let (mut words, mut low, mut end) = (Vec::new(), String::new(), 0);
            for (span, tagged) in segments.words[sentence.tokens.clone()].iter().zip(&tags[sentence.tokens.clone()]) {
                words.push(word(span.of(text), tagged, span.start > end && !words.is_empty(), &mut low));
                end = span.end;
            }
            if let Some(first) = words.first_mut() {
                // As `parse` counts from the start of the text.
                *first = word(
                    segments.words[sentence.tokens.start].of(text),
                    &tags[sentence.tokens.start],
                    segments.words[sentence.tokens.start].start > 0,
                    &mut low,
                );
            }
            let (mut state, mut keys, mut found_keys) = (State::default(), Vec::new(), Found::default());
            state.start(words.len());
            while !state.done() {
                features::<ALL>(&words, &state, &mut keys);
                let mut sums = NO_SUMS;
                model.weights.add(&keys, &mut found_keys, &mut sums);
                let label = best(&state, model.rels.len(), root, &mut sums).unwrap_or(0);
                state.make(model.step(label));
            }
            for (at, node) in state.nodes.iter().take(words.len()).enumerate() {
                let (head, rel) = found[sentence.tokens.start + at];
                let head = head.map_or(words.len(), |head| head - sentence.tokens.start);
                assert_eq!(usize::from(node.head), head, "{text}: word {at}");
                assert!(head == words.len() || model.rels[usize::from(node.rel)] == rel, "{text}: word {at}");
            }
        }
    }
}
