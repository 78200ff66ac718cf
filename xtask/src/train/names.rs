//! `cargo xtask train names`: trains the model of mentions on re3d, after a first course on GUM.
//!
//! The sentences of re3d are few, and what they call a mention is their own; GUM teaches beforehand what people,
//! bodies, places and times look like. Sentences that may not be used commercially are left out of the training, and
//! only there: figures are on all.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, bail};
use gainsay_model::Span;
use gainsay_read::names::learned::NameModel;
use gainsay_read::names::learned::sorts::Sorts;
use gainsay_read::names::learned::states::{MentionClass, STATES, may_follow};
use gainsay_read::tag::weights::Weights;

use super::augment::Random;
use super::names_crf::{Field, Lesson, Plan, train};
use super::names_data::{Labelled, read, read_gum, sorts};

/// Trains on the sentences of `--re3d DIR` and the treebank of `--ud DIR`, writes `names.bin` to `--out DIR`, and
/// prints how well it does on the development sentences.
///
/// `--cross documents` and `--cross sentences` write nothing and print how well models trained on four fifths of the
/// training sentences do on the last: fifths of whole documents, which is the harder, or of single sentences.
/// `--errors` lists what is wrong.
///
/// # Errors
/// Where a file cannot be read or written.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let value = |name: &str| args.iter().position(|arg| arg == name).and_then(|at| args.get(at + 1));
    let number = |name: &str, usual: usize| value(name).and_then(|text| text.parse().ok()).unwrap_or(usual);
    let re3d = PathBuf::from(value("--re3d").context("no labelled sentences given: --re3d DIR")?);
    let ud = PathBuf::from(value("--ud").context("no treebank given: --ud DIR")?);
    let errors = args.iter().any(|arg| arg == "--errors");
    let clock = Instant::now();
    let treebank = ud.join("gum-open/train.conllu.gz");
    let sorts = sorts(&treebank)?;
    let labelled = read(&re3d.join("train.jsonl"))?;
    let gum = read_gum(&treebank)?;
    let course = Course::of(&labelled, &gum, &sorts);
    eprintln!("{} features read after {:?}", course.numbers.len(), clock.elapsed());
    let plan = Plan {
        rounds: number("--rounds", 30),
        rate: 0.1,
        dropped: number("--dropped", 40),
        decay: number("--decay", 30) as f32 / 1000.0,
    };
    let mut random = Random(0x0A3E_5EED);
    let first = Plan { rounds: number("--first-rounds", 8), ..plan };
    let before = train(&course.gum, None, course.numbers.len(), first, &mut random);
    let least = number("--least", 3) as i32;
    eprintln!("first course done after {:?}", clock.elapsed());
    let members = number("--members", 1);
    let mut learn = |lessons: &[&Lesson]| -> (NameModel, Rows) {
        let count = course.numbers.len();
        let member = |_| train(lessons, Some(&before), count, plan, &mut random);
        quantised(&(0..members).map(member).collect::<Vec<_>>(), &course.numbers, &sorts, least)
    };
    let free = |index: &usize| labelled[*index].free;
    let mut tally = Tally::default();
    if let Some(kind) = value("--cross") {
        let fold = |index: usize| match kind.as_str() {
            "documents" => Ok(labelled[index].fold as usize),
            "sentences" => Ok(index * 7 % 5),
            other => bail!("--cross documents or --cross sentences, not {other}"),
        };
        for part in 0..5 {
            let mut lessons = Vec::new();
            for index in (0..labelled.len()).filter(free) {
                if fold(index)? != part {
                    lessons.extend(&course.own[index]);
                }
            }
            let (model, _) = learn(&lessons);
            for (index, one) in labelled.iter().enumerate() {
                if fold(index)? == part {
                    tally.add(one, &predict(one, &model), errors);
                }
            }
        }
    } else {
        let lessons: Vec<&Lesson> =
            (0..labelled.len()).filter(free).flat_map(|index| &course.own[index]).collect();
        let (model, rows) = learn(&lessons);
        let bytes = model.encode(&rows);
        eprintln!("{} features, {} bytes", rows.len(), bytes.len());
        let out = PathBuf::from(value("--out").map_or(super::OUT, String::as_str));
        super::replace(&out.join("names.bin"), &bytes)?;
        for one in read(&re3d.join("dev.jsonl"))? {
            tally.add(&one, &predict(&one, &model), errors);
        }
    }
    eprintln!("done after {:?}", clock.elapsed());
    println!("{}", tally.show());
    Ok(())
}

/// The mentions that a model finds in a sentence.
fn predict(one: &Labelled, model: &NameModel) -> Vec<(Span, MentionClass)> {
    let mut found = Vec::new();
    for sight in one.sights(&model.sorts) {
        for (start, end, class) in model.mentions(&sight) {
            let token = |at: usize| one.reading.tokens[sight.start() + at].span;
            found.push((token(start).cover(token(end - 1)), class));
        }
    }
    found
}

/// By class: how many were found rightly, how many there are, how many were found.
#[derive(Default)]
struct Tally(BTreeMap<MentionClass, [usize; 3]>);

