//! Places, actors and sources as lists show them, by whom mentions were taken for.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_ledger::answers::{LineRow, Role};
use gainsay_weigh::{Kept, Weighed};

use crate::ask::{ActorLine, PlaceLine};
use crate::shelf::Shelf;

/// So many spellings of one entity are listed; the rest are slips of the pen.
const SPELLINGS: usize = 40;

/// What is gathered of entities, claim by claim.
#[derive(Default)]
pub(super) struct Lines {
    places: BTreeMap<String, Told>,
    actors: BTreeMap<String, Told>,
}

#[derive(Default)]
struct Told {
    mentions: BTreeSet<String>,
    claims: u64,
    acts: u64,
    suffers: u64,
}

impl Told {
    fn mention(&mut self, words: Option<&str>) {
        if let Some(words) =
            words.filter(|words| self.mentions.len() < SPELLINGS && !self.mentions.contains(*words))
        {
            self.mentions.insert(words.to_owned());
        }
    }
}

impl Lines {
    /// Notes whom one claim names.
    pub(super) fn note(&mut self, kept: &Kept) {
        let [places, actors, targets, _] = kept.named();
        for (id, words) in places {
            let told = self.places.entry(id.to_owned()).or_default();
            told.mention(words);
            told.claims += 1;
        }
        let mut named: BTreeSet<&str> = BTreeSet::new();
        for (list, acts) in [(actors, true), (targets, false)] {
            for (id, words) in list {
                let told = self.actors.entry(id.to_owned()).or_default();
                told.mention(words);
                told.acts += u64::from(acts);
                told.suffers += u64::from(!acts);
                told.claims += u64::from(named.insert(id));
            }
        }
    }

    /// The lines, of each role the most told of first. Those to whom something is done are actors only where the lexicon
    /// knows them or they act.
    pub(super) fn rows(self, shelf: &Shelf, weighed: &Weighed) -> Vec<LineRow> {
        let words = shelf.words();
        let mut rows = Vec::new();
        for (id, told) in self.places.into_iter().filter(|(id, _)| !id.is_empty()) {
            let known = words.gazetteer.place(&id);
            let line = PlaceLine {
                name: weighed.name(&id),
                kind: known.map(|place| place.kind.clone()).unwrap_or_default(),
                parent: known.and_then(|place| place.parent.clone()),
                pcode: known.and_then(|place| place.pcode.clone()),
                lat: known.map(|place| place.lat),
                lon: known.map(|place| place.lon),
                mentions: told.mentions,
                claims: told.claims,
                id: id.clone(),
            };
            rows.push(row(Role::Place, id, told.claims, &line));
        }
        for (id, told) in self.actors.into_iter().filter(|(id, _)| !id.is_empty()) {
            if told.acts == 0 && !words.lexicon.actors.contains_key(&id) {
                continue;
            }
            let line = ActorLine {
                mentions: told.mentions,
                as_actor: told.acts,
                as_target: told.suffers,
                claims: told.claims,
                ..crate::ask::actor_line(weighed, words, &id)
            };
            rows.push(row(Role::Actor, id, told.claims, &line));
        }
        for source in &weighed.sources {
            rows.push(row(Role::Source, source.id.clone(), source.claims, source));
        }
        rows.sort_by(|a, b| (a.role, b.claims, &a.id).cmp(&(b.role, a.claims, &b.id)));
        rows
    }
}

fn row(role: Role, id: String, claims: u64, line: &impl serde::Serialize) -> LineRow {
    let json = serde_json::to_string(line).expect("a line is written as JSON");
    LineRow { role, id, claims, json }
}
