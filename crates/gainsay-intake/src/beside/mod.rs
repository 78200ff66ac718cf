//! What lies beside a file and speaks for it: checksums (`.sha256`, `SHA256SUMS`), time stamps (`.tsr`, `.ots`).
//!
//! **Takes** a file's path. **Gives** what lies beside it, checked against the file's bytes as far as that can be done
//! without a network. **Never** refuses a file for it: what differs is kept and told.

mod ots;
mod sums;
mod tsr;

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use gainsay_model::{Beside, Checked};
use sha2::{Digest, Sha256, Sha384, Sha512};

pub(crate) use sums::Sums;

/// The extensions of files that lie beside others.
const EXTENSIONS: &[&str] = &["sha256", "tsr", "ots"];

/// Largest of them, in bytes: real ones have some kilobytes.
const MAX_BYTES: u64 = 4 << 20;

/// What was found of one of them.
struct Found {
    state: Checked,
    told: String,
}

impl Found {
    fn new(state: Checked, told: impl Into<String>) -> Found {
        Found { state, told: told.into() }
    }

    /// Of the right bytes, or of others, with what there is to say where it is of the right ones.
    fn fits(fits: bool, told: impl Into<String>) -> Found {
        if fits {
            Found::new(Checked::Agrees, told)
        } else {
            Found::new(Checked::Differs, "It is of other bytes.")
        }
    }
}

/// A file's hashes, made once and only where something asks for them.
struct Hashes {
    sha256: Vec<u8>,
    sha384: Vec<u8>,
    sha512: Vec<u8>,
}

impl Hashes {
    fn of(path: &Path) -> std::io::Result<Hashes> {
        let (mut a, mut b, mut c) = (Sha256::new(), Sha384::new(), Sha512::new());
        let mut file = File::open(path)?;
        let mut buffer = vec![0; 1 << 16];
        loop {
            let read = file.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            a.update(&buffer[..read]);
            b.update(&buffer[..read]);
            c.update(&buffer[..read]);
        }
        Ok(Hashes {
            sha256: a.finalize().to_vec(),
            sha384: b.finalize().to_vec(),
            sha512: c.finalize().to_vec(),
        })
    }
}

/// Whether a file speaks for another that is there, and is no report itself; or is a list of checksums.
pub(crate) fn speaks_for_another(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let beside = EXTENSIONS.contains(&extension.as_str()) && fs::metadata(path.with_extension("")).is_ok();
    beside || sums::is_list(&name)
}

/// Everything that lies beside a file, which intake calls `name`.
pub(crate) fn of(path: &Path, name: &str, sums: &mut Sums) -> Vec<Beside> {
    let mut there: Vec<(String, Vec<u8>)> = Vec::new();
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    for extension in EXTENSIONS {
        let mut beside: PathBuf = path.to_owned();
        beside.as_mut_os_string().push(format!(".{extension}"));
        if let Some(bytes) = small(&beside) {
            there.push((format!("{file}.{extension}"), bytes));
        }
    }
    there.extend(sums.line_of(path, &file));
    if there.is_empty() {
        return Vec::new();
    }
    let hashes = Hashes::of(path);
    let one = |(called, bytes): (String, Vec<u8>)| {
        let found = match &hashes {
            Err(_) => Found::new(Checked::Unchecked, "The file could not be read to be checked."),
            Ok(hashes) if called.ends_with(".tsr") => tsr::check(&bytes, hashes),
            Ok(hashes) if called.ends_with(".ots") => ots::check(&bytes, hashes),
            Ok(hashes) => sums::check(&bytes, &file, hashes),
        };
        Beside { name: called, of: name.to_owned(), bytes, state: found.state, told: found.told }
    };
    there.into_iter().map(one).collect()
}

/// The bytes of a file, unless it is not there or too large.
fn small(path: &Path) -> Option<Vec<u8>> {
    let meta = fs::metadata(path).ok()?;
    if !meta.is_file() || meta.len() > MAX_BYTES {
        return None;
    }
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(MAX_BYTES).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}
