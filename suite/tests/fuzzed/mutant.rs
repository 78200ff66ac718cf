//! Inputs made of others: bytes changed, cut, doubled and joined, and words put in that set something off.

use std::path::Path;

/// No input is longer.
const LONGEST: usize = 8192;

/// Makes inputs, the same ones each time.
pub struct Mutants {
    seeds: Vec<Vec<u8>>,
    words: Vec<Vec<u8>>,
    state: u64,
}

impl Mutants {
    /// Of these, by this number and the target's name.
    pub fn of(seeds: Vec<Vec<u8>>, words: Vec<Vec<u8>>, seed: u64, name: &str) -> Mutants {
        let state =
            name.bytes().fold(seed | 1, |state, byte| state.wrapping_mul(31).wrapping_add(byte.into()));
        Mutants { seeds, words, state: state | 1 }
    }

    /// A number below `bound` (Marsaglia 2003, xorshift, p. 4; the product by Vigna 2016).
    fn below(&mut self, bound: usize) -> usize {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        let drawn = self.state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16;
        usize::try_from(drawn).unwrap_or_default() % bound.max(1)
    }

    /// The next one.
    pub fn next(&mut self) -> Vec<u8> {
        let which = self.below(self.seeds.len());
        let mut bytes = self.seeds[which].clone();
        bytes.truncate(LONGEST);
        for _ in 0..1 << self.below(5) {
            self.change(&mut bytes);
        }
        bytes.truncate(LONGEST);
        bytes
    }

    fn change(&mut self, bytes: &mut Vec<u8>) {
        let at = self.below(bytes.len() + 1);
        let most = 1 << self.below(8);
        let many = 1 + self.below(most);
        let end = (at + many).min(bytes.len());
        match self.below(10) {
            0 => {
                let byte = self.below(256) as u8;
                if let Some(place) = bytes.get_mut(at) {
                    *place = byte;
                }
            }
            1 => {
                let bit = 1 << self.below(8);
                if let Some(place) = bytes.get_mut(at) {
                    *place ^= bit;
                }
            }
            2 => drop(bytes.drain(at..end)),
            3 => {
                let piece = bytes[at..end].to_vec();
                let to = self.below(bytes.len() + 1);
                bytes.splice(to..to, piece);
            }
            // Over and over: what takes time with the square of something shows so.
            4 => {
                let piece = bytes[at..end.min(at + 24)].to_vec();
                let most = 1 << self.below(10);
                let times = self.below(most);
                let times = times.min(LONGEST / piece.len().max(1));
                bytes.splice(at..at, piece.repeat(times));
            }
            5 | 6 if !self.words.is_empty() => {
                let which = self.below(self.words.len());
                let word = self.words[which].clone();
                let to = if self.below(2) == 0 { at } else { (at + word.len()).min(bytes.len()) };
                bytes.splice(at..to, word);
            }
            7 => {
                let which = self.below(self.seeds.len());
                let other = &self.seeds[which];
                let from = at.min(other.len());
                let piece = other[from..].iter().take(LONGEST).copied().collect::<Vec<u8>>();
                bytes.truncate(at);
                bytes.extend(piece);
            }
            8 => {
                let numbers =
                    ["0", "-1", "255", "65536", "4294967296", "9223372036854775807", "1e309", "0.1"];
                let number = numbers[self.below(numbers.len())].as_bytes().to_vec();
                let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                bytes.splice(at..at + digits, number);
            }
            _ => {
                let number =
                    [0_u32, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFF_FFFF, 0xFFFF_FFFF][self.below(9)];
                let number = if self.below(2) == 0 { number.to_be_bytes() } else { number.to_le_bytes() };
                let width = 1 << self.below(3);
                for (n, byte) in number.into_iter().take(width).enumerate() {
                    if let Some(place) = bytes.get_mut(at + n) {
                        *place = byte;
                    }
                }
            }
        }
    }
}

/// The words of a dictionary of libFuzzer's: one in quotes a line, `\xAB` for a byte.
pub fn words(path: &Path) -> Vec<Vec<u8>> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let quoted = text.lines().filter_map(|line| {
        line.split_once('"').filter(|(before, _)| !before.starts_with('#'))?.1.rsplit_once('"')
    });
    quoted.map(|(word, _)| unescaped(word)).collect()
}

fn unescaped(word: &str) -> Vec<u8> {
    let (bytes, mut at, mut all) = (word.as_bytes(), 0, Vec::new());
    while let Some(&byte) = bytes.get(at) {
        let escaped = (byte == b'\\').then(|| bytes.get(at + 1)).flatten();
        match escaped {
            Some(b'x') => {
                let digits = word.get(at + 2..at + 4).and_then(|digits| u8::from_str_radix(digits, 16).ok());
                all.push(digits.unwrap_or(b'x'));
                at += 4;
            }
            Some(&other) => {
                all.push(other);
                at += 2;
            }
            None => {
                all.push(byte);
                at += 1;
            }
        }
    }
    all
}
