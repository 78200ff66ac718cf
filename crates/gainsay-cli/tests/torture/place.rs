//! A folder with a ledger and reports in it, and the program run there.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use sha2::Digest;
use tempfile::TempDir;

/// A temporary folder, in memory where there is such a place.
pub struct Place {
    folder: TempDir,
}

/// What the program said and how it ended.
#[derive(Debug)]
pub struct Ran {
    pub out: String,
    pub err: String,
    /// `None` where it was killed.
    pub code: Option<i32>,
}

/// Every file below a folder with what it holds; a folder is a name that ends in `/`.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The name of the ledger in [`Place::filled`].
pub const LEDGER: &str = "gainsay.gpkg";
/// The name of a ledger there whose first keys were lost, which has others since.
pub const LOST_KEYS: &str = "two.gpkg";
/// A claim that it holds.
pub const CLAIM: &str = "n3-02";

impl Place {
    /// An empty folder.
    pub fn empty() -> Place {
        let memory = Path::new("/dev/shm");
        let folder = match memory.is_dir() && std::env::var_os("TMPDIR").is_none() {
            true => tempfile::Builder::new().prefix("gainsay-torture-").tempdir_in(memory),
            false => tempfile::Builder::new().prefix("gainsay-torture-").tempdir(),
        };
        Place { folder: folder.unwrap() }
    }

    /// A folder with a ledger of 24 reports, decisions in it, answers beside it, older ledgers, and reports to add.
    pub fn filled() -> Place {
        static FILES: OnceLock<Files> = OnceLock::new();
        let files = FILES.get_or_init(|| {
            let place = Place::empty();
            place.write("reports.jsonl", reports(0, 24));
            place.write("more.jsonl", reports(24, 90));
            place.write("in/one.jsonl", reports(90, 100));
            place.write(
                "in/two.txt",
                "4 June 2014\n\nRebels captured the town of Mayadin on Tuesday, activists said.\n",
            );
            for schema in 1..=9 {
                let name = format!("schema-{schema}.gpkg");
                let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../gainsay-ledger/tests/ledgers");
                if let Ok(bytes) = fs::read(from.join(&name)) {
                    place.write(&name, bytes);
                }
            }
            place.ok(&["init"]);
            place.ok(&["add", "reports.jsonl"]);
            place.ok(&["set", CLAIM, "rejected", "--why", "misread"]);
            place.ok(&["weigh"]);
            place.ok(&["brief", "-o", "brief.html"]);
            place.ok(&["site", "-o", "pages"]);
            place.ok(&["merge", "Desk 1", "Desk 2"]);
            place.write("words.tsv", WORDS);
            let note = place.ok(&["checkpoint"]).out;
            place.write("proof.ots", pending(&note));
            place.lose_keys();
            place.files()
        });
        Place::of(files)
    }

