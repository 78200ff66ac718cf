//! The floor: what a plain pipeline of spaCy, without any model, takes for the same texts on the same machine.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use anyhow::Context;
use gainsay_lexicon::Words;

use crate::corpus::Corpus;

/// How many names the floor's entity ruler looks for.
pub const PATTERNS: usize = 10_000;

/// A running floor, which waits to be told to read its texts.
pub struct Floor {
    child: Child,
    ask: ChildStdin,
    answers: BufReader<ChildStdout>,
    /// The release of spaCy.
    pub version: String,
}

impl Floor {
    /// Starts the floor over the texts of a corpus; `python` has spaCy.
    ///
    /// # Errors
    /// When Python does not start or lacks spaCy.
    pub fn start(python: &Path, corpus: &Corpus, words: &Words, folder: &Path) -> anyhow::Result<Floor> {
        let (texts, names) = (folder.join("texts.json"), folder.join("names.json"));
        let all: Vec<&str> = corpus.reports.iter().map(|report| report.text.as_str()).collect();
        std::fs::write(&texts, serde_json::to_vec(&all)?)?;
        std::fs::write(&names, serde_json::to_vec(&patterns(words))?)?;
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("floor.py");
        let mut child = Command::new(python)
            .arg(script)
            .args([&texts, &names])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("starting {}", python.display()))?;
        let ask = child.stdin.take().context("no way to the floor")?;
        let answers = BufReader::new(child.stdout.take().context("no way from the floor")?);
        let mut floor = Floor { child, ask, answers, version: String::new() };
        floor.version = floor.line()?;
        Ok(floor)
    }

    /// Lets it read all texts `times` times; the time that its thread ran on a processor.
    ///
    /// # Errors
    /// When it has ended.
    pub fn read(&mut self, times: usize) -> anyhow::Result<Duration> {
        writeln!(self.ask, "{times}")?;
        self.ask.flush()?;
        Ok(Duration::from_secs_f64(self.line()?.parse().context("the floor's time")?))
    }

    fn line(&mut self) -> anyhow::Result<String> {
        let mut line = String::new();
        anyhow::ensure!(self.answers.read_line(&mut line)? > 0, "the floor has ended");
        Ok(line.trim().to_owned())
    }
}

impl Drop for Floor {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// [`PATTERNS`] names: those of our lists, and pairs of their words up to that number.
fn patterns(words: &Words) -> Vec<String> {
    let lexicon = &words.lexicon;
    let actors = lexicon.actors.values().flat_map(|one| std::iter::once(&one.name).chain(&one.names));
    let sources = lexicon.sources.values().flat_map(|one| std::iter::once(&one.name).chain(&one.names));
    let people = lexicon.people.values().flat_map(|one| std::iter::once(&one.name).chain(&one.names));
    let places = words.gazetteer.places.values().flat_map(|one| std::iter::once(&one.name).chain(&one.names));
    let mut names: Vec<String> = actors.chain(sources).chain(people).chain(places).cloned().collect();
    names.sort();
    names.dedup();
    let parts: Vec<&str> = names.iter().flat_map(|name| name.split(' ')).collect();
    let pairs = parts.iter().zip(parts.iter().skip(7)).map(|(a, b)| format!("{a} {b}"));
    let pairs: Vec<String> = pairs.take(PATTERNS).collect();
    names.extend(pairs);
    names.truncate(PATTERNS);
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_ten_thousand_patterns() {
        let names = patterns(Words::builtin());
        assert_eq!(names.len(), PATTERNS);
        assert!(names.iter().any(|name| name == "Islamic State"));
    }
}
