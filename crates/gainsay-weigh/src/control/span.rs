//! Stretches over which a party is said to hold a place.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::EntityId;
use jiff::civil::Date;

use super::HoldingPolicy;
use super::evidence::{Act, Item, LATELY};
use crate::Weighed;
use crate::days::{between, shift};
use crate::roots::Camps;

/// Who left at most so many days before a stretch made way for it.
const EVE: i32 = 2;

/// A stretch over which one party, with its parts, is said to hold a place.
#[derive(Clone, Debug)]
pub(crate) struct Span {
    /// First day.
    pub(super) from: Date,
    /// Last day, where its end is known.
    pub(super) to: Option<Date>,
    /// The last day of which anybody speaks.
    pub(super) last: Date,
    /// Whether `from` is when it began, or only as far back as anybody speaks of.
    pub(super) began: bool,
    /// Statements that it holds or takes it.
    pub(super) items: Vec<Item>,
    /// Parties that held it before.
    pub(super) losers: BTreeSet<EntityId>,
    /// Claims that those left.
    pub(super) left: Vec<usize>,
    /// Claims of other voices that it does not hold it, and the day from which they say so.
    pub(super) denied: Vec<(usize, Date)>,
}

impl Span {
    /// Whether it covers the day.
    pub(super) fn covers(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// All statements about one place, by the outermost party they speak of.
struct Told<'w, 'i> {
    weighed: &'w Weighed<'w>,
    camps: &'w Camps<'w>,
    items: &'i [Item],
    /// The statements in order of their last days.
    by_last: Vec<&'i Item>,
    joint: BTreeSet<(&'i str, &'i str)>,
    policy: HoldingPolicy,
}

/// The stretches at one place, in order.
pub(super) fn spans(weighed: &Weighed, camps: &Camps, items: Vec<Item>, policy: HoldingPolicy) -> Vec<Span> {
    let mut by_claim: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for item in items.iter().filter(|item| matches!(item.act, Act::Gains | Act::Holds)) {
        by_claim.entry(item.at).or_default().insert(&item.actor);
    }
    let joint = by_claim
        .values()
        .flat_map(|actors| actors.iter().flat_map(|a| actors.iter().map(|b| (*a, *b))))
        .collect();
    let mut by_last: Vec<&Item> = items.iter().collect();
    by_last.sort_by_key(|item| item.days.to);
    let told = Told { weighed, camps, items: &items, by_last, joint, policy };
    let mut parties: BTreeMap<EntityId, Vec<&Item>> = BTreeMap::new();
    for item in items.iter().filter(|item| item.positive()) {
        parties.entry(camps.of(&item.actor)).or_default().push(item);
    }
    let mut spans: Vec<Span> =
        parties.into_iter().flat_map(|(party, items)| told.of(&party, items)).collect();
    spans.sort_by(|a, b| {
        (a.from, &a.items[0].actor, a.items[0].at).cmp(&(b.from, &b.items[0].actor, b.items[0].at))
    });
    let losers: Vec<BTreeSet<EntityId>> = spans.iter().map(|span| told.losers(&spans, span)).collect();
    for (span, losers) in spans.iter_mut().zip(losers) {
        let left = told.left(span);
        span.losers = losers.into_iter().chain(left.iter().map(|item| item.actor.clone())).collect();
        span.left = left.into_iter().map(|item| item.at).collect();
        span.denied = told.denied(span);
    }
    spans
}

impl<'i> Told<'_, 'i> {
    /// Whether two parties cannot both hold it.
    fn conflict(&self, a: &str, b: &str) -> bool {
        !self.camps.one_side(a, b) && !self.joint.contains(&(a, b))
    }

    /// Statements whose last day lies between these two.
    fn lately(&self, from: Date, to: Date) -> impl Iterator<Item = &'i Item> {
        let first = self.by_last.partition_point(|item| item.days.to < from);
        self.by_last[first..].iter().copied().take_while(move |item| item.days.to <= to)
    }

    fn roots(&self, item: &Item) -> &[EntityId] {
        &self.weighed.said[item.at].voice.roots
    }

    /// Whether a statement is by one of the voices of a stretch.
    fn one_voice(&self, item: &Item, span: &Span) -> bool {
        self.roots(item).iter().any(|root| span.items.iter().any(|own| self.roots(own).contains(root)))
    }

    /// Claims of other voices, while the stretch lasts, that its party does not hold the place.
    fn denied(&self, span: &Span) -> Vec<(usize, Date)> {
        let party = self.camps.of(&span.items[0].actor);
        let denies = |item: &&Item| {
            item.act == Act::Lacks
                && self.camps.of(&item.actor) == party
                && span.covers(item.days.to)
                && between(span.from, item.days.to) <= LATELY
                && !self.one_voice(item, span)
        };
        self.items.iter().filter(denies).map(|item| (item.at, item.days.to)).collect()
    }

    /// The stretches of one party, from the statements that it holds the place.
    fn of(&self, party: &str, mut items: Vec<&'i Item>) -> Vec<Span> {
        items.sort_by_key(|item| (item.days.from, item.days.to, item.act, item.at));
        let (mut spans, mut open): (Vec<Span>, Option<Span>) = (Vec::new(), None);
        for item in items {
            if let Some(mut span) = open.take_if(|span: &mut Span| item.days.from > span.last) {
                match self.loss(party, &span, Some(item)) {
                    Some(to) => {
                        span.to = Some(to.max(span.from));
                        spans.push(span);
                    }
                    None => open = Some(span),
                }
            }
            let new = || Span {
                from: item.days.from,
                to: None,
                last: item.days.to,
                began: item.act != Act::Held,
                items: Vec::new(),
                losers: BTreeSet::new(),
                left: Vec::new(),
                denied: Vec::new(),
            };
            let span = open.get_or_insert_with(new);
            span.last = span.last.max(item.days.to);
            span.items.push(item.clone());
        }
        if let Some(mut span) = open {
            span.to = self.loss(party, &span, None).map(|to| to.max(span.from));
            spans.push(span);
        }
        spans
    }

