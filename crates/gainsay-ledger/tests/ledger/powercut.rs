//! Power cuts: whatever a disk had not yet been told to keep may be lost, in part, in any order.
//!
//! A child does its work under `strace`, which writes down each byte that it hands to the system, each sync, and each
//! change of a name, in order. Then the disk is laid out as it may be after a cut at any point of that: of all that was
//! written since the last sync of a file each sector of 512 bytes is kept or not, the file is as long as it became or as
//! it was, and names that were made, changed or removed since the folder was last synced hold up to some point. What is
//! then found must open, verify, hold all that was acknowledged, and no half of anything else.
//!
//! `GAINSAY_TORTURE` says at how many points each kind of work is cut; ten, where it says nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use gainsay_custody::Secret;
use gainsay_ledger::{Held, Ledger, SCHEMA, Signer, hold};
use tempfile::TempDir;

use crate::samples::{at, derived, report};

const CHILD: &str = "GAINSAY_LEDGER_POWERCUT";
const KEY: [u8; 32] = [5; 32];
const SECTOR: usize = 512;

/// Reports of each batch that the child adds.
const BATCHES: [usize; 5] = [1, 3, 2, 4, 1];

/// The report that is removed.
const GOES: &str = "report-3";

fn holding(path: &Path, encrypted: bool) {
    hold(path, move || {
        let signer = Signer { secret: Secret::from_seed([1; 32]), salts: [2; 32].into() };
        Ok(Held { signer: Some(signer), cipher: encrypted.then(|| KEY.into()) })
    });
}

/// Not a test of its own: what the child does.
#[test]
fn child() {
    let Ok(job) = std::env::var(CHILD) else { return };
    let (what, path) = job.split_once(' ').unwrap();
    let path = Path::new(path);
    holding(path, matches!(what, "encrypted" | "rewrite"));
    if matches!(what, "add" | "encrypted") {
        Ledger::create(path, "tester", at(0)).unwrap().close().unwrap();
    }
    let add = || {
        let mut ledger = Ledger::open(path).unwrap();
        let mut next = 1;
        for size in BATCHES {
            ledger.add(&(next..next + size).map(|n| report(n, 3)).collect::<Vec<_>>()).unwrap();
            next += size;
            println!("ack {next}");
        }
        ledger.write_derived(&derived()).unwrap();
    };
    match what {
        "add" | "encrypted" => add(),
        "share" => {
            let shared = Ledger::share(path).unwrap();
            add();
            drop(shared);
        }
        "migrate" => drop(Ledger::open(path).unwrap()),
        "remove" => {
            let removed =
                Ledger::open(path).unwrap().remove("tester", at(99), &[GOES], &[], "in danger").unwrap();
            assert_eq!(removed.traces, None);
            println!("ack removed");
        }
        "rewrite" => {
            Ledger::rewrite(path, Some(&KEY)).unwrap();
            println!("ack encrypted");
            Ledger::rewrite(path, None).unwrap();
            println!("ack plain");
        }
        other => panic!("{other}"),
    }
}

/// What a program did to its folder, one thing after another.
#[derive(Debug)]
enum Did {
    Open {
        fd: i64,
        name: String,
        create: bool,
        cut: bool,
    },
    Close {
        fd: i64,
    },
    Write {
        fd: i64,
        at: Option<usize>,
        bytes: Vec<u8>,
    },
    Length {
        fd: i64,
        length: usize,
    },
    Sync {
        fd: i64,
    },
    Rename {
        from: String,
        to: String,
    },
    Remove {
        name: String,
    },
    /// A line on standard output.
    Said(String),
}

