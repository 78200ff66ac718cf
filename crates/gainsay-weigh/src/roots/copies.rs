//! Reports that carry one text.
//!
//! Two reports are copies where the hash of their text is one; where their fingerprints are nearly one
//! ([`Near`]); or where the words their claims stand on are the same: at least three passages, or one long, and
//! four fifths of the shorter list. Of a group of copies the first published is the original, then the least id.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use gainsay_model::EntityId;

use super::altered;
use super::near::Near;
use crate::corpus::ReportHead;
use crate::link::Linked;
use crate::order::Order;

/// Passages shorter than this say too little to tell a copy (characters).
const TELLING: usize = 24;
/// One shared passage tells a copy if it is at least so long (characters).
const LONG: usize = 120;
/// So many shared passages tell a copy.
const SHARED: usize = 3;

/// An original and its outlet.
pub(super) struct Original {
    /// Its report id.
    pub(super) id: String,
    /// Who published it.
    pub(super) outlet: EntityId,
    /// Whom it credits.
    pub(super) credited: Option<EntityId>,
    /// What it tells ([`altered::tellings`]).
    pub(super) tellings: Arc<Vec<u64>>,
}

/// Which reports are copies of which.
pub(super) struct Copies {
    of: HashMap<String, Original>,
}

impl Copies {
    /// The original that this report copies; `None` for originals.
    pub(super) fn original(&self, report: &str) -> Option<&Original> {
        self.of.get(report)
    }
}

/// What is compared of a report: its first claim, and the passages its claims stand on.
pub(super) struct Page<'l, 'a> {
    pub(super) claim: &'l Linked<'a>,
    pub(super) head: Option<&'l ReportHead>,
    pub(super) words: Vec<&'l str>,
    /// What its claims tell ([`altered::tellings`]), sorted, each once.
    pub(super) tellings: Vec<u64>,
}

impl Page<'_, '_> {
    /// Pages come in the order in which they were published, those of no known day last, then by id: each is compared
    /// with the first that holds its passage, and no others.
    pub(super) fn order(&self) -> Vec<u8> {
        let published = self.head.and_then(|head| head.published);
        let mut order = Order::default();
        order.flag(published.is_none()).maybe(published, |order, day| order.day(day));
        order.text(&self.claim.claim.document);
        order.bytes()
    }
}

/// Finds copies among the reports that claims stand in.
///
/// First those of one text; of the others those whose texts are nearly one; of the others those of the same passages.
/// No step looks at what a later one finds, and each compares only reports that share something: so each can be taken
/// apart by what they share ([`super::staged`]).
pub(super) fn copies(heads: &HashMap<&str, &ReportHead>, linked: &[Linked]) -> Copies {
    let mut pages = pages(heads, linked);
    pages.sort_by_cached_key(Page::order);
    // The report that each page copies, so far as is known; it may itself be a copy.
    let mut of: Vec<Option<usize>> = vec![None; pages.len()];
    let mut by_hash: HashMap<&str, usize> = HashMap::new();
    for (at, page) in pages.iter().enumerate() {
        let hash = page.head.map_or("", |head| head.sha_text.as_str());
        of[at] = (!hash.is_empty()).then(|| *by_hash.entry(hash).or_insert(at)).filter(|first| *first != at);
    }
    let mut near = Near::default();
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    for (at, page) in pages.iter().enumerate() {
        let id = page.claim.claim.document.as_str();
        numbers.insert(id, at);
        if of[at].is_none() {
            let fingerprint = page.head.map_or(&[][..], |head| head.fingerprint.as_slice());
            of[at] = near.original(id, fingerprint).and_then(|first| numbers.get(first).copied());
        }
    }
    let mut by_words: HashMap<&str, usize> = HashMap::new();
    for (at, page) in pages.iter().enumerate() {
        if of[at].is_some() {
            continue;
        }
        let mut shared = Shared::none();
        for &passage in &page.words {
            let first = *by_words.entry(passage).or_insert(at);
            if first != at {
                shared.passage((&pages[first].claim.claim.document, first), passage.chars().count());
            }
        }
        of[at] =
            shared.original(page.words.len(), |(_, first)| pages[*first].words.len()).map(|(_, first)| first);
    }
    for at in 0..pages.len() {
        of[at] = of[at].map(|first| of[first].unwrap_or(first));
    }
    let mut tellings: BTreeMap<usize, Arc<Vec<u64>>> = BTreeMap::new();
    let copy = |(page, first): (&Page, &Option<usize>)| {
        let first = (*first)?;
        let tellings =
            tellings.entry(first).or_insert_with(|| Arc::new(pages[first].tellings.clone())).clone();
        let original = pages[first].claim;
        let original = Original {
            id: original.claim.document.clone(),
            outlet: original.outlet.clone(),
            credited: original.credited.clone(),
            tellings,
        };
        Some((page.claim.claim.document.clone(), original))
    };
    Copies { of: pages.iter().zip(&of).filter_map(copy).collect() }
}

/// Passages that a report shares with earlier ones: of each, how many and how long the longest (characters).
pub(super) struct Shared<R> {
    with: BTreeMap<R, (usize, usize)>,
}

impl<R: Ord> Shared<R> {
    /// None so far.
    pub(super) fn none() -> Shared<R> {
        Shared { with: BTreeMap::new() }
    }

    /// One passage shared with a report.
    pub(super) fn passage(&mut self, report: R, characters: usize) {
        let (n, longest) = self.with.entry(report).or_default();
        (*n, *longest) = (*n + 1, (*longest).max(characters));
    }

    /// The report whose passages these are, where they are enough to tell a copy: of several that share as many the
    /// last. `ours` are the passages of the copy, `theirs` those of another report.
    pub(super) fn original(self, ours: usize, theirs: impl Fn(&R) -> usize) -> Option<R> {
        let copied = |(report, (n, longest)): &(R, (usize, usize))| {
            (*n >= SHARED || *longest >= LONG) && *n * 5 >= ours.min(theirs(report)) * 4
        };
        let all = self.with.into_iter().filter(copied);
        all.max_by(|(a, (x, _)), (b, (y, _))| (x, a).cmp(&(y, b))).map(|(report, _)| report)
    }
}

/// The reports of these claims, each with its passages, sorted, each once.
pub(super) fn pages<'l, 'a>(
    heads: &HashMap<&str, &'l ReportHead>,
    linked: &'l [Linked<'a>],
) -> Vec<Page<'l, 'a>> {
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let mut pages: Vec<Page> = Vec::new();
    for claim in linked {
        let id = claim.claim.document.as_str();
        let number = *numbers.entry(id).or_insert(pages.len());
        if number == pages.len() {
            let head = heads.get(id).copied();
            pages.push(Page { claim, head, words: Vec::new(), tellings: Vec::new() });
        }
        let words = claim.claim.evidence.iter().map(|evidence| evidence.exact.as_str());
        pages[number].words.extend(words.filter(|words| words.chars().count() >= TELLING));
        pages[number].tellings.extend(altered::tellings(claim.claim));
    }
    for page in &mut pages {
        page.words.sort_unstable();
        page.words.dedup();
        page.tellings.sort_unstable();
        page.tellings.dedup();
    }
    pages
}
