//! `gainsay stamp`: takes in what timestamp services answered to a checkpoint.

use std::path::PathBuf;

use anyhow::Result;
use gainsay::custody::{self, Means, Stamped};
use gainsay::model::Warning;

use super::init::who;
use super::verify::small;
use super::{Context, or_dash};
use crate::Outcome;
use crate::args::By;
use crate::out::{self, left, right};

/// What to take in.
#[derive(Debug, clap::Args)]
pub struct Stamp {
    /// Answers of authorities (RFC 3161) and proofs or calendars' answers of OpenTimestamps
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Certificates that are trusted (PEM or DER): answers that lead to none of them are not taken in
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// A block of Bitcoin that you looked up, to hold proofs to it
    #[arg(long = "block", value_name = "HEIGHT:MERKLEROOT")]
    pub blocks: Vec<String>,
    /// The checkpoint that bare answers of calendars are of, by its log entry [default: the newest]
    #[arg(long, value_name = "ENTRY")]
    pub of: Option<u64>,
    /// Who does it.
    #[command(flatten)]
    pub by: By,
}

const FIELDS: [&str; 5] = ["file", "checkpoint", "entry", "kind", "told"];

/// Takes the answers in, lists them, and says at the end which are no good.
pub(super) fn run(context: &Context, typed: Stamp) -> Result<Outcome> {
    let ca = typed.ca.as_deref().map(small).transpose()?;
    let means = Means::new(ca.as_deref(), &typed.blocks)?;
    let (mut files, mut bad) = (Vec::new(), Vec::new());
    for path in &typed.files {
        let subject = path.display().to_string();
        match small(path) {
            Ok(bytes) => files.push((subject, bytes)),
            Err(error) => {
                let message = error.to_string();
                let message = message.strip_prefix(&format!("{subject}: ")).unwrap_or(&message).to_owned();
                bad.push(Warning { subject, line: None, message });
            }
        }
    }
    let (taken, refused) = custody::stamp(context.ledger, &files, typed.of, &means, &who(typed.by))?;
    bad.extend(refused);
    if !taken.is_empty() {
        let rows: Vec<Row> = taken.into_iter().map(Row).collect();
        let columns = [
            left("file", |row: &Row| row.0.file.clone()),
            right("checkpoint", |row| row.0.checkpoint.to_string()),
            right("entry", |row| {
                row.0.entry.map_or_else(|| "there already".to_owned(), |entry| or_dash(Some(entry)))
            }),
            left("kind", |row| row.0.kind.to_owned()),
            left("what it says", |row| row.0.told.clone()),
        ];
        out::list(context.format, &columns, &FIELDS, &rows)?;
    }
    Ok(out::bad(&bad))
}

struct Row(Stamped);

impl serde::Serialize for Row {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Stamped { file, checkpoint, entry, kind, told } = &self.0;
        let row = serde_json::json!({
            "file": file, "checkpoint": checkpoint, "entry": entry, "kind": kind, "told": told,
        });
        row.serialize(serializer)
    }
}
