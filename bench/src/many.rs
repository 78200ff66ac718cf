//! Ten thousand reports streamed through the program: time, memory, and whether threads change the bytes.

use std::path::Path;
use std::process::Command;

use anyhow::ensure;
use sha2::{Digest, Sha256};

use crate::child::{self, Took};
use crate::corpus::Corpus;
use crate::table::Table;

/// How many reports are streamed.
pub const REPORTS: usize = 10_000;

/// How many of them are read once more for every number of threads.
const COMPARED: usize = 1_000;

/// Numbers of threads that must give the same bytes.
const THREADS: [&str; 3] = ["1", "2", "7"];

/// Streams reports made from `corpus` through `gainsay extract`, and with `ledger` through `gainsay add`.
///
/// # Errors
/// When a program fails, or when threads change what is printed.
pub fn many(corpus: &Corpus, gainsay: &Path, ledger: bool, folder: &Path) -> anyhow::Result<Table> {
    let (file, out) = (folder.join("many.jsonl"), folder.join("out"));
    let bytes = corpus.write_many(REPORTS, &file)?;
    let megabytes = bytes as f64 / 1e6;
    let title = format!("{REPORTS} reports made from {}, {megabytes:.1} MB", corpus.name);
    let mut table = Table::new(&title, &["what", "from start to end", "most memory"]);
    let mut row = |name: &str, took: Took| {
        let seconds = took.wall.as_secs_f64();
        let rate = format!("{seconds:.1} s ({:.2} MB/s)", megabytes / seconds);
        table.row([name.to_owned(), rate, format!("{:.0} MB", took.peak as f64 / 1e6)]);
    };
    let extract = |file: &Path, threads: Option<&str>| {
        let mut command = Command::new(gainsay);
        command.args(["extract", "--quiet"]).arg(file);
        command.envs(threads.map(|threads| ("RAYON_NUM_THREADS", threads)));
        child::run(&mut command, &out)
    };
    row("`gainsay extract`, one thread", extract(&file, Some("1"))?);
    let whole = hash(&out)?;
    row("`gainsay extract`, a thread a core", extract(&file, None)?);
    ensure!(whole == hash(&out)?, "threads change what is read from the {REPORTS} reports");
    let few = folder.join("few.jsonl");
    corpus.write_many(COMPARED, &few)?;
    let mut hashes = Vec::new();
    for threads in THREADS {
        extract(&few, Some(threads))?;
        hashes.push(hash(&out)?);
    }
    ensure!(hashes.windows(2).all(|pair| pair[0] == pair[1]), "threads change what is read");
    if ledger {
        let kept = folder.join("many.gpkg");
        let mut command = Command::new(gainsay);
        child::run(command.args(["init", "--ledger"]).arg(&kept), &out)?;
        let mut command = Command::new(gainsay);
        command.args(["add", "--quiet", "--ledger"]).arg(&kept).arg(&file);
        row("`gainsay add`, a thread a core", child::run(&mut command, &out)?);
    }
    table.row([format!("bytes out with {} threads", THREADS.join(", ")), "the same".into(), String::new()]);
    Ok(table)
}

fn hash(path: &Path) -> anyhow::Result<Vec<u8>> {
    let bytes = std::fs::read(path)?;
    ensure!(!bytes.is_empty(), "nothing was printed");
    Ok(Sha256::digest(&bytes).to_vec())
}
