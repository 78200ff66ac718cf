//! Keeps taking reports in: from folders in which files come to lie, and from feeds.
//!
//! **Takes** the folders and feeds that somebody names, for as long as they let it run. **Gives** the ledger what is new
//! there, and says what became of it. **Never** asks for anything that nobody named: a feed is asked at most once in an
//! interval, with what is remembered of it, and less often while its server is in trouble or asks for time; the pages of
//! its entries only if that was asked for; all of it as the site's `robots.txt` allows, one request after another.

mod feed;
mod folder;
mod robots;
mod state;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use gainsay_intake::{Input, Meter};
use jiff::Timestamp;

use crate::fetch::{self, Address, Answer, Remembered};
use crate::keep::{self, Summary};
use crate::{Error, clock};
use robots::Robots;
use state::{Seen, State};

/// How often a feed is asked where nothing else is said.
pub const EVERY: Duration = Duration::from_secs(15 * 60);
/// How often a feed is asked at most.
pub const LEAST: Duration = Duration::from_secs(5 * 60);
/// How often folders are looked at. A file lies still that is the same at two looks.
pub const LOOK: Duration = Duration::from_secs(5);
/// How long the two looks of a single round lie apart.
const STILL: Duration = Duration::from_secs(2);
/// How soon somebody who wants to stop is heard.
const HEARD: Duration = Duration::from_millis(200);

/// What is watched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Watched {
    /// A folder.
    Folder(PathBuf),
    /// A feed.
    Feed(Address),
}

impl Watched {
    /// What an argument means: `http://…` and `https://…` are feeds, all else folders.
    ///
    /// # Errors
    /// When it is neither the address of a page nor a folder.
    pub fn of(typed: &Path) -> Result<Watched, Error> {
        let shown = typed.to_string_lossy();
        if shown.starts_with("http://") || shown.starts_with("https://") {
            return Ok(Watched::Feed(Address::of(&shown)?));
        }
        match typed.is_dir() {
            true => Ok(Watched::Folder(typed.to_owned())),
            false => Err(Error::input(format!(
                "{shown}: neither a folder nor the address of a feed (https://…); check the name"
            ))),
        }
    }
}

/// How it is watched.
#[derive(Clone, Debug)]
pub struct Options {
    /// The ledger that takes it in.
    pub ledger: PathBuf,
    /// Who takes it in.
    pub by: String,
    /// What is watched.
    pub watched: Vec<Watched>,
    /// How often a feed is asked; at least [`LEAST`].
    pub every: Duration,
    /// Whether the pages are fetched that a feed's entries lead to.
    pub pages: bool,
    /// Whether one round is enough.
    pub once: bool,
}

/// What is told while it runs.
#[derive(Clone, Debug)]
pub enum Told {
    /// What a folder or feed brought.
    Brought(String, Summary),
    /// What could not be had, and why.
    Failed(String),
    /// What is worth knowing and no fault.
    Noted(String),
}

/// Watches until `stop` is set, or for one round; says whether all went well.
///
/// # Errors
/// When the ledger cannot be written, or what is remembered cannot be read or kept.
pub fn watch(options: Options, stop: &AtomicBool, tell: &mut dyn FnMut(Told)) -> Result<bool, Error> {
    if options.every < LEAST {
        return Err(Error::input(format!("a feed is asked at most every {} minutes", LEAST.as_secs() / 60)));
    }
    let once = options.once;
    let mut watcher = Watcher::new(options, &Open)?;
    loop {
        watcher.round(stop, tell)?;
        if once || stop.load(Ordering::Relaxed) {
            return Ok(watcher.well);
        }
        let left = watcher.next()?.duration_since(clock::now()?);
        // Not by sleeping that long: a computer may sleep meanwhile, and somebody may want to stop.
        let until = clock::running() + Duration::try_from(left).unwrap_or_default();
        while !stop.load(Ordering::Relaxed) && clock::running() < until {
            std::thread::sleep(HEARD);
        }
    }
}

/// The net, the clock and sleep, for which tests have their own.
trait World {
    fn ask(&self, address: &Address, remembered: &Remembered, most: u64) -> Result<Answer, Error>;
    fn now(&self) -> Result<Timestamp, Error>;
    fn wait(&self, long: Duration, stop: &AtomicBool);
}

/// The world as it is.
struct Open;

impl World for Open {
    fn ask(&self, address: &Address, remembered: &Remembered, most: u64) -> Result<Answer, Error> {
        fetch::ask(address, remembered, most)
    }

    fn now(&self) -> Result<Timestamp, Error> {
        clock::now()
    }

    fn wait(&self, long: Duration, stop: &AtomicBool) {
        let mut left = long;
        while !left.is_zero() && !stop.load(Ordering::Relaxed) {
            let some = left.min(HEARD);
            std::thread::sleep(some);
            left -= some;
        }
    }
}

struct Watcher<'w> {
    options: Options,
    world: &'w dyn World,
    state: State,
    /// Of each folder, the files at the last look.
    looked: BTreeMap<PathBuf, BTreeMap<PathBuf, Seen>>,
    /// Of each site, its rules and when they were read.
    robots: BTreeMap<String, (Timestamp, Robots)>,
    /// Of each site, when it was last asked.
    asked: BTreeMap<String, Timestamp>,
    /// What could not be had, so that it is told once and not at every look.
    told: BTreeMap<String, String>,
    well: bool,
}

