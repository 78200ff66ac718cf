//! What an export is made of, taken out of a weighed ledger, and veiled as a whole before any writer sees it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use gainsay_ledger::{Action, Ledger};
use gainsay_model::{EntityId, Event, Measure, Policy, Tally};
use gainsay_publish::export::{Decided, Document, Export, Format, Noun, Reading, Said};
use gainsay_publish::regions::Regions;
use gainsay_weigh::{Ask, Weighed, event_tallies, slug};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::Wanted;
use crate::shelf::Shelf;
use crate::steps::Work;
use crate::veil::{PrivateNames, Veil};
use crate::{Error, ask, keys};

/// An export, and when the ledger was last changed.
pub(super) struct Gathered {
    pub export: Export<'static>,
    /// RFC 3339, UTC.
    pub at: String,
}

/// Lays the veil over nouns; leaves them where names are shown.
struct Cover(Option<Veil>);

impl Cover {
    fn each<T: Serialize + DeserializeOwned>(&self, all: Vec<T>) -> Result<Vec<T>, Error> {
        all.into_iter().map(|one| self.one(one)).collect()
    }

    fn one<T: Serialize + DeserializeOwned>(&self, one: T) -> Result<T, Error> {
        let Some(veil) = &self.0 else { return Ok(one) };
        let mut value = to_value(&one)?;
        veil.json(&mut value);
        from_value(value)
    }

    /// Somebody who works with the ledger.
    fn account(&self, name: String) -> String {
        self.0.as_ref().map_or(name.clone(), |veil| veil.person(&name, "Account"))
    }
}

fn to_value(of: &impl Serialize) -> Result<Value, Error> {
    serde_json::to_value(of)
        .map_err(|error| Error::wrong(format!("what is exported cannot be written: {error}")))
}

fn from_value<T: DeserializeOwned>(value: Value) -> Result<T, Error> {
    serde_json::from_value(value)
        .map_err(|error| Error::wrong(format!("what is exported cannot be veiled: {error}")))
}

