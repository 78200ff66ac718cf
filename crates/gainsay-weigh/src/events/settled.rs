//! Events in stages, from tellings joined to answers: denials, repeats, tolls, wholes, ids.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{Event, Measure};

use super::cluster::{self, Shelf};
use super::id::{self, Figures};
use super::parts::{self, Piece};
use super::staged::{Claims, PlacedRow, Told, by_id};
use super::{family, whose_soldiers};
use crate::corpus::Names;
use crate::kept::Kept;
use crate::range::Range;
use crate::roots::Camps;
use crate::stages::{EventRow, Out, Piles, Row, StageError, Table, all, event_of, event_row, get, own};

/// Denials, each to the events that tellings near it are of.
pub(crate) fn denied_places(names: &Names, rows: &[Row], out: &mut Out) -> Result<(), StageError> {
    for pile in rows.piles().filter(|pile| pile.one(Table::Denied).is_some()) {
        let claims = Claims::of(all(pile, Table::Denied)?);
        let placed: Vec<PlacedRow> = all(pile, Table::Placed)?;
        let said = claims.said();
        let Some(family) = said.first().and_then(family) else { continue };
        let mut shelf = Shelf::new(names);
        for (n, (places, day, _)) in placed.iter().enumerate() {
            shelf.put("", family, places, *day, n);
        }
        for (denied, row) in said.iter().zip(pile.of(Table::Denied)) {
            let near = shelf.near("", family, denied);
            let events: BTreeSet<&[u8]> = near.into_iter().map(|n| placed[n].2.as_slice()).collect();
            events.into_iter().for_each(|event| out.raw(Table::Near, event, &row.row));
        }
    }
    Ok(())
}

/// How well a denial fits an event, and the event.
type Fit = ((u8, u8, u8), Vec<u8>, Kept);

/// Denials that fit an event.
pub(crate) fn denied_events(names: &Names, rows: &[Row], out: &mut Out) -> Result<(), StageError> {
    let camps = Camps::new(*names);
    for pile in rows.piles().filter(|pile| pile.one(Table::Near).is_some()) {
        let Some(event) = pile.one(Table::Event) else { continue };
        let Told { cluster, kept } = get(event)?;
        let (told, denied) = (Claims::of(kept), Claims::of(all(pile, Table::Near)?));
        let (told, denied) = (told.said(), denied.said());
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for claim in denied.iter().filter(|claim| seen.insert(claim.id())) {
            if let Some(fit) = cluster::fit(names, &camps, &told, &cluster, claim) {
                out.put(Table::Fit, claim.id(), &(fit, &event.key, Kept::of(claim, None, None)));
            }
        }
    }
    Ok(())
}

/// Each denial to the event that it fits best.
pub(crate) fn denials(rows: &[Row], out: &mut Out) -> Result<(), StageError> {
    for pile in rows.piles() {
        let fits: Vec<Fit> = all(pile, Table::Fit)?;
        // Of several that it fits as well the first.
        let best = fits.into_iter().max_by(|a, b| (a.0, Reverse(&a.1)).cmp(&(b.0, Reverse(&b.1))));
        if let Some((_, event, kept)) = best {
            out.raw(Table::Home, kept.id(), &event);
            out.put(Table::Joins, event, &kept);
        }
    }
    Ok(())
}

/// Claims that repeat one, to its event.
pub(crate) fn repeats(rows: &[Row], out: &mut Out) -> Result<(), StageError> {
    for pile in rows.piles() {
        let Some(home) = pile.one(Table::Home) else { continue };
        pile.of(Table::Repeat).iter().for_each(|repeat| out.raw(Table::Joins, &home.row, &repeat.row));
    }
    Ok(())
}

/// Events with all their claims, of whose soldiers their figures are, and the totals of parts that are not among them.
pub(crate) fn gather(names: &Names, rows: &[Row], out: &mut Out) -> Result<(), StageError> {
    for pile in rows.piles() {
        let Some(event) = pile.one(Table::Event) else { continue };
        let Told { cluster, kept } = get::<Told>(event)?.join(all(pile, Table::Joins)?);
        let claims = Claims::of(kept);
        let mut said = claims.said();
        whose_soldiers(names, &mut said, &cluster);
        let changed =
            said.iter().zip(claims.said()).filter(|(now, before)| now.link.group != before.link.group);
        changed.for_each(|(now, _)| out.put(Table::Changed, now.id(), &now.link.group));
        let among = by_id(&said);
        let totals: BTreeSet<&str> =
            said.iter().filter_map(|one| one.link.claim.part_of.as_deref()).collect();
        for total in totals.into_iter().filter(|total| !among.contains_key(total)) {
            out.raw(Table::Wanted, total, &event.key);
        }
        let kept = said.iter().map(|one| Kept::of(one, None, None)).collect();
        out.put(Table::Gathered, &event.key, &Told { cluster, kept });
    }
    Ok(())
}

