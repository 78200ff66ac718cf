//! Claims to columns.

use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, Date32Array, Int64Array, RecordBatch, StringArray, StructArray};
use arrow_buffer::NullBuffer;
use arrow_schema::{DataType, Fields};
use gainsay_model::{Claim, Count, Date, EntityRef, Evidence, Filler, Ground, Interval};

use crate::cells::days_since_epoch;
use crate::write::{Lists, fits, of_columns};
use crate::{Error, Table};

/// Claims as one batch. Hold to [`pieces`](crate::pieces) where there are many.
///
/// # Errors
/// Texts of more than 2 GiB in all, or a count above 2^63, which tables do not hold.
pub fn batch(claims: &[Claim]) -> Result<RecordBatch, Error> {
    fits(Table::Claims, claims.iter().map(size).sum())?;
    let columns: Vec<ArrayRef> = vec![
        texts(claims.iter().map(|claim| Some(claim.id.as_str()))),
        texts(claims.iter().map(|claim| Some(claim.document.as_str()))),
        texts(claims.iter().map(|claim| Some(claim.kind.as_str()))),
        evidence(claims)?,
        texts(claims.iter().map(|claim| Some(claim.status.as_str()))),
        fillers(claims.iter().map(|claim| claim.actor.as_slice())),
        fillers(claims.iter().map(|claim| claim.target.as_slice())),
        fillers(claims.iter().map(|claim| claim.place.as_slice())),
        time(claims),
        count(claims)?,
        fillers(claims.iter().map(|claim| claim.source.as_slice())),
        texts(claims.iter().map(|claim| claim.degree.map(|degree| degree.as_str()))),
        Arc::new(claims.iter().map(|claim| Some(claim.unverified)).collect::<BooleanArray>()),
        texts(claims.iter().map(|claim| claim.means.as_deref())),
        Lists::of_texts(claims.iter().map(|claim| claim.cut.iter().map(|cut| cut.as_str()))),
        texts(claims.iter().map(|claim| claim.part_of.as_deref())),
        texts(claims.iter().map(|claim| Some(claim.reader.as_str()))),
        grounds(claims)?,
    ];
    of_columns(Table::Claims, columns)
}

/// How many bytes of a table a claim takes, about.
pub fn size(claim: &Claim) -> usize {
    let entity = |entity: &EntityRef| entity.id.len() + entity.name.len();
    let filler = |filler: &Filler| filler.mention.len() + filler.entity.as_ref().map_or(0, entity);
    let fillers = [&claim.actor, &claim.target, &claim.place, &claim.source];
    let words = [&claim.means, &claim.part_of].into_iter().flatten().map(String::len).sum::<usize>();
    let evidence = claim.evidence.iter().map(|evidence| evidence.exact.len() + 16).sum::<usize>();
    let grounds = claim.grounds.iter().map(|ground| ground.rule.len() + 24).sum::<usize>();
    let fillers = fillers.into_iter().flatten().map(filler).sum::<usize>();
    claim.id.len() + claim.document.len() + claim.reader.len() + words + evidence + grounds + fillers + 64
}

fn texts<'a>(cells: impl Iterator<Item = Option<&'a str>>) -> ArrayRef {
    Arc::new(cells.collect::<StringArray>())
}

fn fillers<'a>(rows: impl Iterator<Item = &'a [Filler]>) -> ArrayRef {
    let mut lists = Lists::default();
    let mut items: Vec<&Filler> = Vec::new();
    for row in rows {
        lists.row(row.len());
        items.extend(row);
    }
    let entity =
        |of: fn(&EntityRef) -> &str| texts(items.iter().map(move |filler| filler.entity.as_ref().map(of)));
    let mention = texts(items.iter().map(|filler| Some(filler.mention.as_str())));
    let (name, id) = (entity(|entity| &entity.name), entity(|entity| &entity.id));
    lists.of_rows(vec![("mention", false, mention), ("name", true, name), ("id", true, id)])
}

