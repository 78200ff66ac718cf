//! Scores that must not fall.

use std::collections::BTreeMap;

use gainsay::eval::{claims::score, lines::claims};

use crate::files;

/// Reads `gold/floors.tsv`: for each corpus the least F1 of all slots.
///
/// # Errors
/// A file that cannot be read or a line that is no floor.
pub fn floors() -> Result<BTreeMap<String, f64>, String> {
    let path = files::suite().join("gold").join("floors.tsv");
    let text = files::text(&path)?;
    let rows = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).skip(1);
    rows.map(|line| {
        let (corpus, floor) = line.split_once('\t').ok_or_else(|| format!("no floor: {line}"))?;
        Ok((corpus.to_string(), floor.parse().map_err(|_| format!("no number: {floor}"))?))
    })
    .collect()
}

/// Scores predictions against gold and holds the slots' F1 against the corpus's floor.
///
/// # Errors
/// A line that cannot be read, or a score below the floor.
pub fn above_floor(corpus: &str, gold: &str, pred: &str) -> Result<(), String> {
    let floor =
        *floors()?.get(corpus).ok_or_else(|| format!("suite/gold/floors.tsv has no floor for {corpus}"))?;
    let read = |text: &str, what: &str| {
        claims(text).map_err(|(line, error)| format!("{what}, line {line}: {error}"))
    };
    let (gold, pred) = (read(gold, "gold")?, read(pred, "predictions")?);
    let (score, _) = score(&gold, &pred);
    let found = score.slots.f1;
    println!("{corpus}: F1 of all slots {found}, floor {floor}");
    if found < floor {
        return Err(format!(
            "{corpus}: F1 of all slots is {found}, below the floor of {floor}\n{}",
            score.table()
        ));
    }
    Ok(())
}
