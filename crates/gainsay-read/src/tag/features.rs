//! What the tagger looks at: the word, its spelling and its neighbours.
//!
//! The features are those of Collins (2002) and Ratnaparkhi (1996), with the classes of tags that the neighbours
//! may have (Toutanova et al. 2003) in place of their tags where these are not known yet.

use super::weights::{key, mix, text_hash};

/// What of one word the features use; every field is a hash or a small number.
#[derive(Clone, Copy, Debug, Default)]
pub struct Look {
    /// The word as written.
    pub form: u32,
    /// In small letters, digits all alike.
    pub low: u32,
    /// Capitals, small letters, digits and signs, runs shortened.
    pub shape: u32,
    /// First one to four letters, in small letters.
    pub prefixes: [u32; 4],
    /// Last one to five letters, in small letters.
    pub suffixes: [u32; 5],
    /// Which tags it may have, from the model's dictionary; 0 where rare or unknown.
    pub class: u32,
}

/// The word in small letters, digits as `0`, typeset apostrophes as typed ones; written into `low`.
pub fn lower(word: &str, low: &mut String) {
    low.clear();
    for c in word.chars() {
        match c {
            'A'..='Z' => low.push(c.to_ascii_lowercase()),
            '1'..='9' => low.push('0'),
            '’' | '‘' | '`' | '´' => low.push('\''),
            '“' | '”' | '«' | '»' => low.push('"'),
            _ if c.is_ascii() => low.push(c),
            _ => low.extend(c.to_lowercase()),
        }
    }
}

impl Look {
    /// Looks at `word`; `low` is scratch space and holds [`lower`] of it afterwards.
    pub fn of(word: &str, low: &mut String, class: impl Fn(u32) -> u32) -> Look {
        lower(word, low);
        let mut look = Look { form: text_hash(word), low: text_hash(low), ..Look::default() };
        look.class = class(look.low);
        let mut hash = 7u64;
        for (index, c) in low.chars().take(4).enumerate() {
            hash = mix(hash, c as u32);
            look.prefixes[index] = key(hash);
        }
        let mut hash = 11u64;
        for (index, c) in low.chars().rev().take(5).enumerate() {
            hash = mix(hash, c as u32);
            look.suffixes[index] = key(hash);
        }
        let (mut hash, mut last, mut length) = (13u64, ' ', 0);
        for c in word.chars().take(40) {
            let kind = match c {
                '0'..='9' => '0',
                _ if c.is_uppercase() => 'X',
                _ if c.is_alphabetic() => 'x',
                _ => c,
            };
            length = if kind == last { length + 1 } else { 1 };
            last = kind;
            if length <= 2 {
                hash = mix(hash, kind as u32);
            }
        }
        look.shape = key(hash);
        look
    }
}

/// The features of word `at`, given the labels `last` and `before` of the two words to its left.
///
/// `titled` is 1 where most words of the sentence have capitals (a headline), 2 where there are only capitals.
pub fn features(looks: &[Look], at: usize, last: u32, before: u32, titled: u32, keys: &mut Vec<u32>) {
    const NONE: Look = Look { form: 1, low: 1, shape: 1, prefixes: [1; 4], suffixes: [1; 5], class: 1 };
    keys.clear();
    let get = |index: Option<usize>| index.and_then(|index| looks.get(index)).unwrap_or(&NONE);
    let w = get(Some(at));
    let (p1, p2) = (get(at.checked_sub(1)), get(at.checked_sub(2)));
    let (n1, n2) = (get(Some(at + 1)), get(Some(at + 2)));
    let mut seed = 0u32;
    let mut add = |a: u32, b: u32, c: u32| {
        seed += 1;
        keys.push(key(mix(mix(mix(u64::from(seed) << 32, a), b), c)));
    };
    let first = u32::from(at == 0);
    add(w.form, 0, 0);
    add(w.low, 0, 0);
    add(w.shape, titled, first);
    for prefix in w.prefixes {
        add(prefix, 0, 0);
    }
    for suffix in w.suffixes {
        add(suffix, 0, 0);
    }
    add(w.suffixes[2], w.shape, first);
    add(w.suffixes[1], last, 0);
    add(w.suffixes[2], last, 0);
    add(w.class, w.shape, titled << 1 | first);
    add(last, 0, 0);
    add(last, before, 0);
    add(last, before, w.low);
    add(last, w.low, 0);
    add(last, w.class, n1.class);
    add(last, w.class, n1.low);
    add(last, w.shape, 0);
    add(p1.low, 0, 0);
    add(p1.low, w.low, 0);
    add(p1.low, w.class, 0);
    add(p1.suffixes[2], w.class, 0);
    add(p1.shape, w.shape, titled);
    add(p2.low, 0, 0);
    add(p2.low, p1.low, 0);
    add(p2.low, last, w.class);
    add(n1.low, 0, 0);
    add(n1.low, w.low, 0);
    add(n1.low, w.class, 0);
    add(n1.suffixes[2], w.class, 0);
    add(n1.suffixes[2], last, 0);
    add(n1.suffixes[1], w.suffixes[2], 0);
    add(n1.shape, w.shape, titled);
    add(n1.class, w.class, w.suffixes[1]);
    add(n1.class, w.low, last);
    add(n1.class, n2.class, w.class);
    add(n1.low, n2.low, 0);
    add(n2.low, 0, 0);
    add(n2.class, w.low, n1.class);
    add(p1.low, n1.low, 0);
    add(p1.low, w.low, n1.low);
    add(last, n1.low, 0);
    add(p1.class, n1.class, w.shape);
}

/// Whether the words look like a headline: 1 where two thirds of those longer than three letters begin with a
/// capital, 2 where nearly all letters are capitals, else 0.
pub fn titled<'a>(words: impl Iterator<Item = &'a str>) -> u32 {
    let (mut long, mut capital, mut upper) = (0u32, 0u32, 0u32);
    for word in words.filter(|word| word.len() > 3).take(60) {
        let mut chars = word.chars();
        let Some(first) = chars.next().filter(|c| c.is_alphabetic()) else { continue };
        long += 1;
        capital += u32::from(first.is_uppercase());
        upper += u32::from(first.is_uppercase() && !chars.any(char::is_lowercase));
    }
    if long >= 2 && upper * 10 >= long * 9 { 2 } else { u32::from(long >= 3 && capital * 3 >= long * 2) }
}
