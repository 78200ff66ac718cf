//! How many of whom: one draft a number; totals and parts each get their own.

use gainsay_lexicon::codebook::{Function, TriggerPos};
use gainsay_model::{Amount, Count, Group, Kind, Measure, NameClass, Rel, Scope, Slot, TokenId};

use super::View;
use super::clause::object;
use super::draft::{Draft, Fill};
use super::roles::find;
use super::who::target;

pub(super) fn count<'f>(view: &View, drafts: Vec<Draft<'f>>) -> Vec<Draft<'f>> {
    drafts.into_iter().flat_map(|draft| counted(view, draft)).collect()
}

fn counted<'f>(view: &View, draft: Draft<'f>) -> Vec<Draft<'f>> {
    let kind = view.words.codebook.kind(draft.kind).and_then(|entry| entry.counts);
    let Some(measure) = draft.frame.measure.or(kind) else { return vec![draft] };
    let amounts = amounts(view, &draft, measure);
    let mut out = Vec::new();
    for id in amounts {
        let amount = &view.layers.amounts[id];
        let mut one = draft.clone();
        let victim = amount
            .counted
            .filter(|&head| head != draft.trigger && !harmed(view, head))
            .and_then(|head| target(view, head));
        if draft.kind == Kind::Casualties || amount.part_of.is_some() {
            if let Some(victim) = &victim {
                one.target = vec![victim.clone()];
            } else if amount.counted.is_some_and(|head| harmed(view, head)) {
                // "19 wounded": who they are is not said.
                one.target.retain(|fill| !harmed(view, fill.head));
            } else if amount.counted.is_none() && amount.part_of.is_some() {
                one.target = Vec::new();
            }
        }
        if draft.kind == Kind::Casualties
            && one.target.iter().any(|fill| one.actor.iter().any(|actor| actor.span == fill.span))
        {
            one.actor.clear();
        }
        one.count = Some(Count {
            what: measure,
            low: amount.low,
            high: amount.high,
            group: group(view, amount, &one.target),
            scope: Some(scope(amount)),
        });
        let head = crate::times_head(&view.tree, &amount.tokens);
        let own_place: Vec<Fill> = view
            .tree
            .with(amount.counted.unwrap_or(head), &[Rel::Nmod, Rel::Obl])
            .filter(|&id| matches!(view.tree.case(id).as_deref(), Some("in" | "at" | "near")))
            .flat_map(|id| super::place::places(view, id))
            .collect();
        if !own_place.is_empty() {
            one.place = own_place;
        }
        one.amount = Some(id);
        one.grounds.push((Slot::Count, amount.span, amount.rule.to_string()));
        one.evidence.iter_mut().for_each(|span| *span = span.cover(amount.span));
        out.push(one);
    }
    if out.is_empty() {
        // "a massacre" states no death of its own; "killed civilians" does.
        let bare_double = draft.kind == Kind::Casualties
            && draft.target.is_empty()
            && draft.frame.pos != TriggerPos::Verb
            && draft.frame.words[0] != "casualty";
        if !bare_double {
            out.push(draft);
        }
    }
    out
}

