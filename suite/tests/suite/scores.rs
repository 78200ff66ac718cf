//! Scores on labelled reports, held against floors.

use libtest_mimic::Trial;
use suite::examples::{examples, gold, labelled, lines};
use suite::files;
use suite::floors::above_floor;

use crate::trial;

/// Our own example reports always; the corpora beside the project where they are there.
pub fn trials() -> Vec<Trial> {
    let mut trials = vec![trial("scores: claims of the example reports", || {
        let examples = examples()?;
        above_floor("examples", &gold(&examples.reports)?, &lines(examples.shelf.claims.iter().cloned())?)
    })];
    let shared = files::root().join("..").join("shared").join("claims");
    for corpus in ["seeds", "dev"] {
        let documents = shared.join(format!("{corpus}.documents.jsonl"));
        let gold = shared.join(format!("{corpus}.gold.jsonl"));
        if !documents.exists() || !gold.exists() {
            eprintln!("scores: ../shared/claims/{corpus}.*.jsonl is not there, its floor is not tested");
            continue;
        }
        trials.push(trial(format!("scores: claims of {corpus}"), move || {
            above_floor(corpus, &files::text(&gold)?, &labelled(&documents)?)
        }));
    }
    trials
}
