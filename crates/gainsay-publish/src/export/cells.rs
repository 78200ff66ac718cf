//! Rows of typed cells, a table a noun: what CSV and the layers of a GeoPackage are made of.

use gainsay_model::{Date, Filler, Toll};

use super::Noun;
use super::input::Export;
use super::place;

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Null,
    /// Text.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A number.
    Real(f64),
    /// Yes or no.
    Yes(bool),
    /// A day.
    Day(Date),
}

/// Of what type a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Text.
    Text,
    /// Whole numbers.
    Whole,
    /// Numbers.
    Real,
    /// Yes or no.
    Yes,
    /// Days.
    Day,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        if text.is_empty() { Cell::Null } else { Cell::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        if text.is_empty() { Cell::Null } else { Cell::Text(text) }
    }
}

impl<'t> From<&'t String> for Cell {
    fn from(text: &'t String) -> Cell {
        Cell::from(text.as_str())
    }
}

impl From<bool> for Cell {
    fn from(yes: bool) -> Cell {
        Cell::Yes(yes)
    }
}

impl From<u64> for Cell {
    fn from(number: u64) -> Cell {
        Cell::Whole(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Cell {
        Cell::from(number as u64)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Cell {
        Cell::Real(number)
    }
}

impl From<Date> for Cell {
    fn from(day: Date) -> Cell {
        Cell::Day(day)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Cell {
        value.map_or(Cell::Null, Into::into)
    }
}

impl std::fmt::Display for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Cell::Null => Ok(()),
            Cell::Text(text) => f.write_str(text),
            Cell::Whole(number) => write!(f, "{number}"),
            Cell::Real(number) => write!(f, "{number}"),
            Cell::Yes(yes) => write!(f, "{yes}"),
            Cell::Day(day) => write!(f, "{day}"),
        }
    }
}

/// The rows of a noun, one after the other, under its columns.
pub(super) fn rows(export: &Export, noun: Noun, each: &mut dyn FnMut(Vec<Cell>)) {
    match noun {
        Noun::Reports => reports(export, each),
        Noun::Claims => claims(export, each),
        Noun::Events => events(export, each),
        Noun::Disputes => disputes(export, each),
        Noun::Sources => sources(export, each),
        Noun::Tally => tally(export, each),
        Noun::Holdings => holdings(export, each),
        Noun::Sieges => sieges(export, each),
        Noun::Ties => ties(export, each),
    }
}

/// Ids, parted by semicolons.
fn ids<S: AsRef<str>>(ids: &[S]) -> Cell {
    Cell::from(ids.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join(";"))
}

/// What fills a slot: names, and ids in the same places.
fn fillers(all: &[Filler]) -> [Cell; 2] {
    let names: Vec<&str> = all.iter().map(Filler::name).collect();
    let known = all.iter().any(|filler| filler.id().is_some());
    let own: Vec<&str> = all.iter().map(|filler| filler.id().unwrap_or_default()).collect();
    [Cell::from(names.join("; ")), if known { ids(&own) } else { Cell::Null }]
}

/// Latitude and longitude of the first of these places that is known.
fn lat_lon(export: &Export, places: &[String]) -> [Cell; 2] {
    let point = place::spot(export, places).map(|spot| spot.point);
    [Cell::from(point.map(|point| point.1)), Cell::from(point.map(|point| point.0))]
}

fn reports(export: &Export, each: &mut dyn FnMut(Vec<Cell>)) {
    let mut claims: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for said in &export.claims {
        *claims.entry(said.report.as_str()).or_default() += 1;
    }
    for one in &export.reports {
        let report = &one.report;
        let guessed: Vec<String> =
            report.guessed.iter().map(|field| format!("{field:?}").to_lowercase()).collect();
        each(vec![
            (&report.id).into(),
            report.title.as_ref().into(),
            report.publisher.as_ref().into(),
            report.author.as_ref().into(),
            report.published.into(),
            report.url.as_ref().into(),
            report.language.as_ref().into(),
            ids(&guessed),
            one.characters.into(),
            claims.get(report.id.as_str()).copied().unwrap_or(0).into(),
            (&one.text_sha256).into(),
            (&one.raw_sha256).into(),
            one.raw_size.into(),
            (&one.added_at).into(),
            (&one.added_by).into(),
        ]);
    }
}

fn claims(export: &Export, each: &mut dyn FnMut(Vec<Cell>)) {
    for said in &export.claims {
        let claim = &said.claim;
        let places: Vec<String> =
            claim.place.iter().filter_map(|filler| filler.id()).map(str::to_owned).collect();
        let count = claim.count.as_ref();
        let ([actor, actor_id], [target, target_id]) = (fillers(&claim.actor), fillers(&claim.target));
        let ([place, place_id], [source, source_id]) = (fillers(&claim.place), fillers(&claim.source));
        let [lat, lon] = lat_lon(export, &places);
        let cut: Vec<&str> = claim.cut.iter().map(|cut| cut.as_str()).collect();
        let quotes: Vec<&str> = claim.evidence.iter().map(|evidence| evidence.exact.as_str()).collect();
        each(vec![
            (&claim.id).into(),
            (&said.report).into(),
            said.outlet.as_ref().into(),
            said.published.into(),
            claim.kind.as_str().into(),
            claim.status.as_str().into(),
            claim.unverified.into(),
            actor,
            actor_id,
            target,
            target_id,
            place,
            place_id,
            lat,
            lon,
            claim.time.and_then(|time| time.start).into(),
            claim.time.and_then(|time| time.end).into(),
            count.map(|count| count.what.as_str()).into(),
            count.and_then(|count| count.low).into(),
            count.and_then(|count| count.high).into(),
            count.and_then(|count| count.group).map(|group| group.as_str()).into(),
            count.and_then(|count| count.scope).map(|scope| scope.as_str()).into(),
            source,
            source_id,
            claim.degree.map(|degree| degree.as_str()).into(),
            claim.means.as_ref().into(),
            ids(&cut),
            claim.part_of.as_ref().into(),
            ids(&said.roots),
            said.event.as_ref().into(),
            said.decided.as_ref().into(),
            (&claim.reader).into(),
            claim.evidence.first().map(|evidence| evidence.start).into(),
            claim.evidence.first().map(|evidence| evidence.end).into(),
            quotes.join(" … ").into(),
        ]);
    }
}

/// Low, best and high.
pub(super) fn toll(toll: &Toll) -> [Cell; 3] {
    [toll.low.into(), toll.best.into(), toll.high.into()]
}

fn events(export: &Export, each: &mut dyn FnMut(Vec<Cell>)) {
    let index = super::input::Index::of(export, &[]);
    let mut disputed: std::collections::BTreeMap<&str, Vec<&str>> = std::collections::BTreeMap::new();
    for dispute in export.disputes.iter().filter(|dispute| !dispute.revision) {
        if let Some(event) = &dispute.about.event {
            disputed.entry(event).or_default().push(dispute.kind.as_str());
        }
    }
    for event in &export.events {
        let spot = place::spot(export, &event.place);
        let name =
            |place: Option<&gainsay_lexicon::Place>| Cell::from(place.map(|place| place.name.as_str()));
        let said: Vec<Date> = index.behind(&event.claims).filter_map(|said| said.published).collect();
        let [lat, lon] = lat_lon(export, &event.place);
        let ([killed_low, killed_best, killed_high], [injured_low, injured_best, injured_high]) =
            (toll(&event.killed), toll(&event.injured));
        let mut kinds = disputed.remove(event.id.as_str()).unwrap_or_default();
        kinds.dedup();
        each(vec![
            (&event.id).into(),
            event.kind.as_str().into(),
            event.time.start.into(),
            event.time.end.into(),
            ids(&event.place),
            export.names(&event.place).into(),
            lat,
            lon,
            name(spot.as_ref().and_then(|spot| spot.adm2)),
            name(spot.as_ref().and_then(|spot| spot.adm1)),
            name(spot.as_ref().and_then(|spot| spot.country)),
            ids(&event.actors),
            export.names(&event.actors).into(),
            ids(&event.targets),
            export.names(&event.targets).into(),
            killed_low,
            killed_best,
            killed_high,
            injured_low,
            injured_best,
            injured_high,
            (&event.killed.policy).into(),
            event.roots.len().into(),
            ids(&event.roots),
            event.claims.len().into(),
            said.iter().min().copied().into(),
            said.iter().max().copied().into(),
            (&event.grade.occurrence).into(),
            (&event.grade.attribution).into(),
            (&event.grade.count).into(),
            ids(&kinds),
            event.part_of.as_ref().into(),
        ]);
    }
}

fn disputes(export: &Export, each: &mut dyn FnMut(Vec<Cell>)) {
    for dispute in &export.disputes {
        let about = &dispute.about;
        for (at, side) in dispute.sides.iter().enumerate() {
            each(vec![
                (&dispute.id).into(),
                dispute.kind.as_str().into(),
                dispute.revision.into(),
                about.event.as_ref().into(),
                about.place.as_ref().into(),
                about.pair.as_ref().map_or(Cell::Null, |pair| ids(pair)),
                about.measure.map(|measure| measure.as_str()).into(),
                about.group.as_ref().into(),
                dispute.spread.into(),
                (at + 1).into(),
                (&side.value).into(),
                ids(&side.sources),
                ids(&side.roots),
                ids(&side.claims),
            ]);
        }
    }
}

fn sources(export: &Export, each: &mut dyn FnMut(Vec<Cell>)) {
    let groups = |groups: &[Vec<String>]| {
        Cell::from(groups.iter().map(|group| group.join(" ")).collect::<Vec<_>>().join(";"))
    };
    for source in &export.sources {
        each(vec![
            (&source.id).into(),
            (&source.name).into(),
            (&source.kind).into(),
            (&source.side).into(),
            source.belongs_to.as_ref().into(),
            (&source.letter).into(),
            source.reports.into(),
            source.claims.into(),
            ids(&source.cites),
            ids(&source.cited_by),
            ids(&source.reposts),
            groups(&source.circular),
            groups(&source.copies),
        ]);
    }
}

fn tally(export: &Export, each: &mut dyn FnMut(Vec<Cell>)) {
    for tally in &export.tallies {
        let head = || -> Vec<Cell> {
            vec![
                tally.scope.event.as_ref().into(),
                tally.scope.place.as_ref().into(),
                tally.scope.from.into(),
                tally.scope.to.into(),
                tally.measure.as_str().into(),
                (&tally.group).into(),
                (&tally.policy).into(),
            ]
        };
        let all: Vec<&String> = tally.by_source.iter().flat_map(|voice| &voice.claims).collect();
        let sum: Vec<Cell> = vec![
            "all".into(),
            Cell::Null,
            Cell::Null,
            tally.low.into(),
            tally.best.into(),
            tally.high.into(),
            (&tally.rule).into(),
            ids(&all),
        ];
        each([head(), sum].concat());
        for voice in &tally.by_source {
            let own: Vec<Cell> = vec![
                (&voice.root).into(),
                (&voice.source).into(),
                (&voice.side).into(),
                voice.low.into(),
                Cell::Null,
                voice.high.into(),
                Cell::Null,
                ids(&voice.claims),
            ];
            each([head(), own].concat());
        }
    }
}

/// The side that all of these are on; `several` where they are on several, `unknown` where nobody is known.
pub(super) fn side_of(export: &Export, holders: &[String]) -> &'static str {
    let mut sides: Vec<&str> =
        holders.iter().map(|id| export.words.lexicon.side(id).unwrap_or("unknown")).collect();
    sides.sort_unstable();
    sides.dedup();
    match sides.as_slice() {
        [] => "unknown",
        [one] => crate::brief::sides::of(one).id,
        _ => "several",
    }
}

