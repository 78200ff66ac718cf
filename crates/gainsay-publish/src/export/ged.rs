//! UCDP GED: 49 columns, an event of organised violence with a death a row (Sundberg and Melander 2013, J. Peace
//! Research 50(4); columns as in the CSV of version 23.1).
//!
//! A row is armed force by an organised actor that cost at least one life, in the least, best or greatest figure, at a
//! place that the gazetteer knows. What fails one of these is left out and counted in the loss report. Ids of UCDP's
//! own (conflicts, dyads, actors) are left empty; names follow UCDP's where `data/export/actors.tsv` has them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use gainsay_model::{Date, Event, Scope};
use sha2::{Digest, Sha256};

use super::codes::Codes;
use super::deaths::{self, Dead};
use super::input::{Export, Index, Said};
use super::loss::{Became, Loss};
use super::place::{self, Spot, priogrid};
use super::sides::{self, Class, Party};
use crate::csv::{Table, number};

/// The columns, in UCDP's order.
pub const COLUMNS: [&str; 49] = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
];

/// Deaths that a dyad must pass in a year to be active (UCDP definitions).
const ACTIVE: u64 = 25;

/// Writes the table.
///
/// # Errors
/// Those of `out`.
pub fn write(export: &Export, out: &mut dyn Write, loss: &mut Loss) -> io::Result<()> {
    let index = Index::of(export, &export.tallies);
    let codes = Codes::get();
    let force = |event: &Event| codes.force.get(&event.kind).copied().unwrap_or(false);
    let dead = |event: &Event| deaths::all(event, index.tallies(&event.id));
    let counted = deaths::counted_elsewhere(&export.events, &|event| force(event) && dead(event).any());
    let mut rows: Vec<Row> = Vec::new();
    for event in &export.events {
        let mut left = |why: &str| loss.dropped("events", "*", 1, why);
        if !dead(event).any() {
            left("no death is told of: GED takes events with at least one");
        } else if !force(event) {
            left("no use of armed force: GED takes nothing else");
        } else if counted.contains(event.id.as_str()) {
            left("part of an event that has a row: its dead are counted there");
        } else {
            match Row::of(export, &index, event, dead(event)) {
                Ok(row) => rows.push(row),
                Err(why) => left(why),
            }
        }
    }
    let ids = ids(rows.iter().map(|row| row.event.id.as_str()));
    let mut years: BTreeMap<(i16, String), u64> = BTreeMap::new();
    for row in &rows {
        *years.entry((row.first.year(), row.dyad())).or_default() += row.best();
    }
    let mut table = Table::new(&COLUMNS);
    for (row, id) in rows.iter().zip(ids) {
        let active = years[&(row.first.year(), row.dyad())] >= ACTIVE;
        table.row(row.cells(export, &index, id, active));
    }
    lost(export, &index, &rows, loss);
    loss.wrote("events", rows.len());
    out.write_all(table.into_text().as_bytes())
}

/// Numbers for ids that are words: the first six bytes of their SHA-256, so that every program holds them exactly and an
/// event has the same one in every export. Of two that would share one the second takes the next.
pub(super) fn ids<'i>(of: impl Iterator<Item = &'i str>) -> Vec<u64> {
    let mut taken: BTreeSet<u64> = BTreeSet::new();
    of.map(|id| {
        let digest = Sha256::digest(id.as_bytes());
        let mut own = digest.iter().take(6).fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
        while !taken.insert(own) {
            own += 1;
        }
        own
    })
    .collect()
}

/// UCDP's `date_prec`: 1 the day, 2 two to six days, 3 a week, 4 a month, 5 a year.
pub(super) fn date_prec(first: Date, last: Date) -> u8 {
    match crate::brief::phrase::days_between(first, last) + 1 {
        ..=1 => 1,
        2..=6 => 2,
        7 => 3,
        8..=31 => 4,
        _ => 5,
    }
}

