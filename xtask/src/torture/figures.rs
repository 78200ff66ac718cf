//! The figures of the last run, between two marks of a page: one row a test, each with its day.
//!
//! **Takes** what the tests told, and the page. **Gives** the page with their rows in the place of older ones. **Never**
//! touches a row of a test that was not run, or anything outside of the marks.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use anyhow::Context;
use serde_json::Value;

const BEGIN: &str = "<!-- figures: written by `cargo xtask torture --write` -->";
const END: &str = "<!-- end of figures -->";
const HEAD: &str = "| test | day | took | figures |\n| --- | --- | --- | --- |\n";

/// What one run of a test told.
pub struct Figures {
    /// Rows by the name of the test, or of a part of it.
    rows: BTreeMap<String, String>,
}

impl Figures {
    /// The figures in a file of lines, as the tests tell them; of a test that told none, that it ended without.
    ///
    /// # Errors
    /// A file that is there and cannot be read.
    pub fn read(told: &Path, test: &str, took: Duration) -> anyhow::Result<Figures> {
        let text = match told.is_file() {
            true => std::fs::read_to_string(told).with_context(|| told.display().to_string())?,
            false => String::new(),
        };
        let day = day();
        let took = format!("{} min", took.as_secs().div_ceil(60));
        let mut rows = BTreeMap::new();
        for line in text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
            let name = line["test"].as_str().unwrap_or(test).to_owned();
            // The parts that each command has are told, and their sum is written.
            if name.contains(": ") {
                continue;
            }
            let figures = line["figures"].as_array().into_iter().flatten();
            let words: Vec<String> = figures
                .map(|figure| {
                    format!("{} {}", grouped(figure[1].as_u64()), figure[0].as_str().unwrap_or_default())
                })
                .collect();
            rows.insert(name.clone(), format!("| {name} | {day} | {took} | {} |", words.join("; ")));
        }
        if rows.is_empty() {
            rows.insert(test.to_owned(), format!("| {test} | {day} | {took} | ended without figures |"));
        }
        Ok(Figures { rows })
    }
}

/// Puts rows into the page, in the order of their names.
///
/// # Errors
/// A page without the marks, or one that cannot be read or written.
pub fn write(page: &Path, figures: &Figures) -> anyhow::Result<()> {
    let shown = page.display().to_string();
    let text = std::fs::read_to_string(page).with_context(|| shown.clone())?;
    let (before, rest) = text.split_once(BEGIN).with_context(|| format!("{shown}: no line `{BEGIN}`"))?;
    let (old, after) = rest.split_once(END).with_context(|| format!("{shown}: no line `{END}`"))?;
    let mut rows: BTreeMap<String, String> = old
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| test |") && !line.starts_with("| --- "))
        .filter_map(|line| Some((line.split('|').nth(1)?.trim().to_owned(), line.to_owned())))
        .collect();
    rows.extend(figures.rows.clone());
    let rows: Vec<String> = rows.into_values().collect();
    let text = format!("{before}{BEGIN}\n{HEAD}{}\n{END}{after}", rows.join("\n"));
    std::fs::write(page, text).with_context(|| shown)
}

/// 12345 as `12,345`.
fn grouped(number: Option<u64>) -> String {
    let digits = number.unwrap_or_default().to_string();
    let parts: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .map(|part| std::str::from_utf8(part).unwrap_or_default())
        .collect();
    parts.join(",")
}

/// Today, by the clock of the computer: a task for developers, no part of what is shipped.
fn day() -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let days = i64::try_from(now.as_secs() / 86_400).unwrap_or_default();
    // Days to civil dates, after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_tests_that_ran_are_replaced_and_others_stay() {
        let folder = std::env::temp_dir().join(format!("gainsay-figures-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let (page, told) = (folder.join("torture.md"), folder.join("told.jsonl"));
        let old = "| killing | 2020-01-01 | 1 min | 5 kills |\n| rows | 2020-01-01 | 1 min | 7 changes |";
        std::fs::write(&page, format!("# Page\n{BEGIN}\n{HEAD}{old}\n{END}\nEnd.\n")).unwrap();
        std::fs::write(&told, "{\"test\":\"killing\",\"figures\":[[\"kills\",12345],[\"faults\",0]]}\n")
            .unwrap();
        let figures = Figures::read(&told, "kill", Duration::from_secs(61)).unwrap();
        write(&page, &figures).unwrap();
        let text = std::fs::read_to_string(&page).unwrap();
        let row = format!("| killing | {} | 2 min | 12,345 kills; 0 faults |", day());
        assert!(text.contains(&row) && text.contains("7 changes") && !text.contains("5 kills |"), "{text}");
        assert!(text.starts_with("# Page\n") && text.ends_with("End.\n"));
        std::fs::remove_dir_all(folder).unwrap();
    }
}
