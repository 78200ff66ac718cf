//! The texts that are read: the example reports, a file of reports, and any number made from them.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, ensure};
use gainsay_intake::{Input, take_in};
use gainsay_model::Report;
use jiff::ToSpan;

/// Reports under a name.
pub struct Corpus {
    /// What tables call it.
    pub name: String,
    /// The reports, in English.
    pub reports: Vec<Report>,
}

impl Corpus {
    /// The example reports of the project.
    pub fn examples() -> anyhow::Result<Corpus> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        Corpus::of("examples", &here.join("../examples/deir-ez-zor/reports"))
    }

    /// The English reports of a file or folder.
    ///
    /// # Errors
    /// When there are none.
    pub fn of(name: &str, path: &Path) -> anyhow::Result<Corpus> {
        let mut reports = Vec::new();
        take_in(&[Input::Path(path.to_path_buf())], |taken| {
            reports.extend(taken.ok().map(|intake| intake.report));
        });
        reports.retain(|report| report.language.as_deref().is_none_or(|language| language == "en"));
        ensure!(!reports.is_empty(), "no reports in {}", path.display());
        Ok(Corpus { name: name.to_owned(), reports })
    }

    /// Bytes of text.
    pub fn bytes(&self) -> usize {
        self.reports.iter().map(|report| report.text.len()).sum()
    }

    /// Writes `count` reports made from these, a JSON line each: their sentences in another order, another id and
    /// day, so that none is the copy of another. The same corpus gives the same file.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write_many(&self, count: usize, path: &Path) -> anyhow::Result<usize> {
        let mut file = std::io::BufWriter::new(std::fs::File::create(path).context("making reports")?);
        let mut bytes = 0;
        for made in self.made(count, usize::MAX) {
            bytes += made.text.len();
            serde_json::to_writer(&mut file, &made)?;
            file.write_all(b"\n")?;
        }
        file.flush()?;
        Ok(bytes)
    }

    /// As many reports made so, cut to their first sentences.
    pub fn short(&self, count: usize, sentences: usize) -> impl Iterator<Item = Report> + '_ {
        self.made(count, sentences)
    }

    fn made(&self, count: usize, most: usize) -> impl Iterator<Item = Report> + '_ {
        self.reports.iter().cycle().take(count).enumerate().map(move |(n, report)| {
            let mut dice = Dice(n as u64 + 1);
            let mut sentences: Vec<&str> = report.text.split_inclusive(". ").collect();
            for last in (1..sentences.len()).rev() {
                sentences.swap(last, dice.below(last + 1));
            }
            sentences.truncate(most);
            let days = dice.below(1000) as i64;
            Report {
                id: format!("made-{n:05}"),
                text: sentences.concat(),
                published: report.published.map(|day| day.saturating_add(days.days())),
                url: None,
                language: Some("en".to_owned()),
                guessed: Vec::new(),
                ..report.clone()
            }
        })
    }
}

/// A row of numbers that looks like chance and is the same each time (Marsaglia 2003, xorshift, p. 4).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or_default() % bound.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn made_reports_differ_and_are_the_same_each_time() -> anyhow::Result<()> {
        let corpus = Corpus::examples()?;
        let folder = tempfile::tempdir()?;
        let [one, two] = ["one", "two"].map(|name| folder.path().join(name));
        let bytes = corpus.write_many(60, &one)?;
        assert_eq!(bytes, corpus.write_many(60, &two)?);
        let text = std::fs::read_to_string(&one)?;
        assert_eq!(text, std::fs::read_to_string(&two)?);
        let made: Vec<Report> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
        let ids: BTreeSet<&str> = made.iter().map(|report| report.id.as_str()).collect();
        assert_eq!((made.len(), ids.len()), (60, 60));
        let first = corpus.reports.first().context("a report")?;
        let copies: BTreeSet<&str> = made
            .iter()
            .filter(|report| report.title == first.title)
            .map(|report| report.text.as_str())
            .collect();
        assert!(copies.len() > 1);
        Ok(())
    }
}
