//! Dictionary forms, by edit scripts learned from treebanks (after Chrupała 2006).
//!
//! A script cuts letters off the end of a word and adds others. Which script fits is kept by the tag and the
//! longest ending of the word for which the training texts had an opinion of their own; the whole word is the
//! longest ending.
//!
//! An ending that was learned may cut too much off a word that was not (`climbed`, after `grabbed`): what comes out
//! must be a form known from the treebanks, or one that English spelling allows.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::reading::{Upos, Xpos};

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

/// The key under which it is known that `lemma` is a dictionary form of a part of speech.
pub fn known_key(upos: Upos, lemma: &str) -> u32 {
    key(mix(mix(23, upos as u32), text_hash(lemma)))
}

/// Scripts by tag and ending.
#[derive(Clone, Debug, Default)]
pub struct Lemmatiser {
    scripts: Vec<Script>,
    /// Sorted by key.
    by_key: Vec<(u32, u16)>,
    /// The dictionary forms of the treebanks, by [`known_key`], sorted.
    known: Vec<u32>,
}

impl Lemmatiser {
    /// A lemmatiser of `scripts`, of which key wants which, and of the dictionary forms that are known.
    pub fn build(scripts: Vec<Script>, by_key: &BTreeMap<u32, u16>, known: &BTreeSet<u32>) -> Lemmatiser {
        let by_key = by_key.iter().map(|(&key, &script)| (key, script)).collect();
        Lemmatiser { scripts, by_key, known: known.iter().copied().collect() }
    }

    fn knows(&self, upos: Upos, lemma: &str) -> bool {
        self.known.binary_search(&known_key(upos, lemma)).is_ok()
    }

    fn script(&self, key: u32) -> Option<&Script> {
        let at = self.by_key.binary_search_by_key(&key, |&(key, _)| key).ok()?;
        self.scripts.get(usize::from(self.by_key.get(at)?.1))
    }

    /// The dictionary form of `word`, whose tags `tags` have number `label`; `low` is the word in small letters.
    pub fn lemma(&self, word: &str, low: &str, (label, tags): (u32, (Upos, Xpos))) -> String {
        if let Some(script) = self.script(whole_key(label, low)) {
            return script.apply(word);
        }
        let keys: Vec<u32> = ending_keys(label, low).collect();
        let script = keys.iter().rev().find_map(|&key| self.script(key));
        let learned = script.map_or_else(|| low.to_owned(), |script| script.apply(word));
        self.checked(low, tags, learned)
    }

