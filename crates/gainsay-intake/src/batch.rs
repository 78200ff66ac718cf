//! One batch: every input to its format, ids kept apart, each outcome handed on.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use gainsay_model::{Report, Warning};

use crate::Intake;
use crate::columns::Columns;
use crate::formats::{self, Format, HEAD, Reading};
use crate::given::Given;
use crate::limits::{MAX_FILE_BYTES, mebibytes};
use crate::meter::{Meter, Metered};
use crate::walk::{Found, Walk, unreadable, warn};

/// Where the bytes come from that a format reads.
#[derive(Clone, Debug, Default)]
pub(crate) struct Source {
    /// What they are called: see [`Intake::raw_name`].
    pub name: String,
    /// What messages call them: the path as it was given.
    pub subject: String,
    /// The file on the disk, where they are the whole of one.
    pub path: Option<PathBuf>,
}

/// A batch under way.
pub(crate) struct Batch<'a> {
    meter: &'a Meter,
    walk: Walk,
    ids: BTreeSet<String>,
    notes: Vec<Warning>,
    columns: Rc<Columns>,
    /// What is at hand and being read, and whether it is one report.
    given: Option<(Rc<Given>, bool)>,
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
            columns: Rc::default(),
            given: None,
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

    /// Bytes that are at hand, read as a file of their name would be.
    pub fn given(&mut self, given: &Given) {
        let subject = given.url.clone().unwrap_or_else(|| given.name.clone());
        let source = Source { name: given.name.clone(), subject, path: None };
        let mut reader = BufReader::new(Metered::new(given.bytes.as_slice(), self.meter));
        self.begun(&mut reader, &source, |batch, head, reader| {
            let format = formats::named(&source.name, head).unwrap_or_else(|| formats::nameless(head));
            let one = matches!(format.read, Reading::One(_));
            batch.given = Some((Rc::new(Given { bytes: Vec::new(), ..given.clone() }), one));
            batch.read(format, reader, &source);
            batch.given = None;
        });
    }

    fn found(&mut self, found: Found) {
        let Found { path, name, is_pipe } = found;
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) => return (self.each)(Err(warn(&path, unreadable("file", &error)))),
        };
        let size = file.metadata().map_or(0, |meta| meta.len());
        let mut reader = BufReader::with_capacity(1 << 16, Metered::new(file, self.meter));
        let subject = path.display().to_string();
        if is_pipe {
            return self.nameless(&mut reader, &Source { name, subject, path: None });
        }
        let source = Source { name, subject, path: Some(path) };
        self.begun(&mut reader, &source, |batch, head, reader| {
            let Some(format) = formats::named(&source.name, head) else { return };
            match format.read {
                Reading::Stream(_) => batch.read(format, reader, &source),
                _ if size > MAX_FILE_BYTES => batch.warn(&source, None, too_large(size)),
                _ => batch.read(format, reader, &source),
            }
        });
    }

    /// A stream without an extension: how it begins decides how it is read.
    pub fn nameless(&mut self, reader: &mut dyn BufRead, source: &Source) {
        self.begun(reader, source, |batch, head, reader| {
            batch.read(formats::nameless(head), reader, source);
        });
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
            return self.warn(source, None, unreadable("input", &error));
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
                Ok(report) => {
                    let report = Report { id: self.unique(stem(&source.name)), ..report };
                    self.hand(Ok(Intake::new(report, raw, source.name.as_str())));
                }
                Err(why) => self.warn(source, why.line, why.message),
            },
            Reading::Many(read) => read(&raw, source, self),
            Reading::Stream(_) => {}
        }
    }

    /// All bytes of a stream, unless there are too many, or none.
    fn whole(&mut self, reader: &mut dyn BufRead, source: &Source) -> Option<Vec<u8>> {
        let mut raw = Vec::new();
        let wrong = match reader.take(MAX_FILE_BYTES + 1).read_to_end(&mut raw) {
            Err(error) => unreadable("file", &error),
            Ok(_) if raw.len() as u64 > MAX_FILE_BYTES => too_large(raw.len() as u64),
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
        if let Ok(intake) = &mut taken {
            if let Some((given, one)) = &self.given {
                if *one {
                    given.complete(&mut intake.report);
                }
                if given.without.contains(&intake.report.id) {
                    return;
                }
            }
            self.ids.insert(intake.report.id.clone());
        }
        (self.each)(taken);
    }

    /// Says what is wrong with a source, or with a line of it.
    pub fn warn(&mut self, source: &Source, line: Option<usize>, message: impl Into<String>) {
        let warning = Warning { subject: source.subject.clone(), line, message: message.into() };
        self.hand(Err(warning));
    }

    /// Keeps what is worth knowing of a source and is no fault.
    pub fn note(&mut self, source: &Source, message: impl Into<String>) {
        let note = Warning { subject: source.subject.clone(), line: None, message: message.into() };
        self.notes.push(note);
    }

    /// What was noted.
    pub fn notes(self) -> Vec<Warning> {
        self.notes
    }

    /// The stem, or `stem-2`, `stem-3` … where the batch has it already.
    pub fn unique(&mut self, stem: &str) -> String {
        let mut id = stem.to_owned();
        let mut number = 1;
        while !self.ids.insert(id.clone()) {
            number += 1;
            id = format!("{stem}-{number}");
        }
        id
    }
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
