//! How far taking in has come, and a way to stop it.

use std::fs;
use std::io::{Read, Result, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::Input;

/// How many of the bytes of all inputs have been read. Other threads may look at it, and may stop what reads.
#[derive(Debug, Default)]
pub struct Meter {
    total: Option<u64>,
    done: AtomicU64,
    stopped: AtomicBool,
}

impl Meter {
    /// A meter over these inputs: folders are walked for the sizes of their files. Where there is standard input
    /// or a pipe among them, nobody knows how much there is.
    pub fn of(inputs: &[Input]) -> Meter {
        fn of_one(input: &Input) -> Option<u64> {
            match input {
                Input::Path(path) => size(path, &mut Vec::new()),
                Input::Fetched(fetched) => Some(fetched.bytes.len() as u64),
                Input::Mapped(input, _) => of_one(input),
                Input::Stdin => None,
            }
        }
        Meter { total: inputs.iter().map(of_one).sum(), ..Meter::default() }
    }

    /// The bytes of all inputs, where that is known.
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// The bytes read so far.
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// Stops: whatever is read through the meter ends here.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// Whether it was stopped: what is then said to be cut off is not.
    pub fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}

/// Bytes of the files at or below a path; none where one of them is a pipe.
fn size(path: &Path, above: &mut Vec<PathBuf>) -> Option<u64> {
    let Ok(meta) = fs::metadata(path) else { return Some(0) };
    if !meta.is_dir() {
        return meta.is_file().then_some(meta.len());
    }
    let (Ok(real), Ok(entries)) = (fs::canonicalize(path), fs::read_dir(path)) else { return Some(0) };
    if above.contains(&real) {
        return Some(0);
    }
    above.push(real);
    let sizes = entries.flatten().map(|entry| size(&entry.path(), above).unwrap_or(0)).sum();
    above.pop();
    Some(sizes)
}

/// A file or stream read through a meter.
pub(crate) struct Metered<'m, R> {
    inner: R,
    meter: &'m Meter,
}

impl<'m, R> Metered<'m, R> {
    pub fn new(inner: R, meter: &'m Meter) -> Metered<'m, R> {
        Metered { inner, meter }
    }
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        if self.meter.is_stopped() {
            return Ok(0);
        }
        let read = self.inner.read(into)?;
        self.meter.done.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl<R: Seek> Seek for Metered<'_, R> {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        self.inner.seek(to)
    }
}
