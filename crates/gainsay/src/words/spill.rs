//! Scratch files on the disk, beside the list that is being made.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use gainsay_lexicon::brought::sort::{Scratch, ScratchFile};

/// Where scratch files are made.
pub(super) struct Spill {
    folder: PathBuf,
    made: AtomicU32,
}

/// What the names of files that are being made end with: whatever bears it when a list is added was left by a program
/// that was cut short.
pub(super) const PART: &str = ".part";

impl Spill {
    pub(super) fn of(folder: &Path) -> Spill {
        Spill { folder: folder.to_owned(), made: AtomicU32::new(0) }
    }
}

impl Scratch for Spill {
    fn file(&self) -> std::io::Result<Box<dyn ScratchFile>> {
        let n = self.made.fetch_add(1, Ordering::Relaxed);
        let path = self.folder.join(format!("scratch-{n}{PART}"));
        let file = File::options().read(true).write(true).create(true).truncate(true).open(&path)?;
        Ok(Box::new(Spilled { file, path }))
    }
}

/// A file that goes with whoever holds it.
struct Spilled {
    file: File,
    path: PathBuf,
}

impl Drop for Spilled {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

impl Read for Spilled {
    fn read(&mut self, bytes: &mut [u8]) -> std::io::Result<usize> {
        self.file.read(bytes)
    }
}

impl Write for Spilled {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

impl Seek for Spilled {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.file.seek(to)
    }
}