/// A total that an event has a part of: its claim, of whom, and of what.
type TotalRow = (String, String, Measure);

/// Totals, to the events that have parts of them.
pub(crate) fn totals(rows: &[Row], out: &mut Out) -> Result<(), StageError> {
    for pile in rows.piles().filter(|pile| pile.one(Table::Wanted).is_some()) {
        let Some(total) = pile.one(Table::Total) else { continue };
        let (group, measure): (String, Measure) = get(total)?;
        let changed = pile.one(Table::Changed).map(get).transpose()?;
        let row: TotalRow = (own(&total.key)?, changed.unwrap_or(group), measure);
        pile.of(Table::Wanted).iter().for_each(|wanted| out.put(Table::TotalOf, &wanted.row, &row));
    }
    Ok(())
}

/// Events as they are told, by their ids before these are numbered.
pub(crate) fn build(names: &Names, rows: &[Row], out: &mut Out) -> Result<(), StageError> {
    let camps = Camps::new(*names);
    for pile in rows.piles() {
        let Some(row) = pile.one(Table::Gathered) else { continue };
        let Told { cluster, kept } = get(row)?;
        let totals: Vec<TotalRow> = all(pile, Table::TotalOf)?;
        let claims = Claims::of(kept);
        let mut said = claims.said();
        // Of a total nobody asks more than of whom and of what it is.
        let any = said[cluster.leader].clone();
        let mut elsewhere: Vec<(&str, usize)> = Vec::new();
        for (id, group, measure) in &totals {
            elsewhere.push((id, said.len()));
            let mut total = any.clone();
            (total.link.group, total.link.figure) =
                (group.clone(), Some((*measure, Range { low: None, high: None })));
            said.push(total);
        }
        let own = said.len() - totals.len();
        let mut ids: BTreeMap<&str, usize> = by_id(&said[..own]);
        ids.extend(elsewhere);
        let (event, members) = super::build(&camps, &said, &ids, cluster);
        out.put(Table::Built, &event.id, &(&row.key, event_row(&event), id::figures(&said, &members)));
    }
    Ok(())
}

/// Parts of events, by the whole.
pub(crate) fn parts(names: &Names, rows: &[Row], out: &mut Out) -> Result<(), StageError> {
    for pile in rows.piles() {
        let pieces: Vec<(Vec<u8>, Piece)> = all(pile, Table::Piece)?;
        let list = pieces.iter().enumerate().map(|(n, (_, piece))| (piece, n)).collect();
        for (part, whole) in parts::wholes(names, list) {
            out.raw(Table::Whole, &pieces[whole].0, &pieces[part].0);
        }
    }
    Ok(())
}

/// Events with their ids.
pub(crate) fn number(rows: &[Row], out: &mut Out) -> Result<(), StageError> {
    for pile in rows.piles() {
        let built: Vec<(Vec<u8>, EventRow, Figures)> = all(pile, Table::Built)?;
        let mut events: Vec<(Vec<u8>, Event)> = Vec::with_capacity(built.len());
        let mut same: Vec<(usize, Figures)> = Vec::with_capacity(built.len());
        for (n, (key, row, figures)) in built.into_iter().enumerate() {
            events.push((key, event_of(row)));
            same.push((n, figures));
        }
        id::sort(&mut same, |n| &events[n].1);
        for (id, n) in id::numbered(&same, |n| &events[n].1) {
            let event = Event { id, ..events[n].1.clone() };
            out.put(Table::Named, &events[n].0, &event_row(&event));
        }
    }
    Ok(())
}

/// Ids of wholes, by their parts.
pub(crate) fn wholes(rows: &[Row], out: &mut Out) -> Result<(), StageError> {
    for pile in rows.piles() {
        let Some(event) = pile.one(Table::Named) else { continue };
        let event = event_of(get(event)?);
        pile.of(Table::Whole).iter().for_each(|part| out.put(Table::WholeId, &part.row, &event.id));
    }
    Ok(())
}

/// Events, and their claims.
pub(crate) fn finish(rows: &[Row], out: &mut Out) -> Result<(), StageError> {
    for pile in rows.piles() {
        let Some(event) = pile.one(Table::Named) else { continue };
        let part_of = pile.one(Table::WholeId).map(get).transpose()?;
        let event = Event { part_of, ..event_of(get(event)?) };
        event.claims.iter().for_each(|claim| out.put(Table::EventOf, claim, &event.id));
        out.put(Table::Events, &event.id, &event_row(&event));
    }
    Ok(())
}

/// Claims as weighed.
pub(crate) fn claims(rows: &[Row], out: &mut Out) -> Result<(), StageError> {
    for pile in rows.piles() {
        let Some(claim) = pile.one(Table::Claimed) else { continue };
        let event = pile.one(Table::EventOf).map(get).transpose()?;
        let group = pile.one(Table::Changed).map(get).transpose()?;
        out.put(Table::Weighed, &claim.key, &get::<Kept>(claim)?.about(event, group));
    }
    Ok(())
}
