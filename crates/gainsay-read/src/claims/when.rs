//! When: the time expression that belongs to the trigger's clause, else the only one of the sentence.

use gainsay_model::{Interval, Rel, Slot, Span, TimeMention, TokenId};

use super::View;
use super::draft::Draft;
use super::tolls::OLDER;

pub(super) fn when(view: &View, drafts: &mut [Draft]) {
    let older = |draft: &&mut Draft| draft.grounds.iter().any(|(.., rule)| rule == OLDER);
    for draft in drafts.iter_mut().filter(|draft| !older(draft)) {
        if let Some(id) = nearest(view, draft.trigger) {
            let time = &view.layers.times[id];
            draft.time = if dates_clause(view, draft.trigger, time) { bare(time) } else { time.interval };
            draft.grounds.push((Slot::Time, time.span, time.rule.to_string()));
        }
    }
    for n in 0..drafts.len() {
        if drafts[n].time.is_none()
            && let Some((time, span)) = until(view, drafts, drafts[n].trigger)
        {
            drafts[n].time = Some(time);
            drafts[n].grounds.push((Slot::Time, span, "claims.before".into()));
        }
    }
}

/// "Before the push, the sides had avoided each other": until the day before the push that was told of and dated.
fn until(view: &View, drafts: &[Draft], trigger: TokenId) -> Option<(Interval, Span)> {
    let tree = &view.tree;
    let clause = tree.clause(trigger);
    let before = |id: &TokenId| matches!(tree.case(*id).as_deref(), Some("before" | "prior to" | "ahead of"));
    let event = tree.with(clause, &[Rel::Obl]).find(before)?;
    let told = |draft: &&Draft| draft.trigger < event && tree.lemma(draft.trigger) == tree.lemma(event);
    let start = drafts.iter().filter(told).filter_map(|draft| draft.time?.start).next_back()?;
    let end = start.yesterday().ok()?;
    Some((Interval { start: None, end: Some(end) }, tree.tokens[event].span))
}

/// "since June 3, when X seized the bridge": the clause after "when" happened on the day itself.
fn dates_clause(view: &View, trigger: TokenId, time: &TimeMention) -> bool {
    let tree = &view.tree;
    let clause = tree.clause(trigger);
    let when = tree.children(clause).iter().any(|&id| tree.lower(id) == "when");
    when && time.rule == "times.since" && time.tokens.end <= clause
}

/// The days of the bare date, without what "since" makes of it.
fn bare(time: &TimeMention) -> Option<Interval> {
    crate::times::days_of_value(&time.value).or(time.interval)
}

/// The time expression fewest steps away in the tree; those under another clause's verb or under a cue of saying
/// are not the event's.
fn nearest(view: &View, trigger: TokenId) -> Option<usize> {
    let tree = &view.tree;
    let sentence = tree.sentence(trigger);
    let mut best: Option<(usize, usize, usize)> = None;
    for id in view.times_in(sentence) {
        let time = &view.layers.times[id];
        if time.interval.is_none() || time.rule == "times.dateline" {
            continue;
        }
        let mut head = crate::times_head(tree, &time.tokens);
        // "… since X captured the bridge on June 3": the span is that of the clause over the one it opens.
        if time.rule == "times.since_clause" {
            let clause = tree.head(head).unwrap_or(head);
            if tree.is_under(trigger, clause) {
                continue;
            }
            head = tree.head(clause).unwrap_or(clause);
        }
        let Some(steps) = steps(view, trigger, head) else { continue };
        let key = (steps, head.abs_diff(trigger), id);
        if best.is_none_or(|old| key < old) {
            best = Some(key);
        }
    }
    best.map(|(.., id)| id)
}

/// Steps up from the trigger to the word that also stands over the time, and down to it; `None` when the way down
/// crosses into a clause of its own, or when the time belongs to a verb of saying.
fn steps(view: &View, trigger: TokenId, time: TokenId) -> Option<usize> {
    let tree = &view.tree;
    let up: Vec<TokenId> = std::iter::once(trigger).chain(tree.ancestors(trigger)).collect();
    let mut down = 0;
    let mut at = time;
    loop {
        if let Some(height) = up.iter().position(|&id| id == at) {
            let saying = at != trigger && view.is_cue(at);
            return (!saying).then_some(height + down);
        }
        down += 1;
        let next = tree.head(at)?;
        let own_clause = tree.is_verb(at) && !up.contains(&at) && down > 1;
        if own_clause || down > 8 {
            return None;
        }
        at = next;
    }
}
