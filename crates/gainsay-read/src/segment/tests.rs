//! Tests of the pass `segment`: one line per case, and laws on texts that nobody wrote for us.

use super::*;

/// The words of `text`, joined by bars.
fn cut(text: &str) -> String {
    let words = sentence_words(text, Span::new(0, text.len()));
    words.iter().map(|word| word.of(text)).collect::<Vec<_>>().join("|")
}

/// The sentences of `text`, one to a line, each after the first letter of its part.
fn shown(text: &str, title: Option<&str>) -> String {
    let segments = segment(text, title);
    let line = |sentence: &Sentence| {
        let part = format!("{:?}", sentence.part);
        format!("{} {}\n", part.get(..1).unwrap_or(""), sentence.span.of(text))
    };
    segments.sentences.iter().map(line).collect()
}

/// What of `text` are its body's sentences, joined by bars.
fn sentences(text: &str) -> String {
    let segments = segment(text, None);
    segments.sentences.iter().map(|sentence| sentence.span.of(text)).collect::<Vec<_>>().join("|")
}

#[test]
fn words_are_cut_as_the_treebank_cuts_them() {
    let cases = [
        ("They don't; Syria's war, the rebels' route.", "They|do|n't|;|Syria|'s|war|,|the|rebels|'|route|."),
        ("Syria’s oilfields haven’t", "Syria|’s|oilfields|have|n’t"),
        ("cannot won't can't I'm they've", "can|not|wo|n't|ca|n't|I|'m|they|'ve"),
        ("U.S.-backed forces, U.S.-led raids.", "U.S.|-|backed|forces|,|U.S.|-|led|raids|."),
        ("regime-controlled and ISIS-held areas", "regime|-|controlled|and|ISIS|-|held|areas"),
        ("al-Ma’amel, a-Siyasiya and Deir ez-Zor", "al-Ma’amel|,|a-Siyasiya|and|Deir|ez-Zor"),
        (
            "Deir e-Zor, Tel-Abyad, Abdel-Rahman, Ban Ki-moon",
            "Deir|e-Zor|,|Tel-Abyad|,|Abdel-Rahman|,|Ban|Ki-moon",
        ),
        ("al-Qaeda-linked Jabhat al-Nusra's men", "al-Qaeda|-|linked|Jabhat|al-Nusra|'s|men"),
        ("pro-Assad, anti-ISIL, non-ISIS, pre-war", "pro-Assad|,|anti-ISIL|,|non-ISIS|,|pre-war"),
        ("an F-16, a Su-24 and S-300s", "an|F-16|,|a|Su-24|and|S|-|300s"),
        ("8-11 drives, 500 – 600 killed", "8|-|11|drives|,|500|–|600|killed"),
        ("1,000 or 3.5 or 10:30 or 9/11", "1,000|or|3.5|or|10:30|or|9/11"),
        ("2014-06-03 and 16-11-2014", "2014-06-03|and|16-11-2014"),
        ("21st, 1990s, 10km, 5pm", "21st|,|1990s|,|10|km|,|5|pm"),
        ("#Deir_Ezzor @CdricLabrousse #1", "#Deir_Ezzor|@CdricLabrousse|#|1"),
        ("see http://a.b/c?d=e, or www.x.org.", "see|http://a.b/c?d=e|,|or|www.x.org|."),
        ("mail a.b@c.org now", "mail|a.b@c.org|now"),
        (
            "at 10 a.m. on Jan. 5, Dr. Ali and Lt. Gen. Omar",
            "at|10|a.m.|on|Jan.|5|,|Dr.|Ali|and|Lt.|Gen.|Omar",
        ),
        ("“Clashes may begin,” he said (again).", "“|Clashes|may|begin|,|”|he|said|(|again|)|."),
        ("Is it so?! Yes... no", "Is|it|so|?!|Yes|...|no"),
        ("26 year-old", "26|year|-|old"),
        ("Q: Has it?", "Q|:|Has|it|?"),
        ("BEIRUT—Islamic State", "BEIRUT|—|Islamic|State"),
        ("Mohamed al-Khalif/Reuters", "Mohamed|al-Khalif|/|Reuters"),
        ("$5 million, 50%", "$|5|million|,|50|%"),
        ("دير الزور، سوريا", "دير|الزور|،|سوريا"),
        ("it didnt work", "it|did|nt|work"),
    ];
    for (text, want) in cases {
        assert_eq!(cut(text), want);
    }
}

#[test]
fn sentences_end_where_readers_end_them() {
    let cases = [
        "The U.N. chief spoke. He left.",
        "Dr. Darwish died. Mr. Assad spoke.",
        "He met Lt. Gen. Omar on Jan. 5 at 10 a.m. in Homs. Nothing came of it.",
        "“Regime shelling goes on.” He fled.",
        "\"They left.\" \"We stayed.\"",
        "They searched the car... When they began they saw it.",
        "It hit the U.S. The army denied it.",
        "No. 5 fell. No. He denied it.",
        "Was it so? It was! Nobody knows.",
        "No fewer than 3.5 million fled. 50 died.",
    ];
    let want = [
        "The U.N. chief spoke.|He left.",
        "Dr. Darwish died.|Mr. Assad spoke.",
        "He met Lt. Gen. Omar on Jan. 5 at 10 a.m. in Homs.|Nothing came of it.",
        "“Regime shelling goes on.”|He fled.",
        "\"They left.\"|\"We stayed.\"",
        "They searched the car...|When they began they saw it.",
        "It hit the U.S.|The army denied it.",
        "No. 5 fell.|No.|He denied it.",
        "Was it so?|It was!|Nobody knows.",
        "No fewer than 3.5 million fled.|50 died.",
    ];
    for (text, want) in cases.iter().zip(want) {
        assert_eq!(sentences(text), want);
    }
}