/// Runs the child under strace and gives what it did in the folder; `None` where there is no strace, or it may not trace.
fn recorded(what: &str, path: &Path) -> Option<Vec<Did>> {
    let folder = path.parent().unwrap();
    let log = tempfile::NamedTempFile::new().unwrap();
    let run = Command::new("strace")
        .args(["-f", "-xx", "-s", "20000000", "-o"])
        .arg(log.path())
        .args(["-e", "trace=open,openat,creat,close,write,pwrite64,ftruncate,fsync,fdatasync,unlink,unlinkat,rename,renameat,renameat2,link,linkat,truncate,pwritev,writev,fallocate,copy_file_range,sendfile"])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "powercut::child", "--nocapture", "--test-threads", "1"])
        .env(CHILD, format!("{what} {}", path.display()))
        .stdin(Stdio::null())
        .output();
    let text = std::fs::read_to_string(log.path()).unwrap_or_default();
    let output = match run {
        Ok(output) if text.contains("execve") || text.contains("exited with") => output,
        _ => {
            println!("skipped: strace is not on PATH, or may not trace here (Debian: strace)");
            return None;
        }
    };
    assert!(output.status.success(), "{what}: {}", String::from_utf8_lossy(&output.stderr));
    let folder = folder.to_str().unwrap();
    Some(text.lines().filter_map(|line| parsed(line, folder)).collect())
}

/// One line of strace's.
fn parsed(line: &str, folder: &str) -> Option<Did> {
    assert!(!line.contains("<unfinished"), "two threads at once: {line}");
    let (_, call) = line.split_once(' ')?;
    let (call, gave) = call.trim_start().rsplit_once(" = ")?;
    let gave: i64 = gave.split(' ').next()?.parse().ok()?;
    let (call, arguments) = call.split_once('(')?;
    if gave < 0 {
        return None;
    }
    let arguments = arguments.trim_end().strip_suffix(')')?;
    let texts: Vec<Vec<u8>> = arguments.split('"').skip(1).step_by(2).map(unescaped).collect();
    let bare: Vec<&str> = arguments.split('"').step_by(2).collect();
    let name = |at: usize| -> Option<String> {
        let path = String::from_utf8(texts.get(at)?.clone()).ok()?;
        let name = path.strip_prefix(folder)?.trim_start_matches('/').to_owned();
        Some(name)
    };
    let first = || arguments.split([',', ')']).next()?.trim().parse::<i64>().ok();
    let last = || arguments.rsplit(',').next()?.trim().parse::<i64>().ok();
    match call {
        "openat" | "open" => {
            let flags = bare.get(1)?;
            Some(Did::Open {
                fd: gave,
                name: name(0)?,
                create: flags.contains("O_CREAT"),
                cut: flags.contains("O_TRUNC"),
            })
        }
        "close" => Some(Did::Close { fd: first()? }),
        "write" if first()? == 1 => Some(Did::Said(String::from_utf8_lossy(&texts[0]).into_owned())),
        "write" => Some(Did::Write { fd: first()?, at: None, bytes: texts.into_iter().next()? }),
        "pwrite64" => {
            let at = usize::try_from(last()?).ok()?;
            Some(Did::Write { fd: first()?, at: Some(at), bytes: texts.into_iter().next()? })
        }
        "ftruncate" => Some(Did::Length { fd: first()?, length: usize::try_from(last()?).ok()? }),
        "fsync" | "fdatasync" => Some(Did::Sync { fd: first()? }),
        "unlink" | "unlinkat" => Some(Did::Remove { name: name(0)? }),
        "rename" | "renameat" | "renameat2" => Some(Did::Rename { from: name(0)?, to: name(1)? }),
        // Whatever else writes would have to be understood first; elsewhere than in the folder it is no matter.
        "writev" if first()? == 1 || first()? == 2 => None,
        other => {
            assert!(!arguments.contains(&escaped(folder)), "{other} is not understood: {line:.200}");
            assert!(
                !["pwritev", "writev", "fallocate", "copy_file_range", "sendfile"].contains(&other),
                "{other}"
            );
            None
        }
    }
}

fn unescaped(text: &str) -> Vec<u8> {
    text.split("\\x").skip(1).map(|digits| u8::from_str_radix(digits, 16).unwrap()).collect()
}

fn escaped(text: &str) -> String {
    text.bytes().map(|byte| format!("\\x{byte:02x}")).collect()
}

/// A file, whatever its name: what is surely on the disk, and what was done to it since.
#[derive(Clone, Default)]
struct File {
    kept: Vec<u8>,
    since: Vec<Change>,
}

#[derive(Clone)]
enum Change {
    Write(usize, Vec<u8>),
    Length(usize),
}

#[derive(Clone)]
enum Naming {
    Is(String, usize),
    Gone(String),
    Moved(String, String),
}

