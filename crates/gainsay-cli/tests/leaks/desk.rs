//! A folder with a ledger of reports that name people, and the program run there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

/// Reports whose people are marked by hand; see `suite/people`.
const PEOPLE: &str = include_str!("../../../../suite/people/people.txt");

/// A temporary folder, and the words that must not be seen.
pub struct Desk {
    folder: TempDir,
    /// Words of private names and contacts, in small letters.
    pub names: BTreeSet<String>,
    /// Ids that runs ask for.
    ids: BTreeMap<&'static str, String>,
}

/// What the program said and how it ended.
pub struct Ran {
    pub out: String,
    pub err: String,
    pub code: i32,
}

impl Desk {
    /// An empty folder, with one for passing files beside it.
    pub fn empty() -> Desk {
        let desk =
            Desk { folder: tempfile::tempdir().unwrap(), names: BTreeSet::new(), ids: BTreeMap::new() };
        std::fs::create_dir_all(desk.path("work")).unwrap();
        std::fs::create_dir_all(desk.folder.path().join("temp")).unwrap();
        desk
    }

    /// A folder with reports, a ledger of them with some decisions, and lists of words.
    pub fn with_ledger() -> Desk {
        let mut desk = Desk::empty();
        let mut lines = String::new();
        for (at, part) in PEOPLE.split("\n## ").skip(1).enumerate() {
            lines.push_str(&format!("{}\n", desk.report(at, part)));
        }
        desk.write("reports.jsonl", &lines);
        desk.write("frames.tsv", "not\ta\ttable\n");
        desk.write("pred.jsonl", "");
        // Names where a day, a list or an object should be: what is said of it must not say them.
        desk.write("bad.jsonl", concat!(
            r#"{"id":"x","published":"Samira Zarqouni","text":"a"}"#, "\n",
            r#"{"id":"y","text":["Samira Zarqouni"]}"#, "\n",
            r#"{"id":"z","text":"b","publisher":{"Samira":"Zarqouni"}}"#, "\n",
            r#"{"id":"w","document":"r01","kind":"Samira Zarqouni","evidence":"Zarqouni","actor":"Samira Zarqouni"}"#, "\n",
            r#"{"id":"v","text":"Samira Zarqouni"#, "\n",
        ));
        desk.write("bad.csv", "text,published\n\"Samira Zarqouni, a teacher\",Samira Zarqouni\n\"Zarqouni\n");
        for args in [&["init"][..], &["add", "reports.jsonl"], &["weigh"]] {
            let ran = desk.run(args);
            // One of the reports is in a language that is taken in and not read.
            assert!(ran.code == 0 || args[0] == "add", "{args:?}: {}", ran.err);
        }
        let id = |value: &Value| value["id"].as_str().unwrap().to_owned();
        let claims = desk.run(&["claims", "--format", "jsonl"]).out;
        let claims: Vec<Value> = claims.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        // A claim that a private person makes.
        let named = claims
            .iter()
            .find(|claim| claim["source"][0][0].as_str().is_some_and(|who| desk.is_private(who)));
        let ids = [
            ("{claim}", id(named.unwrap_or(&claims[0]))),
            ("{other}", id(&claims[1])),
            ("{event}", id(&desk.first("events"))),
        ];
        desk.ids.extend(ids);
        let events = desk.run(&["events", "--format", "jsonl"]).out;
        let second: Value = serde_json::from_str(events.lines().nth(1).unwrap()).unwrap();
        desk.ids.insert("{event2}", id(&second));
        let claim = desk.filled("{claim}");
        assert_eq!(desk.run(&["set", &claim, "confirmed", "--why", "Samira Zarqouni told me"]).code, 0);
        let decisions = desk.first("decisions");
        desk.ids.insert("{entry}", decisions["entry"].to_string());
        desk
    }

