//! Who says it, from whom they have it, and how sure it sounds.

use std::collections::BTreeSet;

use gainsay_model::Status;

use super::places::is_voice;
use super::{Asked, ok};
use crate::pattern::stands_for;
use crate::show;

/// A source that stands in a loop of citations.
pub fn source(asked: &Asked) -> Result<(), String> {
    let weighed = asked.weighed();
    let id = asked.text("id");
    let view = weighed
        .sources
        .iter()
        .find(|view| view.id == id)
        .ok_or("nobody cites it and it publishes nothing")?;
    let wanted: BTreeSet<&str> = asked.list("loop").into_iter().collect();
    let fits = |found: &Vec<String>| found.iter().map(String::as_str).collect::<BTreeSet<_>>() == wanted;
    ok(view.circular.iter().any(fits), || {
        format!("loops: {:?}; cites {:?}; cited by {:?}", view.circular, view.cites, view.cited_by)
    })
}

/// Reports that carry one text.
pub fn copies(asked: &Asked) -> Result<(), String> {
    let weighed = asked.weighed();
    let reports = asked.list("reports");
    let groups: Vec<&Vec<String>> = weighed.sources.iter().flat_map(|view| &view.copies).collect();
    let fits = |group: &&Vec<String>| reports.iter().all(|report| group.iter().any(|found| found == report));
    ok(groups.iter().any(fits), || format!("copies: {groups:?}"))
}

/// The chain of sources behind one figure, outermost first, and its root.
pub fn chain(asked: &Asked) -> Result<(), String> {
    let weighed = asked.weighed();
    let bounds = asked.numbers("count");
    let wanted = asked.list("chain");
    let measure = asked.text("measure");
    let counts = asked.claims().filter(|claim| {
        claim
            .count
            .as_ref()
            .is_some_and(|count| count.what.as_str() == measure && [count.low, count.high] == bounds[..])
    });
    let counts: Vec<_> = counts.collect();
    let root = asked.speaker(asked.text("root"));
    let fits = |claim: &&&gainsay_model::Claim| {
        let chained = claim.source.len() == wanted.len()
            && claim.source.iter().zip(&wanted).all(|(source, name)| stands_for(source, name));
        chained
            && weighed
                .roots
                .get(&claim.id)
                .is_some_and(|roots| roots.iter().any(|found| is_voice(found, &root)))
    };
    ok(counts.iter().any(|claim| fits(&claim)), || {
        let one = |claim: &&gainsay_model::Claim| {
            format!("{} (roots {:?})", show::claim(claim), weighed.roots.get(&claim.id))
        };
        format!("claims: {}", counts.iter().map(one).collect::<Vec<_>>().join("; "))
    })
}

/// A claim of the kind that the report itself could not confirm.
pub fn unverified(asked: &Asked) -> Result<(), String> {
    ok(asked.claims().any(|claim| claim.unverified), || read(asked))
}

/// A claim of the kind that is denied.
pub fn denied(asked: &Asked) -> Result<(), String> {
    ok(asked.claims().any(|claim| claim.status == Status::Denied), || read(asked))
}

fn read(asked: &Asked) -> String {
    format!("read: {}", asked.claims().map(show::claim).collect::<Vec<_>>().join("; "))
}