    /// `learned`, unless spelling speaks against it.
    fn checked(&self, low: &str, (upos, xpos): (Upos, Xpos), learned: String) -> String {
        let choices = match xpos {
            Xpos::Vbd | Xpos::Vbn if upos == Upos::Verb && low.ends_with("ed") => stems(low, "ed"),
            Xpos::Vbn if upos == Upos::Verb && low.ends_with("en") => {
                let stem = low.strip_suffix('n').unwrap_or(low);
                let short = stem.strip_suffix('e').unwrap_or(stem).to_owned();
                // Where no known verb is found, what was learned stands: "written", "stolen".
                return [short, stem.to_owned()]
                    .into_iter()
                    .find(|choice| self.knows(upos, choice))
                    .unwrap_or(learned);
            }
            // "corpses", "responses": a consonant before "ses" is followed by the "e" of the stem.
            Xpos::Nns if low.strip_suffix("ses").is_some_and(|stem| stem.ends_with(['l', 'n', 'p', 'r'])) => {
                return low.strip_suffix('s').unwrap_or(low).to_owned();
            }
            Xpos::Vbg if upos == Upos::Verb && low.ends_with("ing") => stems(low, "ing"),
            Xpos::Vbz if upos == Upos::Verb && low.ends_with('s') => singulars(low),
            Xpos::Nns if low.ends_with('s') || low.ends_with("men") => singulars(low),
            _ => return learned,
        };
        if self.knows(upos, &learned) {
            return learned;
        }
        let known = |upos: Upos| choices.iter().find(|choice| self.knows(upos, choice)).cloned();
        // A noun says as well as a verb how a stem ends: a bomb, to bomb.
        if let Some(choice) = known(upos).or_else(|| known(Upos::Noun)).or_else(|| known(Upos::Verb)) {
            return choice;
        }
        // A compound goes like its last part: "co-founded".
        let last = |text: &str| text.rfind('-').map(|at| at + 1);
        if let Some(from) = last(low).filter(|&from| low.len() > from + 3) {
            let tail =
                self.checked(&low[from..], (upos, xpos), learned[last(&learned).unwrap_or(0)..].to_owned());
            return format!("{}{tail}", &low[..from]);
        }
        choices.into_iter().next().unwrap_or(learned)
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
        put(out, self.known.len() as u32);
        let mut last = 0;
        for &key in &self.known {
            put(out, key - last);
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
        let mut key = 0u32;
        for _ in 0..take(bytes)? {
            key = key.wrapping_add(take(bytes)?);
            made.known.push(key);
        }
        Some(made)
    }
}

/// The stems that the regular verb form `low` may come of, the likeliest first; `ending` is `ed` or `ing`.
pub fn stems(low: &str, ending: &str) -> Vec<String> {
    let Some(stem) = low.strip_suffix(ending) else { return Vec::new() };
    let letters: Vec<char> = stem.chars().collect();
    let vowel = |c: char| "aeiou".contains(c);
    let at = |back: usize| letters.len().checked_sub(back).and_then(|at| letters.get(at)).copied();
    let (Some(last), Some(before)) = (at(1), at(2)) else { return vec![low.to_owned()] };
    let mut bare = stem.to_owned();
    let mut mute = format!("{stem}e");
    if last == 'i' && ending == "ed" {
        bare.pop();
        mute = format!("{bare}ie");
        bare.push('y');
        return vec![bare, mute];
    }
    let vowels =
        (0..letters.len()).filter(|&at| vowel(letters[at]) && (at == 0 || !vowel(letters[at - 1]))).count();
    if last == before && !vowel(last) {
        let mut single = stem.to_owned();
        single.pop();
        // "shelled", "passed", "staffed", but "stopped", "expelled".
        let kept = "szf".contains(last) || last == 'l' && vowels == 1;
        return if kept { vec![bare, single] } else { vec![single, bare] };
    }
    let third = at(3).unwrap_or(' ');
    let needs_e = match last {
        'v' | 'u' | 'z' | 'c' => true,
        's' => before != 's' && before != 'u',
        'g' => !(before == 'n' && ending == "ing" && vowels == 1),
        'l' => {
            !vowel(before) && !"lrw".contains(before) || vowels > 0 && "iu".contains(before) && !vowel(third)
        }
        'r' if vowel(before) => {
            !vowel(third) && ("aiu".contains(before) || vowels == 1) || third == 'u' && before == 'i'
        }
        'r' => before == 't',
        'w' | 'x' | 'y' | 'h' => false,
        'e' | 'o' | 'a' | 'i' => false,
        // One vowel before one letter: "evacuated", "hoped", but "visited", "developed".
        _ if vowel(before) && !vowel(third) => match (before, last) {
            ('a', 't') | ('u', _) | ('i', 'd' | 'n' | 'k' | 'b' | 'm') | ('a', 'd' | 'p' | 'm' | 'k') => true,
            ('o', 'k' | 't' | 'd') | ('e', 'd' | 't' | 'm') if vowels == 1 => true,
            ('e', 'd') | ('o', 'd' | 'k') => true,
            _ => vowels == 1,
        },
        // "evacuated", "created": a vowel of the stem, then "at".
        't' if before == 'a' && "iu".contains(third) => true,
        _ => false,
    };
    if needs_e { vec![mute, bare] } else { vec![bare, mute] }
}

/// The forms that the regular plural, or third person, `low` may come of, the likeliest first.
pub fn singulars(low: &str) -> Vec<String> {
    let with = |cut: &str, add: &str| low.strip_suffix(cut).map(|stem| format!("{stem}{add}"));
    let short = with("s", "");
    let mut found = Vec::new();
    if let Some(man) = with("men", "man") {
        found.push(man);
    } else if low.len() > 4 && low.ends_with("ies") {
        return [with("ies", "y"), short].into_iter().flatten().collect();
    } else if ["sses", "shes", "ches", "xes", "zzes"].iter().any(|ending| low.ends_with(ending)) {
        return [with("es", ""), short].into_iter().flatten().collect();
    } else if low.ends_with("ss") {
        found.push(low.to_owned());
    } else {
        return [short, with("es", ""), with("ves", "f")].into_iter().flatten().collect();
    }
    found
}
