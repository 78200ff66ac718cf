//! The commands that write, each as it is tortured: a new one gets a line here.

use crate::place::{CLAIM, LEDGER, LOST_KEYS, Place};

/// Stands for the entry of the first decision.
const FIRST: &str = "@first-decision";
/// Stands for an event.
const EVENT: &str = "@event";
/// Stands for the first key of the ledger that has two.
const LOST: &str = "@lost-key";

/// A command that writes.
pub struct Job {
    /// What it is called in figures.
    pub name: &'static str,
    /// What is typed behind `gainsay --ledger LEDGER`.
    pub args: &'static [&'static str],
    /// Which ledger it is run on.
    pub ledger: &'static str,
    /// What it reads from standard input.
    pub typed: &'static str,
    /// How the line begins by which it says that all is done.
    pub done: &'static str,
}

const fn job(name: &'static str, args: &'static [&'static str], done: &'static str) -> Job {
    Job { name, args, ledger: LEDGER, typed: "", done }
}

/// All of them.
pub const JOBS: &[Job] = &[
    Job { ledger: "new.gpkg", ..job("init", &["init"], "made ") },
    Job { ledger: "new.gpkg", ..job("add --init", &["add", "--init", "more.jsonl"], "66 reports added") },
    job("add", &["add", "more.jsonl"], "66 reports added"),
    job("watch", &["watch", "in", "--once"], "in: 11 reports added"),
    job("weigh", &["weigh"], "wrote "),
    job("rebuild", &["rebuild"], "rebuilt from "),
    Job { ledger: "schema-2.gpkg", ..job("migrate", &["key", "new"], "signs from now on") },
    job("set", &["set", CLAIM, "count=killed 17..19", "place=al-qusour", "--why", "read again"], "corrected"),
    job("set two", &["set", "n4-02", "confirmed", "place=mayadin"], ""),
    job("merge", &["merge", "Desk 3", "Desk 4", "--why", "one house"], ""),
    job("split", &["split", "Desk 5", "Desk 6"], ""),
    job("undo", &["undo", FIRST], ""),
    job("brief", &["brief", "-o", "brief.html", "--title", "Another"], "wrote "),
    job("brief as Markdown", &["brief", "-o", "new.md"], "wrote "),
    job("site", &["site", "-o", "pages", "--title", "Another"], "wrote "),
    job("export csv", &["export", "--format", "csv", "-o", "claims.csv"], "wrote "),
    job("export jsonl", &["export", "--format", "jsonl", "-o", "all.jsonl"], "wrote "),
    job("export gpkg", &["export", "--format", "gpkg", "-o", "out.gpkg"], "wrote "),
    job("export parquet", &["export", "--format", "parquet", "-o", "tables"], "wrote "),
    job("lexicon add", &["lexicon", "add", "words.tsv", "--as", "sources"], ""),
    job("checkpoint", &["checkpoint"], "gainsay checkpoint"),
    job("stamp", &["stamp", "proof.ots"], "pending"),
    job("remove", &["remove", "n3", "n5", "--why", "asked for"], "2 reports removed"),
    job("verify -o", &["verify", "-o", "statement.html"], "sound"),
    job("bundle", &["bundle", EVENT, "-o", "bundle.zip"], "wrote "),
    job("key new", &["key", "new", "--why", "every year"], "signs from now on"),
    Job {
        typed: "river stones in winter\n",
        ..job("key passphrase", &["key", "passphrase"], "the keys are under")
    },
    Job {
        typed: "river stones in winter\n",
        ..job("key backup", &["key", "backup", "copy.keys"], "wrote a copy")
    },
    Job {
        ledger: LOST_KEYS,
        ..job(
            "key restore",
            &["key", "restore", "spare.keys", "--passphrase-file", "phrase"],
            "is beside the ledger now",
        )
    },
    Job { ledger: LOST_KEYS, ..job("key retire", &["key", "retire", LOST, "--why", "lost"], "retired") },
    Job {
        typed: "river stones in winter\n",
        ..job("account", &["account", "add", "amal", "--role", "admin"], "made ")
    },
];

impl Job {
    /// Whether it may be given once more, to no other end.
    pub fn again(&self) -> bool {
        ["add", "watch"].contains(&self.args[0])
    }

    /// All that is typed.
    pub fn typed(&self) -> Vec<&'static str> {
        let meant = |&arg: &&'static str| match arg {
            FIRST => Place::first_decision(),
            EVENT => Place::event(),
            LOST => Place::lost_key(),
            other => other,
        };
        ["--ledger", self.ledger].iter().chain(self.args).map(meant).collect()
    }
}
