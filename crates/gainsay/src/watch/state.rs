//! What is remembered between two runs, in a file beside the ledger: which files were taken, when each feed may be asked
//! again. It holds nothing of what was read; without it everything is only asked once more.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::after;
use crate::Error;
use crate::fetch::Remembered;

/// All that is remembered.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct State {
    /// Of each folder the files that were taken, by path.
    #[serde(default)]
    pub folders: BTreeMap<String, BTreeMap<String, Seen>>,
    /// Of each feed, by address.
    #[serde(default)]
    pub feeds: BTreeMap<String, Feed>,
}

/// A file as it was when it was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Seen {
    /// Its size in bytes.
    pub size: u64,
    /// When it was changed, in nanoseconds since 1970.
    pub changed: i64,
}

/// A feed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Feed {
    /// What to send along, so that what did not change is not sent again.
    #[serde(flatten)]
    pub remembered: Remembered,
    /// When it was asked last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<Timestamp>,
    /// Before this it is not asked again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Timestamp>,
    /// How often in a row it could not be had.
    #[serde(default)]
    pub failures: u32,
    /// Its server said that it is gone for good.
    #[serde(default)]
    pub gone: bool,
    /// Those of its entries whose pages were asked for, by id, and whether they were had.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pages: BTreeMap<String, bool>,
}

/// Where it lies.
pub(super) fn path_of(ledger: &Path) -> PathBuf {
    let mut name = ledger.as_os_str().to_owned();
    name.push(".watch");
    PathBuf::from(name)
}

impl Feed {
    /// When it may be asked again, `now`. Where the clock was set back since it was asked last, the day that was noted says
    /// nothing any more, but how long was to be waited does; nobody waits longer than `most`.
    pub fn due(&mut self, now: Timestamp, most: Duration) -> Option<Timestamp> {
        let next = self.next?;
        let since = self.asked.filter(|asked| now < *asked);
        let wait = Duration::try_from(next.duration_since(since.unwrap_or(now))).unwrap_or_default();
        if since.is_some() || wait > most {
            (self.asked, self.next) = (Some(now), Some(after(now, wait.min(most))));
        }
        self.next
    }
}

impl State {
    /// What is remembered beside a ledger; nothing where there is no file.
    ///
    /// # Errors
    /// When the file cannot be read, or is something else.
    pub fn open(ledger: &Path) -> Result<State, Error> {
        let path = path_of(ledger);
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(State::default()),
            Err(error) => return Err(Error::io(path.display().to_string(), error)),
        };
        serde_json::from_slice(&text).map_err(|error| {
            Error::input(format!(
                "{}: not what `watch` wrote ({error}); remove it, and everything is asked once more",
                path.display()
            ))
        })
    }

    /// Writes it, whole or not at all.
    ///
    /// # Errors
    /// When it cannot be written; the file before it stays.
    pub fn save(&self, ledger: &Path) -> Result<(), Error> {
        let mut text = serde_json::to_vec_pretty(self).unwrap_or_default();
        text.push(b'\n');
        crate::whole::write(&path_of(ledger), text)
    }
}