    /// The first line of a list.
    fn first(&self, list: &str) -> Value {
        let ran = self.run(&[list, "--format", "jsonl", "--quiet"]);
        serde_json::from_str(ran.out.lines().next().unwrap_or_else(|| panic!("{list}: {}", ran.err))).unwrap()
    }

    /// A report as it is added, its private names noted.
    fn report(&mut self, at: usize, part: &str) -> Value {
        let (title, rest) = part.split_once('\n').unwrap();
        let remark = |name: &str| {
            let line = rest.lines().find_map(|line| line.strip_prefix(&format!("({name} ")));
            line.map(|line| line.trim_end_matches(')').to_owned())
        };
        let body: Vec<&str> = rest.lines().filter(|line| !line.starts_with('(')).collect();
        let (title, text) = (self.plain(title), self.plain(body.join("\n").trim()));
        json!({
            "id": format!("r{at:02}"), "published": remark("published"), "publisher": remark("outlet"),
            "title": title, "text": text, "author": "Samira Zarqouni",
            "url": format!("https://example.org/{at}/samira-zarqouni"),
        })
    }

    fn plain(&mut self, marked: &str) -> String {
        for (open, close) in [("[[", "]]"), ("<<", ">>")] {
            for inside in marked.split(open).skip(1).filter_map(|rest| rest.split(close).next()) {
                let words = inside.split(|c: char| !c.is_alphanumeric());
                let words = words.filter(|word| word.chars().count() >= 5 && *word != "example");
                self.names.extend(words.map(str::to_lowercase));
            }
        }
        // Words that public figures, places or the texts themselves bear too say nothing.
        for inside in marked.split("{{").skip(1).filter_map(|rest| rest.split("}}").next()) {
            for word in inside.split(|c: char| !c.is_alphanumeric()) {
                self.names.remove(&word.to_lowercase());
            }
        }
        ["[[", "]]", "<<", ">>", "{{", "}}"]
            .iter()
            .fold(marked.to_owned(), |text, sign| text.replace(sign, ""))
    }

    fn is_private(&self, who: &str) -> bool {
        who.split_whitespace().any(|word| self.names.contains(&word.to_lowercase()))
    }

    /// The folder as it is now, again.
    pub fn copy(&self) -> Desk {
        let copy = Desk { names: BTreeSet::new(), ids: BTreeMap::new(), ..Desk::empty() };
        for file in self.files() {
            let to = copy.path(&file);
            std::fs::create_dir_all(to.parent().unwrap()).unwrap();
            std::fs::copy(self.path(&file), to).unwrap();
        }
        copy
    }

    /// A word of a run, with ids in the place of what stands for them.
    pub fn filled(&self, word: &str) -> String {
        self.ids.get(word).cloned().unwrap_or_else(|| word.to_owned())
    }

    /// Where something in the folder lies.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("work").join(name)
    }

    /// Puts a file into the folder.
    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    /// All files of the folder, by their paths in it.
    pub fn files(&self) -> BTreeSet<String> {
        below(self.path(""))
    }

    /// What lies in the folder for passing files.
    pub fn left_in_temp(&self) -> BTreeSet<String> {
        below(self.folder.path().join("temp"))
    }

    /// The program, about to be run in the folder.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gainsay"));
        command.args(args).current_dir(self.path("")).stdin(Stdio::null());
        command.env_remove("GAINSAY_LEDGER").env_remove("GAINSAY_SALT").env("GAINSAY_BY", "tester");
        command.env("SOURCE_DATE_EPOCH", "1700000000").env("TMPDIR", self.folder.path().join("temp"));
        command
    }

    /// Runs the program.
    pub fn run(&self, args: &[&str]) -> Ran {
        let output = self.command(args).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Ran { out: text(output.stdout), err: text(output.stderr), code: output.status.code().unwrap_or(-1) }
    }
}

fn below(folder: PathBuf) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![folder.clone()];
    while let Some(at) = open.pop() {
        for entry in std::fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.insert(path.strip_prefix(&folder).unwrap().to_string_lossy().into_owned());
            }
        }
    }
    found
}
