//! Labelled mentions: the sentences of re3d, and what sort of thing nouns usually are by the GUM treebank.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use gainsay_lexicon::Words;
use gainsay_model::{Reading, Report, Span};
use gainsay_read::names::learned::features::Sight;
use gainsay_read::names::learned::sorts::Sorts;
use gainsay_read::names::learned::states::{MentionClass, OUTSIDE, Standing, state};
use gainsay_read::tag::weights::text_hash;
use serde_json::Value;

use super::conllu;

/// One labelled sentence.
pub struct Labelled {
    pub text: String,
    pub reading: Reading,
    pub gold: Vec<(Span, MentionClass)>,
    pub fold: u64,
    /// Whether weights that are given away may be trained on it.
    pub free: bool,
}

impl Labelled {
    /// What the model sees, a sight for each sentence that the reader makes of it.
    pub fn sights(&self, sorts: &Sorts) -> Vec<Sight> {
        gainsay_read::names::learned::sights(
            &self.text,
            &self.reading.sentences,
            &self.reading.tokens,
            Words::builtin(),
            sorts,
        )
    }

    /// The state of every token.
    pub fn states(&self) -> Vec<usize> {
        let tokens = &self.reading.tokens;
        let mut states = vec![OUTSIDE; tokens.len()];
        for (span, class) in &self.gold {
            let start = tokens.partition_point(|token| token.span.end <= span.start);
            let end = tokens.partition_point(|token| token.span.start < span.end);
            let whole =
                self.reading.sentences.iter().any(|own| own.tokens.start <= start && end <= own.tokens.end);
            if start >= end || !whole {
                continue;
            }
            for (at, slot) in states.iter_mut().enumerate().take(end).skip(start) {
                let standing = match (at == start, at + 1 == end) {
                    (true, true) => Standing::Alone,
                    (true, false) => Standing::First,
                    (false, true) => Standing::Last,
                    (false, false) => Standing::Inside,
                };
                *slot = state(*class, standing);
            }
        }
        states
    }
}

/// The sentences of a re3d file, read.
pub fn read(path: &Path) -> anyhow::Result<Vec<Labelled>> {
    let text = conllu::read_text(path)?;
    text.lines().map(|line| labelled(line).with_context(|| path.display().to_string())).collect()
}

fn labelled(line: &str) -> anyhow::Result<Labelled> {
    let value: Value = serde_json::from_str(line)?;
    let report: Report = serde_json::from_value(value.clone())?;
    let text = report.text.clone();
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let mut gold = Vec::new();
    for entity in value["entities"].as_array().context("no entities")? {
        let Some(class) = entity["type"].as_str().and_then(MentionClass::parse) else { continue };
        let at = |key: &str| -> anyhow::Result<usize> {
            let point = entity[key].as_u64().context("no offset")? as usize;
            bytes.get(point).copied().context("an offset beyond the text")
        };
        gold.push((Span::new(at("start")?, at("end")?), class));
    }
    let reading = gainsay_read::read(&report, Words::builtin());
    let licence = value["licence"].as_str().unwrap_or_default();
    Ok(Labelled {
        text,
        reading,
        gold,
        fold: value["doc_fold"].as_u64().unwrap_or(0),
        free: !licence.contains("NonCommercial"),
    })
}

/// The sorts that GUM labels noun phrases with, in the order of their numbers, from 1.
const SORTS: [&str; 10] = [
    "person",
    "place",
    "organization",
    "object",
    "event",
    "time",
    "substance",
    "animal",
    "abstract",
    "quantity",
];

/// A labelled phrase of a treebank: first word, last word, sort (from 1; 0 for another), the word that heads it.
#[derive(Clone, Copy, Debug)]
struct Phrase {
    first: usize,
    last: usize,
    sort: usize,
    head: usize,
}

/// One sentence of the treebank: its text, where its words stand, their lemmas, and its phrases.
#[derive(Debug, Default)]
struct Gum {
    text: String,
    words: Vec<Span>,
    lemmas: Vec<String>,
    phrases: Vec<Phrase>,
}

