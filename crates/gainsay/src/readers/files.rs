//! Files of claims: a claim a line, or an array of them; reports among them are left to intake.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::ops::ControlFlow;
use std::path::Path;

use gainsay_intake::{MAX_FILE_BYTES, MAX_LINE_BYTES};
use gainsay_model::Warning;
use serde_json::Value;
use serde_json::value::RawValue;

use super::line::{Handed, handed, is_claim};

/// A claim that was handed in, and the line it stands in.
pub type Line = (usize, Result<Handed, String>);

/// Hands over the claims of a file, in order, until `each` breaks. `alone` says that the file holds nothing else: what is
/// no claim is told of; else it is passed over. Lines are streamed; an array is held whole, up to 64 MiB.
///
/// # Errors
/// When the file cannot be read, is too large or is no JSON.
pub fn claims_in(
    path: &Path,
    alone: bool,
    each: &mut dyn FnMut(Line) -> ControlFlow<()>,
) -> Result<(), Warning> {
    let warning =
        |line: Option<usize>, message: String| Warning { subject: path.display().to_string(), line, message };
    let failed = |error: std::io::Error| {
        warning(None, format!("the file cannot be read ({error}); check it and try again"))
    };
    if is_parquet(path) {
        let rows = gainsay_tables::claims::open(path).map_err(|error| warning(None, error.message))?;
        for (n, row) in rows.enumerate() {
            let row = row.map_err(|error| warning(None, error.message))?;
            let claim = row
                .map_err(|wrong| wrong.message)
                .and_then(|claim| handed(&serde_json::to_value(&claim).map_err(|error| error.to_string())?));
            if each((n + 1, claim)).is_break() {
                break;
            }
        }
        return Ok(());
    }
    let mut reader = BufReader::with_capacity(1 << 16, File::open(path).map_err(failed)?);
    let head = reader.fill_buf().map_err(failed)?;
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    match head {
        [b'[', ..] | [b'{', b'\r' | b'\n', ..] => {
            let mut bytes = Vec::new();
            reader.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
            if bytes.len() as u64 > MAX_FILE_BYTES {
                return Err(warning(None, "too large; write it as .jsonl, which is streamed".into()));
            }
            array(&bytes, alone, each).map_err(|(line, message)| warning(line, message))
        }
        _ => lines(&mut reader, alone, each).map_err(failed),
    }
}

/// Whether a file is a Parquet file by its name.
fn is_parquet(path: &Path) -> bool {
    path.extension().is_some_and(|end| end.eq_ignore_ascii_case("parquet"))
}

/// Whether a file is a Parquet file with the columns of claims, not of reports.
pub fn holds_claims(path: &Path) -> bool {
    is_parquet(path) && gainsay_tables::claims::open(path).is_ok()
}

/// The claim of one JSON object; `None` for what is none, where that is passed over.
fn claim(json: &str, alone: bool) -> Option<Result<Handed, String>> {
    match serde_json::from_str::<Value>(json) {
        Ok(value) if !alone && !is_claim(&value) => None,
        Ok(value) => Some(handed(&value)),
        // Intake has told of it already.
        Err(_) if !alone => None,
        Err(error) => Some(Err(broken(&error))),
    }
}

fn broken(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let what = said.rsplit_once(" at line ").map_or(said.as_str(), |(what, _)| what);
    format!("broken JSON at column {} ({what}); mend it", error.column())
}

