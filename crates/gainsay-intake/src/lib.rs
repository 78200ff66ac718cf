//! Bytes to reports: files, folders, archives, standard input; in every format that reaches a desk.
//!
//! [`take_in`] hands over one report after another, in a fixed order, and one [`Warning`] for each thing that
//! could not be read. Bad input never stops the batch.
//!
//! | input | read as |
//! | --- | --- |
//! | a folder | everything below it, sorted by path; hidden files are skipped |
//! | `-` | whatever it begins like: JSON lines if with `{`, a page if it looks so, an archive, …, else text |
//! | `.txt`, `.md` | one report: the text as it stands |
//! | `.html`, `.htm` | one report: the main text of the page, without its furniture |
//! | `.jsonl`, `.ndjson` | a report a line: `id, text, published, publisher, title, url, language` |
//! | `.json` | one such report, or an array of them; an export of Telegram's or X's, ReliefWeb's answer, a JSON Feed |
//! | `.xml`, `.rss`, `.atom` | a report an entry of the feed |
//! | `.csv`, `.tsv` | a report a row, its columns by common names or by a map ([`Columns`]) |
//! | `.js` | X's own archive: a report a post |
//! | `.txt` of a WhatsApp export | a report a message |
//! | `.parquet` | a report a row, its columns as the fields of JSON lines |
//! | `.pdf`, `.docx`, `.odt` | one report: the text in reading order |
//! | `.eml`, `.mbox` | a report a mail, and one for each thing that is attached and can be read |
//! | `.gz`, `.zip`, `.tar`, `.tgz` | each entry as if it were a file, at most [`MAX_ARCHIVE_DEPTH`] deep |
//! | `.warc`, `.wacz` | a report for each page, PDF or text that was captured |
//!
//! What lies beside a file and speaks for it (`.sha256`, `SHA256SUMS`, `.tsr`, `.ots`) is checked and handed over with
//! its first report.
//!
//! Title, outlet, date and language come from metadata; what is missing is looked for in the page or the text's
//! own dateline, and what was so found is listed in [`Report::guessed`]. Characters that no screen shows are taken out
//! of words ([`unhide`]) and told of. No clock, no locale, no network.

mod formats;
mod limits;
mod meter;
mod source;
mod walk;

mod archives;
mod beside;
mod documents;

mod columns;
mod fetched;
mod handover;

mod feed;
mod parquet;
mod posts;
mod reliefweb;
mod table;
mod telegram;
mod whatsapp;

mod decode;
mod json;
mod jsonl;
mod fields;
mod record;
mod text;

mod author;
mod furniture;
mod html;
mod metadata;
mod prose;
mod scripts;
mod sections;
mod sheet;
mod tree;
mod unseen;

mod dateline;
mod dates;
mod guess;
mod language;
mod outlet;

mod batch;
mod fingerprint;
mod hidden;

mod events;

use std::io::{BufRead, BufReader};
use std::path::PathBuf;

use gainsay_model::{Beside, Report, Warning, one_line};

use meter::Metered;

pub use columns::Columns;
pub use dateline::published as published_of;
pub use dates::all as days_in;
pub use events::{EventRow, EventTable, event_table, events_in};
pub use fetched::Fetched;
pub use fields::Fields;
pub use fingerprint::fingerprint;
pub use formats::ACCEPTED;
pub use guess::undated;
pub use hidden::unhide;
pub use language::guess as language_of;
pub use limits::{MAX_ARCHIVE_DEPTH, MAX_FILE_BYTES, MAX_LINE_BYTES, MAX_TAG_DEPTH};
pub use meter::Meter;
pub use record::A_CLAIM;

/// Where to read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file or a folder.
    Path(PathBuf),
    /// Standard input.
    Stdin,
    /// What was fetched.
    Fetched(Box<Fetched>),
    /// Any of these, read under a column map: tables, JSON and JSON lines of other people's columns.
    Mapped(Box<Input>, Columns),
}

