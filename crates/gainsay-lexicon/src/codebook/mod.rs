//! The codebook: kinds, frames, cues, means, and the nouns that tell people, forces and places apart.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{Cut, Group, Kind, Measure, Status};

use crate::table::{Row, TableError, rows};

mod frame;

pub use frame::{Frame, Function, Needs, TriggerPos};

/// What a kind of claim is, in the table `kinds.tsv`.
#[derive(Debug, Clone)]
pub struct KindEntry {
    /// Which.
    pub kind: Kind,
    /// What it covers, in a line.
    pub covers: String,
    /// Kinds of one family may be one event.
    pub family: String,
    /// What a bare number in such a claim counts.
    pub counts: Option<Measure>,
}

/// Part of speech of a cue word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CuePos {
    /// A verb: "said".
    Verb,
    /// A noun: "statement".
    Noun,
    /// A preposition or fixed phrase: "according to".
    Phrase,
}

/// A weapon or means.
#[derive(Debug, Clone)]
pub struct Means {
    /// Its id: `barrel_bomb`, `mortar`, `car_bomb`.
    pub id: String,
    /// The kind of claim a strike with it is.
    pub kind: Kind,
}

/// A country's adjective.
#[derive(Debug, Clone)]
pub struct Demonym {
    /// The country's place id.
    pub place: Option<String>,
    /// Whose forces are meant before "warplanes", "army".
    pub actor: Option<String>,
}

/// What a thing of war is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Materiel {
    /// What kills: "barrel bomb", "rifle".
    Weapon,
    /// What carries weapons or fighters: "tank", "helicopter".
    Platform,
}

/// What a word does where a report says that something could not be confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// It says so by itself: "unverified".
    Alone,
    /// It is what could not be done: "confirm".
    Checks,
    /// It says that this was not done: "not", "unable".
    Negates,
}

/// The tables that come with gainsay, by name.
pub(crate) const TABLES: [(&str, &str); 15] = [
    ("kinds", include_str!("../../data/codebook/kinds.tsv")),
    ("frames", include_str!("../../data/codebook/frames.tsv")),
    ("cues", include_str!("../../data/codebook/cues.tsv")),
    ("modality", include_str!("../../data/codebook/modality.tsv")),
    ("people", include_str!("../../data/codebook/people.tsv")),
    ("forces", include_str!("../../data/codebook/forces.tsv")),
    ("places", include_str!("../../data/codebook/places.tsv")),
    ("means", include_str!("../../data/codebook/means.tsv")),
    ("light", include_str!("../../data/codebook/light.tsv")),
    ("demonyms", include_str!("../../data/codebook/demonyms.tsv")),
    ("cuts", include_str!("../../data/codebook/cuts.tsv")),
    ("doubt", include_str!("../../data/codebook/doubt.tsv")),
    ("arms", include_str!("../../data/codebook/arms.tsv")),
    ("materiel", include_str!("../../data/codebook/materiel.tsv")),
    ("peoples", include_str!("../../data/codebook/peoples.tsv")),
];

/// How reports put things: the tables under `data/codebook`.
#[derive(Debug, Default)]
pub struct Codebook {
    /// In the order of [`Kind::ALL`].
    pub kinds: Vec<KindEntry>,
    /// All frames, by their head word.
    frames: BTreeMap<(String, TriggerPos), Vec<Frame>>,
    /// Cue words: "said", "denied", "according to".
    pub cues: BTreeMap<(String, CuePos), Status>,
    /// Words that make what they govern possible, intended or denied, by (word, class of word).
    pub modality: BTreeMap<(String, String), Status>,
    /// Nouns for people.
    pub people: BTreeMap<String, Option<Group>>,
    /// Nouns for those who fight.
    pub forces: BTreeSet<String>,
    /// Nouns for places, and the kinds of the gazetteer they fit.
    pub places: BTreeMap<String, Vec<String>>,
    /// Words that name weapons and means.
    pub means: BTreeMap<String, Means>,
    /// Verbs that lend a noun their subject, and whether as its actor (`true`) or its target.
    pub light: BTreeMap<String, bool>,
    /// Adjectives of countries.
    pub demonyms: BTreeMap<String, Demonym>,
    /// Words for what a siege cuts off.
    pub cuts: BTreeMap<String, Cut>,
    /// Words by which a report says that something could not be confirmed.
    pub doubt: BTreeMap<String, Doubt>,
    /// Fighters and weapons that a deployment moves.
    pub arms: BTreeSet<String>,
    /// Weapons, and what carries them.
    pub materiel: BTreeMap<String, Materiel>,
    /// The last words of their names.
    pub materiel_ends: BTreeSet<String>,
    /// Nationalities, peoples and faiths, as adjectives and as nouns.
    pub peoples: BTreeSet<String>,
}

impl Codebook {
    /// The tables under `data/codebook`.
    ///
    /// # Errors
    /// The first row that cannot be read.
    pub fn load() -> Result<Codebook, TableError> {
        let mut book = Codebook::default();
        for (table, text) in TABLES {
            for row in rows(&format!("{table}.tsv"), text)? {
                book.put(table, &row)?;
            }
        }
        book.sort();
        Ok(book)
    }

