//! ACLED: 31 columns, an event at a place on a day a row.
//!
//! The codebook's rules, as far as they bind: one number of dead, the lowest that is told ("dozens" 12, "hundreds" 100,
//! an unsaid number 3 or 10, nothing told 0); fighting that goes on for days is a row for each, its dead divided and the
//! remainder on the first; a day known within a week or a month is its middle one, with `time_precision` 2 or 3, and
//! nothing vaguer is written; no event of a whole country; a place changes hands only where it stays in the new ones for
//! more than one day, and of several captures within a week only the last.

use std::io::{self, Write};

use gainsay_model::{Date, Event, HoldingState, Kind, Status};
use jiff::ToSpan;

use super::codes::{AcledEvent, Codes};
use super::deaths;
use super::ged::{behind, flat, ids};
use super::input::{Export, Index, Said};
use super::loss::{Became, Loss};
use super::place::{self, Spot};
use super::sides::{self, Class, Party, Sides};
use crate::brief::phrase::days_between;
use crate::csv::{Table, number};

/// The columns, in ACLED's order.
pub const COLUMNS: [&str; 31] = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
];

/// Dead where people are said to have been killed and no word says how many (codebook: "3 or 10").
const UNSAID: u64 = 3;

/// So many quotes at most stand in the notes.
const QUOTES: usize = 2;

/// Writes the table.
///
/// # Errors
/// Those of `out`.
pub fn write(export: &Export, out: &mut dyn Write, loss: &mut Loss) -> io::Result<()> {
    let index = Index::of(export, &export.acled);
    let mut coded: Vec<Coded> = Vec::new();
    for event in &export.events {
        match Coded::of(export, &index, event) {
            Ok(one) => coded.push(one),
            Err(why) => loss.dropped("events", "*", 1, why),
        }
    }
    let written: std::collections::BTreeSet<&str> = coded.iter().map(|one| one.event.id.as_str()).collect();
    let counted = deaths::counted_elsewhere(&export.events, &|event| {
        written.contains(event.id.as_str())
            && coded.iter().any(|one| one.event.id == event.id && one.dead > 0)
    });
    let counted: Vec<usize> = (0..coded.len())
        .filter(|at| counted.contains(coded[*at].event.id.as_str()) && coded[*at].dead > 0)
        .collect();
    for at in &counted {
        coded[*at].dead = 0;
    }
    loss.note(
        "events",
        "killed",
        Became::Replaced,
        counted.len(),
        "0 in rows of events whose dead a larger event's rows count",
    );
    let fell: Vec<bool> = (0..coded.len()).map(|at| is_overtaken(at, &coded)).collect();
    let mut days: Vec<(usize, Date, u64)> = Vec::new();
    for (at, one) in coded.iter().enumerate() {
        days.extend(one.days().into_iter().map(|(day, dead)| (at, day, dead)));
    }
    let keys: Vec<String> =
        days.iter().map(|(at, day, _)| format!("{}@{day}", coded[*at].event.id)).collect();
    let numbers = ids(keys.iter().map(String::as_str));
    let mut table = Table::new(&COLUMNS);
    for ((at, day, dead), id) in days.iter().zip(numbers) {
        table.row(coded[*at].cells(export, &index, *day, *dead, id, fell[*at]));
    }
    lost(export, &coded, &days, &fell, loss);
    loss.wrote("events", coded.len());
    loss.wrote("rows", days.len());
    out.write_all(table.into_text().as_bytes())
}

/// An event in ACLED's terms.
struct Coded<'e> {
    event: &'e Event,
    claims: Vec<&'e Said>,
    spot: Spot<'e>,
    geo: u8,
    kind: AcledEvent,
    sides: Sides,
    first: Date,
    last: Date,
    dead: u64,
    /// The number stands for words that give none.
    vague: bool,
}

