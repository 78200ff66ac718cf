//! The best way to read one spelling as another, run of letters by run of letters.
//!
//! A weighted edit distance (Wagner and Fischer 1974) whose steps take up to three letters on either side, so that
//! `kh`, `ou` or a final `ah` count as what they are, and may leave out a whole word.

use super::letters::{EDGE, Letter};
use super::parts::{Cut, LONGEST, NO_PART};

/// A weight that forbids a step.
pub const NEVER: i32 = i32::MIN / 4;

/// What the steps weigh; positive speaks for one name, negative against.
pub trait Weigh {
    /// A run on one side against a run on the other, by their numbers.
    fn pair(&self, a: u16, b: u16) -> i32;
    /// A word that only one side has, without the edges around it.
    fn word(&self, word: &[Letter]) -> i32;
}

/// One step of an alignment: where it begins on both sides, how many letters it takes, and whether it leaves out a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// First letter on the one side.
    pub a: usize,
    /// First letter on the other side.
    pub b: usize,
    /// Letters taken on the one side.
    pub takes_a: usize,
    /// Letters taken on the other side.
    pub takes_b: usize,
    /// A whole word of one side is left out.
    pub word: bool,
}

/// The weight of the best alignment; its steps, first to last, if asked for.
pub fn align(weights: &impl Weigh, a: &Cut, b: &Cut, steps: Option<&mut Vec<Step>>) -> i32 {
    let (n, m) = (a.letters.len(), b.letters.len());
    let width = m + 1;
    let mut best = vec![NEVER; (n + 1) * width];
    let mut came: Vec<(u16, u16, bool)> =
        if steps.is_some() { vec![(0, 0, false); best.len()] } else { Vec::new() };
    best[0] = 0;
    let mut put = |best: &mut [i32], to: usize, weight: i32, step: (usize, usize, bool)| {
        if weight > best[to] {
            best[to] = weight;
            if let Some(came) = came.get_mut(to) {
                *came = (step.0 as u16, step.1 as u16, step.2);
            }
        }
    };
    for i in 0..=n {
        for j in 0..=m {
            let here = best[i * width + j];
            if here <= NEVER {
                continue;
            }
            for takes_a in 0..=LONGEST.min(n - i) {
                let run_a = if takes_a == 0 { 0 } else { a.runs[i][takes_a - 1] };
                if run_a == NO_PART {
                    break;
                }
                for takes_b in usize::from(takes_a == 0)..=LONGEST.min(m - j) {
                    let run_b = if takes_b == 0 { 0 } else { b.runs[j][takes_b - 1] };
                    if run_b == NO_PART {
                        break;
                    }
                    let weight = here + weights.pair(run_a, run_b);
                    put(&mut best, (i + takes_a) * width + j + takes_b, weight, (takes_a, takes_b, false));
                }
            }
            if i > 0 && j > 0 && a.letters[i - 1] == EDGE && b.letters[j - 1] == EDGE {
                if let Some(end) = a.word_end[i] {
                    let weight = here + weights.word(&a.letters[i..usize::from(end) - 1]);
                    put(&mut best, usize::from(end) * width + j, weight, (usize::from(end) - i, 0, true));
                }
                if let Some(end) = b.word_end[j] {
                    let weight = here + weights.word(&b.letters[j..usize::from(end) - 1]);
                    put(&mut best, i * width + usize::from(end), weight, (0, usize::from(end) - j, true));
                }
            }
        }
    }
    if let Some(steps) = steps {
        steps.clear();
        let (mut i, mut j) = (n, m);
        while i + j > 0 {
            let (takes_a, takes_b, word) = came[i * width + j];
            let (takes_a, takes_b) = (usize::from(takes_a), usize::from(takes_b));
            (i, j) = (i - takes_a, j - takes_b);
            steps.push(Step { a: i, b: j, takes_a, takes_b, word });
        }
        steps.reverse();
    }
    best[n * width + m]
}