    /// Adds a row of a table; where the table has one of its word, in the place of that. Frames stand side by side.
    ///
    /// # Errors
    /// What is wrong with the row.
    pub(crate) fn put(&mut self, table: &str, row: &Row) -> Result<(), TableError> {
        let book = self;
        match table {
            "kinds" => {
                book.kinds.push(KindEntry {
                    kind: kind(row, "kind")?,
                    covers: row.get("covers").into(),
                    family: row.get("family").into(),
                    counts: row.opt("counts").map(|text| measure(row, text)).transpose()?,
                });
            }
            "frames" => {
                let frame = Frame::of(row)?;
                book.frames.entry((frame.head().to_string(), frame.pos)).or_default().push(frame);
            }
            "cues" => {
                let pos = match row.get("pos") {
                    "v" => CuePos::Verb,
                    "n" => CuePos::Noun,
                    "p" => CuePos::Phrase,
                    other => return Err(row.error(format!("pos {other:?} is none of v, n, p"))),
                };
                book.cues.insert((row.get("word").into(), pos), status(row, "effect")?);
            }
            "modality" => {
                book.modality.insert((row.get("word").into(), row.get("pos").into()), status(row, "status")?);
            }
            "people" => {
                let group =
                    row.opt("group").map(|text| Group::parse(text).ok_or_else(|| row.error("no such group")));
                book.people.insert(row.get("noun").into(), group.transpose()?);
            }
            "forces" => {
                book.forces.insert(row.get("noun").into());
            }
            "places" => {
                book.places.insert(row.get("noun").into(), row.list("kinds").map(str::to_string).collect());
            }
            "means" => {
                let means = Means { id: row.get("means").into(), kind: kind(row, "kind")? };
                book.means.insert(row.get("word").into(), means);
            }
            "light" => {
                book.light.insert(row.get("verb").into(), row.get("role") == "actor");
            }
            "demonyms" => {
                let own = |column: &str| row.opt(column).map(str::to_string);
                book.demonyms
                    .insert(row.get("word").into(), Demonym { place: own("place"), actor: own("actor") });
            }
            "cuts" => {
                let cut = Cut::parse(row.get("cut")).ok_or_else(|| row.error("no such cut"))?;
                book.cuts.insert(row.get("word").into(), cut);
            }
            "doubt" => {
                let role = match row.get("role") {
                    "alone" => Doubt::Alone,
                    "checks" => Doubt::Checks,
                    "negates" => Doubt::Negates,
                    other => {
                        return Err(row.error(format!("role {other:?} is none of alone, checks, negates")));
                    }
                };
                book.doubt.insert(row.get("word").into(), role);
            }
            "arms" => {
                book.arms.insert(row.get("noun").into());
            }
            "materiel" => {
                let class = match row.get("class") {
                    "weapon" => Materiel::Weapon,
                    "platform" => Materiel::Platform,
                    other => return Err(row.error(format!("class {other:?} is neither weapon nor platform"))),
                };
                let noun = row.get("noun");
                book.materiel_ends.insert(noun.rsplit([' ', '-']).next().unwrap_or(noun).into());
                book.materiel.insert(noun.into(), class);
            }
            "peoples" => {
                book.peoples.insert(row.get("word").into());
            }
            other => return Err(row.error(format!("the codebook has no table `{other}`"))),
        }
        Ok(())
    }

    /// Frames of several words before those of fewer.
    pub(crate) fn sort(&mut self) {
        for frames in self.frames.values_mut() {
            frames.sort_by_key(|frame| std::cmp::Reverse(frame.words.len()));
        }
    }

    /// The frames whose head word this is; those of several words first.
    pub fn frames(&self, head: &str, pos: TriggerPos) -> &[Frame] {
        // A borrowed pair cannot key a map of owned pairs; heads are short, so the copy is cheap.
        self.frames.get(&(head.to_string(), pos)).map_or(&[], Vec::as_slice)
    }

    /// The entry of a kind.
    pub fn kind(&self, kind: Kind) -> Option<&KindEntry> {
        self.kinds.iter().find(|entry| entry.kind == kind)
    }

    /// The modality that a word of this class gives ("aux", "adv", "adj", "v", "n", "mark", "det", "prep").
    pub fn modality(&self, word: &str, class: &str) -> Option<Status> {
        self.modality.get(&(word.to_string(), class.to_string())).copied()
    }

    /// The effect of a cue word.
    pub fn cue(&self, word: &str, pos: CuePos) -> Option<Status> {
        self.cues.get(&(word.to_string(), pos)).copied()
    }
}

fn kind(row: &Row, column: &str) -> Result<Kind, TableError> {
    Kind::parse(row.get(column)).ok_or_else(|| row.error(format!("no such kind: {:?}", row.get(column))))
}

fn measure(row: &Row, text: &str) -> Result<Measure, TableError> {
    Measure::parse(text).ok_or_else(|| row.error(format!("no such measure: {text:?}")))
}

fn status(row: &Row, column: &str) -> Result<Status, TableError> {
    Status::parse(row.get(column)).ok_or_else(|| row.error(format!("no such status: {:?}", row.get(column))))
}
