//! From a weighed ledger to a site: a folder of files, or one archive, that needs no server.

mod folder;

use std::collections::BTreeSet;
use std::path::Path;

use gainsay_publish::site::{Siege, SiteInput, Stand, Step, write};
use gainsay_weigh::{Ask, Weighed, known_sieges, stands};

use crate::Error;
use crate::answers::Answers;
use crate::archive::Put;
use crate::brief::{Gathered, SourceOf, Wanted};
use crate::shelf::Shelf;

pub use folder::folder;

/// The site on what is asked, file by file.
///
/// # Errors
/// When there is no dated report to show, the ledger cannot be read, or a file cannot be written.
pub fn site(
    path: &Path,
    shelf: &Shelf,
    weighed: &Weighed,
    asked: &Ask,
    wanted: &Wanted,
    put: Put,
) -> Result<(), Error> {
    made(path, shelf, weighed, asked, wanted, None, put)
}

/// The site on a part of the answers of a ledger.
///
/// # Errors
/// As [`site`], and when the answers cannot be read.
pub fn site_from(answers: &Answers, asked: &Ask, wanted: &Wanted, put: Put) -> Result<(), Error> {
    let part = answers.part(asked)?;
    let source = |id: &str| answers.source(id).ok().flatten();
    made(answers.ledger(), part.shelf(), &part.weighed(), asked, wanted, Some(&source), put)
}

fn made(
    path: &Path,
    shelf: &Shelf,
    weighed: &Weighed,
    asked: &Ask,
    wanted: &Wanted,
    source: Option<SourceOf>,
    put: Put,
) -> Result<(), Error> {
    let gathered = Gathered::of(path, shelf, weighed, asked, wanted, source)?;
    let gazetteer = &shelf.words().gazetteer;
    let here = |place: &str| {
        asked.place.is_empty() || asked.place.iter().any(|outer| gazetteer.within(place, outer))
    };
    let until = gathered.to;
    // What was asked for by what some say is shown as they tell it.
    let by: BTreeSet<Option<&str>> = match asked.according_to.is_empty() {
        true => BTreeSet::from([None]),
        false => asked.according_to.iter().map(|id| Some(id.as_str())).collect(),
    };
    let known = |from: gainsay_model::Date| asked.known_by.is_none_or(|day| from <= day);
    let touches = |from: Option<gainsay_model::Date>, to: Option<gainsay_model::Date>| {
        from.is_none_or(|from| from <= until)
            && asked.from.is_none_or(|first| to.is_none_or(|to| to >= first))
    };
    let stands: Vec<Stand> = stands(weighed)
        .into_iter()
        .filter(|stand| {
            by.contains(&stand.according_to.as_deref())
                && here(&stand.place)
                && known(stand.known_from)
                && touches(Some(stand.from), stand.to)
        })
        .map(|stand| Stand {
            place: gathered.id(&stand.place),
            from: stand.from,
            to: stand.to,
            known_from: stand.known_from,
            known_to: stand.known_to,
            state: stand.state,
            holders: stand.holders,
            degree: stand.degree,
            spoken: stand.spoken,
            claims: stand.claims.iter().map(|claim| gathered.id(claim)).collect(),
        })
        .collect();
    let sieges: Vec<Siege> = known_sieges(weighed)
        .into_iter()
        .filter(|siege| {
            by.contains(&siege.according_to.as_deref())
                && here(&siege.siege.place)
                && known(siege.known_from)
                && touches(siege.siege.from, siege.siege.to)
        })
        .map(|mut siege| {
            siege.siege.place = gathered.id(&siege.siege.place);
            siege.siege.claims.iter_mut().for_each(|claim| *claim = gathered.id(claim));
            siege.siege.deliveries.iter_mut().for_each(|claim| *claim = gathered.id(claim));
            if let Some(regions) = &gathered.regions {
                siege.siege.target = siege.siege.target.map(|target| regions.text(&target));
            }
            Siege { known_from: siege.known_from, known_to: siege.known_to, siege: siege.siege }
        })
        .collect();
    let mut of: std::collections::BTreeMap<String, Vec<Step>> = weighed
        .events
        .iter()
        .zip(weighed.steps())
        .map(|(event, steps)| {
            let step =
                |step: &gainsay_weigh::Step| Step { day: step.day, killed: step.killed, roots: step.roots };
            (gathered.id(&event.id), steps.iter().filter(|step| known(step.day)).map(step).collect())
        })
        .collect();
    let steps: Vec<Vec<Step>> =
        gathered.events.iter().map(|event| of.remove(event.id.as_str()).unwrap_or_default()).collect();
    let input = SiteInput { brief: gathered.input(), stands: &stands, sieges: &sieges, steps: &steps };
    write(&input, put).map_err(|error| Error::io("the site cannot be written", error))
}