/// A disk with one folder: what is on it, and what may be.
#[derive(Clone, Default)]
struct Disk {
    files: Vec<File>,
    /// Names as they surely are, and as the program sees them.
    kept: BTreeMap<String, usize>,
    names: BTreeMap<String, usize>,
    since: Vec<Naming>,
    /// Open files: which, and how far they are written; `None` is the folder.
    open: BTreeMap<i64, (Option<usize>, usize)>,
}

impl Disk {
    /// What lies in a folder, all of it surely on the disk.
    fn of(folder: &Path) -> Disk {
        let mut disk = Disk::default();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            disk.names.insert(path.file_name().unwrap().to_str().unwrap().to_owned(), disk.files.len());
            disk.files.push(File { kept: std::fs::read(&path).unwrap(), since: Vec::new() });
        }
        disk.kept = disk.names.clone();
        disk
    }

    fn name(&mut self, naming: Naming) {
        apply(&mut self.names, &naming);
        self.since.push(naming);
    }

    fn file(&mut self, fd: i64) -> Option<&mut File> {
        let file = self.open.get(&fd)?.0?;
        Some(&mut self.files[file])
    }

    fn does(&mut self, did: &Did) {
        match did {
            Did::Open { fd, name, create, cut } => {
                if name.is_empty() {
                    self.open.insert(*fd, (None, 0));
                    return;
                }
                // What is shared in memory outlives no power cut.
                if !self.names.contains_key(name) {
                    if !create {
                        return;
                    }
                    self.files.push(File::default());
                    self.name(Naming::Is(name.clone(), self.files.len() - 1));
                }
                let file = self.names[name];
                if *cut {
                    self.files[file].since.push(Change::Length(0));
                }
                self.open.insert(*fd, (Some(file), 0));
            }
            Did::Close { fd } => {
                self.open.remove(fd);
            }
            Did::Write { fd, at, bytes } => {
                let Some((Some(file), position)) = self.open.get_mut(fd) else { return };
                let from = at.unwrap_or(*position);
                if at.is_none() {
                    *position += bytes.len();
                }
                self.files[*file].since.push(Change::Write(from, bytes.clone()));
            }
            Did::Length { fd, length } => {
                if let Some(file) = self.file(*fd) {
                    file.since.push(Change::Length(*length));
                }
            }
            Did::Sync { fd } => match self.open.get(fd) {
                Some((None, _)) => {
                    self.kept = self.names.clone();
                    self.since.clear();
                }
                Some((Some(file), _)) => {
                    let file = &mut self.files[*file];
                    for change in std::mem::take(&mut file.since) {
                        change.on(&mut file.kept, 0, |_| true);
                    }
                }
                None => {}
            },
            Did::Rename { from, to } => self.name(Naming::Moved(from.clone(), to.clone())),
            Did::Remove { name } => self.name(Naming::Gone(name.clone())),
            Did::Said(_) => {}
        }
    }

    /// Lays the folder out as it may be found after a power cut.
    fn cut(&self, chance: &mut Chance, folder: &Path) {
        let mut names = self.kept.clone();
        let holds = chance.below(self.since.len() + 1);
        self.since[..holds].iter().for_each(|naming| apply(&mut names, naming));
        // How much of what was not synced the disk had written on its own: nothing, all, so many of ten.
        let share = [0, 10, 1, 5, 9][chance.below(5)];
        for (name, file) in names.iter().filter(|(name, _)| !name.ends_with("-shm")) {
            let file = &self.files[*file];
            let mut bytes = file.kept.clone();
            let up_to =
                if chance.below(2) == 0 { file.since.len() } else { chance.below(file.since.len() + 1) };
            // Where a file grew and nothing was written, anything may stand.
            let fill = if chance.below(4) == 0 { 0xa5 } else { 0 };
            for change in &file.since[..up_to] {
                change.on(&mut bytes, fill, |_| chance.below(10) < share);
            }
            std::fs::write(folder.join(name), bytes).unwrap();
        }
    }
}

