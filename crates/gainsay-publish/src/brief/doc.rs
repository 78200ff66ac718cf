//! The brief as a document, before it is HTML or Markdown: sections of blocks of lines of runs.
//!
//! Sections are built once; both writers walk the same tree, so that the two say the same.

use gainsay_model::Kind;

/// A stretch of a line. Strings are plain text; the writers escape.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Run {
    /// Plain words.
    Text(String),
    /// Words that carry the line.
    Strong(String),
    /// Words that stand back.
    Soft(String),
    /// Evidence: places in the order of claims until numbered, then numbers.
    Cite(Vec<usize>),
    /// A short word on how sure or in what state.
    Chip(Tone, String),
    /// A side's mark before a name.
    Side(String, String),
    /// The symbol of a kind.
    Symbol(Kind),
    /// A link inside the brief: anchor, words.
    Goto(String, String),
    /// A link to a web address, with its words.
    Away(String, String),
}

/// What a chip warns of; colours its edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Well founded.
    Firm,
    /// On one voice or one side's word.
    Weak,
    /// Contradicted.
    Disputed,
    /// Not known.
    Unknown,
}

/// Runs side by side.
pub(crate) type Line = Vec<Run>;

/// A row of a table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    /// Anchor; given one where it holds evidence.
    pub id: Option<String>,
    /// A cell per column; the first heads the row.
    pub cells: Vec<Line>,
    /// Set apart: a sum, a policy's choice.
    pub foot: bool,
}

/// A table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    /// What it shows.
    pub caption: Line,
    /// Column headings.
    pub head: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
    /// How each column is set.
    pub fits: Vec<Fit>,
}

/// How a column is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fit {
    /// Words that wrap.
    Words,
    /// Figures.
    Figure,
    /// Short words that stay on one line.
    Tight,
}

/// An item of a list: its lines, one under the other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Item {
    /// Anchor; given one where it holds evidence.
    pub id: Option<String>,
    /// The first line leads.
    pub lines: Vec<Line>,
}

/// A bar on a line of time, in thousandths of the whole.
#[derive(Clone, Debug)]
pub(crate) struct Bar {
    /// Left end.
    pub from: u32,
    /// Right end.
    pub to: u32,
    /// Which kind of tie: `fight`, `cooperate` …
    pub class: &'static str,
}

/// A lane: a bar and what it stands for.
#[derive(Clone, Debug)]
pub(crate) struct Lane {
    /// The bar; none where no day is known.
    pub bar: Option<Bar>,
    /// The words.
    pub item: Item,
}

/// A column of the overview of events over time.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    /// Anchor of the first event, if any.
    pub to: Option<String>,
    /// What it covers, for the label.
    pub label: String,
    /// Mark under the axis, where one stands.
    pub tick: String,
    /// Height, in hundredths of the greatest.
    pub height: u32,
    /// How many events.
    pub count: usize,
}

/// One claim as evidence.
#[derive(Clone, Debug)]
pub(crate) struct Proof {
    /// Its number.
    pub number: usize,
    /// The exact words.
    pub quotes: Vec<String>,
    /// Language of the words.
    pub language: Option<String>,
    /// Outlet, day, chain.
    pub said: Line,
    /// What it was read as.
    pub read: Line,
    /// Reader and rules.
    pub by: Line,
    /// Where it is used: anchor, section.
    pub back: Vec<(String, String)>,
}

/// A part of a section.
#[derive(Clone, Debug)]
pub(crate) enum Block {
    /// A paragraph; `true` for one that stands back.
    Para(Line, bool),
    /// A heading inside a section: anchor, words.
    Sub(String, String),
    /// A list; the name is its style.
    List(&'static str, Vec<Item>),
    /// A table.
    Table(Table),
    /// Parts that can be folded away, and whether they start open.
    Fold(String, bool, Vec<Block>),
    /// Days and what happened: heading, items.
    Days(Vec<(String, Vec<Item>)>),
    /// Events over time.
    Overview(Vec<Column>),
    /// Lanes over time: first and last mark of the axis, lanes.
    Lanes(String, String, Vec<Lane>),
    /// A picture ready as HTML, and the words for those who do not see it.
    Picture(String, Line),
    /// Evidence from one report: heading line, entries.
    Proofs(Line, Vec<Proof>),
}

/// A section.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    /// Anchor.
    pub id: &'static str,
    /// Heading.
    pub title: &'static str,
    /// A word for back-links.
    pub short: &'static str,
    /// Its parts.
    pub blocks: Vec<Block>,
}

/// Plain words.
pub(crate) fn text(words: impl Into<String>) -> Run {
    Run::Text(words.into())
}

/// Words that stand back.
pub(crate) fn soft(words: impl Into<String>) -> Run {
    Run::Soft(words.into())
}

/// Words that carry the line.
pub(crate) fn strong(words: impl Into<String>) -> Run {
    Run::Strong(words.into())
}

/// A chip.
pub(crate) fn chip(tone: Tone, words: impl Into<String>) -> Run {
    Run::Chip(tone, words.into())
}

/// A paragraph that stands back.
pub(crate) fn aside(words: impl Into<String>) -> Block {
    Block::Para(vec![text(words)], true)
}

/// Joins lines with words between them, the last by another word: "a, b and c".
pub(crate) fn join(lines: Vec<Line>, between: &str, last: &str) -> Line {
    let count = lines.len();
    let mut out = Vec::new();
    for (at, line) in lines.into_iter().enumerate() {
        if at > 0 {
            out.push(text(if at + 1 == count { last } else { between }));
        }
        out.extend(line);
    }
    out
}