impl<'e> Coded<'e> {
    /// An event; an error says why ACLED records none.
    fn of(export: &'e Export, index: &Index<'e>, event: &'e Event) -> Result<Coded<'e>, &'static str> {
        let claims: Vec<&Said> = index.behind(&event.claims).collect();
        let happened = claims
            .iter()
            .any(|said| said.claim.status == Status::Asserted && said.claim.kind != Kind::Control);
        if !happened {
            return Err("nobody asserts that it happened: ACLED records what did");
        }
        let sides = sides::of(export, event, &claims);
        let alone = sides.civilians && sides.b.is_none();
        let spot = place::spot(export, &event.place)
            .ok_or("no place that the gazetteer knows: ACLED records none without")?;
        let home = |party: &Party| {
            party.class == Class::State && party.country == spot.country.map(|place| place.id.as_str())
        };
        let arrest = event.kind == Kind::Detention && sides.a.as_ref().is_some_and(home);
        let victim = if arrest {
            "arrest"
        } else if alone {
            "civilians"
        } else {
            ""
        };
        let means = claims.iter().find_map(|said| said.claim.means.as_deref()).unwrap_or_default();
        let kind =
            Codes::get().acled(event.kind, means, victim).ok_or("of a kind that ACLED does not record")?;
        let geo = spot.precision.acled.ok_or("told of a whole country: ACLED records no such event")?;
        let days = (event.time.start.or(event.time.end)).zip(event.time.end.or(event.time.start));
        let (first, last) = days.ok_or("no day is told: ACLED records none without")?;
        if days_between(first, last) > 30 {
            return Err("known within more than a month: ACLED records nothing vaguer");
        }
        let told = deaths::all(event, index.tallies(&event.id));
        let told = told.best.or(told.low).filter(|_| told.any());
        let vague = told.is_none().then(|| unsaid(&claims)).flatten();
        Ok(Coded {
            kind: held(export, event, &sides, &spot, kind, first),
            dead: told.or(vague).unwrap_or(0),
            vague: vague.is_some(),
            event,
            claims,
            spot,
            geo,
            sides,
            first,
            last,
        })
    }

    /// How many days the event is known within.
    fn length(&self) -> i64 {
        days_between(self.first, self.last) + 1
    }

    /// Whether each of its days is a row.
    fn is_daily(&self) -> bool {
        self.kind.daily && (2..=7).contains(&self.length())
    }

    /// Its days, each with its dead.
    fn days(&self) -> Vec<(Date, u64)> {
        let length = u64::try_from(self.length()).unwrap_or(1).max(1);
        let after = |days: u64| self.first.saturating_add(i64::try_from(days).unwrap_or(0).days());
        if !self.is_daily() {
            return vec![(after((length - 1) / 2), self.dead)];
        }
        let (each, rest) = (self.dead / length, self.dead % length);
        (0..length).map(|day| (after(day), each + if day == 0 { rest } else { 0 })).collect()
    }

    fn precision(&self) -> u8 {
        match self.length() {
            ..=1 => 1,
            _ if self.is_daily() => 1,
            2..=7 => 2,
            _ => 3,
        }
    }

    fn cells(
        &self,
        export: &Export,
        index: &Index,
        day: Date,
        dead: u64,
        id: u64,
        fell: bool,
    ) -> Vec<String> {
        let documents = index.documents(&self.event.claims);
        let country = self.spot.country.map(|place| place.name.clone()).unwrap_or_default();
        let codes = self.spot.codes;
        let alone = self.sides.civilians && self.sides.b.is_none();
        let inter = |party: &Party| match (party.class, party.country) {
            // Forces of a state on another's ground.
            (Class::State, Some(own)) if Some(own) != self.spot.country.map(|place| place.id.as_str()) => {
                "External/Other forces"
            }
            _ => sides::inter(export, &party.id).unwrap_or("External/Other forces"),
        };
        let unknown = || (format!("Unidentified Armed Group ({country})"), "Political militia");
        let known = |party: &Party| (export.name(&party.id).to_owned(), inter(party));
        let (actor1, inter1) = self.sides.a.as_ref().map_or_else(unknown, known);
        let (actor2, inter2) = match &self.sides.b {
            Some(party) => known(party),
            None if alone => (format!("Civilians ({country})"), "Civilians"),
            None => (String::new(), ""),
        };
        let among = |ids: &[String], own: Option<&Party>| {
            let others = ids.iter().filter(|id| {
                export.words.lexicon.actor(id).is_some()
                    && [&self.sides.a, &self.sides.b].into_iter().flatten().all(|party| party.id != **id)
            });
            let others: Vec<&str> = others.filter(|_| own.is_some()).map(|id| export.name(id)).collect();
            others.join("; ")
        };
        let interaction = match inter2 {
            "" => format!("{inter1} only"),
            other => format!("{inter1}-{other}"),
        };
        let mut publishers: Vec<&str> =
            documents.iter().filter_map(|one| one.report.publisher.as_deref()).collect();
        publishers.sort_unstable();
        publishers.dedup();
        let name = |place: Option<&gainsay_lexicon::Place>| {
            place.map(|place| place.name.clone()).unwrap_or_default()
        };
        let (lon, lat) = self.spot.point;
        let changed = documents.iter().filter_map(|one| one.report.published).max();
        let seconds = changed.map(|day| days_between(Date::constant(1970, 1, 1), day) * 86_400);
        let (event, sub_event) =
            if fell { ("Battles", "Armed clash") } else { (self.kind.event, self.kind.sub_event) };
        vec![
            format!("{}{id}", codes.map_or("XXX", |codes| codes.iso3)),
            day.to_string(),
            day.year().to_string(),
            self.precision().to_string(),
            self.kind.disorder.to_owned(),
            event.to_owned(),
            sub_event.to_owned(),
            actor1,
            among(&self.event.actors, self.sides.a.as_ref()),
            inter1.to_owned(),
            actor2,
            among(&self.event.targets, self.sides.b.as_ref()),
            inter2.to_owned(),
            interaction,
            if alone && self.kind.disorder == "Political violence" { "Civilian targeting" } else { "" }
                .to_owned(),
            number(codes.map(|codes| codes.iso)),
            codes.map(|codes| codes.acled_region.to_owned()).unwrap_or_default(),
            country,
            name(self.spot.adm1),
            name(self.spot.adm2),
            String::new(),
            self.spot.place.name.clone(),
            format!("{lat:.4}"),
            format!("{lon:.4}"),
            self.geo.to_string(),
            publishers.join("; "),
            scale(export, self),
            self.notes(day),
            dead.to_string(),
            format!("gainsay={}", self.event.id),
            number(seconds),
        ]
    }