impl Change {
    /// Does this to a file's bytes, as far as each of its sectors was `kept`; `fill` stands where it grew and nothing was.
    fn on(&self, bytes: &mut Vec<u8>, fill: u8, mut kept: impl FnMut(usize) -> bool) {
        match self {
            Change::Length(length) => {
                if kept(0) {
                    bytes.resize(*length, 0);
                }
            }
            Change::Write(at, new) => {
                let end = at + new.len();
                let mut from = *at;
                while from < end {
                    let to = end.min((from / SECTOR + 1) * SECTOR);
                    if kept(from) {
                        if bytes.len() < to {
                            bytes.resize(to, fill);
                        }
                        bytes[from..to].copy_from_slice(&new[from - at..to - at]);
                    }
                    from = to;
                }
            }
        }
    }
}

fn apply(names: &mut BTreeMap<String, usize>, naming: &Naming) {
    match naming {
        Naming::Is(name, file) => drop(names.insert(name.clone(), *file)),
        Naming::Gone(name) => drop(names.remove(name)),
        Naming::Moved(from, to) => {
            if let Some(file) = names.remove(from) {
                names.insert(to.clone(), file);
            }
        }
    }
}

/// The same chances in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }
}

/// At how many points each kind of work is cut.
fn points() -> usize {
    std::env::var("GAINSAY_TORTURE").ok().and_then(|count| count.parse().ok()).unwrap_or(10)
}

/// Records the work that `what` names, begun on what `before` lays into a folder, and has each folder that may be found
/// after a cut looked at: the path of the ledger, and what was said by then.
fn cut(what: &str, before: impl FnOnce(&Path), look: impl Fn(&Path, &[String], &str)) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let path = root.join("cut.gpkg");
    before(&path);
    let start = Disk::of(&root);
    let Some(did) = recorded(what, &path) else { return };
    let writes = did.iter().filter(|did| matches!(did, Did::Write { .. })).count();
    let syncs = did.iter().filter(|did| matches!(did, Did::Sync { .. })).count();
    assert!(writes > 10, "{what}: {writes} writes and {syncs} syncs were recorded");
    // Played to its end, the record gives what the program left: nothing was missed.
    let mut end = start.clone();
    did.iter().for_each(|did| end.does(did));
    for (name, file) in end.names.iter().filter(|(name, _)| !name.ends_with("-shm")) {
        let mut bytes = end.files[*file].kept.clone();
        end.files[*file].since.iter().for_each(|change| change.on(&mut bytes, 0, |_| true));
        assert!(bytes == std::fs::read(root.join(name)).unwrap(), "{what}: {name} is not as it was recorded");
    }
    let mut chance = Chance(what.len() as u64);
    for _ in 0..points() {
        let at = chance.below(did.len() + 1);
        let mut disk = start.clone();
        did[..at].iter().for_each(|did| disk.does(did));
        let said: Vec<String> = did[..at]
            .iter()
            .filter_map(|did| match did {
                Did::Said(text) => Some(text.split_once("ack ")?.1.trim().to_owned()),
                _ => None,
            })
            .collect();
        let found: TempDir = tempfile::tempdir().unwrap();
        disk.cut(&mut chance, found.path());
        look(&found.path().join("cut.gpkg"), &said, &format!("{what}, cut at {at} of {}", did.len()));
    }
    println!("{what}: {writes} writes, {syncs} syncs, cut at {} points", points());
}

/// How many reports there are after so many batches.
fn after(batches: usize) -> usize {
    BATCHES[..batches].iter().sum()
}

/// What was acknowledged is there, and no half of a batch.
fn added(path: &Path, said: &[String], encrypted: bool, at: &str) {
    holding(path, encrypted);
    let ledger = match Ledger::open(path) {
        Ok(ledger) => ledger,
        // Cut while it was made: nothing is there, and nothing was promised.
        Err(error) if said.is_empty() && (error.is_no_such_file() || error.is_not_a_ledger()) => {
            let empty = std::fs::metadata(path).map_or(0, |meta| meta.len()) == 0;
            assert!(empty, "{at}: {error}");
            return;
        }
        Err(error) => panic!("{at}: {error}"),
    };
    assert_eq!(ledger.verify().unwrap(), [], "{at}");
    let (reports, claims) = ledger.counts().unwrap();
    let there = reports as usize;
    assert!((0..=BATCHES.len()).any(|batches| after(batches) == there), "{at}: {there} reports");
    assert!(there >= after(said.len()), "{at}: {there} reports, {} batches were acknowledged", said.len());
    assert_eq!(claims, reports * 3, "{at}");
    ledger.close().unwrap();
    // It goes on from there.
    let mut ledger = Ledger::open(path).unwrap();
    assert_eq!(ledger.add(&[report(99, 1)]).unwrap().added.len(), 1, "{at}");
}

