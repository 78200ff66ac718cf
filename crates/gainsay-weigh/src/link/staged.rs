//! Linking in stages: each report by itself, then names over the whole archive, then each report again.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{Claim, EntityId, Slot};

use super::joined::{Told, joined};
use super::local::{Local, local};
use super::{Linked, at_home, decide, heads, homes, rename};
use crate::corpus::{Corpus, Names, ReportHead};
use crate::roots;
use crate::stages::{Carried, Out, Row, StageError, Table, all, own};

/// Claims of whole reports, linked as each report tells alone, and the names in them that nobody knows.
pub(crate) fn link(names: &Names, rows: &[Row], out: &mut Out) -> Result<(), StageError> {
    let heads: Vec<ReportHead> = all(rows, Table::Report)?;
    let claims: Vec<Claim> = all(rows, Table::Claim)?.iter().map(Carried::claim).collect();
    let Local { linked, unknown } = local(&Corpus::new(&heads, &claims, *names), |_, _| {});
    let homes = homes(names, &linked);
    let home = |at: usize| homes.get(linked[at].claim.document.as_str());
    let told: BTreeSet<(&EntityId, &str, Slot, Option<&EntityId>)> =
        unknown.iter().map(|one| (&one.id, one.mention, one.slot, home(one.at))).collect();
    for (id, mention, slot, home) in told {
        out.put(Table::Name, id, &(mention, slot, home));
    }
    for one in linked {
        let report = one.claim.document.clone();
        out.put(Table::Linked, report, &Carried::linked(one, None, None));
    }
    Ok(())
}

/// The names that count as another: all names must be given.
pub(crate) fn names(names: &Names, rows: &[Row], out: &mut Out) -> Result<(), StageError> {
    let mut told: BTreeMap<EntityId, Told> = BTreeMap::new();
    for row in rows {
        let (mention, slot, home): (&str, Slot, Option<&str>) = crate::stages::get(row)?;
        told.entry(own(&row.key)?).or_default().tell(mention, slot, home);
    }
    for (id, counts_as) in decide::renamed(names, &joined(&told, &[]).pairs, &[]) {
        out.put(Table::Renamed, id, &counts_as);
    }
    Ok(())
}

/// Claims of whole reports with the ids that count, and the reports as they are compared with others.
pub(crate) fn settle(
    names: &Names,
    counts_as: &BTreeMap<EntityId, EntityId>,
    rows: &[Row],
    out: &mut Out,
) -> Result<(), StageError> {
    let reports: Vec<ReportHead> = all(rows, Table::Report)?;
    let heads = heads(&reports);
    let mut carried: Vec<Carried> = all(rows, Table::Linked)?;
    carried.sort_by(|a, b| a.kept.id().cmp(b.kept.id()));
    let claims: Vec<Claim> = carried.iter().map(Carried::claim).collect();
    let mut linked: Vec<Linked> =
        carried.into_iter().zip(&claims).map(|(one, claim)| one.kept.said(claim).link).collect();
    rename(counts_as, &mut linked);
    let homes = homes(names, &linked);
    at_home(names, &mut linked, &homes);
    roots::staged::pages(&heads.iter().map(|(id, head)| (*id, *head)).collect(), &linked, out);
    for one in linked {
        let report = one.claim.document.as_str();
        let dated = heads.get(report).and_then(|head| head.dated);
        out.put(Table::Spoken, report, &Carried::linked(one, dated, homes.get(report).cloned()));
    }
    Ok(())
}