fn holdings(export: &Export, each: &mut dyn FnMut(Vec<Cell>)) {
    for holding in &export.holdings {
        let [lat, lon] = lat_lon(export, std::slice::from_ref(&holding.place));
        each(vec![
            (&holding.place).into(),
            export.name(&holding.place).into(),
            lat,
            lon,
            holding.state.as_str().into(),
            ids(&holding.holders),
            export.names(&holding.holders).into(),
            side_of(export, &holding.holders).into(),
            holding.degree.map(|degree| degree.as_str()).into(),
            holding.from.into(),
            holding.to.into(),
            ids(&holding.claims),
        ]);
    }
}

fn sieges(export: &Export, each: &mut dyn FnMut(Vec<Cell>)) {
    for siege in &export.sieges {
        let [lat, lon] = lat_lon(export, std::slice::from_ref(&siege.place));
        let cut: Vec<&str> = siege.cut.iter().map(|cut| cut.as_str()).collect();
        each(vec![
            (&siege.place).into(),
            export.name(&siege.place).into(),
            lat,
            lon,
            siege.target.as_ref().into(),
            ids(&siege.besiegers),
            export.names(&siege.besiegers).into(),
            siege.from.into(),
            siege.to.into(),
            ids(&cut),
            siege.disputed.into(),
            ids(&siege.deliveries),
            ids(&siege.claims),
        ]);
    }
}

fn ties(export: &Export, each: &mut dyn FnMut(Vec<Cell>)) {
    for tie in &export.ties {
        each(vec![
            (&tie.a).into(),
            export.name(&tie.a).into(),
            (&tie.b).into(),
            export.name(&tie.b).into(),
            format!("{:?}", tie.tie).to_lowercase().into(),
            tie.from.into(),
            tie.to.into(),
            tie.status.as_str().into(),
            ids(&tie.according_to),
            ids(&tie.claims),
        ]);
    }
}
