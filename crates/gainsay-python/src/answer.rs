//! What is asked, looked up; and the lines of an answer, as a table.

use arrow_array::RecordBatch;
use gainsay::ask::{self, Ask, HoldingPolicy};
use gainsay::model::{Date, DisputeKind, EntityId, Measure, Policy};
use gainsay::names::{Role, ids};
use gainsay::network;
use gainsay::veil::Veil;
use gainsay_tables::{Table as Of, claims, lines};
use pyo3::prelude::*;
use serde_json::Value;

use crate::error::Fault;
use crate::keeper::Held;
use crate::table::Table;

/// Lines to a batch.
const AT_ONCE: usize = 4096;

/// What was asked, as it was typed.
#[derive(Clone, Debug, Default, FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Asked {
    place: Vec<String>,
    actor: Vec<String>,
    source: Vec<String>,
    according_to: Vec<String>,
    kind: Option<String>,
    report: Option<String>,
    event: Option<String>,
    from: Option<String>,
    to: Option<String>,
    known_by: Option<String>,
    at: Option<String>,
    policy: Option<String>,
    measure: Option<String>,
    group: Option<String>,
    /// The two whose ties are asked for.
    a: Vec<String>,
    b: Vec<String>,
}

/// The lines of the answer called `what`, private persons under pseudonyms unless `names`.
///
/// # Errors
/// A name nobody knows; a word that is none; a day that is none.
pub(crate) fn table(held: &mut Held<'_>, what: &str, asked: &Asked, names: bool) -> Result<Table, Fault> {
    let (of, mut rows) = rows(held, what, asked, names)?;
    if !names {
        let veil = held.veil()?;
        rows.iter_mut().for_each(|row| veil.json(row));
    }
    if of == Of::ClaimLines {
        rows = rows.into_iter().map(claims::row_of_line).collect();
    }
    let schema = of.schema();
    let batches = rows.chunks(AT_ONCE).map(|some| lines::batch(schema.clone(), some));
    let batches = batches.collect::<Result<Vec<RecordBatch>, gainsay_tables::Error>>();
    let own = |error: gainsay_tables::Error| Fault::Own(format!("{what}: {error}"));
    Ok(Table::new(schema, batches.map_err(own)?, Vec::new()))
}

fn rows(held: &mut Held<'_>, what: &str, asked: &Asked, names: bool) -> Result<(Of, Vec<Value>), Fault> {
    let words = held.shelf.words();
    let (ask, dispute) = looked_up(held, asked, names)?;
    let (a, b) = (look(held, &asked.a, Role::Actor, names)?, look(held, &asked.b, Role::Actor, names)?);
    let shelf = held.shelf;
    let weighed = held.known_by(ask.known_by);
    if let Some(event) = &ask.event
        && !weighed.events.iter().any(|known| known.id == *event)
    {
        let typed = asked.event.as_deref().unwrap_or(event);
        return Err(Fault::NotFound(format!("no event has the id `{typed}`; events() lists them")));
    }
    let at = || -> Result<Date, Fault> {
        let missing = || Fault::Input("no day is given; write at=\"2014-06-20\"".to_owned());
        day("at", asked.at.as_deref())?.ok_or_else(missing)
    };
    Ok(match what {
        "claims" => (Of::ClaimLines, values(&ask::claims(shelf, weighed, &ask))?),
        "events" => (Of::Events, values(&ask::events(weighed, &ask))?),
        "disputes" => {
            let mut all = ask::disputes(weighed, &ask);
            all.retain(|one| dispute.is_none_or(|kind| kind == one.kind));
            (Of::Disputes, values(&all)?)
        }
        "sources" => (Of::Sources, values(&ask::sources(weighed, &ask))?),
        "actors" => (Of::Actors, values(&ask::actors(weighed, words, &ask))?),
        "places" => (Of::Places, values(&ask::places(weighed, words, &ask))?),
        "tally" => {
            let policies = [
                ("ucdp", Policy::Ucdp),
                ("acled", Policy::Acled),
                ("airwars", Policy::Airwars),
                ("by-source", Policy::BySource),
            ];
            let policy = one_of("policy", asked.policy.as_deref().unwrap_or("ucdp"), &policies)?;
            let measures: Vec<(&str, Measure)> =
                Measure::ALL.iter().map(|one| (one.as_str(), *one)).collect();
            let measure =
                asked.measure.as_deref().map(|word| one_of("measure", word, &measures)).transpose()?;
            (Of::Tally, values(&ask::tally(weighed, &ask, policy, measure, asked.group.as_deref()))?)
        }
        "control" => {
            let policies = [("voices", HoldingPolicy::Voices), ("acled", HoldingPolicy::Acled)];
            let policy = one_of("policy", asked.policy.as_deref().unwrap_or("voices"), &policies)?;
            (Of::Control, values(&ask::control_by(weighed, &ask, at()?, policy))?)
        }
        "holdings" => (Of::Holdings, values(&ask::holdings(weighed, &ask))?),
        "sieges" => (Of::Sieges, values(&ask::sieges(weighed, &ask))?),
        "ties" => (Of::Ties, values(&ask::ties(weighed, &ask, &a, &b))?),
        "displacement" => (Of::Points, values(&ask::displacement(weighed, &ask))?),
        "needs" => (Of::Points, values(&ask::needs(weighed, &ask))?),
        "access" => {
            let network =
                network::builtin(&words.gazetteer).map_err(|error| Fault::Own(error.to_string()))?;
            (Of::Access, values(&ask::access(weighed, &ask, &network, at()?))?)
        }
        other => return Err(Fault::Input(format!("there is no answer called {other}"))),
    })
}

