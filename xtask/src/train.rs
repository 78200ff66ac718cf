//! `cargo xtask train`: trains the tagger and the parser on the Universal Dependencies treebanks.
//!
//! Every part has its own seed: the same treebanks give the same weights.

mod augment;
mod conllu;
mod names;
mod names_crf;
mod names_data;
mod parser;
mod perceptron;
mod tagger;
mod translit;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;
use augment::Random;
use conllu::Tree;
use gainsay_model::reading::{Part, Sentence};
use gainsay_model::span::Span;
use gainsay_read::parse::{ParseModel, parse};
use gainsay_read::segment::{Segments, sentence_words};
use gainsay_read::tag::{Scratch, TagModel, Tagged, tag};

/// Where the weights go unless `--out` says otherwise, seen from the root of the workspace.
const OUT: &str = "crates/gainsay-read/models";

/// Trains; the treebanks are read from `--ud DIR`, the weights are written to `--out DIR`.
///
/// `--only tag` and `--only parse` train one of the two; `--members N` and `--tag-members N` take the mean of N models;
/// `--predict FILE --to FILE` trains nothing and calls [`predict_ud`]; `names` as the first word trains the model of
/// mentions ([`names::run`]).
pub fn run(args: &[String]) -> anyhow::Result<()> {
    if args.first().is_some_and(|arg| arg == "names") {
        return names::run(&args[1..]);
    }
    if args.first().is_some_and(|arg| arg == "translit") {
        return translit::run(&args[1..]);
    }
    let value = |name: &str| args.iter().position(|arg| arg == name).and_then(|at| args.get(at + 1));
    let number = |name: &str, usual: usize| value(name).and_then(|text| text.parse().ok()).unwrap_or(usual);
    if let Some(input) = value("--predict") {
        return predict_ud(Path::new(input), Path::new(value("--to").context("--predict FILE --to FILE")?));
    }
    let ud = PathBuf::from(value("--ud").context("no treebank given: --ud DIR")?);
    let out = PathBuf::from(value("--out").map_or(OUT, String::as_str));
    let only = value("--only").map_or("", String::as_str);
    let mut trees = conllu::read(&ud.join("ewt/en_ewt-ud-train.conllu.gz"))?;
    trees.extend(conllu::read(&ud.join("gum-open/train.conllu.gz"))?);
    let trees: Vec<Tree> = trees.into_iter().map(Tree::into_cut).collect();
    let dev = [ud.join("ewt/en_ewt-ud-dev.conllu"), ud.join("gum-open/dev.conllu")];
    let mut random = Random(0x05EE_D0F6_A1A5);
    let copies = augment::copies(&trees, &mut random);
    eprintln!("{} sentences, {} copies", trees.len(), copies.len());

    let clock = Instant::now();
    let least = number("--least", 28) as i64;
    let members = number("--members", 2);
    let rounds = number("--tag-rounds", 10);
    let all: Vec<&Tree> = trees.iter().chain(&copies).collect();
    let tag_members = number("--tag-members", 3);
    let tag_model = if only == "parse" {
        TagModel::decode(&std::fs::read(out.join("tag.bin"))?).context("tag.bin")?
    } else {
        let trained =
            tagger::train(&all, rounds, (tag_members, number("--tag-least", 14) as i64), &mut random);
        replace(&out.join("tag.bin"), &trained.model.encode(&trained.rows))?;
        trained.model
    };
    eprintln!("tagger trained in {:?}", clock.elapsed());
    for path in &dev {
        report(path, &tag_model, None)?;
    }
    if only == "tag" {
        return Ok(());
    }

    // Its own numbers, so that it comes out the same where the tagger is not trained with it.
    let mut random = Random(0x0A5C_7BEE_0CA5);
    // The parser learns from tags as bad as it will meet: each fifth is tagged by a tagger that has not seen it.
    let mut tags: Vec<Vec<Tagged>> = vec![Vec::new(); all.len()];
    let fold =
        |index: usize| if index < trees.len() { index % 5 } else { source_fold(&copies, &trees, index) };
    let (all, fold) = (&all, &fold);
    std::thread::scope(|scope| {
        let parts = [0, 1, 2, 3, 4].map(|part| {
            scope.spawn(move || {
                let rest: Vec<&Tree> =
                    (0..all.len()).filter(|&index| fold(index) != part).map(|index| all[index]).collect();
                let model = tagger::train(&rest, 4, (1, 1), &mut Random(0x0F01_D000 + part as u64)).model;
                let own = (0..all.len()).filter(|&index| fold(index) == part);
                own.map(|index| (index, tag_tree(all[index], &model))).collect::<Vec<_>>()
            })
        });
        for part in parts {
            let found = part.join().map_err(|_| anyhow::anyhow!("a tagger's training broke off"))?;
            found.into_iter().for_each(|(index, found)| tags[index] = found);
        }
        anyhow::Ok(())
    })?;
    eprintln!("tagged crosswise after {:?}", clock.elapsed());
    let model = ParseModel { rels: parser::relations(&trees), ..ParseModel::default() };
    let lessons: Vec<_> =
        (0..all.len()).map(|index| parser::lesson(all[index], &tags[index], &model)).collect();
    let seen = number("--seen", 3) as u8;
    let mut found = Vec::new();
    for member in 1..=members {
        let perceptron = parser::greedy(&lessons, &model, number("--rounds", 8), seen, &mut random);
        found.push(perceptron.average(parser::SCALE, 1));
        eprintln!("parser, member {member} done after {:?}", clock.elapsed());
        let trained = parser::finish(&found, model.clone(), least);
        let bytes = trained.model.encode(&trained.rows);
        eprintln!("{} features, {} bytes", trained.rows.len(), bytes.len());
        replace(&out.join("parse.bin"), &bytes)?;
        for path in &dev {
            report(path, &tag_model, Some(&trained.model))?;
        }
    }
    Ok(())
}

