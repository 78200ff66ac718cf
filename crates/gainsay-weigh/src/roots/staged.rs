//! Voices in stages: copies by what they share, chains by their report, and statements by what they state.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use gainsay_model::{Claim, Date, EntityId};
use serde::{Deserialize, Serialize};

use super::copies::{self, Original, Page, Shared};
use super::near::{Near, sketch};
use super::{Said, Voice, chain};
use crate::corpus::{Names, ReportHead};
use crate::events::text;
use crate::link::Linked;
use crate::stages::{Carried, Out, Piles, Row, StageError, Table, all, get, own};

/// A report as it is compared with others.
#[derive(Serialize, Deserialize)]
struct PageRow<'r> {
    /// Its place in the order of reports.
    order: Vec<u8>,
    id: &'r str,
    fingerprint: Vec<u64>,
    #[serde(borrow)]
    words: Vec<&'r str>,
}

/// What a copy needs to know of its original: its id, its outlet, whom it credits, its day, and what it tells.
type HeadRow = (String, EntityId, Option<EntityId>, Option<Date>, Vec<u64>);

/// The reports of these claims as they are compared, and what copies of them need to know.
pub(crate) fn pages(heads: &HashMap<&str, &ReportHead>, linked: &[Linked], out: &mut Out) {
    for page in copies::pages(heads, linked) {
        let (order, claim) = (page.order(), page.claim);
        let day = page.head.and_then(|head| head.dated.or(head.published));
        let id = claim.claim.document.clone();
        let head: HeadRow = (id, claim.outlet.clone(), claim.credited.clone(), day, page.tellings.clone());
        out.put(Table::Head, &order, &head);
        let hash = page.head.map_or("", |head| head.sha_text.as_str());
        // A report without a hash shares its text with none.
        let key = if hash.is_empty() {
            [b"-".as_slice(), &order].concat()
        } else {
            [b"+", hash.as_bytes()].concat()
        };
        let Page { head, words, .. } = page;
        let fingerprint = head.map_or_else(Vec::new, |head| head.fingerprint.clone());
        out.put(Table::Page, key, &PageRow { order, id: &claim.claim.document, fingerprint, words });
    }
}

/// Of reports with one text the first; the others are copies of it.
pub(crate) fn one_text(rows: &[Row], out: &mut Out) -> Result<(), StageError> {
    for pile in rows.piles() {
        let mut pages: Vec<PageRow> = all(pile, Table::Page)?;
        pages.sort_by(|a, b| a.order.cmp(&b.order));
        let Some((first, copies)) = pages.split_first() else { continue };
        copies.iter().for_each(|copy| out.raw(Table::Copied, &copy.order, &first.order));
        for hash in sketch(&first.fingerprint) {
            out.raw(Table::Sketch, hash.to_be_bytes(), &first.order);
        }
        out.put(Table::Text, &first.order, first);
    }
    Ok(())
}

/// Reports that share a hash of their sketches.
pub(crate) fn sketches(rows: &[Row], out: &mut Out) -> Result<(), StageError> {
    for pile in rows.piles() {
        // Rows of one key and table are sorted by what they say.
        let Some((first, others)) = pile.split_first() else { continue };
        others.iter().for_each(|other| out.raw(Table::Alike, &other.row, &first.row));
    }
    Ok(())
}

/// Reports by the first of those that they hang together with.
pub(crate) fn families(rows: &[Row], out: &mut Out) -> Result<(), StageError> {
    for pile in rows.piles() {
        let family = pile.one(Table::AlikeAs).map_or(&pile[0].key, |least| &least.row);
        pile.of(Table::Text).iter().for_each(|text| out.raw(Table::Family, family, &text.row));
    }
    Ok(())
}

/// Of reports that hang together those whose texts are nearly one, and the passages of the others.
pub(crate) fn near_texts(rows: &[Row], out: &mut Out) -> Result<(), StageError> {
    for pile in rows.piles() {
        let mut pages: Vec<PageRow> = all(pile, Table::Family)?;
        pages.sort_by(|a, b| a.order.cmp(&b.order));
        let order: BTreeMap<&str, &[u8]> = pages.iter().map(|page| (page.id, &*page.order)).collect();
        let mut near = Near::default();
        for page in &pages {
            if let Some(first) = near.original(page.id, &page.fingerprint) {
                out.raw(Table::Copied, &page.order, order[first]);
                continue;
            }
            for passage in &page.words {
                out.put(Table::Passage, passage, &(&page.order, page.id, page.words.len()));
            }
        }
    }
    Ok(())
}

/// A passage that a report shares with the first that has it.
#[derive(Serialize, Deserialize)]
struct SharedRow<'r> {
    id: &'r str,
    order: Vec<u8>,
    /// How many passages the first has, and how many the one that shares it.
    theirs: usize,
    ours: usize,
    characters: usize,
}