/// Everything behind an id, as JSON; private persons under pseudonyms unless `names`.
///
/// # Errors
/// When nothing has the id.
pub(crate) fn why(held: &mut Held<'_>, id: &str, names: bool) -> Result<String, Fault> {
    let Some(path) = held.path().cloned() else {
        return Err(Fault::Ledger(
            "only a ledger keeps what stands behind an id; put the reports into one".to_owned(),
        ));
    };
    let id = if names { id.to_owned() } else { signs_read(held.veil()?, id) };
    let found = gainsay::why::why(&path, &id).map_err(Fault::unknown)?;
    let mut value = serde_json::to_value(found).map_err(|error| Fault::Own(error.to_string()))?;
    if !names {
        held.veil()?.json(&mut value);
    }
    Ok(value.to_string())
}

fn values<T: serde::Serialize>(rows: &[T]) -> Result<Vec<Value>, Fault> {
    let values = rows.iter().map(serde_json::to_value).collect::<Result<Vec<Value>, _>>();
    values.map_err(|error| Fault::Own(error.to_string()))
}

/// The filters, with names looked up in all that is known: a name that nobody had said yet is no unknown name.
fn looked_up(held: &mut Held<'_>, asked: &Asked, names: bool) -> Result<(Ask, Option<DisputeKind>), Fault> {
    let (from, to) = (day("from_", asked.from.as_deref())?, day("to", asked.to.as_deref())?);
    if let Some((from, to)) = from.zip(to).filter(|(from, to)| from > to) {
        return Err(Fault::Input(format!("from_ {from} is later than to {to}; swap them")));
    }
    // Ids come as tables show them.
    let mut shown = |id: &Option<String>| -> Result<Option<String>, Fault> {
        match id {
            Some(id) if !names => Ok(Some(signs_read(held.veil()?, id))),
            id => Ok(id.clone()),
        }
    };
    let (report, event) = (shown(&asked.report)?, shown(&asked.event)?);
    if report.as_ref().is_some_and(|id| !held.shelf.heads.iter().any(|head| head.id == *id)) {
        let typed = asked.report.as_deref().unwrap_or_default();
        return Err(Fault::NotFound(format!("no report has the id `{typed}`")));
    }
    let (kind, dispute) = asked
        .kind
        .as_deref()
        .map(gainsay::names::kind)
        .transpose()
        .map_err(|error| Fault::Input(error.to_string()))?
        .unwrap_or_default();
    let ask = Ask {
        place: look(held, &asked.place, Role::Place, names)?,
        actor: look(held, &asked.actor, Role::Actor, names)?,
        source: look(held, &asked.source, Role::Source, names)?,
        kind,
        report,
        event,
        from,
        to,
        known_by: day("known_by", asked.known_by.as_deref())?,
        according_to: look(held, &asked.according_to, Role::Source, names)?,
    };
    Ok((ask, dispute))
}

fn look(held: &mut Held<'_>, typed: &[String], role: Role, names: bool) -> Result<Vec<EntityId>, Fault> {
    let mut found: Vec<EntityId> = Vec::new();
    for name in typed {
        let name = if names { name.clone() } else { signs_read(held.veil()?, name) };
        let words = held.shelf.words();
        found.extend(ids(&name, role, words, held.all()).map_err(Fault::unknown)?);
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// A sign that stands for a private person's id, as a table shows it, leads back to whom it stands for.
fn signs_read(veil: &Veil, typed: &str) -> String {
    veil.unveil(typed).unwrap_or_else(|| typed.to_owned())
}

fn day(name: &str, typed: Option<&str>) -> Result<Option<Date>, Fault> {
    let no_day = |text: &str| Fault::Input(format!("{name}: `{text}` is no day; write it as 2014-06-20"));
    typed.map(|text| text.parse().map_err(|_| no_day(text))).transpose()
}

fn one_of<T: Copy>(name: &str, typed: &str, all: &[(&str, T)]) -> Result<T, Fault> {
    let found = all.iter().find(|(word, _)| *word == typed).map(|(_, one)| *one);
    let words = || all.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
    found.ok_or_else(|| Fault::Input(format!("no {name} is called `{typed}`; one of {}", words())))
}
