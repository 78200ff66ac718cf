//! One batch: every input to its format, ids kept apart, each outcome handed on.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::rc::Rc;

use gainsay_model::{Beside, Checked, Field, Report, Warning};

use crate::Intake;
use crate::archives::short_hash;
use crate::beside::{self, Sums};
use crate::columns::Columns;
use crate::fetched::Fetched;
use crate::formats::{self, Format, HEAD, Reading};
use crate::hidden;
use crate::limits::{MAX_FILE_BYTES, MAX_RATIO, mebibytes};
use crate::meter::{Meter, Metered};
use crate::source::{Given, Packed};
use crate::walk::{Found, Walk, unreadable, warn};

pub(crate) use crate::source::Source;

/// How many notes are kept; what is more is counted.
const MAX_NOTES: usize = 1_000;

/// A batch under way.
pub(crate) struct Batch<'a> {
    meter: &'a Meter,
    walk: Walk,
    /// The ids of the batch, by their hashes: an id less is worth a number behind another.
    ids: BTreeSet<u64>,
    notes: Vec<Warning>,
    more_notes: usize,
    columns: Rc<Columns>,
    sums: Sums,
    /// What lies beside the file that is being read, until a report of it is handed on.
    beside: Vec<Beside>,
    /// What was fetched and is being read, and whether it is one report.
    fetched: Option<(Rc<Fetched>, bool)>,
    each: &'a mut dyn FnMut(Result<Intake, Warning>),
}