impl Input {
    /// What an argument of the command line means: `-` is standard input, all else a path.
    pub fn from_arg(arg: impl Into<PathBuf>) -> Input {
        let path = arg.into();
        if path.as_os_str() == "-" { Input::Stdin } else { Input::Path(path) }
    }

    /// The name of what was fetched.
    pub fn fetched_name(&self) -> Option<&str> {
        match self {
            Input::Fetched(fetched) => Some(&fetched.name),
            Input::Mapped(input, _) => input.fetched_name(),
            Input::Path(_) | Input::Stdin => None,
        }
    }
}

/// A report, and the bytes it was read from.
#[derive(Clone, Debug, PartialEq)]
pub struct Intake {
    /// The report.
    pub report: Report,
    /// Its bytes as they came: the whole file, the JSON line without its line end, the element of a JSON array.
    pub raw: Vec<u8>,
    /// What these bytes are called: the file's name, below the folder that was given and with that folder's name;
    /// `:17` behind it for line 17.
    pub raw_name: String,
    /// Checksums and time stamps that lie beside its file. Of an archive, or of a file of many reports, they are given
    /// with the first report that is taken from it.
    pub beside: Vec<Beside>,
}

impl Intake {
    /// A report with the bytes it was read from and what they are called.
    pub fn new(report: Report, raw: impl Into<Vec<u8>>, raw_name: impl Into<String>) -> Intake {
        Intake { report, raw: raw.into(), raw_name: raw_name.into(), beside: Vec::new() }
    }
}

/// Reads all inputs, one after another, and calls `each` for every report and for everything that could not be
/// read.
///
/// Reports come in the order of the inputs, folders sorted by path, lines in order: the same inputs give the same
/// calls. A file that is met twice is taken once. JSON lines are streamed: one line is held at a time.
///
/// A report whose date cannot be understood is handed over undated, and a warning follows it.
///
/// Gives what is worth knowing of the inputs and is no fault: what was passed over in an archive, and how much.
pub fn take_in(inputs: &[Input], each: impl FnMut(Result<Intake, Warning>)) -> Vec<Warning> {
    take_in_watched(inputs, &Meter::default(), each)
}

/// As [`take_in`], read through a meter, which tells others how far it is and by which they may stop it.
pub fn take_in_watched(
    inputs: &[Input],
    meter: &Meter,
    each: impl FnMut(Result<Intake, Warning>),
) -> Vec<Warning> {
    run(inputs, &mut std::io::stdin().lock(), meter, each)
}

/// As [`take_in`], with `stdin` in the place of standard input.
pub fn take_in_from(
    inputs: &[Input],
    stdin: &mut dyn BufRead,
    each: impl FnMut(Result<Intake, Warning>),
) -> Vec<Warning> {
    run(inputs, stdin, &Meter::default(), each)
}

fn run(
    inputs: &[Input],
    stdin: &mut dyn BufRead,
    meter: &Meter,
    mut each: impl FnMut(Result<Intake, Warning>),
) -> Vec<Warning> {
    // Warnings quote what is wrong: as one line, whatever that is.
    let plain = |warning: Warning| Warning { message: one_line(&warning.message).into_owned(), ..warning };
    let mut each = |taken: Result<Intake, Warning>| each(taken.map_err(plain));
    let mut batch = batch::Batch::new(meter, &mut each);
    inputs.iter().for_each(|input| take(&mut batch, input, stdin, meter));
    batch.notes().into_iter().map(plain).collect()
}

fn take(batch: &mut batch::Batch, input: &Input, stdin: &mut dyn BufRead, meter: &Meter) {
    match input {
        Input::Path(path) => batch.path(path),
        Input::Stdin => {
            let mut reader = BufReader::new(Metered::new(&mut *stdin, meter));
            batch.stream(&mut reader, "stdin".to_owned(), "standard input".to_owned());
        }
        Input::Fetched(fetched) => batch.fetched(fetched),
        Input::Mapped(input, columns) => batch.mapped(columns, |batch| take(batch, input, stdin, meter)),
    }
}