/// An event as a row.
struct Row<'e> {
    event: &'e Event,
    claims: Vec<&'e Said>,
    spot: Spot<'e>,
    first: Date,
    last: Date,
    violence: u8,
    a: Party,
    b: Option<Party>,
    further: usize,
    dead: Dead,
    /// Best figures of side a, side b, civilians, and whom nobody tells apart.
    by_side: [u64; 4],
    /// Where the parts come to more than the best figure for all: what their greatest figures come to.
    raised: Option<u64>,
}

impl<'e> Row<'e> {
    /// The row of an event with deaths; an error says why GED takes none.
    fn of(
        export: &'e Export,
        index: &Index<'e>,
        event: &'e Event,
        dead: Dead,
    ) -> Result<Row<'e>, &'static str> {
        let claims: Vec<&Said> = index.behind(&event.claims).collect();
        let spot = place::spot(export, &event.place)
            .ok_or("no place that the gazetteer knows: GED takes none without")?;
        let days = (event.time.start.or(event.time.end)).zip(event.time.end.or(event.time.start));
        let (first, last) = days.ok_or("no day is told: GED takes none without")?;
        let sides = sides::of(export, event, &claims);
        let a = sides.a.ok_or("nobody organised is said to have done it: GED takes no event without")?;
        let (violence, a, b) = match sides.b {
            Some(b) if a.class == Class::State || b.class == Class::State => match a.class {
                Class::State => (1, a, Some(b)),
                Class::Group => (1, b, Some(a)),
            },
            Some(b) => (2, a, Some(b)),
            None if sides.civilians => (3, a, None),
            None => return Err("no second side is named, and the dead are not said to be civilians"),
        };
        let tallies = index.tallies(&event.id);
        let of_a = deaths::of_side(export, tallies, Some(&a), b.as_ref()).unwrap_or(0);
        let of_b = deaths::of_side(export, tallies, b.as_ref(), Some(&a)).unwrap_or(0);
        let civilians = deaths::group(tallies, "civilians");
        let mut civil = civilians.best.or(civilians.low).unwrap_or(0);
        let told = dead.best.or(dead.low).unwrap_or(0);
        let parts = of_a.saturating_add(of_b).saturating_add(civil);
        let mut unknown = told.saturating_sub(parts);
        if violence == 3 && parts == 0 {
            // One-sided violence is against civilians by its definition.
            (civil, unknown) = (told, 0);
        }
        let most = [Some(&a), b.as_ref()]
            .into_iter()
            .map(|party| deaths::most_of_side(export, tallies, party).unwrap_or(0))
            .chain([civilians.high.or(civilians.best).unwrap_or(0)])
            .fold(0, u64::saturating_add);
        let by_side = [of_a, of_b, civil, unknown];
        Ok(Row {
            event,
            claims,
            spot,
            first,
            last,
            violence,
            a,
            b,
            further: sides.further,
            dead,
            by_side,
            raised: (parts > told).then_some(most),
        })
    }

    fn side_b(&self) -> String {
        self.b.as_ref().map_or_else(|| "Civilians".to_owned(), |party| party.ged_name.clone())
    }

    fn dyad(&self) -> String {
        format!("{} - {}", self.a.ged_name, self.side_b())
    }

    fn best(&self) -> u64 {
        self.by_side.iter().fold(0, |sum: u64, dead| sum.saturating_add(*dead))
    }

    /// 2 where the sources had added up already: a running total, or happenings that have rows of their own.
    fn clarity(&self) -> u8 {
        let running =
            |said: &Said| said.claim.count.as_ref().and_then(|count| count.scope) == Some(Scope::Cumulative);
        if self.claims.iter().any(|said| running(said)) || date_prec(self.first, self.last) > 3 {
            2
        } else {
            1
        }
    }

