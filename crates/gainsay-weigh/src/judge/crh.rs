//! CRH for numbers (Li, Li, Gao, Zhao, Fan and Han 2014, SIGMOD, "Resolving conflicts in heterogeneous data by
//! truth discovery and source reliability estimation").

/// Truths and weights.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Crh {
    /// For each object the weighted mean of what is said of it.
    pub truths: Vec<f64>,
    /// For each source `-ln` of its share of all losses.
    pub weights: Vec<f64>,
}

/// A share of losses below this counts as this, so that who is always right weighs much and not infinitely.
const LEAST: f64 = 1e-12;

/// Numbers that sources give for objects: `said[object]` holds `(source, number)`, sources being `0..sources`.
///
/// Begins with medians; in each round a source's loss is the sum over objects of its squared error over the standard
/// deviation (of the whole, not of a sample) of what is said of the object.
pub fn crh(said: &[Vec<(usize, f64)>], sources: usize, rounds: u32) -> Crh {
    let mut said: Vec<Vec<(usize, f64)>> = said.to_vec();
    for object in &mut said {
        object.retain(|(source, number)| *source < sources && number.is_finite());
        object.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    }
    let mut truths: Vec<f64> = said.iter().map(|object| median(object)).collect();
    let deviations: Vec<f64> = said.iter().map(|object| deviation(object)).collect();
    let mut weights = vec![1.0; sources];
    for _ in 0..rounds {
        let mut loss = vec![0.0; sources];
        for ((object, truth), deviation) in said.iter().zip(&truths).zip(&deviations) {
            for &(source, number) in object {
                loss[source] += (number - truth) * (number - truth) / deviation;
            }
        }
        let all: f64 = loss.iter().sum();
        if all <= 0.0 {
            break;
        }
        weights = loss.iter().map(|loss| -libm::log((loss / all).max(LEAST))).collect();
        for (object, truth) in said.iter().zip(&mut truths) {
            let weight: f64 = object.iter().map(|&(source, _)| weights[source]).sum();
            if weight > 0.0 {
                *truth =
                    object.iter().map(|&(source, number)| weights[source] * number).sum::<f64>() / weight;
            }
        }
    }
    Crh { truths, weights }
}

fn median(object: &[(usize, f64)]) -> f64 {
    let mut numbers: Vec<f64> = object.iter().map(|(_, number)| *number).collect();
    numbers.sort_by(f64::total_cmp);
    let middle = numbers.len() / 2;
    match numbers.len() {
        0 => f64::NAN,
        odd if odd % 2 == 1 => numbers[middle],
        _ => f64::midpoint(numbers[middle - 1], numbers[middle]),
    }
}

/// The standard deviation; 1 where all say the same, since there is nothing to scale.
fn deviation(object: &[(usize, f64)]) -> f64 {
    let n = object.len().max(1) as f64;
    let mean = object.iter().map(|(_, number)| number).sum::<f64>() / n;
    let square = object.iter().map(|(_, number)| (number - mean) * (number - mean)).sum::<f64>() / n;
    if square > 0.0 { square.sqrt() } else { 1.0 }
}