#[test]
fn while_adding() {
    cut("add", |_| {}, |path, said, at| added(path, said, false, at));
}

#[test]
fn while_adding_to_an_encrypted_ledger() {
    cut("encrypted", |_| {}, |path, said, at| added(path, said, true, at));
}

#[test]
fn while_adding_to_a_shared_ledger() {
    let before = |path: &Path| {
        holding(path, false);
        Ledger::create(path, "tester", at(0)).unwrap().close().unwrap();
    };
    cut("share", before, |path, said, at| added(path, said, false, at));
}

#[test]
fn while_it_is_brought_up_to_date() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ledgers/schema-1.gpkg");
    let whole = std::fs::read(&kept).unwrap();
    let before = |path: &Path| {
        std::fs::copy(&kept, path).unwrap();
    };
    cut("migrate", before, |path, _, at| {
        holding(path, false);
        let copy = PathBuf::from(format!("{}.schema-1", path.display()));
        let counts = |path: &Path| {
            let ledger = Ledger::open(path).unwrap();
            assert_eq!(ledger.verify().unwrap(), [], "{at}");
            ledger.counts().unwrap()
        };
        // What bears the copy's name is whole, and there is one wherever the ledger was changed.
        let changed = {
            let conn = rusqlite::Connection::open(path).unwrap();
            let schema: String = conn
                .query_row("SELECT value FROM meta WHERE key = 'schema'", [], |row| row.get(0))
                .unwrap_or_else(|error| panic!("{at}: {error}"));
            assert!(schema == "1" || schema == SCHEMA.to_string(), "{at}: {schema}");
            schema != "1"
        };
        assert!(!changed || copy.exists(), "{at}: changed without a copy");
        if copy.exists() {
            assert_eq!(counts(&copy), (4, 8), "{at}");
        }
        assert_eq!(counts(path), (4, 8), "{at}");
        assert!(!whole.is_empty());
    });
}

#[test]
fn while_it_is_written_anew() {
    let before = |path: &Path| {
        // Plain, for all that a key for it is held once the child begins.
        holding(path, false);
        let mut ledger = Ledger::create(path, "tester", at(0)).unwrap();
        ledger.add(&(1..=5).map(|n| report(n, 3)).collect::<Vec<_>>()).unwrap();
        ledger.close().unwrap();
    };
    cut("rewrite", before, |path, said, at| {
        holding(path, true);
        let encrypted = Ledger::is_encrypted(path).unwrap();
        assert!(said.len() < 2 || !encrypted, "{at}: it was said to be plain");
        let ledger = Ledger::open(path).unwrap_or_else(|error| panic!("{at}: {error}"));
        assert_eq!(ledger.verify().unwrap(), [], "{at}");
        assert_eq!(ledger.counts().unwrap(), (5, 15), "{at}");
    });
}

#[test]
fn while_a_report_is_removed() {
    let before = |path: &Path| {
        holding(path, false);
        let mut ledger = Ledger::create(path, "tester", at(0)).unwrap();
        ledger.add(&(1..=5).map(|n| report(n, 3)).collect::<Vec<_>>()).unwrap();
        ledger.close().unwrap();
    };
    cut("remove", before, |path, said, at| {
        holding(path, false);
        let ledger = Ledger::open(path).unwrap_or_else(|error| panic!("{at}: {error}"));
        // SQLite cuts the file last of all: cut from power just before that is on the disk, it is cut when it is opened.
        assert_eq!(ledger.verify().unwrap(), [], "{at}");
        let there = ledger.has_report(GOES).unwrap();
        assert_eq!(ledger.counts().unwrap(), if there { (5, 15) } else { (4, 12) }, "{at}");
        ledger.close().unwrap();
        if said.is_empty() {
            return;
        }
        assert!(!there, "{at}: it was said to be removed");
        // The words of that report alone are nowhere in the folder.
        for entry in std::fs::read_dir(path.parent().unwrap()).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            let text = String::from_utf8_lossy(&bytes);
            assert!(
                !text.contains("Headline 3") && !text.contains("Report 3."),
                "{at}: its words are still there"
            );
        }
    });
}
