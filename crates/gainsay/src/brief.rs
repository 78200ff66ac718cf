//! From a weighed ledger to a brief: everything in the period and area, with every claim it stands on.

use std::collections::BTreeSet;
use std::path::Path;

use gainsay_ledger::Ledger;
use gainsay_lexicon::Place;
use gainsay_model::{Claim, ClaimId, Control, EntityId, Policy, Report};
use gainsay_publish::{BriefInput, Displaced, DisplacementKind, NamePolicy, ReportHead};
use gainsay_weigh::{Ask, Flow, Point, Weighed, holdings, ties};

use crate::shelf::Shelf;
use crate::{Error, ask};

/// In what form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One self-contained page.
    Html,
    /// Markdown.
    Markdown,
}

/// How a brief is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The headline; one is made where it is left out.
    pub title: Option<&'a str>,
    /// In what form.
    pub form: Form,
    /// Names of private persons as the reports give them, in the place of pseudonyms.
    pub show_names: bool,
    /// What keeps pseudonyms from being guessed; drawn from the ledger where it is left out, so that one ledger always
    /// gives the same pseudonyms.
    pub salt: Option<&'a str>,
}

/// The brief on what is asked.
///
/// # Errors
/// When there is no dated report to brief on, or the ledger cannot be read.
pub fn brief(
    path: &Path,
    shelf: &Shelf,
    weighed: &Weighed,
    asked: &Ask,
    request: &Request,
) -> Result<String, Error> {
    let ledger = Ledger::open_read_only(path)?;
    let last = shelf.heads.iter().filter_map(|head| head.published).max();
    let Some(to) = asked.to.or(asked.known_by).or(last) else {
        return Err(Error::input("no report in the ledger has a date; give the period with --from and --to"));
    };
    let words = shelf.words();
    let place = area(shelf, &asked.place);
    let period = Ask { to: Some(to), ..asked.clone() };
    let always = Ask { from: None, to: None, ..asked.clone() };

    let events: Vec<_> = weighed.events(&period).into_iter().cloned().collect();
    let disputes = ask::disputes(weighed, &period);
    let tallies = ask::tally(weighed, &period, Policy::Ucdp, None, None);
    let controls = ask::control(weighed, &always, to);
    let controls_before = asked.from.map(|from| ask::control(weighed, &always, from)).unwrap_or_default();
    let holdings = holdings(weighed, &period);
    let sieges = ask::sieges(weighed, &period);
    let ties = ties(weighed, &period, &[], &[]);
    let points = ask::displacement(weighed, &period);
    let sources = ask::sources(weighed, &period);

    let mut cited: BTreeSet<ClaimId> =
        weighed.claims(&period).into_iter().map(|claim| claim.id.clone()).collect();
    let mut cite = |claims: &[ClaimId]| cited.extend(claims.iter().cloned());
    controls.iter().chain(&controls_before).for_each(|line: &Control| cite(&line.claims));
    events.iter().for_each(|event| cite(&event.claims));
    disputes.iter().flat_map(|dispute| &dispute.sides).for_each(|side| cite(&side.claims));
    tallies.iter().flat_map(|tally| &tally.by_source).for_each(|source| cite(&source.claims));
    holdings.iter().for_each(|holding| cite(&holding.claims));
    sieges.iter().for_each(|siege| cite(&siege.claims));
    ties.iter().for_each(|tie| cite(&tie.claims));
    points.iter().for_each(|point| cite(&point.claims));
    let claims: Vec<Claim> = shelf.claims.iter().filter(|claim| cited.contains(&claim.id)).cloned().collect();
    let documents: BTreeSet<&str> = claims.iter().map(|claim| claim.document.as_str()).collect();
    let stored: Vec<Report> = ledger.reports()?.into_iter().map(|stored| stored.report).collect();
    let reports: Vec<ReportHead> =
        stored.iter().filter(|report| documents.contains(report.id.as_str())).map(ReportHead::from).collect();

    let displacement: Vec<Displaced> = points.into_iter().map(displaced).collect();
    let title = request.title.map_or_else(|| headline(place), str::to_owned);
    let salt = match request.salt {
        Some(salt) => salt.to_owned(),
        None => first_hash(&ledger)?,
    };
    let input = BriefInput {
        title: &title,
        from: asked.from,
        to,
        known_by: asked.known_by,
        place,
        reports: &reports,
        claims: &claims,
        events: &events,
        disputes: &disputes,
        tallies: &tallies,
        controls: &controls,
        controls_before: &controls_before,
        holdings: &holdings,
        sieges: &sieges,
        ties: &ties,
        displacement: &displacement,
        sources: &sources,
        words,
        names: if request.show_names { NamePolicy::Names } else { NamePolicy::Pseudonyms },
        people: None,
        salt: &salt,
    };
    Ok(match request.form {
        Form::Html => gainsay_publish::html(&input),
        Form::Markdown => gainsay_publish::markdown(&input),
    })
}

/// The area: where a name fits several places, the one that contains the most of the others.
fn area<'a>(shelf: &'a Shelf, places: &[EntityId]) -> Option<&'a Place> {
    let gazetteer = &shelf.words().gazetteer;
    let holds = |outer: &str| places.iter().filter(|place| gazetteer.within(place, outer)).count();
    let widest = places.iter().max_by_key(|place| (holds(place), std::cmp::Reverse(*place)))?;
    gazetteer.place(widest)
}

/// The place's name; the brief says the period itself.
fn headline(place: Option<&Place>) -> String {
    place.map_or_else(|| "What the reports say".to_string(), |place| place.name.clone())
}

fn displaced(point: Point) -> Displaced {
    let Point { measure: _, place, from, to, what, low, high, group, root, side, unverified, claims } = point;
    let kind = match what {
        Flow::Stock => DisplacementKind::Stock,
        Flow::Flow => DisplacementKind::Flow,
    };
    Displaced { kind, place, from, to, low, high, group, root, side, unverified, claims }
}

/// The hash of the log's first entry: made when the ledger was, and never printed in a brief.
pub(crate) fn first_hash(ledger: &Ledger) -> Result<String, Error> {
    let first = ledger.log().next().transpose()?;
    Ok(first.map(|entry| entry.hash).unwrap_or_default())
}
