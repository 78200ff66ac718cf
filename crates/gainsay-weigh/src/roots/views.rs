//! What there is to say of each source: whom it cites, who cites it, loops, copies, side.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use gainsay_model::{EntityId, SourceView};

use super::{Said, side};
use crate::corpus::Names;
use crate::link::{Alike, plain};

/// Whoever nothing is known about gets this Admiralty letter (STANAG 2511): cannot be judged.
const UNJUDGED: &str = "F";

#[derive(Default)]
struct Found {
    cites: BTreeSet<EntityId>,
    cited_by: BTreeSet<EntityId>,
    reposts: BTreeSet<EntityId>,
    circular: BTreeSet<Vec<EntityId>>,
    copies: BTreeSet<Vec<String>>,
    reports: BTreeSet<String>,
    claims: u64,
}

/// One view for every outlet, carrier, cited source and root, by id.
pub(crate) fn views(names: &Names, said: &[Said]) -> Vec<SourceView> {
    let mut found: BTreeMap<EntityId, Found> = BTreeMap::new();
    let mut copies: BTreeMap<&str, BTreeSet<(&str, &str)>> = BTreeMap::new();
    let mut circles: BTreeSet<&Arc<Vec<EntityId>>> = BTreeSet::new();
    for claim in said {
        let (link, voice) = (&claim.link, &claim.voice);
        found.entry(link.outlet.clone()).or_default().reports.insert(link.claim.document.clone());
        let mut chain: Vec<EntityId> = vec![link.outlet.clone()];
        for id in link.credited.iter().chain(&voice.carriers) {
            if !chain.contains(id) {
                chain.push(id.clone());
            }
        }
        let last = chain.last().cloned().unwrap_or_default();
        let nameless = |id: &EntityId| {
            voice.roots.iter().any(|root| root.split_once('@').is_some_and(|(who, _)| who == id))
        };
        let beside: BTreeSet<&EntityId> = voice
            .roots
            .iter()
            .chain(link.sources.iter().map(|(id, _)| id).filter(|id| !nameless(id)))
            .filter(|id| !chain.contains(id))
            .collect();
        for id in &beside {
            cite(&mut found, &last, id);
        }
        for pair in chain.windows(2) {
            cite(&mut found, &pair[0], &pair[1]);
        }
        circles.extend(&voice.circular);
        if let Some(credited) = &link.credited {
            found.entry(link.outlet.clone()).or_default().reposts.insert(credited.clone());
        }
        if let Some(original) = &voice.copy_of {
            copies.entry(original).or_default().insert((&link.claim.document, &link.outlet));
        }
        for id in chain.iter().chain(beside).collect::<BTreeSet<_>>() {
            found.entry(id.clone()).or_default().claims += 1;
        }
    }
    for circle in circles {
        let least = circle.iter().enumerate().min_by_key(|(_, id)| *id).map_or(0, |(at, _)| at);
        let turned: Vec<EntityId> = circle[least..].iter().chain(&circle[..least]).cloned().collect();
        for (at, id) in turned.iter().enumerate() {
            cite(&mut found, id, &turned[(at + 1) % turned.len()]);
            found.entry(id.clone()).or_default().circular.insert(turned.clone());
        }
    }
    let outlets: BTreeMap<&str, &str> =
        said.iter().map(|claim| (claim.link.claim.document.as_str(), claim.link.outlet.as_str())).collect();
    for (original, carriers) in &copies {
        let first = outlets.get(original).copied().unwrap_or_default();
        let group: Vec<String> =
            std::iter::once(*original).chain(carriers.iter().map(|(id, _)| *id)).map(String::from).collect();
        for outlet in carriers.iter().map(|(_, outlet)| *outlet).chain([first]) {
            let outlet_found = found.entry(outlet.to_string()).or_default();
            outlet_found.copies.insert(group.clone());
            if outlet != first {
                outlet_found.reposts.insert(first.to_string());
            }
        }
    }
    let alike = Alike::new(*names);
    found.into_iter().map(|(id, found)| view(names, &alike, id, found)).collect()
}

fn cite(found: &mut BTreeMap<EntityId, Found>, who: &EntityId, whom: &EntityId) {
    found.entry(who.clone()).or_default().cites.insert(whom.clone());
    found.entry(whom.clone()).or_default().cited_by.insert(who.clone());
}

fn view(names: &Names, alike: &Alike, id: EntityId, found: Found) -> SourceView {
    let source = names.lexicon.source(&id);
    let actor = names.lexicon.actor(&id).map(|actor| actor.kind.clone());
    let person = names.lexicon.people.get(&id);
    let told_to = id.split_once('@').map(|_| "unnamed".to_string());
    let kind =
        source.map(|source| source.kind.clone()).or(actor).or(person.map(|_| "person".into())).or(told_to);
    let owner = source.and_then(|source| source.belongs_to.clone());
    SourceView {
        name: plain(names, &id),
        kind: kind.unwrap_or_default(),
        side: side(names, &id),
        belongs_to: owner.or_else(|| person.and_then(|person| person.belongs_to.clone())),
        cites: found.cites.into_iter().collect(),
        cited_by: found.cited_by.into_iter().collect(),
        reposts: found.reposts.into_iter().collect(),
        circular: found.circular.into_iter().collect(),
        copies: found.copies.into_iter().collect(),
        reports: found.reports.len() as u64,
        claims: found.claims,
        letter: UNJUDGED.into(),
        looks_like: alike.to(&id),
        id,
    }
}
