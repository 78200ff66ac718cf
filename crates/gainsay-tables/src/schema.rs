//! The columns of each table. Names are those of the JSON lines, and like them they may be added to, never renamed.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_schema::{DataType, Field, Fields, Schema, SchemaRef};

/// Version of the tables' format, as the metadata of every table says it (`gainsay:format`).
pub const FORMAT: u32 = 1;

/// Key of the metadata under which the version stands.
pub(crate) const FORMAT_KEY: &str = "gainsay:format";

/// Key of the metadata under which the table's name stands.
pub(crate) const TABLE_KEY: &str = "gainsay:table";

/// What a table has as its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// Reports with their texts.
    Reports,
    /// Claims as they were read.
    Claims,
    /// Claims with their report, and what weighing found of them; they are read as claims are.
    ClaimLines,
    /// Events.
    Events,
    /// Disputes and revisions.
    Disputes,
    /// Figures by source and under a policy.
    Tally,
    /// Who held a place from when to when.
    Holdings,
    /// Who holds a place on a day.
    Control,
    /// Sieges.
    Sieges,
    /// How two actors stand to each other.
    Ties,
    /// Sources.
    Sources,
    /// Actors that claims name.
    Actors,
    /// Places that claims name.
    Places,
    /// Figures of people who fled, are displaced, in need or besieged, by voice.
    Points,
    /// Ways into a place.
    Access,
}

impl Table {
    /// All of them, in the order the data flows.
    pub const ALL: &[Table] = &[
        Table::Reports,
        Table::Claims,
        Table::ClaimLines,
        Table::Events,
        Table::Disputes,
        Table::Tally,
        Table::Holdings,
        Table::Control,
        Table::Sieges,
        Table::Ties,
        Table::Sources,
        Table::Actors,
        Table::Places,
        Table::Points,
        Table::Access,
    ];

    /// The word that stands for it, as the metadata of a file says it.
    pub fn as_str(self) -> &'static str {
        match self {
            Table::Reports => "reports",
            Table::Claims | Table::ClaimLines => "claims",
            Table::Events => "events",
            Table::Disputes => "disputes",
            Table::Tally => "tally",
            Table::Holdings => "holdings",
            Table::Control => "control",
            Table::Sieges => "sieges",
            Table::Ties => "ties",
            Table::Sources => "sources",
            Table::Actors => "actors",
            Table::Places => "places",
            Table::Points => "points",
            Table::Access => "access",
        }
    }

    /// Its columns, with name and version of the format as metadata.
    ///
    /// Numbers are 64-bit with a sign, which every reader knows, also those without numbers without a sign.
    pub fn schema(self) -> SchemaRef {
        let fields = match self {
            Table::Reports => reports(),
            Table::Claims => claims(),
            Table::ClaimLines => claims().into_iter().chain(found()).collect(),
            Table::Events => events(),
            Table::Disputes => disputes(),
            Table::Tally => tally(),
            Table::Holdings => holdings(),
            Table::Control => control(),
            Table::Sieges => sieges(),
            Table::Ties => ties(),
            Table::Sources => sources(),
            Table::Actors => actors(),
            Table::Places => places(),
            Table::Points => points(),
            Table::Access => access(),
        };
        let metadata = [(TABLE_KEY, self.as_str().to_owned()), (FORMAT_KEY, FORMAT.to_string())];
        let metadata: HashMap<String, String> = metadata.map(|(key, value)| (key.to_owned(), value)).into();
        Arc::new(Schema::new(fields).with_metadata(metadata))
    }
}

/// A text that is always there.
pub(crate) fn text(name: &str) -> Field {
    Field::new(name, DataType::Utf8, false)
}

/// A text that may be unknown.
pub(crate) fn perhaps(name: &str) -> Field {
    Field::new(name, DataType::Utf8, true)
}

/// A whole number that is always there.
pub(crate) fn whole(name: &str) -> Field {
    Field::new(name, DataType::Int64, false)
}

fn figure(name: &str) -> Field {
    Field::new(name, DataType::Int64, true)
}

fn yes(name: &str) -> Field {
    Field::new(name, DataType::Boolean, false)
}

fn day(name: &str) -> Field {
    Field::new(name, DataType::Date32, true)
}

fn texts(name: &str) -> Field {
    list(name, text("item"))
}

fn list(name: &str, item: Field) -> Field {
    Field::new(name, DataType::List(Arc::new(item.with_name("item"))), false)
}

fn row(name: &str, fields: Vec<Field>) -> Field {
    Field::new(name, DataType::Struct(Fields::from(fields)), false)
}

fn rows(name: &str, fields: Vec<Field>) -> Field {
    list(name, row("item", fields))
}

fn interval(name: &str) -> Field {
    row(name, vec![day("start"), day("end")])
}

fn reports() -> Vec<Field> {
    vec![
        text("id"),
        text("text"),
        day("published"),
        perhaps("publisher"),
        perhaps("author"),
        perhaps("title"),
        perhaps("url"),
        perhaps("language"),
        texts("guessed"),
    ]
}