fn evidence(claims: &[Claim]) -> Result<ArrayRef, Error> {
    let mut lists = Lists::default();
    claims.iter().for_each(|claim| lists.row(claim.evidence.len()));
    let items: Vec<&Evidence> = claims.iter().flat_map(|claim| &claim.evidence).collect();
    let start = offsets("evidence.start", items.iter().map(|evidence| evidence.start))?;
    let end = offsets("evidence.end", items.iter().map(|evidence| evidence.end))?;
    let exact = texts(items.iter().map(|evidence| Some(evidence.exact.as_str())));
    Ok(lists.of_rows(vec![("start", false, start), ("end", false, end), ("exact", false, exact)]))
}

fn grounds(claims: &[Claim]) -> Result<ArrayRef, Error> {
    let mut lists = Lists::default();
    claims.iter().for_each(|claim| lists.row(claim.grounds.len()));
    let items: Vec<&Ground> = claims.iter().flat_map(|claim| &claim.grounds).collect();
    let slot = texts(items.iter().map(|ground| Some(ground.slot.as_str())));
    let start = offsets("grounds.start", items.iter().map(|ground| ground.start))?;
    let end = offsets("grounds.end", items.iter().map(|ground| ground.end))?;
    let rule = texts(items.iter().map(|ground| Some(ground.rule.as_str())));
    Ok(lists.of_rows(vec![
        ("slot", false, slot),
        ("start", false, start),
        ("end", false, end),
        ("rule", false, rule),
    ]))
}

fn offsets(path: &str, cells: impl Iterator<Item = usize>) -> Result<ArrayRef, Error> {
    let cells = cells.map(|cell| whole(path, cell as u64).map(Some));
    Ok(Arc::new(cells.collect::<Result<Int64Array, Error>>()?))
}

fn whole(path: &str, number: u64) -> Result<i64, Error> {
    let fault =
        |_| Error::new(path, format!("{number} is more than a table holds ({}); mend the claim", i64::MAX));
    i64::try_from(number).map_err(fault)
}

fn time(claims: &[Claim]) -> ArrayRef {
    let days = |of: fn(&Interval) -> Option<Date>| -> ArrayRef {
        let day = |claim: &Claim| claim.time.as_ref().and_then(of).map(days_since_epoch);
        Arc::new(claims.iter().map(day).collect::<Date32Array>())
    };
    let there = claims.iter().map(|claim| claim.time.is_some());
    rows("time", vec![days(|time| time.start), days(|time| time.end)], there)
}

fn count(claims: &[Claim]) -> Result<ArrayRef, Error> {
    let words = |of: fn(&Count) -> Option<&'static str>| {
        texts(claims.iter().map(move |claim| claim.count.as_ref().and_then(of)))
    };
    let figures = |path: &str, of: fn(&Count) -> Option<u64>| -> Result<ArrayRef, Error> {
        let figure =
            |claim: &Claim| claim.count.as_ref().and_then(of).map(|number| whole(path, number)).transpose();
        Ok(Arc::new(claims.iter().map(figure).collect::<Result<Int64Array, Error>>()?))
    };
    let parts = vec![
        words(|count| Some(count.what.as_str())),
        figures("count.low", |count| count.low)?,
        figures("count.high", |count| count.high)?,
        words(|count| count.group.map(|group| group.as_str())),
        words(|count| count.scope.map(|scope| scope.as_str())),
    ];
    Ok(rows("count", parts, claims.iter().map(|claim| claim.count.is_some())))
}

/// Rows of the parts that the schema names for this column, which may be missing.
fn rows(name: &str, parts: Vec<ArrayRef>, there: impl Iterator<Item = bool>) -> ArrayRef {
    let schema = Table::Claims.schema();
    let fields = match schema.field_with_name(name).map(|field| field.data_type()) {
        Ok(DataType::Struct(fields)) => fields.clone(),
        _ => Fields::empty(),
    };
    Arc::new(StructArray::new(fields, parts, Some(there.collect::<NullBuffer>())))
}