    fn cells(&self, export: &Export, index: &Index, id: u64, active: bool) -> Vec<String> {
        let documents = index.documents(&self.event.claims);
        let each = |of: &dyn Fn(&gainsay_model::Report) -> String| {
            documents.iter().map(|one| flat(&of(&one.report))).collect::<Vec<_>>().join(";")
        };
        let publisher = |report: &gainsay_model::Report| report.publisher.clone().unwrap_or_default();
        let title = |report: &gainsay_model::Report| report.title.clone().unwrap_or_default();
        let article = |report: &gainsay_model::Report| {
            format!("\"{},{},{}\"", publisher(report), number(report.published), title(report))
        };
        let elsewhere: Vec<&str> = self
            .event
            .place
            .iter()
            .filter(|id| **id != self.spot.place.id)
            .map(|id| export.name(id))
            .collect();
        let described = match elsewhere.is_empty() {
            true => String::new(),
            false => format!("also {}", elsewhere.join(", ")),
        };
        let (lon, lat) = self.spot.point;
        let best = self.best();
        let confirmed = !self.claims.is_empty()
            && self.claims.iter().all(|said| said.decided.as_deref() == Some("confirmed"));
        let name = |place: Option<&gainsay_lexicon::Place>| {
            place.map(|place| place.name.clone()).unwrap_or_default()
        };
        let codes = self.spot.codes;
        let gw = |party: Option<&Party>| number(party.and_then(Party::codes).and_then(|country| country.gw));
        let country = codes.map(|codes| codes.ged_name.to_owned()).unwrap_or_else(|| name(self.spot.country));
        let conflict = match (self.violence, self.a.codes()) {
            (1, Some(state)) => format!("{}: Government", state.ged_name),
            _ => self.dyad(),
        };
        vec![
            id.to_string(),
            self.event.id.clone(),
            self.first.year().to_string(),
            u8::from(active).to_string(),
            if confirmed { "Clear" } else { "Check" }.to_owned(),
            self.violence.to_string(),
            String::new(),
            String::new(),
            conflict,
            String::new(),
            String::new(),
            self.dyad(),
            String::new(),
            String::new(),
            self.a.ged_name.clone(),
            String::new(),
            String::new(),
            self.side_b(),
            documents.len().to_string(),
            each(&article),
            each(&publisher),
            each(&|report| number(report.published)),
            each(&title),
            export.names(&self.event.roots),
            self.spot.precision.ged.to_string(),
            self.spot.place.name.clone(),
            described,
            name(self.spot.adm1),
            name(self.spot.adm2),
            format!("{lat:.6}"),
            format!("{lon:.6}"),
            format!("POINT ({lon:.6} {lat:.6})"),
            priogrid(lon, lat).to_string(),
            country,
            number(codes.and_then(|codes| codes.gw)),
            codes.map(|codes| codes.ged_region.to_owned()).unwrap_or_default(),
            self.clarity().to_string(),
            date_prec(self.first, self.last).to_string(),
            format!("{} 00:00:00.000", self.first),
            format!("{} 00:00:00.000", self.last),
            self.by_side[0].to_string(),
            self.by_side[1].to_string(),
            self.by_side[2].to_string(),
            self.by_side[3].to_string(),
            best.to_string(),
            self.dead.high.unwrap_or(0).max(best).max(self.raised.unwrap_or(0)).to_string(),
            self.dead.low.unwrap_or(0).min(best).to_string(),
            gw(Some(&self.a)),
            gw(self.b.as_ref()),
        ]
    }
}

