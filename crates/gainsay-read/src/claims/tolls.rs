//! Tolls that the order of the words tells, whatever the tree makes of them: parts of the dead, older and later
//! figures, "put the dead at".
//!
//! "Of the dead, 354 were rebels, 241 were fighters", "put X's dead at 65 and those of Y at 22", "rose to 634 from
//! 230", "35 were killed, by the count of X, which later raised the figure to 50", "spoke of 30 dead, then of 80".

use gainsay_lexicon::codebook::{Frame, TriggerPos};
use gainsay_model::{Amount, Count, Kind, Measure, NameClass, Scope, Slot, Span, TokenId};

use super::View;
use super::count::group;
use super::draft::{Draft, Fill};
use super::who::target;

/// What reads a part of a toll told before.
const PART: &str = "claims.part-of-toll";

/// So many words lie at most between a verb and the figure it gives.
const NEAR: usize = 14;

pub(super) fn tolls<'f>(view: &View<'f>, mut drafts: Vec<Draft<'f>>) -> Vec<Draft<'f>> {
    let mut more: Vec<Draft<'f>> = Vec::new();
    for sentence in view.tree.sentences {
        let tokens = sentence.tokens.clone();
        for id in tokens.clone() {
            let toll = Toll { view, end: tokens.end, at: id };
            toll.of_the_dead(&mut more);
            toll.put_at(&mut more);
        }
    }
    more.retain(|new| !drafts.iter().any(|old| old.amount == new.amount));
    drafts.extend(more);
    let mut others: Vec<Draft<'f>> = drafts.iter().flat_map(|draft| other_figures(view, draft)).collect();
    others.retain(|new| !drafts.iter().any(|old| old.amount == new.amount));
    drafts.extend(others);
    drafts
}

/// Gives "of the dead, 354 were rebels" the time, the place and the doers of the toll told last before it.
pub(super) fn parts(drafts: &mut [Draft]) {
    let part = |draft: &Draft| draft.grounds.iter().any(|(.., rule)| rule == PART);
    let older = |draft: &Draft| draft.grounds.iter().any(|(.., rule)| rule == OLDER);
    let all = drafts.to_vec();
    for draft in drafts.iter_mut().filter(|draft| part(draft)) {
        let toll = |other: &&Draft| {
            other.kind == Kind::Casualties
                && other.trigger < draft.trigger
                && other.count.is_some()
                && !part(other)
                && !older(other)
        };
        let Some(whole) = all.iter().filter(toll).max_by_key(|other| other.trigger) else { continue };
        draft.time = whole.time;
        draft.place.clone_from(&whole.place);
        draft.actor.clone_from(&whole.actor);
        if let (Some(own), Some(of)) = (&mut draft.count, &whole.count) {
            own.scope = of.scope;
        }
    }
}

/// One word of a sentence that ends at `end`, looked at as the beginning of a toll.
struct Toll<'v, 'f> {
    view: &'v View<'f>,
    end: TokenId,
    at: TokenId,
}

