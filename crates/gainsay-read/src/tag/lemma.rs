//! Dictionary forms, by edit scripts learned from treebanks (after Chrupała 2006).
//!
//! A script cuts letters off the end of a word and adds others. Which script fits is kept by the tag and the
//! longest ending of the word for which the training texts had an opinion of their own; the whole word is the
//! longest ending.

use std::collections::BTreeMap;

use super::weights::{key, mix, put, put_text, take, take_text, text_hash};

/// The longest ending, in letters, that a script is kept by; whole words may be longer.
pub const LONGEST: usize = 7;

/// How to get a dictionary form from a word.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Script {
    /// Whether the word is put into small letters first.
    pub lower: bool,
    /// How many letters are cut off the end.
    pub cut: usize,
    /// What is put in their place.
    pub add: String,
}

impl Script {
    /// The script that makes `lemma` of `word`.
    pub fn between(word: &str, lemma: &str) -> Script {
        let low = word.to_lowercase();
        let common = |base: &str| base.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).count();
        // Small letters unless the capitals carry over.
        let lower = common(&low) >= common(word);
        let base = if lower { low.as_str() } else { word };
        let shared = common(base);
        Script { lower, cut: base.chars().count() - shared, add: lemma.chars().skip(shared).collect() }
    }

    /// The dictionary form of `word` by this script.
    pub fn apply(&self, word: &str) -> String {
        let mut lemma = if self.lower { word.to_lowercase() } else { word.to_owned() };
        for _ in 0..self.cut {
            lemma.pop();
        }
        lemma.push_str(&self.add);
        if lemma.is_empty() { word.to_owned() } else { lemma }
    }
}

/// The key of the whole word `low` under tag `label`.
pub fn whole_key(label: u32, low: &str) -> u32 {
    key(mix(mix(17, label), text_hash(low)))
}

/// The keys of the endings of `low` under tag `label`, from none to [`LONGEST`] letters.
pub fn ending_keys(label: u32, low: &str) -> impl Iterator<Item = u32> + '_ {
    let mut hash = mix(19, label);
    std::iter::once(key(hash)).chain(low.chars().rev().take(LONGEST).map(move |c| {
        hash = mix(hash, c as u32);
        key(hash)
    }))
}

/// Scripts by tag and ending.
#[derive(Clone, Debug, Default)]
pub struct Lemmatiser {
    scripts: Vec<Script>,
    /// Sorted by key.
    by_key: Vec<(u32, u16)>,
}

impl Lemmatiser {
    /// A lemmatiser of `scripts` and of which key wants which.
    pub fn build(scripts: Vec<Script>, by_key: &BTreeMap<u32, u16>) -> Lemmatiser {
        Lemmatiser { scripts, by_key: by_key.iter().map(|(&key, &script)| (key, script)).collect() }
    }

    fn script(&self, key: u32) -> Option<&Script> {
        let at = self.by_key.binary_search_by_key(&key, |&(key, _)| key).ok()?;
        self.scripts.get(usize::from(self.by_key.get(at)?.1))
    }

    /// The dictionary form of `word`, whose tag has number `label`; `low` is the word in small letters.
    pub fn lemma(&self, word: &str, low: &str, label: u32) -> String {
        let whole = self.script(whole_key(label, low));
        let script = whole.or_else(|| {
            let keys: Vec<u32> = ending_keys(label, low).collect();
            keys.iter().rev().find_map(|&key| self.script(key))
        });
        script.map_or_else(|| low.to_owned(), |script| script.apply(word))
    }

    /// Writes it as [`Lemmatiser::decode`] reads it.
    pub fn encode(&self, out: &mut Vec<u8>) {
        put(out, self.scripts.len() as u32);
        for script in &self.scripts {
            put(out, u32::from(script.lower));
            put(out, script.cut as u32);
            put_text(out, &script.add);
        }
        put(out, self.by_key.len() as u32);
        let mut last = 0;
        for &(key, script) in &self.by_key {
            put(out, key - last);
            put(out, u32::from(script));
            last = key;
        }
    }

    /// Reads it back and moves `bytes` on; `None` where they are cut short.
    pub fn decode(bytes: &mut &[u8]) -> Option<Lemmatiser> {
        let mut made = Lemmatiser::default();
        for _ in 0..take(bytes)? {
            let (lower, cut) = (take(bytes)? == 1, take(bytes)? as usize);
            made.scripts.push(Script { lower, cut, add: take_text(bytes)? });
        }
        let mut key = 0u32;
        for _ in 0..take(bytes)? {
            key = key.wrapping_add(take(bytes)?);
            made.by_key.push((key, take(bytes)? as u16));
        }
        Some(made)
    }
}