impl<'w> Watcher<'w> {
    fn new(options: Options, world: &'w dyn World) -> Result<Watcher<'w>, Error> {
        if !keep::may_write(&options.ledger)? {
            return Err(Error::input(format!("{}: the ledger may only be read", options.ledger.display())));
        }
        let state = State::open(&options.ledger)?;
        Ok(Watcher {
            options,
            world,
            state,
            looked: BTreeMap::new(),
            robots: BTreeMap::new(),
            asked: BTreeMap::new(),
            told: BTreeMap::new(),
            well: true,
        })
    }

    /// Looks at every folder, and asks every feed that is due.
    fn round(&mut self, stop: &AtomicBool, tell: &mut dyn FnMut(Told)) -> Result<(), Error> {
        for watched in self.options.watched.clone() {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            match &watched {
                Watched::Folder(path) => self.folder(path, stop, tell)?,
                Watched::Feed(address) => self.feed(address, stop, tell)?,
            }
        }
        Ok(())
    }

    /// When the next round is due.
    fn next(&mut self) -> Result<Timestamp, Error> {
        let (now, watched) = (self.world.now()?, self.options.watched.clone());
        let mut due = |watched: &Watched| match watched {
            Watched::Folder(_) => Some(after(now, LOOK)),
            Watched::Feed(address) => {
                let shown = address.to_string();
                let gone = self.state.feeds.get(&shown).is_some_and(|feed| feed.gone);
                if gone { None } else { Some(self.due(&shown, now).unwrap_or(now)) }
            }
        };
        let soonest = watched.iter().filter_map(&mut due).min();
        Ok(soonest.unwrap_or_else(|| after(now, EVERY)).max(after(now, HEARD)))
    }

    fn folder(&mut self, path: &Path, stop: &AtomicBool, tell: &mut dyn FnMut(Told)) -> Result<(), Error> {
        let shown = path.display().to_string();
        let look = || folder::look(path, &self.options.ledger);
        let mut now = match look() {
            Ok(now) => now,
            Err(error) => {
                let what =
                    format!("{shown}: the folder cannot be read ({error}); it is looked at again later");
                self.failed(&shown, what, tell);
                return Ok(());
            }
        };
        self.told.remove(&shown);
        let (none_taken, none_seen) = (BTreeMap::new(), BTreeMap::new());
        if self.options.once {
            self.world.wait(STILL, stop);
            let later = look().unwrap_or_default();
            self.looked.insert(path.to_owned(), std::mem::replace(&mut now, later));
        }
        let taken = self.state.folders.get(&shown).unwrap_or(&none_taken);
        let before = self.looked.get(path).unwrap_or(&none_seen);
        let (ready, moving) = folder::ready(taken, before, &now);
        if self.options.once && !moving.is_empty() {
            let files = moving.len();
            tell(Told::Noted(format!(
                "{shown}: {files} files are empty or still being written; left for the next time"
            )));
        }
        if !ready.is_empty() {
            let inputs: Vec<Input> = ready.iter().cloned().map(Input::Path).collect();
            if self.take(&shown, &inputs, stop, tell)?.is_some() {
                let taken = self.state.folders.entry(shown).or_default();
                for path in &ready {
                    let name = path.to_string_lossy().into_owned();
                    now.get(path).map(|seen| taken.insert(name, *seen));
                }
                // What is gone may come again.
                taken.retain(|name, _| now.contains_key(Path::new(name)));
                self.state.save(&self.options.ledger)?;
            }
        }
        self.looked.insert(path.to_owned(), now);
        Ok(())
    }

    /// Takes inputs into the ledger; what that brought, unless it was stopped or the ledger was busy.
    fn take(
        &mut self,
        shown: &str,
        inputs: &[Input],
        stop: &AtomicBool,
        tell: &mut dyn FnMut(Told),
    ) -> Result<Option<Summary>, Error> {
        let meter = Meter::of(inputs);
        let mut progress = |_: &Summary| {
            // What is written stays; what is not yet read is left.
            if stop.load(Ordering::Relaxed) {
                meter.stop();
            }
        };
        match keep::add_revised(&self.options.ledger, inputs, &self.options.by, &meter, &mut progress) {
            Ok(summary) => {
                self.well &= summary.refused.is_empty() && summary.faulty.is_empty();
                if meter.is_stopped() {
                    tell(Told::Brought(shown.to_owned(), Summary { refused: Vec::new(), ..summary }));
                    return Ok(None);
                }
                tell(Told::Brought(shown.to_owned(), summary.clone()));
                self.told.remove(shown);
                Ok(Some(summary))
            }
            // A ledger that is damaged stays so; a busy or full disk may not.
            Err(error) if error.is_io() => {
                self.failed(shown, format!("{shown}: {error}; it is tried again"), tell);
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Tells what could not be had, unless that was the last that was told of it.
    fn failed(&mut self, of: &str, what: String, tell: &mut dyn FnMut(Told)) {
        self.well = false;
        if self.told.get(of) != Some(&what) {
            tell(Told::Failed(what.clone()));
            self.told.insert(of.to_owned(), what);
        }
    }
}

/// A time later than another.
fn after(at: Timestamp, long: Duration) -> Timestamp {
    i64::try_from(long.as_millis())
        .ok()
        .and_then(|millis| at.checked_add(jiff::SignedDuration::from_millis(millis)).ok())
        .unwrap_or(Timestamp::MAX)
}