fn claims() -> Vec<Field> {
    // Below a row that may be missing nothing is always there: some libraries fill its parts with nulls.
    let fillers = |name| rows(name, vec![text("mention"), perhaps("name"), perhaps("id")]);
    let count = vec![perhaps("what"), figure("low"), figure("high"), perhaps("group"), perhaps("scope")];
    vec![
        text("id"),
        text("document"),
        text("kind"),
        rows("evidence", vec![whole("start"), whole("end"), text("exact")]),
        text("status"),
        fillers("actor"),
        fillers("target"),
        fillers("place"),
        interval("time").with_nullable(true),
        row("count", count).with_nullable(true),
        fillers("source"),
        perhaps("degree"),
        yes("unverified"),
        perhaps("means"),
        texts("cut"),
        perhaps("part_of"),
        text("reader"),
        rows("grounds", vec![text("slot"), whole("start"), whole("end"), text("rule")]),
    ]
}

/// What a claim has beside what was read.
fn found() -> Vec<Field> {
    vec![
        text("report"),
        perhaps("outlet"),
        day("published"),
        texts("roots"),
        texts("sides"),
        perhaps("event"),
        perhaps("decided"),
    ]
}

fn events() -> Vec<Field> {
    let toll = |name| row(name, vec![figure("low"), figure("best"), figure("high"), text("policy")]);
    vec![
        text("id"),
        text("kind"),
        texts("places"),
        interval("time"),
        texts("actors"),
        texts("targets"),
        toll("killed"),
        toll("injured"),
        texts("claims"),
        texts("roots"),
        row("grade", vec![text("occurrence"), text("attribution"), text("count")]),
        perhaps("part_of"),
    ]
}

fn disputes() -> Vec<Field> {
    let about = vec![
        perhaps("event"),
        perhaps("place"),
        texts("pair").with_nullable(true),
        perhaps("measure"),
        perhaps("group"),
    ];
    vec![
        text("id"),
        text("kind"),
        row("about", about),
        rows("sides", vec![text("value"), texts("sources"), texts("roots"), texts("claims")]),
        Field::new("spread", DataType::Float64, true),
        yes("revision"),
    ]
}

fn tally() -> Vec<Field> {
    let by_source =
        vec![text("source"), text("root"), text("side"), figure("low"), figure("high"), texts("claims")];
    vec![
        row("scope", vec![perhaps("place"), day("from"), day("to"), perhaps("event")]),
        text("measure"),
        text("group"),
        text("policy"),
        figure("low"),
        figure("best"),
        figure("high"),
        rows("by_source", by_source),
        text("rule"),
    ]
}

fn holdings() -> Vec<Field> {
    vec![
        text("place"),
        text("state"),
        texts("holders"),
        perhaps("degree"),
        day("from").with_nullable(false),
        day("to"),
        texts("claims"),
    ]
}

fn control() -> Vec<Field> {
    vec![
        text("place"),
        text("name"),
        day("at").with_nullable(false),
        day("known_by"),
        perhaps("according_to"),
        text("state"),
        texts("holders"),
        perhaps("degree"),
        day("since"),
        figure("age_days"),
        perhaps("inherited_from"),
        texts("claims"),
    ]
}

fn sieges() -> Vec<Field> {
    vec![
        text("place"),
        perhaps("target"),
        texts("besiegers"),
        day("from"),
        day("to"),
        texts("cut"),
        yes("disputed"),
        texts("claims"),
        rows("evidence", vec![text("cut"), texts("claims")]),
        texts("deliveries"),
    ]
}

fn ties() -> Vec<Field> {
    vec![
        text("a"),
        text("b"),
        text("tie"),
        day("from"),
        day("to"),
        texts("according_to"),
        text("status"),
        texts("claims"),
    ]
}

fn sources() -> Vec<Field> {
    vec![
        text("id"),
        text("name"),
        text("kind"),
        text("side"),
        perhaps("belongs_to"),
        texts("cites"),
        texts("cited_by"),
        texts("reposts"),
        list("circular", texts("item")),
        list("copies", texts("item")),
        whole("reports"),
        whole("claims"),
        text("letter"),
    ]
}

fn actors() -> Vec<Field> {
    vec![
        text("id"),
        text("name"),
        text("kind"),
        text("side"),
        perhaps("part_of"),
        texts("history"),
        texts("mentions"),
        whole("as_actor"),
        whole("as_target"),
        whole("claims"),
    ]
}

fn places() -> Vec<Field> {
    vec![
        text("id"),
        text("name"),
        text("kind"),
        perhaps("parent"),
        perhaps("pcode"),
        Field::new("lat", DataType::Float64, true),
        Field::new("lon", DataType::Float64, true),
        texts("mentions"),
        whole("claims"),
    ]
}

fn points() -> Vec<Field> {
    vec![
        texts("place"),
        day("from"),
        day("to"),
        text("what"),
        figure("low"),
        figure("high"),
        text("group"),
        text("root"),
        text("side"),
        yes("unverified"),
        texts("claims"),
        text("measure"),
    ]
}

fn access() -> Vec<Field> {
    let hands = vec![text("place"), text("state"), texts("holders"), figure("age_days"), texts("claims")];
    vec![
        text("place"),
        day("at").with_nullable(false),
        day("known_by"),
        text("way"),
        text("name"),
        text("kind"),
        text("from"),
        text("state"),
        rows("hands", hands),
        texts("cut_by"),
        texts("besieged_by"),
        texts("deliveries"),
    ]
}
