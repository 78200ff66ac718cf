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
