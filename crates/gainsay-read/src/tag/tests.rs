//! Tests of the pass `tag`.

use super::*;
use crate::segment::segment;

/// Words over their tags, in aligned rows.
fn shown(text: &str) -> String {
    let segments = segment(text, None);
    let tags = tag(text, &segments, TagModel::builtin());
    let mut rows = [String::new(), String::new(), String::new()];
    for (span, tagged) in segments.words.iter().zip(&tags) {
        let cells = [span.of(text), tagged.upos.as_str(), tagged.lemma.as_str()];
        let width = cells.iter().map(|cell| cell.chars().count()).max().unwrap_or(0) + 1;
        for (row, cell) in rows.iter_mut().zip(cells) {
            row.push_str(&format!("{cell:width$}"));
        }
    }
    rows.map(|row| row.trim_end().to_owned()).join("\n")
}

#[test]
fn sentences_of_reports() {
    let cases = [
        "\
Rebels captured the bridge on June 3  .
NOUN   VERB     DET NOUN   ADP PROPN NUM PUNCT
rebel  capture  the bridge on  June  3   .",
        "\
At  least 50  civilians were killed in  Aleppo .
ADP ADJ   NUM NOUN      AUX  VERB   ADP PROPN  PUNCT
at  least 50  civilian  be   kill   in  Aleppo .",
        "\
The regime has not denied it   .
DET NOUN   AUX PART VERB  PRON PUNCT
the regime have not deny  it   .",
    ];
    for want in cases {
        let text = want.lines().next().unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ");
        let squeeze = |rows: &str| rows.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(squeeze(&shown(&text.replace(" .", "."))), squeeze(want), "\n{}", shown(&text));
    }
}

#[test]
fn one_tag_for_every_word_of_nasty_texts() {
    for text in crate::segment::tests::nasty() {
        let segments = segment(&text, None);
        let tags = tag(&text, &segments, TagModel::builtin());
        assert_eq!(tags.len(), segments.words.len());
        assert!(tags.iter().all(|tagged| !tagged.lemma.is_empty()));
    }
}

#[test]
fn numbers_and_weights_survive_writing() {
    let mut bytes = Vec::new();
    let numbers = [0, 1, 127, 128, 300, u32::MAX];
    numbers.iter().for_each(|&number| put(&mut bytes, number));
    let rest = &mut bytes.as_slice();
    assert!(numbers.iter().all(|&number| take(rest) == Some(number)));
    assert_eq!(take(rest), None);

    let rows = vec![(5, vec![(0, -3), (2, 700)]), (9, vec![(1, 1)]), (0xFFFF_FFFF, vec![(2, -32_000)])];
    let mut bytes = Vec::new();
    Weights::encode(3, &rows, &mut bytes);
    let weights = Weights::decode(&mut bytes.as_slice()).unwrap_or_default();
    let mut scores = [0; 3];
    weights.score(&[5, 9, 7, 0xFFFF_FFFF], &mut Places::default(), &mut scores);
    assert_eq!(scores, [-3, 1, 700 - 32_000]);
    for cut in 0..bytes.len() {
        assert!(Weights::decode(&mut bytes.get(..cut).unwrap_or(&[])).is_none(), "cut at {cut}");
    }
}

#[test]
fn scripts_turn_words_into_their_lemmas() {
    for (word, lemma) in
        [("captured", "capture"), ("Rebels", "rebel"), ("is", "be"), ("ISIS", "ISIS"), ("States", "State")]
    {
        assert_eq!(lemma::Script::between(word, lemma).apply(word), lemma);
    }
}

#[test]
fn forms_never_learned_go_by_their_spelling() {
    let climbed = "climb bomb shell expel stop pass evacuate visit develop enter capture fire injure declare clear seize \
        pursue besiege plunge bury kill rescue detain down storm target torch execute invade struggle topple retreat \
        repel release disperse claim attack explode abduct deploy ambush retire require repair devour pour appeal fail \
        concede succeed divide hope escape raid raise close focus charge mine combine abandon widen return";
    for lemma in climbed.split_whitespace() {
        let form = match lemma {
            "expel" | "repel" | "stop" => format!("{lemma}{}ed", &lemma[lemma.len() - 1..]),
            "bury" => "buried".to_owned(),
            _ => format!("{}ed", lemma.strip_suffix('e').unwrap_or(lemma)),
        };
        assert_eq!(lemma::stems(&form, "ed").first().map(String::as_str), Some(lemma), "{form}");
    }
    for (form, lemma) in [
        ("monitoring", "monitor"),
        ("shelling", "shell"),
        ("bringing", "bring"),
        ("charging", "charge"),
        ("fleeing", "flee"),
        ("running", "run"),
    ] {
        assert_eq!(lemma::stems(form, "ing").first().map(String::as_str), Some(lemma));
    }
    for (form, lemma) in [
        ("militiamen", "militiaman"),
        ("jihadis", "jihadi"),
        ("enemies", "enemy"),
        ("clashes", "clash"),
        ("houses", "house"),
    ] {
        assert_eq!(lemma::singulars(form).first().map(String::as_str), Some(lemma));
    }
}

#[test]
fn unknown_words_of_news() {
    let text = "Militiamen and troops climbed the hill, bombed Douma and shelled Homs, the United Nations said Monday.";
    let segments = segment(text, None);
    let tags = tag(text, &segments, TagModel::builtin());
    let lemmas: Vec<&str> = tags.iter().map(|tagged| tagged.lemma.as_str()).collect();
    for lemma in ["militiaman", "troop", "climb", "bomb", "shell", "United", "say"] {
        assert!(lemmas.contains(&lemma), "{lemma} in {lemmas:?}");
    }
}
