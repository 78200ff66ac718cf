//! A million names: how long the index takes to build and to answer, and how much memory it holds.
//!
//! `cargo bench -p gainsay-lexicon --bench names` (`-- 100000` for so many). The names are made up of the syllables
//! of Arabic names by a generator with a fixed seed: the same names in every run.

use std::time::{Duration, Instant};

use gainsay_lexicon::{Gazetteer, Lexicon, NameIndex, Place, fold};

/// Syllables of made-up names: consonants, vowels, and what stands before a name.
const CONSONANTS: &[&str] =
    &["b", "t", "j", "h", "kh", "d", "dh", "r", "z", "s", "sh", "gh", "f", "q", "k", "l", "m", "n", "w", "y"];
const VOWELS: &[&str] = &["a", "a", "a", "i", "u", "ay", "aw", "ou", "ee"];
const FIRST: &[&str] = &["", "", "", "al-", "al-", "Tall ", "Khirbat ", "Kafr ", "Umm ", "Bayt ", "Ayn "];

/// Random numbers (xorshift: Marsaglia 2003).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % bound
    }

    fn one(&mut self, of: &[&'static str]) -> &'static str {
        of[self.below(of.len())]
    }

    fn word(&mut self) -> String {
        let syllables = 2 + self.below(3);
        let mut word = String::new();
        for _ in 0..syllables {
            word += self.one(CONSONANTS);
            word += self.one(VOWELS);
        }
        word += self.one(&["", "h", "n", "r", "b", "m"]);
        word[..1].make_ascii_uppercase();
        word
    }

    fn name(&mut self) -> String {
        let mut name = self.one(FIRST).to_string();
        name += &self.word();
        if self.below(4) == 0 {
            name += " al-";
            name += &self.word();
        }
        name
    }
}

/// Resident memory of this process, in MiB, where the system tells.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kib| kib / 1024)
}

fn main() {
    let count = std::env::args().skip(1).find_map(|arg| arg.parse().ok()).unwrap_or(1_000_000);
    let mut random = Random(0x0051_EED0_F0A1);
    let places = (0..count).map(|at| {
        let id = format!("p{at}");
        let place = Place {
            id: id.clone(),
            name: random.name(),
            kind: "village".into(),
            parent: None,
            lat: 0.0,
            lon: 0.0,
            pcode: None,
            extent: None,
            names: Vec::new(),
        };
        (id, place)
    });
    let gazetteer = Gazetteer { places: places.collect(), ..Gazetteer::default() };
    let before = resident();
    let clock = Instant::now();
    let index = NameIndex::of(&Lexicon::default(), &gazetteer);
    println!("{count} names built in {:?}", clock.elapsed());
    if let (Some(before), Some(after)) = (before, resident()) {
        println!("{} MiB for the index, {after} MiB with the list", after.saturating_sub(before));
    }
    let names: Vec<&str> = gazetteer.places.values().map(|place| place.name.as_str()).collect();
    let asked: Vec<&str> = (0..2000).map(|_| names[random.below(names.len())]).collect();
    times("find", &asked, |name| index.find(name).len());
    let habits: Vec<String> = asked.iter().map(|name| habit(name)).collect();
    times("near, other habits", &habits, |name| index.near(name, 2).len());
    let slips: Vec<String> = asked.iter().map(|name| slip(name, &mut random)).collect();
    times("near, misspelled", &slips, |name| index.near(name, 2).len());
}

/// Another romanisation of the same name.
fn habit(name: &str) -> String {
    name.replace("ou", "u").replace("ee", "i").replace('q', "k").replace("sh", "ch").replace("ay", "ei")
}

/// The same name with one letter left out.
fn slip(name: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    letters.remove(1 + random.below(letters.len() - 1));
    letters.into_iter().collect()
}

/// Prints the median and the 99th percentile, and how many were answered.
fn times(what: &str, asked: &[impl AsRef<str>], answer: impl Fn(&str) -> usize) {
    let mut found = 0;
    let mut taken: Vec<Duration> = Vec::with_capacity(asked.len());
    for name in asked {
        let clock = Instant::now();
        found += usize::from(answer(name.as_ref()) > 0);
        taken.push(clock.elapsed());
    }
    taken.sort_unstable();
    let at = |share: usize| taken[(taken.len() - 1) * share / 100];
    let keys = asked.iter().filter(|name| !fold::key(name.as_ref()).is_empty()).count();
    println!("{what:20} median {:?}, 99 of 100 within {:?}, {found} of {keys} answered", at(50), at(99));
}
