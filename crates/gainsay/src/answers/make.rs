//! Making answers: all of a ledger weighed once, and written down by what it will be asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use gainsay_ledger::Ledger;
use gainsay_ledger::answers::{
    AnswerRows, AnswersFile, ClaimRow, DisputeRow, EventRow, HeldRow, QueueRow, ReportListRow,
};
use gainsay_model::{Date, Event, SourceView};
use gainsay_weigh::{Ask, Kept, Keys, Weighed, known_sieges, stands};
use serde::Serialize;

use super::lines::Lines;
use super::lists::{EventDot, ShortStand};
use super::pages::ReportLine;
use super::standing;
use super::{Answers, PRIVATE, RULES, Summary, months, path_of};
use crate::shelf::Shelf;
use crate::steps::Work;
use crate::veil::PrivateNames;
use crate::{Error, ask, keys};

/// The network of all sources holds so many of them.
const NETWORK: usize = 400;

/// Weighs a ledger and writes the answers over it beside it; where `tables` is set, also what the ledger itself keeps for
/// other programs, where that is older than its log. `watch` is told the name of each step when it is done.
///
/// # Errors
/// When the ledger cannot be read, or the answers cannot be written; those that were there are then still there.
pub fn make(ledger: &Path, tables: bool, watch: &mut dyn FnMut(&'static str)) -> Result<(), Error> {
    let (shelf, first, entry) = {
        let ledger = keys::read(ledger)?;
        // The entry is looked up first: what is added meanwhile makes the answers older than they say, never newer.
        let entry = ledger.head()?.seq;
        (Shelf::of(&ledger)?, first_hash(&ledger)?, entry)
    };
    watch("open");
    let weighed = shelf.weigh(None);
    watch("weigh");
    let work = Work::begin("answering", "events");
    let mut rows = AnswerRows::default();
    let mut gathered = Gathered::default();
    for (keys, kept) in weighed.kept() {
        gathered.note(&keys, &kept);
    }
    let disputed = weighed.disputes.iter().filter(|dispute| !dispute.revision);
    let disputed: BTreeSet<&str> = disputed.filter_map(|dispute| dispute.about.event.as_deref()).collect();
    rows.events = weighed
        .events
        .iter()
        .zip(weighed.steps())
        .map(|(event, steps)| {
            let mut row = gathered.events.remove(event.id.as_str()).unwrap_or_default();
            row.of[0].extend(event.place.iter().cloned());
            let steps: Vec<Step> = steps
                .into_iter()
                .map(|step| Step(step.day, step.killed[0], step.killed[1], step.killed[2], step.roots))
                .collect();
            EventRow {
                id: event.id.clone(),
                kind: event.kind.as_str(),
                days: event.time.start.zip(event.time.end).or(row.days),
                said: row.said,
                killed: event.killed.best.or(event.killed.high).or(event.killed.low).unwrap_or(0),
                roots: event.roots.len() as u64,
                disputed: disputed.contains(event.id.as_str()),
                of: row.of.map(|ids| ids.into_iter().collect()),
                json: json(event),
                steps: json(&steps),
                dot: json(&dot(&shelf, event)),
            }
        })
        .collect();
    rows.disputes = disputes(&weighed);
    watch("events");
    work.step("stands", 0.04);
    for stand in stands(&weighed) {
        rows.stands.push(HeldRow {
            place: stand.place.clone(),
            according_to: stand.according_to.clone(),
            from: Some(stand.from),
            to: stand.to,
            known_from: stand.known_from,
            known_to: stand.known_to,
            json: json(&stand),
            short: json(&ShortStand {
                claims: stand.claims.len(),
                place: stand.place,
                state: stand.state,
                holders: stand.holders,
                degree: stand.degree,
                since: stand.since,
                age_days: None,
            }),
            spoken: stand.spoken,
        });
    }
    watch("stands");
    work.step("sieges", 0.5);
    for known in known_sieges(&weighed) {
        rows.sieges.push(HeldRow {
            place: known.siege.place.clone(),
            according_to: known.according_to.clone(),
            from: known.siege.from,
            to: known.siege.to,
            known_from: known.known_from,
            known_to: known.known_to,
            json: json(&known),
            short: String::new(),
            spoken: Vec::new(),
        });
    }
    watch("sieges");
    work.step("queue", 0.54);
    let queue = crate::ask::queue(&shelf, &weighed);
    rows.queue = queue
        .iter()
        .map(|item| QueueRow {
            id: item.id.clone(),
            what: item.what.clone(),
            events: item.events.clone(),
            json: json(item),
        })
        .collect();
    watch("queue");
    work.step("network, private names, lines", 0.74);
    let views = weighed.sources.iter().map(|source| (source.id.as_str(), source));
    let views: BTreeMap<&str, &SourceView> = views.collect();
    let view = |id: &str| views.get(id).map(|view| (*view).clone());
    let citing = ask::citing(&weighed, &Ask::default(), NETWORK, &view);
    watch("network");
    rows.counts = counts(&shelf, &weighed);
    rows.reports = reports(ledger, &shelf)?;
    let Gathered { lines, places, parties, .. } = gathered;
    rows.lines = lines.rows(&shelf, &weighed);
    // Texts are looked through once.
    let before =
        Answers::open_made(ledger)?.map(|answers| answers.private_names()).transpose().unwrap_or_default();
    let private = PrivateNames::gather(ledger, &shelf, before)?;
    watch("private names");
    rows.made = vec![
        (PRIVATE.to_owned(), json(&private)),
        (RULES.to_owned(), json(&crate::veil::rules())),
        ("summary".to_owned(), json(&Summary::of(&shelf, &weighed, entry))),
        ("months".to_owned(), json(&months::months(&shelf, &weighed))),
        ("series".to_owned(), json(&ask::months(&weighed, &Ask::default()))),
        ("network".to_owned(), json(&citing)),
        ("changes".to_owned(), json(&changes(&rows.stands))),
        ("places".to_owned(), json(&places.iter().filter(|id| known_place(&shelf, id)).collect::<Vec<_>>())),
        (
            "parties".to_owned(),
            json(&parties.iter().filter(|id| known_actor(&shelf, id)).collect::<Vec<_>>()),
        ),
    ];
    rows.made.extend(standing::ties(&weighed));
    rows.made.extend(standing::figures(&weighed));
    watch("lines");
    work.step("write", 0.82);
    let claims = weighed.kept_as_said().map(|(keys, kept)| claim_row(keys, &kept));
    AnswersFile::write(&path_of(ledger), &first, entry, rows, claims)?;
    watch("write");
    drop(work);
    if tables {
        let mut file = keys::derive(ledger)?;
        if file.is_stale()? && file.head()?.seq == entry {
            file.write_derived(&shelf.derived_of(weighed))?;
        }
        file.close()?;
        watch("tables");
    }
    Ok(())
}

/// What a map shows of an event: where it lies first, if anywhere.
fn dot(shelf: &Shelf, event: &Event) -> EventDot {
    let place = event.place.iter().find_map(|id| shelf.words().gazetteer.place(id));
    EventDot {
        id: event.id.clone(),
        kind: event.kind,
        place: place.map(|place| place.id.clone()),
        lat: place.map_or(0.0, |place| place.lat),
        lon: place.map_or(0.0, |place| place.lon),
        from: event.time.start,
        to: event.time.end,
        roots: event.roots.len(),
    }
}

/// A step as written: day, low, best, high, roots.
#[derive(Serialize)]
struct Step(Date, Option<u64>, Option<u64>, Option<u64>, usize);

/// What is gathered of claims on the way.
#[derive(Default)]
struct Gathered {
    events: BTreeMap<String, EventKeys>,
    lines: Lines,
    places: BTreeSet<String>,
    parties: BTreeSet<String>,
}

/// By what an event is found.
#[derive(Default)]
struct EventKeys {
    of: [BTreeSet<String>; 4],
    said: Option<Date>,
    days: Option<(Date, Date)>,
}

impl Gathered {
    fn note(&mut self, keys: &Keys, kept: &Kept) {
        self.places
            .extend(keys.places.iter().filter(|id| !self.places.contains(*id)).cloned().collect::<Vec<_>>());
        self.parties.extend(
            keys.parties.iter().filter(|id| !self.parties.contains(*id)).cloned().collect::<Vec<_>>(),
        );
        self.lines.note(kept);
        let Some(event) = &keys.event else { return };
        let known = self.events.entry(event.clone()).or_default();
        for (set, ids) in
            known.of.iter_mut().zip([&keys.places, &keys.parties, &keys.sources, &keys.according_to])
        {
            set.extend(ids.iter().cloned());
        }
        known.said = match (known.said, keys.said) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        known.days = known.days.or(keys.days);
    }
}

fn claim_row(keys: Keys, kept: &Kept) -> ClaimRow {
    ClaimRow {
        id: keys.id,
        report: keys.report,
        event: keys.event,
        part_of: keys.part_of,
        kind: kept.kind().as_str(),
        said: keys.said,
        days: keys.days,
        of: [keys.places, keys.parties, keys.sources, keys.according_to],
        kept: postcard::to_allocvec(kept).expect("a kept claim is plain data"),
    }
}

fn disputes(weighed: &Weighed) -> Vec<DisputeRow> {
    let events: BTreeMap<&str, &Event> =
        weighed.events.iter().map(|event| (event.id.as_str(), event)).collect();
    let row = |dispute: &gainsay_model::Dispute| {
        let claims: Vec<String> = dispute.sides.iter().flat_map(|side| side.claims.iter().cloned()).collect();
        let mut of: [BTreeSet<String>; 4] = Default::default();
        let mut days: Option<(Date, Date)> = None;
        for keys in claims.iter().filter_map(|id| weighed.keys_of(id)) {
            for (set, ids) in of.iter_mut().zip([keys.places, keys.parties, keys.sources, keys.according_to])
            {
                set.extend(ids);
            }
            days = match (days, keys.days) {
                (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
                (a, b) => a.or(b),
            };
        }
        let event = dispute.about.event.as_deref().and_then(|id| events.get(id));
        let of_event = event.and_then(|event| event.time.start.zip(event.time.end));
        of[0].extend(dispute.about.place.iter().cloned());
        DisputeRow {
            id: dispute.id.clone(),
            kind: dispute.kind.as_str(),
            revision: dispute.revision,
            event: dispute.about.event.clone(),
            days: of_event.or(days),
            claims,
            of: of.map(|ids| ids.into_iter().collect()),
            json: json(dispute),
        }
    };
    weighed.disputes.iter().map(row).collect()
}

/// Of each place with all it contains, how many claims and events there are.
fn counts(shelf: &Shelf, weighed: &Weighed) -> Vec<(String, u64, u64)> {
    let gazetteer = &shelf.words().gazetteer;
    let mut around: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut all = |places: &[String]| -> BTreeSet<String> {
        let mut all = BTreeSet::new();
        for place in places {
            let outer = around.entry(place.clone()).or_insert_with(|| {
                let outer = gazetteer.ancestors(place).into_iter().map(|outer| outer.id.clone());
                outer.chain([place.clone()]).collect()
            });
            all.extend(outer.iter().cloned());
        }
        all
    };
    let mut counts: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    let mut of_events: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for keys in weighed.all_keys() {
        for place in all(&keys.places) {
            counts.entry(place).or_default().0 += 1;
        }
        if let Some(event) = keys.event {
            of_events.entry(event).or_default().extend(keys.places);
        }
    }
    for event in &weighed.events {
        let mut places = of_events.remove(&event.id).unwrap_or_default();
        places.extend(event.place.iter().cloned());
        for place in all(&places.into_iter().collect::<Vec<_>>()) {
            counts.entry(place).or_default().1 += 1;
        }
    }
    counts.into_iter().map(|(place, (claims, events))| (place, claims, events)).collect()
}

/// The reports, for lists.
fn reports(ledger: &Path, shelf: &Shelf) -> Result<Vec<ReportListRow>, Error> {
    let mut languages = keys::read(ledger)?.languages()?;
    let mut claims: BTreeMap<&str, u64> = BTreeMap::new();
    for claim in shelf.claims.iter().chain(&shelf.rejected) {
        *claims.entry(&claim.document).or_default() += 1;
    }
    let row = |head: &gainsay_weigh::ReportHead| {
        let language = languages.remove(&head.id);
        let line = ReportLine {
            id: head.id.clone(),
            title: head.title.clone(),
            publisher: head.publisher.clone(),
            published: head.published,
            language: language.clone(),
            claims: claims.get(head.id.as_str()).copied().unwrap_or(0),
        };
        let json = json(&line);
        let (id, said, publisher) = (head.id.clone(), head.published, head.publisher.clone());
        ReportListRow { id, said, publisher, language, json }
    };
    Ok(shelf.heads.iter().map(row).collect())
}

/// Days on which who holds some place changes, by all voices as known today.
fn changes(stands: &[HeldRow]) -> Vec<Date> {
    let now = stands.iter().filter(|row| row.according_to.is_none() && row.known_to.is_none());
    now.filter_map(|row| row.from).collect::<BTreeSet<Date>>().into_iter().collect()
}

fn known_place(shelf: &Shelf, id: &str) -> bool {
    shelf.words().gazetteer.place(id).is_some()
}

fn known_actor(shelf: &Shelf, id: &str) -> bool {
    shelf.words().lexicon.actors.contains_key(id)
}

/// The hash of the log's first entry: which ledger it is.
pub(super) fn first_hash(ledger: &Ledger) -> Result<String, Error> {
    Ok(ledger.log().next().transpose()?.map(|entry| entry.hash).unwrap_or_default())
}

pub(super) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("the model has only string keys")
}
