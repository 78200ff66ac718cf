//! Reads a case's text and says what is not as expected.

use gainsay_lexicon::Words;
use gainsay_model::Claim;

use crate::expect::Expect;
use crate::pattern::Pattern;
use crate::spec::Case;
use crate::{layers, show};

/// Everything that is not as expected, a line each; empty where all is.
pub fn judge(case: &Case) -> Vec<String> {
    let reading = gainsay_read::read(&case.report, Words::builtin());
    let mut wrong = Vec::new();
    let mut wanted = Vec::new();
    let mut only = false;
    for (line, expect) in &case.expect {
        match expect {
            Expect::Claim(pattern) => wanted.push((*line, pattern.as_ref())),
            Expect::NothingElse => only = true,
            Expect::NoClaim => only = true,
            Expect::Not(pattern) => {
                let found = reading.claims.iter().filter(|claim| pattern.fits(claim, &reading.claims));
                wrong.extend(
                    found.map(|claim| format!("line {line}: must not be read: {}", show::claim(claim))),
                );
            }
            Expect::Layer(layer) => {
                let found = layers::judge(layer, &case.report.text, &reading);
                wrong.extend(found.into_iter().map(|found| format!("line {line}: {found}")));
            }
        }
    }
    let (missing, left) = pair(&wanted, &reading.claims);
    for &(line, pattern) in &missing {
        let nearest = left.iter().max_by_key(|claim| pattern.nearness(claim, &reading.claims));
        let nearest = nearest.map(|claim| format!("; nearest: {}", show::claim(claim))).unwrap_or_default();
        wrong.push(format!("line {line}: not read{nearest}"));
    }
    if only {
        wrong.extend(left.iter().map(|claim| format!("read and not expected: {}", show::claim(claim))));
    }
    wrong
}

type Wanted<'a> = (usize, &'a Pattern);

/// Gives each pattern a claim of its own, as many as can be; what is left on both sides.
fn pair<'a, 'b>(wanted: &[Wanted<'a>], claims: &'b [Claim]) -> (Vec<Wanted<'a>>, Vec<&'b Claim>) {
    let mut owner: Vec<Option<usize>> = vec![None; claims.len()];
    let mut missing = Vec::new();
    for at in 0..wanted.len() {
        if !seat(at, wanted, claims, &mut owner, &mut vec![false; claims.len()]) {
            missing.push(wanted[at]);
        }
    }
    let left =
        claims.iter().zip(&owner).filter(|(_, owner)| owner.is_none()).map(|(claim, _)| claim).collect();
    (missing, left)
}

/// One step of bipartite matching: a claim for the pattern, asking those seated before to move.
fn seat(
    at: usize,
    wanted: &[Wanted],
    claims: &[Claim],
    owner: &mut [Option<usize>],
    asked: &mut [bool],
) -> bool {
    for claim in 0..claims.len() {
        if asked[claim] || !wanted[at].1.fits(&claims[claim], claims) {
            continue;
        }
        asked[claim] = true;
        let free = match owner[claim] {
            None => true,
            Some(other) => seat(other, wanted, claims, owner, asked),
        };
        if free {
            owner[claim] = Some(at);
            return true;
        }
    }
    false
}
