//! Treebanks: reading CoNLL-U, and making their words and trees those that the reader will meet.

use std::io::Read;
use std::path::Path;

use anyhow::Context;
use gainsay_model::reading::{Rel, Upos, Xpos};
use gainsay_model::span::Span;
use gainsay_read::segment::sentence_words;

/// One word of a treebank.
#[derive(Clone, Debug)]
pub struct Word {
    pub form: String,
    pub lemma: String,
    pub upos: Upos,
    pub xpos: Xpos,
    /// Index of its head; the number of words stands for the root.
    pub head: usize,
    pub rel: Rel,
    /// Whether a blank follows.
    pub space: bool,
}

/// One sentence of a treebank.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    pub text: String,
    pub words: Vec<Word>,
}

/// Reads a file, packed or not.
pub fn read_text(path: &Path) -> anyhow::Result<String> {
    let mut text = String::new();
    let file = std::fs::File::open(path).with_context(|| format!("opening {}", path.display()))?;
    if path.extension().is_some_and(|ending| ending == "gz") {
        flate2::read::GzDecoder::new(file).read_to_string(&mut text)?;
    } else {
        std::io::BufReader::new(file).read_to_string(&mut text)?;
    }
    Ok(text)
}

/// The sentences of a CoNLL-U file.
pub fn read(path: &Path) -> anyhow::Result<Vec<Tree>> {
    let mut trees = Vec::new();
    let mut tree = Tree::default();
    let mut inside = 0usize;
    let mut spaced = true;
    for line in read_text(path)?.lines() {
        if let Some(text) = line.strip_prefix("# text = ") {
            tree.text = text.to_owned();
            continue;
        }
        if line.starts_with('#') {
            continue;
        }
        let fields: Vec<&str> = line.split('\t').collect();
        let [id, form, lemma, upos, xpos, _, head, rel, _, misc] = fields.as_slice() else {
            if !tree.words.is_empty() {
                let len = tree.words.len();
                tree.words.iter_mut().for_each(|word| word.head = word.head.checked_sub(1).unwrap_or(len));
                trees.push(std::mem::take(&mut tree));
            }
            inside = 0;
            continue;
        };
        if id.contains('.') {
            continue;
        }
        let space = !misc.contains("SpaceAfter=No");
        if let Some((_, last)) = id.split_once('-') {
            (inside, spaced) = (last.parse()?, space);
            continue;
        }
        let number: usize = id.parse()?;
        let space = if number < inside {
            false
        } else if number == inside {
            spaced
        } else {
            space
        };
        let (lemma, upos) = usual(form, lemma, upos, xpos);
        tree.words.push(Word {
            form: (*form).to_owned(),
            lemma: lemma.to_owned(),
            upos: Upos::parse(upos),
            xpos: Xpos::parse(xpos),
            head: head.parse()?,
            rel: Rel::parse(rel),
            space,
        });
    }
    Ok(trees)
}

/// Lemma and part of speech; where the treebanks disagree with each other or themselves, one of the two.
fn usual<'a>(form: &'a str, lemma: &'a str, upos: &'a str, xpos: &str) -> (&'a str, &'a str) {
    match (form, xpos) {
        ("United", "NNP") => (form, "ADJ"),
        ("troops", "NNS") => ("troop", upos),
        ("people", "NNS") => ("people", upos),
        _ => (lemma, upos),
    }
}

impl Tree {
    /// Joins words that the reader does not part (`al-Qaeda`), so that it learns them as it will meet them.
    pub fn into_cut(mut self) -> Tree {
        let mut text = String::new();
        let mut starts = Vec::new();
        for word in &self.words {
            starts.push(text.len());
            text.push_str(&word.form);
            text.push_str(if word.space { " " } else { "" });
        }
        let end_of = |index: usize| starts[index] + self.words[index].form.len();
        let mut group = vec![usize::MAX; self.words.len()];
        let mut groups = 0;
        let mut from = 0;
        for Span { start, end } in sentence_words(&text, Span::new(0, text.len())) {
            while from < starts.len() && starts[from] < start {
                from += 1;
            }
            let Some(last) = (from..starts.len()).take_while(|&at| end_of(at) <= end).last() else {
                continue;
            };
            if starts[from] == start && end_of(last) == end && last > from {
                group[from..=last].fill(groups);
                groups += 1;
            }
        }
        if groups > 0 {
            self.join(&group);
        }
        self
    }

    /// Joins neighbouring words of one group; `usize::MAX` is no group.
    fn join(&mut self, group: &[usize]) {
        let len = self.words.len();
        let mut place = Vec::with_capacity(len + 1);
        let mut count = 0;
        for at in 0..len {
            if at > 0 && (group[at] == usize::MAX || group[at] != group[at - 1]) {
                count += 1;
            }
            place.push(count);
        }
        place.push(count + 1);
        let mut made: Vec<Word> = Vec::new();
        for (at, word) in self.words.iter().enumerate() {
            let outside = place[word.head] != place[at];
            let mut new = word.clone();
            new.head = place[word.head];
            if made.len() == place[at] {
                if !outside {
                    new.head = usize::MAX;
                }
                made.push(new);
                continue;
            }
            let Some(old) = made.last_mut() else { continue };
            old.form.push_str(&word.form);
            old.lemma.push_str(&word.lemma);
            old.space = word.space;
            if outside && old.head == usize::MAX {
                (old.head, old.rel) = (new.head, new.rel);
                (old.upos, old.xpos) = (new.upos, new.xpos);
            }
            if word.upos == Upos::Propn {
                (old.upos, old.xpos) = (Upos::Propn, Xpos::Nnp);
            }
        }
        self.words = made;
    }

    /// Takes out the words for which `drop` holds, unless something depends on them.
    pub fn without(&mut self, drop: impl Fn(&Word) -> bool) {
        let len = self.words.len();
        let needed: Vec<bool> = (0..len).map(|at| self.words.iter().any(|word| word.head == at)).collect();
        let gone: Vec<bool> =
            (0..len).map(|at| drop(&self.words[at]) && !needed[at] && self.words[at].head < len).collect();
        let mut place = Vec::with_capacity(len + 1);
        let mut count = 0;
        for gone in gone.iter().chain([&false]) {
            place.push(count);
            count += usize::from(!gone);
        }
        let mut at = 0;
        self.words.retain(|_| {
            at += 1;
            !gone[at - 1]
        });
        self.words.iter_mut().for_each(|word| word.head = place[word.head]);
    }

    /// The heads, with crossing arcs lifted until none cross (Nivre and Nilsson 2005).
    pub fn projective(&self) -> Vec<u16> {
        let len = self.words.len();
        let mut heads: Vec<usize> = self.words.iter().map(|word| word.head).collect();
        loop {
            let mut lift: Option<(usize, usize)> = None;
            for (child, &head) in heads.iter().enumerate() {
                if head == len {
                    continue;
                }
                let (low, high) = (child.min(head), child.max(head));
                let under = |mut word: usize| {
                    for _ in 0..=len {
                        if word == head {
                            return true;
                        }
                        if word == len {
                            break;
                        }
                        word = heads[word];
                    }
                    false
                };
                if (low + 1..high).any(|between| !under(between))
                    && lift.is_none_or(|(width, _)| high - low < width)
                {
                    lift = Some((high - low, child));
                }
            }
            let Some((_, child)) = lift else { break };
            heads[child] = heads[heads[child]];
        }
        heads.into_iter().map(|head| head as u16).collect()
    }
}
