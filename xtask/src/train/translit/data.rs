//! Pairs of spellings, queries and the places they mean.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use gainsay_lexicon::translit::letters::{Letter, spell};
use serde_json::Value;

/// How many folds there are; an entity is in one of them with all its names.
pub const FOLDS: usize = 5;

/// Two spellings.
pub struct Pair {
    /// Spelled.
    pub names: [Vec<Letter>; 2],
    /// Which kind of pair; the order of [`Data::kinds`].
    pub kind: usize,
    /// Whether both are of one entity.
    pub same: bool,
    /// The folds of their entities.
    pub folds: Vec<usize>,
    /// What both entities are called, to count entities by.
    pub key: String,
}

/// A spelling of a place of the list.
pub struct Query {
    /// Spelled.
    pub name: Vec<Letter>,
    /// The place that is meant.
    pub place: usize,
    /// Others of the very same name.
    pub also: Vec<usize>,
    /// The fold of the place.
    pub fold: usize,
    /// Whether it is in Arabic script.
    pub arabic: bool,
}

/// A place of the list.
pub struct Place {
    /// Spelled.
    pub name: Vec<Letter>,
    /// Who lives there.
    pub population: u64,
}

/// Everything that is learned from.
pub struct Data {
    /// Pairs of spellings.
    pub pairs: Vec<Pair>,
    /// Spellings of listed places.
    pub queries: Vec<Query>,
    /// Listed places.
    pub places: Vec<Place>,
    /// The kinds of pairs.
    pub kinds: Vec<String>,
}

/// The fold of an entity: by a hash of its key (FNV-1a).
fn fold(key: &str) -> usize {
    let hash = key
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    (hash >> 20) as usize % FOLDS
}

fn lines(folder: &Path, name: &str) -> anyhow::Result<Vec<Value>> {
    let path = folder.join(name);
    let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let line = |(n, line): (usize, &str)| {
        serde_json::from_str(line).with_context(|| format!("{}:{}", path.display(), n + 1))
    };
    text.lines().enumerate().map(line).collect()
}

fn text<'a>(value: &'a Value, field: &str) -> anyhow::Result<&'a str> {
    value[field].as_str().with_context(|| format!("no {field} in {value}"))
}

impl Data {
    /// Reads a folder.
    ///
    /// # Errors
    /// A file that cannot be read, a line that is no JSON or lacks a field.
    pub fn read(folder: &Path) -> anyhow::Result<Data> {
        let mut data = Data { pairs: Vec::new(), queries: Vec::new(), places: Vec::new(), kinds: Vec::new() };
        let mut of_id = BTreeMap::new();
        for place in lines(folder, "gazetteer.jsonl")? {
            of_id.insert(place["gid"].to_string(), data.places.len());
            let population = place["pop"].as_u64().unwrap_or_default();
            data.places.push(Place { name: spell(text(&place, "name")?), population });
        }
        for (pair, gold) in lines(folder, "pairs.jsonl")?.iter().zip(lines(folder, "pairs.gold.jsonl")?) {
            anyhow::ensure!(pair["id"] == gold["id"], "{} has no gold on its line", pair["id"]);
            let kind = text(pair, "kind")?;
            if !data.kinds.iter().any(|known| known == kind) {
                data.kinds.push(kind.to_string());
            }
            let key = text(&gold, "key")?.to_string();
            data.pairs.push(Pair {
                names: [spell(text(pair, "a")?), spell(text(pair, "b")?)],
                kind: data.kinds.iter().position(|known| known == kind).unwrap_or_default(),
                same: gold["same"] == 1,
                folds: key.split(['-', '|']).map(fold).collect(),
                key,
            });
        }
        for (query, gold) in lines(folder, "queries.jsonl")?.iter().zip(lines(folder, "queries.gold.jsonl")?)
        {
            anyhow::ensure!(query["id"] == gold["id"], "{} has no gold on its line", query["id"]);
            let id = gold["gid"].to_string();
            let also = gold["also"].as_array().map_or(&[][..], Vec::as_slice);
            data.queries.push(Query {
                name: spell(text(query, "query")?),
                place: *of_id.get(&id).with_context(|| format!("place {id} is not listed"))?,
                also: also.iter().filter_map(|id| of_id.get(&id.to_string()).copied()).collect(),
                fold: fold(&id),
                arabic: query["script"] == "arabic",
            });
        }
        Ok(data)
    }
}