/// Each passage's first report, to the others that have it.
pub(crate) fn passages(rows: &[Row], out: &mut Out) -> Result<(), StageError> {
    for pile in rows.piles() {
        let mut held: Vec<(Vec<u8>, &str, usize)> = all(pile, Table::Passage)?;
        held.sort_unstable();
        let characters = own(&pile[0].key)?.chars().count();
        let Some(((order, id, theirs), others)) = held.split_first() else { continue };
        for (other, _, ours) in others {
            let row = SharedRow { id, order: order.clone(), theirs: *theirs, ours: *ours, characters };
            out.put(Table::Shared, other, &row);
        }
    }
    Ok(())
}

/// Reports whose passages are those of another.
pub(crate) fn one_wording(rows: &[Row], out: &mut Out) -> Result<(), StageError> {
    for pile in rows.piles() {
        let found: Vec<SharedRow> = all(pile, Table::Shared)?;
        let (mut shared, mut ours) = (Shared::none(), 0);
        for one in &found {
            shared.passage((one.id, &one.order, one.theirs), one.characters);
            ours = one.ours;
        }
        if let Some((_, first, _)) = shared.original(ours, |(_, _, theirs)| *theirs) {
            out.raw(Table::Copied, &pile[0].key, first);
        }
    }
    Ok(())
}

/// Each copy's original.
pub(crate) fn originals(rows: &[Row], out: &mut Out) -> Result<(), StageError> {
    for pile in rows.piles() {
        let Some(head) = pile.one(Table::Head) else { continue };
        for copy in pile.of(Table::CopyOf).iter().filter(|copy| copy.row != copy.key) {
            out.raw(Table::Original, report_of(&copy.row)?, &head.row);
        }
    }
    Ok(())
}

/// The id of a report, of its place in the order of reports ([`Page::order`]).
fn report_of(order: &[u8]) -> Result<Vec<u8>, StageError> {
    // No day known or not, a day or none, and the day; then the id, with two zeros after it and one escaped in it.
    let from = if order.get(1) == Some(&1) { 6 } else { 2 };
    let id = order.get(from..).and_then(|rest| rest.strip_suffix(&[0, 0]));
    let id = id.ok_or_else(|| StageError::Row(Table::CopyOf.as_str().into()))?;
    let mut report = Vec::with_capacity(id.len());
    let mut bytes = id.iter();
    while let Some(&byte) = bytes.next() {
        report.push(byte);
        if byte == 0 {
            bytes.next();
        }
    }
    Ok(report)
}

/// Claims of whole reports with their voices, as each report alone tells them.
pub(crate) fn voices(names: &Names, rows: &[Row], out: &mut Out) -> Result<(), StageError> {
    for pile in rows.piles() {
        let copy: Option<HeadRow> = pile.one(Table::Original).map(get).transpose()?;
        let day = copy.as_ref().and_then(|(_, _, _, day, _)| *day);
        let copy = copy.map(|(id, outlet, credited, _, tellings)| Original {
            id,
            outlet,
            credited,
            tellings: Arc::new(tellings),
        });
        for row in pile.of(Table::Spoken) {
            let one: Carried = get(row)?;
            let (claim, told_of) = (one.claim(), one.kept.told_of().cloned());
            let mut said = one.kept.said(&claim);
            said.voice = chain::chain(names, &said.link, copy.as_ref());
            let key = super::follow::hash(&said.link).to_be_bytes();
            out.put(Table::Voiced, key, &Carried::of(&said, day.or(one.dated), told_of));
        }
    }
    Ok(())
}

/// Claims that state one thing, each with those who stand behind it, by the text it stands in.
pub(crate) fn follow(rows: &[Row], out: &mut Out) -> Result<(), StageError> {
    let mut carried: Vec<Carried> = all(rows, Table::Voiced)?;
    carried.sort_by(|a, b| a.kept.id().cmp(b.kept.id()));
    let claims: Vec<Claim> = carried.iter().map(Carried::claim).collect();
    let rest: Vec<(Option<Date>, Option<EntityId>)> =
        carried.iter().map(|one| (one.dated, one.kept.told_of().cloned())).collect();
    let said = carried.into_iter().zip(&claims).map(|(one, claim)| one.kept.said(claim));
    let (linked, voices): (Vec<Linked>, Vec<Voice>) = said.map(|said| (said.link, said.voice)).unzip();
    let voices = super::follow::follow(&linked, super::altered::first_to_say(&linked, voices));
    for ((link, voice), (dated, told_of)) in linked.into_iter().zip(voices).zip(rest) {
        let said = Said::of(link, voice, dated);
        out.put(Table::Said, text(&said), &Carried::of(&said, dated, told_of));
    }
    Ok(())
}