    /// What is told, in the reports' words.
    fn notes(&self, day: Date) -> String {
        let when = match self.precision() {
            1 => format!("On {day}"),
            _ => format!("Between {} and {}", self.first, self.last),
        };
        let mut seen = std::collections::BTreeSet::new();
        let quotes = self.claims.iter().filter_map(|said| {
            let words = flat(&said.claim.evidence.first()?.exact);
            let quote = format!(
                "“{words}” ({}, {})",
                said.outlet.as_deref().unwrap_or("no outlet"),
                number(said.published)
            );
            seen.insert(words).then_some(quote)
        });
        let quotes: Vec<String> = quotes.take(QUOTES).collect();
        let more = self.claims.len().saturating_sub(quotes.len());
        let more = if more > 0 { format!(" {more} more claims.") } else { String::new() };
        format!("{when}: {}.{more}", quotes.join("; "))
    }
}

/// Whether a capture is followed by another of the same place by the same party, on the same day or within a week: it is
/// a clash then.
fn is_overtaken(at: usize, all: &[Coded]) -> bool {
    let takes = |one: &Coded| {
        matches!(one.kind.sub_event, "Government regains territory" | "Non-state actor overtakes territory")
    };
    let own = &all[at];
    let again = |(other_at, other): (usize, &Coded)| {
        let later = days_between(own.first, other.first);
        takes(other)
            && ((1..=7).contains(&later) || (later == 0 && other_at > at))
            && other.spot.place.id == own.spot.place.id
            && other.sides.a.as_ref().map(|party| &party.top) == own.sides.a.as_ref().map(|party| &party.top)
    };
    takes(own) && all.iter().enumerate().any(again)
}

/// A capture in ACLED's terms: whose it is, and whether it lasted.
fn held(
    export: &Export,
    event: &Event,
    sides: &Sides,
    spot: &Spot,
    kind: &AcledEvent,
    day: Date,
) -> AcledEvent {
    if event.kind != Kind::Capture {
        return kind.clone();
    }
    let clash = AcledEvent { sub_event: "Armed clash", ..kind.clone() };
    let Some(taker) = &sides.a else { return clash };
    let top = |id: &str| sides::party(export, id, false).map(|party| party.top);
    let theirs_on = |day: Date| {
        export.holdings.iter().any(|holding| {
            let theirs =
                holding.holders.len() == 1 && top(&holding.holders[0]).as_deref() == Some(taker.top.as_str());
            let sure = matches!(holding.state, HoldingState::Held | HoldingState::Claimed);
            let then = holding.from <= day && holding.to.is_none_or(|to| to >= day);
            theirs && sure && then && holding.place == spot.place.id
        })
    };
    // A day after the capture they still hold it, and the day before they did not.
    if !theirs_on(day.saturating_add(1.days())) || theirs_on(day.saturating_sub(1.days())) {
        return clash;
    }
    match taker.class {
        Class::Group => kind.clone(),
        Class::State if taker.country == spot.country.map(|place| place.id.as_str()) => {
            AcledEvent { sub_event: "Government regains territory", ..kind.clone() }
        }
        Class::State => clash,
    }
}