/// Everything that the format asks for.
pub(super) fn gather(
    path: &Path,
    shelf: &Shelf,
    weighed: &Weighed,
    asked: &Ask,
    wanted: &Wanted,
    nouns: &[Noun],
) -> Result<Gathered, Error> {
    let work = Work::begin("exporting", "names");
    let ledger = keys::read(path)?;
    // Names that are shown need no salt, places that are called by their regions do.
    let salt = match wanted.salt {
        _ if wanted.show_names && wanted.region.is_none() => String::new(),
        Some(salt) => keys::chosen(salt)?,
        None => keys::pseudonyms(path)?,
    };
    let hidden = match wanted.show_names {
        true => None,
        false => Some(PrivateNames::gather(path, shelf, None)?),
    };
    let pseudonyms = hidden.as_ref().map(PrivateNames::len);
    let cover = Cover(hidden.as_ref().map(|names| Veil::new(names, &salt)));
    work.step("figures", 0.5);
    // What is weighed is as known by then already.
    let period = Ask { known_by: None, ..asked.clone() };
    let policy = wanted.format.own_policy().or(wanted.policy).unwrap_or(Policy::Ucdp);
    let mut events = ask::events(weighed, &period);
    let ids: BTreeSet<&str> = events.iter().map(|event| event.id.as_str()).collect();
    let of_events = |policy| -> Vec<Tally> {
        let all = event_tallies(weighed, policy);
        all.into_iter()
            .filter(|tally| tally.scope.event.as_deref().is_some_and(|id| ids.contains(id)))
            .collect()
    };
    let mut tallies = of_events(policy);
    let acled = if wanted.format == Format::Acled { of_events(Policy::Acled) } else { Vec::new() };
    if policy != Policy::Ucdp {
        under(policy, &mut events, &tallies);
    }
    if nouns.contains(&Noun::Tally) {
        let sums = ask::tally(weighed, &period, policy, None, None);
        tallies.extend(sums.into_iter().filter(|tally| tally.scope.event.is_none()));
    }
    let disputes = ask::disputes(weighed, &period);
    let last = shelf.heads.iter().filter_map(|head| head.published).max();
    let at = wanted.at.or(asked.to).or(asked.known_by).or(last);
    let always = Ask { from: None, to: None, ..period.clone() };
    let controls = at.map(|day| ask::control(weighed, &always, day)).unwrap_or_default();

    let mut claims = said(shelf, weighed, asked)?;
    if nouns != [Noun::Claims] {
        // Every figure leads to its claims, also to those that were not asked for.
        let known: BTreeSet<String> = claims.iter().map(|said| said.claim.id.clone()).collect();
        let sides = disputes.iter().flat_map(|dispute| &dispute.sides).flat_map(|side| &side.claims);
        let cited: BTreeSet<&String> = events.iter().flat_map(|event| &event.claims).chain(sides).collect();
        if cited.iter().any(|id| !known.contains(*id)) {
            let all = said(shelf, weighed, &Ask::default())?;
            claims.extend(
                all.into_iter()
                    .filter(|said| cited.contains(&said.claim.id) && !known.contains(&said.claim.id)),
            );
        }
    }
    work.step("reports", 0.7);
    // A whole text names finer places than the export may.
    let texts = wanted.format.holds_texts() && wanted.region.is_none();
    let unknown: Vec<String> = match wanted.region {
        Some(_) => crate::brief::unknown_places(shelf.words(), claims.iter().map(|said| &said.claim)),
        None => Vec::new(),
    };
    let (reports, claims) = documents(&ledger, shelf, &cover, claims, asked, texts)?;
    let covered: BTreeSet<&str> = reports.iter().map(|one| one.report.id.as_str()).collect();
    let (readings, decisions) = match wanted.format == Format::Prov {
        true => (readings(&ledger, &cover, &covered)?, decisions(shelf, &cover)?),
        false => (Vec::new(), Vec::new()),
    };
    drop(covered);
    let holdings = ask::holdings(weighed, &period);
    let sieges = ask::sieges(weighed, &period);
    let ties = ask::ties(weighed, &period, &[], &[]);
    let sources = ask::sources(weighed, &period);
    let mut named: BTreeSet<EntityId> = BTreeSet::new();
    for event in &events {
        named.extend(
            event.place.iter().chain(&event.actors).chain(&event.targets).chain(&event.roots).cloned(),
        );
    }
    named.extend(disputes.iter().flat_map(crate::named::of_dispute).map(str::to_owned));
    named.extend(holdings.iter().flat_map(|one| one.holders.iter().chain([&one.place])).cloned());
    named.extend(controls.iter().flat_map(|one| one.holders.iter().chain([&one.place])).cloned());
    named.extend(sieges.iter().flat_map(|one| one.besiegers.iter().chain([&one.place])).cloned());
    named.extend(ties.iter().flat_map(|tie| [&tie.a, &tie.b]).cloned());
    named.extend(sources.iter().map(|source| source.id.clone()));
    let mut export = Export {
        words: shelf.words(),
        names: names(shelf, weighed, &cover, named)?,
        at,
        known_by: asked.known_by,
        policy,
        coarsen_km: wanted.coarsen_km,
        pseudonyms,
        reports,
        claims,
        events: cover.each(events)?,
        disputes: cover.each(disputes)?,
        sources: cover.each(sources)?,
        tallies: cover.each(tallies)?,
        acled: cover.each(acled)?,
        holdings: cover.each(holdings)?,
        controls: cover.each(controls)?,
        sieges: cover.each(sieges)?,
        ties: cover.each(ties)?,
        readings,
        decisions,
    };
    if let Some(region) = wanted.region {
        let regions = Regions::new(export.words, region, &salt, unknown.iter().map(String::as_str));
        coarsen(&mut export, &regions)?;
    }
    // In the order of what they are called now: the order of hidden ids would tell something of them.
    export.events.sort_by(|a, b| a.id.cmp(&b.id));
    export.disputes.sort_by(|a, b| a.id.cmp(&b.id));
    export.sources.sort_by(|a, b| a.id.cmp(&b.id));
    export.claims.sort_by(|a, b| a.report.cmp(&b.report));
    export.holdings.sort_by(|a, b| a.place.cmp(&b.place));
    export.controls.sort_by(|a, b| a.place.cmp(&b.place));
    export.sieges.sort_by(|a, b| a.place.cmp(&b.place));
    export.ties.sort_by(|a, b| (&a.a, &a.b).cmp(&(&b.a, &b.b)));
    let head = ledger.head()?;
    let at = ledger.entry(head.seq)?.map(|entry| entry.at.to_string()).unwrap_or_default();
    Ok(Gathered { export, at })
}

