//! A site as one archive (PKWARE APPNOTE 6.3, deflate). No file bears a time, so that the same site gives the same
//! bytes.

use std::io::{self, Write};

use flate2::{Compression, Crc, write::DeflateEncoder};

use super::Put;
use crate::Error;

/// 1 January 1980, the first day that the format knows.
const DAY: u16 = 0x21;
/// Names are UTF-8.
const UTF8: u16 = 1 << 11;
const DEFLATE: u16 = 8;
/// More files or bytes would need the format's later extensions.
const FILES: usize = u16::MAX as usize - 1;
const BYTES: usize = 1 << 30;

/// The site as the bytes of an archive, all of it in one folder of this name.
///
/// # Errors
/// When the site cannot be made, or is greater than 65,534 files or 1 GiB packed.
pub fn zip(folder: &str, make: impl FnOnce(Put) -> Result<(), Error>) -> Result<Vec<u8>, Error> {
    let mut archive = Archive::default();
    make(&mut |name, bytes| archive.add(&format!("{folder}/{name}"), bytes))?;
    Ok(archive.end())
}

#[derive(Default)]
struct Archive {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    files: usize,
}

impl Archive {
    fn add(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        if self.files == FILES || self.bytes.len() > BYTES {
            return Err(io::Error::other(
                "more than an archive holds; choose a smaller area or a shorter period",
            ));
        }
        let mut crc = Crc::new();
        crc.update(bytes);
        let mut packer = DeflateEncoder::new(Vec::new(), Compression::default());
        packer.write_all(bytes)?;
        let packed = packer.finish()?;
        let size = |len: usize| u32::try_from(len).map_err(|_| io::Error::other("a file is too great"));
        let offset = size(self.bytes.len())?;
        let mut head: Vec<u8> = Vec::new();
        for part in [20, UTF8, DEFLATE, 0, DAY] {
            head.extend(u16::to_le_bytes(part));
        }
        for part in [crc.sum(), size(packed.len())?, size(bytes.len())?] {
            head.extend(u32::to_le_bytes(part));
        }
        head.extend(u16::to_le_bytes(
            u16::try_from(name.len()).map_err(|_| io::Error::other("a name is too long"))?,
        ));
        head.extend([0, 0]);
        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend(&head);
        self.bytes.extend(name.as_bytes());
        self.bytes.extend(&packed);
        self.directory.extend(b"PK\x01\x02");
        self.directory.extend(u16::to_le_bytes(20));
        self.directory.extend(&head);
        // No comment, one disk, no attributes.
        self.directory.extend([0; 10]);
        self.directory.extend(u32::to_le_bytes(offset));
        self.directory.extend(name.as_bytes());
        self.files += 1;
        Ok(())
    }

    fn end(mut self) -> Vec<u8> {
        let (start, files) = (self.bytes.len() as u32, self.files as u16);
        self.bytes.extend(&self.directory);
        self.bytes.extend(b"PK\x05\x06");
        self.bytes.extend([0; 4]);
        self.bytes.extend(files.to_le_bytes());
        self.bytes.extend(files.to_le_bytes());
        self.bytes.extend((self.directory.len() as u32).to_le_bytes());
        self.bytes.extend(start.to_le_bytes());
        self.bytes.extend([0; 2]);
        self.bytes
    }
}
