//! The audit: who signed in, who took what out, who changed accounts; lines in a file beside the ledger.
//!
//! The file is `<ledger>.audit`, a JSON object a line, readable by its owner alone, and only ever added to.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use gainsay::{Error, clock};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::files;

/// A line has at most so many bytes of detail.
const LONGEST: usize = 500;
/// So much is read at once.
const BLOCK: u64 = 64 * 1024;

/// The audit of one ledger.
pub struct Audit {
    path: PathBuf,
    file: Mutex<Option<File>>,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Audited)]
pub struct Heard {
    /// When.
    pub at: String,
    /// Who did it.
    pub by: String,
    /// `export`, `signin`, `signin-failed`, `signout`, `account`, `settings`, `add`.
    pub what: String,
    /// The particulars.
    pub detail: String,
}

impl Audit {
    /// The audit of a ledger; its file is made with the first line.
    pub fn of(ledger: &Path) -> Audit {
        Audit { path: files::beside(ledger, ".audit"), file: Mutex::default() }
    }

    /// Adds a line; on the disk when it returns.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn add(&self, by: &str, what: &str, detail: &str) -> Result<(), Error> {
        let at = clock::now()?.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let cut = (0..=detail.len().min(LONGEST)).rev().find(|&at| detail.is_char_boundary(at)).unwrap_or(0);
        let heard = Heard { at, by: by.to_owned(), what: what.to_owned(), detail: detail[..cut].to_owned() };
        let refused = |error: io::Error| Error::io(format!("cannot write {}", self.path.display()), error);
        let line = serde_json::to_string(&heard).map_err(|error| refused(error.into()))? + "\n";
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let mut open = match file.take() {
            Some(open) => open,
            None => {
                let open = files::private().create(true).append(true).open(&self.path).map_err(refused)?;
                files::sync_folder(&self.path);
                open
            }
        };
        // One write for the line: two programs may add to one file.
        open.write_all(line.as_bytes()).and_then(|()| open.sync_data()).map_err(refused)?;
        *file = Some(open);
        Ok(())
    }

    /// At most `limit` lines, newest first, and where the next begin. `before` is such a place; the end of the file
    /// where none is given.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn page(&self, before: Option<u64>, limit: usize) -> Result<(Vec<Heard>, Option<u64>), Error> {
        let refused = |error| Error::io(format!("{}", self.path.display()), error);
        let mut file = match File::open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((Vec::new(), None)),
            Err(error) => return Err(refused(error)),
        };
        let end = file.metadata().map_err(refused)?.len();
        let mut start = before.unwrap_or(end).min(end);
        let (mut tail, mut found) = (Vec::new(), Vec::new());
        let stop = start;
        while start > 0 && found.len() < limit {
            let from = start.saturating_sub(BLOCK);
            let mut block = vec![0; (start - from) as usize];
            file.seek(SeekFrom::Start(from)).and_then(|_| file.read_exact(&mut block)).map_err(refused)?;
            block.extend_from_slice(&tail);
            (tail, start) = (block, from);
            found = lines(&tail, start);
        }
        found.retain(|(at, _)| *at < stop);
        found.truncate(limit);
        let next = found.last().map(|(at, _)| *at).filter(|at| *at > 0 && found.len() == limit);
        Ok((found.into_iter().map(|(_, heard)| heard).collect(), next))
    }
}

/// Whole lines of a file's part that begins at `start`, with the places where they begin, last first.
fn lines(part: &[u8], start: u64) -> Vec<(u64, Heard)> {
    let mut at = start;
    let mut found = Vec::new();
    for (number, line) in part.split_inclusive(|&byte| byte == b'\n').enumerate() {
        // The first line of a part may have begun before it.
        let whole = number > 0 || start == 0;
        // A line that is no JSON was cut by a crash, or written by somebody else.
        if let Some(heard) = serde_json::from_slice(line).ok().filter(|_| whole) {
            found.push((at, heard));
        }
        at += line.len() as u64;
    }
    found.reverse();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_back_newest_first_page_by_page() {
        let folder = tempfile::tempdir().unwrap();
        let audit = Audit::of(&folder.path().join("l.gpkg"));
        assert_eq!(audit.page(None, 10).unwrap(), (Vec::new(), None));
        for number in 0..1000 {
            audit.add("amal", "export", &format!("{number} {}", "\u{202e}é\n".repeat(60))).unwrap();
        }
        let (mut before, mut seen) = (None, Vec::new());
        loop {
            let (page, next) = audit.page(before, 70).unwrap();
            seen.extend(page.iter().map(|heard| heard.detail.split(' ').next().unwrap().to_owned()));
            match next {
                Some(next) => before = Some(next),
                None => break,
            }
        }
        let expected: Vec<String> = (0..1000).rev().map(|number| number.to_string()).collect();
        assert_eq!(seen, expected);
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_reads_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let ledger = folder.path().join("l.gpkg");
        Audit::of(&ledger).add("amal", "signin", "").unwrap();
        let mode = std::fs::metadata(files::beside(&ledger, ".audit")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