/// Calls places by their regions in all that is exported.
fn coarsen(export: &mut Export, regions: &Regions) -> Result<(), Error> {
    fn each<T: Serialize + DeserializeOwned>(all: &mut T, regions: &Regions) -> Result<(), Error> {
        let mut value = to_value(all)?;
        regions.json(&mut value);
        *all = from_value(value)?;
        Ok(())
    }
    each(&mut export.names, regions)?;
    each(&mut export.reports, regions)?;
    each(&mut export.claims, regions)?;
    each(&mut export.events, regions)?;
    each(&mut export.disputes, regions)?;
    each(&mut export.sources, regions)?;
    each(&mut export.tallies, regions)?;
    each(&mut export.acled, regions)?;
    each(&mut export.holdings, regions)?;
    each(&mut export.controls, regions)?;
    each(&mut export.sieges, regions)?;
    each(&mut export.ties, regions)?;
    each(&mut export.readings, regions)?;
    each(&mut export.decisions, regions)
}

/// The figures of events under another policy than the one they were weighed by.
fn under(policy: Policy, events: &mut [Event], tallies: &[Tally]) {
    let of: BTreeMap<(&str, Measure), &Tally> = tallies
        .iter()
        .filter(|tally| tally.group == "all")
        .filter_map(|tally| Some(((tally.scope.event.as_deref()?, tally.measure), tally)))
        .collect();
    for event in events {
        for (measure, toll) in [(Measure::Killed, &mut event.killed), (Measure::Injured, &mut event.injured)]
        {
            toll.policy = policy.as_str().to_owned();
            let tally = of.get(&(event.id.as_str(), measure));
            [toll.low, toll.best, toll.high] =
                tally.map_or([None; 3], |tally| [tally.low, tally.best, tally.high]);
        }
    }
}

fn said(shelf: &Shelf, weighed: &Weighed, asked: &Ask) -> Result<Vec<Said>, Error> {
    ask::claims(shelf, weighed, asked).iter().map(|line| from_value(to_value(line)?)).collect()
}

/// Reports and their claims, each report with its claims under the veil at once, so that the claims still point into
/// its text.
fn documents(
    ledger: &Ledger,
    shelf: &Shelf,
    cover: &Cover,
    claims: Vec<Said>,
    asked: &Ask,
    texts: bool,
) -> Result<(Vec<Document>, Vec<Said>), Error> {
    let mut by_report: BTreeMap<String, Vec<Said>> = BTreeMap::new();
    if *asked == Ask::default() {
        by_report.extend(shelf.heads.iter().map(|head| (head.id.clone(), Vec::new())));
    }
    for said in claims {
        by_report.entry(said.report.clone()).or_default().push(said);
    }
    let (mut reports, mut all) = (Vec::with_capacity(by_report.len()), Vec::new());
    for (id, mut claims) in by_report {
        claims.sort_by_key(|said| {
            (said.claim.evidence.iter().map(|evidence| evidence.start).min(), said.claim.id.clone())
        });
        let Some(stored) = ledger.report(&id)? else {
            all.extend(cover.each(claims)?);
            continue;
        };
        let mut document = Document {
            characters: stored.report.text.chars().count() as u64,
            report: stored.report,
            text_sha256: stored.text_sha256,
            raw_sha256: stored.raw_sha256,
            raw_size: stored.raw_size,
            added_at: stored.at.to_string(),
            added_by: cover.account(stored.by),
        };
        if let Some(veil) = &cover.0 {
            // Who wrote it is a person, whether any words say so or not.
            document.report.author = document.report.author.map(|name| veil.person(&name, "Author"));
            let mut value = json!({"report": to_value(&document)?, "claims": to_value(&claims)?});
            veil.json(&mut value);
            document = from_value(value["report"].take())?;
            claims = from_value(value["claims"].take())?;
        }
        if !texts {
            document.report.text = String::new();
        }
        reports.push(document);
        all.extend(claims);
    }
    reports.sort_by(|a, b| a.report.id.cmp(&b.report.id));
    Ok((reports, all))
}