/// The sentences of the GUM treebank with the phrases that are labelled in them.
fn gum(path: &Path) -> anyhow::Result<Vec<Gum>> {
    let mut all = Vec::new();
    let mut own = Gum::default();
    let mut open: Vec<(String, Phrase)> = Vec::new();
    for line in conllu::read_text(path)?.lines() {
        if let Some(text) = line.strip_prefix("# text = ") {
            own.text = text.to_string();
        } else if line.is_empty() {
            open.clear();
            all.push(std::mem::take(&mut own));
        }
        let fields: Vec<&str> = line.split('\t').collect();
        let [id, form, lemma, .., misc] = fields.as_slice() else { continue };
        if id.parse::<usize>().is_err() {
            continue;
        }
        let from = own.words.last().map_or(0, |word| word.end);
        let start = own.text[from..].find(form).map_or(from, |at| from + at);
        own.words.push(Span::new(start, (start + form.len()).min(own.text.len())));
        own.lemmas.push(lemma.to_lowercase());
        let at = own.words.len() - 1;
        let entity = misc.split('|').find_map(|part| part.strip_prefix("Entity="));
        // "(3-person-…" opens a phrase, "3)" closes it, "(3-person-…)" is a phrase of one word.
        let mut rest = entity.unwrap_or_default();
        while let Some(mark) = rest.find(['(', ')']) {
            let closed = if let Some(inner) = rest.strip_prefix('(') {
                let end = inner.find(['(', ')']).unwrap_or(inner.len());
                let parts: Vec<&str> = inner[..end].split('-').collect();
                let sort = SORTS.iter().position(|sort| parts.get(1) == Some(sort)).map_or(0, |at| at + 1);
                let head =
                    parts.get(5).and_then(|span| span.split(',').next_back()?.parse().ok()).unwrap_or(1);
                open.push((parts[0].to_string(), Phrase { first: at, last: at, sort, head: at + head - 1 }));
                rest = &inner[end..];
                let alone = rest.strip_prefix(')');
                rest = alone.unwrap_or(rest);
                alone.and_then(|_| open.pop())
            } else {
                let id = &rest[..mark];
                rest = &rest[mark + 1..];
                open.iter().rposition(|own| own.0 == id).map(|at| open.remove(at))
            };
            own.phrases.extend(closed.map(|(_, phrase)| Phrase { last: at, ..phrase }));
        }
    }
    Ok(all)
}

/// What sort of thing each noun of GUM usually is: the sort of the phrases that it heads.
pub fn sorts(path: &Path) -> anyhow::Result<Sorts> {
    let mut counts: BTreeMap<u32, [u32; SORTS.len() + 1]> = BTreeMap::new();
    for sentence in gum(path)? {
        for phrase in &sentence.phrases {
            if let Some(lemma) = sentence.lemmas.get(phrase.head) {
                counts.entry(text_hash(lemma)).or_default()[phrase.sort] += 1;
            }
        }
    }
    let mut sorts = Vec::new();
    for (lemma, counts) in counts {
        let all: u32 = counts.iter().sum();
        let most = counts.iter().copied().max().unwrap_or(0);
        let sort = counts.iter().position(|&count| count == most).unwrap_or(0);
        if sort > 0 && most * 2 > all {
            sorts.push((lemma, sort as u32));
        }
    }
    Ok(Sorts(sorts))
}

/// The longest phrase of GUM that is taken for a mention, in words; of longer ones the phrases inside are.
const LONGEST: usize = 6;

/// The sentences of GUM with people, bodies, places, times and quantities as mentions.
pub fn read_gum(path: &Path) -> anyhow::Result<Vec<Labelled>> {
    let mut made = Vec::new();
    for (number, sentence) in gum(path)?.into_iter().enumerate() {
        let mut phrases = sentence.phrases;
        phrases.retain(|phrase| phrase.last - phrase.first < LONGEST && class_of(phrase.sort).is_some());
        phrases.sort_by_key(|phrase| (phrase.first, std::cmp::Reverse(phrase.last)));
        let mut gold: Vec<(Span, MentionClass)> = Vec::new();
        for phrase in phrases {
            let span = sentence.words[phrase.first].cover(sentence.words[phrase.last]);
            if let Some(class) = class_of(phrase.sort)
                && gold.last().is_none_or(|(last, _)| last.end <= span.start)
            {
                gold.push((span, class));
            }
        }
        let report = serde_json::json!({"id": number.to_string(), "text": sentence.text});
        let report: Report = serde_json::from_value(report)?;
        let reading = gainsay_read::read(&report, Words::builtin());
        made.push(Labelled { text: sentence.text, reading, gold, fold: 0, free: true });
    }
    Ok(made)
}

fn class_of(sort: usize) -> Option<MentionClass> {
    match *SORTS.get(sort.checked_sub(1)?)? {
        "person" => Some(MentionClass::Person),
        "place" => Some(MentionClass::Location),
        "organization" => Some(MentionClass::Organisation),
        "time" => Some(MentionClass::Temporal),
        "quantity" => Some(MentionClass::Quantity),
        _ => None,
    }
}