impl<'f> Toll<'_, 'f> {
    fn word(&self, id: TokenId) -> String {
        if id < self.end { self.view.tree.lower(id) } else { String::new() }
    }

    /// The amount that begins at a word.
    fn amount(&self, id: TokenId) -> Option<usize> {
        let found = self.view.layers.amounts.partition_point(|amount| amount.tokens.start < id);
        self.view.layers.amounts.get(found).filter(|amount| amount.tokens.start == id).map(|_| found)
    }

    /// "Of the dead, 354 were rebels, 241 were fighters and 39 were civilians".
    fn of_the_dead(&self, out: &mut Vec<Draft<'f>>) {
        let words = [self.word(self.at), self.word(self.at + 1), self.word(self.at + 2)];
        let [of, the, dead] = words.each_ref().map(String::as_str);
        let Some(frame) =
            (of == "of" && matches!(the, "the" | "those")).then(|| harm(self.view, dead)).flatten()
        else {
            return;
        };
        for id in self.at + 3..self.end {
            let Some(amount) = self.amount(id) else { continue };
            let after = self.view.layers.amounts[amount].tokens.end;
            if !matches!(self.word(after).as_str(), "were" | "was" | "are") {
                continue;
            }
            let who = (after + 1..self.end.min(after + 6))
                .take_while(|&id| !matches!(self.word(id).as_str(), "," | "and" | ";"))
                .filter_map(|id| target(self.view, id).filter(|fill| fill.head == id))
                .last();
            if let Some(who) = who {
                let mut part = draft(self.view, frame, amount, vec![who]);
                part.grounds.retain(|(slot, ..)| *slot != Slot::Count);
                part.grounds.push((Slot::Count, self.view.layers.amounts[amount].span, PART.to_owned()));
                out.push(part);
            }
        }
    }

    /// "put the number of dead soldiers at four", "put X's dead at 65 and those of Y at 22".
    fn put_at(&self, out: &mut Vec<Draft<'f>>) {
        if !matches!(self.view.tree.lemma(self.at), "put" | "place" | "estimate") {
            return;
        }
        let near = self.at + 1..self.end.min(self.at + NEAR);
        let Some(dead) = near.clone().find(|&id| harm(self.view, &self.word(id)).is_some()) else { return };
        let Some(frame) = harm(self.view, &self.word(dead)) else { return };
        let figure = |from: TokenId| {
            (from..self.end.min(from + NEAR))
                .find(|&id| self.word(id) == "at")
                .and_then(|id| Some((id, self.amount(id + 1)?)))
        };
        let Some((at, amount)) = figure(dead + 1) else { return };
        let who = (self.at + 1..at).filter(|&id| id != dead).find_map(|id| self.party(id));
        out.push(draft(self.view, frame, amount, who.into_iter().collect()));
        let after = self.view.layers.amounts[amount].tokens.end;
        let others = ["and", "those", "of"].iter().enumerate().all(|(n, word)| self.word(after + n) == *word);
        if let Some((at, amount)) = figure(after + 3).filter(|_| others) {
            let who = (after + 3..at).find_map(|id| self.party(id));
            out.push(draft(self.view, frame, amount, who.into_iter().collect()));
        }
    }

    /// Somebody who can be among the dead.
    fn party(&self, id: TokenId) -> Option<Fill> {
        let people = self.view.words.codebook.people.contains_key(self.view.tree.lemma(id));
        let named = self.view.name(id).is_some_and(|name| {
            name.head == id && matches!(name.class, NameClass::Actor | NameClass::People)
        });
        (people || named).then(|| target(self.view, id)).flatten()
    }
}

/// The frame by which a word says that somebody was harmed, and how: "dead", "wounded".
fn harm<'f>(view: &View<'f>, word: &str) -> Option<&'f Frame> {
    let word = match word {
        "killed" | "fatalities" | "victims" => "dead",
        word => word,
    };
    let frames = view.words.codebook.frames(word, TriggerPos::Adjective);
    frames.iter().filter(|frame| frame.kind == Kind::Casualties && frame.words == [word]).find(|frame| {
        matches!(frame.measure, Some(Measure::Killed | Measure::Injured))
            && frame.pos == TriggerPos::Adjective
    })
}

fn draft<'f>(view: &View<'f>, frame: &'f Frame, amount: usize, who: Vec<Fill>) -> Draft<'f> {
    let trigger = view.layers.amounts[amount].tokens.end - 1;
    let sentence = &view.tree.sentences[view.tree.sentence(trigger)];
    let mut one = Draft::of(trigger, frame, clause(view, sentence.tokens.clone(), trigger));
    one.target = who;
    figure(view, &mut one, amount, "claims.tolls");
    one
}

/// Gives a draft a figure.
fn figure(view: &View, draft: &mut Draft, amount: usize, rule: &str) {
    let what = draft.count.as_ref().map(|count| count.what).or(draft.frame.measure);
    let of = &view.layers.amounts[amount];
    let group = group(view, of, &draft.target);
    let cumulative = draft.count.as_ref().and_then(|count| count.scope);
    draft.count = what.map(|what| Count {
        what,
        low: of.low,
        high: of.high,
        group,
        scope: Some(if of.cumulative { Scope::Cumulative } else { cumulative.unwrap_or(Scope::Incident) }),
    });
    draft.amount = Some(amount);
    draft.grounds.retain(|(slot, ..)| *slot != Slot::Count);
    draft.grounds.push((Slot::Count, of.span, rule.to_owned()));
}

