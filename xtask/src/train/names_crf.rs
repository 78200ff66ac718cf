//! Training of a conditional random field (Lafferty, McCallum and Pereira 2001) by stochastic gradient with steps of
//! their own for each weight (AdaGrad: Duchi, Hazan and Singer 2011).

use gainsay_read::names::learned::states::{STATES, may_begin, may_end, may_follow};

use super::augment::Random;

/// A sentence: for each word the numbers of its features, and its state.
#[derive(Clone, Debug, Default)]
pub struct Lesson {
    pub features: Vec<Vec<u32>>,
    pub states: Vec<usize>,
}

/// How to train.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub rounds: usize,
    pub rate: f32,
    /// Of a hundred features, so many are left out at each sight.
    pub dropped: usize,
    /// What part of each weight is lost in each round.
    pub decay: f32,
}

/// Weights in training: those of the features, a row of states each, and those of the steps.
#[derive(Clone, Debug)]
pub struct Field {
    pub features: Vec<f32>,
    pub steps: Vec<f32>,
}

/// A slope so small moves nothing.
const SMALL: f32 = 1e-3;

/// e to the power of `x`, by additions and multiplications alone, so that every machine gives the same.
pub fn exp(x: f32) -> f32 {
    if x < -80.0 {
        return 0.0;
    }
    let part = f64::from(x) / 1024.0;
    let mut value = 1.0 + part * (1.0 + part / 2.0 * (1.0 + part / 3.0 * (1.0 + part / 4.0)));
    for _ in 0..10 {
        value *= value;
    }
    value as f32
}

