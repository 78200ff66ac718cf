//! How well weights tell pairs apart and find places.

use std::fmt::Write as _;

use gainsay_lexicon::index::Candidates;
use gainsay_lexicon::translit::bones::Bones;
use gainsay_lexicon::translit::parts::Cut;

use super::data::{Data, Query};
use super::learner::Learner;

/// What one fold measured.
pub struct Measured {
    /// Kind, weight and truth of each pair.
    pairs: Vec<(usize, f32, bool)>,
    /// Whether in Arabic, and at which rank the place was found.
    queries: Vec<(bool, usize)>,
    /// The kinds of pairs.
    kinds: Vec<String>,
}

/// Rivals to choose from: the places with the nearest consonants.
pub fn near(data: &Data, query: &Query) -> Vec<usize> {
    let bones = Bones::of(&query.name);
    let mut ranked: Vec<(u32, usize)> = data
        .places
        .iter()
        .enumerate()
        .map(|(at, place)| (bones.distance(Bones::of(&place.name)), at))
        .collect();
    ranked.sort_unstable();
    ranked.into_iter().take(60).map(|(_, at)| at).collect()
}

/// Measures on one fold, or on everything.
pub fn measure(learner: &Learner, data: &Data, fold: Option<usize>) -> Measured {
    let cut = |name: &Vec<_>| learner.parts.cut(name.clone());
    let held = data.pairs.iter().filter(|pair| fold.is_none_or(|fold| pair.folds.contains(&fold)));
    let pairs = held
        .map(|pair| (pair.kind, learner.alike(&cut(&pair.names[0]), &cut(&pair.names[1]), None), pair.same));
    let places: Vec<Cut> = data.places.iter().map(|place| cut(&place.name)).collect();
    let index = Candidates::of(data.places.iter().map(|place| place.name.as_slice()));
    let held = data.queries.iter().filter(|query| fold.is_none_or(|fold| query.fold == fold));
    let queries = held.map(|query| {
        let own = cut(&query.name);
        let mut ranked: Vec<(f32, u64, usize)> = index
            .find(&query.name, 100)
            .into_iter()
            .map(|place| place as usize)
            .map(|at| (-learner.alike(&own, &places[at], None), u64::MAX - data.places[at].population, at))
            .collect();
        ranked.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let right = |&(_, _, at): &(f32, u64, usize)| at == query.place || query.also.contains(&at);
        (query.arabic, ranked.iter().position(right).unwrap_or(usize::MAX))
    });
    Measured { pairs: pairs.collect(), queries: queries.collect(), kinds: data.kinds.clone() }
}

/// The area under the curve: how often a pair of one name outweighs a pair of two (Hanley and McNeil 1982).
fn area(weighed: &[(f32, bool)]) -> f64 {
    let mut sorted = weighed.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut below, mut won) = (0.0, 0.0);
    for tied in sorted.chunk_by(|a, b| a.0 == b.0) {
        let same = tied.iter().filter(|(_, same)| *same).count() as f64;
        let different = tied.len() as f64 - same;
        won += same * (below + different / 2.0);
        below += different;
    }
    won / (below * (sorted.len() as f64 - below))
}

/// The figures of all folds together.
pub fn figures(folds: &[Measured]) -> String {
    let mut out = String::new();
    let kinds = folds.first().map_or(&[][..], |fold| &fold.kinds);
    let mut mean = 0.0;
    for (kind, name) in kinds.iter().enumerate() {
        let of_kind = folds.iter().flat_map(|fold| &fold.pairs).filter(|pair| pair.0 == kind);
        let weighed: Vec<(f32, bool)> = of_kind.map(|&(_, weight, same)| (weight, same)).collect();
        mean += area(&weighed) / kinds.len() as f64;
        let _ = writeln!(out, "{name:24} auc {:.4} of {}", area(&weighed), weighed.len());
    }
    let _ = writeln!(out, "{:24} auc {mean:.4}", "mean");
    for (name, script) in [("latin", Some(false)), ("arabic", Some(true)), ("all", None)] {
        let asked = folds.iter().flat_map(|fold| &fold.queries);
        let ranks: Vec<usize> = asked
            .filter(|(arabic, _)| script.is_none_or(|script| script == *arabic))
            .map(|&(_, rank)| rank)
            .collect();
        let share =
            |below: usize| ranks.iter().filter(|&&rank| rank < below).count() as f64 / ranks.len() as f64;
        let _ = writeln!(
            out,
            "queries {name:16} acc@1 {:.4} recall@5 {:.4} recall@10 {:.4} found {:.4} of {}",
            share(1),
            share(5),
            share(10),
            share(usize::MAX),
            ranks.len()
        );
    }
    out
}