impl<'a> Batch<'a> {
    /// A batch that hands everything to `each`.
    pub fn new(meter: &'a Meter, each: &'a mut dyn FnMut(Result<Intake, Warning>)) -> Batch<'a> {
        Batch {
            meter,
            walk: Walk::default(),
            ids: BTreeSet::new(),
            notes: Vec::new(),
            more_notes: 0,
            columns: Rc::default(),
            sums: Sums::default(),
            beside: Vec::new(),
            fetched: None,
            each,
        }
    }

    /// Everything at or below a path.
    pub fn path(&mut self, path: &Path) {
        let mut walk = std::mem::take(&mut self.walk);
        walk.input(path, &mut |found| match found {
            Ok(found) => self.found(found),
            Err(warning) => (self.each)(Err(warning)),
        });
        self.walk = walk;
    }

    /// Everything that `read` reads, under a column map.
    pub fn mapped(&mut self, columns: &Columns, read: impl FnOnce(&mut Batch<'a>)) {
        let before = std::mem::replace(&mut self.columns, Rc::new(columns.clone()));
        read(self);
        self.columns = before;
    }

    /// What a user said of the columns of what is being read.
    pub fn columns(&self) -> Rc<Columns> {
        Rc::clone(&self.columns)
    }

    /// Bytes that were fetched, read as a file of their name would be.
    pub fn fetched(&mut self, fetched: &Fetched) {
        let subject = fetched.url.clone().unwrap_or_else(|| fetched.name.clone());
        let source = Source::outer(fetched.name.clone(), subject, None, fetched.bytes.len() as u64);
        let mut reader = BufReader::new(Metered::new(fetched.bytes.as_slice(), self.meter));
        self.begun(&mut reader, &source, |batch, head, reader| {
            let format = formats::named(&source.name, head).unwrap_or_else(|| formats::nameless(head));
            let one = matches!(format.read, Reading::One(_));
            batch.fetched = Some((Rc::new(Fetched { bytes: Vec::new(), ..fetched.clone() }), one));
            batch.read(format, reader, &source);
            batch.fetched = None;
        });
        self.told_if_burst(&source);
    }

    fn found(&mut self, found: Found) {
        let Found { path, name, is_pipe } = found;
        let mut reader = match self.open(&path) {
            Ok(reader) => reader,
            Err(error) => return (self.each)(Err(warn(&path, unreadable("file", &error)))),
        };
        let size = std::fs::metadata(&path).map_or(0, |meta| meta.len());
        let subject = path.display().to_string();
        if is_pipe {
            return self.stream(&mut reader, name, subject);
        }
        self.beside = beside::of(&path, &name, &mut self.sums);
        let source = Source::outer(name, subject, Some(path), size);
        self.begun(&mut reader, &source, |batch, head, reader| {
            let Some(format) = formats::named(&source.name, head) else { return };
            match format.read {
                Reading::Stream(_) => batch.read(format, reader, &source),
                _ if size > MAX_FILE_BYTES => batch.warn(&source, None, too_large(size)),
                _ => batch.read(format, reader, &source),
            }
        });
        self.told_if_burst(&source);
        // Nothing was taken from it.
        for one in differing(&std::mem::take(&mut self.beside)) {
            self.warn(&source, None, one);
        }
    }

    /// A file on the disk, read through the batch's meter.
    pub fn open(&self, path: &Path) -> std::io::Result<BufReader<Metered<'a, File>>> {
        Ok(BufReader::with_capacity(1 << 16, Metered::new(File::open(path)?, self.meter)))
    }

    /// A stream without an extension: how it begins decides how it is read.
    pub fn stream(&mut self, reader: &mut dyn BufRead, name: String, subject: String) {
        let source = Source::outer(name, subject, None, 0);
        let ration = Rc::clone(&source.ration);
        self.nameless(&mut BufReader::with_capacity(1 << 16, Packed { inner: reader, ration }), &source);
        self.told_if_burst(&source);
    }

    fn nameless(&mut self, reader: &mut dyn BufRead, source: &Source) {
        self.begun(reader, source, |batch, head, reader| {
            batch.read(formats::nameless(head), reader, source);
        });
    }

    /// An entry of an archive, read as its name says.
    pub fn entry(&mut self, reader: &mut dyn Read, source: &Source) {
        self.begun(&mut BufReader::new(reader), source, |batch, head, reader| {
            if let Some(format) = formats::named(&source.name, head) {
                batch.read(format, reader, source);
            }
        });
    }

    /// As [`Batch::entry`], but where no format has such names, how it begins decides.
    pub fn entry_or_nameless(&mut self, reader: &mut dyn BufRead, source: &Source) {
        self.begun(reader, source, |batch, head, reader| {
            let format = formats::named(&source.name, head).unwrap_or_else(|| formats::nameless(head));
            batch.read(format, reader, source);
        });
    }

    fn told_if_burst(&mut self, source: &Source) {
        if source.ration.is_burst() {
            let message = format!(
                "unpacks to more than {MAX_RATIO} times its size, as archives do that are made to fill a memory; what \
                 came before was read: unpack it with care, and give what is inside"
            );
            self.warn(source, None, message);
        }
    }

    /// Looks at how a stream begins, and hands it on as if it had not been touched.
    fn begun(
        &mut self,
        reader: &mut dyn BufRead,
        source: &Source,
        next: impl FnOnce(&mut Batch<'a>, &[u8], &mut dyn BufRead),
    ) {
        let mut head = Vec::with_capacity(HEAD);
        if let Err(error) = (&mut *reader).take(HEAD as u64).read_to_end(&mut head) {
            return self.failed(source, &error);
        }
        let mut whole = Cursor::new(&head).chain(reader);
        next(self, &head, &mut whole);
    }

    /// Reads a stream as one format.
    fn read(&mut self, format: &Format, reader: &mut dyn BufRead, source: &Source) {
        let whole = match format.read {
            Reading::Stream(read) => return read(reader, source, self),
            Reading::One(_) | Reading::Many(_) => self.whole(reader, source),
        };
        let Some(raw) = whole else { return };
        match format.read {
            Reading::One(read) => match read(&raw) {
                Ok(report) => self.one(report, raw, source),
                // Half a file is seldom one; that it broke off is told already.
                Err(_) if source.is_told_above() => {}
                Err(why) => self.warn(source, why.line, why.message),
            },
            Reading::Many(read) => read(&raw, source, self),
            Reading::Stream(_) => {}
        }
    }

    /// Hands on the one report of a source, with an id of its own and what the archive says of it.
    pub fn one(&mut self, mut report: Report, raw: Vec<u8>, source: &Source) {
        let Given { url, captured, id } = &source.given;
        report.id = self.unique(id.as_deref().unwrap_or(stem(&source.name)));
        report.url = url.clone().or(report.url);
        if let (None, Some(day)) = (report.published, captured) {
            report.published = Some(*day);
            report.guessed.push(Field::Published);
            report.guessed.sort();
        }
        self.hand(Ok(Intake::new(report, raw, source.name.as_str())));
    }

    /// All bytes of a stream, unless there are too many, or none.
    fn whole(&mut self, reader: &mut dyn BufRead, source: &Source) -> Option<Vec<u8>> {
        let mut raw = Vec::new();
        let wrong = match reader.take(MAX_FILE_BYTES + 1).read_to_end(&mut raw) {
            Err(error) => {
                self.failed(source, &error);
                return None;
            }
            Ok(_) if raw.len() as u64 > MAX_FILE_BYTES => too_large(raw.len() as u64),
            Ok(_) if raw.iter().all(u8::is_ascii_whitespace) && source.is_told_above() => return None,
            Ok(_) if raw.iter().all(u8::is_ascii_whitespace) => {
                "the file is empty; fill it or take it out".to_owned()
            }
            Ok(_) => return Some(raw),
        };
        self.warn(source, None, wrong);
        None
    }

    /// Hands one outcome on; a report's id is the batch's from then on.
    pub fn hand(&mut self, mut taken: Result<Intake, Warning>) {
        let mut about = Vec::new();
        if let Ok(intake) = &mut taken {
            if let Some((fetched, one)) = &self.fetched {
                if *one {
                    fetched.complete(&mut intake.report);
                }
                let beside = fetched.beside.iter().map(|(name, bytes)| Beside {
                    name: name.clone(),
                    of: fetched.name.clone(),
                    bytes: bytes.clone(),
                    state: Checked::Unchecked,
                    told: "how it was fetched; nobody else vouches for it".to_owned(),
                });
                intake.beside.extend(beside);
                if fetched.without.contains(&intake.report.id) {
                    return;
                }
            }
            if let Some(what) = hidden::unhide(&mut intake.report) {
                let message = format!("report {}: {what}", intake.report.id);
                self.keep_note(Warning { subject: intake.raw_name.clone(), line: None, message });
            }
            self.ids.insert(short_hash(intake.report.id.as_bytes()));
            intake.beside.append(&mut self.beside);
            let told = differing(&intake.beside).into_iter().map(|what| Warning {
                subject: intake.raw_name.clone(),
                line: None,
                message: format!("report {}: {what}", intake.report.id),
            });
            about.extend(told);
        }
        (self.each)(taken);
        about.into_iter().for_each(|warning| (self.each)(Err(warning)));
    }

    /// Says what is wrong with a source, or with a line of it.
    pub fn warn(&mut self, source: &Source, line: Option<usize>, message: impl Into<String>) {
        let warning = Warning { subject: source.subject.clone(), line, message: message.into() };
        self.hand(Err(warning));
    }

    /// Says that a source could not be read to its end, unless that is told of the archive it lies in.
    pub fn failed(&mut self, source: &Source, error: &std::io::Error) {
        if !source.is_told_above() {
            self.warn(source, None, unreadable("file", error));
        }
    }

    /// Keeps what is worth knowing of a source and is no fault.
    pub fn note(&mut self, source: &Source, message: impl Into<String>) {
        self.keep_note(Warning { subject: source.subject.clone(), line: None, message: message.into() });
    }

    fn keep_note(&mut self, note: Warning) {
        if self.notes.len() < MAX_NOTES {
            self.notes.push(note);
        } else {
            self.more_notes += 1;
        }
    }

    /// What was noted.
    pub fn notes(mut self) -> Vec<Warning> {
        if self.more_notes > 0 {
            let message = format!("{} more notes of this kind are left out", self.more_notes);
            self.notes.push(Warning { subject: "inputs".to_owned(), line: None, message });
        }
        self.notes
    }

    /// The stem, or `stem-2`, `stem-3` … where the batch has it already.
    pub fn unique(&mut self, stem: &str) -> String {
        let mut id = stem.to_owned();
        let mut number = 1;
        while !self.ids.insert(short_hash(id.as_bytes())) {
            number += 1;
            id = format!("{stem}-{number}");
        }
        id
    }
}

/// What there is to say of those that are of other bytes, or whose signature is not good.
fn differing(beside: &[Beside]) -> Vec<String> {
    let differs = |one: &&Beside| one.state == Checked::Differs;
    let said = |one: &Beside| format!("{} of {}: {} Look into it: both are kept", one.name, one.of, one.told);
    beside.iter().filter(differs).map(said).collect()
}

/// A file's name without its folders and its last extension.
pub(crate) fn stem(name: &str) -> &str {
    let file = name.rsplit('/').next().unwrap_or(name);
    match file.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => file,
    }
}

fn too_large(size: u64) -> String {
    let (size, most) = (mebibytes(size), mebibytes(MAX_FILE_BYTES));
    format!("too large: {size} of at most {most}; split it, or give its reports as .jsonl, which is streamed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems() {
        for (name, expected) in [("a/b.c.txt", "b.c"), ("stdin", "stdin"), (".txt", ".txt")] {
            assert_eq!(stem(name), expected);
        }
    }
}
