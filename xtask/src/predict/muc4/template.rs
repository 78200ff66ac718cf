//! Deeds to templates: which of them tell of one incident, and what may fill its slots.
//!
//! More is proposed than is given: the weights decide ([`Template::given`]).

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::filler::{Filler, SLOTS, Slot, features};
use super::incident::{Deed, Type, is_thing};
use super::message::Message;
use super::nouns::{Nouns, Role};
use super::relevance;
use super::roles::{
    Perpetrator, is_culprit, listed_body, listed_persons, mention, perpetrators, persons, responsible,
    weapons,
};
use super::weights::Weights;

/// A template in the making.
#[derive(Debug)]
pub struct Template {
    /// What kind of incident.
    pub kind: Type,
    /// The deeds it is made of, indices into those of the message.
    pub deeds: Vec<usize>,
    /// What it looks like.
    pub features: Vec<String>,
    /// What may fill its slots, in the order of [`SLOTS`], best first.
    pub fillers: [Vec<Filler>; 5],
    sentences: BTreeSet<usize>,
}

/// The templates of a message: one for each type of incident.
pub fn templates(message: &Message, nouns: &Nouns, deeds: &[Deed]) -> Vec<Template> {
    let mut found: Vec<Template> = Vec::new();
    for (n, deed) in deeds.iter().enumerate().filter(|(_, deed)| counts(message, nouns, deed)) {
        let near = |template: &Template| {
            template.sentences.range(deed.sentence.saturating_sub(2)..=deed.sentence).next().is_some()
        };
        let of = |kind: Type| found.iter().position(|template| template.kind == kind);
        let at = match deed.kind {
            Some(kind) => of(kind),
            // Harm that does not say by what belongs to what was told last.
            None => found.iter().rposition(near).or_else(|| of(Type::Attack)),
        };
        let at = at.unwrap_or_else(|| {
            let kind = deed.kind.unwrap_or(Type::Attack);
            found.push(Template {
                kind,
                deeds: Vec::new(),
                features: Vec::new(),
                fillers: Default::default(),
                sentences: BTreeSet::new(),
            });
            found.len() - 1
        });
        found[at].deeds.push(n);
        found[at].sentences.insert(deed.sentence);
        claimed(message, nouns, deed, &mut found[at]);
    }
    for template in &mut found {
        around(message, nouns, template);
        let own: Vec<&Deed> = template.deeds.iter().map(|&n| &deeds[n]).collect();
        template.features = relevance::features(message, &own, deeds);
        for (slot, list) in SLOTS.iter().zip(&template.fillers) {
            let rule = list.first().map_or("none", |first| first.rule);
            template.features.push(format!("template {}={rule}", slot.as_str()));
        }
        for (slot, list) in SLOTS.iter().zip(&mut template.fillers) {
            for (rank, filler) in list.iter_mut().enumerate() {
                filler.features = features(message, nouns, template.kind, *slot, rank, filler);
            }
        }
    }
    found
}

/// What a deed's targets are.
struct Hit {
    fillers: Vec<(Slot, Filler)>,
    /// People who are no soldiers, or a thing that is no soldiers'.
    civil: bool,
    /// Soldiers, rebels, or what is theirs.
    military: bool,
}

fn hit(message: &Message, nouns: &Nouns, deed: &Deed) -> Hit {
    let mut hit = Hit { fillers: Vec::new(), civil: false, military: false };
    for &target in deed.targets.iter().chain(&deed.places) {
        let lemma = message.lemma(target);
        let soldiers = message.phrase(target).any(|id| nouns.is(&message.lemma(id), Role::Military));
        if is_thing(message, nouns, target) {
            let rule = if deed.targets.contains(&target) { "target" } else { "place" };
            let text = mention(message, nouns, target);
            hit.fillers.push((Slot::Target, Filler::new(text, rule, target, deed.trigger)));
            hit.military |= soldiers;
            hit.civil |= !soldiers;
            continue;
        }
        let names = persons(message, nouns, target);
        if !names.is_empty() {
            hit.civil = true;
            let filler = |name| (Slot::Victim, Filler::new(name, "target", target, deed.trigger));
            hit.fillers.extend(names.into_iter().map(filler));
        } else if soldiers {
            hit.military = true;
        } else if message.words.codebook.people.contains_key(&lemma) {
            hit.civil = true;
        }
    }
    hit
}

/// Whether a deed is one that MUC-4 asks for: no fighting between soldiers and rebels.
pub fn counts(message: &Message, nouns: &Nouns, deed: &Deed) -> bool {
    let hit = hit(message, nouns, deed);
    match deed.kind {
        Some(Type::Kidnapping | Type::Arson | Type::Bombing) => hit.civil || !hit.military,
        _ => hit.civil || deed.strong && !hit.military,
    }
}