fn array(
    bytes: &[u8],
    alone: bool,
    each: &mut dyn FnMut(Line) -> ControlFlow<()>,
) -> Result<(), (Option<usize>, String)> {
    let text =
        std::str::from_utf8(bytes).map_err(|_| (None, "not UTF-8; save the file as UTF-8".to_owned()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let read = match text.trim_start().starts_with('[') {
        true => serde_json::from_str::<Vec<&RawValue>>(text),
        false => serde_json::from_str::<&RawValue>(text).map(|one| vec![one]),
    };
    let elements = read.map_err(|error| (Some(error.line()), broken(&error)))?;
    let (mut line, mut counted) = (1, 0);
    for element in elements {
        let at = element.get().as_ptr() as usize - text.as_ptr() as usize;
        line += text[counted..at].matches('\n').count();
        counted = at;
        if let Some(claim) = claim(element.get(), alone)
            && each((line, claim)).is_break()
        {
            break;
        }
    }
    Ok(())
}

fn lines(
    reader: &mut dyn BufRead,
    alone: bool,
    each: &mut dyn FnMut(Line) -> ControlFlow<()>,
) -> std::io::Result<()> {
    let (mut line, mut number) = (Vec::new(), 0);
    loop {
        number += 1;
        line.clear();
        let read = (&mut *reader).take(MAX_LINE_BYTES as u64 + 1).read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(());
        }
        let whole = line.ends_with(b"\n") || read <= MAX_LINE_BYTES;
        if !whole {
            skip_line(reader)?;
        }
        let bytes = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line).trim_ascii();
        let claim = match std::str::from_utf8(bytes) {
            _ if bytes.is_empty() => None,
            _ if !whole => alone.then(|| Err("the line is too long for a claim; mend it".to_owned())),
            Ok(json) => claim(json, alone),
            Err(_) => alone.then(|| Err("not UTF-8; save the file as UTF-8".to_owned())),
        };
        if let Some(claim) = claim
            && each((number, claim)).is_break()
        {
            return Ok(());
        }
    }
}

fn skip_line(reader: &mut dyn BufRead) -> std::io::Result<()> {
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let used = end.map_or(buffer.len(), |at| at + 1);
        reader.consume(used);
        if end.is_some() {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, bytes: &[u8], alone: bool) -> (Vec<Line>, Option<Warning>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let mut found = Vec::new();
        let failed = claims_in(&path, alone, &mut |line| {
            found.push(line);
            ControlFlow::Continue(())
        });
        (found, failed.err())
    }

    const CLAIM: &str = r#"{"document":"d","kind":"clash","evidence":["x"]}"#;

    #[test]
    fn a_file_may_hold_reports_and_claims() {
        let mixed = format!("{{\"id\":\"d\",\"text\":\"x\"}}\n{CLAIM}\n\n{CLAIM}");
        let (found, _) = read("a.jsonl", mixed.as_bytes(), false);
        assert_eq!(
            found.iter().map(|(line, claim)| (*line, claim.is_ok())).collect::<Vec<_>>(),
            [(2, true), (4, true)]
        );
        let (found, _) = read("a.jsonl", mixed.as_bytes(), true);
        assert_eq!(found.len(), 3);
        assert!(found[0].1.as_ref().unwrap_err().contains("no field \"document\""));
    }

    #[test]
    fn an_array_is_read_with_its_lines() {
        let (found, failed) = read("a.json", format!("\u{feff}[\n{CLAIM},\n{CLAIM}\n]").as_bytes(), true);
        assert_eq!((found[0].0, found[1].0, failed), (2, 3, None));
        assert_eq!(read("a.json", format!("{{\n{}", &CLAIM[1..]).as_bytes(), true).0.len(), 1);
    }

    #[test]
    fn bad_lines_are_told_of_one_by_one() {
        let deep = "[".repeat(1_000_000);
        let bytes =
            [b"{\"document\":".as_slice(), deep.as_bytes(), b"\n\xff\xfe{\n", CLAIM.as_bytes()].concat();
        let (found, failed) = read("a.jsonl", &bytes, true);
        assert_eq!((found.len(), failed), (3, None));
        assert!(found[0].1.as_ref().unwrap_err().contains("broken JSON"), "{:?}", found[0].1);
        assert!(found[1].1.as_ref().unwrap_err().contains("UTF-8"));
        assert!(found[2].1.is_ok());
        let (found, failed) = read("a.json", deep.as_bytes(), true);
        assert!(found.is_empty() && failed.unwrap().message.contains("broken JSON"));
    }
}
