//! Rows that stages hand on: a table, a key, and what it says, as bytes of `postcard`.

use gainsay_model::{Claim, Date, EntityId, Event, Evidence, Grade, Interval, Kind, Toll};
use serde::{Deserialize, Serialize};

use crate::kept::Kept;
use crate::link::Linked;
use crate::roots::{Said, Voice};

macro_rules! tables {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// The tables, by what a row of each is and by what it is keyed.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Table { $($(#[$doc])* $name,)* }

        impl Table {
            /// All of them.
            pub const ALL: &[Table] = &[$(Table::$name,)*];

            /// Its name.
            pub fn as_str(self) -> &'static str {
                match self { $(Table::$name => $text,)* }
            }

            /// The table of this name, if any.
            pub fn parse(name: &str) -> Option<Table> {
                match name { $($text => Some(Table::$name),)* _ => None }
            }
        }
    };
}

tables! {
    /// A report's head, by its id.
    Report = "report",
    /// A claim, by its report.
    Claim = "claim",
    /// A claim with ids in place of names as its report alone tells them, by its report.
    Linked = "linked",
    /// A name nobody knows: a wording, its slot, the governorate of its report; by the id made of its letters.
    Name = "name",
    /// A name that counts as another, by its id.
    Renamed = "renamed",
    /// A claim linked, by its report.
    Spoken = "spoken",
    /// A report as it is compared with others, by the hash of its text.
    Page = "page",
    /// Who published a report, whom it credits, and its day; by its place in the order of reports.
    Head = "head",
    /// A report whose text is the first of its hash, by its place.
    Text = "text",
    /// A report's place, by a hash of its sketch.
    Sketch = "sketch",
    /// Two reports that share such a hash, by the places of both.
    Alike = "alike",
    /// The least place of all that hang together by such hashes, by a report's place.
    AlikeAs = "alike_as",
    /// A report's page, by that least place.
    Family = "family",
    /// The place of the report whose text a report carries, which may be a copy too; by its own place.
    Copied = "copied",
    /// A report's place and how many passages it has, by each of them.
    Passage = "passage",
    /// A passage shared with an earlier report, by the later one's place.
    Shared = "shared",
    /// A copy's place, by its original's.
    CopyOf = "copy_of",
    /// A copy's original, by the copy's id.
    Original = "original",
    /// A claim and who stands behind it as its report alone tells it, by what it states.
    Voiced = "voiced",
    /// A claim and who stands behind it, by the report whose text it stands in.
    Said = "said",
    /// What a report tells of one happening, by its place in the order of tellings.
    Telling = "telling",
    /// A telling's number, eight bytes, by its place.
    Number = "number",
    /// A claim as it is when nothing more is found of it, by its id.
    Claimed = "claimed",
    /// A denial that says where, by a kind family and a place.
    Denied = "denied",
    /// A claim that repeats another, by that one's id.
    Repeat = "repeat",
    /// Of whom and of what a claim's figure is, by its id.
    Total = "total",
    /// A telling, by its number.
    Numbered = "numbered",
    /// What a telling is compared by, by its number.
    Profile = "profile",
    /// A telling's place in a list, by the list and a stretch of days.
    Entry = "entry",
    /// Two tellings to compare, by the first.
    Pair = "pair",
    /// Two tellings to compare with the profile of the first, by the second.
    Half = "half",
    /// Two tellings that may be one event, by the first.
    Link = "link",
    /// Two tellings that are likely one event, by both.
    Strong = "strong",
    /// The first of all tellings that hang together by such links, by a telling.
    Component = "component",
    /// A telling of a component, by the component's first.
    Member = "member",
    /// A link of a component, by the component's first.
    Held = "held",
    /// An event, by its component and first telling.
    Event = "event",
    /// What an event's parts and wholes are found by, by governorate and kind family.
    Piece = "piece",
    /// The event of a claim, by the claim.
    Home = "home",
    /// Where and when a telling is, by a kind family and a place.
    Placed = "placed",
    /// A denial, by an event that it may deny.
    Near = "near",
    /// An event and how well a denial fits it, by the denial.
    Fit = "fit",
    /// A denial or a repeated claim, by the event it is of.
    Joins = "joins",
    /// An event with all its claims, by its place.
    Gathered = "gathered",
    /// An event that has a part of a total which it has not, by the total's claim.
    Wanted = "wanted",
    /// Whose soldiers a claim's figure is of, by the claim.
    Changed = "changed",
    /// A total that an event has a part of, by the event.
    TotalOf = "total_of",
    /// An event as it is told but for its number, by its id.
    Built = "built",
    /// An event's part, by the whole.
    Whole = "whole",
    /// An event with its id, by its place.
    Named = "named",
    /// The id of an event's whole, by the part.
    WholeId = "whole_id",
    /// Events, by id.
    Events = "events",
    /// The event of each claim that is about one, by the claim.
    EventOf = "event_of",
    /// Every claim as weighed, by id.
    Weighed = "weighed",
}

/// One row of a table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// By what it is brought together with others.
    pub key: Vec<u8>,
    /// The table it is of.
    pub of: Table,
    /// What it says.
    pub row: Vec<u8>,
}

/// What is wrong with rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StageError {
    /// No step of this name.
    Step(String),
    /// Bytes that are no row of their table.
    Row(String),
}

