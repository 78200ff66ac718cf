//! The steps of weighing in stages, in their order.

use super::Table;

/// What is done with the rows of a step's tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Rows of one key are brought together, from all tables; [`run`](super::run()) is called on any number of keys.
    Group,
    /// All rows are brought together, each once, and [`run`](super::run()) is called on them.
    All,
    /// Rows are the edges of a graph, their keys and what they say its nodes: given is for each node, as its key, the
    /// least node of its connected component, by bytes.
    Components,
    /// The same, the least node being the key.
    ByLeast,
    /// Keys are sorted by their bytes: given is for each key its number from 0, as eight bytes, the greatest first.
    Rank,
}

/// One step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its name.
    pub name: &'static str,
    /// The tables whose rows it takes.
    pub takes: &'static [Table],
    /// The tables that it gives rows of.
    pub gives: &'static [Table],
    /// A small table that every task needs the whole of.
    pub beside: Option<Table>,
    /// What is done.
    pub how: How,
}

const fn group(name: &'static str, takes: &'static [Table], gives: &'static [Table]) -> Step {
    Step { name, takes, gives, beside: None, how: How::Group }
}

const fn graph(name: &'static str, takes: &'static [Table], gives: &'static [Table], how: How) -> Step {
    Step { name, takes, gives, beside: None, how }
}

use Table as T;

/// All steps. A table that two steps give has the rows of both.
pub const PLAN: &[Step] = &[
    group("link", &[T::Report, T::Claim], &[T::Linked, T::Name]),
    graph("names", &[T::Name], &[T::Renamed], How::All),
    Step {
        beside: Some(T::Renamed),
        ..group("settle", &[T::Report, T::Linked], &[T::Spoken, T::Page, T::Head])
    },
    group("one text", &[T::Page], &[T::Copied, T::Text, T::Sketch]),
    group("sketches", &[T::Sketch], &[T::Alike]),
    graph("alike", &[T::Alike], &[T::AlikeAs], How::Components),
    group("families", &[T::Text, T::AlikeAs], &[T::Family]),
    group("near texts", &[T::Family], &[T::Copied, T::Passage]),
    group("passages", &[T::Passage], &[T::Shared]),
    group("one wording", &[T::Shared], &[T::Copied]),
    graph("copies", &[T::Copied], &[T::CopyOf], How::ByLeast),
    group("originals", &[T::Head, T::CopyOf], &[T::Original]),
    group("voices", &[T::Spoken, T::Original], &[T::Voiced]),
    group("follow", &[T::Voiced], &[T::Said]),
    group("tellings", &[T::Said], &[T::Telling, T::Claimed, T::Denied, T::Repeat, T::Total]),
    graph("rank", &[T::Telling], &[T::Number], How::Rank),
    group("lists", &[T::Telling, T::Number], &[T::Numbered, T::Profile, T::Entry]),
    group("neighbours", &[T::Entry], &[T::Pair]),
    group("first of pairs", &[T::Profile, T::Pair], &[T::Half]),
    group("links", &[T::Profile, T::Half], &[T::Link, T::Strong]),
    graph("together", &[T::Strong], &[T::Component], How::Components),
    group("components", &[T::Numbered, T::Link, T::Component], &[T::Member, T::Held]),
    group("join", &[T::Member, T::Held], &[T::Event, T::Piece, T::Home, T::Placed]),
    group("denied places", &[T::Denied, T::Placed], &[T::Near]),
    group("denied events", &[T::Event, T::Near], &[T::Fit]),
    group("denials", &[T::Fit], &[T::Joins, T::Home]),
    group("repeats", &[T::Repeat, T::Home], &[T::Joins]),
    group("gather", &[T::Event, T::Joins], &[T::Gathered, T::Wanted, T::Changed]),
    group("totals", &[T::Total, T::Wanted, T::Changed], &[T::TotalOf]),
    group("build", &[T::Gathered, T::TotalOf], &[T::Built]),
    group("parts", &[T::Piece], &[T::Whole]),
    group("number", &[T::Built], &[T::Named]),
    group("wholes", &[T::Named, T::Whole], &[T::WholeId]),
    group("finish", &[T::Named, T::WholeId], &[T::Events, T::EventOf]),
    group("claims", &[T::Claimed, T::Changed, T::EventOf], &[T::Weighed]),
];
