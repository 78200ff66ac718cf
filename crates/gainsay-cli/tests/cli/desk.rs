//! A folder with reports in it, and the program run there.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

/// Four reports: two tell of one bridge, the third counts its dead otherwise, the fourth denies.
pub const REPORTS: &str = concat!(
    r#"{"id":"wire-1","published":"2014-06-04","publisher":"Euphrates Wire","title":"Bridge falls","text":"#,
    r#""Islamic State fighters captured the Siyasiyeh bridge on Tuesday, activists said. 12 civilians were killed in the city of Deir ez-Zor that day, the Syrian Observatory for Human Rights said."}"#,
    "\n",
    r#"{"id":"desk-1","published":"2014-06-05","publisher":"North Desk","title":"Crossing lost","text":"#,
    r#""The Islamic State seized the Siyasiyeh bridge on 3 June 2014, local residents said. The Syrian army holds the al-Qusour neighbourhood of the city of Deir ez-Zor."}"#,
    "\n",
    r#"{"id":"sana-1","published":"2014-06-05","publisher":"SANA","title":"Toll","text":"#,
    r#""30 civilians were killed in the city of Deir ez-Zor on 3 June 2014, SANA said. The city of Deir ez-Zor is under siege by the Islamic State."}"#,
    "\n",
    r#"{"id":"wire-2","published":"2014-06-20","publisher":"Euphrates Wire","title":"Flight","text":"#,
    r#""About 5,000 residents have fled the city of Raqqa since Monday, the United Nations said. The Syrian army clashed with Islamic State fighters in the town of Mayadin."}"#,
    "\n",
);

/// A temporary folder.
pub struct Desk {
    folder: TempDir,
}

/// What the program said and how it ended.
pub struct Ran {
    pub out: String,
    pub err: String,
    pub code: i32,
}

impl Desk {
    /// An empty folder.
    pub fn empty() -> Desk {
        Desk { folder: tempfile::tempdir().unwrap() }
    }

    /// A folder with `reports.jsonl`, and a ledger of it.
    pub fn with_ledger() -> Desk {
        // Made once: each test has a copy of its own.
        static LEDGER: OnceLock<[Vec<u8>; 2]> = OnceLock::new();
        let [ledger, keys] = LEDGER.get_or_init(|| {
            let desk = Desk::empty();
            desk.write("reports.jsonl", REPORTS);
            desk.ok(&["add", "--init", "reports.jsonl"]);
            ["gainsay.gpkg", "gainsay.gpkg.keys"].map(|name| std::fs::read(desk.path(name)).unwrap())
        });
        let desk = Desk::empty();
        desk.write("reports.jsonl", REPORTS);
        desk.write("gainsay.gpkg", ledger);
        desk.write("gainsay.gpkg.keys", keys);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let own = std::fs::Permissions::from_mode(0o600);
            std::fs::set_permissions(desk.path("gainsay.gpkg.keys"), own).unwrap();
        }
        desk
    }

    /// Where something in the folder lies.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Puts a file into the folder.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    /// The program, about to be run in the folder, with nothing of the environment that it would heed.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gainsay"));
        command.args(args).current_dir(self.folder.path()).stdin(Stdio::null());
        command.env_remove("GAINSAY_PASSPHRASE");
        command.env_remove("GAINSAY_LEDGER").env_remove("GAINSAY_SALT").env("GAINSAY_BY", "tester");
        command.env("SOURCE_DATE_EPOCH", "1700000000");
        command
    }

    /// Runs it.
    pub fn run(&self, args: &[&str]) -> Ran {
        Ran::of(self.command(args).output().unwrap(), self.folder.path())
    }

    /// Runs it, and it must be done without a word of complaint.
    pub fn ok(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{args:?}: {}", ran.out);
        ran.out
    }

    /// Runs it with `--format jsonl`.
    pub fn lines(&self, args: &[&str]) -> Vec<Value> {
        let out = self.ok(&[args, &["--format", "jsonl"]].concat());
        out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Runs it, and it must refuse with 2; what it complains of.
    pub fn refused(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!(ran.code, 2, "{args:?}: {}{}", ran.out, ran.err);
        ran.err
    }
}

impl Ran {
    fn of(output: Output, folder: &Path) -> Ran {
        let text =
            |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace(&format!("{}/", folder.display()), "");
        let (out, err) = (text(output.stdout), text(output.stderr));
        // How far it is, which a busy machine is told of and an idle one is not.
        let told = |line: &&str| !line.ends_with(" so far") && !line.ends_with(" left");
        // What every ledger that is made says of its keys; `keys.rs` looks at it.
        let told = |line: &&str| told(line) && !line.starts_with("gainsay: note: made keys, ");
        let err: String = err.lines().filter(told).map(|line| format!("{line}\n")).collect();
        Ran { out, err, code: output.status.code().unwrap_or(-1) }
    }
}

/// A field of every line.
pub fn all<'a>(lines: &'a [Value], field: &str) -> Vec<&'a str> {
    lines.iter().map(|line| line[field].as_str().unwrap_or("")).collect()
}
