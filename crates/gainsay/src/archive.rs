//! Files as one zip archive. No file bears a time, so that the same files give the same bytes.

use std::io::{self, Cursor, Write};

use ::zip::write::SimpleFileOptions;
use ::zip::{CompressionMethod, DateTime, ZipWriter};

use crate::Error;

/// Takes one file after another, each by its name with `/` between folders.
pub type Put<'p> = &'p mut dyn FnMut(&str, &[u8]) -> io::Result<()>;

/// So many bytes at most, packed.
const BYTES: usize = 1 << 30;

/// The files as the bytes of an archive, all of them in one folder of this name.
///
/// # Errors
/// When they cannot be made, or are greater than 1 GiB packed.
pub fn zip(folder: &str, make: impl FnOnce(Put) -> Result<(), Error>) -> Result<Vec<u8>, Error> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut packed = 0;
    make(&mut |name, bytes| {
        if packed > BYTES {
            let what = "more than an archive holds; choose a smaller area or a shorter period";
            return Err(io::Error::other(what));
        }
        archive.start_file(format!("{folder}/{name}"), options).map_err(io::Error::other)?;
        archive.write_all(bytes)?;
        archive.flush()?;
        packed = archive.get_ref().map_or(packed, |written| written.get_ref().len());
        Ok(())
    })?;
    let done = archive.finish().map_err(|error| Error::io("the archive", io::Error::other(error)))?;
    Ok(done.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn every_file_comes_out_as_it_went_in() {
        let files = [("index.html", "<p>a</p>".repeat(1000)), ("ar/x-é.html", String::new())];
        let make = || {
            zip("site", |put| {
                files.iter().for_each(|(name, text)| put(name, text.as_bytes()).unwrap());
                Ok(())
            })
            .unwrap()
        };
        let bytes = make();
        assert_eq!(bytes, make(), "the same each time");
        let mut archive = ::zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        assert_eq!(archive.len(), files.len());
        for (name, text) in files {
            let mut out = String::new();
            archive.by_name(&format!("site/{name}")).unwrap().read_to_string(&mut out).unwrap();
            assert_eq!(out, text);
        }
    }
}