    /// The last day of a stretch, if something ends it before `next` says again that the party holds the place.
    fn loss(&self, party: &str, span: &Span, next: Option<&Item>) -> Option<Date> {
        let last = span.last;
        let holders: BTreeSet<&str> = span.items.iter().map(|item| item.actor.as_str()).collect();
        let before_next = |day: Date| next.is_none_or(|next| day < next.days.from);
        // Nothing that began before the last statement can end what that statement still says.
        let from = self.items.partition_point(|item| item.days.from < last);
        for item in &self.items[from..] {
            if next.is_some_and(|next| next.days.from < item.days.from) {
                break;
            }
            let day = item.days.from.max(item.days.to.min(last));
            let ours = self.camps.of(&item.actor) == party;
            let end = match item.act {
                Act::Leaves if ours && last <= item.days.to && before_next(item.days.to) => {
                    let taken = |other: &&Item| {
                        other.act == Act::Gains
                            && !other.partial()
                            && self.conflict(&other.actor, &item.actor)
                            && span.from <= other.days.to
                    };
                    if self
                        .lately(shift(item.days.to, -LATELY as i32), item.days.to)
                        .any(|other| taken(&other))
                    {
                        shift(item.days.to, -1)
                    } else {
                        item.days.to
                    }
                }
                // A voice can take back its own word; another's it can only dispute.
                Act::Lacks
                    if ours
                        && last < item.days.to
                        && before_next(item.days.to)
                        && self.one_voice(item, span) =>
                {
                    shift(item.days.to, -1)
                }
                Act::Gains | Act::Holds
                    if !ours
                        && !item.partial()
                        && last < day
                        && next.is_none_or(|next| day <= next.days.from) =>
                {
                    let against = holders.iter().all(|holder| self.conflict(&item.actor, holder));
                    if !against || self.gainsaid(party, span, item, day, next) {
                        continue;
                    }
                    shift(day, -1)
                }
                _ => continue,
            };
            return Some(end);
        }
        None
    }

    /// Whether a change is gainsaid rather than a loss: the party is lately said, by another voice, to hold the
    /// place still, or lately took it; and nothing confirms the change.
    fn gainsaid(&self, party: &str, span: &Span, change: &Item, day: Date, next: Option<&Item>) -> bool {
        let differ = |a: &Item, b: &Item| !self.roots(a).iter().any(|root| self.roots(b).contains(root));
        match next {
            _ if self.policy == HoldingPolicy::Acled => false,
            Some(next)
                if next.act != Act::Gains
                    && between(day, next.days.from) <= LATELY
                    && differ(next, change) =>
            {
                !self.confirmed(party, &change.actor, day, shift(next.days.from, -1).max(day))
            }
            _ if change.act == Act::Holds => {
                let lately = |held: &&Item| held.act == Act::Gains && between(held.days.to, day) <= LATELY;
                let taken = span.items.iter().any(|held| lately(&held));
                let updated = span.items.iter().any(|held| !differ(held, change));
                taken && !updated && !self.confirmed(party, &change.actor, day, day)
            }
            _ => false,
        }
    }

    /// Whether by `until` the loser itself, or two voices of which one is not the gainer's, said that it holds it.
    fn confirmed(&self, loser: &str, gainer: &str, day: Date, until: Date) -> bool {
        let ours = |item: &&Item| {
            item.positive() && item.act != Act::Held && self.camps.one_side(&item.actor, gainer)
        };
        let lately = self.lately(shift(day, -LATELY as i32), until);
        let roots: BTreeSet<&EntityId> = lately.filter(ours).flat_map(|item| self.roots(item)).collect();
        held(self.camps, roots, gainer, [loser])
    }

    /// Parties that held it up to the day before the stretch, or into it.
    fn losers(&self, spans: &[Span], span: &Span) -> BTreeSet<EntityId> {
        let eve = shift(span.from, -1);
        let before = |other: &&Span| other.from < span.from && other.to.is_none_or(|to| to >= eve);
        let against = |other: &&Span| self.conflict(&other.items[0].actor, &span.items[0].actor);
        spans
            .iter()
            .filter(before)
            .filter(against)
            .flat_map(|other| other.items.iter().map(|item| item.actor.clone()))
            .collect()
    }

    /// Statements that another party left, from just before the stretch on: by whoever says so.
    fn left(&self, span: &Span) -> Vec<&'i Item> {
        let eve = shift(span.from, -EVE);
        let holders: BTreeSet<&str> = span.items.iter().map(|item| item.actor.as_str()).collect();
        let against = |item: &&Item| holders.iter().all(|holder| self.conflict(holder, &item.actor));
        let left = self.lately(eve, span.to.unwrap_or(Date::MAX)).filter(|item| item.act == Act::Leaves);
        left.filter(against).collect()
    }
}

/// Whether these voices make a holding more than a claim: a loser's own, or two camps not all the holder's own.
pub(super) fn held<'r>(
    camps: &Camps,
    roots: BTreeSet<&'r EntityId>,
    holder: &str,
    losers: impl IntoIterator<Item = &'r str>,
) -> bool {
    let theirs = losers
        .into_iter()
        .any(|loser| roots.iter().any(|root| camps.belongs(root, loser) && !camps.belongs(root, holder)));
    let others = roots.iter().any(|root| !camps.belongs(root, holder));
    theirs || (others && camps.among(roots).len() > 1)
}
