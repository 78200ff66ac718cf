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
                let open = files::private().read(true).create(true).append(true).open(&self.path);
                let mut open = open.map_err(refused)?;
                files::sync_folder(&self.path);
                end_of_line(&mut open).map_err(refused)?;
                open
            }
        };
        // One write for the line: two programs may add to one file.
        open.write_all(line.as_bytes()).and_then(|()| open.sync_data()).map_err(refused)?;
        *file = Some(open);
        Ok(())
    }

    /// At most `limit` lines, newest first, and where the next begin; of one `what` alone where that is given. `before`
    /// is such a place; the end of the file where none is given.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn page(
        &self,
        before: Option<u64>,
        limit: usize,
        what: Option<&str>,
    ) -> Result<(Vec<Heard>, Option<u64>), Error> {
        let refused = |error| Error::io(format!("{}", self.path.display()), error);
        let mut file = match File::open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((Vec::new(), None)),
            Err(error) => return Err(refused(error)),
        };
        let end = file.metadata().map_err(refused)?.len();
        let mut start = before.unwrap_or(end).min(end);
        // The end of a line that begins further up.
        let mut cut = Vec::new();
        let mut found = Vec::new();
        while start > 0 {
            let from = start.saturating_sub(BLOCK);
            let mut block = vec![0; (start - from) as usize];
            file.seek(SeekFrom::Start(from)).and_then(|_| file.read_exact(&mut block)).map_err(refused)?;
            block.append(&mut cut);
            let whole = match block.iter().position(|&byte| byte == b'\n') {
                _ if from == 0 => 0,
                Some(newline) => newline + 1,
                None => block.len(),
            };
            cut = block[..whole].to_vec();
            for (at, heard) in lines(&block[whole..], from + whole as u64) {
                if what.is_some_and(|what| heard.what != what) {
                    continue;
                }
                found.push(heard);
                if found.len() == limit {
                    return Ok((found, Some(at).filter(|&at| at > 0)));
                }
            }
            start = from;
        }
        Ok((found, None))
    }
}

/// Ends a last line that a full disk or a crash cut short, so that the next one is a line of its own.
fn end_of_line(file: &mut File) -> io::Result<()> {
    let mut last = [b'\n'];
    if file.seek(SeekFrom::End(0))? > 0 {
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
    }
    if last == [b'\n'] { Ok(()) } else { file.write_all(b"\n") }
}

/// The lines of a file's part that begins with a whole line at `start`, with the places where they begin, last first.
fn lines(part: &[u8], start: u64) -> Vec<(u64, Heard)> {
    let mut at = start;
    let mut found = Vec::new();
    for line in part.split_inclusive(|&byte| byte == b'\n') {
        // A line that is no JSON was cut by a crash, or written by somebody else.
        found.extend(serde_json::from_slice(line).ok().map(|heard| (at, heard)));
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
        assert_eq!(audit.page(None, 10, None).unwrap(), (Vec::new(), None));
        for number in 0..1000 {
            let what = if number % 100 == 7 { "signin" } else { "export" };
            audit.add("amal", what, &format!("{number} {}", "\u{202e}é\n".repeat(60))).unwrap();
        }
        let all = |what: Option<&str>, limit: usize| {
            let (mut before, mut seen) = (None, Vec::new());
            loop {
                let (page, next) = audit.page(before, limit, what).unwrap();
                assert!(page.len() <= limit);
                seen.extend(page.iter().map(|heard| heard.detail.split(' ').next().unwrap().to_owned()));
                match next {
                    Some(next) => before = Some(next),
                    None => return seen,
                }
            }
        };
        let expected: Vec<String> = (0..1000).rev().map(|number| number.to_string()).collect();
        assert_eq!(all(None, 70), expected);
        assert_eq!(all(None, 5000), expected);
        let signins: Vec<String> = (0..10).rev().map(|number| (number * 100 + 7).to_string()).collect();
        assert_eq!(all(Some("signin"), 3), signins);
    }

    #[test]
    fn a_line_that_was_cut_short_takes_no_other_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = folder.path().join("l.gpkg");
        std::fs::write(files::beside(&ledger, ".audit"), "{\"at\":\"2023-11-14T22:1").unwrap();
        Audit::of(&ledger).add("amal", "signin", "one").unwrap();
        Audit::of(&ledger).add("amal", "signin", "two").unwrap();
        let (page, _) = Audit::of(&ledger).page(None, 10, None).unwrap();
        assert_eq!(page.iter().map(|heard| heard.detail.as_str()).collect::<Vec<_>>(), ["two", "one"]);
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
