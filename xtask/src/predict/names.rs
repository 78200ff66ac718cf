//! Pairs of spellings and spellings of listed places: `{id, score}` and `{id, ranked: [gid, …]}`.

use std::cmp::Reverse;
use std::path::Path;

use anyhow::Context;
use gainsay_lexicon::index::Candidates;
use gainsay_lexicon::translit::Spelled;
use serde_json::{Value, json};

/// How many places are compared letter by letter.
const COMPARED: usize = 100;

/// How many are given.
const GIVEN: usize = 20;

/// Writes for each pair how likely both are of one name: 0.5 where it is as likely as not.
///
/// # Errors
/// A file that cannot be read or written, or a line that is no pair.
pub fn pairs(input: &Path, output: &Path) -> anyhow::Result<()> {
    write(input, output, |pair| {
        let (a, b) = (Spelled::of(text(pair, "a")?), Spelled::of(text(pair, "b")?));
        let odds = f64::from(a.alike(&b)) / 100.0;
        Ok(json!({"id": pair["id"], "score": 1.0 / (1.0 + (-odds).exp())}))
    })
}

/// Writes for each query the places of `gazetteer.jsonl`, beside it, whose name it may be: the likeliest first, of
/// equally likely ones the most populous.
///
/// # Errors
/// A file that cannot be read or written, or a line that is no query or place.
pub fn queries(input: &Path, output: &Path) -> anyhow::Result<()> {
    let places = lines(&input.with_file_name("gazetteer.jsonl"))?;
    let names: Vec<Spelled> =
        places.iter().map(|place| Ok(Spelled::of(text(place, "name")?))).collect::<anyhow::Result<_>>()?;
    let index = Candidates::of(names.iter().map(Spelled::letters));
    write(input, output, |query| {
        let own = Spelled::of(text(query, "query")?);
        let mut ranked = index.find(own.letters(), COMPARED);
        let population = |at: u32| places[at as usize]["pop"].as_u64().unwrap_or_default();
        ranked.sort_by_cached_key(|&at| (-own.alike(&names[at as usize]), Reverse(population(at)), at));
        let ids: Vec<&Value> = ranked.iter().take(GIVEN).map(|&at| &places[at as usize]["gid"]).collect();
        Ok(json!({"id": query["id"], "ranked": ids}))
    })
}

fn write(input: &Path, output: &Path, line: impl Fn(&Value) -> anyhow::Result<Value>) -> anyhow::Result<()> {
    let mut out = String::new();
    for value in lines(input)? {
        out += &line(&value)?.to_string();
        out.push('\n');
    }
    std::fs::write(output, out).with_context(|| output.display().to_string())
}

fn lines(path: &Path) -> anyhow::Result<Vec<Value>> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let line = |(n, line): (usize, &str)| {
        serde_json::from_str(line).with_context(|| format!("{}:{}", path.display(), n + 1))
    };
    text.lines().enumerate().map(line).collect()
}

fn text<'a>(value: &'a Value, field: &str) -> anyhow::Result<&'a str> {
    value[field].as_str().with_context(|| format!("no {field} in {value}"))
}