/// Names of ids that the word lists do not know: as outlets write their own, and as weighing has the others.
fn names(
    shelf: &Shelf,
    weighed: &Weighed,
    cover: &Cover,
    ids: BTreeSet<EntityId>,
) -> Result<BTreeMap<EntityId, String>, Error> {
    let publishers = shelf.heads.iter().filter_map(|head| head.publisher.as_deref());
    let mut outlets: BTreeMap<String, &str> = BTreeMap::new();
    for name in publishers {
        let known = outlets.entry(slug(name)).or_insert(name);
        *known = (*known).min(name);
    }
    let plain = |id: &str| outlets.get(id).map_or_else(|| weighed.name(id), |name| (*name).to_owned());
    let name = |id: &str| match id.split_once('@') {
        Some(("unnamed", outlet)) => format!("a source of {}", plain(outlet)),
        Some((who, outlet)) => format!("{} (to {})", who.replace('-', " "), plain(outlet)),
        None => plain(id),
    };
    let named = ids.into_iter().map(|id| {
        let name = name(&id);
        (id, json!({"name": name}))
    });
    let mut value = json!({"names": named.collect::<serde_json::Map<String, Value>>()});
    if let Some(veil) = &cover.0 {
        veil.json(&mut value);
    }
    let all: BTreeMap<EntityId, BTreeMap<String, String>> = from_value(value["names"].take())?;
    Ok(all.into_iter().filter_map(|(id, mut name)| Some((id, name.remove("name")?))).collect())
}

/// Who read the reports, as the log says it. Ids are covered before they are compared.
fn readings(ledger: &Ledger, cover: &Cover, reports: &BTreeSet<&str>) -> Result<Vec<Reading>, Error> {
    let mut readings = Vec::new();
    for entry in ledger.entries_of(Action::ClaimsRead)? {
        let word = |key: &str| entry.payload.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let reading = Reading {
            entry: entry.seq,
            report: word("report"),
            reader: word("reader"),
            at: entry.at.to_string(),
            by: cover.account(entry.by.clone()),
        };
        let reading = cover.one(reading)?;
        if reports.contains(reading.report.as_str()) {
            readings.push(reading);
        }
    }
    Ok(readings)
}

fn decisions(shelf: &Shelf, cover: &Cover) -> Result<Vec<Decided>, Error> {
    shelf
        .decided
        .entries
        .iter()
        .map(|entry| {
            let value = to_value(&entry.decision)?;
            let ids = ["claim", "a", "b", "of", "source"];
            let of = ids.iter().filter_map(|key| value.get(*key)?.as_str()).map(str::to_owned);
            let decided = Decided {
                entry: entry.entry,
                at: entry.at.clone(),
                by: cover.account(entry.by.clone()),
                decision: value.get("decision").and_then(Value::as_str).unwrap_or_default().to_owned(),
                of: of.collect(),
                why: entry.why.clone(),
                undone_by: entry.undone_by,
            };
            cover.one(decided)
        })
        .collect()
}
