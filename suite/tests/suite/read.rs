//! `suite/read/<pass>/*.md`: texts and what is read from them.

use std::path::PathBuf;

use libtest_mimic::Trial;
use suite::judge::judge;
use suite::spec::{Case, cases};
use suite::{files, known};

use crate::trial;

/// A trial for every case, and one for every file that cannot be read.
pub fn trials() -> Vec<Trial> {
    let found = match specs() {
        Ok(found) => found,
        Err(error) => return vec![trial("read", move || Err(error))],
    };
    found
        .into_iter()
        .flat_map(|(path, cases)| {
            let file = files::short(&path);
            let name = file.trim_start_matches("suite/").trim_end_matches(".md").to_string();
            match cases {
                Ok(cases) => cases.into_iter().map(|case| one(&name, &file, case)).collect(),
                Err(error) => vec![trial(name, move || Err(format!("{file}, {error}")))],
            }
        })
        .collect()
}

type Spec = (PathBuf, Result<Vec<Case>, String>);

fn specs() -> Result<Vec<Spec>, String> {
    let paths = files::below(&files::suite().join("read"), ".md").map_err(|error| error.to_string())?;
    Ok(paths
        .into_iter()
        .map(|path| {
            let read = files::text(&path).and_then(|text| cases(&text));
            (path, read)
        })
        .collect())
}

fn one(name: &str, file: &str, case: Case) -> Trial {
    let kind = if case.gap.is_some() { "known gap" } else { "" };
    let at = format!("{file}:{}", case.line);
    let title = format!("{name}: {}", case.name);
    let run = move || {
        let wrong = judge(&case);
        let told = format!("{at}\n  > {}\n  {}", case.report.text, wrong.join("\n  "));
        let result = if wrong.is_empty() { Ok(()) } else { Err(told) };
        known::hold(case.gap.as_deref(), result, &format!("the line `(known gap: …)` out of {at}"))
    };
    trial(title, run).with_kind(kind)
}

/// Takes the marks off the gaps that are mended; puts none on.
pub fn update() -> Result<(), String> {
    for (path, cases) in specs()? {
        let cases = cases.map_err(|error| format!("{}, {error}", files::short(&path)))?;
        let mended: Vec<usize> = cases
            .iter()
            .filter(|case| case.gap.is_some() && judge(case).is_empty())
            .map(|case| case.line)
            .collect();
        let marks = |at: usize, line: &str| {
            let owner = cases.iter().map(|case| case.line).filter(|&line| line < at).max();
            line.starts_with("(known gap:") && owner.is_some_and(|owner| mended.contains(&owner))
        };
        known::strike(&path, marks)?;
    }
    Ok(())
}