/// The fold of a copy: that of the sentence it was made of, so that no tagger has seen it in another dress.
fn source_fold(copies: &[Tree], trees: &[Tree], index: usize) -> usize {
    let text = &copies[index - trees.len()].text;
    trees.iter().position(|tree| tree.text == *text).unwrap_or(0) % 5
}

/// Writes a file whole or not at all.
fn replace(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let part = path.with_extension("part");
    std::fs::write(&part, bytes).with_context(|| format!("writing {}", part.display()))?;
    Ok(std::fs::rename(&part, path)?)
}

/// The tags that `model` gives the words of a tree.
fn tag_tree(tree: &Tree, model: &TagModel) -> Vec<Tagged> {
    let mut labels = Vec::new();
    model.label(tree.words.iter().map(|word| word.form.as_str()), &mut Scratch::default(), &mut labels);
    let tagged = |(word, &label): (&conllu::Word, &u32)| {
        let low: String = word.form.chars().flat_map(char::to_lowercase).collect();
        let (upos, xpos) = model.labels.get(label as usize).copied().unwrap_or_default();
        Tagged { upos, xpos, lemma: model.lemmatiser.lemma(&word.form, &low, (label, (upos, xpos))) }
    };
    tree.words.iter().zip(&labels).map(tagged).collect()
}

/// One text in which every tree stands as one sentence of given words.
fn as_segments(trees: &[Tree]) -> (String, Segments) {
    let mut text = String::new();
    let mut segments = Segments::default();
    for (paragraph, tree) in trees.iter().enumerate() {
        let (start, first) = (text.len(), segments.words.len());
        for word in &tree.words {
            segments.words.push(Span::new(text.len(), text.len() + word.form.len()));
            text.push_str(&word.form);
            text.push_str(if word.space { " " } else { "" });
        }
        let span = Span::new(start, text.len());
        segments.sentences.push(Sentence {
            span,
            tokens: first..segments.words.len(),
            paragraph,
            part: Part::Body,
        });
        text.push('\n');
    }
    (text, segments)
}

