//! `gainsay eval`: scores on labelled data.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::Result;
use gainsay::code;
use gainsay::eval::{claims, codes, lines};

use super::{Context, extract};
use crate::Outcome;
use crate::args::{Eval, Inputs, Scoring};
use crate::out;

/// Scores predictions, or what is read from documents.
pub fn run(context: &Context, eval: Eval) -> Result<Outcome> {
    match eval {
        Eval::Claims(typed) => of_claims(context, &typed.gold, typed.scoring),
        Eval::Codes(typed) => of_codes(context, &typed.codes, typed.scoring),
    }
}

fn of_claims(context: &Context, gold_file: &Path, scoring: Scoring) -> Result<Outcome> {
    let gold_text = text(gold_file)?;
    let gold = lines::claims(&gold_text).map_err(|(line, what)| at(gold_file, line, &what))?;
    let (pred, outcome) = match &scoring.pred {
        Some(file) => {
            (lines::claims(&text(file)?).map_err(|(line, what)| at(file, line, &what))?, Outcome::Done)
        }
        None => {
            let mut read = Vec::new();
            let outcome = extract::each(context, &inputs(&scoring), |one| {
                one.reading.claims.iter().try_for_each(|claim| out::line(&mut read, claim))
            })?;
            let read = String::from_utf8(read)?;
            (lines::claims(&read).map_err(|(_, what)| gainsay::Error::input(what))?, outcome)
        }
    };
    let (score, misses) = claims::score(&gold, &pred);
    let mut out = out::stdout();
    if scoring.json {
        writeln!(out, "{}", score.json())?;
    } else {
        for miss in misses.iter().take(scoring.errors) {
            writeln!(out, "{miss}")?;
        }
        out.write_all(score.table().as_bytes())?;
    }
    out.flush()?;
    Ok(held(score.slots.f1, scoring.floor, outcome))
}

fn of_codes(context: &Context, gold_file: &Path, scoring: Scoring) -> Result<Outcome> {
    let gold = text(gold_file)?;
    let (pred, outcome) = match &scoring.pred {
        Some(file) => (text(file)?, Outcome::Done),
        None => {
            let mut rows = Vec::new();
            let words = context.words()?;
            let outcome = extract::each(context, &inputs(&scoring), |one| {
                out::line(&mut rows, &code(&one.intake.report, &one.reading, words))
            })?;
            (String::from_utf8(rows)?, outcome)
        }
    };
    let pred_file = scoring.pred.as_deref().unwrap_or(Path::new("predictions"));
    let score = codes::score(&gold, &pred)
        .map_err(|(of_gold, line, what)| at(if of_gold { gold_file } else { pred_file }, line, &what))?;
    let mut out = out::stdout();
    if scoring.json {
        writeln!(out, "{}", score.json())?;
    } else {
        for (id, off) in score.errors.iter().take(scoring.errors) {
            let off: Vec<String> =
                off.iter().map(|(field, gold, pred)| format!("{field}: {gold}, predicted {pred}")).collect();
            writeln!(out, "{} {}", out::plain(id), off.join("; "))?;
        }
        out.write_all(score.table().as_bytes())?;
    }
    out.flush()?;
    Ok(held(score.mean, scoring.floor, outcome))
}

/// Below the floor is found wrong.
fn held(figure: f64, floor: Option<f64>, outcome: Outcome) -> Outcome {
    match floor {
        Some(floor) if figure < floor => {
            out::tell(&format!("{figure:.4} is below the floor of {floor}"));
            Outcome::Wrong
        }
        _ => outcome,
    }
}

fn inputs(scoring: &Scoring) -> Inputs {
    Inputs { inputs: scoring.documents.clone(), map: Vec::new() }
}

fn text(file: &Path) -> Result<String> {
    let name = file.display();
    let bytes =
        fs::read(file).map_err(|error| gainsay::Error::io(format!("{name}: cannot be read"), error))?;
    let at = |error: std::str::Utf8Error| {
        let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
        gainsay::Error::input(format!("{name}:{line}: is not UTF-8; write it so"))
    };
    Ok(std::str::from_utf8(&bytes).map_err(at)?.to_owned())
}

fn at(file: &Path, line: usize, what: &str) -> gainsay::Error {
    gainsay::Error::input(format!("{}:{line}: {what}", file.display()))
}