impl std::fmt::Display for StageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            StageError::Step(step) => write!(f, "no step {step:?}: see the plan"),
            StageError::Row(what) => write!(f, "a row of another version of gainsay, or none at all: {what}"),
        }
    }
}

impl std::error::Error for StageError {}

/// A row.
pub(crate) fn row(of: Table, key: impl AsRef<[u8]>, what: &impl Serialize) -> Row {
    // Only types that say how long they are before they are written fail here, and rows have none.
    let row = postcard::to_allocvec(what).unwrap_or_default();
    Row { key: key.as_ref().to_vec(), of, row }
}

/// What a row says.
pub(crate) fn get<'r, T: Deserialize<'r>>(row: &'r Row) -> Result<T, StageError> {
    read(&row.row).map_err(|_| StageError::Row(row.of.as_str().into()))
}

/// What bytes in a row say.
pub(crate) fn read<'r, T: Deserialize<'r>>(bytes: &'r [u8]) -> Result<T, StageError> {
    postcard::from_bytes(bytes).map_err(|error| StageError::Row(error.to_string()))
}

/// A key that is a text.
pub(crate) fn own(key: &[u8]) -> Result<String, StageError> {
    String::from_utf8(key.to_vec()).map_err(|_| StageError::Row("a key that is no text".into()))
}

/// What all rows of a table say.
pub(crate) fn all<'r, T: Deserialize<'r>>(rows: &'r [Row], table: Table) -> Result<Vec<T>, StageError> {
    rows.iter().filter(|row| row.of == table).map(get).collect()
}

/// Rows brought together by their keys; rows are sorted.
pub(crate) trait Piles {
    /// Those of each key, sorted by table.
    fn piles(&self) -> impl Iterator<Item = &[Row]>;
    /// The first of a table.
    fn one(&self, table: Table) -> Option<&Row>;
    /// Those of a table.
    fn of(&self, table: Table) -> &[Row];
}

impl Piles for [Row] {
    fn piles(&self) -> impl Iterator<Item = &[Row]> {
        self.chunk_by(|a, b| a.key == b.key)
    }

    fn one(&self, table: Table) -> Option<&Row> {
        self.of(table).first()
    }

    fn of(&self, table: Table) -> &[Row] {
        let from = self.partition_point(|row| row.of < table);
        let to = self.partition_point(|row| row.of <= table);
        &self[from..to]
    }
}

/// Rows that a step gives.
#[derive(Default)]
pub(crate) struct Out {
    rows: Vec<Row>,
}

impl Out {
    /// One more.
    pub(crate) fn put(&mut self, of: Table, key: impl AsRef<[u8]>, what: &impl Serialize) {
        self.rows.push(row(of, key, what));
    }

    /// One more that says these bytes.
    pub(crate) fn raw(&mut self, of: Table, key: impl AsRef<[u8]>, row: impl AsRef<[u8]>) {
        self.rows.push(Row { key: key.as_ref().to_vec(), of, row: row.as_ref().to_vec() });
    }

    pub(crate) fn rows(self) -> Vec<Row> {
        self.rows
    }
}

/// A claim as it is carried from stage to stage.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Carried {
    pub(crate) kept: Kept,
    evidence: Vec<Evidence>,
    /// The day that its report's text bears.
    pub(crate) dated: Option<Date>,
}

impl Carried {
    /// A claim of which nothing was found yet.
    pub(crate) fn new(claim: &Claim) -> Carried {
        let link = Linked {
            claim,
            outlet: EntityId::new(),
            credited: None,
            said: None,
            when: None,
            actors: Vec::new(),
            targets: Vec::new(),
            places: Vec::new(),
            home: false,
            sources: Vec::new(),
            group: String::new(),
            figure: None,
        };
        Carried::linked(link, None, None)
    }

    /// A linked claim with the day that its report's text bears and the governorate that it tells most of.
    pub(crate) fn linked(link: Linked, dated: Option<Date>, told_of: Option<EntityId>) -> Carried {
        Carried::of(&Said { link, voice: Voice::default(), first: None }, dated, told_of)
    }

    /// A claim and its voice.
    pub(crate) fn of(said: &Said, dated: Option<Date>, told_of: Option<EntityId>) -> Carried {
        let evidence = said.link.claim.evidence.clone();
        Carried { kept: Kept::of(said, None, told_of), evidence, dated }
    }

    /// The claim.
    pub(crate) fn claim(&self) -> Claim {
        Claim { evidence: self.evidence.clone(), ..self.kept.claim() }
    }
}

/// An event, for a row: every part is written, so that none is missed.
pub(crate) type EventRow = (
    (String, Kind, Vec<EntityId>, Interval),
    (Vec<EntityId>, Vec<EntityId>),
    (Toll, Toll),
    (Vec<String>, Vec<EntityId>),
    (Grade, Option<String>),
);

/// An event as a row has it.
pub(crate) fn event_row(event: &Event) -> EventRow {
    let event = event.clone();
    (
        (event.id, event.kind, event.place, event.time),
        (event.actors, event.targets),
        (event.killed, event.injured),
        (event.claims, event.roots),
        (event.grade, event.part_of),
    )
}

/// The event of a row.
pub(crate) fn event_of(row: EventRow) -> Event {
    let ((id, kind, place, time), (actors, targets), (killed, injured), (claims, roots), (grade, part_of)) =
        row;
    Event { id, kind, place, time, actors, targets, killed, injured, claims, roots, grade, part_of }
}