#[test]
fn a_text_without_line_breaks_gives_up_its_date_and_title() {
    let text = "Sun 05 Jul 2015 14 dead in night raids on stronghold. Six were killed. Tags Syria Aleppo Red Crescent \
                Some 33 people were hurt. They fled. Read Also";
    assert_eq!(
        shown(text, Some("14 dead in night raids on stronghold")),
        "F Sun 05 Jul 2015\nH 14 dead in night raids on stronghold.\nB Six were killed.\n\
         F Tags Syria Aleppo Red Crescent\nB Some 33 people were hurt.\nB They fled.\nF Read Also\n"
    );
}

#[test]
fn parts_of_a_report() {
    let text = "3 min read\n\nArmy takes the town\n\n23 June 2014\n\nThe army took it. It said so.\n\nQ: Is it true?\n\n\
                It is.\n\nQ: And then?\n\nA: They left.\n\n(PHOTO: A street in Homs)\n\nShare this article!";
    assert_eq!(
        shown(text, Some("Army takes the town")),
        "F 3 min read\nH Army takes the town\nF 23 June 2014\nB The army took it.\nB It said so.\n\
         Q Q: Is it true?\nA It is.\nQ Q: And then?\nA A: They left.\nC (PHOTO: A street in Homs)\n\
         F Share this article!\n"
    );
    let post = "Clashes went on.\nNOTE – 500 killed in #Homs\n— A Name (@handle) May 12, 2014\nThey fled.";
    assert_eq!(
        shown(post, None),
        "B Clashes went on.\nP NOTE – 500 killed in #Homs\nP — A Name (@handle) May 12, 2014\nB They fled.\n"
    );
}

#[test]
fn marks_that_close_make_no_sentence_too_long() {
    for words in MOST_WORDS - 3..MOST_WORDS + 3 {
        laws(&format!("{}…’ and more", "a ".repeat(words)));
        laws(&format!("{}!!!!!!!!”)’ and more", "a ".repeat(words)));
    }
}

/// What must hold of every reading of every text.
fn laws(text: &str) {
    let segments = segment(text, Some("A title of some length"));
    let mut last = 0;
    for word in &segments.words {
        assert!(word.start >= last && word.end > word.start, "words in order");
        assert!(text.is_char_boundary(word.start) && text.is_char_boundary(word.end));
        assert!(!word.of(text).contains(char::is_whitespace), "no blanks in {:?}", word.of(text));
        last = word.end;
    }
    let mut next = 0;
    for sentence in &segments.sentences {
        assert_eq!(sentence.tokens.start, next, "sentences cover all words");
        assert!(!sentence.tokens.is_empty() && sentence.tokens.len() <= MOST_WORDS);
        assert!(!sentence.span.of(text).contains('\n'));
        next = sentence.tokens.end;
    }
    assert_eq!(next, segments.words.len());
}

/// Texts that have broken readers.
pub(crate) fn nasty() -> Vec<String> {
    let mut texts: Vec<String> = [
        "",
        " ",
        "\n\n\n",
        "\u{0}\u{1}\u{7f}",
        "\u{feff}\u{200f}\u{202e}",
        ".",
        "...",
        "?!?!",
        "\"",
        "'",
        "’s",
        "'s",
        "-",
        "--",
        "a-",
        "-a",
        "al-",
        "#",
        "@",
        "# a",
        "@.",
        "www.",
        "http://",
        "a@",
        "@b.c",
        "1.",
        "1,",
        ".5",
        "1-",
        "1-1-",
        "U.S",
        "U.S.",
        "U.S..",
        "e.g.",
        "Mr.",
        "No.",
        "Tags",
        "Tags:",
        "Q:",
        "A:",
        "Get short URL",
        "Published",
        "— (@",
        "(PHOTO",
        "«»„“‚‘",
        "👩‍👩‍👧‍👦🏳️‍🌈🇸🇾",
        "e\u{301}\u{301}\u{301}",
        "دير الزور؟ نعم.",
        "北京。上海！",
        "\u{2028}\u{2029}",
        "a\u{ad}b",
        "x\u{200d}y",
        "1990's '90s 'em",
        "İstanbul’da ǅ ﬁ ß",
        "\r\n\r\n",
        "a\tb\u{b}c",
        "A title of some length",
        "title: A title of some length - X",
        "\u{10ffff}\u{e000}",
    ]
    .iter()
    .map(|text| (*text).to_owned())
    .collect();
    for piece in [
        "a", "a-", "al-", "a.", "1-", "1.", "'", "\"", "?", "@", "#", "U.S.", "-", "x ", "Tags ", "🇸🇾", "(",
        "a'", "www.", ";", "ء ",
    ] {
        texts.push(piece.repeat(3_000));
    }
    texts
}

#[test]
fn laws_hold_on_nasty_texts() {
    for text in nasty() {
        laws(&text);
        laws(&format!("The army. {text}\n{text} said."));
    }
}

#[test]
fn a_long_line_is_cut_and_costs_little() {
    let text = "the army said that it shelled the town and ".repeat(20_000);
    let begun = std::time::Instant::now();
    laws(&text);
    laws(&"a-1.b'".repeat(100_000));
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}
