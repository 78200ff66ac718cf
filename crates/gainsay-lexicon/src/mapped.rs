//! A file as bytes in memory, without reading it: the one place with `unsafe` in it.
//!
//! **Takes** a file that somebody else opened. **Gives** its bytes. **Never** writes to it.

use std::ops::Deref;

/// The bytes of a file. The system reads a page of it when it is looked at, and drops it again when memory is short.
#[derive(Debug)]
pub struct Mapped(memmap2::Mmap);

impl Mapped {
    /// Maps a file that is open for reading.
    ///
    /// # Errors
    /// When the system refuses: an empty file, one that is not on a disk, or no address space left.
    #[allow(unsafe_code)]
    pub fn of(file: impl memmap2::MmapAsRawDesc) -> std::io::Result<Mapped> {
        // SAFETY: the bytes are only ever looked at as `&[u8]`, where every pattern of bits is a value, and every
        // number found in them is checked against their length before it is used. What remains is that the file must
        // not change while it is mapped. The lists that are mapped are written under another name, brought to the
        // disk and renamed once; from then on gainsay never opens them for writing: a list that is replaced gets a new
        // file, and the old one is unlinked, which leaves its bytes to those who have it mapped. The folder lies beside
        // the ledger with the ledger's own rights: whoever could truncate a list could as well change the program's
        // other files.
        unsafe { memmap2::MmapOptions::new().map(file) }.map(Mapped)
    }
}

impl Deref for Mapped {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl AsRef<[u8]> for Mapped {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}
