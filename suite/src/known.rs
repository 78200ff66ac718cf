//! What is known to fail, and why: a gap that is mended must be taken off the list.

use std::collections::BTreeMap;
use std::path::Path;

use crate::files;

/// Cases known to fail, each with the reason.
pub type Known = BTreeMap<String, String>;

/// Reads a list of known gaps: a case and a reason a line, parted by a tab; `#` begins a remark.
///
/// # Errors
/// A file that cannot be read, a line without a reason, a case that stands there twice.
pub fn known(path: &Path) -> Result<Known, String> {
    let text = files::text(path)?;
    let mut known = Known::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty())
    {
        let wrong = |what: &str| format!("{}:{}: {what}", files::short(path), at + 1);
        let (case, reason) = line.split_once('\t').ok_or_else(|| wrong("no tab between case and reason"))?;
        if reason.trim().is_empty() {
            return Err(wrong("no reason"));
        }
        if known.insert(case.to_string(), reason.to_string()).is_some() {
            return Err(wrong("this case stands here twice"));
        }
    }
    Ok(known)
}

/// What becomes of a case: it must fail if, and only if, it is known to.
///
/// # Errors
/// A failure that is not known, or a known gap that is mended.
pub fn hold(gap: Option<&str>, result: Result<(), String>, take_out: &str) -> Result<(), String> {
    match (gap, result) {
        (None, result) => result,
        (Some(_), Err(_)) => Ok(()),
        (Some(gap), Ok(())) => Err(format!("mended: take {take_out} ({gap})")),
    }
}

/// Takes the lines out of a text file that `mended` says are; whether there were any.
///
/// # Errors
/// A file that cannot be read or written.
pub fn strike(path: &Path, mended: impl Fn(usize, &str) -> bool) -> Result<bool, String> {
    let text = files::text(path)?;
    let kept: Vec<&str> =
        text.lines().enumerate().filter(|(at, line)| !mended(at + 1, line)).map(|(_, line)| line).collect();
    let left = format!("{}\n", kept.join("\n"));
    if left == text {
        return Ok(false);
    }
    std::fs::write(path, left).map_err(|error| format!("{}: {error}", files::short(path)))?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_fails_if_and_only_if_it_is_known_to() {
        assert!(hold(None, Ok(()), "").is_ok());
        assert!(hold(None, Err("wrong".to_string()), "").is_err());
        assert!(hold(Some("why"), Err("wrong".to_string()), "").is_ok());
        assert!(hold(Some("why"), Ok(()), "it out").is_err());
    }
}