/// The amounts that count what this trigger is about.
fn amounts(view: &View, draft: &Draft, measure: Measure) -> Vec<usize> {
    let tree = &view.tree;
    let all = &view.layers.amounts;
    let mut heads: Vec<TokenId> = draft.target.iter().map(|fill| fill.head).collect();
    let functions: &[Function] = &draft.frame.target;
    heads.extend(functions.iter().flat_map(|function| find(view, draft.trigger, draft.frame, function)));
    heads.push(draft.trigger);
    if draft.frame.pos == TriggerPos::Adjective {
        heads.extend(adjective_heads(view, draft.trigger));
    }
    if matches!(measure, Measure::Strikes | Measure::Fighters | Measure::Weapons | Measure::Destroyed)
        && draft.frame.pos == TriggerPos::Verb
    {
        heads.extend(object(view, draft.trigger));
    }
    // "more than 60 were wounded": a number that is the verb's own subject or object; a shared subject gives way to it.
    let own = |amount: &Amount| {
        amount.counted.is_none() && tree.head(crate::times_head(tree, &amount.tokens)) == Some(draft.trigger)
    };
    let around = view.amounts_around(draft.trigger);
    let mut found: Vec<usize> = around.clone().filter(|&id| own(&all[id])).collect();
    if !found.is_empty() {
        heads.clear();
    }
    let add = |id: usize, found: &mut Vec<usize>| {
        if !found.contains(&id) {
            found.push(id);
        }
    };
    for id in around.clone() {
        let amount = &all[id];
        let direct = amount.counted.is_some_and(|counted| {
            heads.contains(&counted) || heads.iter().any(|&head| partitive(view, head, counted))
        });
        // "45 civilians in Aleppo and 22 in Idlib": a bare number beside the counted noun counts the same.
        let head = crate::times_head(tree, &amount.tokens);
        let direct = direct
            || amount.counted.is_none()
                && tree.rel(head) == Rel::Conj
                && tree.head(head).is_some_and(|up| heads.contains(&up));
        let number = amount.tokens.clone().any(|token| heads.contains(&token));
        if direct || number {
            add(id, &mut found);
        }
    }
    // "the death toll rose to 135 people", "the number of people fleeing is now 200,000": the amount of the clause.
    let toll = draft.frame.words.last().is_some_and(|word| word == "toll") || number_of(view, draft);
    if found.is_empty() && toll {
        let top = tree.clause(draft.trigger);
        let top =
            if number_of(view, draft) { tree.ancestors(draft.trigger).last().unwrap_or(top) } else { top };
        let under = around.filter(|&id| tree.is_under(all[id].tokens.start, top));
        found.extend(under.filter(|&id| all[id].part_of.is_none()).take(1));
    }
    // Parts of those totals, and their parts.
    let mut next = 0;
    while next < found.len() {
        let whole = found[next];
        for &id in &view.parts[whole] {
            add(id, &mut found);
        }
        next += 1;
    }
    // A count of strikes is not a count of the killed, and the other way round.
    found.retain(|&id| fits(view, &all[id], measure));
    found.sort_unstable();
    found
}

/// "hundreds of civilians": the amount counts civilians, the verb's object is "hundreds".
fn partitive(view: &View, head: TokenId, counted: TokenId) -> bool {
    view.tree.head(counted) == Some(head)
        && view.tree.rel(counted) == Rel::Nmod
        && view.tree.case(counted).as_deref() == Some("of")
}

/// "left 12 dead", "12 dead": who is dead.
fn adjective_heads(view: &View, trigger: TokenId) -> Vec<TokenId> {
    let tree = &view.tree;
    let mut heads: Vec<TokenId> = tree.with(trigger, &[Rel::Nsubj, Rel::Nummod]).collect();
    // "leaving 27 people dead a monitor said": without the comma the tree hangs "dead" from the monitor.
    if let Some(people) = trigger.checked_sub(1).filter(|&id| view.class(id) == Some(NameClass::People))
        && tree
            .head(trigger)
            .is_some_and(|head| head > trigger && view.class(head) != Some(NameClass::People))
    {
        return vec![people];
    }
    if let Some(up) = tree.head(trigger) {
        match tree.rel(trigger) {
            Rel::Amod | Rel::Acl | Rel::Conj => heads.push(up),
            Rel::Xcomp | Rel::Obj | Rel::Advcl => heads.extend(tree.with(up, &[Rel::Obj, Rel::NsubjPass])),
            _ => {}
        }
    }
    heads
}

fn number_of(view: &View, draft: &Draft) -> bool {
    let tree = &view.tree;
    let over = |fill: &Fill| {
        tree.ancestors(fill.head).take(2).any(|up| matches!(tree.lemma(up), "number" | "total"))
    };
    draft.target.iter().any(over)
}

