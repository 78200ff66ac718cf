//! An archive streamed through `gainsay extract`: does memory stay flat, and what does a second core bring.
//!
//! The reports are of a few sentences each, made from given ones and written into a pipe, so that no file stands between.

use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};

use crate::child::peak_of;
use crate::corpus::Corpus;
use crate::table::Table;

/// Sentences of the reports that cores are compared on, and of the many.
const SENTENCES: [usize; 2] = [3, 1];
/// Reports that cores are compared on, and how often each is run.
const COMPARED: usize = 4_000;
const ROUNDS: usize = 3;
/// How often memory is written down.
const MARKS: usize = 10;

/// What streaming took.
struct Streamed {
    wall: Duration,
    claims: u64,
    bytes: usize,
    /// Most memory so far, in bytes, after each tenth of the reports.
    peaks: Vec<u64>,
}

/// Streams `count` reports made from `corpus`, and fewer of them on one core and on all.
///
/// # Errors
/// When the program fails, or there is no `taskset` to hold it to one core.
pub fn stream(corpus: &Corpus, gainsay: &Path, count: usize) -> anyhow::Result<Table> {
    let mut table = Table::new(
        &format!("Short reports made from {}, through a pipe into `gainsay extract -`", corpus.name),
        &["what", "time", "reports/s", "MB/s of text", "most memory", "claims"],
    );
    let (mut one, mut all) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        one.push(run(corpus, gainsay, (COMPARED, SENTENCES[0]), true)?);
        all.push(run(corpus, gainsay, (COMPARED, SENTENCES[0]), false)?);
    }
    let best = |mut runs: Vec<Streamed>| {
        runs.sort_by_key(|run| run.wall);
        runs.into_iter().next().context("a run")
    };
    let (one, all) = (best(one)?, best(all)?);
    ensure!(one.claims == all.claims, "the number of cores changes what is read");
    let ratio = one.wall.as_secs_f64() / all.wall.as_secs_f64();
    row(&mut table, &format!("{COMPARED} of three sentences on one core, best of {ROUNDS}"), COMPARED, &one);
    row(
        &mut table,
        &format!("{COMPARED} of three sentences on all cores, best of {ROUNDS}: {ratio:.2} times one"),
        COMPARED,
        &all,
    );
    if count > 0 {
        let long = run(corpus, gainsay, (count, SENTENCES[1]), false)?;
        row(&mut table, &format!("{count} of {} sentence, on all cores", SENTENCES[1]), count, &long);
        let peaks: Vec<String> = long.peaks.iter().map(|peak| format!("{:.0}", *peak as f64 / 1e6)).collect();
        table.row([
            "most memory after each tenth, MB".into(),
            String::new(),
            String::new(),
            String::new(),
            peaks.join(" "),
            String::new(),
        ]);
    }
    Ok(table)
}

fn row(table: &mut Table, what: &str, count: usize, run: &Streamed) {
    let seconds = run.wall.as_secs_f64();
    table.row([
        what.to_owned(),
        format!("{seconds:.1} s"),
        format!("{:.0}", count as f64 / seconds),
        format!("{:.2}", run.bytes as f64 / 1e6 / seconds),
        format!("{:.0} MB", run.peaks.last().copied().unwrap_or_default() as f64 / 1e6),
        run.claims.to_string(),
    ]);
}

fn run(
    corpus: &Corpus,
    gainsay: &Path,
    (count, sentences): (usize, usize),
    one_core: bool,
) -> anyhow::Result<Streamed> {
    let mut command = if one_core { Command::new("taskset") } else { Command::new(gainsay) };
    if one_core {
        command.args(["-c", "0"]).arg(gainsay);
    }
    command.args(["extract", "--quiet", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let start = Instant::now();
    let mut child = command.spawn().context("gainsay, or taskset of util-linux")?;
    let id = child.id();
    let (stdin, stdout) =
        (child.stdin.take().context("a pipe in")?, child.stdout.take().context("a pipe out")?);
    let (written, claims) = std::thread::scope(|scope| {
        let writer = scope.spawn(move || -> anyhow::Result<(usize, Vec<u64>)> {
            let mut out = BufWriter::new(stdin);
            let (mut bytes, mut peaks) = (0, Vec::new());
            for (n, report) in corpus.short(count, sentences).enumerate() {
                bytes += report.text.len();
                serde_json::to_writer(&mut out, &report)?;
                out.write_all(b"\n")?;
                if (n + 1) % (count / MARKS).max(1) == 0 {
                    out.flush()?;
                    peaks.extend(peak_of(id));
                }
            }
            out.flush()?;
            Ok((bytes, peaks))
        });
        let reader =
            scope.spawn(move || BufReader::with_capacity(1 << 20, stdout).split(b'\n').count() as u64);
        (writer.join(), reader.join())
    });
    let broke = |_| anyhow::anyhow!("a thread broke");
    let (bytes, peaks) = written.map_err(broke)??;
    let claims = claims.map_err(broke)?;
    let status = child.wait()?;
    ensure!(status.success(), "{command:?}: {status}");
    Ok(Streamed { wall: start.elapsed(), claims, bytes, peaks })
}
