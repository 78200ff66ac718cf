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
    weights.score(&[5, 9, 7, 0xFFFF_FFFF], &mut weights::Places::default(), &mut scores);
    assert_eq!(scores, [-3, 1, 700 - 32_000]);
    for cut in 0..bytes.len() {
        assert!(Weights::decode(&mut bytes.get(..cut).unwrap_or(&[])).is_none(), "cut at {cut}");
    }
}

#[test]
fn a_table_sums_what_its_rows_say() {
    use super::table::{Found, LANES, NO_SUMS, Table};

    // Rows of every length, some with weights too large for a pair; half of the keys asked for are not there.
    let mut random = 7u64;
    let mut below = |bound: u64| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 32) % bound
    };
    let mut rows: Vec<(u32, Vec<(u8, i16)>)> = Vec::new();
    for n in 0..600 {
        let most = if n % 7 == 0 { 1200 } else { 300 };
        let mut row = Vec::new();
        for label in (0..LANES as u8).step_by(1 + n % 60) {
            row.push((label, below(most) as i16 - 150));
        }
        rows.push((below(1 << 32) as u32 | 1, row));
    }
    rows.sort();
    rows.dedup_by_key(|(key, _)| *key);
    let mut bytes = Vec::new();
    Weights::encode(LANES, &rows, &mut bytes);
    let decoded = Table::decode(&mut bytes.as_slice()).unwrap_or_default();
    for round in 0..50 {
        let keys: Vec<u32> = (0..100)
            .map(|_| {
                if below(2) == 0 {
                    rows[below(rows.len() as u64) as usize].0
                } else {
                    below(1 << 32) as u32 | 1
                }
            })
            .collect();
        let mut wanted = [0i32; LANES];
        for (_, row) in keys.iter().filter_map(|key| rows.iter().find(|(known, _)| known == key)) {
            row.iter().for_each(|&(label, weight)| wanted[usize::from(label)] += i32::from(weight));
        }
        for table in [&Table::build(&rows), &decoded] {
            let mut sums = NO_SUMS;
            table.add(&keys, &mut Found::default(), &mut sums);
            assert_eq!(
                sums[..LANES].iter().map(|&sum| i32::from(sum)).collect::<Vec<_>>(),
                wanted,
                "round {round}"
            );
        }
    }
    for cut in 0..bytes.len() {
        assert!(Table::decode(&mut bytes.get(..cut).unwrap_or(&[])).is_none(), "cut at {cut}");
    }
    let mut wide = Vec::new();
    Weights::encode(LANES + 1, &[], &mut wide);
    assert!(Table::decode(&mut wide.as_slice()).is_none(), "more labels than lanes");
}

#[test]
fn participles_and_plurals_that_look_like_others() {
    let text = "Prisoners were beaten and taken away, and corpses, horses and responses were seen and written about.";
    let segments = segment(text, None);
    let tags = tag(text, &segments, TagModel::builtin());
    let lemmas: Vec<&str> = tags.iter().map(|tagged| tagged.lemma.as_str()).collect();
    for lemma in ["beat", "take", "corpse", "horse", "response", "see", "write"] {
        assert!(lemmas.contains(&lemma), "{lemma} in {lemmas:?}");
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