/// One line, whatever the text.
pub(super) fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn lost(export: &Export, index: &Index, rows: &[Row], loss: &mut Loss) {
    let claims = || rows.iter().flat_map(|row| &row.claims);
    behind(export, claims().copied(), "GED", loss);
    let sum = |of: &dyn Fn(&Row) -> usize| rows.iter().map(of).sum::<usize>();
    let injured = |row: &Row| usize::from(row.event.injured.best.or(row.event.injured.high).is_some());
    loss.dropped("events", "injured", sum(&injured), "GED counts the dead alone");
    loss.dropped(
        "events",
        "actors",
        sum(&|row| row.further),
        "parties beyond two: a row has side a and side b",
    );
    loss.dropped("events", "grade", sum(&|row| grades(row.event)), "GED has no grades");
    loss.dropped(
        "events",
        "places",
        sum(&|row| row.event.place.len().saturating_sub(1)),
        "one place a row; further ones are words in where_description",
    );
    loss.note(
        "events",
        "killed",
        Became::Replaced,
        sum(&|row| usize::from(row.raised.is_some())),
        "the dead by side come to more than the best figure for all: best is their sum, as GED has it",
    );
    loss.note(
        "events",
        "killed",
        Became::Replaced,
        sum(&|row| usize::from(row.dead.best.is_none())),
        "no best figure: the least stands in its place, 0 where there is none",
    );
    let rounded = rows.iter().filter(|row| date_prec(row.first, row.last) > 1).count();
    loss.note("events", "time", Became::Rounded, rounded, "a span of days: date_prec says how long");
    let crossing = rows.iter().filter(|row| row.first.year() != row.last.year()).count();
    loss.note("events", "time", Became::Merged, crossing, "spans two years: the row stands under the first");
    let voices = sum(&|row| row.event.roots.len());
    let reports = sum(&|row| index.documents(&row.event.claims).len());
    loss.note(
        "events",
        "roots",
        Became::Merged,
        voices,
        &format!("number_of_sources counts reports ({reports}), not independent voices"),
    );
    loss.dropped(
        "events",
        "conflict and dyad ids",
        rows.len(),
        "UCDP's own ids are not known: match by name",
    );
}

fn grades(event: &Event) -> usize {
    [&event.grade.occurrence, &event.grade.attribution, &event.grade.count]
        .iter()
        .filter(|grade| !grade.is_empty())
        .count()
}

/// What formats of events alone lose of the claims behind their rows, and of the claims behind none.
pub(super) fn behind<'s>(
    export: &Export,
    claims: impl Iterator<Item = &'s Said>,
    format: &str,
    loss: &mut Loss,
) {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let (mut status, mut unverified, mut chains, mut quotes, mut counts) = (0, 0, 0, 0, 0);
    for said in claims.filter(|said| seen.insert(said.claim.id.as_str())) {
        let claim = &said.claim;
        status += usize::from(claim.status != gainsay_model::Status::Asserted);
        unverified += usize::from(claim.unverified);
        chains += usize::from(claim.source.len() > 1);
        quotes += claim.evidence.len();
        let harmed = [gainsay_model::Measure::Killed, gainsay_model::Measure::Injured];
        counts += usize::from(claim.count.as_ref().is_some_and(|count| !harmed.contains(&count.what)));
    }
    loss.dropped(
        "claims",
        "status",
        status,
        &format!("denied, possible or intended: {format} has no status"),
    );
    loss.dropped(
        "claims",
        "unverified",
        unverified,
        &format!("said to be unconfirmed: {format} has no word for it"),
    );
    loss.dropped(
        "claims",
        "source",
        chains,
        &format!("who quotes whom: {format} names sources side by side"),
    );
    loss.dropped(
        "claims",
        "evidence",
        quotes,
        &format!("the words that each value was read from: {format} has no place for them"),
    );
    loss.dropped(
        "claims",
        "count",
        counts,
        &format!("counts of other things than dead and wounded: no column in {format}"),
    );
    let others = export.claims.iter().filter(|said| !seen.contains(said.claim.id.as_str())).count();
    loss.dropped("claims", "*", others, &format!("behind no row of {format}"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_have_ucdps_precision() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        for (last, prec) in [
            ("2014-06-03", 1),
            ("2014-06-04", 2),
            ("2014-06-08", 2),
            ("2014-06-09", 3),
            ("2014-06-10", 4),
            ("2014-07-03", 4),
            ("2014-07-04", 5),
        ] {
            assert_eq!(date_prec(day("2014-06-03"), day(last)), prec, "{last}");
        }
    }

    #[test]
    fn numbers_for_ids_are_stable_and_apart() {
        let all = ids(["a", "b", "a"].into_iter());
        // SHA-256 of "a" begins ca978112ca1b.
        assert_eq!(all[0], 0xca97_8112_ca1b);
        assert_eq!(all[2], all[0] + 1);
        assert!(all.iter().all(|id| *id < 1 << 53), "a number that JavaScript and Excel hold");
    }
}