/// The number for words that give none: people were killed, and nobody says how many.
fn unsaid(claims: &[&Said]) -> Option<u64> {
    let killed = claims.iter().filter(|said| {
        let claim = &said.claim;
        let wounded = |rule: &str| ["wound", "injur", "hurt", "maim"].iter().any(|word| rule.contains(word));
        claim.kind == Kind::Casualties
            && claim.status == Status::Asserted
            && claim.count.is_none()
            && claim.grounds.iter().any(|ground| {
                ground.slot == gainsay_model::Slot::Kind
                    && ground.rule.starts_with("frame.casualties.")
                    && !wounded(&ground.rule)
            })
    });
    let number = |said: &Said| {
        let words: String =
            said.claim.evidence.iter().map(|evidence| evidence.exact.to_lowercase() + " ").collect();
        let found = Codes::get().vague.iter().find(|(word, _)| {
            words.split(|c: char| !c.is_alphanumeric()).any(|own| own == *word)
                || (word.contains(' ') && words.contains(word))
        });
        found.map_or(UNSAID, |(_, dead)| *dead)
    };
    killed.map(|said| number(said)).min()
}

/// Where the sources speak from: at home, abroad, or nobody's newsroom.
fn scale(export: &Export, coded: &Coded) -> String {
    let home = coded.spot.country.map(|place| place.id.as_str());
    let scales: std::collections::BTreeSet<(u8, &str)> = coded
        .event
        .roots
        .iter()
        .map(|root| match export.words.lexicon.source(root) {
            Some(source)
                if matches!(
                    source.kind.as_str(),
                    "agency" | "newspaper" | "broadcaster" | "site" | "ministry"
                ) =>
            {
                if source.country.as_deref() == home {
                    (1, "National")
                } else {
                    (2, "International")
                }
            }
            _ => (0, "Other"),
        })
        .collect();
    scales.into_iter().map(|(_, scale)| scale).collect::<Vec<_>>().join("-")
}

fn lost(export: &Export, coded: &[Coded], days: &[(usize, Date, u64)], fell: &[bool], loss: &mut Loss) {
    behind(export, coded.iter().flat_map(|one| one.claims.iter().copied()), "ACLED", loss);
    let count = |of: &dyn Fn(&Coded) -> usize| coded.iter().map(of).sum::<usize>();
    let injured = |one: &Coded| usize::from(one.event.injured.best.or(one.event.injured.high).is_some());
    loss.dropped("events", "injured", count(&injured), "ACLED counts the dead alone");
    let range = |one: &Coded| usize::from(one.event.killed.high.is_some_and(|high| high > one.dead));
    loss.note(
        "events",
        "killed",
        Became::Merged,
        count(&range),
        "one number: the lowest told; higher ones are left out",
    );
    loss.note(
        "events",
        "killed",
        Became::Replaced,
        count(&|one| usize::from(one.vague)),
        "people were killed, nobody says how many: 3 or 10",
    );
    loss.dropped(
        "events",
        "actors",
        count(&|one| one.sides.further),
        "parties beyond two stand beside as associated actors",
    );
    let unnamed = count(&|one| usize::from(one.sides.a.is_none()));
    loss.note(
        "events",
        "actors",
        Became::Replaced,
        unnamed,
        "nobody known did it: an unidentified armed group",
    );
    loss.dropped("events", "grade", coded.len(), "ACLED has no grades");
    loss.note(
        "events",
        "roots",
        Became::Merged,
        count(&|one| one.event.roots.len()),
        "outlets are named, not the independent voices behind them",
    );
    loss.dropped(
        "events",
        "places",
        count(&|one| one.event.place.len().saturating_sub(1)),
        "one place a row",
    );
    let imprecise = coded.iter().filter(|one| one.precision() > 1).count();
    loss.note(
        "events",
        "time",
        Became::Rounded,
        imprecise,
        "a day known within a week or a month is its middle one",
    );
    let daily: std::collections::BTreeSet<usize> =
        days.iter().map(|(at, _, _)| *at).filter(|at| coded[*at].is_daily()).collect();
    loss.note(
        "events",
        "killed",
        Became::Rounded,
        daily.len(),
        "fighting of several days: the dead are divided among them",
    );
    let captures = coded.iter().zip(fell).filter(|(one, fell)| {
        one.event.kind == Kind::Capture && (**fell || one.kind.sub_event == "Armed clash")
    });
    loss.note("events", "kind", Became::Replaced, captures.count(), "captures by nobody known, that did not last more than one day, or before the last within a week: armed clashes");
    loss.dropped(
        "disputes",
        "*",
        export.disputes.iter().filter(|dispute| !dispute.revision).count(),
        "ACLED keeps one version",
    );
}
