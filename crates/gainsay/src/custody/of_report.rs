//! The custody of one report: who collected it, with what, when, from where, and what binds it.

use std::path::Path;

use gainsay_ledger::Ledger;
use gainsay_model::Checked;
use serde::Serialize;
use serde_json::Value;

use super::second;
use super::statement::covered;
use crate::Error;
use crate::fetch::HTTP;

/// How a report came into the ledger, and what binds it since.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Custody {
    /// Its id.
    pub report: String,
    /// Its headline.
    pub title: Option<String>,
    /// Its outlet.
    pub publisher: Option<String>,
    /// The day it was said.
    pub published: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// Which of these were guessed by the program.
    pub guessed: Vec<String>,
    /// Who added it.
    pub collector: String,
    /// By which program and version.
    pub tool: String,
    /// When it was added, UTC, by the clock of that computer.
    pub added: String,
    /// The name of the file it came in.
    pub file: String,
    /// How many bytes it came as.
    pub bytes: u64,
    /// SHA-256 of these bytes.
    pub raw_sha256: String,
    /// SHA-256 of its text, UTF-8.
    pub text_sha256: String,
    /// How it was fetched, where it was.
    pub fetched: Option<Fetched>,
    /// What lay beside its file: checksums, time stamps, the headers of its page.
    pub beside: Vec<Lay>,
    /// The entry of the log that added it.
    pub entry: u64,
    /// That entry's hash.
    pub hash: String,
    /// By whose key that entry is signed: id and name.
    pub signed_by: Option<String>,
    /// What the checkpoints say of that entry.
    pub checkpoint: String,
}

/// How a page was fetched.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Fetched {
    /// The address that was asked.
    pub asked: String,
    /// Where it was found in the end.
    pub url: String,
    /// What the server said of it.
    pub status: u64,
    /// When, UTC, by the clock of that computer.
    pub at: String,
    /// Headers that were kept, by name.
    pub headers: Vec<(String, String)>,
}

/// Something that lay beside a report's file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lay {
    /// Its name.
    pub name: String,
    /// How many bytes it has.
    pub bytes: usize,
    /// SHA-256 of these.
    pub sha256: String,
    /// What became of checking it when the report was added.
    pub state: &'static str,
    /// What was found.
    pub told: String,
}

/// The custody of a report.
///
/// # Errors
/// When the ledger has no report of that id, or cannot be read.
pub fn of_report(path: &Path, id: &str) -> Result<Custody, Error> {
    of(&crate::keys::read(path)?, id)
}

/// The same, of an open ledger.
pub(super) fn of(ledger: &Ledger, id: &str) -> Result<Custody, Error> {
    let Some(stored) = ledger.report(id)? else {
        return Err(Error::input(format!("no report in the ledger has the id `{id}`")));
    };
    let Some(entry) = ledger.entry(stored.entry)? else {
        return Err(Error::wrong(format!("log entry {} of report `{id}` is missing", stored.entry)));
    };
    let keys = ledger.keys()?;
    let whose = |key: &String| match keys.iter().find(|known| known.key.to_string() == *key) {
        Some(known) => format!("{} ({})", known.key.id(), known.name),
        None => format!("{key}, which the log was not told of"),
    };
    let beside = ledger.beside(id)?;
    let fetched = beside.iter().find(|one| one.name == HTTP).map(|one| fetched(&one.bytes));
    let report = stored.report;
    Ok(Custody {
        report: report.id,
        title: report.title,
        publisher: report.publisher,
        published: report.published.map(|day| day.to_string()),
        url: report.url,
        guessed: report
            .guessed
            .iter()
            .filter_map(|field| Some(serde_json::to_value(field).ok()?.as_str()?.to_owned()))
            .collect(),
        collector: stored.by,
        tool: stored.tool,
        added: second(stored.at),
        file: stored.raw_name,
        bytes: stored.raw_size,
        raw_sha256: stored.raw_sha256,
        text_sha256: stored.text_sha256,
        fetched,
        beside: beside
            .iter()
            .map(|one| Lay {
                name: one.name.clone(),
                bytes: one.bytes.len(),
                sha256: gainsay_custody::hex::sha256(&one.bytes),
                state: Checked::as_str(one.state),
                told: one.told.clone(),
            })
            .collect(),
        entry: stored.entry,
        hash: entry.hash,
        signed_by: entry.key.as_ref().map(whose),
        checkpoint: covered(stored.entry, &ledger.checkpoints()?),
    })
}

/// What is kept of fetching a page ([`crate::fetch`] wrote it).
fn fetched(bytes: &[u8]) -> Fetched {
    let http: Value = serde_json::from_slice(bytes).unwrap_or_default();
    let text = |name: &str| http[name].as_str().unwrap_or_default().to_owned();
    let headers = http["headers"].as_object().into_iter().flatten();
    Fetched {
        asked: text("asked"),
        url: text("url"),
        status: http["status"].as_u64().unwrap_or_default(),
        at: text("fetched"),
        headers: headers
            .map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned()))
            .collect(),
    }
}
