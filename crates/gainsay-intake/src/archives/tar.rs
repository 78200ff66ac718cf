//! Tar archives, entry by entry as they come.
//!
//! Long names are read here and not by the library, which would hold a name of any length.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use tar::{Archive, Entry, EntryType, PaxExtensions};

use super::{Contents, Passed};
use crate::batch::Batch;
use crate::formats::{Format, Reading};
use crate::source::Source;

/// Longest name of an entry, with all else that stands beside it, in bytes.
const MAX_NAME_BYTES: u64 = 64 << 10;

/// A tar archive.
pub(crate) const FORMAT: Format = Format {
    name: "tar",
    extensions: &["tar"],
    media: &["application/x-tar"],
    // The mark of both POSIX and GNU, at its place in the first header.
    begins: |head| head.get(257..262).is_some_and(|mark| mark == b"ustar"),
    read: Reading::Stream(read),
};

fn read(reader: &mut dyn BufRead, source: &Source, batch: &mut Batch) {
    let Some(mut contents) = Contents::of(source, batch) else { return };
    let mut archive = Archive::new(reader);
    let cut = Rc::new(Cell::new(false));
    let read = entries(&mut archive, &mut contents, &cut, batch);
    if (read.is_err() || cut.get()) && !source.is_told_above() {
        let what = match read {
            Err(error) if !cut.get() => format!("is damaged ({})", super::shown(&error.to_string())),
            _ => "breaks off".to_owned(),
        };
        batch.warn(source, None, format!("{what}; what came before was read: get the file again"));
        contents.told = true;
    }
    contents.close(batch);
}

fn entries(
    archive: &mut Archive<&mut dyn BufRead>,
    contents: &mut Contents<'_>,
    cut: &Rc<Cell<bool>>,
    batch: &mut Batch,
) -> io::Result<()> {
    // A name that stands before its entry.
    let mut name: Option<Vec<u8>> = None;
    for entry in archive.entries()?.raw(true) {
        let mut entry = entry?;
        match entry.header().entry_type() {
            EntryType::GNULongName => {
                let mut long = some(&mut entry)?;
                while long.last() == Some(&0) {
                    long.pop();
                }
                name = Some(long);
                continue;
            }
            EntryType::XHeader => {
                name = pax_path(&some(&mut entry)?).or(name);
                continue;
            }
            EntryType::GNULongLink | EntryType::XGlobalHeader => continue,
            _ => {}
        }
        if contents.is_over(batch) {
            return Ok(());
        }
        let name = name.take().unwrap_or_else(|| entry.path_bytes().into_owned());
        let shown = String::from_utf8_lossy(&name).into_owned();
        match entry.header().entry_type() {
            EntryType::Directory => {}
            EntryType::Regular | EntryType::Continuous if name.ends_with(b"/") => {}
            EntryType::Regular | EntryType::Continuous => {
                if contents.takes(&name) {
                    let left = entry.size();
                    let mut inner = contents.source.entry(&super::shown(&shown));
                    inner.cut = Rc::clone(cut);
                    batch.entry(&mut Whole { inner: &mut entry, left, cut }, &inner);
                }
            }
            _ => {
                contents.pass(Passed::NoFile, &shown);
            }
        }
    }
    Ok(())
}

/// The bytes of an entry that is a name, up to the bound.
fn some(entry: &mut Entry<'_, &mut dyn BufRead>) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    entry.take(MAX_NAME_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn pax_path(bytes: &[u8]) -> Option<Vec<u8>> {
    let found = PaxExtensions::new(bytes).filter_map(Result::ok).find(|one| one.key_bytes() == b"path");
    found.map(|one| one.value_bytes().to_vec())
}

/// An entry whose archive may end before it does: it then ends there, and says so.
struct Whole<'a, R> {
    inner: R,
    left: u64,
    cut: &'a Cell<bool>,
}

impl<R: Read> Read for Whole<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.left = self.left.saturating_sub(read as u64);
        if read == 0 && self.left > 0 && !buffer.is_empty() {
            self.cut.set(true);
        }
        Ok(read)
    }
}
