//! `cargo xtask score`: what the visible corpora measure, in one table.
//!
//! The figures are those of the scorers that come with the corpora, which need Python 3. A corpus that is not there is left out in one line.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

/// One corpus: its name, what is predicted from, the gold, and which figures of its scorer go into the table.
struct Corpus {
    name: &'static str,
    task: &'static str,
    input: &'static str,
    gold: &'static str,
    scorer: &'static str,
    shows: &'static [&'static str],
}

const CORPORA: &[Corpus] = &[
    Corpus {
        name: "claims seeds",
        task: "claims",
        input: "claims/seeds.documents.jsonl",
        gold: "claims/seeds.gold.jsonl",
        scorer: "claims/score.py",
        shows: &["detection", "slots (main)"],
    },
    Corpus {
        name: "claims dev",
        task: "claims",
        input: "claims/dev.documents.jsonl",
        gold: "claims/dev.gold.jsonl",
        scorer: "claims/score.py",
        shows: &["detection", "slots (main)"],
    },
    Corpus {
        name: "coref MEANTIME",
        task: "coref",
        input: "bench/coref/meantime.docs.jsonl",
        gold: "bench/coref/meantime.gold.jsonl",
        scorer: "bench/coref/score.py",
        shows: &["conll_f1", "link_f1", "link_p"],
    },
    Corpus {
        name: "fakes",
        task: "fakes",
        input: "bench/fakes/dev.documents.jsonl",
        gold: "bench/fakes/dev.codes.jsonl",
        scorer: "bench/fakes/score.py",
        shows: &["fatal", "mean"],
    },
    Corpus {
        name: "geo GeoVirus",
        task: "geo",
        input: "bench/geo/geovirus.docs.jsonl",
        gold: "bench/geo/geovirus.gold.jsonl",
        scorer: "bench/geo/score.py",
        shows: &["span_f1", "acc161_found"],
    },
    Corpus {
        name: "re3d dev",
        task: "re3d",
        input: "bench/re3d/dev.jsonl",
        gold: "bench/re3d/dev.jsonl",
        scorer: "bench/re3d/score.py",
        shows: &["MICRO"],
    },
    Corpus {
        name: "names pairs",
        task: "names-pairs",
        input: "bench/names/pairs.jsonl",
        gold: "bench/names/pairs.gold.jsonl",
        scorer: "bench/names/score.py pairs",
        shows: &["toponym-latin", "toponym-arabic", "person-latin", "person-arabic"],
    },
    Corpus {
        name: "names queries",
        task: "names-queries",
        input: "bench/names/queries.jsonl",
        gold: "bench/names/queries.gold.jsonl",
        scorer: "bench/names/score.py queries",
        shows: &["latin", "arabic", "all"],
    },
    Corpus {
        name: "MUC-4 dev",
        task: "muc4",
        input: "bench/muc4/dev.jsonl",
        gold: "bench/muc4/dev.jsonl",
        scorer: "bench/muc4/score.py",
        shows: &["template.MICRO", "template-lenient.MICRO", "ree.MICRO", "casualties.strict"],
    },
    Corpus {
        name: "time MEANTIME",
        task: "time",
        input: "bench/time/meantime.docs.jsonl",
        gold: "bench/time/meantime.gold.jsonl",
        scorer: "bench/time/score.py",
        shows: &["strict_f1", "value_f1"],
    },
    Corpus {
        name: "ud EWT dev",
        task: "ud",
        input: "bench/ud/ewt/en_ewt-ud-dev.conllu",
        gold: "bench/ud/ewt/en_ewt-ud-dev.conllu",
        scorer: "bench/ud/score.py",
        shows: &["UPOS", "Lemmas", "UAS", "LAS"],
    },
    Corpus {
        name: "truth population",
        task: "truth",
        input: "bench/truth/population.claims.jsonl",
        gold: "bench/truth/population.gold.jsonl",
        scorer: "bench/truth/score.py",
        shows: &["accuracy_all"],
    },
    Corpus {
        name: "truth book",
        task: "truth",
        input: "bench/truth/book.claims.jsonl",
        gold: "bench/truth/book.gold.jsonl",
        scorer: "bench/truth/score.py",
        shows: &["accuracy_all"],
    },
    Corpus {
        name: "truth weather",
        task: "truth",
        input: "bench/truth/weather.claims.jsonl",
        gold: "bench/truth/weather.gold.jsonl",
        scorer: "bench/truth/score.py",
        shows: &["accuracy_all"],
    },
    Corpus {
        name: "truth flight",
        task: "truth",
        input: "bench/truth/flight.claims.jsonl",
        gold: "bench/truth/flight.gold.jsonl",
        scorer: "bench/truth/score.py",
        shows: &["accuracy_all"],
    },
];

/// Prints the table; `--shared DIR` says where the corpora are (beside the project unless told).
///
/// # Errors
/// No corpora there, or a prediction that cannot be written.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let shared = match args {
        [] => PathBuf::from("../shared"),
        [flag, folder] if flag == "--shared" => PathBuf::from(folder),
        _ => bail!("usage: cargo xtask score [--shared DIR]"),
    };
    if !shared.is_dir() {
        bail!("{}: no such folder: the labelled corpora are not part of the project", shared.display());
    }
    let folder = Path::new("target/score");
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    for corpus in CORPORA {
        let input = shared.join(corpus.input);
        if !input.is_file() {
            println!("{:16} not there: {}", corpus.name, input.display());
            continue;
        }
        let output = folder.join(format!("{}.pred", corpus.name.replace(' ', "-")));
        crate::predict::predict(corpus.task, &input, &output)?;
        println!("{:16} {}", corpus.name, figures(corpus, &shared, &output)?);
    }
    let (documents, events) = (shared.join("bench/fakes/dev.documents.jsonl"), folder.join("events.pred"));
    if documents.is_file() {
        crate::predict::predict("events", &documents, &events)?;
        println!("{:16} {}", "event pairs", crate::pairs::score(&documents, &events)?);
    }
    Ok(())
}

/// The wanted figures of a corpus's scorer, as it prints them.
fn figures(corpus: &Corpus, shared: &Path, predicted: &Path) -> anyhow::Result<String> {
    let mut words = corpus.scorer.split(' ');
    let (script, part) = (words.next().unwrap_or_default(), words);
    let scored = Command::new("python3")
        .arg(shared.join(script))
        .args(part)
        .arg(shared.join(corpus.gold))
        .arg(predicted)
        .output();
    let scored = match scored {
        Ok(scored) => scored,
        Err(_) => return Ok("python3 is not there: predictions written, not scored".into()),
    };
    if !scored.status.success() {
        bail!("{}: {}", corpus.scorer, String::from_utf8_lossy(&scored.stderr).trim());
    }
    let text = String::from_utf8_lossy(&scored.stdout);
    let line = |wanted: &&&str| {
        text.lines().find(|line| line.trim_start().trim_start_matches(['"', '{']).starts_with(**wanted))
    };
    let shown: Vec<&str> = corpus.shows.iter().filter_map(|wanted| line(&wanted)).map(str::trim).collect();
    Ok(shown.join(" | "))
}