    /// The log entry of the first decision in the ledger of [`Place::filled`].
    pub fn first_decision() -> &'static str {
        static ENTRY: OnceLock<String> = OnceLock::new();
        ENTRY.get_or_init(|| {
            let log = crate::state::log(&Place::filled().path(LEDGER));
            log.iter().find(|(_, action, _)| action == "decision").unwrap().0.to_string()
        })
    }

    /// An event of that ledger.
    pub fn event() -> &'static str {
        static EVENT: OnceLock<String> = OnceLock::new();
        EVENT.get_or_init(|| {
            let ran = Place::filled().ok(&["events", "--format", "jsonl"]);
            let line: serde_json::Value = serde_json::from_str(ran.out.lines().next().unwrap()).unwrap();
            line["id"].as_str().unwrap().to_owned()
        })
    }

    /// A ledger whose keys were copied and lost.
    fn lose_keys(&self) {
        self.write("phrase", "river stones in winter\n");
        self.ok(&["--ledger", LOST_KEYS, "init"]);
        self.ok(&["--ledger", LOST_KEYS, "add", "in/one.jsonl"]);
        let mut command = self.command(&["--ledger", LOST_KEYS, "key", "backup", "spare.keys"]);
        let output = command.stdin(fs::File::open(self.path("phrase")).unwrap()).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        fs::remove_file(self.path("two.gpkg.keys")).unwrap();
        self.ok(&["--ledger", LOST_KEYS, "set", "n90-02", "confirmed"]);
    }

    /// The first key of that ledger.
    pub fn lost_key() -> &'static str {
        static KEY: OnceLock<String> = OnceLock::new();
        KEY.get_or_init(|| {
            let ran = Place::filled().ok(&["--ledger", LOST_KEYS, "key", "list", "--format", "jsonl"]);
            let line: serde_json::Value = serde_json::from_str(ran.out.lines().next().unwrap()).unwrap();
            line["id"].as_str().unwrap().to_owned()
        })
    }

    /// A folder with these files.
    pub fn of(files: &Files) -> Place {
        let place = Place::empty();
        place.put(files);
        place
    }

    /// Makes the folder hold these files and no other.
    pub fn put(&self, files: &Files) {
        for entry in fs::read_dir(self.folder.path()).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.unwrap();
        }
        for (name, bytes) in files {
            match name.strip_suffix('/') {
                Some(folder) => fs::create_dir_all(self.path(folder)).unwrap(),
                None => self.write(name, bytes),
            }
        }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Where something in the folder lies.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Puts a file into the folder. What only its owner may read stays so.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        use std::os::unix::fs::PermissionsExt;
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        if [".keys", ".accounts", ".audit", ".answers"].iter().any(|ending| name.ends_with(ending)) {
            fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
        }
    }

    /// Every file in it.
    pub fn files(&self) -> Files {
        let mut files = Files::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                let name = path.strip_prefix(self.folder.path()).unwrap().to_string_lossy().into_owned();
                if path.is_dir() {
                    files.insert(name + "/", Vec::new());
                    folders.push(path);
                } else {
                    files.insert(name, fs::read(path).unwrap());
                }
            }
        }
        files
    }

    /// The program (`GAINSAY_TORTURE_PROGRAM` names another build), about to be run in the folder, with nothing of the
    /// environment that it would heed, and a clock that stands still.
    pub fn command(&self, args: &[&str]) -> Command {
        let program = std::env::var_os("GAINSAY_TORTURE_PROGRAM");
        let mut command = Command::new(program.unwrap_or_else(|| env!("CARGO_BIN_EXE_gainsay").into()));
        command.args(args).current_dir(self.folder.path()).stdin(Stdio::null());
        for name in ["GAINSAY_LEDGER", "GAINSAY_SALT", "GAINSAY_PASSPHRASE", "GAINSAY_WORDS"] {
            command.env_remove(name);
        }
        command.env("GAINSAY_BY", "tester").env("SOURCE_DATE_EPOCH", "1700000000");
        command
    }

    /// Runs it.
    pub fn run(&self, args: &[&str]) -> Ran {
        Ran::of(&self.command(args).output().unwrap())
    }

    /// Runs it, and it must be done.
    pub fn ok(&self, args: &[&str]) -> Ran {
        let ran = self.run(args);
        assert_eq!(ran.code, Some(0), "{args:?}: {ran:?}");
        ran
    }
}

impl Ran {
    /// What a process said and how it ended.
    pub fn of(output: &Output) -> Ran {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        // How far it is, which a busy machine is told of and an idle one is not.
        let told = |line: &&str| !line.ends_with(" so far") && !line.ends_with(" left");
        let err = text(&output.stderr).lines().filter(told).map(|line| format!("{line}\n")).collect();
        Ran { out: text(&output.stdout), err, code: output.status.code() }
    }
}

/// What a calendar of OpenTimestamps gives for a checkpoint on the day that it is asked: it will see to it.
fn pending(note: &str) -> Vec<u8> {
    let calendar = b"https://calendar.example";
    let mut proof = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01\x08".to_vec();
    proof.extend(sha2::Sha256::digest(note.as_bytes()));
    proof.extend(b"\x00\x83\xdf\xe3\x0d\x2e\xf9\x0c\x8e");
    proof.extend([calendar.len() as u8 + 1, calendar.len() as u8]);
    proof.extend(calendar);
    proof
}

/// Two outlets that no list of gainsay's own knows.
const WORDS: &str = "id\tname\tkind\tside\tbelongs_to\tcountry\tdomain\tnames
hill-desk\tHill Desk\tagency\tneutral\t\t\t\tThe Hill Desk
river-desk\tRiver Desk\tagency\tneutral\t\t\t\tThe River Desk
";

/// Reports of one bridge, one town and many figures.
pub fn reports(from: usize, to: usize) -> String {
    let line = |n: usize| {
        format!(
            "{{\"id\":\"n{n}\",\"published\":\"2014-06-{:02}\",\"publisher\":\"Desk {}\",\"title\":\"Day {n}\",\"text\":\"Rebels \
             captured the town of Mayadin on Tuesday and {n} civilians were killed, activists said. The Islamic State \
             seized the Siyasiyeh bridge on 3 June 2014, local residents said.\"}}\n",
            n % 28 + 1,
            n % 7
        )
    };
    (from..to).map(line).collect()
}