/// Whether what is counted can be what the measure measures.
fn fits(view: &View, amount: &Amount, measure: Measure) -> bool {
    let Some(counted) = amount.counted else { return true };
    let lemma = view.tree.lemma(counted);
    let people = view.words.codebook.people.contains_key(lemma)
        || view.name(counted).is_some_and(|name| name.class != NameClass::Place);
    match measure {
        Measure::Killed
        | Measure::Injured
        | Measure::Casualties
        | Measure::Detained
        | Measure::Displaced
        | Measure::InNeed
        | Measure::Besieged => {
            people || view.tree.tokens[counted].upos != gainsay_model::Upos::Noun || !THINGS.contains(&lemma)
        }
        Measure::Strikes => !people,
        Measure::Fighters | Measure::Weapons | Measure::Destroyed => true,
    }
}

/// Nouns that are never victims.
const THINGS: &[&str] = &[
    "air",
    "airstrike",
    "area",
    "attack",
    "blast",
    "bomb",
    "bombing",
    "building",
    "car",
    "city",
    "clash",
    "district",
    "explosion",
    "front",
    "house",
    "kilometer",
    "kilometre",
    "mile",
    "missile",
    "neighborhood",
    "neighbourhood",
    "position",
    "raid",
    "rocket",
    "shell",
    "side",
    "site",
    "strike",
    "tank",
    "town",
    "vehicle",
    "village",
    "week",
    "day",
    "month",
    "year",
    "hour",
    "time",
    "weapon",
];

fn scope(amount: &Amount) -> Scope {
    if amount.cumulative { Scope::Cumulative } else { Scope::Incident }
}

/// The group that the counted noun, or the victims' name, belongs to.
pub(super) fn group(view: &View, amount: &Amount, target: &[Fill]) -> Option<Group> {
    let people = &view.words.codebook.people;
    let noun = |head: TokenId| {
        let lemma = view.tree.lemma(head);
        let pair = head.checked_sub(1).map(|before| format!("{} {lemma}", view.tree.lemma(before)));
        pair.and_then(|pair| people.get(&pair)).or_else(|| people.get(lemma)).copied().flatten()
    };
    // "300 civilian victims": the adjective says whose number it is.
    let adjective = |head: TokenId| view.tree.with(head, &[Rel::Amod, Rel::Compound]).find_map(noun);
    let counted = amount.counted.and_then(|head| noun(head).or_else(|| adjective(head)));
    let counted = counted.or_else(|| predicate(view, amount).and_then(noun));
    counted.or_else(|| target.iter().find_map(|fill| noun(fill.head))).or_else(|| {
        let tribe = |fill: &Fill| {
            let actor = fill.entity.as_ref().and_then(|entity| view.words.lexicon.actor(&entity.id));
            actor.is_some_and(|actor| actor.kind == "tribe")
        };
        let fights = |fill: &Fill| fill.class == Some(NameClass::Actor) && !tribe(fill);
        target.iter().any(fights).then_some(Group::Combatants)
    })
}

/// "five of the dead were children", "two of the victims were minors": what a part is said to be.
fn predicate(view: &View, amount: &Amount) -> Option<TokenId> {
    let tree = &view.tree;
    amount.part_of?;
    let head = crate::times_head(tree, &amount.tokens);
    let is_subject = |id: TokenId| matches!(tree.rel(id), Rel::Nsubj | Rel::NsubjPass);
    let subject = std::iter::once(head).chain(amount.counted).find(|&id| is_subject(id))?;
    tree.head(subject).filter(|&id| !tree.is_verb(id))
}

/// "12 wounded", "the dead": a participle that stands for people of whom nothing else is said.
fn harmed(view: &View, head: TokenId) -> bool {
    matches!(view.tree.lower(head).as_str(), "wounded" | "injured" | "dead" | "killed" | "hurt" | "missing")
}
