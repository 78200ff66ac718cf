//! Anything compressed by gzip, in any number of members.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use flate2::bufread::MultiGzDecoder;

use super::Contents;
use crate::batch::Batch;
use crate::formats::{Format, Reading};
use crate::limits::mebibytes;
use crate::source::{Source, Unpacked};

/// A gzip file; what is inside is called as it is without `.gz`, and a `.tgz` holds a tar.
pub(crate) const FORMAT: Format = Format {
    name: "gzip",
    extensions: &["gz", "tgz"],
    media: &["application/gzip", "application/x-gzip"],
    begins: |head| head.starts_with(b"\x1F\x8B"),
    read: Reading::Stream(read),
};

fn read(reader: &mut dyn BufRead, source: &Source, batch: &mut Batch) {
    let Some(mut contents) = Contents::of(source, batch) else { return };
    contents.entries = 1;
    let file = source.name.rsplit('/').next().unwrap_or_default();
    let inner = match file.rsplit_once('.') {
        Some((stem, "gz" | "GZ")) if !stem.is_empty() => stem.to_owned(),
        Some((stem, "tgz" | "TGZ")) if !stem.is_empty() => format!("{stem}.tar"),
        _ => file.to_owned(),
    };
    let mut entry = source.entry(&inner);
    // Messages name the file that is there.
    entry.subject.clone_from(&source.subject);
    entry.cut = Rc::new(Cell::new(false));
    let broken = Rc::new(Cell::new(None));
    let intact = Intact {
        inner: MultiGzDecoder::new(reader),
        read: 0,
        source: source.clone(),
        cut: Rc::clone(&entry.cut),
        broken: Rc::clone(&broken),
    };
    batch.entry_or_nameless(&mut Unpacked::new(intact, source), &entry);
    if let Some((read, cut)) = broken.get() {
        let how = if cut { "breaks off" } else { "is damaged" };
        let at = if read == 0 { "at once".to_owned() } else { format!("after {} unpacked", mebibytes(read)) };
        let message = format!("{how} {at}; what came before was read: get the file again");
        batch.warn(source, None, message);
    }
}

/// A decoder whose input may break off: it then ends as if that were its end, and says so.
struct Intact<R> {
    inner: R,
    read: u64,
    source: Source,
    cut: Rc<Cell<bool>>,
    /// How much came before, and whether it broke off rather than was wrong.
    broken: Rc<Cell<Option<(u64, bool)>>>,
}

impl<R: Read> Read for Intact<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.cut.get() {
            return Ok(0);
        }
        match self.inner.read(buffer) {
            Ok(read) => {
                self.read += read as u64;
                Ok(read)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(_) if self.source.is_told_above() => {
                self.cut.set(true);
                Ok(0)
            }
            Err(error) => {
                let cut = error.kind() == io::ErrorKind::UnexpectedEof;
                self.cut.set(true);
                self.broken.set(Some((self.read, cut)));
                Ok(0)
            }
        }
    }
}