/// Prints how well the models do on a treebank whose words are given.
fn report(path: &Path, tagger: &TagModel, parser: Option<&ParseModel>) -> anyhow::Result<()> {
    let trees = conllu::read(path)?;
    let (text, segments) = as_segments(&trees);
    let gold: Vec<(usize, &conllu::Word, usize)> = trees
        .iter()
        .scan(0, |first, tree| {
            let from = *first;
            *first += tree.words.len();
            Some(tree.words.iter().map(move |word| (from, word, tree.words.len())))
        })
        .flatten()
        .collect();
    let clock = Instant::now();
    let tags = tag(&text, &segments, tagger);
    let tag_time = clock.elapsed().as_secs_f64();
    let share = |count: usize| count as f64 / gold.len() as f64;
    let count = |test: &dyn Fn(usize) -> bool| share((0..gold.len()).filter(|&at| test(at)).count());
    let mut line = format!(
        "{}: UPOS {:.4} XPOS {:.4} lemma {:.4} ({:.0} words/s)",
        path.file_name().unwrap_or_default().display(),
        count(&|at| tags[at].upos == gold[at].1.upos),
        count(&|at| tags[at].xpos == gold[at].1.xpos),
        count(&|at| tags[at].lemma == gold[at].1.lemma),
        gold.len() as f64 / tag_time,
    );
    if let Some(parser) = parser {
        let clock = Instant::now();
        let found = parse(&text, &segments, &tags, parser);
        let time = clock.elapsed().as_secs_f64();
        let head = |at: usize| {
            let (first, word, len) = gold[at];
            if word.head == len { None } else { Some(first + word.head) }
        };
        let short = |rel: gainsay_model::reading::Rel| rel.as_str().split(':').next();
        write!(
            line,
            " UAS {:.4} LAS {:.4} ({:.0} words/s)",
            count(&|at| found[at].0 == head(at)),
            count(&|at| found[at].0 == head(at) && short(found[at].1) == short(gold[at].1.rel)),
            gold.len() as f64 / time,
        )?;
    }
    println!("{line}");
    Ok(())
}

/// Reads a treebank, reads each of its sentences from the raw text with the built-in models, and writes what came
/// out as CoNLL-U.
///
/// # Errors
/// Where a file cannot be read or written.
pub fn predict_ud(input: &Path, output: &Path) -> anyhow::Result<()> {
    let mut out = String::new();
    for tree in conllu::read(input)? {
        let text = &tree.text;
        let words = sentence_words(text, Span::new(0, text.len()));
        let span = Span::new(0, text.len());
        let sentences = vec![Sentence { span, tokens: 0..words.len(), paragraph: 0, part: Part::Body }];
        let segments = Segments { sentences, words };
        let tags = tag(text, &segments, TagModel::builtin());
        let found = parse(text, &segments, &tags, ParseModel::builtin());
        writeln!(out, "# text = {text}")?;
        let words = &segments.words;
        for (at, word) in words.iter().enumerate() {
            if let Some(next) = words.get(at + 1).filter(|next| fused(text, *word, **next)) {
                writeln!(
                    out,
                    "{}-{}\t{}{}\t_\t_\t_\t_\t_\t_\t_\t_",
                    at + 1,
                    at + 2,
                    word.of(text),
                    next.of(text)
                )?;
            }
            let Tagged { upos, xpos, lemma } = &tags[at];
            let (head, rel) = found[at];
            let head = head.map_or(0, |head| head + 1);
            writeln!(
                out,
                "{}\t{}\t{lemma}\t{}\t{}\t_\t{head}\t{}\t_\t_",
                at + 1,
                word.of(text),
                upos.as_str(),
                xpos.as_str(),
                rel.as_str()
            )?;
        }
        out.push('\n');
    }
    std::fs::write(output, out).with_context(|| format!("writing {}", output.display()))
}

/// Whether the treebanks count two words as one token: `do` `n't`, `Syria` `'s`.
fn fused(text: &str, word: Span, next: Span) -> bool {
    let letter = |span: Span| span.of(text).chars().next_back().is_some_and(char::is_alphanumeric);
    if word.end != next.start || !letter(word) {
        return false;
    }
    // Letters on letters: the seam of "cannot" or "dont".
    if [word, next].map(|span| span.of(text)).iter().all(|text| text.chars().all(char::is_alphabetic)) {
        return true;
    }
    let low = next.of(text).to_lowercase().replace(['’', '`'], "'");
    matches!(low.as_str(), "n't" | "'s" | "'re" | "'ve" | "'ll" | "'d" | "'m")
        || low == "'" && word.of(text).ends_with(['s', 'S'])
}