/// What the claim of a deed names.
fn claimed(message: &Message, nouns: &Nouns, deed: &Deed, template: &mut Template) {
    for &actor in &deed.actors {
        for one in perpetrators(message, nouns, actor) {
            template.perpetrator(one, "claim", actor, deed.trigger);
        }
    }
    for (slot, filler) in hit(message, nouns, deed).fillers {
        template.push(slot, filler);
    }
}

/// What the sentences of the deeds, those beside them, and the message name.
fn around(message: &Message, nouns: &Nouns, template: &mut Template) {
    let last = message.reading.sentences.len();
    let own = template.sentences.clone();
    let near = |reach: usize| own.iter().flat_map(move |&at| at.saturating_sub(reach)..at + reach + 1);
    for (reach, rule) in [(0, "sentence"), (1, "beside")] {
        let sentences: BTreeSet<usize> = near(reach).filter(|&at| at < last).collect();
        for at in sentences {
            for id in message.reading.sentences[at].tokens.clone() {
                if is_culprit(message, nouns, id) {
                    template.perpetrator(Perpetrator::People(mention(message, nouns, id)), rule, id, id);
                }
                if let Some(body) = armed_group(message, id) {
                    template.perpetrator(Perpetrator::Body(body), rule, id, id);
                }
                if is_thing(message, nouns, id) && reach == 0 {
                    let text = mention(message, nouns, id);
                    template.push(Slot::Target, Filler::new(text, rule, id, id));
                }
            }
            for (id, text) in weapons(message, nouns, at) {
                template.push(Slot::Weapon, Filler::new(text, rule, id, id));
            }
            for (id, name) in listed_persons(message, nouns, at) {
                template.push(
                    Slot::Victim,
                    Filler::new(name, if reach == 0 { "list" } else { "list beside" }, id, id),
                );
            }
        }
    }
    // Who is held responsible, or claims to be.
    for id in (0..last).flat_map(|at| responsible(message, nouns, at)) {
        for one in perpetrators(message, nouns, id) {
            template.perpetrator(one, "accused", id, id);
        }
    }
    // The rebels of a message that names one armed group are that group's.
    let mut groups: Vec<(String, usize)> = Vec::new();
    for id in 0..message.reading.tokens.len() {
        let group = armed_group(message, id).filter(|group| !groups.iter().any(|(other, _)| other == group));
        groups.extend(group.map(|group| (group, id)));
    }
    if let [(group, id)] = groups.as_slice() {
        template.perpetrator(Perpetrator::Body(group.clone()), "message", *id, *id);
    }
}

/// The armed group that a word names, as the message first names it.
fn armed_group(message: &Message, id: usize) -> Option<String> {
    let name = message.name(id).filter(|name| name.head == id)?;
    let actor = message.words.lexicon.actor(&name.entities.first()?.id)?;
    (actor.kind == "armed-group").then(|| listed_body(message, name.head)).flatten().map(|(body, _)| body)
}

impl Template {
    fn perpetrator(&mut self, one: Perpetrator, rule: &'static str, head: usize, trigger: usize) {
        match one {
            Perpetrator::People(text) => self.push(Slot::PerpInd, Filler::new(text, rule, head, trigger)),
            Perpetrator::Body(text) => self.push(Slot::PerpOrg, Filler::new(text, rule, head, trigger)),
        }
    }

    /// Adds a filler unless it is there, or is part of one, or one of it.
    fn push(&mut self, slot: Slot, filler: Filler) {
        let inside = |a: &str, b: &str| format!(" {b} ").contains(&format!(" {a} "));
        let list = &mut self.fillers[slot as usize];
        if !list.iter().any(|other| inside(&other.text, &filler.text) || inside(&filler.text, &other.text)) {
            list.push(filler);
        }
    }

    /// As the scorer reads it, where the weights let it pass; fillers must pass too.
    pub fn given(&self, weights: &Weights) -> Option<Value> {
        let score = weights.score(&self.features);
        if score <= 0 {
            return None;
        }
        let mut value = json!({"incident_type": self.kind.as_str()});
        for (slot, list) in SLOTS.iter().zip(&self.fillers) {
            let passes = |filler: &&Filler| weights.score(&filler.features_in(score)) > 0;
            let entity = |filler: &Filler| json!([{"text": filler.text, "rule": filler.rule}]);
            value[slot.as_str()] = list.iter().filter(passes).map(entity).collect();
        }
        Some(value)
    }
}