impl Tally {
    fn add(&mut self, one: &Labelled, found: &[(Span, MentionClass)], errors: bool) {
        if errors {
            println!("--- {}", one.text.replace('\n', " "));
        }
        for mention in &one.gold {
            let hit = found.contains(mention);
            let own = self.0.entry(mention.1).or_default();
            own[1] += 1;
            own[0] += usize::from(hit);
            if errors && !hit {
                println!("   missed {:?} {}", mention.0.of(&one.text), mention.1.as_str());
            }
        }
        for mention in found {
            self.0.entry(mention.1).or_default()[2] += 1;
            if errors && !one.gold.contains(mention) {
                println!("   wrong  {:?} {}", mention.0.of(&one.text), mention.1.as_str());
            }
        }
    }

    fn show(&self) -> String {
        let line = |name: &str, [hit, gold, found]: [usize; 3]| {
            let share = |of: usize| hit as f64 / of.max(1) as f64;
            let f1 = 2.0 * hit as f64 / (gold + found).max(1) as f64;
            format!(
                "{name:18} P {:.4} R {:.4} F1 {f1:.4}  {gold} labelled, {found} found\n",
                share(found),
                share(gold)
            )
        };
        let mut all = [0; 3];
        self.0.values().for_each(|own| all.iter_mut().zip(own).for_each(|(all, own)| *all += own));
        let each: String = self.0.iter().map(|(class, own)| line(class.as_str(), *own)).collect();
        each + line("all", all).trim_end()
    }
}

/// What a weight of one becomes in integers.
const SCALE: f32 = 64.0;

/// Weights as they are written: the rows of features, sorted by key.
type Rows = Vec<(u32, Vec<(u8, i16)>)>;

/// All lessons, and the numbers of their features.
struct Course {
    numbers: BTreeMap<u32, u32>,
    /// Those of each labelled sentence.
    own: Vec<Vec<Lesson>>,
    /// Those of the treebank.
    gum: Vec<Lesson>,
}

/// A feature that only the treebank has must be met so often there.
const LEAST_MET: usize = 3;

impl Course {
    fn of(labelled: &[Labelled], gum: &[Labelled], sorts: &Sorts) -> Course {
        type Keyed = Vec<(Vec<Vec<u32>>, Vec<usize>)>;
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        let mut keyed = |one: &Labelled, weight: usize| -> Keyed {
            let states = one.states();
            let mut keys = Vec::new();
            let mut made = Vec::new();
            for sight in one.sights(sorts) {
                let mut rows = Vec::new();
                for at in 0..sight.len() {
                    sight.features(at, &mut keys);
                    keys.iter().for_each(|&key| *counts.entry(key).or_default() += weight);
                    rows.push(keys.clone());
                }
                made.push((rows, states[sight.start()..sight.start() + sight.len()].to_vec()));
            }
            made
        };
        let own: Vec<Keyed> =
            labelled.iter().map(|one| keyed(one, if one.free { LEAST_MET } else { 0 })).collect();
        let gum: Vec<Keyed> = gum.iter().map(|one| keyed(one, 1)).collect();
        counts.retain(|_, count| *count >= LEAST_MET);
        let numbers: BTreeMap<u32, u32> =
            counts.keys().enumerate().map(|(at, &key)| (key, at as u32)).collect();
        let row = |row: Vec<u32>| row.iter().filter_map(|key| numbers.get(key).copied()).collect();
        let lesson = |(rows, states): (Vec<Vec<u32>>, Vec<usize>)| Lesson {
            features: rows.into_iter().map(row).collect(),
            states,
        };
        let numbered = |all: Keyed| -> Vec<Lesson> { all.into_iter().map(lesson).collect() };
        let own = own.into_iter().map(numbered).collect();
        let gum = gum.into_iter().flat_map(numbered).collect();
        Course { numbers, own, gum }
    }
}

/// The mean of some fields in integers; weights smaller than `least` are left out.
fn quantised(fields: &[Field], numbers: &BTreeMap<u32, u32>, sorts: &Sorts, least: i32) -> (NameModel, Rows) {
    let whole = |weight: f32| (weight / fields.len() as f32 * SCALE).round() as i32;
    let step = |at: usize| whole(fields.iter().map(|field| field.steps[at]).sum());
    let steps = (0..STATES * STATES)
        .map(|at| if may_follow(at / STATES, at % STATES) { step(at) } else { 0 })
        .collect();
    let mut rows: Rows = Vec::new();
    for (at, &key) in numbers.keys().enumerate() {
        let weight = |state: usize| fields.iter().map(|field| field.features[at * STATES + state]).sum();
        let row: Vec<(u8, i16)> = (0..STATES)
            .map(|state| (state as u8, whole(weight(state)) as i16))
            .filter(|&(_, weight)| i32::from(weight).abs() >= least)
            .collect();
        if !row.is_empty() {
            rows.push((key, row));
        }
    }
    (NameModel { sorts: sorts.clone(), steps, weights: Weights::build(STATES, &rows) }, rows)
}
