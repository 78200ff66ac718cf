//! Reports that carry one text.
//!
//! Two reports are copies where the hash of their text is one; where their fingerprints are nearly one
//! ([`Near`]); or where the words their claims stand on are the same: at least three passages, or one long, and
//! four fifths of the shorter list. Of a group of copies the first published is the original, then the least id.

use std::collections::{BTreeMap, HashMap};

use gainsay_model::EntityId;

use super::near::Near;
use crate::corpus::ReportHead;
use crate::link::Linked;

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
struct Page<'l, 'a> {
    claim: &'l Linked<'a>,
    head: Option<&'l ReportHead>,
    words: Vec<&'l str>,
}

/// Finds copies among the reports that claims stand in.
pub(super) fn copies(heads: &HashMap<&str, &ReportHead>, linked: &[Linked]) -> Copies {
    let mut pages = pages(heads, linked);
    // Oldest first, so that each report is compared with the first that holds its passage, and no others.
    pages.sort_by_key(|page| {
        let published = page.head.and_then(|head| head.published);
        (published.is_none(), published, &page.claim.claim.document)
    });
    let (mut by_hash, mut by_words): (HashMap<&str, usize>, HashMap<&str, usize>) = Default::default();
    let mut near = Near::default();
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    // The original of each page so far, where it is a copy.
    let mut of: Vec<Option<usize>> = Vec::with_capacity(pages.len());
    for (at, page) in pages.iter().enumerate() {
        let id = page.claim.claim.document.as_str();
        numbers.insert(id, at);
        let hash = page.head.map_or("", |head| head.sha_text.as_str());
        let mut original =
            (!hash.is_empty()).then(|| *by_hash.entry(hash).or_insert(at)).filter(|first| *first != at);
        if original.is_none() {
            let fingerprint = page.head.map_or(&[][..], |head| head.fingerprint.as_slice());
            original = near.original(id, fingerprint).and_then(|first| numbers.get(first).copied());
        }
        if original.is_none() {
            let mut shared: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
            for &passage in &page.words {
                let first = *by_words.entry(passage).or_insert(at);
                if first != at {
                    let (n, longest) = shared.entry(first).or_default();
                    (*n, *longest) = (*n + 1, (*longest).max(passage.chars().count()));
                }
            }
            let copied = |(first, (n, longest)): &(usize, (usize, usize))| {
                let fewer = page.words.len().min(pages[*first].words.len());
                (*n >= SHARED || *longest >= LONG) && n * 5 >= fewer * 4
            };
            // Of several that share as many passages the last by id.
            let most = |(first, (n, _)): &(usize, (usize, usize))| (*n, &pages[*first].claim.claim.document);
            original = shared.into_iter().filter(copied).max_by_key(most).map(|(first, _)| first);
        }
        of.push(original.map(|first| of[first].unwrap_or(first)));
    }
    let copy = |(page, first): (&Page, &Option<usize>)| {
        let original = pages[(*first)?].claim;
        let original = Original {
            id: original.claim.document.clone(),
            outlet: original.outlet.clone(),
            credited: original.credited.clone(),
        };
        Some((page.claim.claim.document.clone(), original))
    };
    Copies { of: pages.iter().zip(&of).filter_map(copy).collect() }
}

/// The reports of these claims, each with its passages, sorted, each once.
fn pages<'l, 'a>(heads: &HashMap<&str, &'l ReportHead>, linked: &'l [Linked<'a>]) -> Vec<Page<'l, 'a>> {
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let mut pages: Vec<Page> = Vec::new();
    for claim in linked {
        let id = claim.claim.document.as_str();
        let number = *numbers.entry(id).or_insert(pages.len());
        if number == pages.len() {
            pages.push(Page { claim, head: heads.get(id).copied(), words: Vec::new() });
        }
        let words = claim.claim.evidence.iter().map(|evidence| evidence.exact.as_str());
        pages[number].words.extend(words.filter(|words| words.chars().count() >= TELLING));
    }
    for page in &mut pages {
        page.words.sort_unstable();
        page.words.dedup();
    }
    pages
}
