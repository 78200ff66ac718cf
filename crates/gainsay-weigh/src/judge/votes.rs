//! Statements of sources about facts, in one order whatever the order they came in.

use std::collections::{BTreeMap, BTreeSet};

/// What a source says a fact is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// A number, in thousandths.
    Number(i128),
    /// Several things together: the authors of a book, the parties that did something.
    Set(BTreeSet<String>),
    /// Anything else.
    Text(String),
}

impl Value {
    /// How far who says this speaks for that as well, from -0.5 to 0.5: of sets the share of this that is in that,
    /// less one half (Yin, Han and Yu 2008, IEEE TKDE 20(6), section 3.2); of all else nothing.
    pub fn speaks_for(&self, other: &Value) -> f64 {
        match (self, other) {
            (Value::Set(ours), Value::Set(theirs)) if !ours.is_empty() => {
                ours.intersection(theirs).count() as f64 / ours.len() as f64 - 0.5
            }
            _ => 0.0,
        }
    }

    /// Whether it is a number that people round to (100, 2,000, 35,000): shared by chance more than others.
    pub fn is_round(&self) -> bool {
        let Value::Number(thousandths) = self else { return false };
        let mut whole = thousandths.unsigned_abs() / 1000;
        if whole < 10 || thousandths % 1000 != 0 {
            return false;
        }
        let mut zeros = 0;
        while whole.is_multiple_of(10) {
            whole /= 10;
            zeros += 1;
        }
        zeros > 0 && whole < 100
    }
}

/// One source's word on one fact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Statement {
    /// The fact: any name that is the same for all who speak of it.
    pub about: String,
    /// Who says so.
    pub source: String,
    /// When, on any scale; of several words of one source the last counts.
    pub said: u64,
    /// What.
    pub value: Value,
}

/// A value of a fact, and who gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// The value.
    pub value: Value,
    /// Who gives it, as places in [`Votes::sources`], ascending.
    pub by: Vec<usize>,
    /// When it was first given, also by somebody who gives another now.
    pub first: u64,
}

/// A fact and all values it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Its name.
    pub about: String,
    /// Its values, ascending.
    pub values: Vec<Heard>,
}

/// All statements, by fact.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Votes {
    /// Who speaks, by name.
    pub sources: Vec<String>,
    /// Of what, by name.
    pub facts: Vec<Fact>,
}

impl Votes {
    /// Votes from statements in any order.
    pub fn of(statements: impl IntoIterator<Item = Statement>) -> Votes {
        let mut statements: Vec<Statement> = statements.into_iter().collect();
        statements.sort();
        statements.dedup();
        let sources: BTreeSet<&str> = statements.iter().map(|one| one.source.as_str()).collect();
        let at: BTreeMap<&str, usize> = sources.iter().enumerate().map(|(at, name)| (*name, at)).collect();
        let mut facts: Vec<Fact> = Vec::new();
        for about in statements.chunk_by(|a, b| a.about == b.about) {
            let mut values: BTreeMap<&Value, (u64, Vec<usize>)> = BTreeMap::new();
            // Sorted by source and then by when: the last of a run stands.
            for source in about.chunk_by(|a, b| a.source == b.source) {
                for one in source {
                    let (first, _) = values.entry(&one.value).or_insert((one.said, Vec::new()));
                    *first = (*first).min(one.said);
                }
                if let Some(last) = source.last()
                    && let Some((_, by)) = values.get_mut(&last.value)
                {
                    by.push(at[last.source.as_str()]);
                }
            }
            let values = values.into_iter().filter(|(_, (_, by))| !by.is_empty());
            let values = values.map(|(value, (first, by))| Heard { value: value.clone(), by, first });
            facts.push(Fact { about: about[0].about.clone(), values: values.collect() });
        }
        Votes { sources: sources.into_iter().map(String::from).collect(), facts }
    }

    /// Every fact, value and source that gives it, in order.
    pub(super) fn each(&self) -> impl Iterator<Item = (usize, usize, usize)> {
        self.facts.iter().enumerate().flat_map(|(fact, all)| {
            all.values
                .iter()
                .enumerate()
                .flat_map(move |(value, heard)| heard.by.iter().map(move |&source| (fact, value, source)))
        })
    }

    /// How many facts each source speaks of.
    pub(super) fn spoken(&self) -> Vec<f64> {
        let mut spoken = vec![0.0; self.sources.len()];
        for (_, _, source) in self.each() {
            spoken[source] += 1.0;
        }
        spoken
    }

    /// The same number for every value of every fact.
    pub(super) fn all(&self, number: f64) -> Vec<Vec<f64>> {
        self.facts.iter().map(|fact| vec![number; fact.values.len()]).collect()
    }
}