/// Trains on `lessons`, whose features are numbered below `count`. The weights are means over the later half of the
/// rounds.
pub fn train<L: std::borrow::Borrow<Lesson>>(
    lessons: &[L],
    before: Option<&Field>,
    count: usize,
    plan: Plan,
    random: &mut Random,
) -> Field {
    let none = || Field { features: vec![0.0; count * STATES], steps: vec![0.0; STATES * STATES] };
    let mut field = before.cloned().unwrap_or_else(none);
    let mut squares = Field { features: vec![1e-4; count * STATES], steps: vec![1e-4; STATES * STATES] };
    let mut sum = Field { features: vec![0.0; count * STATES], steps: vec![0.0; STATES * STATES] };
    let follows: Vec<bool> = (0..STATES * STATES).map(|at| may_follow(at / STATES, at % STATES)).collect();
    let from: Vec<Vec<usize>> = (0..STATES)
        .map(|next| (0..STATES).filter(|&state| follows[state * STATES + next]).collect())
        .collect();
    let to: Vec<Vec<usize>> = (0..STATES)
        .map(|state| (0..STATES).filter(|&next| follows[state * STATES + next]).collect())
        .collect();
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    let mut kept: Vec<Vec<u32>> = Vec::new();
    let mut counted = 0.0f32;
    for round in 0..plan.rounds {
        random.shuffle(&mut order);
        for &index in &order {
            let lesson = lessons[index].borrow();
            let words = lesson.states.len();
            if words == 0 {
                continue;
            }
            kept.clear();
            for row in &lesson.features {
                kept.push(row.iter().copied().filter(|_| random.below(100) >= plan.dropped).collect());
            }
            // Scores, made positive.
            let mut emit = vec![0.0f32; words * STATES];
            for (at, row) in kept.iter().enumerate() {
                let own = &mut emit[at * STATES..(at + 1) * STATES];
                for &feature in row {
                    let weights = &field.features[feature as usize * STATES..][..STATES];
                    own.iter_mut().zip(weights).for_each(|(own, weight)| *own += weight);
                }
                let scale = 100.0 / (100 - plan.dropped) as f32;
                let most = own.iter().copied().fold(f32::MIN, f32::max) * scale;
                own.iter_mut().for_each(|own| *own = exp(*own * scale - most));
            }
            let step: Vec<f32> = field
                .steps
                .iter()
                .zip(&follows)
                .map(|(&weight, &follows)| if follows { exp(weight) } else { 0.0 })
                .collect();
            // Forward and backward, each word's sums scaled to one.
            let mut forward = vec![0.0f32; words * STATES];
            let mut scales = vec![0.0f32; words];
            for at in 0..words {
                let mut total = 0.0;
                for state in 0..STATES {
                    let before = if at == 0 {
                        f32::from(u8::from(may_begin(state)))
                    } else {
                        let last = &forward[(at - 1) * STATES..at * STATES];
                        from[state].iter().map(|&own| last[own] * step[own * STATES + state]).sum()
                    };
                    let value = before * emit[at * STATES + state];
                    forward[at * STATES + state] = value;
                    total += value;
                }
                scales[at] = total.max(1e-30);
                forward[at * STATES..(at + 1) * STATES].iter_mut().for_each(|value| *value /= scales[at]);
            }
            let mut backward = vec![0.0f32; words * STATES];
            for state in 0..STATES {
                backward[(words - 1) * STATES + state] = f32::from(u8::from(may_end(state)));
            }
            for at in (0..words - 1).rev() {
                for state in 0..STATES {
                    let next = (at + 1) * STATES;
                    let value: f32 = to[state]
                        .iter()
                        .map(|&own| step[state * STATES + own] * emit[next + own] * backward[next + own])
                        .sum();
                    backward[at * STATES + state] = value / scales[at + 1];
                }
            }
            let total: f32 = (0..STATES)
                .filter(|&state| may_end(state))
                .map(|state| forward[(words - 1) * STATES + state])
                .sum();
            let total = total.max(1e-30);
            // The gradient: what is so, less what is expected.
            let mut moved: Vec<(usize, f32)> = Vec::new();
            let move_by = |weight: &mut f32, square: &mut f32, slope: f32| {
                *square += slope * slope;
                *weight += plan.rate * slope / square.sqrt();
            };
            for at in 0..words {
                let mut slope = [0.0f32; STATES];
                for (state, slope) in slope.iter_mut().enumerate() {
                    let chance = forward[at * STATES + state] * backward[at * STATES + state] / total;
                    *slope = f32::from(u8::from(state == lesson.states[at])) - chance;
                }
                moved.clear();
                moved
                    .extend((0..STATES).map(|state| (state, slope[state])).filter(|own| own.1.abs() > SMALL));
                for &feature in &kept[at] {
                    let start = feature as usize * STATES;
                    let weights = &mut field.features[start..start + STATES];
                    let squares = &mut squares.features[start..start + STATES];
                    for &(state, slope) in &moved {
                        move_by(&mut weights[state], &mut squares[state], slope);
                    }
                }
            }
            let mut slope = vec![0.0f32; STATES * STATES];
            for at in 1..words {
                for state in 0..STATES {
                    let left = forward[(at - 1) * STATES + state];
                    if left <= 0.0 {
                        continue;
                    }
                    for &next in &to[state] {
                        let here = at * STATES + next;
                        slope[state * STATES + next] -=
                            left * step[state * STATES + next] * emit[here] * backward[here]
                                / scales[at]
                                / total;
                    }
                }
                slope[lesson.states[at - 1] * STATES + lesson.states[at]] += 1.0;
            }
            for (at, &slope) in slope.iter().enumerate().filter(|&(_, slope)| slope.abs() > SMALL) {
                move_by(&mut field.steps[at], &mut squares.steps[at], slope);
            }
        }
        field.features.iter_mut().for_each(|weight| *weight *= 1.0 - plan.decay);
        if round * 2 >= plan.rounds {
            counted += 1.0;
            sum.features.iter_mut().zip(&field.features).for_each(|(sum, weight)| *sum += weight);
            sum.steps.iter_mut().zip(&field.steps).for_each(|(sum, weight)| *sum += weight);
        }
    }
    sum.features.iter_mut().chain(&mut sum.steps).for_each(|weight| *weight /= counted.max(1.0));
    sum
}