/// The stretch between commas around a word.
fn clause(view: &View, sentence: std::ops::Range<TokenId>, at: TokenId) -> Span {
    let stop = |id: &TokenId| matches!(view.tree.word(*id), "," | ";" | "." | ":");
    let start = (sentence.start..at).rev().find(stop).map_or(sentence.start, |id| id + 1);
    let end = (at..sentence.end).find(stop).unwrap_or(sentence.end);
    view.tree.tokens[start].span.cover(view.tree.tokens[end.max(start + 1) - 1].span)
}

/// What reads a figure whose place another has taken; when it was said stands behind it.
pub(super) const OLDER: &str = "claims.older-figure";
/// What reads a figure that takes the place of one before it.
const LATER: &str = "claims.later-figure";

/// Older and later figures of the same: "rose to 634 from 230", "later raised the figure to 50", "then of 80".
fn other_figures<'f>(view: &View<'f>, draft: &Draft<'f>) -> Vec<Draft<'f>> {
    let Some(own) = draft.amount.filter(|_| draft.kind == Kind::Casualties) else { return Vec::new() };
    let sentence = &view.tree.sentences[view.tree.sentence(draft.trigger)];
    let own_end = view.layers.amounts[own].tokens.end;
    let own_start = view.layers.amounts[own].tokens.start;
    let word = |id: TokenId| view.tree.lower(id);
    let of = |at: TokenId| at > sentence.tokens.start && word(at - 1) == "of";
    let mut found = Vec::new();
    let later = own + 1..view.layers.amounts.len();
    for id in later.take_while(|&id| view.layers.amounts[id].tokens.end <= sentence.tokens.end) {
        let amount = &view.layers.amounts[id];
        let at = amount.tokens.start;
        // The bare number alone: "12 of them" counts something else.
        let bare = amount.counted.is_none() && at > sentence.tokens.start;
        let mut between = own_end..amount.tokens.end;
        let to =
            |of: &Amount| of.tokens.clone().chain(of.tokens.start.checked_sub(1)).any(|id| word(id) == "to");
        let later = |draft: &Draft| draft.grounds.iter().any(|(.., rule)| rule == LATER);
        let rule = match word(at.saturating_sub(1)).as_str() {
            "from" if at > 0 && to(&view.layers.amounts[own]) => OLDER,
            _ if bare && to(amount) && between.any(|id| raises(view, id)) => LATER,
            "of" if bare
                && of(own_start)
                && between.any(|id| matches!(word(id).as_str(), "then" | "later")) =>
            {
                LATER
            }
            "of" if bare && found.iter().any(later) => LATER,
            _ => continue,
        };
        let mut one = draft.clone();
        one.evidence = vec![clause(view, sentence.tokens.clone(), at)];
        if rule == OLDER {
            // "from 230 a month ago": the time right behind it, or none.
            let end = amount.tokens.end;
            let times = view.times_in(view.tree.sentence(at)).map(|id| &view.layers.times[id]);
            let behind = times.clone().find(|time| (end..end + 3).contains(&time.tokens.start));
            one.time = behind.and_then(|time| time.interval);
        }
        // What says it, and when, is looked up where the figure stands.
        one.trigger = amount.tokens.end - 1;
        figure(view, &mut one, id, rule);
        found.push(one);
    }
    found
}

/// "raised the figure to", "put the toll up to".
fn raises(view: &View, id: TokenId) -> bool {
    let tree = &view.tree;
    matches!(tree.lemma(id), "raise" | "revise" | "increase" | "lift" | "update")
        && (id + 1..(id + 5).min(tree.tokens.len()))
            .any(|next| matches!(tree.lemma(next), "figure" | "toll" | "number" | "count" | "tally"))
}
